// Bodies that are large, too large, or never end; and clients that leave in the middle of one.

import { connect, type Socket } from 'node:net';
import { text as readAll } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startSample, type Sample } from '../../../src/sample/server';
import { call, counters, execute, goodDay, key, plan, until } from './sampleClient';

let sample: Sample;
beforeAll(async () => {
  sample = await startSample({ port: 0, key });
});
afterAll(() => sample.stop());

const limit = 64 * 1024 * 1024;
const chunk = Buffer.alloc(1024 * 1024, ' ');
const head = `POST ${execute} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${key}\r\n`;

/** Writes blanks until `total` bytes are sent or the connection is closed; `prefix` makes each piece a chunk. */
async function pour(socket: Socket, total: number, chunked: boolean): Promise<number> {
  let sent = 0;
  while (sent < total && socket.writable) {
    const piece = chunk.subarray(0, Math.min(chunk.length, total - sent));
    const bytes = chunked ? Buffer.concat([Buffer.from(`${piece.length.toString(16)}\r\n`), piece, Buffer.from('\r\n')]) : piece;
    await new Promise<void>((resolve) => socket.write(bytes, () => resolve()));
    sent += piece.length;
  }
  return sent;
}

it('reads a body of exactly the limit', async () => {
  const body = Buffer.alloc(limit, ' ');
  body.write(goodDay);
  expect((await call(sample.baseUrl, execute, { body })).status).toBe(200);
});

it('answers a body that says it is too large with 413, whole, and closes', async () => {
  const socket = connect(sample.port, '127.0.0.1');
  const answer = readAll(socket);
  socket.write(`${head}Content-Length: ${limit + 1}\r\n\r\n`);
  await pour(socket, limit + 1, false);
  expect(await answer).toMatch(/^HTTP\/1\.1 413 [^]*Connection: close\r\n[^]*"code":"RequestBodyTooLarge"[^]*\}\]\}\}$/);
});

it('answers 413 before the body is sent, to a client that waits with it', async () => {
  const socket = connect(sample.port, '127.0.0.1');
  socket.write(`${head}Content-Length: ${limit * 100}\r\n\r\n`);
  expect(await readAll(socket)).toMatch(/^HTTP\/1\.1 413 [^]*\}\]\}\}$/);
});

it('answers a stream of chunks without end with 413 and closes', async () => {
  const socket = connect(sample.port, '127.0.0.1');
  let answer = '';
  socket.on('data', (data) => (answer += String(data)));
  // The client goes on sending, so its own end of the connection breaks; the answer has come before.
  socket.on('error', () => undefined);
  socket.write(`${head}Transfer-Encoding: chunked\r\n\r\n`);
  await pour(socket, Infinity, true);
  expect(answer).toMatch(/^HTTP\/1\.1 413 [^]*Connection: close\r\n[^]*\}\]\}\}$/);
});

it('answers 413 also to a call that a fault was planned for, and to a plan of faults', async () => {
  await plan(sample.baseUrl, { status: 500 });
  const body = Buffer.alloc(limit + 1, ' ');
  expect(await call(sample.baseUrl, execute, { body })).toMatchObject({ status: 413, headers: { connection: 'close' } });
  expect((await call(sample.baseUrl, '/faults', { body })).status).toBe(413);
});

it('refuses a large body with a wrong key and keeps the connection good', async () => {
  const socket = connect(sample.port, '127.0.0.1');
  const answer = readAll(socket);
  socket.write(`${head.replace(key, 'wrong')}Content-Length: ${5 * chunk.length}\r\n\r\n`);
  await pour(socket, 5 * chunk.length, false);
  socket.write(`${head}Content-Length: ${goodDay.length}\r\nConnection: close\r\n\r\n${goodDay}`);
  expect((await answer).match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 401', 'HTTP/1.1 200']);
});

it('goes on after a client that left in the middle of its body, and counts it', async () => {
  const before = (await counters(sample.baseUrl)).aborted;
  const socket = connect(sample.port, '127.0.0.1');
  socket.write(`${head}Content-Length: 1000\r\n\r\n{"Inputs"`);
  await until(async () => (await counters(sample.baseUrl)).calls.execute > 0);
  socket.resetAndDestroy();
  await until(async () => (await counters(sample.baseUrl)).aborted === before + 1);
  expect((await call(sample.baseUrl, execute, { body: goodDay })).status).toBe(200);
});
