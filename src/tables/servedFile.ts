// A file's table on the thread: reads the file in the background and answers questions about its rows.

import { Cancelled, HumanError, LocalFailure, messageOf, type ErrorParts } from '../model/errors';
import type { GrowingFile } from '../model/openTable';
import type { Cell } from '../model/table';
import type { ViewRow } from '../model/view';
import { unshared } from './blockParser';
import type { FileSizes } from './fileIndex';
import { FileRows } from './fileRows';
import { TableFile } from './tableFile';
import type { FileNews, Question } from './tableMessages';
import { TimeSlices } from '../base/timeSlices';
import { viewRow } from './viewRows';
import { TableWork } from './work';

/** News are told at most this often, in milliseconds. */
const newsMs = 100;

/** The parts of whatever was thrown, as they may cross to the editor's side. */
export function problemOf(error: unknown): ErrorParts {
  if (error instanceof HumanError) return { sentence: error.message, detail: error.detail, advice: error.advice, actions: error.actions };
  return { sentence: 'The table could not be read.', detail: messageOf(error), advice: 'Open it again.' };
}

/** One file that is open. */
export class ServedFile {
  readonly work: TableWork;
  private readonly rows: FileRows;
  private readonly file: TableFile;
  private readonly orders = new Map<number, Uint32Array>();
  private readonly closed = new AbortController();
  private bytes = 0;
  private whole: boolean;
  private reading: Promise<void> | undefined;
  private nextNews = 0;
  private totalBytes: number | undefined;
  private problem: ErrorParts | undefined;

  constructor(
    { path, format }: GrowingFile,
    grows: boolean,
    sizes: FileSizes,
    private readonly tell: (news: FileNews) => void,
  ) {
    this.file = new TableFile(path);
    this.rows = new FileRows(this.file, format, sizes);
    this.work = new TableWork(this.rows, unshared);
    this.whole = !grows;
  }

  /** The file has so many bytes now; `whole` when no more will come. */
  grown(bytes: number, whole: boolean): void {
    this.bytes = Math.max(this.bytes, bytes);
    this.whole ||= whole;
    this.file.grown(this.bytes);
    this.start();
  }

  /** Reads on, as far as the file is there. */
  start(): void {
    this.reading ??= this.read()
      .catch((error: unknown) => {
        if (error instanceof Cancelled) return;
        this.problem = problemOf(error);
        this.report(true);
      })
      .finally(() => {
        this.reading = undefined;
      });
  }

  private async read(): Promise<void> {
    const { index } = this.rows;
    const turns = new TimeSlices(this.closed.signal);
    this.problem = undefined;
    while (!index.ended) {
      const { whole } = this;
      if (whole) this.totalBytes ??= await this.file.settle();
      const to = this.totalBytes ?? this.bytes;
      await this.file.read((read) => index.readOn(read, to, whole, turns, () => this.report(index.ended)));
      // More may have come meanwhile.
      if (whole === this.whole && to >= this.bytes) break;
    }
    this.report(true);
  }

  private report(now: boolean): void {
    const time = performance.now();
    if (!now && time < this.nextNews) return;
    this.nextNews = time + newsMs;
    const { index, columns, rowCount } = this.rows;
    this.tell({
      columns,
      rows: rowCount,
      readBytes: index.readBytes,
      notes: index.notes,
      ended: index.ended,
      ...(this.totalBytes !== undefined && { totalBytes: this.totalBytes }),
      ...(this.problem !== undefined && { problem: this.problem }),
    });
  }

  keepOrder(stamp: number, order: Uint32Array): void {
    this.orders.set(stamp, order);
  }

  forgetOrder(stamp: number): void {
    this.orders.delete(stamp);
  }

  /** The rows of an order; undefined for the source's. Throws LocalFailure for one that is gone. */
  orderOf(stamp: number | undefined): Uint32Array | undefined {
    if (stamp === undefined) return undefined;
    const order = this.orders.get(stamp);
    if (order === undefined) throw new LocalFailure({ sentence: 'The rows are no longer in this order.', advice: 'Try it once more.' });
    return order;
  }

  /** A window of an order. */
  async window(
    { stamp, from, count, columnFrom, columnCount }: Extract<Question, { kind: 'rows' }>,
    turns: TimeSlices,
  ): Promise<readonly ViewRow[]> {
    const order = this.orderOf(stamp);
    const end = Math.min(from + count, order?.length ?? this.rows.rowCount);
    const numbers = Uint32Array.from({ length: Math.max(0, end - from) }, (_, place) => order?.[from + place] ?? from + place);
    const columnEnd = Math.min(columnFrom + columnCount, this.rows.columns.length);
    const found = new Array<ViewRow>(numbers.length);
    await this.rows.gather(
      numbers,
      (place, cells) => {
        found[place] = viewRow(numbers[place] ?? 0, cells, columnFrom, columnEnd);
      },
      turns,
    );
    return found;
  }

  /** One cell, whole. */
  async cell(row: number, column: number, turns: TimeSlices): Promise<Cell> {
    let found: Cell;
    if (row < this.rows.rowCount) {
      await this.rows.gather(
        Uint32Array.of(row),
        (_place, cells) => {
          found = cells[column];
        },
        turns,
      );
    }
    return found;
  }

  close(): void {
    this.closed.abort();
  }
}
