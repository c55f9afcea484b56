// Storage accounts and containers that a person has added: all of them in one secret, so that nothing of them stands elsewhere.

import { systemClock, type Clock } from '../model/clock';
import { InvalidInput, LocalFailure } from '../model/errors';
import { Emitter, type Disposable } from '../model/lifetime';
import type { Storage, StorageAccess } from '../model/storage';
import { filledText, isArray, tryParse } from '../base/shape';
import { accessText, readStorage, storageOf } from './storageText';
import type { SecretBox } from '../base/ports';

/** Name of the secret: a JSON array of connection strings and container addresses. */
export const storagesSecretName = 'azuremlWebServices.storages';

/** After so many milliseconds a change is looked at once more: by then a window that had read the secret before it has written its own. */
const settleMs = 150;

/** So often a change is made again that is not there afterwards. */
const mostTries = 5;

/** One change of what is kept. `done` tells whether it is there. */
interface Edit {
  readonly change: (texts: readonly string[]) => readonly string[];
  readonly done: (texts: readonly string[], before: readonly string[]) => boolean;
}

/** Id of the storage that runs with the sample service, wherever it listens this time. */
export const localStorageId = 'local';

/** Keeps storages; gives access to them. */
export class Storages {
  private readonly changed = new Emitter<void>();
  private local: StorageAccess | undefined;
  /** Edits one after another: each reads what the one before has written. */
  private lastEdit: Promise<void> = Promise.resolve();

  /** Raised when `list` may give something else. */
  readonly onDidChange = this.changed.event;

  constructor(
    private readonly box: SecretBox,
    private readonly now: () => number,
    private readonly clock: Pick<Clock, 'sleep'> = systemClock,
  ) {}

  /** Begins to tell of changes that other windows make; stop with the returned disposable. */
  watch(): Disposable {
    return this.box.onDidChange(({ key }) => {
      if (key === storagesSecretName) this.changed.fire();
    });
  }

  /** All storages, the local one first while it runs, without their secrets. */
  async list(): Promise<readonly Storage[]> {
    const added = (await this.read()).map(({ access }) => storageOf(access));
    return this.local ? [localStorage(this.local), ...added] : added;
  }

  /** The storage of this id as it may be shown; undefined when it was removed, or is the local one and does not run. */
  async find(id: string): Promise<Storage | undefined> {
    return (await this.list()).find((storage) => storage.id === id);
  }

  /** Access to a storage. Throws InvalidInput when it is not there. */
  async access(id: string): Promise<StorageAccess> {
    const found = id === localStorageId ? this.local : (await this.read()).find(({ access }) => storageOf(access).id === id)?.access;
    if (found) return found;
    throw id === localStorageId
      ? new InvalidInput({
          sentence: 'The local storage does not run.',
          advice: 'It runs with the sample service, and keeps its blobs until that is started again.',
          actions: ['startSample'],
        })
      : new InvalidInput({
          sentence: 'The storage of this job is no longer among your storage accounts.',
          advice: 'Add it again to go on.',
          actions: ['addStorage'],
        });
  }

  /**
   * Keeps a storage from a connection string or a container's address with its token; one with the same account and container is replaced.
   * Throws InvalidInput.
   */
  async add(text: string): Promise<Storage> {
    const read = readStorage(text, this.now());
    if (!read.ok) throw new InvalidInput({ sentence: read.reason });
    const storage = storageOf(read.access);
    const added = accessText(read.access);
    await this.edit({
      change: (texts) => [...texts.filter((each) => this.idOf(each) !== storage.id), added],
      // Another window may have given this storage another secret in the meantime.
      done: (texts, before) => texts.some((each) => each === added || (this.idOf(each) === storage.id && !before.includes(each))),
    });
    return storage;
  }

  /** Forgets a storage and its secret. */
  remove(id: string): Promise<void> {
    return this.edit({
      change: (texts) => texts.filter((each) => this.idOf(each) !== id),
      done: (texts) => texts.every((each) => this.idOf(each) !== id),
    });
  }

  /** Shows the storage that runs with the sample service, or takes it away. */
  setLocal(access: StorageAccess | undefined): void {
    this.local = access;
    this.changed.fire();
  }

  private idOf(text: string): string | undefined {
    const read = readStorage(text, 0);
    return read.ok ? storageOf(read.access).id : undefined;
  }

  private async read(): Promise<{ readonly access: StorageAccess }[]> {
    // A token that has expired meanwhile is still read, so that the storage is seen and can be replaced.
    return (await this.texts()).flatMap((text) => {
      const read = readStorage(text, 0);
      return read.ok ? [{ access: read.access }] : [];
    });
  }

  private async texts(): Promise<string[]> {
    const kept = tryParse((await this.box.get(storagesSecretName)) ?? '[]');
    return (isArray(kept) ? kept : []).flatMap((each) => filledText(each) ?? []);
  }

  private async edit(wanted: Edit): Promise<void> {
    const edit = this.lastEdit.then(() => this.make(wanted));
    // A failed edit is its caller's business and does not stop the next one.
    this.lastEdit = edit.catch(() => undefined);
    await edit;
    this.changed.fire();
  }

  /** Changes the secret until it is seen changed: another window may write at the same moment, and the store knows no order. */
  private async make({ change, done }: Edit): Promise<void> {
    for (let tries = 1; tries <= mostTries; tries += 1) {
      const before = await this.texts();
      await this.box.store(storagesSecretName, JSON.stringify(change(before)));
      const kept = done(await this.texts(), before);
      await this.clock.sleep(settleMs, new AbortController().signal);
      if (kept && done(await this.texts(), before)) return;
    }
    throw new LocalFailure({
      sentence: 'The secret store of this computer did not keep the storage account.',
      advice: 'On Linux a keyring such as gnome-keyring has to run. The secret was not written anywhere else.',
      actions: ['showLog'],
    });
  }
}

function localStorage(access: StorageAccess): Storage {
  return { id: localStorageId, name: 'Local storage', base: access.base, local: true };
}
