// The protocol of Studio (classic) services as features see it: facts, answers, faults, jobs and code, each through the value.

import { describe, expect, it } from 'vitest';
import type { Service } from '../../../../src/model/service';
import type { Transport, WireAnswer, WireRequest } from '../../../../src/model/wire';
import { parseEndpoint } from '../../../../src/protocols/studio/endpoint';
import { credentialOf } from '../../../../src/protocols/registry';
import { resultFile } from '../../../../src/protocols/studio/results';
import { studio } from '../../../../src/protocols/studio/studio';
import { toService } from '../../../../src/protocols/newService';

function serviceAt(address: string): Service {
  const reading = parseEndpoint(address);
  if (!reading.ok) throw new Error(reading.reason);
  return toService({ name: 'Weather', endpoint: reading.endpoint });
}

const classic = serviceAt('https://h.test/workspaces/w1/services/s1');
const exact = serviceAt('https://h.test/api/score?x=1');

function answering(text: string, status = 200): WireAnswer {
  return { status, statusText: '', headers: [{ name: 'x-request-id', value: 'r-1' }], body: Buffer.from(text) };
}

describe('facts', () => {
  it('tell what the address tells', () => {
    expect(studio.facts(classic)).toEqual({ base: classic.address, id: 's1', workspaceId: 'w1', gateway: false, needsServiceKey: true });
    expect(studio.facts(serviceAt('https://h.test/odata/workspaces/w1/services/s1')).base).toBe('https://h.test/workspaces/w1/services/s1');
    const base = 'https://h.test/models/subscriptions/b/services/s';
    expect(studio.facts(serviceAt(base))).toMatchObject({ base, workspaceId: 'b', gateway: true, needsServiceKey: false });
    expect(studio.facts(exact)).toMatchObject({
      base: exact.address, id: 'score', workspaceId: 'h.test', gateway: false, needsServiceKey: false,
      noJobs: { advice: expect.stringContaining('/workspaces/') },
    });
    expect(studio.facts(serviceAt('https://ussouthcentral.services.azureml.net/workspaces/w/services/s')).remark).toMatch(/retired/);
  });
});

describe('answers', () => {
  const context = { request: '{}', pause: () => Promise.resolve() };

  it('that say yes are tables, other JSON or none', async () => {
    const read = await studio.readAnswer(answering('{"Results":{"output1":[{"a":"1"}]}}'), context);
    expect(read).toMatchObject({ kind: 'tables', tables: [{ name: 'output1', rows: [['1']] }], notes: [] });
    expect(await studio.readAnswer(answering('{"b":1}'), context)).toEqual({ kind: 'otherJson', tables: [], notes: [] });
    expect(await studio.readAnswer(answering('<html>'), context)).toEqual({ kind: 'notJson', tables: [], notes: [] });
  });

  it('that say no tell whose fault it is, whether to try again, and the id of the request', async () => {
    const policy = { maxRepeats: 4, maxWaitMs: 60_000 };
    const error = { code: 'ServiceUnavailable', message: 'm', details: [{ code: 'NoMoreResources', message: 'n' }] };
    const busy = await studio.readFault(answering(JSON.stringify({ error }), 503), 0);
    expect(busy).toMatchObject({ source: 'service', code: 'ServiceUnavailable', detailCodes: ['NoMoreResources'], requestId: 'r-1' });
    expect([busy.repeatAfterMs(0, policy, () => 1), busy.repeatAfterMs(4, policy, () => 1)]).toEqual([1000, undefined]);
    const gateway = await studio.readFault(answering('{"statusCode":401,"message":"Access denied"}', 401), 0);
    expect(gateway).toMatchObject({ source: 'gateway', detailCodes: [] });
    expect([gateway.code, gateway.repeatAfterMs(0, policy, () => 1)]).toEqual([undefined, undefined]);
  });
});

