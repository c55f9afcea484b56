// Tables on a real thread when something is in the way: files that go or change, a thread that ends, people who change their mind.

import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tableOpener } from '../../../src/tables/tableOpener';
import { Cancelled, LocalFailure } from '../../../src/model/errors';
import type { OpenTable, TableOpener } from '../../../src/model/openTable';
import { all, buildWorker, never, read, until } from './tablesTools';

let folder: string;
let worker: string;
let opener: TableOpener;
let files = 0;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tables-'));
  worker = await buildWorker(folder);
  opener = tableOpener(worker);
});

afterAll(async () => {
  await opener.dispose();
  rmSync(folder, { recursive: true });
});

function written(content: string): string {
  const path = join(folder, `${files++}.csv`);
  writeFileSync(path, content);
  return path;
}

const manyRows = (count: number): string => `n,t\n${Array.from({ length: count }, (_, row) => `${(row * 7919) % count},text ${row}\n`).join('')}`;
const sorted = { filters: [], sort: { column: 0, descending: false } };
const text = { format: 'csv', head: true, guardFormulas: false } as const;
const nobody = (): void => undefined;

/** All that a table can be asked. */
const questions: readonly (readonly [string, (table: OpenTable) => Promise<unknown>])[] = [
  ['rows', (table) => table.rows(0, 10, 0, 10)],
  ['cell', (table) => table.cell(0, 0)],
  ['arrange', (table) => table.arrange(sorted, never, nobody)],
  ['summarize', (table) => table.summarize([0], never, nobody)],
  ['write', (table) => drain(table.write({ fromRow: 0, toRow: 10, columns: [0] }, text, never))],
];

async function drain(pieces: AsyncIterable<string>): Promise<string> {
  let whole = '';
  for await (const piece of pieces) whole += piece;
  return whole;
}

describe('a file that is no longer what it was', () => {
  const troubles: readonly (readonly [string, (path: string) => void, string])[] = [
    ['gone', unlinkSync, 'The file is no longer there.'],
    ['longer', (path) => appendFileSync(path, '1,2\n'), 'The file has changed since it was opened.'],
    ['shorter', (path) => writeFileSync(path, 'n,t\n'), 'The file has changed since it was opened.'],
    ['another of the same size', (path) => {
      renameSync(path, `${path}.old`);
      writeFileSync(path, manyRows(100).toUpperCase());
    }, 'The file has changed since it was opened.'],
    ['a folder', (path) => {
      unlinkSync(path);
      mkdirSync(path);
    }, 'The file has changed since it was opened.'],
  ];

  it.each(troubles)('%s: all questions say so', async (_name, spoil, sentence) => {
    const path = written(manyRows(100));
    const table = opener.openFile({ path, format: 'csv' });
    await read(table);
    expect(await table.rows(0, 1, 0, 1)).toHaveLength(1);
    spoil(path);
    for (const [name, ask] of questions) await expect(ask(table), name).rejects.toMatchObject({ name: 'LocalFailure', message: sentence });
    expect((await table.rows(0, 1, 0, 1).catch((error: unknown) => error))).toBeInstanceOf(LocalFailure);
    table.dispose();
  });

  it.each([
    ['that is not there', (): string => join(folder, 'nothing.csv'), 'The file is no longer there.'],
    ['that is a folder', (): string => folder, 'The file cannot be read.'],
  ])('one %s has a status that says so', async (_name, path, sentence) => {
    const table = opener.openFile({ path: path(), format: 'csv' });
    await read(table);
    expect(table.status.reading).toMatchObject({ state: 'failed', problem: { sentence } });
    table.dispose();
  });
});

