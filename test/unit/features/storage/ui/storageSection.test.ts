// The storage accounts in the tree: a group at its end, and a line where they cannot be read.

import { expect, it, vi } from 'vitest';
import { StorageSection } from '../../../../../src/features/storage/ui/storageSection';
import { Emitter } from '../../../../../src/model/lifetime';
import type { Storage } from '../../../../../src/model/storage';

vi.mock('vscode', () => ({}));

const storage: Storage = { id: 'x', name: 'Account', base: 'https://account.blob.core.windows.net/', local: false };

it('there is a group where there are any', async () => {
  const changed = new Emitter<void>();
  let kept: readonly Storage[] = [];
  const section = new StorageSection({ list: () => Promise.resolve(kept), onDidChange: changed.event });
  let told = 0;
  section.onDidChange((nodes) => void (nodes === undefined && (told += 1)));
  expect([await section.roots(), section.problems()]).toEqual([[], []]);
  kept = [storage];
  changed.fire();
  const [group] = await section.roots();
  expect(group).toEqual({ kind: 'storages', storages: [storage] });
  expect(group && section.childrenOf(group)).toEqual([{ kind: 'storage', storage }]);
  expect([told, section.owns({ kind: 'storage' }), section.owns({ kind: 'job' })]).toEqual([1, true, false]);
});

it('a secret store that fails is told of until it works again', async () => {
  let fails = true;
  const list = (): Promise<readonly Storage[]> => (fails ? Promise.reject(new Error('No keyring.')) : Promise.resolve([storage]));
  const section = new StorageSection({ list, onDidChange: new Emitter<void>().event });
  expect(await section.roots()).toEqual([]);
  expect(section.problems()).toEqual([{ text: expect.stringContaining('cannot be read from the secret store') }]);
  fails = false;
  expect([(await section.roots()).length, section.problems()]).toEqual([1, []]);
});
