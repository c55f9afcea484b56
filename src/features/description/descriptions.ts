// What is known of services by their own descriptions: from the disk, or asked for, and kept.

import * as l10n from '@vscode/l10n';
import { KeyedMutex } from '../../base/keyedMutex';
import { Cancelled, HumanError, messageOf, type ErrorParts } from '../../model/errors';
import { Emitter } from '../../model/lifetime';
import type { Service } from '../../model/service';
import type { Describing, DescribeOutcome, ServiceDescription } from '../../protocols/description';
import type { DescriptionStore } from './descriptionStore';

/** What is known: a description, with why it could not be asked for anew where that was tried; or why there is none. */
export type DescriptionState =
  | {
      readonly kind: 'known';
      readonly description: ServiceDescription;
      /** Milliseconds since 1970. */
      readonly fetchedAt: number;
      readonly problem?: ErrorParts;
    }
  | { readonly kind: 'none' | 'failed'; readonly problem: ErrorParts };

/** A description that was read. */
type Known = Extract<DescriptionState, { readonly kind: 'known' }>;

/** What it needs from outside. */
export interface DescriptionsParts {
  readonly store: Pick<DescriptionStore, 'read' | 'write' | 'remove'>;
  /** Undefined for a service of a kind that tells nothing of itself. */
  readonly describing: (service: Service) => Describing | undefined;
  /** Asks a service. Throws Cancelled. */
  readonly fetch: (service: Service, describing: Describing, signal: AbortSignal) => Promise<DescribeOutcome>;
  /** False for a service whose description is not kept, as it lives no longer than its process. */
  readonly keeps: (service: Service) => boolean;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly log: (line: string) => void;
  /** Told when what was kept is damaged; it is asked for anew. */
  readonly damaged: (service: Service) => void;
}

/** So many descriptions are held in memory once they have been read. */
const mostHeld = 10;

/** The descriptions of services. */
export class Descriptions {
  private readonly changed = new Emitter<string>();
  private readonly turns = new KeyedMutex();
  /** By address, the one that was used last at the end. */
  private readonly held = new Map<string, Known>();
  /** Services that have none, as far as this window has asked, and those of a kind that has none. */
  private readonly missing = new Map<string, DescriptionState>();
  /** How often each was forgotten: what a question under way brings then is not kept. */
  private readonly forgotten = new Map<string, number>();

  /** Raised with the address of a service of which something else is known than before. */
  readonly onDidChange = this.changed.event;

  constructor(private readonly parts: DescriptionsParts) {}

  /** False for a service of a kind that tells nothing of itself. */
  has(service: Service): boolean {
    return this.parts.describing(service) !== undefined;
  }

  /** What is known without asking the service; undefined when it has to be asked. */
  async known(service: Service): Promise<DescriptionState | undefined> {
    const { address } = service;
    const held = this.held.get(address);
    if (held) {
      this.hold(address, held);
      return held;
    }
    const describing = this.parts.describing(service);
    if (!describing || !this.parts.keeps(service)) return this.missing.get(address);
    const kept = await this.parts.store.read(address).catch((error: unknown) => {
      this.parts.log(`A description could not be read from the disk: ${messageOf(error)}`);
      return 'damaged' as const;
    });
    if (kept === 'damaged') {
      this.parts.damaged(service);
      // Whatever stands there is no description: should it stay, it is told of again.
      await this.parts.store.remove(address).catch(() => undefined);
    }
    if (kept === undefined || kept === 'damaged') return this.missing.get(address);
    const known: Known = { kind: 'known', description: await describing.read(kept.json), fetchedAt: kept.fetchedAt };
    this.hold(address, known);
    return known;
  }

  /** What is known; the service is asked where nothing is. Undefined for a kind that tells nothing. Throws Cancelled. */
  async get(service: Service, signal: AbortSignal): Promise<DescriptionState | undefined> {
    // Whoever waits for another's question finds its answer.
    return this.turns.inTurn(service.address, async () => {
      if (signal.aborted) throw new Cancelled();
      return (await this.known(service)) ?? this.ask(service, signal);
    });
  }

  /** Asks the service anew; what was known stays where it does not tell. Undefined for a kind that tells nothing. Throws Cancelled. */
  async refresh(service: Service, signal: AbortSignal): Promise<DescriptionState | undefined> {
    return this.turns.inTurn(service.address, async () => {
      if (signal.aborted) throw new Cancelled();
      return this.ask(service, signal);
    });
  }

  /** Forgets what is known of a service, also on disk. */
  async forget(address: string): Promise<void> {
    this.held.delete(address);
    this.missing.delete(address);
    this.forgotten.set(address, (this.forgotten.get(address) ?? 0) + 1);
    await this.remove(address);
  }

  private async remove(address: string): Promise<void> {
    await this.parts.store.remove(address).catch((error: unknown) => {
      this.parts.log(`A description could not be removed from the disk: ${messageOf(error)}`);
    });
  }

  private async ask(service: Service, signal: AbortSignal): Promise<DescriptionState | undefined> {
    const { address } = service;
    const describing = this.parts.describing(service);
    if (!describing) return undefined;
    const times = this.forgotten.get(address);
    const isForgotten = (): boolean => this.forgotten.get(address) !== times;
    const outcome = await this.parts.fetch(service, describing, signal).catch((error: unknown) => this.failedBy(service, error));
    if (outcome.kind !== 'described') {
      const before = await this.known(service);
      const state: DescriptionState = before?.kind === 'known' ? { ...before, problem: outcome.problem } : outcome;
      if (state.kind === 'none' && !isForgotten()) this.missing.set(address, state);
      this.changed.fire(address);
      return state;
    }
    const known: Known = { kind: 'known', description: await describing.read(outcome.json), fetchedAt: this.parts.now() };
    if (isForgotten()) return known;
    this.missing.delete(address);
    this.hold(address, known);
    if (this.parts.keeps(service)) {
      await this.parts.store.write(address, { json: outcome.json, fetchedAt: known.fetchedAt }).catch((error: unknown) => {
        this.parts.log(`A description could not be written to the disk: ${messageOf(error)}`);
      });
      if (isForgotten()) await this.remove(address);
    }
    this.changed.fire(address);
    return known;
  }

  /** A request can be made without a description: whatever stands in its way, such as a secret store that fails, ends nothing else. */
  private failedBy({ name }: Service, error: unknown): DescribeOutcome {
    if (error instanceof Cancelled) throw error;
    if (error instanceof HumanError) {
      const { message: sentence, detail, advice, actions } = error;
      return { kind: 'failed', problem: { sentence, detail, advice, actions } };
    }
    this.parts.log(`A service could not be asked for its description: ${messageOf(error)}`);
    const sentence = l10n.t('The description of "{0}" could not be asked for.', name);
    return { kind: 'failed', problem: { sentence, advice: l10n.t('The log tells more.'), actions: ['retry', 'showLog'] } };
  }

  private hold(address: string, known: Known): void {
    this.held.delete(address);
    this.held.set(address, known);
    const [oldest] = this.held.size > mostHeld ? this.held.keys() : [];
    if (oldest !== undefined) this.held.delete(oldest);
  }
}
