// Requests as people write them: what is accepted, what is sent, and where a fault is said to be.

import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { InvalidBody } from '../../../../src/model/errors';
import { readScoreRequest, toTableForm } from '../../../../src/protocols/studio/request';

const table = '{"Inputs": {"input1": {"ColumnNames": ["a", "b"], "Values": [["1", 2.50], [null, true]]}}, "GlobalParameters": {}}';

/** The fault of a text, with the piece of it that the fault points to. */
function faultOf(text: string): { message: string; at: string; offset: number } {
  try {
    readScoreRequest(text);
  } catch (error) {
    if (error instanceof InvalidBody) return { message: error.message, at: text.slice(error.place.offset, error.place.offset + error.place.length), offset: error.place.offset };
    throw error;
  }
  throw new Error('was accepted');
}

describe('a request that is good', () => {
  it('is sent as it is written when it is strict JSON', () => {
    expect(readScoreRequest(table)).toEqual({ form: 'table', json: table });
  });

  it('may have several inputs, and none', () => {
    expect(readScoreRequest('{"Inputs":{"a":{"ColumnNames":[],"Values":[]},"b":{"ColumnNames":["x"],"Values":[["1"]]}}}').form).toBe('table');
    expect(readScoreRequest('{"Inputs":{}}')).toEqual({ form: 'table', json: '{"Inputs":{}}' });
  });

  it('may have row objects', () => {
    expect(readScoreRequest('{"Inputs":{"input1":[{"a":1},{"a":2}]}}')).toMatchObject({ form: 'rows' });
  });

  it('loses comments and trailing commas, and nothing else', () => {
    const text = '\uFEFF// first\n{ "Inputs": { /* here */ "input1": [ { "a // no comment": 9007199254740993.10, }, ], }, }';
    expect(readScoreRequest(text).json).toBe('{"Inputs":{"input1":[{"a // no comment":9007199254740993.10}]}}');
  });

  it('keeps every number to the digit when comments are removed', () => {
    fc.assert(
      fc.property(fc.array(fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n }), { minLength: 1 }), fc.nat(99), (whole, part) => {
        const numbers = whole.map((each) => `${each}.${part}0e-7`);
        const text = `/* c */{"Inputs":{"i":{"ColumnNames":["n"],"Values":[${numbers.map((each) => `[${each}]`).join(',\n// c\n')}]}}}`;
        expect(readScoreRequest(text).json).toContain(`[${numbers.map((each) => `[${each}]`).join(',')}]`);
      }),
    );
  });

  it('gives the same JSON value whatever comments stand between its tokens', () => {
    fc.assert(
      fc.property(fc.array(fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean(), fc.constant(null)))), (rows) => {
        const json = JSON.stringify({ Inputs: { input1: rows } });
        const commented = `/* a */ ${json} // b`;
        expect(readScoreRequest(commented).json).toBe(json);
      }),
    );
  });
});