describe('a file that grows', () => {
  it('shows rows as they come; an order that was made stays as it is', async () => {
    const path = written('n,t\n1,');
    const table = opener.openGrowing({ path, format: 'csv' });
    expect(table.status.reading).toEqual({ readBytes: 0, state: 'reading' });
    table.grown(6, { readBytes: 6, totalBytes: 30, state: 'reading' });
    await until(table, () => table.status.columns.length > 0);
    expect([table.status.totalRows, table.status.reading?.totalBytes]).toEqual([0, 30]);
    appendFileSync(path, 'b\n3,a\n2');
    table.grown(13, { readBytes: 13, totalBytes: 30, state: 'paused' });
    await until(table, () => table.status.totalRows === 2);
    const { stamp } = table.order;
    expect([table.order.matchedRows, (await all(table)).cells]).toEqual([2, [['1', 'b'], ['3', 'a']]]);
    await table.arrange({ filters: [], sort: { column: 0, descending: true } }, never, nobody);
    appendFileSync(path, ',é');
    table.grown(16, undefined);
    await until(table, () => table.status.reading === undefined);
    expect([table.status.totalRows, table.order.matchedRows, (await all(table)).numbers]).toEqual([3, 2, [1, 0]]);
    await table.arrange({ filters: [] }, never, nobody);
    expect([table.order.matchedRows, (await all(table)).cells, table.order.stamp === stamp]).toEqual([3, [['1', 'b'], ['3', 'a'], ['2', 'é']], false]);
    await table.arrange({ filters: [], sort: { column: 0, descending: true } }, never, nobody);
    expect((await all(table)).numbers).toEqual([1, 2, 0]);
    writeFileSync(path, 'n');
    await expect(table.rows(0, 1, 0, 1)).rejects.toThrow('The file has changed since it was opened.');
    table.dispose();
  });

  it('says that it has lost what it had, and goes on when it is there again', async () => {
    const path = written('n\n1\n2\n');
    const table = opener.openGrowing({ path, format: 'csv' });
    table.grown(100, { readBytes: 100, state: 'reading' });
    await read(table);
    expect(table.status.reading).toMatchObject({ state: 'failed', problem: { sentence: 'The file has changed since it was opened.' } });
    writeFileSync(path, `n\n${'1\n'.repeat(49)}`);
    table.grown(100, undefined);
    await until(table, () => table.status.reading === undefined);
    expect(table.status.totalRows).toBe(49);
    table.dispose();
  });
});

describe('a thread that ends', () => {
  /** A program that ends in its own way, whatever it is told. */
  function program(source: string): string {
    const path = join(folder, `${files++}.cjs`);
    writeFileSync(path, source);
    return path;
  }

  it.each([
    ['is not there', (): string => join(folder, 'nothing.js'), /^The thread of tables has failed: Error MODULE_NOT_FOUND\n/],
    [
      'throws', (): string => program("require('node:worker_threads').parentPort.on('message', () => { throw new Error('broken'); });"),
      /^The thread of tables has failed: Error\n +at /,
    ],
    [
      'ends', (): string => program("require('node:worker_threads').parentPort.on('message', () => process.exit(0));"),
      /^The thread of tables has ended with code 0$/,
    ],
  ])('%s: nothing hangs, the table says so, and the log tells why', async (_name, path, told) => {
    const logged: string[] = [];
    const own = tableOpener(path(), { log: (line) => logged.push(line) });
    const table = own.openFile({ path: written(manyRows(10)), format: 'csv' });
    await Promise.all(questions.map(([name, ask]) => expect(ask(table), name).rejects.toMatchObject({ name: 'LocalFailure', message: 'The part of the extension that reads tables has ended unexpectedly.', advice: 'Open the table again.' })));
    await read(table);
    expect(table.status.reading?.problem?.advice).toBe('Open the table again.');
    for (const [name, ask] of questions) await expect(ask(table), name).rejects.toThrow('ended unexpectedly');
    await own.dispose();
    expect(logged).toEqual([expect.stringMatching(told)]);
    // What it throws may quote a cell.
    expect(logged.join()).not.toContain('broken');
  });

  it('is started anew for what is opened next, and for rows that are held', async () => {
    const flag = join(folder, 'begun');
    const own = tableOpener(program(`const { existsSync, writeFileSync } = require('node:fs');
      if (existsSync(${JSON.stringify(flag)})) require(${JSON.stringify(worker)});
      else { writeFileSync(${JSON.stringify(flag)}, ''); setTimeout(() => process.exit(1), 100); }`), { cellsHere: 0 });
    const held = own.openHeld({ name: '', columns: [{ name: 'n' }], rows: [['2'], ['1']], totalRows: 2, notes: [] });
    const path = written(manyRows(10));
    const lost = own.openFile({ path, format: 'csv' });
    await expect(held.arrange(sorted, never, nobody)).rejects.toThrow('ended unexpectedly');
    await expect(lost.rows(0, 1, 0, 1)).rejects.toThrow('ended unexpectedly');
    expect((await all(held)).numbers).toEqual([0, 1]);
    await held.arrange(sorted, never, nobody);
    expect((await all(held)).numbers).toEqual([1, 0]);
    const again = own.openFile({ path, format: 'csv' });
    await read(again);
    expect(again.status.totalRows).toBe(10);
    await own.dispose();
  });

  it('runs only while a table needs it', async () => {
    const threads = (): number => process.getActiveResourcesInfo().filter((name) => name === 'MessagePort').length;
    // The thread of the tests before may still be on its way out.
    await expect.poll(threads).toBe(0);
    const log = join(folder, 'starts');
    writeFileSync(log, '');
    const own = tableOpener(program(`require('node:fs').appendFileSync(${JSON.stringify(log)}, 'x'); require(${JSON.stringify(worker)});`));
    const held = own.openHeld({ name: '', columns: [{ name: 'n' }], rows: [['2'], ['1']], totalRows: 2, notes: [] });
    await held.arrange(sorted, never, nobody);
    expect([threads(), readFileSync(log, 'utf8')]).toEqual([0, '']);
    const one = own.openFile({ path: written(manyRows(10)), format: 'csv' });
    const other = own.openFile({ path: written(manyRows(10)), format: 'csv' });
    await read(one);
    one.dispose();
    await read(other);
    expect([threads() > 0, readFileSync(log, 'utf8')]).toEqual([true, 'x']);
    other.dispose();
    await own.dispose();
    await expect.poll(() => [threads(), readFileSync(log, 'utf8')]).toEqual([0, 'x']);
  });
});

