// Cancelling closes the connection in every phase of a call, and a late answer is dropped.

import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { Socket } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Transport, WireRequest } from '../../../src/model/wire';
import { answerOf, failureOf, send, transport } from './calls';
import { startProxy } from './connectProxy';
import { identity, signalled, startHttp, startTcp } from './servers';

/** Sends, waits until the server has got as far as the test wants, and cancels. */
async function cancelledAfter(over: Transport, url: string, moment: Promise<void>, changes: Partial<WireRequest> = {}) {
  const control = new AbortController();
  const failure = failureOf(send(over, url, changes, control.signal));
  await moment;
  control.abort();
  return failure;
}

describe('cancelling', () => {
  it('before the call sends nothing', async () => {
    const server = await startTcp(() => undefined);
    const failure = await failureOf(send(transport(), `http://127.0.0.1:${server.port}/`, {}, AbortSignal.abort()));
    expect(failure).toEqual({ kind: 'cancelled', host: `127.0.0.1:${server.port}`, message: 'The call was cancelled.' });
    expect(server.sockets).toHaveLength(0);
  });

  it('at once closes a connection that is only being made', async () => {
    const server = await startHttp((_request, response) => void response.end('late'));
    const dialled = signalled();
    const opened: Socket[] = [];
    // Node tells of each socket before it begins to connect.
    const onSocket = (message: unknown): void => {
      if (typeof message !== 'object' || message === null || !('socket' in message) || !(message.socket instanceof Socket)) return;
      opened.push(message.socket);
      dialled.happen();
    };
    subscribe('net.client.socket', onSocket);
    onTestFinished(() => void unsubscribe('net.client.socket', onSocket));
    const failing = cancelledAfter(transport(), `http://127.0.0.1:${server.port}/`, dialled.happened.then(() => expect(opened.map((socket) => socket.connecting)).toEqual([true])));
    expect(await failing).toMatchObject({ kind: 'cancelled' });
    expect(opened.map((socket) => socket.destroyed)).toEqual([true]);
  });

  it('closes the connection during the TLS handshake', async () => {
    const hello = signalled();
    const server = await startTcp((socket) => socket.once('data', hello.happen));
    expect(await cancelledAfter(transport(), `https://127.0.0.1:${server.port}/`, hello.happened)).toMatchObject({ kind: 'cancelled' });
    await server.closed(0);
  });

  it('closes the connection while the proxy makes up its mind', async () => {
    const asked = signalled();
    const proxy = await startProxy({ behave: asked.happen });
    const over = transport({ proxy: `http://127.0.0.1:${proxy.port}` });
    expect(await cancelledAfter(over, 'https://scoring.example.test/', asked.happened)).toMatchObject({ kind: 'cancelled' });
    await proxy.closed(0);
  });

  it('closes the tunnel during the TLS handshake in it', async () => {
    const hello = signalled();
    const silent = await startTcp((socket) => socket.once('data', hello.happen));
    const proxy = await startProxy({ routes: { 'scoring.example.test:443': silent.port } });
    const over = transport({ proxy: `http://127.0.0.1:${proxy.port}` });
    expect(await cancelledAfter(over, 'https://scoring.example.test/', hello.happened)).toMatchObject({ kind: 'cancelled' });
    await proxy.closed(0);
    await silent.closed(0);
  });

  it('closes the tunnel while the certificates are read', async () => {
    const proxy = await startProxy({ behave: (socket) => socket.write('HTTP/1.1 200 Connection established\r\n\r\n') });
    const control = new AbortController();
    const environment = Object.defineProperty({}, 'SSL_CERT_FILE', { get: () => control.abort() });
    const over = transport({ proxy: `http://127.0.0.1:${proxy.port}`, environment });
    expect(await failureOf(send(over, 'https://scoring.example.test/', {}, control.signal))).toMatchObject({ kind: 'cancelled' });
    await proxy.closed(0);
  });

  it('closes the connection while the request goes out', async () => {
    const begun = signalled();
    const server = await startTcp((socket) => {
      socket.once('data', () => {
        socket.pause();
        begun.happen();
      });
    });
    const changes = { method: 'POST', body: Buffer.alloc(50 * 1024 * 1024) } as const;
    expect(await cancelledAfter(transport(), `http://127.0.0.1:${server.port}/`, begun.happened, changes)).toMatchObject({ kind: 'cancelled' });
    server.sockets[0]?.resume();
    await server.closed(0);
  });

  it('closes the connection while the answer is awaited', async () => {
    const asked = signalled();
    const server = await startHttp(asked.happen);
    expect(await cancelledAfter(transport(), `http://127.0.0.1:${server.port}/`, asked.happened)).toMatchObject({ kind: 'cancelled' });
    await server.closed(0);
  });

  it.each([{}, { 'content-length': '1000' }, { 'content-encoding': 'gzip' }])('closes the connection within the body (%o)', async (lines) => {
    const begun = signalled();
    const server = await startHttp((_request, response) => {
      response.writeHead(200, lines).write('x', begun.happen);
    });
    expect(await cancelledAfter(transport(), `http://127.0.0.1:${server.port}/`, begun.happened)).toMatchObject({ kind: 'cancelled' });
    await server.closed(0);
  });

  it('after the answer changes nothing, and the connection is kept', async () => {
    const server = await startHttp((_request, response) => void response.end('x'));
    const over = transport();
    const control = new AbortController();
    await answerOf(send(over, `http://127.0.0.1:${server.port}/`, {}, control.signal));
    control.abort();
    await answerOf(send(over, `http://127.0.0.1:${server.port}/`));
    expect(server.sockets).toHaveLength(1);
  });

  it('ends one call and not the others', async () => {
    const both = signalled();
    let waiting = 0;
    const server = await startHttp((request, response) => {
      waiting += 1;
      if (waiting === 2) both.happen();
      if (request.url === '/kept') void both.happened.then(() => setTimeout(() => response.end('kept'), 50));
    });
    const over = transport();
    const kept = answerOf(send(over, `http://127.0.0.1:${server.port}/kept`));
    expect(await cancelledAfter(over, `http://127.0.0.1:${server.port}/given-up`, both.happened)).toMatchObject({ kind: 'cancelled' });
    expect(Buffer.from((await kept).body).toString()).toBe('kept');
  });
});

describe('closing a transport', () => {
  it('drops idle connections and cancels what is under way', async () => {
    const asked = signalled();
    const server = await startHttp((request, response) => {
      if (request.url === '/idle') response.end();
      else asked.happen();
    }, identity('server'));
    const over = transport();
    const url = `https://127.0.0.1:${server.port}`;
    await Promise.all([answerOf(send(over, `${url}/idle`)), answerOf(send(over, `${url}/idle`))]);
    const waiting = failureOf(send(over, `${url}/waiting`));
    await asked.happened;
    await over.close();
    expect(await waiting).toMatchObject({ kind: 'cancelled' });
    await Promise.all([server.closed(0), server.closed(1)]);
    expect(await failureOf(send(over, `${url}/idle`))).toMatchObject({ kind: 'cancelled' });
    await over.close();
    expect(server.sockets).toHaveLength(2);
  });
});
