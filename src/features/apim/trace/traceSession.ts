// Traces of the calls of one API, for a page that sends them: switched on knowingly, asked for after each call, shown without secrets.

import * as l10n from '@vscode/l10n';
import { formatMinute, formatWait } from '../../../base/format';
import type { Credential } from '../../../model/credential';
import { Cancelled, type ErrorParts } from '../../../model/errors';
import { DisposableStore, Emitter, type Disposable, type Event } from '../../../model/lifetime';
import type { Header, WireAnswer } from '../../../model/wire';
import type { CallTraces, ShownTrace, TraceRequest, TraceView } from '../../tryIt';
import type { ApimInstance, ArmOf } from '../instance';
import { instanceTitle } from '../nodes';
import { requireMayWrite } from '../publish/mayWrite';
import { waitText } from '../publish/publishWords';
import type { ArmPlace } from '../publish/reading';
import { askForToken, fetchTrace } from './fetchTrace';
import { readNamedSecrets, type NamedSecrets } from './namedSecrets';
import { readTrace } from './readTrace';
import { maskTrace } from './traceMask';
import type { TraceClock, TraceTokens } from './traceTokens';
import { shownTrace, type TracedCall } from './traceWords';

/** What it needs from outside. */
export interface TraceSessionParts {
  readonly arms: ArmOf;
  readonly tokens: TraceTokens;
  readonly clock: TraceClock;
  /** Asks whether to switch it on. Throws Cancelled. */
  readonly confirm: (question: { readonly question: string; readonly detail: string; readonly yes: string }) => Promise<void>;
  /** What a person is told of an error. */
  readonly describe: (error: unknown) => ErrorParts;
}

/** The API whose calls are traced. */
export interface TraceTarget {
  readonly instance: ApimInstance;
  /** The last part of the API's id. */
  readonly api: string;
  /** The last part of the id of the operation that is called: whose policies its calls go through. */
  readonly operation: string;
  /** What people call the API, as far as that is known. */
  readonly title: () => string;
  /** Names of the header and the argument of the query that carry its key. */
  readonly keyNames: () => readonly (string | undefined)[];
}

/** A call that is over, as far as its trace is concerned. */
export interface CallDone extends TracedCall {
  readonly answerHeaders: readonly Header[];
  /** Values that must not be shown: keys that went along. */
  readonly secrets: readonly string[];
  /** True where it went with a token for traces. */
  readonly asked: boolean;
}

/** Why a call with a token was refused, where that was for the token: with one that is good, an answer that says no is traced as well. */
export function refusedForToken({ status, headers }: Pick<WireAnswer, 'status' | 'headers'>): ErrorParts | undefined {
  const traced = headers.some(({ name }) => name.toLowerCase() === traceIdHeader);
  return status === 401 && !traced ? tokenRefused() : undefined;
}

function tokenRefused(): ErrorParts {
  return {
    sentence: l10n.t('The gateway answered 401 and traced nothing: it does not take the token for traces any more.'),
    advice: l10n.t('On the tab Trace, switch tracing on again for a new token, or send the call without a trace.'),
  };
}

/** What the answer says of the trace and of the token. */
const traceIdHeader = 'apim-trace-id';
const expiredHeader = 'apim-debug-authorization-expired';
const wrongApiHeader = 'apim-debug-authorization-wrongapi';

/** What switching on does, as roles name it. */
const needed = 'Microsoft.ApiManagement/service/gateways/listDebugCredentials/action';

/** The traces. */
export class TraceSession implements CallTraces, Disposable {
  private readonly changed = new Emitter<void>();
  private busy: TraceView['busy'];
  private wait: string | undefined;
  private problem: ErrorParts | undefined;
  private trace: ShownTrace | undefined;
  private older = false;
  private last: { readonly call: CallDone; readonly traceId: string } | undefined;
  /** Values that were read while it is switched on: a trace may hold one that was changed since. */
  private known: ReadonlySet<string> = new Set();
  private stopping = new AbortController();
  private readonly following: Disposable;

  constructor(private readonly parts: TraceSessionParts, private readonly target: TraceTarget) {
    this.following = parts.tokens.onDidChange(() => {
      if (!this.isOn) this.known = new Set();
    });
  }

  /** Who listens is all that holds it: pages come and go. */
  readonly onDidChange: Event<void> = (listener) => {
    const both = new DisposableStore();
    both.add(this.changed.event(listener));
    both.add(this.parts.tokens.onDidChange(listener));
    return both;
  };

  async request(what: TraceRequest): Promise<void> {
    switch (what) {
      case 'traceOn':
        return this.switchOn();
      case 'traceOff':
        return this.switchOff();
      case 'traceAgain':
        return this.again();
      case 'traceStop':
        return this.stop();
      default:
        return what satisfies never;
    }
  }

  /** Asks the person, then ARM for a token. What goes wrong stands on the page. */
  async switchOn(): Promise<void> {
    const { parts, target: { instance, api, title } } = this;
    await this.work('switching', async (place) => {
      await parts.confirm({
        question: l10n.t('Trace calls of {0}?', title()),
        detail: [
          l10n.t('{0} will record the calls that you send from here to this API, for an hour at most.', instanceTitle(instance)),
          l10n.t('A trace holds headers, bodies where policies write them, and what policies set, which may be secrets of others.'),
          l10n.t('Whoever may read traces of the instance can see these secrets.'),
          l10n.t('To hide them here, each trace reads the secret named values that its policies use. Azure may log this.'),
          l10n.t('Your account needs the role "API Management Service Contributor" there.'),
        ].join('\n\n'),
        yes: l10n.t('Switch On Tracing'),
      });
      await requireMayWrite(place.arm, instance, place.options.signal, needed);
      const askedAt = parts.clock.monotonic();
      parts.tokens.hold({ instance, name: api }, await askForToken(place, api), askedAt);
    });
  }

