// Batch jobs on the wire: every recorded or derived status, every spelling of the contract, addresses and bodies.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Endpoint } from '../../../../src/model/service';
import { jobUrl, readJobId, readStatus, startUrl, submission, submitUrl } from '../../../../src/protocols/studio/bes';
import { resultUrl } from '../../../../src/storage/blobAddress';

const folder = join(import.meta.dirname, '../../../data/samples');
const text = (name: string): string => readFileSync(join(folder, name), 'utf8');

describe('addresses', () => {
  const classic: Endpoint = { form: 'classic', origin: 'https://h', prefix: '/demo', odata: true, workspace: 'w', service: 's' };

  it('are those of the contract, with the id percent-encoded', () => {
    expect(submitUrl(classic)).toBe('https://h/demo/workspaces/w/services/s/jobs?api-version=2.0');
    expect(startUrl(classic, 'a b/c')).toBe('https://h/demo/workspaces/w/services/s/jobs/a%20b%2Fc/start?api-version=2.0');
    expect(jobUrl({ form: 'new', origin: 'https://h', prefix: '', subscription: 'u', service: 's' }, 'id')).toBe('https://h/subscriptions/u/services/s/jobs/id?api-version=2.0');
  });

  it('do not exist for an exact address', () => {
    const exact: Endpoint = { form: 'exact', origin: 'https://h', path: '/score', query: '' };
    expect([submitUrl(exact), startUrl(exact, 'x'), jobUrl(exact, 'x')]).toEqual([undefined, undefined, undefined]);
  });
});

describe('submission', () => {
  const reference = { BaseLocation: 'https://a/', RelativeLocation: 'c/b.csv', SasBlobToken: '?sig=x' };

  it('has "Input" for one input without a port, and parameters to the digit', () => {
    expect(submission({ inputs: [{ reference }], outputs: [], parametersJson: ' {"n": 9007199254740993.10} ' })).toBe(`{"Input":${JSON.stringify(reference)},"GlobalParameters":{"n": 9007199254740993.10}}`);
  });

  it('has "Inputs" for named ones in their order, and "Outputs" only where there are any', () => {
    expect(submission({ inputs: [{ port: 'a', reference }], outputs: [], parametersJson: '' })).toContain('{"Inputs":{"a":');
    const body = submission({ inputs: [{ port: '2', reference }, { port: '1', reference }], outputs: [{ port: '__proto__', reference }], parametersJson: '' });
    expect(body).toMatch(/^\{"Inputs":\{"2":.*"1":.*\},"Outputs":\{"__proto__":.*\},"GlobalParameters":\{\}\}$/);
    expect(JSON.parse(body).Inputs['1']).toEqual(reference);
  });

  it('has neither without inputs, and refuses parameters that are no object', () => {
    expect(submission({ inputs: [], outputs: [], parametersJson: '{}' })).toBe('{"GlobalParameters":{}}');
    for (const parametersJson of ['[]', '{"a":1,}', 'null']) expect(() => submission({ inputs: [], outputs: [], parametersJson })).toThrow('not a JSON object');
  });
});

describe('job id', () => {
  it.each([[text('bes-reply-01-job-id.json'), '539d0bc2fde945b6ac986b851d0000f0'], ['\uFEFF abc\r\n', 'abc'], ["'abc'", 'abc'], ['"abc', 'abc'], ['12345678901234567890123', '12345678901234567890123']])('%j', (answer, id) => {
    expect(readJobId(answer)).toBe(id);
  });

  it.each(['', '""', '"a b"', '"a/b"', '".."', '{"id":"x"}', '["x"]', 'null', '<html>', `"${'x'.repeat(201)}"`])('%j holds none', (answer) => {
    expect(readJobId(answer)).toBeUndefined();
  });
});

