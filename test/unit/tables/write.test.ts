// Tables as text: what is written is read back as it was, and a spreadsheet finds nothing to calculate.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { WriteOptions } from '../../../src/model/openTable';
import type { Cell } from '../../../src/model/table';
import { RowReader } from '../../../src/tables/rows';
import { tableWriter, type WrittenColumn } from '../../../src/tables/write';

function write(format: WriteOptions['format'], columns: readonly (string | WrittenColumn)[], rows: readonly (readonly Cell[])[], options: Partial<WriteOptions> = {}): string {
  const writer = tableWriter(columns.map((column) => (typeof column === 'string' ? { name: column } : column)), { format, head: true, guardFormulas: false, ...options });
  return [writer.start(), ...rows.map((row) => writer.row(row)), writer.end()].join('');
}

// One CR at the end of a last cell is taken for half of a CRLF by our own reader.
const cell = fc.string({ unit: fc.constantFrom('a', '1', ',', ';', '"', '\n', '\r', '\t', ' ', '\'', '=', '-', '|', '\\', 'ü', '😀', '\ud800') }).map((text) => text.replace(/\r+$/, ''));
const tables = fc.integer({ min: 1, max: 4 }).chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 6 }));

describe('CSV and TSV', () => {
  it('have cells in quotes where they need them, lines that end as they should, and nothing for null and missing cells', () => {
    expect(write('csv', ['a', 'b "c"'], [['1.50', 'x,y'], [null, undefined], ['a\nb']])).toBe('a,"b ""c"""\r\n1.50,"x,y"\r\n,\r\n"a\nb",\r\n');
    expect(write('tsv', ['a', 'b "c"'], [['1.50', 'x,y'], [null, 'x\ty'], ['a\r\nb', ' c;']])).toBe('a\t"b ""c"""\n1.50\tx,y\n\t"x\ty"\n"a\r\nb"\t c;\n');
    expect(write('csv', ['a', 'b'], [['1', '2', '3']], { head: false })).toBe('1,2\r\n');
    // A semicolon parts cells where the comma is a decimal sign; a line without anything is no row to many readers.
    expect(write('csv', ['a'], [['x;=1'], [''], [' b']])).toBe('a\r\n"x;=1"\r\n""\r\n" b"\r\n');
  });

  it('are read back as they were written', () => {
    fc.assert(fc.property(tables, fc.constantFrom('csv' as const, 'tsv' as const), ([first = [], ...rows], format) => {
      // Our own reader takes an empty line for the names of nothing.
      const names = first.map((name) => `n${name}`);
      const reader = new RowReader(format);
      const read = [...reader.push(write(format, names, rows)), ...reader.end()];
      expect({ columns: reader.columns, rows: read, problems: reader.problems }).toEqual({ columns: names, rows, problems: [] });
    }), { numRuns: 1000 });
  });

  it('put a quote in front of what a spreadsheet would calculate, names too, and of nothing else', () => {
    const bad = ['=1+1', '+1+1', '-1+1', '@SUM(A1)', '\tx', '\rx', '\nx', ' =1', '\u0000=1', '\u00a0\ufeff\u200b-x', '＝1', '-', '--1', '+1e', '-1.5%', '-1 ', '- 1', '=cmd|\' /C calc\'!A0', '-2,5', '+Infinityx'];
    const good = ['-1.5', '+3e4', '-.5', '+5.', '-1E-7', '-Infinity', '1=1', 'a@b', '', 'x=1', '\'=1', '2-1'];
    for (const format of ['csv', 'tsv'] as const) {
      for (const each of [...bad, ...good]) {
        const reader = new RowReader(format);
        const read = [...reader.push(write(format, [each, 'b'], [[each, '1']], { guardFormulas: true })), ...reader.end()];
        const expected = bad.includes(each) ? `'${each}` : each;
        expect([reader.columns?.[0], read[0]?.[0]], JSON.stringify(each)).toEqual([expected, expected]);
      }
      expect(write(format, ['=a'], [['=b']])).toMatch(/^=a\r?\n=b\r?\n$/);
    }
  });
});

