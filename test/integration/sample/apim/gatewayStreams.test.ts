// Bodies go through in pieces, both ways and of any size; and calls that break off, on either side.

import { request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { text as readAll } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { until } from '../sampleClient';
import { execute, startStage, withKey, type Stage } from './gatewayTools';

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
  stage.store.putGuide(stage.backend.url);
  stage.store.putSubscription('all', '/apis');
});
afterAll(() => stage.stop());
beforeEach(() => {
  stage.backend.answer();
  stage.store.calls.length = 0;
  stage.log.length = 0;
});

const mebibyte = 1024 * 1024;
const whole = 200;

/** So many pieces of 64 KiB as are wanted, made when they are asked for. */
function* pieces(mebibytes: number): Generator<Buffer> {
  for (let index = 0; index < mebibytes * 16; index++) yield Buffer.alloc(65_536, index % 251);
}

/** Sends a body of pieces and gives the answer as it begins. */
function post(body: Iterable<Buffer>): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(`${stage.gateway.url}${execute}`, { method: 'POST', agent: false, ...withKey('all-1') }, resolve);
    request.on('error', reject);
    void pipeline(Readable.from(body, { objectMode: false }), request).catch(reject);
  });
}

async function count(stream: Readable): Promise<number> {
  let bytes = 0;
  for await (const piece of stream) bytes += Buffer.from(piece).length;
  return bytes;
}

