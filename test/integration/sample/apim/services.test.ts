// Instances of Sample API Management that somebody makes: both ways in which a creation is answered, and what is there meanwhile and after.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { member } from '../../../../src/base/shape';
import { instanceId, samplePlace } from '../../../../src/sample/apim/place';
import { callAt, codeOf, locationOf, noon, propertiesOf, startRunning, version, type ArmReply, type Running } from './armClient';

let apim: Running;
beforeAll(async () => {
  apim = await startRunning({ creationMs: 50 });
});
afterAll(() => apim.apim.stop());

const subscription = `/subscriptions/${samplePlace.subscriptionId}`;
const provider = `${subscription}/providers/Microsoft.ApiManagement`;
const named = (name: string): string => instanceId.replace(/[^/]+$/, name);
const get = (path: string, running = apim): Promise<ArmReply> => running.at('GET', `${path}?${version}`);
const nameCheck = async (name: string): Promise<unknown> => (await apim.at('POST', `${provider}/checkNameAvailability?${version}`, { name })).json;

/** A body that will do, for the tests that break it. */
const body = {
  location: 'West Europe', sku: { name: 'Basic', capacity: 1 }, properties: { publisherEmail: 'one@contoso.invalid', publisherName: 'Contoso' },
};

/** What begins from here on lasts until `finish`. */
const halt = (running = apim): Promise<ArmReply> => running.at('POST', '/sample/creation', { seconds: 600 });
const finish = (): Promise<ArmReply> => apim.at('POST', '/sample/creation', { finish: true });
afterEach(() => apim.at('POST', '/sample/creation', { seconds: 0.05 }));

async function gone(url: string): Promise<boolean> {
  return callAt(`${url}/x`, 'GET').then(() => false, () => true);
}

