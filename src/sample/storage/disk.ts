// Azurite's blob service with its blobs in a folder. What it has answered is on disk: killing it loses nothing that a caller was told of.

import { mkdirSync, readdirSync, renameSync, statSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import type BlobServer from 'azurite/dist/src/blob/BlobServer.js';
import { readOrNothing, writeWholeLater } from '../folder/files';

/** Pieces that are written at once. */
export const writtenAtOnce = 20;

/** The one folder of pieces, as Azurite is told of it. */
export const locationId = 'Default';

/** The folder that pieces of blobs are in. */
export function extentsFolder(folder: string): string {
  return join(folder, 'extents');
}

/**
 * Makes such a service ready to start. `make` makes a new one, with files at `extentsFolder`. A list of blobs that cannot be read is put
 * aside as `blobs.json.broken`, and the storage begins empty. Rejects with what the disk throws.
 */
export async function openOnDisk(folder: string, make: () => BlobServer): Promise<BlobServer> {
  mkdirSync(extentsFolder(folder), { recursive: true, mode: 0o700 });
  const list = join(folder, 'blobs.json');
  try {
    return await prepare(make(), list, folder);
  } catch (error) {
    // A disk that cannot be written to is no reason to put anything aside.
    if (readOrNothing(list) === undefined) throw error;
    renameSync(list, `${list}.broken`);
    return prepare(make(), list, folder);
  }
}

async function prepare(server: BlobServer, list: string, folder: string): Promise<BlobServer> {
  const { metadataStore: blobs, extentMetadataStore: extents } = server;
  blobs.db.persistenceAdapter = {
    loadDatabase: (_name, done) => done(readOrNothing(list) ?? null),
    saveDatabase: (_name, text, done) => void writeWholeLater(list, text).then(() => done(), done),
  };
  // The list of pieces is made anew from their files, so that the two never disagree.
  extents.db.persistenceAdapter = { loadDatabase: (_name, done) => done(null), saveDatabase: (_name, _text, done) => done() };
  await blobs.init();
  // Blocks of an upload that was broken off are of no use to anybody: the next try sends its own.
  blobs.db.getCollection(blobs.BLOCKS_COLLECTION).clear();
  blobs.db.getCollection(blobs.BLOBS_COLLECTION).findAndRemove({ isCommitted: false });
  // The start reads the list once more.
  await new Promise<void>((resolve, reject) => blobs.db.saveDatabase((error) => (error ? reject(error) : resolve())));
  await extents.init();
  const pieces = extentsFolder(folder);
  for (const id of readdirSync(pieces)) {
    const { size } = statSync(join(pieces, id));
    await extents.updateExtent({ id, locationId, path: id, size, lastModifiedInMS: 0 });
  }
  keepPiecesApart(server);
  saveBeforeAnswers(server);
  return server;
}

/** Gives each piece a file of its own, so that its room is free once its blob is deleted, and dates new ones, so that they are not rubbish yet. */
function keepPiecesApart({ extentStore, extentMetadataStore }: BlobServer): void {
  const append = extentStore.appendExtent.bind(extentStore);
  extentStore.appendExtent = async (data, contextId) => {
    const piece = await append(data, contextId);
    // A file that is full is not written to again.
    for (const open of extentStore.activeWriteExtents) if (open.appendStatus === 0 && open.offset > 0) open.offset = Infinity;
    return piece;
  };
  const update = extentMetadataStore.updateExtent.bind(extentMetadataStore);
  // Azurite's collector of rubbish asks for the time under another name than the one that it is first noted under.
  extentMetadataStore.updateExtent = (extent) => update(Object.assign({ LastModifyInMS: extent.lastModifiedInMS }, extent));
}

/** Holds answers to what changes the blobs back until the change is on disk; where it cannot be written, there is no answer. */
function saveBeforeAnswers({ httpServer, metadataStore: { db } }: BlobServer): void {
  httpServer.prependListener('request', (request: IncomingMessage, response: ServerResponse) => {
    if (!changes(request)) return;
    const end = response.end.bind(response);
    response.end = (...args: unknown[]) => {
      db.saveDatabase((error) => {
        if (error) response.destroy();
        else Reflect.apply(end, response, args);
      });
      return response;
    };
  });
}

/** A block that is not committed yet changes no blob. */
function changes({ method = '', url = '' }: IncomingMessage): boolean {
  return !['GET', 'HEAD', 'OPTIONS'].includes(method) && !/[?&]comp=block(&|$)/.test(url);
}
