// The steps of one publishing while they are taken: each change is written down before anybody is told of it.

import type { ArmWait } from '../../../model/arm';
import { Emitter } from '../../../model/lifetime';
import { ArmFailed, Cancelled, HumanError } from '../../../model/errors';
import type { Arm } from '../../../model/arm';
import type { ItemBody } from './items';
import type { PublishJournal } from './journal';
import { differences } from './compare';
import { samePolicy } from '../policy/samePolicy';
import type { PublishStep, Publishing, StepFailure } from './publishing';
import { readThere, type ArmPlace, type There } from './reading';

/** What taking steps needs from outside. */
export interface StepParts {
  readonly arm: Arm;
  readonly journal: PublishJournal;
  /** Asks for the service's key, at the moment when it is written; throws Cancelled. It is kept nowhere. */
  readonly askServiceKey: () => Promise<string>;
}

/** Something has come further. `wait` where a call waits. */
export interface StepNews {
  readonly publishing: Publishing;
  readonly wait?: { readonly key: string; readonly wait: ArmWait };
}

/** A publishing that steps are taken of. */
export class PublishSteps {
  private readonly changed = new Emitter<StepNews>();
  /** Raised after each step and while a call waits. */
  readonly onDidChange = this.changed.event;
  private stopping: AbortSignal | undefined;
  /** The last wait: what ends it, and when it ends by itself. */
  private waiting: { readonly cut: AbortController; readonly until: number } | undefined;

  constructor(readonly parts: StepParts, private now: Publishing) {}

  get publishing(): Publishing {
    return this.now;
  }

  step(key: string): PublishStep {
    const found = this.now.steps.find((each) => each.key === key);
    if (!found) throw new Error('There is no such step.');
    return found;
  }

  /** Writes a changed step down, then tells of it. Throws what the disk and the secret store throw. */
  async note(step: PublishStep): Promise<PublishStep> {
    const next = { ...this.now, steps: this.now.steps.map((each) => (each.key === step.key ? step : each)) };
    this.now = await this.parts.journal.write(next);
    this.changed.fire({ publishing: this.now });
    return step;
  }

  /** Lets a wait end when the signal is raised, as before a try that has not gone out yet, or while a long operation runs. */
  stopBy(signal: AbortSignal): void {
    this.stopping = signal;
    signal.addEventListener('abort', () => {
      if (this.waiting && performance.now() < this.waiting.until) this.waiting.cut.abort();
    }, { once: true });
  }

  /**
   * Where and how ARM is asked. A call that has gone out is not cut off: cancelling is for between two steps and for waits, so that the
   * outcome of each is known. A step whose wait was ended stays `writing`, and is looked at when it is taken up again.
   */
  place(key: string): ArmPlace {
    const cut = new AbortController();
    const onWait = (wait: ArmWait): void => {
      this.waiting = { cut, until: performance.now() + wait.seconds * 1_000 };
      if (this.stopping?.aborted === true) cut.abort();
      this.changed.fire({ publishing: this.now, wait: { key, wait } });
    };
    return { arm: this.parts.arm, instance: this.now.instance, options: { signal: cut.signal, onWait } };
  }

  read(step: PublishStep): Promise<There | undefined> {
    return readThere(this.place(step.key), step);
  }

  /** Waits for the long operation that a step had begun when its window was killed; whatever comes of it is then read. */
  async resume(step: PublishStep): Promise<void> {
    const { journal, arm } = this.parts;
    const index = this.index(step);
    const state = await journal.poller(this.now.key, index);
    if (state === undefined) return;
    try {
      await arm.resume(state, { ...this.place(step.key).options, onPoller: (next) => journal.setPoller(this.now.key, index, next) });
    } catch (error) {
      // The operation failed, or is forgotten: what is there tells. Whoever cannot be reached is asked again later.
      if (!(error instanceof ArmFailed) || mayHaveWritten(error)) throw error;
    }
    await journal.setPoller(this.now.key, index, undefined);
  }

  /** Keeps the state of a step's long operation. */
  onPoller(step: PublishStep): (state: string | undefined) => Promise<void> {
    const index = this.index(step);
    return (state) => this.parts.journal.setPoller(this.now.key, index, state);
  }

  private index(step: PublishStep): number {
    return this.now.steps.findIndex(({ key }) => key === step.key);
  }
}

/** True where what is there says all that a body says. */
export function says(kind: PublishStep['kind'], there: ItemBody, body: ItemBody | undefined): boolean {
  if (!body) return false;
  if (there.kind === 'policy') return body.kind === 'policy' && samePolicy(there.text, body.text);
  if (there.kind === 'json') return body.kind === 'json' && differences(kind, there.properties, body.properties).length === 0;
  return body.kind === 'link';
}

/** Between two steps: throws Cancelled when the person wants no more. */
export function goOn(signal: AbortSignal): void {
  if (signal.aborted) throw new Cancelled();
}

/** What is written down of an error. */
export function failureOf(error: unknown): StepFailure {
  if (!(error instanceof ArmFailed)) return { reason: 'fault' };
  const { reason, status, code } = error;
  return { reason, ...(status === undefined ? {} : { status }), ...(code === undefined ? {} : { code }) };
}

/** Errors after which something may have been written: the answer was lost, or is one of the other side's own faults. */
const unclear: readonly StepFailure['reason'][] = ['network', 'server', 'other', 'foreignHost', 'fault'];

/** True where it is not certain that nothing was written. */
export function mayHaveWritten(error: unknown): boolean {
  return error instanceof ArmFailed ? unclear.includes(error.reason) : !(error instanceof HumanError);
}

/** True where a failed step has certainly not written anything. */
export function wroteNothing({ failure }: Pick<PublishStep, 'failure'>): boolean {
  return failure !== undefined && failure.begun !== true && !unclear.includes(failure.reason);
}
