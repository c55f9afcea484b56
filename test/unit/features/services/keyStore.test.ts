// Keys: kept under their address, forgotten whole, and never taken for kept when the store did not keep them.

import { beforeEach, describe, expect, it } from 'vitest';
import { LocalFailure } from '../../../../src/model/errors';
import { Emitter } from '../../../../src/model/lifetime';
import type { Service } from '../../../../src/model/service';
import { parseEndpoint } from '../../../../src/protocols/studio/endpoint';
import { secretName } from '../../../../src/protocols/studio/endpointAddress';
import { checkKey, cleanKey, KeyStore, type KeysChange } from '../../../../src/features/services/keyStore';
import { ServiceOfFile } from '../../../../src/features/services/remembered';
import { toService } from '../../../../src/protocols/newService';
import { MemoryBox } from '../../base/secretBox';

function service(host: string): Service {
  const read = parseEndpoint(`https://${host}/workspaces/${'a'.repeat(32)}/services/${'1'.repeat(32)}`);
  if (!read.ok) throw new Error(read.reason);
  return toService({ name: 'One', endpoint: read.endpoint });
}

const box = new Map<string, string>();
const external = new Emitter<{ key: string }>();
let keeps: boolean;
let keys: KeyStore;

beforeEach(() => {
  box.clear();
  keeps = true;
  keys = new KeyStore({
    get: (name) => Promise.resolve(box.get(name)),
    store: (name, value) => Promise.resolve(void (keeps && box.set(name, value))),
    delete: (name) => Promise.resolve(void box.delete(name)),
    onDidChange: external.event,
  });
});

describe('keys', () => {
  it('are two secrets, each optional', async () => {
    const one = service('a.example.com');
    expect(await keys.of(one)).toEqual({});
    await keys.set('subscriptionKey', one, 'gateway');
    expect(await keys.of(one)).toEqual({ subscriptionKey: 'gateway' });
    await keys.set('serviceKey', one, ' Bearer the-key== ');
    expect(await keys.of(one)).toEqual({ serviceKey: 'the-key==', subscriptionKey: 'gateway' });
  });

  it('do not follow an address to another host', async () => {
    await keys.set('serviceKey', service('a.example.com'), 'some-key');
    expect(await keys.of(service('b.example.com'))).toEqual({});
  });

  it('are forgotten one by one, and all', async () => {
    const one = service('a.example.com');
    await keys.set('subscriptionKey', one, 'gateway');
    await keys.set('serviceKey', one, 'key');
    await keys.forget('subscriptionKey', one);
    expect(await keys.of(one)).toEqual({ serviceKey: 'key' });
    await keys.forgetAll(one);
    expect(box.size).toBe(0);
  });

  it('that the store did not keep are not taken for kept, and the error does not tell them', async () => {
    keeps = false;
    const failure = await keys.set('serviceKey', service('a.example.com'), 'very-secret').catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(LocalFailure);
    expect(JSON.stringify([String(failure), failure])).not.toContain('very-secret');
  });

  it('of the sample live in memory only', async () => {
    const one = service('a.example.com');
    keys.setTemporary(one.address, { serviceKey: 'sample' });
    expect(await keys.of(one)).toEqual({ serviceKey: 'sample' });
    expect(box.size).toBe(0);
    keys.setTemporary(one.address, undefined);
    expect(await keys.of(one)).toEqual({});
  });

  it('tell when they change, here and in other windows', async () => {
    let changes = 0;
    keys.onDidChange(() => (changes += 1));
    await keys.set('serviceKey', service('a.example.com'), 'some-key');
    const watching = keys.watch();
    const { endpoint } = service('b.example.com');
    external.fire({ key: secretName('serviceKey', endpoint) });
    watching.dispose();
    external.fire({ key: secretName('serviceKey', endpoint) });
    expect(changes).toBe(2);
  });

  it('tell of a change once, of whom it concerns, and of nothing else that is in the store', async () => {
    const shared = new MemoryBox();
    const [here, there] = [new KeyStore(shared), new KeyStore(shared)];
    const told: { readonly window: string; readonly change: KeysChange }[] = [];
    for (const [window, each] of [['here', here], ['there', there]] as const) {
      each.watch();
      each.onDidChange((change) => told.push({ window, change }));
    }
    const settled = async (): Promise<string[]> => {
      await new Promise((resolve) => setTimeout(resolve));
      return told.splice(0).map(({ window, change }) => `${window} ${[one, other].map(change.concerns).join()}`);
    };
    const [one, other] = [service('a.example.com'), service('b.example.com')];
    await shared.store('azuremlWebServices.parameters 1', '{}');
    await shared.store('azuremlWebServices.storages', '[]');
    expect(await settled()).toEqual([]);
    await here.replace(one, { serviceKey: 'first-key', subscriptionKey: 'gateway' });
    expect((await settled()).filter((line) => line.startsWith('here'))).toEqual(['here true,false']);
    await here.set('serviceKey', one, 'second-key');
    expect((await settled()).toSorted()).toEqual(['here true,false', 'there true,false']);
    await there.set('serviceKey', one, 'third-key');
    expect((await settled()).toSorted()).toEqual(['here true,false', 'there true,false']);
    // Back to what it was: another window's change all the same.
    await there.set('serviceKey', one, 'second-key');
    expect((await settled()).toSorted()).toEqual(['here true,false', 'there true,false']);
    await here.forgetAll(one);
    expect((await settled()).filter((line) => line.startsWith('here'))).toEqual(['here true,false']);
    here.setTemporary(other.address, { serviceKey: 'sample-key' });
    expect(await settled()).toEqual(['here false,true']);
  });

  it('are replaced as a whole: one that is not given is gone', async () => {
    const one = service('a.example.com');
    await keys.set('subscriptionKey', one, 'gateway');
    await keys.replace(one, { serviceKey: 'new-key' });
    expect(await keys.of(one)).toEqual({ serviceKey: 'new-key' });
  });
});

