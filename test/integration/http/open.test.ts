// Answers that are read piece by piece: held back, left early, cut, silent, decoded on the way.

import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { BodyCut } from '../../../src/model/errors';
import type { OpenAnswer, Transport, WireRequest } from '../../../src/model/wire';
import { answerOf, headers, send, transport } from './calls';
import { startProxy } from './connectProxy';
import { freePort, identity, startHttp, startTcp } from './servers';

async function open(over: Transport, url: string, changes: Partial<WireRequest> = {}, signal = new AbortController().signal): Promise<OpenAnswer> {
  const outcome = await over.open({ method: 'GET', url, headers: [], timeoutMs: 0, ...changes }, signal);
  if (!outcome.ok) throw new Error(`No answer: ${JSON.stringify(outcome.failure)}`);
  return outcome.answer;
}

async function textOf(body: AsyncIterable<Uint8Array>): Promise<string> {
  const pieces: Uint8Array[] = [];
  for await (const piece of body) pieces.push(piece);
  return Buffer.concat(pieces).toString('utf8');
}

/** What came before the body was cut, and the failure. */
async function cut(body: AsyncIterable<Uint8Array>) {
  let text = '';
  try {
    for await (const piece of body) text += Buffer.from(piece).toString('utf8');
  } catch (error) {
    if (error instanceof BodyCut) return { text, failure: error.failure };
    throw error;
  }
  throw new Error('The body came to its end.');
}

/** A server that answers with what `give` writes. */
async function serve(give: (response: ServerResponse) => unknown) {
  const server = await startHttp((_request, response) => void give(response));
  return { ...server, url: `http://127.0.0.1:${server.port}/` };
}

describe('an open answer', () => {
  it('is there at its head, and its pieces as they come', async () => {
    let response: ServerResponse | undefined;
    const server = await serve((its) => {
      response = its;
      its.writeHead(206, 'Part', { 'X-Part': '1' }).write('one');
    });
    const answer = await open(transport(), server.url);
    expect([answer.status, answer.statusText]).toEqual([206, 'Part']);
    expect(answer.headers).toContainEqual({ name: 'X-Part', value: '1' });
    const pieces = answer.body[Symbol.asyncIterator]();
    expect(Buffer.from((await pieces.next()).value).toString()).toBe('one');
    response?.end('two');
    expect(Buffer.from((await pieces.next()).value).toString()).toBe('two');
    expect((await pieces.next()).done).toBe(true);
  });

  it('that is read to its end gives its connection to the next call', async () => {
    const server = await serve((response) => response.end('x'.repeat(3_000_000)));
    const over = transport();
    for (let call = 0; call < 3; call++) expect((await textOf((await open(over, server.url)).body)).length).toBe(3_000_000);
    await answerOf(send(over, server.url));
    expect(server.sockets).toHaveLength(1);
  });

  it('is not taken faster than it is read', async () => {
    const total = 200 * 1024 * 1024;
    const chunk = Buffer.alloc(1024 * 1024);
    let written = 0;
    const server = await serve(async (response) => {
      response.setMaxListeners(0);
      while (written < total) {
        written += chunk.length;
        if (!response.write(chunk)) await Promise.race([once(response, 'drain'), once(response, 'close')]);
        if (response.destroyed) return;
      }
      response.end();
    });
    const { body } = await open(transport(), server.url, { timeoutMs: 200 });
    const pieces = body[Symbol.asyncIterator]();
    let read = (await pieces.next()).value.length;
    // Longer than the limit on silence: whoever does not read is not waiting.
    await wait(600);
    expect(written).toBeLessThan(total / 4);
    for (let next = await pieces.next(); next.done !== true; next = await pieces.next()) read += next.value.length;
    expect(read).toBe(total);
  });

  it.each([{}, { 'content-encoding': 'gzip' }])('that is left early closes its connection (%o)', async (lines) => {
    const server = await serve((response) => {
      response.writeHead(200, lines).write(gzipSync('x'.repeat(1_000_000)).subarray(0, 900));
    });
    for await (const piece of (await open(transport(), server.url)).body) {
      expect(piece.length).toBeGreaterThan(0);
      break;
    }
    await server.closed(0);
  });

  it.each([{}, { 'content-encoding': 'br' }])('that is not read at all closes its connection when it is left (%o)', async (lines) => {
    const server = await serve((response) => response.writeHead(200, lines).write('x'));
    await (await open(transport(), server.url)).body[Symbol.asyncIterator]().return?.();
    await server.closed(0);
  });

  it.each([{}, { 'content-encoding': 'gzip' }])('ends when the signal is raised (%o)', async (lines) => {
    const server = await serve((response) => response.writeHead(200, lines).write(gzipSync('x')));
    const control = new AbortController();
    const cutting = cut((await open(transport(), server.url, {}, control.signal)).body);
    control.abort();
    expect((await cutting).failure).toMatchObject({ kind: 'cancelled' });
    await server.closed(0);
  });

  it('ends when the transport is closed', async () => {
    const server = await serve((response) => response.write('x'));
    const over = transport();
    const { body } = await open(over, server.url);
    await over.close();
    expect((await cut(body)).failure).toMatchObject({ kind: 'cancelled' });
    await server.closed(0);
  });

  it.each([
    ['between two chunks', {}],
    ['before the announced length', { 'content-length': '1000' }],
  ])('that is cut %s tells so after what has come', async (_where, lines) => {
    const server = await serve((response) => response.writeHead(200, lines).write('begun', () => response.destroy()));
    expect(await cut((await open(transport(), server.url)).body)).toMatchObject({ text: 'begun', failure: { kind: 'reset' } });
  });

  it('that falls silent is given up', async () => {
    const server = await serve((response) => response.write('begun'));
    const failure = (await cut((await open(transport(), server.url, { timeoutMs: 100 })).body)).failure;
    expect(failure).toMatchObject({ kind: 'timeout', code: 'BODY_TIMEOUT', message: 'No byte within 100 ms.' });
    await server.closed(0);
  });

  it('may take longer than the limit on silence', async () => {
    const server = await serve(async (response) => {
      for (let piece = 0; piece < 8; piece++) {
        response.write('x');
        await wait(60);
      }
      response.end();
    });
    expect(await textOf((await open(transport(), server.url, { timeoutMs: 200 })).body)).toBe('xxxxxxxx');
  });

  it('comes through a proxy and TLS', async () => {
    const server = await startHttp((_request, response) => void response.end('secret'), identity('server'));
    const proxy = await startProxy({ routes: { 'scoring.example.test:443': server.port } });
    const { body } = await open(transport({ proxy: `http://127.0.0.1:${proxy.port}` }), 'https://scoring.example.test/');
    expect(await textOf(body)).toBe('secret');
    expect(proxy.asked).toEqual(['scoring.example.test:443']);
  });
});

