// The sample with a folder: what is lost when it is killed, where its ports are taken, when two want one folder, when files are broken. Nothing is.

import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { base, call, goodDayRow, key, until } from '../sampleClient';
import { built, download, endPrograms, resultOf, startPrograms, type Built, type Programs, type Status } from '../jobs/sampleJobsClient';

let build: Built;
let folder = '';
let count = 0;
const running: Programs[] = [];
const servers: Server[] = [];

beforeAll(async () => {
  build = await built();
});
beforeEach(() => {
  folder = join(build.folder, `folder-${count++}`);
});
afterEach(async () => {
  for (const each of running.splice(0)) await endPrograms(each);
  for (const each of servers.splice(0)) each.close();
});
afterAll(() => build.remove());

async function start(): Promise<Programs> {
  const sample = await startPrograms(build.program, { words: ['--folder', folder] });
  running.push(sample);
  return sample;
}

async function kill({ child }: Programs): Promise<void> {
  child.kill('SIGKILL');
  await until(() => child.signalCode !== null);
}

const portOf = (address: string): number => Number(new URL(address).port);

/** Takes a port of this computer as soon as it is free. */
async function occupy(port: number): Promise<void> {
  const server = createServer();
  servers.push(server);
  await until(async () => {
    server.listen(port, '127.0.0.1');
    return once(server, 'listening').then(() => true, () => false);
  });
}

/** All text in the folder. */
function allText(path: string): string {
  return readdirSync(path, { recursive: true, encoding: 'utf8' }).map((name) => join(path, name)).filter((each) => statSync(each).isFile()).map((each) => readFileSync(each, 'utf8')).join('\n');
}

/** The second line of a result. */
const scores = ({ text }: { text: string }): string | undefined => text.split('\n')[1];
const goodDay = ['This is a good day', ...goodDayRow].join();

describe('a sample that is killed', () => {
  it('has the same ports, jobs and blobs again, and goes on with what ran', async () => {
    const before = await start();
    const input = before.byToken(await before.upload('days.csv', 'Col2\nThis is a good day\n'), 'r');
    const finished = await before.start({ Input: input });
    const failed = await before.start({ Input: input, GlobalParameters: { 'Fail at row': 1 } });
    const gone = await before.start({ Input: input });
    const old = [await before.end(finished), await before.end(failed), await before.end(gone)];
    await before.cancel(gone);
    const submitted: string = JSON.parse((await before.submit({ Input: input })).text);
    const cancelled = await before.start({ Input: input, GlobalParameters: { 'Queue seconds': 600 } });
    await before.cancel(cancelled);
    const given = await before.start({ Input: input, Outputs: { output1: before.byToken('days/given.csv', 'cw') }, GlobalParameters: { 'Run seconds': 8 } });
    const second = await before.start({ Input: input, GlobalParameters: { 'Run seconds': 8 } });
    const third = await before.start({ Input: input });
    await until(async () => (await before.status(second)).StatusCode === 'Running');
    const { StartTime } = await before.status(given);
    await kill(before);

    const after = await start();
    const againAt = Date.now();
    expect([after.baseUrl, after.blobEndpoint]).toEqual([before.baseUrl, before.blobEndpoint]);
    const states = await Promise.all([finished, failed, submitted, cancelled, given, second, third].map(async (id) => (await after.status(id)).StatusCode));
    expect(states).toEqual(['Finished', 'Failed', 'NotStarted', 'Cancelled', 'Running', 'Running', 'NotStarted']);
    expect(await after.status(failed)).toEqual(old[1]);
    expect((await call(after.baseUrl, `${base}/jobs/${gone}?api-version=2.0`, { method: 'GET' })).status).toBe(404);
    expect(scores(await download(resultOf(await after.status(finished))))).toBe(goodDay);

    const ended = await after.end(given);
    // It went on from where it was: its seconds count from the first start.
    expect(ended.StartTime).toBe(StartTime);
    const took = Date.parse(ended.EndTime) - Date.parse(ended.StartTime);
    expect(took).toBeGreaterThanOrEqual(7_990);
    // A busy machine may take longer to start it again than the job takes.
    expect(took).toBeLessThan(Math.max(8_000, againAt - Date.parse(ended.StartTime)) + 3_000);
    expect(resultOf(ended).RelativeLocation).toBe('days/given.csv');
    for (const id of [given, second, third]) expect(scores(await download(resultOf(await after.end(id))))).toBe(goodDay);
  });

  it('keeps each blob and each change that it has answered, and nothing of what was broken off', async () => {
    const before = await start();
    const days = before.blobs.getContainerClient('days');
    const answered = new Map<string, string>();
    const large = days.getBlockBlobClient('large.csv');
    await large.stageBlock(Buffer.from('1').toString('base64'), 'Col2\n', 5);
    await large.commitBlockList([Buffer.from('1').toString('base64')]);
    await large.stageBlock(Buffer.from('2').toString('base64'), 'never committed', 15);
    await before.upload('deleted.csv', 'x'.repeat(100_000));
    await days.getBlockBlobClient('deleted.csv').delete();
    const writer = async (name: string): Promise<void> => {
      for (let index = 0; ; index++) {
        const text = `Col2\n${name} ${index}\n`;
        await before.upload(`${name}.csv`, text);
        answered.set(`${name}.csv`, text);
      }
    };
    const writers = ['one', 'two', 'three'].map((name) => writer(name).catch(() => undefined));
    await until(() => answered.size === 3 && [...answered.values()].every((text) => !text.endsWith(' 0\n')));
    await kill(before);
    await Promise.all(writers);

    const after = await start();
    const kept = after.blobs.getContainerClient('days');
    for (const [name, text] of answered) {
      const now = (await kept.getBlockBlobClient(name).downloadToBuffer()).toString();
      const number = (each: string): number => Number(/(\d+)\n$/.exec(each)?.[1]);
      // One more may have been written whose answer was on its way.
      expect([number(text), number(text) + 1]).toContain(number(now));
    }
    expect((await kept.getBlockBlobClient('large.csv').downloadToBuffer()).toString()).toBe('Col2\n');
    expect(await kept.getBlockBlobClient('deleted.csv').exists()).toBe(false);
    // What no blob has need of is removed soon after the start.
    const pieces = join(folder, 'blobs', 'extents');
    await until(() => readdirSync(pieces).length === 4);
    expect(readdirSync(pieces).every((name) => statSync(join(pieces, name)).size < 100_000)).toBe(true);
  });
});

