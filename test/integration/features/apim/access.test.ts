// The commands on products, subscriptions and keys against Sample API Management over real sockets: what they write, whom they name, and
// what they do when the service says no.

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ServiceStore } from '../../../../src/features/services';
import { KeyStore } from '../../../../src/features/services/keyStore';
import type { ApimInstance } from '../../../../src/features/apim/instance';
import { readEntry } from '../../../../src/features/apim/load/readers';
import { accessCommands } from '../../../../src/features/apim/ui/apimAccess';
import type { AccessParts } from '../../../../src/features/apim/ui/accessTools';
import type { EntryKind } from '../../../../src/features/apim/items';
import { ArmFailed } from '../../../../src/model/errors';
import type { Service } from '../../../../src/model/service';
import { endpointAt, toService, type NewService } from '../../../../src/protocols/newService';
import { MemoryBox } from '../../../unit/base/secretBox';
import { newPerson, person } from '../../../unit/features/apim/access/accessEditor';
import { callAt, startRunning, token, type Running } from '../../sample/apim/armClient';
import { clientAt, instanceAt } from './publish/samplePublishing';

vi.mock('vscode', async () => (await import('../../../unit/features/apim/access/accessEditor')).vscodeMock);
vi.mock('../../../../src/ui/ask', async () => (await import('../../../unit/features/apim/access/accessEditor')).askMock);
vi.mock('../../../../src/ui/notices', async () => (await import('../../../unit/features/apim/access/accessEditor')).noticesMock);
vi.mock('../../../../src/ui/progress', async () => (await import('../../../unit/features/apim/access/accessEditor')).progressMock);

let running: Running;
let instance: ApimInstance;
let parts: AccessParts;
let keys: KeyStore;
let services: Service[];
let cleared: string[];
let changed: string[];
let failed: unknown[];
let close: () => void;

const isStore = (value: unknown): value is ServiceStore => typeof value === 'object';
const isParts = (value: unknown): value is AccessParts => typeof value === 'object';

beforeEach(async () => {
  newPerson();
  running = await startRunning();
  instance = instanceAt({ endpoint: running.apim.place.endpoint, gateway: running.apim.gatewayUrl });
  const client = clientAt({ endpoint: running.apim.place.endpoint, token });
  ({ close } = client);
  keys = new KeyStore(new MemoryBox());
  [services, cleared, changed, failed] = [[], [], [], []];
  const store: unknown = {
    workspaces: () => [{ services }], find: (address: string) => services.find((each) => each.address === address),
    add: (added: NewService) => {
      services.push(toService(added));
      return Promise.resolve(toService(added));
    },
  };
  expect.assert(isStore(store));
  const given: unknown = {
    services: { services: store, keys, health: { clear: (address: string) => void cleared.push(address) } },
    arms: () => Promise.resolve(client.arm), pickInstance: () => Promise.resolve(instance),
    reporter: { run: (work: () => Promise<void>) => work().catch((error: unknown) => void failed.push(error)) },
    changed: (_: unknown, isList: (path: string) => boolean) =>
      changed.push(...['/products', '/products/a/apis', '/products/a/subscriptions', '/subscriptions', '/users/1/subscriptions', '/apis'].filter(isList)),
  };
  expect.assert(isParts(given));
  parts = given;
  await running.put('/apis/weather', { displayName: 'Weather', path: 'weather', protocols: ['https'], serviceUrl: 'http://127.0.0.1:9' });
  await running.put('/apis/weather/operations/score', { displayName: 'Score', method: 'POST', urlTemplate: '/score' });
  await running.call('PUT', '/products/starter/apis/weather');
  await running.put('/users/ann', { email: 'ann@example.invalid', firstName: 'Ann', lastName: 'Lee' });
  await running.put('/subscriptions/team', { scope: '/products/starter', displayName: 'Team', state: 'active', ownerId: '/users/ann' });
});
afterEach(async () => {
  close();
  await running.apim.stop();
});

const run = async (name: string, argument?: unknown): Promise<unknown> => accessCommands(parts).get(`azuremlWebServices.${name}`)?.(argument);
const there = (path: string): Readonly<Record<string, unknown>> | undefined => running.apim.store.get(path)?.properties;
const keyOf = (name: string, which = 'primaryKey'): string => String(there(`/subscriptions/${name}`)?.[which]);

