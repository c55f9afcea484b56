// Tables as text: every cell as it stands in the source, however the text is cut.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inputWarnings } from '../../../src/features/jobs/inputWarnings';
import { formatOf, RowReader } from '../../../src/tables/rows';

type Format = 'csv' | 'tsv' | 'arff';

function read(format: Format, ...pieces: readonly string[]): { columns: string[] | undefined; rows: string[][]; problems: readonly string[]; consumed: number } {
  const reader = new RowReader(format);
  const rows = [...pieces.flatMap((piece) => reader.push(piece)), ...reader.end()];
  return { columns: reader.columns, rows, problems: reader.problems, consumed: reader.consumed };
}

const tables: readonly (readonly [string, Format, string, string[], string[][]])[] = [
  ['CSV with LF', 'csv', 'a,b\n1,2.50\n,"x"\n', ['a', 'b'], [['1', '2.50'], ['', 'x']]],
  ['CSV with a mark, CRLF and no last line break', 'csv', '\uFEFFa,b\r\n1,"x"\r\n"y", 2 ', ['a', 'b'], [['1', 'x'], ['y', ' 2 ']]],
  ['CSV with CR', 'csv', 'a,"b\nc"\r1,2\r\r3,4\r', ['a', 'b\nc'], [['1', '2'], ['3', '4']]],
  ['CSV with mixed line breaks', 'csv', 'a,b\n1,2\r\n3,4\n', ['a', 'b'], [['1', '2'], ['3', '4']]],
  ['quotes, doubled quotes and line breaks in quotes', 'csv', '"a ""x""","b\r\nc"\r\n"1,""","line\r\nbreak"\r\n"",""""\r\n', ['a "x"', 'b\r\nc'], [['1,"', 'line\r\nbreak'], ['', '"']]],
  ['empty lines', 'csv', '\n\na,b\n\n1,2\n\n', ['a', 'b'], [['1', '2']]],
  ['one column, in which an empty line is a cell', 'csv', 'a\n1\n\n2\n', ['a'], [['1'], [''], ['2']]],
  ['a quote within plain text', 'csv', 'a,b\n5" pipe,x"y\n', ['a', 'b'], [['5" pipe', 'x"y']]],
  ['tabs', 'tsv', 'a\tb,c\n"1\t2"\t3,4\n', ['a', 'b,c'], [['1\t2', '3,4']]],
  ['ARFF', 'arff', '% words\r\n@RELATION r\r\n@attribute \'a b\' numeric\r\n@attribute c {x, y}\r\n@data\r\n1.50, x\r\n?, \'it\\\'s, so\'\r\n% no row\r\n"q", \'\'', ['a b', 'c'], [['1.50', 'x'], ['', 'it\'s, so'], ['q', '']]],
  ['only a header', 'csv', 'a,b', ['a', 'b'], []],
];

