// A service that does nothing but tell how jobs stand. It listens at as many ports as it is told, each a host of its own; its first line of output is their list.
// A job's id says when it is over: `12000-7` is finished 12 s after `POST /begin?at=MILLISECONDS`, `never-7` runs on. `GET /report` gives the calls of each port.

import { createServer } from 'node:http';

const count = Number(process.argv[2] ?? 1);
let beganAt = Date.now();
/** @type {number[][]} When each call came, in milliseconds since 1970. */
const calls = Array.from({ length: count }, () => []);

/** @param {string} end Of a job's id, in front of its number. */
function status(end) {
  const endedAt = beganAt + (end === 'never' ? Infinity : Number(end));
  const over = Date.now() >= endedAt;
  /** @param {number} at */
  const time = (at) => new Date(at).toISOString();
  return {
    StatusCode: over ? 'Finished' : 'Running',
    Results: over ? { output1: { ConnectionString: null, RelativeLocation: 'out/result.csv', BaseLocation: 'http://127.0.0.1/account/', SasBlobToken: '?sv=2024-11-04&sig=none' } } : null,
    Details: null,
    CreatedAt: time(beganAt),
    StartTime: time(beganAt),
    EndTime: over ? time(endedAt) : '0001-01-01T00:00:00+00:00',
  };
}

const servers = calls.map((own) => createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? '', 'http://127.0.0.1');
  /** @param {unknown} value */
  const answer = (value) => void response.writeHead(200, { 'Content-Type': 'application/json; charset=utf-8' }).end(JSON.stringify(value));
  request.resume();
  const end = /\/jobs\/(never|\d+)-\d+$/.exec(pathname)?.[1];
  if (end !== undefined) {
    own.push(Date.now());
    answer(status(end));
  } else if (pathname === '/begin') {
    beganAt = Number(searchParams.get('at'));
    answer(true);
  } else if (pathname === '/report') {
    answer(calls);
  } else {
    response.writeHead(404).end();
  }
}));

const ports = await Promise.all(servers.map((server) => new Promise((resolve) => {
  server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    resolve(typeof address === 'object' && address !== null ? address.port : 0);
  });
})));
process.stdout.write(`${JSON.stringify(ports)}\n`);
// It ends with the one who started it.
process.stdin.resume().once('close', () => process.exit());
