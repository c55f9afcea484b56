// The numbers of usage: periods and slots, filters, rows that make no sense, means that are weighed, and what is kept of addresses.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readFromUsagePage } from '../../../../../src/features/apim/usage/messages';
import { noCalls, readNumbers, sumOf, type UsageNumbers } from '../../../../../src/features/apim/usage/numbers';
import {
  fittingInterval, intervalOf, isoInterval, mostSlots, offeredIntervals, readPeriod, spans, windowOf,
} from '../../../../../src/features/apim/usage/period';
import { canNarrow, filterText, readNamedRow, readTime } from '../../../../../src/features/apim/usage/reports';
import { readRequest, refusedCallers } from '../../../../../src/features/apim/usage/requests';
import { idsOfNode, readSavedUsage } from '../../../../../src/features/apim/usage/scope';
import { beginsWithin, fillSlots, totalOf } from '../../../../../src/features/apim/usage/slots';
import { usageTable } from '../../../../../src/features/apim/usage/tables';
import { readZone, shortTimes, zonedText } from '../../../../../src/features/apim/usage/zonedText';
import { instance } from '../definitions';

const minute = 60_000;
const hour = 60 * minute;
const now = Date.UTC(2026, 10, 30, 14, 7);
const row = {
  callCountSuccess: 4, callCountBlocked: 1, callCountFailed: 2, callCountOther: 3, callCountTotal: 10, bandwidth: 900, cacheHitCount: 1, cacheMissCount: 2,
  apiTimeAvg: 20, apiTimeMin: 5, apiTimeMax: 50, serviceTimeAvg: 10, serviceTimeMin: 1, serviceTimeMax: 40,
};

describe('periods', () => {
  it.each([['hour', 15], ['day', 15], ['week', 60], ['month', 360], ['quarter', 720]] as const)('the last %s by %i minutes', (span, minutes) => {
    expect(fittingInterval(spans[span])).toBe(minutes * minute);
  });

  it('are cut into a quarter of an hour by hand, also ninety days', () => {
    const period = { kind: 'last', span: 'quarter' } as const;
    expect(offeredIntervals(spans.quarter).map(isoInterval)).toEqual(['PT15M', 'PT30M', 'PT1H', 'PT3H', 'PT6H', 'PT12H', 'P1D']);
    expect(intervalOf(period, 15 * minute)).toBe(15 * minute);
    expect(intervalOf({ kind: 'last', span: 'hour' }, 24 * hour)).toBe(15 * minute);
    expect(offeredIntervals(10 * minute)).toEqual([15 * minute]);
    expect(offeredIntervals(3_660 * 24 * hour).every((each) => (3_660 * 24 * hour) / each <= mostSlots)).toBe(true);
  });

  it('begin with a whole slot where they end now, and by hand begin and end where they were said to', () => {
    expect(windowOf({ kind: 'last', span: 'hour' }, 15 * minute, now)).toEqual({ fromMs: Date.UTC(2026, 10, 30, 13), toMs: now, open: true });
    const fromMs = now - hour;
    const window = windowOf({ kind: 'between', fromMs, toMs: now + hour }, 6 * hour, now);
    expect(window).toEqual({ fromMs, toMs: now, open: false });
    expect(filterText(window, {})).toContain("timestamp ge datetime'2026-11-30T13:07:00'");
    // The first slot is the one that it lies in, and counts a part of its time.
    const { slots } = fillSlots([], window, 6 * hour);
    expect([slots.fromMs, beginsWithin(slots, window), beginsWithin(slots, { fromMs: slots.fromMs })]).toEqual([Date.UTC(2026, 10, 30, 12), true, false]);
  });

  it.each([
    null, 'day', {}, { kind: 'last', span: 'toString' }, { kind: 'between', fromMs: 5, toMs: 5 }, { kind: 'between', fromMs: -1, toMs: hour },
    { kind: 'between', fromMs: 0, toMs: 1e18 }, { kind: 'between', fromMs: 0, toMs: 400_000 * 24 * hour }, { kind: 'between', fromMs: '0', toMs: hour },
  ])('%j is none', (value) => {
    expect(readPeriod(value)).toBeUndefined();
  });
});