describe('people who change their mind', () => {
  it('end what was asked for; the last order that was asked for wins', async () => {
    const table = opener.openFile({ path: written(manyRows(200_000)), format: 'csv' });
    await read(table);
    const { stamp } = table.order;
    for (const [name, ask] of [
      ['arrange', (signal) => table.arrange(sorted, signal, nobody)],
      ['summarize', (signal) => table.summarize([0, 1], signal, nobody)],
      ['write', (signal) => drain(table.write({ fromRow: 0, toRow: 200_000, columns: [0, 1] }, text, signal))],
    ] satisfies [string, (signal: AbortSignal) => Promise<unknown>][]) {
      const stop = new AbortController();
      const asked = ask(stop.signal);
      stop.abort();
      await expect(asked, name).rejects.toBeInstanceOf(Cancelled);
      await expect(ask(stop.signal), name).rejects.toBeInstanceOf(Cancelled);
    }
    expect(table.order.stamp).toBe(stamp);
    const first = expect(table.arrange(sorted, never, nobody)).rejects.toBeInstanceOf(Cancelled);
    const second = table.arrange({ filters: [], sort: { column: 0, descending: true } }, never, nobody);
    await Promise.all([first, second]);
    expect(table.order.query.sort?.descending).toBe(true);
    expect((await table.rows(0, 1, 0, 1))[0]?.cells).toEqual(['199999']);
    const asked = Promise.all(questions.map(([name, ask]) => expect(ask(table), name).rejects.toBeInstanceOf(Cancelled)));
    table.dispose();
    await asked;
    for (const [name, ask] of questions) await expect(ask(table), name).rejects.toBeInstanceOf(Cancelled);
  });

  it('take no more pieces of what is written, and the thread waits for those who take them', async () => {
    const table = opener.openFile({ path: written(manyRows(200_000)), format: 'csv' });
    await read(table);
    const pieces = table.write({ fromRow: 0, toRow: 200_000, columns: [0, 1] }, text, never)[Symbol.asyncIterator]();
    expect((await pieces.next()).value).toMatch(/^n,t\r\n0,text 0\r\n7919,text 1\r\n/);
    await pieces.return?.();
    // What is asked next is answered, so what was left does not run on.
    expect(await table.rows(0, 1, 0, 1)).toEqual([{ number: 0, cells: ['0'] }]);
    table.dispose();
  });

  it('have written what they saw: the order of the call, or nothing when that is gone', async () => {
    const table = opener.openFile({ path: written('n,t\n3,c\n1,a\n2,b\n'), format: 'csv' });
    await read(table);
    const write = (): AsyncIterable<string> => table.write({ fromRow: 0, toRow: 2, columns: [1] }, { ...text, head: false }, never);
    const asCame = write();
    await table.arrange(sorted, never, nobody);
    expect(await drain(asCame)).toBe('c\r\na\r\nb\r\n');
    const ascending = write();
    await table.arrange({ ...sorted, sort: { column: 0, descending: true } }, never, nobody);
    await expect(drain(ascending)).rejects.toThrow('The rows are no longer in this order.');
    table.dispose();
  });

  it('look at one table while another is put in order', async () => {
    const busy = opener.openFile({ path: written(manyRows(300_000)), format: 'csv' });
    const looked = opener.openFile({ path: written(manyRows(1000)), format: 'csv' });
    await Promise.all([read(busy), read(looked)]);
    const ended: string[] = [];
    const work = busy.arrange({ filters: [], sort: { column: 1, descending: false } }, never, nobody).then(() => ended.push('order'));
    for (let window = 0; window < 3; window++) {
      await looked.rows(window * 100, 100, 0, 2);
      await busy.rows(window * 100, 100, 0, 2);
      ended.push('window');
    }
    await work;
    expect(ended).toEqual(['window', 'window', 'window', 'order']);
    busy.dispose();
    looked.dispose();
  });
});
