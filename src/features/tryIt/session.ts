// The page of one call while it is open: what is read, what stands in the fields, what is sent, and what comes of it.

import { Cancelled, type ErrorParts } from '../../model/errors';
import { Emitter, type Disposable } from '../../model/lifetime';
import type { Entry, RunItem, Runs } from '../scoring';
import { addressOf } from './address';
import { draftOf, draftProblems, preparedCall, withGiven, withSet } from './draft';
import type { CallContent, ToTryItPage } from './messages';
import type { Afterwards, CallDraft, CallShape, Unsent } from './shape';
import type { CallTarget, SetForCall } from './target';
import type { TraceRequest } from './trace';
import { whyUnsent } from './unsent';

/** What the page needs from outside. */
export interface TryItSessionParts {
  readonly runs: Pick<Runs, 'send'>;
  /** Brings the answer's page into sight. */
  readonly showAnswer: () => void;
  readonly describe: (error: unknown) => ErrorParts;
}

/** The page of one call. */
export class TryItSession implements Disposable {
  private readonly changedState = new Emitter<void>();
  readonly onDidChange = this.changedState.event;
  private shape: CallShape | undefined;
  private draft: CallDraft | undefined;
  private filled = 0;
  private turn = 0;
  private busy: ToTryItPage['busy'];
  private wait: string | undefined;
  private problem: ErrorParts | undefined;
  /** Which work the problem is of. */
  private failed: ToTryItPage['busy'];
  private unsent: Unsent | undefined;
  /** True where what stands in the fields was sent although something was said against it. */
  private asItStands = false;
  private afterwards: Afterwards | undefined;
  /** Whose answer the offers are of: it knows what they lead to. */
  private answeredBy: CallTarget | undefined;
  /** What was set when it was opened, until that stands in the fields. */
  private set: SetForCall | undefined;
  /** What is under way; it throws nothing. */
  private running: Promise<void> = Promise.resolve();
  private stopping = new AbortController();
  /** Stops what is being sent, and nothing else of its run. */
  private stopSending: (() => void) | undefined;

  private following: Disposable | undefined;

  constructor(private readonly parts: TryItSessionParts, private current: CallTarget) {
    this.set = current.set;
    this.follow();
  }

  /** What is called. */
  get target(): CallTarget {
    return this.current;
  }

  /** What people call it. */
  get title(): string {
    return this.shape?.title ?? this.target.title;
  }

  /**
   * Somebody has opened it once more, and its target may be elsewhere by now: what the person has given stays, but for what was set. It is
   * read when nothing is being sent any more.
   */
  async open(target: CallTarget): Promise<void> {
    const before = this.current;
    if (target !== before) {
      this.following?.dispose();
      // What was offered at another address leads nowhere.
      if (target.succeed?.(before) !== true) this.afterwards = undefined;
      this.current = target;
      this.follow();
    }
    this.set = target.set;
    if (this.busy === 'reading') this.stop();
    await this.running;
    await this.load();
  }

  /** Reads what a call takes, at first and anew; what the person has given stays. */
  load(): Promise<void> {
    return this.work('reading', async (signal) => {
      const { target } = this;
      const shape = await target.read(signal, (sentence) => {
        this.wait = sentence;
        this.changedState.fire();
      });
      // Meanwhile it may have been opened elsewhere.
      if (target !== this.current) return;
      const { shape: before, draft, set } = this;
      this.shape = shape;
      this.set = undefined;
      const given = draft && before ? withGiven(shape, before, draft) : draftOf(shape);
      this.fill(set ? withSet(shape, before, given, set) : given, before === undefined || !sameFields(before, shape));
    });
  }

  /** The fields are others. `turn` is that of the page's message. */
  change(draft: CallDraft, turn: number): void {
    if (!this.shape || draft.values.length !== this.shape.parameters.length) return;
    this.turn = turn;
    this.draft = draft;
    [this.unsent, this.asItStands] = [undefined, false];
    this.changedState.fire();
  }

  /** The page has begun anew: its turns begin at 0. */
  restart(): void {
    this.turn = 0;
  }

