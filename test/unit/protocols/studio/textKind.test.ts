// What a JSON text can be sent as, by its beginning.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSubmission } from '../../../../src/protocols/studio/besBody';
import { readScoreRequest } from '../../../../src/protocols/studio/request';
import { textKind } from '../../../../src/protocols/studio/textKind';
import type { TextKind } from '../../../../src/protocols/protocol';

const folder = join(import.meta.dirname, '../../../data/samples');
const samples = readdirSync(folder).filter((name) => name.endsWith('.json')).map((name): [string, string] => [name, readFileSync(join(folder, name), 'utf8')]);

describe('texts as they occur', () => {
  it.each(samples)('%s', (name, text) => {
    const kind = textKind(text, true);
    if (name.startsWith('rrs-request') && !name.includes('legacy')) expect(kind).toBe('request');
    else if (name.startsWith('bes-request')) expect(['batch', 'either']).toContain(kind);
    else expect(kind).toBe('other');
  });
});

describe('a text', () => {
  it.each<[TextKind, string]>([
    ['request', '{ "Inputs": { "input1": { "ColumnNames": ["a"], "Values": [["1"]] } } }'],
    ['request', '// a row\n{ "GlobalParameters": { "Inputs": [] }, /* and */ "Inputs": { "input1": [ { "a": 1 }, ], } }'],
    ['request', '\uFEFF{ "Inputs": { "input1": [] } }'],
    // With a fault, in a text that is still being written too.
    ['request', '{ "Inputs": { "input1": { "ColumnNames": ["a"], "Values": [["1"] ["2"]] } } }'],
    ['request', '{ "Inputs": { "input1": { "Values": '],
    ['request', '{ "Inputs": { "a": {}, "b": { "ColumnNames": [] } } }'],
    // In other letters, which is a fault too.
    ['request', '{ "inputs": { "input1": { "columnNames": ["a"], "values": [["1"]] } } }'],
    ['request', '{ "INPUTS": { "input1": [ { "a": 1 } ] }, "globalParameters": {} }'],
    ['request', '{ "GlobalParameters": {}, "inputs": { "input1": [ { "a": 1 } ] } }'],
    ['request', '{ "Inputs": { "input1": { "columnNames": ["a"] } } }'],
    // Other formats, which have such names as well.
    ['other', '{ "inputs": { "input1": [ [ { "values": 1 } ] ], "version": { "type": "string" } }, "globalParameters": {} }'],
    ['other', '{ "inputs": [ { "name": "a", "values": [1] } ] }'],
    ['other', '{ "inputs": [ { "name": "a" }, { "name": "b", "columnNames": [1] } ] }'],
    ['other', '{ "inputs": {}, "a": { "inputs": { "b": { "columnNames": [] } } } }'],
    ['other', '{ "inputs": { "images": [ { "b64": "" } ] } }'],
    ['other', '{ "inputs": { "env": { "type": "choice", "values": ["a"] } } }'],
    ['either', '{ "Inputs": {}, "GlobalParameters": {} }'],
    ['batch', '{ "Input": { "RelativeLocation": "a/b.csv" } }'],
    ['batch', '{ "Input": {} }'],
    ['batch', '{ "Inputs": { "input1": { "ConnectionString": "" } } }'],
    ['batch', '{ "Outputs": { "output1": { "SasBlobToken": "" } } }'],
    ['batch', '{ "GlobalParameters": {} }'],
    ['other', '{ "inputs": [ { "id": "token", "type": "promptString" } ], "version": "2.0.0" }'],
    ['other', '{ "definitions": { "Inputs": { "input1": { "ColumnNames": [], "Values": [] } } } }'],
    ['other', '{ "Inputs": 7 }'],
    ['other', '{ "Inputs": { "input1": [1, 2] } }'],
    ['other', '{ "Inputs": { "input1": { "type": "string" } }, "GlobalParameters": {} }'],
    ['other', '{ "Input": { "path": "a" } }'],
    ['other', '{ "Outputs": { "Address": { "Value": "x" } } }'],
    ['other', '[{ "Inputs": {} }]'],
    ['other', '"Inputs"'],
    ['other', 'Inputs: {}'],
    ['other', ''],
    ['other', '{'],
  ])('is of kind %s: %s', (kind, text) => expect(textKind(text, true)).toBe(kind));

  it('that goes on is unclear until a word decides', () => {
    expect(textKind('{ "GlobalParameters": { "a": "b', false)).toBe('unclear');
    expect(textKind('{ "Inputs": { "input1": [', false)).toBe('unclear');
    expect(textKind('{ "Inputs": { "input1": [', true)).toBe('other');
    expect(textKind('{ "Inputs": { "input1": [ {', false)).toBe('request');
    expect(textKind('{ "name": "x" }   ', false)).toBe('other');
  });

  it('that is nested deeply takes no longer than another', () => {
    expect(textKind(`{ "a": ${'['.repeat(100_000)}`, false)).toBe('unclear');
  });
});

describe('what the readers take', () => {
  const cell = fc.oneof(fc.string(), fc.integer(), fc.constant(null));
  const name = fc.string({ minLength: 1 }).filter((each) => each !== '__proto__');
  const table = fc.integer({ min: 0, max: 3 }).chain((width) => fc.record({
    ColumnNames: fc.array(fc.string(), { minLength: width, maxLength: width }), Values: fc.array(fc.array(cell, { minLength: width, maxLength: width }), { maxLength: 3 }),
  }));
  const rows = fc.array(fc.dictionary(name, cell, { maxKeys: 3 }), { maxLength: 3 });
  const inputs = fc.oneof(fc.dictionary(name, table, { minKeys: 1, maxKeys: 3 }), fc.dictionary(name, rows, { minKeys: 1, maxKeys: 3 }));

  it('a request that is read is a request here', () => {
    fc.assert(fc.property(inputs, fc.dictionary(name, cell), fc.boolean(), (Inputs, GlobalParameters, first) => {
      const text = JSON.stringify(first ? { GlobalParameters, Inputs } : { Inputs, GlobalParameters });
      readScoreRequest(text);
      expect(textKind(text, true)).toBe('request');
    }));
  });

  it('a body that is read without a remark is a body here', () => {
    const reference = fc.record({ RelativeLocation: fc.constant('a/b.csv'), BaseLocation: fc.constant('https://h.example/'), SasBlobToken: fc.constant('?sig=x') });
    const body = fc.record({ Input: reference, Outputs: fc.dictionary(name, reference, { maxKeys: 2 }), GlobalParameters: fc.dictionary(name, cell) }, { requiredKeys: [] });
    fc.assert(fc.property(body.filter((each) => each.Input !== undefined || each.GlobalParameters !== undefined), (each) => {
      const text = JSON.stringify(each);
      expect(readSubmission(text, 0).warnings).toEqual([]);
      expect(textKind(text, true)).toBe('batch');
    }));
  });
});
