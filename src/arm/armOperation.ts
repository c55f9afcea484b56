// Long operations of Azure Resource Manager, waited for to their end by core-lro, whose state outlives a reload.

import { createHttpPoller, type OperationResponse, type OperationState, type PollerLike } from '@azure/core-lro';
import type { ArmAnswer, ArmWriteOptions } from '../model/arm';
import type { ArmReason } from '../model/armReason';
import { ArmFailed } from '../model/errors';
import { filledText, isObject, member, tryParse } from '../base/shape';
import type { ArmCaller, ArmReply } from './armCaller';
import { armEndedBadly, armStrange } from './armErrors';
import { provisioningStateOf } from './armFault';
import type { ArmSubject } from './armMessages';
import { subjectOf } from './armUrls';

/** How core-lro asks: a page of its own that tells the status, the address that gives the result, or the resource itself. */
type Mode = 'OperationLocation' | 'ResourceLocation' | 'Body';

/** What began an operation. */
export interface Begun {
  readonly method: string;
  readonly url: string;
  readonly secrets: readonly string[];
}

/** Own waits between questions, where the answer asks for none, in milliseconds: the first, and the longest. */
const ownWaitMs = { first: 500, most: 15_000 };
/** No wait is shorter or longer, in milliseconds. */
const eachWaitMs = { least: 250, most: 120_000 };
/** So long an operation is waited for, in milliseconds: making an instance takes three quarters of an hour. */
const mostOperationMs = 3 * 60 * 60_000;
/** What only hinders asking says nothing of the operation: its state is kept, so that it can be asked for again. */
const passing: ReadonlySet<ArmReason> = new Set(['network', 'signIn', 'forbidden', 'throttled', 'busy', 'activating', 'server']);

/** So long, and so often, a resource is looked for whose operation nobody knows any more, in milliseconds. */
const lookedFor = { forMs: 30_000, eachMs: 2_000 };

/** True where the answer to a write only says that the work has begun. */
export function isLong(method: string, { status, body, location, asyncOperation }: ArmReply): boolean {
  const link = Boolean(asyncOperation) || Boolean(location);
  if (status === 202) return link || method === 'PUT';
  if (status !== 200 && status !== 201) return false;
  const state = progressOf(provisioningStateOf(body));
  return state === undefined ? link : state === 'running' ? link || method === 'PUT' : state === 'failed';
}

/** Waits for the operation that an answer has begun, and gives the resource as it is then. Throws ArmFailed and Cancelled. */
export async function finished(caller: ArmCaller, begun: Begun, first: ArmReply, options: ArmWriteOptions): Promise<ArmAnswer> {
  return new LongOperation(caller, options, begun, first).run();
}

/** Goes on with an operation from its noted state, which `readState` has read. Throws ArmFailed and Cancelled. */
export async function resumed(caller: ArmCaller, state: string, begun: Begun, options: ArmWriteOptions): Promise<ArmAnswer> {
  return new LongOperation(caller, options, begun, undefined, state).run();
}

/** What a noted state tells of how the operation began. Throws ArmFailed where it cannot be read or is another endpoint's. */
export function readState(state: string, caller: ArmCaller): Begun {
  const kept = member(tryParse(state), 'state');
  const config = member(kept, 'config');
  const [url, method, location] = ['initialRequestUrl', 'requestMethod', 'operationLocation']
    .map((name) => filledText(member(config, name)));
  const resource = member(config, 'resourceLocation');
  // The text goes to core-lro as it is, whose own complaint would hold all of it.
  if (member(kept, 'status') !== 'running' || !url || !method || !location || resource !== undefined || !modeOf(config)) {
    throw armStrange('badState', subjectOf('GET', caller.endpoint.url));
  }
  for (const each of [url, location]) caller.requireOwn(each);
  return { url, method, secrets: [] };
}

