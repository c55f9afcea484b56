// What the network does wrong comes back as a failure of the right kind, and nothing secret is in it.

import { describe, expect, it } from 'vitest';
import type { Transport } from '../../../src/model/wire';
import { answerOf, failureOf, headers, send, transport } from './calls';
import { freePort, startHttp, startTcp } from './servers';

describe('addresses that are not called', () => {
  it.each([
    ['http://scoring.example.test/', 'ADDRESS_NOT_ALLOWED', 'scoring.example.test:80'],
    ['http://10.0.0.1:8080/', 'ADDRESS_NOT_ALLOWED', '10.0.0.1:8080'],
    ['ftp://127.0.0.1/', 'ADDRESS_NOT_ALLOWED', '127.0.0.1:443'],
    ['https://ann:secret@127.0.0.1/', 'ADDRESS_NOT_ALLOWED', '127.0.0.1:443'],
    ['not a URL', 'ADDRESS_INVALID', ''],
  ])('%s', async (url, code, host) => {
    const failure = await failureOf(send(transport(), url));
    expect(failure).toMatchObject({ kind: 'protocol', code, host });
    expect(JSON.stringify(failure)).not.toContain('secret');
  });
});

describe('requests that cannot be sent', () => {
  it.each([
    headers(['Authorization', 'Bearer hush\r\nX-Injected: 1']),
    headers(['X-Bad\r\nX-Injected', 'hush']),
    headers(['X-Bad', 'hush\u0000']),
    headers(['X-Bad', 'hush \u2603']),
    headers(['', 'hush']),
    headers(['Transfer-Encoding', 'hush']),
    headers(['Content-Length', 'hush']),
  ])('are failures, and nothing of them is sent', async (...sent) => {
    const server = await startTcp(() => undefined);
    const failure = await failureOf(send(transport(), `http://127.0.0.1:${server.port}/`, { method: 'POST', headers: sent, body: Buffer.from('x') }));
    expect(failure.kind).toBe('protocol');
    expect(JSON.stringify(failure)).not.toContain('hush');
    expect(server.sockets).toHaveLength(0);
  });

  it('include those whose body is not as long as they say', async () => {
    const { port } = await startHttp((_request, response) => void response.end());
    const sent = { method: 'POST', headers: headers(['Content-Length', '5']), body: Buffer.from('abc') } as const;
    expect(await failureOf(send(transport(), `http://127.0.0.1:${port}/`, sent))).toMatchObject({ kind: 'protocol', code: 'UND_ERR_REQ_CONTENT_LENGTH_MISMATCH' });
  });
});

describe('connections that do not come about', () => {
  it('are refused where nobody listens', async () => {
    const port = await freePort();
    expect(await failureOf(send(transport(), `http://127.0.0.1:${port}/`))).toEqual({
      kind: 'refused', unsent: true, code: 'ECONNREFUSED', host: `127.0.0.1:${port}`, message: `connect ECONNREFUSED 127.0.0.1:${port}`,
    });
  });

  it('say so also where the name has several addresses', async () => {
    const port = await freePort();
    const failure = await failureOf(send(transport(), `http://localhost:${port}/`));
    expect(failure).toMatchObject({ kind: 'refused', code: 'ECONNREFUSED', host: `localhost:${port}` });
    expect(failure.message).toContain('ECONNREFUSED');
  });

  it('do not hinder the next call', async () => {
    const over = transport();
    await failureOf(send(over, `http://127.0.0.1:${await freePort()}/`));
    const { port } = await startHttp((_request, response) => void response.end());
    expect((await answerOf(send(over, `http://127.0.0.1:${port}/`))).status).toBe(200);
  });
});

