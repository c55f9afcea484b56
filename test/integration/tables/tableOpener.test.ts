// Tables of files, read and put in order on a real thread: they show what reading everything at once would show.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FileTable } from '../../../src/tables/fileTable';
import { tableOpener } from '../../../src/tables/tableOpener';
import { TableThread } from '../../../src/tables/tableThread';
import type { TableOpener } from '../../../src/model/openTable';
import type { Filter, TableQuery } from '../../../src/model/view';
import { all, arrangePlainly, buildWorker, never, read, readPlainly, shown, until } from './tablesTools';

let folder: string;
let worker: string;
let opener: TableOpener;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tables-'));
  worker = await buildWorker(folder);
  opener = tableOpener(worker);
});

afterAll(async () => {
  await opener.dispose();
  rmSync(folder, { recursive: true });
});

const column = fc.nat(3);
const words = fc.constantFrom('a', 'k', '1', 'ü', 'B', 'b\nc', 'x', '"', '', ',', '\ufffd');
const bound = fc.constantFrom(-3, 0, 1, 2.5, 9007199254740992);
const filter: fc.Arbitrary<Filter> = fc.oneof(
  fc.record({ kind: fc.constant('contains' as const), column, text: words }),
  fc.record({ kind: fc.constant('is' as const), column, text: words }),
  fc.record({ kind: fc.constant('range' as const), column, least: bound, most: bound }, { requiredKeys: ['kind', 'column'] }),
  fc.record({ kind: fc.constant('empty' as const), column, empty: fc.boolean() }),
);
const query: fc.Arbitrary<TableQuery> = fc.record(
  { filters: fc.array(filter, { maxLength: 2 }), search: words, sort: fc.record({ column, descending: fc.boolean() }) }, { requiredKeys: ['filters'] },
);
const numbers = ['1', '2.5', '-3', '1e3', ' 7 ', '9007199254740993', '9007199254740992', '-9007199254740993', '-0', '0', ''];
const texts = ['a', 'B', 'b', 'Ä', 'ü', '😀', 'NaN', '0x1', '\u212a', ...numbers];
const bytes = (...values: readonly number[]): Buffer => Buffer.from(values);
/** Whatever may stand in a file. */
const rubbish = fc.array(fc.constantFrom(...texts, ',', ',', '\n', '\n', '\r\n', '\r', '"', '"x""y"', '"b\nc",', ' "', 'ab,cd\n', bytes(0xff), bytes(0xc3), bytes(0xa0), bytes(0xef, 0xbb, 0xbf)), { maxLength: 60 })
  .map((parts) => Buffer.concat(parts.map((part) => Buffer.from(part))));
/** A table as it should be, in which a column of numbers is one. */
const proper = fc.tuple(fc.array(fc.tuple(fc.constantFrom(...numbers), fc.constantFrom(...texts), fc.constantFrom('"q""1"', '"b\r\nc"', 'x')), { maxLength: 30 }), fc.constantFrom('\n', '\r\n', '\r'), fc.boolean(), fc.boolean())
  .map(([rows, newline, mark, last]) => Buffer.from((mark ? '\ufeff' : '') + ['n,t,q', ...rows.map((row) => row.join(','))].join(newline) + (last ? newline : '')));

let files = 0;

function written(content: Buffer | string, extension = 'csv'): string {
  const path = join(folder, `${files++}.${extension}`);
  writeFileSync(path, content);
  return path;
}

