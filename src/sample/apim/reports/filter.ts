// Reads the filter and the interval of a report.

import { badRequest } from '../armProblem';

/** Which calls are asked for. Times are milliseconds since 1970; ids are last segments in lower case. */
export interface ReportFilter {
  readonly from: number;
  readonly to: number;
  readonly ids: Readonly<Partial<Record<FilteredId, string>>>;
}

/** Members that may be compared with an id. */
export const filteredIds = ['apiId', 'operationId', 'productId', 'subscriptionId', 'userId'] as const;

/** One of them. */
export type FilteredId = (typeof filteredIds)[number];

/** The reports that take fewer members than the others, which take all. Names are in lower case. */
const narrower: Readonly<Record<string, readonly FilteredId[]>> = {
  byproduct: ['productId', 'subscriptionId', 'userId'],
  bysubscription: ['productId', 'subscriptionId', 'userId'],
};

/** What a report may be narrowed by. Its name is in lower case. */
export function filteredBy(report: string): readonly FilteredId[] {
  return Object.hasOwn(narrower, report) ? (narrower[report] ?? filteredIds) : filteredIds;
}

/**
 * Reads `timestamp ge datetime'...' and apiId eq '/apis/x'`. Throws a 400 for what is none, where no start is given, and for a member that
 * is not among `allowed`.
 */
export function readFilter(text: string | undefined, now: number, allowed: readonly FilteredId[] = filteredIds): ReportFilter {
  if (text === undefined || text.trim() === '') throw wrong("'$filter' is required and must hold the start of the time.");
  let from: number | undefined;
  let to = now;
  const ids: Partial<Record<FilteredId, string>> = {};
  for (const part of text.split(/\band\b/i).map((each) => each.trim())) {
    const [, name = '', operator = '', datetime, value] = /^(\w+)\s+(ge|le|eq)\s+(?:datetime'([^']*)'|'([^']*)')$/i.exec(part) ?? [];
    const id = allowed.find((each) => each.toLowerCase() === name.toLowerCase());
    if (name.toLowerCase() === 'timestamp' && datetime !== undefined && operator.toLowerCase() !== 'eq') {
      if (operator.toLowerCase() === 'ge') from = readTime(datetime);
      else to = readTime(datetime);
    } else if (id && operator.toLowerCase() === 'eq' && value !== undefined) {
      ids[id] = value.slice(value.lastIndexOf('/') + 1).toLowerCase();
    } else if (!(name.toLowerCase() === 'apiregion' && value !== undefined)) throw unreadable(part);
  }
  if (from === undefined) throw wrong("'$filter' must hold the start of the time, such as timestamp ge datetime'2026-01-01T00:00:00'.");
  return { from, to, ids };
}

function unreadable(part: string): Error {
  return wrong(`'$filter' has a part that cannot be read: ${part}`);
}

/** Without a zone a time is universal time. */
function readTime(text: string): number {
  const at = Date.parse(/(?:Z|[+-]\d\d:\d\d)$/.test(text) || !text.includes('T') ? text : `${text}Z`);
  if (Number.isNaN(at)) throw wrong(`'$filter' has a time that cannot be read: ${text}`);
  return at;
}

/** Reads `PT15M`, `PT1H`, `P1D`: milliseconds. Throws a 400 for what is no multiple of a quarter of an hour. */
export function readInterval(text: string | undefined): number {
  const [, days = '0', hours = '0', minutes = '0'] = /^P(?:(\d{1,4})D)?(?:T(?:(\d{1,5})H)?(?:(\d{1,6})M)?)?$/.exec(text ?? '') ?? [];
  const all = (Number(days) * 24 + Number(hours)) * 60 + Number(minutes);
  if (all === 0 || all % 15 !== 0) throw wrong("'interval' must be an ISO 8601 time that is a multiple of 15 minutes, such as PT15M.");
  return all * 60_000;
}

function wrong(sentence: string): Error {
  return badRequest('ValidationError', sentence);
}
