// Bodies of batch jobs as people write them: what is submitted, what is remarked, and where.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { InvalidBody } from '../../../../src/model/errors';
import { readSubmission } from '../../../../src/protocols/studio/besBody';

const folder = join(import.meta.dirname, '../../../data/samples');
const sample = (name: string): string => readFileSync(join(folder, name), 'utf8');
const now = Date.UTC(2024, 0, 2);
const key = `${'aB3/'.repeat(21)}cQ==`;
const good = `{"ConnectionString":"AccountName=acc;AccountKey=${key}","RelativeLocation":"/data/in.csv"}`;
const token = (end: string): string => `{"BaseLocation":"https://acc.blob.core.windows.net/","RelativeLocation":"data/in.csv","SasBlobToken":"?sv=1&se=${end}&sig=x"}`;

/** The remarks on a text, each with the piece of it that it points to. */
function remarks(text: string): [string, string][] {
  return readSubmission(text, now).warnings.map(({ sentence, place }) => [sentence, text.slice(place.offset, place.offset + place.length)]);
}

/** The fault of a text, with the piece of it that the fault points to. */
function faultOf(text: string): { message: string; advice: string | undefined; at: string } {
  try {
    readSubmission(text, now);
  } catch (error) {
    if (error instanceof InvalidBody) return { message: error.message, advice: error.advice, at: text.slice(error.place.offset, error.place.offset + error.place.length) };
    throw error;
  }
  throw new Error('was accepted');
}

describe('recorded bodies', () => {
  it.each([
    ['bes-request-01-documented-nulls.json', ['mycontainer/mydatablob.csv'], [/"Input": The AccountKey .* is not a key/]],
    ['bes-request-02-seed-single-input.json', ['mycontainer/mydatablob.csv'], [/^"Input": The AccountKey/, /^Output "output1": The AccountKey/]],
    ['bes-request-03-misspelt-property-names.json', ['mycontainer/input/input.csv'], [/"GolbalParameters" .* "GlobalParameters" exactly/, /"ConnetionString" .* "ConnectionString" exactly/, /"ConnetionString"/]],
    ['bes-request-04-batch-pool.json', ['testint/AdultCensusIncomeBinaryClassificationDataset.csv'], [/AccountKey/, /AccountKey/]],
    ['bes-request-06-no-inputs-sql-params.json', [], []],
    ['derived/bes-request-legacy-v1-input-only.json', ['mycontainer/input.csv'], [/AccountKey/]],
    ['derived/bes-request-retrain-two-outputs.json', ['mycontainer/mydatablob.csv'], [/^Input "input1"/, /^Output "output2"/, /^Output "output1"/]],
  ])('%s is sent as it is', (name, inputs, sentences) => {
    const text = sample(name);
    expect(readSubmission(text, now)).toMatchObject({ json: text, inputs });
    const found = remarks(text);
    expect(found).toHaveLength(sentences.length);
    sentences.forEach((sentence, index) => expect(found[index]?.[0]).toMatch(sentence));
  });

  it('a backslash that JSON does not allow is pointed to', () => {
    expect(faultOf(sample('bes-request-05-batch-pool-bad-escape.invalid-json.txt'))).toMatchObject({ message: expect.stringContaining('The body is not JSON: a backslash'), at: '"testintoutput/testint\\_results.csv"' });
  });

  it.each(['rrs-request-01-seed-hashing.json', 'rrs-request-03-thirteen-string-columns.json', 'rrs-request-06-designer-webserviceinput0.json'])('%s is sent to RRS instead', (name) => {
    expect(faultOf(sample(name))).toMatchObject({ message: expect.stringContaining('(RRS)'), advice: expect.stringContaining('Send to RRS') });
  });

  it.each(['rrs-request-05-legacy-score-v1.json', 'derived/v2-batch-invoke-request.json', 'derived/v2-online-mlflow-request.json'])('%s is refused', (name) => {
    expect(faultOf(sample(name)).message).toMatch(/first version|has no "Input"/);
  });
});

