// How much of an answer is kept: large, wide and hostile answers are counted and checked in whole, and held in part.

import { describe, expect, it } from 'vitest';
import type { Table } from '../../../../src/model/table';
import { readReply } from '../../../../src/protocols/studio/reply';

const limits = { maxOutputs: 100, maxRows: 10_000, maxColumns: 5_000, maxCells: 500_000, pause: () => Promise.resolve() };

async function tablesOf(text: string, some: Partial<typeof limits> = {}): Promise<readonly Table[]> {
  const reply = await readReply(text, { ...limits, ...some });
  if (reply.kind !== 'tables') throw new Error(`is ${reply.kind}`);
  return reply.tables;
}

const held = (tables: readonly Table[]): number => tables.flatMap(({ rows }) => rows).reduce((sum, row) => sum + row.length, 0);
const valuesOf = (rows: readonly string[]): string => `{"Results":{"o":{"value":{"Values":[${rows.join(',')}]}}}}`;
const numbers = (count: number): string[] => Array.from({ length: count }, (_, index) => String(index));

describe('rows and cells', () => {
  const rows = Array.from({ length: 5000 }, (_, index) => `["${index}","x"]`).join(',');
  const text = `{"Results":{"o":{"value":{"ColumnNames":["n","x"],"Values":[${rows}]}}}}`;

  it('all rows are counted, the first ones kept', async () => {
    const [table] = await tablesOf(text, { maxRows: 10 });
    expect(table?.totalRows).toBe(5000);
    expect(table?.rows.map(([n]) => n)).toEqual(Array.from({ length: 10 }, (_, index) => String(index)));
  });

  it('wide rows count by their cells, and one row is always kept', async () => {
    expect((await tablesOf(text, { maxCells: 5 }))[0]?.rows).toHaveLength(3);
    expect((await tablesOf(text, { maxCells: 0 }))[0]?.rows).toHaveLength(1);
  });

  it('others may run in between, and may stop the reading', async () => {
    let pauses = 0;
    await readReply(text, { ...limits, pause: () => Promise.resolve(void pauses++) });
    expect(pauses).toBeGreaterThan(1);
    await expect(readReply(text, { ...limits, pause: () => Promise.reject(new Error('stop')) })).rejects.toThrow('stop');
  });

  it('a large answer gives the same cells as a small one', async () => {
    const big = `{"Results":{"o":{"value":{"ColumnNames":["n","x"],"Values":[["Ünï 𝄞","1"],${rows}]}}},"pad":"${' '.repeat(1_000_001)}"}`;
    expect((await tablesOf(big))[0]?.rows.slice(0, 2)).toEqual([['Ünï 𝄞', '1'], ['0', 'x']]);
  });
});

describe('columns', () => {
  it('of the table form beyond the limit are checked and not kept', async () => {
    const text = `{"Results":{"o":{"value":{"ColumnNames":["a","b","c","d"],"ColumnTypes":["1","2","3","4"],"Values":[["1","2","3","4"],["5"],["6","7","8",{"x":[]}]]}}}}`;
    const [table] = await tablesOf(text, { maxColumns: 2 });
    expect(table).toEqual({
      name: 'o', totalRows: 3,
      columns: [{ name: 'a', type: '1' }, { name: 'b', type: '2' }],
      rows: [['1', '2'], ['5'], ['6', '7']],
      notes: ['One row has another number of values than there are column names (4).', 'Only the first 2 of 4 columns are shown; the body has all.'],
    });
    expect(await readReply(text.replace('{"x":[]}', '{"x":[}'), { ...limits, maxColumns: 2 })).toMatchObject({ kind: 'notJson' });
  });

  it('of row objects beyond the limit are checked and not kept', async () => {
    const text = '{"Results":{"o":[{"a":"1","b":"2","c":"3"},{"d":"4","b":"5"},{"c":"6"}]}}';
    const [table] = await tablesOf(text, { maxColumns: 2 });
    expect(table).toEqual({ name: 'o', totalRows: 3, columns: [{ name: 'a' }, { name: 'b' }], rows: [['1', '2'], [undefined, '5'], []], notes: ['Only the first 2 of 4 columns are shown; the body has all.'] });
    expect(await readReply(text.replace('"6"', '6x'), { ...limits, maxColumns: 2 })).toMatchObject({ kind: 'notJson' });
  });

  it('just as many as the limit are all there', async () => {
    expect((await tablesOf('{"Results":{"o":[{"a":"1","b":"2"}]}}', { maxColumns: 2 }))[0]).toMatchObject({ columns: [{ name: 'a' }, { name: 'b' }], notes: [] });
    expect((await tablesOf(valuesOf(['[1,2]']), { maxColumns: 2 }))[0]?.columns).toHaveLength(2);
  });

  it('of a row that is left out at its beginning are no holes', async () => {
    const [table] = await tablesOf('{"Results":{"o":[{"a":"1","b":"2","c":"3"},{"c":"4"}]}}');
    expect(table?.rows[1]).toStrictEqual([undefined, undefined, '4']);
  });

  it('with ever new names are counted up to a point', async () => {
    const rows = Array.from({ length: 600 }, (_, row) => `{${numbers(100).map((each) => `"${row}-${each}":1`).join(',')}}`);
    const [table] = await tablesOf(`{"Results":{"o":[${rows.join(',')}]}}`);
    expect(table?.columns).toHaveLength(5_000);
    expect(table?.totalRows).toBe(600);
    expect(table?.notes).toEqual(['Only the first 5,000 of more than 50,000 columns are shown; the body has all.']);
  });
});

