// Long operations: how they go on, how they end, and that one write at a time concerns an instance.

import { describe, expect, it } from 'vitest';
import { Cancelled } from '../../../src/model/errors';
import { armAt, failureOf, instance, no, type Says } from './armServer';

const api = `${instance}/apis/weather`;

/** What is answered to a write and the questions after it, in order; `BASE` in headers stands for the server's address. */
function scripted(script: readonly Says[]) {
  return armAt((_call, index, base) => {
    const says = script[index] ?? { status: 418 };
    const headers = Object.fromEntries(Object.entries(says.headers ?? {}).map(([name, value]) => [name, String(value).replaceAll('BASE', base)]));
    return { ...says, headers };
  });
}

const running = { properties: { provisioningState: 'InProgress' } };
const whole = { id: api, name: 'weather', properties: { path: 'weather', unknown: { kept: true } } };
const signed = (n: number): string => `BASE${instance}/operationResults/op?api-version=2024-05-01&t=${n}&s=${'abcXYZ019'.repeat(450)}${n}`;

describe('a long operation', () => {
  it.each<[string, Says[], string[], object]>([
    ['202 without a body, then 201', [
      { status: 202, headers: { Location: `BASE${api}?api-version=2024-05-01&asyncId=1&asyncCode=201` } }, { status: 202 },
      { status: 201, body: whole, headers: { etag: '"1"' } },
    ], ['asyncId=1', 'asyncId=1'], { status: 201, etag: '"1"', body: whole }],
    ['200 that is still running, with Azure-AsyncOperation first', [
      { status: 200, body: running, headers: { location: 'BASE/other', 'Azure-AsyncOperation': signed(1) } },
      { status: 200, body: { status: 'InProgress' }, headers: { 'azure-asyncoperation': signed(2) } },
      { status: 200, body: { properties: { status: 'Succeeded' } } }, { status: 200, body: whole, headers: { ETag: '"2"' } },
    ], ['t=1&', 't=2&', 'apis/weather?api-version=2024-05-01'], { status: 200, etag: '"2"', body: whole }],
    ['201 Created, Location only, then the whole', [
      { status: 201, body: { properties: { provisioningState: 'Created' } }, headers: { Location: 'BASE/operations/1?x', 'Retry-After': '60' } },
      { status: 202, headers: { Location: 'BASE/operations/2?x', 'Retry-After': '60' } }, { status: 200, body: whole },
    ], ['/operations/1', '/operations/2'], { status: 200, body: whole }],
    ['a last answer of 204, after which the resource is read', [
      { status: 201, body: { properties: { provisioningState: 'Activating' } }, headers: { Location: 'BASE/operations/1' } }, { status: 204 },
      { status: 200, body: whole, headers: { ETag: '"3"' } },
    ], ['/operations/1', 'apis/weather'], { status: 200, body: whole, etag: '"3"' }],
    ['an address without a host', [{ status: 202, headers: { Location: '/operations/1' } }, { status: 200, body: whole }], ['/operations/1'], { body: whole }],
    ['no address, the resource tells', [
      { status: 201, body: running }, { status: 200, body: running }, { status: 200, body: { ...whole, properties: { provisioningState: 'Succeeded' } } },
    ], ['apis/weather', 'apis/weather'], { body: { ...whole, properties: { provisioningState: 'Succeeded' } } }],
    ['a Location that is still at work with 200', [
      { status: 202, headers: { Location: 'BASE/operations/1' } }, { status: 200, body: running, headers: { Location: 'BASE/operations/2' } },
      { status: 200, body: whole },
    ], ['/operations/1', '/operations/2'], { body: whole }],
    ['a fault on the way', [{ status: 202, headers: { Location: 'BASE/operations/1' } }, { status: 502 }, { status: 0, cut: true }, { status: 200, body: whole }],
      ['/operations/1', '/operations/1', '/operations/1'], { body: whole }],
  ])('%s', async (_name, script, asked, answer) => {
    const { arm, came, options, waits } = await scripted(script);
    const states: (string | undefined)[] = [];
    const onPoller = (state: string | undefined) => Promise.resolve(void states.push(state));
    expect(await arm.put(api, { properties: {} }, { ...options, onPoller })).toMatchObject(answer);
    expect(came.slice(1).map((call) => call.url)).toEqual(asked.map((part) => expect.stringContaining(part) as string));
    expect(came.slice(1).every((call) => call.method === 'GET')).toBe(true);
    expect(states.slice(0, -1).every((state) => state !== undefined && !state.includes('kept'))).toBe(true);
    expect(states.length).toBeGreaterThan(1);
    expect(states.at(-1)).toBeUndefined();
    expect(waits[0]?.reason).toBe('running');
  });

  it('waits as it is told, else longer each time', async () => {
    const { arm, options, slept } = await scripted([
      { status: 202, headers: { Location: 'BASE/operations/1', 'Retry-After': '60' } }, { status: 202 }, { status: 202 }, { status: 202, headers: { 'retry-after': '0' } },
      { status: 200, body: whole },
    ]);
    await arm.put(api, {}, options);
    expect(slept).toEqual([60_000, 1_000, 2_000, 250]);
  });

  it('is none where all is there', async () => {
    const { arm, came, options } = await scripted([
      { status: 200, body: { ...whole, properties: { provisioningState: 'Succeeded' } }, headers: { Location: 'BASE/operations/1' } }, { status: 201, body: whole },
      { status: 202 }, { status: 200, body: whole },
    ]);
    expect((await arm.put(api, {}, options)).status).toBe(200);
    expect((await arm.put(api, {}, options)).status).toBe(201);
    expect(await arm.delete(api, options)).toEqual({ status: 202, body: undefined });
    expect(came.length).toBe(3);
  });

  it('of deleting ends with nothing, also where nobody knows it any more', async () => {
    const { arm, options } = await scripted([
      { status: 202, body: whole, headers: { Location: 'BASE/operations/1' } }, { status: 202 }, { status: 200 },
      { status: 202, headers: { Location: 'BASE/operations/1' } }, { status: 404 }, { status: 404, body: no('ResourceNotFound', 'Gone.') },
    ]);
    expect(await arm.delete(api, options)).toEqual({ status: 200, body: undefined });
    expect((await arm.delete(api, options)).body).toBeUndefined();
  });

  it.each<[string, Says, object]>([
    ['an error for an answer', { status: 400, body: no('ActivationFailed', 'Unable to activate.') }, { reason: 'invalid', status: 400, code: 'ActivationFailed' }],
    ['412', { status: 412, body: no('PreconditionFailed', 'x') }, { reason: 'changed' }],
    ['Failed', { status: 200, body: { status: 'Failed', ...no('QuotaExceeded', 'Too many.') } }, { reason: 'other', code: 'QuotaExceeded', detail: 'QuotaExceeded: Too many.' }],
    ['Canceled', { status: 200, body: { status: 'Canceled' } }, { reason: 'other' }],
    ['properties.status', { status: 200, body: { properties: { status: 'Failed' } } }, { reason: 'other' }],
    ['another host', { status: 202, headers: { 'Azure-AsyncOperation': 'https://evil.example.test/x' } }, { reason: 'foreignHost' }],
  ])('ends in %s', async (_name, end, error) => {
    const { arm, options, came } = await scripted([{ status: 201, body: running, headers: { 'Azure-AsyncOperation': 'BASE/operations/1' } }, end]);
    const states: (string | undefined)[] = [];
    const put = arm.put(api, {}, { ...options, onPoller: (state) => Promise.resolve(void states.push(state)) });
    expect(await failureOf(put)).toMatchObject(error);
    expect([came.length, states.length, states.at(-1)]).toEqual([2, 2, undefined]);
  });

  it('that nobody knows any more is looked for, for a while', async () => {
    const { arm, options, came, slept } = await armAt((call, index, base) => {
      if (call.method === 'PUT') return { status: 202, headers: { Location: `${base}${api}?asyncId=1` } };
      return index < 4 ? { status: 404, body: no('ResourceNotFound', 'Api not found.') } : { status: 200, body: whole, headers: { ETag: '"4"' } };
    });
    expect(await arm.put(api, {}, options)).toEqual({ status: 200, body: whole, etag: '"4"' });
    expect(came.map((call) => call.url.includes('asyncId'))).toEqual([false, true, false, false, false]);
    expect(slept).toEqual([500, 2_000, 2_000]);
  });

  it('is taken for done only when its ETag is another, where that is known', async () => {
    const answer = (etags: readonly string[]) => armAt((call, index, base) => {
      if (call.method === 'PUT') return { status: 202, headers: { Location: `${base}${api}?asyncId=1` } };
      return index === 1 ? { status: 404 } : { status: 200, body: whole, headers: { ETag: etags[Math.min(index - 2, etags.length - 1)] ?? '' } };
    });
    const changed = await answer(['"old"', '"old"', '"new"']);
    expect(await changed.arm.put(api, {}, { ...changed.options, ifMatch: '"old"' })).toMatchObject({ etag: '"new"' });
    const same = await answer(['"old"']);
    expect(await same.arm.put(api, {}, { ...same.options, ifMatch: '"old"' })).toMatchObject({ etag: '"old"' });
    expect(same.slept.slice(1).reduce((sum, ms) => sum + ms, 0)).toBe(30_000);
  });

  it('that has failed at once needs no question', async () => {
    const { arm, options, came } = await scripted([{ status: 201, body: { properties: { provisioningState: 'Failed' } } }]);
    expect(await failureOf(arm.put(api, {}, options))).toMatchObject({ reason: 'other', message: 'The change to contoso/apis/weather failed.' });
    expect(came.length).toBe(1);
  });

  it('and not for ever', async () => {
    const { arm, options, slept } = await armAt((call, _index, base) => (call.method === 'PUT' ? { status: 202, headers: { Location: `${base}/1` } } : { status: 404 }));
    expect(await failureOf(arm.put(api, {}, options))).toMatchObject({ reason: 'notFound', status: 404, message: expect.stringContaining('lost track') as string });
    expect(slept.slice(1).reduce((sum, ms) => sum + ms, 0)).toBe(30_000);
  });
});

