// The bytes of a table's file, as long as it is the file that was opened.

import { open, type FileHandle } from 'node:fs/promises';
import { errorCode } from '../model/errorCode';
import { LocalFailure, messageOf } from '../model/errors';

/** Gives bytes of the file, from `from` to before `to`. */
export type ReadBytes = (from: number, to: number) => Promise<Buffer>;

/**
 * A file that is opened for each reading, so that one that was put in its place is noticed. It is closed in between, so nobody is kept from
 * replacing it.
 */
export class TableFile {
  /** What a whole file was like. */
  private mark: { readonly size: number; readonly mtimeMs: number } | undefined;

  /** @param bytes how many there are at least; a file that grows may have more */
  constructor(private readonly path: string, private bytes = 0) {}

  /** From now on the file has at least so many bytes. */
  grown(bytes: number): void {
    this.bytes = bytes;
  }

  /** From now on the file stays as it is. Gives its size in bytes. Throws LocalFailure when it cannot be read. */
  async settle(): Promise<number> {
    return this.read((_read, handle) => this.markWhole(handle));
  }

  private async markWhole(handle: FileHandle): Promise<number> {
    const { size, mtimeMs } = await handle.stat();
    this.mark = { size, mtimeMs };
    this.bytes = size;
    return size;
  }

  /**
   * Hands the means to read to `work`. Throws LocalFailure when the file cannot be read, or is no longer what it was, also when that
   * happens meanwhile.
   */
  async read<T>(work: (read: ReadBytes, handle: FileHandle) => Promise<T>): Promise<T> {
    const handle = await this.attempt(() => open(this.path, 'r'));
    try {
      await this.check(handle);
      const result = await work((from, to) => this.readBytes(handle, from, to), handle);
      await this.check(handle);
      return result;
    } finally {
      await handle.close();
    }
  }

  private async readBytes(handle: FileHandle, from: number, to: number): Promise<Buffer> {
    const bytes = Buffer.allocUnsafe(to - from);
    for (let at = 0; at < bytes.length;) {
      const { bytesRead } = await this.attempt(() => handle.read(bytes, at, bytes.length - at, from + at));
      if (bytesRead === 0) throw changed();
      at += bytesRead;
    }
    return bytes;
  }

  private async check(handle: FileHandle): Promise<void> {
    const { size, mtimeMs } = await this.attempt(() => handle.stat());
    if (size < this.bytes || (this.mark !== undefined && (size !== this.mark.size || mtimeMs !== this.mark.mtimeMs))) throw changed();
  }

  private async attempt<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw fileFailure(error);
    }
  }
}

function changed(): LocalFailure {
  return new LocalFailure({ sentence: 'The file has changed since it was opened.', advice: 'Open it again.' });
}

/** What to tell a person about an error of the file system. */
export function fileFailure(error: unknown): LocalFailure {
  const code = errorCode(error);
  if (code === 'ENOENT')
    return new LocalFailure({ sentence: 'The file is no longer there.', advice: 'If it was moved, open it where it is now.' });
  if (code === 'EACCES' || code === 'EPERM')
    return new LocalFailure({
      sentence: 'The file cannot be read: the system does not allow it.',
      advice: 'Check its permissions, then open it again.',
    });
  return new LocalFailure({ sentence: 'The file cannot be read.', detail: messageOf(error), advice: 'Open it again.' });
}
