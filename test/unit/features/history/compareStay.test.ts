// The change that somebody is at, when the two are compared once more: with another tolerance, other rows, or the other one first.

import { describe, expect, it } from 'vitest';
import { ChangeSteps } from '../../../../src/features/history/compareSteps';
import { compareTables } from '../../../../src/features/history/compareTables';
import { readTolerance } from '../../../../src/features/history/compareTolerance';
import type { Cell, Table } from '../../../../src/model/table';
import { opener } from '../../ui/tables/testHost';

const columns = ['id', 'p', 'q', 'r'];
const table = (rows: readonly (readonly Cell[])[]): Table => ({ name: 'o', columns: columns.map((name) => ({ name })), rows, totalRows: rows.length, notes: [] });

const one = table([['1', '0', '0', '0'], ['2', '0', '0', '0'], ['3', '0', '0', '0'], ['4', '0', '0', '0'], ['5', '0', '0', '0']]);
/** Within 1 all of p is the same, with all of rows 2 and 4: what is left is q and r of row 1, r of row 3, and r of row 5. */
const other = table([['1', '0.5', '7', '8'], ['2', '0.5', '0', '0'], ['3', '0.5', '0', '9'], ['4', '0.5', '0.5', '0'], ['5', '0', '0', '6']]);

interface Way {
  readonly tolerance?: string;
  readonly allRows?: boolean;
  readonly swapped?: boolean;
  /** Sorts by the rows' numbers. */
  readonly descending?: boolean;
}

/** Steps through one way to compare, by the row's number and the column's name and group. */
async function compared({ tolerance = '0', allRows = false, swapped = false, descending }: Way, [was, is]: readonly [Table, Table]) {
  const within = readTolerance(tolerance)?.tolerance;
  const pause = (): Promise<void> => Promise.resolve();
  const [before, after] = swapped ? [is, was] : [was, is];
  const found = await compareTables(before, after, { allRows, maxCells: 1_000_000, pause, ...(within ? { tolerance: within } : {}) });
  const open = opener.openHeld(found.table);
  if (descending !== undefined) await open.arrange({ sort: { column: 0, descending }, filters: [] }, new AbortController().signal, () => undefined);
  const all = [...found.table.columns.keys()];
  const nameOf = (column: number): string => [found.table.columns[column]?.group, found.table.columns[column]?.name].filter((text) => text !== undefined).join(' ');
  const rows = async (): Promise<readonly (Cell | undefined)[]> => (await open.rows(0, 1000, 0, 1)).map(({ number }) => found.table.rows[number]?.[0]);
  return { steps: new ChangeSteps(open, found.table, found.cells, pause), all, nameOf, rows };
}

/** Where somebody is who was at a place in one way to compare, and compares in another. */
async function stay(from: Way, at: readonly [row: string, column: string], to: Way, tables: readonly [Table, Table] = [one, other]): Promise<string | undefined> {
  const [then, now] = [await compared(from, tables), await compared(to, tables)];
  const place = { row: (await then.rows()).indexOf(at[0]), column: then.all.findIndex((column) => then.nameOf(column) === at[1]) };
  const mark = await then.steps.mark({ from: place, columns: then.all });
  if (!mark) return 'no mark';
  const found = await now.steps.again(mark, now.all);
  return found && `${found.index} of ${found.total}: row ${String((await now.rows())[found.row])}, ${now.nameOf(found.column)}`;
}

describe('a change', () => {
  it('that is still one is stayed at, and counted among those there are now', async () => {
    expect(await stay({}, ['1', 'r after'], { tolerance: '1' })).toBe('2 of 4: row 1, r after');
    expect(await stay({}, ['5', 'r after'], { tolerance: '1' })).toBe('4 of 4: row 5, r after');
    expect(await stay({ tolerance: '1' }, ['3', 'r after'], {})).toBe('6 of 9: row 3, r after');
  });

  it('of either cell of a pair is the same one', async () => {
    expect(await stay({}, ['1', 'r before'], { tolerance: '1' })).toBe('2 of 4: row 1, r after');
  });

  it('that is none any more gives way to the next in its row, wherever its column stands now', async () => {
    expect(await stay({}, ['1', 'p after'], { tolerance: '1' })).toBe('1 of 4: row 1, q after');
    expect(await stay({}, ['3', 'p after'], { tolerance: '1', allRows: true })).toBe('3 of 4: row 3, r after');
  });

  it('does not give way to one before it in its row', async () => {
    const tables = [one, table([['1', '0', '7', '0.5'], ['2', '0', '7', '0'], ...one.rows.slice(2)])] as const;
    expect(await stay({}, ['1', 'r after'], { tolerance: '1' }, tables)).toBe('2 of 2: row 2, q after');
  });

  it('whose row is no longer there gives way to the next in the rows after it', async () => {
    expect(await stay({}, ['2', 'p after'], { tolerance: '1' })).toBe('3 of 4: row 3, r after');
    expect(await stay({}, ['4', 'p after'], { tolerance: '1' })).toBe('4 of 4: row 5, r after');
    expect(await stay({}, ['4', 'p after'], { tolerance: '1', allRows: true })).toBe('4 of 4: row 5, r after');
  });

  it('gives way to the next in the order that the rows have', async () => {
    expect(await stay({ descending: true }, ['4', 'p after'], { tolerance: '1', descending: true })).toBe('2 of 4: row 3, r after');
    expect(await stay({ descending: true }, ['2', 'p after'], { tolerance: '1', descending: true })).toBe('3 of 4: row 1, q after');
    expect(await stay({ descending: true }, ['4', 'q after'], { tolerance: '1', allRows: true, descending: true })).toBe('2 of 4: row 3, r after');
  });

  it('that was the last gives way to the first', async () => {
    expect(await stay({}, ['5', 'r after'], { tolerance: '6' })).toBe('1 of 3: row 1, q after');
    expect(await stay({}, ['5', 'r after'], { tolerance: '100' })).toBeUndefined();
  });

  it('is stayed at when rows that are the same come or go, and when the two change places', async () => {
    expect(await stay({}, ['4', 'q after'], { allRows: true })).toBe('8 of 9: row 4, q after');
    expect(await stay({ allRows: true }, ['4', 'q after'], {})).toBe('8 of 9: row 4, q after');
    expect(await stay({}, ['4', 'q after'], { swapped: true })).toBe('8 of 9: row 4, q after');
  });

  it('that is a whole row of one answer is stayed at', async () => {
    const tables = [one, table(other.rows.slice(0, 4))] as const;
    expect(await stay({}, ['5', 'p before'], { tolerance: '1' }, tables)).toBe('4 of 4: row 5, id');
  });

  it('is nowhere in cells that are of none', async () => {
    expect(await stay({}, ['5', 'p after'], { tolerance: '1' })).toBe('no mark');
    expect(await stay({}, ['5', 'Row'], { tolerance: '1' })).toBe('no mark');
    expect(await stay({}, ['99', 'p after'], { tolerance: '1' })).toBe('no mark');
  });
});
