// Counts calls into the rows of reports.

import type { CountedCall } from '../store';

/** The numbers of a row. */
export interface ReportNumbers {
  readonly callCountSuccess: number;
  readonly callCountBlocked: number;
  readonly callCountFailed: number;
  readonly callCountOther: number;
  readonly callCountTotal: number;
  /** Bytes. */
  readonly bandwidth: number;
  readonly cacheHitCount: number;
  readonly cacheMissCount: number;
  /** Milliseconds, of calls that were not blocked. */
  readonly apiTimeAvg: number;
  readonly apiTimeMin: number;
  readonly apiTimeMax: number;
  readonly serviceTimeAvg: number;
  readonly serviceTimeMin: number;
  readonly serviceTimeMax: number;
}

/** How a status is counted. */
export function outcomeOf(status: number): 'Success' | 'Blocked' | 'Failed' | 'Other' {
  if (status <= 301 || status === 304 || status === 307) return 'Success';
  if (status === 401 || status === 403 || status === 429) return 'Blocked';
  return status === 400 || (status >= 500 && status <= 599) ? 'Failed' : 'Other';
}

/** The numbers of these calls; zeros where there are none. */
export function numbersOf(calls: readonly CountedCall[]): ReportNumbers {
  const outcomes = calls.map(({ status }) => outcomeOf(status));
  const count = (wanted: string): number => outcomes.filter((each) => each === wanted).length;
  // Times are those of calls that were let through: a mean over others would say that a refused call is a fast one.
  const through = calls.filter(({ status }) => outcomeOf(status) !== 'Blocked');
  const api = span(through.map(({ ms }) => ms));
  const service = span(through.map(({ backendMs }) => backendMs));
  return {
    callCountSuccess: count('Success'),
    callCountBlocked: count('Blocked'),
    callCountFailed: count('Failed'),
    callCountOther: count('Other'),
    callCountTotal: calls.length,
    bandwidth: calls.reduce((sum, { requestBytes, responseBytes }) => sum + requestBytes + responseBytes, 0),
    cacheHitCount: 0,
    cacheMissCount: 0,
    apiTimeAvg: api.average,
    apiTimeMin: api.least,
    apiTimeMax: api.most,
    serviceTimeAvg: service.average,
    serviceTimeMin: service.least,
    serviceTimeMax: service.most,
  };
}

function span(values: readonly number[]): { readonly average: number; readonly least: number; readonly most: number } {
  if (values.length === 0) return { average: 0, least: 0, most: 0 };
  let [sum, least, most] = [0, Infinity, -Infinity];
  for (const each of values) [sum, least, most] = [sum + each, Math.min(least, each), Math.max(most, each)];
  return { average: sum / values.length, least, most };
}
