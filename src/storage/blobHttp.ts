// Lets storage-blob speak through our transport, so that proxies, certificates and the rules for addresses hold for it too.

import {
  newPipeline,
  RestError,
  StorageSharedKeyCredential,
  type HttpOperationResponse,
  type IHttpClient,
  type Pipeline,
  type WebResource,
} from '@azure/storage-blob';
import { Cancelled } from '../model/errors';
import type { StorageAccess } from '../model/storage';
import type { NetworkFailure, Transport, WireAnswer, WireRequest } from '../model/wire';
import { headerValue } from '../http/headers';
import { signAt } from './blobSigning';
import type { StorageClocks } from './storageClock';

/** The outside that storage needs. */
export interface BlobTools {
  readonly transport: Transport;
  /** One line for the log after each call: method, host, path, status, milliseconds; never a query, a header or a body. */
  readonly log: (line: string) => void;
  /** What time it is at the accounts; where it is left out, this computer's clock counts. */
  readonly clocks?: StorageClocks;
}

/** So long a call may take, in milliseconds: a block of 8 MB over a line of 0.2 Mbit/s needs over five minutes. */
export const callLimitMs = { withBody: 15 * 60_000, withoutBody: 90_000 };

/** storage-blob tries each call four times: at once after a first failure, then after these times' multiples. */
const retryOptions = { maxTries: 4, retryDelayInMs: 1_000, maxRetryDelayInMs: 10_000 };

/** The failure behind an error that storage-blob has passed on. */
const failures = new WeakMap<object, NetworkFailure>();

/** What went wrong on the network, if that is what the error is about. */
export function networkFailureBehind(error: unknown): NetworkFailure | undefined {
  return typeof error === 'object' && error !== null ? failures.get(error) : undefined;
}

/** The pipeline for one operation: all its calls end with `signal`, which makes them throw Cancelled. */
export function pipelineFor(access: StorageAccess, tools: BlobTools, signal: AbortSignal): Pipeline {
  const credential = access.kind === 'account' ? new StorageSharedKeyCredential(access.account, access.key) : undefined;
  return newPipeline(credential, { httpClient: new TransportClient(access, tools, signal), retryOptions });
}

class TransportClient implements IHttpClient {
  /** True once storage has answered: then even a host that is not found is worth another try. */
  private answered = false;

  constructor(private readonly access: StorageAccess, private readonly tools: BlobTools, private readonly signal: AbortSignal) {}

  async sendRequest(request: WebResource): Promise<HttpOperationResponse> {
    const aheadMs = this.dated(request);
    let answer = await this.send(request);
    // Refused by a clock that was not known before: that answer has told it.
    if (answer.status === 403 && this.access.kind === 'account' && aheadMs === 0 && this.dated(request) !== 0)
      answer = await this.send(request);
    const headers = request.headers.clone();
    for (const name of headers.headerNames()) headers.remove(name);
    for (const { name, value } of answer.headers) {
      // storage-blob would follow a redirect, and take the token along.
      if (name.toLowerCase() !== 'location') headers.set(name, value);
    }
    return {
      request,
      status: answer.status,
      headers,
      bodyAsText: Buffer.from(answer.body.buffer, answer.body.byteOffset, answer.body.byteLength).toString('utf8'),
    };
  }

  /** Dates and signs a call by the account's clock where that is another than this computer's; gives back by how much, in milliseconds. */
  private dated(request: WebResource): number {
    const { clocks } = this.tools;
    const aheadMs = clocks?.aheadMs(this.access.base) ?? 0;
    const theirs = clocks?.now(this.access.base);
    if (aheadMs !== 0 && theirs !== undefined) signAt(request, this.access, theirs);
    return aheadMs;
  }

  private async send(request: WebResource): Promise<WireAnswer> {
    const wire = wireRequest(request);
    const from = performance.now();
    const outcome = await this.tools.transport.send(wire, this.signal);
    const { host, pathname, searchParams } = new URL(wire.url);
    // A large file is many blocks; those that go well are not worth a line each.
    if (searchParams.get('comp') !== 'block' || !outcome.ok || outcome.answer.status >= 300) {
      this.tools.log(
        `${wire.method} ${host}${pathname} ${outcome.ok ? outcome.answer.status : outcome.failure.kind} ` +
        `${Math.round(performance.now() - from)} ms`,
      );
    }
    if (!outcome.ok) throw this.errorFor(outcome.failure);
    this.answered = true;
    this.tools.clocks?.note(this.access.base, headerValue(outcome.answer.headers, 'date'));
    return outcome.answer;
  }

  private errorFor(failure: NetworkFailure): Error {
    if (failure.kind === 'cancelled') return new Cancelled();
    const error = new RestError(`No answer (${failure.kind}).`, this.isWorthRepeating(failure) ? { code: 'ECONNRESET' } : {});
    failures.set(error, failure);
    return error;
  }

  private isWorthRepeating({ kind }: NetworkFailure): boolean {
    switch (kind) {
      case 'reset':
        return true;
      case 'timeout':
      case 'dns':
      case 'refused':
      case 'unreachable':
        return this.answered;
      case 'tls':
      case 'proxy':
      case 'protocol':
      case 'tooLarge':
      case 'other':
      case 'cancelled':
        return false;
      default:
        return kind satisfies never;
    }
  }
}

/** Lists of 5,000 blobs are some ten megabytes; so much is taken, in bytes. */
const mostAnswerBytes = 64 * 1024 * 1024;

/** Headers that tell what computer this is, and those that the transport writes itself. */
const dropped = new Set(['user-agent', 'connection', 'accept-encoding']);

function wireRequest(request: WebResource): WireRequest {
  const body = bodyOf(request.body);
  const headers = request.headers.headersArray().filter(({ name }) => !dropped.has(name.toLowerCase()));
  return {
    method: methodOf(request.method),
    url: request.url,
    headers,
    ...(body === undefined ? {} : { body }),
    timeoutMs: body === undefined ? callLimitMs.withoutBody : callLimitMs.withBody,
    mostAnswerBytes,
  };
}

function bodyOf(body: unknown): Uint8Array | undefined {
  if (body === undefined || body === null) return undefined;
  if (body instanceof Uint8Array) return body;
  if (typeof body === 'string') return Buffer.from(body, 'utf8');
  throw new Error('Storage is sent whole blocks only.');
}

function methodOf(method: WebResource['method']): WireRequest['method'] {
  switch (method) {
    case 'GET':
    case 'HEAD':
    case 'PUT':
    case 'POST':
    case 'DELETE':
      return method;
    case 'PATCH':
    case 'OPTIONS':
    case 'TRACE':
      throw new Error(`Storage is not called by ${method}.`);
    default:
      return method satisfies never;
  }
}
