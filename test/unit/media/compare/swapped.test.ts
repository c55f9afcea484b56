// Rows stay sorted and filtered by the same cells when the two that are compared change places.

import { expect, it } from 'vitest';
import { swappedLook } from '../../../../media/compare/swapped';
import { keptFilter } from '../../../../media/viewer/keptRows';
import { keptSort, orderOf, type TableLook } from '../../../../media/viewer/looks';
import { compareTables } from '../../../../src/features/history/compareTables';
import type { Table } from '../../../../src/model/table';
import type { Filter, ViewColumn } from '../../../../src/model/view';
import { opener } from '../../ui/tables/testHost';

const table = (cells: readonly string[]): Table => ({ name: 'o', columns: [{ name: 'p' }], rows: cells.map((cell) => [cell]), totalRows: cells.length, notes: [] });
const [one, other] = [table(['1', '2', '3', '4']), table(['30', '1', '10'])];

/** One way to compare: its columns, and the numbers of its rows as a look has them. */
async function compared(before: Table, after: Table) {
  const { table: found, sides } = await compareTables(before, after, { allRows: false, maxCells: 1_000, pause: () => Promise.resolve() });
  const columns: readonly ViewColumn[] = found.columns.map((column) => ({ ...column, kind: 'text' }));
  const rows = async (look: TableLook): Promise<readonly unknown[]> => {
    const open = opener.openHeld(found);
    const { query, isWhole } = orderOf(look, columns);
    await open.arrange(query, new AbortController().signal, () => undefined);
    return [isWhole, ...(await open.rows(0, 10, 0, 1)).map(({ number }) => found.rows[number]?.[0])];
  };
  return { columns, sides, rows };
}

const [was, is, by] = [2, 3, 4];
it.each<[string, number, readonly Filter[], readonly string[]]>([
  ['before', was, [], ['1', '2', '3', '4']], ['after', is, [], ['2', '3', '1', '4']], ['difference', by, [], ['2', '3', '1', '4']],
  ['Row, after being at most 10', 0, [{ kind: 'range', column: is, most: 10 }], ['2', '3']],
  ['Row, differing by 7 or more', 0, [{ kind: 'range', column: by, least: 7 }], ['1', '3']],
  ['Row, differing by -1', 0, [{ kind: 'is', column: by, text: '-1' }], ['2']], ['Row, differing by 29', 0, [{ kind: 'is', column: by, text: '29' }], ['1']],
  ['Row, being only before', 0, [{ kind: 'is', column: 1, text: 'only before' }], ['4']],
])('by %s', async (_name, column, filters, numbers) => {
  const [then, now] = [await compared(one, other), await compared(other, one)];
  const sort = keptSort({ column, descending: false }, then.columns);
  const look = { ...(sort ? { sort } : {}), filters: filters.map((filter) => keptFilter(filter, then.columns)) };
  expect(await then.rows(look)).toEqual([true, ...numbers]);
  const swapped = swappedLook(look, now.columns, now.sides);
  expect(await now.rows(swapped)).toEqual([true, ...numbers]);
  // And back.
  expect(swappedLook(swapped, then.columns, then.sides)).toEqual(look);
});
