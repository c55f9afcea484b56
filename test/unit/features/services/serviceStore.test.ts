// The list of services in the settings: what is added, renamed, removed; what cannot be read stays.

import { beforeEach, describe, expect, it } from 'vitest';
import { InvalidInput } from '../../../../src/model/errors';
import { Emitter } from '../../../../src/model/lifetime';
import type { Service } from '../../../../src/model/service';
import { parseEndpoint } from '../../../../src/protocols/studio/endpoint';
import { checkHeaderName, checkName } from '../../../../src/features/services/serviceEntries';
import { ServiceStore } from '../../../../src/features/services/serviceStore';

const one = `https://scoring.example.com/workspaces/${'a'.repeat(32)}/services/${'1'.repeat(32)}`;
const two = `https://scoring.example.com/workspaces/${'a'.repeat(32)}/services/${'2'.repeat(32)}`;
const other = `https://gateway.example.com/models/workspaces/${'b'.repeat(32)}/services/${'3'.repeat(32)}`;

let stored: unknown;
let services: ServiceStore;
let changes: number;
const external = new Emitter<void>();

beforeEach(() => {
  stored = undefined;
  changes = 0;
  services = new ServiceStore({
    read: () => stored,
    write: async (value) => {
      await Promise.resolve();
      stored = JSON.parse(JSON.stringify(value));
    },
    onDidChange: external.event,
  });
  services.onDidChange(() => (changes += 1));
});

function endpoint(address: string) {
  const read = parseEndpoint(address);
  if (!read.ok) throw new Error(read.reason);
  return read.endpoint;
}

function add(address: string, name: string, subscriptionKeyHeader?: string): Promise<Service> {
  return services.add({ name, endpoint: endpoint(address), subscriptionKeyHeader });
}

function found(address: string): Service {
  const service = services.find(address);
  if (!service) throw new Error('is not there');
  return service;
}

const names = (): string[][] => services.workspaces().map((workspace) => [workspace.name, ...workspace.services.map((service) => service.name)]);

describe('services', () => {
  it('begin with none', () => {
    expect(services.workspaces()).toEqual([]);
    expect(services.problems()).toEqual([]);
  });

  it('keep the name of their workspace, whichever of them carries it', async () => {
    stored = [{ name: 'One', address: one }, { name: 'Two', address: two, workspace: 'Fraud' }];
    expect(names()).toEqual([['Fraud', 'One', 'Two']]);
    const three = one.replaceAll('1', '4');
    await add(three, 'Three');
    expect(stored).toContainEqual({ name: 'Three', address: three, workspace: 'Fraud' });
  });

  it('are grouped by workspace', async () => {
    await add(one, 'One');
    await add(other, 'Other', 'X-Key');
    await add(two, 'Two');
    expect(names()).toEqual([['scoring.example.com', 'One', 'Two'], ['gateway.example.com', 'Other']]);
    expect(found(other).subscriptionKeyHeader).toBe('X-Key');
    expect(stored).toEqual([{ name: 'One', address: one }, { name: 'Other', address: other, subscriptionKeyHeader: 'X-Key' }, { name: 'Two', address: two }]);
    expect(changes).toBe(3);
  });

  it('are not lost when they are added at the same time', async () => {
    await Promise.all([add(one, 'One'), add(two, 'Two'), add(other, 'Other')]);
    expect(names().flat()).toEqual(expect.arrayContaining(['One', 'Two', 'Other']));
  });

  it('are there only once', async () => {
    await add(one, 'One');
    await expect(add(one, 'Again')).rejects.toThrow('This service is there already, as "One".');
    // A failed edit does not stop the next.
    await add(two, 'Two');
    expect(names().flat()).toContain('Two');
  });

  it('and workspaces get other names, which new services of the workspace share', async () => {
    await add(one, 'One');
    const [workspace] = services.workspaces();
    if (!workspace) throw new Error('no workspace');
    await services.renameWorkspace(workspace, 'Fraud');
    await services.rename(found(one), 'First');
    await add(two, 'Two');
    expect(names()).toEqual([['Fraud', 'First', 'Two']]);
  });

  it('get another header', async () => {
    await add(one, 'One');
    await services.setSubscriptionKeyHeader(found(one), 'X-Other');
    expect(found(one).subscriptionKeyHeader).toBe('X-Other');
  });

  it('are removed alone', async () => {
    await add(one, 'One');
    await add(two, 'Two');
    await services.remove([found(one)]);
    expect(names().flat()).not.toContain('One');
    expect(names().flat()).toContain('Two');
  });

  it('follow edits that are made elsewhere', () => {
    const watching = services.watch();
    stored = [{ name: 'By hand', address: one }];
    external.fire();
    expect(changes).toBe(1);
    expect(names().flat()).toContain('By hand');
    watching.dispose();
    external.fire();
    expect(changes).toBe(1);
  });
});