describe('filters', () => {
  const window = { fromMs: Date.UTC(2026, 10, 30), toMs: now, open: false };

  it('name what a report can be narrowed by, with its quotes doubled', () => {
    expect(filterText(window, { api: 'demo', operation: 'run', subscription: "o'neill" })).toBe(
      "timestamp ge datetime'2026-11-30T00:00:00' and timestamp le datetime'2026-11-30T14:07:00' and apiId eq '/apis/demo' and "
      + "operationId eq '/apis/demo/operations/run' and subscriptionId eq '/subscriptions/o''neill'");
    expect(filterText({ ...window, open: true }, { product: 'p' })).toBe("timestamp ge datetime'2026-11-30T00:00:00' and productId eq '/products/p'");
  });

  it('of two reports take no API', () => {
    expect((['byTime', 'byApi', 'byOperation', 'byProduct', 'bySubscription', 'byRequest'] as const).filter((report) => canNarrow(report, { api: 'demo' })))
      .toEqual(['byTime', 'byApi', 'byOperation', 'byRequest']);
    expect(canNarrow('bySubscription', { product: 'p', subscription: 's' })).toBe(true);
  });
});

describe('rows', () => {
  it('are read with their times, which are those of calls that were let through', () => {
    expect(readNumbers(row)).toEqual({
      calls: 10, succeeded: 4, failed: 2, blocked: 1, other: 3, bytes: 900, cacheHits: 1, cacheMisses: 2,
      time: { mean: 20, least: 5, most: 50, calls: 9 }, backend: { mean: 10, least: 1, most: 40, calls: 9 },
    });
    const blocked = { ...row, callCountSuccess: 0, callCountFailed: 0, callCountOther: 0, callCountTotal: 1, apiTimeAvg: 0, apiTimeMin: 0 };
    expect(readNumbers(blocked)).not.toHaveProperty('time');
    expect(readNumbers({ ...row, apiTimeAvg: 'fast' })).toMatchObject({ calls: 10, backend: { mean: 10 } });
    expect(readNumbers({ ...row, apiTimeAvg: -1 })).not.toHaveProperty('time');
  });

  it.each([
    null, [], 'row', {}, { ...row, callCountSuccess: '4' }, { ...row, callCountBlocked: -1 }, { ...row, callCountFailed: 1.5 }, { ...row, bandwidth: Number.NaN },
    { ...row, callCountOther: 1e300 }, { ...row, callCountTotal: 9 }, { ...row, callCountTotal: 'ten' }, { ...row, bandwidth: undefined },
    { ...row, cacheHitCount: {} },
  ])('%j makes no sense', (value) => {
    expect(readNumbers(value)).toBeUndefined();
  });

  it('are put together as if they had been one, in any order', () => {
    const call = fc.record({ ms: fc.integer({ min: 0, max: 10_000 }), outcome: fc.constantFrom('succeeded', 'failed', 'blocked', 'other') });
    const numbersOf = (calls: readonly { readonly ms: number; readonly outcome: 'succeeded' | 'failed' | 'blocked' | 'other' }[]): UsageNumbers => {
      const through = calls.filter(({ outcome }) => outcome !== 'blocked').map(({ ms }) => ms);
      const count = (wanted: string): number => calls.filter(({ outcome }) => outcome === wanted).length;
      const time = { mean: through.reduce((sum, ms) => sum + ms, 0) / through.length, least: Math.min(...through), most: Math.max(...through), calls: through.length };
      return {
        ...noCalls, calls: calls.length, succeeded: count('succeeded'), failed: count('failed'), blocked: count('blocked'), other: count('other'),
        ...(through.length === 0 ? {} : { time }),
      };
    };
    fc.assert(fc.property(fc.array(fc.array(call)), (groups) => {
      const all = groups.map(numbersOf).reduce(sumOf, noCalls);
      const { time, ...counts } = numbersOf(groups.flat());
      expect(all).toMatchObject(counts);
      expect(all.time?.mean).toEqual(time ? expect.closeTo(time.mean, 5) : undefined);
      expect([all.time?.least, all.time?.most]).toEqual([time?.least, time?.most]);
    }));
  });

  it('without times weigh nothing in the mean of the others', () => {
    const of = (calls: number, ms?: number): UsageNumbers => {
      const numbers = readNumbers({
        callCountSuccess: calls, callCountFailed: 0, callCountBlocked: 0, callCountOther: 0, bandwidth: 0,
        ...(ms === undefined ? {} : { apiTimeAvg: ms, apiTimeMin: ms, apiTimeMax: ms }),
      });
      expect.assert(numbers !== undefined);
      return numbers;
    };
    expect([of(1, 10), of(100), of(1, 100)].reduce(sumOf)).toMatchObject({ calls: 102, time: { mean: 55, least: 10, most: 100, calls: 2 } });
  });

  it('have ids, and names that are texts', () => {
    const json = { ...row, name: 'A\nB', apiId: '/apis/demo;rev=2', operationId: '/apis/demo/operations/run', productId: '/products/-', userId: '/users/1' };
    expect(readNamedRow('operation', json)).toMatchObject({ ids: { api: 'demo', operation: 'run' }, name: 'A B' });
    expect(readNamedRow('product', json)).toBeUndefined();
    expect(readNamedRow('subscription', { ...row, name: {}, subscriptionId: '/subscriptions/__proto__', productId: '/products/p', userId: '/users/1' }))
      .toMatchObject({ ids: { subscription: '__proto__' }, name: '', product: 'p', owner: '1' });
    expect(readNamedRow('api', { ...row, name: 'x'.repeat(10_000), apiId: '/apis/x' })?.name).toHaveLength(300);
  });

  it.each([
    ['2026-11-30T11:59:00Z', Date.UTC(2026, 10, 30, 11, 59)], ['2017-06-03T00:17:00.1649134Z', Date.UTC(2017, 5, 3, 0, 17, 0, 164)],
    ['2026-11-30T11:59:00', Date.UTC(2026, 10, 30, 11, 59)], ['2026-11-30T11:59:00+02:00', Date.UTC(2026, 10, 30, 9, 59)],
    ['soon', undefined], [5, undefined], ['2026-13-30T11:59:00Z', undefined], [`2026-11-30T11:59:00.${'1'.repeat(90)}Z`, undefined],
  ])('%s is a time, or none', (text, time) => {
    expect(readTime(text)).toBe(time);
  });
});

