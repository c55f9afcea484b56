// What a start of the storage in a folder does to the list of blobs: one that makes no sense is put aside, nothing else is lost.

import {
  existsSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, utimesSync, writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import BlobConfiguration from 'azurite/dist/src/blob/BlobConfiguration.js';
import BlobServer from 'azurite/dist/src/blob/BlobServer.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { brokenKeptMs, extentsFolder, locationId, openOnDisk, writtenAtOnce } from '../../../../src/sample/storage/disk';

let folder = '';
let list = '';
let broken = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'storage-'));
  list = join(folder, 'blobs.json');
  broken = `${list}.broken`;
});
afterEach(() => rmSync(folder, { recursive: true }));

function open(): Promise<BlobServer> {
  const folders = [{ locationId, locationPath: extentsFolder(folder), maxConcurrency: writtenAtOnce }];
  return openOnDisk(folder, () => new BlobServer(new BlobConfiguration(
    '127.0.0.1', 0, 60, folder, folder, folders, false, undefined, false, undefined, true, true, '', '', '', undefined, true, false,
  )));
}

/** Names of the pieces that the collector of rubbish looks through. */
async function looked(server: BlobServer): Promise<readonly string[]> {
  const pages = server.extentMetadataStore.iteratorExtents();
  const names: string[] = [];
  for (;;) {
    const { done, value } = await pages.next();
    names.push(...value);
    if (done) return names;
  }
}

/** A list, and two pieces that it could name. Gives the list's text. */
async function begun(): Promise<string> {
  await open();
  for (const name of ['one', 'two']) writeFileSync(join(extentsFolder(folder), name), name);
  return readFileSync(list, 'utf8');
}

describe('a list that can be read', () => {
  it('stays where it is when the disk takes nothing, and serves the next start', async () => {
    const before = await begun();
    // As a full disk does, a folder under its name refuses the file that is to replace the list.
    const temporary = join(folder, `blobs.json.${process.pid}.tmp`);
    mkdirSync(temporary);
    await expect(open()).rejects.toThrow();
    expect(readFileSync(list, 'utf8')).toBe(before);
    expect(existsSync(broken)).toBe(false);
    rmSync(temporary, { recursive: true });
    expect(await looked(await open())).toEqual(['one', 'two']);
    expect(existsSync(broken)).toBe(false);
  });

  it('serves though something among the pieces cannot be looked at or is no file', async () => {
    await begun();
    symlinkSync(join(folder, 'nowhere'), join(extentsFolder(folder), 'link'));
    mkdirSync(join(extentsFolder(folder), 'folder'));
    expect(await looked(await open())).toEqual(['one', 'two']);
    expect(existsSync(broken)).toBe(false);
  });
});

it('a list that the disk does not give just now is not replaced by an empty one', async () => {
  await begun();
  rmSync(list);
  symlinkSync(list, list);
  await expect(open()).rejects.toMatchObject({ code: 'ELOOP' });
  expect(lstatSync(list).isSymbolicLink()).toBe(true);
});

describe('a list that makes no sense', () => {
  const texts = ['', '{"collections":[', '7', '{"collections":[{"name":"$BLOBS_COLLECTION$"}]}'];

  it.each(texts)('is put aside, and all pieces are kept: %s', async (text) => {
    await begun();
    writeFileSync(list, text);
    expect(await looked(await open())).toEqual([]);
    expect(readFileSync(broken, 'utf8')).toBe(text);
    // Until somebody has taken it away.
    expect(await looked(await open())).toEqual([]);
    rmSync(broken);
    expect(await looked(await open())).toEqual(['one', 'two']);
    expect(readdirSync(extentsFolder(folder))).toEqual(['one', 'two']);
  });

  it('is kept so long from then on, however old it was', async () => {
    await begun();
    writeFileSync(list, '7');
    const longAgo = new Date(Date.now() - brokenKeptMs - 60_000);
    utimesSync(list, longAgo, longAgo);
    await open();
    await open();
    expect(existsSync(broken)).toBe(true);
    utimesSync(broken, longAgo, longAgo);
    expect(await looked(await open())).toEqual(['one', 'two']);
    expect(existsSync(broken)).toBe(false);
  });
});
