// Writes a file that is there whole or not at all: into a part beside it, which then gets its name.

import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { copyFile, open, rename, rm } from 'node:fs/promises';
import { basename } from 'node:path';
import { Cancelled, HumanError, LocalFailure, messageOf } from '../../model/errors';

/**
 * Writes text, as it comes, as UTF-8; `onBytes` is told how much is written. Throws LocalFailure for what goes wrong with the file,
 * Cancelled, and what the pieces throw.
 */
export async function writeWhole(
  path: string,
  pieces: AsyncIterable<string>,
  signal: AbortSignal,
  onBytes: (bytes: number) => void,
): Promise<void> {
  await whole(path, signal, async (part) => {
    const handle = await open(part, 'wx').catch((error: unknown) => {
      throw unwritable(path, error);
    });
    try {
      let bytes = 0;
      for await (const piece of pieces) {
        if (signal.aborted) throw new Cancelled();
        const data = Buffer.from(piece, 'utf8');
        for (let written = 0; written < data.byteLength;) {
          const { bytesWritten } = await handle.write(data, written);
          written += bytesWritten;
        }
        bytes += data.byteLength;
        onBytes(bytes);
      }
      await handle.sync();
    } finally {
      await handle.close();
    }
  });
}

/** Copies a file, overwriting what is there. Throws LocalFailure and Cancelled. */
export async function copyWhole(from: string, path: string, signal: AbortSignal): Promise<void> {
  await whole(path, signal, (part) => copyFile(from, part, constants.COPYFILE_EXCL));
}

async function whole(path: string, signal: AbortSignal, fill: (part: string) => Promise<void>): Promise<void> {
  const part = `${path}.${randomBytes(4).toString('hex')}.part`;
  try {
    await fill(part);
    if (signal.aborted) throw new Cancelled();
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true }).catch(() => undefined);
    throw isOfDisk(error) ? unwritable(path, error) : error;
  }
}

/** What a person is told when a file cannot be written. */
export function unwritable(path: string, error: unknown): Error {
  if (error instanceof HumanError || error instanceof Cancelled) return error;
  const code = codeOf(error);
  const full = code === 'ENOSPC' || code === 'EDQUOT';
  const refused = code === 'EACCES' || code === 'EPERM' || code === 'EROFS';
  const name = basename(path);
  return new LocalFailure({
    sentence: full
      ? `There is no room on the disk for "${name}".`
      : refused
        ? `There is no permission to write "${name}" there.`
        : `The file "${name}" cannot be written.`,
    detail: messageOf(error),
    advice: full ? 'Make room, or choose another place. Nothing half-written was left.' : 'Choose another place.',
  });
}

function isOfDisk(error: unknown): boolean {
  return codeOf(error) !== undefined;
}

function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'syscall' in error && 'code' in error ? error.code : undefined;
}