describe('slots', () => {
  const window = { fromMs: now - 2 * hour, toMs: now, open: true };
  const at = (hours: number, minutes: number): number => Date.UTC(2026, 10, 30, hours, minutes);
  const one = { ...noCalls, calls: 1, succeeded: 1 };

  it('tell zeros from nothing, and put together what lies in one', () => {
    const { slots, outside } = fillSlots([{ atMs: at(12, 30), numbers: one }, { atMs: at(12, 45), numbers: one }, { atMs: at(13, 0), numbers: noCalls }], window, hour);
    expect([slots.numbers, outside, totalOf(slots).calls]).toEqual([[{ ...one, calls: 2, succeeded: 2 }, noCalls, undefined], 0, 2]);
    expect([slots.fromMs, slots.stepMs]).toEqual([at(12, 0), hour]);
  });

  it('go a little further where the clocks differ, and no further', () => {
    const rows = [at(14, 15), at(20, 0), 0].map((atMs) => ({ atMs, numbers: one }));
    const { slots, outside } = fillSlots(rows, window, 15 * minute);
    expect([slots.numbers.length, slots.numbers.at(-1), outside]).toEqual([10, one, 2]);
  });

  it('have no slot that would begin at their end', () => {
    expect(fillSlots([], { fromMs: at(12, 0), toMs: at(13, 0), open: false }, hour).slots.numbers).toEqual([undefined]);
  });
});

describe('zones', () => {
  it.each([['Europe/Berlin', '2026-10-25 02:30', '2026-10-25 02:30'], ['UTC', '2026-10-25 00:30', '2026-10-25 01:30'], ['Asia/Kolkata', '2026-10-25 06:00', '2026-10-25 07:00']])(
    '%s goes through the night in which the clocks of Europe are put back', (zone, first, second) => {
      expect([Date.UTC(2026, 9, 25, 0, 30), Date.UTC(2026, 9, 25, 1, 30)].map((time) => zonedText(time, zone))).toEqual([first, second]);
    });

  it('are known by their names', () => {
    expect([readZone('Europe/Berlin'), readZone(''), readZone('Nowhere/At All'), readZone('<img>')]).toEqual(['Europe/Berlin', undefined, undefined, undefined]);
    expect(zonedText(Date.UTC(2026, 2, 29, 1, 0, 7), 'Europe/Berlin', true)).toBe('2026-03-29 03:00:07');
  });
});

