// What is being sent and what came back: the entries that the answer panel shows, and the one place that starts and stops calls.

import { Cancelled, type ErrorParts } from '../../model/errors';
import type { Exchange } from '../../model/exchange';
import type { HealthState } from '../../model/health';
import { Emitter } from '../../model/lifetime';
import type { Service } from '../../model/service';
import type { ScoreProgress, ScoreRequest } from '../../protocols/protocol';
import type { Health } from '../services';
import { HeldAnswers, withoutBodies } from './heldAnswers';

/** One request that is to be sent. */
export interface RunItem {
  /** The file's URI: a file that is sent again while its call is under way takes the place of the earlier one. */
  readonly file: string;
  /** The file's name, for people. */
  readonly source: string;
  readonly service: Service;
  /** Reads the request, just before it is sent: of many files few are held at a time. Throws what keeps it from being sent. */
  readonly read: () => Promise<ScoreRequest>;
  /** Makes another call than a request-response one to the service, in its place. */
  readonly own?: OwnCall;
}

/** A call of its own kind: it goes where the item's service is, and nothing that it meets is told of how that service is. */
export interface OwnCall {
  /** Makes it. Throws Cancelled, and what keeps it from being sent. */
  readonly call: (signal: AbortSignal, onProgress: (progress: ScoreProgress) => void) => Promise<Exchange>;
  /** The values that it was made with and that are shown nowhere, for those who keep its exchange. */
  readonly hidden: () => readonly string[];
  /** True for what goes to the sample. */
  readonly sample: boolean;
  /** The service of the sidebar whose keys went along, for the buttons under an error. */
  readonly service?: Service | undefined;
  /** What is sent when it is sent again. Throws what keeps it from being sent, and Cancelled. */
  readonly again: () => Promise<RunItem>;
}

/** What has become of an entry. `since` and `until` are milliseconds of a clock that only goes on, `at` is milliseconds since 1970. */
export type EntryState =
  | { readonly kind: 'pending' }
  | { readonly kind: 'sending'; readonly since: number }
  | { readonly kind: 'waiting'; readonly reason: string; readonly until: number }
  /** `letGo`: the exchange is without its bodies, of which there were too many to be held. */
  | { readonly kind: 'answered'; readonly exchange: Exchange; readonly letGo?: true }
  /** Nothing was sent, for a reason on this side. */
  | { readonly kind: 'failed'; readonly problem: ErrorParts; readonly at: number }
  | { readonly kind: 'cancelled' };

/** One request of a run. */
export interface Entry {
  readonly item: RunItem;
  readonly state: EntryState;
}

/** What can be otherwise than usual. */
export interface RunsOptions {
  /** Answers are held in memory up to this size. */
  readonly mostHeldBytes?: number;
  /** Told when an answer is let go, of which `light` is all that is held from now on. */
  readonly onLetGo?: (exchange: Exchange, light: Exchange) => void;
  /** Milliseconds of a clock that only goes on. */
  readonly ticks?: () => number;
}

/** Makes one call. */
export type Score = (item: RunItem, signal: AbortSignal, onProgress: (progress: ScoreProgress) => void) => Promise<Exchange>;

/** Requests that were sent together. */
export interface Run {
  /** Resolves when all are over. */
  readonly over: Promise<void>;
  readonly entries: readonly Entry[];
  /** Stops those that are under way or still to come, and no others. */
  cancel(): void;
}

interface LiveEntry {
  item: RunItem;
  state: EntryState;
  stop: AbortController;
}

/** Sends requests and keeps the entries of the last run. Requests that are sent while others are under way join their run. */
export class Runs {
  private readonly changed = new Emitter<void>();
  private live: LiveEntry[] = [];
  private shown = 0;
  private readonly held: HeldAnswers<LiveEntry>;

  /** Raised at every change of any entry. */
  readonly onDidChange = this.changed.event;

  constructor(
    private readonly score: Score,
    private readonly health: Health,
    private readonly now: () => number,
    /** What a person is told of an error that no call should throw. */
    private readonly describe: (error: unknown) => ErrorParts,
    private readonly options: RunsOptions = {},
  ) {
    this.held = new HeldAnswers(options.mostHeldBytes);
  }

  /** The entries, in the order they were sent. */
  get entries(): readonly Entry[] {
    return this.live;
  }

  /** Which entry is looked at. */
  get current(): number {
    return this.shown;
  }

  /** True while anything is under way. */
  get busy(): boolean {
    return this.live.some((entry) => isOpen(entry.state));
  }

  /** Looks at another entry; a number that is none is passed over. */
  select(index: number): void {
    if (this.live[index] === undefined) return;
    this.shown = index;
    this.changed.fire();
  }

  /** Sends these requests one after another; what comes twice is sent once. Never throws: what goes wrong is in the entries. */
  send(items: readonly RunItem[]): Run {
    if (!this.busy) {
      this.live = [];
      this.held.clear();
    }
    const targets = new Set<string>();
    const different = items.filter((item) => targets.size < targets.add(targetOf(item)).size);
    const before = new Map(this.live.map((entry, index) => [targetOf(entry.item), index]));
    const added = different.map((item): LiveEntry => ({ item, state: { kind: 'pending' }, stop: new AbortController() }));
    for (const entry of added) this.place(entry, before.get(targetOf(entry.item)));
    const [first] = added;
    if (first) this.shown = this.live.indexOf(first);
    this.changed.fire();
    return { over: this.callAll(added), entries: added, cancel: () => this.stop(added) };
  }

