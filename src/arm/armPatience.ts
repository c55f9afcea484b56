// Which calls to Azure Resource Manager are made again, and after which wait. Pure.

import type { ArmWait } from '../model/arm';
import type { NetworkFailure } from '../model/wire';
import { readFault, reasonOf } from './armFault';

/** What was tried so far, of one call. */
export interface Tried {
  /** Times that the other side asked for patience. */
  readonly waits: number;
  /** Milliseconds waited for that. */
  readonly waitedMs: number;
  /** Times that it was tried again after a fault. */
  readonly faults: number;
}

/** Another try after `ms` milliseconds; `reason` where the person is to be told. */
export interface Again {
  readonly ms: number;
  readonly reason?: ArmWait['reason'];
}

/** An answer as far as it decides. `retryAfterMs` is what its header asks for. */
export interface SeenAnswer {
  readonly status: number;
  readonly text: string;
  readonly retryAfterMs: number | undefined;
}

/** So long a call is waited for in all, in milliseconds. */
export const mostPatienceMs = 10 * 60_000;
/** No wait is shorter, in milliseconds. One that is asked for is not cut: whoever asks before its time is only put off again. */
const leastWaitMs = 1_000;
/** Waits of our own, where the answer asks for none, in milliseconds; the last one again and again. */
const ownWaitsMs: readonly number[] = [3_000, 5_000, 10_000, 20_000, 30_000];
/** After a fault a call is made again so often, after these waits, in milliseconds. */
const faultWaitsMs: readonly number[] = [500, 1_500, 4_000];
/** A fault with a wait of its own is waited for so long at most, in milliseconds. */
const longestFaultMs = 30_000;

/** Whether an answer is worth another try. A write is tried again only where the answer says that nothing was done. */
export function againAfterAnswer({ status, text, retryAfterMs }: SeenAnswer, write: boolean, tried: Tried): Again | undefined {
  if (status < 400) return undefined;
  const reason = reasonOf(status, readFault(text));
  if (reason === 'throttled' || reason === 'busy' || reason === 'activating') {
    return patiently(retryAfterMs ?? ownWaitsMs[Math.min(tried.waits, ownWaitsMs.length - 1)] ?? 0, reason, tried);
  }
  if (reason !== 'server') return undefined;
  if (status === 503 && retryAfterMs !== undefined) return patiently(retryAfterMs, 'busy', tried);
  const ms = faultWaitsMs[tried.faults];
  return write || ms === undefined ? undefined : { ms: Math.max(ms, Math.min(retryAfterMs ?? 0, longestFaultMs)) };
}

function patiently(wantedMs: number, reason: ArmWait['reason'], { waitedMs }: Tried): Again | undefined {
  const ms = Math.max(wantedMs, leastWaitMs);
  return waitedMs + ms > mostPatienceMs ? undefined : { ms, reason };
}

/**
 * Whether a call that got no answer is worth another try. `answered` tells that the endpoint has answered before: then even a host that is
 * not found is. A write is tried again only where nothing of it had gone out.
 */
export function againAfterFailure({ kind, unsent }: NetworkFailure, write: boolean, answered: boolean, tried: Tried): Again | undefined {
  const ms = faultWaitsMs[tried.faults];
  if (ms === undefined || (write && unsent !== true)) return undefined;
  switch (kind) {
    case 'reset':
      return { ms };
    case 'dns':
    case 'refused':
    case 'unreachable':
      return answered ? { ms } : undefined;
    case 'tls':
    case 'proxy':
    case 'timeout':
    case 'cancelled':
    case 'tooLarge':
    case 'protocol':
    case 'other':
      return undefined;
    default:
      return kind satisfies never;
  }
}

/** What `Retry-After` asks for, in milliseconds: seconds, or a date, which is held against that of the answer. */
export function retryAfterOf(value: string | undefined, date: string | undefined): number | undefined {
  const text = value?.trim() ?? '';
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1_000;
  if (!/[a-z]/i.test(text)) return undefined;
  const span = Date.parse(text) - Date.parse(date ?? '');
  return Number.isNaN(span) ? undefined : Math.max(span, 0);
}
