// Descriptions on disk: a file for each service, named by a hash of its address, the ones that were asked for longest ago removed first.

import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AtomicFiles } from '../../base/atomicFiles';
import { filledText, member, tryParse } from '../../base/shape';

/** A description as it is kept. */
export interface KeptDescription {
  /** JSON text, as it came. */
  readonly json: string;
  /** Milliseconds since 1970. */
  readonly fetchedAt: number;
}

/** How much is kept; more goes. */
export interface StoreLimits {
  readonly files: number;
  readonly bytes: number;
}

/** As usual: descriptions have some kilobytes, and four megabytes at most. */
export const usualLimits: StoreLimits = { files: 200, bytes: 64 * 1024 * 1024 };

/** Keeps descriptions below a folder, which is made when it is not there. */
export class DescriptionStore {
  private readonly files: AtomicFiles;

  constructor(private readonly folder: string, private readonly limits = usualLimits) {
    this.files = new AtomicFiles(folder);
  }

  /** The kept description of the service at this address; `damaged` for a file that holds none. Throws what the disk throws. */
  async read(address: string): Promise<KeptDescription | 'damaged' | undefined> {
    const text = await this.files.read(fileName(address));
    if (text === undefined) return undefined;
    const kept = tryParse(text);
    const json = filledText(member(kept, 'json'));
    const fetchedAt = member(kept, 'fetchedAt');
    const isOurs = member(kept, 'version') === 1 && member(kept, 'address') === address;
    if (!isOurs || json === undefined || typeof fetchedAt !== 'number' || !Number.isFinite(fetchedAt)) return 'damaged';
    return { json, fetchedAt };
  }

  /** Keeps a description in the place of the one that was there, and removes what is too much. Throws what the disk throws. */
  async write(address: string, { json, fetchedAt }: KeptDescription): Promise<void> {
    await this.files.write(fileName(address), JSON.stringify({ version: 1, address, fetchedAt, json }));
    await this.trim();
  }

  /** Removes what is kept of a service. Throws what the disk throws. */
  async remove(address: string): Promise<void> {
    await this.files.remove(fileName(address));
  }

  private async trim(): Promise<void> {
    const names = await this.files.list('');
    const found = await Promise.all(names.map(async (name) => {
      const facts = await stat(join(this.folder, name)).catch(() => undefined);
      return facts?.isFile() ? [{ name, bytes: facts.size, writtenAt: facts.mtimeMs }] : [];
    }));
    let [files, bytes] = [0, 0];
    for (const each of found.flat().sort((one, other) => other.writtenAt - one.writtenAt)) {
      files += 1;
      bytes += each.bytes;
      // The one that was just written stays, whatever its size.
      if (files > 1 && (files > this.limits.files || bytes > this.limits.bytes)) await this.files.remove(each.name);
    }
  }
}

function fileName(address: string): string {
  return `${createHash('sha256').update(address).digest('hex')}.json`;
}
