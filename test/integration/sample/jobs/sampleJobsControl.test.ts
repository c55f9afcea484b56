// Batch jobs under control: waiting, cancelling, faults on demand, and the behaviour that tests may choose.

import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { base, call, counters, plan, until, type Reply } from '../sampleClient';
import { built, download, endPrograms, resultOf, startJob, startPrograms, type Built, type Programs } from './sampleJobsClient';

let build: Built;
let sample: Programs;
let input: object;
beforeAll(async () => {
  build = await built();
  sample = await startPrograms(build.program);
  input = sample.byKey(await sample.upload('days.csv', 'Col2\nThis is a good day\nThis is a bad day\n'));
});
afterEach(async () => {
  await call(sample.baseUrl, '/behaviour', { method: 'DELETE' });
  await call(sample.baseUrl, '/faults', { method: 'DELETE' });
});
afterAll(async () => {
  await endPrograms(sample);
  build.remove();
});

const submitJob = (): Promise<Reply> => sample.submit({ Input: input });
const statusReply = (id: string): Promise<Reply> => call(sample.baseUrl, `${base}/jobs/${id}?api-version=2.0`, { method: 'GET' });
const inState = (id: string, state: string): Promise<void> => until(async () => (await sample.status(id)).StatusCode === state);
const seen = async (): Promise<{ id: string; status: string; starts: number; removed: boolean }[]> =>
  JSON.parse((await call(sample.baseUrl, '/jobs-seen', { method: 'GET' })).text);

describe('the queue', () => {
  it('runs two jobs at once, and the others in the order they were started', async () => {
    const ids: string[] = [];
    for (let index = 0; index < 4; index++) ids.push(await sample.start({ Input: input, GlobalParameters: { 'Run seconds': 1.5 } }));
    const states = async (): Promise<unknown[]> => Promise.all(ids.map(async (id) => (await sample.status(id)).StatusCode));
    expect(await states()).toEqual(['Running', 'Running', 'NotStarted', 'NotStarted']);
    const ends = await Promise.all(ids.map((id) => sample.end(id)));
    const [, , third, fourth] = ends;
    expect(ends.map(({ StatusCode }) => StatusCode)).toEqual(ids.map(() => 'Finished'));
    for (const { StartTime, EndTime } of ends) expect(Date.parse(EndTime) - Date.parse(StartTime)).toBeGreaterThanOrEqual(1_490);
    const firstEnd = Math.min(...ends.slice(0, 2).map(({ EndTime }) => Date.parse(EndTime)));
    expect(Date.parse(third?.StartTime ?? '')).toBeGreaterThanOrEqual(firstEnd);
    expect(Date.parse(fourth?.StartTime ?? '')).toBeGreaterThanOrEqual(Date.parse(third?.StartTime ?? ''));
  });

  it('takes its time even where there are no rows', async () => {
    const empty = sample.byKey(await sample.upload('empty.csv', 'Col2'));
    const { StartTime, EndTime } = await sample.end(await sample.start({ Input: empty, GlobalParameters: { 'Run seconds': 0.3 } }));
    expect(Date.parse(EndTime) - Date.parse(StartTime)).toBeGreaterThanOrEqual(290);
  });

  it('spreads its time over the rows', async () => {
    const rows = sample.byKey(await sample.upload('rows.csv', `Col2\n${'a\n'.repeat(99)}`));
    const { StartTime, EndTime } = await sample.end(await sample.start({ Input: rows, GlobalParameters: { 'Run seconds': 1, 'Fail at row': 50 } }));
    // It fails at half of its rows: half of its time has passed by then, where it would be none or all if it were not spread.
    expect(Date.parse(EndTime) - Date.parse(StartTime)).toBeGreaterThanOrEqual(450);
  });

  it('lets others pass a job that was told to wait', async () => {
    const patient = await sample.start({ Input: input, GlobalParameters: { 'Queue seconds': '0.5' } });
    const other = await sample.end(await sample.start({ Input: input }));
    expect((await sample.status(patient)).StatusCode).toBe('NotStarted');
    const { CreatedAt, StartTime } = await sample.end(patient);
    expect(Date.parse(StartTime) - Date.parse(CreatedAt)).toBeGreaterThanOrEqual(490);
    expect(Date.parse(StartTime)).toBeGreaterThan(Date.parse(other.EndTime));
  });
});

