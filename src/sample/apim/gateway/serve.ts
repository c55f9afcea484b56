// One request from its first byte to its last: API, operation, key, policies, backend, answer, count.

import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { performance } from 'node:perf_hooks';
import { pipeline } from 'node:stream/promises';
import { errorCode } from '../../../model/errorCode';
import { isLocalHost } from '../../localHost';
import { leavesItsPlace, printable, sameName, splitQuery, withQuery } from './address';
import { CallTrace, headersOf } from './callTrace';
import { answerPreflight, readPreflight } from './corsPolicy';
import { requireDebugToken, takeDebugToken, traceIdHeader } from './debugToken';
import type { Gateway } from './gatewayParts';
import { HeaderList, headerText } from './headerList';
import { findCaller, givenKey, keyNames, type Caller } from './keys';
import { findApi, findOperation, type MatchedApi, type MatchedOperation } from './match';
import { withNamedValues } from './namedValues';
import { callsBackend, type Section } from './policies';
import { newCall } from './newCall';
import type { PolicyCall } from './policyCall';
import { failure, passedOverHeader, runSection } from './policyRun';
import { internalError, notFound, Refusal, type OwnAnswer } from './refusal';

/** Answers one request. Never rejects. */
export async function serve(gateway: Gateway, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const exchange = new Exchange(gateway, request, response);
  try {
    await exchange.run();
  } catch (error) {
    exchange.fail(error);
  }
}

class Exchange {
  private readonly requestId = randomUUID();
  private readonly began = performance.now();
  private readonly at: number;
  private readonly gone = new AbortController();
  private readonly headers: HeaderList;
  private readonly ip: string;
  private readonly method: string;
  /** Counted and logged: without the key. */
  private url = '';
  private matched: MatchedApi | undefined;
  private operation: MatchedOperation | undefined;
  private caller: Caller = {};
  private call: PolicyCall | undefined;
  private trace: CallTrace | undefined;
  private paths: readonly string[] = [];
  private backendBegan: number | undefined;
  private backendEnded: number | undefined;
  private requestBytes = 0;
  private responseBytes = 0;

  constructor(private readonly gateway: Gateway, private readonly request: IncomingMessage, private readonly response: ServerResponse) {
    this.at = gateway.now();
    this.headers = HeaderList.ofRaw(request.rawHeaders);
    this.method = request.method ?? 'GET';
    this.ip = (request.socket.remoteAddress ?? '').replace(/^::ffff:/, '');
    response.once('close', () => {
      if (!response.writableFinished) this.gone.abort();
      this.end();
    });
  }

  /** Rejects with what went wrong on our side after the answer has begun. */
  async run(): Promise<void> {
    try {
      const own = this.match() ?? this.inbound();
      if (own) this.sendOwn(own);
      else await this.forward();
    } catch (error) {
      if (this.response.headersSent) throw error;
      this.sendOwn(this.refused(error));
    }
  }

  /** For what nobody foresaw, and for an answer that breaks off. */
  fail(error: unknown): void {
    if (!this.gone.signal.aborted) this.gateway.log(`A call of the gateway broke off (${errorCode(error) ?? 'unknown cause'}).`);
    this.response.destroy();
  }

  /** Finds API, operation and caller. Gives the answer where a browser asks beforehand. */
  private match(): OwnAnswer | undefined {
    const host = this.headers.get('host') ?? '';
    if (!isLocalHost(host)) throw new Refusal(403, 'Sample API Management is only for this machine: call it at 127.0.0.1 or localhost.');
    const target = this.request.url ?? '';
    this.url = splitQuery(target)[0];
    if (!target.startsWith('/') || leavesItsPlace(this.url)) throw notFound();
    const matched = findApi(this.gateway.store, target);
    if (!matched) throw notFound();
    const names = keyNames(matched.api.resource);
    const key = givenKey(names, this.headers, matched.query);
    // Neither the log, nor the reports, nor the backend learn the key.
    const query = matched.query.filter(({ name }) => !sameName(name, names.query));
    this.url = withQuery(this.url, query);
    this.matched = { ...matched, query };
    const operation = findOperation(this.gateway.store, this.matched, this.method);
    if (!operation) {
      const answer = this.preflight(this.matched, key, host);
      if (!answer) throw notFound();
      return answer;
    }
    this.operation = operation;
    this.beginTrace(operation, host);
    this.headers.delete(names.header);
    // The error's policies are those of the API: a caller without a key has no product.
    this.begin(operation, {});
    const { context } = this.begin(operation, findCaller(this.gateway.store, operation.api, key, host));
    this.trace?.begin(operation, context);
    return undefined;
  }

