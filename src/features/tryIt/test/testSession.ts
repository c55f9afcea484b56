// The test of one service while its page is open: what stands in the fields, what is sent, and what came back last.

import * as l10n from '@vscode/l10n';
import { Cancelled, HumanError, InvalidBody, type ErrorParts } from '../../../model/errors';
import type { Exchange } from '../../../model/exchange';
import type { HealthState } from '../../../model/health';
import { Emitter, type Disposable } from '../../../model/lifetime';
import type { Service } from '../../../model/service';
import type { ScoreProgress, ScoreRequest } from '../../../protocols/protocol';
import type { ScorerCall } from '../../scoring';
import { bodyProblem, placed } from '../bodyCheck';
import type { FormEdit } from '../form/formMessages';
import type { BodyProblem } from '../shape';
import { ChosenWay, type ChosenWayParts } from './chosenWay';
import type { TestState } from './messages';
import type { RememberedRequest, TestRequest } from './testRequest';
import type { TestStart, WantedStart } from './testStart';

/** What it needs from outside. */
export interface TestSessionParts extends ChosenWayParts {
  /** Reads what a test begins with. Throws Cancelled. */
  readonly start: (service: Service, wanted: WantedStart, signal: AbortSignal) => Promise<TestStart>;
  /** Asks what is asked in a folder that is not trusted. Throws Cancelled. */
  readonly confirm: (service: Service) => Promise<void>;
  readonly readRequest: (text: string, service: Service) => ScoreRequest;
  readonly score: (call: ScorerCall, signal: AbortSignal, onProgress: (progress: ScoreProgress) => void) => Promise<Exchange>;
  /** Says that a call has begun; what it gives is told how that service is. */
  readonly begin: (address: string) => (health: HealthState | undefined) => void;
  readonly healthAfter: (exchange: Exchange) => HealthState;
  readonly remember: (service: Service, request: RememberedRequest) => Promise<void>;
  readonly describe: (error: unknown) => ErrorParts;
  /** What people call it and its workspace now, what stands for it where choices are kept, and whether it is the sample. */
  readonly about: (service: Service) => {
    readonly name: string; readonly workspace: string; readonly choice: string; readonly sample: boolean;
  };
}

/** The page without the answer's tables, which the panel has. */
export type SessionState = Omit<TestState, 'answer'>;

/** A text is checked as JSON with comments, which are taken out before it is sent. */
const body = { contentType: 'application/json', json: true, comments: true, required: true, text: '' };

/** Values are remembered when nothing was changed for so long, in milliseconds. */
const rememberMs = 500;