describe('a large body', () => {
  it('goes through both ways while memory stays flat', async () => {
    stage.backend.answer((request, response) => void pipeline(request, response).catch(() => undefined));
    await count(await post(pieces(1)));
    stage.store.calls.length = 0;
    const before = process.memoryUsage();
    let most = 0;
    const timer = setInterval(() => {
      const { arrayBuffers, heapUsed } = process.memoryUsage();
      most = Math.max(most, arrayBuffers + heapUsed - before.arrayBuffers - before.heapUsed);
    }, 5);
    expect(await count(await post(pieces(whole)))).toBe(whole * mebibyte);
    clearInterval(timer);
    // Caller, gateway and backend are all in this process; a body that is held once would be 200 MiB.
    expect(most / mebibyte).toBeLessThan(100);
    await until(() => stage.store.calls.length === 1);
    expect(stage.store.calls[0]).toMatchObject({ status: 200, requestBytes: whole * mebibyte, responseBytes: whole * mebibyte });
  });

  it('waits for a caller who does not read', async () => {
    let written = 0;
    stage.backend.answer((request, response) => {
      request.resume();
      void pipeline(Readable.from((function* () {
        for (const piece of pieces(whole)) {
          written += piece.length;
          yield piece;
        }
      })(), { objectMode: false }), response).catch(() => undefined);
    });
    const answer = await post([]);
    let last = -1;
    await until(() => {
      const still = written === last;
      last = written;
      return still && written > 0;
    });
    expect(written / mebibyte).toBeLessThan(whole / 2);
    expect(await count(answer)).toBe(whole * mebibyte);
  });

  it('begins to arrive before it has ended, either way', async () => {
    let got = '';
    let answer: ServerResponse | undefined;
    stage.backend.answer((request, response) => {
      request.on('data', (piece: Buffer) => (got += String(piece)));
      response.write('first');
      answer = response;
    });
    const request = httpRequest(`${stage.gateway.url}${execute}`, { method: 'POST', agent: false, ...withKey('all-1') });
    const response = new Promise<IncomingMessage>((resolve) => request.once('response', resolve));
    request.write('one');
    await until(() => got === 'one');
    const message = await response;
    const [first] = await new Promise<[Buffer]>((resolve) => message.once('data', (piece: Buffer) => resolve([piece])));
    expect(String(first)).toBe('first');
    request.end('two');
    await until(() => got === 'onetwo');
    answer?.end('last');
    expect(await readAll(message)).toBe('last');
  });

  it('that the backend does not want is answered all the same', async () => {
    stage.backend.answer((_, response) => void response.writeHead(413).end('too large'));
    const socket = connect(stage.gateway.port, '127.0.0.1');
    socket.on('error', () => undefined);
    const answer = readAll(socket);
    socket.write(`POST ${execute} HTTP/1.1\r\nHost: localhost\r\nOcp-Apim-Subscription-Key: all-1\r\nConnection: close\r\nContent-Length: ${mebibyte}\r\n\r\n`);
    socket.end(Buffer.alloc(mebibyte));
    expect(await answer).toMatch(/^HTTP\/1\.1 413 [^]*too large/);
  });

  it('of a call that is refused keeps the connection good', async () => {
    const socket = connect(stage.gateway.port, '127.0.0.1');
    const answer = readAll(socket);
    const head = `POST ${execute} HTTP/1.1\r\nHost: localhost\r\n`;
    socket.write(`${head}Content-Length: ${3 * mebibyte}\r\n\r\n`);
    socket.write(Buffer.alloc(3 * mebibyte));
    socket.write(`${head}Ocp-Apim-Subscription-Key: all-1\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`);
    expect((await answer).match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 401', 'HTTP/1.1 200']);
  });
});

describe('headers', () => {
  it('that are about a connection stay on it, others come as they are', async () => {
    stage.backend.answer((request, response) => {
      response.setHeader('Set-Cookie', ['a=1', 'b=2']).setHeader('Keep-Alive', 'timeout=1').setHeader('Connection', 'X-Hop').setHeader('X-Hop', '1').setHeader('Content-Encoding', 'gzip');
      response.end(JSON.stringify(request.headers));
    });
    const { headers, json } = await stage.ask(execute, { method: 'POST', headers: { ...withKey('all-1').headers, Connection: 'close, X-Mine', 'X-Mine': '1', 'Proxy-Authorization': 'x', TE: 'trailers', Expect: '100-continue', 'X-Kept': ['1', '2'] } });
    expect(headers).toMatchObject({ 'set-cookie': ['a=1', 'b=2'], 'content-encoding': 'gzip' });
    expect([headers['x-hop'], headers['keep-alive']]).toEqual([undefined, undefined]);
    expect(Object.keys(Object(json)).toSorted()).toEqual(['connection', 'host', 'transfer-encoding', 'x-kept']);
    expect(json).toMatchObject({ 'x-kept': '1, 2', connection: 'keep-alive' });
  });

  it.each([
    ['POST', '', '', { 'content-length': '0' }],
    ['POST', 'Content-Length: 4\r\nConnection: close, Content-Length\r\n', 'body', { 'content-length': '4' }],
    ['DELETE', 'Transfer-Encoding: chunked\r\n', '4\r\nbody\r\n0\r\n\r\n', { 'transfer-encoding': 'chunked' }],
    ['DELETE', 'Content-Length: 4\r\n', 'body', { 'content-length': '4' }],
    ['DELETE', '', '', {}],
  ])('say where the body of a %s ends as the caller did: %j', async (method, head, body, framing) => {
    const path = method === 'POST' ? execute : '/demo/workspaces/w/services/s/jobs/1?api-version=2.0';
    const socket = connect(stage.gateway.port, '127.0.0.1');
    socket.write(`${method} ${path} HTTP/1.1\r\nHost: localhost\r\nOcp-Apim-Subscription-Key: all-1\r\n${head.includes('Connection') ? '' : 'Connection: close\r\n'}${head}\r\n${body}`);
    expect(await readAll(socket)).toMatch(/^HTTP\/1\.1 200 /);
    const { headers, body: got } = stage.backend.last();
    const { 'content-length': length, 'transfer-encoding': coding } = headers;
    expect([{ ...(length === undefined ? {} : { 'content-length': length }), ...(coding === undefined ? {} : { 'transfer-encoding': coding }) }, got]).toEqual([framing, body === '' ? '' : 'body']);
  });
});

describe('a call that breaks off', () => {
  it('by the caller ends the backend\'s, before the answer and in the middle of it', async () => {
    let ended = 0;
    let called = 0;
    for (const begin of [false, true]) {
      stage.backend.answer((_, response) => {
        called++;
        response.once('close', () => ended++);
        if (begin) response.write('begun');
      });
      const caller = new AbortController();
      const options = { method: 'POST', signal: caller.signal, body: '{}', ...withKey('all-1') };
      const answer = stage.ask(execute, options).catch((error: unknown) => error);
      const before = called;
      await until(() => called > before || called === (begin ? 2 : 1));
      caller.abort();
      expect(await answer).toBeInstanceOf(Error);
      await until(() => ended === called);
    }
    await until(() => stage.store.calls.length === 2);
    expect(stage.log).toEqual([]);
    expect(stage.store.calls[0]?.status).toBe(0);
  });

  it('in the middle of the caller\'s body ends the backend\'s', async () => {
    let aborted = 0;
    let called = 0;
    stage.backend.answer((request) => {
      called++;
      request.on('error', () => undefined).on('close', () => aborted++).resume();
    });
    const socket = connect(stage.gateway.port, '127.0.0.1');
    socket.write(`POST ${execute} HTTP/1.1\r\nHost: localhost\r\nOcp-Apim-Subscription-Key: all-1\r\nContent-Length: 1000\r\n\r\nhalf`);
    await until(() => called === 1);
    socket.resetAndDestroy();
    await until(() => aborted === 1);
  });

  it('by the backend before its answer is an error, and after it has begun breaks off here as well', async () => {
    stage.backend.answer((request) => request.socket.destroy());
    expect(await stage.ask(execute, { method: 'POST', ...withKey('all-1') })).toMatchObject({ status: 500, json: { statusCode: 500, message: 'Internal server error' } });
    expect(stage.log).toEqual([expect.stringContaining('cannot be called')]);
    stage.backend.answer((_, response) => {
      response.writeHead(200, { 'Content-Length': 10 });
      response.write('begun', () => response.destroy());
    });
    await expect(stage.ask(execute, { method: 'POST', ...withKey('all-1') })).rejects.toThrow();
    expect((await stage.ask('/nowhere')).status).toBe(404);
  });

  it('by the end of the gateway does not keep it from ending', async () => {
    const other = await startStage();
    other.store.putGuide(other.backend.url);
    other.store.putSubscription('all', '/apis');
    let called = 0;
    other.backend.answer(() => void called++);
    const answer = other.ask(execute, { method: 'POST', ...withKey('all-1') }).catch((error: unknown) => error);
    await until(() => called === 1);
    await other.gateway.stop();
    await other.stop();
    expect(await answer).toBeInstanceOf(Error);
  });
});