  /** The token goes neither to the backend nor into what is counted and logged; a trace tells the rest as it came. */
  private beginTrace({ api }: MatchedOperation, host: string): void {
    const token = takeDebugToken(this.headers);
    if (token === undefined) return;
    requireDebugToken(this.gateway.traces, token, api);
    this.trace = new CallTrace(this.at, this.began);
    const request = { method: this.method, url: `http://${host}${this.url}`, headers: headersOf(this.headers) };
    this.trace.note('inbound', 'api-inspector', { request });
  }

  private begin(operation: MatchedOperation, caller: Caller): PolicyCall {
    this.caller = caller;
    const { product } = caller;
    this.paths = this.gateway.documents.paths({ api: operation.api, operation: operation.operation, ...(product ? { product } : {}) });
    const { limits, store } = this.gateway;
    const call = newCall({
      operation, caller, limits, headers: this.headers, method: this.method, ip: this.ip, requestId: this.requestId,
      named: (text) => withNamedValues(text, store), status: () => (this.response.headersSent ? this.response.statusCode : undefined),
      trace: this.trace,
    });
    this.call = call;
    return call;
  }

  private preflight(matched: MatchedApi, key: string | undefined, host: string): OwnAnswer | undefined {
    const asked = readPreflight(this.method, this.headers);
    if (!asked) return undefined;
    const operation = findOperation(this.gateway.store, matched, asked.method);
    // Where nothing fits, the policies of the API answer all the same: the call itself is refused then.
    const stand: MatchedOperation = operation ?? { ...matched, operation: matched.api, parameters: new Map(), templateArguments: [] };
    this.begin(stand, key === undefined ? {} : this.callerIfAny(matched, key, host));
    const { api } = matched;
    const { product } = this.caller;
    const scopes = { api, ...(operation ? { operation: operation.operation } : {}), ...(product ? { product } : {}) };
    const { documents } = this.gateway;
    const policies = documents.steps(documents.paths(scopes), 'inbound').filter(({ element }) => element.name === 'cors');
    if (policies.length === 0 || !this.call) {
      this.call = undefined;
      return undefined;
    }
    try {
      return answerPreflight(policies, asked, this.call);
    } catch (error) {
      throw failure(error, this.call, 'cors');
    }
  }

  private callerIfAny({ api }: MatchedApi, key: string, host: string): Caller {
    try {
      return findCaller(this.gateway.store, api, key, host);
    } catch (error) {
      if (error instanceof Refusal) return {};
      throw error;
    }
  }

  private inbound(): OwnAnswer | undefined {
    const { call } = this;
    if (!call) throw notFound();
    const own = this.runSection('inbound', call) ?? this.runSection('backend', call);
    if (own) return own;
    const forwards = this.gateway.documents.steps(this.paths, 'backend').some(({ element }) => callsBackend(element));
    return forwards ? undefined : { status: 200, headers: [], body: '' };
  }

  private runSection(section: Section, call: PolicyCall): OwnAnswer | undefined {
    return runSection(section, this.gateway.documents.steps(this.paths, section), call);
  }

  private async forward(): Promise<void> {
    const { call, request, response } = this;
    if (!call) throw notFound();
    this.backendBegan = performance.now();
    request.on('data', (piece: Buffer) => (this.requestBytes += piece.length));
    const { message, stop } = await this.gateway.backends.call(call, request, this.gone.signal);
    try {
      message.on('data', (piece: Buffer) => (this.responseBytes += piece.length));
      message.once('end', () => (this.backendEnded = performance.now()));
      message.pause();
      const headers = HeaderList.ofRaw(message.rawHeaders);
      call.answer = { status: message.statusCode ?? 502, reason: message.statusMessage, headers };
      call.trace?.answered('backend', 'forward-request', call.answer);
      const own = this.runSection('outbound', call);
      if (own) {
        stop();
        this.sendOwn(own);
        return;
      }
      call.trace?.answered('outbound', 'transfer-response', call.answer);
      this.setHead(call.answer.status, call.answer.reason, call.answer.headers);
      response.flushHeaders();
      await pipeline(message, response);
    } catch (error) {
      stop();
      throw error;
    }
  }

