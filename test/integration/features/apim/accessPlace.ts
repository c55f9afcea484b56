// What the tests of products, subscriptions and keys share: an instance of the sample with something in it, and the commands over it.

import { afterEach, beforeEach, expect } from 'vitest';
import type { ServiceStore } from '../../../../src/features/services';
import { KeyStore } from '../../../../src/features/services/keyStore';
import type { ApimInstance } from '../../../../src/features/apim/instance';
import { readEntry } from '../../../../src/features/apim/load/readers';
import { accessCommands } from '../../../../src/features/apim/ui/apimAccess';
import type { AccessParts } from '../../../../src/features/apim/ui/accessTools';
import type { EntryKind } from '../../../../src/features/apim/items';
import type { Service } from '../../../../src/model/service';
import { endpointAt, toService, type NewService } from '../../../../src/protocols/newService';
import { MemoryBox } from '../../../unit/base/secretBox';
import { newPerson } from '../../../unit/features/apim/access/accessEditor';
import { callAt, startRunning, token, type Running } from '../../sample/apim/armClient';
import { clientAt, instanceAt } from './publish/samplePublishing';

/** One instance for each test, and what a test looks at. */
export interface AccessPlace {
  readonly running: Running;
  readonly instance: ApimInstance;
  readonly keys: KeyStore;
  /** The services of the sidebar. */
  readonly services: Service[];
  /** Addresses whose state was forgotten, lists that were asked for anew, and errors that were reported. */
  readonly cleared: readonly string[];
  readonly changed: readonly string[];
  readonly failed: readonly unknown[];
  run(name: string, argument?: unknown): Promise<unknown>;
  there(path: string): Readonly<Record<string, unknown>> | undefined;
  keyOf(name: string, which?: string): string;
  line(kind: EntryKind, path: string, parent?: object): Promise<object>;
  gateway(key: string): Promise<number>;
  behindGateway(name?: string): Service;
}

/** Sets it up before each test of a file and takes it down after it. */
export function accessPlace(): AccessPlace {
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

  return {
    get running() { return running; },
    get instance() { return instance; },
    get keys() { return keys; },
    get services() { return services; },
    get cleared() { return cleared; },
    get changed() { return changed; },
    get failed() { return failed; },
    run, there, keyOf, line, gateway, behindGateway,
  };
}
