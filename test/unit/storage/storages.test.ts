// Storage accounts in the secret store: added, replaced, removed, shared by windows, and seen without their secrets.

import { beforeEach, describe, expect, it } from 'vitest';
import { InvalidInput, LocalFailure } from '../../../src/model/errors';
import type { StorageAccess } from '../../../src/model/storage';
import type { SecretBox } from '../../../src/base/ports';
import { localStorageId, Storages } from '../../../src/storage/storages';
import { MemoryBox } from '../base/secretBox';

const now = Date.UTC(2026, 0, 1);
const secret = 'azuremlWebServices.storages';
const keyOne = 'a2V5IG9uZSB0aGF0IG5vYm9keSBtYXkgc2Vl';
const keyTwo = 'a2V5IHR3byB0aGF0IG5vYm9keSBtYXkgc2Vl';
const signature = 'c2lnbmF0dXJl';
const account = (name: string, key = keyOne): string => `DefaultEndpointsProtocol=https;AccountName=${name};AccountKey=${key};EndpointSuffix=core.windows.net`;
const container = (name: string, end = '2026-06-01'): string => `https://weather.blob.core.windows.net/${name}?sv=2022&sr=c&sp=racwl&se=${end}T00:00:00Z&sig=${signature}`;
const local: StorageAccess = { kind: 'account', base: 'http://127.0.0.1:1234/devstoreaccount1/', account: 'devstoreaccount1', key: keyTwo, connectionString: 'x' };

/** Pauses take no time. */
const clock = { sleep: () => Promise.resolve() };

let box: MemoryBox;
let storages: Storages;
beforeEach(() => {
  box = new MemoryBox();
  storages = new Storages(box, () => now, clock);
});

async function names(of = storages): Promise<string[]> {
  return (await of.list()).map(({ name }) => name);
}

describe('storages', () => {
  it('are added, seen without their secrets, and give access', async () => {
    const one = await storages.add(`  ${account('weather')}\n`);
    const two = await storages.add(container('days'));
    expect(one).toEqual({ id: 'https://weather.blob.core.windows.net/', name: 'weather', base: 'https://weather.blob.core.windows.net/', local: false });
    expect(two).toMatchObject({ id: 'https://weather.blob.core.windows.net/days', name: 'weather/days', container: 'days' });
    expect(await storages.list()).toEqual([one, two]);
    expect(JSON.stringify(await storages.list())).not.toMatch(new RegExp(`${keyOne}|${signature}`));
    expect(await storages.access(one.id)).toMatchObject({ kind: 'account', key: keyOne });
    expect(await storages.access(two.id)).toMatchObject({ kind: 'container', container: 'days' });
    expect(await storages.find(two.id)).toEqual(two);
    expect([...box.texts.keys()]).toEqual([secret]);
  });

  it('are replaced by the same account or container with another secret', async () => {
    const { id } = await storages.add(account('weather'));
    await storages.add(container('days'));
    await storages.add(account('weather', keyTwo));
    expect(await names()).toEqual(['weather/days', 'weather']);
    expect(await storages.access(id)).toMatchObject({ key: keyTwo });
    expect(box.texts.get(secret)).not.toContain(keyOne);
  });

  it('are forgotten with their secrets', async () => {
    const { id } = await storages.add(account('weather'));
    await storages.add(account('other', keyTwo));
    await storages.remove(id);
    expect(await names()).toEqual(['other']);
    expect(box.texts.get(secret)).not.toContain(keyOne);
    await expect(storages.access(id)).rejects.toMatchObject({ actions: ['addStorage'] });
    expect(await storages.find(id)).toBeUndefined();
    await storages.remove('never there');
    expect(await names()).toEqual(['other']);
  });

  it('refuse a text that gives no access, and do not repeat it', async () => {
    for (const text of ['', 'hello', `AccountKey=${keyOne}`, container('days', '2025-01-01')]) {
      const error: unknown = await storages.add(text).then(() => undefined, (each: unknown) => each);
      expect(error).toBeInstanceOf(InvalidInput);
      expect(String(error)).not.toMatch(new RegExp(`${keyOne}|${signature}`));
    }
    expect(box.texts.size).toBe(0);
  });

  it('are still seen when their token has expired, so that they can be replaced', async () => {
    const { id } = await storages.add(container('days'));
    const later = new Storages(box, () => Date.UTC(2030, 0, 1), clock);
    expect(await names(later)).toEqual(['weather/days']);
    await later.add(container('days', '2031-01-01'));
    expect(await later.access(id)).toMatchObject({ sas: expect.stringContaining('2031') });
    expect(await names(later)).toHaveLength(1);
  });

  it('say so when the secret store keeps nothing, without the secret; and go on when it does again', async () => {
    box.keeps = false;
    const error: unknown = await storages.add(account('weather')).catch((each: unknown) => each);
    expect(error).toBeInstanceOf(LocalFailure);
    expect(JSON.stringify(error) + String(error)).not.toContain(keyOne);
    box.keeps = true;
    await storages.add(account('weather'));
    expect(await names()).toEqual(['weather']);
  });

  it.each(['{', '"text"', '{"a":1}', '[1,null,{"a":2},"hello",""]'])('are none where the secret is %s, and can be added again', async (text) => {
    box.texts.set(secret, text);
    expect(await storages.list()).toEqual([]);
    await storages.add(account('weather'));
    expect(await names()).toEqual(['weather']);
  });
});

