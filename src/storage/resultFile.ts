// Downloads a file for looking at: what came can be read while the rest comes, it pauses now and then, and goes on after a cut where it
// stopped.

import { open, type FileHandle } from 'node:fs/promises';
import { hasCode } from '../model/errorCode';
import { Cancelled, LocalFailure, messageOf, StorageFailed, type ErrorParts } from '../model/errors';
import { Emitter, type Disposable } from '../model/lifetime';
import type { Reading } from '../model/view';

/** The bytes of a file from some byte on. */
export interface OpenedPart {
  readonly stream: AsyncIterable<Uint8Array>;
  /** Size of the whole file, where the other side told. */
  readonly totalBytes?: number;
  readonly etag?: string;
}

/** Opens a file at a byte. `etag` is the one of the file that was begun with. */
export type OpenPart = (from: number, etag: string | undefined, signal: AbortSignal) => Promise<OpenedPart>;

export interface ResultFileParts {
  /** Where the file is written; nothing may be there yet. */
  readonly path: string;
  readonly open: OpenPart;
  readonly describe: (error: unknown) => ErrorParts;
  /** Reading pauses after each so many bytes. */
  readonly pauseBytes?: number;
}

/** Nobody fills a disk by looking at a table: a person lets it go on. */
const usualPauseBytes = 256 * 1024 * 1024;

/** So much of the end of what came is asked for once more, and compared, before reading goes on, in bytes. */
const overlap = 1024;

/** How often a download that was cut goes on by itself. */
const mostResumes = 5;

/** Progress is told this often at most, in milliseconds. */
const pauseMs = 100;

/** A file that is being downloaded. Nothing begins before `readOn`. */
export class ResultFile implements Disposable {
  private readonly changes = new Emitter<void>();
  private readonly pauseBytes: number;
  private pauseAt: number;
  private state: Reading['state'] | 'whole' = 'paused';
  private problem: ErrorParts | undefined;
  private tail: Uint8Array = new Uint8Array();
  private etag: string | undefined;
  private total: number | undefined;
  private written = 0;
  private made = false;
  private busy = false;
  private other = false;
  private toldAt = 0;

  /** Raised when more of it is there or reading has stopped, at a walking pace. */
  readonly onDidChange = this.changes.event;

  constructor(private readonly parts: ResultFileParts) {
    this.pauseBytes = parts.pauseBytes ?? usualPauseBytes;
    this.pauseAt = this.pauseBytes;
  }

  /** Where it is. */
  get path(): string {
    return this.parts.path;
  }

  /** How many bytes of it are there. */
  get readBytes(): number {
    return this.written;
  }

  /** How the reading goes; undefined when all of the file is there. */
  get reading(): Reading | undefined {
    const { state, problem, written, total } = this;
    if (state === 'whole') return undefined;
    return { readBytes: written, state, ...(total === undefined ? {} : { totalBytes: total }), ...(problem ? { problem } : {}) };
  }

  /** True when the other side has another file by now: reading cannot go on, only begin anew. */
  get hasChanged(): boolean {
    return this.other;
  }

  /**
   * Reads until all is there, or so much that it pauses. Never throws: what goes wrong is in `reading`. Raising `signal` ends it for good.
   */
  async readOn(signal: AbortSignal): Promise<void> {
    if (this.busy || this.state === 'whole') return;
    this.busy = true;
    this.problem = undefined;
    if (this.written >= this.pauseAt) this.pauseAt = this.written + this.pauseBytes;
    this.become('reading');
    let handle: FileHandle | undefined;
    try {
      handle = await this.openFile();
      this.become(await this.readParts(handle, signal));
    } catch (error) {
      if (signal.aborted || error instanceof Cancelled) return;
      this.other = error instanceof StorageFailed && error.code === 'ConditionNotMet';
      this.problem = this.parts.describe(error);
      this.become('failed');
    } finally {
      this.busy = false;
      await handle?.close().catch(() => undefined);
    }
  }