describe('an operation that is carried on', () => {
  it('asks where it was asked last, and gives the resource', async () => {
    const { arm, options, came, lines } = await scripted([
      { status: 201, body: running, headers: { 'Azure-AsyncOperation': signed(1) } }, { status: 200, body: { status: 'InProgress' }, headers: { 'Azure-AsyncOperation': signed(2) } },
      { status: 200, body: { status: 'Succeeded' } }, { status: 200, body: whole },
    ]);
    const stop = new AbortController();
    let kept = '';
    const onPoller = (state: string | undefined) => {
      if (state?.includes('t=2')) stop.abort();
      kept = state ?? '';
      return Promise.resolve();
    };
    await expect(arm.put(api, {}, { ...options, signal: stop.signal, onPoller })).rejects.toThrow(Cancelled);
    expect(kept).toContain('t=2');
    const states: (string | undefined)[] = [];
    expect(await arm.resume(kept, { ...options, onPoller: (state) => Promise.resolve(void states.push(state)) })).toEqual({ status: 200, body: whole });
    expect(came.map((call) => /t=\d/.exec(call.url)?.[0])).toEqual([undefined, 't=1', 't=2', undefined]);
    expect(states).toEqual([kept, undefined]);
    expect(lines.join('\n')).not.toMatch(/abcXYZ|\?/);
  });

  it('is kept where only the network failed', async () => {
    const { arm, options } = await armAt((call, _index, base) => (call.method === 'PUT' ? { status: 202, headers: { Location: `${base}/1` } } : { status: 0, cut: true }));
    const states: (string | undefined)[] = [];
    const put = arm.put(api, {}, { ...options, onPoller: (state) => Promise.resolve(void states.push(state)) });
    expect((await failureOf(put)).reason).toBe('network');
    expect(states).toEqual([expect.stringContaining('/1')]);
  });

  it.each([
    '', '{', 'null', '{"state":{"status":"running","config":{}}}', '{"state":{"status":"succeeded"}}',
    '{"state":{"status":"running","config":{"initialRequestUrl":"x","requestMethod":"PUT","operationLocation":"secret-address","metadata":{"mode":"Body"}}}}',
  ])('is refused where its state is %s', async (state) => {
    const { arm, options, came } = await scripted([]);
    const error = await failureOf(arm.resume(state, options));
    expect([error.reason, came]).toEqual(['other', []]);
    expect(JSON.stringify(error) + error.message).not.toContain('secret-address');
  });

  it('is refused where its state is of another endpoint', async () => {
    const { arm, options, base } = await scripted([]);
    const config = { initialRequestUrl: `${base}${api}`, requestMethod: 'PUT', operationLocation: 'https://evil.example.test/1', metadata: { mode: 'ResourceLocation' } };
    expect((await failureOf(arm.resume(JSON.stringify({ state: { status: 'running', config } }), options))).reason).toBe('foreignHost');
  });
});

