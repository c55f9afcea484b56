// Batch jobs of the sample from submission to result, with its real storage.

import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startSample } from '../../../../src/sample/server';
import { base, call, goodDayRow, key, until } from '../sampleClient';
import { built, download, endPrograms, resultOf, startJob, startPrograms, type Built, type Programs } from './sampleJobsClient';

let build: Built;
let sample: Programs;
beforeAll(async () => {
  build = await built();
  sample = await startPrograms(build.program);
});
afterEach(() => call(sample.baseUrl, '/behaviour', { method: 'DELETE' }));
afterAll(async () => {
  await endPrograms(sample);
  build.remove();
});

const counts = goodDayRow.join(',');
const head = goodDayRow.map((_, index) => `Col2 - Hashing feature ${index + 1}`).join(',');
const seen = async (): Promise<{ id: string; status: string; starts: number; removed: boolean }[]> =>
  JSON.parse((await call(sample.baseUrl, '/jobs-seen', { method: 'GET' })).text);

describe('a job', () => {
  it('turns the sample input into a table that anybody with the token can read', async () => {
    const location = await sample.upload('days.csv', readFileSync('media/sample/days.csv'));
    const submitted = await sample.submit({ Input: sample.byKey(`/${location}`), Outputs: null, GlobalParameters: null });
    expect(submitted).toMatchObject({ status: 200, headers: { 'content-type': 'application/json; charset=utf-8' } });
    expect(submitted.text).toMatch(/^"[0-9a-f]{32}"$/);
    const id: string = JSON.parse(submitted.text);
    const yearOne = '0001-01-01T00:00:00+00:00';
    expect(await sample.status(id)).toEqual({ StatusCode: 'NotStarted', Results: null, Details: null, CreatedAt: expect.stringMatching(/Z$/), StartTime: yearOne, EndTime: yearOne });
    expect(await startJob(sample.baseUrl, id)).toMatchObject({ status: 200, text: '' });

    const status = await sample.end(id);
    expect(status).toMatchObject({ StatusCode: 'Finished', Details: null, Results: { output1: { ConnectionString: null, BaseLocation: `${sample.blobEndpoint}/` } } });
    expect(Date.parse(status.EndTime)).toBeGreaterThanOrEqual(Date.parse(status.StartTime));
    const result = resultOf(status);
    expect(result.RelativeLocation).toMatch(/^results\/[0-9a-f-]{36}\.csv$/);
    const { text } = await download(result);
    const lines = text.trimEnd().split('\n');
    expect(lines).toHaveLength(21);
    expect(lines.slice(0, 2)).toEqual([`Col2,${head}`, `This is a good day,${counts}`]);
    expect(lines[3]).toMatch(/^"Sunny at first, then clouds from the west"(,\d+){8}$/);
    expect(text).toContain('"They said ""no rain today"", and it rained",');
  });

  it('takes references with tokens, and writes where it is told to', async () => {
    const location = await sample.upload('by token/tag für tag.tsv', 'Day\tCol2\r\n1\tThis is a good day\r\n');
    const id = await sample.start({ Inputs: { input1: sample.byToken(location, 'r') }, Outputs: { output1: sample.byToken('days/out put.csv', 'cw') } });
    const result = resultOf(await sample.end(id));
    expect(result.RelativeLocation).toBe('days/out put.csv');
    // The token of the status reads, which the one of the submission did not.
    expect(await download(result)).toEqual({ status: 200, text: `Day,Col2,${head}\n1,This is a good day,${counts}\n` });
    const [, text] = [await sample.end(await sample.start({ Input: sample.byKey(location), Outputs: { output1: sample.byKey('days/again.csv') } })), await sample.blobs.getContainerClient('days').getBlobClient('again.csv').downloadToBuffer()];
    expect(String(text)).toBe(`Day,Col2,${head}\n1,This is a good day,${counts}\n`);
  });

  it('reads ARFF', async () => {
    const location = await sample.upload('days.arff', "% days\n@RELATION days\n@ATTRIBUTE 'Col2' STRING\n@DATA\n'This is a good day'\n?");
    const { text } = await download(resultOf(await sample.end(await sample.start({ Input: sample.byKey(location) }))));
    expect(text).toBe(`Col2,${head}\nThis is a good day,${counts}\n,0,0,0,0,0,0,0,0\n`);
  });

  it('cannot be started twice, and what is not known is not found', async () => {
    const location = await sample.upload('days.csv', 'Col2\na\n');
    const id = await sample.start({ Input: sample.byKey(location), GlobalParameters: { 'Queue seconds': '600' } });
    const twice = async (): Promise<unknown> => (await startJob(sample.baseUrl, id)).json;
    expect(await twice()).toMatchObject({ error: { code: 'InvalidOperation', details: [{ code: 'CannotStartJob', message: expect.stringContaining('in the state Queued') }] } });
    await sample.cancel(id);
    expect(await twice()).toMatchObject({ error: { details: [{ code: 'CannotStartJob', message: expect.stringContaining('in the state Cancelled') }] } });
    expect((await seen()).find((job) => job.id === id)).toMatchObject({ status: 'Cancelled', starts: 3, removed: false });
    const unknown = 'f'.repeat(32);
    for (const reply of [await startJob(sample.baseUrl, unknown), await sample.cancel(unknown), await call(sample.baseUrl, `${base}/jobs/${unknown}?api-version=2.0`, { method: 'GET' })]) {
      expect(reply).toMatchObject({ status: 404, json: { error: { code: 'NotFound', details: [{ code: 'JobNotFound' }] } } });
    }
  });
});

