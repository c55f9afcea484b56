// Calls on what callers of APIs get, over real sockets: products, subscriptions and users, and the named values of policies.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { member } from '../../../../src/base/shape';
import { instanceId } from '../../../../src/sample/apim/place';
import { callAt, codeOf, locationOf, propertiesOf, startRunning, type ArmReply, type Running } from './armClient';

let apim: Running;
beforeAll(async () => {
  apim = await startRunning();
  await apim.put('/apis/demo', { path: 'demo', displayName: 'Demo' });
});
afterAll(() => apim.apim.stop());

const star = { 'If-Match': '*' };
const policy = (inside: string): string => `<policies>\n  <inbound>\n    ${inside}\n  </inbound>\n</policies>`;

function details(reply: ArmReply): unknown {
  return member(member(reply.json, 'error'), 'details');
}

function put(path: string, properties: object, headers?: Record<string, string>): Promise<ArmReply> {
  return apim.call('PUT', path, { body: { properties }, headers });
}

describe('products', () => {
  it('have standards, and groups in the answer to a write alone', async () => {
    const made = await put('/products/mine', { displayName: 'Mine' });
    expect([made.status, propertiesOf(made)]).toMatchObject([201, {
      displayName: 'Mine', description: null, subscriptionRequired: true, approvalRequired: false, state: 'notPublished', groups: [{ name: 'Administrators' }],
    }]);
    expect(propertiesOf(await apim.call('GET', '/products/mine'))).not.toHaveProperty('groups');
    expect(details(await put('/products/bad', {}))).toMatchObject([{ target: 'displayName' }]);
    expect(details(await put('/products/bad', { displayName: 'x', state: 'open' }))).toMatchObject([{ target: 'state' }]);
    expect(details(await put('/products/bad', { displayName: 'x', subscriptionRequired: 'no' }))).toMatchObject([{ target: 'subscriptionRequired' }]);
    expect(details(await put('/products/bad', { displayName: 'x', subscriptionsLimit: 1.5 }))).toMatchObject([{ target: 'subscriptionsLimit' }]);
  });

  it('are linked with APIs', async () => {
    const link = '/products/mine/apis/demo';
    const before = await apim.call('HEAD', link);
    expect([before.status, before.text]).toEqual([404, '']);
    const made = await apim.call('PUT', link);
    expect([made.status, made.json]).toMatchObject([201, { type: 'Microsoft.ApiManagement/service/products/apis', name: 'demo' }]);
    expect((await apim.call('PUT', link)).status).toBe(200);
    expect((await apim.call('HEAD', link)).status).toBe(204);
    expect((await apim.call('GET', '/products/mine/apis')).json).toMatchObject({ count: 1, nextLink: '', value: [{ id: `${instanceId}${link}` }] });
    expect((await apim.call('GET', '/apis/demo/products')).json).toMatchObject({ count: 1, value: [{ name: 'mine' }] });
    const none = await apim.call('PUT', '/products/mine/apis/none');
    expect([none.status, codeOf(none)]).toEqual([404, 'ResourceNotFound']);
    expect((await apim.call('PUT', '/products/none/apis/demo')).status).toBe(404);
    expect((await apim.call('DELETE', link)).status).toBe(200);
    expect((await apim.call('DELETE', link)).status).toBe(204);
  });

  it('with subscriptions are deleted with them alone', async () => {
    await apim.put('/subscriptions/of-mine', { displayName: 'Of mine', scope: '/products/mine' });
    expect((await apim.call('DELETE', '/products/mine', { headers: star })).status).toBe(400);
    expect((await apim.call('DELETE', '/products/mine?deleteSubscriptions=true', { headers: star })).status).toBe(200);
    expect((await apim.call('GET', '/subscriptions/of-mine')).status).toBe(404);
  });
});

