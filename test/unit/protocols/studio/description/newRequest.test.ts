// Requests that are written from a description, from its absence, and from one that was sent.

import { describe, expect, it } from 'vitest';
import { toStrictJson } from '../../../../../src/base/jsonText';
import { fromLastRequest } from '../../../../../src/protocols/studio/description/lastRequest';
import { writeRequest } from '../../../../../src/protocols/studio/description/newRequest';
import { requestShapes } from '../../../../../src/protocols/studio/description/requestShapes';
import { readScoreRequest } from '../../../../../src/protocols/studio/request';
import { textKind } from '../../../../../src/protocols/studio/textKind';
import { asking, classic, read } from './documents';

const parsed = (text: string): unknown => JSON.parse(toStrictJson(text));

describe('a request from a description', () => {
  it('as row objects, with what is known of each column beside it', () => {
    expect(writeRequest('rows', read(classic()), ['Request for Trees.'])).toBe(`// Request for Trees.
{
  "Inputs": {
    "input1": [
      {
        "Kind": "oak", // string; one of "oak", "fir"; may be null
        "Age": 40, // integer (int32); In years.
        "Soil \\"pH\\"": 0 // number (double)
      }
    ]
  },
  "GlobalParameters": {
    "Season": "spring", // string; one of "spring", "autumn"; default "spring"
    "Trials": 3 // integer; required
  }
}
`);
  });

  it('as names and values', () => {
    expect(writeRequest('table', read(classic()), [])).toBe(`{
  "Inputs": {
    "input1": {
      "ColumnNames": [
        "Kind", // string; one of "oak", "fir"; may be null
        "Age", // integer (int32); In years.
        "Soil \\"pH\\"" // number (double)
      ],
      "Values": [
        ["oak", 40, 0]
      ]
    }
  },
  "GlobalParameters": {
    "Season": "spring", // string; one of "spring", "autumn"; default "spring"
    "Trials": 3 // integer; required
  }
}
`);
  });

  it.each(requestShapes().map(({ id }) => id))('in the form "%s" it can be sent, and is known for a request', (form) => {
    const item = { items: { properties: Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`column ${index}`, { type: 'string' }])) } };
    for (const document of [
      classic(),
      asking({ properties: { Inputs: { properties: { one: item, two: { items: { properties: { A: {} } } } } } }, example: { Inputs: { two: [{ A: 1 }, { A: [1] }] } } }),
    ]) {
      const text = writeRequest(form, read(document), ['One.']);
      expect(readScoreRequest(text).form).toBe(form);
      expect(textKind(text, true)).toBe('request');
    }
    const empty = writeRequest(form, read(asking({ properties: { Inputs: { type: 'object' } } })), []);
    expect(parsed(empty)).toEqual({ Inputs: {}, GlobalParameters: {} });
    expect(readScoreRequest(empty).json).toContain('Inputs');
  });

  it('has all columns in each row of the example', () => {
    const text = writeRequest('rows', read(asking({
      properties: { Inputs: { properties: { input1: { items: { properties: { A: { type: 'boolean' }, B: { type: 'integer', default: 7 } } } } } } },
      example: { Inputs: { input1: [{ B: 1 }, { C: 'x' }] } },
    })), []);
    expect(parsed(text)).toMatchObject({ Inputs: { input1: [{ A: false, B: 1, C: '' }, { A: false, B: 7, C: 'x' }] } });
  });

  it.each([
    [{ type: 'string' }, ''], [{ type: 'number' }, 0], [{ type: 'integer' }, 0], [{ type: 'boolean' }, false], [{}, ''], [{ type: 'string', format: 'date-time' }, '2000-01-01T00:00:00Z'],
    [{ type: 'string', format: 'Date' }, '2000-01-01'], [{ type: 'string', format: 'timedelta' }, 'P1D'], [{ type: 'string', enum: ['a', 'b'] }, 'a'], [{ type: 'number', default: 2.5 }, 2.5],
    [{ type: 'number', example: 1, default: 2, enum: [3] }, 1], [{ type: 'array', items: {} }, []], [{ type: 'object' }, {}], [{ type: 'file' }, ''],
  ])('without an example a column of %j gets %j', (column, value) => {
    const description = read(asking({ properties: { Inputs: { properties: { input1: { items: { properties: { A: column } } } } } } }));
    for (const form of ['rows', 'table']) {
      const written = JSON.stringify(parsed(writeRequest(form, description, [])));
      expect(written).toContain(JSON.stringify(form === 'rows' ? { A: value } : { ColumnNames: ['A'], Values: [[value]] }));
    }
  });

  it('what comes from outside stays in its comment or its text', () => {
    const nasty = 'a\n}, "x": 1 // \u2028 \u202e */ "';
    const description = read(asking({
      properties: { Inputs: { properties: { [nasty]: { items: { properties: { [nasty]: { type: nasty, description: nasty, enum: [nasty] } } } } } }, GlobalParameters: {} },
      example: { Inputs: {}, GlobalParameters: { [nasty]: nasty } },
    }));
    for (const form of ['rows', 'table']) {
      const text = writeRequest(form, description, [nasty]);
      const strict: { Inputs: object; GlobalParameters: object } = JSON.parse(readScoreRequest(text).json);
      expect(Object.keys(strict)).toEqual(['Inputs', 'GlobalParameters']);
      expect(Object.keys(strict.Inputs)).toEqual([nasty]);
      expect(strict.GlobalParameters).toEqual({ [nasty]: nasty });
      expect(text.split('\n').every((line) => line === '' || /^(\/\/|\s*["[\]{}0-9])/.test(line))).toBe(true);
    }
  });

  it('a name such as __proto__ stays a name', () => {
    const text = writeRequest('rows', read(JSON.parse('{"swagger":"2.0","definitions":{"ExecutionRequest":{"example":{"Inputs":{"input1":[{"a":1}]}}}}}')), []);
    expect(parsed(text)).toEqual({ Inputs: { input1: [{ a: 1 }] }, GlobalParameters: {} });
  });

  it('long remarks are wrapped', () => {
    const text = writeRequest('rows', undefined, ['word '.repeat(60)]);
    expect(text.split('\n').filter((line) => line.startsWith('//')).every((line) => line.length <= 80)).toBe(true);
  });
});

describe('without a description', () => {
  it.each(['rows', 'table'])('the shape of a request in the form "%s", with a comment', (form) => {
    const text = writeRequest(form, undefined, ['Request for Trees.']);
    expect(text).toContain('Put in the names of the inputs and columns of your service.');
    expect(readScoreRequest(text).form).toBe(form);
    expect(text).toContain('"column1"');
  });

  it('also where the description is of another kind of request', () => {
    expect(writeRequest('rows', read({ properties: { data: { type: 'array' } } }), [])).toContain('"input1"');
  });
});

describe('a request that was sent', () => {
  it('comes as it was, put in order, with its digits', () => {
    expect(fromLastRequest('{"Inputs":{"a":[{"x":1.50}]},"GlobalParameters":{}}', ['Made from the last one.']))
      .toBe('// Made from the last one.\n{\n  "Inputs": {\n    "a": [\n      {\n        "x": 1.50\n      }\n    ]\n  },\n  "GlobalParameters": {}\n}\n');
  });

  it.each([
    ['rows', Array.from({ length: 20_000 }, (_, index) => ({ "it's \"x\"": index, y: 1.5 }))],
    ['table', { ColumnNames: Array.from({ length: 12 }, (_, index) => `c${index}`), Values: Array.from({ length: 20_000 }, () => Array.from({ length: 12 }, () => 'é')) }],
  ])('of a long one in the form "%s" the first rows of each input stay', (form, input) => {
    const text = fromLastRequest(JSON.stringify({ Inputs: { input1: input, other: input }, GlobalParameters: { a: '"' } }), []);
    expect(text).toContain('These are the first 10 rows of each input; 39,980 more are left out.');
    const { form: kind, json } = readScoreRequest(text ?? '');
    expect(kind).toBe(form);
    const first = 'Values' in input ? { ColumnNames: input.ColumnNames, Values: input.Values.slice(0, 10) } : input.slice(0, 10);
    expect(JSON.parse(json)).toEqual({ Inputs: { input1: first, other: first }, GlobalParameters: { a: '"' } });
  });

  it('is of no use where it is no JSON, or where ten rows are too much', () => {
    expect(fromLastRequest(`{"Inputs": ${'x'.repeat(300_000)}`, [])).toBeUndefined();
    expect(fromLastRequest(JSON.stringify({ Inputs: { a: [{ x: 'x'.repeat(300_000) }] } }), [])).toBeUndefined();
  });
});
