// One request and its answer over one connection: limits in time, cancelling, and the connection's way back to those that are idle.

import type { NetworkFailure, OpenOutcome, WireOutcome, WireRequest } from '../model/wire';
import { AnswerReader, headerLines } from './answerReader';
import { BodyStream } from './bodyStream';
import { decodedPieces } from './decodedPieces';
import { failureCode, failureOf, networkFailure, type HostRoute } from './networkFailure';

/** A connection that is this exchange's alone. */
export interface Connection {
  /** Remarks on certificates; known once TLS is tried. */
  readonly hints: readonly string[];
  dispatch(request: WireRequest, path: string, events: ConnectionEvents): void;
  destroy(): Promise<void>;
}

/** What a connection tells of one request; ends with `end` or `failed`. */
export interface ConnectionEvents {
  /** The request begins to go out. */
  begun(): void;
  /** The status line and the raw header lines: names and values by turns. */
  head(status: number, statusText: string, raw: readonly (Buffer | string)[], flow: Flow): void;
  data(chunk: Buffer): void;
  end(): void;
  failed(error: unknown): void;
}

/** Holds the other side back. */
export interface Flow {
  pause(): void;
  resume(): void;
}

/** Where and over what a request goes. */
export interface Route {
  readonly connection: Connection;
  readonly path: string;
  readonly hostRoute: HostRoute;
  /** The answer is complete: another exchange may have the connection. */
  readonly keep: () => void;
  /** What cancels the exchanges that are under way. */
  readonly running: Set<() => void>;
}

/** setTimeout's own limit: about 24 days. */
const longestTimerMs = 2 ** 31 - 1;

/** What one exchange tells; after `end` it still can be failed until `done` is called on its handle. */
interface Listener {
  head: ConnectionEvents['head'];
  data: ConnectionEvents['data'];
  end(): void;
  /** The exchange is over, and its connection is closed. */
  failed(failure: NetworkFailure): void;
}

/** What the one who listens can do with the exchange. */
interface ExchangeHandle {
  /** All is there: no limit and no signal counts any more. */
  done(): void;
  fail(failure: NetworkFailure): void;
  /** Something has come or is wanted again: a limit on silence begins anew. */
  touch(): void;
  /** Nobody wants more for now: silence is not the other side's. */
  rest(): void;
}

/** Sends a request and gathers its answer; `timeoutMs` bounds the whole. `maxBytes` bounds the body before and after decoding. */
export function sendOver(route: Route, request: WireRequest, maxBytes: number, signal: AbortSignal): Promise<WireOutcome> {
  return new Promise((resolve) => {
    const reader = new AnswerReader(Math.min(maxBytes, request.mostAnswerBytes ?? maxBytes), request.method !== 'HEAD');
    const handle = exchange(route, request, 'whole', signal, {
      head: (status, statusText, raw) => reader.start(status, statusText, raw),
      data: (chunk) => reader.add(chunk),
      end: () => {
        reader.finish().then((answer) => {
          handle.done();
          resolve({ ok: true, answer });
        }, (error: unknown) => handle.fail(networkFailure(error, route.hostRoute)));
      },
      failed: (failure) => resolve({ ok: false, failure }),
    });
  });
}

/** Sends a request and hands its answer on as it comes; `timeoutMs` bounds the time without a byte. */
export function openOver(route: Route, request: WireRequest, signal: AbortSignal): Promise<OpenOutcome> {
  return new Promise((resolve) => {
    let body: BodyStream | undefined;
    const handle = exchange(route, request, 'silence', signal, {
      head: (status, statusText, raw, flow) => {
        const stream = new BodyStream({
          pause: () => {
            flow.pause();
            handle.rest();
          },
          resume: () => {
            handle.touch();
            flow.resume();
          },
          leave: () => handle.fail(cancelled(route.hostRoute)),
        });
        body = stream;
        const headers = headerLines(raw);
        resolve({ ok: true, answer: { status, statusText, headers, body: decodedPieces(stream, headers, route.hostRoute) } });
      },
      data: (chunk) => body?.push(chunk),
      end: () => {
        handle.done();
        body?.end();
      },
      failed: (failure) => {
        resolve({ ok: false, failure });
        body?.fail(failure);
      },
    });
  });
}

/** The failure of a call that was given up. */
export function cancelled(route: HostRoute): NetworkFailure {
  return failureOf('cancelled', undefined, 'The call was cancelled.', route);
}

function exchange(
  { connection, path, hostRoute, keep, running }: Route,
  request: WireRequest,
  limited: 'whole' | 'silence',
  signal: AbortSignal,
  listener: Listener,
): ExchangeHandle {
  /** Once another exchange may have the connection, it is not ours to close. */
  let given = false;
  let phase: string = failureCode.connectTimeout;
  let timer: NodeJS.Timeout | undefined;
  let resting = false;
  let over = false;

  const done = () => {
    over = true;
    clearTimeout(timer);
    signal.removeEventListener('abort', cancel);
    running.delete(cancel);
  };
  const fail = (failure: NetworkFailure) => {
    if (over) return;
    done();
    if (!given) void connection.destroy();
    listener.failed(failure);
  };
  /** Until the request begins to go out, the other side knows nothing of it. */
  const lose = (failure: NetworkFailure) => fail(phase === failureCode.connectTimeout ? { ...failure, unsent: true } : failure);
  const cancel = () => fail(cancelled(hostRoute));
  const touch = () => {
    resting = false;
    if (limited === 'silence' && !over) timer?.refresh();
  };
  const rest = () => {
    resting = true;
  };
  const giveUp = () => {
    if (resting) timer?.refresh();
    else lose(failureOf('timeout', phase, `No ${limited === 'whole' ? 'answer' : 'byte'} within ${request.timeoutMs} ms.`, hostRoute));
  };

  signal.addEventListener('abort', cancel, { once: true });
  running.add(cancel);
  if (request.timeoutMs > 0) timer = setTimeout(giveUp, Math.min(request.timeoutMs, longestTimerMs));
  connection.dispatch(request, path, {
    begun: () => {
      phase = failureCode.answerTimeout;
      touch();
    },
    head: (...head) => {
      phase = failureCode.bodyTimeout;
      touch();
      listener.head(...head);
    },
    data: (chunk) => {
      touch();
      listener.data(chunk);
    },
    end: () => {
      if (over) return;
      given = true;
      keep();
      listener.end();
    },
    failed: (error) => lose(networkFailure(error, hostRoute, connection.hints)),
  });
  return { done, fail, touch, rest };
}