async function line(kind: EntryKind, path: string, parent?: object): Promise<object> {
  const entry = readEntry(kind, (await running.call('GET', path)).json);
  expect.assert(entry !== undefined);
  return { kind: 'entry', instance, entry, parent };
}

/** The status with which the gateway answers a call with this key; without an end point behind it a good key gets 500 or the like. */
async function gateway(key: string): Promise<number> {
  return (await callAt(`${running.apim.gatewayUrl}/weather/score`, 'POST', { headers: { 'Ocp-Apim-Subscription-Key': key }, body: '{}' })).status;
}

function behindGateway(name = 'Weather here'): Service {
  const read = endpointAt(`${running.apim.gatewayUrl}/weather/score`);
  expect.assert(read.ok);
  const service = toService({ name, endpoint: read.endpoint });
  services.push(service);
  return service;
}

describe('a product', () => {
  it('is made with its APIs, with an id of its own, and its subscription is the next thing that is offered', async () => {
    newPerson('Starter!', 'For trying', 'Callers with a Subscription', 'Published', 'Weather', 'Create Subscription…');
    await run('apimCreateProduct', { kind: 'instance', instance, parent: undefined });
    expect(there('/products/starter-2')).toMatchObject({ displayName: 'Starter!', description: 'For trying', subscriptionRequired: true, state: 'published' });
    expect(there('/products/starter-2/apis/weather')).toBeDefined();
    expect(person.asked.slice(0, 5).map(({ title }) => title.match(/^Create Product in .* \((.*)\)$/)?.[1])).toEqual(['1/5', '2/5', '3/5', '4/5', '5/5']);
    expect(changed).toEqual(['/products', '/products/a/apis', '/products/a/subscriptions']);
    await vi.waitFor(() => expect(person.executed).toMatchObject([['azuremlWebServices.apimCreateSubscription', { entry: { kind: 'product', name: 'starter-2' } }]]));
  });

  it('may be open, hidden and empty', async () => {
    newPerson('Öffentlich & frei', '', 'Everybody, Without a Key', 'Not Published', '');
    await run('apimCreateProduct');
    expect(running.apim.store.children('/products').find(({ properties }) => properties['displayName'] === 'Öffentlich & frei')?.properties).toMatchObject({ subscriptionRequired: false, state: 'notPublished' });
    expect(person.told).toEqual([expect.stringMatching(/^The product "Öffentlich & frei" was created/)]);
  });

  it('says which API is missing where it was made and not all could be put into it, and offers no second one', async () => {
    newPerson('Half', '', 'Callers with a Subscription', 'Not Published', 'Weather');
    await running.fault({ fault: 'forbidden', match: '/products/half/apis/', method: 'PUT' });
    const error = await run('apimCreateProduct').catch((caught: unknown) => caught);
    expect.assert(error instanceof ArmFailed);
    expect([error.message, error.actions.includes('retry'), there('/products/half') !== undefined, changed.length > 0]).toEqual([
      expect.stringContaining('The product "Half" was made, but the API "Weather" is not in it.'), false, true, true,
    ]);
  });

  it('is hidden and shown again; hiding says that keys work all the same', async () => {
    await run('apimUnpublishProduct', await line('product', '/products/starter'));
    expect([there('/products/starter')?.['state'], person.asked, person.told]).toEqual(['notPublished', [], [expect.stringContaining('Keys for it work all the same')]]);
    await run('apimPublishProduct', await line('product', '/products/starter'));
    await run('apimPublishProduct', await line('product', '/products/starter'));
    expect([there('/products/starter')?.['state'], person.told.slice(1)]).toEqual(['published', ['The product "Starter" is published.', 'The product "Starter" is published already.']]);
  });

  it('takes APIs that are not in it, and loses one after naming whose keys lose it', async () => {
    newPerson('Unlimited', 'Weather');
    await run('apimAddApiToProduct');
    expect(there('/products/unlimited/apis/weather')).toBeDefined();
    await expect(run('apimAddApiToProduct', await line('product', '/products/unlimited'))).rejects.toThrow('The product "Unlimited" has all APIs already.');
    newPerson('Esc');
    const product = await line('product', '/products/starter');
    await expect(run('apimRemoveFromProduct', await line('api', '/apis/weather', product))).rejects.toThrow();
    expect([there('/products/starter/apis/weather') !== undefined, person.asked[0]?.title, person.asked[0]?.detail]).toEqual([
      true, 'Remove the API "Weather" from the product "Starter"?', expect.stringContaining('"Team"'),
    ]);
    newPerson('Remove');
    await run('apimRemoveFromProduct', await line('api', '/apis/weather', product));
    expect([there('/products/starter/apis/weather'), there('/apis/weather') !== undefined]).toEqual([undefined, true]);
  });

  it('is deleted with the subscriptions that were named', async () => {
    newPerson('Delete');
    await run('apimDeleteProduct', await line('product', '/products/starter'));
    expect(person.asked[0]?.detail).toMatch(/deleted with it.*"Team".*\n.*stays, without it: "Weather"/);
    expect([there('/products/starter'), there('/subscriptions/team')]).toEqual([undefined, undefined]);
    expect(changed).toEqual(['/products', '/products/a/apis', '/products/a/subscriptions', '/subscriptions', '/users/1/subscriptions']);
  });

  it('that somebody else gets a key for while the question stands is asked about again', async () => {
    newPerson('Delete', 'Esc');
    person.meanwhile = () => running.put('/subscriptions/late', { scope: '/products/starter', displayName: 'Late', state: 'active' });
    await expect(run('apimDeleteProduct', await line('product', '/products/starter'))).rejects.toThrow();
    expect(person.asked.map(({ detail }) => [/"Late"/.test(detail), /changed by somebody else/.test(detail)])).toEqual([[false, false], [true, true]]);
    expect(there('/subscriptions/late')).toBeDefined();
  });
});

