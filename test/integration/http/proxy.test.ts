// Calls through a proxy: the tunnel, its password, and what each trouble with it is called.

import { describe, expect, it } from 'vitest';
import { failureParts } from '../../../src/http/failureParts';
import type { NetworkFailure } from '../../../src/model/wire';
import { answerOf, failureOf, headers, send, textOf, transport } from './calls';
import { startProxy, type ProxyOptions } from './connectProxy';
import { certificateFile, freePort, identity, startHttp, startTcp } from './servers';

const url = 'https://scoring.example.test/score';
const joan = `Basic ${Buffer.from('joan:p@ss wörd').toString('base64')}`;

/** A service that is reached by its name through a proxy only. */
async function startService(options: Partial<ProxyOptions> = {}) {
  const service = await startHttp((request, response) => void response.end(JSON.stringify(request.headers)), identity('server'));
  const proxy = await startProxy({ routes: { 'scoring.example.test:443': service.port, 'scoring.example.test:8443': service.port }, ...options });
  return { service, proxy, address: `127.0.0.1:${proxy.port}` };
}

function expectNoSecret(failure: NetworkFailure): void {
  const shown = JSON.stringify([failure, failureParts(failure, 1000)]);
  for (const secret of ['p@ss', 'p%40ss', 'joan', 'w%C3%B6rd', joan.slice(6), 'hush']) expect(shown).not.toContain(secret);
}

describe('a tunnel', () => {
  it('leads to the service by its name, and is used again', async () => {
    const { service, proxy, address } = await startService();
    const over = transport({ proxy: `http://${address}` });
    const seen = JSON.parse(textOf(await answerOf(send(over, url, { headers: headers(['Authorization', 'Bearer k']) }))));
    expect(seen).toMatchObject({ host: 'scoring.example.test', authorization: 'Bearer k' });
    await answerOf(send(over, url));
    expect(proxy.asked).toEqual(['scoring.example.test:443']);
    expect(proxy.plain).toEqual([]);
    expect(proxy.headers[0]).toEqual({ host: 'scoring.example.test:443', connection: expect.any(String) });
    expect(service.sockets).toHaveLength(1);
  });

  it('is made for another port', async () => {
    const { proxy, address } = await startService();
    await answerOf(send(transport({ proxy: address }), 'https://scoring.example.test:8443/'));
    expect(proxy.asked).toEqual(['scoring.example.test:8443']);
  });

  it('is found by the environment', async () => {
    const { proxy, address } = await startService();
    await answerOf(send(transport({ environment: { HTTPS_PROXY: `http://${address}`, NODE_EXTRA_CA_CERTS: certificateFile('ca.pem') } }), url));
    expect(proxy.asked).toHaveLength(1);
  });

  it('goes through a proxy that is itself spoken to over TLS', async () => {
    const { proxy, address } = await startService({ tls: identity('server'), authorization: joan });
    const over = transport({ proxy: `https://joan:p%40ss%20w%C3%B6rd@${address}` });
    expect((await answerOf(send(over, url))).status).toBe(200);
    expect(proxy.asked).toEqual(['scoring.example.test:443']);
  });

  it('is not made for this computer itself', async () => {
    const { proxy, address } = await startService();
    const { port } = await startHttp((_request, response) => void response.end());
    const over = transport({ proxy: `http://${address}` });
    await answerOf(send(over, `http://localhost:${port}/`));
    await answerOf(send(over, `http://127.0.0.1:${port}/`));
    expect([proxy.asked, proxy.plain]).toEqual([[], []]);
  });

  it('does not weaken the check of the service\'s certificate', async () => {
    const service = await startHttp((_request, response) => void response.end(), identity('other-name'));
    const proxy = await startProxy({ routes: { 'scoring.example.test:443': service.port } });
    const over = transport({ proxy: `http://127.0.0.1:${proxy.port}` });
    expect(await failureOf(send(over, url, { headers: headers(['Host', 'other.example.test']) }))).toMatchObject({
      kind: 'tls', code: 'ERR_TLS_CERT_ALTNAME_INVALID', host: 'scoring.example.test:443', proxy: `127.0.0.1:${proxy.port}`,
    });
    await proxy.closed(0);
  });
});

