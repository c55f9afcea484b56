// Comparing two exchanges: columns by name, rows by place, exact differences, and plain words for what is no table.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Exchange } from '../../../../src/model/exchange';
import type { Cell, Column, Table } from '../../../../src/model/table';
import { compareExchanges } from '../../../../src/features/history/compare';
import { difference } from '../../../../src/features/history/compareNumbers';
import { compareTables } from '../../../../src/features/history/compareTables';

const options = { allRows: false, maxCells: 1_000_000, pause: () => Promise.resolve() };

function table(columns: readonly (string | Column)[], rows: readonly (readonly Cell[])[], parts: Partial<Table> = {}): Table {
  return { name: 'output1', columns: columns.map((column) => (typeof column === 'string' ? { name: column } : column)), rows, totalRows: rows.length, notes: [], ...parts };
}

function exchange(tables: readonly Table[], parts: Partial<Exchange> = {}): Exchange {
  const body = Buffer.from(JSON.stringify(tables));
  return {
    service: { name: 'S', address: 'http://localhost/a' }, source: 'a.json', method: 'POST', url: 'http://localhost/a/execute', requestHeaders: [], requestBody: '{}', requestBytes: 2,
    startedAt: 1, durationMs: 1, earlierAttempts: [], answer: { status: 200, statusText: 'OK', headers: [], body }, tables, notes: [], ...parts,
  };
}

describe('the difference of two numbers', () => {
  it.each([
    ['0.1', '0.3', '0.2'], ['0.3', '0.1', '-0.2'], ['1.0', '1', '0'], ['1e-7', '3e-7', '0.0000002'], ['-5', '+5', '10'], ['1E3', '1.5', '-998.5'], ['.5', '5.', '4.5'],
    ['0.123456789012345678', '0.123456789012345679', '0.000000000000000001'], ['123456789012345678901', '123456789012345678902', '1'],
  ])('%s -> %s is %s', (before, after, expected) => {
    expect(difference(before, after)?.text).toBe(expected);
  });

  it.each([['', '1'], ['NaN', '1'], ['1', 'Infinity'], ['1', 'abc'], ['0x10', '1'], ['1e400', '1'], ['.', '1'], [' ', '1'], ['-', '1'], ['1e', '1']])('there is none between %j and %j', (before, after) => {
    expect(difference(before, after)).toBeUndefined();
  });

  it('is a double’s where the numbers are too far apart to be written out', () => {
    expect(difference('1e300', '2e300')?.text).toBe('1e+300');
  });

  it('of decimals is exact: added to the first it gives the second', () => {
    const steps = fc.integer({ min: -99_999_999, max: 99_999_999 });
    const text = (value: number): string => (value / 10_000).toFixed(4);
    fc.assert(fc.property(steps, steps, (one, other) => {
      expect(Number(difference(text(one), text(other))?.text)).toBe(Number(text(other - one)));
      expect(difference(text(one), text(other))?.text).not.toMatch(/e|\d{9}/);
    }));
  });
});

