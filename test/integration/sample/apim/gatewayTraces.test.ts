// Traces of the stand-in: a token for one API from ARM, a call with it through the gateway, and what the trace tells of the call.

import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { member } from '../../../../src/base/shape';
import { instanceId } from '../../../../src/sample/apim/place';
import type { Reply } from '../sampleClient';
import { callAt, codeOf, noon, startRunning, type ArmReply, type Running } from './armClient';
import { ask, execute, startBackend, withKey, type AskOptions, type Backend } from './gatewayTools';
import { guideOperations } from './memoryStore';

let apim: Running;
let backend: Backend;
let time = noon;
const told: string[] = [];
beforeAll(async () => {
  apim = await startRunning({ now: () => time, tell: (line) => told.push(line) });
  backend = await startBackend();
  await apim.put('/apis/demo', { displayName: 'Demo', path: 'demo', serviceUrl: backend.url, protocols: ['http'], subscriptionRequired: true });
  for (const [id, method, urlTemplate] of guideOperations)
    apim.apim.store.put(`/apis/demo/operations/${id}`, { displayName: id, method, urlTemplate, templateParameters: [] });
  await apim.put('/subscriptions/some', { displayName: 'some', scope: `${instanceId}/apis/demo`, primaryKey: 'some-key-1', secondaryKey: 'some-key-2' });
  await apim.put('/namedValues/secret', { displayName: 'secret', value: 'a-secret-value', secret: true });
});
afterEach(async () => {
  await callAt(`${apim.apim.place.endpoint}/sample/faults`, 'DELETE');
  apim.apim.store.delete('/apis/demo/policies/policy');
});
afterAll(async () => {
  await apim.apim.stop();
  await backend.stop();
});

const demo = `${instanceId}/apis/demo`;
const usual = { credentialsExpireAfter: 'PT1H', apiId: demo, purposes: ['tracing'] };
const credentials = (body: object = usual): Promise<ArmReply> => apim.call('POST', '/gateways/managed/listDebugCredentials', { body });
const newToken = async (body?: object): Promise<string> => String(member((await credentials(body)).json, 'token'));
const list = (traceId: unknown): Promise<ArmReply> => apim.call('POST', '/gateways/managed/listTrace', { body: { traceId } });
const policy = (inbound: string, outbound = ''): Promise<ArmReply> => apim.put('/apis/demo/policies/policy', {
  value: `<policies><inbound><base />${inbound}</inbound><backend><base /></backend><outbound><base />${outbound}</outbound><on-error><base /></on-error></policies>`, format: 'rawxml',
});
const send = (token: string, { headers = {}, ...options }: AskOptions = {}): Promise<Reply> =>
  ask(`${apim.apim.gatewayUrl}${execute}`, { method: 'POST', body: '{}', ...options, headers: { ...withKey('some-key-1').headers, 'Apim-Debug-Authorization': token, ...headers } });

interface Line {
  readonly source: string;
  readonly elapsed: string;
  readonly data: Readonly<Record<string, unknown>>;
}
type Lines = Readonly<Record<string, readonly Line[]>>;

async function traceOf(reply: Reply): Promise<Lines> {
  for (;;) {
    const { status, json } = await list(reply.headers['apim-trace-id']);
    // It is kept at the end of the call, which the caller may see first.
    if (status === 200) return JSON.parse(JSON.stringify(member(json, 'traceEntries')));
  }
}

describe('a token', () => {
  it('is given for one API, for an hour at most', async () => {
    expect(await newToken()).toMatch(/^aid=demo&p=tracing&/);
    expect((await credentials({ apiId: demo, purposes: ['tracing'] })).status).toBe(200);
  });

  it.each([
    ['credentialsExpireAfter', { ...usual, credentialsExpireAfter: 'PT61M' }],
    ['credentialsExpireAfter', { ...usual, credentialsExpireAfter: 'P1D' }],
    ['credentialsExpireAfter', { ...usual, credentialsExpireAfter: 'PT0S' }],
    ['purposes', { ...usual, purposes: ['other'] }],
    ['purposes', { ...usual, purposes: undefined }],
    ['apiId', { ...usual, apiId: 'demo' }],
    ['apiId', { ...usual, apiId: `${demo}/operations/execute` }],
    ['traceId', {}],
  ])('is not given where %s makes no sense', async (target, body) => {
    const reply = await (target === 'traceId' ? list(undefined) : credentials(body));
    expect([reply.status, member(member(reply.json, 'error'), 'details')]).toEqual([400, [expect.objectContaining({ target })]]);
  });

  it('is not given for an API, a gateway or by a method that is not there', async () => {
    expect((await credentials({ ...usual, apiId: `${instanceId}/apis/none` })).status).toBe(404);
    expect((await apim.call('POST', '/gateways/own/listDebugCredentials', { body: usual })).status).toBe(404);
    expect((await apim.call('POST', '/gateways/managed/other', { body: usual })).status).toBe(404);
    expect((await apim.call('GET', '/gateways/managed/listTrace')).status).toBe(405);
  });

  it.each([['forbidden', 403, 'AuthorizationFailed'], ['throttle', 429, 'SubscriptionRequestsThrottled'], ['activating', 400, 'InvalidOperation']])(
    'meets the faults of ARM: %s', async (fault, status, code) => {
      await apim.fault({ fault });
      const reply = await credentials();
      expect([reply.status, codeOf(reply)]).toEqual([status, code]);
    });
});

