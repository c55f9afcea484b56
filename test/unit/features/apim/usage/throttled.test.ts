// Who is being throttled: what limits whom, what may not be read, what nobody looked at, and what is not asked for again.

import { beforeEach, describe, expect, it } from 'vitest';
import type { ArmPlace } from '../../../../../src/features/apim/publish/reading';
import { KnownLimits } from '../../../../../src/features/apim/usage/knownLimits';
import { noCalls } from '../../../../../src/features/apim/usage/numbers';
import type { UsageRead } from '../../../../../src/features/apim/usage/read';
import { readThrottled } from '../../../../../src/features/apim/usage/throttled';
import type { ArmJson } from '../../../../../src/model/arm';
import { instance } from '../definitions';
import { armFailure } from '../fakeArm';

const read: UsageRead = {
  window: { fromMs: 0, toMs: 1, open: true }, ids: {}, intervalMs: 900_000, slots: { fromMs: 0, stepMs: 900_000, numbers: [] },
  total: noCalls, told: 'calls', breakdowns: [], notes: [],
};
const policy = (inbound: string): string => `<policies><inbound><base />${inbound}</inbound><backend><base /></backend><outbound><base /></outbound><on-error><base /></on-error></policies>`;
const rate = (calls: number): string => policy(`<rate-limit calls="${calls}" renewal-period="60" />`);

let policies: Record<string, string | 'forbidden'>;
let rows: readonly ArmJson[];
let asked: string[];

const isPlace = (value: unknown): value is ArmPlace => typeof value === 'object' && value !== null;

function place(): ArmPlace {
  const arm = {
    get: async (path: string) => {
      await Promise.resolve();
      if (path.endsWith('/reports/byRequest')) return { status: 200, body: { value: rows } };
      asked.push(path.slice(instance.id.length));
      throw armFailure('notFound', 404);
    },
    find: async (path: string) => {
      await Promise.resolve();
      const of = path.slice(instance.id.length, -'/policies/policy'.length);
      asked.push(of);
      const value = policies[of];
      if (value === 'forbidden') throw armFailure('forbidden', 403);
      return value === undefined ? undefined : { status: 200, body: { properties: { value } } };
    },
  };
  const made: unknown = { arm, instance, options: { signal: new AbortController().signal } };
  expect.assert(isPlace(made));
  return made;
}

function row(status: number, more: ArmJson = {}): ArmJson {
  return { timestamp: '2026-11-30T11:30:00Z', responseCode: status, apiId: '/apis/open', operationId: '/apis/open/operations/run', requestId: '', ...more };
}

beforeEach(() => {
  [policies, rows, asked] = [{}, [], []];
});

describe('limits', () => {
  it('are told to who needs no subscription, apart from who has no valid key', async () => {
    policies['/apis/open'] = policy('<rate-limit-by-key calls="2" renewal-period="60" counter-key="@(context.Request.IpAddress)" />');
    rows = [row(429), row(429), row(401)];
    const { rows: callers } = await readThrottled(place(), read, new KnownLimits());
    expect(callers).toMatchObject([
      { title: 'Callers without a subscription', byStatus: { 429: 2, 401: 0 }, limits: [{ scope: { kind: 'api', api: 'open' }, state: 'read', limits: ['2 calls in 60 seconds by key'] }] },
      { title: 'Callers without a valid key', byStatus: { 429: 0, 401: 1 }, limits: [] },
    ]);
  });

  it('of the operation and of all APIs are told as well', async () => {
    policies['/apis/open/operations/run'] = rate(3);
    policies[''] = rate(100);
    rows = [row(429, { subscriptionId: '/subscriptions/team', productId: '/products/p' })];
    const { rows: [caller] } = await readThrottled(place(), read, new KnownLimits());
    expect(caller?.limits.map(({ scope: { kind }, limits }) => [kind, limits])).toEqual([
      ['product', []], ['api', []], ['operation', ['3 calls in 60 seconds']], ['allApis', ['100 calls in 60 seconds']],
    ]);
  });

  it('that may not be read, or not safely, are told from none', async () => {
    [policies['/products/p'], policies['/apis/open'], policies['']] = ['forbidden', '<policies><inbound>', 'forbidden'];
    policies['/apis/open/operations/run'] = policy('<include-fragment fragment-id="limits" />');
    rows = [row(429, { subscriptionId: '/subscriptions/team', productId: '/products/p' })];
    const { rows: [caller] } = await readThrottled(place(), read, new KnownLimits());
    expect(caller?.limits.map(({ scope: { kind }, state, limits }) => [kind, state, limits])).toEqual([
      ['product', 'unread', []], ['api', 'notUnderstood', []], ['operation', 'read', ['include-fragment, which is not read here']], ['allApis', 'unread', []],
    ]);
  });

  it('have nothing to do with what the service has refused itself', async () => {
    rows = [row(429, { backendResponseCode: '429' }), row(401, { backendResponseCode: '401' }), row(429, { backendResponseCode: '200' }), row(403)];
    const total = { ...noCalls, calls: 5, blocked: 5 };
    const { rows: callers, notes } = await readThrottled(place(), { ...read, total }, new KnownLimits());
    expect(callers).toMatchObject([{ blocked: 2, byStatus: { 429: 1, 403: 1, 401: 0 } }]);
    expect(notes).toEqual([
      '2 more calls were refused by the service behind the gateway, so they are not counted here.', 'One more call was blocked of which no single request is told.',
    ]);
  });
});

describe('what is asked for', () => {
  it('is not asked for again until it is forgotten', async () => {
    rows = Array.from({ length: 40 }, (_, at) => row(429, { subscriptionId: `/subscriptions/s${at}`, productId: '/products/p' }));
    const known = new KnownLimits();
    await readThrottled(place(), read, known);
    // Product, API, operation and all APIs: their policies, and the names of three of them; then two dozen callers.
    expect(asked).toHaveLength(4 + 3 + 24);
    await readThrottled(place(), read, known);
    expect(asked).toHaveLength(31);
    await readThrottled(place(), read, new KnownLimits());
    expect(asked).toHaveLength(62);
  });

  it('has an end, and what is not looked at is said', async () => {
    rows = Array.from({ length: 30 }, (_, at) => row(429, { subscriptionId: `/subscriptions/s${at}`, apiId: `/apis/a${at}`, operationId: '-' }));
    const { rows: callers, notes } = await readThrottled(place(), read, new KnownLimits());
    expect(callers.map(({ limits, notAsked }) => [limits.length, notAsked])).toEqual(Array.from({ length: 30 }, (_, at) => (at < 8 ? [1, 0] : [0, 1])));
    expect(notes).toEqual(['The names of 6 callers were not looked up: their IDs stand here.']);
  });
});