describe('subscriptions', () => {
  it('are active, and tell keys in answers to writes and to listSecrets alone', async () => {
    const made = await put('/subscriptions/one', { displayName: 'One', scope: '/apis/demo', ownerId: '/users/1' });
    const keys = { primaryKey: expect.stringMatching(/^[0-9a-f]{32}$/), secondaryKey: expect.stringMatching(/^[0-9a-f]{32}$/) };
    expect([made.status, propertiesOf(made)]).toMatchObject([201, {
      state: 'active', scope: `${instanceId}/apis/demo`, ownerId: `${instanceId}/users/1`, createdDate: '2026-11-30T12:00:00.000Z', ...keys,
    }]);
    for (const path of ['/subscriptions/one', '/subscriptions']) expect((await apim.call('GET', path)).text).not.toContain('Key"');
    const patched = await apim.call('PATCH', '/subscriptions/one', { body: { properties: { state: 'suspended' } }, headers: star });
    expect([patched.status, propertiesOf(patched)]).toMatchObject([200, { state: 'suspended', primaryKey: propertiesOf(made).primaryKey }]);
    const secrets = await apim.call('POST', '/subscriptions/one/listSecrets');
    expect(secrets.json).toEqual({ primaryKey: propertiesOf(made).primaryKey, secondaryKey: propertiesOf(made).secondaryKey });
    const renewed = await apim.call('POST', '/subscriptions/one/regeneratePrimaryKey');
    expect([renewed.status, renewed.text]).toEqual([204, '']);
    expect((await apim.call('POST', '/subscriptions/one/regenerateSecondaryKey')).status).toBe(204);
    const after = await apim.call('POST', '/subscriptions/one/listSecrets');
    expect(after.headers.etag).not.toBe(secrets.headers.etag);
    expect(after.json).not.toMatchObject({ primaryKey: propertiesOf(made).primaryKey });
    expect(after.json).not.toMatchObject({ secondaryKey: propertiesOf(made).secondaryKey });
    expect((await apim.call('POST', '/subscriptions/none/listSecrets')).status).toBe(404);
  });

  it('keep the keys that are given, also when they are written again without', async () => {
    await apim.put('/subscriptions/given', { displayName: 'Given', scope: `${instanceId}/apis`, primaryKey: 'my-own-key' });
    const again = await apim.put('/subscriptions/given', { displayName: 'Given again', scope: '/apis' });
    expect(propertiesOf(again)).toMatchObject({ displayName: 'Given again', scope: `${instanceId}/apis`, primaryKey: 'my-own-key' });
  });

  it.each([
    [{}, ['scope', 'displayName']],
    [{ displayName: 'x', scope: '/elsewhere' }, ['scope']],
    [{ displayName: 'x', scope: '/products/none' }, ['scope']],
    [{ displayName: 'x', scope: '/apis', state: 'new' }, ['state']],
    [{ displayName: 'x', scope: '/apis', ownerId: '/users/none' }, ['ownerId']],
    [{ displayName: 'x'.repeat(101), scope: '/apis' }, ['displayName']],
    [{ displayName: 'x', scope: '/apis', primaryKey: '' }, ['primaryKey']],
  ])('are refused as %j', async (properties, targets) => {
    const reply = await put('/subscriptions/bad', properties);
    expect([reply.status, details(reply)]).toEqual([400, targets.map((target) => expect.objectContaining({ target }))]);
  });
});

describe('named values', () => {
  it('are written by long operations, and a secret one is told by listValue alone', async () => {
    const begun = await put('/namedValues/secret', { displayName: 'service-key', value: 'very-secret', secret: true });
    expect([begun.status, begun.text]).toEqual([202, '']);
    expect((await callAt(locationOf(begun), 'GET')).status).toBe(202);
    const over = await callAt(locationOf(begun), 'GET');
    expect([over.status, propertiesOf(over)]).toEqual([201, { displayName: 'service-key', tags: [], secret: true }]);
    for (const path of ['/namedValues/secret', '/namedValues']) expect((await apim.call('GET', path)).text).not.toContain('very-secret');
    expect((await apim.call('POST', '/namedValues/secret/listValue')).json).toEqual({ value: 'very-secret' });
    const patched = await apim.call('PATCH', '/namedValues/secret', { body: { properties: { tags: ['a'] } }, headers: star });
    expect(patched.status).toBe(202);
    await callAt(locationOf(patched), 'GET');
    expect((await callAt(locationOf(patched), 'GET')).status).toBe(200);
    expect((await apim.call('POST', '/namedValues/secret/listValue')).json).toEqual({ value: 'very-secret' });
    expect(propertiesOf(await apim.put('/namedValues/plain', { displayName: 'plain', value: 'seen' })).value).toBe('seen');
    expect((await apim.call('GET', '/namedValues/none')).text).toContain('Property not found.');
  });

  it('stay while a policy uses them', async () => {
    const used = { format: 'rawxml', value: policy('<set-header name="a"><value>Bearer {{Service-Key}}</value></set-header>') };
    await apim.put('/apis/demo/policies/policy', used);
    const refused = await apim.call('DELETE', '/namedValues/secret', { headers: star });
    expect([refused.status, refused.text]).toEqual([400, expect.stringContaining('/apis/demo/policies/policy')]);
    // One in a comment is no use.
    await apim.put('/apis/demo/policies/policy', { value: policy('<!-- {{service-key}} -->') });
    expect((await apim.call('DELETE', '/namedValues/secret', { headers: star })).status).toBe(200);
  });

  it.each([
    [{}, 'displayName'],
    [{ displayName: 'with blank', value: 'x' }, 'displayName'],
    [{ displayName: 'PLAIN', value: 'x' }, 'displayName'],
    [{ displayName: 'no-value' }, 'value'],
    [{ displayName: 'vault', keyVault: {} }, 'keyVault'],
    [{ displayName: 'tags', value: 'x', tags: [1] }, 'tags'],
  ])('are refused as %j', async (properties, target) => {
    const reply = await put('/namedValues/bad', properties);
    expect([reply.status, details(reply)]).toMatchObject([400, [{ target }]]);
  });
});

