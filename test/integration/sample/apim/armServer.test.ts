// What is around the instance, over real sockets: token, versions, tenants and subscriptions, pages, and what a broken call is told.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { member } from '../../../../src/base/shape';
import { instanceId, samplePlace } from '../../../../src/sample/apim/place';
import { callAt, codeOf, propertiesOf, startRunning, token, version, type ArmReply, type Running } from './armClient';

let apim: Running;
let endpoint: string;
beforeAll(async () => {
  apim = await startRunning();
  endpoint = apim.apim.place.endpoint;
});
afterAll(() => apim.apim.stop());

const subscription = `/subscriptions/${samplePlace.subscriptionId}`;
const provider = `${subscription}/providers/Microsoft.ApiManagement`;

function get(path: string, headers?: Readonly<Record<string, string>>): Promise<ArmReply> {
  return callAt(`${endpoint}${path}`, 'GET', { headers });
}

describe('the token', () => {
  it.each([
    [{ Authorization: '' }, 'AuthenticationFailed'],
    [{ Authorization: 'Basic eDp5' }, 'AuthenticationFailed'],
    [{ Authorization: `Bearer ${token}x` }, 'InvalidAuthenticationToken'],
  ])('is asked for: %j', async (headers, code) => {
    for (const path of [`${instanceId}?${version}`, '/sample/faults', '/nowhere']) {
      const reply = await get(path, headers);
      expect([reply.status, codeOf(reply)]).toEqual([401, code]);
      expect(reply.headers['www-authenticate']).toMatch(/^Bearer authorization_uri="https:\/\/login\.sample\.invalid", error="invalid_token"/);
      expect(reply.text).not.toContain(token);
    }
  });

  it('is of no use to a page of a foreign name', async () => {
    const reply = await get(`${instanceId}?${version}`, { Host: 'elsewhere.example' });
    expect([reply.status, codeOf(reply)]).toEqual([403, 'HostNotAllowed']);
  });
});

describe('versions', () => {
  it.each([
    [instanceId, '', 'MissingApiVersionParameter'],
    [instanceId, '?api-version=2022-08-01', 'InvalidApiVersionParameter'],
    [`${instanceId}/apis`, '?api-version=', 'MissingApiVersionParameter'],
    ['/subscriptions', `?${version}`, 'InvalidApiVersionParameter'],
    ['/tenants', '?api-version=2020-01-01', 'InvalidApiVersionParameter'],
    [`${instanceId}/providers/Microsoft.Authorization/permissions`, `?${version}`, 'InvalidApiVersionParameter'],
  ])('%s%s is refused', async (path, query, code) => {
    const reply = await get(path + query);
    expect([reply.status, codeOf(reply)]).toEqual([400, code]);
    expect(member(reply.json, 'error')).not.toHaveProperty('details');
  });
});

