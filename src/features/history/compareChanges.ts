// Which cells of a comparison's table stand out: the two of a pair that differ, and those of rows that only one answer has.

import type { Cell } from '../../model/table';
import type { CellChange } from '../../model/view';
import { isSame, type Tolerance } from './compareTolerance';

/**
 * A column of a comparison's table: of which answer its cells are, and how far from it the same column of the other one stands; absent
 * where there is none. Of numbers within `tolerance` neither stands out. `pair` is the same in every comparison of the two exchanges.
 */
export interface ComparedColumn {
  readonly pair: string;
  readonly side: 'before' | 'after' | 'both';
  readonly other?: 1 | -1;
  readonly tolerance?: Tolerance;
}

/** What the cells of a comparison's table are. */
export interface ComparedCells {
  /** By the columns of the table; undefined for those that are of neither answer, such as the kind of change. */
  readonly columns: readonly (ComparedColumn | undefined)[];
  /** Rows from this place of the table on are in one answer only. */
  readonly alone?: { readonly fromRow: number; readonly side: 'before' | 'after' };
}

/**
 * The cells that stand out in row `row` of the table, among columns `from` to before `end`; undefined when there is none. What stands out
 * is what the comparison calls different.
 */
export function changesOf(
  { columns, alone }: ComparedCells,
  row: number,
  cells: readonly Cell[],
  from: number,
  end: number,
): Readonly<Record<number, CellChange>> | undefined {
  const changes: Record<number, CellChange> = {};
  let any = false;
  for (let column = from; column < Math.min(end, columns.length); column += 1) {
    const of = columns[column];
    // A cell without another one, such as of a column that only one answer has, is the same as itself.
    const change =
      of &&
      (alone && row >= alone.fromRow ? changeAlone(of, alone.side) : changeOfPair(of, cells[column], cells[column + (of.other ?? 0)]));
    if (!change) continue;
    changes[column] = change;
    any = true;
  }
  return any ? changes : undefined;
}

/** In a row that the other answer lacks, everything stands out that is of this one. */
function changeAlone(of: ComparedColumn, side: 'before' | 'after'): CellChange | undefined {
  if (of.side !== 'both' && of.side !== side) return undefined;
  return side === 'before' ? 'only before' : 'only after';
}

function changeOfPair({ side, tolerance }: ComparedColumn, cell: Cell, other: Cell): CellChange | undefined {
  if (isSame(cell, other, tolerance)) return undefined;
  return side === 'before' ? 'changed before' : 'changed after';
}
