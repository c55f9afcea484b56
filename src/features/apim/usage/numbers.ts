// The numbers of a report's row: read with suspicion, and put together exactly.

import { isObject } from '../../../base/shape';

/** Durations in milliseconds over calls that were not blocked; `calls` is how many of them they are of. */
export interface CallTimes {
  readonly mean: number;
  readonly least: number;
  readonly most: number;
  readonly calls: number;
}

/** What a row counts. */
export interface UsageNumbers {
  readonly calls: number;
  readonly succeeded: number;
  /** The caller's or the service's fault: 400, and 500 on. */
  readonly failed: number;
  /** Refused by the gateway: 401, 403, 429. */
  readonly blocked: number;
  /** The rest, such as 404. */
  readonly other: number;
  readonly bytes: number;
  readonly cacheHits: number;
  readonly cacheMisses: number;
  /** Of the whole call; absent where every call was blocked, or there was none. */
  readonly time?: CallTimes;
  /** Of the service's part of it. */
  readonly backend?: CallTimes;
}

/** Nobody called. */
export const noCalls: UsageNumbers = {
  calls: 0, succeeded: 0, failed: 0, blocked: 0, other: 0, bytes: 0, cacheHits: 0, cacheMisses: 0,
};

/** Reads a row; undefined for one that makes no sense: a count that is no whole number, is negative, or too large to be reckoned with. */
export function readNumbers(row: unknown): UsageNumbers | undefined {
  if (!isObject(row)) return undefined;
  const [succeeded, failed, blocked, other] =
    [count(row['callCountSuccess']), count(row['callCountFailed']), count(row['callCountBlocked']), count(row['callCountOther'])];
  const bytes = count(row['bandwidth']);
  if (succeeded === undefined || failed === undefined || blocked === undefined || other === undefined || bytes === undefined) {
    return undefined;
  }
  const calls = succeeded + failed + blocked + other;
  // A total that is not the sum of its parts leaves open which of them is wrong.
  if ((row['callCountTotal'] ?? calls) !== calls) return undefined;
  const [cacheHits, cacheMisses] = [count(row['cacheHitCount'] ?? 0), count(row['cacheMissCount'] ?? 0)];
  if (cacheHits === undefined || cacheMisses === undefined || !Number.isSafeInteger(calls)) return undefined;
  const timed = calls - blocked;
  const [time, backend] = timed === 0 ? [] : [timesOf(row, 'apiTime', timed), timesOf(row, 'serviceTime', timed)];
  return {
    calls, succeeded, failed, blocked, other, bytes, cacheHits, cacheMisses, ...(time ? { time } : {}), ...(backend ? { backend } : {}),
  };
}

/** Two rows as one: counts are added, means are weighed by the calls that they are of. A row may have calls and tell no times. */
export function sumOf(one: UsageNumbers, two: UsageNumbers): UsageNumbers {
  const [time, backend] = [joined(one.time, two.time), joined(one.backend, two.backend)];
  return {
    calls: one.calls + two.calls, succeeded: one.succeeded + two.succeeded, failed: one.failed + two.failed,
    blocked: one.blocked + two.blocked, other: one.other + two.other, bytes: one.bytes + two.bytes,
    cacheHits: one.cacheHits + two.cacheHits, cacheMisses: one.cacheMisses + two.cacheMisses,
    ...(time ? { time } : {}), ...(backend ? { backend } : {}),
  };
}

function joined(one: CallTimes | undefined, two: CallTimes | undefined): CallTimes | undefined {
  if (!one || !two) return one ?? two;
  const calls = one.calls + two.calls;
  return {
    mean: (one.mean * one.calls + two.mean * two.calls) / calls, least: Math.min(one.least, two.least), most: Math.max(one.most, two.most),
    calls,
  };
}

/** Undefined where one of the three is missing, negative or no number: then the counts hold all the same. */
function timesOf(row: Readonly<Record<string, unknown>>, name: string, calls: number): CallTimes | undefined {
  const [mean, least, most] = [row[`${name}Avg`], row[`${name}Min`], row[`${name}Max`]];
  return isDuration(mean) && isDuration(least) && isDuration(most) ? { mean, least, most, calls } : undefined;
}

function isDuration(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}

function count(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}
