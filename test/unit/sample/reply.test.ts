// Replies that are built in pieces must read as the JSON they stand for.

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sampleDefinition } from '../../../src/sample/definition';
import { replyPieces, scoredTable, sizedReply } from '../../../src/sample/reply';

const row = ['1', '1', '2', '2', '0', '2', '0', '1'];
const names = row.map((_, index) => `Col2 - Hashing feature ${index + 1}`);

function reply(texts: (string | null)[], form: Parameters<typeof replyPieces>[1]): unknown {
  return JSON.parse([...replyPieces(scoredTable(texts, sampleDefinition), form, 'output1')].join(''));
}

describe('replyPieces', () => {
  it('gives names and types with details', () => {
    expect(reply(['This is a good day'], 'detailedTable')).toEqual({
      Results: { output1: { type: 'table', value: { ColumnNames: names, ColumnTypes: names.map(() => 'Int32'), Values: [row] } } },
    });
  });

  it('gives only the values without them', () => {
    expect(reply(['This is a good day', null], 'table')).toEqual({ Results: { output1: { type: 'table', value: { Values: [row, row.map(() => '0')] } } } });
  });

  it('gives row objects for format=swagger', () => {
    expect(reply(['This is a good day'], 'rows')).toEqual({ Results: { output1: [Object.fromEntries(names.map((name, index) => [name, row[index]]))] } });
  });

  it.each(['table', 'detailedTable', 'rows'] as const)('gives no rows in the form %s', (form) => {
    expect(JSON.stringify(reply([], form))).toContain('[]');
  });

  it('comes in several pieces when it is large, and still is one JSON', () => {
    const texts = Array.from({ length: 5000 }, () => 'a b');
    const pieces = [...replyPieces(scoredTable(texts, sampleDefinition), 'rows', 'output1')];
    expect(pieces.length).toBeGreaterThan(1);
    expect(JSON.parse(pieces.join('')).Results.output1).toHaveLength(5000);
  });

  it('keeps any cell as it is', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.option(fc.string({ unit: 'binary' })), fc.string())), (rows) => {
        const columns = [{ name: 'a"b', type: 'String' }, { name: 'c', type: 'String' }];
        const json = JSON.parse([...replyPieces({ columns, rows }, 'detailedTable', 'out')].join(''));
        expect(json.Results.out.value.Values).toEqual(rows);
      }),
    );
  });
});

describe('sizedReply', () => {
  it.each([1, 1000, 300_000])('is a table of about %i bytes, with its length told before', (bytes) => {
    const { length, pieces } = sizedReply(bytes, sampleDefinition);
    const text = [...pieces].join('');
    const { value } = JSON.parse(text).Results.output1;
    expect(Buffer.byteLength(text)).toBe(length);
    expect(value.ColumnNames).toEqual(names);
    expect(value.Values.every((each: unknown[]) => each.length === 8)).toBe(true);
    if (bytes >= 1000) expect(Math.abs(length - bytes)).toBeLessThan(50);
  });
});
