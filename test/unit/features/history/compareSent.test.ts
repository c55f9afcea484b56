// What was sent, beside what came back of it: paired only where the rows are known to belong together, and marked where it differs.

import { describe, expect, it } from 'vitest';
import { changesOf } from '../../../../src/features/history/compareChanges';
import { compareExchanges, type Comparison } from '../../../../src/features/history/compare';
import type { Exchange } from '../../../../src/model/exchange';
import type { Cell, Table } from '../../../../src/model/table';

type Rows = readonly (readonly Cell[])[];

function exchange(sent: Readonly<Record<string, { readonly names: readonly string[]; readonly rows: Rows }>> | string, names: readonly string[], rows: Rows, parts: Partial<Exchange> = {}): Exchange {
  const table: Table = { name: 'output1', columns: names.map((name) => ({ name })), rows, totalRows: rows.length, notes: [] };
  const inputs = typeof sent === 'string' ? {} : Object.fromEntries(Object.entries(sent).map(([name, each]) => [name, { ColumnNames: each.names, Values: each.rows }]));
  return {
    service: { name: 'S', address: 'http://localhost/a' }, source: 'a.json', method: 'POST', url: 'http://localhost/a/execute', requestHeaders: [], requestBytes: 2, startedAt: 1, durationMs: 1, earlierAttempts: [],
    requestBody: typeof sent === 'string' ? sent : JSON.stringify({ Inputs: inputs, GlobalParameters: { secret: 'not to be seen' } }),
    answer: { status: 200, statusText: 'OK', headers: [], body: Buffer.from(JSON.stringify([sent, rows])) }, tables: [table], notes: [], ...parts,
  };
}

const compare = (one: Exchange, other: Exchange, allRows = false, tolerance?: Parameters<typeof compareExchanges>[2]['tolerance']): Promise<Comparison> =>
  compareExchanges(one, other, { allRows, maxCells: 100_000, pause: () => Promise.resolve(), ...(tolerance ? { tolerance } : {}) });
const input = (...rows: readonly (readonly Cell[])[]) => ({ input1: { names: ['Id', 'Col2'], rows } });
const heads = ({ outputs: [first] }: Comparison): (string | undefined)[][] => (first?.table.columns ?? []).map(({ group, name }) => [group, name]);
const output = ({ outputs: [first] }: Comparison) => {
  if (!first) throw new Error('There is no output.');
  return first;
};

