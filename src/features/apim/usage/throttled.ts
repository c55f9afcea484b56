// Who is being throttled: callers that the gateway refused, by subscription and status, with the limits that may have refused them.

import { below } from '../../../arm/apimPaths';
import { readFresh, orElse } from '../access/reads';
import type { EntryKind } from '../items';
import { currentLimits } from '../policy/currentLimits';
import { policyPath } from '../policy/scopePaths';
import type { PolicyScope } from '../policy/policyScope';
import { readPolicyAt, type ArmPlace } from '../publish/reading';
import { limitText } from '../publish/publishWords';
import { shownWords } from '../limits/shownPart';
import type { Throttled, ThrottledLimit, ThrottledRow } from './messages';
import type { UsageRead } from './read';
import { readFirstRequests } from './requestPages';
import { refusedCallers, type RefusedCaller } from './requests';
import { idsKey } from './scope';
import { laterText, noKeyText, requestsCutText, requestsNotKeptText, strangeText } from './usageWords';

/** So many requests are looked through, and so many things asked for by name. */
const mostRequests = 10_000;
const mostAsked = 8;
/** So many callers are listed. */
const mostRows = 200;

/** Finds who was refused. Throws ArmFailed and Cancelled. */
export async function readThrottled(place: ArmPlace, read: UsageRead): Promise<Throttled> {
  const requests = await readFirstRequests(place, read, mostRequests);
  const callers = requests ? withCalls(refusedCallers(requests.rows), read) : fromReport(read);
  const shown = callers.slice(0, mostRows);
  const [limits, titles] = await Promise.all([limitsOf(place, read, shown), titlesOf(place, read, shown)]);
  const later = read.total.blocked - callers.reduce((sum, { blocked }) => sum + blocked, 0);
  return {
    rows: shown.map((caller) => rowOf(caller, limits, titles)),
    notes: [
      ...(requests ? [] : [requestsNotKeptText()]),
      ...(requests?.hasMore === true ? [requestsCutText(requests.looked)] : []),
      ...(requests && requests.strange > 0 ? [strangeText(requests.strange)] : []),
      ...(requests?.hasMore === false && later > 0 ? [laterText(later)] : []),
    ],
  };
}

function rowOf(
  { subscription, blocked, calls, byStatus, products, apis, lastMs }: RefusedCaller,
  limits: ReadonlyMap<string, ThrottledLimit>, titles: ReadonlyMap<string, string>,
): ThrottledRow {
  const keys = [...products.map((product) => idsKey({ product })), ...apis.map((api) => idsKey({ api }))];
  return {
    ...(subscription === undefined ? {} : { key: idsKey({ subscription }) }),
    title: subscription === undefined ? noKeyText() : titles.get(subscription.toLowerCase()) ?? subscription,
    blocked, ...(calls === undefined ? {} : { calls }), ...(byStatus ? { byStatus } : {}), ...(lastMs === undefined ? {} : { lastMs }),
    // A key that does not count has met no limit.
    limits: subscription === undefined ? [] : keys.flatMap((key) => limits.get(key) ?? []),
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
  const common = { byStatus: undefined, apis: [], lastMs: undefined };
  const known = rows.map(({ ids, product, numbers }): RefusedCaller => ({
    ...common, subscription: ids.subscription, blocked: numbers.blocked, calls: numbers.calls,
    products: product === undefined ? [] : [product],
  })).sort((one, other) => other.blocked - one.blocked);
  const rest = total.blocked - known.reduce((sum, { blocked }) => sum + blocked, 0);
  return rest > 0 && breakdowns.some(({ kind }) => kind === 'subscription')
    ? [...known, { ...common, subscription: undefined, blocked: rest, calls: undefined, products: [] }] : known;
}

/** The limits of the products and APIs that callers were refused for, by their keys; the most frequent alone. */
async function limitsOf(
  place: ArmPlace, read: UsageRead, callers: readonly RefusedCaller[],
): Promise<ReadonlyMap<string, ThrottledLimit>> {
  const own = callers.filter(({ subscription }) => subscription !== undefined);
  const products = [...new Set(own.flatMap((each) => each.products))].slice(0, mostAsked);
  const apis = [...new Set(own.flatMap((each) => each.apis))].slice(0, mostAsked);
  const scopes: readonly Extract<PolicyScope, { readonly kind: 'product' | 'api' }>[] = [
    ...products.map((product) => ({ kind: 'product' as const, product })), ...apis.map((api) => ({ kind: 'api' as const, api })),
  ];
  return new Map(await Promise.all(scopes.map(async (scope) => {
    const ids = scope.kind === 'product' ? { product: scope.product } : { api: scope.api };
    const name = scope.kind === 'product' ? scope.product : scope.api;
    const policy = await orElse(() => readPolicyAt(place, policyPath(scope)), undefined);
    const text = policy?.body.kind === 'policy' ? policy.body.text : '';
    const { rateLimit, quota, others } = currentLimits(text);
    const limits = [rateLimit, quota, ...others.map(({ limit }) => limit)].filter((each) => each !== undefined);
    const key = idsKey(ids);
    return [key, {
      key, kind: scope.kind, name, title: await titleFor(place, read, scope.kind, name),
      limits: limits.map((each) => shownWords(limitText(each))),
    }] as const;
  })));
}

async function titlesOf(place: ArmPlace, read: UsageRead, callers: readonly RefusedCaller[]): Promise<ReadonlyMap<string, string>> {
  const names = callers.flatMap(({ subscription }) => subscription ?? []);
  return new Map(await Promise.all(names.map(async (name, at) =>
    [name.toLowerCase(), at < mostAsked * 3 ? await titleFor(place, read, 'subscription', name) : name] as const)));
}

/** As the reports call it, or else as the instance does. */
async function titleFor(
  place: ArmPlace, { breakdowns }: UsageRead, kind: 'api' | 'product' | 'subscription', name: string,
): Promise<string> {
  const key = idsKey({ [kind]: name });
  const told = breakdowns.find((each) => each.kind === kind)?.rows.find(({ ids }) => idsKey(ids) === key)?.name ?? '';
  if (told !== '') return told;
  const collections: Readonly<Record<typeof kind, `/${string}`>> = { api: '/apis', product: '/products', subscription: '/subscriptions' };
  const entry: EntryKind = kind;
  return orElse(async () => (await readFresh(place, entry, below('', collections[kind], name))).entry.title, name);
}
