// How much of a comparison is done before others may run.

const cellsAtOnce = 20_000;
const mostRows = 1000;

/** So many rows of so many cells each: at least one, at most a thousand, and otherwise by their cells. */
export function rowsAtOnce(cells: number): number {
  return Math.max(1, Math.min(mostRows, Math.floor(cellsAtOnce / Math.max(1, cells))));
}