function modeOf(config: unknown): Mode | undefined {
  const mode = member(member(config, 'metadata'), 'mode');
  return mode === 'OperationLocation' || mode === 'ResourceLocation' || mode === 'Body' ? mode : undefined;
}

/** Undefined where nothing is said. */
function progressOf(state: string | undefined): 'running' | 'done' | 'failed' | undefined {
  switch (state?.toLowerCase()) {
    case undefined:
      return undefined;
    case 'succeeded':
      return 'done';
    case 'failed':
    case 'canceled':
    case 'cancelled':
    case 'terminationfailed':
      return 'failed';
    default:
      return 'running';
  }
}

class LongOperation {
  private last: ArmReply | undefined;
  private mode: Mode | undefined;

  constructor(
    private readonly caller: ArmCaller, private readonly options: ArmWriteOptions, private readonly begun: Begun,
    private readonly first: ArmReply | undefined, private readonly noted?: string,
  ) {
    this.last = first;
  }

  async run(): Promise<ArmAnswer> {
    try {
      await this.poll();
      const answer = await this.result();
      await this.options.onPoller?.(undefined);
      return answer;
    } catch (error) {
      if (error instanceof ArmFailed && !passing.has(error.reason)) await this.options.onPoller?.(undefined);
      throw error;
    }
  }

  private async poll(): Promise<void> {
    // A poller is also a promise of its result, with timers of its own: it stays in here, and is asked once at a time.
    const { poller } = this.start();
    await poller.submitted();
    this.mode = modeOf(poller.operationState?.config);
    let ownMs = ownWaitMs.first;
    for (let waitedMs = 0; !poller.isDone;) {
      await this.options.onPoller?.(await poller.serialize());
      const ms = Math.min(Math.max(this.last?.retryAfterMs ?? ownMs, eachWaitMs.least), eachWaitMs.most);
      if (waitedMs + ms > mostOperationMs) throw armStrange('endless', this.subject());
      this.options.onWait?.({ reason: 'running', seconds: Math.ceil(ms / 1_000) });
      await this.caller.tools.clock.sleep(ms, this.options.signal);
      waitedMs += ms;
      ownMs = Math.min(ownMs * 2, ownWaitMs.most);
      await poller.poll();
    }
  }

  private start(): { readonly poller: PollerLike<Known, unknown> } {
    const { begun, first, noted } = this;
    const poller = createHttpPoller<unknown, Known>({
      sendInitialRequest: async () => {
        if (first === undefined) throw new Error('An operation that goes on is not begun again.');
        const failed = progressOf(provisioningStateOf(first.body)) === 'failed' && !first.asyncOperation && !first.location;
        if (failed) throw this.badEnd(first);
        return this.response(first, begun.url, 'running');
      },
      sendPollRequest: async (url) => this.ask(url),
    }, { skipFinalGet: true, resourceLocationConfig: 'original-uri', ...(noted === undefined ? {} : { restoreFrom: noted }) });
    return { poller };
  }

  private async ask(url: string): Promise<OperationResponse> {
    let reply: ArmReply | undefined;
    try {
      reply = await this.get(url);
    } catch (error) {
      if (!(error instanceof ArmFailed) || error.reason !== 'notFound') throw error;
      reply = await this.lookedFor(this.options.ifMatch);
    }
    if (reply === undefined) {
      this.last = undefined;
      return this.response(nothing, url, 'done');
    }
    this.last = reply;
    const progress = this.progress(reply);
    if (progress === 'failed') throw this.badEnd(reply);
    return this.response(reply, url, progress);
  }

  private progress(reply: ArmReply): 'running' | 'done' | 'failed' {
    const { status, body, location, asyncOperation } = reply;
    const state = progressOf(provisioningStateOf(body));
    const sure = status === 202 ? 'running' : 'done';
    if (this.found) return 'done';
    switch (this.mode) {
      case 'OperationLocation': {
        const told = filledText(member(body, 'status')) ?? filledText(member(member(body, 'properties'), 'status'));
        return progressOf(told) ?? (asyncOperation ? state : undefined) ?? sure;
      }
      case 'ResourceLocation':
        if (state === 'failed') return 'failed';
        return status !== 202 && state === 'running' && Boolean(location || asyncOperation) ? 'running' : sure;
      case 'Body':
      case undefined:
        return status === 202 ? 'running' : state ?? 'done';
      default:
        return this.mode satisfies never;
    }
  }