describe('several windows', () => {
  it('do not lose each other’s storages', async () => {
    const other = new Storages(box, () => now, clock);
    await storages.add(account('one'));
    await other.add(account('two'));
    await storages.add(account('three'));
    expect(await names(other)).toEqual(['one', 'two', 'three']);
  });

  it('are told what the others do, until they stop listening', async () => {
    const other = new Storages(box, () => now, clock);
    let told = 0;
    other.onDidChange(() => void told++);
    const watching = other.watch();
    await storages.add(account('one'));
    expect(told).toBe(1);
    await box.store('something else', '');
    expect(told).toBe(1);
    watching.dispose();
    await storages.add(account('two'));
    expect(told).toBe(1);
  });

  it('add many at once, one after another', async () => {
    await Promise.all(['one', 'two', 'three'].map((name) => storages.add(account(name))));
    expect(await names()).toEqual(['one', 'two', 'three']);
  });
});

describe('two windows at the same moment', () => {
  it('keep both storages that they add', async () => {
    const other = new Storages(box, () => now, clock);
    await Promise.all([storages.add(account('one')), other.add(account('two'))]);
    expect((await names()).sort()).toEqual(['one', 'two']);
  });

  it('keep both when one has read before and writes after the other was done', async () => {
    let write: () => void = () => undefined;
    const late = new Promise<void>((resolve) => (write = resolve));
    const slow: SecretBox = { get: (name) => box.get(name), delete: (name) => box.delete(name), onDidChange: box.onDidChange, store: (name, value) => late.then(() => box.store(name, value)) };
    const other = new Storages(slow, () => now, clock).add(account('two'));
    await new Promise((resolve) => setImmediate(resolve));
    const patient = new Storages(box, () => now, { sleep: () => {
      write();
      return new Promise((resolve) => setImmediate(resolve));
    } });
    await patient.add(account('one'));
    await other;
    expect((await names()).sort()).toEqual(['one', 'two']);
  });

  it('do not bring back what the other removes', async () => {
    const { id } = await storages.add(account('one'));
    const other = new Storages(box, () => now, clock);
    await Promise.all([storages.remove(id), other.add(account('two'))]);
    expect(await names()).toEqual(['two']);
  });

  it('leave the secret that the other has given the same storage last', async () => {
    const overtaken = new Storages(box, () => now, { sleep: () => Promise.resolve(void box.texts.set(secret, JSON.stringify([account('one', keyTwo)]))) });
    const { id } = await overtaken.add(account('one'));
    expect(await overtaken.access(id)).toMatchObject({ key: keyTwo });
  });
});

describe('the local storage', () => {
  it('is first while it runs, has one id wherever it listens, and is written nowhere', async () => {
    await storages.add(account('weather'));
    await expect(storages.access(localStorageId)).rejects.toMatchObject({ actions: ['startSample'] });
    let told = 0;
    storages.onDidChange(() => void told++);
    storages.setLocal(local);
    expect(told).toBe(1);
    expect(await storages.list()).toMatchObject([{ id: localStorageId, name: 'Local storage', base: local.base, local: true }, { name: 'weather' }]);
    expect(await storages.access(localStorageId)).toBe(local);
    storages.setLocal(undefined);
    expect(await names()).toEqual(['weather']);
    expect(box.texts.get(secret)).not.toContain(keyTwo);
  });
});