describe('a request that is not sent', () => {
  it.each([
    ['nothing', '  \n', 'The request is empty.', ''],
    ['broken JSON', '{"Inputs": {"input1" 5}}', 'The request is not JSON: a colon is expected here.', '5'],
    ['a missing comma', '{"Inputs": {}\n "GlobalParameters": {}}', 'The request is not JSON: a comma is expected here.', '"GlobalParameters"'],
    ['NaN', '{"Inputs": {"i": [{"a": NaN}]}}', 'NaN is not JSON.', 'NaN'],
    ['Python\'s True', '{"Inputs": {"i": [{"a": True}]}}', 'True is not JSON: write true.', 'True'],
    ['an array', '[1]', 'An RRS request is a JSON object with "Inputs".', '[1]'],
    ['no Inputs', '{"a": 1}', 'The request has no "Inputs".', '{'],
    ['lower-case inputs', '{"inputs": {}}', 'The request has "inputs", but the member has to be called "Inputs" exactly.', '{'],
    ['lower-case members', '{"Inputs": {"i": {"columnNames": ["a"], "values": [["1"]]}}}', 'Input "i" has "columnNames", but the member has to be called "ColumnNames" exactly.', '["a"]'],
    ['one lower-case member', '{"Inputs": {"i": {"ColumnNames": ["a"], "VALUES": [["1"]]}}}', 'Input "i" has "VALUES", but the member has to be called "Values" exactly.', '[["1"]]'],
    ['a batch body', '{"Input": {"ConnectionString": "x"}}', 'This is the body of a batch job (BES), which has "Input"; a request (RRS) has "Inputs" with rows in it.', '{'],
    ['the first version', '{"Id": "1", "Instance": {}}', 'This is a request of the contract\'s first version ("Instance"), which is no longer spoken; write the row under "Inputs" instead.', '{'],
    ['Inputs as array', '{"Inputs": []}', '"Inputs" has to be an object with one member for each input, such as "input1".', '[]'],
    ['an input that is text', '{"Inputs": {"input1": "x"}}', 'Input "input1" is text; it has to hold "ColumnNames" and "Values", or be an array of row objects.', '"x"'],
    ['a blob reference', '{"Inputs": {"input1": {"RelativeLocation": "a/b.csv"}}}', 'Input "input1" points to a file in blob storage: this is the body of a batch job (BES), not of a request (RRS).', '{"RelativeLocation": "a/b.csv"}'],
    ['an empty input', '{"Inputs": {"input1": {}}}', 'Input "input1" has neither "ColumnNames" and "Values" nor an array of row objects.', '{}'],
    ['no names', '{"Inputs": {"i": {"Values": []}}}', 'Input "i" has "Values" and no "ColumnNames".', '{"Values": []}'],
    ['no values', '{"Inputs": {"i": {"ColumnNames": []}}}', 'Input "i" has "ColumnNames" and no "Values".', '{"ColumnNames": []}'],
    ['names that are no array', '{"Inputs": {"i": {"ColumnNames": "a", "Values": []}}}', '"ColumnNames" of "i" has to be an array of names.', '"a"'],
    ['a name that is no text', '{"Inputs": {"i": {"ColumnNames": ["a", 5], "Values": []}}}', '"ColumnNames" of "i" holds a number; each name has to be text in double quotes.', '5'],
    ['values that are no array', '{"Inputs": {"i": {"ColumnNames": ["a"], "Values": {}}}}', '"Values" of "i" has to be an array of rows.', '{}'],
    ['a row that is no array', '{"Inputs": {"i": {"ColumnNames": ["a"], "Values": [["1"], "2"]}}}', 'Row 2 of "i" is text; in "Values" each row has to be an array.', '"2"'],
    ['a short row', '{"Inputs": {"i": {"ColumnNames": ["a", "b"], "Values": [["1", "2"], ["3"]]}}}', 'Row 2 of "i" has 1 value, but there are 2 column names.', '["3"]'],
    ['a long row', '{"Inputs": {"i": {"ColumnNames": ["a"], "Values": [["1", "2"]]}}}', 'Row 1 of "i" has 2 values, but there is 1 column name.', '["1", "2"]'],
    ['a row object that is none', '{"Inputs": {"i": [{"a": 1}, 7]}}', 'Row 2 of "i" is a number; each row has to be an object with a member for each column.', '7'],
    ['two forms in one', '{"Inputs": {"i": [{"a": 1}], "j": {"ColumnNames": [], "Values": []}}}', 'All inputs of one request have to use the same form: either "ColumnNames" and "Values", or row objects.', '{"ColumnNames": [], "Values": []}'],
  ])('%s', (_name, text, message, at) => {
    expect(faultOf(text)).toMatchObject({ message, at });
  });

  it('single quotes get advice', () => {
    expect(() => readScoreRequest("{'Inputs': {}}")).toThrow(expect.objectContaining({ advice: 'Text has to stand in double quotes.' }));
  });

  it('has its place counted with the byte order mark', () => {
    expect(faultOf('\uFEFF{"Inputs": []}').at).toBe('[]');
  });

  it('is not followed into the deep', () => {
    expect(faultOf('['.repeat(200_000)).message).toMatch(/nested far too deeply|not JSON/);
  });

  it('whatever the text, there is an answer or a place inside the text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        try {
          readScoreRequest(text);
        } catch (error) {
          if (!(error instanceof InvalidBody)) throw error;
          expect(error.place.offset).toBeLessThanOrEqual(text.length);
        }
      }),
    );
  });
});

describe('the form for gateways', () => {
  it('holds the same cells, and null where a row leaves a column out', () => {
    const rows = '{"Inputs":{"in":[{"a":1.50,"b":"x"},{"b":null,"c":12345678901234567890}]},"GlobalParameters":{"p": "q"}}';
    expect(toTableForm(rows)).toBe('{"Inputs":{"in":{"ColumnNames":["a","b","c"],"Values":[[1.50,"x",null],[null,null,12345678901234567890]]}},"GlobalParameters":{"p": "q"}}');
  });

  it('is a good request itself', () => {
    fc.assert(
      fc.property(fc.array(fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.integer()))), (rows) => {
        const request = readScoreRequest(toTableForm(JSON.stringify({ Inputs: { input1: rows } })));
        expect(request.form).toBe('table');
        expect(JSON.parse(request.json).Inputs.input1.Values).toHaveLength(rows.length);
      }),
    );
  });
});