describe('times of single requests', () => {
  const now = Date.UTC(2026, 10, 30, 14, 5);

  it.each<[name: string, times: readonly number[], texts: readonly string[], zone?: string]>([
    ['of today', [now - hour], ['13:05:00']],
    ['also of the day before', [now - 24 * hour, now], ['11-29 14:05:00', '11-30 14:05:00']],
    ['also of the year before', [now - 365 * 24 * hour, now], ['2025-11-30 14:05:00', '2026-11-30 14:05:00']],
    ['of the day before in the zone', [Date.UTC(2026, 10, 30, 4)], ['11-29 23:00:00'], 'America/New_York'],
  ])('%s are as short as they can be', (_name, times, texts, zone = 'UTC') => {
    expect(times.map(shortTimes(times, now, zone))).toEqual(texts);
  });
});

describe('tables over time', () => {
  const timeTable = (fromMs: number, toMs: number, zone: string): ReturnType<typeof usageTable> => {
    const window = { fromMs, toMs, open: false };
    const { slots } = fillSlots([], window, 24 * hour);
    const read = { window, ids: {}, intervalMs: 24 * hour, slots, total: noCalls, told: 'nothing', breakdowns: [], notes: [] } as const;
    return usageTable('time', {
      target: { instance, ids: {}, titles: [] }, settings: { period: { kind: 'last', span: 'day' }, wish: undefined, narrowed: [], time: undefined },
      part: 'time', turn: 0, busy: false, wait: undefined, problem: undefined, readMs: 0, read, none: undefined, throttled: undefined, requests: undefined,
    }, zone);
  };
  const names = (...span: Parameters<typeof timeTable>): unknown => timeTable(...span)?.columns.slice(0, 2).map(({ name }) => name);
  const [december, march, november] = [Date.UTC(2025, 11, 1), Date.UTC(2026, 2, 1), Date.UTC(2026, 10, 30)];

  it('have the times of a zone whose clocks differ from universal time in the middle alone', () => {
    expect(names(december, november, 'Europe/London')).toEqual(['Start (Europe/London)', 'Start (UTC)']);
    expect(names(december, march, 'Europe/London')).toEqual(['Start (UTC)', 'Calls']);
  });

  it('say where the first slot is counted from', () => {
    expect(timeTable(december + 90 * minute, march, 'Europe/Berlin')?.notes).toEqual(['The first slot is counted from 2025-12-01 02:30 on.']);
    expect(timeTable(december + 90 * minute, march, 'UTC')?.notes).toEqual(['The first slot is counted from 2025-12-01T01:30Z on.']);
    expect(timeTable(december, march, 'UTC')?.notes).toEqual([]);
  });
});

