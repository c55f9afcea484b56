// The history's files on disk: small texts beside packed bodies, each written under another name and renamed, so that no crash leaves half
// a file.

import { mkdirSync, watch as watchFolder } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import * as l10n from '@vscode/l10n';
import { hasCode } from '../../model/errorCode';
import { LocalFailure, messageOf } from '../../model/errors';
import type { Disposable } from '../../model/lifetime';
import { AtomicFiles, readWhole } from '../../base/atomicFiles';

const pack = promisify(gzip);
const unpack = promisify(gunzip);

/** A body that would be larger than this when it is unpacked was not written by us, in bytes. */
const largestBody = 1024 * 1024 * 1024;

/** Files in one folder, an absolute path, which is made when it is not there. Throws what the disk throws, unless it says otherwise. */
export class HistoryFiles {
  private readonly texts: AtomicFiles;

  constructor(private readonly folder: string) {
    this.texts = new AtomicFiles(folder);
  }

  /** Names of what is there, without files that are still being written. */
  list(): Promise<readonly string[]> {
    return this.texts.list('');
  }

  /** A text that changes when the file does, or without a name when a file is added, replaced or removed; undefined: not there. */
  stamp(name = ''): Promise<string | undefined> {
    return this.texts.stamp(name);
  }

  /** Size and the time of the last write, in milliseconds since 1970; undefined: not there. */
  async facts(name: string): Promise<{ readonly bytes: number; readonly writtenAt: number } | undefined> {
    try {
      const { size, mtimeMs } = await stat(join(this.folder, name));
      return { bytes: size, writtenAt: mtimeMs };
    } catch (error) {
      if (hasCode(error, 'ENOENT', 'ENOTDIR')) return undefined;
      throw error;
    }
  }

  /** Undefined: not there. */
  read(name: string): Promise<string | undefined> {
    return this.texts.read(name);
  }

  /** Replaces a text as a whole. */
  write(name: string, text: string): Promise<void> {
    return this.texts.write(name, text);
  }

  /**
   * Reads a body of at most `most` bytes; undefined: not there. Throws LocalFailure when what is there cannot be unpacked, and else what
   * the disk throws.
   */
  async readBody(name: string, most = largestBody): Promise<Uint8Array | undefined> {
    let packed: Uint8Array;
    try {
      packed = await readWhole(join(this.folder, name), largestBody);
    } catch (error) {
      if (hasCode(error, 'ENOENT', 'ENOTDIR')) return undefined;
      throw error;
    }
    try {
      return await unpack(packed, { maxOutputLength: Math.min(most, largestBody) });
    } catch (error) {
      throw new LocalFailure({
        sentence: l10n.t('A file of the history is damaged ("{0}"): {1}.', name, messageOf(error)),
        advice: l10n.t('Delete the entry; the others are not touched by it.'),
      });
    }
  }

  /** Writes a body and gives the room that it takes, in bytes. */
  async writeBody(name: string, body: Uint8Array): Promise<number> {
    const packed = await pack(body);
    // On the disk for certain before it has its name, as the text is: that tells of it also after a power cut.
    await this.texts.write(name, packed);
    return packed.byteLength;
  }

  /** No error when it is gone already. */
  remove(name: string): Promise<void> {
    return this.texts.remove(name);
  }

  /** Tells that something may have changed. Only a help: where folders cannot be watched, nothing is told. */
  watch(listener: () => void): Disposable {
    try {
      mkdirSync(this.folder, { recursive: true, mode: 0o700 });
      const watcher = watchFolder(this.folder, { persistent: false }, (_kind, name) => {
        // The text comes last and goes first: the bodies alone are no news.
        if (name === null || /\.(?:json|pin)$/.test(name)) listener();
      });
      watcher.on('error', () => watcher.close());
      return { dispose: () => watcher.close() };
    } catch {
      return { dispose: () => undefined };
    }
  }
}
