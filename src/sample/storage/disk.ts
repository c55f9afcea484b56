// Azurite's blob service with its blobs in a folder. What it has answered is on disk: killing it loses nothing that a caller was told of.

import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import type BlobServer from 'azurite/dist/src/blob/BlobServer.js';
import { isArray, member, tryParse } from '../../base/shape';
import { writeWholeLater } from '../folder/files';

/** Pieces that are written at once. */
export const writtenAtOnce = 20;

/** The one folder of pieces, as Azurite is told of it. */
export const locationId = 'Default';

/** The folder that pieces of blobs are in. */
export function extentsFolder(folder: string): string {
  return join(folder, 'extents');
}

/** So long a list of blobs that was put aside is kept, and the pieces that it may name with it, in milliseconds: 30 days, as blobs are. */
export const brokenKeptMs = 30 * 24 * 60 * 60 * 1000;

/**
 * Makes such a service ready to start. `make` makes a new one, with files at `extentsFolder`. A list of blobs that makes no sense is put
 * aside as `blobs.json.broken`, and the storage begins empty; while it lies there, no piece is taken for rubbish. Rejects with what the
 * disk throws, as where it is full: then all is as it was.
 */
export async function openOnDisk(folder: string, make: () => BlobServer): Promise<BlobServer> {
  mkdirSync(extentsFolder(folder), { recursive: true, mode: 0o700 });
  const list = join(folder, 'blobs.json');
  const broken = `${list}.broken`;
  removeOld(broken);
  let opened = await load(make(), list);
  if (opened === undefined) {
    renameSync(list, broken);
    const now = new Date();
    // Its age counts from here on.
    utimesSync(broken, now, now);
    opened = await load(make(), list);
  }
  if (opened === undefined) throw new Error('The storage does not begin even without a list of blobs.');
  await opened.save();
  await noteExtents(opened.server, extentsFolder(folder));
  if (existsSync(broken)) keepAllExtents(opened.server);
  keepPiecesApart(opened.server);
  saveBeforeAnswers(opened.server);
  return opened.server;
}

interface Opened {
  readonly server: BlobServer;
  /** Writes the list, which is not written before. Rejects with what the disk throws. */
  save(): Promise<void>;
}

/** Undefined when the list makes no sense: then such a server writes nothing, ever. Rejects when it cannot be read. */
async function load(server: BlobServer, list: string): Promise<Opened | undefined> {
  const { metadataStore: blobs } = server;
  const text = readList(list);
  if (text !== undefined && !isArray(member(tryParse(text), 'collections'))) return undefined;
  let writes = false;
  blobs.db.persistenceAdapter = {
    // The start reads the list once more.
    loadDatabase: (_name, done) => done(writes ? listOrError(list) : text ?? null),
    // Azurite saves while it loads, and later by itself: what a disk says to that tells nothing of the list.
    saveDatabase: (_name, changed, done) => (writes ? void writeWholeLater(list, changed).then(() => done(), done) : done()),
  };
  try {
    await blobs.init();
    // Blocks of an upload that was broken off are of no use to anybody: the next try sends its own.
    blobs.db.getCollection(blobs.BLOCKS_COLLECTION).clear();
    blobs.db.getCollection(blobs.BLOBS_COLLECTION).findAndRemove({ isCommitted: false });
  } catch (error) {
    if (text === undefined) throw error;
    return undefined;
  }
  return {
    server,
    save: () => {
      writes = true;
      return new Promise((resolve, reject) => blobs.db.saveDatabase((error) => (error ? reject(error) : resolve())));
    },
  };
}

/** Undefined where there is none. One that cannot be read just now is no reason to begin without it: throws what the disk throws. */
function readList(path: string): string | undefined {
  return statSync(path, { throwIfNoEntry: false }) === undefined ? undefined : readFileSync(path, 'utf8');
}

function listOrError(path: string): string | Error | null {
  try {
    return readList(path) ?? null;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** The list of pieces is made anew from their files, so that the two never disagree. What is no file, or cannot be looked at, is none. */
async function noteExtents({ extentMetadataStore: extents }: BlobServer, pieces: string): Promise<void> {
  extents.db.persistenceAdapter = { loadDatabase: (_name, done) => done(null), saveDatabase: (_name, _text, done) => done() };
  await extents.init();
  for (const id of readdirSync(pieces)) {
    const size = sizeOfFile(join(pieces, id));
    if (size !== undefined) await extents.updateExtent({ id, locationId, path: id, size, lastModifiedInMS: 0 });
  }
}

function sizeOfFile(path: string): number | undefined {
  try {
    const facts = statSync(path);
    return facts.isFile() ? facts.size : undefined;
  } catch {
    return undefined;
  }
}

/** Shows Azurite's collector of rubbish nothing: what no blob seems to need may be named by the list that was put aside. */
function keepAllExtents({ extentMetadataStore }: BlobServer): void {
  extentMetadataStore.iteratorExtents = () => ({ next: () => Promise.resolve({ done: true, value: [] }) });
}

function removeOld(path: string): void {
  const facts = statSync(path, { throwIfNoEntry: false });
  if (facts !== undefined && Date.now() - facts.mtimeMs > brokenKeptMs) rmSync(path, { force: true, recursive: true });
}

/**
 * Gives each piece a file of its own, so that its room is free once its blob is deleted, and dates new ones, so that they are not rubbish
 * yet.
 */
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
