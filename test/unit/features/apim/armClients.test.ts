// Which client an instance gets, and whose token goes where.

import { expect, it } from 'vitest';
import { ArmClients } from '../../../../src/features/apim/armClients';
import { cloudOf } from '../../../../src/features/apim/endpoints';
import type { Identity } from '../../../../src/features/apim/items';
import { instanceOfSample, type SampleApim } from '../../../../src/features/apim/sampleApim';
import type { ArmEndpoint } from '../../../../src/model/arm';
import { FakeArm, someInstance, subscriptionId } from './apimTools';

const running: SampleApim = { endpoint: 'http://127.0.0.1:9999', token: 'SAMPLE-TOKEN', subscriptionId: 's', resourceGroup: 'g', service: 'sample' };

function some(): {
  readonly clients: ArmClients; readonly made: ArmEndpoint[]; readonly asked: (readonly [Identity, boolean])[];
  readonly now: { sample: SampleApim | undefined; armEndpoint: string };
} {
  const made: ArmEndpoint[] = [];
  const asked: (readonly [Identity, boolean])[] = [];
  const now: { sample: SampleApim | undefined; armEndpoint: string } = { sample: running, armEndpoint: '' };
  const clients = new ArmClients({
    cloud: () => cloudOf({ environment: undefined, customEnvironment: undefined, armEndpoint: now.armEndpoint }),
    accounts: { token: (identity, refused) => Promise.resolve(`TOKEN-${asked.push([identity, refused])}`) },
    sample: () => now.sample,
    create: (endpoint) => {
      made.push(endpoint);
      return Promise.resolve(new FakeArm().arm);
    },
    ownerOf: (id) => (id === subscriptionId ? { accountId: 'a', tenantId: 't' } : undefined),
  });
  return { clients, made, asked, now };
}

const options = { renew: false, signal: new AbortController().signal };

it("the sample's token goes to the sample alone, and nowhere once it has ended", async () => {
  const { clients, made, asked, now } = some();
  await clients.armOf(instanceOfSample(running));
  const credential = await made[0]?.credential(options);
  expect(credential?.headers('http://127.0.0.1:9999/subscriptions')).toEqual([{ name: 'Authorization', value: 'Bearer SAMPLE-TOKEN' }]);
  expect(() => credential?.headers('http://127.0.0.1:9998/subscriptions')).toThrow('another address');
  now.sample = undefined;
  await expect(made[0]?.credential(options)).rejects.toThrow('Sample API Management does not run at http://127.0.0.1:9999.');
  await expect(clients.armOf(instanceOfSample(running))).rejects.toMatchObject({
    message: 'Sample API Management does not run at http://127.0.0.1:9999.', actions: ['startSample'],
  });
  now.sample = { ...running, endpoint: 'http://127.0.0.1:9998' };
  await expect(clients.armOf(instanceOfSample(running))).rejects.toThrow('does not run at http://127.0.0.1:9999');
  await expect(clients.armOf({ endpointUrl: 'https://elsewhere.example' })).rejects.toThrow('This was found at https://elsewhere.example, and now');
  expect(asked).toEqual([]);
});

it('an instance is asked with the token of its own directory, by one client', async () => {
  const { clients, made, asked } = some();
  const [one, other] = await Promise.all([clients.armOf(someInstance()), clients.armOf(someInstance({ name: 'other' }))]);
  expect([one === other, made.length]).toEqual([true, 1]);
  await made[0]?.credential(options);
  await made[0]?.credential({ ...options, renew: true });
  expect(asked).toEqual([[{ accountId: 'a', tenantId: 't' }, false], [{ accountId: 'a', tenantId: 't' }, true]]);
  await clients.armOf({ endpointUrl: 'https://management.azure.com' });
  expect(made).toHaveLength(2);
});

it('a setting that is another one meanwhile takes no token along', async () => {
  const { clients, made, asked, now } = some();
  await clients.armFor({});
  now.armEndpoint = 'https://arm.example';
  await expect(made[0]?.credential(options)).rejects.toThrow('and now https://arm.example is asked');
  await expect(clients.armOf(someInstance())).rejects.toMatchObject({ reason: 'other', actions: ['openSettings'] });
  expect(asked).toEqual([]);
});

it('a client that could not be made is made the next time', async () => {
  const { clients } = some();
  let fails = true;
  const failing = new ArmClients({
    cloud: () => cloudOf({ environment: undefined, customEnvironment: undefined, armEndpoint: '' }), accounts: { token: () => Promise.resolve('') }, sample: () => undefined,
    ownerOf: () => undefined, create: () => (fails ? Promise.reject(new Error('no file')) : clients.armFor({})),
  });
  await expect(failing.armFor({})).rejects.toThrow('no file');
  fails = false;
  await expect(failing.armFor({})).resolves.toBeDefined();
});
