// Each fault that the ARM of Sample API Management can be asked for, over real sockets.

import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { member } from '../../../../src/base/shape';
import { instanceId } from '../../../../src/sample/apim/place';
import { callAt, codeOf, locationOf, propertiesOf, startRunning, version, type ArmReply, type Running } from './armClient';

let apim: Running;
let endpoint: string;
beforeAll(async () => {
  apim = await startRunning();
  endpoint = apim.apim.place.endpoint;
});
afterEach(() => callAt(`${endpoint}/sample/faults`, 'DELETE'));
afterAll(() => apim.apim.stop());

const star = { 'If-Match': '*' };
const value = { displayName: 'value', value: 'one' };

function begin(properties: object = value): Promise<ArmReply> {
  return apim.call('PUT', '/namedValues/value', { body: { properties } });
}

describe('faults of any call', () => {
  it.each([
    ['expired', 401, 'ExpiredAuthenticationToken'],
    ['forbidden', 403, 'AuthorizationFailed'],
    ['throttle', 429, 'SubscriptionRequestsThrottled'],
    ['error500', 500, 'InternalServerError'],
    ['activating', 400, 'InvalidOperation'],
    ['unregistered', 409, 'MissingSubscriptionRegistration'],
  ])('%s', async (fault, status, code) => {
    await apim.fault({ fault });
    const reply = await apim.call('GET', '/apis');
    expect([reply.status, codeOf(reply)]).toEqual([status, code]);
    expect([reply.headers['retry-after'], typeof reply.headers['www-authenticate']]).toEqual([
      fault === 'throttle' ? '1' : undefined, fault === 'expired' ? 'string' : 'undefined',
    ]);
    expect((await apim.call('GET', '/apis')).status).toBe(200);
  });

  it('empty404', async () => {
    await apim.fault({ fault: 'empty404' });
    const reply = await apim.call('GET', '/apis');
    expect([reply.status, reply.text]).toEqual([404, '']);
  });

  it('slow', async () => {
    await apim.fault({ fault: 'slow', ms: 300 });
    const began = performance.now();
    expect((await apim.call('GET', '/apis')).status).toBe(200);
    expect(performance.now() - began).toBeGreaterThan(290);
  });

  it('cut: what was asked is done, and nothing is told', async () => {
    await apim.fault({ fault: 'cut' });
    await expect(apim.call('PUT', '/products/cut', { body: { properties: { displayName: 'Cut' } } })).rejects.toThrow();
    expect(propertiesOf(await apim.call('GET', '/products/cut')).displayName).toBe('Cut');
  });
});

describe('faults of writes', () => {
  it.each([['conflict', 409, 'PessimisticConcurrencyConflict'], ['stale', 412, 'PreconditionFailed']])('%s', async (fault, status, code) => {
    await apim.fault({ fault });
    expect((await apim.call('GET', '/apis')).status).toBe(200);
    const reply = await apim.call('PUT', `/products/${fault}`, { body: { properties: { displayName: 'x' } } });
    expect([reply.status, codeOf(reply)]).toEqual([status, code]);
    expect((await apim.call('GET', `/products/${fault}`)).status).toBe(404);
  });
});

describe('faults of long operations', () => {
  it('longPoll: addresses of 3 kB, a new one with each answer, and only as they were given', async () => {
    await apim.fault({ fault: 'longPoll' });
    let reply = await begin();
    const seen = new Set<string>();
    while (reply.status === 202) {
      const location = locationOf(reply);
      expect(location.length).toBeGreaterThan(3000);
      expect(seen.has(location)).toBe(false);
      seen.add(location);
      const broken = await callAt(location.replace(/&s=[^&]+/, '&s=x'), 'GET');
      expect([broken.status, codeOf(broken)]).toEqual([403, 'SignatureInvalid']);
      reply = await callAt(location, 'GET');
    }
    expect([reply.status, seen.size]).toEqual([201, 4]);
  });

  it('poll404: once, and then it is there', async () => {
    await apim.fault({ fault: 'poll404', match: '/namedValues/' });
    const begun = await begin();
    expect(begun.status).toBe(202);
    const gone = await callAt(locationOf(begun), 'GET');
    expect([gone.status, codeOf(gone)]).toEqual([404, 'ResourceNotFound']);
    expect((await callAt(locationOf(begun), 'GET')).status).toBe(202);
    expect((await callAt(locationOf(begun), 'GET')).status).toBe(200);
  });

  it('pollError: 400, and what it did is taken back', async () => {
    await apim.put('/namedValues/value', value);
    await apim.fault({ fault: 'pollError', count: 2 });
    const changed = await begin({ ...value, value: 'two' });
    expect((await callAt(locationOf(changed), 'GET')).status).toBe(400);
    expect((await callAt(locationOf(changed), 'GET')).status).toBe(400);
    // It has failed for good.
    expect((await callAt(locationOf(changed), 'GET')).status).toBe(400);
    expect((await apim.call('POST', '/namedValues/value/listValue')).json).toEqual({ value: 'one' });

    await apim.fault({ fault: 'pollError' });
    const openApi = { openapi: '3.0.0', paths: { '/a': { get: { operationId: 'a' } } } };
    const made = await apim.call('PUT', '/apis/failed', { body: { properties: { path: 'failed', format: 'openapi+json', value: JSON.stringify(openApi) } } });
    expect((await callAt(locationOf(made), 'GET')).status).toBe(400);
    expect((await apim.call('GET', '/apis/failed')).status).toBe(404);
    expect((await apim.call('GET', '/apis/failed/operations')).status).toBe(404);
  });

  it('foreignLocation', async () => {
    await apim.fault({ fault: 'foreignLocation' });
    expect(locationOf(await begin())).toMatch(/^https:\/\/management\.elsewhere\.invalid\/subscriptions\/.*asyncId=/);
  });

  it('one that nobody knows any more is over', async () => {
    await apim.put('/namedValues/value', value);
    const reply = await apim.call('GET', '/namedValues/value', { query: `${version}&asyncId=0123&asyncCode=201` });
    expect([reply.status, propertiesOf(reply).displayName]).toEqual([201, 'value']);
    expect((await apim.call('GET', '/namedValues/none', { query: `${version}&asyncId=0123&asyncCode=201` })).status).toBe(404);
  });
});

