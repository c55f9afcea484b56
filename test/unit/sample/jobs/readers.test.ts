// Reading tables in pieces: CSV and tabs against another parser, ARFF, and what cannot be read.

import fc from 'fast-check';
import { parse } from 'papaparse';
import { describe, expect, it } from 'vitest';
import { csvLine } from '../../../../src/sample/jobs/delimited';
import { longestRow } from '../../../../src/sample/jobs/rowReader';
import { rowReader } from '../../../../src/sample/jobs/rows';

type Format = Parameters<typeof rowReader>[0];

/** Reads a text in pieces of this length. */
function read(format: Format, text: string, length = 1_000_000): string[][] {
  const reader = rowReader(format);
  const rows: string[][] = [];
  for (let at = 0; at < text.length; at += length) rows.push(...reader.push(text.slice(at, at + length)));
  return [...rows, ...reader.end()];
}

describe('CSV', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', ' ', '"', ',', '\n', '\r', '\t', 'ä', '😀'), maxLength: 6 });
  const table = fc.integer({ min: 2, max: 4 }).chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 6 }));

  it('reads what it writes, however it is cut, and as another parser does', () => {
    fc.assert(fc.property(table, fc.integer({ min: 1, max: 7 }), (rows, length) => {
      const text = rows.map(csvLine).join('');
      expect(read('csv', text, length)).toEqual(rows);
      expect(parse(text, { delimiter: ',', newline: '\n', skipEmptyLines: true }).data).toEqual(rows);
    }));
  });

  it.each<[string, Format, string, string[][]]>([
    ['CRLF and no end of line at the end', 'csv', 'a,b\r\nc,d', [['a', 'b'], ['c', 'd']]],
    ['CR alone', 'csv', 'a\rb\r', [['a'], ['b']]],
    ['empty lines, but not empty cells', 'csv', 'a\n\n""\n\nb\n', [['a'], [''], ['b']]],
    ['empty cells at both ends', 'csv', ',a,\n', [['', 'a', '']]],
    ['quotes in quotes, and line ends', 'csv', '"a ""b""\nc",d\n', [['a "b"\nc', 'd']]],
    ['a quote within a plain cell', 'csv', 'a "b" c\n', [['a "b" c']]],
    ['text behind a closing quote', 'csv', '"a"b,c\n', [['ab', 'c']]],
    ['tabs, with commas in the cells', 'tsv', 'a,b\t"c\td"\n', [['a,b', 'c\td']]],
    ['nothing', 'csv', '', []],
  ])('reads %s', (_, format, text, rows) => {
    for (const length of [1, 2, 100]) expect(read(format, text, length)).toEqual(rows);
  });

  it('names the row whose quote is never closed', () => {
    expect(() => read('csv', 'Col2\na\n"b\nc\n')).toThrow('Row 2 has a quote that is opened and never closed.');
    expect(() => read('csv', '"Col2\na\n')).toThrow('The header has a quote');
  });

  it('gives up on a row without end', () => {
    const reader = rowReader('csv');
    reader.push('Col2\n"');
    const piece = 'x'.repeat(longestRow / 4);
    for (let index = 0; index < 4; index++) expect(reader.push(piece)).toEqual([]);
    expect(() => reader.push('x')).toThrow(`Row 1 is longer than ${longestRow} characters. Perhaps a quote`);
  });
});

describe('ARFF', () => {
  const head = '% a comment\n@RELATION days\n@attribute "the day" numeric\n@ATTRIBUTE \'Col\\\'2\' string\n@attribute kind{a,b}\n\n@DATA\n';

  it('reads names and values with and without quotes, cut anywhere', () => {
    const text = `${head}1, 'it\\'s a day, really' ,a\n%no row\n?,"two ""x",b`.replace('"two ""x"', '"two \\"x"');
    const rows = [['the day', 'Col\'2', 'kind'], ['1', "it's a day, really", 'a'], ['', 'two "x', 'b']];
    for (const length of [1, 5, 1000]) expect(read('arff', text, length)).toEqual(rows);
    expect(read('arff', text.replaceAll('\n', '\r\n'))).toEqual(rows);
  });

  it.each([
    ['Col2,x\n1,2\n', 'The file is not ARFF'],
    ['@relation x\n@attribute a string\n', 'has no line @data'],
    ['@attribute\n@data\n', 'Attribute 1 of the ARFF file has no name.'],
    [`${head}1,'open,a\n`, 'Row 1 of the ARFF file has a quote'],
    [`${head}${'x'.repeat(longestRow + 1)}`, 'Row 1 is longer than'],
  ])('refuses %.30j', (text, message) => {
    expect(() => read('arff', text)).toThrow(message);
  });
});
