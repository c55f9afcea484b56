// What goes out and what comes back, over real sockets.

import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { answerOf, failureOf, headers, send, textOf, transport } from './calls';
import { startHttp, startTcp } from './servers';

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}

/** A server that tells back what it was asked. */
async function startEcho() {
  return startHttp((request, response) => {
    void bodyOf(request).then((body) => {
      const { method, url, rawHeaders } = request;
      response.end(JSON.stringify({ method, url, rawHeaders, body: body.toString('latin1') }));
    });
  });
}

function pairs(raw: readonly string[]): [string, string][] {
  return raw.flatMap((name, index) => (index % 2 === 0 ? [[name, raw[index + 1] ?? ''] satisfies [string, string]] : []));
}

describe('a request', () => {
  it.each(['GET', 'POST', 'DELETE'] as const)('goes out as %s with its path and query', async (method) => {
    const { port } = await startEcho();
    const seen = JSON.parse(textOf(await answerOf(send(transport(), `http://127.0.0.1:${port}/a/b%20c?d=e&f=%C3%A9`, { method }))));
    expect(seen).toMatchObject({ method, url: '/a/b%20c?d=e&f=%C3%A9', body: '' });
  });

  it('carries its headers in order, with duplicates and their case', async () => {
    const { port } = await startEcho();
    const sent = headers(['X-One', '1'], ['x-two', 'a'], ['X-One', '2'], ['Authorization', 'Bearer k']);
    const seen = JSON.parse(textOf(await answerOf(send(transport(), `http://127.0.0.1:${port}/`, { headers: sent }))));
    expect(pairs(seen.rawHeaders).filter(([name]) => /^(x-|auth)/i.test(name))).toEqual([
      ['X-One', '1'], ['x-two', 'a'], ['X-One', '2'], ['Authorization', 'Bearer k'],
    ]);
  });

  it('says the length of its body, which is only the part that the array shows', async () => {
    const { port } = await startEcho();
    const body = new Uint8Array(Buffer.from('--{"a":1}--')).subarray(2, 9);
    const seen = JSON.parse(textOf(await answerOf(send(transport(), `http://127.0.0.1:${port}/`, { method: 'POST', body }))));
    expect(seen.body).toBe('{"a":1}');
    expect(pairs(seen.rawHeaders)).toContainEqual(['content-length', '7']);
  });

  it.each([undefined, new Uint8Array(0)])('says length 0 for a POST without a body', async (body) => {
    const { port } = await startEcho();
    const seen = JSON.parse(textOf(await answerOf(send(transport(), `http://127.0.0.1:${port}/`, { method: 'POST', ...(body === undefined ? {} : { body }) }))));
    expect(pairs(seen.rawHeaders)).toContainEqual(['content-length', '0']);
  });

  it('has the header lines it is given and no more of its own than a request needs', async () => {
    const { port } = await startEcho();
    const seen = JSON.parse(textOf(await answerOf(send(transport(), `http://127.0.0.1:${port}/`, { headers: headers(['X-One', '1']) }))));
    expect(pairs(seen.rawHeaders)).toEqual([['host', `127.0.0.1:${port}`], ['connection', 'keep-alive'], ['X-One', '1']]);
  });
});

