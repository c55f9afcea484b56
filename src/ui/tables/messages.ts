// What the editor and a page that shows tables tell each other. Everything in it is plain JSON.

import type { ErrorAction, ErrorParts } from '../../model/errors';
import type { ColumnSummary, Marked, TableQuery, TableView, TextFormat, ViewRow } from '../../model/view';

/** News of the tables of a page, which are counted from 0. */
export type ToTable =
  | { readonly type: 'table'; readonly table: number; readonly view: TableView }
  /** Rows of the order with this stamp, from place `from` on: the cells of column `columnFrom` and the following. */
  | {
      readonly type: 'rows';
      readonly table: number;
      readonly stamp: number;
      readonly from: number;
      readonly columnFrom: number;
      readonly rows: readonly ViewRow[];
    }
  /** One cell, whole as far as `limit` UTF-16 units go: `length` tells how long it is. */
  | {
      readonly type: 'cell';
      readonly table: number;
      readonly row: number;
      readonly column: number;
      readonly text: string;
      readonly length: number;
    }
  /** `done` goes from 0 to 1 while the columns are counted; then come the summaries, or the reason why there are none. */
  | {
      readonly type: 'summary';
      readonly table: number;
      readonly columns: readonly number[];
      readonly done?: number;
      readonly summaries?: readonly ColumnSummary[];
      readonly problem?: ErrorParts;
    };

/** What a page requests of its tables. */
export type FromTable =
  | { readonly type: 'rows'; readonly table: number; readonly stamp: number; readonly from: number; readonly columnFrom: number }
  | { readonly type: 'arrange'; readonly table: number; readonly query: TableQuery }
  /** Stops the order that is being made. */
  | { readonly type: 'stopArranging'; readonly table: number }
  | { readonly type: 'cell'; readonly table: number; readonly row: number; readonly column: number }
  | { readonly type: 'summarize'; readonly table: number; readonly columns: readonly number[] }
  | { readonly type: 'stopSummary'; readonly table: number }
  | { readonly type: 'copyMarked'; readonly table: number; readonly marked: Marked; readonly format: TextFormat }
  /** Without `marked`, all rows of the order and all columns. */
  | { readonly type: 'export'; readonly table: number; readonly marked?: Marked }
  | { readonly type: 'join'; readonly table: number; readonly on: boolean }
  /** Lets the reading of the table's file go on, or be tried again. */
  | { readonly type: 'readOn'; readonly table: number };

/** What the parts that several pages have tell the editor. */
export type FromSharedPart = { readonly type: 'action'; readonly action: ErrorAction } | FromTable;
