// What was sent beside what came back: row by row, each column once, and a reason where that cannot be.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Cell, Column, Table } from '../../../src/model/table';
import { joinInput } from '../../../src/tables/join';

function table(name: string, columns: readonly (string | Column)[], rows: readonly (readonly Cell[])[], more: Partial<Table> = {}): Table {
  return { name, columns: columns.map((column) => (typeof column === 'string' ? { name: column } : column)), rows, totalRows: rows.length, notes: [], ...more };
}

const rows = (count: number): string[][] => Array.from({ length: count }, (_, index) => [String(index)]);

describe('what was sent and what came back', () => {
  it('stand side by side, and columns that came back as they were sent stand there once', () => {
    const input = table('input1', ['age', 'name', 'label'], [['39', 'Ann', null], ['1.5', 'Bob', '1']], { notes: ['Sent.'] });
    const output = table('output1', [{ name: 'age', type: 'Double' }, { name: 'Name', type: 'String' }, { name: 'label', type: 'Int32' }, { name: 'Scored Labels', type: 'Double' }], [['39', 'Ann', null, '0.5'], ['1.5', 'Bob', '2', '0.7']], { notes: ['Came.'] });
    expect(joinInput([input], output)).toEqual({
      table: {
        name: 'output1',
        columns: [{ name: 'age', type: 'Double', group: 'Sent' }, { name: 'name', group: 'Sent' }, { name: 'label', group: 'Sent' }, { name: 'Name', type: 'String', group: 'Came back' }, { name: 'label', type: 'Int32', group: 'Came back' }, { name: 'Scored Labels', type: 'Double', group: 'Came back' }],
        rows: [['39', 'Ann', null, 'Ann', null, '0.5'], ['1.5', 'Bob', '1', 'Bob', '2', '0.7']], totalRows: 2, notes: ['Sent.', 'Came.'],
      },
      note: '1 column came back exactly as it was sent and is shown once.',
    });
  });

  it('keep their places where rows end early, and columns of the same name are compared in their order', () => {
    const input = table('input1', ['a', 'a', 'b'], [['1', '2'], ['3', undefined, '5']]);
    const output = table('output1', ['a', 'a', 'a', 'c'], [['1', '2', '1'], ['3']]);
    expect(joinInput([input], output)).toMatchObject({ table: { columns: { length: 5 }, rows: [['1', '2', undefined, '1', undefined], ['3', undefined, '5', undefined, undefined]] }, note: '2 columns came back exactly as they were sent and are shown once.' });
  });

  it.each<[Cell, Cell, boolean]>([
    ['5.1', '5.1', true], ['1.0', '1.0', true], ['x', 'x', true], [null, null, true], [undefined, undefined, true], ['', '', true], ['NaN', 'NaN', true], ['9007199254740993', '9007199254740993', true],
    ['x', 'X', false], [null, '', false], ['0', null, false], ['true', 'True', false], ['9007199254740992', '9007199254740993', false], ['x', 'y', false], ['007', '7', false], ['1.0', '1', false], ['1e2', '100', false], [' 1', '1', false], ['1', '1.0000001', false], ['1', 'x', false],
  ])('%j comes back as %j: the same %s', (sent, came, same) => {
    expect(joinInput([table('i', ['a'], [['7'], [sent]])], table('o', ['a'], [['7'], [came]]))).toMatchObject({ table: { columns: { length: same ? 1 : 2 } } });
  });

  it('keep the cells of rows that are longer than the head', () => {
    const joined = joinInput([table('i', ['a'], [['1', 'x'], ['2']])], table('o', ['a', 'b'], [['1', '5'], ['2', '6', 'y']]));
    expect(joined).toMatchObject({ table: {
      columns: [{ name: 'a', group: 'Sent' }, { name: '', group: 'Sent' }, { name: 'b', group: 'Came back' }, { name: '', group: 'Came back' }],
      rows: [['1', 'x', '5', undefined], ['2', undefined, '6', 'y']],
    } });
  });

  it('are joined with the first input that has as many rows', () => {
    const inputs = [table('i1', ['a'], rows(3)), table('i2', ['b'], rows(2)), table('i3', ['c'], rows(2))];
    expect(joinInput(inputs, table('o', ['x'], rows(2)))).toMatchObject({ table: { columns: [{ name: 'b' }, { name: 'x' }] } });
  });

  it('are no two tables when no rows were sent', () => {
    expect(joinInput([], table('o', ['x'], rows(2)))).toBeUndefined();
    expect(joinInput([table('i', ['a'], [])], table('o', ['x'], []))).toBeUndefined();
  });

  it.each<[readonly Table[], Table, string]>([
    [[table('i', ['a'], rows(5))], table('o', ['x'], rows(3)), '5 rows were sent and 3 came back, so they cannot be put side by side.'],
    [[table('i', ['a'], rows(1))], table('o', ['x'], []), '1 row was sent and none came back, so they cannot be put side by side.'],
    [[table('i', ['a'], rows(1)), table('j', ['a'], rows(2))], table('o', ['x'], rows(1200)), '1 row was sent as "i", 2 rows were sent as "j" and 1,200 came back, so they cannot be put side by side.'],
    [[table('i', ['a'], rows(5))], table('o', ['x'], rows(3), { totalRows: 5 }), 'Only the first 3 of the 5 rows that came back are at hand, so they cannot be put side by side.'],
    [[table('i', ['a'], rows(3), { totalRows: 5 })], table('o', ['x'], rows(5)), 'Only the first 3 of the 5 rows that were sent are at hand, so they cannot be put side by side.'],
  ])('cannot be put side by side: %#', (inputs, output, reason) => {
    expect(joinInput(inputs, output)).toEqual({ reason });
  });

  it('lose no cell, whatever they are', () => {
    const name = fc.constantFrom('a', 'b', '');
    const cell = fc.constantFrom<Cell>('1', '1.0', 'x', null, undefined);
    const some = (count: number): fc.Arbitrary<Table> => fc.array(name, { minLength: 1, maxLength: 4 }).chain((names) => fc.array(fc.array(cell, { maxLength: names.length }), { minLength: count, maxLength: count }).map((all) => table('t', names, all)));
    fc.assert(fc.property(fc.integer({ min: 1, max: 3 }).chain((count) => fc.tuple(some(count), some(count))), ([input, output]) => {
      const joined = joinInput([input], output);
      if (!joined || !('table' in joined)) throw new Error('Not joined.');
      const { columns } = joined.table;
      const sent = columns.flatMap(({ group }, index) => (group === 'Sent' ? [index] : []));
      const came = columns.flatMap(({ group }, index) => (group === 'Came back' ? [index] : []));
      expect(sent.map((index) => columns[index]?.name)).toEqual(input.columns.map((each) => each.name));
      const pick = (row: readonly Cell[], places: readonly number[]): Cell[] => places.map((place) => row[place]);
      expect(joined.table.rows.map((row) => pick(row, sent))).toEqual(input.rows.map((row) => pick(row, [...input.columns.keys()])));
      // What is left out is there as it was sent.
      for (const [index, { name: called }] of output.columns.entries()) {
        const column = output.rows.map((row) => row[index]);
        const there = came.some((place) => columns[place]?.name === called && joined.table.rows.every((row, at) => row[place] === column[at]));
        const repeated = sent.some((place) => columns[place]?.name === called && joined.table.rows.every((row, at) => row[place] === column[at]));
        expect(there || repeated).toBe(true);
      }
      expect(came.length + (joined.note ? Number(joined.note.split(' ')[0]) : 0)).toBe(output.columns.length);
    }));
  });
});
