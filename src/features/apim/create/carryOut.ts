// Makes, restores or deletes one instance: each write is written down before it is sent, and none is repeated after an end of VS Code.

import * as l10n from '@vscode/l10n';
import { resourceGroupPath } from '../../../arm/apimPaths';
import { filledText, member } from '../../../base/shape';
import type { Arm, ArmWait } from '../../../model/arm';
import type { ArmReason } from '../../../model/armReason';
import type { Clock } from '../../../model/clock';
import { ArmFailed, Cancelled, type ErrorParts } from '../../../model/errors';
import { bodyOf, isOver, isOwn, type InstanceWork, type WorkStep } from './work';

/** What it needs from outside. */
export interface WorkTools {
  /** What calls the endpoint. */
  readonly arm: () => Promise<Arm>;
  /** Writes it down. Throws Cancelled where nobody wants it followed any more. */
  readonly note: (work: InstanceWork) => Promise<void>;
  readonly requireWanted: () => Promise<void>;
  readonly poller: () => Promise<string | undefined>;
  readonly setPoller: (state: string | undefined) => Promise<void>;
  readonly clock: Pick<Clock, 'sleep'>;
  readonly describe: (error: unknown) => ErrorParts;
  /** Told what is waited for, and what hinders asking; undefined when nothing does any more. */
  readonly tell: (now: { readonly wait?: ArmWait; readonly trouble?: ErrorParts }) => void;
}

/** Waits between looks at the instance itself, in milliseconds; the last one again and again. */
const looksMs: readonly number[] = [1_000, 2_000, 4_000, 8_000, 15_000];
/** Waits where asking is hindered, in milliseconds. */
const hinderedMs: readonly number[] = [3_000, 10_000, 30_000, 60_000];
/** What may have been sent just before an end of VS Code is looked for so often before it counts as not begun. */
const looksForBegun = 4;
/** So long an instance is followed by looking at it, in milliseconds that were slept. */
const mostMs = 3 * 60 * 60_000;

/** What only hinders asking. */
const passing: ReadonlySet<ArmReason> = new Set(['network', 'signIn', 'forbidden', 'throttled', 'busy', 'activating', 'server']);

/** Of a write these do not tell whether it was taken. */
const unknownOutcome: ReadonlySet<ArmReason> = new Set(['network', 'server']);

/** States that end by themselves. All others are told and not waited for. */
const going: ReadonlySet<string> = new Set(['created', 'activating', 'updating', 'terminating', 'deleting', 'inprogress', 'accepted']);

/** Begins what the person has just confirmed, and gives it as it ended. Throws Cancelled where it is stopped or forgotten. */
export async function begin(work: InstanceWork, tools: WorkTools, signal: AbortSignal): Promise<InstanceWork> {
  return new Run(work, tools, signal).begin();
}

/** Goes on with what was left: follows it, or finds out what has become of it. Throws Cancelled. */
export async function goOn(work: InstanceWork, tools: WorkTools, signal: AbortSignal): Promise<InstanceWork> {
  return new Run(work, tools, signal).goOn();
}

class Run {
  /** How often in a row asking was hindered. */
  private troubles = 0;

  constructor(private work: InstanceWork, private readonly tools: WorkTools, private readonly signal: AbortSignal) {}

  async begin(): Promise<InstanceWork> {
    const { kind, place, newGroup } = this.work;
    try {
      const arm = await this.tools.arm();
      const there = await arm.find(place.id, { signal: this.signal });
      if (kind === 'delete' && there === undefined) return await this.end('done');
      if (kind !== 'delete' && there !== undefined) {
        // A first attempt may have got there after all; one that failed there is asked for once more.
        if (!isOwn(this.work, there.body)) return await this.fail(nameTaken(this.work));
        if (stateOf(there.body)?.toLowerCase() !== 'failed') return await this.follow('service');
      }
      if (kind === 'create' && newGroup) await this.makeGroup(arm);
      await this.note('service');
      await this.write(arm);
    } catch (error) {
      return this.afterWrite(error);
    }
    return this.follow('following');
  }

