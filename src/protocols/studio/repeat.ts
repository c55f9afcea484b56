// Which answers to a scoring call are worth another try, and after how long (contract section 4.3). Scoring changes nothing, so it may be
// repeated.

import type { RepeatPolicy } from '../protocol';
import type { Fault } from './fault';

const firstWaitMs = 1000;
const longestBackoffMs = 30_000;

/**
 * How long to wait before the next try, in milliseconds, or undefined when there should be none.
 * `repeats` is how many were made already; `random` gives numbers from 0 to 1 for the jitter.
 */
export function repeatAfterMs(fault: Fault, repeats: number, policy: RepeatPolicy, random: () => number): number | undefined {
  const limit = Math.min(policy.maxRepeats, repeatsFor(fault, policy.maxRepeats));
  if (repeats >= limit) return undefined;
  const { retryAfterMs = 0 } = fault;
  if (retryAfterMs > policy.maxWaitMs) return undefined;
  // Half of the wait is certain and half is chance, so that callers that failed together do not come back together.
  const backoff = Math.min(longestBackoffMs, firstWaitMs * 2 ** repeats);
  // A wait that is told as none, or that has passed by this computer's clock, is still no reason to come back at once.
  return Math.max(retryAfterMs, Math.min(policy.maxWaitMs, Math.round(backoff * (0.5 + random() / 2))));
}

function repeatsFor(fault: Fault, most: number): number {
  const codes = fault.details.map((detail) => detail.code);
  switch (fault.status) {
    case 503:
    case 429:
      return most;
    case 504:
      return 2;
    case 500:
      if (fault.code === 'InternalErrorSystemLowOnMemory') return 3;
      return codes.some((code) => code === 'WorkerUnreachable' || code === 'ResourceDownload' || code === 'UnknownBackendErrorResponse')
        ? 2
        : 0;
    case 408:
      return codes.includes('RequestCanceled') ? 0 : 1;
    default:
      return 0;
  }
}