  dispose(): void {
    this.changes.dispose();
  }

  private become(state: ResultFile['state']): void {
    this.state = state;
    this.tell();
  }

  private tell(): void {
    this.toldAt = performance.now();
    this.changes.fire();
  }

  private async openFile(): Promise<FileHandle> {
    try {
      // What services send is nobody else's to read.
      const handle = await open(this.path, this.made ? 'r+' : 'wx', 0o600);
      this.made = true;
      return handle;
    } catch (error) {
      throw unwritable(error);
    }
  }

  private async readParts(handle: FileHandle, signal: AbortSignal): Promise<'whole' | 'paused'> {
    for (let resumes = 0; ; resumes += 1) {
      const before = this.written;
      try {
        return await this.readPart(handle, signal);
      } catch (error) {
        const isCut = error instanceof StorageFailed && error.code !== 'ConditionNotMet' && this.written > before;
        if (!isCut || signal.aborted || resumes >= mostResumes) throw error;
      }
    }
  }

  private async readPart(handle: FileHandle, signal: AbortSignal): Promise<'whole' | 'paused'> {
    const { tail } = this;
    const from = this.written - tail.byteLength;
    // A weak tag never matches.
    const asked = from > 0 && this.etag?.startsWith('W/') === false ? this.etag : undefined;
    const part = await this.parts.open(from, asked, signal);
    const isOther = this.written > 0 && (differ(part.etag, this.etag) || differ(part.totalBytes, this.total));
    let compared = 0;
    for await (const piece of part.stream) {
      if (signal.aborted) throw new Cancelled();
      // Thrown here, where leaving the stream closes its connection.
      if (isOther) throw changed();
      this.etag ??= part.etag;
      this.total ??= part.totalBytes;
      const again = piece.subarray(0, tail.byteLength - compared);
      if (Buffer.compare(again, tail.subarray(compared, compared + again.byteLength)) !== 0) throw changed();
      compared += again.byteLength;
      await this.write(handle, piece.subarray(again.byteLength));
      if (this.written >= this.pauseAt && this.written !== this.total) return 'paused';
    }
    if (isOther || compared < tail.byteLength) throw changed();
    this.total ??= part.totalBytes;
    if (this.total !== undefined && this.written < this.total) {
      throw new StorageFailed({ sentence: `Only ${this.written} of ${this.total} bytes came.`, advice: 'Try again.', actions: ['retry'] });
    }
    return 'whole';
  }

  private async write(handle: FileHandle, piece: Uint8Array): Promise<void> {
    for (let done = 0; done < piece.byteLength; ) {
      const { bytesWritten } = await handle.write(piece, done, piece.byteLength - done, this.written).catch((error: unknown) => {
        throw unwritable(error);
      });
      done += bytesWritten;
      this.written += bytesWritten;
    }
    this.tail = Buffer.concat([this.tail, piece.subarray(-overlap)]).subarray(-overlap);
    if (performance.now() - this.toldAt >= pauseMs || this.written === piece.byteLength) this.tell();
  }
}

function differ<T>(one: T | undefined, other: T | undefined): boolean {
  return one !== undefined && other !== undefined && one !== other;
}

function changed(): StorageFailed {
  return new StorageFailed({
    sentence: 'The file has changed since its first rows were read.',
    advice: 'What is shown is from before. Read it anew to see what it holds now.',
  }, 'ConditionNotMet');
}

function unwritable(error: unknown): LocalFailure {
  const full = hasCode(error, 'ENOSPC', 'EDQUOT');
  return new LocalFailure({
    sentence: full
      ? 'There is no room on the disk to keep more of this file while it is looked at.'
      : 'The file cannot be kept on this computer while it is looked at.',
    detail: messageOf(error),
    advice: full ? 'Make room and try again.' : "The folder of the extension's own files has to be writable.",
  });
}
