// A file from elsewhere, kept on this computer while its table is looked at.

import { writeFile } from 'node:fs/promises';
import { Cancelled, LocalFailure } from '../../model/errors';
import { sizeText } from '../../base/size';
import type { TableCache } from './cache';
import { unwritable } from './wholeFile';

/** Larger files are not fetched, in bytes: they come whole into memory first. */
const largest = 512 * 1024 * 1024;

/** Where a file comes from; `size` is in bytes. */
export interface FileElsewhere {
  readonly name: string;
  size(): Promise<number>;
  read(): Promise<Uint8Array>;
}

/** Keeps the last copy of one file. */
export class FetchedFile {
  private kept: string | undefined;
  private over = false;

  constructor(private readonly cache: TableCache, private readonly source: FileElsewhere) {}

  /**
   * Fetches the file anew, and gives the path of the copy. Throws LocalFailure when it is too large or cannot be kept, Cancelled once `end`
   * was called, and what the source throws.
   */
  async fetch(ending: string): Promise<string> {
    await this.forget();
    const size = await this.source.size();
    if (size > largest) {
      throw new LocalFailure({
        sentence:
          `"${this.source.name}" has ${sizeText(size)}. Files that are not on this computer are opened as tables up to ` +
          `${sizeText(largest)}.`,
        advice: 'Download it, and open the copy.',
      });
    }
    const bytes = await this.source.read();
    if (this.over) throw new Cancelled();
    const path = await this.cache.newFile(ending);
    this.kept = path;
    try {
      await writeFile(path, bytes, { mode: 0o600 });
    } catch (error) {
      throw unwritable(path, error);
    }
    // It may have been removed before it was there.
    if (this.over) {
      await this.cache.remove(path);
      throw new Cancelled();
    }
    return path;
  }

  /** Removes the copy. */
  async forget(): Promise<void> {
    const { kept } = this;
    this.kept = undefined;
    if (kept !== undefined) await this.cache.remove(kept);
  }

  /** Removes the copy, also one that is still to come. */
  async end(): Promise<void> {
    this.over = true;
    await this.forget();
  }
}