describe('users', () => {
  it('are made and listed, without a password', async () => {
    const made = await put('/users/ann', { email: 'ann@sample.invalid', firstName: 'Ann', lastName: 'A', password: 'never-kept' });
    expect([made.status, propertiesOf(made)]).toMatchObject([201, { state: 'active', groups: [{ name: 'Developers' }] }]);
    expect(made.text).not.toContain('never-kept');
    expect((await apim.call('GET', '/users')).json).toMatchObject({ count: 2 });
    expect(details(await put('/users/bad', { email: 'x' }))).toMatchObject([{ target: 'firstName' }, { target: 'lastName' }]);
    const again = await put('/users/ann-too', { email: 'Ann@sample.invalid', firstName: 'Ann', lastName: 'B' });
    expect([again.status, details(again)]).toMatchObject([400, [{ target: 'email' }]]);
  });

  it('are changed under their ETag, and are deleted with their subscriptions alone', async () => {
    const { headers: { etag } } = await apim.call('GET', '/users/ann');
    const block = (ifMatch: string | undefined): Promise<ArmReply> => apim.call('PATCH', '/users/ann', {
      body: { properties: { state: 'blocked' } }, headers: ifMatch === undefined ? {} : { 'If-Match': ifMatch },
    });
    expect([(await block(undefined)).status, (await block(String(etag))).status, (await block(String(etag))).status]).toEqual([400, 200, 412]);
    expect(propertiesOf(await apim.call('GET', '/users/ann'))).toMatchObject({ state: 'blocked', email: 'ann@sample.invalid' });

    await apim.put('/subscriptions/of-ann', { displayName: 'Of Ann', scope: '/products/starter', ownerId: '/users/ann' });
    for (const list of ['/users/ann/subscriptions', '/products/starter/subscriptions']) {
      const reply = await apim.call('GET', list);
      expect(reply.json).toMatchObject({ count: 1, value: [{ id: `${instanceId}/subscriptions/of-ann`, name: 'of-ann' }] });
      expect(reply.text).not.toContain('Key"');
    }
    expect((await apim.call('GET', '/users/1/subscriptions')).json).toMatchObject({ count: 1, value: [{ name: 'one' }] });
    expect((await apim.call('GET', '/users/nobody/subscriptions')).text).toContain('User not found.');
    expect((await apim.call('DELETE', '/users/ann', { headers: star })).text).toContain('deleteSubscriptions=true');
    expect((await apim.call('DELETE', '/users/ann?deleteSubscriptions=true', { headers: star })).status).toBe(200);
    for (const path of ['/users/ann', '/subscriptions/of-ann']) expect((await apim.call('GET', path)).status).toBe(404);
  });

  it('and subscriptions that an instance always has stay', async () => {
    for (const path of ['/users/1', '/subscriptions/master']) {
      expect((await apim.call('DELETE', path, { headers: star })).text).toContain('cannot be deleted');
      expect((await apim.call('GET', path)).status).toBe(200);
    }
  });
});
