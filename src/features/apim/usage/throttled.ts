// Who is being throttled: callers that the gateway refused, by subscription and status, with the limits that may have refused them.

import type { ArmPlace } from '../publish/reading';
import { isTold, limitKeys, type KnownLimits } from './knownLimits';
import type { Throttled, ThrottledLimit, ThrottledRow } from './messages';
import type { UsageRead } from './read';
import { readFirstRequests } from './requestPages';
import { refusedCallers, type RefusedCaller } from './requests';
import { idsKey } from './scope';
import {
  byServiceText, laterText, noSubscriptionText, requestsCutText, requestsNotKeptText, strangeText, untitledText,
} from './usageWords';

/** So many requests are looked through. */
const mostRequests = 10_000;
/** So many callers are listed. */
const mostRows = 200;

/** Finds who was refused; what is known of limits already is not read anew. Throws ArmFailed and Cancelled. */
export async function readThrottled(place: ArmPlace, read: UsageRead, known: KnownLimits): Promise<Throttled> {
  const requests = await readFirstRequests(place, read, mostRequests);
  const refused = requests && refusedCallers(requests.rows);
  const callers = refused ? withCalls(refused.callers, read) : fromReport(read);
  const byService = refused?.byService ?? 0;
  const shown = callers.slice(0, mostRows);
  const [limits, titles] = await Promise.all([known.limitsOf(place, read, shown.filter(isLimited)), known.titlesOf(place, read, shown)]);
  const later = read.total.blocked - callers.reduce((sum, { blocked }) => sum + blocked, 0) - byService;
  const untitled = shown.filter(({ subscription }) => subscription !== undefined && !titles.has(subscription.toLowerCase())).length;
  return {
    rows: shown.map((caller) => rowOf(caller, limits, titles)),
    notes: [
      ...(requests ? [] : [requestsNotKeptText()]),
      ...(requests?.hasMore === true ? [requestsCutText(requests.looked)] : []),
      ...(requests && requests.strange > 0 ? [strangeText(requests.strange)] : []),
      ...(byService > 0 ? [byServiceText(byService)] : []),
      ...(requests?.hasMore === false && later > 0 ? [laterText(later)] : []),
      ...(untitled > 0 ? [untitledText(untitled)] : []),
    ],
  };
}

/** False for who was refused for the key alone, and met no limit. */
function isLimited({ byStatus }: RefusedCaller): boolean {
  return !byStatus || byStatus[429] + byStatus[403] > 0;
}

function rowOf(caller: RefusedCaller, limits: ReadonlyMap<string, ThrottledLimit>, titles: ReadonlyMap<string, string>): ThrottledRow {
  const { subscription, blocked, calls, byStatus, lastMs } = caller;
  const keys = isLimited(caller) ? limitKeys(caller) : [];
  const found = keys.flatMap((key) => limits.get(key) ?? []);
  return {
    ...(subscription === undefined ? {} : { key: idsKey({ subscription }) }),
    title: subscription === undefined ? noSubscriptionText(!isLimited(caller)) : titles.get(subscription.toLowerCase()) ?? subscription,
    blocked, ...(calls === undefined ? {} : { calls }), ...(byStatus ? { byStatus } : {}), ...(lastMs === undefined ? {} : { lastMs }),
    limits: found.filter(isTold), notAsked: keys.length - found.length,
  };
}

/** What the report by subscription tells of them: all of their calls. */
function withCalls(callers: readonly RefusedCaller[], { breakdowns }: UsageRead): readonly RefusedCaller[] {
  const rows = new Map(breakdowns.find(({ kind }) => kind === 'subscription')?.rows.map((row) => [idsKey(row.ids), row.numbers]));
  return callers.map((caller) => {
    const numbers = caller.subscription === undefined ? undefined : rows.get(idsKey({ subscription: caller.subscription }));
    return numbers ? { ...caller, calls: numbers.calls } : caller;
  });
}

/** What can be told without single requests. */
function fromReport({ breakdowns, total }: UsageRead): readonly RefusedCaller[] {
  const rows = breakdowns.find(({ kind }) => kind === 'subscription')?.rows.filter(({ numbers }) => numbers.blocked > 0) ?? [];
  const common = { byStatus: undefined, apis: [], operations: [], lastMs: undefined };
  const known = rows.map(({ ids, product, numbers }): RefusedCaller => ({
    ...common, subscription: ids.subscription, blocked: numbers.blocked, calls: numbers.calls,
    products: product === undefined ? [] : [product],
  })).sort((one, other) => other.blocked - one.blocked);
  const rest = total.blocked - known.reduce((sum, { blocked }) => sum + blocked, 0);
  return rest > 0 && breakdowns.some(({ kind }) => kind === 'subscription')
    ? [...known, { ...common, subscription: undefined, blocked: rest, calls: undefined, products: [] }] : known;
}