describe('no answer', () => {
  const outcome = (url: string, changes: Partial<WireRequest> = {}) => transport().open({ method: 'GET', url, headers: [], timeoutMs: 0, ...changes }, new AbortController().signal);

  it('where nobody listens, where the address is not called, where nothing comes', async () => {
    expect(await outcome(`http://127.0.0.1:${await freePort()}/`)).toMatchObject({ ok: false, failure: { kind: 'refused', unsent: true } });
    expect(await outcome('http://storage.example.test/')).toMatchObject({ ok: false, failure: { code: 'ADDRESS_NOT_ALLOWED', unsent: true } });
    const silent = await startTcp(() => undefined);
    const timeout = await outcome(`http://127.0.0.1:${silent.port}/`, { timeoutMs: 100 });
    expect(timeout).toEqual({ ok: false, failure: { kind: 'timeout', code: 'ANSWER_TIMEOUT', host: `127.0.0.1:${silent.port}`, message: 'No byte within 100 ms.' } });
  });
});

const text = JSON.stringify(Array.from({ length: 5000 }, (_, row) => ({ row, label: `Zoë ${row}` })));

describe('content codings', () => {
  const coded = (coding: string, body: Buffer) => serve((response) => {
    response.writeHead(200, { 'content-encoding': coding }).write(body.subarray(0, 1));
    setTimeout(() => response.end(body.subarray(1)), 20);
  });

  it.each([
    ['gzip', gzipSync(text)],
    ['X-GZIP', gzipSync(text)],
    ['deflate', deflateSync(text)],
    ['deflate', deflateRawSync(text)],
    ['br', brotliCompressSync(text)],
    ['deflate, gzip', gzipSync(deflateSync(text))],
    ['gzip', Buffer.alloc(0)],
  ])('%s is undone on the way', async (coding, body) => {
    const server = await coded(coding, body);
    const over = transport();
    expect(await textOf((await open(over, server.url)).body)).toBe(body.length === 0 ? '' : text);
    await answerOf(send(over, server.url, { method: 'HEAD' }));
    expect(server.sockets).toHaveLength(1);
  });

  it.each([
    ['gzip', gzipSync(text).subarray(0, 200), 'Z_BUF_ERROR'],
    ['gzip', Buffer.from(text), 'Z_DATA_ERROR'],
    ['zstd', Buffer.from(text), 'ENCODING_UNKNOWN'],
  ])('%s that cannot be undone cuts the body', async (coding, body, code) => {
    expect((await cut((await open(transport(), (await coded(coding, body)).url)).body)).failure).toMatchObject({ kind: 'protocol', code });
  });

  it('that break off with their connection tell of the connection', async () => {
    const server = await serve((response) => response.writeHead(200, { 'content-encoding': 'gzip' }).write(gzipSync(text).subarray(0, 500), () => setTimeout(() => response.destroy(), 20)));
    expect((await cut((await open(transport(), server.url)).body)).failure).toMatchObject({ kind: 'reset' });
  });
});

describe('methods', () => {
  it('HEAD has no body, however large the length that is announced', async () => {
    const server = await startHttp((_request, response) => void response.writeHead(200, { 'content-length': 10 * 1024 ** 3, 'content-encoding': 'gzip' }).end());
    const answer = await answerOf(send(transport(), `http://127.0.0.1:${server.port}/`, { method: 'HEAD' }));
    expect([answer.status, answer.body.length]).toEqual([200, 0]);
    expect(await textOf((await open(transport(), `http://127.0.0.1:${server.port}/`, { method: 'HEAD' })).body)).toBe('');
  });

  it.each([Buffer.from('content'), undefined])('PUT sends its body (%o)', async (body) => {
    const seen: unknown[] = [];
    const server = await startHttp((request, response) => {
      let received = '';
      request.on('data', (piece: Buffer) => {
        received += piece.toString();
      });
      request.on('end', () => {
        seen.push(request.method, received, request.headers['content-length'], request.headers['x-ms-blob-type']);
        response.writeHead(201).end();
      });
    });
    const sent = { method: 'PUT' as const, headers: headers(['x-ms-blob-type', 'BlockBlob']), ...(body === undefined ? {} : { body }) };
    expect((await answerOf(send(transport(), `http://127.0.0.1:${server.port}/`, sent))).status).toBe(201);
    expect(seen).toEqual(['PUT', body === undefined ? '' : 'content', body === undefined ? '0' : '7', 'BlockBlob']);
  });
});
