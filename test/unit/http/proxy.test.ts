// Which proxy a call goes through, and which hosts are reached directly.

import { describe, expect, it } from 'vitest';
import { chooseProxy, hostAndPort, proxyRefusal } from '../../../src/http/proxy';
import type { NetworkSettings } from '../../../src/model/wire';

const target = new URL('https://scoring.example.test/a');

function settings(changes: Partial<NetworkSettings> = {}): NetworkSettings {
  return { proxy: '', proxySupport: 'override', noProxy: [], strictSsl: true, systemCertificates: true, environment: {}, ...changes };
}

describe('the proxy', () => {
  it('is none where nothing names one', () => {
    expect(chooseProxy(target, settings())).toBeUndefined();
    expect(chooseProxy(target, settings({ proxy: '  ', environment: { HTTPS_PROXY: ' ', ALL_PROXY: 'http://all.test' } }))).toBeUndefined();
  });

  it.each([
    ['http://office.test:3128', 'http://office.test:3128', 'office.test:3128'],
    ['http://office.test', 'http://office.test', 'office.test:80'],
    ['https://office.test/', 'https://office.test', 'office.test:443'],
    ['office.test:3128', 'http://office.test:3128', 'office.test:3128'],
    ['10.1.2.3:8080', 'http://10.1.2.3:8080', '10.1.2.3:8080'],
    ['http://[fd00::1]:3128', 'http://[fd00::1]:3128', '[fd00::1]:3128'],
  ])('%s', (address, origin, host) => {
    expect(chooseProxy(target, settings({ proxy: address }))).toEqual({ origin, host });
  });

  it('of the settings goes before those of the environment, and https before http', () => {
    const environment = { HTTP_PROXY: 'http://d.test', http_proxy: 'http://e.test', https_proxy: 'http://c.test', HTTPS_PROXY: 'http://b.test' };
    const chosen = (changes: Partial<NetworkSettings>) => chooseProxy(target, settings(changes))?.host;
    expect(chosen({ proxy: 'http://a.test', environment })).toBe('a.test:80');
    expect(chosen({ environment })).toBe('b.test:80');
    expect(chosen({ environment: { ...environment, HTTPS_PROXY: '' } })).toBe('c.test:80');
    expect(chosen({ environment: { HTTP_PROXY: 'http://d.test' } })).toBe('d.test:80');
    expect(chosen({ environment: { http_proxy: 'http://e.test' } })).toBe('e.test:80');
  });

  it.each(['on', 'fallback', 'override'] as const)('is used when http.proxySupport is %s', (proxySupport) => {
    expect(chooseProxy(target, settings({ proxy: 'a.test', proxySupport }))?.host).toBe('a.test:80');
  });

  it('is not used when http.proxySupport is off', () => {
    expect(chooseProxy(target, settings({ proxy: 'a.test', proxySupport: 'off', environment: { HTTPS_PROXY: 'b.test' } }))).toBeUndefined();
  });

  it.each([
    ['http://ann:se%40cret@a.test', 'ann:se@cret'],
    ['http://ann@a.test', 'ann:'],
    ['http://ann:100%@a.test', 'ann:100%'],
    ['http://ann:z%C3%B6e@a.test', 'ann:zöe'],
  ])('takes its password from %s', (proxy, pair) => {
    const chosen = chooseProxy(target, settings({ proxy }));
    expect(chosen).toEqual({ origin: 'http://a.test', host: 'a.test:80', authorization: `Basic ${Buffer.from(pair).toString('base64')}` });
  });

  it('takes http.proxyAuthorization first, unless it is empty', () => {
    const chosen = (proxyAuthorization: string) => chooseProxy(target, settings({ proxy: 'http://ann:b@a.test', proxyAuthorization }))?.authorization;
    expect(chosen('Negotiate abc')).toBe('Negotiate abc');
    expect(chosen(' ')).toBe('Basic YW5uOmI=');
  });

  it.each([
    ['socks5://ann:hush@a.test:1080', 'PROXY_UNSUPPORTED', 'Proxies of the kind "socks5" are not supported; "http" and "https" are.'],
    ['http://ann:hush@a.test:1080000', 'PROXY_ADDRESS_INVALID', 'The address of the proxy is not a URL.'],
    ['http://', 'PROXY_ADDRESS_INVALID', 'The address of the proxy is not a URL.'],
  ])('%s cannot be used', (proxy, code, message) => {
    expect(() => chooseProxy(target, settings({ proxy }))).toThrow(expect.objectContaining({ name: 'ProxyError', code, message }));
  });
});