describe('tables', () => {
  it.each(tables)('%s: at once, cut at every place, and one character at a time', (_name, format, text, columns, rows) => {
    const whole = { columns, rows, problems: [], consumed: text.length };
    expect(read(format, text)).toEqual(whole);
    for (let cut = 0; cut <= text.length; cut++) expect(read(format, text.slice(0, cut), text.slice(cut)), String(cut)).toEqual(whole);
    expect(read(format, ...text)).toEqual(whole);
  });

  it.each([
    ['semicolons', 'name;wert;text\n1,5;2;"a;b"\n', ';', ['name', 'wert', 'text'], [['1,5', '2', 'a;b']]],
    ['semicolons, a quoted line break and a comma in the head', '\uFEFF"a,b\r\nc,";d;e\r\n1,5;2;"x\r\ny"\r\n', ';', ['a,b\r\nc,', 'd', 'e'], [['1,5', '2', 'x\r\ny']]],
    ['tabs behind empty lines', '\n\na\tb\n1\t2\n', '\t', ['a', 'b'], [['1', '2']]],
    ['bars, without a line break', 'a|b', '|', ['a', 'b'], []],
    ['commas, as many as semicolons', 'a,b;c\n1,2\n', ',', ['a', 'b;c'], [['1', '2']]],
    ['nothing at all', 'a\r1\r', ',', ['a'], [['1']]],
  ] as const)('whose cells are parted by %s are read, when it is not said what parts them', (_name, text, delimiter, columns, rows) => {
    const found = (...pieces: readonly string[]): unknown => {
      const reader = new RowReader('csv', 'any');
      const taken = [...pieces.flatMap((piece) => reader.push(piece)), ...reader.end()];
      return [reader.delimiter, reader.columns, taken, reader.consumed, reader.problems];
    };
    const whole = [delimiter, columns, rows, text.length, []];
    expect(found(text)).toEqual(whole);
    for (let cut = 0; cut <= text.length; cut++) expect(found(text.slice(0, cut), text.slice(cut)), String(cut)).toEqual(whole);
    expect(found(...text)).toEqual(whole);
  });

  it('are read the same way when it is said what was found out, however the text is cut', () => {
    const parts = fc.array(fc.constantFrom('a', ' ', ';', ';', ',', ',', '\t', '|', '"', '""', '\n', '\n', '\r\n', '\r', '"x;y"', '"x\ny"'), { maxLength: 30 });
    fc.assert(fc.property(parts, fc.nat(40), (text, cut) => {
      const whole = text.join('');
      const finder = new RowReader('csv', 'any');
      const found = [...finder.push(whole.slice(0, cut)), ...finder.push(whole.slice(cut)), ...finder.end()];
      const told = new RowReader('csv', finder.delimiter);
      const rows = [...told.push(whole), ...told.end()];
      expect([finder.columns, found, finder.consumed, finder.problems]).toEqual([told.columns, rows, told.consumed, told.problems]);
    }), { numRuns: 3000, examples: [[[' ', '"', '\n'], 1]] });
  });

  it('gives back what was written, whatever the cells and the cuts', () => {
    // One CR at the end of a last cell is taken for half of a CRLF.
    const cell = fc.string({ unit: fc.constantFrom('a', '1', ',', '"', '\n', '\r', '\t', ' ', 'ü', '😀') }).map((text) => text.replace(/\r+$/, ''));
    const table = fc.integer({ min: 2, max: 4 }).chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 6 }));
    fc.assert(fc.property(table, fc.constantFrom('\n', '\r\n', '\r'), fc.array(fc.nat(40)), fc.boolean(), (rows, newline, cuts, last) => {
      const text = rows.map((row) => row.map((each) => `"${each.replaceAll('"', '""')}"`).join(',')).join(newline) + (last ? newline : '');
      const pieces: string[] = [];
      let from = 0;
      for (const cut of cuts) pieces.push(text.slice(from, (from += cut)));
      expect(read('csv', ...pieces, text.slice(from))).toEqual({ columns: rows[0], rows: rows.slice(1), problems: [], consumed: text.length });
    }), { numRuns: 1000 });
  });

  it('hands rows out as soon as they are complete, and knows the columns then', () => {
    const reader = new RowReader('csv');
    expect(reader.push('a,b')).toEqual([]);
    expect(reader.columns).toBeUndefined();
    expect(reader.push('\n1,2\n3')).toEqual([['1', '2']]);
    expect([reader.columns, reader.consumed]).toEqual([['a', 'b'], 8]);
    expect(reader.push(',4\n')).toEqual([['3', '4']]);
    expect(reader.end()).toEqual([]);
  });

  it('keeps rows of another length, names the first with their lines, and counts the others', () => {
    const { rows, problems } = read('csv', 'a,b\n"x\ny",1\n1\n1,2,3\n\n4\n5\n6\n');
    expect(rows).toEqual([['x\ny', '1'], ['1'], ['1', '2', '3'], ['4'], ['5'], ['6']]);
    expect(problems).toEqual(['Line 4 has 1 cell, the header has 2.', 'Line 5 has 3 cells, the header has 2.', 'Line 7 has 1 cell, the header has 2.', '2 more rows have another number of cells than the header.']);
  });

  it('reports a quote that is never closed and text after a closing quote', () => {
    expect(read('csv', 'a,b\n1,2\n3,"4\n5,6\n')).toMatchObject({ rows: [['1', '2'], ['3', '4\n5,6\n']], problems: ['Line 3 opens a quote that is never closed; what follows was read as one cell.'] });
    expect(read('csv', 'a,b\n1,"x"y"\n').problems).toEqual(['Line 2 has text after a closing quote.']);
  });

  it('parses a long cell that comes in small pieces only now and then', () => {
    const reader = new RowReader('csv');
    const piece = `${'x'.repeat(1000)}\n`;
    reader.push('a,b\n1,"');
    // Parsed anew with each piece this would not end within the test's limit.
    for (let count = 0; count < 10_000; count++) reader.push(piece);
    expect([...reader.push('"\n'), ...reader.end()]).toEqual([['1', piece.repeat(10_000)]]);
  });

  it('reports ARFF that is none', () => {
    // A CRLF that is cut in two is one line break.
    expect(read('arff', ...'@attribute a real\r\n@data\r\n1,2\r\n').problems).toEqual(['Line 3 has 2 cells, the header has 1.']);
    expect(read('arff', 'a,b\n1,2\n').problems).toEqual(['Line 1 is neither a comment nor @relation, @attribute or @data.', 'Line 2 is neither a comment nor @relation, @attribute or @data.', 'The file has no line @data, so it has no rows.']);
    expect(read('arff', '@attribute\n@attribute b real\n@data\n1,\'x\n{0 1}\n')).toMatchObject({ rows: [['1', '\'x'], ['{0 1}']], problems: [expect.stringContaining('without a name'), expect.stringContaining('never closed'), expect.stringContaining('sparse'), expect.stringContaining('Line 5 has 1 cell')] });
  });
});