describe('a subscription', () => {
  it('is for a product by default, active, and its key works', async () => {
    const scope = (): readonly string[] => person.asked[0]?.labels ?? [];
    newPerson('Starter', 'Team B', 'Ann Lee');
    await run('apimCreateSubscription');
    expect([scope()[0], scope().at(-1)]).toEqual(['Starter', 'All APIs']);
    expect(there('/subscriptions/team-b')).toMatchObject({ displayName: 'Team B', state: 'active', scope: `${instance.id}/products/starter`, ownerId: `${instance.id}/users/ann` });
    expect(await gateway(keyOf('team-b'))).not.toBe(401);
    expect(JSON.stringify([person.told, person.asked, person.progress])).not.toContain(keyOf('team-b'));
  });

  it('for an API says that limits of products do not apply, and is offered behind the products that hold it', async () => {
    newPerson('Weather', 'Alone', 'No Owner');
    await run('apimCreateSubscription', await line('api', '/apis/weather'));
    expect([person.asked[0]?.labels, person.asked[1]?.detail]).toEqual([['Starter', 'Weather'], expect.stringContaining('limits of products do not apply')]);
    expect(there('/subscriptions/alone')?.['scope']).toBe(`${instance.id}/apis/weather`);
  });

  it('for everything is asked about, and not made by a mere Enter', async () => {
    newPerson('All APIs', 'Esc');
    await expect(run('apimCreateSubscription')).rejects.toThrow();
    expect(person.asked[1]?.title).toContain('for all APIs');
    newPerson('All APIs', 'Create for All APIs', 'Boss', 'No Owner');
    await run('apimCreateSubscription');
    expect(there('/subscriptions/boss')?.['scope']).toBe(`${instance.id}/apis`);
  });

  it('is suspended after naming whose calls get 401, is activated without a question, and cancelled', async () => {
    const service = behindGateway();
    await keys.set('subscriptionKey', service, keyOf('team', 'secondaryKey'));
    newPerson('Suspend');
    await run('apimSuspendSubscription', await line('subscription', '/subscriptions/team'));
    expect(person.asked).toMatchObject([{ title: 'Suspend the subscription "Team" of Sample API Management?' }]);
    for (const word of ['Ann Lee', '"Starter"', '"Weather"', '"Weather here"', '401']) expect(person.asked[0]?.detail).toContain(word);
    expect([there('/subscriptions/team')?.['state'], await gateway(keyOf('team'))]).toEqual(['suspended', 401]);
    await run('apimActivateSubscription', await line('subscription', '/subscriptions/team'));
    expect([there('/subscriptions/team')?.['state'], person.asked.length, await gateway(keyOf('team')) === 401]).toEqual(['active', 1, false]);
    newPerson('Cancel Subscription');
    await run('apimCancelSubscription', await line('subscription', '/subscriptions/team'));
    await run('apimCancelSubscription', await line('subscription', '/subscriptions/team'));
    expect([there('/subscriptions/team')?.['state'], person.told.at(-1), changed.length]).toEqual(['cancelled', 'The subscription "Team" is so already: cancelled.', 12]);
  });

  it('is deleted, and no longer there for the next question', async () => {
    const team = await line('subscription', '/subscriptions/team');
    newPerson('Delete');
    await run('apimDeleteSubscription', team);
    expect(there('/subscriptions/team')).toBeUndefined();
    await expect(run('apimSuspendSubscription', team)).rejects.toMatchObject({ reason: 'notFound' });
    expect(person.asked).toHaveLength(1);
  });
});