  /** The answer that says no, after the policies for errors have seen it. */
  private refused(error: unknown): OwnAnswer {
    const refusal = error instanceof Refusal ? error : ownFault(this.requestId, error);
    if (refusal.why !== undefined && !this.gone.signal.aborted) this.gateway.log(refusal.why);
    const own = refusal.answer();
    this.trace?.error(refusal.message);
    const { call } = this;
    if (!call) return own;
    call.answer = { status: own.status, reason: undefined, headers: HeaderList.of(own.headers) };
    try {
      const other = this.runSection('on-error', call);
      if (other) return other;
    } catch (again) {
      if (!(again instanceof Refusal)) throw again;
      if (again.why !== undefined) this.gateway.log(again.why);
      return again.answer();
    }
    const { status, reason, headers } = call.answer;
    return { status, ...(reason === undefined ? {} : { reason }), headers: headers.flat(), body: own.body };
  }

  private sendOwn({ status, reason, headers, body }: OwnAnswer): void {
    const bytes = Buffer.from(body, 'utf8');
    this.responseBytes = bytes.length;
    this.setHead(status, reason, HeaderList.of(headers));
    if (status !== 204 && status !== 304) this.response.setHeader('Content-Length', bytes.length);
    this.response.end(status === 204 || status === 304 ? undefined : bytes);
  }

  private setHead(status: number, reason: string | undefined, headers: HeaderList): void {
    const { response, call } = this;
    response.statusCode = status;
    response.statusMessage = headerText(reason ?? '');
    const set = ([name, values]: readonly [string, readonly string[]]): void => {
      response.setHeader(name, values.length === 1 ? (values[0] ?? '') : [...values]);
    };
    for (const header of headers) set(header);
    for (const header of call?.extra ?? []) set(header);
    if (this.trace) response.setHeader(traceIdHeader, this.trace.id);
    const passedOver = call && passedOverHeader(call.passedOver);
    if (passedOver !== undefined) response.setHeader('X-Sample-Policies-Passed-Over', passedOver);
  }

  /** Once, when the answer has been sent or the caller has left. */
  private end(): void {
    const { response, caller, gateway, call } = this;
    // A caller who left before there was an answer has status 0.
    const status = response.headersSent ? response.statusCode : 0;
    const bytes = this.requestBytes + this.responseBytes;
    const now = performance.now();
    if (this.trace) gateway.traces.keep(this.trace.id, this.trace.entries);
    try {
      for (const after of call?.afterwards ?? []) after({ status, bytes });
      gateway.store.count({
        at: this.at,
        apiId: this.matched?.api.id ?? '',
        operationId: this.operation?.operation.id ?? '',
        productId: caller.product?.id ?? '',
        subscriptionId: caller.subscription?.id ?? '',
        userId: call?.context.userId ?? '',
        status,
        ms: now - this.began,
        backendMs: this.backendBegan === undefined ? 0 : (this.backendEnded ?? now) - this.backendBegan,
        requestBytes: this.requestBytes,
        responseBytes: this.responseBytes,
        ip: this.ip,
        requestId: this.requestId,
        method: this.method,
        // As it was called, whole, without the key.
        url: printable(this.url.startsWith('/') ? `http://${this.headers.get('host') ?? ''}${this.url}` : this.url),
      });
    } catch (error) {
      gateway.log(`A call of the gateway was not counted (${errorCode(error) ?? 'unknown cause'}).`);
    }
  }
}

function ownFault(requestId: string, error: unknown): Refusal {
  return internalError(requestId, `The gateway has a fault of its own (${errorCode(error) ?? 'unknown cause'}).`);
}
