// Files of the extension's own on disk: each is replaced as a whole, so that no crash leaves half a file, and made once, so that of two
// windows one wins.

import { mkdirSync, watch as watchFolder, type FSWatcher } from 'node:fs';
import { link, lstat, mkdir, open, readdir, readFile, rename, stat, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { hasCode } from '../model/errorCode';
import type { Disposable } from '../model/lifetime';

/**
 * Files that were begun by a process that ended are removed when they are this old, in milliseconds: by then nobody writes them any more.
 */
const leftoverAgeMs = 60 * 60 * 1000;

/** Nothing that the extension writes as a text is larger, in bytes. What is, is not read: it would have to be held as a whole. */
export const largestText = 16 * 1024 * 1024;

/** The folders whose changes are told of. The rest changes with these, or is looked at now and then. */
const watchedFolders = ['open', 'unseen'];

/** So often a rename is tried again when a virus scanner or another reader has the file open, as happens on Windows. */
const mostRenames = 10;

let written = 0;

/**
 * Files below `root`, an absolute path, which is made when it is not there. Throws what the disk throws; what is read and is no file
 * throws an error with the code EISDIR (a folder), ELOOP (a link that leads nowhere), EFBIG (larger than anything of ours) or ENXIO (a
 * pipe, a device).
 */
export class AtomicFiles {
  /** Folders that are there, and free of leftovers. */
  private readonly ready = new Map<string, Promise<void>>();

  constructor(private readonly root: string) {}

  async list(folder: string): Promise<readonly string[]> {
    try {
      return (await readdir(join(this.root, folder))).filter((name) => !isTemporary(name));
    } catch (error) {
      if (hasCode(error, 'ENOENT')) return [];
      throw error;
    }
  }

  async stamp(path: string): Promise<string | undefined> {
    try {
      // A replaced file is another file, so its number tells even where clocks are coarse.
      const { ino, size, mtimeNs } = await stat(join(this.root, path), { bigint: true });
      return `${ino}:${size}:${mtimeNs}`;
    } catch (error) {
      if (hasCode(error, 'ENOENT', 'ENOTDIR')) return undefined;
      throw error;
    }
  }

  async read(path: string): Promise<string | undefined> {
    try {
      return (await readWhole(join(this.root, path), largestText)).toString('utf8');
    } catch (error) {
      if (hasCode(error, 'ENOENT', 'ENOTDIR')) return undefined;
      throw error;
    }
  }

  async write(path: string, text: string | Uint8Array): Promise<void> {
    const target = join(this.root, path);
    const temporary = await this.writeTemporary(target, text);
    try {
      await renamePatiently(temporary, target);
    } catch (error) {
      await removeFile(temporary);
      throw error;
    }
    await syncFolder(dirname(target));
  }

  async create(path: string, text: string): Promise<boolean> {
    const target = join(this.root, path);
    const temporary = await this.writeTemporary(target, text);
    try {
      await link(temporary, target);
    } catch (error) {
      if (hasCode(error, 'EEXIST')) return false;
      // Some file systems (FAT, some network shares) have no links. There a crash can leave a file empty.
      if (hasCode(error, 'EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EISDIR', 'EACCES')) return await writeNew(target, text);
      throw error;
    } finally {
      await removeFile(temporary);
    }
    await syncFolder(dirname(target));
    return true;
  }

  async remove(path: string): Promise<void> {
    await removeFile(join(this.root, path));
  }

  watch(listener: () => void): Disposable {
    const watchers: FSWatcher[] = [];
    for (const folder of watchedFolders) {
      try {
        const path = join(this.root, folder);
        mkdirSync(path, { recursive: true, mode: 0o700 });
        const watcher = watchFolder(path, { persistent: false }, (_kind, name) => {
          if (name === null || !isTemporary(name)) listener();
        });
        // A watcher that fails (the limit of watchers is reached, the folder is gone) is only a help that is missing.
        watcher.on('error', () => watcher.close());
        watchers.push(watcher);
      } catch {
        // The same.
      }
    }
    return { dispose: () => watchers.forEach((watcher) => watcher.close()) };
  }

  private async writeTemporary(target: string, text: string | Uint8Array): Promise<string> {
    const folder = dirname(target);
    await this.makeReady(folder);
    written += 1;
    const temporary = join(folder, `.${process.pid}-${Date.now().toString(36)}-${written}.tmp`);
    try {
      // Jobs name files and accounts of the person: nobody else on this computer is to read them.
      const file = await open(temporary, 'wx', 0o600);
      try {
        await file.writeFile(text, 'utf8');
        await file.sync();
      } finally {
        await file.close();
      }
    } catch (error) {
      await removeFile(temporary);
      // The folder was taken away behind our back: the next try makes it again.
      this.ready.delete(folder);
      throw error;
    }
    return temporary;
  }

  private makeReady(folder: string): Promise<void> {
    const known = this.ready.get(folder);
    if (known) return known;
    const making = mkdir(folder, { recursive: true, mode: 0o700 }).then(() => removeLeftovers(folder));
    this.ready.set(folder, making);
    making.catch(() => this.ready.delete(folder));
    return making;
  }
}

/**
 * All bytes of a file that has no more than `most`. Throws what the disk throws, and errors with the codes that are named above: to open
 * a pipe or a device could take for ever.
 */
export async function readWhole(path: string, most: number): Promise<Buffer> {
  let facts;
  try {
    facts = await stat(path);
  } catch (error) {
    // A link without an end is there, though what it leads to is not.
    if (hasCode(error, 'ENOENT') && (await isLink(path))) throw withCode('ELOOP', 'The link leads nowhere');
    throw error;
  }
  if (facts.isDirectory()) throw withCode('EISDIR', 'It is a folder');
  if (!facts.isFile()) throw withCode('ENXIO', 'It is no file');
  if (facts.size > most) throw withCode('EFBIG', `It has ${facts.size} bytes`);
  return readFile(path);
}

/** True when a process with this number runs on this computer, whoever owns it. */
export function isProcessAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return hasCode(error, 'EPERM');
  }
}