describe('failures', () => {
  it.each([
    ['a missing column', 'Col1\na\n', {}, { ErrorCode: '0001', Message: expect.stringContaining("no column named 'Col2'") }],
    ['an empty file', '', {}, { ErrorCode: '0003' }],
    ['a ragged row', 'Col2,More\na,b\nc\n', {}, { ErrorCode: '1000', Exception: { ErrorId: 'AllRowsMustHaveSameElements', Message: expect.stringContaining('row 2 has 1, the header has 2') } }],
    ['bytes that are no text', Buffer.from([0x43, 0xff, 0x0a]), {}, { Exception: { ErrorId: 'NotUtf8' } }],
    ['text that breaks off within a letter', Buffer.from([0x43, 0xc3]), {}, { Exception: { ErrorId: 'NotUtf8' } }],
    ['a failure that was asked for', 'Col2\na\nb\nc\n', { 'Fail at row': '2' }, { Exception: { Message: expect.stringMatching(/^Row 2 /) } }],
  ])('are told in the details: %s', async (_, content, parameters, exception) => {
    const location = await sample.upload('wrong.csv', content);
    const id = await sample.start({ Input: sample.byKey(location), Outputs: { output1: sample.byKey('days/never.csv') }, GlobalParameters: parameters });
    const status = await sample.end(id);
    expect(status).toMatchObject({ StatusCode: 'Failed', Results: null });
    const [, json = ''] = /^Module: [A-Z][A-Za-z ]+; SNR Job Id: [0-9a-f]{32}; SNR Task Id: [0-9a-f-]{36}; requestId = [0-9a-f-]{36} errorComponent=Module\. taskStatusCode=400\. (\{.*\})Error: Error \d{4}: .* Process exited with error code -2 Record Starts at UTC \d\d\/\d\d\/\d{4} \d\d:\d\d:\d\d:$/s.exec(status.Details ?? '') ?? [];
    expect(JSON.parse(json)).toMatchObject({ Exception: exception });
    expect(await sample.blobs.getContainerClient('days').getBlobClient('never.csv').exists()).toBe(false);
  });

  it.each([
    ['a blob that is not there', () => sample.byKey('days/missing.csv'), 'answered 404 BlobNotFound'],
    ['a token that may not read', () => sample.byToken('days/days.csv', 'w'), 'answered 403 AuthorizationPermissionMismatch'],
    ['storage of others', () => ({ ConnectionString: 'DefaultEndpointsProtocol=https;AccountName=a;AccountKey=c2VjcmV0', RelativeLocation: 'c/b.csv' }), 'is on a.blob.core.windows.net, but the sample service reads and writes storage on this computer only'],
    ['storage of others by a token', () => ({ BaseLocation: 'https://a.blob.core.windows.net/', RelativeLocation: 'c/b.csv', SasBlobToken: '?sig=c2VjcmV0' }), 'is on a.blob.core.windows.net'],
    ['storage that does not run', () => ({ BaseLocation: 'http://127.0.0.1:9/a/', RelativeLocation: 'c/b.csv', SasBlobToken: '?sig=c2VjcmV0' }), 'cannot be reached'],
  ])('name the place and no secret: %s', async (_, reference, words) => {
    const status = await sample.end(await sample.start({ Input: reference() }));
    expect(status.StatusCode).toBe('Failed');
    expect(status.Details).toContain(words);
    expect(status.Details).not.toMatch(/c2VjcmV0|sig=/);
  });

  it('follow no redirect', async () => {
    let called = 0;
    const elsewhere = createServer((_, response) => response.end(String(called++))).listen(0, '127.0.0.1');
    const redirecting = createServer((_, response) => response.writeHead(302, { Location: `http://127.0.0.1:${port(elsewhere)}/a/c/b.csv` }).end()).listen(0, '127.0.0.1');
    await until(() => elsewhere.listening && redirecting.listening);
    const reference = { BaseLocation: `http://127.0.0.1:${port(redirecting)}/a/`, RelativeLocation: 'c/b.csv', SasBlobToken: '?sig=x' };
    expect((await sample.end(await sample.start({ Input: reference }))).StatusCode).toBe('Failed');
    expect(called).toBe(0);
    for (const server of [elsewhere, redirecting]) server.close();
  });
});

describe('without storage', () => {
  it('a sample still scores, and says why it takes no jobs', async () => {
    const alone = await startSample({ port: 0, key });
    const reply = await call(alone.baseUrl, `${base}/jobs?api-version=2.0`, { body: '{}' });
    expect(reply).toMatchObject({ status: 503, json: { error: { code: 'ServiceUnavailable', details: [{ message: expect.stringContaining('without blob storage') }] } } });
    await alone.stop();
  });
});

function port(server: ReturnType<typeof createServer>): number {
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}
