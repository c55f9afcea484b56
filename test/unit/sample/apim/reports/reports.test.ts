// The reports of Sample API Management.

import { describe, expect, it } from 'vitest';
import type { Instance } from '../../../../../src/sample/apim/armCall';
import { fillStore } from '../../../../../src/sample/apim/builtIn';
import { MemoryStore } from '../../../../../src/sample/apim/memoryStore';
import { instanceId } from '../../../../../src/sample/apim/place';
import { readFilter, readInterval } from '../../../../../src/sample/apim/reports/filter';
import { answerReport } from '../../../../../src/sample/apim/reports/reports';
import { outcomeOf } from '../../../../../src/sample/apim/reports/rows';
import type { CountedCall } from '../../../../../src/sample/apim/store';

const now = Date.UTC(2026, 10, 30, 12);
const since = "timestamp ge datetime'2026-11-30T00:00:00'";

function filled(): Instance {
  const store = new MemoryStore();
  const instance: Instance = { id: instanceId, store, sku: 'Developer', now: () => now };
  fillStore(instance);
  store.put('/apis/demo', { displayName: 'Demo' });
  store.put('/apis/demo;rev=2', { displayName: 'Demo' });
  store.put('/apis/demo/operations/run', { displayName: 'Run' });
  store.put('/apis/demo/operations/rest', { displayName: 'Rest' });
  store.put('/subscriptions/one', { displayName: 'One', scope: `${instanceId}/products/starter`, ownerId: `${instanceId}/users/1` });
  const call: CountedCall = {
    at: now - 60_000, apiId: 'Demo', operationId: 'run', productId: 'starter', subscriptionId: 'one', userId: '1', status: 200, ms: 30, backendMs: 20,
    requestBytes: 100, responseBytes: 50, ip: '127.0.0.1', requestId: 'r1', method: 'POST', url: 'http://127.0.0.1/demo/run',
  };
  store.count(call);
  store.count({ ...call, at: now - 30 * 60_000, ms: 10, backendMs: 0, status: 429 });
  store.count({ ...call, at: now - 31 * 60_000, status: 500, ms: 20, backendMs: 10 });
  store.count({ ...call, at: now - 32 * 60_000, status: 404, apiId: '', operationId: '', productId: '', subscriptionId: '', userId: '' });
  store.count({ ...call, at: now - 24 * 60 * 60_000 });
  return instance;
}

function rows(name: string, query: Readonly<Record<string, string>> = { $filter: since }): readonly unknown[] {
  return answerReport(filled(), name, new URLSearchParams(query)).rows ?? [];
}