describe('a file', () => {
  it('shows the rows, orders and windows that reading it at once would show, however it is read', async ({ onTestFinished }) => {
    // One thread for them all, with a table that stays: to start one takes longer than to read such a file.
    const thread = new TableThread(worker, () => undefined);
    const stays = thread.join({ onNews: () => undefined, onEnded: () => undefined });
    onTestFinished(async () => {
      stays.leave();
      await thread.ended();
    });
    await fc.assert(fc.asyncProperty(fc.oneof(rubbish, proper), fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 40 }), fc.array(query, { minLength: 1, maxLength: 3 }), fc.nat(20), fc.nat(10), async (content, chunkBytes, blockBytes, queries, from, count) => {
      const path = written(content);
      const table = new FileTable(thread, { path, format: 'csv' }, false, { chunkBytes, blockBytes }, () => undefined);
      try {
        await read(table);
        const plain = readPlainly(content, 'csv');
        const kinds = table.status.columns.map(({ kind }) => kind);
        const width = Math.max(plain.columns.length, ...plain.rows.map((row) => row.length));
        expect(table.status.columns.slice(0, plain.columns.length).map(({ name }) => name)).toEqual(plain.columns);
        expect([table.status.totalRows, kinds.length, table.status.notes]).toEqual([plain.rows.length, plain.columns.length === 0 ? 0 : width, plain.problems]);
        const cells = (row: number): unknown[] => Array.from({ length: width }, (_, at) => shown(plain.rows[row]?.[at]));
        expect((await all(table)).cells).toEqual(plain.rows.map((_, row) => cells(row)));
        for (const each of queries) {
          const { stamp } = table.order;
          await table.arrange(each, never, () => undefined);
          expect(table.order.stamp).not.toBe(stamp);
          const expected = arrangePlainly(plain.rows, kinds, each);
          expect([(await all(table)).numbers, table.order.matchedRows]).toEqual([expected, expected.length]);
          expect(await table.rows(from, count, 1, 2)).toEqual(expected.slice(from, from + count).map((row) => ({ number: row, cells: cells(row).slice(1, 3) })));
        }
      } finally {
        table.dispose();
        rmSync(path);
      }
    }), { numRuns: 150 });
  });

  it('is there with its first rows before the rest, and counts its columns in one pass', async () => {
    const table = opener.openFile({ path: written(`id,name\n${Array.from({ length: 50_000 }, (_, row) => `${row},row ${row % 7}\n`).join('')}`), format: 'csv' });
    await until(table, () => table.status.totalRows > 0);
    const early = table.status;
    expect([early.reading?.state, early.totalRows < 50_000]).toEqual(['reading', true]);
    expect((await table.rows(0, 2, 0, 64)).map(({ cells }) => cells)).toEqual([['0', 'row 0'], ['1', 'row 1']]);
    await read(table);
    expect([table.status.totalRows, table.order.matchedRows, table.status.columns]).toEqual([50_000, 50_000, [{ name: 'id', kind: 'number' }, { name: 'name', kind: 'text' }]]);
    const progress: number[] = [];
    const [id, name] = await table.summarize([0, 1], never, (done) => progress.push(done));
    expect(id).toMatchObject({ kind: 'number', column: 0, rows: 50_000, empty: 0, least: 0, most: 49_999, mean: 24_999.5 });
    expect(name).toMatchObject({ kind: 'text', column: 1, rows: 50_000, distinct: 7 });
    expect([progress.length > 0, progress.every((done) => done >= 0 && done <= 1)]).toEqual([true, true]);
    table.dispose();
  });

  it('is searched in all its letters, those too that are ASCII only when they are small', async () => {
    const table = opener.openFile({ path: written('t\nx\n3 \u212a\n'), format: 'csv' });
    await read(table);
    await table.arrange({ filters: [], search: '3 k' }, never, () => undefined);
    expect((await all(table)).numbers).toEqual([1]);
    table.dispose();
  });

  it('hands out cells whole that a page is given cut, and leaves no half of a character', async () => {
    const long = `${'x'.repeat(299)}😀${'y'.repeat(100)}`;
    const table = opener.openFile({ path: written(`a,b\n1,${long}\n2,${'z'.repeat(300)}\n`), format: 'csv' });
    await read(table);
    expect((await all(table)).cells).toEqual([['1', { cut: 'x'.repeat(299), length: 401 }], ['2', 'z'.repeat(300)]]);
    expect([await table.cell(0, 1), await table.cell(0, 5), await table.cell(9, 0)]).toEqual([long, undefined, undefined]);
    table.dispose();
  });

  it('may have its cells parted by semicolons, which is told; blocks in the middle are read the same way', async () => {
    const rows = Array.from({ length: 500 }, (_, index) => `${index};1,${index};"x;${index}"`);
    const table = opener.openFile({ path: written(['id;wert;text', ...rows].join('\r\n')), format: 'csv' });
    await until(table, () => table.status.reading === undefined);
    expect(table.status.columns.map(({ name }) => name)).toEqual(['id', 'wert', 'text']);
    expect(table.status.notes).toEqual(['The cells of this file are parted by semicolons. Services take CSV with commas.']);
    await table.arrange({ filters: [], sort: { column: 0, descending: true } }, never, () => undefined);
    expect((await table.rows(0, 2, 0, 3)).map(({ cells }) => cells)).toEqual([['499', '1,499', 'x;499'], ['498', '1,498', 'x;498']]);
    table.dispose();
  });

  it('is read as ARFF, with letters that end in the byte of a blank', async () => {
    const path = written(`@relation r\n@attribute 'à' numeric\n@attribute b string\n@data\n${Array.from({ length: 200 }, (_, row) => `${row}, à\n`).join('')}?, 'it\\'s à'\n{0 1}`, 'arff');
    const own = tableOpener(worker, { chunkBytes: 100, blockBytes: 50 });
    const table = own.openFile({ path, format: 'arff' });
    await read(table);
    expect([table.status.columns.map(({ name }) => name), table.status.totalRows]).toEqual([['à', 'b'], 202]);
    expect([(await table.rows(0, 1, 0, 2)), await table.rows(199, 3, 0, 2)]).toEqual([[{ number: 0, cells: ['0', 'à'] }], [
      { number: 199, cells: ['199', 'à'] }, { number: 200, cells: ['', "it's à"] }, { number: 201, cells: ['{0 1}', { missing: true }] },
    ]]);
    await table.arrange({ filters: [], search: "it's" }, never, () => undefined);
    expect((await all(table)).numbers).toEqual([200]);
    expect(table.status.notes[0]).toMatch(/^Line 206 is written in the sparse form/);
    const escaped = own.openFile({ path: written(`@attribute a string\n@data\n'it\\'s'\nits\n`, 'arff'), format: 'arff' });
    await read(escaped);
    await escaped.arrange({ filters: [{ kind: 'contains', column: 0, text: "t's" }] }, never, () => undefined);
    expect((await all(escaped)).numbers).toEqual([0]);
    await own.dispose();
  });

  it('stops at a row that is none, and keeps the rows before it', async () => {
    const table = opener.openFile({ path: written(`a,b\n1,2\n"${'x,y\n'.repeat(2.5 * 1024 * 1024)}`), format: 'csv' });
    await read(table);
    expect([table.status.totalRows, table.status.notes]).toEqual([1, ['A row goes on for more than 8 MB, so this is hardly a table: perhaps a quote is not closed. Open it as text, or save it, to look at it.']]);
    expect((await all(table)).cells).toEqual([['1', '2']]);
    table.dispose();
  });

  it('shows no more columns than a page can have, and says so', async () => {
    const row = (text: string): string => `${Array.from({ length: 20_000 }, () => text).join(',')}\n`;
    const table = opener.openFile({ path: written(row('a') + row('1') + row('2')), format: 'csv' });
    await read(table);
    expect([table.status.columns.length, table.status.notes]).toEqual([16_384, ['The file has 20000 columns; the first 16384 are shown.']]);
    expect((await table.rows(1, 1, 16_380, 64))[0]?.cells).toEqual(['2', '2', '2', '2']);
    table.dispose();
  });
});