describe('ports that are taken', () => {
  it('are left, and the jobs and blobs follow', async () => {
    const before = await start();
    const input = before.byKey(await before.upload('days.csv', 'Col2\nThis is a good day\n'));
    const finished = await before.start({ Input: input });
    await before.end(finished);
    const waiting = await before.start({ Input: input, GlobalParameters: { 'Queue seconds': 3 } });
    await kill(before);
    await occupy(portOf(before.baseUrl));
    await occupy(portOf(before.blobEndpoint));

    const after = await start();
    expect(portOf(after.baseUrl)).not.toBe(portOf(before.baseUrl));
    expect(portOf(after.blobEndpoint)).not.toBe(portOf(before.blobEndpoint));
    expect(after.ready).toMatchObject({ formerBaseUrls: [before.baseUrl] });
    for (const id of [finished, waiting]) {
      const result = resultOf(await after.end(id));
      expect(result.BaseLocation).toBe(`${after.blobEndpoint}/`);
      expect(scores(await download(result))).toBe(goodDay);
    }
    await kill(after);
    expect((await start()).baseUrl).toBe(after.baseUrl);
  });
});

describe('two that want one folder', () => {
  it('the second ends with 3, and the first goes on undisturbed', async () => {
    const first = await start();
    const id = await first.start({ Input: first.byKey(await first.upload('days.csv', 'Col2\na\n')) });
    await first.end(id);
    await expect(start()).rejects.toThrow(`The folder ${folder} is in use by another sample service. Choose another for --folder.`);
    expect((await download(resultOf(await first.status(id)))).status).toBe(200);
    await endPrograms(first);
    expect(existsSync(join(folder, 'lock'))).toBe(false);
    expect((await (await start()).status(id)).StatusCode).toBe('Finished');
  });

  it('waits for one that is about to end, as that of a window which is loaded again', async () => {
    const first = await start();
    const second = start();
    setTimeout(() => first.child.kill('SIGTERM'), 1_600);
    expect((await second).baseUrl).toBe(first.baseUrl);
  });

  it('does not take a process for the owner that has its number by chance', async () => {
    mkdirSync(folder);
    const lock = join(folder, 'lock');
    writeFileSync(lock, JSON.stringify({ pid: process.pid, host: hostname(), start: 'long ago' }));
    await start();
    expect(readFileSync(lock, 'utf8')).not.toContain('long ago');
  });

  it('ends when the folder is taken from it, as it is from one that was stopped', async () => {
    const first = await start();
    writeFileSync(join(folder, 'lock'), JSON.stringify({ pid: process.pid, host: hostname(), start: 'now' }));
    await until(() => first.child.exitCode !== null);
    expect(first.child.exitCode).toBe(1);
    await until(() => first.err().includes(`Another sample service has taken the folder ${folder}, so this one ends.`));
  });
});

