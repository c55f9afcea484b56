// Writes the files of the sample's folder: each is replaced as a whole, so that no crash leaves half a file.

import { closeSync, fsyncSync, openSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** Names of files that were begun and not finished. */
const temporaryForm = /\.\d+\.tmp$/;

/** Replaces a file with this text, readable by its owner only. Throws what the disk throws; then the file is as it was. */
export function writeWhole(path: string, text: string): void {
  const temporary = temporaryOf(path);
  try {
    const file = openSync(temporary, 'w', 0o600);
    try {
      writeFileSync(file, text);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/** The same without holding up what else is under way. Not to be called again for the same file before it is done. */
export async function writeWholeLater(path: string, text: string): Promise<void> {
  const temporary = temporaryOf(path);
  try {
    const file = await open(temporary, 'w', 0o600);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/** The text of a file; undefined where there is none that can be read. */
export function readOrNothing(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

/** Removes what processes that were killed had begun to write into a folder that is this process's own now. */
export function removeUnfinished(folder: string): void {
  for (const name of readdirSync(folder)) if (temporaryForm.test(name)) rmSync(join(folder, name), { force: true });
}

/** With the process's number: one that is about to end may still be writing. */
function temporaryOf(path: string): string {
  return join(dirname(path), `${basename(path)}.${process.pid}.tmp`);
}
