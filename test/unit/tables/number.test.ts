// What is a number in a table.

import { describe, expect, it } from 'vitest';
import { isNumericType, kindOf, readNumber } from '../../../src/tables/number';

describe('numbers', () => {
  it.each([
    ['1', 1], ['-2.50', -2.5], ['+3', 3], ['.5', 0.5], ['5.', 5], ['1e3', 1000], ['1.5E-2', 0.015], [' 7\t', 7], ['007', 7], ['-0', -0], ['12345678901234567890', 12345678901234567000],
  ])('%j', (text, value) => expect(readNumber(text)).toBe(value));

  it.each(['', ' ', 'NaN', 'Infinity', '-Infinity', '0x10', '1e999', '1,5', '1 2', '1_000', '.', 'e3', '1e', '--1', '1n', '١'])('%j is none', (text) => expect(readNumber(text)).toBeUndefined());

  it('take no longer for hostile text than its length asks for', () => {
    const long = 200_000;
    for (const text of [`${'1'.repeat(long)}x`, `${' '.repeat(long)}x`, `1${' '.repeat(long)}x`, `1e${'1'.repeat(long)}x`]) expect(readNumber(text)).toBeUndefined();
  });

  it.each([['Int32', true], ['double', true], ['UInt64', true], [' Single ', true], ['Byte', true], ['String', false], ['Boolean', false], ['DateTime', false], ['', false]])('the type %j', (type, numeric) => {
    expect(isNumericType(type)).toBe(numeric);
  });

  it('make a column one of numbers, when there are some and nothing else', () => {
    const rows = [['1', '1', '', null, '1'], ['', 'x', '', undefined, '2'], [null, '1', '']];
    expect([0, 1, 2, 3, 4].map((column) => kindOf({ name: '' }, column, rows))).toEqual(['number', 'text', 'text', 'text', 'number']);
    expect([kindOf({ name: '', type: 'String' }, 0, rows), kindOf({ name: '', type: 'Int32' }, 1, rows), kindOf({ name: '', type: ' ' }, 0, rows)]).toEqual(['text', 'number', 'number']);
  });
});