describe('a call with a token', () => {
  it('leaves a trace of what the policies have done, and of what went to the backend and came back', async () => {
    await policy(
      '<set-header name="X-In" exists-action="override"><value>{{secret}}</value></set-header><rewrite-uri template="/v2" /><wait />',
      '<set-header name="X-Backend" exists-action="delete" /><set-status code="201" reason="Made" />',
    );
    const reply = await send(await newToken());
    expect([reply.status, reply.headers['apim-trace-id']]).toEqual([201, expect.stringMatching(/^[0-9a-f]{36}$/)]);
    expect(backend.last().headers).not.toHaveProperty('apim-debug-authorization');
    const { inbound = [], backend: forwarded = [], outbound = [], 'on-error': failed } = await traceOf(reply);
    expect(inbound.map(({ source }) => source)).toEqual(['api-inspector', 'api-inspector', 'set-header', 'rewrite-uri', 'wait']);
    expect(inbound[1]?.data).toMatchObject({ configuration: { api: { from: '/demo' }, operation: { method: 'POST' }, product: '-' } });
    expect(inbound[2]?.data).toEqual({ message: 'Specified value was assigned to the header (see below).', header: { name: 'X-In', value: 'a-secret-value' } });
    expect(inbound[3]?.data).toMatchObject({ message: 'Request URL was changed.', request: { url: '/v2' } });
    expect(inbound[4]?.data).toEqual({ message: 'The sample passes over this policy.' });
    const [request, answer] = forwarded;
    expect(request?.data).toMatchObject({ request: { method: 'POST', url: `${backend.url}/v2` } });
    expect(answer?.data).toMatchObject({ response: { status: { code: 200, reason: 'OK' } } });
    expect(outbound.map(({ source, data }) => [source, data['message'], data['header']])).toEqual([
      ['set-header', 'Header was removed (see below).', { name: 'X-Backend' }],
      ['set-status', "Response status code was set to '201'.", undefined],
      ['transfer-response', undefined, undefined],
    ]);
    expect(failed).toEqual([]);
    const all = [...inbound, ...forwarded, ...outbound].map(({ elapsed }) => elapsed);
    expect(all).toEqual([...all].sort());
    expect(all.every((each) => /^00:00:\d\d\.\d{7}$/.test(each))).toBe(true);
  });

  it('tells the error that ended it, and whose it was', async () => {
    await policy('<rate-limit-by-key calls="1" renewal-period="60" counter-key="trace" />');
    const token = await newToken();
    expect((await send(token)).status).toBe(200);
    const reply = await send(token);
    expect(reply.status).toBe(429);
    const { inbound = [], 'on-error': failed = [], backend: forwarded } = await traceOf(reply);
    expect([inbound.length, forwarded]).toEqual([2, []]);
    expect(failed[0]).toMatchObject({ source: 'rate-limit-by-key', data: { messages: [expect.stringMatching(/^Rate limit is exceeded/)] } });
  });

  it('tells where a key was missing', async () => {
    const reply = await send(await newToken(), { headers: { 'Ocp-Apim-Subscription-Key': '' } });
    expect(reply.status).toBe(401);
    expect((await traceOf(reply))['on-error']?.[0]).toMatchObject({ source: 'gateway', data: { messages: [expect.stringContaining('missing subscription key')] } });
  });

  it('is refused where the token has run out, is that of another API, or is none', async () => {
    const short = await newToken({ ...usual, credentialsExpireAfter: 'PT5M' });
    expect((await send(short)).status).toBe(200);
    time += 5 * 60_000;
    const expired = await send(short);
    expect([expired.status, expired.headers['apim-debug-authorization-expired']]).toEqual([401, new Date(time).toISOString()]);
    await apim.put('/apis/other', { displayName: 'Other', path: 'other', serviceUrl: backend.url, protocols: ['http'] });
    const foreign = await send(await newToken({ ...usual, apiId: `${instanceId}/apis/other` }));
    expect([foreign.status, foreign.headers['apim-debug-authorization-wrongapi']]).toEqual([401, 'The credentials are for the API other.']);
    const wrong = await send('aid=demo');
    expect([wrong.status, wrong.text, wrong.headers['apim-trace-id']]).toEqual([401, expect.stringContaining('invalid debug credentials'), undefined]);
  });

  it('tells its token to nobody', async () => {
    const token = await newToken();
    const reply = await send(token);
    const seen = [await traceOf(reply), apim.apim.store.calls, told, backend.seen, apim.apim.store.state()];
    expect(JSON.stringify(seen)).not.toContain(token.slice(-30));
  });
});

describe('traces', () => {
  it('are kept for an hour, and the last hundred of them', async () => {
    const token = await newToken();
    const first = await send(token);
    await traceOf(first);
    time += 3_599_000;
    const fresh = await newToken();
    expect((await list(first.headers['apim-trace-id'])).status).toBe(200);
    for (let call = 0; call < 100; call++) await send(fresh);
    expect((await list(first.headers['apim-trace-id'])).status).toBe(404);
    const last = await send(fresh);
    await traceOf(last);
    time += 3_600_000;
    expect((await list(last.headers['apim-trace-id'])).status).toBe(404);
  });
});
