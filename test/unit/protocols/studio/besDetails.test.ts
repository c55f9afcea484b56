// Why a job failed: the useful part of the service's prose, and never an exception.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explainDetails } from '../../../../src/protocols/studio/besDetails';

const folder = join(import.meta.dirname, '../../../data/samples');
const text = (name: string): string => readFileSync(join(folder, name), 'utf8');
const recorded = text('bes-details-01-reader-rows.txt');

describe('explaining', () => {
  it('takes the innermost cause of the recorded failure', () => {
    expect(explainDetails(recorded)).toEqual({
      sentence: 'The job failed in its module "Reader": All rows must have same number of elements.',
      advice: expect.stringContaining('as many cells as the header'),
      module: 'Reader', code: '1000', errorId: 'AllRowsMustHaveSameElements', requestId: 'd605052f-63ea-4549-9ae0-fe8159fe02db', whole: recorded,
    });
  });

  it('names missing columns', () => {
    expect(explainDetails(JSON.parse(text('derived/bes-status-failed-numeric.json')).Details)).toMatchObject({
      sentence: 'The job failed: The data set being scored must contain all features used during training, missing feature(s): \'Month\', \'Revenue\'.',
      advice: expect.stringContaining('names matter'), code: '1000', errorId: 'ScoredFeaturesMustMatchTrainingFeatures', requestId: 'f2fbbae54e674bc9bbc8430f592c1925',
    });
  });

  it('reads a script\'s failure without JSON', () => {
    const words = explainDetails(text('error-12-r-script-failed-as-text.txt'));
    expect(words).toMatchObject({ errorId: 'FailedToEvaluateRScript', advice: expect.stringContaining('R script') });
    expect(words.sentence).toContain('bad restore file magic number');
  });

  it('reads the contract\'s own fault inside the prose', () => {
    expect(explainDetails(`Job failed. ${text('derived/error-400-input-parse.json')}`)).toMatchObject({ errorId: 'InputParseError', sentence: expect.stringContaining('Parsing of input vector failed') });
  });

  it('reads JSON wherever it is cut off', () => {
    for (let end = recorded.indexOf('AFx'); end < recorded.length; end++) expect(explainDetails(recorded.slice(0, end)).sentence, String(end)).toMatch(/^The job failed in its module "Reader": (?:[AE].*)[.…:]$/);
    expect(explainDetails(recorded.slice(0, recorded.indexOf('"Message":"All') + 20)).sentence).toContain('All rows must have same number of elements.');
  });

  it('reads JSON that is nested deeper, has braces in its texts, or is escaped once more', () => {
    expect(explainDetails('{x} {"Exception":{"Exception":{"Message":"odd \\" } in it"},"Message":"outer"}}').sentence).toBe('The job failed: odd " } in it.');
    const inner = { Exception: { Message: 'outer { one', Exception: { Message: 'middle }', Exception: { ErrorId: 'Deep', Message: 'cell "}{" at row number 12 of column "age" is bad' } } } };
    for (const json of [JSON.stringify(inner), JSON.stringify(JSON.stringify(inner)).slice(1, -1)]) {
      expect(explainDetails(`{not json} Module: A B; x ${json} tail`)).toMatchObject({ sentence: 'The job failed in its module "A B": cell "}{" at row number 12 of column "age" is bad.', row: 12, column: 'age', errorId: 'Deep' });
    }
  });

  it.each([['Bad value in row 7', 7], ['parse error at line 12, char 3', 12], ['Row: 3 is short', 3], ['Error in R script at line 12', undefined], ['12 rows', undefined], ['narrow 5', undefined]])('%s', (details, row) => {
    expect(explainDetails(details).row).toBe(row);
  });

  it('masks tokens everywhere', () => {
    const words = explainDetails('requestId = 12345678 {"Exception":{"Message":"BlobNotFound at https://a/c/b.csv?sv=1&sig=SECRET","ErrorId":"BlobNotFound"}}');
    expect(words).toMatchObject({ errorId: 'BlobNotFound', advice: expect.stringContaining('expired') });
    expect(JSON.stringify(words)).not.toContain('SECRET');
  });

  it('advises by the number of the module\'s error, and on a table without a header', () => {
    expect(explainDetails('Error: Error 0003: One or more inputs are null or empty. Process exited with error code -2')).toMatchObject({ code: '0003', sentence: 'The job failed: One or more inputs are null or empty.', advice: expect.stringContaining('empty') });
    expect(explainDetails('Error reading string. Unexpected token: StartObject.').advice).toContain('names of the columns');
  });

  it('never throws, and keeps the whole', () => {
    expect(explainDetails(' ')).toEqual({ sentence: 'The job failed, and the service did not say why.', whole: ' ' });
    fc.assert(fc.property(fc.array(fc.constantFrom('{', '}', '"', '\\', '"Message":', '"Exception":', 'Module: ', ';', 'Error: ', 'x', ' ', ',', '\n')), (pieces) => explainDetails(pieces.join('')).whole === pieces.join('')), { numRuns: 500 });
    explainDetails('{"Exception":'.repeat(20_000));
    explainDetails(`${'{"Exception":'.repeat(20_000)}1${'}'.repeat(20_000)}`);
    explainDetails('{'.repeat(100_000));
  });
});
