// Does to a call what a fault asks for.

import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { jsonAnswer, problemAnswer, send, sendWhole, setHead, streamedAnswer, textAnswer, wholeBody, type Answer } from './answer';
import type { Definition } from './definition';
import type { Fault, FaultAction } from './faults';
import { Problem } from './problem';
import { replyPieces, sizedReply } from './reply';

/** A call that is under way. */
export interface Call {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** Raised when the connection is closed before the answer is complete. */
  readonly signal: AbortSignal;
  /** Reads the body once; rejects with a Problem when it is too large. */
  body(): Promise<Buffer>;
  /** Closes the connection as the sample's own doing, so that it does not count as the client's. */
  cut(): void;
  /** The answer as if there were no fault. */
  normal(): Promise<Answer>;
}

/** Waits as long as the fault says, then answers the call as it says. Rejects when the client goes away meanwhile. */
export async function perform(fault: Fault, call: Call, definition: Definition): Promise<void> {
  // With the body read, a client that goes away is noticed at once, and one that stays has sent all it wanted to.
  const body = await call.body();
  if (fault.delayMs > 0) await sleep(fault.delayMs, undefined, { signal: call.signal });
  await act(fault.action, call, body, definition);
}

async function act(action: FaultAction, call: Call, body: Buffer, definition: Definition): Promise<void> {
  switch (action.kind) {
    case 'normal':
      return send(call.response, await call.normal());
    case 'status':
      return send(call.response, textAnswer(action.status, action.body, action.json, action.headers));
    case 'cut':
      return cut(action.when, call);
    case 'brokenJson': {
      const answer = await call.normal();
      const whole = wholeBody(answer);
      setHead(call.response, answer);
      return sendWhole(call.response, whole.subarray(0, Math.floor(whole.length / 2)));
    }
    case 'throttle':
      return send(call.response, throttled(action.retryAfter, action.gateway));
    case 'never':
      if (!call.signal.aborted) await once(call.signal, 'abort');
      return;
    case 'slowBody':
      return sendSlowly(call, action.bytes, action.everyMs);
    case 'bytes': {
      const { length, pieces } = sizedReply(action.bytes, definition);
      return send(call.response, streamedAnswer(pieces, length));
    }
    case 'echo':
      return send(call.response, streamedAnswer(replyPieces(echoTable(call.request, body), 'detailedTable', definition.output.name)));
    default:
      return unknownAction(action);
  }
}

async function cut(when: 'before' | 'middle', call: Call): Promise<void> {
  if (when === 'before') {
    call.cut();
    return;
  }
  const answer = await call.normal();
  const whole = wholeBody(answer);
  // Of an answer without a body the head would be all: the call is carried out, and nothing is told.
  if (whole.length === 0) return call.cut();
  setHead(call.response, answer);
  call.response.setHeader('Content-Length', whole.length);
  call.response.write(whole.subarray(0, Math.floor(whole.length / 2)), () => call.cut());
}

async function sendSlowly(call: Call, bytes: number, everyMs: number): Promise<void> {
  const answer = await call.normal();
  const whole = wholeBody(answer);
  setHead(call.response, answer);
  call.response.setHeader('Content-Length', whole.length);
  for (let at = 0; at < whole.length; at += bytes) {
    if (at > 0) await sleep(everyMs, undefined, { signal: call.signal });
    call.response.write(whole.subarray(at, at + bytes));
  }
  call.response.end();
}

function throttled(retryAfter: string, gateway: boolean): Answer {
  const headers = { 'Retry-After': retryAfter };
  if (gateway) {
    const seconds = /^\d+$/.test(retryAfter) ? Number(retryAfter) : Math.max(0, Math.ceil((Date.parse(retryAfter) - Date.now()) / 1000));
    return jsonAnswer(429, { statusCode: 429, message: `Rate limit is exceeded. Try again in ${seconds} seconds.` }, headers);
  }
  const message = 'More calls are under way than the endpoint takes at once.';
  return problemAnswer(new Problem(503, 'ServiceUnavailable', 'TooManyConcurrentRequests', message, headers));
}

/** Only these values are shown: any other header may hold a secret, since the header of a subscription key can have any name. */
const openHeaders = new Set([
  'accept',
  'accept-encoding',
  'accept-language',
  'connection',
  'content-encoding',
  'content-length',
  'content-type',
  'expect',
  'host',
  'transfer-encoding',
  'user-agent',
]);

function echoTable(request: IncomingMessage, body: Buffer): Parameters<typeof replyPieces>[0] {
  const rows = [['Method', request.method ?? ''], ['Body bytes', String(body.length)]];
  request.rawHeaders.forEach((name, index, all) => {
    if (index % 2 === 0) rows.push([`Header ${name}`, openHeaders.has(name.toLowerCase()) ? (all[index + 1] ?? '') : '(not shown)']);
  });
  return { columns: [{ name: 'Name', type: 'String' }, { name: 'Value', type: 'String' }], rows };
}

function unknownAction(action: never): never {
  throw new Error(`Unknown fault: ${JSON.stringify(action)}`);
}