describe('two tables', () => {
  it('show for each column that differs what was, what is and the difference; the others once', async () => {
    const { table: found, columns, facts, same } = await compareTables(
      table(['id', 'score', 'label', 'x', 'y', 'z'], [['1', '0.1', 'a', 'p', 'q', 'r'], ['2', '0.5', 'b', 'p', 'q', 'r'], ['3', '0.7', 'c', 'p', 'q', 'r']]),
      table(['z', 'label', 'score', 'id', 'x', 'y'], [['r', 'a', '0.3', '1', 'p', 'q'], ['r', 'b', '0.5', '2', 'p', 'q'], ['r', 'd', '0.6', '3', 'p', 'q']]), options);
    expect(found.columns.map(({ name, group }) => [group, name])).toEqual([
      [undefined, 'Row'], [undefined, 'id'], [undefined, 'x'], [undefined, 'y'],
      ['score', 'before'], ['score', 'after'], ['score', 'difference'], ['label', 'before'], ['label', 'after'], [undefined, 'z'], [undefined, 'Changed in'],
    ]);
    expect(found.rows).toEqual([
      ['1', '1', 'p', 'q', '0.1', '0.3', '0.2', 'a', 'a', 'r', 'score'],
      ['3', '3', 'p', 'q', '0.7', '0.6', '-0.1', 'c', 'd', 'r', 'score, label'],
    ]);
    expect(columns).toEqual([{ name: 'score', rows: '2', most: '0.2', mean: '0.15' }, { name: 'label', rows: '1', most: '', mean: '' }]);
    expect(facts).toEqual(['2 rows of 3 are different.']);
    expect(same).toBe(false);
  });

  it('that are the same have no row to show, or all of them', async () => {
    const one = table(['a'], [['1'], ['2']]);
    expect(await compareTables(one, one, options)).toMatchObject({ same: true, facts: ['No row is different, of 2 rows compared.'], table: { rows: [], totalRows: 0 } });
    expect((await compareTables(one, one, { ...options, allRows: true })).table.rows).toEqual([['1', 'same', '1'], ['2', 'same', '2']]);
  });

  it('pair the columns of a repeated name in their order', async () => {
    const { table: found } = await compareTables(table(['a', 'a'], [['1', '2']]), table(['a', 'a'], [['1', '3']]), options);
    expect(found.rows).toEqual([['1', '1', '2', '3', '1']]);
  });

  it('tell of columns that only one has, of types that changed, and of rows that only one has', async () => {
    const { facts, table: found, same } = await compareTables(
      table([{ name: 'a', type: 'Int32' }, 'old'], [['1', 'x'], ['2', 'y'], ['3', 'z']]), table([{ name: 'a', type: 'String' }, 'new'], [['1', 'p']]), options);
    expect(facts).toEqual([
      'No row is different, of 1 row compared.', '3 rows before, 1 row after: 2 rows are only in the answer before.',
      'Column "old" is only in the answer before.', 'Column "new" is only in the answer after.', 'Column "a" was of type Int32 and is now String.',
    ]);
    expect(found.columns.map(({ name, group }) => [group, name])).toEqual([[undefined, 'Row'], [undefined, 'a'], ['old', 'before'], ['new', 'after']]);
    expect(found.rows).toEqual([['2', '2', 'y', undefined], ['3', '3', 'z', undefined]]);
    expect(same).toBe(false);
  });

  it('name the columns that changed in a row, no more than four, and no types that only one answer tells', async () => {
    const names = ['a', 'b', 'c', 'd', 'e'];
    const typed = names.map((name) => ({ name, type: 'Int32' }));
    const { table: found, facts } = await compareTables(table(typed, [['1', '1', '1', '1', '1'], ['1', '1', '1', '1', '1']]), table(names, [['2', '2', '2', '2', '2'], ['2', '2', '2', '2', '1'], ['3', '3', '3', '3', '3']]), options);
    expect(found.rows.map((row) => [...row.slice(0, 2), row.at(-1)])).toEqual([['1', 'changed', 'a, b, c and 2 more'], ['2', 'changed', 'a, b, c, d'], ['3', 'only after', undefined]]);
    expect(facts).toEqual(['2 rows of 2 are different.', '2 rows before, 3 rows after: 1 row is only in the answer after.']);
  });

  it('tell of which kind a row is only where those that are shown are of several', async () => {
    const kinds = async (one: readonly string[], other: readonly string[], allRows = false): Promise<readonly unknown[]> => {
      const rows = (cells: readonly string[]): Table => table(['a', 'b'], cells.map((cell) => [cell, cell]));
      const { table: found } = await compareTables(rows(one), rows(other), { ...options, allRows });
      const at = found.columns.findIndex(({ name }) => name === 'Change');
      return at < 0 ? [] : found.rows.map((row) => row[at]);
    };
    expect(await kinds(['1', '2', '3'], ['1', '5', '6'])).toEqual([]);
    expect(await kinds(['1', '2', '3'], ['1', '2'])).toEqual([]);
    expect(await kinds(['1', '2'], ['1', '5', '6'])).toEqual(['changed', 'only after']);
    expect(await kinds(['1', '2'], ['1', '5'], true)).toEqual(['same', 'changed']);
  });

  it('say nothing of where a row changed that is the same', async () => {
    const { table: found } = await compareTables(table(['a', 'b'], [['1', '1'], ['2', '2']]), table(['a', 'b'], [['1', '1'], ['3', '3']]), { ...options, allRows: true });
    expect(found.rows.map((row) => row.at(-1))).toEqual([undefined, 'a, b']);
  });

  it('know null, nothing and empty text apart', async () => {
    const { table: found } = await compareTables(table(['a', 'b'], [[null, ''], ['', undefined]]), table(['a', 'b'], [['', ''], ['', null]]), options);
    expect(found.rows.map((row) => row[0])).toEqual(['1', '2']);
  });

  it('are not called the same when only their first rows were kept', async () => {
    const cut = table(['a'], [['1']], { totalRows: 500_000 });
    const { same, facts } = await compareTables(cut, cut, options);
    expect(same).toBe(false);
    expect(facts[1]).toBe('Only the first row was compared, as more are not kept as a table. Compare the answers as text to see the rest.');
    expect((await compareTables(cut, cut, { ...options, identical: true })).same).toBe(true);
  });

  it('say beside their rows what is not among them: rows that are not shown or not kept, and columns of one answer', async () => {
    const noted = async (one: Table, other: Table, parts = {}): Promise<readonly string[]> => (await compareTables(one, other, { ...options, ...parts })).table.notes;
    const [one, other] = [table(['a'], [['1'], ['2']]), table(['a'], [['3'], ['4']])];
    expect(await noted(one, other)).toEqual([]);
    expect(await noted(one, other, { maxCells: 1 })).toEqual(['Only the first row is in the table; the figures are of all rows.']);
    expect(await noted({ ...one, totalRows: 9 }, { ...other, totalRows: 9 })).toEqual(['Only the first 2 rows were compared, as more are not kept as a table. Compare the answers as text to see the rest.']);
    const wide = table(['a', 'b', 'c', 'd', 'e', 'f'], [['3'], ['4']]);
    expect(await noted(one, wide)).toEqual([...['b', 'c', 'd'].map((name) => `Column "${name}" is only in the answer after.`), '2 more columns are only in one of the two.']);
  });

  it('tell first what differs, in a few words, and nothing where nothing does', async () => {
    const one = table([{ name: 'a', type: 'Int32' }], [['1']]);
    const told = async (second: Table): Promise<string | undefined> => (await compareTables(one, second, options)).difference;
    expect(await told(one)).toBeUndefined();
    expect(await told(table(['a'], [['2']]))).toBe('The only row differs');
    expect(await told(table(['a'], [['1'], ['2']]))).toBe('1 row more after');
    expect(await told(table(['a'], [['1'], ['2'], ['3']]))).toBe('2 rows more after');
    expect(await told(table(['a'], []))).toBe('1 row more before');
    expect(await told(table(['a', 'b'], [['1', '2']]))).toBe('Other columns');
    expect(await told(table([{ name: 'a', type: 'String' }], [['1']]))).toBe('Other types');
    expect(await told(table(['a'], [['1']], { totalRows: 1 }))).toBeUndefined();
    const cut = table(['a'], [['1']], { totalRows: 9 });
    expect((await compareTables(cut, cut, options)).difference).toBeUndefined();
  });

  it('tell whether a cell stands out in what is shown, which none does where only a type or a column differs', async () => {
    const [one, typed, more, other] = [table([{ name: 'a', type: 'Int32' }], [['1'], ['1']]), table([{ name: 'a', type: 'String' }], [['1'], ['1']]), table(['a', 'b'], [['1', '2'], ['1', '2']]), table(['a'], [['1'], ['2']])];
    const shown = async (second: Table, parts = {}): Promise<boolean> => (await compareTables(one, second, { ...options, ...parts })).hasChanges;
    for (const allRows of [false, true]) {
      expect([await shown(one, { allRows }), await shown(typed, { allRows }), await shown(more, { allRows }), await shown(other, { allRows })]).toEqual([false, false, false, true]);
      expect(await shown(table(['a'], [['1']]), { allRows })).toBe(true);
    }
    // The row that differs is beyond those that are shown.
    expect(await shown(other, { allRows: true, maxCells: 1 })).toBe(false);
  });

  it('do not claim that a row is missing which was only not kept', async () => {
    const { table: found } = await compareTables(table(['a'], [['1']], { totalRows: 3 }), table(['a'], [['1'], ['2'], ['3']]), options);
    expect(found.rows).toEqual([]);
  });

  it('that are large are compared with pauses, and no more is shown than is allowed', async () => {
    const rows = Array.from({ length: 5000 }, (_, index) => [String(index)]);
    let pauses = 0;
    const { table: found, facts } = await compareTables(table(['a'], rows), table(['a'], rows.map(([cell]) => [`${cell}.5`])), { ...options, maxCells: 500, pause: () => Promise.resolve(void (pauses += 1)) });
    expect(found.rows).toHaveLength(125);
    expect(facts).toContain('Only the first 125 rows are in the table; the figures are of all rows.');
    expect(facts[0]).toBe('5,000 rows of 5,000 are different.');
    expect(pauses).toBe(5);
  });

  it('that are wide are compared with a pause every 20,000 cells, and what is shown is made so too', async () => {
    const names = Array.from({ length: 5000 }, (_, index) => `c${index}`);
    const rows = (cell: string): Table => table(names, Array.from({ length: 40 }, () => names.map(() => cell)));
    let pauses = 0;
    const counted = { ...options, pause: () => Promise.resolve(void (pauses += 1)) };
    await compareTables(rows('1'), rows('1'), counted);
    expect(pauses).toBe(10);
    // Every row is shown, with three columns for each.
    await compareTables(rows('1'), rows('2'), { ...counted, maxCells: 10_000_000 });
    expect(pauses).toBe(10 + 10 + 40);
  });

  it('stop when the pause says so', async () => {
    const rows = Array.from({ length: 2000 }, () => ['1']);
    await expect(compareTables(table(['a'], rows), table(['a'], rows), { ...options, pause: () => Promise.reject(new Error('enough')) })).rejects.toThrow('enough');
  });

  it('show every difference, whatever the cells are', async () => {
    const cell = fc.constantFrom('1', '2.5', '', 'x', null, undefined);
    const rows = fc.array(fc.tuple(cell, cell), { maxLength: 12 });
    await fc.assert(fc.asyncProperty(rows, rows, async (one, other) => {
      const { table: found, same } = await compareTables(table(['a', 'b'], one), table(['a', 'b'], other), options);
      const places = Array.from({ length: Math.max(one.length, other.length) }, (_, row) => row)
        .filter((row) => !one[row] || !other[row] || one[row][0] !== other[row][0] || one[row][1] !== other[row][1]);
      expect(found.rows.map((row) => Number(row[0]) - 1)).toEqual(places);
      expect(same).toBe(places.length === 0);
    }));
  });
});

