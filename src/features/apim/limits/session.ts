// The form of one scope in this window: what was read, what stands in the fields, and what the person asks for, one thing at a time.

import { Cancelled, type ErrorParts } from '../../../model/errors';
import { Emitter, type Disposable } from '../../../model/lifetime';
import type { ApimInstance, ArmOf } from '../instance';
import { instanceTitle } from '../nodes';
import type { PolicyScope } from '../policy/policyScope';
import { policyPath, writeAction } from '../policy/scopePaths';
import { requireMayWrite } from '../publish/mayWrite';
import { waitText } from '../publish/publishWords';
import { draftOf, sameDraft, withTyped } from './draft';
import type { LimitsDraft } from './formShape';
import { formTitle } from './limitsWords';
import { notEditable, shownThere, withPresent, workOn } from './limitsView';
import type { ToLimitsPage } from './messages';
import { offeredLimits } from './offered';
import { ownLimits } from './ownLimits';
import { currentLimits } from '../policy/currentLimits';
import { LimitsRefused, savePolicy } from './save';
import { readLimits, type LimitsPlaceAt, type LimitsThere } from './there';

/** What it needs from outside. */
export interface LimitsSessionParts {
  readonly arms: ArmOf;
  /** What a person is told of an error. */
  readonly describe: (error: unknown) => ErrorParts;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Told that a policy was written; the path is below the instance. */
  readonly changed: (instance: ApimInstance, path: string) => void;
}

/** Whose calls are limited. `titles` are what people call its product, API, or API and operation, as far as that is known before. */
export interface LimitsTarget {
  readonly instance: ApimInstance;
  readonly scope: PolicyScope;
  readonly titles: readonly string[];
}

/** Two texts to be compared in an editor. */
export interface PolicyPair {
  readonly name: string;
  readonly before: string;
  readonly after: string;
}

/** The form. */
export class LimitsSession implements Disposable {
  private readonly changedState = new Emitter<void>();
  readonly onDidChange = this.changedState.event;
  private there: LimitsThere | undefined;
  /** As the fields were filled, and as they are. */
  private base: LimitsDraft | undefined;
  private draft: LimitsDraft | undefined;
  private filled = 0;
  private turn = 0;
  private busy: ToLimitsPage['busy'];
  private wait: string | undefined;
  private problem: ErrorParts | undefined;
  private failed: ToLimitsPage['busy'];
  private notice: ToLimitsPage['notice'];
  /** The line that the service refused, until the fields change. */
  private wrongLine: number | undefined;
  /** What was to be saved when somebody else's change was met. */
  private unsaved: string | undefined;
  private stopping = new AbortController();

  constructor(private readonly parts: LimitsSessionParts, readonly target: LimitsTarget) {}

  /** What people call it. */
  get title(): string {
    return this.there?.title ?? this.target.titles.at(-1) ?? '';
  }

  /** Reads it, at first and anew; what the person has typed stays. */
  load(): Promise<void> {
    return this.work('reading', async (place) => {
      this.notice = undefined;
      this.unsaved = undefined;
      this.take(await readLimits(place, this.target.scope));
    });
  }

  /** The fields are others. `turn` is that of the page's message. */
  change(draft: LimitsDraft, turn: number): void {
    this.turn = turn;
    this.draft = draft;
    this.wrongLine = undefined;
    if (this.notice === 'saved') this.notice = undefined;
    this.changedState.fire();
  }

  /** Puts what was read back into the fields. */
  discard(): void {
    if (this.busy !== undefined || this.base === undefined) return;
    this.fill(this.base);
    [this.notice, this.unsaved, this.problem, this.wrongLine] = [undefined, undefined, undefined, undefined];
    this.changedState.fire();
  }

  /** The page has begun anew: its turns begin at 0. */
  restart(): void {
    this.turn = 0;
  }

