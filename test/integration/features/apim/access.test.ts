// The commands on products, subscriptions and keys against Sample API Management over real sockets: what they write, and whom they name.

import { describe, expect, it, vi } from 'vitest';
import { newPerson, person } from '../../../unit/features/apim/access/accessEditor';
import { ArmFailed, Cancelled } from '../../../../src/model/errors';
import { accessPlace } from './accessPlace';

vi.mock('vscode', async () => (await import('../../../unit/features/apim/access/accessEditor')).vscodeMock);
vi.mock('../../../../src/ui/ask', async () => (await import('../../../unit/features/apim/access/accessEditor')).askMock);
vi.mock('../../../../src/ui/notices', async () => (await import('../../../unit/features/apim/access/accessEditor')).noticesMock);
vi.mock('../../../../src/ui/progress', async () => (await import('../../../unit/features/apim/access/accessEditor')).progressMock);

const place = accessPlace();
const { run, there, keyOf, line, gateway, behindGateway } = place;

describe('a product', () => {
  it('is made with its APIs, with an id of its own, and its subscription is the next thing that is offered', async () => {
    newPerson('Starter!', 'For trying', 'Callers with a Subscription', 'Published', 'Weather', 'Create Subscription…');
    await run('apimCreateProduct', { kind: 'instance', instance: place.instance, parent: undefined });
    expect(there('/products/starter-2')).toMatchObject({ displayName: 'Starter!', description: 'For trying', subscriptionRequired: true, state: 'published' });
    expect(there('/products/starter-2/apis/weather')).toBeDefined();
    const counts = person.asked.slice(0, 5).map(({ title }) => title.match(/^Create Product in .* \((.*)\)$/)?.[1]);
    expect(counts).toEqual(['1/5', '2/5', '3/5', '4/5', '5/5']);
    expect(place.changed).toEqual(['/products', '/products/a/apis', '/products/a/subscriptions']);
    await vi.waitFor(() => expect(person.executed).toMatchObject([['azuremlWebServices.apimCreateSubscription', { entry: { kind: 'product', name: 'starter-2' } }]]));
  });

  it('may be open, hidden and empty', async () => {
    newPerson('Öffentlich & frei', '', 'Everybody, Without a Key', 'Not Published', '');
    await run('apimCreateProduct');
    expect(place.running.apim.store.children('/products').find(({ properties }) => properties['displayName'] === 'Öffentlich & frei')?.properties).toMatchObject({ subscriptionRequired: false, state: 'notPublished' });
    expect(person.told).toEqual([expect.stringMatching(/^The product "Öffentlich & frei" was created/)]);
  });

  it('says which API is missing where it was made and not all could be put into it, and offers no second one', async () => {
    newPerson('Half', '', 'Callers with a Subscription', 'Not Published', 'Weather');
    await place.running.fault({ fault: 'forbidden', match: '/products/half/apis/', method: 'PUT' });
    const error = await run('apimCreateProduct').catch((caught: unknown) => caught);
    expect.assert(error instanceof ArmFailed);
    expect([error.message, error.actions.includes('retry'), there('/products/half') !== undefined, place.changed.length > 0]).toEqual([
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

  it('takes the one API that is not in it by Enter, and of several those that are ticked, of which there may be none', async () => {
    await place.running.put('/apis/prices', { displayName: 'Prices', path: 'prices', protocols: ['https'], serviceUrl: 'http://127.0.0.1:9' });
    const unlimited = await line('product', '/products/unlimited');
    newPerson('');
    await expect(run('apimAddApiToProduct', unlimited)).rejects.toBeInstanceOf(Cancelled);
    expect([person.asked[0]?.detail, person.told]).toEqual([expect.stringMatching(/^Tick APIs/), ['No API was ticked, so none was added to the product "Unlimited".']]);
    expect([there('/products/unlimited/apis/weather'), there('/products/unlimited/apis/prices'), place.changed]).toEqual([undefined, undefined, []]);
    newPerson('Prices');
    await run('apimAddApiToProduct', unlimited);
    newPerson();
    await run('apimAddApiToProduct', unlimited);
    expect([person.asked, person.told]).toMatchObject([[{ labels: ['Weather'], detail: expect.stringMatching(/^Callers with keys/) }], ['The API "Weather" is in the product "Unlimited".']]);
    expect([there('/products/unlimited/apis/weather'), there('/products/unlimited/apis/prices')]).not.toContain(undefined);
  });

  it('with nothing to do is told about, and is no error', async () => {
    const [unlimited, weather] = [await line('product', '/products/unlimited'), await line('api', '/apis/weather')];
    await place.running.call('PUT', '/products/unlimited/apis/weather');
    const told = async (name: string, argument?: unknown): Promise<unknown> => {
      newPerson('Unlimited');
      await expect(run(name, argument)).rejects.toBeInstanceOf(Cancelled);
      return person.told;
    };
    expect(await told('apimAddApiToProduct', unlimited)).toEqual(['The product "Unlimited" has all APIs already.']);
    expect(await told('apimAddApiToProduct', weather)).toEqual(['The API "Weather" is in the product "Unlimited" already.']);
    await place.running.call('DELETE', '/products/unlimited/apis/weather', { headers: { 'If-Match': '*' } });
    expect(await told('apimRemoveFromProduct', unlimited)).toEqual(['The product "Unlimited" has no API.']);
  });

  it('is deleted with the subscriptions that were named, with their owners and the services here that use their keys', async () => {
    const mine = behindGateway();
    await place.running.put('/subscriptions/late', { scope: '/products/starter', displayName: 'Late', state: 'active' });
    await place.keys.set('subscriptionKey', mine, keyOf('team', 'secondaryKey'));
    const keys = ['team', 'late'].flatMap((name) => [keyOf(name), keyOf(name, 'secondaryKey')]);
    newPerson('Delete');
    await run('apimDeleteProduct', await line('product', '/products/starter'));
    expect(person.asked[0]?.detail).toMatch(/deleted with it.*"Team" \(owner: Ann Lee\).*\n.*uses a key of the product: "Weather here"\.\n.*stays, without it: "Weather"/);
    expect(person.asked[0]?.detail).toContain('"Late" (no owner)');
    expect([there('/products/starter'), there('/subscriptions/team')]).toEqual([undefined, undefined]);
    expect(place.changed).toEqual(['/products', '/products/a/apis', '/products/a/subscriptions', '/subscriptions', '/users/1/subscriptions']);
    expect(JSON.stringify([person, place.changed])).not.toMatch(new RegExp(keys.join('|')));
  });

  it('that loses an API names the services here that call it with its keys, and not those that call another one', async () => {
    behindGateway();
    const other = behindGateway('Of another API');
    const address = `${place.running.apim.gatewayUrl}/prices/score`;
    place.services[1] = { ...other, address, endpoint: { form: 'exact', origin: new URL(address).origin, path: '/prices/score', query: '' } };
    const front = behindGateway('Past a front door');
    place.services[2] = { ...front, address: 'http://127.0.0.1:9/x', endpoint: { form: 'exact', origin: 'http://127.0.0.1:9', path: '/x', query: '' } };
    for (const service of place.services) await place.keys.set('subscriptionKey', service, keyOf('team'));
    newPerson('Esc', 'Esc');
    const weather = await line('api', '/apis/weather', await line('product', '/products/starter'));
    await expect(run('apimRemoveFromProduct', weather)).rejects.toThrow();
    expect(person.asked[0]?.detail).toMatch(/"Team" \(owner: Ann Lee\)\.\n.*calls the API with a key of the product: "Weather here"\.\n.*and may call the API: "Past a front door"\.\n/);
    expect(person.asked[0]?.detail).not.toContain('Of another API');
    await place.running.fault({ fault: 'forbidden', match: 'listSecrets' });
    await expect(run('apimRemoveFromProduct', weather)).rejects.toThrow();
    expect(person.asked[1]?.detail).toContain('is not known: your account may not read all of its keys');
    expect(there('/products/starter/apis/weather')).toBeDefined();
  });

  it('that somebody else gets a key for while the question stands is asked about again', async () => {
    newPerson('Delete', 'Esc');
    person.meanwhile = () => place.running.put('/subscriptions/late', { scope: '/products/starter', displayName: 'Late', state: 'active' });
    await expect(run('apimDeleteProduct', await line('product', '/products/starter'))).rejects.toThrow();
    expect(person.asked.map(({ detail }) => [/"Late"/.test(detail), /changed by somebody else/.test(detail)])).toEqual([[false, false], [true, true]]);
    expect(there('/subscriptions/late')).toBeDefined();
    newPerson('Delete', 'Esc');
    person.meanwhile = () => place.running.call('PATCH', '/subscriptions/late', { headers: { 'If-Match': '*' }, body: { properties: { ownerId: '/users/ann' } } });
    await expect(run('apimDeleteProduct', await line('product', '/products/starter'))).rejects.toThrow();
    expect(person.asked.map(({ detail }) => /"Late" \((.*?)\)/.exec(detail)?.[1])).toEqual(['no owner', 'owner: Ann Lee']);
  });
});

describe('a subscription', () => {
  it('is for a product by default, active, and its key works', async () => {
    const scope = (): readonly string[] => person.asked[0]?.labels ?? [];
    newPerson('Starter', 'Team B', 'Ann Lee');
    await run('apimCreateSubscription');
    expect([scope()[0], scope().at(-1)]).toEqual(['Starter', 'All APIs']);
    expect(there('/subscriptions/team-b')).toMatchObject({ displayName: 'Team B', state: 'active', scope: `${place.instance.id}/products/starter`, ownerId: `${place.instance.id}/users/ann` });
    expect(await gateway(keyOf('team-b'))).not.toBe(401);
    expect(JSON.stringify([person.told, person.asked, person.progress])).not.toContain(keyOf('team-b'));
  });

  it('for an API says that limits of products do not apply, and is offered behind the products that hold it', async () => {
    newPerson('Weather', 'Alone', 'No Owner');
    await run('apimCreateSubscription', await line('api', '/apis/weather'));
    expect([person.asked[0]?.labels, person.asked[1]?.detail]).toEqual([['Starter', 'Weather'], expect.stringContaining('limits of products do not apply')]);
    expect(there('/subscriptions/alone')?.['scope']).toBe(`${place.instance.id}/apis/weather`);
  });

  it('for everything is asked about, and not made by a mere Enter', async () => {
    newPerson('All APIs', 'Esc');
    await expect(run('apimCreateSubscription')).rejects.toThrow();
    expect(person.asked[1]?.title).toContain('for all APIs');
    newPerson('All APIs', 'Create for All APIs', 'Boss', 'No Owner');
    await run('apimCreateSubscription');
    expect(there('/subscriptions/boss')?.['scope']).toBe(`${place.instance.id}/apis`);
  });

  it('is suspended after naming whose calls get 401, is activated without a question, and cancelled', async () => {
    const service = behindGateway();
    await place.keys.set('subscriptionKey', service, keyOf('team', 'secondaryKey'));
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
    expect([there('/subscriptions/team')?.['state'], person.told.at(-1), place.changed.length]).toEqual(['cancelled', 'The subscription "Team" is so already: cancelled.', 12]);
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
    place.services[1] = { ...elsewhere, address: 'http://127.0.0.1:9/other', endpoint: { form: 'exact', origin: 'http://127.0.0.1:9', path: '/other', query: '' } };
    const [old, kept] = [keyOf('team', which), keyOf('team', other)];
    await place.keys.set('subscriptionKey', mine, old);
    newPerson(which === 'primaryKey' ? 'Regenerate Primary Key' : 'Regenerate Secondary Key', 'Use the New Key Here');
    await run(command, await line('subscription', '/subscriptions/team'));
    await vi.waitFor(() => expect(person.told.at(-1)).toBe('The new key of "Team" is set for "Weather here".'));
    const now = keyOf('team', which);
    expect([now === old, keyOf('team', other) === kept, (await place.keys.of(mine)).subscriptionKey === now, place.cleared]).toEqual([false, true, true, [mine.address]]);
    expect(person.asked[0]?.detail).toMatch(/"Weather here"\.$/);
    expect([await gateway(old), await gateway(now) === 401]).toEqual([401, false]);
    expect(JSON.stringify([person, place.changed])).not.toMatch(new RegExp([old, kept, now].join('|')));
    expect(place.failed).toEqual([]);
  });

  it('is not set for a service that was given another one since', async () => {
    const mine = behindGateway();
    await place.keys.set('subscriptionKey', mine, keyOf('team'));
    newPerson('Regenerate Primary Key', 'Use the New Key Here');
    person.beforeButton = () => place.keys.set('subscriptionKey', mine, 'another-key-of-somebody');
    await run('apimRegeneratePrimaryKey', await line('subscription', '/subscriptions/team'));
    await vi.waitFor(() => expect(person.told.at(-1)).toBe('No service in the sidebar uses the old key any more.'));
    expect((await place.keys.of(mine)).subscriptionKey).toBe('another-key-of-somebody');
  });

  it('can be copied; with no service that used it nothing else is offered', async () => {
    newPerson('Regenerate Primary Key', 'Copy Key');
    await run('apimRegeneratePrimaryKey', await line('subscription', '/subscriptions/team'));
    await vi.waitFor(() => expect(person.clipboard).toEqual([keyOf('team')]));
    expect(person.told[0]).toBe('The primary key of "Team" is new: callers with the old one get 401. [Copy Key]');
  });

  it('that was stopped while it was made may be there, which is told, and it can be copied', async () => {
    newPerson('Regenerate Primary Key', 'Copy Key');
    await place.running.fault({ fault: 'throttle', match: 'regeneratePrimaryKey', count: 9 });
    const made = run('apimRegeneratePrimaryKey', await line('subscription', '/subscriptions/team'));
    made.catch(() => undefined);
    // It was sent when there is something to wait for.
    await vi.waitFor(() => expect([person.progress.at(-1), person.waits.length > 0]).toEqual(['Making a new key of Team', true]));
    person.cancel();
    await expect(made).rejects.toBeInstanceOf(Cancelled);
    await vi.waitFor(() => expect(person.clipboard).toEqual([keyOf('team')]));
    expect(person.told).toEqual([
      'Stopped while the primary key of "Team" was made anew. It may be new already: callers with the old one get 401 then. [Copy Key]', 'The key was copied.',
    ]);
  });

  it('whose answer was lost is known by the key that is there', async () => {
    newPerson('Regenerate Primary Key');
    const old = keyOf('team');
    await place.running.fault({ fault: 'cut', match: 'regeneratePrimaryKey' });
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
    expect([(await place.keys.of(service)).subscriptionKey === keyOf('team'), person.told]).toEqual([true, ['The key of "Team" is set for Weather here.']]);
    newPerson('Weather here', 'Esc');
    await expect(run('apimUseForService', await line('subscription', '/subscriptions/master'))).rejects.toThrow();
    expect((await place.keys.of(service)).subscriptionKey).toBe(keyOf('team'));
  });

  it('is used for the service that an API is, which is added where none is there', async () => {
    newPerson('Add the Service of an API…', 'Weather');
    await run('apimUseForService', await line('subscription', '/subscriptions/team'));
    const [service] = place.services;
    expect.assert(service !== undefined);
    expect([service.address, service.name]).toEqual([`${place.running.apim.gatewayUrl}/weather/score`, 'Weather at Sample API Management']);
    expect((await place.keys.of(service)).subscriptionKey).toBe(keyOf('team'));
  });

  it('of a suspended subscription is used with a warning', async () => {
    behindGateway();
    await place.running.call('PATCH', '/subscriptions/team', { headers: { 'If-Match': '*' }, body: { properties: { state: 'suspended' } } });
    await run('apimUseForService', await line('subscription', '/subscriptions/team'));
    expect(person.told[0]).toContain('calls get 401 until the subscription is activated (suspended)');
  });
});
