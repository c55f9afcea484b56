// The sample's storage as a program: how it starts and ends, what it leaves behind, and how much memory a large job takes.

import { once } from 'node:events';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { base, call, until } from '../sampleClient';
import { built, endPrograms, startPrograms, type Built, type Programs } from './sampleJobsClient';

let build: Built;
const running: Programs[] = [];
beforeAll(async () => {
  build = await built();
});
afterEach(async () => {
  for (const each of running.splice(0)) await endPrograms(each);
});
afterAll(() => build.remove());

async function start(options?: Parameters<typeof startPrograms>[1]): Promise<Programs> {
  const programs = await startPrograms(build.program, options);
  running.push(programs);
  return programs;
}

const answers = (url: string): Promise<boolean> => fetch(url).then(() => true, () => false);

/** Ids of the processes that a process has started. */
const childrenOf = (pid: number | undefined): number[] => readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').map(Number);

describe('starting', () => {
  it('says where storage is, leaves no file anywhere, and passes proxies by', async () => {
    const [home, cwd, temporary] = ['home', 'cwd', 'tmp'].map((name) => join(build.folder, name));
    for (const folder of [home, cwd, temporary]) mkdirSync(folder ?? '');
    const env = { HOME: home ?? '', USERPROFILE: home ?? '', TMPDIR: temporary ?? '', HTTP_PROXY: 'http://127.0.0.1:9', http_proxy: 'http://127.0.0.1:9' };
    const before = readdirSync(build.folder);
    const sample = await start({ cwd: cwd ?? '', env });
    expect(sample.blobEndpoint).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/devstoreaccount1$/);
    expect(sample.err()).toContain(`Its blob storage is at ${sample.blobEndpoint}`);
    const id = await sample.start({ Input: sample.byKey(await sample.upload('days.csv', 'Col2\na\n')) });
    expect((await sample.end(id)).StatusCode).toBe('Finished');
    for (const folder of [home, cwd, temporary]) expect(readdirSync(folder ?? '')).toEqual([]);
    expect(readdirSync(build.folder)).toEqual(before);
  });

  it('takes the port it is told, and says when that is in use', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port }: AddressInfo = Object(other.address());
    await expect(start({ words: ['--blob-port', String(port)] })).rejects.toThrow(`Port ${port} of 127.0.0.1 is in use by another program. Choose another for --blob-port`);
    other.close();
    await once(other, 'close');
    expect((await start({ words: ['--blob-port', String(port)] })).blobEndpoint).toContain(`:${port}/`);
  });

  it('says when the storage program is missing', async () => {
    const { program } = build;
    const alone = join(build.folder, 'alone');
    mkdirSync(alone);
    const copy = join(alone, 'sample.js');
    copyFileSync(program, copy);
    await expect(startPrograms(copy)).rejects.toThrow('storage.js is missing');
    rmSync(alone, { recursive: true });
  });

  it('copies blobs of its own, and asks nobody else for any', async () => {
    const sample = await start();
    const { BaseLocation, RelativeLocation, SasBlobToken } = sample.byToken(await sample.upload('days.csv', 'Col2\na\n'), 'r');
    const copy = sample.blobs.getContainerClient('days').getBlobClient('copy.csv');
    const own = await copy.beginCopyFromURL(`${BaseLocation}${RelativeLocation}${SasBlobToken}`);
    expect((await own.pollUntilDone()).copyStatus).toBe('success');
    expect((await copy.downloadToBuffer()).toString()).toBe('Col2\na\n');
    const forbidden = sample.byToken('days/days.csv', 'w');
    await expect(copy.beginCopyFromURL(`${BaseLocation}${RelativeLocation}${forbidden.SasBlobToken}`)).rejects.toMatchObject({ statusCode: 403, code: 'CannotVerifyCopySource' });
    let asked = 0;
    const other = createServer(() => asked++).listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port }: AddressInfo = Object(other.address());
    for (const origin of [`http://127.0.0.1:${port}`, new URL(BaseLocation).origin]) {
      await expect(copy.beginCopyFromURL(`${origin}/another/days/days.csv`)).rejects.toMatchObject({ statusCode: 404, code: 'CannotVerifyCopySource' });
    }
    expect(asked).toBe(0);
    other.close();
  });

  it('lets nobody in by a foreign name', async () => {
    const sample = await start();
    const { BaseLocation, RelativeLocation, SasBlobToken } = sample.byToken(await sample.upload('days.csv', 'Col2\n'), 'r');
    const status = (host: string): Promise<unknown> => new Promise((resolve) => {
      request(`${BaseLocation}${RelativeLocation}${SasBlobToken}`, { headers: { Host: host } }, (response) => resolve(response.resume().statusCode)).end();
    });
    expect([await status('evil.example'), await status('127.0.0.1.evil.example:80'), await status('localhost:1')]).toEqual([403, 403, 200]);
  });
});

