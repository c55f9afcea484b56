// Downloads: a file is there whole or not at all; bytes in pieces, from any of them on.

import { createHash, randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import type { RequestListener, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ensureContainer, signBlob, uploadBlob } from '../../../src/storage/blobs';
import { downloadTo, openBytes, type DownloadOptions } from '../../../src/storage/download';
import { Cancelled, HumanError } from '../../../src/model/errors';
import { placeUrl } from '../../../src/storage/blobAddress';
import { startStorage } from './blobsAzurite';
import { transport } from '../http/calls';
import { signalled, startHttp } from '../http/servers';

const never = new AbortController().signal;
const signature = 'dGhlIHNpZ25hdHVyZSBvZiBhIHRva2Vu';
const query = `?sv=2025-01-05&sr=b&sp=r&se=2099-01-01T00%3A00%3A00Z&sig=${encodeURIComponent(signature)}`;

async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'download-'));
  onTestFinished(() => rm(made, { recursive: true }));
  return made;
}

function toolsFor() {
  const lines: string[] = [];
  return { transport: transport(), log: (line: string) => void lines.push(line), lines };
}

async function serve(listener: RequestListener) {
  const server = await startHttp(listener);
  return { ...server, url: `http://127.0.0.1:${server.port}/weather/box/days.csv${query}` };
}

function download(url: string, path: string, changes: Partial<DownloadOptions> = {}, signal = never) {
  return downloadTo(url, path, { overwrite: false, onProgress: () => undefined, ...changes }, toolsFor(), signal);
}

/** The error of some work, without the token in it. */
async function failureOf(work: Promise<unknown>): Promise<HumanError> {
  const error: unknown = await work.then(() => undefined, (thrown: unknown) => thrown);
  if (!(error instanceof HumanError)) throw new Error(`Not for people: ${String(error)}`);
  expect(JSON.stringify({ ...error, message: error.message })).not.toContain(signature);
  return error;
}

async function read(stream: AsyncIterable<Uint8Array>): Promise<string> {
  const pieces: Uint8Array[] = [];
  for await (const piece of stream) pieces.push(piece);
  return Buffer.concat(pieces).toString('utf8');
}