describe('calls', () => {
  function tools(answer: WireAnswer): { readonly asked: WireRequest[]; readonly transport: Transport } {
    const asked: WireRequest[] = [];
    const send: Transport['send'] = (request) => {
      asked.push(request);
      return Promise.resolve({ ok: true, answer });
    };
    return { asked, transport: { send, open: () => Promise.reject(new Error('Nothing is opened.')), close: () => Promise.resolve() } };
  }

  const credential = () => Promise.resolve(credentialOf(classic, { serviceKey: 'a-key-of-ours' }));
  const call = { service: classic, credential, timeoutMs: 1000 };
  const never = new AbortController().signal;
  const outside = { clock: { now: () => 0, sleep: () => Promise.resolve() }, random: () => 0, log: () => undefined };
  const once = { source: 'a.json', repeats: { maxRepeats: 0, maxWaitMs: 0 } };

  it('score, and carry the key', async () => {
    const { asked, transport } = tools(answering('{"Results":{"output1":[{"a":"1"}]}}'));
    const request = studio.readRequest('{"Inputs":{"i":[{"a":1}]}}');
    const exchange = await studio.score({ ...call, ...once, request }, { ...outside, transport }, never, () => undefined);
    expect(exchange.tables).toHaveLength(1);
    expect(asked.map(({ url }) => url)).toEqual([`${classic.address}/execute?api-version=2.0&format=swagger`]);
    expect(asked[0]?.headers).toContainEqual({ name: 'Authorization', value: 'Bearer a-key-of-ours' });
  });

  it('do not send a key that belongs to another service', async () => {
    const { asked, transport } = tools(answering('"id"'));
    const stolen = { ...call, service: serviceAt('https://evil.test/workspaces/w1/services/s1') };
    const jobTools = { transport, now: () => 0, log: () => undefined };
    await expect(studio.batch.submit(stolen, '{}', jobTools, never)).rejects.toThrow('is not sent to another address');
    const scoring = studio.score({ ...stolen, ...once, request: { json: '{}' } }, { ...outside, transport }, never, () => undefined);
    await expect(scoring).rejects.toThrow('is not sent');
    await expect(studio.check(stolen, transport, never)).rejects.toThrow('is not sent');
    expect(asked).toEqual([]);
  });

  it('check, and give the key to nobody', async () => {
    const { asked, transport } = tools(answering('{}'));
    expect(await studio.check(call, transport, never)).toMatchObject({ kind: 'answering' });
    expect(asked).toMatchObject([{ method: 'GET', url: `${classic.address}/swagger.json`, headers: [] }]);
  });
});

it('the files of a job are where their references say, each address once', () => {
  const plain = resultFile({ name: 'o', base: 'https://a.test/', location: 'c/b.csv', sas: '?sig=x' });
  expect(plain).toEqual({ name: 'o', urls: ['https://a.test/c/b.csv?sig=x'] });
  expect(resultFile({ name: 'o', base: 'https://a.test/', location: 'c/b%20c.csv', sas: '?sig=x' }).urls).toHaveLength(2);
  expect(resultFile({ name: 'o', base: 'ftp://a.test/', location: 'c/b.csv', sas: '' })).toEqual({ name: 'o', urls: [] });
});

describe('code', () => {
  it('has programs for requests and jobs, and no jobs where the address has no place for them', async () => {
    const code = await studio.codeFor(classic);
    expect(code.languages.map(({ id }) => id)).toContain('python');
    expect(code.request('python', undefined)).toContain('column1');
    expect(code.request('curl', '{"Inputs":{"i":[{"a":"b"}]}}')).toContain('format=swagger');
    expect(code.job?.('r', { inputs: [{}], parametersJson: '' })).toContain('/jobs');
    expect((await studio.codeFor(exact)).job).toBeUndefined();
    expect(() => code.request('cobol', undefined)).toThrow('no language "cobol"');
  });

  it('knows a request when it sees one', async () => {
    const { requestIn } = await studio.codeFor(classic);
    expect(requestIn('{"Inputs": {"i": [{"a": 1}]}} // mine')).toBe('{"Inputs":{"i":[{"a":1}]}}');
    expect(requestIn('{"Input": 1}')).toBeUndefined();
    const long = `{"Inputs":{"i":[${'{"a":"1"},'.repeat(30_000)}{"a":"1"}]}}`;
    expect([requestIn(long), requestIn('x'.repeat(300_000))]).toEqual([long, undefined]);
  });

  it('tells of the service as its page shows it', async () => {
    expect((await studio.codeFor(classic)).page({}).ways.map(({ name }) => name)).toEqual(['Request-response', 'Batch']);
  });
});