describe('cancelling', () => {
  it('stops a job that runs, commits nothing, and makes room for the next', async () => {
    const long = { Input: input, Outputs: { output1: sample.byKey('days/cancelled.csv') }, GlobalParameters: { 'Run seconds': 600 } };
    const ids = [await sample.start(long), await sample.start(long)];
    const next = await sample.start({ Input: input });
    await inState(ids[1] ?? '', 'Running');
    for (const id of ids) expect(await sample.cancel(id)).toMatchObject({ status: 200, text: '' });
    expect(await sample.status(ids[0] ?? '')).toMatchObject({ StatusCode: 'Cancelled', Results: null, Details: null, EndTime: expect.stringMatching(/^2\d{3}-/) });
    expect((await sample.end(next)).StatusCode).toBe('Finished');
    expect((await sample.status(ids[0] ?? '')).StatusCode).toBe('Cancelled');
    expect(await sample.blobs.getContainerClient('days').getBlobClient('cancelled.csv').exists()).toBe(false);
  });

  it('takes a job out of the queue, and forgets one that is over', async () => {
    const waiting = await sample.start({ Input: input, GlobalParameters: { 'Queue seconds': 600 } });
    const notStarted: string = JSON.parse((await submitJob()).text);
    const over = await sample.start({ Input: input });
    await sample.end(over);
    for (const id of [waiting, notStarted]) {
      await sample.cancel(id);
      expect((await sample.status(id)).StatusCode).toBe('Cancelled');
    }
    for (const id of [over, waiting]) {
      expect((await sample.cancel(id)).status).toBe(200);
      expect((await statusReply(id)).status).toBe(404);
      expect((await sample.cancel(id)).status).toBe(404);
    }
    const listed = await seen();
    expect(listed.filter(({ id }) => [over, waiting].includes(id)).map(({ status, removed }) => [status, removed])).toEqual([['Cancelled', true], ['Finished', true]]);
  });
});

describe('faults', () => {
  it('cut before: nothing is carried out; cut in the middle: it is, and the answer is lost', async () => {
    const before = (await seen()).length;
    await plan(sample.baseUrl, { cut: 'before', operation: 'submit' }, { cut: 'middle', operation: 'submit' });
    await expect(submitJob()).rejects.toThrow();
    expect(await seen()).toHaveLength(before);
    await expect(submitJob()).rejects.toThrow();
    const list = await seen();
    expect(list).toHaveLength(before + 1);
    const id = list.at(-1)?.id ?? '';

    await plan(sample.baseUrl, { cut: 'before', operation: 'start' }, { cut: 'middle', operation: 'start' });
    await expect(startJob(sample.baseUrl, id)).rejects.toThrow();
    expect((await sample.status(id)).StatusCode).toBe('NotStarted');
    expect((await seen()).at(-1)?.starts).toBe(0);
    await expect(startJob(sample.baseUrl, id)).rejects.toThrow();
    expect((await sample.end(id)).StatusCode).toBe('Finished');

    await plan(sample.baseUrl, { cut: 'middle', operation: 'cancel' });
    await expect(sample.cancel(id)).rejects.toThrow();
    expect((await statusReply(id)).status).toBe(404);
  });

  it('are for the operation that they name, and each call is counted', async () => {
    const { calls } = await counters(sample.baseUrl);
    await plan(sample.baseUrl, { throttle: { retryAfterSeconds: 7, gateway: true }, operation: 'status' }, { status: 500, operation: 'cancel' }, { brokenJson: true, operation: 'status' });
    const id = await sample.start({ Input: input });
    expect(await statusReply(id)).toMatchObject({ status: 429, headers: { 'retry-after': '7' } });
    expect(await statusReply(id)).toMatchObject({ status: 200, json: undefined });
    expect((await sample.cancel(id)).status).toBe(500);
    expect((await statusReply(id)).status).toBe(200);
    expect((await counters(sample.baseUrl)).calls).toEqual({ ...calls, submit: calls.submit + 1, start: calls.start + 1, status: calls.status + 3, cancel: calls.cancel + 1 });
  });
});

