// The page of one call while it is open: what is read, what stands in the fields, what is sent, and what comes of it.

import { Cancelled, type ErrorParts } from '../../model/errors';
import type { Exchange } from '../../model/exchange';
import { Emitter, type Disposable } from '../../model/lifetime';
import type { Entry, RunItem, Runs } from '../scoring';
import { addressOf } from './address';
import { draftOf, draftProblems, isSound, preparedCall, withGiven } from './draft';
import type { CallContent, ToTryItPage } from './messages';
import type { Afterwards, CallDraft, CallShape } from './shape';
import type { CallTarget } from './target';
import type { TraceRequest } from './trace';

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
  private afterwards: Afterwards | undefined;
  private stopping = new AbortController();
  /** Stops what is being sent, and nothing else of its run. */
  private stopSending: (() => void) | undefined;

  private readonly following: Disposable | undefined;

  constructor(private readonly parts: TryItSessionParts, readonly target: CallTarget) {
    this.following = target.traces?.onDidChange(() => this.changedState.fire());
  }

  /** What people call it. */
  get title(): string {
    return this.shape?.title ?? this.target.title;
  }

  /** Reads what a call takes, at first and anew; what the person has given stays. */
  load(): Promise<void> {
    return this.work('reading', async (signal) => {
      const shape = await this.target.read(signal, (sentence) => {
        this.wait = sentence;
        this.changedState.fire();
      });
      const { shape: before, draft } = this;
      this.shape = shape;
      this.fill(draft && before ? withGiven(shape, before, draft) : draftOf(shape), before === undefined || !sameFields(before, shape));
    });
  }

  /** The fields are others. `turn` is that of the page's message. */
  change(draft: CallDraft, turn: number): void {
    if (!this.shape || draft.values.length !== this.shape.parameters.length) return;
    this.turn = turn;
    this.draft = draft;
    this.changedState.fire();
  }

  /** The page has begun anew: its turns begin at 0. */
  restart(): void {
    this.turn = 0;
  }

  /** Sends what stands in the fields, where nothing is wrong with it. */
  async send(): Promise<void> {
    const { shape, draft, target } = this;
    if (!shape || !draft || !isSound(draftProblems(shape, draft))) return;
    await this.work('sending', async () => {
      this.afterwards = undefined;
      const entry = await this.sendItem(await target.prepare(shape, draft, preparedCall(shape, draft)));
      this.answered(entry, draft);
    });
  }

  /** Does what the last answer offers. */
  async take(offer: string): Promise<void> {
    if (this.afterwards?.offers.some(({ id }) => id === offer)) await this.target.take?.(offer);
  }

  /** Does what the page asks for of traces. */
  async trace(request: TraceRequest): Promise<void> {
    await this.target.traces?.request(request);
  }

  /** Does once more what went wrong. */
  retry(): Promise<void> {
    return this.shape === undefined ? this.load() : this.send();
  }

  /** Stops what is under way. */
  stop(): void {
    this.stopping.abort();
    this.stopSending?.();
  }

  /** The page. */
  view(): ToTryItPage {
    const { busy, wait, problem, afterwards } = this;
    const content = this.content();
    const trace = this.target.traces?.view();
    return {
      type: 'call', saved: this.target.saved, title: this.title,
      ...(busy === undefined ? {} : { busy }), ...(wait === undefined ? {} : { wait }), ...(problem === undefined ? {} : { problem }),
      ...(afterwards === undefined ? {} : { afterwards }), ...(content === undefined ? {} : { content }),
      ...(trace === undefined ? {} : { trace }),
    };
  }

  dispose(): void {
    this.stopping.abort();
    this.following?.dispose();
    this.changedState.dispose();
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

  private answered(entry: Entry | undefined, draft: CallDraft): void {
    const state = entry?.state;
    if (state?.kind === 'failed') this.problem = state.problem;
    if (state?.kind === 'answered') this.afterwards = this.afterOf(state.exchange, draft);
  }

  private afterOf(exchange: Exchange, draft: CallDraft): Afterwards | undefined {
    return exchange.problem === undefined ? this.target.after?.(exchange, draft) : undefined;
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
    this.stopping = new AbortController();
    this.changedState.fire();
    try {
      await work(this.stopping.signal);
    } catch (error) {
      if (!(error instanceof Cancelled)) this.problem = this.parts.describe(error);
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
