// The storage accounts in the tree: a group at its end, and a line where they cannot be read.

import { expect, it, vi } from 'vitest';
import { StorageSection } from '../../../../../src/features/storage/ui/storageSection';
import { Emitter } from '../../../../../src/model/lifetime';
import type { Storage } from '../../../../../src/model/storage';
import type { TreeChange } from '../../../../../src/ui/treeSections';

vi.mock('vscode', async () => (await import('../../../ui/vscodeItems')).vscodeItems);

const storage: Storage = { id: 'x', name: 'Account', base: 'https://account.blob.core.windows.net/', local: false };

it('there is a group where there are any', async () => {
  const changed = new Emitter<void>();
  let kept: readonly Storage[] = [];
  let fails = false;
  const section = new StorageSection({ list: () => (fails ? Promise.reject(new Error('No keyring.')) : Promise.resolve(kept)), onDidChange: changed.event });
  const drawn: TreeChange[] = [];
  section.onDidChange((change) => drawn.push(change));
  const change = async (): Promise<TreeChange> => {
    const before = drawn.length;
    changed.fire();
    await vi.waitFor(() => expect(drawn).toHaveLength(before + 1));
    return drawn.at(-1);
  };
  expect([await section.roots(), section.problems()]).toEqual([[], []]);
  kept = [storage];
  expect(await change()).toBeUndefined();
  const [group] = await section.roots();
  expect.assert(group !== undefined);
  expect(section.childrenOf(group)).toEqual([{ kind: 'storage', storage }]);
  expect([section.owns({ kind: 'storage' }), section.owns({ kind: 'job' })]).toEqual([true, false]);
  // From now on it alone is drawn, until it goes.
  const other = { ...storage, id: 'y' };
  kept = [storage, other];
  expect(await change()).toEqual({ nodes: [group], services: [] });
  expect([section.childrenOf(group).length, section.item(group).description]).toEqual([2, '2']);
  fails = true;
  expect(await change()).toBeUndefined();
  fails = false;
  expect(await change()).toBeUndefined();
  kept = [];
  expect(await change()).toBeUndefined();
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