describe('around the instance', () => {
  it('there are one tenant, one subscription and one instance', async () => {
    expect((await get('/tenants?api-version=2022-12-01')).json).toMatchObject({ value: [{ tenantId: samplePlace.tenantId }] });
    const subscriptions = await get('/subscriptions?api-version=2022-12-01');
    expect(subscriptions.json).toMatchObject({ value: [{ subscriptionId: samplePlace.subscriptionId, state: 'Enabled', tenantId: samplePlace.tenantId }] });
    expect((await get(`${subscription}?api-version=2022-12-01`)).json).toMatchObject({ id: subscription });
    const list = await get(`${provider}/service?${version}`);
    expect(list.json).toMatchObject({ value: [{ id: instanceId, name: 'sample-apim', sku: { name: 'Developer' } }] });
    expect(list.json).not.toHaveProperty('count');
    expect((await get(`${subscription}/resourceGroups/SAMPLE/providers/Microsoft.ApiManagement/service?${version}`)).json).toEqual(list.json);
    const own = await get(`${instanceId}?${version}`);
    expect(propertiesOf(own)).toMatchObject({
      provisioningState: 'Succeeded',
      publisherName: 'Sample API Management',
      createdAtUtc: '2026-11-30T12:00:00.000Z',
      gatewayUrl: apim.apim.gatewayUrl,
      hostnameConfigurations: [{ type: 'Proxy', hostName: new URL(apim.apim.gatewayUrl).host }],
    });
    expect(own.text).not.toContain('\n');
    expect((await get(`${provider}/deletedservices?${version}`)).json).toEqual({ value: [] });
    const permissions = await get(`${instanceId}/providers/Microsoft.Authorization/permissions?api-version=2022-04-01`);
    expect(permissions.json).toEqual({ value: [{ actions: ['*'], notActions: [], dataActions: [], notDataActions: [] }] });
  });

  it('the provider is registered', async () => {
    const registered = await callAt(`${endpoint}${provider}/register?api-version=2021-04-01`, 'POST');
    expect([registered.status, registered.json]).toMatchObject([200, { registrationState: 'Registered' }]);
    expect((await get(`${provider}?api-version=2021-04-01`)).json).toEqual(registered.json);
  });

  it.each([
    ['another-name', { nameAvailable: true, reason: 'Valid', message: '' }],
    ['Sample-APIM', { nameAvailable: false, reason: 'AlreadyExists' }],
    ['1st', { nameAvailable: false, reason: 'Invalid' }],
    ['x'.repeat(51), { nameAvailable: false, reason: 'Invalid' }],
  ])('tells whether the name %s is free', async (name, expected) => {
    expect((await callAt(`${endpoint}${provider}/checkNameAvailability?${version}`, 'POST', { body: { name } })).json).toMatchObject(expected);
  });

  it('tells what is not there as ARM does', async () => {
    const other = instanceId.replace(samplePlace.subscriptionId, samplePlace.tenantId);
    expect(codeOf(await get(`${other}?${version}`))).toBe('SubscriptionNotFound');
    expect(codeOf(await get(`${instanceId.replace('/sample/', '/other/')}?${version}`))).toBe('ResourceGroupNotFound');
    const service = await get(`${instanceId}2/apis?${version}`);
    expect([service.status, codeOf(service)]).toEqual([404, 'ServiceNotFound']);
    expect(codeOf(await callAt(`${endpoint}${provider}/checkNameAvailability?${version}`, 'POST', { body: {} }))).toBe('ValidationError');
    for (const path of ['/', '/subscriptions/x/y', `${provider}/other`, `${subscription}/resourceGroups/sample/other`])
      expect([path, (await get(`${path}?${version}`)).status]).toEqual([path, 404]);
    expect((await get(`/subscriptions/%zz?${version}`)).status).toBe(400);
  });
});

describe('bodies', () => {
  it.each(['{', '[]', '"x"', 'null'])('%s is refused', async (body) => {
    const reply = await apim.call('PUT', '/products/odd', { body });
    expect([reply.status, codeOf(reply)]).toEqual([400, 'InvalidRequestContent']);
  });

  it('of more than 4 MB are refused', async () => {
    const reply = await apim.call('PUT', '/products/odd', { body: { properties: { displayName: 'x'.repeat(4 * 1024 * 1024) } } });
    expect([reply.status, codeOf(reply)]).toEqual([413, 'RequestContentTooLarge']);
  });
});

describe('pages', () => {
  it('have the rows that are asked for, the count of all, and a link with the port', async () => {
    for (let at = 0; at < 5; at++) await apim.put(`/users/u${at}`, { email: `u${at}@sample.invalid`, firstName: 'U', lastName: String(at) });
    const first = await apim.call('GET', '/users', { query: `${version}&$top=4` });
    expect(first.json).toMatchObject({ count: 6, value: [{ name: '1' }, { name: 'u0' }, { name: 'u1' }, { name: 'u2' }] });
    const link = String(member(first.json, 'nextLink'));
    expect(link).toBe(`${endpoint}${instanceId}/users?api-version=2024-05-01&%24top=4&%24skip=4`);
    const second = await callAt(link, 'GET');
    expect(second.json).toMatchObject({ count: 6, value: [{ name: 'u3' }, { name: 'u4' }] });
    expect(second.json).not.toHaveProperty('nextLink');
    expect((await apim.call('GET', '/users', { query: `${version}&%24skip=100` })).json).toEqual({ value: [], count: 6 });
  });

  it('have 100 rows where nothing is said', async () => {
    for (let at = 0; at < 101; at++) apim.apim.store.put(`/apis/page/operations/o${at}`, { displayName: `O ${at}` });
    await apim.put('/apis/page', { path: 'page' });
    const first = await apim.call('GET', '/apis/page/operations');
    expect(first.json).toMatchObject({ count: 101, value: { length: 100 } });
    expect((await callAt(String(member(first.json, 'nextLink')), 'GET')).json).toMatchObject({ value: [{ name: 'o100' }], nextLink: '' });
  });

  it.each(['$top=0', '$top=-1', '$top=x', '$skip=-1', '$skip=1.5'])('%s is refused', async (argument) => {
    expect((await apim.call('GET', '/users', { query: `${version}&${argument}` })).status).toBe(400);
  });
});
