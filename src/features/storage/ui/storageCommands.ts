// Add, check and remove storage accounts.

import { HumanError, InvalidInput } from '../../../model/errors';
import { storageOf, readStorage } from '../../../storage/storageText';
import { askText, askToConfirm } from '../../../ui/ask';
import { notify, tellBriefly } from '../../../ui/notices';
import { storageFrom, type StorageParts } from './pickStorage';
import { plain } from '../../../ui/plain';
import { inMessage } from '../../../ui/progress';

/**
 * Asks for a connection string or a container's address, tries it, and keeps it in the secret store. Gives back its id. Throws Cancelled.
 */
export async function addStorage(parts: StorageParts): Promise<string> {
  const title = plain`Add Storage Account`;
  const text = await askText({
    title,
    prompt: plain`Paste a connection string, or the address of a container with its token (SAS). It is kept in the secret store of VS Code and nowhere else.`,
    placeHolder: plain`DefaultEndpointsProtocol=https;AccountName=…;AccountKey=…  or  https://ACCOUNT.blob.core.windows.net/CONTAINER?sv=…`,
    secret: true,
    check: (value) => {
      const read = readStorage(value, Date.now());
      return read.ok ? undefined : read.reason;
    },
  });
  const read = readStorage(text, Date.now());
  if (!read.ok) throw new InvalidInput({ sentence: read.reason });
  const { name } = storageOf(read.access);
  try {
    await inMessage(plain`Trying ${name}`, (signal) => parts.blobs.check(read.access, signal));
  } catch (error) {
    if (!(error instanceof Error) || error.name === 'Cancelled') throw error;
    const advice = error instanceof HumanError ? error.advice : undefined;
    await askToConfirm(
      plain`Keep ${name} all the same?`,
      plain([error.message, advice].filter((part) => part !== undefined).join(' ')),
      plain`Keep`,
    );
  }
  const storage = await parts.storages.add(text);
  tellBriefly(plain`${name} is added.`);
  return storage.id;
}

/** Asks whether a storage can be reached and says so. */
export async function checkStorage(parts: StorageParts, argument: unknown): Promise<void> {
  const storage = await storageFrom(parts, argument, plain`Check Storage Account`);
  const access = await parts.storages.access(storage.id);
  await inMessage(plain`Trying ${storage.name}`, (signal) => parts.blobs.check(access, signal));
  void notify('information', plain`${storage.name}: the storage answers and takes its key or token.`);
}

/** Forgets a storage, after asking. */
export async function removeStorage(parts: StorageParts, argument: unknown): Promise<void> {
  const storage = await storageFrom(parts, argument, plain`Remove which storage account?`);
  if (storage.local) throw new InvalidInput({ sentence: 'The local storage belongs to the sample service: it ends with it.' });
  await askToConfirm(
    plain`Remove "${storage.name}"?`,
    plain`Its key or token is removed from the secret store. Blobs stay as they are; jobs that wait for an upload to it need it again.`,
    plain`Remove`,
  );
  await parts.storages.remove(storage.id);
}
