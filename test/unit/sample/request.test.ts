// Reading the body of a scoring call, with every way it can be wrong.

import { describe, expect, it } from 'vitest';
import { sampleDefinition } from '../../../src/sample/definition';
import { Problem } from '../../../src/sample/problem';
import type { Form } from '../../../src/sample/query';
import { readTexts } from '../../../src/sample/request';

function read(body: unknown, form: Form = 'table'): (string | null)[] {
  return readTexts(Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)), form, sampleDefinition);
}

function problemOf(body: unknown, form: Form = 'table'): Problem {
  try {
    read(body, form);
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error('The body was accepted.');
}

function table(names: unknown, values: unknown): unknown {
  return { Inputs: { input1: { ColumnNames: names, Values: values } } };
}

function rows(value: unknown): unknown {
  return { Inputs: { input1: value } };
}

describe('the table form', () => {
  it('reads strings and null as they are, numbers and booleans as text', () => {
    expect(read(table(['Col2'], [['a b'], [null], [7], [true], ['']]))).toEqual(['a b', null, '7', 'true', '']);
  });

  it('reads no rows', () => {
    expect(read(table(['Col2'], []))).toEqual([]);
  });

  it('reads a body with a byte order mark, empty parameters, and members it does not know', () => {
    expect(read(`\uFEFF${JSON.stringify({ ...Object(table(['Col2'], [['ä']])), GlobalParameters: {}, GolbalParameters: { a: 1 } })}`)).toEqual(['ä']);
    expect(read({ ...Object(table(['Col2'], [['x']])), GlobalParameters: null })).toEqual(['x']);
  });

  it.each([
    ['an object is missing', rows('text'), 'InputParseError', 'must be an object with ColumnNames and Values, not a string'],
    ['row objects came', rows([{ Col2: 'a' }]), 'InputParseError', 'format=swagger'],
    ['names are missing', rows({ Values: [] }), 'InputParseError', "'ColumnNames' of the input 'input1' must be an array, not nothing"],
    ['values are missing', rows({ ColumnNames: ['Col2'] }), 'InputParseError', "'Values' of the input 'input1' must be an array, not nothing"],
    ['a name is a number', table([2], []), 'InputParseError', "Name 1 in 'ColumnNames' must be a string, not a number"],
    ['a column is unknown', table(['Col2', 'Col3'], []), 'InputMismatchError', "no column named 'Col3'. Its column is 'Col2'"],
    ['a name has another case', table(['col2'], []), 'InputMismatchError', "'col2'"],
    ['the column is missing', table([], []), 'InputMismatchError', "The column 'Col2' of the input 'input1' is missing"],
    ['the column is twice there', table(['Col2', 'Col2'], []), 'InputMismatchError', 'named 2 times'],
    ['a row is too long', table(['Col2'], [['a'], ['b', 'c']]), 'InputParseError', "Row 2 of the input 'input1' has 2 cells"],
    ['a row is too short', table(['Col2'], [[]]), 'InputParseError', "Row 1 of the input 'input1' has 0 cells"],
    ['a row is no array', table(['Col2'], [['a'], 'b']), 'InputParseError', "Row 2 of the input 'input1' must be an array, not a string"],
    ['a cell is an object', table(['Col2'], [['a'], ['b'], [{}]]), 'InputParseError', "Row 3, column 'Col2' of the input 'input1' must be of type String, not an object"],
    ['a cell is an array', table(['Col2'], [[[]]]), 'InputParseError', 'not an array'],
  ])('says so when %s', (_, body, detailCode, message) => {
    const problem = problemOf(body);
    expect(problem).toMatchObject({ status: 400, code: 'BadUserArgument', detailCode });
    expect(problem.message).toContain(message);
  });
});

describe('the row-object form', () => {
  it('reads the column of every row', () => {
    expect(read(rows([{ Col2: 'a b' }, { Col2: null }, { Col2: 7 }]), 'rows')).toEqual(['a b', null, '7']);
  });

  it('takes a column that a row leaves out for a missing value', () => {
    expect(read(rows([{ Col2: 'a b' }, {}]), 'rows')).toEqual(['a b', null]);
  });

  it.each([
    ['a table came', table(['Col2'], []), 'InputParseError', 'without format=swagger'],
    ['a text came', rows('x'), 'InputParseError', 'must be an array of row objects, not a string'],
    ['a row is null', rows([{ Col2: 'a' }, null]), 'InputParseError', "Row 2 of the input 'input1' must be an object, not null"],
    ['a column is unknown', rows([{ Col2: 'a' }, { Col2: 'b', Col9: 'c' }]), 'InputMismatchError', "Row 2: The input 'input1' has no column named 'Col9'"],
    ['a cell is an array', rows([{ Col2: ['a'] }]), 'InputParseError', "Row 1, column 'Col2' of the input 'input1' must be of type String, not an array"],
    ['a column is called __proto__', '{"Inputs":{"input1":[{"__proto__":"a"}]}}', 'InputMismatchError', "'__proto__'"],
  ])('says so when %s', (_, body, detailCode, message) => {
    const problem = problemOf(body, 'rows');
    expect(problem).toMatchObject({ status: 400, code: 'BadUserArgument', detailCode });
    expect(problem.message).toContain(message);
  });
});

describe('what is around the input', () => {
  it.each([
    ['nothing', '', 'RequestIsEmpty', 'no body'],
    ['blanks', ' \r\n', 'RequestIsEmpty', 'no body'],
    ['no JSON', '{"Inputs":', 'RequestBodyInvalid', 'not JSON'],
    ['an array', '[]', 'RequestBodyInvalid', 'must be a JSON object, not an array'],
    ['no inputs', {}, 'MissingRequestInput', "no 'Inputs'"],
    ['null inputs', { Inputs: null }, 'MissingRequestInput', "no 'Inputs'"],
    ['inputs in an array', { Inputs: [] }, 'RequestBodyInvalid', "'Inputs' must be an object"],
    ['empty inputs', { Inputs: {} }, 'MissingRequestInput', "The input 'input1' is missing"],
    ['a null input', { Inputs: { input1: null } }, 'MissingRequestInput', "The input 'input1' is missing"],
    ['another input', { Inputs: { Input1: {} } }, 'InvalidInputNames', "no input named 'Input1'. Its input is 'input1'"],
    ['a further input', { Inputs: { input1: {}, input2: {} } }, 'InvalidInputNames', "'input2'"],
    ['a parameter', { Inputs: { input1: {} }, GlobalParameters: { Seed: '1' } }, 'UnexpectedParameter', "'Seed'"],
    ['parameters in an array', { Inputs: { input1: {} }, GlobalParameters: [] }, 'RequestBodyInvalid', "'GlobalParameters' must be an object"],
  ])('refuses %s', (_, body, detailCode, message) => {
    const problem = problemOf(body);
    expect(problem).toMatchObject({ status: 400, code: 'BadArgument', detailCode });
    expect(problem.message).toContain(message);
  });

  it('refuses bytes that are not UTF-8', () => {
    expect(() => readTexts(Buffer.from([0x22, 0xe4, 0x22]), 'table', sampleDefinition)).toThrow('not JSON in UTF-8');
  });
});
