// From change to change in a comparison: in the order of its rows, among the columns that are shown, and round at the ends.

import { describe, expect, it } from 'vitest';
import { ChangeSteps, type ChangePlace } from '../../../../src/features/history/compareSteps';
import { compareTables } from '../../../../src/features/history/compareTables';
import { readTolerance } from '../../../../src/features/history/compareTolerance';
import type { Cell, Table } from '../../../../src/model/table';
import type { TableQuery } from '../../../../src/model/view';
import { opener } from '../../ui/tables/testHost';

const table = (columns: readonly string[], rows: readonly (readonly Cell[])[]): Table => ({ name: 'o', columns: columns.map((name) => ({ name })), rows, totalRows: rows.length, notes: [] });

async function stepsOf(one: Table, other: Table, query?: TableQuery, tolerance?: string) {
  let pauses = 0;
  const pause = (): Promise<void> => {
    pauses += 1;
    return Promise.resolve();
  };
  const within = tolerance === undefined ? undefined : readTolerance(tolerance)?.tolerance;
  const found = await compareTables(one, other, { allRows: true, maxCells: 10_000_000, pause, ...(within ? { tolerance: within } : {}) });
  const open = opener.openHeld(found.table);
  if (query) await open.arrange(query, new AbortController().signal, () => undefined);
  const steps = new ChangeSteps(open, found.table, found.cells, pause);
  const all = [...found.table.columns.keys()];
  /** Where one comes to, from change to change. */
  const walk = async (count: number, forth = true, columns = all, from?: { row: number; column: number }): Promise<string[]> => {
    let at = from;
    const places: string[] = [];
    for (let step = 0; step < count; step += 1) {
      const place: ChangePlace | undefined = await steps.find({ forth, columns, ...(at ? { from: at } : {}) });
      if (place) at = { row: place.row, column: place.column };
      places.push(place ? `${place.index}/${place.total} at ${place.row},${place.column}` : 'none');
    }
    return places;
  };
  return { open, found, steps, walk, all, pauses: () => pauses };
}

// Row, Change, id, score before, after, difference, label before, after, Changed in.
const one = table(['id', 'score', 'label'], [['1', '0.5', 'a'], ['2', '0.1', 'b'], ['3', '0.9', 'c'], ['4', '0.7', 'd']]);
const other = table(['id', 'score', 'label'], [['1', '0.5', 'a'], ['2', '0.3', 'x'], ['3', '0.8', 'c']]);

describe('the next change', () => {
  it('is the next pair of cells, then that of the next row; a row of one answer is one; after the last comes the first', async () => {
    const { walk } = await stepsOf(one, other);
    expect(await walk(5)).toEqual(['1/4 at 1,4', '2/4 at 1,7', '3/4 at 2,4', '4/4 at 3,2', '1/4 at 1,4']);
    expect(await walk(5, false)).toEqual(['4/4 at 3,2', '3/4 at 2,4', '2/4 at 1,7', '1/4 at 1,4', '4/4 at 3,2']);
  });

  it('counts from wherever one is', async () => {
    const { walk } = await stepsOf(one, other);
    expect(await walk(1, true, undefined, { row: -1, column: 3 })).toEqual(['1/4 at 1,4']);
    expect(await walk(1, true, undefined, { row: 1, column: 5 })).toEqual(['2/4 at 1,7']);
    expect(await walk(1, false, undefined, { row: 1, column: 5 })).toEqual(['1/4 at 1,4']);
    expect(await walk(1, true, undefined, { row: 99, column: 0 })).toEqual(['4/4 at 3,2']);
    expect(await walk(1, false, undefined, { row: 0, column: 0 })).toEqual(['4/4 at 3,2']);
  });

  it('follows the order and the filter of the rows', async () => {
    const { walk } = await stepsOf(one, other, { sort: { column: 2, descending: true }, filters: [{ kind: 'range', column: 2, least: 2 }] });
    expect(await walk(4)).toEqual(['1/4 at 0,2', '2/4 at 1,4', '3/4 at 2,4', '4/4 at 2,7']);
  });

  it('counts anew when the rows get another order', async () => {
    const { walk, open } = await stepsOf(one, other);
    expect(await walk(1)).toEqual(['1/4 at 1,4']);
    await open.arrange({ filters: [{ kind: 'is', column: 2, text: '3' }] }, new AbortController().signal, () => undefined);
    expect(await walk(2)).toEqual(['1/1 at 0,4', '1/1 at 0,4']);
    await open.arrange({ filters: [{ kind: 'is', column: 2, text: '1' }] }, new AbortController().signal, () => undefined);
    expect(await walk(1)).toEqual(['none']);
  });

  it('passes over columns that are hidden, in the order that the others have', async () => {
    const { walk } = await stepsOf(one, other);
    expect(await walk(3, true, [6, 0, 3])).toEqual(['1/4 at 1,6', '2/4 at 1,3', '3/4 at 2,3']);
    expect(await walk(1, true, [0, 1, 8])).toEqual(['none']);
  });

  it('is none within the tolerance', async () => {
    const { walk } = await stepsOf(one, other, undefined, '0.15');
    expect((await walk(4)).map((place) => place.split(' ')[0])).toEqual(['1/3', '2/3', '3/3', '1/3']);
  });

  it('is none where nothing differs', async () => {
    expect(await (await stepsOf(one, one)).walk(1)).toEqual(['none']);
    expect(await (await stepsOf(table(['a'], []), table(['a'], []))).walk(1)).toEqual(['none']);
  });

  it('is counted with a pause every 20,000 cells', async () => {
    const names = Array.from({ length: 5000 }, (_, index) => `c${index}`);
    const rows = Array.from({ length: 40 }, () => names);
    const { walk, pauses, all } = await stepsOf(table(names, rows), table(names, rows));
    const before = pauses();
    expect([all.length, await walk(1)]).toEqual([5002, ['none']]);
    // Three rows at once, and none before the first.
    expect(pauses() - before).toBe(13);
  });

  it('is found at once among 100,000 rows, and counting them lets others run', async () => {
    const rows = Array.from({ length: 100_000 }, (_, row) => [String(row), '0.5']);
    const { walk, pauses } = await stepsOf(table(['id', 's'], rows), table(['id', 's'], rows.map(([id = '', s = ''], row) => [id, row % 1000 === 999 ? '0.7' : s])));
    const before = pauses();
    expect(await walk(1)).toEqual(['1/100 at 999,4']);
    expect(pauses() - before).toBeGreaterThanOrEqual(99);
    const counted = pauses();
    expect(await walk(1, false)).toEqual(['100/100 at 99999,4']);
    expect(pauses()).toBe(counted);
  });
});
