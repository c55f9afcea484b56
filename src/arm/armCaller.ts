// One call on Azure Resource Manager over our transport: the token for its own host alone, patience, a line in the log.

import {
  createEmptyPipeline, createHttpHeaders, createPipelineRequest, type HttpClient, type Pipeline, type PipelineRequest,
  type PipelineResponse, type SendRequest,
} from '@azure/core-rest-pipeline';
import type { ArmEndpoint, ArmJson, ArmOptions } from '../model/arm';
import type { Clock } from '../model/clock';
import { Cancelled } from '../model/errors';
import type { NetworkFailure, Transport, WireRequest } from '../model/wire';
import { acceptEncoding } from '../http/encodings';
import { armForeign, armRefused, armStrange, armUnreached, jsonOf, secretsIn } from './armErrors';
import type { ArmSubject } from './armMessages';
import { againAfterAnswer, againAfterFailure, retryAfterOf, type Again, type Tried } from './armPatience';
import { originOf, subjectOf } from './armUrls';

/** The outside that the client needs. */
export interface ArmTools {
  readonly transport: Pick<Transport, 'send'>;
  readonly clock: Pick<Clock, 'sleep'>;
  /** One line after each call: method, host, path, status, milliseconds; never a query, a header or a body. */
  readonly log: (line: string) => void;
}

/** A call; its address is whole. */
export interface ArmCall {
  readonly method: 'GET' | 'PUT' | 'PATCH' | 'DELETE' | 'POST';
  readonly url: string;
  readonly body?: ArmJson | undefined;
  readonly ifMatch?: string | undefined;
  readonly options: Pick<ArmOptions, 'signal' | 'onWait'>;
  /** Texts that must not be seen in an error, beside those of the credential and of the body. */
  readonly secrets?: readonly string[];
  /** What it is about, where the address does not tell. */
  readonly subject?: ArmSubject;
}

/** An answer that says yes. */
export interface ArmReply {
  readonly status: number;
  readonly body: unknown;
  readonly etag: string | undefined;
  readonly location: string | undefined;
  readonly asyncOperation: string | undefined;
  readonly retryAfterMs: number | undefined;
}

/** Limits of one try, in milliseconds: importing a large description takes its time. */
const limitMs = { read: 90_000, write: 5 * 60_000 };

/** A page of a list is a megabyte at most, an export some more. In bytes. */
const mostAnswerBytes = 64 * 1024 * 1024;

/** No answer came. Becomes ArmFailed when it is not worth another try. */
class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
  constructor(readonly failure: NetworkFailure) {
    super(failure.message);
  }
}

/** Makes calls on one endpoint. */
export class ArmCaller {
  private answered = false;
  /** Calls for which a new token was asked already. */
  private readonly renewed = new WeakSet<PipelineRequest>();
  /** What must not be seen of the credential that was used last. */
  hidden: readonly string[] = [];

  constructor(readonly endpoint: ArmEndpoint, readonly tools: ArmTools) {}