describe('broken files', () => {
  it.each([
    ['nothing', ''],
    ['no JSON', '{"collections":['],
    ['other JSON', '{"filename":"x","collections":[{"name":"$BLOBS_COLLECTION$"}]}'],
    ['a number', '7'],
  ])('do not stop the start, and cost no more than what was in them: %s', async (_, text) => {
    const before = await start();
    const input = before.byKey(await before.upload('days.csv', 'Col2\na\n'));
    const [lost, kept] = [await before.start({ Input: input }), await before.start({ Input: input })];
    await Promise.all([before.end(lost), before.end(kept)]);
    await kill(before);
    writeFileSync(join(folder, 'blobs', 'blobs.json'), text);
    writeFileSync(join(folder, 'jobs', `${lost}.json`), text);
    writeFileSync(join(folder, 'ports.json'), text);
    const after = await start();
    expect((await after.status(kept)).StatusCode).toBe('Finished');
    expect((await call(after.baseUrl, `${base}/jobs/${lost}?api-version=2.0`, { method: 'GET' })).status).toBe(404);
    expect(after.err()).toContain(`The file ${lost}.json in ${join(folder, 'jobs')} holds no job that can be read`);
    const again = await after.start({ Input: after.byKey(await after.upload('days.csv', 'Col2\nThis is a good day\n')) });
    expect(scores(await download(resultOf(await after.end(again))))).toBe(goodDay);
  });

  it('says so where the folder cannot be made', async () => {
    writeFileSync(folder, 'a file');
    await expect(start()).rejects.toThrow(/^The folder .* cannot be used \(ENOTDIR|EEXIST\)/);
  });
});

describe('what is kept', () => {
  it('is no key and no token: a job that needs another storage\'s fails after a restart, and says why', async () => {
    const other = await startPrograms(build.program);
    running.push(other);
    const before = await start();
    const location = await other.upload('days.csv', 'Col2\na\n');
    const secret = Buffer.from('a secret of somebody').toString('base64');
    const foreign = `DefaultEndpointsProtocol=http;AccountName=mine;AccountKey=${secret};BlobEndpoint=http://127.0.0.1:9/mine`;
    const waiting = { GlobalParameters: { 'Queue seconds': 600 } };
    const byToken = await before.start({ Input: other.byToken(location, 'r'), ...waiting });
    const byKey = await before.start({ Input: { ConnectionString: foreign, RelativeLocation: 'a/b.csv' }, ...waiting });
    const emulator = await before.start({ Input: other.byKey(location), GlobalParameters: { 'Queue seconds': 1 } });
    const over = await before.start({ Input: before.byKey(await before.upload('days.csv', 'Col2\na\n')), Outputs: { output1: before.byToken('days/out.csv', 'cw') } });
    await before.end(over);
    const text = allText(folder);
    for (const each of ['sig=', secret, key]) expect(text).not.toContain(each);
    await kill(before);
    const after = await start();
    const states = (sample: Programs): Promise<Status[]> => Promise.all([byToken, byKey].map((id) => sample.status(id)));
    const failed = await states(after);
    const why = expect.stringMatching(/the key or token of the storage at 127\.0\.0\.1:\d+ was not kept\. Submit the job again\./);
    for (const status of failed) expect(status).toMatchObject({ StatusCode: 'Failed', Details: why });
    expect((await after.end(emulator)).StatusCode).toBe('Finished');
    await kill(after);
    expect(await states(await start())).toEqual(failed);
  });

  it('is not kept for ever', async () => {
    const before = await start();
    const [old, fresh] = [await before.upload('old.csv', 'Col2\na\n'), await before.upload('fresh.csv', 'Col2\na\n')];
    const [ended, unstarted, newer] = [await before.start({ Input: before.byKey(fresh) }), JSON.parse((await before.submit({ Input: before.byKey(fresh) })).text), await before.start({ Input: before.byKey(fresh) })];
    await Promise.all([before.end(ended), before.end(newer)]);
    await kill(before);
    const longAgo = Date.now() - 31 * 24 * 60 * 60 * 1000;
    const edit = (path: string, change: (text: string) => string): void => writeFileSync(path, change(readFileSync(path, 'utf8')));
    edit(join(folder, 'jobs', `${ended}.json`), (text) => text.replace(/"endedAt":\d+/, `"endedAt":${longAgo}`));
    edit(join(folder, 'jobs', `${unstarted}.json`), (text) => text.replace(/"submittedAt":\d+/, `"submittedAt":${longAgo}`));
    const blobs = join(folder, 'blobs', 'blobs.json');
    const changed: unknown = JSON.parse(readFileSync(blobs, 'utf8'), (_name, value: unknown) => {
      const isOld = typeof value === 'object' && value !== null && 'name' in value && value.name === 'old.csv' && 'properties' in value;
      if (isOld && typeof value.properties === 'object') Object.assign(value.properties ?? {}, { lastModified: new Date(longAgo).toISOString() });
      return value;
    });
    writeFileSync(blobs, JSON.stringify(changed));
    const strange = join(folder, 'jobs', 'strange');
    writeFileSync(strange, '');
    utimesSync(strange, longAgo / 1000, longAgo / 1000);
    const after = await start();
    await until(() => readdirSync(join(folder, 'jobs')).join() === `${newer}.json`);
    const client = after.blobs.getContainerClient('days');
    await until(async () => !(await client.getBlobClient(old.slice('days/'.length)).exists()));
    expect(await client.getBlobClient('fresh.csv').exists()).toBe(true);
    expect((await download(resultOf(await after.status(newer)))).status).toBe(200);
  });
});
