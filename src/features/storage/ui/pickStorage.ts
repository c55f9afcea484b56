// Which storage is meant, and which blob in it.

import * as vscode from 'vscode';
import { Cancelled, InvalidInput, StorageFailed } from '../../../model/errors';
import type { BlobPlace, Storage } from '../../../model/storage';
import { member } from '../../../base/shape';
import { sizeText } from '../../../base/size';
import { checkContainerName } from '../../../storage/blobAddress';
import { localStorageId, type Storages } from '../../../storage/storages';
import { askChoice, askText, type Choice } from '../../../ui/ask';
import { command } from '../../../ui/ids';
import type { BlobCalls } from '../blobCalls';
import { formatDateTime } from '../../../base/format';
import { plain, type PlainText } from '../../../ui/plain';
import { inMessage } from '../../../ui/progress';

/** What picking needs from outside. */
export interface StorageParts {
  readonly storages: Storages;
  readonly blobs: BlobCalls;
  /** Starts the sample service, and with it the local storage. */
  readonly startSample: () => Promise<unknown>;
}

type Picked = { readonly kind: 'storage'; readonly storage: Storage } | { readonly kind: 'local' } | { readonly kind: 'add' };

/** Asks for a storage; adding one, and starting the local one, are offered as well. Throws Cancelled. */
export async function pickStorage(parts: StorageParts, title: PlainText, now?: string): Promise<Storage> {
  const storages = await parts.storages.list();
  const choices = storages.map((storage): Choice<Picked> => ({
    icon: 'database',
    label: plain(storage.name),
    description: plain(
      [storage.local ? 'runs with the sample service' : '', storage.id === now ? 'chosen now' : '']
        .filter((part) => part !== '')
        .join(' · '),
    ),
    detail: plain`${storage.base}${storage.container ?? ''}`,
    value: { kind: 'storage', storage },
  }));
  if (!storages.some((storage) => storage.local))
    choices.push({
      icon: 'beaker',
      label: plain`Local storage`,
      description: plain`starts with the sample service on this computer, needs no account`,
      value: { kind: 'local' },
    });
  choices.push({ icon: 'add', label: plain`Add a storage account…`, value: { kind: 'add' }, alwaysShow: true });
  const first = choices.findIndex(({ value }) => value.kind === 'storage' && value.storage.id === now);
  if (first > 0) choices.unshift(...choices.splice(first, 1));
  const picked = await askChoice(title, plain`Choose where blobs are kept`, choices);
  switch (picked.kind) {
    case 'storage':
      return picked.storage;
    case 'local':
      await parts.startSample();
      return found(await parts.storages.find(localStorageId));
    case 'add':
      return found(await parts.storages.find(String(await vscode.commands.executeCommand(command.addStorage))));
    default:
      return picked satisfies never;
  }
}

function found(storage: Storage | undefined): Storage {
  if (!storage) throw new Cancelled();
  return storage;
}

/** The storage that a command was called for, by a node of the tree or its id; asks for one where it was called for none. */
export async function storageFrom(parts: StorageParts, argument: unknown, title: PlainText): Promise<Storage> {
  const id = typeof argument === 'string' ? argument : member(member(argument, 'storage'), 'id');
  const storage = typeof id === 'string' ? await parts.storages.find(id) : undefined;
  return storage ?? pickStorage(parts, title);
}

/** So many blobs of one folder are listed; a name can be typed to find others. */
const listedBlobs = 1000;

/** Asks for a blob that is there already: a container, then folder by folder. Throws Cancelled. */
export async function pickBlob(
  parts: StorageParts,
  title: PlainText,
): Promise<{ readonly storage: Storage; readonly blob: BlobPlace; readonly bytes: number }> {
  const storage = await pickStorage(parts, title);
  const access = await parts.storages.access(storage.id);
  const container = access.kind === 'container' ? access.container : await pickContainer(parts, storage, title);
  for (let prefix = ''; ;) {
    const folder = prefix;
    const page = await inMessage(plain`Listing ${container}/${folder}`, (signal) =>
      parts.blobs.list(access, container, folder, listedBlobs, signal),
    );
    type Step = { readonly prefix: string } | { readonly name: string; readonly bytes: number };
    const choices: Choice<Step>[] = [
      ...(folder === ''
        ? []
        : [{ icon: 'arrow-up', label: plain`..`, description: plain`the folder above`, value: { prefix: above(folder) } }]),
      ...page.folders.map((name) => ({ icon: 'folder', label: plain(name.slice(folder.length)), value: { prefix: name } })),
      ...page.blobs.map(({ name, bytes, modifiedAt }) => ({
        icon: 'file',
        label: plain(name.slice(folder.length)),
        description: plain`${sizeText(bytes)} · ${formatDateTime(modifiedAt)}`,
        value: { name, bytes },
      })),
    ];
    if (choices.length === 0)
      throw new InvalidInput({
        sentence: `The container "${container}" of ${storage.name} is empty.`,
        advice: 'Choose a file on this computer instead: it is uploaded.',
      });
    const step = await askChoice(
      title,
      page.more ? plain`${container}/${folder}: the first ${listedBlobs}; there are more` : plain`${container}/${folder}`,
      choices,
    );
    if ('name' in step) return { storage, blob: { base: access.base, container, name: step.name }, bytes: step.bytes };
    prefix = step.prefix;
  }
}

/** The folder that holds this one, with its slash; empty for the container itself. */
function above(folder: string): string {
  return folder.slice(0, folder.slice(0, -1).lastIndexOf('/') + 1);
}

/** Asks for a container of an account; a new name may be typed where `create` allows it. */
export async function pickContainer(parts: StorageParts, storage: Storage, title: PlainText, create = false): Promise<string> {
  const access = await parts.storages.access(storage.id);
  if (access.kind === 'container') return access.container;
  const names = await inMessage(plain`Listing the containers of ${storage.name}`, (signal) => parts.blobs.containers(access, signal));
  if (names.length === 0 && !create)
    throw new InvalidInput({
      sentence: `${storage.name} has no container yet.`,
      advice: 'Choose a file on this computer instead: it is uploaded, and a container is made for it.',
    });
  const choices: Choice<string | undefined>[] = names.map((name) => ({ icon: 'package', label: plain(name), value: name }));
  if (create) choices.push({ icon: 'add', label: plain`Another name…`, value: undefined, alwaysShow: true });
  const chosen = await askChoice(title, plain`Choose a container of ${storage.name}`, choices);
  return chosen ?? askText({ title, prompt: plain`Name of the container; it is made when it is not there`, check: checkContainerName });
}

/** What is said when storage does not know something that should be there. */
export function isMissing(error: unknown): boolean {
  return error instanceof StorageFailed && (error.code === 'BlobNotFound' || error.code === 'ContainerNotFound');
}
