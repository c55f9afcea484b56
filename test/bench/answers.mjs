// A service that does nothing but answer: `/answer-N/...` gets a prepared answer of N bytes. A program of its own; its first line of output is its port.

import { createServer } from 'node:http';
import { answerOf } from './bodies.mjs';

/** @type {Map<string, Buffer>} */
const prepared = new Map(process.argv.slice(2).map((size) => [size, Buffer.from(answerOf(Number(size)))]));

const server = createServer((request, response) => {
  const size = /^\/answer-(\d+)\//.exec(request.url ?? '')?.[1] ?? '';
  const body = prepared.get(size);
  request.resume();
  request.once('end', () => {
    if (body === undefined) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { 'Content-Type': 'application/json; charset=utf-8', 'Content-Length': body.length }).end(body);
  });
});
server.keepAliveTimeout = 300_000;
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.stdout.write(`${typeof address === 'object' && address !== null ? address.port : 0}\n`);
});
// It ends with the one who started it.
process.stdin.resume().once('close', () => process.exit());