  /** Sends a request in the place of an entry, which is stopped; an entry that is gone is passed over and the request sent by itself. */
  resend(entry: Entry, item: RunItem): Run {
    const index = this.live.findIndex((other) => other === entry);
    const earlier = this.live[index];
    if (!earlier) return this.send([item]);
    const again: LiveEntry = { item, state: { kind: 'pending' }, stop: new AbortController() };
    this.stopEntry(earlier);
    this.held.forget(earlier);
    this.live[index] = again;
    this.shown = index;
    this.changed.fire();
    return { over: this.call(again), entries: [again], cancel: () => this.stop([again]) };
  }

  /** Stops everything that is under way or still to come. */
  cancel(): void {
    this.stop(this.live.filter(({ state }) => isOpen(state)));
  }

  /** True while something goes to this address, or waits for its turn to. */
  isSendingTo(address: string): boolean {
    return this.live.some(({ item, state }) => item.service.address === address && isOpen(state));
  }

  /** Stops what goes to this address, which is to be forgotten. */
  cancelFor(address: string): void {
    this.stop(this.live.filter(({ item, state }) => item.service.address === address && isOpen(state)));
  }

  private stop(entries: readonly LiveEntry[]): void {
    for (const entry of entries) this.stopEntry(entry);
    this.changed.fire();
  }

  private async callAll(entries: readonly LiveEntry[]): Promise<void> {
    for (const [index, entry] of entries.entries()) {
      // Follow the run, unless the person has chosen to look at something else.
      const before = entries[index - 1];
      const place = this.live.indexOf(entry);
      // An entry that was sent once more meanwhile has given its place to another.
      if (before && place >= 0 && this.live[this.shown] === before) this.shown = place;
      await this.call(entry);
    }
  }

  /** Puts an entry at the end, or in the place of an earlier one of the same file to the same service. */
  private place(entry: LiveEntry, index: number | undefined): void {
    const earlier = index === undefined ? undefined : this.live[index];
    if (!earlier || index === undefined) {
      this.live.push(entry);
      return;
    }
    this.stopEntry(earlier);
    this.held.forget(earlier);
    this.live[index] = entry;
  }

  private stopEntry(entry: LiveEntry): void {
    if (isOpen(entry.state)) entry.state = { kind: 'cancelled' };
    entry.stop.abort();
  }

  private async call(entry: LiveEntry): Promise<void> {
    if (entry.state.kind !== 'pending') return;
    const done = entry.item.own ? () => undefined : this.health.begin(entry.item.service.address);
    let found: HealthState | undefined;
    try {
      const exchange = await this.score(entry.item, entry.stop.signal, (progress) => {
        const now = this.ticks();
        this.become(
          entry,
          progress.kind === 'sending' ? { kind: 'sending', since: now } : {
            kind: 'waiting', reason: progress.reason, until: now + progress.waitMs,
          },
        );
      });
      found = healthAfter(exchange);
      this.hold(entry, exchange);
      this.become(entry, { kind: 'answered', exchange });
    } catch (error) {
      this.become(
        entry,
        error instanceof Cancelled ? { kind: 'cancelled' } : { kind: 'failed', problem: this.describe(error), at: this.now() },
      );
    } finally {
      done(found);
    }
  }

  /** Lets go of the oldest answers where this one is too much; what is looked at stays. */
  private hold(entry: LiveEntry, exchange: Exchange): void {
    // One that was stopped or has given its place away shows no answer.
    if (!isOpen(entry.state) || !this.live.includes(entry)) return;
    const shown = this.live[this.shown];
    for (const each of this.held.add(entry, exchange, (other) => other === shown)) {
      if (each.state.kind !== 'answered') continue;
      const light = withoutBodies(each.state.exchange);
      this.options.onLetGo?.(each.state.exchange, light);
      each.state = { kind: 'answered', exchange: light, letGo: true };
    }
  }

  private ticks(): number {
    return this.options.ticks?.() ?? performance.now();
  }

  private become(entry: LiveEntry, state: EntryState): void {
    // A cancelled entry stays cancelled: what still arrives for it is dropped.
    if (entry.state.kind === 'cancelled') return;
    entry.state = state;
    this.changed.fire();
  }
}

/** Tells a file and the service that it goes to from all others. */
function targetOf({ file, service }: RunItem): string {
  return JSON.stringify([file, service.address]);
}

function isOpen(state: EntryState): boolean {
  return state.kind === 'pending' || state.kind === 'sending' || state.kind === 'waiting';
}

/** What an exchange tells of how a service is. */
export function healthAfter(exchange: Exchange): HealthState {
  const { answer, problem } = exchange;
  const text = problem?.sentence ?? '';
  if (!answer) return { kind: 'unreachable', text };
  const wanted = problem?.actions?.find((action) => action === 'setServiceKey' || action === 'setSubscriptionKey');
  if (wanted && answer.status === 401)
    return { kind: 'refusing', secret: wanted === 'setServiceKey' ? 'serviceKey' : 'subscriptionKey', text };
  // Other refusals are about the request and say nothing of the service.
  if (problem && (answer.status < 300 || answer.status === 404 || answer.status >= 500)) return { kind: 'failing', text };
  return { kind: 'answering', text: `Answered with ${answer.status} in ${Math.round(exchange.durationMs)} ms.` };
}
