// One publishing in this window: what the person asks for is done one after another, and whoever shows it is told.

import { Cancelled, type ErrorParts } from '../../../model/errors';
import { Emitter, type Disposable } from '../../../model/lifetime';
import type { ArmWait } from '../../../model/arm';
import type { ArmOf } from '../instance';
import type { ApiDefinition } from '../definition/definition';
import { acceptConflicts, apply } from './apply';
import { findDrift, type Drift } from './drift';
import type { PublishBusy, ToPublishPage } from './messages';
import type { PublishJournal } from './journal';
import { requireMayWrite } from './mayWrite';
import { makePlan } from './plan';
import { choose, newPublishing, phaseOf, type Publishing } from './publishing';
import { publishView, stepsOfLine } from './publishView';
import { PublishSteps } from './steps';
import { decided } from './takenPath';
import { undo } from './undo';

/** What it needs from outside. */
export interface SessionParts {
  readonly arms: ArmOf;
  readonly journal: PublishJournal;
  /** Asks for the service's key at the moment when it is written. Throws Cancelled. */
  readonly askServiceKey: (service: ApiDefinition['service']) => Promise<string>;
  /** What a person is told of an error. */
  readonly describe: (error: unknown) => ErrorParts;
  /** Adds the service through its gateway, and gives what is to be told of it. */
  readonly finish: (publishing: Publishing, signal: AbortSignal) => Promise<ToPublishPage['outcome']>;
  /** What is to be told of it without anything being done. */
  readonly known: (publishing: Publishing) => ToPublishPage['outcome'];
}

/** A publishing that is looked at. */
export class PublishSession implements Disposable {
  private readonly changed = new Emitter<void>();
  /** Raised when the view has changed. */
  readonly onDidChange = this.changed.event;
  private busy: PublishBusy | undefined;
  private stopping = new AbortController();
  private problem: ErrorParts | undefined;
  private outcome: ToPublishPage['outcome'];
  private found: readonly Drift[] | undefined;
  private writing: Promise<void> = Promise.resolve();
  private wait: { readonly key: string; readonly wait: ArmWait } | undefined;

  constructor(private readonly parts: SessionParts, private now: Publishing) {
    this.outcome = parts.known(now);
  }

  get publishing(): Publishing {
    return this.now;
  }

  get drift(): readonly Drift[] {
    return this.found ?? [];
  }

  view(): ToPublishPage {
    const { busy, problem, outcome, found: drift, wait } = this;
    return publishView(this.now, { busy, problem, outcome, drift, wait });
  }

  /** Takes the steps that are chosen and left: at first, after a failure, and after a conflict that was looked at. */
  apply(): Promise<void> {
    return this.work('applying', async (signal) => {
      const steps = await this.steps();
      await requireMayWrite(steps.parts.arm, this.now.instance, signal);
      await acceptConflicts(steps);
      await apply(steps, signal);
      // What is published is published: whoever stops now stops what follows.
      if (phaseOf(this.now) === 'done') this.outcome = await this.parts.finish(this.now, signal);
    });
  }

  undo(): Promise<void> {
    return this.work('undoing', async (signal) => {
      this.outcome = undefined;
      this.found = undefined;
      const steps = await this.steps();
      await requireMayWrite(steps.parts.arm, this.now.instance, signal);
      await undo(steps, signal);
    });
  }

  /** Stops what is under way, between two steps. */
  stop(): void {
    this.stopping.abort();
  }

  checkDrift(): Promise<void> {
    return this.work('checking', async (signal) => {
      const { instance, definition, steps } = this.now;
      const made = new Set(steps.flatMap(({ key, action, state }) => (action === 'make' && state === 'done' ? [key] : [])));
      this.found = await findDrift(await this.parts.arms(instance), instance, definition, signal, made);
    });
  }

  /** Looks at what is there once more, before anything was written or after it was undone. What was left out stays so. */
  planAgain(): Promise<void> {
    if (!['review', 'undone'].includes(phaseOf(this.now))) return Promise.resolve();
    return this.work('planning', (signal) => this.plan(this.now.definition, signal));
  }

  /** Takes a way out of a conflict. */
  decide(key: string, kind: 'update' | 'revision'): Promise<void> {
    const offer = this.now.steps.find((step) => step.key === key)?.offers?.find((each) => each.kind === kind);
    if (!offer || phaseOf(this.now) !== 'review') return Promise.resolve();
    return this.work('planning', async (signal) => {
      const { instance, definition } = this.now;
      const place = { arm: await this.parts.arms(instance), instance, options: { signal } };
      await this.plan(await decided(place, definition, offer), signal);
    });
  }

  /** Chooses a line, or leaves it out. */
  async choose(key: string, chosen: boolean): Promise<void> {
    if (this.busy !== undefined) return;
    const keys = stepsOfLine(this.now.steps, key).map((step) => step.key);
    const steps = keys.reduce((all, each) => choose(all, each, chosen), this.now.steps);
    // At once, so that the next choice begins with this one; the disk follows.
    await this.keep({ ...this.now, steps });
  }

  dispose(): void {
    this.stop();
    this.changed.dispose();
  }

  private async plan(definition: ApiDefinition, signal: AbortSignal): Promise<void> {
    const { key, createdAt, instance, steps } = this.now;
    const plan = await makePlan(await this.parts.arms(instance), instance, definition, signal);
    const open = steps.filter(({ chosen, action }) => !chosen && (action === 'make' || action === 'change'));
    const leftOut = phaseOf(this.now) === 'review' ? open : [];
    const fresh = newPublishing(key, createdAt, instance, definition, plan);
    // What was left out with something else is left out again where that is.
    const unwanted = leftOut.filter(({ leftOutWith }) => leftOutWith === undefined);
    const kept = unwanted.reduce((all, step) => choose(all, step.key, false), fresh.steps);
    this.found = undefined;
    await this.keep({ ...fresh, steps: kept });
  }

  private async steps(): Promise<PublishSteps> {
    const { journal, arms, askServiceKey } = this.parts;
    const { instance, definition: { service } } = this.now;
    const steps = new PublishSteps({ arm: await arms(instance), journal, askServiceKey: () => askServiceKey(service) }, this.now);
    steps.onDidChange(({ publishing, wait }) => {
      this.now = publishing;
      this.wait = wait;
      this.changed.fire();
    });
    return steps;
  }

  /** Tells of it at once and writes it down in its turn: nothing was written at the instance yet, or all of it was taken back. */
  private keep(publishing: Publishing): Promise<void> {
    const next = writtenAs(publishing, this.now);
    this.now = next;
    const written = this.writing.then(async () => {
      // As often as it is written by now, and not when it was told.
      const kept = await this.parts.journal.write(writtenAs(next, this.now));
      this.now = writtenAs(this.now, kept);
    });
    this.writing = written.catch(() => undefined);
    this.changed.fire();
    return written;
  }

  /** One thing at a time; what goes wrong stands on the page. */
  private async work(busy: PublishBusy, work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    if (this.busy !== undefined) return;
    this.busy = busy;
    this.problem = undefined;
    this.stopping = new AbortController();
    this.changed.fire();
    try {
      // What was chosen just now is not written over what comes next.
      await this.writing;
      await work(this.stopping.signal);
    } catch (error) {
      if (!(error instanceof Cancelled)) this.problem = this.parts.describe(error);
    } finally {
      this.busy = undefined;
      this.wait = undefined;
      this.changed.fire();
    }
  }
}

/** The one, which was written as often as the other. */
function writtenAs(publishing: Publishing, { writes }: Publishing): Publishing {
  return { ...publishing, ...(writes === undefined ? {} : { writes }) };
}