describe('a creation', () => {
  it('of most tiers has one address, Retry-After, and the whole instance at the end', async () => {
    await halt();
    const { path, reply } = await apim.begin('by-location', { sku: 'Standard' });
    expect([reply.status, propertiesOf(reply).provisioningState, propertiesOf(reply).gatewayUrl]).toEqual([201, 'Created', null]);
    expect(reply.headers).toMatchObject({ 'retry-after': '60', etag: expect.stringMatching(/^"/) });
    expect(reply.headers).not.toHaveProperty('azure-asyncoperation');
    expect(locationOf(reply)).toContain(`${path}/operationresults/`);
    const poll = await callAt(locationOf(reply), 'GET');
    expect([poll.status, poll.text, poll.headers.location]).toEqual([202, '', locationOf(reply)]);
    expect(propertiesOf(await get(path))).toMatchObject({ provisioningState: 'Activating', gatewayUrl: null });
    for (const below of ['/apis', '/subscriptions/master', '/reports/byApi']) {
      const refused = await get(`${path}${below}`);
      expect([refused.status, refused.json]).toEqual([400, { error: { code: 'InvalidOperation', message: 'API Management service is activating' } }]);
    }
    for (const method of ['PUT', 'PATCH', 'DELETE'])
      expect(codeOf(await apim.at(method, `${path}?${version}`, { ...body, location: 'westeurope' }))).toBe('ServiceLocked');

    await finish();
    const last = await apim.over(reply);
    expect([last.status, member(last.json, 'id'), member(last.json, 'location'), member(last.json, 'sku')])
      .toEqual([200, path, 'West Europe', { name: 'Standard', capacity: 1 }]);
    const { gatewayUrl } = propertiesOf(last);
    expect(propertiesOf(last)).toMatchObject({
      provisioningState: 'Succeeded', publisherName: 'Contoso', createdAtUtc: '2026-11-30T12:00:00.000Z', gatewayUrl: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
    });
    expect(gatewayUrl).not.toBe(apim.apim.gatewayUrl);
    expect((await callAt(`${String(gatewayUrl)}/x`, 'GET')).status).toBe(404);
    expect((await get(`${path}/products`)).json).toMatchObject({ value: [{ name: 'starter' }, { name: 'unlimited' }] });
    expect((await get(`${provider}/service`)).json).toMatchObject({ value: [{ name: 'sample-apim' }, { name: 'by-location' }] });
  });

  it('of the Consumption tier has two signed addresses, new ones each time, and a status at the end', async () => {
    await halt();
    const { path, reply } = await apim.begin('by-status', { sku: 'Consumption' });
    expect([reply.status, propertiesOf(reply).provisioningState]).toEqual([201, 'Activating']);
    expect(reply.headers).not.toHaveProperty('retry-after');
    const address = String(reply.headers['azure-asyncoperation']);
    for (const url of [address, locationOf(reply)]) {
      expect(url).toMatch(new RegExp(`${path}/operationResults/[^?]+\\?api-version=2024-05-01&asyncResponse&t=`));
      expect(url.length).toBeGreaterThan(3000);
    }
    const poll = await callAt(address, 'GET');
    expect([poll.status, poll.json]).toEqual([200, { status: 'InProgress' }]);
    const again = await callAt(String(poll.headers['azure-asyncoperation']), 'GET');
    expect(again.headers['azure-asyncoperation']).not.toBe(poll.headers['azure-asyncoperation']);
    expect(codeOf(await callAt(address.replace(/&s=[^&]*/, '&s=other'), 'GET'))).toBe('SignatureInvalid');
    await finish();
    const last = await apim.over(reply);
    expect([last.status, last.json, last.headers.location]).toEqual([200, { status: 'Succeeded' }, undefined]);
    expect(propertiesOf(await get(path)).provisioningState).toBe('Succeeded');
    expect((await get(`${path}/products`)).json).toMatchObject({ value: [] });
  });

  it('that fails is a 400 at its address, and can be tried again', async () => {
    await apim.fault({ fault: 'activationFails' });
    const { path, reply } = await apim.begin('fails');
    for (const last of [await apim.over(reply), await callAt(locationOf(reply), 'GET')]) {
      expect([last.status, codeOf(last)]).toEqual([400, 'ActivationFailed']);
      expect(member(last.json, 'error')).toMatchObject({ details: null, innerError: null });
    }
    expect(propertiesOf(await get(path))).toMatchObject({ provisioningState: 'Failed', gatewayUrl: null });
    expect([(await get(`${path}/apis`)).status, await nameCheck('fails')]).toMatchObject([400, { reason: 'AlreadyExists' }]);
    expect((await apim.over((await apim.begin('fails')).reply)).status).toBe(200);
    expect((await get(`${path}/apis`)).status).toBe(200);
    await apim.fault({ fault: 'pollError', match: 'fails-too' });
    await halt();
    const second = await apim.begin('fails-too', { sku: 'Consumption' });
    expect(codeOf(await apim.over(second.reply))).toBe('ActivationFailed');
    await apim.fault({ fault: 'foreignLocation' });
    expect(locationOf((await apim.begin('foreign')).reply)).toMatch(/^https:\/\/management\.elsewhere\.invalid\//);
  });

  it.each([
    [{ ...body, location: undefined }, 'LocationRequired'],
    [{ ...body, location: 'Nowhere' }, 'LocationNotAvailableForResourceType'],
    [{ ...body, sku: undefined }, 'sku.name'],
    [{ ...body, sku: { name: 'Gold', capacity: 1 } }, 'sku.name'],
    [{ ...body, sku: { name: 'Consumption', capacity: 1 } }, 'sku.capacity'],
    [{ ...body, sku: { name: 'Basic' } }, 'sku.capacity'],
    [{ ...body, properties: { publisherName: 'x' } }, 'publisherEmail'],
    [{ ...body, properties: { publisherEmail: 'x', publisherName: 'x' } }, 'publisherEmail'],
    [{ ...body, properties: { publisherEmail: 'x@y' } }, 'publisherName'],
    [{ ...body, properties: { ...body.properties, restore: true } }, 'ServiceUndeleteNotPossible'],
  ])('of what cannot be is refused: %j', async (wrong, what) => {
    const reply = await apim.at('PUT', `${named('never')}?${version}`, wrong);
    const details = member(member(reply.json, 'error'), 'details');
    expect([reply.status, Array.isArray(details) ? details : codeOf(reply)])
      .toMatchObject([400, /^[a-z]/.test(what) ? [{ target: what }] : what]);
    expect((await get(named('never'))).status).toBe(404);
  });

  it('names all that is wrong at once', async () => {
    const reply = await apim.at('PUT', `${named('never')}?${version}`, { location: 'westus' });
    expect(member(member(reply.json, 'error'), 'details')).toMatchObject([{ target: 'sku.name' }, { target: 'publisherEmail' }, { target: 'publisherName' }]);
  });

  it('needs a free name, a group and a registration', async () => {
    const put = async (path: string): Promise<unknown> => codeOf(await apim.at('PUT', `${path}?${version}`, body));
    expect(await put(named('1st'))).toBe('InvalidResourceName');
    await apim.at('PUT', `${subscription}/resourcegroups/other?api-version=2021-04-01`, { location: 'westus' });
    expect(await put(instanceId.replace('/sample/', '/other/'))).toBe('ServiceAlreadyExists');
    expect(await put(instanceId.replace('/sample/', '/nowhere/'))).toBe('ResourceGroupNotFound');
    await apim.at('POST', `${provider}/unregister?api-version=2021-04-01`);
    expect(await put(named('never'))).toBe('MissingSubscriptionRegistration');
    expect((await apim.at('GET', `${provider}?api-version=2021-04-01`)).json).toMatchObject({ registrationState: 'NotRegistered' });
    await apim.at('POST', `${provider}/register?api-version=2021-04-01`);
  });
});

it('an instance is changed in place', async () => {
  const before = await get(instanceId);
  const same = await apim.at('PATCH', `${instanceId}?${version}`, {});
  expect([same.status, same.headers.etag]).toEqual([200, before.headers.etag]);
  const patched = await apim.at('PATCH', `${instanceId}?${version}`, { properties: { publisherName: 'Others' }, tags: { a: 'b' } });
  expect([propertiesOf(patched).publisherName, member(patched.json, 'tags'), propertiesOf(patched).gatewayUrl])
    .toEqual(['Others', { a: 'b' }, apim.apim.gatewayUrl]);
  expect(patched.headers.etag).not.toBe(before.headers.etag);
  expect(codeOf(await apim.at('PATCH', `${instanceId}?${version}`, { location: 'westus' }))).toBe('InvalidResourceLocation');
  expect(codeOf(await apim.at('PATCH', `${instanceId}?${version}`, { sku: { name: 'Consumption', capacity: 0 } }))).toBe('ValidationError');
  expect(codeOf(await apim.at('PATCH', `${named('nobody')}?${version}`, {}))).toBe('ServiceNotFound');
  const deleted = await apim.at('DELETE', `${instanceId}?${version}`);
  expect([deleted.status, codeOf(deleted)]).toEqual([409, 'ScopeLocked']);
});

describe('a deletion', () => {
  it('closes the gateway, keeps what there was for two days, and gives it back', async () => {
    const { path, gatewayUrl } = await apim.create('short-lived');
    await apim.at('PUT', `${path}/products/mine?${version}`, { properties: { displayName: 'Mine' } });
    await halt();
    const reply = await apim.at('DELETE', `${path}?${version}`);
    expect([reply.status, propertiesOf(reply).provisioningState, propertiesOf(reply).targetProvisioningState]).toEqual([202, 'Succeeded', 'Deleting']);
    expect(await gone(gatewayUrl)).toBe(true);
    expect(propertiesOf(await get(path)).provisioningState).toBe('Deleting');
    await finish();
    await apim.at('POST', '/sample/creation', { seconds: 0.05 });
    const last = await apim.over(reply);
    expect([last.status, last.text, (await get(path)).status]).toEqual([200, '', 404]);
    expect((await apim.at('DELETE', `${path}?${version}`)).status).toBe(204);

    const deleted = `${provider}/locations/westeurope/deletedservices/short-lived`;
    const document = (await get(deleted)).json;
    expect(document).toMatchObject({
      id: deleted, location: 'West Europe',
      properties: { serviceId: path, deletionDate: '2026-11-30T12:00:00.000Z', scheduledPurgeDate: '2026-12-02T12:00:00.000Z' },
    });
    expect((await get(`${provider}/deletedservices`)).json).toEqual({ value: [document] });
    expect(await nameCheck('Short-Lived')).toMatchObject({ nameAvailable: false, reason: 'AlreadyExists', message: expect.stringContaining('soft-deleted') });
    const taken = (await apim.begin('short-lived')).reply;
    expect([taken.status, codeOf(taken)]).toEqual([409, 'ServiceAlreadyExistsInSoftDeletedState']);

    const back = (await apim.begin('short-lived', { properties: { restore: true } })).reply;
    expect(propertiesOf(await apim.over(back))).toMatchObject({ provisioningState: 'Succeeded', gatewayUrl });
    expect((await get(`${path}/products/mine`)).status).toBe(200);
    expect((await get(deleted)).status).toBe(404);
  });

  it('is forgotten by a purge', async () => {
    const { path } = await apim.create('purged', 'Consumption');
    const reply = await apim.at('DELETE', `${path}?${version}`);
    expect([reply.status, propertiesOf(reply).provisioningState]).toEqual([202, 'Deleting']);
    expect((await apim.over(reply)).json).toEqual({ status: 'Succeeded' });
    const purge = (place: string): Promise<ArmReply> => apim.at('DELETE', `${provider}/locations/${place}/deletedservices/purged?${version}`);
    expect([(await purge('eastus')).status, (await purge('westeurope')).status, (await purge('westeurope')).status]).toEqual([204, 200, 204]);
    expect(await nameCheck('purged')).toMatchObject({ nameAvailable: true });
  });
});

describe('what a form needs', () => {
  it('groups and locations', async () => {
    const groups = `${subscription}/resourcegroups`;
    const query = '?api-version=2021-04-01';
    expect((await apim.at('GET', groups + query)).json).toMatchObject({ value: [{ name: 'sample', location: 'sample' }, { name: 'other' }] });
    expect((await apim.at('HEAD', `${groups}/Sample${query}`)).status).toBe(204);
    expect((await apim.at('HEAD', `${groups}/nowhere${query}`)).status).toBe(404);
    expect(codeOf(await apim.at('GET', `${groups}/nowhere${query}`))).toBe('ResourceGroupNotFound');
    const made = await apim.at('PUT', `${groups}/new-one${query}`, { location: 'West Europe', tags: { a: 'b' } });
    expect([made.status, made.json]).toEqual([201, {
      id: `${subscription}/resourceGroups/new-one`, name: 'new-one', type: 'Microsoft.Resources/resourceGroups', location: 'westeurope', tags: { a: 'b' },
      properties: { provisioningState: 'Succeeded' },
    }]);
    expect((await apim.at('PUT', `${groups}/New-One${query}`, { location: 'westeurope' })).status).toBe(200);
    expect((await apim.at('GET', `${subscription}/resourceGroups/new-one/providers/Microsoft.ApiManagement/service?${version}`)).json).toEqual({ value: [] });
    const wrong: [string, object | undefined, number, string][] = [
      ['new-one', { location: 'eastus' }, 409, 'InvalidResourceGroupLocation'], ['x', undefined, 400, 'LocationRequired'],
      ['x', { location: 'nowhere' }, 400, 'LocationNotAvailableForResourceGroup'], ['x.', { location: 'eastus' }, 400, 'InvalidResourceGroup'],
    ];
    for (const [name, asked, status, code] of wrong) {
      const reply = await apim.at('PUT', `${groups}/${name}${query}`, asked);
      expect([reply.status, codeOf(reply)]).toEqual([status, code]);
    }
    expect((await apim.at('DELETE', `${groups}/new-one${query}`)).status).toBe(405);
    const places = (await apim.at('GET', `${subscription}/locations?api-version=2022-12-01`)).json;
    expect(places).toMatchObject({ value: expect.arrayContaining([expect.objectContaining({ name: 'westeurope', displayName: 'West Europe' })]) });
    const registration = (await apim.at('GET', `${provider}?api-version=2021-04-01`)).json;
    expect(registration).toMatchObject({ resourceTypes: expect.arrayContaining([expect.objectContaining({ resourceType: 'service', locations: expect.arrayContaining(['West Europe']) })]) });
    const permissions = await apim.at('GET', `${groups}/sample/providers/Microsoft.Authorization/permissions?api-version=2022-04-01`);
    expect(permissions.json).toMatchObject({ value: [{ actions: ['*'] }] });
  });

  it('the time that a creation takes can be set', async () => {
    expect((await apim.at('POST', '/sample/creation', { seconds: 15 })).json).toEqual({ seconds: 15 });
    const { reply } = await apim.begin('slow');
    expect(reply.headers['retry-after']).toBe('2');
    expect((await apim.at('DELETE', '/sample/creation')).json).toEqual({ seconds: 20 });
    for (const wrong of [{}, { seconds: -1 }, { seconds: 3601 }, { seconds: '1' }])
      expect(codeOf(await apim.at('POST', '/sample/creation', wrong))).toBe('BadCreation');
    expect((await apim.at('PUT', '/sample/creation', {})).status).toBe(400);
  });
});

it('all of it is there after a restart, and what was under way goes on by its time', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sample-services-'));
  const file = join(folder, 'api-management.json');
  let time = noon;
  const now = (): number => time;
  const started: Running[] = [];
  const start = async (): Promise<Running> => {
    const running = await startRunning({ file, now, creationMs: 50 });
    started.push(running);
    return running;
  };
  try {
    const first = await start();
    await first.at('PUT', `${subscription}/resourcegroups/mine?api-version=2021-04-01`, { location: 'eastus' });
    const active = await first.create('active');
    await first.at('PUT', `${active.path}/products/mine?${version}`, { properties: { displayName: 'Mine' } });
    const removed = await first.create('removed');
    await first.over(await first.at('DELETE', `${removed.path}?${version}`));
    await first.at('PATCH', `${instanceId}?${version}`, { properties: { publisherName: 'Others' } });
    await halt(first);
    const { path, reply } = await first.begin('under-way', { sku: 'Consumption' });
    await first.apim.stop();

    const second = await start();
    expect(await second.at('GET', `${active.path}?${version}`)).toMatchObject({ status: 200, json: { properties: { gatewayUrl: active.gatewayUrl } } });
    expect((await callAt(`${active.gatewayUrl}/x`, 'GET')).status).toBe(404);
    expect((await get(`${active.path}/products/mine`, second)).status).toBe(200);
    expect(propertiesOf(await get(instanceId, second)).publisherName).toBe('Others');
    expect((await second.at('HEAD', `${subscription}/resourcegroups/mine?api-version=2021-04-01`)).status).toBe(204);
    expect((await get(`${provider}/deletedservices`, second)).json).toMatchObject({ value: [{ name: 'removed' }] });
    const poll = ({ apim: { place } }: Running): Promise<ArmReply> =>
      callAt(String(reply.headers['azure-asyncoperation']).replace(first.apim.place.endpoint, place.endpoint), 'GET');
    expect((await poll(second)).json).toEqual({ status: 'InProgress' });
    await second.apim.stop();

    time += 600_000;
    const third = await start();
    await expect.poll(async () => (await poll(third)).json).toEqual({ status: 'Succeeded' });
    expect(propertiesOf(await get(path, third)).provisioningState).toBe('Succeeded');
    time += 49 * 60 * 60 * 1000;
    expect((await get(`${provider}/deletedservices`, third)).json).toEqual({ value: [] });
    expect((await third.begin('removed')).reply.status).toBe(201);
  } finally {
    for (const each of started) await each.apim.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});