describe('an answer', () => {
  it('has its status, its words and its header lines as they came', async () => {
    const { port } = await startHttp((_request, response) => {
      response.writeHead(401, 'Not You', [['X-Ms-Request-Id', 'r1'], ['Set-Cookie', 'a=1'], ['set-cookie', 'b=2'], ['Content-Type', 'text/plain']]).end('no');
    });
    const answer = await answerOf(send(transport(), `http://127.0.0.1:${port}/`));
    expect(answer).toMatchObject({ status: 401, statusText: 'Not You' });
    expect(answer.headers.slice(0, 4)).toEqual(headers(['X-Ms-Request-Id', 'r1'], ['Set-Cookie', 'a=1'], ['set-cookie', 'b=2'], ['Content-Type', 'text/plain']));
    expect(answer.body.constructor).toBe(Uint8Array);
    expect(textOf(answer)).toBe('no');
  });

  it('may have no body', async () => {
    const { port } = await startHttp((_request, response) => void response.writeHead(204).end());
    const answer = await answerOf(send(transport(), `http://127.0.0.1:${port}/`));
    expect([answer.status, answer.body.length]).toEqual([204, 0]);
  });

  it('may come after a 103', async () => {
    const { port } = await startHttp((_request, response) => {
      response.writeEarlyHints({ link: '</a>; rel=preload' });
      response.end('here');
    });
    const answer = await answerOf(send(transport(), `http://127.0.0.1:${port}/`));
    expect([answer.status, textOf(answer)]).toEqual([200, 'here']);
  });

  const interim = 'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 102 Processing\r\nX-Step: HTTP/1.1 200 OK\r\n\r\nHTTP/1.0 100 Go On\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>; rel=preload\r\n\r\n';
  const final = 'HTTP/1.1 200 OK\r\nContent-Length: 36\r\n\r\nHTTP/1.1 100 Continue\r\n\r\nis the body';

  it.each([
    ['at once', 1_000_000],
    ['byte by byte', 1],
    ['in pieces', 13],
  ])('may come after interim ones, %s', async (_how, size) => {
    const text = interim + final;
    const server = await startTcp((socket) => {
      socket.setNoDelay(true);
      let asked = '';
      socket.on('data', (chunk: Buffer) => {
        asked += chunk.toString('latin1');
        if (!asked.endsWith('\r\n\r\n')) return;
        asked = '';
        const send = (at: number): void => void (at < text.length && socket.write(text.slice(at, at + size), () => setImmediate(() => send(at + size))));
        send(0);
      });
    });
    const over = transport();
    for (let call = 0; call < 3; call += 1) {
      const answer = await answerOf(send(over, `http://127.0.0.1:${server.port}/`, { timeoutMs: 5000 }));
      expect([answer.status, textOf(answer)]).toEqual([200, 'HTTP/1.1 100 Continue\r\n\r\nis the body']);
    }
    expect(server.sockets).toHaveLength(1);
  });

  it.each([
    ['that never ends', (socket: Socket) => void socket.write(`HTTP/1.1 100 Continue\r\nX: ${'x'.repeat(100_000)}`), 'protocol'],
    ['after which the connection ends', (socket: Socket) => void socket.end('HTTP/1.1 100 Continue\r\n\r\n'), 'reset'],
    ['in the middle of which the connection ends', (socket: Socket) => void socket.end('HTTP/1.1 100 Con'), 'reset'],
    ['after which nothing comes', (socket: Socket) => void socket.write('HTTP/1.1 100 Continue\r\n\r\n'), 'timeout'],
  ])('does not come after an interim one %s', async (_how, answer, kind) => {
    const server = await startTcp((socket) => void socket.once('data', () => answer(socket)));
    expect(await failureOf(send(transport(), `http://127.0.0.1:${server.port}/`, { timeoutMs: 500 }))).toMatchObject({ kind });
  });

  it('in pieces of a byte each is gathered', async () => {
    const server = await startTcp((socket) => void socket.once('data', () => {
      socket.write(`HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${'1\r\na\r\n'.repeat(100_000)}0\r\n\r\n`);
    }));
    const url = `http://127.0.0.1:${server.port}/`;
    expect(textOf(await answerOf(send(transport(), url)))).toBe('a'.repeat(100_000));
    const opened = await transport().open({ method: 'GET', url, headers: [], timeoutMs: 0 }, new AbortController().signal);
    expect.assert(opened.ok);
    let [pieces, bytes] = [0, 0];
    for await (const piece of opened.answer.body) {
      pieces += 1;
      bytes += piece.byteLength;
    }
    expect(bytes).toBe(100_000);
    expect(pieces).toBeLessThan(500);
  });

  it('that points elsewhere is not followed', async () => {
    const asked: (string | undefined)[] = [];
    const { port } = await startHttp((request, response) => {
      asked.push(request.url);
      response.writeHead(307, { location: '/elsewhere' }).end();
    });
    const answer = await answerOf(send(transport(), `http://127.0.0.1:${port}/here`, { method: 'POST', headers: headers(['Authorization', 'Bearer k']) }));
    expect(answer.status).toBe(307);
    expect(asked).toEqual(['/here']);
  });
});

describe('large bodies', () => {
  it('arrive whole in both directions, with and without an announced length', async () => {
    const { port } = await startHttp((request, response) => {
      void bodyOf(request).then((body) => {
        if (request.url === '/announced') response.setHeader('content-length', body.length);
        response.write(body.subarray(0, 1000));
        response.end(body.subarray(1000));
      });
    });
    const body = new Uint8Array(10 * 1024 * 1024).map((_, index) => (index * 7919) % 251);
    const over = transport();
    for (const path of ['announced', 'chunked']) {
      const answer = await answerOf(send(over, `http://127.0.0.1:${port}/${path}`, { method: 'POST', body }));
      expect(Buffer.compare(answer.body, body)).toBe(0);
    }
  });
});

describe('connections', () => {
  it('are used again by the next call', async () => {
    const server = await startEcho();
    const over = transport();
    for (const body of ['1', '2', '3']) {
      await answerOf(send(over, `http://127.0.0.1:${server.port}/`, { method: 'POST', body: Buffer.from(body) }));
    }
    expect(server.sockets).toHaveLength(1);
  });

  it('are opened anew after the other side has closed them', async () => {
    const server = await startEcho();
    const over = transport();
    await answerOf(send(over, `http://127.0.0.1:${server.port}/`));
    server.sockets[0]?.end();
    await server.closed(0);
    await answerOf(send(over, `http://127.0.0.1:${server.port}/`, { method: 'POST', body: Buffer.from('x') }));
    expect(server.sockets).toHaveLength(2);
  });

  it('are not used again when the answer says that they end', async () => {
    const server = await startHttp((_request, response) => void response.writeHead(200, { connection: 'close' }).end('bye'));
    const over = transport();
    for (let call = 0; call < 3; call += 1) expect(textOf(await answerOf(send(over, `http://127.0.0.1:${server.port}/`)))).toBe('bye');
    expect(server.sockets).toHaveLength(3);
  });

  it('serve many calls at a time, each with its own answer', async () => {
    const server = await startHttp((request, response) => void setTimeout(() => response.end(request.url), Math.random() * 20));
    const over = transport();
    const paths = Array.from({ length: 200 }, (_, index) => `/${index}`);
    const texts = await Promise.all(paths.map(async (path) => textOf(await answerOf(send(over, `http://127.0.0.1:${server.port}${path}`)))));
    expect(texts).toEqual(paths);
    const opened = server.sockets.length;
    await Promise.all(paths.slice(0, 50).map((path) => answerOf(send(over, `http://127.0.0.1:${server.port}${path}`))));
    expect(server.sockets.length).toBe(opened);
  });
});
