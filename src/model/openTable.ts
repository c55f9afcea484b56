// A table that is open to be looked at, whatever holds its rows: sorted, filtered, read in windows, written as text, counted.

import type { Event } from './lifetime';
import type { Cell, Column, Table } from './table';
import type { ColumnSummary, Reading, TableQuery, TextFormat, ViewColumn, ViewRow } from './view';

/** What is known of an open table by now. */
export interface TableStatus {
  readonly columns: readonly ViewColumn[];
  /** Rows that there are, or that were read so far. */
  readonly totalRows: number;
  readonly notes: readonly string[];
  /** Absent when all of the table is there. */
  readonly reading?: Reading;
}

/** A place in the order of the rows, and how many there are in it. */
export interface TableOrder {
  readonly stamp: number;
  readonly query: TableQuery;
  readonly matchedRows: number;
}

/** Rows `fromRow` to `toRow` of the order, both among them, and these columns in this order. */
export interface RowSelection {
  readonly fromRow: number;
  readonly toRow: number;
  readonly columns: readonly number[];
}

export interface WriteOptions {
  readonly format: TextFormat;
  /** Whether the names of the columns stand in front. JSON takes them as names whatever this says. */
  readonly head: boolean;
  /** A quote in front of cells that a spreadsheet would take for a formula; for CSV and TSV. */
  readonly guardFormulas: boolean;
}

/**
 * An open table. Calls with a signal throw Cancelled when it is raised; those that read a file throw LocalFailure when it is gone or has
 * changed. Calls may overlap; an order that is asked for while another is made takes its place, and the earlier one ends as Cancelled.
 */
export interface OpenTable {
  readonly status: TableStatus;
  readonly order: TableOrder;
  /**
   * Raised when `status` or `order` has changed, at a walking pace. While rows still come, an order without sort and filter grows with
   * them.
   */
  readonly onDidChange: Event<void>;
  /** Makes another order. `onProgress` is told how much is done, from 0 to 1. */
  arrange(query: TableQuery, signal: AbortSignal, onProgress: (done: number) => void): Promise<void>;
  /**
   * Rows from place `from` of the order on, at most `count`, with the cells of columns `columnFrom` and the following; cells longer than a
   * page shows are cut.
   */
  rows(from: number, count: number, columnFrom: number, columnCount: number): Promise<readonly ViewRow[]>;
  /** One cell whole, by its row's place in the source. */
  cell(row: number, column: number): Promise<Cell>;
  /**
   * Writes a selection as text, piece by piece, in the order that is there at the call. Throws LocalFailure when that is gone before the
   * first piece is taken.
   */
  write(selection: RowSelection, options: WriteOptions, signal: AbortSignal): AsyncIterable<string>;
  /** Counts what these columns hold, over all rows, in one pass. */
  summarize(columns: readonly number[], signal: AbortSignal, onProgress: (done: number) => void): Promise<readonly ColumnSummary[]>;
  dispose(): void;
}

/** Columns and rows that are held already; `group` and `detail` as for `ViewColumn`. */
export interface HeldTable extends Omit<Table, 'columns'> {
  readonly columns: readonly (Column & Pick<ViewColumn, 'group' | 'detail'>)[];
}

/** A file of a table on disk. Whoever writes it tells how much of it is there. */
export interface GrowingFile {
  readonly path: string;
  readonly format: 'csv' | 'tsv' | 'arff';
}

/** An open table whose file grows. */
export interface GrowingTable extends OpenTable {
  /** The file has so many bytes now, all of them written; `reading` is what the status shows, absent when the file is whole. */
  grown(bytes: number, reading: Reading | undefined): void;
}

/**
 * Opens tables. Its work is done beside the editor's own, on a thread that is started with the first table that needs it and ends with the
 * last.
 */
export interface TableOpener {
  /** Rows that are held: there at once. */
  openHeld(table: HeldTable): OpenTable;
  /** A file that is whole: its rows are there as they are read. */
  openFile(file: GrowingFile): OpenTable;
  /** A file that somebody else is still writing. */
  openGrowing(file: GrowingFile): GrowingTable;
  dispose(): Promise<void>;
}
