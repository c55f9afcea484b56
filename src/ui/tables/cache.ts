// Files of tables that are only looked at: in a folder of this process, swept away by a later one when this one ends without a word.

import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Disposable } from '../../model/lifetime';
import { unwritable } from './wholeFile';

/** A folder for files that nobody misses later. Nothing is made before the first file is asked for. */
export class TableCache implements Disposable {
  private readonly own: string;
  private made: Promise<void> | undefined;
  private files = 0;

  /** @param folder where the folders of all processes are; `isAlive` tells whether there is a process with an id. */
  constructor(private readonly folder: string, private readonly isAlive: (pid: number) => boolean) {
    this.own = join(folder, `${process.pid}-${randomBytes(6).toString('hex')}`);
  }

  /** The path of a file that is not there yet. Throws LocalFailure when it cannot be made. */
  async newFile(ending: string): Promise<string> {
    const path = join(this.own, `${(this.files += 1)}.${ending}`);
    // What services send is nobody else's to read. A failure may be over the next time.
    this.made ??= mkdir(this.own, { recursive: true, mode: 0o700 }).then(() => undefined);
    try {
      await this.made;
    } catch (error) {
      this.made = undefined;
      throw unwritable(path, error);
    }
    return path;
  }

  /** Removes a file; one that is held by another program stays until the folder goes. */
  async remove(path: string): Promise<void> {
    await rm(path, { force: true, maxRetries: 3, retryDelay: 100 }).catch(() => undefined);
  }

  /** Removes the folders of processes that are gone. Never throws. */
  async sweep(): Promise<void> {
    const names = await readdir(this.folder).catch(() => []);
    for (const name of names) {
      const pid = /^(\d+)-[\da-f]{12}$/.exec(name)?.[1];
      if (pid === undefined || this.isAlive(Number(pid))) continue;
      await rm(join(this.folder, name), { recursive: true, force: true }).catch(() => undefined);
    }
  }

  /** At the end of a window nobody waits for promises. */
  dispose(): void {
    if (!this.made) return;
    try {
      rmSync(this.own, { recursive: true, force: true });
    } catch {
      // The next window sweeps it away.
    }
  }
}