  /** Saves what the fields ask for, where it can be saved. Nothing is written over that was not read. */
  async save(): Promise<void> {
    const { there, draft, target: { scope, instance } } = this;
    if (!there || !draft || notEditable(there.own?.text ?? '') !== undefined) return;
    const { changes, result: { text } } = workOn(scope, there, draft);
    if (!changes) return;
    await this.work('saving', async (place) => {
      [this.notice, this.wrongLine] = [undefined, undefined];
      await requireMayWrite(place.arm, instance, place.options.signal, writeAction(scope));
      const outcome = await savePolicy(place, scope, there.own, text);
      this.notice = outcome;
      this.unsaved = outcome === 'changed' ? text : undefined;
      if (outcome !== 'changed') {
        // What is typed from now on is typed on what was saved.
        this.base = draft;
        this.parts.changed(instance, policyPath(scope));
      }
      this.take(await readLimits(place, scope));
    });
  }

  /** Does once more what went wrong. */
  retry(): Promise<void> {
    return this.failed === 'saving' ? this.save() : this.load();
  }

  /** Stops what is under way. */
  stop(): void {
    this.stopping.abort();
  }

  /** What is there, and the policy that results. */
  result(): PolicyPair | undefined {
    const { there, draft, target: { scope } } = this;
    if (!there || !draft || notEditable(there.own?.text ?? '') !== undefined) return undefined;
    return { name: this.title, before: there.own?.text ?? '', after: workOn(scope, there, draft).result.text };
  }

  /** What is there now, and what was to be saved when it was met. */
  conflict(): PolicyPair | undefined {
    const { there, unsaved } = this;
    return there && unsaved !== undefined ? { name: this.title, before: there.own?.text ?? '', after: unsaved } : undefined;
  }

  /** The page. */
  view(): ToLimitsPage {
    const { target: { instance, scope, titles }, there, draft, busy, wait, problem, notice } = this;
    return {
      type: 'limits', place: { instance: instance.id, scope },
      title: formTitle(scope, this.title, there?.api ?? titles.at(-2)), instance: instanceTitle(instance), sample: instance.sample,
      ...(busy === undefined ? {} : { busy }), ...(wait === undefined ? {} : { wait }), ...(problem === undefined ? {} : { problem }),
      ...(notice === undefined ? {} : { notice }),
      ...(there && draft ? shownThere(scope, there, {
        draft, filled: this.filled, turn: this.turn, wrongLine: this.wrongLine, nowMs: this.parts.now(),
      }) : { beside: [], besideNotes: [] }),
    };
  }

  dispose(): void {
    this.stop();
    this.changedState.dispose();
  }

  private take(there: LimitsThere): void {
    const { draft, base, target: { scope } } = this;
    this.there = there;
    const own = ownLimits(currentLimits(there.own?.text ?? ''));
    const fresh = draftOf(own, withPresent(offeredLimits(scope, there.tier), own));
    this.base = fresh;
    this.fill(draft && base ? withTyped(fresh, draft, base) : fresh);
  }

  /** Fields that hold it already are left alone, with the cursor in them. */
  private fill(draft: LimitsDraft): void {
    if (this.draft && sameDraft(this.draft, draft)) return;
    this.draft = draft;
    this.filled += 1;
  }

  /** One thing at a time; what goes wrong stands on the page. */
  private async work(busy: ToLimitsPage['busy'], work: (place: LimitsPlaceAt) => Promise<void>): Promise<void> {
    if (this.busy !== undefined) return;
    const { instance } = this.target;
    this.busy = busy;
    this.problem = undefined;
    this.stopping = new AbortController();
    const { signal } = this.stopping;
    this.changedState.fire();
    try {
      const onWait: LimitsPlaceAt['options']['onWait'] = (wait) => {
        this.wait = waitText(wait);
        this.changedState.fire();
      };
      await work({ arm: await this.parts.arms(instance), instance, options: { signal, onWait } });
    } catch (error) {
      this.failed = busy;
      if (error instanceof LimitsRefused) this.wrongLine = error.line;
      if (!(error instanceof Cancelled)) this.problem = this.parts.describe(error);
    } finally {
      this.busy = undefined;
      this.wait = undefined;
      this.changedState.fire();
    }
  }
}

/** The page where there is nothing to show. */
export const noLimits: ToLimitsPage = { type: 'limits', title: '', instance: '', sample: false, beside: [], besideNotes: [] };