  /** Gives the answer that says yes. Throws ArmFailed for every other, and Cancelled. */
  async call(call: ArmCall): Promise<ArmReply> {
    const { method, url, body, ifMatch, options } = call;
    const { signal } = options;
    this.requireOwn(url);
    if (signal.aborted) throw new Cancelled();
    const secrets = [...(call.secrets ?? []), ...secretsIn(body)];
    const subject = call.subject ?? subjectOf(method, url);
    const headers = createHttpHeaders({
      Accept: 'application/json', [acceptEncoding.name]: acceptEncoding.value,
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...(ifMatch === undefined ? {} : { 'If-Match': ifMatch }),
    });
    const request = createPipelineRequest({
      method, url, headers, abortSignal: signal, timeout: method === 'GET' ? limitMs.read : limitMs.write,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    try {
      const response = await this.pipeline(call, secrets).sendRequest(this.client(signal), request);
      return this.read(response, subject, secrets);
    } catch (error) {
      if (signal.aborted) throw new Cancelled();
      if (error instanceof NoAnswer) throw armUnreached(error.failure, request.timeout, subject, secrets);
      throw error;
    }
  }

  /** Throws ArmFailed for an address at another host than the endpoint's. */
  requireOwn(url: string): void {
    const own = new URL(this.endpoint.url);
    const other = URL.canParse(url) ? new URL(url) : undefined;
    if (other !== undefined && other.origin !== own.origin) throw armForeign(own.host, other.host || other.protocol);
    if (originOf(url) === undefined) throw armStrange('badLink', subjectOf('GET', own.href));
  }

  /** The address that an answer to a call on `base` names; undefined where it names none. Throws ArmFailed for one at another host. */
  follow(base: string, named: string | undefined): string | undefined {
    const text = named?.trim() ?? '';
    if (text === '') return undefined;
    if (!URL.canParse(text, base)) throw armStrange('badLink', subjectOf('GET', base));
    const url = new URL(text, base).href;
    this.requireOwn(url);
    return url;
  }

  private pipeline({ method, options }: ArmCall, secrets: string[]): Pipeline {
    const pipeline = createEmptyPipeline();
    const write = method !== 'GET';
    const patient = (request: PipelineRequest, next: SendRequest) => this.patiently(request, next, write, options);
    const signed = (request: PipelineRequest, next: SendRequest) => this.signed(request, next, options.signal, secrets);
    pipeline.addPolicy({ name: 'patience', sendRequest: patient }, { phase: 'Retry' });
    pipeline.addPolicy({ name: 'credential', sendRequest: signed }, { phase: 'Sign' });
    return pipeline;
  }

  /** Tries until there is an answer that counts. */
  private async patiently(
    request: PipelineRequest, next: SendRequest, write: boolean, { signal, onWait }: ArmCall['options'],
  ): Promise<PipelineResponse> {
    let tried: Tried = { waits: 0, waitedMs: 0, faults: 0 };
    for (;;) {
      let again: Again | undefined;
      try {
        const response = await next(request);
        again = againAfterAnswer(seen(response), write, tried);
        if (again === undefined) return response;
      } catch (error) {
        if (!(error instanceof NoAnswer)) throw error;
        again = againAfterFailure(error.failure, write, this.answered, tried);
        if (again === undefined) throw error;
      }
      const { ms, reason } = again;
      if (reason !== undefined) onWait?.({ reason, seconds: Math.ceil(ms / 1_000) });
      await this.tools.clock.sleep(ms, signal);
      tried = reason === undefined
        ? { ...tried, faults: tried.faults + 1 } : { ...tried, waits: tried.waits + 1, waitedMs: tried.waitedMs + ms };
    }
  }

  /** Puts the token in, asks for a new one once where it is refused, and notes what must not be seen. */
  private async signed(request: PipelineRequest, next: SendRequest, signal: AbortSignal, secrets: string[]): Promise<PipelineResponse> {
    const tryWith = async (renew: boolean): Promise<PipelineResponse> => {
      const credential = await this.endpoint.credential({ renew, signal });
      if (signal.aborted) throw new Cancelled();
      this.hidden = credential.hidden;
      secrets.push(...credential.hidden);
      for (const { name, value } of credential.headers(request.url)) request.headers.set(name, value);
      return next(request);
    };
    const renewed = this.renewed.has(request);
    const response = await tryWith(false);
    if (response.status !== 401 || renewed) return response;
    this.renewed.add(request);
    return tryWith(true);
  }

  private client(signal: AbortSignal): HttpClient {
    return {
      sendRequest: async (request) => {
        this.requireOwn(request.url);
        const wire = wireRequest(request);
        const from = performance.now();
        const outcome = await this.tools.transport.send(wire, signal);
        const { host, pathname } = new URL(wire.url);
        const ended = outcome.ok ? outcome.answer.status : outcome.failure.kind;
        this.tools.log(`${wire.method} ${host}${pathname} ${ended} ${Math.round(performance.now() - from)} ms`);
        if (!outcome.ok) throw outcome.failure.kind === 'cancelled' ? new Cancelled() : new NoAnswer(outcome.failure);
        this.answered = true;
        const { status, headers, body } = outcome.answer;
        const read = createHttpHeaders();
        for (const { name, value } of headers) read.set(name, value);
        return {
          request, status, headers: read, bodyAsText: Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8'),
        };
      },
    };
  }

  private read(response: PipelineResponse, subject: ArmSubject, secrets: readonly string[]): ArmReply {
    const { status, headers, request } = response;
    const text = response.bodyAsText ?? '';
    if (status >= 400) throw armRefused({ status, text }, subject, secrets);
    const location = headers.get('location');
    if (status >= 300) {
      this.follow(request.url, location);
      throw armStrange('redirect', subject, status);
    }
    const empty = text.replace(/^\uFEFF/, '').trim() === '';
    const body = empty ? undefined : jsonOf(text);
    if (!empty && body === undefined) throw armStrange('notJson', subject, status);
    return {
      status, body, location, etag: headers.get('etag'), asyncOperation: headers.get('azure-asyncoperation'),
      retryAfterMs: seen(response).retryAfterMs,
    };
  }
}

function seen({ status, headers, bodyAsText }: PipelineResponse): { status: number; text: string; retryAfterMs: number | undefined } {
  return { status, text: bodyAsText ?? '', retryAfterMs: retryAfterOf(headers.get('retry-after'), headers.get('date')) };
}

function wireRequest({ method, url, headers, body, timeout }: PipelineRequest): WireRequest {
  if (method === 'OPTIONS' || method === 'TRACE') throw new Error(`Nothing is called by ${method}.`);
  return {
    method, url, headers: [...headers].map(([name, value]) => ({ name, value })), timeoutMs: timeout, mostAnswerBytes,
    ...(typeof body === 'string' ? { body: Buffer.from(body, 'utf8') } : {}),
  };
}
