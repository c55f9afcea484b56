// The form of a request: which fields it has, and that what it was filled with comes out of it to the digit.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contentOf, describedValues, emptyValues, valuesOf } from '../../../../../src/features/tryIt/form/formContent';
import type { FormContent, FormField } from '../../../../../src/features/tryIt/form/formShape';
import type { DescribedColumn, ServiceDescription } from '../../../../../src/protocols/description';
import type { RequestValues } from '../../../../../src/protocols/values';

const column = (name: string, parts: Partial<DescribedColumn> = {}): DescribedColumn => ({
  name, nullable: false, required: false, choices: [], moreChoices: 0, ...parts,
});

function describing(columns: readonly DescribedColumn[], parameters: readonly DescribedColumn[] = []): ServiceDescription {
  return {
    operations: [], request: 'inputs', inputs: [{ name: 'input1', columns, rows: [['"oak"', '4.50'], ['"fir"', '2']] }],
    parameters, outputs: [], notUnderstood: [], moreNotUnderstood: 0,
  };
}

const rowsOf = (columns: readonly string[], ...rows: readonly (readonly (string | undefined)[])[]): RequestValues => ({
  form: 'rows', inputs: [{ name: 'input1', columns, rows }],
});

function fieldsFor(values: RequestValues, description?: ServiceDescription): readonly FormField[] {
  return contentOf(values, description).inputs[0]?.fields ?? [];
}

const kindsFor = (...given: Parameters<typeof fieldsFor>): readonly string[] => fieldsFor(...given).map(({ kind }) => kind);

const scalar = fc.oneof(
  fc.string({ unit: 'binary' }).map((text) => JSON.stringify(text)),
  fc.constantFrom('null', 'true', 'false', '1.10', '1e400', '12345678901234567890', '-0', '"\\ud800"'),
);
const described = fc.option(fc.record({
  type: fc.constantFrom('string', 'number', 'integer', 'boolean', undefined, 'object'),
  format: fc.constantFrom('date', 'date-time', undefined),
  nullable: fc.boolean(), required: fc.boolean(), choices: fc.array(scalar, { maxLength: 3 }), moreChoices: fc.nat(1),
}), { nil: undefined });

it('gives back what it was filled with, whatever a description says', () => {
  const names = fc.uniqueArray(fc.string(), { maxLength: 4 });
  const values = fc.tuple(names, fc.constantFrom('rows', 'table'), fc.nat(3)).chain(([columns, form, rows]) => fc.record({
    form: fc.constant(form),
    inputs: fc.array(fc.array(form === 'rows' ? fc.option(scalar, { nil: undefined }) : scalar,
      { minLength: columns.length, maxLength: columns.length }), { minLength: rows, maxLength: rows })
      .map((cells) => [{ name: 'input1', columns, rows: cells }]),
    parameters: fc.array(fc.record({ name: fc.string(), json: scalar }), { maxLength: 2 }),
  }));
  fc.assert(fc.property(values, fc.array(described, { maxLength: 4 }), (given, columns) => {
    const description = describing(
      (given.inputs[0]?.columns ?? []).flatMap((name, at) => {
        const { type, format, ...parts } = columns[at] ?? {};
        return columns[at] ? [column(name, { ...parts, ...(type && { type }), ...(format && { format }) })] : [];
      }),
      given.parameters.map(({ name }) => column(name, { type: 'number' })));
    expect(valuesOf(contentOf(given, description), new Map())).toEqual(given);
  }));
});

