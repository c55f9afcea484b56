// What a person does to the form, and what is wrong with what was typed.

import { describe, expect, it } from 'vitest';
import { formProblems } from '../../../../../src/features/tryIt/form/formChecks';
import { valuesOf } from '../../../../../src/features/tryIt/form/formContent';
import { isFull, withCell, withColumn, withoutColumn, withoutRow, withRow } from '../../../../../src/features/tryIt/form/formEdits';
import {
  mostFormRows, type FieldKind, type FormCell, type FormContent, type FormField,
} from '../../../../../src/features/tryIt/form/formShape';

const field = (name: string, kind: FieldKind, parts: Partial<FormField> = {}): FormField => ({
  name, kind, help: '', nullable: true, optional: true, choices: [], ...parts,
});
const value = (text: string): FormCell => ({ state: 'value', text });

function form(fields: readonly FormField[], rows: readonly (readonly FormCell[])[], open = true): FormContent {
  return { shape: 'rows', inputs: [{ name: 'input1', fields, rows, open }] };
}

const written = (content: FormContent): unknown => valuesOf(content, new Map())?.inputs[0]?.rows;

describe('changes', () => {
  const start = form([field('a', 'text'), field('b', 'number')], [[value('x'), value('1.10')]]);

  it('put something else into one field', () => {
    expect(written(withCell(start, { input: 0, row: 0, column: 1 }, value(' 2.50 ')))).toEqual([['"x"', '2.50']]);
    expect(written(withCell(start, { input: 0, row: 0, column: 0 }, { state: 'null' }))).toEqual([['null', '1.10']]);
    expect(written(withCell(start, { input: 0, row: 0, column: 0 }, { state: 'absent' }))).toEqual([[undefined, '1.10']]);
    expect(written(withCell(start, { input: 0, row: 0, column: 0 }, value('')))).toEqual([['""', '1.10']]);
  });

  it.each([{ input: 1, row: 0, column: 0 }, { input: 0, row: 1, column: 0 }, { input: 0, row: 0, column: 2 }, { input: -1, row: 0, column: 0 }])(
    'nothing where there is no field: %j', (place) => {
      expect(withCell(start, place, value('y'))).toEqual(start);
    });

  it('no field of a row has a kept secret in it', () => {
    expect(withCell(start, { input: 0, row: 0, column: 0 }, { state: 'kept' })).toEqual(start);
  });

  it('put something else into a parameter', () => {
    const content: FormContent = { ...start, parameters: { fields: [field('p', 'text')], cells: [{ state: 'kept' }] } };
    const more = withCell(content, { input: -1, row: 0, column: 0 }, value('v'));
    expect(valuesOf(more, new Map([['p', '"hush"']]))?.parameters).toEqual([{ name: 'p', json: '"v"' }]);
  });

  it('add no row where all fields together would be too many', () => {
    const wide = form(Array.from({ length: 300 }, (_, at) => field(`c${at}`, 'text')), [[]]);
    let content = wide;
    for (let count = 0; count < 50; count++) content = withRow(content, 0);
    expect([content.inputs[0]?.rows.length, isFull(content, 0), isFull(wide, 0)]).toEqual([3, true, false]);
  });

  it('add a row like the last one, up to fifty, and take one away but for the last', () => {
    let content = withRow(start, 0);
    expect(written(content)).toEqual([['"x"', '1.10'], ['"x"', '1.10']]);
    for (let count = 0; count < 100; count++) content = withRow(content, 0);
    expect(content.inputs[0]?.rows).toHaveLength(mostFormRows);
    expect(written(withoutRow(withCell(withRow(start, 0), { input: 0, row: 1, column: 0 }, value('y')), 0, 0))).toEqual([['"y"', '1.10']]);
    expect(withoutRow(start, 0, 0)).toEqual(start);
    expect(written(withRow(form([field('a', 'text'), field('b', 'boolean')], []), 0))).toEqual([['""', 'false']]);
  });

  it('add a column with a value in each row, once, and take it away', () => {
    const more = withColumn(withRow(start, 0), 0, { name: '__proto__', kind: 'boolean' });
    expect(written(more)).toEqual([['"x"', '1.10', 'false'], ['"x"', '1.10', 'false']]);
    expect(withColumn(more, 0, { name: 'a', kind: 'text' })).toEqual(more);
    expect(written(withoutColumn(more, 0, 0))).toEqual([['1.10', 'false'], ['1.10', 'false']]);
    expect(written(withColumn(form([], []), 0, { name: 'a', kind: 'json' }))).toEqual([['null']]);
  });

  it('leave columns alone that a description has', () => {
    const fixed = form([field('a', 'text')], [[value('x')]], false);
    expect(withColumn(fixed, 0, { name: 'b', kind: 'text' })).toEqual(fixed);
    expect(withoutColumn(fixed, 0, 0)).toEqual(fixed);
  });
});