describe('what was sent', () => {
  it('stands in front of what came back, once where both sent the same, as before and after where they did not', async () => {
    const found = await compare(
      exchange(input(['1', 'good'], ['2', 'rain'], ['3', 'sun']), ['score'], [['0.5'], ['0.1'], ['0.7']]),
      exchange(input(['1', 'bad'], ['2', 'rain'], ['3', 'sun']), ['score'], [['0.2'], ['0.1'], ['0.8']]));
    expect(heads(found)).toEqual([[undefined, 'Row'], ['Sent', 'Id'], ['Sent: Col2', 'before'], ['Sent: Col2', 'after'], ['score', 'before'], ['score', 'after'], ['score', 'difference']]);
    const { table, cells, facts } = output(found);
    expect(table.rows).toEqual([['1', '1', 'good', 'bad', '0.5', '0.2', '-0.3'], ['3', '3', 'sun', 'sun', '0.7', '0.8', '0.1']]);
    const score = { 4: 'changed before', 5: 'changed after' };
    expect(table.rows.map((row, place) => changesOf(cells, place, row, 0, 9))).toEqual([{ 2: 'changed before', 3: 'changed after', ...score }, score]);
    expect(facts).toEqual(['2 rows of 3 are different.', '1 row was sent with other values.']);
    expect(table.columns[4]).toMatchObject({ detail: '2 rows differ, the largest difference is 0.3, the mean 0.2' });
    expect(table.columns[2]).toMatchObject({ detail: '1 row differs' });
    // The same stands in the summary.
    expect(output(found).columns).toEqual([{ name: 'Sent: Col2', rows: '1', most: '', mean: '' }, { name: 'score', rows: '2', most: '0.3', mean: '0.2' }]);
    expect(JSON.stringify(table)).not.toContain('not to be seen');
  });

  it('is shown where only the request changed, and then not everything is the same', async () => {
    const found = await compare(exchange(input(['1', 'good'], ['2', 'x']), ['score'], [['1'], ['1']]), exchange(input(['1', 'good'], ['2', 'y']), ['score'], [['1'], ['1']]));
    expect(found.same).toBe(false);
    expect(output(found)).toMatchObject({ same: false, difference: '1 row sent differs', facts: ['No row is different, of 2 rows compared.', '1 row was sent with other values.'], columns: [{ name: 'Sent: Col2', rows: '1' }] });
    expect(output(found).table.rows).toEqual([['2', '2', 'x', 'y', '1']]);
  });

  it('beyond the rows that the answers have kept is neither shown nor counted, and not called the same', async () => {
    const kept = (one: Exchange): Exchange => ({ ...one, tables: one.tables.map((each) => ({ ...each, rows: each.rows.slice(0, 1) })) });
    const score = [['1'], ['1'], ['1']];
    const one = exchange(input(['1', 'a'], ['2', 'b'], ['3', 'c']), ['score'], score);
    const other = exchange(input(['1', 'x'], ['2', 'y'], ['3', 'z']), ['score'], score);
    for (const allRows of [false, true]) {
      const found = output(await compare(kept(one), kept(other), allRows));
      expect(found.table.rows).toEqual([['1', ...(allRows ? ['only the request changed'] : []), '1', 'a', 'x', '1']]);
      expect(found.facts).toContain('1 row was sent with other values.');
      expect(found.table.columns[allRows ? 3 : 2]).toMatchObject({ detail: '1 row differs' });
    }
    // Only one of the two has kept less.
    expect(output(await compare(one, kept(other))).table.rows).toEqual([['1', '1', 'a', 'x', '1']]);
    const body = { status: 200, statusText: 'OK', headers: [], body: Buffer.from('{}') };
    const later = exchange(input(['1', 'a'], ['2', 'b'], ['3', 'z']), ['score'], score);
    const beyond = await compare({ ...kept(one), answer: body }, { ...kept(later), answer: body });
    expect(beyond.same).toBe(false);
    expect(output(beyond).facts.join()).toMatch(/^No row is different, of 1 row compared.,Only the first/);
    expect(await compare(kept(one), kept(one))).toMatchObject({ same: true, outputs: [{ facts: ['No row is different, of 1 row compared.'] }] });
  });

  it('is compared with a pause every 20,000 cells', async () => {
    const names = Array.from({ length: 5000 }, (_, index) => `c${index}`);
    const wide = exchange({ input1: { names, rows: Array.from({ length: 40 }, () => names.map(() => '1')) } }, ['score'], Array.from({ length: 40 }, () => ['1']));
    let pauses = 0;
    await compareExchanges(wide, wide, { allRows: false, maxCells: 100, pause: () => Promise.resolve(void (pauses += 1)) });
    // One more before each column is compared with what came back.
    expect(pauses).toBe(10 + names.length);
  });

  it('that is the same leaves everything the same', async () => {
    const one = exchange(input(['1', 'good']), ['score'], [['1']]);
    expect(await compare(one, one)).toMatchObject({ same: true, outputs: [{ same: true, table: { rows: [] } }] });
  });

  it('stands once when it came back as it was sent, cell for cell', async () => {
    const found = await compare(
      exchange(input(['1', 'good'], ['2', 'rain']), ['Id', 'Col2', 'score'], [['1', 'good', '5'], ['2', 'rain', '6']]),
      exchange(input(['1', 'bad'], ['2', 'rain']), ['Id', 'Col2', 'score'], [['1', 'bad', '5'], ['2', 'rain', '6']]));
    expect(heads(found)).toEqual([[undefined, 'Row'], ['Sent', 'Id'], ['Sent: Col2', 'before'], ['Sent: Col2', 'after'], [undefined, 'score']]);
    expect(output(found).table.rows).toEqual([['1', '1', 'good', 'bad', '5']]);
    const other = await compare(
      exchange(input(['1', 'good']), ['Col2', 'score'], [['GOOD', '5']]), exchange(input(['1', 'bad']), ['Col2', 'score'], [['bad', '6']]));
    expect(heads(other).map(([group]) => group)).toEqual([undefined, 'Sent', 'Sent: Col2', 'Sent: Col2', 'Col2', 'Col2', 'score', 'score', 'score', undefined]);
  });

  it('belongs to its own row also where only one exchange has it', async () => {
    const found = await compare(exchange(input(['1', 'a'], ['2', 'b']), ['s'], [['1'], ['2']]), exchange(input(['1', 'a']), ['s'], [['1']]));
    expect(output(found).table.rows).toEqual([['2', '2', 'b', '2']]);
    expect(changesOf(output(found).cells, 0, output(found).table.rows[0] ?? [], 0, 9)).toEqual({ 1: 'only before', 2: 'only before', 3: 'only before' });
  });

  it('with other columns is shown as far as each has them', async () => {
    const found = await compare(exchange({ input1: { names: ['a'], rows: [['1']] } }, ['s'], [['1']]), exchange({ input1: { names: ['b'], rows: [['2']] } }, ['s'], [['1']]), true);
    expect(heads(found).slice(2, 4)).toEqual([['Sent: a', 'before'], ['Sent: b', 'after']]);
    expect(found.same).toBe(false);
    expect(output(found).facts).toContain('The two requests do not have the same columns.');
  });

  it('is taken from the input that has as many rows as the output', async () => {
    const sent = { lookup: { names: ['k'], rows: [['1'], ['2']] }, rows: { names: ['v'], rows: [['x']] } };
    expect(heads(await compare(exchange(sent, ['s'], [['1']]), exchange(sent, ['s'], [['2']])))[1]).toEqual(['Sent', 'v']);
  });
});

