// Rows that are in memory.

import type { HeldTable } from '../model/openTable';
import type { Cell } from '../model/table';
import type { ViewColumn } from '../model/view';
import { kindOf, kindRows } from './number';
import type { Slices } from '../base/slices';
import type { Pass, RowSource } from './rowSource';

/** The columns of rows that are held, with their kinds; cells beyond the last column get columns without a name. */
export function heldColumns({ columns, rows }: Pick<HeldTable, 'columns' | 'rows'>): ViewColumn[] {
  const sample = rows.slice(0, kindRows);
  const width = rows.reduce((most, row) => Math.max(most, row.length), columns.length);
  const all = [...columns, ...Array.from({ length: width - columns.length }, () => ({ name: '' }))];
  return all.map((column, index) => ({ ...column, kind: kindOf(column, index, sample) }));
}

/** A row source of rows that are held; whoever holds them may add more. */
export class HeldRows implements RowSource {
  constructor(readonly columns: readonly ViewColumn[], private readonly rows: readonly (readonly Cell[])[]) {}

  get rowCount(): number {
    return this.rows.length;
  }

  get rowsAtOnce(): number {
    return 10_000;
  }

  async scan({ until, visit, onProgress }: Pass, slices: Slices): Promise<void> {
    const { rows } = this;
    for (let row = 0; row < until; row++) {
      visit(row, rows[row] ?? []);
      if (row % 64 === 0 && slices.due()) {
        onProgress(row / until);
        await slices.pass();
      }
    }
  }

  async gather(rows: Uint32Array, take: (place: number, cells: readonly Cell[]) => void, slices: Slices): Promise<void> {
    for (let place = 0; place < rows.length; place++) {
      take(place, this.rows[rows[place] ?? 0] ?? []);
      if (place % 64 === 0 && slices.due()) await slices.pass();
    }
  }
}
