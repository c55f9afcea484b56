// Makes the calls of a comparison, one at a time and in turns, and stops before a limit is used up.

import { createHash } from 'node:crypto';
import { headerValue } from '../../../http/headers';
import { Cancelled } from '../../../model/errors';
import type { Exchange } from '../../../model/exchange';
import { mask } from '../../../redaction';
import { keptFree, remainingIn, usedUp, type Ceiling, type Ceilings } from './ceilings';
import { HeaderDiff } from './headerDiff';
import { wayOrder, type Way, type WayCall } from './measures';

/** Why it has ended. */
export type Ending =
  | { readonly kind: 'done' | 'stopped' }
  /** The gateway's way has sent the request in another form: times and answers are not those of the same bytes. */
  | { readonly kind: 'otherForm'; readonly sent: Exchange }
  | { readonly kind: 'limit'; readonly ceiling: Ceiling }
  | { readonly kind: 'remaining'; readonly left: number }
  /** The gateway or the service has refused a call for a limit. `retryAfter` is as it was told. */
  | { readonly kind: 'refused'; readonly way: Way; readonly status: number; readonly retryAfter: string | undefined }
  /** One way has failed several times one after another. */
  | { readonly kind: 'failing'; readonly way: Way };

/** What was measured so far. */
export interface WaysResult {
  readonly calls: readonly WayCall[];
  readonly headers: HeaderDiff;
  /** The first answer that says yes of each way, else its first. */
  readonly samples: Readonly<Partial<Record<Way, Exchange>>>;
  readonly ending: Ending | undefined;
}

/** What it needs from outside. `ticks` is a clock that only goes on, in milliseconds. */
export interface WaysRunParts {
  /** Makes one call, without repeats. Throws Cancelled, and what keeps it from being sent. */
  readonly call: (way: Way, signal: AbortSignal) => Promise<Exchange>;
  readonly ticks: () => number;
  /** When calls through the gateway were made, by `ticks`: those of runs before count for its limits as well, and this one adds its own. */
  readonly made: number[];
}

/** A way that fails so often one after another is not asked any more. */
const mostFailures = 3;

/** Makes the calls; `tell` hears of each. Never throws for what the other side does, nor where it is stopped; throws what `call` throws. */
export async function runWays(
  { call, ticks, made }: WaysRunParts, turns: number, ceilings: Pick<Ceilings, 'counted'>, signal: AbortSignal,
  tell: (result: WaysResult) => void,
): Promise<WaysResult> {
  const calls: WayCall[] = [];
  const headers = new HeaderDiff();
  const samples: Partial<Record<Way, Exchange>> = {};
  const failures = { direct: 0, gateway: 0 };
  const result = (ending?: Ending): WaysResult => ({ calls: [...calls], headers, samples: { ...samples }, ending });
  let left: number | undefined;
  let first: Exchange | undefined;
  for (const way of wayOrder(turns)) {
    if (signal.aborted) return result({ kind: 'stopped' });
    if (way === 'gateway') {
      const ceiling = usedUp(ceilings, { made, now: ticks() });
      if (ceiling) return result({ kind: 'limit', ceiling });
      if (left !== undefined && left <= keptFree) return result({ kind: 'remaining', left });
      made.push(ticks());
    }
    const exchange = await orStopped(call(way, signal));
    if (!exchange) return result({ kind: 'stopped' });
    const refused = refusalOf(exchange);
    first ??= exchange;
    // A refusal ends the run below, whatever form was refused.
    if (refused === undefined && !isSameSent(first, exchange)) return result({ kind: 'otherForm', sent: exchange });
    calls.push(callOf(way, calls.filter((each) => each.way === way).length, exchange, refused));
    const { answer } = exchange;
    const sample = samples[way];
    if (!sample || (refusalOf(sample) !== undefined && refused === undefined)) samples[way] = exchange;
    if (answer && refused === undefined) headers.add(way, answer.headers);
    if (way === 'gateway' && answer) left = remainingIn(answer.headers) ?? left;
    failures[way] = refused === undefined ? 0 : failures[way] + 1;
    tell(result());
    if (answer && isLimit(answer.status, way)) {
      return result({ kind: 'refused', way, status: answer.status, retryAfter: headerValue(answer.headers, 'retry-after') });
    }
    if (failures[way] >= mostFailures) return result({ kind: 'failing', way });
  }
  return result({ kind: 'done' });
}

/** Whether two calls have sent the same bytes. A key in them is masked by each way on its own, which makes no difference of it. */
function isSameSent(one: Exchange, other: Exchange): boolean {
  return one.requestBytes === other.requestBytes && (one.requestBody === other.requestBody || isMasked(one) || isMasked(other));
}

/** True where the text of a request is not what was sent. */
export function isMasked({ requestBody, requestBytes }: Pick<Exchange, 'requestBody' | 'requestBytes'>): boolean {
  // A key may be as long as what stands in its place.
  return requestBody.includes(mask) || Buffer.byteLength(requestBody) !== requestBytes;
}

/** 403 is how a gateway says that a quota is spent; a direct service says something else with it. */
function isLimit(status: number, way: Way): boolean {
  return status === 429 || (status === 403 && way === 'gateway');
}

function refusalOf({ answer, problem }: Exchange): string | undefined {
  return problem?.sentence ?? (answer && answer.status >= 200 && answer.status < 300 ? undefined : String(answer?.status ?? ''));
}

function callOf(way: Way, turn: number, { durationMs, answer }: Exchange, refused: string | undefined): WayCall {
  return {
    way, turn, ms: durationMs, status: answer?.status, bytes: answer?.body.byteLength ?? 0, refused,
    digest: answer ? createHash('sha256').update(answer.body).digest('base64') : '',
  };
}

async function orStopped(work: Promise<Exchange>): Promise<Exchange | undefined> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Cancelled) return undefined;
    throw error;
  }
}
