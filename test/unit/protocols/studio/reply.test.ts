// Answers as services send them: tables of both forms, cells to the letter, and everything that is none.

import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import type { Table } from '../../../../src/model/table';
import { readReply, type Reply } from '../../../../src/protocols/studio/reply';

const limits = { maxOutputs: 10, maxRows: 1000, maxColumns: 500, maxCells: 100_000, pause: () => Promise.resolve() };

async function tablesOf(text: string, some: Partial<typeof limits> = {}): Promise<readonly Table[]> {
  const reply = await readReply(text, { ...limits, ...some });
  if (reply.kind !== 'tables') throw new Error(`is ${reply.kind}`);
  return reply.tables;
}

describe('the table form', () => {
  it('gives names, types and cells', async () => {
    const [table] = await tablesOf('{"Results":{"output1":{"type":"table","value":{"ColumnNames":["a","b"],"ColumnTypes":["Int32","String"],"Values":[["1","x"],["2",null]]}}}}');
    expect(table).toEqual({ name: 'output1', columns: [{ name: 'a', type: 'Int32' }, { name: 'b', type: 'String' }], rows: [['1', 'x'], ['2', null]], totalRows: 2, notes: [] });
  });

  it('may have its members in any order, another type and more around it', async () => {
    const [table] = await tablesOf('{"x":[1],"Results":{"o":{"value":{"Values":[[1.50]],"ColumnTypes":["Numeric"],"ColumnNames":["n"]},"type":"DataTable"}},"GlobalParameters":{}}');
    expect(table).toMatchObject({ columns: [{ name: 'n', type: 'Numeric' }], rows: [['1.50']] });
  });

  it('may come without "value" around it', async () => {
    expect(await tablesOf('{"Results":{"o":{"ColumnNames":["n"],"Values":[["1"]]}}}')).toMatchObject([{ columns: [{ name: 'n' }], rows: [['1']] }]);
  });

  it('without names says so', async () => {
    const [table] = await tablesOf('{"Results":{"o":{"type":"table","value":{"Values":[["1","2"]]}}}}');
    expect(table).toMatchObject({ columns: [{ name: '' }, { name: '' }], rows: [['1', '2']], notes: ['The service sent no column names (they come with "details=true").'] });
  });

  it('with ragged rows keeps every cell and says so', async () => {
    const [table] = await tablesOf('{"Results":{"o":{"value":{"ColumnNames":["a","b"],"ColumnTypes":["Int32"],"Values":[["1"],["1","2","3"]]}}}}');
    expect(table?.rows).toEqual([['1'], ['1', '2', '3']]);
    expect(table?.columns).toEqual([{ name: 'a', type: 'Int32' }, { name: 'b' }, { name: '' }]);
    expect(table?.notes).toEqual(['The service sent 2 column names and 1 column types.', '2 rows have another number of values than there are column names (2).']);
  });

  it('keeps repeated, empty and numeric-looking names where they are', async () => {
    const [table] = await tablesOf('{"Results":{"o":{"value":{"ColumnNames":["b","0","b","","__proto__"],"Values":[["1","2","3","4","5"]]}}}}');
    expect(table?.columns.map(({ name }) => name)).toEqual(['b', '0', 'b', '', '__proto__']);
    expect(table?.rows).toEqual([['1', '2', '3', '4', '5']]);
  });
});

describe('the form of row objects', () => {
  it('has its columns in the order in which they first come', async () => {
    const [table] = await tablesOf('{"Results":{"o":[{"b":"1","0":"x"},{"a":"2","b":null}]}}');
    expect(table).toEqual({ name: 'o', columns: [{ name: 'b' }, { name: '0' }, { name: 'a' }], rows: [['1', 'x'], [null, undefined, '2']], totalRows: 2, notes: [] });
  });

  it('keeps a name that an object repeats', async () => {
    const [table] = await tablesOf('{"Results":{"o":[{"a":"1","a":"2"},{"a":"3"}]}}');
    expect(table).toMatchObject({ columns: [{ name: 'a' }, { name: 'a' }], rows: [['1', '2'], ['3']] });
  });

  it('may stand in "value"', async () => {
    expect(await tablesOf('{"Results":{"o":{"type":"table","value":[{"a":1}]}}}')).toMatchObject([{ columns: [{ name: 'a' }], rows: [['1']] }]);
  });
});

describe('what else comes', () => {
  it.each<[string, Reply['kind']]>([
    ['{"Results":[]}', 'otherJson'],
    ['["a"]', 'otherJson'],
    ['"539d0bc2"', 'otherJson'],
    ['{"predictions":[1]}', 'otherJson'],
    ['<html></html>', 'notJson'],
    ['', 'notJson'],
    ['{"Results":{"o":[{"a":1},]}}', 'notJson'],
    ['{"Results":{"o":{"value":{"Values":[[1]]}}}} x', 'notJson'],
    ['{"Results":{"o":{"value":{"Values":[["a]]}}}}', 'notJson'],
    ['/* a */ {"Results":{"o":[{"a":1}]}}', 'notJson'],
    ['{"Results":{"o":[{"a":1}, // a\n{"a":2}]}}', 'notJson'],
    ['{"Results":{"o":[{"a":1}]}} // a', 'notJson'],
    ['{"other":[1/**/]}', 'notJson'],
    [' {\r\n\t"Results" : { "o" : [ { "a" : "/* text */" } ] } }\n', 'tables'],
  ])('%j is %s', async (text, kind) => {
    expect((await readReply(text, limits)).kind).toBe(kind);
  });

  it('a comment is where reading stops', async () => {
    expect(await readReply('{"Results": /* none */ {}}', limits)).toEqual({ kind: 'notJson', offset: 12 });
  });

  it('an output that is no table is named, the others are shown', async () => {
    const reply = await readReply('{"Results":{"odd":"text","o":[{"a":"1"}],"odder":{"value":{"Values":[1]}}}}', limits);
    expect(reply).toMatchObject({ kind: 'tables', tables: [{ name: 'o' }], notes: ['Output "odd" is not a table; it is in the body.', 'Output "odder" is not a table; it is in the body.'] });
  });

  it('nested 100,000 deep is read without falling over', async () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    expect((await readReply(deep, limits)).kind).toBe('otherJson');
    const [table] = await tablesOf(`{"Results":{"o":{"value":{"Values":[[${deep}]]}}}}`);
    expect(table?.rows[0]?.[0]).toBe(deep);
  });
});

it('every number is shown as the text that came', async () => {
  const digits = fc.stringMatching(/^-?(0|[1-9]\d{0,40})(\.\d{1,40})?([eE][+-]?\d{1,3})?$/);
  await fc.assert(
    fc.asyncProperty(fc.array(digits, { minLength: 1, maxLength: 20 }), async (numbers) => {
      const [table] = await tablesOf(`{"Results":{"o":{"value":{"Values":[[${numbers.join(' , ')}]]}}}}`);
      expect(table?.rows[0]).toEqual(numbers);
    }),
  );
});

it('every text is shown as it was meant', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.record({ k: fc.oneof(fc.string({ unit: 'binary' }), fc.constant(null)) }), { minLength: 1 }), async (objects) => {
      const [table] = await tablesOf(JSON.stringify({ Results: { o: objects } }));
      expect(table?.rows.map(([cell]) => cell)).toEqual(objects.map(({ k }) => k));
    }),
  );
});