describe('Markdown', () => {
  it('is a table of text, with numbers at the right', () => {
    const columns = [{ name: 'a|b', type: 'Double' }, { name: 'row_id', kind: 'number' as const }, { name: 'c', type: 'String', kind: 'number' as const }];
    expect(write('markdown', columns, [['1.50', null, '<img src=x onerror=alert(1)> & **b**'], ['x\\|y', 'line\r\nbreak\nand\rmore', '[a](b) `c` ~d~ _e_ $f$']])).toBe([
      '| a\\|b | row_id | c |', '| ---: | ---: | --- |',
      '| 1.50 |  | &lt;img src=x onerror=alert(1)&gt; &amp; \\*\\*b\\*\\* |',
      '| x\\\\\\|y | line<br>break<br>and<br>more | \\[a\\](b) \\`c\\` \\~d\\~ \\_e\\_ \\$f\\$ |', '',
    ].join('\n'));
    expect(write('markdown', ['a', 'b'], [['1']], { head: false })).toBe('|  |  |\n| --- | --- |\n| 1 |  |\n');
  });

  it('lets no text begin a cell, a row or a tag', () => {
    fc.assert(fc.property(tables, ([names = [], ...rows]) => {
      const lines = write('markdown', names, rows).split('\n');
      expect(lines).toHaveLength(rows.length + 3);
      for (const line of lines.slice(0, -1)) expect(line.replace(/\\[^a-z0-9\s]/g, '').split('|')).toHaveLength(names.length + 2);
    }));
  });
});

describe('JSON', () => {
  it('has numbers of columns of numbers as they came, and everything else as text', () => {
    const columns = [{ name: 'n', type: 'Double' }, { name: 'k', kind: 'number' as const }, { name: 't', type: 'String', kind: 'number' as const }, 'u'];
    const rows = [['0.10000000000000000001', '123456789012345678901234567890', '1', 'true'], ['1e-7', '-0', '2.50', '"\u2028\n'], ['01', 'NaN', null, null], [null, undefined, 'x'], ['+1', ' 1'], ['.5', '1.'], []];
    expect(write('json', columns, rows, { head: false, guardFormulas: true })).toBe([
      '[', '  {"n": 0.10000000000000000001, "k": 123456789012345678901234567890, "t": "1", "u": "true"},', '  {"n": 1e-7, "k": -0, "t": "2.50", "u": "\\"\u2028\\n"},',
      '  {"n": "01", "k": "NaN", "t": null, "u": null},', '  {"n": null, "t": "x"},', '  {"n": "+1", "k": " 1"},', '  {"n": ".5", "k": "1."},', '  {}', ']', '',
    ].join('\n'));
    expect(write('json', columns, [])).toBe('[]\n');
  });

  it('gives each column a name of its own', () => {
    const rows = [['1', '2', '3', '4', '5', '6', '7', '8']];
    expect(JSON.parse(write('json', ['a', 'a', '', 'a (2)', 'a', '', 'a (2)', '__proto__'], rows))).toEqual([JSON.parse('{"a":"1","a (3)":"2","Column 3":"3","a (2)":"4","a (4)":"5","Column 6":"6","a (2) (2)":"7","__proto__":"8"}')]);
  });

  it('is read back as it was written', () => {
    fc.assert(fc.property(fc.array(fc.array(fc.option(cell, { nil: null }), { minLength: 2, maxLength: 2 })), (rows) => {
      expect(JSON.parse(write('json', [{ name: 'a', kind: 'number' }, 'b'], rows))).toEqual(rows.map(([a = null, b = null]) => ({ a: a !== null && /^-?1+$/.test(a) ? Number(a) : a, b })));
    }));
  });
});
