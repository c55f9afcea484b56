// The rows that a request sends: as they were written, in both forms, and nothing from what is no request.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toTableForm } from '../../../src/protocols/studio/request';
import { inputTables } from '../../../src/tables/inputTables';

const request = (inputs: string): string => `{"GlobalParameters":{"Inputs":{"x":[{"a":1}]}},"Inputs":{${inputs}}}`;

describe('the rows of a request', () => {
  it('are read from the table form', () => {
    expect(inputTables(request('"input1":{"Values":[["1",2.50,null],[true,12345678901234567890,[1, {}]],[]],"more":{"Values":[[1]]},"ColumnNames":["a","","a"]},"b":{"ColumnNames":["x"],"Values":[]}'))).toEqual([
      { name: 'input1', columns: [{ name: 'a' }, { name: '' }, { name: 'a' }], rows: [['1', '2.50', null], ['true', '12345678901234567890', '[1, {}]'], []], totalRows: 3, notes: [] },
      { name: 'b', columns: [{ name: 'x' }], rows: [], totalRows: 0, notes: [] },
    ]);
  });

  it('are read from row objects, where names may repeat and columns may be left out', () => {
    // Strictly: a cell that is left out is undefined, not a hole.
    expect(inputTables(request('"input1":[{"b":1e-7,"a":"x"},{"a":null,"c":"ü","a":2},{}]'))).toStrictEqual([
      { name: 'input1', columns: [{ name: 'b' }, { name: 'a' }, { name: 'c' }, { name: 'a' }], rows: [['1e-7', 'x'], [undefined, null, 'ü', '2'], []], totalRows: 3, notes: [] },
    ]);
  });

  it('are the same in both forms', () => {
    const rows = fc.array(fc.record({ a: fc.jsonValue({ maxDepth: 1 }), 'b c': fc.double({ noNaN: true, noDefaultInfinity: true }) }), { minLength: 1, maxLength: 5 });
    fc.assert(fc.property(rows, (objects) => {
      const json = JSON.stringify({ Inputs: { input1: objects } });
      expect(inputTables(toTableForm(json))).toEqual(inputTables(json));
      expect(inputTables(json)[0]?.rows.map(([, b]) => b)).toEqual(objects.map((each) => JSON.stringify(each['b c'])));
    }));
  });

  it('may be more than names, which is told', () => {
    expect(inputTables(request('"input1":{"ColumnNames":["a"],"Values":[[1,2,3]]}'))).toMatchObject([{ columns: [{ name: 'a' }, { name: '' }, { name: '' }], rows: [['1', '2', '3']], notes: ['Rows of "input1" have up to 3 values, but there is 1 column name.'] }]);
    expect(inputTables(request('"input1":{"Values":[[1]]}'))).toMatchObject([{ columns: [{ name: '' }], rows: [['1']] }]);
  });

  it.each([
    '', 'null', '[]', '{', '{"Inputs":[]}', '{"inputs":{"a":[{"x":1}]}}', '{"Input":{"ConnectionString":"x"}}', request('"a":1'), request('"a":{"ConnectionString":"x"}'), request('"a":{"ColumnNames":["x"],"Values":[[1],2]}'), request('"a":[{"x":1},[2],{"x":3}]'), request('"a":{"x":1}'),
    `${request('"a":[{"x":1}]')},`, request('"a":[{"x":1}]').slice(0, -1), request('"a":[{"x":01}]'), `// a comment\n${request('"a":[{"x":1}]')}`,
  ])('are none in %s', (json) => {
    expect(inputTables(json)).toEqual([]);
  });

  it('are read beside inputs that are none, and an empty list of them is an input too', () => {
    expect(inputTables(request('"a":[1],"b":[{"x":1}],"c":[]')).map(({ name, totalRows }) => [name, totalRows])).toEqual([['b', 1], ['c', 0]]);
    expect(inputTables('{"Inputs":[1],"Inputs":{"a":[{"x":1}]}}')).toMatchObject([{ name: 'a', totalRows: 1 }]);
  });

  it('are kept up to limits, and counted beyond', () => {
    const [long] = inputTables(request(`"a":{"ColumnNames":["x"],"Values":[${new Array(200_001).fill('[1]').join(',')}]}`));
    expect([long?.rows.length, long?.totalRows, long?.notes]).toEqual([200_000, 200_001, ['Only the first 200,000 of 200,001 rows of "a" are shown; the request has all.']]);
    const wide = `[${new Array(5_001).fill('1').join(',')}]`;
    const object = `{${Array.from({ length: 5_001 }, (_, index) => `"c${index}":1`).join(',')}}`;
    const tables = inputTables(request(`"a":{"ColumnNames":${wide},"Values":[${new Array(201).fill(wide).join(',')}]},"b":[${object}]`));
    expect(tables.map(({ columns, rows, totalRows }) => [columns.length, rows.length, rows[0]?.length, totalRows])).toEqual([[5_000, 200, 5_000, 201], [5_000, 1, 5_000, 1]]);
    const note = (name: string): string => `Only the first 5,000 columns of "${name}" are shown; the request has all.`;
    expect(tables.map(({ notes }) => notes)).toEqual([[note('a'), 'Only the first 200 of 201 rows of "a" are shown; the request has all.'], [note('b')]]);
    const full = inputTables(request(Array.from({ length: 6 }, (_, index) => `"i${index}":{"ColumnNames":[],"Values":[${new Array(201).fill(wide).join(',')}]}`).join(',')));
    expect(full.map(({ rows }) => rows.length)).toEqual([200, 200, 200, 200, 1, 1]);
    expect(inputTables(request(Array.from({ length: 101 }, (_, index) => `"i${index}":[]`).join(',')))).toHaveLength(100);
  });

  it('may be nested as deeply as they like', () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    expect(inputTables(request(`"a":[{"x":${deep}}]`))[0]?.rows[0]?.[0]).toHaveLength(200_000);
  });
});