/** The test of one service. */
export class TestSession implements Disposable {
  private readonly changedState = new Emitter<void>();
  readonly onDidChange = this.changedState.event;
  private request: TestRequest | undefined;
  private began = 0;
  private notes: readonly string[] = [];
  /** Where the values come from, until one of them is another one. */
  private origin: string | undefined;
  private readonly way: ChosenWay;
  private turn = 0;
  private busy: TestState['busy'];
  private failed: TestState['busy'];
  private wanted: WantedStart = { kind: 'any' };
  private wait: string | undefined;
  private problem: ErrorParts | undefined;
  private last: Exchange | undefined;
  private stopping = new AbortController();
  private remembering: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly parts: TestSessionParts, readonly service: Service) {
    this.way = new ChosenWay(parts, service);
  }

  /** What came back last. */
  get exchange(): Exchange | undefined {
    return this.last;
  }

  /** True once it is known what the service takes. */
  get isRead(): boolean {
    return this.request !== undefined;
  }

  /** The service that is called: another one where another way is chosen. */
  get called(): Service {
    return this.way.called;
  }

  /** True while something is being sent to this address. */
  isSendingTo(address: string): boolean {
    return this.busy === 'sending' && this.called.address === address;
  }

  /** Reads what the service takes, and fills in what is wanted. */
  load(wanted: WantedStart): Promise<void> {
    if (this.busy === undefined) this.wanted = wanted;
    return this.work('reading', async (signal) => {
      const start = await this.parts.start(this.service, wanted, signal);
      await this.lookForWays();
      [this.notes, this.origin] = [start.notes, start.origin];
      this.request = start.request;
      this.began += 1;
    });
  }

  /** Looks which ways there are: one may have come since, or gone. */
  async lookForWays(): Promise<void> {
    await this.way.look();
    this.changedState.fire();
  }

  /** Reads anew what the service takes; what is filled in stays. */
  refresh(): Promise<void> {
    const { request } = this;
    return this.load(request ? { kind: 'anew', request } : { kind: 'any' });
  }

  /** A change in the form. */
  edit(edit: FormEdit): void {
    this.request?.edit(edit);
    this.origin = undefined;
    this.changed();
  }

  /** The text is another one. `turn` is that of the page's message. */
  type(text: string, turn: number): void {
    this.turn = turn;
    if (text !== this.request?.text) this.origin = undefined;
    this.request?.type(text);
    this.changed();
  }

  /** The page has begun anew: its turns begin at 0. */
  restart(): void {
    this.turn = 0;
  }

  /** Shows the request as JSON, or as a form where it fits into one. */
  turnTo(look: 'json' | 'form'): void {
    if (look === 'json') this.request?.asJson();
    else this.request?.asForm();
    this.changed();
  }

  /** Goes another way to the service. */
  async go(address: string): Promise<void> {
    const going = this.way.go(address);
    this.changedState.fire();
    await this.remembered(() => going);
  }

  /** Sends what stands in the fields, where nothing is wrong with it. */
  async send(): Promise<void> {
    const { request, called: way, parts } = this;
    const text = request?.sent();
    if (!request || text === undefined || this.jsonProblem() !== undefined) return;
    await this.work('sending', async (signal) => {
      const read = parts.readRequest(text, way);
      await parts.confirm(way);
      await this.keep();
      this.last = await this.score(read, signal);
    });
  }

  /** Does once more what went wrong. */
  retry(): Promise<void> {
    return this.request === undefined || this.failed === 'reading' ? this.load(this.wanted) : this.send();
  }

  /** Stops what is under way. */
  stop(): void {
    this.stopping.abort();
  }

  /** The request as it may stand in a file, without the parameters that are kept. */
  shown(): ReturnType<TestRequest['shown']> {
    return this.request?.shown();
  }

  /** The page. */
  view(): SessionState {
    const { service, request, way, busy, wait, problem, notes, origin, turn } = this;
    const { name: title, workspace, choice, sample } = this.parts.about(service);
    const form = request?.form;
    const fault = this.jsonProblem();
    return {
      type: 'test', service: choice, title, workspace, sample, way: way.called.address, turn,
      notes: [...way.notes, ...notes, ...(origin === undefined ? [] : [origin])], ways: way.choices(),
      filled: this.began * 100_000 + (request?.filled ?? 0),
      ...(busy === undefined ? {} : { busy }), ...(wait === undefined ? {} : { wait }), ...(problem === undefined ? {} : { problem }),
      ...(form === undefined ? {} : { form }),
      ...(request === undefined || form !== undefined ? {} : {
        json: {
          text: request.text, hasForm: request.hasForm,
          ...(fault === undefined ? {} : { problem: fault }), ...(request.why === undefined ? {} : { why: request.why }),
        },
      }),
    };
  }

  /** Ends it without remembering anything. */
  discard(): void {
    this.request = undefined;
    this.dispose();
  }

  dispose(): void {
    this.stop();
    clearTimeout(this.remembering);
    // What was typed last is remembered, too.
    if (this.remembering !== undefined) void this.keep();
    this.changedState.dispose();
  }

  private changed(): void {
    clearTimeout(this.remembering);
    this.remembering = setTimeout(() => {
      this.remembering = undefined;
      void this.keep();
    }, rememberMs);
    this.changedState.fire();
  }

  private async keep(): Promise<void> {
    const remembered = this.request?.remembered();
    if (remembered) await this.remembered(() => this.parts.remember(this.service, remembered));
  }

  /** What cannot be remembered is told on the page. */
  private async remembered(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.problem = this.parts.describe(error);
      this.changedState.fire();
    }
  }

  /** What is wrong with the text, while it is no form. */
  private jsonProblem(): BodyProblem | undefined {
    const { request, called: way } = this;
    if (!request || request.isForm) return undefined;
    const { text } = request;
    const problem = bodyProblem(body, text);
    if (problem !== undefined) return problem;
    const { dotsAt } = request;
    if (dotsAt !== undefined) return placed(text, dotsAt, l10n.t('Dots stand for a value that is not known here: type the value.'));
    try {
      this.parts.readRequest(text, way);
      return undefined;
    } catch (error) {
      if (error instanceof InvalidBody) return placed(text, error.place.offset, error.message);
      if (error instanceof HumanError) return { sentence: error.message };
      throw error;
    }
  }

  private async score(request: ScoreRequest, signal: AbortSignal): Promise<Exchange> {
    const { called: way, parts } = this;
    const done = parts.begin(way.address);
    let found: HealthState | undefined;
    try {
      const call = { service: way, source: l10n.t('Test'), read: () => Promise.resolve(request) };
      const exchange = await parts.score(call, signal, (progress) => {
        this.wait = progress.kind === 'waiting' ? progress.reason : undefined;
        this.changedState.fire();
      });
      found = parts.healthAfter(exchange);
      return exchange;
    } finally {
      done(found);
    }
  }

  /** One thing at a time; what goes wrong stands on the page. */
  private async work(busy: TestState['busy'], work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    if (this.busy !== undefined) return;
    this.busy = busy;
    [this.problem, this.failed] = [undefined, undefined];
    this.stopping = new AbortController();
    this.changedState.fire();
    try {
      await work(this.stopping.signal);
    } catch (error) {
      this.failed = busy;
      if (!(error instanceof Cancelled)) this.problem = this.parts.describe(error);
    } finally {
      this.busy = undefined;
      this.wait = undefined;
      this.changedState.fire();
    }
  }
}

/** The page where there is nothing to test. */
export const noTest: TestState = {
  type: 'test', title: '', workspace: '', sample: false, ways: [], way: '', notes: [], filled: 0, turn: 0,
};
