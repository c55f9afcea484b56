// Requests as values: the same JSON value comes back, in the digits that it had, or a sentence says why it is no form.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { requestValues } from '../../../../src/protocols/studio/requestValues';
import type { RequestValues } from '../../../../src/protocols/values';

const most = { rows: 50, cells: 1_000, characters: 1_000_000 };

function read(text: string, limits = most): RequestValues {
  const outcome = requestValues.read(text, limits);
  if (!outcome.ok) throw new Error(outcome.sentence);
  return outcome.values;
}

function why(text: string, limits = most): string {
  const outcome = requestValues.read(text, limits);
  return outcome.ok ? 'was read' : outcome.sentence;
}

/** Any value of JSON with its numbers as texts, so that digits count. */
function exact(json: string): unknown {
  return JSON.parse(json.replace(/("(?:[^"\\]|\\.)*")|-?\d[\d.eE+-]*/g, (whole, text: unknown) => (text === undefined ? `"number ${whole}"` : whole)));
}

const digits = ['0', '-0', '1.10', '1e400', '12345678901234567890', '0.1E-7', '-5'];
const scalar = fc.oneof(
  fc.string({ unit: 'binary' }).map((text) => JSON.stringify(text)),
  fc.constantFrom(...digits, 'null', 'true', 'false', '"\\ud800"', '"\\u0041"'),
);
const name = fc.oneof(fc.string(), fc.constantFrom('__proto__', '2', '1', 'constructor', 'A "b"', '\ud800', '<b>'));
const object = (members: readonly (readonly [string, string])[]): string =>
  `{${members.map(([key, json]) => `${JSON.stringify(key)}: ${json}`).join(' , ')}}`;
const unique = <T>(value: fc.Arbitrary<T>, maxLength = 5): fc.Arbitrary<[string, T][]> =>
  fc.uniqueArray(fc.tuple(name, value), { selector: ([key]) => key, maxLength });
const objects = fc.array(unique(scalar).map(object), { maxLength: 4 }).map((rows) => `[${rows.join(',\n')}]`);
const table = fc.tuple(fc.array(name, { maxLength: 5 }), fc.nat(4), fc.boolean()).chain(([columns, rows, turned]) =>
  fc.array(fc.array(scalar, { minLength: columns.length, maxLength: columns.length }), { minLength: rows, maxLength: rows })
    .map((cells): string => {
      const members: [string, string][] = [
        ['ColumnNames', JSON.stringify(columns)], ['Values', `[${cells.map((row) => `[ ${row.join(', ')} ]`).join(',')}]`],
      ];
      return object(turned ? members.reverse() : members);
    }));
const request = fc.oneof(unique(objects, 3), unique(table, 3)).chain((inputs) => fc.option(unique(scalar), { nil: undefined }).map((parameters) =>
  object([['Inputs', object(inputs)], ...(parameters === undefined ? [] : [['GlobalParameters', object(parameters)] as const])])));

describe('a request as values', () => {
  it('is the same JSON value when it is written again', () => {
    fc.assert(fc.property(request, (json) => {
      expect(exact(requestValues.write(read(json)))).toEqual(exact(json));
    }));
  });

  it('is the same values when it is read once more', () => {
    fc.assert(fc.property(request, (json) => {
      const values = read(json);
      expect(read(requestValues.write(values))).toEqual(values);
    }));
  });

  it('tells null, an empty text and a member that is left out apart', () => {
    const values = read('{"Inputs":{"input1":[{"a":null,"b":""},{"b":"x","c":1.10}]}}');
    expect(values.inputs).toEqual([{
      name: 'input1', columns: ['a', 'b', 'c'], rows: [['null', '""', undefined], [undefined, '"x"', '1.10']],
    }]);
    expect(values.parameters).toBeUndefined();
    expect(requestValues.write(values)).toBe('{"Inputs":{"input1":[{"a":null,"b":""},{"b":"x","c":1.10}]}}');
  });

  it('keeps the columns in their order, and those of one name in a table', () => {
    expect(read('{"Inputs":{"a":{"Values":[[1,"2"]],"ColumnNames":["z","z"]}},"GlobalParameters":{"2":1,"1":"x"}}')).toEqual({
      form: 'table', inputs: [{ name: 'a', columns: ['z', 'z'], rows: [['1', '"2"']] }],
      parameters: [{ name: '2', json: '1' }, { name: '1', json: '"x"' }],
    });
  });

  it('says whether there were comments', () => {
    const comments = (text: string): boolean | undefined => {
      const outcome = requestValues.read(text, most);
      return outcome.ok ? outcome.comments : undefined;
    };
    expect(comments('{"Inputs": {"a": []}}')).toBe(false);
    expect(comments('{"Inputs": {"a": [],},}')).toBe(false);
    expect(comments('{"Inputs": {"a": [] /* none */}}')).toBe(true);
    expect(comments('// first\n{"Inputs": {"a": [{"b": "// no comment"}]}}')).toBe(true);
  });
});

describe('a request that is no form', () => {
  it.each([
    ['{"Inputs":{"a":[{"b":1},{"b":[1]}]}}', 'Row 2 of "a" has a list or an object in the column "b", which a form does not hold.'],
    [
      '{"Inputs":{"a":{"Values":[["x",{}]],"ColumnNames":["b","c"]}}}',
      'Row 1 of "a" has a list or an object in the column "c", which a form does not hold.',
    ],
    ['{"Inputs":{"a":[]},"GlobalParameters":{"p":{}}}', 'The global parameter "p" is a list or an object, which a form does not hold.'],
    ['{"Inputs":{"a":[]},"GlobalParameters":null}', '"GlobalParameters" is no object.'],
    ['{"Inputs":{"a":[]},"More":1}', 'The request has the member "More", which a form does not hold.'],
    ['{"Inputs":{"a":{"ColumnNames":[],"Values":[],"Types":[]}}}', 'The input "a" has the member "Types", which a form does not hold.'],
    ['{"Inputs":{"a":[],"a":[]}}', 'The request has the input "a" twice.'],
    ['{"Inputs":{"a":[]},"Inputs":{"a":[]}}', 'The request has "Inputs" twice.'],
    ['{"Inputs":{"a":[{"b":1,"b":2}]}}', 'Row 1 of "a" has the column "b" twice.'],
    ['{"Inputs":{"a":{"ColumnNames":[],"Values":[],"Values":[]}}}', 'The input "a" has "Values" twice.'],
    ['{"Inputs":{"a":[]},"GlobalParameters":{"p":1,"p":2}}', 'The request has the global parameter "p" twice.'],
    ['{"Inputs":{"a":[1]}}', 'Row 1 of "a" is a number; each row has to be an object with a member for each column.'],
    [
      '{"Inputs":{"a":{"ColumnNames":["x"],"Values":[[1,2]]}}}',
      'Row 1 of "a" has 2 values, but there is 1 column name.',
    ],
    ['{"Inputs"', 'The request is not JSON: a colon is expected here.'],
  ])('%s is refused', (text, sentence) => {
    expect(why(text)).toBe(sentence);
  });

  it('has more rows, values or characters than there is room for', () => {
    const rows = (count: number): string => `{"Inputs":{"a":[${'{"b":1,"c":2},'.repeat(count).slice(0, -1)}]}}`;
    const columns = `{"Inputs":{"a":{"ColumnNames":["x"],"Values":[[1],[1],[1],[1]]}}}`;
    expect(why(rows(50))).toBe('was read');
    expect(why(rows(51))).toBe('The input "a" has more than 50 rows: a file holds them better.');
    expect(why(columns, { ...most, rows: 3 })).toBe('The input "a" has more than 3 rows: a file holds them better.');
    expect(why(rows(50), { ...most, cells: 100 })).toBe('was read');
    expect(why(rows(50), { ...most, cells: 99 })).toBe('The request has more than 99 values: a file holds them better.');
    expect(why('{"Inputs":{"a":{"ColumnNames":["x","y"],"Values":[]}}}', { ...most, cells: 1 })).toContain('more than 1 values');
    expect(why(rows(1), { ...most, characters: 20 })).toBe('The request is longer than 20 characters.');
  });
});
