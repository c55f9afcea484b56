// The table of a comparison as a page is told of it: which cells stand out, in every order of the rows and in every block of columns.

import { describe, expect, it } from 'vitest';
import { tellingChanges } from '../../../../src/features/history/compareTable';
import type { TableHost } from '../../../../src/ui/tables/tableHost';
import type { Cell, Table } from '../../../../src/model/table';
import { compareTables } from '../../../../src/features/history/compareTables';
import { hostWith, held, opener, rowsOf } from '../../ui/tables/testHost';

function table(columns: readonly string[], rows: readonly (readonly Cell[])[]): Table {
  return { name: 'o', columns: columns.map((name) => ({ name })), rows, totalRows: rows.length, notes: [] };
}

/** A tableHost with the comparison of two tables, all their rows among it. */
async function compared(one: Table, other: Table) {
  const { table: found, cells } = await compareTables(one, other, { allRows: true, maxCells: 1_000_000, pause: () => Promise.resolve() });
  return hostWith({ name: 'o', open: () => tellingChanges(opener.openHeld(found), found, cells) });
}

const arrange = (tableHost: TableHost, query: Parameters<TableHost['handle']>[0] & { type: 'arrange' }): Promise<void> => tableHost.handle(query);

describe('the rows of a comparison', () => {
  const one = table(['id', 'score'], [['1', '0.5'], ['2', '0.1'], ['3', '0.9'], ['4', '0.7']]);
  const other = table(['id', 'score'], [['1', '0.5'], ['2', '0.3'], ['3', '0.8']]);
  // Row, Change, id, before, after, difference.
  const pair = { 3: 'changed before', 4: 'changed after' };
  const alone = { 2: 'only before', 3: 'only before' };

  it('tell of changes where there are any', async () => {
    const { rows } = await (await compared(one, other)).view();
    expect(rows.map(({ changes }) => changes)).toEqual([undefined, pair, pair, alone]);
    expect(rows[0]).not.toHaveProperty('changes');
  });

  it('keep their changes when they are sorted and filtered', async () => {
    const { tableHost, received } = await compared(one, other);
    await arrange(tableHost, { type: 'arrange', table: 0, query: { sort: { column: 3, descending: true }, filters: [{ kind: 'range', column: 3, least: 0.5 }] } });
    const { view } = await received('table', ({ view: { query } }) => query.sort !== undefined);
    expect(view.rows.map(({ cells, changes }) => [cells[2], changes])).toEqual([['3', pair], ['4', alone], ['1', undefined]]);
  });

  it('tell of long cells that differ beyond what the page is given of them', async () => {
    const long = 'x'.repeat(5000);
    const { rows } = await (await compared(table(['a'], [[`${long}1`], [long]]), table(['a'], [[`${long}2`], [long]]))).view();
    expect(rows[0]?.cells[2]).toEqual(rows[0]?.cells[3]);
    expect(rows.map(({ changes }) => changes)).toEqual([{ 2: 'changed before', 3: 'changed after' }, undefined]);
  });

  it('of 5,000 columns tell of those that are asked for, also where the other of a pair is in the next block', async () => {
    const names = Array.from({ length: 5000 }, (_, index) => `c${index}`);
    const { tableHost, received, view } = await compared(table(names, [names]), table(names, [names.map((name, index) => (index === 30 || index === 4999 ? `${name}!` : name))]));
    // Row, three that are the same, and the two pairs.
    expect((await view()).rows[0]?.changes).toEqual({ 5: 'changed before', 6: 'changed after', 7: 'changed before', 8: 'changed after' });
    const { stamp } = await view();
    await tableHost.handle({ type: 'rows', table: 0, stamp, from: 0, columnFrom: 64 });
    expect((await received('rows', ({ columnFrom }) => columnFrom === 64)).rows[0]).not.toHaveProperty('changes');
    // One that is the same stands before them.
    const all = await compared(table(['id', ...names], [['1', ...names]]), table(['id', ...names], [['1', ...names.map((name) => `${name}!`)]]));
    const asked = (await all.view()).stamp;
    for (const columnFrom of [0, 64, 9984]) await all.tableHost.handle({ type: 'rows', table: 0, stamp: asked, from: 0, columnFrom });
    expect(Object.entries((await all.received('rows', ({ columnFrom }) => columnFrom === 0)).rows[0]?.changes ?? {}).at(-1)).toEqual(['63', 'changed before']);
    expect(Object.entries((await all.received('rows', ({ columnFrom }) => columnFrom === 64)).rows[0]?.changes ?? {})[0]).toEqual(['64', 'changed after']);
    expect(Object.keys((await all.received('rows', ({ columnFrom }) => columnFrom === 9984)).rows[0]?.changes ?? {})).toHaveLength(19);
  });

  it('are all else that a table is', async () => {
    const { table: found, cells } = await compareTables(one, other, { allRows: true, maxCells: 1_000_000, pause: () => Promise.resolve() });
    const plain = opener.openHeld(found);
    const told = tellingChanges(plain, found, cells);
    expect([told.status, told.order]).toEqual([plain.status, plain.order]);
    const { signal } = new AbortController();
    let news = 0;
    told.onDidChange(() => (news += 1));
    await told.arrange({ sort: { column: 0, descending: true }, filters: [] }, signal, () => undefined);
    expect([news, told.order.matchedRows, told.order.query.sort]).toEqual([1, 4, { column: 0, descending: true }]);
    expect(await told.cell(3, 3)).toBe('0.7');
    expect(await told.summarize([0], signal, () => undefined)).toMatchObject([{ column: 0, rows: 4 }]);
    let text = '';
    for await (const piece of told.write({ fromRow: 0, toRow: 0, columns: [0, 3] }, { format: 'tsv', head: false, guardFormulas: false }, signal)) text += piece;
    expect(text.trim()).toBe('4\t0.7');
    told.dispose();
    await expect(told.rows(0, 1, 0, 1)).rejects.toThrow();
  });

  it('of other tables tell of nothing', async () => {
    const { rows } = await hostWith(held(rowsOf(3))).view();
    expect(rows.every((row) => !('changes' in row))).toBe(true);
  });
});
