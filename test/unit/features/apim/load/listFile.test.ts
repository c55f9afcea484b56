// The file of what was known: read tolerantly, bounded, written once for many changes.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { ListItem } from '../../../../../src/features/apim/items';
import { ListFile, readLists, writeLists } from '../../../../../src/features/apim/load/listFile';
import type { KeptList } from '../../../../../src/features/apim/load/lists';
import { someInstance } from '../apimTools';

const product: ListItem = { kind: 'product', id: '/p', name: 'p', title: 'P' };
const lists: readonly KeptList[] = [
  { key: 'a', at: 1, complete: true, items: [{ kind: 'instance', instance: someInstance() }, product] },
  { key: 'b', at: 2, complete: false, items: [{ kind: 'directory', accountId: 'x', account: 'who', tenantId: 't', name: 'Contoso' }] },
];

let folder = '';
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'apim-lists-'))));
afterEach(() => rmSync(folder, { recursive: true }));

it('comes back as it was', () => {
  expect(JSON.stringify(readLists(writeLists(lists)).toSorted((one, other) => one.at - other.at))).toBe(JSON.stringify(lists));
});

it.each(['', '{', '7', '{"version":2,"lists":[]}', '{"version":1,"lists":{}}', '{"version":1,"lists":[null,{"key":"a"},{"key":"a","at":"1","items":[]}]}'])(
  'of what makes no sense nothing is taken: %s', (text) => {
    expect(readLists(text)).toEqual([]);
  });

it('items that make no sense are left out', () => {
  const text = JSON.stringify({ version: 1, lists: [{ key: 'a', at: 1, complete: true, items: [null, { kind: 'other', id: 'x', name: 'x' }, { kind: 'product', id: 7 }, product] }] });
  expect(readLists(text)[0]?.items).toEqual([product]);
});

it('the lists that came longest ago go where there are too many items', () => {
  const large = (key: string, at: number): KeptList => ({ key, at, complete: true, items: Array.from({ length: 4000 }, () => product) });
  expect(readLists(writeLists([large('a', 1), large('b', 3), large('c', 2)])).map(({ key }) => key)).toEqual(['b', 'c']);
});

it('what leads to instances stays: without it nothing of them would be seen', () => {
  const many = { key: 'deep', at: 9, complete: true, items: Array.from({ length: 10_000 }, () => product) };
  expect(readLists(writeLists([many, ...lists])).map(({ key }) => key)).toEqual(['b', 'a']);
});

it('many changes are written once, after a pause', async () => {
  const file = new ListFile(folder, 'apim.json', () => undefined);
  file.write(lists.slice(0, 1));
  file.write(lists);
  await file.flush();
  expect(readFileSync(join(folder, 'apim.json'), 'utf8')).toBe(writeLists(lists));
  expect((await file.read()).length).toBe(2);
});

it('a disk that fails costs only what is kept', async () => {
  writeFileSync(join(folder, 'file'), '');
  const log = vi.fn();
  const file = new ListFile(join(folder, 'file'), 'apim.json', log);
  file.write(lists);
  await file.flush();
  expect(await file.read()).toEqual([]);
  expect(log).toHaveBeenCalledWith('What is known of API Management could not be written to the disk');
});