  async goOn(): Promise<InstanceWork> {
    if (isOver(this.work)) return this.work;
    const { step } = this.work;
    // No instance was asked for yet; a group that is there already is found when it is tried again.
    if (step === 'agreed' || step === 'group') return this.end('notBegun');
    const state = await this.tools.poller();
    if (state === undefined) return this.follow(step === 'service' ? 'service' : 'following');
    // It was kept a moment before the step was.
    if (step === 'service') await this.note('following');
    return this.resume(state);
  }

  private async makeGroup(arm: Arm): Promise<void> {
    const { place: { subscriptionId, resourceGroup, location } } = this.work;
    const path = resourceGroupPath(subscriptionId, resourceGroup);
    if (await arm.find(path, { signal: this.signal })) return;
    await this.note('group');
    await arm.put(path, { location }, { signal: this.signal });
  }

  private async write(arm: Arm): Promise<void> {
    const { kind, place: { id } } = this.work;
    const options = this.options();
    if (kind === 'delete') await arm.delete(id, options);
    else await arm.put(id, bodyOf(this.work), options);
  }

  private options(): Parameters<Arm['put']>[2] {
    const { signal, tools } = this;
    return {
      signal,
      onWait: (wait) => tools.tell({ wait }),
      onPoller: async (state) => {
        await tools.requireWanted();
        await tools.setPoller(state);
        this.troubles = 0;
        // The state first: what is followed can be asked for.
        if (state !== undefined && this.work.step !== 'following') await this.note('following');
        if (state !== undefined) tools.tell({});
      },
    };
  }

  private async resume(state: string): Promise<InstanceWork> {
    try {
      await (await this.tools.arm()).resume(state, this.options());
    } catch (error) {
      return this.afterWrite(error);
    }
    return this.follow('following');
  }

  /** What a failure says of the instance: the instance itself decides, wherever it can be looked at. */
  private async afterWrite(error: unknown): Promise<InstanceWork> {
    if (error instanceof Cancelled) throw error;
    const { step } = this.work;
    const said = this.tools.describe(error);
    // Whatever went wrong before the instance was asked for is its end: as settings that make no sense, or a disk that is full.
    if (step === 'agreed' || step === 'group') return this.fail(said);
    if (!(error instanceof ArmFailed)) throw error;
    if (step === 'following') {
      if (passing.has(error.reason)) {
        await this.hindered(said);
        const state = await this.tools.poller();
        return state === undefined ? this.follow('following') : this.resume(state);
      }
      await this.tools.setPoller(undefined);
      return this.follow('following', said, error.code === 'ActivationFailed');
    }
    // Nothing was taken; of a write that got no answer nobody knows.
    return step === 'service' && unknownOutcome.has(error.reason) ? this.follow('service', said) : this.fail(said);
  }

  /**
   * Looks at the instance until it is over. `since` is the step that was noted last: where only the intention to write was, nothing may be
   * there. `said` is why it is looked at; `sure` that this was the end whatever its state says.
   */
  private async follow(since: 'service' | 'following', said?: ErrorParts, sure = false): Promise<InstanceWork> {
    let step = since;
    let sleptMs = 0;
    for (let look = 0; ;) {
      let body: unknown;
      let there = false;
      try {
        const found = await (await this.tools.arm()).find(this.work.place.id, { signal: this.signal });
        there = found !== undefined;
        body = found?.body;
        this.troubles = 0;
        this.tools.tell({});
      } catch (error) {
        if (!(error instanceof ArmFailed) || !passing.has(error.reason)) return this.afterLook(error);
        await this.hindered(this.tools.describe(error));
        continue;
      }
      const ended = await this.decide({ there, body, step, look, said, sure });
      if (ended) return ended;
      // What is to be deleted is there anyway: only its state tells that it was begun.
      if (there && step === 'service' && (this.work.kind !== 'delete' || isGoing(stateOf(body)))) {
        if (this.work.step !== 'following') await this.note('following');
        step = 'following';
      }
      const ms = looksMs[Math.min(look, looksMs.length - 1)] ?? 0;
      sleptMs += ms;
      // What only hindered asking was no look.
      look += 1;
      if (sleptMs > mostMs) return this.fail(endless(this.work));
      this.tools.tell({ wait: { reason: 'running', seconds: Math.ceil(ms / 1000) } });
      await this.tools.clock.sleep(ms, this.signal);
      await this.tools.requireWanted();
    }
  }

