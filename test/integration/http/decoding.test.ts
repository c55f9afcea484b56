// Content codings are undone, and what cannot be undone or is too large is a failure.

import { Readable } from 'node:stream';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { answerOf, failureOf, send, textOf, transport } from './calls';
import { startHttp } from './servers';

const text = JSON.stringify({ Results: { output1: Array.from({ length: 500 }, (_, row) => ({ row, label: `Zoë ${row}` })) } });

async function serve(coding: string, body: Buffer, status = 200): Promise<string> {
  const { port } = await startHttp((_request, response) => void response.writeHead(status, { 'Content-Encoding': coding }).end(body));
  return `http://127.0.0.1:${port}/`;
}

describe('content codings', () => {
  it.each([
    ['gzip', gzipSync(text)],
    ['X-GZIP', gzipSync(text)],
    ['deflate', deflateSync(text)],
    ['deflate', deflateRawSync(text)],
    ['br', brotliCompressSync(text)],
    ['identity', Buffer.from(text)],
    ['deflate, gzip', gzipSync(deflateSync(text))],
  ])('%s is undone', async (coding, body) => {
    const answer = await answerOf(send(transport(), await serve(coding, body)));
    expect(textOf(answer)).toBe(text);
    expect(answer.headers).toContainEqual({ name: 'Content-Encoding', value: coding });
    expect(answer.body.constructor).toBe(Uint8Array);
  });

  it('on an empty body mean nothing', async () => {
    const answer = await answerOf(send(transport(), await serve('gzip', Buffer.alloc(0), 503)));
    expect([answer.status, answer.body.length]).toEqual([503, 0]);
  });

  it.each([
    ['gzip', gzipSync(text).subarray(0, 200), 'Z_BUF_ERROR'],
    ['gzip', Buffer.from(text), 'Z_DATA_ERROR'],
    ['br', brotliCompressSync(text).subarray(0, 100), 'Z_BUF_ERROR'],
    ['zstd', Buffer.from(text), 'ENCODING_UNKNOWN'],
  ])('%s that cannot be undone is a failure', async (coding, body, code) => {
    expect(await failureOf(send(transport(), await serve(coding, body)))).toMatchObject({ kind: 'protocol', code });
  });

  it('that nobody knows are named as they came', async () => {
    expect((await failureOf(send(transport(), await serve('gzip, My-Coding', Buffer.from(text))))).message).toBe('The answer has the content encoding "My-Coding", which was not asked for.');
  });

  it('that fail leave the connection fit for use', async () => {
    const server = await startHttp((_request, response) => void response.writeHead(200, { 'Content-Encoding': 'gzip' }).end('not gzip'));
    const over = transport();
    await failureOf(send(over, `http://127.0.0.1:${server.port}/`));
    await failureOf(send(over, `http://127.0.0.1:${server.port}/`));
    expect(server.sockets).toHaveLength(1);
  });
});

function* endless(): Generator<Buffer> {
  for (;;) yield Buffer.alloc(1000);
}

describe('an answer that is too large', () => {
  it('is given up when its length is announced', async () => {
    const server = await startHttp((_request, response) => {
      response.writeHead(200, { 'content-length': 600 * 1024 * 1024 });
      response.write('x');
    });
    const failure = await failureOf(send(transport(), `http://127.0.0.1:${server.port}/`));
    expect(failure).toMatchObject({ kind: 'tooLarge', code: 'ANSWER_TOO_LARGE', message: 'The answer is larger than 512 MB.', excess: { limitBytes: 512 * 1024 * 1024 } });
    await server.closed(0);
  });

  it('is given up while it comes', async () => {
    const server = await startHttp((_request, response) => void Readable.from(endless()).pipe(response));
    expect(await failureOf(send(transport({}, { maxAnswerBytes: 100_000 }), `http://127.0.0.1:${server.port}/`))).toMatchObject({ kind: 'tooLarge' });
    await server.closed(0);
  });

  it('is given up while it is decoded', async () => {
    const url = await serve('gzip', gzipSync(Buffer.alloc(200_000)));
    expect(await failureOf(send(transport({}, { maxAnswerBytes: 100_000 }), url))).toMatchObject({ kind: 'tooLarge', code: 'ANSWER_TOO_LARGE', excess: { receivedBytes: gzipSync(Buffer.alloc(200_000)).length, limitBytes: 100_000 } });
    expect((await answerOf(send(transport({}, { maxAnswerBytes: 200_000 }), url))).body.length).toBe(200_000);
  });

  it('is given up for the call that takes less', async () => {
    const url = await serve('identity', Buffer.alloc(2000));
    expect(await failureOf(send(transport(), url, { mostAnswerBytes: 1999 }))).toMatchObject({ kind: 'tooLarge', excess: { limitBytes: 1999 } });
    expect((await answerOf(send(transport(), url, { mostAnswerBytes: 2000 }))).body.length).toBe(2000);
  });

  it('once it is unpacked is given up long before it has filled the memory', async () => {
    const bomb = gzipSync(Buffer.alloc(70 * 1024 * 1024));
    const [one, two] = [await serve('gzip', bomb), await serve('gzip, gzip', gzipSync(bomb))];
    const limitBytes = 64 * 1024 * 1024;
    const failure = await failureOf(send(transport(), one));
    expect(failure).toMatchObject({ kind: 'tooLarge', code: 'ANSWER_TOO_LARGE', excess: { receivedBytes: bomb.length, limitBytes } });
    expect(failure.message).toMatch(/^The answer unpacks from \d+(\.\d)? kB to more than 64 MB\.$/);
    expect(await failureOf(send(transport(), two))).toMatchObject({ kind: 'tooLarge', excess: { limitBytes } });
  });

  it('may be as large as its packed size makes likely', async () => {
    const rows = Buffer.alloc(66 * 1024 * 1024);
    // Every hundredth byte or so differs: 66 MB shrink to less than 2.
    for (let at = 0; at < rows.length; at += 97) rows[at] = (at * 2654435761) >>> 24;
    expect((await answerOf(send(transport(), await serve('gzip', gzipSync(rows, { level: 1 }))))).body.length).toBe(rows.length);
  });

  it('has more codings than anybody needs is not unpacked', async () => {
    const url = await serve('gzip, gzip, gzip, gzip, gzip', gzipSync('x'));
    expect(await failureOf(send(transport(), url))).toMatchObject({ kind: 'protocol', code: 'ENCODING_UNKNOWN', message: 'The answer has 5 content encodings, which is more than the 4 that are undone.' });
  });
});
