// Faults on demand over real sockets: each does what it says, to the call it is for, and no other.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startSample, type Sample } from '../../../src/sample/server';
import { base, call, counters, execute, goodDay, goodDayRow, key, plan, until } from './sampleClient';

let sample: Sample;
beforeEach(async () => {
  sample = await startSample({ port: 0, key });
});
afterEach(() => sample.stop());

const score = (signal?: AbortSignal): ReturnType<typeof call> => call(sample.baseUrl, execute, { body: goodDay, ...(signal ? { signal } : {}) });
const none = { execute: 0, swagger: 0, submit: 0, start: 0, status: 0, cancel: 0 };
const normal = { Results: { output1: { type: 'table', value: { Values: [goodDayRow] } } } };

describe('planning', () => {
  it('gives each call one fault in order, counts calls, and tells what is pending', async () => {
    await plan(sample.baseUrl, { status: 500, times: 2 }, { status: 404, operation: 'swagger' }, { status: 418 });
    expect((await score()).status).toBe(500);
    expect(await counters(sample.baseUrl)).toEqual({
      pending: [{ status: 500, times: 1 }, { status: 404, operation: 'swagger', times: 1 }, { status: 418, times: 1 }],
      calls: { ...none, execute: 1 },
      aborted: 0,
    });
    expect([(await score()).status, (await score()).status, (await score()).status]).toEqual([500, 418, 200]);
    const describe = (): ReturnType<typeof call> => call(sample.baseUrl, `${base}/swagger.json`, { method: 'GET' });
    expect([(await describe()).status, (await describe()).status]).toEqual([404, 200]);
    expect(await counters(sample.baseUrl)).toEqual({ pending: [], calls: { ...none, execute: 4, swagger: 2 }, aborted: 0 });
  });

  it('forgets what is pending and says for how many calls it was', async () => {
    await plan(sample.baseUrl, { status: 500, times: 3 }, { never: true });
    expect((await call(sample.baseUrl, '/faults', { method: 'DELETE' })).json).toEqual({ left: 4 });
    expect((await score()).status).toBe(200);
    expect((await call(sample.baseUrl, '/faults', { method: 'DELETE' })).json).toEqual({ left: 0 });
  });

  it('plans nothing when one of the faults is wrong, and names the member', async () => {
    const reply = await call(sample.baseUrl, '/faults', { body: '{"faults":[{"never":true},{"bytes":"many"}]}' });
    expect(reply.json).toMatchObject({ error: { details: [{ message: expect.stringContaining('faults[1].bytes must be a whole number') }] } });
    expect((await counters(sample.baseUrl)).pending).toEqual([]);
  });

  it('takes faults from a caller with the key only', async () => {
    const reply = await call(sample.baseUrl, '/faults', { body: '{"faults":[{"never":true}]}', headers: { Authorization: 'Bearer no' } });
    expect(reply.status).toBe(401);
    expect((await counters(sample.baseUrl)).pending).toEqual([]);
  });
});