describe('a proxy\'s password', () => {
  it('comes from its address', async () => {
    const { address } = await startService({ authorization: joan });
    expect((await answerOf(send(transport({ proxy: `http://joan:p%40ss%20w%C3%B6rd@${address}` }), url))).status).toBe(200);
  });

  it('comes from http.proxyAuthorization first', async () => {
    const { address } = await startService({ authorization: 'Bearer hush' });
    expect((await answerOf(send(transport({ proxy: `http://joan:other@${address}`, proxyAuthorization: 'Bearer hush' }), url))).status).toBe(200);
  });

  it('is not sent to the service', async () => {
    const { address } = await startService({ authorization: joan });
    const seen = textOf(await answerOf(send(transport({ proxy: `http://joan:p%40ss%20w%C3%B6rd@${address}` }), url)));
    expect(seen).not.toContain('proxy-authorization');
    expect(seen).not.toContain(joan.slice(6));
  });

  it('that is missing or wrong is asked for', async () => {
    const { address, proxy } = await startService({ authorization: 'Basic other' });
    for (const asked of [`http://${address}`, `http://joan:p%40ss@${address}`]) {
      const failure = await failureOf(send(transport({ proxy: asked }), url));
      expect(failure).toEqual({
        kind: 'proxy', unsent: true, code: 'PROXY_AUTH_REQUIRED', host: 'scoring.example.test:443', proxy: address,
        message: 'The proxy answered 407 Proxy Authentication Required. It accepts: Basic, NTLM.',
      });
      expectNoSecret(failure);
    }
    await proxy.closed(1);
  });

  it('with a line break is a failure', async () => {
    const { address, proxy } = await startService();
    const failure = await failureOf(send(transport({ proxy: address, proxyAuthorization: 'Basic hush\r\nX: 1' }), url));
    expect(failure).toMatchObject({ kind: 'proxy', code: 'UND_ERR_INVALID_ARG' });
    expectNoSecret(failure);
    expect(proxy.asked).toEqual([]);
  });
});

describe('a proxy that', () => {
  it('refuses says why', async () => {
    const { address, proxy } = await startService({ refusal: 'HTTP/1.1 403 Forbidden' });
    const failure = await failureOf(send(transport({ proxy: `http://joan:p%40ss@${address}` }), url));
    expect(failure).toMatchObject({ kind: 'proxy', code: 'PROXY_REFUSED', proxy: address, message: 'The proxy answered 403 Forbidden.' });
    expectNoSecret(failure);
    await proxy.closed(0);
  });

  it('cannot be reached is named', async () => {
    const address = `127.0.0.1:${await freePort()}`;
    const failure = await failureOf(send(transport({ proxy: `http://joan:p%40ss@${address}` }), url));
    expect(failure).toMatchObject({ kind: 'proxy', code: 'ECONNREFUSED', host: 'scoring.example.test:443', proxy: address });
    expectNoSecret(failure);
  });

  it('hangs up is asked once', async () => {
    const { address, proxy } = await startService({ behave: (socket) => socket.destroy() });
    expect(await failureOf(send(transport({ proxy: address }), url))).toMatchObject({ kind: 'proxy', code: 'ECONNRESET', proxy: address });
    expect(proxy.asked).toHaveLength(1);
  });

  it('does not speak HTTP is found out', async () => {
    const { port } = await startTcp((socket) => socket.end('220 mail.example.test ESMTP\r\n'));
    expect(await failureOf(send(transport({ proxy: `http://127.0.0.1:${port}` }), url))).toMatchObject({ kind: 'proxy', proxy: `127.0.0.1:${port}` });
  });

  it('says nothing runs into the limit', async () => {
    const { address, proxy } = await startService({ behave: () => undefined });
    const failure = await failureOf(send(transport({ proxy: address }), url, { timeoutMs: 100 }));
    expect(failure).toMatchObject({ kind: 'timeout', code: 'CONNECT_TIMEOUT', proxy: address });
    await proxy.closed(0);
  });

  it('is spoken to over TLS has to have a certificate for its name', async () => {
    const { address } = await startService({ tls: identity('other-name') });
    const failure = await failureOf(send(transport({ proxy: `https://joan:p%40ss@${address}` }), url));
    expect(failure).toMatchObject({ kind: 'proxy', code: 'ERR_TLS_CERT_ALTNAME_INVALID', proxy: address });
    expectNoSecret(failure);
  });

  it('loses the service in the handshake lets the call fail', async () => {
    const broken = await startTcp((socket) => socket.once('data', () => socket.destroy()));
    const proxy = await startProxy({ routes: { 'scoring.example.test:443': broken.port } });
    const failure = await failureOf(send(transport({ proxy: `http://127.0.0.1:${proxy.port}` }), url));
    expect(failure).toMatchObject({ kind: 'reset', code: 'ECONNRESET', proxy: `127.0.0.1:${proxy.port}` });
  });

  it.each([
    ['socks5://joan:p%40ss@127.0.0.1:1080', 'PROXY_UNSUPPORTED'],
    ['http://joan:p%40ss@:99999', 'PROXY_ADDRESS_INVALID'],
  ])('has an address that cannot be used is refused (%s)', async (address, code) => {
    const failure = await failureOf(send(transport({ proxy: address }), url));
    expect(failure).toMatchObject({ kind: 'proxy', code, host: 'scoring.example.test:443' });
    expectNoSecret(failure);
  });
});
