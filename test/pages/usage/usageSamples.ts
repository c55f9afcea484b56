// States of the page of usage, made as the session makes them: of rows as reports have them.

import type { UsageState } from '../../../src/features/apim/usage/messages';
import { noCalls, type UsageNumbers } from '../../../src/features/apim/usage/numbers';
import type { NamedRows, UsageRead } from '../../../src/features/apim/usage/read';
import type { UsageNow } from '../../../src/features/apim/usage/session';
import { fillSlots, totalOf, type TimeRow } from '../../../src/features/apim/usage/slots';
import type { UsageIdKind } from '../../../src/features/apim/usage/usageShape';
import { usageView } from '../../../src/features/apim/usage/usageView';

const hour = 60 * 60_000;

/** Monday, 30 November 2026, 14:05 UTC. */
export const now = Date.UTC(2026, 10, 30, 14, 5);

/** The numbers of a slot. */
export function numbers(succeeded: number, failed = 0, blocked = 0, other = 0, mean = 80): UsageNumbers {
  const calls = succeeded + failed + blocked + other;
  const time = { mean, least: mean / 8, most: mean * 6, calls: calls - blocked };
  return {
    ...noCalls, calls, succeeded, failed, blocked, other, bytes: calls * 900,
    ...(calls === blocked ? {} : { time, backend: { mean: mean * 0.7, least: mean / 10, most: mean * 5, calls: calls - blocked } }),
  };
}

/** Rows for each slot of a span but some, in waves. */
export function waves(slots: number, stepMs: number, hasRow: (at: number) => boolean = (at) => at % 12 < 8): readonly TimeRow[] {
  const first = Math.floor((now - slots * stepMs) / stepMs) * stepMs;
  return Array.from({ length: slots + 1 }, (_, at): TimeRow => {
    const wave = 1 + Math.sin(at / 9);
    const row = at % 12 === 7 ? numbers(0) : numbers(Math.round(30 * wave), at % 10 === 0 ? 2 : 0, Math.round(9 * Math.max(0, wave - 1)), at % 17 === 0 ? 1 : 0, 40 + 30 * wave);
    return { atMs: first + at * stepMs, numbers: row };
  }).filter((_, at) => hasRow(at));
}

const named = (kind: UsageIdKind, rows: readonly (readonly [string, string, UsageNumbers, string?])[]): NamedRows => ({
  kind,
  rows: rows.map(([id, name, each, product]) => ({
    ids: kind === 'operation' ? { api: 'demo', operation: id } : { [kind]: id }, name, numbers: each, ...(product === undefined ? {} : { product }),
  })),
});

/** By API, operation, product and subscription. */
export const breakdowns: readonly NamedRows[] = [
  named('api', [['demo', 'AzureML Demo API', numbers(1_020, 9, 118, 3)], ['echo', 'Echo API', numbers(54, 0, 0, 12)], ['old', 'Retired API', noCalls]]),
  named('operation', [
    ['rrs-execute', 'RRS Execute', numbers(960, 9, 100)], ['bes-status', 'BES Status', numbers(60, 0, 18)], ['bes-submit', 'BES Submit', noCalls],
  ]),
  named('product', [['starter', 'Starter', numbers(700, 9, 118)], ['unlimited', 'Unlimited', numbers(374)]]),
  named('subscription', [
    ['team-a', 'Starter / team-a', numbers(700, 9, 118), 'starter'], ['5e1e7596f3df140067070002', '', numbers(374), 'unlimited'], ['master', 'Built-in all-access subscription', noCalls],
  ]),
];

/** What was read. */
export function readOf(rows: readonly TimeRow[], stepMs = hour / 4, lengthMs = 24 * hour, more: Partial<UsageRead> = {}): UsageRead {
  const window = { fromMs: Math.floor((now - lengthMs) / stepMs) * stepMs, toMs: now, open: true };
  const { slots } = fillSlots(rows, window, stepMs);
  return { window, ids: {}, intervalMs: stepMs, slots, total: totalOf(slots), told: 'calls', breakdowns, notes: [], ...more };
}

/** What the page is told. */
export function stateOf(read: UsageRead | undefined, more: Partial<UsageNow> = {}, ids: UsageNow['target']['ids'] = {}): UsageState {
  return usageView({
    target: {
      instance: {
        id: '/i', endpointUrl: 'https://arm.example', sample: false, name: 'contoso-apim', resourceGroup: 'g', subscriptionId: 's', gatewayUrls: [], sku: 'Developer',
      },
      ids, titles: ids.api === undefined ? [] : ['AzureML Demo API'],
    },
    settings: { period: { kind: 'last', span: 'day' }, wish: undefined, narrowed: [], time: undefined },
    part: 'charts', turn: 1, busy: false, wait: undefined, problem: undefined, readMs: now, read, none: undefined, throttled: undefined, requests: undefined,
    ...more,
  });
}

/** The limits of a product. */
export const limit = { key: '["","","starter",""]', scope: { kind: 'product', product: 'starter' }, state: 'read', title: 'Starter', limits: ['5 calls in 60 seconds', 'a quota of 100 calls in 7 days'] } as const;
/** Who is refused: by limits of all kinds, for a key, and for what is not known. */
export const throttled = {
  rows: [
    {
      key: '["","","","team-a"]', title: 'Starter / team-a', blocked: 118, calls: 827, byStatus: { 429: 100, 403: 18, 401: 0 }, lastMs: now, limits: [
        limit, { ...limit, key: '["demo","","",""]', scope: { kind: 'api', api: 'demo' }, title: 'AzureML Demo API', limits: [] },
        { ...limit, key: '["demo","run","",""]', scope: { kind: 'operation', api: 'demo', operation: 'run' }, title: 'RRS Execute', limits: ['2 calls in 10 seconds'] },
        { ...limit, key: '["","","",""]', scope: { kind: 'allApis' }, title: '', limits: [], state: 'unread' },
      ],
      notAsked: 2,
    },
    { title: 'Callers without a valid key', blocked: 70, byStatus: { 429: 0, 403: 0, 401: 70 }, lastMs: now, limits: [], notAsked: 0 },
    { title: 'Callers without a subscription', blocked: 9, byStatus: { 429: 9, 403: 0, 401: 0 }, lastMs: now, limits: [], notAsked: 0 },
  ],
  notes: ['Only the first 10,000 requests of this time were looked through. Narrow the time to see all.'],
} as const;
