// Limits of calls: what is answered when one is spent, to whom it applies, and when calls pass again. The clock is moved by hand.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Reply } from '../sampleClient';
import { execute, startStage, withKey, type AskOptions, type Stage } from './gatewayTools';

let stage: Stage;
beforeEach(async () => {
  stage = await startStage();
  stage.store.putGuide(stage.backend.url);
  stage.store.putProduct('starter', 'demo');
  for (const id of ['one', 'two']) stage.store.putSubscription(id, '/products/starter');
});
afterEach(() => stage.stop());

const send = (key = 'one-1', path = execute, options: AskOptions = {}): Promise<Reply> => stage.ask(path, { method: 'POST', ...withKey(key), ...options });
const statuses = async (count: number, key?: string): Promise<number[]> => {
  const all: number[] = [];
  for (let index = 0; index < count; index++) all.push((await send(key)).status);
  return all;
};
const rate = (seconds: number): object => ({ status: 429, json: { statusCode: 429, message: `Rate limit is exceeded. Try again in ${seconds} seconds.` }, headers: { 'retry-after': String(seconds), 'content-type': 'application/json' } });
const quota = (what: string, time: string, seconds: number): object => ({ status: 403, json: { statusCode: 403, message: `Out of ${what} quota. Quota will be replenished in ${time}.` }, headers: { 'retry-after': String(seconds) } });

describe('rate-limit', () => {
  it('ends calls within its window and lets them pass again as the window slides', async () => {
    stage.store.putPolicy('/products/starter', { inbound: '<rate-limit calls="2" renewal-period="60" />' });
    expect(await statuses(1)).toEqual([200]);
    stage.pass(3);
    expect(await statuses(1)).toEqual([200]);
    expect(await send()).toMatchObject(rate(57));
    expect(stage.backend.seen.length).toBe(2);
    stage.pass(57);
    expect(await statuses(1)).toEqual([200]);
    expect(await send()).toMatchObject(rate(3));
    stage.pass(3);
    expect(await statuses(1)).toEqual([200]);
    expect(stage.store.calls.map(({ status }) => status)).toEqual([200, 200, 429, 200, 429, 200]);
  });

  it('is one for each subscription, both of its keys, and not for callers by an API\'s key', async () => {
    stage.store.putPolicy('/products/starter', { inbound: '<rate-limit calls="1" renewal-period="60" />' });
    stage.store.putSubscription('api', '/apis/demo');
    expect([...(await statuses(1)), ...(await statuses(1, 'one-2')), ...(await statuses(2, 'two-1')), ...(await statuses(2, 'api-1'))]).toEqual([200, 429, 200, 429, 200, 200]);
  });

  it('of an API is another than that of its product', async () => {
    stage.store.putPolicy('/products/starter', { inbound: '<rate-limit calls="2" renewal-period="60" />' });
    stage.store.putPolicy('/apis/demo', { inbound: '<rate-limit calls="3" renewal-period="30" />' });
    expect(await statuses(3)).toEqual([200, 200, 429]);
  });

  it('does nothing without a key', async () => {
    stage.store.putGuide(stage.backend.url, { subscriptionRequired: false });
    stage.store.putPolicy('/apis/demo', { inbound: '<rate-limit calls="1" renewal-period="60" />' });
    expect((await Promise.all([1, 2].map(() => stage.ask(execute, { method: 'POST' })))).map(({ status }) => status)).toEqual([200, 200]);
  });

  it('tells what is left and how many there are, under the names that it gives', async () => {
    stage.store.put('/namedValues/1', { displayName: 'calls', value: '2' });
    stage.store.putPolicy('/products/starter', { inbound: '<rate-limit calls="{{calls}}" renewal-period="60" remaining-calls-header-name="X-Left" total-calls-header-name="X-All" retry-after-header-name="X-Wait" />' });
    const told = async (): Promise<unknown[]> => {
      const { headers } = await send();
      return ['x-left', 'x-all', 'x-wait', 'retry-after'].map((name) => headers[name]);
    };
    expect([await told(), await told(), await told()]).toEqual([['1', '2', undefined, undefined], ['0', '2', undefined, undefined], ['0', '2', '60', undefined]]);
    stage.store.putPolicy('/products/starter', { inbound: '<rate-limit calls="2" renewal-period="60" remaining-calls-header-name="X Left" retry-after-header-name="Content-Length" />' });
    expect(await send()).toMatchObject({ ...rate(60), headers: { 'retry-after': '60', 'x-sample-policies-passed-over': 'header-name' } });
  });

  it('can be one for an API or an operation in the product', async () => {
    stage.store.putPolicy('/products/starter', {
      inbound: '<rate-limit calls="9" renewal-period="60"><api id="other" calls="0" renewal-period="60" /><api name="Demo" calls="3" renewal-period="60"><operation id="execute" calls="1" renewal-period="60" /></api></rate-limit>',
    });
    const submit = '/demo/workspaces/w/services/s/jobs?api-version=2.0';
    expect([...(await statuses(2)), (await send('one-1', submit)).status, (await send('one-1', submit)).status]).toEqual([200, 429, 200, 429]);
  });

  it('whose numbers are not told is passed over', async () => {
    stage.store.putPolicy('/products/starter', { inbound: '<rate-limit calls="@((int)context.Variables["calls"])" renewal-period="60" /><rate-limit calls="1" /><rate-limit-by-key calls="1" renewal-period="60" />' });
    expect(await send()).toMatchObject({ status: 200, headers: { 'x-sample-policies-passed-over': 'rate-limit, rate-limit-by-key' } });
  });
});

