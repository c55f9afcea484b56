// Tables whose rows are held: what is done at once, where they are, and what is done on the thread.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tableOpener } from '../../../src/tables/tableOpener';
import { Cancelled } from '../../../src/model/errors';
import type { HeldTable, OpenTable, TableOpener } from '../../../src/model/openTable';
import type { Cell } from '../../../src/model/table';
import type { TableQuery } from '../../../src/model/view';
import { all, arrangePlainly, buildWorker, never, shown } from './tablesTools';

let folder: string;
let here: TableOpener;
let there: TableOpener;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tables-'));
  const worker = await buildWorker(folder);
  here = tableOpener(worker, { cellsHere: Infinity });
  there = tableOpener(worker, { cellsHere: 0 });
});

afterAll(async () => {
  await Promise.all([here.dispose(), there.dispose()]);
  rmSync(folder, { recursive: true });
});

const nobody = (): void => undefined;

function held(columns: HeldTable['columns'], rows: readonly (readonly Cell[])[]): HeldTable {
  return { name: 'output1', columns, rows, totalRows: rows.length, notes: ['A note.'] };
}

describe('rows that are held', () => {
  it('are there at once, with kinds from types and from cells', async () => {
    const table = here.openHeld(held([{ name: 'a', type: 'Int32', group: 'sent' }, { name: 'b', type: 'String' }, { name: 'c' }, { name: 'd' }, { name: 'e' }], [
      ['x', '1', '1', null, '1'], ['2', '2', ' 2.5e1 ', '', 'NaN', 'more'], ['3'],
    ]));
    expect(table.status).toEqual({
      totalRows: 3, notes: ['A note.'],
      columns: [
        { name: 'a', type: 'Int32', group: 'sent', kind: 'number' }, { name: 'b', type: 'String', kind: 'text' },
        { name: 'c', kind: 'number' }, { name: 'd', kind: 'text' }, { name: 'e', kind: 'text' }, { name: '', kind: 'text' },
      ],
    });
    expect(table.order).toMatchObject({ matchedRows: 3, query: { filters: [] } });
    expect(await table.rows(1, 5, 3, 64)).toEqual([{ number: 1, cells: ['', 'NaN', 'more'] }, { number: 2, cells: [{ missing: true }, { missing: true }, { missing: true }] }]);
    expect([await table.cell(0, 3), await table.cell(2, 1), await table.cell(7, 0)]).toEqual([null, undefined, undefined]);
    expect((await table.summarize([2], never, nobody))[0]).toMatchObject({ kind: 'number', rows: 3, empty: 1, least: 1, most: 25 });
    table.dispose();
  });

  it('have the same order here and on the thread, the one that trying each row gives', async () => {
    const cell = fc.constantFrom<Cell>('1', '2', '10', '-1', 'a', 'B', 'ä', '', null, undefined, '12345678901234567890', '12345678901234567891', '1e400', '.5');
    const rows = fc.array(fc.array(cell, { maxLength: 3 }), { maxLength: 40 });
    const column = fc.nat(2);
    const words = fc.constantFrom('1', 'A', '', 'ä');
    const query: fc.Arbitrary<TableQuery> = fc.record({
      filters: fc.array(fc.oneof(
        fc.record({ kind: fc.constantFrom('contains' as const, 'is' as const), column, text: words }),
        fc.record({ kind: fc.constant('empty' as const), column, empty: fc.boolean() }),
        fc.record({ kind: fc.constant('range' as const), column, least: fc.constantFrom(-1, 1, 2) }),
      ), { maxLength: 2 }),
      search: words, sort: fc.record({ column, descending: fc.boolean() }),
    }, { requiredKeys: ['filters'] });
    await fc.assert(fc.asyncProperty(rows, fc.array(query, { minLength: 1, maxLength: 4 }), async (cells, queries) => {
      const table = held([{ name: 'a', type: 'Double' }, { name: 'b', type: 'String' }, { name: 'c', type: 'Int64' }], cells);
      const tables: readonly OpenTable[] = [here.openHeld(table), there.openHeld(table)];
      for (const open of tables) {
        for (const each of queries) {
          await open.arrange(each, never, nobody);
          const expected = arrangePlainly(cells, ['number', 'text', 'number'], each);
          const found = await all(open);
          expect([open.order.matchedRows, found.numbers]).toEqual([expected.length, expected]);
          expect(found.cells).toEqual(expected.map((row) => [0, 1, 2].map((at) => shown(cells[row]?.[at]))));
        }
        open.dispose();
      }
    }), { numRuns: 100 });
  });

  it('narrow step by step to the same rows, and widen again', async () => {
    const cells = Array.from({ length: 5000 }, (_, row) => [String(row), `Row ${row % 100}`]);
    const table = there.openHeld(held([{ name: 'n', type: 'Int32' }, { name: 't', type: 'String' }], cells));
    const steps: readonly TableQuery[] = [
      { filters: [], search: 'row 1' },
      { filters: [{ kind: 'range', column: 0, least: 100 }], search: 'ROW 12' },
      { filters: [{ kind: 'range', column: 0, least: 200, most: 3000 }], search: 'row 12', sort: { column: 0, descending: true } },
      { filters: [{ kind: 'range', column: 0, least: 200, most: 3000 }], search: 'row 12', sort: { column: 1, descending: false } },
      { filters: [{ kind: 'range', column: 0, least: 200 }], search: 'row 12' },
      { filters: [{ kind: 'contains', column: 1, text: 'row 1' }] },
      { filters: [{ kind: 'contains', column: 1, text: 'row 13' }, { kind: 'empty', column: 0, empty: false }] },
      { filters: [{ kind: 'is', column: 1, text: 'Row 13' }] },
    ];
    for (const step of steps) {
      await table.arrange(step, never, nobody);
      const expected = arrangePlainly(cells, ['number', 'text'], step);
      expect((await all(table)).numbers).toEqual(expected);
    }
    table.dispose();
  });

  it('are counted and written, null and missing cells told apart', async () => {
    const table = there.openHeld(held([{ name: 'a' }, { name: 'b' }], [['1', null], ['ü'], ['3', '😀']]));
    expect(await table.summarize([1], never, nobody)).toMatchObject([{ kind: 'text', rows: 3, empty: 2, distinct: 1 }]);
    await table.arrange({ filters: [], sort: { column: 0, descending: true } }, never, nobody);
    let text = '';
    for await (const piece of table.write({ fromRow: 0, toRow: 2, columns: [1, 0] }, { format: 'json', head: true, guardFormulas: false }, never)) text += piece;
    expect(JSON.parse(text)).toEqual([{ a: 'ü' }, { a: '3', b: '😀' }, { a: '1', b: null }]);
    table.dispose();
  });

  it('do nothing for somebody who has gone', async () => {
    for (const opener of [here, there]) {
      const table = opener.openHeld(held([{ name: 'a' }], Array.from({ length: 100_000 }, (_, row) => [`${row}`])));
      const stop = new AbortController();
      const asked = [table.arrange({ filters: [], sort: { column: 0, descending: true } }, stop.signal, nobody), table.summarize([0], stop.signal, nobody)];
      stop.abort();
      for (const each of asked) await expect(each).rejects.toBeInstanceOf(Cancelled);
      const pieces = table.write({ fromRow: 0, toRow: 99_999, columns: [0] }, { format: 'csv', head: true, guardFormulas: false }, stop.signal);
      await expect(pieces[Symbol.asyncIterator]().next()).rejects.toBeInstanceOf(Cancelled);
      const late = table.arrange({ filters: [], search: 'x' }, never, nobody);
      table.dispose();
      await expect(late).rejects.toBeInstanceOf(Cancelled);
      await expect(table.rows(0, 1, 0, 1)).rejects.toBeInstanceOf(Cancelled);
      await expect(table.summarize([0], never, nobody)).rejects.toBeInstanceOf(Cancelled);
    }
  });
});
