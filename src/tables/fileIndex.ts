// Reads a file of a table once, in slices, and remembers where its rows are.

import type { GrowingFile } from '../model/openTable';
import type { ColumnKind, ViewColumn } from '../model/view';
import type { Delimiter } from './delimited';
import { RowReader } from './rows';
import { kindRows, kindWith } from './number';
import type { Slices } from '../base/slices';
import { BlockIndex } from './blockIndex';
import { decoded, textOfBytes } from './blockParser';
import type { ReadBytes } from './tableFile';

/** Sizes in bytes: of what is read from a file at once, and of a block, which ends with the row that is begun in it. */
export interface FileSizes {
  readonly chunkBytes: number;
  readonly blockBytes: number;
}

/** What is read at once where nobody says otherwise, in bytes. */
export const usualSizes: FileSizes = { chunkBytes: 256 * 1024, blockBytes: 24 * 1024 };

/** A row that is longer is none, in bytes. */
const longestRow = 8 * 1024 * 1024;

const delimiterNames: Readonly<Record<Delimiter, string | undefined>> = { ',': undefined, ';': 'semicolons', '\t': 'tabs', '|': 'bars' };

/** No page can show more columns; spreadsheets know no more either. */
const mostColumns = 16_384;

const mark = Buffer.from([0xef, 0xbb, 0xbf]);

/** The columns and blocks of a file, as far as it was read. */
export class FileIndex {
  blocks = new BlockIndex(0);
  /** How many bytes were read. */
  readBytes = 0;
  /** True when no more rows will come. */
  ended = false;
  /** True when the last block ends with the file. */
  endsFile = false;
  private readonly reader: RowReader;
  private readonly kinds: (ColumnKind | undefined)[] = [];
  private sampled = 0;
  private drawn: readonly ViewColumn[] | undefined;
  private stopped: string | undefined;
  private base: number | undefined;

  constructor(private readonly format: GrowingFile['format'], private readonly sizes: FileSizes) {
    // Whatever parts the cells of the file that somebody opens: what the service takes is another question.
    this.reader = new RowReader(format, format === 'csv' ? 'any' : undefined);
  }

  /**
   * None until the header was read. The first rows decide the kinds, and how many there are where rows are longer than the header; whether
   * later rows agree is not looked at.
   */
  get columns(): readonly ViewColumn[] {
    const names = this.reader.columns ?? [];
    this.drawn ??= Array.from({ length: Math.min(mostColumns, Math.max(names.length, this.kinds.length)) }, (_, index) => (
      { name: decoded(names[index] ?? ''), kind: this.kinds[index] ?? 'text' }
    ));
    return this.drawn;
  }

  /** What a reader should know, in sentences. */
  get notes(): readonly string[] {
    const { columns: { length }, headCells } = this;
    const wide = headCells > length ? [`The file has ${headCells} columns; the first ${length} are shown.`] : [];
    return [...wide, ...this.partedNote, ...this.reader.problems, ...(this.stopped === undefined ? [] : [this.stopped])];
  }

  /** What parts the cells of a CSV file. */
  get delimiter(): Delimiter {
    return this.reader.delimiter;
  }

  private get partedNote(): readonly string[] {
    const name = this.format === 'csv' && this.reader.columns ? delimiterNames[this.delimiter] : undefined;
    return name === undefined ? [] : [`The cells of this file are parted by ${name}. Services take CSV with commas.`];
  }

  /** How many cells the header has. Columns may be fewer, or more. */
  get headCells(): number {
    return this.reader.columns?.length ?? 0;
  }

  /** Reads on to byte `to`; `whole` when that is the end of the file. `onNews` is told after each chunk. */
  async readOn(read: ReadBytes, to: number, whole: boolean, slices: Slices, onNews: () => void): Promise<void> {
    if (this.base === undefined) {
      if (to < mark.length && !whole) return;
      this.base = to >= mark.length && (await read(0, mark.length)).equals(mark) ? mark.length : 0;
      this.readBytes = this.base;
      this.blocks = new BlockIndex(this.base);
    }
    while (this.readBytes < to && this.stopped === undefined) {
      const bytes = await read(this.readBytes, Math.min(to, this.readBytes + this.sizes.chunkBytes));
      for (let at = 0; at < bytes.length && this.stopped === undefined; at += this.sizes.blockBytes)
        this.take(bytes.subarray(at, at + this.sizes.blockBytes), this.base);
      onNews();
      if (slices.due()) await slices.pass();
    }
    if (!whole || this.ended) return;
    if (this.stopped === undefined) {
      const rows = this.reader.end();
      this.endsFile = rows.length > 0;
      this.keep(rows, this.readBytes);
    }
    this.ended = true;
    onNews();
  }

  private take(bytes: Buffer, base: number): void {
    const text = textOfBytes(bytes, this.format);
    this.readBytes += bytes.length;
    const rows = this.reader.push(text);
    const end = base + this.reader.consumed;
    this.keep(rows, end);
    if (this.readBytes - end < longestRow) return;
    this.stopped =
      'A row goes on for more than 8 MB, so this is hardly a table: perhaps a quote is not closed. Open it as text, or save it, to look at it.';
  }

  private keep(rows: readonly string[][], end: number): void {
    if (this.sampled < kindRows) this.sample(rows.slice(0, kindRows - this.sampled));
    // Empty lines can go on for as long as they like: a block is never longer than a row may be.
    const onlyEmpty = this.reader.columns !== undefined && end - this.blocks.end >= longestRow;
    if (rows.length > 0 || onlyEmpty) this.blocks.add(end, rows.length);
  }

  private sample(rows: readonly string[][]): void {
    this.sampled += rows.length;
    this.drawn = undefined;
    for (const row of rows) {
      row.slice(0, mostColumns).forEach((cell, index) => {
        this.kinds[index] = kindWith(this.kinds[index], cell);
      });
    }
  }
}