async function isLink(path: string): Promise<boolean> {
  return lstat(path).then((facts) => facts.isSymbolicLink(), () => false);
}

async function isFolder(path: string): Promise<boolean> {
  return lstat(path).then((facts) => facts.isDirectory(), () => false);
}

function withCode(code: string, message: string): Error {
  return Object.assign(new Error(message), { code });
}

function isTemporary(name: string): boolean {
  return name.startsWith('.') && name.endsWith('.tmp');
}

async function removeFile(path: string): Promise<void> {
  try {
    await unlink(path);
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return;
    // Systems differ in what they say of a folder.
    if (hasCode(error, 'EPERM') && (await isFolder(path))) throw withCode('EISDIR', 'It is a folder');
    throw error;
  }
}

async function renamePatiently(from: string, to: string): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await rename(from, to);
    } catch (error) {
      if (tries >= mostRenames || !hasCode(error, 'EPERM', 'EACCES', 'EBUSY')) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20 * tries));
    }
  }
}

async function writeNew(path: string, text: string): Promise<boolean> {
  try {
    const file = await open(path, 'wx', 0o600);
    try {
      await file.writeFile(text, 'utf8');
      await file.sync();
    } finally {
      await file.close();
    }
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  }
}

/** A new name is on disk for certain only when its folder is; Windows knows no such thing and does it by itself. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  let folder;
  try {
    folder = await open(path, 'r');
    await folder.sync();
  } catch (error) {
    // Where the folder may not be read, the file has been written all the same.
    if (!hasCode(error, 'EINVAL', 'EPERM', 'EACCES', 'ENOTSUP', 'EISDIR')) throw error;
  } finally {
    await folder?.close();
  }
}

async function removeLeftovers(folder: string): Promise<void> {
  // A folder that cannot be listed may be written to all the same.
  for (const name of (await readdir(folder).catch(() => [])).filter(isTemporary)) {
    const path = join(folder, name);
    try {
      if (Date.now() - (await stat(path)).mtimeMs > leftoverAgeMs) await unlink(path);
    } catch {
      // Somebody else has removed it, or it stays: it does no harm.
    }
  }
}
