// An answer that was kept in a file, and a service that gives it when it is asked.

import type { Service } from '../model/service';
import { defaultSubscriptionKeyHeader } from '../model/service';
import type { Header, Transport, WireAnswer } from '../model/wire';

/** The service that a recorded answer is taken to come from. Nothing is sent to it. */
export const recordedService: Service = {
  name: 'service',
  address: 'https://service.invalid/workspaces/workspace/services/service',
  endpoint: { form: 'classic', origin: 'https://service.invalid', prefix: '', odata: false, workspace: 'workspace', service: 'service' },
  subscriptionKeyHeader: defaultSubscriptionKeyHeader,
};

/** An answer, and whether its file has told its status. */
export interface Recorded {
  readonly answer: WireAnswer;
  readonly told: boolean;
}

/** The answer of a file that holds a body, then with this status, or a status line, headers and a body as `curl -i` prints them. */
export function recordedAnswer(bytes: Uint8Array, status: number): Recorded {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  const start = /^HTTP\/\d(?:\.\d)? (\d{3})(?: ([^\r\n]*))?\r?\n/.exec(text);
  const end = start === null ? null : /\r?\n\r?\n/.exec(text);
  if (start === null || end === null) return { answer: { status, statusText: '', headers: [], body: bytes }, told: false };
  const lines = text.slice(start[0].length, Math.max(start[0].length, end.index)).split(/\r?\n/);
  const after = end.index + end[0].length;
  const body = bytes.subarray(after);
  // What a proxy or "100 Continue" has said on the way is printed in front of the answer itself.
  if (/^HTTP\/\d(?:\.\d)? \d{3}\b/.test(text.slice(after, after + 20))) return recordedAnswer(body, status);
  return { answer: { status: Number(start[1]), statusText: start[2] ?? '', headers: lines.flatMap(headerOf), body }, told: true };
}

function headerOf(line: string): Header[] {
  const colon = line.indexOf(':');
  return colon <= 0 ? [] : [{ name: line.slice(0, colon), value: line.slice(colon + 1).trim() }];
}

/** A transport whose every call is answered with `answer`. */
export function answering(answer: WireAnswer): Transport {
  return {
    send: () => Promise.resolve({ ok: true, answer }),
    open: () => Promise.reject(new Error('A recorded answer is not read piece by piece.')),
    close: () => Promise.resolve(),
  };
}