describe('hosts without a proxy', () => {
  it.each([
    ['https://scoring.example.test/', '*'],
    ['https://scoring.example.test/', 'scoring.example.test'],
    ['https://scoring.example.test/', 'EXAMPLE.test'],
    ['https://scoring.example.test/', '.example.test'],
    ['https://scoring.example.test/', '*.example.test'],
    ['https://scoring.example.test./', 'example.test'],
    ['https://scoring.example.test/', 'example.test:443'],
    ['https://scoring.example.test:8443/', '.example.test:8443'],
    ['https://10.1.2.3/', '10.1.2.3'],
    ['https://10.1.2.3/', '10.0.0.0/8'],
    ['https://10.1.2.3:8443/', '10.1.2.3:8443'],
    ['https://[fd00::1]/', 'fd00::1'],
    ['https://[fd00::1]/', '[fd00:0::1]'],
    ['https://[fd00::1]:8443/', '[fd00::1]:8443'],
    ['https://[fd00::1]/', 'fd00::/16'],
  ])('%s is excepted by %s', (url, exception) => {
    expect(chooseProxy(new URL(url), settings({ proxy: 'a.test', noProxy: [exception] }))).toBeUndefined();
    for (const list of [`first.test,${exception}`, `first.test, ${exception} ,last.test`, `${exception} last.test`]) {
      expect(chooseProxy(new URL(url), settings({ proxy: 'a.test', environment: { NO_PROXY: list } }))).toBeUndefined();
      expect(chooseProxy(new URL(url), settings({ environment: { HTTPS_PROXY: 'a.test', no_proxy: list } }))).toBeUndefined();
    }
  });

  it.each([
    ['https://scoring.example.test/', ''],
    ['https://scoring.example.test/', 'ample.test'],
    ['https://scoring.example.test/', 'scoring.example.test:8443'],
    ['https://scoring.example.test/', 'deep.scoring.example.test'],
    ['https://scoring.example.test/', '10.0.0.0/8'],
    ['https://11.1.2.3/', '10.0.0.0/8'],
    ['https://10.1.2.3/', '10.0.0.0/99'],
    ['https://10.1.2.3/', 'ten/8'],
    ['https://10.1.2.3/', '1.2.3'],
    ['https://10.1.2.3/', 'fd00::/16'],
    ['https://110.1.2.3/', '10.1.2.3'],
    ['https://[fd00::1]/', 'fd00::2'],
  ])('%s is not excepted by "%s"', (url, exception) => {
    expect(chooseProxy(new URL(url), settings({ proxy: 'a.test', noProxy: [exception] }))?.host).toBe('a.test:80');
  });

  it('are all that are this computer itself', () => {
    for (const host of ['localhost', '127.0.0.1', '127.8.8.8', '[::1]', 'LOCALHOST']) {
      expect(chooseProxy(new URL(`https://${host}:8443/`), settings({ proxy: 'a.test' }))).toBeUndefined();
    }
    for (const host of ['localhost.example.test', '128.0.0.1', 'notlocalhost', '[::2]', '127.example.test', '0.0.0.0']) {
      expect(chooseProxy(new URL(`https://${host}:8443/`), settings({ proxy: 'a.test' }))?.host).toBe('a.test:80');
    }
  });
});

it('a host is named with its port', () => {
  expect(['https://a.test/x', 'http://a.test', 'https://a.test:8443', 'https://[::1]/'].map((url) => hostAndPort(new URL(url)))).toEqual([
    'a.test:443', 'a.test:80', 'a.test:8443', '[::1]:443',
  ]);
});

it('a refusal names the ways to sign in and nothing that comes with them', () => {
  expect(proxyRefusal(407, ['Negotiate', 'NTLM TlRMTVNTUA==', 'Basic realm="hush"']).message).toBe(
    'The proxy answered 407 Proxy Authentication Required. It accepts: Negotiate, NTLM, Basic.',
  );
  expect(proxyRefusal(407, undefined).message).toBe('The proxy answered 407 Proxy Authentication Required.');
  expect(proxyRefusal(799, 'Basic').message).toBe('The proxy answered 799.');
});
