// Which numbers count as the same within a tolerance, and which texts are a tolerance at all.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isSame, readTolerance, type Tolerance } from '../../../../src/features/history/compareTolerance';
import { compareTables } from '../../../../src/features/history/compareTables';
import { changesOf } from '../../../../src/features/history/compareChanges';
import type { Cell, Column, Table } from '../../../../src/model/table';

function tolerance(text: string): Tolerance {
  const read = readTolerance(text)?.tolerance;
  if (!read) throw new Error(`"${text}" is no tolerance.`);
  return read;
}

describe('a tolerance', () => {
  it.each([['0.001', '0.001'], [' 1e-6 ', '1e-6'], ['1%', '1%'], ['0.5 %', '0.5%'], ['+2', '+2'], ['.5', '.5']])('%j is shown as %j', (text, shown) => {
    expect(readTolerance(text)).toMatchObject({ text: shown, tolerance: { text: shown } });
  });

  it.each(['', '  ', '0', '0.000', '0%', '0e5'])('%j is none', (text) => {
    expect(readTolerance(text)).toEqual({ text: '0', tolerance: undefined });
  });

  it.each(['-1', '-0', '-0.001', 'abc', '1,5', '%', '1%%', 'NaN', 'Infinity', '1e400', '0x10', '1 2', `${'0'.repeat(39)}.1`, `1${'0'.repeat(60)}`, '٣'])('%j cannot be read', (text) => {
    expect(readTolerance(text)).toBeUndefined();
  });
});

describe('cells within a tolerance', () => {
  it.each<[Cell, Cell, string, boolean]>([
    ['0.1', '0.3', '0.2', true], ['0.1', '0.3000000000000001', '0.2', false], ['0.3', '0.1', '0.2', true], ['1.0', '1', '0.001', true], ['-0', '0', '1e-9', true], ['-0', '+0.0', '1%', true],
    ['-1', '1', '2', true], ['-1', '1', '1.999', false], ['123456789012345678901', '123456789012345678902', '1', true], ['123456789012345678901', '123456789012345678902', '0.5', false],
    ['1e300', '1.5e300', '1', false], ['1e308', '-1e308', '1e30', false], ['1e308', '1e308', '1', true], ['1e-300', '2e-300', '1e-9', true], ['1e300', '1.005e300', '1%', true], ['1e300', '1.05e300', '1%', false],
    ['100', '101', '1%', true], ['100', '101.1', '1%', false], ['0', '0.0001', '1%', false], ['-100', '-99', '1%', true],
    ['NaN', 'NaN', '1', true], ['NaN', 'nan', '1', false], ['NaN', '0', '1', false], ['Infinity', 'Infinity', '1', true], ['Infinity', '-Infinity', '1', false], ['Infinity', '1e308', '1', false], ['1e400', '1e401', '1', false],
    ['', '', '1', true], ['', '0', '1', false], [null, '0', '1', false], [undefined, '0', '1', false], [null, undefined, '1', false], [null, '', '1', false],
    ['0x10', '16', '1', false], ['1,5', '1.5', '1', false], ['10 km', '10.1 km', '1', false], ['true', 'false', '1', false], ['[1]', '[1.0]', '1', false], ['2020-01-01', '2020-01-02', '1', false], [' 1 ', '1', '0.5', true],
  ])('%j and %j within %s: %s', (one, other, text, same) => {
    expect(isSame(one, other, tolerance(text))).toBe(same);
    expect(isSame(other, one, tolerance(text))).toBe(same);
  });

  it('without one, are the same only as they are written', () => {
    expect([isSame('1.0', '1', undefined), isSame('-0', '0', undefined), isSame('1', '1', undefined)]).toEqual([false, false, true]);
  });

  it('are as near as their exact difference says', () => {
    const steps = fc.integer({ min: -9_999_999, max: 9_999_999 });
    const text = (value: number): string => `${value < 0 ? '-' : ''}${Math.floor(Math.abs(value) / 1000)}.${String(Math.abs(value) % 1000).padStart(3, '0')}`;
    fc.assert(fc.property(steps, steps, fc.integer({ min: 1, max: 9_999_999 }), (one, other, limit) => {
      expect(isSame(text(one), text(other), tolerance(text(limit)))).toBe(Math.abs(one - other) <= limit);
    }));
  });
});

describe('two tables within a tolerance', () => {
  const table = (columns: readonly (string | Column)[], rows: readonly (readonly Cell[])[]): Table =>
    ({ name: 'o', columns: columns.map((column) => (typeof column === 'string' ? { name: column } : column)), rows, totalRows: rows.length, notes: [] });
  const options = (text: string, allRows = false) => ({ allRows, maxCells: 1000, pause: () => Promise.resolve(), tolerance: tolerance(text) });

  it('count, show and mark only what is farther apart, and say so', async () => {
    const one = table(['a', 'b'], [['0.10', '5'], ['0.2', '5'], ['x', '5']]);
    const found = await compareTables(one, table(['a', 'b'], [['0.11', '5.001'], ['0.9', '5'], ['y', '5']]), options('0.01'));
    expect(found.facts).toEqual(['2 rows of 3 are different.', 'Numbers that differ by no more than 0.01 count as the same.']);
    expect(found.difference).toBe('2 of 3 rows differ beyond 0.01');
    expect(found.columns).toEqual([{ name: 'a', rows: '2', most: '0.7', mean: '0.7' }]);
    expect(found.table.rows).toEqual([['2', '5', '0.2', '0.9', '0.7'], ['3', '5', 'x', 'y', undefined]]);
    const all = await compareTables(one, table(['a', 'b'], [['0.11', '5.001'], ['0.9', '5'], ['y', '5']]), options('0.01', true));
    expect(all.table.rows[0]?.slice(0, 5)).toEqual(['1', 'same', '5.001', '0.10', '0.11']);
    expect(all.table.rows.map((row, place) => changesOf(all.cells, place, row, 0, 9))).toEqual([undefined, ...[1, 2].map(() => ({ 3: 'changed before', 4: 'changed after' }))]);
  });

  it('are the same when nothing is farther apart', async () => {
    expect(await compareTables(table(['a'], [['1']]), table(['a'], [['1.5']]), options('0.5'))).toMatchObject({ same: true, table: { rows: [] } });
    expect(await compareTables(table(['a'], [['1']]), table(['a'], [['1.5']]), options('0.4'))).toMatchObject({ same: false });
  });

  it('compare as text what the service calls text, also where it looks like a number', async () => {
    const named = (type: string): Column => ({ name: 'id', type });
    expect(await compareTables(table([named('String')], [['1001']]), table([named('String')], [['1002']]), options('5'))).toMatchObject({ same: false });
    expect(await compareTables(table([named('Int32')], [['1001']]), table([named('Int32')], [['1002']]), options('5'))).toMatchObject({ same: true });
    expect(await compareTables(table([named('Int32')], [['1001']]), table(['id'], [['1002']]), options('5'))).toMatchObject({ same: true });
  });
});
