// Which cells of a comparison stand out: those that it calls different, and no others.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Cell, Table } from '../../../../src/model/table';
import type { CellChange } from '../../../../src/model/view';
import { changesOf } from '../../../../src/features/history/compareChanges';
import { compareTables } from '../../../../src/features/history/compareTables';

function table(columns: readonly string[], rows: readonly (readonly Cell[])[], parts: Partial<Table> = {}): Table {
  return { name: 'output1', columns: columns.map((name) => ({ name })), rows, totalRows: rows.length, notes: [], ...parts };
}

/** The changes in all rows of the comparison of two tables, by the names that stand above their columns. */
async function changes(one: Table, other: Table, allRows = false, maxCells = 1_000_000): Promise<Readonly<Record<string, CellChange>>[]> {
  const { table: found, cells } = await compareTables(one, other, { allRows, maxCells, pause: () => Promise.resolve() });
  return found.rows.map((row, place) => Object.fromEntries(Object.entries(changesOf(cells, place, row, 0, found.columns.length) ?? {}).map(([column, change]) => {
    const { group, name } = found.columns[Number(column)] ?? { name: '?' };
    return [group === undefined ? name : `${group} ${name}`, change];
  })));
}

describe('what stands out', () => {
  it('are the two cells that differ, not their difference, nor what is the same beside them', async () => {
    const one = table(['id', 'score', 'label'], [['1', '0.1', 'a'], ['2', '0.5', 'b'], ['3', '0.5', 'c']]);
    const other = table(['label', 'id', 'score'], [['a', '1', '0.3'], ['x', '2', '0.5'], ['c', '3', '0.5']]);
    const score = { 'score before': 'changed before', 'score after': 'changed after' };
    const label = { 'label before': 'changed before', 'label after': 'changed after' };
    expect(await changes(one, other)).toEqual([score, label]);
    expect(await changes(one, other, true)).toEqual([score, label, {}]);
  });

  it('is everything of a row that only one answer has, and only of that answer', async () => {
    const one = table(['id', 'score', 'old'], [['1', '0.1', 'p'], ['2', '0.5', 'q']]);
    const other = table(['id', 'score', 'new'], [['1', '0.3', 'r']]);
    const changed = { 'score before': 'changed before', 'score after': 'changed after' };
    const before = { 'id': 'only before', 'score before': 'only before', 'old before': 'only before' };
    expect(await changes(one, other)).toEqual([changed, before]);
    expect(await changes(one, other, true)).toEqual([changed, before]);
    expect(await changes(other, one)).toEqual([changed, { 'id': 'only after', 'score after': 'only after', 'old after': 'only after' }]);
  });

  it('is nothing in a column that only one answer has, where both have the row', async () => {
    expect(await changes(table(['a', 'old'], [['1', 'p']]), table(['a', 'new'], [['1', 'q']]), true)).toEqual([{}]);
  });

  it('follows the comparison where a number is written otherwise, and knows null, nothing and empty text apart', async () => {
    const pair = { 'a before': 'changed before', 'a after': 'changed after' };
    const values: readonly Cell[] = ['1.0', '', null, undefined];
    expect(await changes(table(['a'], values.map((value) => [value])), table(['a'], values.map((value) => [value])), true)).toEqual([{}, {}, {}, {}]);
    expect(await changes(table(['a'], [['1.0'], [''], [null], ['1']]), table(['a'], [['1'], [null], [undefined], ['1']]), true)).toEqual([pair, pair, pair, {}]);
  });

  it('is not said of rows that were only not kept', async () => {
    expect(await changes(table(['a'], [['1']], { totalRows: 3 }), table(['a'], [['2'], ['2'], ['3']]), true)).toEqual([{ 'a before': 'changed before', 'a after': 'changed after' }]);
  });

  it('holds where the table ends before the rows that only one answer has, and among them', async () => {
    const one = table(['a'], [['1'], ['1']]);
    const other = table(['a'], [['2'], ['1'], ['3'], ['4']]);
    // Five columns: the row, the change, before, after, the difference.
    const found = [{ 'a before': 'changed before', 'a after': 'changed after' }, { 'a after': 'only after' }, { 'a after': 'only after' }];
    for (const rows of [1, 2, 3]) expect(await changes(one, other, false, rows * 5)).toEqual(found.slice(0, rows));
  });

  it('is told for the columns that are asked for, by their numbers in the table', async () => {
    const names = Array.from({ length: 200 }, (_, index) => `c${index}`);
    const { table: found, cells } = await compareTables(table(names, [names]), table(names, [names.map((name) => `${name}!`)]), { allRows: false, maxCells: 1_000_000, pause: () => Promise.resolve() });
    // Behind the row, a pair of one column lies on the border of two blocks.
    expect(found.columns.slice(63, 65).map(({ group, name }) => [group, name])).toEqual([['c31', 'before'], ['c31', 'after']]);
    expect(Object.entries(changesOf(cells, 0, found.rows[0] ?? [], 63, 64) ?? {})).toEqual([['63', 'changed before']]);
    expect(Object.entries(changesOf(cells, 0, found.rows[0] ?? [], 64, 66) ?? {})).toEqual([['64', 'changed after'], ['65', 'changed before']]);
    expect(changesOf(cells, 0, found.rows[0] ?? [], 0, 1)).toBeUndefined();
    expect(Object.keys(changesOf(cells, 0, found.rows[0] ?? [], 398, 464) ?? {})).toEqual(['398', '399', '400']);
  });

  it('is what the comparison names, whatever the cells are', async () => {
    const cell = fc.constantFrom<Cell[]>('1', '1.0', '', 'x', null, undefined);
    const rows = fc.array(fc.tuple(cell, cell, cell), { maxLength: 8 });
    const names = ['a', 'b', 'c'];
    await fc.assert(fc.asyncProperty(rows, rows, fc.boolean(), async (one, other, allRows) => {
      const found = await changes(table(names, one), table(names, other), allRows);
      const places = Array.from({ length: Math.max(one.length, other.length) }, (_, row) => row)
        .filter((row) => allRows || !one[row] || !other[row] || names.some((_name, at) => one[row]?.[at] !== other[row]?.[at]));
      expect(found.map((row) => Object.values(row).includes('changed before'))).toEqual(places.map((row) => names.some((_name, at) => one[row] && other[row] && one[row][at] !== other[row][at])));
      found.forEach((row, index) => {
        const place = places[index] ?? -1;
        const [first, second] = [one[place], other[place]];
        if (!first || !second) return expect(new Set(Object.values(row))).toEqual(new Set([first ? 'only before' : 'only after']));
        const expected = names.filter((_name, at) => first[at] !== second[at]).flatMap((name) => [[`${name} before`, 'changed before'], [`${name} after`, 'changed after']]);
        expect(row).toEqual(Object.fromEntries(expected));
      });
    }));
  });
});