describe('ending', () => {
  it.each(['SIGTERM', 'SIGKILL'] as const)('storage ends with the sample on %s', async (signal) => {
    const sample = await start();
    expect(await answers(sample.blobEndpoint)).toBe(true);
    sample.child.kill(signal);
    await until(async () => !(await answers(sample.blobEndpoint)));
    await until(() => sample.child.exitCode !== null || sample.child.signalCode !== null);
    expect(sample.child.exitCode).toBe(signal === 'SIGTERM' ? 0 : null);
  });

  // The ids of children can be read on Linux only.
  it.runIf(process.platform === 'linux')('the sample says so and ends when its storage ends', async () => {
    const sample = await start();
    const [storage] = childrenOf(sample.child.pid);
    process.kill(storage ?? 0, 'SIGTERM');
    process.kill(storage ?? 0, 'SIGINT');
    expect(await answers(sample.blobEndpoint)).toBe(true);
    process.kill(storage ?? 0, 'SIGKILL');
    await until(() => sample.child.exitCode !== null);
    expect(sample.child.exitCode).toBe(1);
    await until(() => sample.err().includes('The blob storage of the sample service has ended (SIGKILL), so the sample service ends too.'));
  });
});

// The highest memory that a process has had can be read on Linux only.
describe.runIf(process.platform === 'linux')('a large job', () => {
  const peakMegabytes = (pid: number | undefined): number => Number(/VmHWM:\s*(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;

  it('runs through without being held in memory, while other calls are answered at once', async () => {
    const sample = await start();
    const small = await sample.start({ Input: sample.byKey(await sample.upload('small.csv', 'Col2,Note\na,b\n')) });
    await sample.end(small);
    const megabytes = 160;
    const row = `This is a good day,${'x'.repeat(1004)}\n`;
    const location = await sample.upload('large.csv', `Col2,Note\n${row.repeat(megabytes * 1024)}`);
    const before = peakMegabytes(sample.child.pid);
    const id = await sample.start({ Input: sample.byKey(location), Outputs: { output1: sample.byKey('days/large-result.csv') } });
    let calls = 0;
    let last = await sample.status(id);
    for (; last.StatusCode === 'Running' || last.StatusCode === 'NotStarted'; last = await sample.status(id)) {
      expect((await call(sample.baseUrl, `${base}/swagger.json`, { method: 'GET' })).status).toBe(200);
      calls++;
    }
    expect(last).toMatchObject({ StatusCode: 'Finished' });
    const { contentLength } = await sample.blobs.getContainerClient('days').getBlobClient('large-result.csv').getProperties();
    expect(contentLength).toBeGreaterThan(megabytes * 1024 * (row.length + 16));
    expect(peakMegabytes(sample.child.pid) - before).toBeLessThan(megabytes * 0.75);
    // It answers others while it works.
    expect(calls).toBeGreaterThan(20);
  });
});