  private found = false;

  /**
   * The operation is not known any more, which is no proof: what it was to make may appear, what it was to change may get another ETag than
   * `before`, and what it was to delete is gone.
   */
  private async lookedFor(before?: string): Promise<ArmReply | undefined> {
    const deleting = this.begun.method === 'DELETE';
    for (let waitedMs = 0; ; waitedMs += lookedFor.eachMs) {
      const there = await this.resource();
      const over = waitedMs + lookedFor.eachMs > lookedFor.forMs;
      // A change to what it was already leaves the ETag.
      if (deleting ? there === undefined : there !== undefined && (over || before === undefined || there.etag !== before)) {
        this.found = true;
        return there;
      }
      if (over) throw armStrange('notThere', this.subject(), 404);
      this.options.onWait?.({ reason: 'running', seconds: Math.ceil(lookedFor.eachMs / 1_000) });
      await this.caller.tools.clock.sleep(lookedFor.eachMs, this.options.signal);
    }
  }

  private async resource(): Promise<ArmReply | undefined> {
    try {
      return await this.get(this.begun.url);
    } catch (error) {
      if (error instanceof ArmFailed && error.reason === 'notFound') return undefined;
      throw error;
    }
  }

  private get(url: string): Promise<ArmReply> {
    return this.caller.call({ method: 'GET', url, options: this.options, secrets: this.begun.secrets, subject: this.subject() });
  }

  /** The resource as it is after the operation. */
  private async result(): Promise<ArmAnswer> {
    const { last } = this;
    const whole = last !== undefined && isObject(last.body) && (this.mode !== 'OperationLocation' || this.found);
    if (this.begun.method === 'DELETE') return { status: last?.status ?? 204, body: whole ? last.body : undefined };
    return answerOf(whole ? last : (await this.lookedFor()) ?? nothing);
  }

  /** An answer as core-lro is to see it: where to ask next, and how it stands, in words that it knows. No body goes into its state. */
  private response(reply: ArmReply, url: string, progress: 'running' | 'done'): OperationResponse {
    const headers: Record<string, string> = {};
    if (progress === 'running') {
      const next = { 'azure-asyncoperation': reply.asyncOperation, location: reply.location };
      for (const [name, value] of Object.entries(next)) {
        const followed = this.caller.follow(url, value);
        if (followed !== undefined) headers[name] = followed;
      }
    }
    const state = progress === 'running' ? 'inProgress' : 'succeeded';
    return {
      flatResponse: undefined,
      rawResponse: {
        statusCode: progress === 'running' ? 202 : 200, headers, body: { status: state, provisioningState: state },
        request: { method: this.begun.method, url: this.begun.url },
      },
    };
  }

  private badEnd(reply: ArmReply): ArmFailed {
    return armEndedBadly(reply, this.subject(), [...this.begun.secrets, ...this.caller.hidden]);
  }

  private subject(): ArmSubject {
    return subjectOf(this.begun.method, this.begun.url);
  }
}

/** The state of a poller of core-lro; its result is of no use to us. */
interface Known extends OperationState<unknown> {
  readonly config?: unknown;
}

/** An answer with nothing in it. */
const nothing: ArmReply = {
  status: 204, body: undefined, etag: undefined, location: undefined, asyncOperation: undefined, retryAfterMs: undefined,
};

/** An answer as the features see it. */
export function answerOf({ status, body, etag }: ArmReply): ArmAnswer {
  return { status, body, ...(etag === undefined ? {} : { etag }) };
}