it('formats are told by the extension', () => {
  expect(['a.csv', 'c/x.y/B.TSV', 'a.arff', 'm.iLearner', 'a.csv ', 'a.txt', 'csv', 'a.csv.gz', ''].map(formatOf)).toEqual(['csv', 'tsv', 'arff', 'ilearner', 'csv', undefined, undefined, undefined, undefined]);
});

describe('an input before it is uploaded', () => {
  it.each([
    ['days.csv', 'a,b\n1,2\n', true], ['days.csv', 'a,"b c"\r\n1,2\r\n3', false], ['d.tsv', 'a\tb\n1\t2', true], ['m.ilearner', '\0\0', true], ['x.arff', '@relation r\n@attribute a real\n@data\n1\n', true], ['d.csv', 'Col2\nThis is a good day; really\n', true], ['d.csv', 'a,ü\n1,\uFFFD', false], ['d.csv', '', false], ['d.csv', 'age,100,x1e\n'.replace('100', 'n100'), false],
  ])('%s %j is good', (name, head, whole) => {
    expect(inputWarnings(name, head, whole)).toEqual([]);
  });

  it.each([
    ['days.txt', 'a,b\n1,2\n', ['.csv, .tsv or .arff']], ['d.csv', '', ['empty']], ['d.csv', '\uFEFF \n', ['empty']], ['d.csv', 'a,b\n', ['no rows below']], ['d.csv', '1,2\n3,4\n', ['the number 1']], ['d.csv', 'a,,c\n1,2,3\n', ['number 2 is empty']], ['d.csv', 'a,b,a\n1,2,3\n', ['Two columns are called "a"']],
    ['d.csv', 'a;b\n1;2\n', ['semicolons']], ['d.csv', 'a\tb\n1\t2\n', ['tabs']], ['d.tsv', 'a,b\n1,2\n', ['commas']], ['d.csv', 'a,b\n1\n', ['Line 2 has 1 cell']], ['d.csv', '\uFFFD\uFFFDa\0,\0', ['UTF-16']], ['d.csv', 'a\0,\0b\0', ['UTF-16']], ['d.csv', 'a,b\n1,\0\n', ['Line 2 holds bytes']], ['d.csv', 'a,b\n\uFFFDx,1\n', ['Line 2 is not written in UTF-8']],
    ['d.csv', 'PK\u0003\u0004xx', ['workbook']], ['d.csv', '{"Inputs": {}}', ['JSON']], ['x.arff', 'a,b\n', ['@relation', 'Line 1', '@data']], ['d.csv', 'a,b\n1,"2\n', ['never closed']],
  ])('%s %j is not', (name, head, words) => {
    const warnings = inputWarnings(name, head, true);
    expect(warnings).toHaveLength(words.length);
    words.forEach((word, index) => expect(warnings[index]).toContain(word));
  });
});
