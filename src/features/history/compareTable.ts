// The table of a comparison as it is looked at: its rows tell which of their cells stand out, whatever order they are in.

import type { HeldTable, OpenTable } from '../../model/openTable';
import { changesOf, type ComparedCells } from './compareChanges';

/** `open` with rows that tell of their cells' changes; it shows `table`, whose cells `compared` tells about. Throws what `open` throws. */
export function tellingChanges(open: OpenTable, table: HeldTable, compared: ComparedCells): OpenTable {
  return {
    get status() {
      return open.status;
    },
    get order() {
      return open.order;
    },
    onDidChange: open.onDidChange,
    arrange: (...call) => open.arrange(...call),
    rows: async (from, count, columnFrom, columnCount) => {
      const rows = await open.rows(from, count, columnFrom, columnCount);
      return rows.map((row) => {
        // The page may not have both cells of a pair, and of long ones only the beginning: whether they differ is told from the whole ones
        // here.
        const changes = changesOf(compared, row.number, table.rows[row.number] ?? [], columnFrom, columnFrom + columnCount);
        return changes ? { ...row, changes } : row;
      });
    },
    cell: (...call) => open.cell(...call),
    write: (...call) => open.write(...call),
    summarize: (...call) => open.summarize(...call),
    dispose: () => open.dispose(),
  };
}