describe('answers', () => {
  it('sends a status with headers and a text, JSON, or nothing', async () => {
    await plan(sample.baseUrl, { status: 302, headers: { Location: '/x' } }, { status: 502, body: '<html>', headers: { 'content-type': 'text/html' } }, { status: 400, body: { a: 1 } }, { status: 204 }, { status: 500, body: 'no' });
    expect(await score()).toMatchObject({ status: 302, text: '', headers: { location: '/x' } });
    expect(await score()).toMatchObject({ status: 502, text: '<html>', headers: { 'content-type': 'text/html' } });
    expect(await score()).toMatchObject({ status: 400, json: { a: 1 }, headers: { 'content-type': 'application/json; charset=utf-8' } });
    expect(await score()).toMatchObject({ status: 204, text: '' });
    expect(await score()).toMatchObject({ status: 500, text: 'no', headers: { 'content-type': 'text/plain; charset=utf-8' } });
  });

  it('throttles as the service does and as a gateway does', async () => {
    const retryAfterDate = new Date(Date.now() + 90_000).toUTCString();
    await plan(sample.baseUrl, { throttle: { retryAfterSeconds: 7 } }, { throttle: { retryAfterSeconds: 5, gateway: true } }, { throttle: { retryAfterDate, gateway: true } }, { throttle: { retryAfterDate } });
    expect(await score()).toMatchObject({
      status: 503,
      headers: { 'retry-after': '7' },
      json: { error: { code: 'ServiceUnavailable', details: [{ code: 'TooManyConcurrentRequests' }] } },
    });
    expect(await score()).toMatchObject({ status: 429, headers: { 'retry-after': '5' }, json: { statusCode: 429, message: 'Rate limit is exceeded. Try again in 5 seconds.' } });
    const dated = await score();
    expect(dated).toMatchObject({ status: 429, headers: { 'retry-after': retryAfterDate } });
    expect(Number(/in (\d+) seconds/.exec(dated.text)?.[1])).toBeGreaterThan(1);
    expect(await score()).toMatchObject({ status: 503, headers: { 'retry-after': retryAfterDate } });
  });

  it('sends half of the JSON as if it were the whole', async () => {
    const { text } = await score();
    await plan(sample.baseUrl, { brokenJson: true });
    const broken = await score();
    expect(broken).toMatchObject({ status: 200, json: undefined });
    expect(broken.text).toBe(text.slice(0, text.length / 2));
  });

  it('sends the normal answer slowly, or later', async () => {
    await plan(sample.baseUrl, { slowBody: { bytes: 100, everyMs: 1 } }, { delayMs: 10 });
    expect((await score()).json).toMatchObject(normal);
    expect((await score()).json).toMatchObject(normal);
  });

  it('checks key and body as ever when the fault is only late, slow or broken', async () => {
    await plan(sample.baseUrl, { delayMs: 1 }, { slowBody: { bytes: 100, everyMs: 1 } });
    expect((await call(sample.baseUrl, execute, { body: goodDay, headers: { Authorization: '' } })).status).toBe(401);
    expect((await call(sample.baseUrl, execute, { body: '[]' })).status).toBe(400);
  });

  it('makes a table of many bytes', async () => {
    await plan(sample.baseUrl, { bytes: 10_000_000 });
    const reply = await score();
    expect(reply.headers['content-length']).toBe(String(Buffer.byteLength(reply.text)));
    expect(Math.abs(reply.text.length - 10_000_000)).toBeLessThan(100);
    expect(JSON.parse(reply.text).Results.output1.type).toBe('table');
  });

  it('echoes names of headers and the size of the body, and no secret', async () => {
    await plan(sample.baseUrl, { echo: true });
    const headers = { 'User-Agent': 'tests', 'X-Any-Key': 'hidden-one', 'Ocp-Apim-Subscription-Key': 'hidden-two' };
    const reply = await call(sample.baseUrl, execute, { body: goodDay, headers });
    const rows = JSON.parse(reply.text).Results.output1.value.Values;
    expect(rows).toEqual(expect.arrayContaining([
      ['Method', 'POST'], ['Body bytes', String(goodDay.length)], ['Header User-Agent', 'tests'], ['Header X-Any-Key', '(not shown)'],
      ['Header Ocp-Apim-Subscription-Key', '(not shown)'], ['Header Authorization', '(not shown)'],
    ]));
    for (const secret of [key, 'hidden-one', 'hidden-two']) expect(reply.text).not.toContain(secret);
  });
});

describe('connections', () => {
  it('cuts before an answer and in the middle of one, and does not count these as aborted', async () => {
    await plan(sample.baseUrl, { cut: 'before' }, { cut: 'middle' });
    await expect(score()).rejects.toThrow('socket hang up');
    await expect(score()).rejects.toThrow('aborted');
    expect((await score()).status).toBe(200);
    expect(await counters(sample.baseUrl)).toMatchObject({ calls: { execute: 3 }, aborted: 0 });
  });

  it('delivers a part of the answer before it cuts in the middle', async () => {
    await plan(sample.baseUrl, { cut: 'middle' });
    const response = await fetch(`${sample.baseUrl}${execute}`, { method: 'POST', body: goodDay, headers: { Authorization: `Bearer ${key}` } });
    const reader = response.body?.getReader();
    const first = await reader?.read();
    expect(first?.value?.length).toBe(Math.floor(Number(response.headers.get('content-length')) / 2));
    await expect(reader?.read()).rejects.toThrow();
  });

  it.each([
    ['a call that is never answered', { never: true }],
    ['a long delay', { delayMs: 600_000 }],
    ['a body that is slow', { slowBody: { bytes: 1, everyMs: 600_000 } }],
    ['a large answer', { bytes: 2_000_000_000 }],
  ])('notices at once when the client goes away during %s', async (_, fault) => {
    await plan(sample.baseUrl, fault);
    const away = new AbortController();
    const pending = expect(score(away.signal)).rejects.toThrow();
    await until(async () => (await counters(sample.baseUrl)).pending.length === 0);
    away.abort();
    await pending;
    await until(async () => (await counters(sample.baseUrl)).aborted === 1);
    expect((await score()).status).toBe(200);
  });

  it('stops at once while calls are waiting', async () => {
    await plan(sample.baseUrl, { never: true }, { delayMs: 600_000 });
    const waiting = [expect(score()).rejects.toThrow(), expect(score()).rejects.toThrow()];
    await until(async () => (await counters(sample.baseUrl)).pending.length === 0);
    await sample.stop();
    await Promise.all(waiting);
    await sample.stop();
    await expect(score()).rejects.toThrow('ECONNREFUSED');
  });
});
