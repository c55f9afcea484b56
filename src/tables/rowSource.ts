// Where the rows of a table come from, as those see it who sort, filter, count and write them.

import type { Cell } from '../model/table';
import type { ViewColumn } from '../model/view';
import type { Slices } from '../base/slices';

/** A pass over the rows, from the first to the one before `until`. */
export interface Pass {
  readonly until: number;
  /** Columns that are looked at; the other cells need not be as they should. All, when absent. */
  readonly columns?: readonly number[];
  /** Whether any of the rows from `from` to before `to` is wanted; the others may be left out. */
  readonly wants?: (from: number, to: number) => boolean;
  /** Rows in whose source this lower-case text does not stand may be left out. */
  readonly sureText?: string | undefined;
  readonly visit: (row: number, cells: readonly Cell[]) => void;
  readonly onProgress: (done: number) => void;
}

/** Rows by their place, counted from 0. Reading throws LocalFailure when a file is gone or has changed, and what `slices` throws. */
export interface RowSource {
  readonly columns: readonly ViewColumn[];
  readonly rowCount: number;
  /** How many rows are worth gathering at once, so that tens of megabytes hold them. */
  readonly rowsAtOnce: number;
  /** Visits rows in their order. */
  scan(pass: Pass, slices: Slices): Promise<void>;
  /** Hands over these rows, in any order; `place` tells which of `rows` it is. */
  gather(rows: Uint32Array, take: (place: number, cells: readonly Cell[]) => void, slices: Slices): Promise<void>;
}