describe('single requests', () => {
  const request = { timestamp: '2026-11-30T11:59:00Z', responseCode: 429, apiId: '/apis/demo', subscriptionId: '/subscriptions/a', productId: '/products/p', url: 'https://g/x' };

  it('are kept without keys in their addresses', () => {
    const key = '0123456789abcdef0123456789abcdef';
    const url = (text: string): string | undefined => readRequest({ ...request, url: text })?.url;
    expect(url(`https://g/demo?subscription-key=${key}&api-version=2.0`)).toBe('https://g/demo?subscription-key=••••••••&api-version=2.0');
    expect(url(`https://g/demo?q=${key}&k=v`)).toBe('https://g/demo?q=••••••••&k=v');
    expect(url(`https://g/workspaces/${key}/services/x?details=true`)).toBe(`https://g/workspaces/${key}/services/x?details=true`);
    expect(url(`https://g/x?sig=abc%2Bdef&se=2026&code=short`)).not.toContain('abc');
    expect(url('https://g/x?api_key=short1&city=Bern&flag')).toBe('https://g/x?api_key=••••••••&city=Bern&flag');
    expect(url('x'.repeat(10_000))).toHaveLength(2_000);
  });

  it.each([{}, { ...request, responseCode: '429' }, { ...request, timestamp: 'x' }, { ...request, responseCode: 1_000 }])('%j is none', (json) => {
    expect(readRequest(json)).toBeUndefined();
  });

  it('tell who was refused, the most often first', () => {
    const all = [request, { ...request, responseCode: 403 }, { ...request, responseCode: 200 }, { ...request, responseCode: 401, subscriptionId: '/subscriptions/-', productId: '/products/-' }];
    const { callers, byService } = refusedCallers(all.flatMap((json) => readRequest(json) ?? []));
    expect(byService).toBe(0);
    expect(callers).toEqual([
      { subscription: 'a', blocked: 2, calls: undefined, byStatus: { 429: 1, 403: 1, 401: 0 }, products: ['p'], apis: ['demo'], operations: [], lastMs: Date.UTC(2026, 10, 30, 11, 59) },
      { subscription: undefined, blocked: 1, calls: undefined, byStatus: { 429: 0, 403: 0, 401: 1 }, products: [], apis: ['demo'], operations: [], lastMs: Date.UTC(2026, 10, 30, 11, 59) },
    ]);
  });
});

describe('what is kept, and what a page says', () => {
  it('a place is found again, and nothing else is', () => {
    const place = { instance: '/i', ids: { api: 'demo', operation: 'run' } };
    expect(readSavedUsage({ ...place, looks: [] })).toEqual(place);
    expect([null, {}, { instance: '/i' }, { instance: 5, ids: {} }, { instance: '/i', ids: { operation: 'run' } }].map(readSavedUsage)).toEqual([undefined, undefined, undefined, undefined, undefined]);
    expect(readSavedUsage({ instance: '/i', ids: { api: 'x'.repeat(2_000), product: '' } })).toEqual({ instance: '/i', ids: {} });
  });

  it('lines stand for what they are of', () => {
    const api = { kind: 'entry', instance, entry: { kind: 'api', id: '/a', name: 'demo', title: 'Demo' }, parent: undefined } as const;
    expect(idsOfNode(api)).toEqual({ api: 'demo' });
    expect(idsOfNode({ ...api, entry: { ...api.entry, kind: 'operation', name: 'run' }, parent: api })).toEqual({ api: 'demo', operation: 'run' });
    expect(idsOfNode({ ...api, entry: { ...api.entry, kind: 'subscription' } })).toEqual({ subscription: 'demo' });
    expect(idsOfNode({ ...api, entry: { ...api.entry, kind: 'user' } })).toBeUndefined();
    expect(idsOfNode({ kind: 'instance', instance, from: 'azure', parent: undefined })).toEqual({});
    expect(idsOfNode(undefined)).toBeUndefined();
  });

  it.each([
    { type: 'ready', zone: 'Europe/Berlin' }, { type: 'refresh' }, { type: 'stop' }, { type: 'moreRequests' }, { type: 'interval', intervalMs: 0 },
    { type: 'period', period: { kind: 'last', span: 'week' } }, { type: 'part', part: 'throttled' }, { type: 'narrow', kind: 'api', key: 'k' },
    { type: 'narrowTime', fromMs: 0, toMs: hour }, { type: 'widen', key: 'time' }, { type: 'limit', key: 'k' }, { type: 'action', action: 'retry' },
    { type: 'export', table: 1 },
  ])('%j is a request', (message) => {
    expect(readFromUsagePage({ ...message, more: 1 }, { has: (action): action is string => action === 'retry' })).toEqual(message);
  });

  it.each([
    null, {}, { type: 'period', period: 'day' }, { type: 'interval', intervalMs: -1 }, { type: 'part', part: 'constructor' }, { type: 'narrow', kind: 'user', key: 'k' },
    { type: 'narrow', kind: 'api', key: 'x'.repeat(5_000) }, { type: 'narrowTime', fromMs: 5, toMs: 1 }, { type: 'widen', key: 'all' }, { type: 'limit' }, { type: 'action', action: 'other' },
  ])('%j is none', (message) => {
    expect(readFromUsagePage(message, { has: (action): action is string => action === 'retry' })).toBeUndefined();
  });
});