describe('recorded status answers', () => {
  const expected: Readonly<Record<string, unknown>> = {
    'bes-status-01-running-with-times.json': { status: 'running', text: 'Running', createdAt: '2016-10-14T14:52:33.979Z', startTime: '2016-10-14T14:52:52.168Z', results: [] },
    'derived/bes-status-canceled-one-l.json': { status: 'cancelled', text: 'Canceled', results: [] },
    'derived/bes-status-cancelled-numeric.json': { status: 'cancelled', text: '3', results: [] },
    'derived/bes-status-failed-numeric.json': { status: 'failed', text: '2', details: JSON.parse(text('derived/bes-status-failed-numeric.json')).Details, results: [] },
    'derived/bes-status-failed-reader.json': { status: 'failed', text: 'Failed', details: text('bes-details-01-reader-rows.txt').trim(), results: [] },
    'derived/bes-status-finished-no-outputs.json': { status: 'finished', text: 'Finished', createdAt: '2016-10-14T14:52:33.979Z', startTime: '2016-10-14T14:52:52.168Z', endTime: '2016-10-14T14:53:40.112Z', results: [] },
    'derived/bes-status-finished-numeric.json': { status: 'finished', text: '4', results: [{ name: 'output1', base: 'https://mystorageaccount.blob.core.windows.net/', location: 'mycontainer/myresultsblob.csv' }] },
    'derived/bes-status-finished-retrain.json': { status: 'finished', text: 'Finished', results: [{ name: 'output2', base: 'https://storage170301we.blob.core.windows.net/', location: 'retrain/output2results.ilearner' }, { name: 'output1', base: 'https://storage170301we.blob.core.windows.net/', location: 'retrain/output1results.csv' }] },
    'derived/bes-status-legacy-v1-result-singular.json': { status: 'finished', text: '4', results: [{ name: 'output1', base: 'https://mystorageaccount.blob.core.windows.net/', location: 'outputs/result.csv' }] },
    'derived/bes-status-not-started-spaced.json': { status: 'notStarted', text: 'Not started', results: [] },
    'derived/bes-status-notstarted-numeric.json': { status: 'notStarted', text: '0', results: [] },
    'derived/bes-status-number-as-string.json': { status: 'running', text: '1', results: [] },
    'derived/bes-status-running-numeric.json': { status: 'running', text: '1', results: [] },
  };

  it('are all here', () => {
    expect(Object.keys(expected).sort()).toEqual(readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => name.replaceAll('\\', '/')).filter((name) => /bes-status/.test(name)).sort());
  });

  it.each(Object.entries(expected))('%s', (name, reading) => {
    expect(readStatus(text(name))?.reading).toEqual(reading);
  });

  it('give addresses with tokens apart from the reading', () => {
    const answer = readStatus(text('derived/bes-status-finished-retrain.json'));
    expect(answer?.references.map((reference) => resultUrl(reference))[1]).toBe('https://storage170301we.blob.core.windows.net/retrain/output1results.csv?sv=2015-02-21&sr=b&sig=REDACTED2&st=2017-03-01T10%3A01%3A12Z&se=2017-03-02T10%3A06%3A12Z&sp=r');
    expect(JSON.stringify(answer?.reading)).not.toMatch(/REDACTED|sig=/);
  });
});

describe('status answers', () => {
  it('may have the key with a blank and a comma too many, as the vendor\'s sample has', () => {
    expect(readStatus('{"Status Code": "Finished", "Results": {}, "Details": null,}')?.reading).toEqual({ status: 'finished', text: 'Finished', results: [] });
  });

  it('keep a status that nobody knows as text', () => {
    expect(readStatus('{"StatusCode":"Paused"}')?.reading).toEqual({ status: undefined, text: 'Paused', results: [] });
    expect(readStatus('{"StatusCode":7}')?.reading).toMatchObject({ status: undefined, text: '7' });
    expect(readStatus('{"StatusCode":"?sig=SECRET"}')?.reading.text).toBe('?sig=••••••••');
  });

  it('lose tokens and keys from what is kept, wherever they stand', () => {
    const answer = readStatus(JSON.stringify({ StatusCode: 4, Details: 'at https://a/c?sv=1&sig=SECRET', Results: { o: { BaseLocation: 'https://a/', RelativeLocation: 'c/b.csv?sv=1&sig=SECRET' }, p: { ConnectionString: 'AccountName=acc;AccountKey=U0VDUkVU', RelativeLocation: 'c/d.csv' } } }));
    expect(JSON.stringify(answer?.reading)).not.toMatch(/SECRET|U0VDUkVU/);
    expect(answer?.references).toEqual([{ name: 'o', base: 'https://a/', location: 'c/b.csv', sas: '?sv=1&sig=SECRET' }, { name: 'p', base: 'https://acc.blob.core.windows.net/', location: 'c/d.csv', sas: '' }]);
  });

  it('keep the order of outputs whose names are numbers, and pass over empty ones', () => {
    expect(readStatus('{"StatusCode":4,"Results":{"b":{"BaseLocation":"https://a/","RelativeLocation":"x"},"2":{"BaseLocation":"https://a/","RelativeLocation":"y"},"1":null}}')?.references.map(({ name }) => name)).toEqual(['b', '2']);
  });

  it.each(['', 'null', '"x"', '[]', '{}', '<html></html>', '{"StatusCode":null}', '{"statusCode":429,"message":"Rate limit is exceeded."}', '{"statusCode":404}', '{"statusCode":"Running","message":"x"}', '{"error":{"code":"NotFound"}}', '{"StatusCode":', '['.repeat(100_000)])('%.30s is none', (answer) => {
    expect(readStatus(answer)).toBeUndefined();
  });
});
