// Jobs as files: what is written can be read, what cannot be read is told and left alone, and no secret is written.

import { beforeEach, describe, expect, it } from 'vitest';
import type { Job } from '../../../../../src/model/job';
import { jobText, readJobText } from '../../../../../src/features/jobs/store/jobShape';
import { Journal, pastFolder } from '../../../../../src/features/jobs/store/journal';
import { newJobKey } from '../../../../../src/base/fileKeys';
import { address, chance, key, MemoryFiles, reading, someJob } from './jobTools';
import { someActions } from '../../../ui/someActions';

const whole: Job = {
  ...someJob(key(1)), bodyFile: 'file:///body.json', bodyHash: 'ab12', uploadedAt: 1, submittedAt: 2, endedAt: 4,
  inputs: [{ port: 'input1', storage: 's', file: { uri: 'file:///days.csv', name: 'days.csv', bytes: 3, modifiedAt: 4 }, blob: { base: 'https://a/', container: 'c', name: 'n' }, overwrite: true, uploadedAt: 1 }, {
    storage: 's', uploadedFrom: { uri: 'file:///old.csv', name: 'old.csv', bytes: 3, modifiedAt: 4 }, overwrite: false,
    blob: { base: 'https://a/', container: 'c', name: 'o' },
  }],
  outputs: [{ port: 'output1', storage: 's', blob: { base: 'https://a/', container: 'c', name: 'o' } }],
  parameters: [{ name: 'Seed', value: '42' }],
  status: reading('failed', '2', { details: 'Row 3.', createdAt: 'a', startTime: 'b', endTime: 'c', results: [{ name: 'o', base: 'b', location: 'l' }] }),
  history: [{ at: 1, text: 'Running' }],
  problem: { sentence: 'It failed.', detail: 'So.', advice: 'Try.', actions: ['retry'] },
};

let files: MemoryFiles;
let journal: Journal;
beforeEach(() => {
  files = new MemoryFiles();
  journal = new Journal(files);
});

describe('a key', () => {
  it('sorts by the time of creation and is not made twice', () => {
    const random = chance();
    const keys = [5, 1_700_000_000_000, 1_700_000_000_001, 2_600_000_000_000].map((time) => newJobKey(time, random));
    expect([...keys].sort()).toEqual(keys);
    expect(new Set(Array.from({ length: 1000 }, () => newJobKey(7, random))).size).toBe(1000);
    expect(newJobKey(-1, () => 1)).toMatch(/^0{9}-z{12}$/);
  });
});

describe('a file', () => {
  it('gives back what was written', () => {
    expect(readJobText(jobText(whole))).toEqual({ ok: true, job: whole });
    expect(readJobText(jobText(someJob(key(1), { status: reading(undefined, 'Paused') })))).toEqual({ ok: true, job: someJob(key(1), { status: reading(undefined, 'Paused') }) });
  });

  it.each<[string, string]>([
    ['', 'It is empty.'],
    ['{"version": 1, "job": {"ke', 'It is not JSON.'],
    ['[]', 'It does not tell its version.'],
    ['{"version": 2, "job": {}}', 'It was written by a newer version of the extension (version 2 of the file; this one knows 1).'],
    ['{"version": 1}', '"job" is not an object.'],
    ['{"version": 1, "job": {"key": 7}}', '"job.key" is not a text.'],
    [jobText(whole).replace('"started"', '"begun"'), '"job.step" is not one of prepared, uploading, uploaded, submitting, notKnown, submitted, starting, started, cancelling, ended.'],
    [jobText(whole).replace('"overwrite": true', '"overwrite": 1'), '"job.inputs[0].overwrite" is not true or false.'],
    [jobText(whole).replace('"bytes": 3', '"bytes": "3"'), '"job.inputs[0].file.bytes" is not a number.'],
    [jobText(whole).replace('"retry"', '7'), '"job.problem.actions[0]" is not a text.'],
    [jobText(whole).replace('"parameters": [', '"parameters": 1, "x": ['), '"job.parameters" is not a list.'],
  ])('that is no job is refused with the reason: %#', (text, reason) => {
    expect(readJobText(text)).toMatchObject({ ok: false, reason });
  });
});

