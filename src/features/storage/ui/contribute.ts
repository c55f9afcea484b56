// Storage accounts for the inputs and outputs of batch jobs.

import * as vscode from 'vscode';
import { addStorage, checkStorage, removeStorage } from './storageCommands';
import { command } from '../../../ui/ids';
import type { StorageParts } from './pickStorage';
import { plain } from '../../../ui/plain';
import { DisposableStore, type Disposable } from '../../../model/lifetime';
import { Storages } from '../../../storage/storages';
import type { Platform } from '../../../ui/platform';
import type { ServicesApi } from '../../services';
import { blobCalls } from '../blobCalls';
import { StorageSection } from './storageSection';

/** What other features need of storage: the accounts, and the calls to them. */
export type StorageApi = StorageParts;

/** Adds storage accounts. */
export function contributeStorage(
  {
    context,
    commands,
    errorActions,
    treeSections,
    transport,
    log,
  }: Pick<Platform, 'context' | 'commands' | 'errorActions' | 'treeSections' | 'transport' | 'log'>,
  { sample }: Pick<ServicesApi, 'sample'>,
): StorageApi & Disposable {
  const lifetime = new DisposableStore();
  const storages = new Storages(context.secrets, () => Date.now());
  const api: StorageApi = { storages, blobs: blobCalls({ transport, log: (line) => log.info(line) }), startSample: sample.start };
  lifetime.add(storages.watch());
  lifetime.add(treeSections.register(new StorageSection(storages)));
  lifetime.add(
    commands.registerAll([
      [command.addStorage, () => addStorage(api)],
      [command.checkStorage, (argument) => checkStorage(api, argument)],
      [command.removeStorage, (argument) => removeStorage(api, argument)],
    ]),
  );
  lifetime.add(
    errorActions.register('addStorage', {
      label: plain`Add Storage Account…`,
      run: async () => vscode.commands.executeCommand(command.addStorage),
    }),
  );
  return { ...api, dispose: () => lifetime.dispose() };
}