describe('two exchanges', () => {
  it('pair their outputs by name and name those that only one has', async () => {
    const one = exchange([table(['a'], [['1']]), table(['a'], [['1']], { name: 'old' })]);
    const other = exchange([table(['a'], [['2']], { name: 'new' }), table(['a'], [['1']])]);
    const { outputs, notes, same } = await compareExchanges(one, other, options);
    expect(outputs.map((each) => [each.name, each.same])).toEqual([['output1', true]]);
    expect(notes).toEqual(['Output "old" is only in the answer before.', 'Output "new" is only in the answer after.']);
    expect(same).toBe(false);
  });

  it('are the same when their tables are, though the bytes are not', async () => {
    const body = Buffer.from('other');
    const one = exchange([table(['a'], [['1']])]);
    const found = await compareExchanges(one, { ...one, answer: { status: 200, statusText: 'OK', headers: [], body } }, options);
    expect(found).toMatchObject({ same: true, notes: [] });
  });

  it('of which one failed say so, and that the bodies differ', async () => {
    const failed = exchange([], { answer: { status: 401, statusText: 'Unauthorized', headers: [], body: Buffer.from('no') }, problem: { sentence: 'The key was refused.' } });
    expect(await compareExchanges(exchange([table(['a'], [['1']])]), failed, options)).toEqual({
      outputs: [], same: false,
      notes: ['The status was 200 and is now 401.', 'The exchange after failed: The key was refused.', 'The bodies of the two answers differ. Compare them as text to see where.', 'Output "output1" is only in the answer before.'],
    });
    expect(await compareExchanges(failed, failed, options)).toMatchObject({ same: true, notes: expect.arrayContaining(['The bodies of the two answers are the same, byte for byte.']) });
  });

  it.each(['too large', 'gone'] as const)('whose answers were not kept (%s) are never called the same, nor different', async (why) => {
    const bare = exchange([], { answer: { status: 200, statusText: 'OK', headers: [], body: new Uint8Array() }, missing: { answer: why } });
    const words = why === 'gone' ? 'is no longer in the history' : 'was too large to be kept';
    expect(await compareExchanges(bare, bare, options)).toEqual({
      outputs: [], same: false, unknown: true, notes: [`The answer before ${words}, so the answers cannot be compared.`, `The answer after ${words}, so the answers cannot be compared.`],
    });
    // What is in the one that is there is not called missing in the other.
    expect(await compareExchanges(exchange([table(['a'], [['1']])]), bare, options)).toEqual({ outputs: [], same: false, unknown: true, notes: [`The answer after ${words}, so the answers cannot be compared.`] });
    const failed = { ...bare, answer: { status: 500, statusText: 'No', headers: [], body: new Uint8Array() }, problem: { sentence: 'It failed.' } };
    expect(await compareExchanges(failed, failed, options)).toMatchObject({ same: false, unknown: true });
    expect((await compareExchanges(bare, failed, options)).notes).toEqual([
      'The status was 200 and is now 500.', 'The exchange after failed: It failed.', `The answer before ${words}, so the answers cannot be compared.`, `The answer after ${words}, so the answers cannot be compared.`,
    ]);
  });

  it('with a request that was not kept are compared by their answers all the same', async () => {
    const one = exchange([table(['a'], [['1']])], { missing: { request: 'too large' } });
    expect(await compareExchanges(one, one, options)).toMatchObject({ same: true, notes: [] });
  });

  it('without any answer say that none came', async () => {
    const nothing: { -readonly [Name in keyof Exchange]: Exchange[Name] } = { ...exchange([]) };
    delete nothing.answer;
    expect(await compareExchanges(nothing, nothing, options)).toEqual({ outputs: [], same: true, notes: ['No answer came to the request before.', 'No answer came to the request after.'] });
    expect((await compareExchanges(nothing, exchange([]), options)).same).toBe(false);
  });
});
