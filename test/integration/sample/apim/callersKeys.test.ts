// What callers of the gateway meet when ARM changes a key, a subscription, a product or a counter, and what the Consumption tier has none of.

import { afterAll, beforeAll, expect, it } from 'vitest';
import { member } from '../../../../src/base/shape';
import { callAt, codeOf, propertiesOf, startRunning, version, type ArmReply, type Running } from './armClient';
import { startBackend, type Backend } from './gatewayTools';

let apim: Running;
let backend: Backend;
beforeAll(async () => {
  [apim, backend] = await Promise.all([startRunning({ creationMs: 0 }), startBackend()]);
  await apim.put('/apis/demo', { path: 'demo', displayName: 'Demo', serviceUrl: backend.url });
  await apim.put('/apis/demo/operations/run', { displayName: 'Run', method: 'GET', urlTemplate: '/run' });
  await apim.put('/products/plan', { displayName: 'Plan' });
  await apim.call('PUT', '/products/plan/apis/demo');
});
afterAll(() => Promise.all([apim.apim.stop(), backend.stop()]));

const star = { 'If-Match': '*' };
const call = (key: unknown): Promise<ArmReply> =>
  callAt(`${apim.apim.gatewayUrl}/demo/run`, 'GET', { headers: { 'Ocp-Apim-Subscription-Key': String(key) } });
const patch = (path: string, properties: object): Promise<ArmReply> => apim.call('PATCH', path, { body: { properties }, headers: star });
const subscribe = async (id: string): Promise<unknown> =>
  propertiesOf(await apim.put(`/subscriptions/${id}`, { displayName: id, scope: '/products/plan', state: 'active' })).primaryKey;

it('a key is good while its subscription is active, and until there is another', async () => {
  const key = await subscribe('one');
  expect((await call(key)).status).toBe(200);
  for (const state of ['suspended', 'cancelled', 'submitted']) {
    await patch('/subscriptions/one', { state });
    const refused = await call(key);
    expect([refused.status, refused.text]).toEqual([401, expect.stringContaining('invalid subscription key')]);
  }
  await patch('/subscriptions/one', { state: 'active' });
  expect((await call(key)).status).toBe(200);

  const { headers: { etag } } = await apim.call('GET', '/subscriptions/one');
  await apim.call('POST', '/subscriptions/one/regeneratePrimaryKey');
  expect((await apim.call('GET', '/subscriptions/one')).headers.etag).not.toBe(etag);
  expect((await call(key)).status).toBe(401);
  const { json } = await apim.call('POST', '/subscriptions/one/listSecrets');
  expect((await call(member(json, 'primaryKey'))).status).toBe(200);
  expect((await apim.call('DELETE', '/subscriptions/one', { headers: { 'If-Match': String(etag) } })).status).toBe(412);
  expect((await apim.call('DELETE', '/subscriptions/one', { headers: star })).status).toBe(200);
  expect((await call(member(json, 'primaryKey'))).status).toBe(401);
});

it('a product that is published or not takes keys, and none when the API is taken out of it or it is deleted', async () => {
  const key = await subscribe('two');
  expect(propertiesOf(await patch('/products/plan', { state: 'published' })).state).toBe('published');
  expect(propertiesOf(await patch('/products/plan', { state: 'notPublished' })).state).toBe('notPublished');
  expect((await call(key)).status).toBe(200);
  await apim.call('DELETE', '/products/plan/apis/demo');
  expect((await call(key)).status).toBe(401);
  await apim.call('PUT', '/products/plan/apis/demo');
  expect((await call(key)).status).toBe(200);
  await apim.call('DELETE', '/products/plan?deleteSubscriptions=true', { headers: star });
  expect([(await call(key)).status, (await apim.call('GET', '/subscriptions/two')).status]).toEqual([401, 404]);
});

it('a quota by key can be read and set back', async () => {
  const key = propertiesOf(await apim.put('/subscriptions/all', { displayName: 'All', scope: '/apis' })).primaryKey;
  const quota = '<quota-by-key calls="2" renewal-period="3600" counter-key="team" />';
  await apim.put('/apis/demo/policies/policy', { format: 'rawxml', value: `<policies><inbound>${quota}</inbound></policies>` });
  expect((await apim.call('GET', '/quotas/team')).status).toBe(404);
  expect([(await call(key)).status, (await call(key)).status, (await call(key)).status]).toEqual([200, 200, 403]);
  expect((await apim.call('GET', '/quotas/team')).json).toEqual({
    count: 1,
    value: [{
      counterKey: 'team', periodKey: '0_PT3600S', periodStartTime: '2026-11-30T12:00:00.000Z', periodEndTime: '2026-11-30T13:00:00.000Z',
      value: { callsCount: 2, kbTransferred: 0 },
    }],
  });
  const reply = await apim.call('PATCH', '/quotas/team', { body: { properties: { callsCount: 1, kbTransferred: 2.5 } } });
  expect([reply.status, reply.json]).toMatchObject([200, { value: [{ value: { callsCount: 1, kbTransferred: 2.5 } }] }]);
  expect([(await call(key)).status, (await call(key)).status]).toEqual([200, 403]);
  expect(codeOf(await apim.call('PATCH', '/quotas/team', { body: { properties: { callsCount: -1 } } }))).toBe('ValidationError');
  expect((await apim.call('DELETE', '/quotas/team')).status).toBe(405);
});

it('the Consumption tier has no users, groups, reports and limits by key, and a gateway like the others', async () => {
  const { path, gatewayUrl } = await apim.create('serverless', 'Consumption');
  const put = (below: string, properties: object): Promise<ArmReply> => apim.at('PUT', `${path}${below}?${version}`, { properties });
  for (const below of ['/users', '/Users/1', '/groups', '/reports/byApi', '/quotas/team']) {
    const reply = await apim.at('GET', `${path}${below}?${version}`);
    expect([reply.status, member(reply.json, 'error')])
      .toEqual([400, { code: 'MethodNotAllowedInPricingTier', message: 'Method not allowed in Consumption pricing tier', details: null }]);
  }
  await put('/apis/demo', { path: 'demo', displayName: 'Demo', serviceUrl: backend.url });
  await put('/apis/demo/operations/run', { displayName: 'Run', method: 'GET', urlTemplate: '/run' });
  const limit = '<rate-limit-by-key calls="1" renewal-period="9" counter-key="x" />';
  const refused = await put('/apis/demo/policies/policy', { format: 'rawxml', value: `<policies><inbound>${limit}</inbound></policies>` });
  expect([refused.status, refused.text]).toEqual([400, expect.stringContaining("column 21: Policy is not allowed in 'Consumption' sku")]);
  const key = String(propertiesOf(await put('/subscriptions/one', { displayName: 'One', scope: '/apis' })).primaryKey);
  const asked = (url: string): Promise<ArmReply> => callAt(`${url}/demo/run`, 'GET', { headers: { 'Ocp-Apim-Subscription-Key': key } });
  // What one instance has is no other's.
  expect([(await asked(gatewayUrl)).status, (await asked(apim.apim.gatewayUrl)).status]).toEqual([200, 401]);
});