describe('the fields', () => {
  it('are those of the description', () => {
    const description = describing([
      column('a', { type: 'string' }), column('b', { type: 'number', least: { value: '0', exclusive: false } }),
      column('c', { type: 'integer' }), column('d', { type: 'boolean' }), column('e', { type: 'string', format: 'date' }),
      column('f', { type: 'string', format: 'date-time' }), column('g', { type: 'string', choices: ['"x"', 'null'] }),
      column('h', { type: 'string', choices: ['"x"'], moreChoices: 3 }), column('i', {}), column('j', { type: 'array' }),
    ]);
    const values = rowsOf([...'abcdefghij'], ['"1"', '2', '3', 'true', '"2020-01-01"', '""', '"x"', '"y"', '"z"', '1']);
    expect(kindsFor(values, description))
      .toEqual(['text', 'number', 'integer', 'boolean', 'date', 'dateTime', 'choice', 'text', 'text', 'json']);
    const [, b, , , , , g] = fieldsFor(values, description);
    expect(b?.least).toEqual({ value: '0', exclusive: false });
    expect([g?.choices, g?.nullable]).toEqual([['"x"'], true]);
  });

  it('take JSON where the values are of another kind than described, or of several', () => {
    const description = describing([column('a', { type: 'string' }), column('b', { type: 'number' })]);
    expect(kindsFor(rowsOf(['a', 'b'], ['"x"', '1'], ['5', '"y"']), description)).toEqual(['json', 'json']);
    expect(kindsFor(rowsOf(['a', 'b', 'c', 'd'], ['"x"', '1', 'true', 'null'], ['5', '2', undefined, undefined])))
      .toEqual(['json', 'number', 'boolean', 'text']);
  });

  it('may be null and be left out where that is known, or nothing is', () => {
    const flags = (field: FormField | undefined): unknown => [field?.nullable, field?.optional];
    const [a, b, c] = fieldsFor(rowsOf(['a', 'b', 'c'], ['"x"', 'null', undefined]), describing([
      column('a', { type: 'string' }), column('b', { type: 'string' }), column('c', { type: 'string', nullable: true }),
    ]));
    expect([a, b, c].map(flags)).toEqual([[false, false], [true, false], [true, true]]);
    const [d, e] = fieldsFor(rowsOf(['d', 'e'], ['"x"', '"y"']), describing([
      column('d', { type: 'string', required: true }), column('e', { type: 'string' }),
    ]));
    expect([d, e].map(flags)).toEqual([[false, false], [false, true]]);
    expect(fieldsFor(rowsOf(['f'], ['"x"'])).map(flags)).toEqual([[true, false]]);
    const table = contentOf({ form: 'table', inputs: [{ name: 'input1', columns: ['d', 'e'], rows: [] }] }, describing([
      column('d', { type: 'string', required: true }), column('e', { type: 'string' }),
    ]));
    expect(table.inputs[0]?.fields.map(flags)).toEqual([[false, false], [false, false]]);
  });

  it('are the person’s own where nobody has described them', () => {
    const open = (content: FormContent): readonly boolean[] => content.inputs.map((input) => input.open);
    expect(open(contentOf(emptyValues('rows'), undefined))).toEqual([true]);
    expect(open(contentOf(rowsOf(['a'], ['1']), describing([column('a')])))).toEqual([false]);
  });

  it('are filled with the example of the description', () => {
    const description = describing([column('Kind', { type: 'string' }), column('Age', { type: 'number' }), column('Note', { type: 'string' })],
      [column('Season', { type: 'string', default: '"spring"' })]);
    expect(describedValues(description, 'table')).toEqual({
      form: 'table', inputs: [{ name: 'input1', columns: ['Kind', 'Age', 'Note'], rows: [['"oak"', '4.50', '""']] }],
      parameters: [{ name: 'Season', json: '"spring"' }],
    });
  });

  it('do not show a secret parameter that is kept, which is put in where the values are taken', () => {
    const content = contentOf({ form: 'rows', inputs: [], parameters: [{ name: 'password', json: '"hush"' }] }, undefined, new Set(['password']));
    expect(JSON.stringify(content)).not.toContain('hush');
    expect(valuesOf(content, new Map([['password', '"hush"']]))?.parameters).toEqual([{ name: 'password', json: '"hush"' }]);
    expect(valuesOf(content, new Map())?.parameters).toEqual([]);
  });
});