  /** The token is forgotten. The trace that is there stays. */
  switchOff(): void {
    this.problem = undefined;
    this.parts.tokens.drop(this.api());
    this.changed.fire();
  }

  /** What the next call takes along; undefined where it is switched off. `audience` is the address of the API at its gateway. */
  credential(audience: string): Credential | undefined {
    return this.parts.tokens.credential(this.api(), audience);
  }

  /** A call is over: its trace is asked for. */
  async after(call: CallDone): Promise<void> {
    const named = (name: string): string | undefined => call.answerHeaders.find((each) => each.name.toLowerCase() === name)?.value;
    const traceId = named(traceIdHeader);
    this.older = this.trace !== undefined;
    this.problem = undefined;
    if (call.asked && traceId === undefined) this.refuse(call, named(expiredHeader), named(wrongApiHeader));
    if (traceId === undefined || !call.asked) {
      this.last = undefined;
      this.changed.fire();
      return;
    }
    this.last = { call, traceId };
    await this.again();
  }

  /** Asks for the trace of the last call once more. */
  async again(): Promise<void> {
    const { last, target } = this;
    if (!last) return;
    await this.work('fetching', async (place) => {
      const [json, named] = await Promise.all([fetchTrace(place, last.traceId, this.parts.clock), this.secretsOf(place)]);
      const masked = maskTrace(json, {
        values: [...last.call.secrets, ...named.values], names: target.keyNames(), unknown: named.unread > 0,
      });
      const read = readTrace(masked);
      // Another call may have ended meanwhile.
      if (!read || this.last !== last) return;
      this.trace = shownTrace(read, last.call, named.unread);
      this.older = false;
    });
  }

  /** Stops what is under way. */
  stop(): void {
    this.stopping.abort();
  }

  view(): TraceView {
    const { busy, wait, problem, trace, older } = this;
    const state = this.parts.tokens.state(this.api());
    return {
      state: state.kind,
      ...(state.kind === 'on' ? { until: l10n.t('Until {0}, {1} left', formatMinute(state.untilMs), formatWait(state.leftMs)) } : {}),
      ...(busy === undefined ? {} : { busy }), ...(wait === undefined ? {} : { wait }), ...(problem === undefined ? {} : { problem }),
      ...(trace === undefined ? {} : { trace, older }),
    };
  }

  dispose(): void {
    this.stop();
    this.following.dispose();
    this.changed.dispose();
  }

  private api(): { readonly instance: ApimInstance; readonly name: string } {
    return { instance: this.target.instance, name: this.target.api };
  }

  /** The gateway has answered a call with a token, and traced nothing. */
  private refuse({ status }: CallDone, expired: string | undefined, wrongApi: string | undefined): void {
    const { parts } = this;
    if (expired !== undefined) {
      parts.tokens.end(this.api());
      return;
    }
    if (wrongApi !== undefined) parts.tokens.drop(this.api());
    if (wrongApi === undefined && status === 401) parts.tokens.end(this.api());
    this.problem = wrongApi === undefined
      ? status === 401 ? tokenRefused() : {
        sentence: l10n.t('The gateway has not traced this call.'),
        advice: l10n.t('Switch tracing off and on again for a new token, or send the call without a trace.'),
      }
      : {
        sentence: l10n.t('The gateway says that the token for traces is of another API, so tracing is switched off.'),
        advice: l10n.t('Switch it on again for this API.'),
      };
  }

  private get isOn(): boolean {
    return this.parts.tokens.state(this.api()).kind === 'on';
  }

  /** Read for each trace, as somebody may have changed them. */
  private async secretsOf(place: ArmPlace): Promise<NamedSecrets> {
    const { api, operation } = this.target;
    const { values, unread } = await readNamedSecrets(place, { kind: 'operation', api, operation });
    const known = new Set([...this.known, ...values]);
    if (this.isOn) this.known = known;
    return { values: [...known], unread };
  }

  private async work(busy: TraceView['busy'], work: (place: ArmPlace) => Promise<void>): Promise<void> {
    this.stopping.abort();
    const stopping = new AbortController();
    this.stopping = stopping;
    [this.busy, this.problem] = [busy, undefined];
    this.changed.fire();
    const { instance } = this.target;
    const onWait: ArmPlace['options']['onWait'] = (wait) => {
      this.wait = waitText(wait);
      this.changed.fire();
    };
    try {
      await work({ arm: await this.parts.arms(instance), instance, options: { signal: stopping.signal, onWait } });
    } catch (error) {
      if (this.stopping === stopping) this.problem = error instanceof Cancelled ? stoppedProblem(busy) : this.parts.describe(error);
    } finally {
      if (this.stopping === stopping) [this.busy, this.wait] = [undefined, undefined];
      this.changed.fire();
    }
  }
}

/** The trace of a call is asked for once: who stops that is given a way back. */
function stoppedProblem(busy: TraceView['busy']): ErrorParts | undefined {
  return busy === 'fetching' ? { sentence: l10n.t('Reading the trace was stopped.'), actions: ['retry'] } : undefined;
}
