// Proxy and certificates as VS Code's own settings say, in a service that only a proxy knows the way to.

import { strict as assert } from 'node:assert';
import { open, saidNothing, sendHere, setServices, setSetting, shownAnswer, tidy, writeFile } from './support/editor';
import { authorityFile, identity, startProxy, type RecordingProxy } from './support/proxy';
import { goodRequest, servicePath, startService, tableAnswer, type RecordingService } from './support/service';
import { afterwards } from './support/until';

const host = 'scoring.example.test';
const address = `https://${host}${servicePath}`;

describe('the network', () => {
  afterEach(tidy);

  /** A service over TLS, the proxy that leads to it, and both in the user's settings. */
  async function behindProxy(authorization?: string): Promise<{ service: RecordingService; proxy: RecordingProxy }> {
    const service = await startService(tableAnswer, identity());
    const proxy = await startProxy({ [`${host}:443`]: service.port }, authorization);
    await setServices({ name: 'Behind', address });
    await setSetting('http.proxy', proxy.address);
    await open(await writeFile(goodRequest));
    return { service, proxy };
  }

  /** How often a proxy was asked for the way to the service. VS Code may ask it for ways of its own. */
  const tunnels = ({ asked }: RecordingProxy): number => asked.filter((name) => name === `${host}:443`).length;

  const send = (): Promise<unknown> => sendHere(address);
  const sentence = (): string | undefined => shownAnswer().problem?.sentence;

  /** Names the tests' authority in the environment of extensions, for the rest of the test. */
  function trustAuthority(): void {
    const before = process.env['NODE_EXTRA_CA_CERTS'];
    process.env['NODE_EXTRA_CA_CERTS'] = authorityFile();
    afterwards(() => {
      if (before === undefined) delete process.env['NODE_EXTRA_CA_CERTS'];
      else process.env['NODE_EXTRA_CA_CERTS'] = before;
    });
  }

  describe('a certificate of an authority that nobody knows', () => {
    it('is refused', async () => {
      const { service, proxy } = await behindProxy();
      await send();
      assert.equal(sentence(), `The certificate of ${host}:443 was issued by an authority that is not trusted here.`);
      assert.equal(tunnels(proxy), 1);
      assert.deepEqual(service.received, []);
      saidNothing();
    });

    it('is accepted from the moment on that http.proxyStrictSSL is off, and refused again afterwards', async () => {
      const { service } = await behindProxy();
      await setSetting('http.proxyStrictSSL', false);
      await send();
      assert.equal(shownAnswer().status, 200);
      assert.equal(service.received[0]?.url, `${servicePath}/execute?api-version=2.0&details=true`);
      assert.equal(service.received[0]?.headers.host, host);
      await setSetting('http.proxyStrictSSL', true);
      await send();
      assert.match(sentence() ?? '', /not trusted/);
      assert.equal(service.received.length, 1);
    });

    it('is trusted where NODE_EXTRA_CA_CERTS names the authority', async () => {
      trustAuthority();
      const { service } = await behindProxy();
      await send();
      assert.equal(shownAnswer().status, 200);
      assert.equal(service.received.length, 1);
    });
  });

  describe('the proxy', () => {
    beforeEach(trustAuthority);

    it('of the user\'s settings is asked for the way to a service', async () => {
      const { service, proxy } = await behindProxy();
      await send();
      assert.equal(tunnels(proxy), 1);
      assert.equal(service.received[0]?.body, goodRequest);
    });

    it('is another one as soon as the setting changes', async () => {
      const { service, proxy } = await behindProxy();
      await send();
      const second = await startProxy({ [`${host}:443`]: service.port });
      await setSetting('http.proxy', second.address);
      await send();
      assert.deepEqual([tunnels(proxy), tunnels(second), service.received.length], [1, 1, 2]);
    });

    it('is not asked for what http.noProxy names', async () => {
      const { service, proxy } = await behindProxy();
      await setSetting('http.noProxy', ['other.example.test', '.example.test']);
      await send();
      assert.match(sentence() ?? '', /^The name "scoring\.example\.test" could not be/);
      assert.equal(tunnels(proxy), 0);
      await setSetting('http.noProxy', ['other.example.test']);
      await send();
      assert.equal(shownAnswer().status, 200);
      assert.deepEqual([tunnels(proxy), service.received.length], [1, 1]);
    });

    it('is not asked at all where http.proxySupport is off', async () => {
      const { proxy } = await behindProxy();
      await setSetting('http.proxySupport', 'off');
      await send();
      assert.match(sentence() ?? '', /^The name "scoring\.example\.test" could not be/);
      assert.equal(tunnels(proxy), 0);
    });

    it('is not asked for a service on this computer', async () => {
      const { proxy } = await behindProxy();
      const local = await startService();
      await setServices({ name: 'Local', address: local.address });
      await sendHere(local.address);
      assert.equal(local.received.length, 1);
      assert.equal(proxy.asked.some((name) => name.startsWith('127.0.0.1')), false);
    });

    it('that asks for a password gets the one of http.proxyAuthorization', async () => {
      const authorization = `Basic ${Buffer.from('ada:analytical').toString('base64')}`;
      const { service, proxy } = await behindProxy(authorization);
      await send();
      assert.equal(sentence(), `The proxy ${proxy.address.replace('http://', '')} asks for a user name and password.`);
      await setSetting('http.proxyAuthorization', authorization);
      await send();
      assert.equal(shownAnswer().status, 200);
      assert.equal(service.received.length, 1);
      assert.equal(JSON.stringify(shownAnswer()).includes(authorization), false);
    });

    it('that is not there is named', async () => {
      const { service } = await behindProxy();
      const gone = await startService();
      await gone.stop();
      await setSetting('http.proxy', `http://127.0.0.1:${gone.port}`);
      await send();
      assert.equal(sentence(), `The proxy 127.0.0.1:${gone.port} could not be reached.`);
      assert.deepEqual(service.received, []);
    });
  });
});
