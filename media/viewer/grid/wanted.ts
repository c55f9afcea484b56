// Which blocks are wanted: those in sight that are not there, then those that come into sight when the table is scrolled on.

import { blockColumns, blockRows, type BlockNumber, type Blocks } from './blocks';
import type { Columns, ColumnWindow } from './columns';
import { rowHeight, type RowScroll } from './rowScroll';

/** What a table is looked at with; `seen` are the columns in sight beside those that stay. */
export interface Look {
  readonly rows: number;
  readonly columns: Columns;
  readonly blocks: Blocks;
  readonly scroll: RowScroll;
  readonly seen: ColumnWindow;
  /** Which way the table was scrolled last: -1 up, 1 down, 0 when it was not. */
  readonly way: -1 | 0 | 1;
}

/** The blocks that are wanted, the most urgent first. */
export function wantedBlocks({ rows, columns, blocks, scroll, seen, way }: Look): readonly BlockNumber[] {
  const first = Math.floor(scroll.full / rowHeight);
  const last = Math.ceil((scroll.full + scroll.view) / rowHeight) - 1;
  const page = last - first + 1;
  const across = new Map(
    [...columns.shown.slice(0, columns.stuck), ...columns.shown.slice(seen.from, seen.to)].map((column) => [
      Math.floor(column / blockColumns),
      column,
    ]),
  );
  // Even without columns in sight the rows have numbers.
  if (across.size === 0) across.set(0, 0);
  const wanted = new Set<BlockNumber>();
  const look = (from: number, to: number): void => {
    const end = Math.min(to, rows - 1);
    for (let row = Math.max(0, from); row <= end; row = blockEnd(row) + 1) {
      // Of a block that was there before the table grew only the first rows have come.
      const until = Math.min(end, blockEnd(row));
      for (const column of across.values())
        if (!blocks.part(row, column) || !blocks.part(until, column)) wanted.add(blocks.numberOf(row, column));
    }
  };
  look(first, last);
  // A block ahead, so that somebody who scrolls on does not run into rows that have not come.
  const [above, below] = [way < 0 ? Math.max(page, blockRows) : page, way > 0 ? Math.max(page, blockRows) : page];
  if (way < 0) look(first - above, first - 1);
  look(last + 1, last + below);
  look(first - above, first - 1);
  return [...wanted];
}

function blockEnd(row: number): number {
  return (Math.floor(row / blockRows) + 1) * blockRows - 1;
}