describe('rows', () => {
  it('count calls by their outcomes, bytes and times', () => {
    expect(rows('byApi')).toEqual([{
      name: 'Demo', apiId: '/apis/demo',
      callCountSuccess: 1, callCountBlocked: 1, callCountFailed: 1, callCountOther: 0, callCountTotal: 3,
      bandwidth: 450, cacheHitCount: 0, cacheMissCount: 0,
      // The blocked call took 10 ms and has no share in them.
      apiTimeAvg: 25, apiTimeMin: 20, apiTimeMax: 30, serviceTimeAvg: 15, serviceTimeMin: 10, serviceTimeMax: 20,
    }]);
  });

  it('are there for what nobody called, with zeros', () => {
    const none = { callCountTotal: 0, bandwidth: 0, apiTimeMin: 0, apiTimeMax: 0 };
    expect(rows('byOperation')).toMatchObject([
      { name: 'Run', apiId: '/apis/demo', operationId: '/apis/demo/operations/run', callCountTotal: 3 },
      { name: 'Rest', operationId: '/apis/demo/operations/rest', ...none },
    ]);
    expect(rows('byProduct')).toMatchObject([{ name: 'Starter', productId: '/products/starter', callCountTotal: 3 }, { name: 'Unlimited', ...none }]);
    expect(rows('bySubscription')).toMatchObject([
      { subscriptionId: '/subscriptions/master', userId: '/users/-', productId: '/products/-', ...none },
      { name: 'One', subscriptionId: '/subscriptions/one', userId: '/users/1', productId: '/products/starter', callCountTotal: 3 },
    ]);
    expect(rows('byUser')).toMatchObject([{ name: 'Administrator', userId: '/users/1', callCountTotal: 3 }]);
  });

  it('are not there for times without calls', () => {
    const found = rows('byTime', { $filter: since, interval: 'PT15M' });
    expect(found).toMatchObject([
      { timestamp: '2026-11-30T11:15:00Z', interval: 'PT15M', callCountTotal: 2 },
      { timestamp: '2026-11-30T11:30:00Z', callCountTotal: 1 },
      { timestamp: '2026-11-30T11:45:00Z', callCountTotal: 1 },
    ]);
    expect(rows('byGeo')).toMatchObject([{ country: '', callCountTotal: 4 }]);
    expect(rows('byGeo', { $filter: "timestamp ge datetime'2026-11-30T11:59:30'" })).toEqual([]);
  });

  it('tell of each call, with a hyphen for what is not known', () => {
    const found = rows('byRequest');
    expect(found).toHaveLength(4);
    expect(found[0]).toEqual({
      apiId: '/apis/demo', operationId: '/apis/demo/operations/run', productId: '/products/starter', userId: '/users/1', method: 'POST',
      url: 'http://127.0.0.1/demo/run', ipAddress: '127.0.0.1', backendResponseCode: '200', responseCode: 200, responseSize: 50,
      timestamp: '2026-11-30T11:59:00.000Z', cache: 'none', apiTime: 30, serviceTime: 20, apiRegion: 'Sample',
      subscriptionId: '/subscriptions/one', requestId: 'r1', requestSize: 100,
    });
    expect(found[1]).toMatchObject({ backendResponseCode: null });
    expect(found[3]).toMatchObject({ apiId: '/apis/-', operationId: '/apis/-/operations/-', subscriptionId: '/subscriptions/-' });
  });

  it('are those that are asked for, in the order that is asked for', () => {
    expect(rows('byRequest', { $filter: `${since} and apiId eq '/apis/demo' and operationId eq 'run'` })).toHaveLength(3);
    expect(rows('byRequest', { $filter: `${since} and timestamp le datetime'2026-11-30T11:30:00'` })).toHaveLength(3);
    expect(rows('byRequest', { $filter: "timestamp ge datetime'2026-11-29'" })).toHaveLength(5);
    expect(rows('byOperation', { $filter: since, $orderby: 'callCountTotal' })).toMatchObject([{ name: 'Rest' }, { name: 'Run' }]);
    expect(rows('byOperation', { $filter: since, $orderby: 'name desc' })).toMatchObject([{ name: 'Run' }, { name: 'Rest' }]);
  });

  it('end their lists as the service does', () => {
    const query = new URLSearchParams({ $filter: since });
    expect(answerReport(filled(), 'byApi', query).links).toBe('null');
    expect(answerReport(filled(), 'BYREQUEST', query).links).toBe('never');
  });
});

describe('what is asked wrongly', () => {
  it.each([
    ['byNothing', { $filter: since }, 404],
    ['byApi', {}, 400],
    ['byApi', { $filter: "apiId eq '/apis/demo'" }, 400],
    ['byApi', { $filter: "timestamp ge datetime'soon'" }, 400],
    ['byApi', { $filter: `${since} and name eq 'x'` }, 400],
    ['byApi', { $filter: `${since} or 1` }, 400],
    ['byApi', { $filter: since, $orderby: ';' }, 400],
    ['byProduct', { $filter: `${since} and apiId eq '/apis/demo'` }, 400],
    ['bySubscription', { $filter: `${since} and operationId eq '/apis/demo/operations/run'` }, 400],
    ['byRequest', { $filter: since, $orderby: 'timestamp' }, 400],
    ['byGeo', { $filter: since, $orderby: 'country' }, 400],
    ['byTime', { $filter: since }, 400],
    ['byTime', { $filter: since, interval: 'PT20M' }, 400],
    ['byTime', { $filter: since, interval: 'PT0M' }, 400],
  ])('%s with %j is refused', (name, query, status) => {
    expect(() => rows(name, query)).toThrow(expect.objectContaining({ status }));
  });
});

describe('readers', () => {
  it.each([['PT15M', 15], ['PT1H', 60], ['P1D', 1440], ['P1DT1H30M', 1530]])('reads %s as minutes', (text, minutes) => {
    expect(readInterval(text)).toBe(minutes * 60_000);
  });

  it('reads times with and without a zone, to now where no end is given', () => {
    expect(readFilter("timestamp ge datetime'2026-11-30T02:00:00+02:00'", now)).toEqual({ from: Date.UTC(2026, 10, 30), to: now, ids: {} });
    expect(readFilter("TIMESTAMP GE datetime'2026-11-30T00:00:00' AND userId EQ '/users/Ann' and apiRegion eq 'x'", now))
      .toEqual({ from: Date.UTC(2026, 10, 30), to: now, ids: { userId: 'ann' } });
  });

  it.each([[200, 'Success'], [301, 'Success'], [304, 'Success'], [307, 'Success'], [302, 'Other'], [400, 'Failed'], [401, 'Blocked'], [403, 'Blocked'],
    [404, 'Other'], [429, 'Blocked'], [500, 'Failed'], [599, 'Failed']])('counts %i as %s', (status, outcome) => {
    expect(outcomeOf(status)).toBe(outcome);
  });
});