describe('what was sent is not paired', () => {
  const good = exchange(input(['1', 'a'], ['2', 'b']), ['s'], [['1'], ['2']]);
  const only = (parts: Partial<Exchange>): Exchange => ({ ...good, ...parts });
  it.each<[string, Exchange, Exchange, string]>([
    ['before it was other rows', exchange(input(['1', 'a']), ['s'], [['1'], ['2']]), good, 'The columns that were sent are not shown: the number of rows is 1 in the request before, and 2 in its answer.'],
    ['after it was other rows', good, exchange(input(['1', 'a'], ['2', 'b']), ['s'], [['1']]), 'The columns that were sent are not shown: the number of rows is 2 in the request after, and 1 in its answer.'],
    ['one of the requests has no rows', good, only({ requestBody: '{}' }), 'The columns that were sent are not shown: the number of rows is 0 in the request after, and 2 in its answer.'],
    ['the request before was not kept', only({ requestBody: '', missing: { request: 'too large' } }), good, 'The columns that were sent are not shown, as the request before is not in the history.'],
    ['the request after is gone', good, only({ requestBody: '', missing: { request: 'gone' } }), 'The columns that were sent are not shown, as the request after is not in the history.'],
    ['a request is large', good, only({ requestBody: `{"x":"${'x'.repeat(8 * 1024 * 1024)}"}` }), 'The columns that were sent are not shown, as a request is larger than 8 MB.'],
  ])('where %s, and a line says so', async (_what, one, other, note) => {
    const found = await compare(one, other, true);
    expect(output(found).table.notes).toEqual([note]);
    expect(heads(found).map(([group]) => group ?? '').join()).not.toContain('Sent');
  });

  it('where not all rows that were sent are read', async () => {
    const many = 200_001;
    const long = only({ requestBody: JSON.stringify({ Inputs: { i: { ColumnNames: ['a'], Values: Array.from({ length: many }, () => [1]) } } }), tables: [{ ...(good.tables[0] ?? { name: 'o', columns: [], notes: [], rows: [] }), totalRows: many }] });
    expect(output(await compare(long, long)).table.notes).toEqual(['The columns that were sent are not shown, as the requests have too many rows.']);
  });

  it('where nothing was sent, and nothing is said', async () => {
    const none = only({ requestBody: '{"Inputs":{}}' });
    expect(output(await compare(none, none, true)).table.notes).toEqual([]);
  });
});
