// What the readers of tables as text have in common.

/** Rows with the number of the line that each begins on, counted from 1. */
export interface Records {
  readonly rows: string[][];
  readonly lines: readonly number[];
}