describe('refusals', () => {
  it.each([
    ['no key', 'POST', '/jobs?api-version=2.0', { Authorization: '' }, 401, 'ScoreRequestUnauthorized'],
    ['no version', 'POST', '/jobs', {}, 400, 'BadVersionCall'],
    ['an unknown argument', 'POST', '/jobs?api-version=2.0&details=true', {}, 400, 'InvalidQueryParameter'],
    ['a start without version', 'POST', '/jobs/1/start', {}, 400, 'BadVersionCall'],
    ['a status without version', 'GET', '/jobs/1', {}, 400, 'BadVersionCall'],
    ['a cancel of another version', 'DELETE', '/jobs/1?api-version=1.0', {}, 400, 'BadVersionCall'],
    ['a cancel without key', 'DELETE', '/jobs/1', { Authorization: 'Bearer x' }, 401, 'ScoreRequestUnauthorized'],
    ['a wrong verb', 'PUT', '/jobs/1?api-version=2.0', {}, 405, 'MethodNotAllowed'],
  ])('refuses %s', async (_, method, path, headers, status, code) => {
    const reply = await call(sample.baseUrl, `${base}${path}`, { method, headers });
    expect(reply).toMatchObject({ status, json: { error: { details: [{ code }] } } });
  });

  it('refuses a submission that is too large', async () => {
    expect((await sample.submit({ Input: 'x'.repeat(1024 * 1024) })).status).toBe(413);
  });

  it.each(['/behaviour', '/jobs-seen'])('shows %s to callers with the key only', async (path) => {
    expect((await call(sample.baseUrl, path, { method: 'GET', headers: { Authorization: '' } })).status).toBe(401);
    expect((await call(sample.baseUrl, path, { method: 'GET' })).status).toBe(200);
  });
});

describe('behaviour', () => {
  it.each([
    ['name', ['NotStarted', 'Running', 'Cancelled']],
    ['number', [0, 1, 3]],
    ['digits', ['0', '1', '3']],
    ['spaced', ['Not started', 'Running', 'Cancelled']],
    ['canceledOneL', ['NotStarted', 'Running', 'Canceled']],
    ['keyWithBlank', ['NotStarted', 'Running', 'Cancelled']],
  ])('spells the status as %s', async (statusForm, expected) => {
    await sample.behave({ statusForm, runSeconds: 600 });
    const id: string = JSON.parse((await submitJob()).text);
    const read = async (): Promise<unknown> => JSON.parse((await statusReply(id)).text)[statusForm === 'keyWithBlank' ? 'Status Code' : 'StatusCode'];
    const states = [await read()];
    await startJob(sample.baseUrl, id);
    states.push(await read());
    await sample.cancel(id);
    states.push(await read());
    expect(states).toEqual(expected);
  });

  it('gives times in each form, and any start status', async () => {
    await sample.behave({ queueSeconds: 600, startStatus: 204 });
    const id: string = JSON.parse((await submitJob()).text);
    expect(await startJob(sample.baseUrl, id)).toMatchObject({ status: 204, text: '' });
    await sample.behave({ times: 'full' });
    expect(await sample.status(id)).toMatchObject({ CreatedAt: expect.stringMatching(/^2.*Z$/), StartTime: null, EndTime: null });
    await sample.behave({ times: 'none' });
    expect(Object.keys(await sample.status(id))).toEqual(['StatusCode', 'Results', 'Details']);
    await sample.behave({ unknownStatus: 'Preparing' });
    expect((await sample.status(id)).StatusCode).toBe('Preparing');
    expect((await call(sample.baseUrl, '/behaviour', { method: 'GET' })).json).toMatchObject({ jobs: { queueSeconds: 600, times: 'none', unknownStatus: 'Preparing', statusForm: 'name' } });
    await call(sample.baseUrl, '/behaviour', { method: 'DELETE' });
    expect((await sample.status(id)).StatusCode).toBe('NotStarted');
    await sample.cancel(id);
  });

  it('refuses tokens when it is told to', async () => {
    await sample.behave({ connectionStringOnly: true });
    const reply = await sample.submit({ Input: sample.byToken('days/days.csv', 'r') });
    expect(reply).toMatchObject({ status: 400, json: { error: { details: [{ code: 'InvalidBlobConnectionString', message: expect.stringContaining('has a token') }] } } });
    expect((await submitJob()).status).toBe(200);
  });

  it('gives tokens that expire, and a fresh one with each status', async () => {
    await sample.behave({ sasSeconds: 1 });
    const id = await sample.start({ Input: input });
    const old = resultOf(await sample.end(id));
    expect((await download(old)).status).toBe(200);
    await until(async () => {
      await sleep(100);
      return (await download(old)).status === 403;
    });
    const fresh = resultOf(await sample.status(id));
    expect(fresh.RelativeLocation).toBe(old.RelativeLocation);
    expect((await download(fresh)).status).toBe(200);
    expect((await download({ ...fresh, RelativeLocation: 'days/days.csv' })).status).toBe(403);
  });
});
