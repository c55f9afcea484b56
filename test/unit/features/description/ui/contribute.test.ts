// What is kept of a service's description goes with its address: when the service is removed, and when it gets another one.

import { mkdtemp, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { isObject } from '../../../../../src/base/shape';
import { contributeDescription } from '../../../../../src/features/description';
import { DescriptionStore } from '../../../../../src/features/description/descriptionStore';
import { ServiceUses } from '../../../../../src/features/services/serviceUses';
import { savedName } from '../../../../../src/ui/savedNames';

vi.mock('vscode', () => {
  const event = (): { dispose: () => void } => ({ dispose: () => undefined });
  return {
    Uri: class Uri {},
    EventEmitter: class EventEmitter {},
    TreeItem: class TreeItem {},
    workspace: { textDocuments: [], onDidSaveTextDocument: event, onDidCloseTextDocument: event },
    window: { tabGroups: { all: [], onDidChangeTabs: event } },
  };
});

type Parts = Parameters<typeof contributeDescription>;

function isParts(value: unknown): value is Parts {
  return Array.isArray(value) && value.every(isObject);
}

it('is removed from the disk when its service gets another address', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'descriptions-'));
  const uses = new ServiceUses();
  const parts: unknown = [
    { context: { globalStorageUri: { fsPath: folder } }, commands: { registerLoaded: () => ({ dispose: () => undefined }) } },
    { uses, serviceOfFile: { files: () => [] }, sample: {} },
    {},
    {},
  ];
  expect.assert(isParts(parts));
  contributeDescription(...parts);
  const store = new DescriptionStore(join(folder, savedName.descriptions));
  await store.write('https://one.example', { json: '{}', fetchedAt: 1 });
  await store.write('https://two.example', { json: '{}', fetchedAt: 1 });
  await uses.move('https://one.example', 'https://three.example', true);
  expect(await store.read('https://one.example')).toBeUndefined();
  expect(await readdir(join(folder, savedName.descriptions))).toHaveLength(1);
});
