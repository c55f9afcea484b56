// Reads single requests page by page, from a window that does not grow meanwhile: each of them once, and never without an end.

import type { ArmPlace } from '../publish/reading';
import type { UsageWindow } from './period';
import { isNotGiven, type UsageRead } from './read';
import { readRequestPage, pageRows } from './reports';
import { readRequest, type UsageRequest } from './requests';

/** Single requests, as far as they are read. */
export interface RequestsRead {
  readonly rows: readonly UsageRequest[];
  /** Rows that made no sense, which are not among them. */
  readonly strange: number;
  /** How many rows were looked at, of whatever kind: where the next page begins. */
  readonly looked: number;
  readonly hasMore: boolean;
  readonly count: number | undefined;
}

/** The service's clock may be ahead by so much. */
const clockMs = 5 * 60_000;

/** Reads the page of requests behind these, or the first; undefined where the instance keeps none. Throws ArmFailed and Cancelled. */
export async function readRequests(place: ArmPlace, { window, ids }: UsageRead, before?: RequestsRead): Promise<RequestsRead | undefined> {
  try {
    const skip = before?.looked ?? 0;
    const page = await readRequestPage(place, closed(window), ids, skip);
    const read = page.rows.map(readRequest).filter((each) => each !== undefined);
    return {
      rows: withoutRepeated(before?.rows ?? [], read), strange: (before?.strange ?? 0) + page.rows.length - read.length,
      looked: skip + page.rows.length, hasMore: !page.isLast, count: page.count ?? before?.count,
    };
  } catch (error) {
    if (isNotGiven(error)) return undefined;
    throw error;
  }
}

/** Reads the first so many requests, or a few more; undefined where the instance keeps none. Throws ArmFailed and Cancelled. */
export async function readFirstRequests(place: ArmPlace, read: UsageRead, most: number): Promise<RequestsRead | undefined> {
  // Whoever hands out a few at a time is not asked for ever.
  const mostPages = 2 * Math.ceil(most / pageRows);
  let requests = await readRequests(place, read);
  for (let pages = 1; requests?.hasMore === true && requests.looked < most && pages < mostPages; pages += 1) {
    requests = await readRequests(place, read, requests);
  }
  return requests;
}

/** Without an end, pages would be moved by the rows that come while they are read. */
function closed(window: UsageWindow): UsageWindow {
  return window.open ? { ...window, toMs: window.toMs + clockMs, open: false } : window;
}

/** Rows that were reported late move the others, so that a page may begin with rows of the one before. */
function withoutRepeated(before: readonly UsageRequest[], more: readonly UsageRequest[]): readonly UsageRequest[] {
  const known = new Set(before.map(({ id }) => id));
  return [...before, ...more.filter(({ id }) => {
    if (id === '') return true;
    const isNew = !known.has(id);
    known.add(id);
    return isNew;
  })];
}