it('a button that is not known is left out', () => {
  const read = readJobText(jobText(whole).replace('"retry"', '"format", "addStorage"'));
  const { actions = [] } = (read.ok && read.job.problem) || {};
  expect(someActions().offered(actions, {}).map(({ id }) => id)).toEqual(['addStorage']);
});

describe('the journal', () => {
  it('keeps what is not over apart from what is, by service, newest first', async () => {
    await journal.write(someJob(key(1)));
    await journal.write(someJob(key(2)));
    for (const n of [3, 5, 4]) await journal.end(someJob(key(n), { step: 'ended' }));
    await journal.end(someJob(key(6), { step: 'ended', service: { name: 'Other', address: 'https://other/' } }));
    expect((await journal.openKeys()).keys).toEqual([key(1), key(2)]);
    expect(await journal.pastKeys(address)).toEqual([key(5), key(4), key(3)]);
    expect(await journal.findPast(key(6))).toMatchObject({ kind: 'job', job: { service: { name: 'Other' } } });
    expect(await journal.findPast('../open/x')).toEqual({ kind: 'gone' });
  });

  it('ends a job once: who comes second changes nothing', async () => {
    await journal.write(someJob(key(1)));
    const outcomes = await Promise.all(['a', 'b'].map((title) => journal.end(someJob(key(1), { step: 'ended', title }))));
    expect(outcomes).toEqual([true, false]);
    expect(await journal.readPast(address, key(1))).toMatchObject({ job: { title: 'a' } });
    expect(files.names('open')).toEqual([]);
  });

  it('remembers that a failure was not seen, and nothing of what went well', async () => {
    await journal.end(someJob(key(1), { step: 'ended', status: reading('failed') }));
    await journal.end(someJob(key(2), { step: 'ended', status: reading('finished'), problem: { sentence: 'Earlier.' } }));
    await journal.end(someJob(key(3), { step: 'ended', status: reading('running'), problem: { sentence: 'Gone.' } }));
    await journal.end(someJob(key(4), { step: 'ended', status: reading('cancelled') }));
    expect(await journal.unseen()).toEqual([key(1), key(3)]);
    await journal.see(key(1));
    expect(await journal.unseen()).toEqual([key(3)]);
    await journal.remove(someJob(key(3)));
    expect(await journal.unseen()).toEqual([]);
    expect(await journal.findPast(key(3))).toEqual({ kind: 'gone' });
  });

  it('tells of a file that is under another name, and of names that are none', async () => {
    files.texts.set(`open/${key(2)}.json`, jobText(someJob(key(1))));
    files.texts.set('open/notes.txt', 'x');
    expect(await journal.readOpen(key(2))).toEqual({ kind: 'unreadable', name: `open/${key(2)}.json`, reason: 'It holds a job of another name.' });
    expect((await journal.openKeys()).strange).toEqual([{ name: 'open/notes.txt', reason: 'Its name is not that of a job.' }]);
  });

  it.each(['', '{"version": 1, "job": {"ke', jobText(someJob(key(9), { step: 'ended' }))])('ends a job over a file that does not hold it: %#', async (text) => {
    await journal.write(someJob(key(1)));
    await journal.end(someJob(key(1), { step: 'ended', title: 'before' }));
    await journal.write(someJob(key(1)));
    files.texts.set(files.names('past')[0] ?? '', text);
    expect(await journal.end(someJob(key(1), { step: 'ended', title: 'after' }))).toBe(true);
    expect(await journal.readPast(address, key(1))).toMatchObject({ job: { title: 'after' } });
    expect(files.names('open')).toEqual([]);
  });

  describe('that moves to another address', () => {
    const to = address.replace('https://', 'https://other.');
    const target = (n: number): string => `${pastFolder(to)}/${key(n)}.json`;
    const there = async (): Promise<unknown[]> => [await journal.pastKeys(address), (await journal.readPast(to, key(1))).kind];
    beforeEach(async () => {
      for (const n of [1, 2]) await journal.end(someJob(key(n), { step: 'ended' }));
    });

    const none = ['', '{"version": 1, "job": {"ke', jobText(someJob(key(9), { step: 'ended' }))];

    it.each(none)('replaces what holds no job there: %#', async (text) => {
      files.texts.set(target(1), text);
      await journal.movePast(address, to);
      expect(await there()).toEqual([[], 'job']);
    });

    it('stays where the other place cannot be used, and the others go', async () => {
      files.broken.set(target(2), 'EISDIR');
      await expect(journal.movePast(address, to)).rejects.toThrow('EISDIR');
      expect(await there()).toEqual([[key(2)], 'job']);
    });

    it('stays where a newer version has written one of its name', async () => {
      files.texts.set(target(1), '{"version": 2, "job": {}}');
      await journal.movePast(address, to);
      expect(await there()).toEqual([[key(1)], 'unreadable']);
    });

    it('goes when it has arrived before', async () => {
      files.texts.set(target(1), jobText(someJob(key(1), { step: 'ended', service: { name: 'Weather', address: to } })));
      await journal.movePast(address, to);
      expect(await there()).toEqual([[], 'job']);
    });
  });

  it('leaves a job alone that a newer version has ended', async () => {
    await journal.end(someJob(key(1), { step: 'ended' }));
    const [path = ''] = files.names('past');
    files.texts.set(path, '{"version": 2, "job": {}}');
    expect(await journal.end(someJob(key(1), { step: 'ended' }))).toBe(false);
    expect(files.texts.get(path)).toBe('{"version": 2, "job": {}}');
  });

  it.each<[string, Partial<Job>, string]>([
    ['a token in the details of a status', { status: reading('failed', '2', { details: 'GET https://a.blob.core.windows.net/c/b?sv=2020&sig=abc%2Bdef%3D failed' }) }, 'abc'],
    ['an account key in a problem', { problem: { sentence: 'No.', detail: 'AccountName=a;AccountKey=c2VjcmV0c2VjcmV0c2VjcmV0;EndpointSuffix=x' } }, 'c2VjcmV0'],
    ['a password in a parameter', { parameters: [{ name: 'Database query', value: 'Server=s;User=u;Password=hunter2hunter2' }] }, 'hunter2'],
    ['a token in the history', { history: [{ at: 1, text: 'sig=abcdefghij' }] }, 'abcdefghij'],
    ['a token in a place', { status: reading('finished', '4', { results: [{ name: 'o', base: 'https://a/', location: 'c/b?sv=2020&sig=abcdefghij' }] }) }, 'abcdefghij'],
    ['a signature in a title', { title: 'sig=MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=' }, 'MDEyMzQ1'],
    ['a password before a host', { inputs: [{ storage: 's', blob: { base: 'https://me:hunter2@host/', container: 'c', name: 'n' }, overwrite: false }] }, 'hunter2'],
  ])('masks in the file: %s', async (_, more, secret) => {
    await journal.write(someJob(key(1), more));
    await journal.rewritePast(someJob(key(2), more));
    await journal.end(someJob(key(1), { ...more, step: 'ended' }));
    expect(files.texts.size).toBeGreaterThan(1);
    for (const text of files.texts.values()) expect(text).not.toContain(secret);
    expect(await journal.readPast(address, key(1))).toMatchObject({ kind: 'job' });
  });

  it.each(['pwd=x.csv', 'sig=1.csv', 'password = old.csv', 'key=a&sig.csv'])('keeps a file name as it is: %s', async (name) => {
    const place = { base: 'https://a/', container: 'c', name: `in/${name}` };
    const job = someJob(key(1), { title: name, inputs: [{ storage: 's', file: { uri: `file:///data/${name}`, name, bytes: 3, modifiedAt: 4 }, blob: place, overwrite: false }] });
    await journal.write(job);
    expect(await journal.readOpen(key(1))).toEqual({ kind: 'job', job });
  });

  it('keeps the words of a service in which nothing is to be masked, whatever JSON makes of them', async () => {
    const details = 'dbConnect(user="sa", password="", host="db1")';
    const job = someJob(key(1), { step: 'ended', status: reading('failed', '2', { details }) });
    await journal.write({ ...job, step: 'started' });
    expect(await journal.end(job)).toBe(true);
    expect(await journal.readPast(address, key(1))).toEqual({ kind: 'job', job });
  });

  it('writes what was masked', async () => {
    await journal.write(someJob(key(1), { status: reading('failed', '2', { details: 'https://a/b?sig=••••••••&se=1 AccountKey=••••••••;x' }) }));
    expect(files.names('open')).toHaveLength(1);
  });

  it('writes under no name that is a path', async () => {
    await expect(journal.write(someJob('../../etc/passwd'))).rejects.toThrow('no file name');
    expect(files.texts.size).toBe(0);
  });
});