  private async decide(
    { there, body, step, look, said, sure }: {
      readonly there: boolean; readonly body: unknown; readonly step: 'service' | 'following'; readonly look: number;
      readonly said: ErrorParts | undefined; readonly sure: boolean;
    },
  ): Promise<InstanceWork | undefined> {
    const { kind } = this.work;
    const state = stateOf(body);
    if (kind === 'delete') {
      if (!there) return this.end('done');
      if (isGoing(state)) return undefined;
      // It was to go and stands as it stood.
      if (step === 'service' && look < looksForBegun) return undefined;
      return step === 'service' && said === undefined ? this.end('notBegun') : this.fail(said ?? badState(this.work, state));
    }
    if (!there) {
      if (step === 'service' && look < looksForBegun) return undefined;
      return step === 'service' && said === undefined ? this.end('notBegun') : this.fail(said ?? vanished(this.work));
    }
    if (!isOwn(this.work, body)) return this.fail(nameTaken(this.work));
    if (sure && said !== undefined) return this.fail(said);
    if (state?.toLowerCase() === 'succeeded' || state === undefined) return this.end('done');
    return isGoing(state) ? undefined : this.fail(said ?? badState(this.work, state));
  }

  private async afterLook(error: unknown): Promise<InstanceWork> {
    if (!(error instanceof ArmFailed)) throw error;
    return this.fail(this.tools.describe(error));
  }

  private async hindered(trouble: ErrorParts): Promise<void> {
    this.tools.tell({ trouble });
    const ms = hinderedMs[Math.min(this.troubles, hinderedMs.length - 1)] ?? 0;
    this.troubles += 1;
    await this.tools.clock.sleep(ms, this.signal);
    await this.tools.requireWanted();
  }

  private async note(step: WorkStep): Promise<void> {
    const work = { ...this.work, step };
    await this.tools.note(work);
    this.work = work;
  }

  private async end(step: 'done' | 'notBegun'): Promise<InstanceWork> {
    await this.tools.setPoller(undefined);
    await this.note(step);
    return this.work;
  }

  private async fail(problem: ErrorParts): Promise<InstanceWork> {
    await this.tools.setPoller(undefined);
    this.work = { ...this.work, step: 'failed', problem };
    await this.tools.note(this.work);
    return this.work;
  }
}

function stateOf(body: unknown): string | undefined {
  return filledText(member(member(body, 'properties'), 'provisioningState'));
}

function isGoing(state: string | undefined): boolean {
  return state !== undefined && going.has(state.toLowerCase());
}

function nameTaken({ place: { name } }: InstanceWork): ErrorParts {
  return {
    sentence: l10n.t('An instance named {0} is there already, and was not made by this.', name),
    advice: l10n.t('Nothing was changed at it. Choose another name.'),
    actions: ['openPortal'],
  };
}

function vanished({ place: { name } }: InstanceWork): ErrorParts {
  return {
    sentence: l10n.t('{0} is not there any more: somebody may have deleted it while it was being made.', name),
    advice: l10n.t('Look at the activity log of its resource group in the portal, or try again.'),
    actions: ['openPortal'],
  };
}

function badState({ place: { name } }: InstanceWork, state: string | undefined): ErrorParts {
  return {
    sentence: l10n.t('{0} has the state {1}.', name, state ?? l10n.t('unknown')),
    advice: l10n.t('The service gave no reason. Look at it in the portal.'),
    actions: ['openPortal', 'showLog'],
  };
}

function endless({ place: { name } }: InstanceWork): ErrorParts {
  return {
    sentence: l10n.t('{0} was followed for three hours and is not ready yet.', name),
    advice: l10n.t('It may still become ready by itself. Look at it in the portal.'),
    actions: ['openPortal'],
  };
}