describe('a download', () => {
  it('from storage is the same file, and tells how far it is', async () => {
    const storage = await startStorage();
    onTestFinished(() => storage.stop());
    const tools = toolsFor();
    const bytes = randomBytes(9_000_000);
    const place = storage.place('box', 'días/1 a.csv');
    await ensureContainer(storage.access, 'box', tools, never);
    await uploadBlob(storage.access, place, { data: bytes }, { overwrite: false, metadata: {}, onProgress: () => undefined }, tools, never);
    const url = placeUrl(place) + signBlob(storage.access, place, 'r', { hours: 1, now: Date.now() });
    const into = await folder();
    const progress: [number, number | undefined][] = [];
    tools.lines.length = 0;
    expect(await downloadTo(url, join(into, 'days.csv'), { overwrite: false, onProgress: (done, total) => progress.push([done, total]) }, tools, never)).toEqual({ bytes: bytes.length });
    expect(createHash('sha256').update(await readFile(join(into, 'days.csv'))).digest('hex')).toBe(createHash('sha256').update(bytes).digest('hex'));
    expect(await readdir(into)).toEqual(['days.csv']);
    expect([progress[0], progress.at(-1)]).toEqual([[0, bytes.length], [bytes.length, bytes.length]]);
    expect(tools.lines.map((line) => line.replace(/\d+ ms$/, 'N ms'))).toEqual([`GET 127.0.0.1:${storage.port}/devstoreaccount1/box/d%C3%ADas/1%20a.csv 200 N ms`]);

    const late = placeUrl(place) + signBlob(storage.access, place, 'r', { hours: 1, now: Date.now() - 7_200_000 });
    expect(await failureOf(downloadTo(late, join(into, 'late.csv'), { overwrite: false, onProgress: () => undefined }, tools, never))).toMatchObject({ name: 'StorageFailed', code: 'AuthenticationFailed', message: expect.stringContaining('expired on') });
    expect(await failureOf(downloadTo(url.replace('1%20a', 'none'), join(into, 'none.csv'), { overwrite: false, onProgress: () => undefined }, tools, never))).toMatchObject({ code: 'AuthenticationFailed' });
    expect(await readdir(into)).toEqual(['days.csv']);
  });

  it('takes no key along', async () => {
    let seen: string[] = [];
    const server = await serve((request, response) => {
      seen = Object.keys(request.headers);
      response.end('x');
    });
    await download(server.url, join(await folder(), 'x.csv'));
    expect(seen.sort()).toEqual(['accept-encoding', 'connection', 'host']);
  });

  it('leaves a file that is there, unless told to overwrite it', async () => {
    const server = await serve((_request, response) => void response.end('new'));
    const path = join(await folder(), 'days.csv');
    await writeFile(path, 'old');
    expect(await failureOf(download(server.url, path))).toMatchObject({ name: 'LocalFailure', detail: 'EEXIST', message: 'There is a file "days.csv" already.' });
    expect(server.sockets).toHaveLength(0);
    expect(await readFile(path, 'utf8')).toBe('old');
    await download(server.url, path, { overwrite: true });
    expect(await readFile(path, 'utf8')).toBe('new');
  });

  it('leaves a file that has come there meanwhile', async () => {
    const into = await folder();
    const path = join(into, 'days.csv');
    const server = await serve((_request, response) => void writeFile(path, 'theirs').then(() => response.end('ours')));
    expect(await failureOf(download(server.url, path))).toMatchObject({ name: 'LocalFailure', detail: 'EEXIST' });
    expect(await readFile(path, 'utf8')).toBe('theirs');
    expect(await readdir(into)).toEqual(['days.csv']);
  });

  it.each([
    ['is cut', (response: ServerResponse) => response.writeHead(200, { 'content-length': 100 }).write('begun', () => response.destroy()), 'closed before'],
    ['is refused', (response: ServerResponse) => response.writeHead(403, { 'x-ms-error-code': 'AuthorizationFailure' }).end(`<Error><Code>AuthorizationFailure</Code><Message>sig=${signature}</Message></Error>`), 'does not let this call in'],
    ['is not there', (response: ServerResponse) => response.writeHead(404, { 'x-ms-error-code': 'BlobNotFound' }).end(), 'There is no blob "box/days.csv"'],
    ['is a redirect', (response: ServerResponse) => response.writeHead(302, { location: 'https://example.test/' }).end(), 'redirect'],
    ['is refused, and the reason cut', (response: ServerResponse) => response.writeHead(500, { 'content-length': 100 }).write('begun', () => response.destroy()), 'closed before'],
  ])('that %s leaves nothing behind', async (_how, answer, words) => {
    const server = await serve((_request, response) => void answer(response));
    const into = await folder();
    const failure = await failureOf(download(server.url, join(into, 'days.csv')));
    expect(failure).toMatchObject({ name: 'StorageFailed', message: expect.stringContaining(words) });
    if (words === 'does not let this call in') expect(failure).toMatchObject({ code: 'AuthenticationFailed' });
    expect(await readdir(into)).toEqual([]);
  });

  it('that is cancelled leaves nothing behind and closes its connection', async () => {
    const server = await serve((_request, response) => response.writeHead(200, { 'content-length': 1000 }).write('begun'));
    const into = await folder();
    const control = new AbortController();
    const onProgress = (done: number) => {
      if (done > 0) control.abort();
    };
    expect(await download(server.url, join(into, 'days.csv'), { onProgress }, control.signal).catch((error: unknown) => error)).toBeInstanceOf(Cancelled);
    await server.closed(0);
    expect(await readdir(into)).toEqual([]);
  });

  it.each([{ 'content-encoding': 'gzip' }, { 'content-encoding': 'identity' }])('tells how far it is in bytes of the file, and how far it goes where that is known (%o)', async (lines) => {
    const rows = Buffer.from('1,2,3\n'.repeat(20_000));
    const body = lines['content-encoding'] === 'gzip' ? gzipSync(rows) : rows;
    const server = await serve((_request, response) => void response.writeHead(200, { ...lines, 'content-length': body.length }).end(body));
    const progress: [number, number | undefined][] = [];
    const into = await folder();
    await download(server.url, join(into, 'days.csv'), { onProgress: (done, total) => progress.push([done, total]) });
    const total = body === rows ? rows.length : undefined;
    expect([progress[0], progress.at(-1)]).toEqual([[0, total], [rows.length, total]]);
    expect(await readFile(join(into, 'days.csv'))).toEqual(rows);
  });

  it('that unpacks to hundreds of times its size is given up, and leaves nothing behind', async () => {
    const packed = gzipSync(Buffer.alloc(70 * 1024 * 1024));
    const server = await serve((_request, response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end(packed));
    const into = await folder();
    const failure = await failureOf(download(server.url, join(into, 'days.csv')));
    expect(failure).toMatchObject({ name: 'StorageFailed', message: expect.stringMatching(/ is too large: \d+(\.\d)? kB of it unpack to more than 64 MB\.$/) });
    expect(await readdir(into)).toEqual([]);
  });

  it('for which the disk has no room does not begin', async () => {
    const server = await serve((_request, response) => response.writeHead(200, { 'content-length': 2 ** 52 }).write('row\n'));
    const into = await folder();
    const failure = await failureOf(download(server.url, join(into, 'days.csv')));
    expect(failure).toMatchObject({ name: 'LocalFailure', message: expect.stringMatching(/^There is no room on the disk for "days\.csv": it has 4096 TB, and .+ are free\.$/) });
    expect(await readdir(into)).toEqual([]);
    await server.closed(0);
  });

  it('that cannot be written closes its connection', async () => {
    const endless = await serve((_request, response) => response.write('x'));
    const into = await folder();
    expect(await failureOf(download(endless.url, join(into, 'none', 'days.csv')))).toMatchObject({ name: 'LocalFailure', message: 'The file "days.csv" cannot be written.' });
    await endless.closed(0);
    const server = await serve((_request, response) => void response.end('x'));
    await mkdir(join(into, 'taken.csv'));
    expect(await failureOf(download(server.url, join(into, 'taken.csv'), { overwrite: true }))).toMatchObject({ name: 'LocalFailure' });
    expect(await readdir(into)).toEqual(['taken.csv']);
  });

  it('from an address that is not called is told so', async () => {
    expect((await failureOf(download(`http://weather.blob.example.test/box/days.csv${query}`, join(await folder(), 'x')))).message).toContain('is not called');
    expect((await failureOf(download('nonsense', join(await folder(), 'x')))).name).toBe('StorageFailed');
  });
});

describe('opened bytes', () => {
  const text = '\uFEFFdía,ü\n1,😀\n';
  const bytes = Buffer.from(text);

  /** A server that knows ranges, or not. */
  const serving = (ranges: boolean, content = bytes) => serve((request, response) => {
    const from = Number(/bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0);
    if (request.headers['if-match'] !== undefined && request.headers['if-match'] !== '"1"') return void response.writeHead(412, { 'x-ms-error-code': 'ConditionNotMet' }).end();
    if (!ranges || request.headers.range === undefined) return void response.writeHead(200, { etag: '"1"', 'content-length': content.length }).end(content);
    if (from >= content.length) return void response.writeHead(416, { 'content-range': `bytes */${content.length}` }).end('<Error/>');
    return void response.writeHead(206, { etag: '"1"', 'content-range': `bytes ${from}-${content.length - 1}/${content.length}` }).end(content.subarray(from));
  });

  it('come as they are sent, with the size and the tag of the whole', async () => {
    const server = await serve((_request, response) => {
      response.writeHead(200, { 'content-length': bytes.length, etag: '"1"' });
      const next = (at: number): void => {
        if (at === bytes.length) response.end();
        else response.write(bytes.subarray(at, at + 1), () => setTimeout(() => next(at + 1), 2));
      };
      next(0);
    });
    const opened = await openBytes(server.url, {}, toolsFor(), never);
    expect(opened).toMatchObject({ totalBytes: bytes.length, etag: '"1"' });
    const pieces: Uint8Array[] = [];
    for await (const piece of opened.stream) pieces.push(piece);
    expect(Buffer.concat(pieces)).toEqual(bytes);
    expect(pieces.length).toBeGreaterThan(3);
  });

  it.each([true, false])('go on from a byte, also where the server knows no ranges (%s)', async (ranges) => {
    const server = await serving(ranges);
    const from = Buffer.byteLength('\uFEFFdía,ü\n');
    const opened = await openBytes(server.url, { from, etag: '"1"' }, toolsFor(), never);
    expect(opened).toMatchObject({ totalBytes: bytes.length, etag: '"1"' });
    expect(await read(opened.stream)).toBe('1,😀\n');
    const after = await openBytes(server.url, { from: bytes.length }, toolsFor(), never);
    expect([await read(after.stream), after.totalBytes]).toEqual(['', bytes.length]);
  });

  it.each([
    ['packed bytes are ranges of', 3],
    ['packed bytes end before', 50_000],
  ])('go on from a byte that %s, where the blob is stored packed', async (_where, from) => {
    const rows = '1,2,3\n'.repeat(20_000);
    const asked: (string | undefined)[] = [];
    const packed = gzipSync(rows);
    const server = await serve((request, response) => {
      const { range } = request.headers;
      asked.push(range);
      const at = Number(/bytes=(\d+)-/.exec(range ?? '')?.[1] ?? 0);
      if (range === undefined) return void response.writeHead(200, { etag: '"1"', 'content-encoding': 'gzip', 'content-length': packed.length }).end(packed);
      if (at >= packed.length) return void response.writeHead(416, { 'content-range': `bytes */${packed.length}` }).end('<Error/>');
      return void response.writeHead(206, { etag: '"1"', 'content-encoding': 'gzip', 'content-range': `bytes ${at}-${packed.length - 1}/${packed.length}` }).end(packed.subarray(at));
    });
    const opened = await openBytes(server.url, { from, etag: '"1"' }, toolsFor(), never);
    // The size that is announced is that of the packed bytes.
    expect(opened.totalBytes).toBeUndefined();
    expect(await read(opened.stream)).toBe(rows.slice(from));
    expect(asked).toEqual([`bytes=${from}-`, undefined]);
  });

  it('are refused when the blob has changed', async () => {
    expect(await failureOf(openBytes((await serving(true)).url, { from: 3, etag: '"0"' }, toolsFor(), never))).toMatchObject({ code: 'ConditionNotMet', message: expect.stringContaining('was changed') });
  });

  it('of a packed blob that is refused as a whole close the connection that the first answer came by', async () => {
    const packed = randomBytes(4_000_000);
    const server = await serve((request, response) => {
      if (request.headers.range === undefined) return void response.writeHead(403, { connection: 'close' }).end('<Code>AuthenticationFailed</Code>');
      const range = `bytes 3-${packed.length - 1}/${packed.length}`;
      return void response.writeHead(206, { 'content-encoding': 'gzip', 'content-range': range }).end(packed.subarray(3));
    });
    expect(await failureOf(openBytes(server.url, { from: 3 }, toolsFor(), never))).toMatchObject({ code: 'AuthenticationFailed' });
    await server.closed(0);
  });

  it('that begin later than they were asked for are refused, and the connection is closed', async () => {
    const server = await serve((_request, response) => response.writeHead(206, { 'content-range': 'bytes 9-19/20' }).write('later'));
    expect((await failureOf(openBytes(server.url, { from: 3 }, toolsFor(), never))).message).toContain('another part of the file');
    await server.closed(0);
  });

  it('that are left early close their connection', async () => {
    const server = await serve((_request, response) => response.write('row\n'));
    for await (const piece of (await openBytes(server.url, {}, toolsFor(), never)).stream) {
      expect(Buffer.from(piece).toString()).toBe('row\n');
      break;
    }
    await server.closed(0);
  });

  it('that are cut or cancelled say so', async () => {
    const begun = signalled();
    const server = await serve((_request, response) => response.write('row\n', begun.happen));
    const control = new AbortController();
    const { stream } = await openBytes(server.url, {}, toolsFor(), control.signal);
    control.abort();
    expect(await read(stream).catch((error: unknown) => error)).toBeInstanceOf(Cancelled);
    const cut = await serve((_request, response) => response.write('row\n', () => response.destroy()));
    expect(await failureOf(read((await openBytes(cut.url, {}, toolsFor(), never)).stream))).toMatchObject({ name: 'StorageFailed' });
  });
});