describe('faults', () => {
  const faultOf = (given: FormField, text: string): string | undefined => formProblems(form([given], [[value(text)]]))[0]?.brief;

  it.each<[FormField, string, string | undefined]>([
    [field('a', 'text'), '', undefined],
    [field('a', 'number'), '1.10', undefined],
    [field('a', 'number'), '1e400', undefined],
    [field('a', 'number'), '', 'A number is missing.'],
    [field('a', 'number'), '1,5', 'It has to be a number with a point, such as 1.5.'],
    [field('a', 'number'), 'NaN', 'It has to be a number such as 12, -1.5 or 2e-3.'],
    [field('a', 'number'), '1 2', 'It has to be a number such as 12, -1.5 or 2e-3.'],
    [field('a', 'number'), '"1"', 'It has to be a number such as 12, -1.5 or 2e-3.'],
    [field('a', 'integer'), '12345678901234567890', undefined],
    [field('a', 'integer'), '3.0', undefined],
    [field('a', 'integer'), '1e3', undefined],
    [field('a', 'integer'), '3.5', 'It has to be a whole number.'],
    [field('a', 'integer'), '1e-3', 'It has to be a whole number.'],
    [field('a', 'number', { least: { value: '1.50', exclusive: false } }), '1.4', 'It has to be at least 1.50.'],
    [field('a', 'number', { least: { value: '1.5', exclusive: false } }), '1.5', undefined],
    [field('a', 'number', { least: { value: '1.5', exclusive: true } }), '1.5', 'It has to be more than 1.5.'],
    [field('a', 'number', { greatest: { value: '9', exclusive: false } }), '9.1', 'It has to be at most 9.'],
    [field('a', 'number', { greatest: { value: '9', exclusive: true } }), '9', 'It has to be less than 9.'],
    [field('a', 'boolean'), 'true', undefined],
    [field('a', 'boolean'), 'yes', 'It has to be true or false.'],
    [field('a', 'date'), '2016-02-29', undefined],
    [field('a', 'date'), '2015-02-29', 'It has to be a day such as 2016-07-31.'],
    [field('a', 'date'), '31.7.2016', 'It has to be a day such as 2016-07-31.'],
    [field('a', 'dateTime'), '2016-07-31T14:30:00Z', undefined],
    [field('a', 'dateTime'), '2016-07-31 14:30', undefined],
    [field('a', 'dateTime'), '2016-07-31T14:30:00.25+02:00', undefined],
    [field('a', 'dateTime'), '2016-07-31T25:30:00Z', 'It has to be a day and a time such as 2016-07-31T14:30:00Z.'],
    [field('a', 'choice', { choices: ['"x"'] }), '"x"', undefined],
    [field('a', 'choice', { choices: ['"x"'] }), '"y"', 'It is none of the values that are allowed.'],
    [field('a', 'json'), '"x"', undefined],
    [field('a', 'json'), 'null', undefined],
    [field('a', 'json'), 'x', 'It has to be a JSON value: a text in double quotes, a number, true, false or null.'],
    [field('a', 'json'), '[1]', 'It has to be a JSON value: a text in double quotes, a number, true, false or null.'],
  ])('of %j with %j', (given, text, brief) => {
    expect(faultOf(given, text)).toBe(brief);
  });

  it('are none where there is no value', () => {
    expect(formProblems(form([field('a', 'number'), field('b', 'date')], [[{ state: 'null' }, { state: 'absent' }]]))).toEqual([]);
  });

  it('name row, input and column, shortly', () => {
    const wrong = value('?');
    const long = 'x'.repeat(10_000);
    const [one, two, three] = [
      formProblems(form([field('a', 'number')], [[wrong]])),
      formProblems(form([field(long, 'number')], [[value('1')], [wrong]])),
      formProblems({ ...form([], []), parameters: { fields: [field('p', 'number')], cells: [wrong] } }),
    ];
    expect(one[0]?.sentence).toBe('a: It has to be a number such as 12, -1.5 or 2e-3.');
    expect(two[0]?.sentence).toBe(`Row 2 of input1, ${'x'.repeat(60)}…: It has to be a number such as 12, -1.5 or 2e-3.`);
    expect(two[0]).toMatchObject({ input: 0, row: 1, column: 0 });
    expect(three[0]).toMatchObject({
      input: -1, row: 0, column: 0, sentence: 'Global parameter p: It has to be a number such as 12, -1.5 or 2e-3.',
    });
  });

  it('are the first hundred', () => {
    const fields = Array.from({ length: 200 }, (_, at) => field(`c${at}`, 'number'));
    expect(formProblems(form(fields, [fields.map(() => value(''))]))).toHaveLength(100);
  });

  it('keep a request from being written', () => {
    expect(valuesOf(form([field('a', 'number')], [[value('x')]]), new Map())).toBeUndefined();
  });
});