describe('a small answer that is wide on purpose', () => {
  it('one wide row among many short ones does not widen these', async () => {
    const tables = await tablesOf(valuesOf([...new Array<string>(9_999).fill('[1]'), `[${numbers(30_000).join(',')}]`]));
    expect(held(tables)).toBe(9_999 + 5_000);
    expect(tables[0]?.columns).toHaveLength(5_000);
    expect(tables[0]?.notes).toContain('Only the first 5,000 of 30,000 columns are shown; the body has all.');
  });

  it('a new name in each row does not grow with the square of the rows', async () => {
    const tables = await tablesOf(`{"Results":{"o":[${numbers(20_000).map((each) => `{"c${each}":1}`).join(',')}]}}`);
    expect(held(tables)).toBeLessThanOrEqual(limits.maxCells + limits.maxColumns);
    expect(tables[0]).toMatchObject({ totalRows: 20_000, notes: ['Only the first 5,000 of 20,000 columns are shown; the body has all.'] });
  });

  it('many outputs of short rows that reach far do not hold more than a few full outputs', async () => {
    const wide = `{${numbers(1_000).map((each) => `"${each}":1`).join(',')}}`;
    const far = new Array<string>(100).fill('{"999":1}').join(',');
    const outputs = numbers(20).map((each) => `"o${each}":[${wide},${far}]`);
    const tables = await tablesOf(`{"Results":{${outputs.join(',')}}}`, { maxCells: 10_000 });
    expect(held(tables)).toBeLessThanOrEqual(4 * 10_000 + 20 * 1_000);
    expect(tables.every(({ rows }) => rows.length > 0)).toBe(true);
    expect(tables.every(({ totalRows }) => totalRows === 101)).toBe(true);
  });

  it('more outputs than anyone looks at are counted', async () => {
    const reply = await readReply(`{"Results":{${numbers(1_500).map((each) => `"${each}":[]`).join(',')}}}`, limits);
    expect(reply).toMatchObject({ kind: 'tables', notes: ['Only the first 100 of 1,500 outputs are shown; the body has all.'] });
    expect(reply.kind === 'tables' && reply.tables.length).toBe(100);
  });

  it.each<[string, string]>([
    ['a long row', valuesOf([`[${numbers(50_000).join(',')}]`])],
    ['a long object', `{"Results":{"o":[{${numbers(50_000).map((each) => `"${each}":1`).join(',')}}]}}`],
    ['a long list of names', `{"Results":{"o":{"value":{"ColumnNames":[${numbers(50_000).join(',')}],"Values":[]}}}}`],
    ['many outputs', `{"Results":{${numbers(50_000).map((each) => `"${each}":1`).join(',')}}}`],
  ])('others may run in between in %s', async (_what, text) => {
    let pauses = 0;
    await readReply(text, { ...limits, pause: () => Promise.resolve(void pauses++) });
    expect(pauses).toBeGreaterThan(3);
  });
});