describe('a body', () => {
  it('loses comments and trailing commas and nothing else; places count a byte order mark', () => {
    const text = `\uFEFF// job\n{"Input": ${token('2025-01-01')}, /* n */ "GlobalParamters": {"n": 9007199254740993.10,},}`;
    expect(readSubmission(text, now).json).toBe(`{"Input":${token('2025-01-01')},"GlobalParamters":{"n":9007199254740993.10}}`);
    expect(remarks(text)).toEqual([['"GlobalParamters" is passed over by services: it has to be "GlobalParameters" exactly.', '"GlobalParamters"']]);
    expect(faultOf('\uFEFF{"Inputs": 5}').at).toBe('5');
  });

  it('tells its parameters as strict JSON, and none where it has no object of that name', () => {
    const parameters = (text: string): string => readSubmission(text, now).parametersJson;
    expect(parameters('{"GlobalParameters": {"Database password": "x", /* n */ "n": 2,}}')).toBe('{"Database password":"x","n":2}');
    for (const text of ['{"Input":null}', '{"GlobalParameters":null}', '{"Globalparameters":{"n":1}}']) expect(parameters(text)).toBe('{}');
  });

  it('is fine without anything', () => {
    expect(readSubmission('{}', now)).toEqual({ json: '{}', parametersJson: '{}', warnings: [], inputs: [] });
    expect(readSubmission('{"Input":null,"Inputs":null,"Outputs":null,"GlobalParameters":null}', now).warnings).toEqual([]);
  });

  it('that holds an account\'s key says so once, without it', () => {
    const found = remarks(`{"Input":${good},"Outputs":{"o":${good}}}`);
    expect(found.map(([sentence]) => sentence)).toEqual([expect.stringContaining('holds the key of a storage account')]);
    expect(JSON.stringify(found.map(([sentence]) => sentence))).not.toContain('aB3');
  });

  it.each([
    [`{"input":${token('2025-01-01')}}`, '"Input" exactly', '"input"'],
    [`{"Ouputs":{}}`, '"Outputs" exactly', '"Ouputs"'],
    [`{"Outputs":{},"Colour":1}`, '"Colour" is no member', '"Colour"'],
    [`{"Input":{"connectionString":"x","RelativeLocation":"c/b.csv"}}`, '"ConnectionString" exactly', '"connectionString"'],
    [`{"Input":${token('2025-01-01')},"Inputs":{}}`, 'both "Input" and "Inputs"', '{}'],
    [`{"Input":${token('2025-01-01').replace('in.csv', 'in.txt')}}`, '.csv, .tsv, .arff', '"data/in.txt"'],
    [`{"Input":{"RelativeLocation":"c/b.csv"}}`, 'lacks "ConnectionString"', '{"RelativeLocation":"c/b.csv"}'],
    [`{"Inputs":{"i":{"BaseLocation":"https://a/","RelativeLocation":"c/b.csv","ConnectionString":null}}}`, 'Input "i" lacks "SasBlobToken"', '{"BaseLocation":"https://a/","RelativeLocation":"c/b.csv","ConnectionString":null}'],
    [`{"Outputs":{"o":{"SasBlobToken":"?sig=x","RelativeLocation":"c/b.csv"}}}`, 'Output "o" lacks "BaseLocation"', '{"SasBlobToken":"?sig=x","RelativeLocation":"c/b.csv"}'],
    [`{"Input":{"BaseLocation":"https://a/","SasBlobToken":"?sig=x"}}`, 'lacks "RelativeLocation"', '{"BaseLocation":"https://a/","SasBlobToken":"?sig=x"}'],
    [`{"Input":${token('2024-01-01')}}`, 'expired on 2024-01-01 00:00 UTC', '"?sv=1&se=2024-01-01&sig=x"'],
  ])('%s is remarked on', (text, words, at) => {
    expect(remarks(text)).toEqual([[expect.stringContaining(words), at]]);
  });

  it.each([
    ['', 'empty', ''], ['  ', 'empty', ''], ['{', 'not JSON', ''], ['[]', 'is a JSON object', '[]'], ['"x"', 'is a JSON object', '"x"'], ['{"Inputs":[1]}', '"Inputs" is an array', '[1]'], ['{"Outputs":"x"}', '"Outputs" is text', '"x"'], ['{"GlobalParameters":[]}', '"GlobalParameters" is an array', '[]'],
    ['{"Input":"c/b.csv"}', '"Input" is text', '"c/b.csv"'], ['{"Inputs":{"i":null}}', 'Input "i" is null', 'null'], ['{"Outputs":{"o":5}}', 'Output "o" is a number', '5'], ['{"Inputs":{"i":[{"a":1}]}}', '(RRS)', '[{"a":1}]'], ['{"foo":1}', 'has no "Input"', '{"foo":1}'], ['['.repeat(200_000), 'body', undefined],
  ])('%.40j is refused', (text, words, at) => {
    const fault = faultOf(text);
    expect(fault.message).toContain(words);
    if (at !== undefined) expect(fault.at).toBe(at);
  });
});
