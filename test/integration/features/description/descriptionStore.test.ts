// Descriptions on a real disk: names by hash, damage of every kind, and what goes when there is too much.

import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { DescriptionStore } from '../../../../src/features/description/descriptionStore';

const address = 'https://trees.example/workspaces/../../etc/services/heights';
const kept = { json: '{"swagger":"2.0"}', fetchedAt: 1_700_000_000_000 };
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'descriptions-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const below = (): string => join(folder, 'descriptions');
const onlyFile = (): string => join(below(), readdirSync(below())[0] ?? '');

it('keeps one for each address, in a file whose name is a hash, for nobody else to read', async () => {
  const store = new DescriptionStore(below());
  expect(await store.read(address)).toBeUndefined();
  await store.write(address, kept);
  await store.write(`${address}2`, { ...kept, json: '{"a":1}' });
  expect(await store.read(address)).toEqual(kept);
  expect(readdirSync(below()).every((name) => /^[\da-f]{64}\.json$/.test(name))).toBe(true);
  expect(readdirSync(folder)).toEqual(['descriptions']);
  if (process.platform !== 'win32') expect(statSync(onlyFile()).mode & 0o077).toBe(0);
  await store.remove(address);
  await store.remove(address);
  expect([await store.read(address), await store.read(`${address}2`)]).toEqual([undefined, { ...kept, json: '{"a":1}' }]);
});

it.each([
  ['half of it', (text: string) => text.slice(0, text.length / 2)],
  ['nothing', () => ''],
  ['zeroes', () => '\0\0\0\0'],
  ['another address', (text: string) => text.replace('heights', 'widths')],
  ['another version', (text: string) => text.replace('"version":1', '"version":2')],
  ['no time', (text: string) => text.replace('1700000000000', 'null')],
  ['no text', (text: string) => text.replace(/"json":.*\}/, '"json":7}')],
  ['a list', () => '[]'],
])('a file with %s in it is damaged', async (_, damage) => {
  const store = new DescriptionStore(below());
  await store.write(address, kept);
  writeFileSync(onlyFile(), damage(readFileSync(onlyFile(), 'utf8')));
  expect(await store.read(address)).toBe('damaged');
  await store.write(address, kept);
  expect(await store.read(address)).toEqual(kept);
});

it('a folder or a link in its place is told by the disk', async () => {
  const store = new DescriptionStore(below());
  await store.write(address, kept);
  const file = onlyFile();
  rmSync(file);
  mkdirSync(file);
  await expect(store.read(address)).rejects.toThrow('folder');
  rmSync(file, { recursive: true });
  if (process.platform === 'win32') return;
  symlinkSync(join(folder, 'nowhere'), file);
  await expect(store.read(address)).rejects.toThrow('nowhere');
});

it('the ones that were asked for longest ago go first, the new one never', async () => {
  const store = new DescriptionStore(below(), { files: 3, bytes: 3000 });
  for (const number of [1, 2, 3]) {
    await store.write(`${number}`, kept);
    for (const name of readdirSync(below())) {
      const { mtimeMs } = statSync(join(below(), name));
      utimesSync(join(below(), name), new Date(mtimeMs - 10_000), new Date(mtimeMs - 10_000));
    }
  }
  await store.write('4', kept);
  expect(await Promise.all(['1', '2', '3', '4'].map((each) => store.read(each)))).toEqual([undefined, kept, kept, kept]);
  const large = { ...kept, json: `{"a":"${'x'.repeat(5000)}"}` };
  await store.write('5', large);
  expect(await Promise.all(['2', '3', '4', '5'].map((each) => store.read(each)))).toEqual([undefined, undefined, undefined, large]);
});
