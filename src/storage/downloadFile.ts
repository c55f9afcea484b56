// The place of a file that is downloaded: whether there is room for it, and giving the whole file its name.

import { link, rename, rm, stat, statfs } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { hasCode } from '../model/errorCode';
import { LocalFailure, messageOf } from '../model/errors';
import { sizeText } from '../base/size';

/** Throws LocalFailure where the disk cannot take so many bytes: better now than when it is full. */
export async function requireRoom(path: string, bytes: number | undefined): Promise<void> {
  // A disk that tells nothing of its size is tried.
  const disk = await statfs(dirname(path)).catch(() => undefined);
  if (bytes === undefined || disk === undefined || disk.blocks === 0) return;
  const free = disk.bavail * disk.bsize;
  if (bytes <= free) return;
  throw new LocalFailure({
    sentence: `There is no room on the disk for "${basename(path)}": it has ${sizeText(bytes)}, and ${sizeText(free)} are free.`,
    advice: 'Make room, or choose another place.',
  });
}

/** Gives the whole file its name; without `overwrite` never to one that has appeared meanwhile. */
export async function put(part: string, path: string, overwrite: boolean): Promise<void> {
  try {
    if (!overwrite && await linked(part, path)) {
      await rm(part, { force: true });
      return;
    }
    if (!overwrite && await exists(path)) throw taken(path);
    await rename(part, path);
  } catch (error) {
    throw error instanceof LocalFailure ? error : unwritable(path, error);
  }
}

/** A second name for the same file, unless it is taken; false on disks that have no such thing. */
async function linked(part: string, path: string): Promise<boolean> {
  try {
    await link(part, path);
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) throw taken(path);
    return false;
  }
}

/** True unless it is certain that there is no such file. */
export async function exists(path: string): Promise<boolean> {
  return stat(path).then(() => true, (error: unknown) => !hasCode(error, 'ENOENT'));
}

/** The file is there already. */
export function taken(path: string): LocalFailure {
  return new LocalFailure({
    sentence: `There is a file "${basename(path)}" already.`,
    detail: 'EEXIST',
    advice: 'It was left as it is. Choose another name, or say that it may be overwritten.',
  });
}

/** What kept a file from being written. */
export function unwritable(path: string, error: unknown): LocalFailure {
  const full = hasCode(error, 'ENOSPC', 'EDQUOT');
  return new LocalFailure({
    sentence: full ? `There is no room on the disk for "${basename(path)}".` : `The file "${basename(path)}" cannot be written.`,
    detail: messageOf(error),
    advice: full ? 'Make room, or choose another place.' : 'Choose another place.',
  });
}
