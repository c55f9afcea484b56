// Rows that are read by the thousand are the rows that are read one by one: to the letter, counted, and wrong at the same place.

import { describe, expect, it } from 'vitest';
import { processorMs } from '../../processorTime';
import { readReply } from '../../../../src/protocols/studio/reply';
import { ManyArrays } from '../../../../src/protocols/studio/manyArrays';

const limits = { maxOutputs: 10, maxRows: 1_000_000, maxColumns: 500, maxCells: 10_000_000, pause: () => Promise.resolve() };
const usual = (index: number): string => `["${index}","a word, ü",null]`;
const rows = 30_000;

/** An answer of about 600 kB, in which one row is another one. */
function answer(odd: string, at = 17_000, between = ','): string {
  const all = Array.from({ length: rows }, (_, index) => (index === at ? odd : usual(index)));
  return `{"Results":{"o":{"value":{"ColumnNames":["a","b","c"],"Values":[${all.join(between)}]}}}}`;
}

async function read(text: string, some: Partial<typeof limits> = {}) {
  const reply = await readReply(text, { ...limits, ...some });
  return reply.kind === 'tables' ? reply.tables[0] : reply;
}

describe('of many rows', () => {
  it.each([
    ['a text that looks like the end of a row', '["],[","\\"],[\\"","[[]]"]', ['],[', '"],["', '[[]]']],
    ['a number', '[12.50,1E400,-0]', ['12.50', '1E400', '-0']],
    ['other values', '[true,{"a":[1.0]},[[1],[2.0]]]', ['true', '{"a":[1.0]}', '[[1],[2.0]]']],
    ['escapes', '["\\u00e9\\ud800","\\n",""]', ['é\ud800', '\n', '']],
    ['a row of another width', '["1"]', ['1']],
    ['an empty one', '[]', []],
  ])('all are read, also with %s among them', async (_what, odd, cells) => {
    for (const at of [0, 1, 17_000, rows - 1]) {
      const table = await read(answer(odd, at));
      expect(table).toMatchObject({ totalRows: rows });
      const found = table && 'rows' in table ? table.rows : [];
      expect(found).toHaveLength(rows);
      expect(found[at]).toEqual(cells);
      for (const index of [2, 5000, 16_999, 17_001, rows - 2]) expect(found[index]).toEqual([String(index), 'a word, ü', null]);
    }
  });

  it('all are read, however they are parted', async () => {
    for (const between of [' ,', ', ', ',\n  ']) expect(await read(answer(usual(17_000), 17_000, between))).toMatchObject({ totalRows: rows });
  });

  it('other widths are told', async () => {
    expect(await read(answer('["1"]'))).toMatchObject({ notes: ['One row has another number of values than there are column names (3).'] });
  });

  it('so many are kept as there may be, and of each so many cells', async () => {
    const text = answer(usual(17_000));
    const table = await read(text, { maxRows: 20_001, maxColumns: 2 });
    expect(table).toMatchObject({ totalRows: rows });
    expect(table && 'rows' in table && [table.rows.length, table.rows.at(-1)]).toEqual([20_001, ['20000', 'a word, ü']]);
    const few = await read(text, { maxCells: 30_000 });
    expect(few && 'rows' in few && few.rows.length).toBe(10_000);
  });

  it('what is no row makes it no table', async () => {
    expect(await read(answer('{"a":1}'))).toBeUndefined();
  });

  it.each(['["1","2",]', '["1" "2"]', '["1",nul]', '["\\x"]', '["1","2"}', '"1"]', '["a\nb"]'])('%j is wrong at its place', async (odd) => {
    const wrong = async (text: string): Promise<number> => {
      const reply = await readReply(text, limits);
      return reply.kind === 'notJson' ? reply.offset : -1;
    };
    const alone = await wrong(`{"Results":{"o":{"value":{"Values":[${usual(0)},${odd},${usual(1)}]}}}}`);
    const before = `{"Results":{"o":{"value":{"Values":[${usual(0)},`.length;
    const text = answer(odd);
    expect(alone).toBeGreaterThan(0);
    expect((await wrong(text)) - text.indexOf(`${usual(16_999)},`) - usual(16_999).length - 1).toBe(alone - before);
  });

  it('all are read where small outputs stand before large ones, and other things between them', async () => {
    const output = (count: number): string => `{"value":{"Values":[${Array.from({ length: count }, (_, index) => usual(index)).join(',')}]}}`;
    const counts = [1, 40, 1200, 30_000, 2, 12_000, 0, 700];
    const outputs = counts.map((count, index) => `"o${index}":${output(count)}`).join(',');
    const reply = await readReply(`{"a":"${'x'.repeat(900_000)}","Results":{${outputs}},"b":[["1"],["2"]]}`, limits);
    expect(reply).toMatchObject({ kind: 'tables', tables: counts.map((count) => ({ totalRows: count })) });
    const last = reply.kind === 'tables' ? reply.tables.map(({ rows }) => rows.at(-1)?.[0]) : [];
    expect(last).toEqual(counts.map((count) => (count === 0 ? undefined : String(count - 1))));
  });

  it('others have their turn', async () => {
    let pauses = 0;
    await read(answer(usual(17_000)), { pause: () => Promise.resolve(void (pauses += 1)) });
    expect(pauses).toBeGreaterThan(4);
  });
});

it('rows of texts are read together, and rows of numbers are not tried twice', () => {
  const text = Array.from({ length: rows }, (_, index) => usual(index)).join(',');
  const many = new ManyArrays(text);
  const first = many.read(0);
  expect(first?.rows.length).toBeGreaterThan(1000);
  expect(text.slice(first?.end, (first?.end ?? 0) + 2)).toBe(',[');
  expect(many.read((first?.end ?? 0) + 1)?.rows[0]?.[0]).toBe(String(first?.rows.length));
  const numbers = new ManyArrays(text.replaceAll('null', '1'));
  expect([numbers.read(0), numbers.read(text.indexOf('[', 400_000))]).toEqual([undefined, undefined]);
});

it.each([
  ['members repeated in one output', `{"Results":{"o":{"value":{${'"Values":[["a"],["b"]],'.repeat(40_000)}"x":1}}}}`],
  ['the same with a long text behind', `{"Results":{"o":{"value":{${'"Values":[["a"]],'.repeat(20_000)}"x":"${'y'.repeat(10_000_000)}"}}}}`],
  ['small outputs with brackets behind', `{"Results":{${Array.from({ length: 100 }, (_, at) => `"o${at}":{"value":{"Values":[["a"],["b"]]}}`).join(',')}},"x":[${'[] , '.repeat(2_000_000)}1]}`],
  ['numbers in many arrays', `{"Results":{"o":{"value":{${`"Values":[${'[1,2],'.repeat(2000)}[3]],`.repeat(400)}"x":1}}}}`],
])('reading grows with the length of a text alone: %s', async (_what, text) => {
  const from = processorMs();
  expect((await readReply(text, limits)).kind).toBe('tables');
  // Where each array was tried anew, it took seven seconds and more.
  expect(processorMs() - from).toBeLessThan(3500);
});