describe('writes', () => {
  it('on one instance wait for one another, by whatever client; reads and other instances do not', async () => {
    const held: (() => void)[] = [];
    const setting = await armAt((call) => (call.method === 'GET' || call.url.includes('other')
      ? { status: 200, body: { value: [] } } : new Promise((resolve) => held.push(() => resolve({ status: 200, body: {} })))));
    const { arm, options, came } = setting;
    const first = arm.put(api, { n: 1 }, options);
    const second = arm.patch(`${instance.toUpperCase().replace('SUBSCRIPTIONS', 'subscriptions')}/products/p`, { n: 2 }, options);
    const stop = new AbortController();
    const third = arm.delete(`${instance}/apis/third`, { ...options, signal: stop.signal });
    await arm.put(`${instance}2/apis/other`, {}, options);
    await arm.get(api, options);
    await expect.poll(() => held.length).toBe(1);
    stop.abort();
    await expect(third).rejects.toThrow(Cancelled);
    held[0]?.();
    await first;
    await expect.poll(() => held.length).toBe(2);
    held[1]?.();
    await second;
    expect(came.filter((call) => call.body !== '' && !call.url.includes('other')).map((call) => call.body)).toEqual(['{"n":1}', '{"n":2}']);
    expect(came.some((call) => call.url.includes('third'))).toBe(false);
  });

  it('hold their turn until the operation is over, also after a failure', async () => {
    const { arm, options, came } = await armAt((call, index, base) => {
      if (index === 0) return { status: 202, headers: { Location: `${base}/1` } };
      return call.method === 'GET' ? { status: 400, body: no('ValidationError', 'x') } : { status: 200, body: {} };
    });
    const [first, second] = await Promise.allSettled([arm.put(api, {}, options), arm.put(`${instance}/apis/b`, {}, options)]);
    expect([first.status, second.status]).toEqual(['rejected', 'fulfilled']);
    expect(came.map((call) => call.method)).toEqual(['PUT', 'GET', 'PUT']);
  });
});
