// Who uses the keys of a product: owners by the names that people know, services by their keys, and whether they call an API of it.

import { describe, expect, it, vi } from 'vitest';
import { callersOf, holdersOf, keyUsersOf, type KeyUsers } from '../../../../../src/features/apim/access/productUsers';
import type { Entry } from '../../../../../src/features/apim/items';
import type { Secrets, Service } from '../../../../../src/model/service';
import { someInstance } from '../apimTools';
import { armFailure, FakeArm, instanceId } from '../fakeArm';

const placeOf = (arm: FakeArm): Parameters<typeof holdersOf>[0] =>
  ({ arm, instance: someInstance({ id: instanceId }), options: { signal: new AbortController().signal } });
const subscription = (name: string, owner?: string): Entry =>
  ({ kind: 'subscription', id: name, name, title: `Title of ${name}`, ...(owner === undefined ? {} : { owner }) });
const service = (name: string, address = `https://${name}.example/`): Service =>
  ({ name, address, endpoint: { form: 'exact', origin: new URL(address).origin, path: '/', query: '' }, subscriptionKeyHeader: 'x' });

it('owners are asked for once each, and no more of them than are told', async () => {
  const arm = new FakeArm();
  arm.set('/users/ann', { firstName: 'Ann', lastName: 'Lee' });
  const holders = await holdersOf(placeOf(arm), [subscription('a', 'ann'), subscription('b'), subscription('c', 'ann'), subscription('d', 'gone'), subscription('e', 'bob')], 4);
  expect(holders.map(({ title, owner }) => [title, owner])).toEqual([
    ['Title of a', 'Ann Lee'], ['Title of b', undefined], ['Title of c', 'Ann Lee'], ['Title of d', 'gone'], ['Title of e', 'bob'],
  ]);
  expect(arm.calls).toEqual(['GET /users/ann', 'GET /users/gone']);
});

describe('services that use keys', () => {
  const services = ['one', 'two', 'three'].map((name) => service(name));

  /** The keys of a subscription are `NAME-1` and `NAME-2`; `refused` may not be read. */
  async function used(count: number, stored: Readonly<Record<string, Secrets>>, refused: readonly string[] = []): Promise<KeyUsers & { readonly read: readonly string[] }> {
    const arm = new FakeArm();
    const read: string[] = [];
    vi.spyOn(arm, 'post').mockImplementation((path: string) => {
      const name = path.split('/').at(-2) ?? '';
      read.push(name);
      if (refused.includes(name)) return Promise.reject(armFailure('forbidden', 403));
      return Promise.resolve({ status: 200, body: { primaryKey: `${name}-1`, secondaryKey: `${name}-2` } });
    });
    const subscriptions = Array.from({ length: count }, (_, index) => subscription(`s${index}`));
    return { ...await keyUsersOf(placeOf(arm), subscriptions, services, ({ name }) => Promise.resolve(stored[name] ?? {})), read };
  }

  it('are found by either key of any subscription, and by no other secret', async () => {
    const found = await used(9, { one: { subscriptionKey: 's8-2' }, two: { serviceKey: 's1-1' }, three: { subscriptionKey: 's0-1' } });
    expect([found.services.map(({ name }) => name), found.isAll, found.read.length]).toEqual([['one', 'three'], true, 9]);
    expect(await used(2, { one: { subscriptionKey: 'another' } })).toMatchObject({ services: [], isAll: true });
  });

  it('cost no more keys than it takes to know them', async () => {
    expect((await used(9, { one: { serviceKey: 's0-1' } })).read).toEqual([]);
    expect((await used(9, { one: { subscriptionKey: 's1-1' } })).read).toHaveLength(4);
  });

  it('may be more where keys could not be read, unless all are known by then', async () => {
    const stored = { one: { subscriptionKey: 's1-1' }, two: { subscriptionKey: 's2-2' } };
    const found = await used(3, stored, ['s2']);
    expect([found.services.map(({ name }) => name), found.isAll]).toEqual([['one'], false]);
    expect(await used(3, stored, ['s0'])).toMatchObject({ isAll: true });
    expect(await used(3, {}, ['s0', 's1', 's2'])).toMatchObject({ services: [], isAll: true });
  });
});

it('services call an API where their address is one of it; of one past the known addresses of the gateway it is not known', () => {
  const [weather, prices, elsewhere] = [
    service('weather', 'https://scores.azure-api.net/weather/score'), service('prices', 'https://scores.azure-api.net/prices/score'), service('elsewhere', 'https://front.example/weather/score'),
  ];
  const api: Entry = { kind: 'api', id: 'a', name: 'weather', title: 'Weather', path: 'weather' };
  expect(callersOf({ gatewayUrls: ['https://scores.azure-api.net'] }, api, [weather, prices, elsewhere])).toEqual({ calling: [weather], perhaps: [elsewhere] });
});
