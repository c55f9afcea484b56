// Reads a result of a job piece by piece, so that the first rows of a file of any size are there at once and more on demand.

import { Cancelled, StorageFailed } from '../../model/errors';
import type { Cell, Table } from '../../model/table';
import { RowReader } from '../../protocol/rows';

/** The text of a file from some byte on. A byte order mark at the beginning of the file may be left out. */
export interface OpenedText {
  readonly stream: AsyncIterable<string>;
  /** Size of the whole file, where the other side told. */
  readonly totalBytes?: number | undefined;
  readonly etag?: string | undefined;
}

/** Opens a file at a byte. `etag` is the one of the file that was begun with. */
export type OpenText = (from: number, etag: string | undefined, signal: AbortSignal) => Promise<OpenedText>;

/** So many rows are read in one go, when nothing else is asked for. */
export const rowsAtOnce = 10_000;

/** What is held of one file at most, in cells and in UTF-16 units of text. */
const mostCells = 1_000_000;
const mostText = 64 * 1024 * 1024;

/** As much is read in one go at most, and for one row, in UTF-16 units. */
const textAtOnce = 24 * 1024 * 1024;
const longestRow = 8 * 1024 * 1024;

/** So much of the end of what was read is read once more, and compared, before reading goes on, in UTF-16 units. */
const overlap = 256;

/** Size of a byte order mark. */
const markBytes = 3;

/** One result, of which the beginning is held. Reading closes the connection when it has enough, and goes on later from there. */
export class ResultReader {
  private readonly reader: RowReader;
  private readonly rows: (readonly Cell[])[] = [];
  private cells = 0;
  private units = 0;
  private unitsAtRow = 0;
  private tail = '';
  /** False when the bytes that were read cannot be counted by their text. */
  private counted = true;
  private etag: string | undefined;
  private stopped: string | undefined;
  private busy = false;

  /** True when all of the file was read. */
  ended = false;
  /** How many bytes of the file were read. */
  readBytes = 0;
  /** Size of the file in bytes, where it is known. */
  totalBytes: number | undefined;

  constructor(private readonly openText: OpenText, format: 'csv' | 'tsv' | 'arff') {
    this.reader = new RowReader(format);
  }

  /** True when reading can go on. */
  get more(): boolean {
    return !this.ended && this.stopped === undefined;
  }

  /** What was read so far; it has no name. */
  get table(): Table {
    const { rows } = this;
    return {
      name: '',
      columns: (this.reader.columns ?? []).map((name) => ({ name })),
      rows,
      totalRows: rows.length,
      notes: [...this.reader.problems, ...(this.stopped === undefined ? [] : [this.stopped])],
    };
  }

  /**
   * Reads the next rows, a few more than are asked for. Throws what `open` and its stream throw, Cancelled when `signal` is raised, and StorageFailed when the file is no longer
   * the one that was begun with; what was read before stays, and reading can be tried again.
   */
  async readOn(signal: AbortSignal, rows = rowsAtOnce): Promise<void> {
    if (this.busy || !this.more) return;
    this.busy = true;
    try {
      await this.readUntil(this.rows.length + rows, signal);
    } finally {
      this.busy = false;
    }
  }

  private async readUntil(wanted: number, signal: AbortSignal): Promise<void> {
    const limit = this.units + textAtOnce;
    let half = '';
    for await (const piece of this.rest(signal)) {
      if (signal.aborted) throw new Cancelled();
      const text = half + piece;
      // Half a character has no bytes to count; it waits for its other half.
      const cut = /[\ud800-\udbff]$/.test(text) ? text.length - 1 : text.length;
      half = text.slice(cut);
      this.take(text.slice(0, cut));
      if (!this.more || this.rows.length >= wanted || this.units >= limit) return;
    }
    this.take(half);
    this.keep(this.reader.end());
    this.ended = true;
  }

  private take(text: string): void {
    if (text === '') return;
    this.units += text.length;
    this.readBytes += bytesOf(text);
    // A byte that is no UTF-8 is shown by this character, which is three bytes long.
    if (text.includes('\ufffd')) this.counted = false;
    this.tail = (this.tail + text).slice(-overlap).replace(/^[\udc00-\udfff]/, '');
    this.keep(this.reader.push(text));
  }

  private keep(rows: readonly (readonly string[])[]): void {
    for (const row of rows) {
      this.rows.push(row);
      this.cells += Math.max(1, row.length);
    }
    if (rows.length > 0) this.unitsAtRow = this.units;
    if (this.cells >= mostCells || this.units >= mostText) {
      this.stopped = 'The file is too large to be shown whole: these are its first rows. Save it to have them all.';
    } else if (this.units - this.unitsAtRow >= longestRow) {
      this.stopped = 'A row goes on for more than 8 MB, so this is hardly a table: perhaps a quote is not closed. Save the file to look at it.';
    }
  }

  /** The text that was not read yet. */
  private async *rest(signal: AbortSignal): AsyncGenerator<string> {
    if (this.units === 0) {
      yield* await this.open(0, signal);
      return;
    }
    const { tail } = this;
    const counted = this.readBytes - bytesOf(tail);
    // A mark that was left out moves all bytes; text that repeats itself would not show that.
    const sure = this.counted && ![1, 2, markBytes].some((shift) => tail.startsWith(tail.slice(shift)));
    const places = [...(sure ? [{ from: counted, skip: 0 }, { from: counted + markBytes, skip: 0 }] : []), { from: 0, skip: this.units - tail.length }];
    for (const { from, skip } of places) {
      let seen = '';
      let skipped = 0;
      let agrees = false;
      for await (const piece of await this.open(from, signal)) {
        if (agrees) {
          yield piece;
          continue;
        }
        const text = piece.slice(Math.max(0, skip - skipped));
        skipped += piece.length - text.length;
        seen += text;
        if (!seen.startsWith(tail.slice(0, seen.length))) break;
        if (seen.length < tail.length) continue;
        agrees = true;
        if (from === counted + markBytes) this.readBytes += markBytes;
        yield seen.slice(tail.length);
      }
      if (agrees) return;
    }
    throw changed();
  }

  private async open(from: number, signal: AbortSignal): Promise<AsyncIterable<string>> {
    const { stream, totalBytes, etag } = await this.openText(from, this.etag, signal);
    const begun = this.units > 0;
    if (begun && ((etag !== undefined && this.etag !== undefined && etag !== this.etag) || (totalBytes !== undefined && this.totalBytes !== undefined && totalBytes !== this.totalBytes))) {
      // A stream that was begun and is left closes its connection.
      const iterator = stream[Symbol.asyncIterator]();
      await iterator.next();
      await iterator.return?.();
      throw changed();
    }
    this.etag ??= etag;
    this.totalBytes ??= totalBytes;
    return stream;
  }
}

function changed(): StorageFailed {
  return new StorageFailed({
    sentence: 'The file has changed since its first rows were read.',
    advice: 'What is shown is from before. Read it anew to see what it holds now.',
  }, 'ConditionNotMet');
}

const encoder = new TextEncoder();

function bytesOf(text: string): number {
  return encoder.encode(text).byteLength;
}