describe('rate-limit-by-key', () => {
  it.each([
    ['the subscription', '@(context.Subscription.Id)', [200, 429, 200]], ['the address', '@(context.Request.IpAddress)', [200, 429, 429]], ['a constant', 'all', [200, 429, 429]],
    ['a constant expression', '@("all")', [200, 429, 429]],
  ])('counts by %s', async (_, key, expected) => {
    stage.store.putPolicy('/apis/demo', { inbound: `<rate-limit-by-key calls="1" renewal-period="60" counter-key="${key}" />` });
    expect([...(await statuses(2)), ...(await statuses(1, 'two-1'))]).toEqual(expected);
    stage.pass(60);
    expect(await statuses(1)).toEqual([200]);
  });

  it('counts a call once, however many policies have the key', async () => {
    const limit = '<rate-limit-by-key calls="2" renewal-period="60" counter-key="all" />';
    stage.store.putPolicy('/apis/demo', { inbound: limit });
    stage.store.putPolicy('/products/starter', { inbound: limit });
    expect(await statuses(3)).toEqual([200, 200, 429]);
    stage.pass(60);
    stage.store.putPolicy('/apis/demo', { inbound: limit.replace('"2"', '"1"').replace(' />', ' remaining-calls-header-name="X-Left" />') });
    expect([(await send()).headers['x-left'], ...(await statuses(1))]).toEqual(['0', 429]);
  });

  it('counts what its condition says, as much as it says', async () => {
    stage.store.putPolicy('/apis/demo', { inbound: '<rate-limit-by-key calls="4" renewal-period="60" counter-key="all" increment-condition="@(context.Response.StatusCode == 500)" increment-count="2" />' });
    expect(await statuses(5)).toEqual([200, 200, 200, 200, 200]);
    stage.backend.answer((_, response) => void response.writeHead(500).end());
    expect(await statuses(3)).toEqual([500, 500, 429]);
  });

  it('counts each call, and says so, where its condition is not understood', async () => {
    stage.store.putPolicy('/apis/demo', { inbound: '<rate-limit-by-key calls="1" renewal-period="60" counter-key="all" increment-condition="@(context.Variables["x"])" />' });
    expect((await send()).headers['x-sample-policies-passed-over']).toBe('increment-condition');
    expect(await statuses(1)).toEqual([429]);
  });
});

describe('quota', () => {
  it('ends calls until its period is over, which begins with the first call', async () => {
    stage.store.putPolicy('/products/starter', { inbound: '<quota calls="2" renewal-period="604800" />' });
    expect(await statuses(2)).toEqual([200, 200]);
    stage.pass(160_609);
    expect(await send()).toMatchObject(quota('call volume', '5.03:23:11', 444_191));
    expect(await statuses(1, 'two-1')).toEqual([200]);
    stage.pass(444_191);
    expect(await statuses(1)).toEqual([200]);
  });

  it('can be one of bytes, of requests and answers', async () => {
    stage.store.putPolicy('/products/starter', { inbound: '<quota calls="100" bandwidth="3" renewal-period="12656" />' });
    stage.backend.answer((request, response) => void request.resume().on('end', () => response.end('x'.repeat(1_000))));
    const options = { body: 'x'.repeat(600) };
    expect([(await send('one-1', execute, { ...withKey('one-1'), ...options })).status, (await send('one-1', execute, { ...withKey('one-1'), ...options })).status]).toEqual([200, 200]);
    expect(await send()).toMatchObject(quota('bandwidth', '03:30:56', 12_656));
  });

  it('can last for ever', async () => {
    stage.store.putPolicy('/products/starter', { inbound: '<quota calls="1" renewal-period="0" />' });
    await send();
    stage.pass(1e9);
    const reply = await send();
    expect(reply).toMatchObject({ status: 403, json: { statusCode: 403, message: 'Out of call volume quota.' } });
    expect(reply.headers['retry-after']).toBeUndefined();
  });

  it('comes after the rate limit that stands before it', async () => {
    stage.store.putPolicy('/products/starter', { inbound: '<rate-limit calls="1" renewal-period="60" /><quota calls="2" renewal-period="604800" />' });
    expect(await statuses(2)).toEqual([200, 429]);
    stage.pass(60);
    expect(await statuses(1)).toEqual([200]);
    stage.pass(60);
    expect(await send()).toMatchObject({ status: 403 });
  });
});

describe('quota-by-key', () => {
  it('counts by its key in periods from its first day', async () => {
    stage.store.putPolicy('/apis/demo', { inbound: '<quota-by-key calls="2" renewal-period="3600" counter-key="@(context.Request.IpAddress)" first-period-start="2024-01-01T00:00:00Z" increment-count="1" />' });
    stage.pass(1_800);
    expect([...(await statuses(1)), ...(await statuses(1, 'two-1'))]).toEqual([200, 200]);
    expect(await send()).toMatchObject(quota('call volume', '00:30:00', 1_800));
    stage.pass(1_800);
    expect(await statuses(1)).toEqual([200]);
  });

  it('counts what its condition says, in calls and bytes', async () => {
    stage.store.putPolicy('/apis/demo', { inbound: '<quota-by-key bandwidth="1" renewal-period="3600" counter-key="all" increment-condition="@(context.Response.StatusCode >= 400)" />' });
    stage.backend.answer((_, response) => void response.end('x'.repeat(5_000)));
    expect(await statuses(2)).toEqual([200, 200]);
    stage.backend.answer((_, response) => void response.writeHead(404).end('x'.repeat(1_024)));
    expect(await statuses(1)).toEqual([404]);
    expect(await send()).toMatchObject(quota('bandwidth', '01:00:00', 3_600));
  });
});