describe('a new key', () => {
  it.each([['apimRegeneratePrimaryKey', 'primaryKey', 'secondaryKey'], ['apimRegenerateSecondaryKey', 'secondaryKey', 'primaryKey']])('%s: those here that used it go on with it', async (command, which, other) => {
    const [mine, elsewhere] = [behindGateway(), behindGateway('Other')];
    services[1] = { ...elsewhere, address: 'http://127.0.0.1:9/other', endpoint: { form: 'exact', origin: 'http://127.0.0.1:9', path: '/other', query: '' } };
    const [old, kept] = [keyOf('team', which), keyOf('team', other)];
    await keys.set('subscriptionKey', mine, old);
    newPerson(which === 'primaryKey' ? 'Regenerate Primary Key' : 'Regenerate Secondary Key', 'Use the New Key Here');
    await run(command, await line('subscription', '/subscriptions/team'));
    await vi.waitFor(() => expect(person.told.at(-1)).toBe('The new key of "Team" is set for "Weather here".'));
    const now = keyOf('team', which);
    expect([now === old, keyOf('team', other) === kept, (await keys.of(mine)).subscriptionKey === now, cleared]).toEqual([false, true, true, [mine.address]]);
    expect(person.asked[0]?.detail).toMatch(/"Weather here"\.$/);
    expect([await gateway(old), await gateway(now) === 401]).toEqual([401, false]);
    expect(JSON.stringify([person, changed])).not.toMatch(new RegExp([old, kept, now].join('|')));
    expect(failed).toEqual([]);
  });

  it('is not set for a service that was given another one since', async () => {
    const mine = behindGateway();
    await keys.set('subscriptionKey', mine, keyOf('team'));
    newPerson('Regenerate Primary Key', 'Use the New Key Here');
    person.beforeButton = () => keys.set('subscriptionKey', mine, 'another-key-of-somebody');
    await run('apimRegeneratePrimaryKey', await line('subscription', '/subscriptions/team'));
    await vi.waitFor(() => expect(person.told.at(-1)).toBe('No service in the sidebar uses the old key any more.'));
    expect((await keys.of(mine)).subscriptionKey).toBe('another-key-of-somebody');
  });

  it('can be copied; with no service that used it nothing else is offered', async () => {
    newPerson('Regenerate Primary Key', 'Copy Key');
    await run('apimRegeneratePrimaryKey', await line('subscription', '/subscriptions/team'));
    await vi.waitFor(() => expect(person.clipboard).toEqual([keyOf('team')]));
    expect(person.told[0]).toBe('The primary key of "Team" is new: callers with the old one get 401. [Copy Key]');
  });

  it('whose answer was lost is known by the key that is there', async () => {
    newPerson('Regenerate Primary Key');
    const old = keyOf('team');
    await running.fault({ fault: 'cut', match: 'regeneratePrimaryKey' });
    await run('apimRegeneratePrimaryKey', await line('subscription', '/subscriptions/team'));
    expect([keyOf('team') === old, person.told[0]]).toEqual([false, expect.stringContaining('is new')]);
  });
});

