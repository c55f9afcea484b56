// What the editor's side and the thread of the tables tell each other. Plain data; tables and calls go by numbers.

import type { ErrorParts } from '../model/errors';
import type { RowSelection, GrowingFile, WriteOptions } from '../model/openTable';
import type { Cell } from '../model/table';
import type { ColumnSummary, TableQuery, ViewColumn, ViewRow } from '../model/view';
import type { FileSizes } from './fileIndex';

/** How far a file was read. */
export interface FileNews {
  readonly columns: readonly ViewColumn[];
  readonly rows: number;
  readonly readBytes: number;
  /** Size of the file, once it is known that it stays as it is. */
  readonly totalBytes?: number;
  readonly notes: readonly string[];
  /** No more rows will come. */
  readonly ended: boolean;
  /** Why reading stopped. */
  readonly problem?: ErrorParts;
}

/** What is asked of a table. `stamp` names an order; without one it is the source's. */
export type Question =
  /** The order of a file stays on the thread under `stamp`; the one of rows that are held is handed over. */
  | { readonly kind: 'arrange'; readonly query: TableQuery; readonly stamp: number }
  | {
      readonly kind: 'rows';
      readonly stamp?: number;
      readonly from: number;
      readonly count: number;
      readonly columnFrom: number;
      readonly columnCount: number;
    }
  | { readonly kind: 'cell'; readonly row: number; readonly column: number }
  | { readonly kind: 'summarize'; readonly columns: readonly number[] }
  /** Pieces come one by one, the next when the last was taken. */
  | { readonly kind: 'write'; readonly stamp?: number; readonly selection: RowSelection; readonly options: WriteOptions };

/** What comes back, by the question's kind. */
export type Reply =
  | { readonly kind: 'arrange'; readonly matched: number; readonly order?: Uint32Array }
  | { readonly kind: 'rows'; readonly rows: readonly ViewRow[] }
  | { readonly kind: 'cell'; readonly cell: Cell }
  | { readonly kind: 'summarize'; readonly summaries: readonly ColumnSummary[] }
  | { readonly kind: 'write' };

/** The editor's side to the thread. */
export type ToThread =
  /** `bytes` is what is there of a file that grows. */
  | { readonly kind: 'openFile'; readonly table: number; readonly file: GrowingFile; readonly grows: boolean; readonly sizes: FileSizes }
  | { readonly kind: 'grown'; readonly table: number; readonly bytes: number; readonly whole: boolean }
  | { readonly kind: 'openHeld'; readonly table: number; readonly columns: readonly ViewColumn[] }
  | { readonly kind: 'heldRows'; readonly table: number; readonly rows: readonly (readonly Cell[])[] }
  | { readonly kind: 'close'; readonly table: number }
  | { readonly kind: 'forget'; readonly table: number; readonly stamp: number }
  | { readonly kind: 'ask'; readonly table: number; readonly call: number; readonly question: Question }
  | { readonly kind: 'stop' | 'taken'; readonly table: number; readonly call: number };

/** The thread to the editor's side. */
export type FromThread =
  | { readonly kind: 'news'; readonly table: number; readonly news: FileNews }
  | { readonly kind: 'progress'; readonly call: number; readonly done: number }
  | { readonly kind: 'piece'; readonly call: number; readonly text: string }
  | { readonly kind: 'reply'; readonly call: number; readonly reply: Reply }
  /** Without a problem, the call was stopped. */
  | { readonly kind: 'failed'; readonly call: number; readonly problem?: ErrorParts };