describe('entries that cannot be read', () => {
  const odd = [5, { name: 'x' }, { address: 'ftp://x/y' }, { address: one, name: 'One', note: 'kept' }, { address: one }, { address: two, subscriptionKeyHeader: 'Authorization' }];

  it('are told of, one sentence each', () => {
    stored = odd;
    expect(services.problems()).toHaveLength(5);
    expect(services.problems()[0]).toBe('Entry 1 of "azuremlWebServices.services": it has no "address".');
    expect(services.problems()[3]).toBe('Entry 5 of "azuremlWebServices.services" repeats the address of "One".');
    expect(services.problems()[4]).toContain('The header "Authorization" has another meaning');
    expect(names().flat()).toContain('One');
  });

  it('stay as they are when others change', async () => {
    stored = odd;
    await services.rename(found(one), 'New');
    await add(other, 'Other');
    expect(stored).toEqual([5, { name: 'x' }, { address: 'ftp://x/y' }, { address: one, name: 'New', note: 'kept' }, { address: one, name: 'New' }, odd[5], { name: 'Other', address: other }]);
  });

  it('a setting that is no list is told of and not overwritten', async () => {
    stored = { a: 1 };
    expect(services.problems()).toEqual(['The setting "azuremlWebServices.services" is not a list.']);
    await expect(add(one, 'One')).rejects.toBeInstanceOf(InvalidInput);
    expect(stored).toEqual({ a: 1 });
  });
});

describe('the sample', () => {
  it('comes first, is found, and is not written down', async () => {
    await add(two, 'Two');
    const service = { ...found(two), name: 'Sample', address: 'http://127.0.0.1:1/workspaces/x/services/y' };
    services.setSample({ address: 'http://127.0.0.1:1/workspaces/x', id: 'x', name: 'Sample', services: [service], sample: true });
    expect(names()[0]).toEqual(['Sample', 'Sample']);
    expect(services.find(service.address)).toBe(service);
    expect(JSON.stringify(stored)).not.toContain('127.0.0.1');
    services.setSample(undefined);
    expect(services.find(service.address)).toBeUndefined();
  });
});

it.each([['X-Key', true], ['Ocp-Apim-Subscription-Key', true], ['a b', false], ['a:b', false], ['', false], ['Authorization', false], ['accept-encoding', false], ['content-type', false], ['Host', false]])('header name %j is good: %s', (name, good) => {
  expect(checkHeaderName(name) === undefined).toBe(good);
});

it.each([['Churn', true], ['  ', false], ['x'.repeat(101), false]])('name %j is good: %s', (name, good) => {
  expect(checkName(name) === undefined).toBe(good);
});

describe('what it costs', () => {
  it('to find a service is not to read the whole setting again', () => {
    let read = 0;
    const entry = (index: number): unknown => ({
      name: 'S',
      get address() {
        read += 1;
        return `https://scoring.example.com/workspaces/w/services/${index}`;
      },
    });
    stored = Array.from({ length: 100 }, (_, index) => entry(index));
    const address = 'https://scoring.example.com/workspaces/w/services/99';
    for (let times = 0; times < 1000; times += 1) {
      expect(services.find(address)?.address).toBe(address);
      expect(services.workspaceOf(address)?.id).toBe('w');
    }
    expect(services.workspaceOf('https://nowhere.example')).toBeUndefined();
    expect(read).toBe(100);
    stored = [entry(7)];
    expect(services.find(address)).toBeUndefined();
  });

  it('an edit is told once, though VS Code tells of it too, before or after it is over', async () => {
    for (const late of [false, true]) {
      const setting = new Emitter<void>();
      let value: unknown;
      const each = new ServiceStore({ read: () => value, write: async (given) => {
        await Promise.resolve();
        value = given;
        if (!late) setting.fire();
      }, onDidChange: setting.event });
      each.watch();
      let told = 0;
      each.onDidChange(() => (told += 1));
      await each.add({ name: 'One', endpoint: endpoint(one) });
      if (late) setting.fire();
      expect(told).toBe(1);
      value = [];
      setting.fire();
      expect(told).toBe(2);
    }
  });
});