describe('written text', () => {
  it('has the rows of the selection in their order, also when they are gathered in several goes', async () => {
    const rows = Array.from({ length: 300_000 }, (_, row) => [String((row * 7919) % 300_000), row % 3 === 0 ? 'ü' : '', `text of row ${row}`]);
    const table = opener.openFile({ path: written(`n,t,x\n${rows.map((row) => `${row.join(',')}\n`).join('')}`), format: 'csv' });
    await read(table);
    await table.arrange({ filters: [], sort: { column: 0, descending: true } }, never, () => undefined);
    const pieces: string[] = [];
    for await (const piece of table.write({ fromRow: 10, toRow: 299_998, columns: [0, 2, 1] }, { format: 'csv', head: true, guardFormulas: false }, never)) pieces.push(piece);
    const expected = rows.sort((one, other) => Number(other[0]) - Number(one[0])).slice(10, 299_999).map(([n, t, x]) => `${n},${x},${t}\r\n`);
    expect(pieces.join('') === `n,x,t\r\n${expected.join('')}`).toBe(true);
    const window = await table.rows(0, 300_000, 0, 1);
    expect([window.length, window.every(({ cells }, place) => cells[0] === String(299_999 - place))]).toEqual([300_000, true]);
    expect(Math.max(...pieces.map((piece) => piece.length))).toBeLessThan(70_000);
    table.dispose();
  });
});