  /** Sends what stands in the fields, where nothing is wrong with it, or `asItStands` says that it goes out nevertheless. */
  async send(asItStands = this.asItStands): Promise<void> {
    const { shape, draft, target } = this;
    if (!shape || !draft || this.busy !== undefined) return;
    // What was set when it was opened does not stand in the fields yet: it is read first, and nothing is sent.
    if (this.set !== undefined) return this.load();
    const unsent = whyUnsent(shape, draft);
    if (unsent && !(asItStands && unsent.anyway)) {
      this.unsent = unsent;
      return this.changedState.fire();
    }
    this.asItStands = asItStands;
    await this.work('sending', async (signal) => {
      this.afterwards = undefined;
      const item = await target.prepare(shape, draft, preparedCall(shape, draft));
      // It may have been stopped while something was asked.
      if (signal.aborted) throw new Cancelled();
      this.answered(await this.sendItem(item), draft, target);
    });
  }

  /** Does what the last answer offers. */
  async take(offer: string): Promise<void> {
    if (this.afterwards?.offers.some(({ id }) => id === offer)) await this.answeredBy?.take?.(offer);
  }

  /** Does what the page asks for of traces. */
  async trace(request: TraceRequest): Promise<void> {
    await this.target.traces?.request(request);
  }

  /** Does once more what went wrong: reading never sends. */
  retry(): Promise<void> {
    return this.failed === 'sending' ? this.send() : this.load();
  }

  /** Stops what is under way. */
  stop(): void {
    this.stopping.abort();
    this.stopSending?.();
  }

  /** The page. */
  view(): ToTryItPage {
    const { busy, wait, problem, unsent, afterwards } = this;
    const content = this.content();
    const trace = this.target.traces?.view();
    return {
      type: 'call', saved: this.target.saved, title: this.title,
      ...(busy === undefined ? {} : { busy }), ...(wait === undefined ? {} : { wait }), ...(problem === undefined ? {} : { problem }),
      ...(unsent === undefined ? {} : { unsent }), ...(afterwards === undefined ? {} : { afterwards }),
      ...(content === undefined ? {} : { content }), ...(trace === undefined ? {} : { trace }),
    };
  }

  dispose(): void {
    this.stopping.abort();
    this.following?.dispose();
    this.current.dispose?.();
    this.changedState.dispose();
  }

  private follow(): void {
    this.following = this.current.traces?.onDidChange(() => this.changedState.fire());
  }

  private content(): CallContent | undefined {
    const { shape, draft, filled, turn } = this;
    if (!shape || !draft) return undefined;
    return { filled, turn, shape, draft, problems: draftProblems(shape, draft), address: addressOf(shape, draft).shown };
  }

  private async sendItem(item: RunItem): Promise<Entry | undefined> {
    this.parts.showAnswer();
    const run = this.parts.runs.send([item]);
    this.stopSending = run.cancel;
    try {
      await run.over;
    } finally {
      this.stopSending = undefined;
    }
    return run.entries[0];
  }

  private answered(entry: Entry | undefined, draft: CallDraft, target: CallTarget): void {
    const state = entry?.state;
    if (state?.kind === 'failed') {
      this.problem = state.problem;
      this.failed = 'sending';
    }
    if (state?.kind !== 'answered' || state.exchange.problem !== undefined) return;
    this.afterwards = target.after?.(state.exchange, draft);
    this.answeredBy = target;
  }

  /** Fields that hold it already are left alone, with the cursor in them. */
  private fill(draft: CallDraft, anew: boolean): void {
    if (!anew && JSON.stringify(draft) === JSON.stringify(this.draft)) return;
    this.draft = draft;
    this.filled += 1;
  }

  /** One thing at a time; what goes wrong stands on the page. */
  private async work(busy: ToTryItPage['busy'], work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    if (this.busy !== undefined) return;
    this.busy = busy;
    this.problem = undefined;
    this.failed = undefined;
    this.unsent = undefined;
    this.stopping = new AbortController();
    this.changedState.fire();
    this.running = this.toItsEnd(work(this.stopping.signal), busy);
    await this.running;
  }

  private async toItsEnd(work: Promise<void>, busy: ToTryItPage['busy']): Promise<void> {
    try {
      await work;
    } catch (error) {
      if (error instanceof Cancelled) return;
      this.problem = this.parts.describe(error);
      this.failed = busy;
    } finally {
      this.busy = undefined;
      this.wait = undefined;
      this.changedState.fire();
    }
  }
}

/** True where the fields of the page need not be drawn anew. */
function sameFields(one: CallShape, other: CallShape): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** The page where there is nothing to call. */
export const noCall: ToTryItPage = { type: 'call', title: '' };