describe('faults of lists', () => {
  it('foreignNextLink', async () => {
    await apim.fault({ fault: 'foreignNextLink', count: 2 });
    const list = await apim.call('GET', '/products');
    expect(member(list.json, 'nextLink')).toMatch(/^https:\/\/management\.elsewhere\.invalid\/.*skip=/);
    const around = await callAt(`${endpoint}/subscriptions?api-version=2022-12-01`, 'GET');
    expect(member(around.json, 'nextLink')).toMatch(/^https:\/\/management\.elsewhere\.invalid\/subscriptions/);
    expect((await apim.call('GET', '/products')).json).not.toHaveProperty('nextLink');
  });
});

describe('permissions', () => {
  it('reader', async () => {
    await apim.fault({ fault: 'reader' });
    const reply = await callAt(`${endpoint}${instanceId}/providers/Microsoft.Authorization/permissions?api-version=2022-04-01`, 'GET');
    expect(reply.json).toMatchObject({ value: [{ actions: ['*/read'] }] });
  });
});

describe('planning', () => {
  it('is for calls that match, in order, and can be looked at and forgotten', async () => {
    const faults = [{ fault: 'forbidden', match: '/Users', method: 'get' }, { fault: 'error500', count: 2 }];
    await apim.fault({ faults });
    expect((await callAt(`${endpoint}/sample/faults`, 'GET')).json).toEqual({
      pending: [{ fault: 'forbidden', match: '/users', method: 'GET', ms: 1000, count: 1 }, { fault: 'error500', ms: 1000, count: 2 }],
    });
    expect((await apim.call('GET', '/products')).status).toBe(500);
    expect((await apim.call('GET', '/users')).status).toBe(403);
    expect((await callAt(`${endpoint}/sample/faults`, 'DELETE')).json).toEqual({ pending: [] });
    expect((await apim.call('DELETE', '/users/none', { headers: star })).status).toBe(204);
  });

  it.each([
    [{}, "'fault' must be one of these: longPoll"],
    [{ fault: 'nothing' }, "'fault' must be one of these"],
    [{ fault: 'cut', times: 1 }, "'times' is not known here"],
    [{ fault: 'cut', match: 1 }, "'match'"],
    [{ fault: 'cut', method: 1 }, "'method'"],
    [{ fault: 'cut', count: 0 }, "'count'"],
    [{ fault: 'slow', ms: -1 }, "'ms'"],
    [[1], 'must be an object'],
  ])('of %j is refused', async (body, sentence) => {
    const reply = await callAt(`${endpoint}/sample/faults`, 'POST', { body });
    expect([reply.status, codeOf(reply), reply.text]).toEqual([400, 'BadFault', expect.stringContaining(sentence)]);
  });

  it('tells which calls came', async () => {
    await callAt(`${endpoint}/sample/calls`, 'DELETE');
    await apim.call('GET', '/apis');
    await apim.call('PUT', '/products/seen', { body: {} });
    const reply = await callAt(`${endpoint}/sample/calls`, 'GET');
    expect(reply.json).toEqual({
      calls: [{ method: 'GET', path: `${instanceId}/apis`, status: 200 }, { method: 'PUT', path: `${instanceId}/products/seen`, status: 400 }],
    });
    expect((await callAt(`${endpoint}/sample/other`, 'GET')).status).toBe(404);
  });
});