it.each([['  key ', 'key'], ['Bearer key', 'key'], ['Authorization: bearer key', 'key'], ['"key"', 'key'], ["'key'", 'key'], ['ke"y', 'ke"y']])('%j is the key %j', (text, key) => {
  expect(cleanKey(text)).toBe(key);
});

it.each([['abcd==', true], ['abc==', false], ['', false], ['  ', false], ['a b', false], ['a\nb', false], ['schlüssel', false]])('%j can be a key: %s', (text, good) => {
  expect(checkKey(text) === undefined).toBe(good);
});

describe('the service of a file', () => {
  it('is remembered, and the oldest are forgotten beyond 500', async () => {
    let stored: unknown;
    const memory = new ServiceOfFile({ get: () => stored, update: (_name, value) => Promise.resolve(void (stored = value)) });
    expect(memory.get('file:///a')).toBeUndefined();
    await memory.set(Array.from({ length: 500 }, (_, index) => `file:///${index}x`), 'https://one');
    await memory.set(['file:///0x'], 'https://two');
    await memory.set(['file:///new'], 'https://three');
    expect(memory.get('file:///0x')).toBe('https://two');
    expect(memory.get('file:///new')).toBe('https://three');
    expect(memory.get('file:///1x')).toBeUndefined();
    stored = [1];
    expect(memory.get('file:///new')).toBeUndefined();
  });

  it('is left as it is where one is remembered and still there', async () => {
    let stored: unknown;
    const memory = new ServiceOfFile({ get: () => stored, update: (_name, value) => Promise.resolve(void (stored = value)) });
    await memory.set(['file:///bound'], 'https://one');
    await memory.set(['file:///sample'], 'sample');
    await memory.set(['file:///lost'], 'https://gone');
    await memory.setFirst(['file:///bound', 'file:///sample', 'file:///lost', 'file:///new'], 'https://two', (address) => address !== 'https://gone');
    expect(['bound', 'sample', 'lost', 'new'].map((name) => memory.get(`file:///${name}`))).toEqual(['https://one', 'sample', 'https://two', 'https://two']);
  });

  it('may be another for one time, at each address by itself, until one is chosen', async () => {
    const memory = new ServiceOfFile({ get: () => undefined, update: () => Promise.resolve() });
    memory.setOnce('file:///a', 'https://one', 'https://one');
    memory.setOnce('file:///a', 'http://127.0.0.1:1', 'sample');
    expect(memory.getOnce('file:///a', 'https://one')).toBe('https://one');
    expect(memory.getOnce('file:///a', 'http://127.0.0.1:1')).toBe('sample');
    expect(memory.getOnce('file:///a', 'https://two')).toBeUndefined();
    expect(memory.getOnce('file:///b', 'https://one')).toBeUndefined();
    expect(memory.get('file:///a')).toBeUndefined();
    await memory.set(['file:///a'], 'https://one');
    expect(memory.getOnce('file:///a', 'https://one')).toBeUndefined();
  });
});