describe('a key', () => {
  it('is copied after a question, which warns of one that opens everything', async () => {
    newPerson('Copy Secondary Key');
    await run('apimCopyKey', await line('subscription', '/subscriptions/master'));
    expect(person.clipboard).toEqual([keyOf('master', 'secondaryKey')]);
    expect(person.asked[0]?.detail).toContain('It opens every API of the instance');
    newPerson('Team', 'Copy Primary Key');
    await run('apimCopyKey');
    expect([person.clipboard, person.asked[1]?.detail.includes('every API')]).toEqual([[keyOf('team')], false]);
  });

  it('is used for a service behind the gateway', async () => {
    const service = behindGateway();
    newPerson('Weather here');
    await run('apimUseForService', await line('subscription', '/subscriptions/team'));
    expect([(await keys.of(service)).subscriptionKey === keyOf('team'), person.told]).toEqual([true, ['The key of "Team" is set for Weather here.']]);
    newPerson('Weather here', 'Esc');
    await expect(run('apimUseForService', await line('subscription', '/subscriptions/master'))).rejects.toThrow();
    expect((await keys.of(service)).subscriptionKey).toBe(keyOf('team'));
  });

  it('is used for the service that an API is, which is added where none is there', async () => {
    newPerson('Add the Service of an API…', 'Weather');
    await run('apimUseForService', await line('subscription', '/subscriptions/team'));
    const [service] = services;
    expect.assert(service !== undefined);
    expect([service.address, service.name]).toEqual([`${running.apim.gatewayUrl}/weather/score`, 'Weather at Sample API Management']);
    expect((await keys.of(service)).subscriptionKey).toBe(keyOf('team'));
  });

  it('of a suspended subscription is used with a warning', async () => {
    behindGateway();
    await running.call('PATCH', '/subscriptions/team', { headers: { 'If-Match': '*' }, body: { properties: { state: 'suspended' } } });
    await run('apimUseForService', await line('subscription', '/subscriptions/team'));
    expect(person.told[0]).toContain('calls get 401 until the subscription is activated (suspended)');
  });
});

describe('the service that says no', () => {
  const team = (): Promise<object> => line('subscription', '/subscriptions/team');

  it('who may only read learns it before any question', async () => {
    for (const [name, argument] of [['apimSuspendSubscription', await team()], ['apimRegeneratePrimaryKey', await team()], ['apimCreateProduct', undefined], ['apimCreateSubscription', undefined]] as const) {
      await running.fault({ fault: 'reader' });
      await expect(run(name, argument)).rejects.toMatchObject({ reason: 'forbidden' });
    }
    expect(person.asked).toEqual([]);
  });

  it('who may not read keys is told that it is not known who uses them', async () => {
    await running.fault({ fault: 'forbidden', match: 'listSecrets' });
    newPerson('Suspend');
    await run('apimSuspendSubscription', await team());
    expect(person.asked[0]?.detail).toContain('is not known: your account may not read its keys');
    expect(there('/subscriptions/team')?.['state']).toBe('suspended');
  });

  it('another change beside is read again without a question; one of the state is asked about again', async () => {
    await running.fault({ fault: 'stale', method: 'PATCH' });
    newPerson('Suspend');
    await run('apimSuspendSubscription', await team());
    expect([person.asked.length, there('/subscriptions/team')?.['state']]).toEqual([1, 'suspended']);
    const change = (properties: object) => (): Promise<unknown> => running.call('PATCH', '/subscriptions/team', { headers: { 'If-Match': '*' }, body: { properties } });
    newPerson('Cancel Subscription', 'Cancel Subscription');
    person.meanwhile = change({ state: 'active' });
    await run('apimCancelSubscription', await team());
    expect(person.asked.map(({ detail }) => detail.includes('changed by somebody else'))).toEqual([false, true]);
    expect(there('/subscriptions/team')?.['state']).toBe('cancelled');
  });

  it('a lasting 412 is told, and nothing was overwritten', async () => {
    await running.fault({ fault: 'stale', method: 'PATCH', count: 20 });
    newPerson('Suspend');
    await expect(run('apimSuspendSubscription', await team())).rejects.toMatchObject({ reason: 'changed' });
    expect([there('/subscriptions/team')?.['state'], person.asked.length, changed.length > 0]).toEqual(['active', 1, true]);
  });

  it.each([['throttle', /^too many calls: waits/], ['conflict', /^the instance is busy: waits/]])('a wait is shown: %s', async (fault, words) => {
    await running.fault({ fault, method: 'PATCH' });
    newPerson('Suspend');
    await run('apimSuspendSubscription', await team());
    expect([person.waits.some((wait) => words.test(wait)), there('/subscriptions/team')?.['state']]).toEqual([true, 'suspended']);
  });
});

it('nothing is written where the person leaves', async () => {
  const before = JSON.stringify(running.apim.store.state());
  for (const name of ['apimSuspendSubscription', 'apimCancelSubscription', 'apimDeleteSubscription', 'apimRegeneratePrimaryKey', 'apimRegenerateSecondaryKey']) {
    newPerson('Esc');
    await expect(run(name, await line('subscription', '/subscriptions/team'))).rejects.toThrow();
  }
  expect(JSON.stringify(running.apim.store.state())).toBe(before);
});