describe('connections that break', () => {
  it.each([
    ['before the answer', '', 'reset', 'UND_ERR_SOCKET'],
    ['within the status line', 'HTTP/1.1 20', 'reset', 'UND_ERR_SOCKET'],
    ['within a body of known length', 'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc', 'reset', 'UND_ERR_SOCKET'],
    ['within a body after which it was to end', 'HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 100\r\n\r\nabc', 'reset', 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH'],
    ['within a chunked body', 'HTTP/1.1 200 OK\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab', 'reset', 'ANSWER_CUT_SHORT'],
    ['after something else than HTTP', 'SSH-2.0-OpenSSH_9.2\r\n', 'protocol', 'ANSWER_NOT_HTTP'],
    ['after a number that is no status', 'HTTP/1.1 2x0 OK\r\n\r\n', 'protocol', 'ANSWER_NOT_HTTP'],
    ['after a change of protocol that nobody asked for', 'HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: h2c\r\n\r\n', 'protocol', 'UND_ERR_SOCKET'],
    ['after header lines without end', `HTTP/1.1 200 OK\r\nX-Long: ${'x'.repeat(100_000)}\r\n\r\n`, 'protocol', 'UND_ERR_HEADERS_OVERFLOW'],
  ])('%s', async (_when, bytes, kind, code) => {
    const server = await startTcp((socket) => socket.once('data', () => socket.end(bytes)));
    expect(await failureOf(send(transport(), `http://127.0.0.1:${server.port}/`))).toMatchObject({ kind, code, host: `127.0.0.1:${server.port}` });
    await server.closed(0);
  });

  it('by force', async () => {
    const server = await startTcp((socket) => socket.once('data', () => socket.resetAndDestroy()));
    expect(await failureOf(send(transport(), `http://127.0.0.1:${server.port}/`, { method: 'POST', body: Buffer.alloc(100) }))).toMatchObject({ kind: 'reset' });
  });

  it('but an answer that ends with the connection is whole', async () => {
    const server = await startTcp((socket) => socket.once('data', () => socket.end('HTTP/1.0 200 OK\r\n\r\nall of it')));
    const { body } = await answerOf(send(transport(), `http://127.0.0.1:${server.port}/`));
    expect(Buffer.from(body).toString()).toBe('all of it');
  });
});

describe('the limit in time', () => {
  /** A transport whose connection is open already, so that a limit is spent on the answer alone, however slow connecting is. */
  const connected = async (port: number): Promise<Transport> => {
    const over = transport();
    await answerOf(send(over, `http://127.0.0.1:${port}/first`));
    return over;
  };

  it('ends a connection that does not come about', async () => {
    const server = await startTcp(() => undefined);
    // Without certificates to read, which could take up all of the time, the connection is opened at once.
    const failure = await failureOf(send(transport({ strictSsl: false }), `https://127.0.0.1:${server.port}/`, { timeoutMs: 100 }));
    expect(failure).toEqual({ kind: 'timeout', unsent: true, code: 'CONNECT_TIMEOUT', host: `127.0.0.1:${server.port}`, message: 'No answer within 100 ms.' });
    await server.closed(0);
  });

  it('ends a call that is not answered', async () => {
    const server = await startHttp((request, response) => void (request.url === '/first' && response.end()));
    const over = await connected(server.port);
    const failure = await failureOf(send(over, `http://127.0.0.1:${server.port}/`, { method: 'POST', body: Buffer.from('x'), timeoutMs: 100 }));
    expect(failure).toMatchObject({ kind: 'timeout', code: 'ANSWER_TIMEOUT' });
    await server.closed(0);
  });

  it('does not take a word in between for an answer', async () => {
    const { port } = await startHttp((request, response) => request.url === '/first' ? void response.end() : response.writeEarlyHints({ link: '</a>; rel=preload' }));
    expect(await failureOf(send(await connected(port), `http://127.0.0.1:${port}/`, { timeoutMs: 200 }))).toMatchObject({ kind: 'timeout', code: 'ANSWER_TIMEOUT' });
  });

  it('counts from the beginning, however steadily an answer drips', async () => {
    const server = await startHttp((request, response) => {
      if (request.url === '/first') return void response.end();
      response.write('x');
      const drip = setInterval(() => response.write('x'), 20);
      response.on('close', () => clearInterval(drip));
    });
    expect(await failureOf(send(await connected(server.port), `http://127.0.0.1:${server.port}/`, { timeoutMs: 200 }))).toMatchObject({ kind: 'timeout', code: 'BODY_TIMEOUT' });
    await server.closed(0);
  });

  it('does not touch what comes in time, and a limit beyond that of timers is none', async () => {
    const server = await startHttp((_request, response) => void response.end('x'));
    const over = transport();
    for (const timeoutMs of [10_000, 2 ** 40]) expect((await answerOf(send(over, `http://127.0.0.1:${server.port}/`, { timeoutMs }))).status).toBe(200);
    expect(server.sockets).toHaveLength(1);
  });
});
