// What a person reads when a call has failed on the network.

import { describe, expect, it } from 'vitest';
import { failureParts } from '../../../src/http/failureParts';
import type { NetworkFailure, NetworkFailureKind } from '../../../src/model/wire';

function partsOf(kind: NetworkFailureKind, code?: string, changes: Partial<NetworkFailure> = {}, timeoutMs = 30_000) {
  return failureParts({ kind, ...(code === undefined ? {} : { code }), host: 'a.test:443', message: 'words', ...changes }, timeoutMs);
}

describe('the sentence', () => {
  it.each<[NetworkFailureKind, string | undefined, string]>([
    ['dns', 'ENOTFOUND', 'The name "a.test" could not be found.'],
    ['dns', 'EAI_AGAIN', 'The name "a.test" could not be looked up: the name service does not answer.'],
    ['refused', 'ECONNREFUSED', 'a.test:443 refused the connection.'],
    ['unreachable', 'EHOSTUNREACH', 'There is no way from this computer to a.test:443.'],
    ['reset', 'ECONNRESET', 'The connection to a.test:443 was closed before the answer was complete.'],
    ['tls', 'SELF_SIGNED_CERT_IN_CHAIN', 'The certificate of a.test:443 was issued by an authority that is not trusted here.'],
    ['tls', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'The certificate of a.test:443 was issued by an authority that is not trusted here.'],
    ['tls', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'a.test:443 shows a certificate that it has signed itself, so nobody vouches for it.'],
    ['tls', 'CERT_HAS_EXPIRED', 'The certificate of a.test:443 has expired.'],
    ['tls', 'CERT_NOT_YET_VALID', 'The certificate of a.test:443 is not valid yet.'],
    ['tls', 'ERR_TLS_CERT_ALTNAME_INVALID', 'The certificate of a.test:443 belongs to another name.'],
    ['tls', 'CERT_REVOKED', 'The certificate of a.test:443 has been revoked.'],
    ['tls', 'EPROTO', 'a.test:443 does not speak TLS, or not a version that is accepted here.'],
    ['tls', 'ERR_SSL_WRONG_VERSION_NUMBER', 'a.test:443 does not speak TLS, or not a version that is accepted here.'],
    ['tls', 'ERR_SSL_OTHER', 'No secure connection to a.test:443 could be made.'],
    ['timeout', 'ANSWER_TIMEOUT', 'No answer from a.test:443 within 30 seconds.'],
    ['timeout', 'BODY_TIMEOUT', 'No complete answer from a.test:443 within 30 seconds.'],
    ['timeout', 'CONNECT_TIMEOUT', 'No connection to a.test:443 within 30 seconds.'],
    ['timeout', 'ETIMEDOUT', 'No connection to a.test:443.'],
    ['cancelled', undefined, 'The call to a.test:443 was cancelled.'],
    ['tooLarge', 'ANSWER_TOO_LARGE', 'The answer of a.test:443 is too large.'],
    ['protocol', 'ANSWER_NOT_HTTP', 'The answer of a.test:443 could not be understood.'],
    ['protocol', 'UND_ERR_INVALID_ARG', 'The request to a.test:443 was not sent, because one of its headers is not allowed.'],
    ['protocol', 'ADDRESS_INVALID', 'The address of the service cannot be used.'],
    ['other', undefined, 'The call to a.test:443 failed.'],
  ])('for %s %s', (kind, code, sentence) => {
    expect(partsOf(kind, code).sentence).toBe(sentence);
  });

  it('for an answer that is too large name size and limit', () => {
    expect(partsOf('tooLarge', 'ANSWER_TOO_LARGE', { excess: { limitBytes: 512 * 1024 ** 2 } }).sentence).toBe('The answer of a.test:443 is too large: it is more than 512 MB.');
    expect(partsOf('tooLarge', 'ANSWER_TOO_LARGE', { excess: { receivedBytes: 497_664, limitBytes: 64 * 1024 ** 2 } }).sentence).toBe('The answer of a.test:443 is too large: 486 kB of it unpack to more than 64 MB.');
  });

  it('for an address that is not called gives the reason', () => {
    expect(partsOf('protocol', 'ADDRESS_NOT_ALLOWED', { message: 'Without https only this computer itself is called.' }).sentence).toBe(
      'a.test:443 is not called: without https only this computer itself is called.',
    );
  });

  it.each([
    ['PROXY_AUTH_REQUIRED', 'The proxy office.test:3128 asks for a user name and password.', 'http.proxyAuthorization'],
    ['PROXY_REFUSED', 'The proxy office.test:3128 refused to connect to a.test:443.', 'http.noProxy'],
    ['ECONNREFUSED', 'The proxy office.test:3128 could not be reached.', 'http.proxySupport'],
    ['PROXY_ADDRESS_INVALID', 'The address of the proxy cannot be used.', 'http.proxy'],
    ['PROXY_UNSUPPORTED', 'This kind of proxy is not supported.', 'http.proxy'],
  ])('for a proxy names it, and the advice the setting (%s)', (code, sentence, setting) => {
    const parts = partsOf('proxy', code, { proxy: 'office.test:3128' });
    expect(parts).toMatchObject({ sentence, advice: expect.stringContaining(`"${setting}"`) });
    expect(parts.actions?.[0]).toBe('openNetworkSettings');
  });

  it('for a proxy that is not known by name says so', () => {
    expect(partsOf('proxy', 'PROXY_REFUSED').sentence).toBe('The proxy refused to connect to a.test:443.');
  });

  it('for a connection through a proxy names both', () => {
    expect(partsOf('timeout', 'CONNECT_TIMEOUT', { proxy: 'office.test:3128' }).sentence).toBe(
      'No connection to a.test:443 through the proxy office.test:3128 within 30 seconds.',
    );
  });

  it.each([[1000, '1 second'], [500, '0.5 seconds'], [90_000, '90 seconds'], [120_000, '2 minutes'], [60_000, '60 seconds']])('says %i ms in words', (ms, words) => {
    expect(partsOf('timeout', 'ANSWER_TIMEOUT', {}, ms).sentence).toContain(`within ${words}.`);
  });
});

describe('what to do', () => {
  const kinds: NetworkFailureKind[] = ['dns', 'refused', 'unreachable', 'reset', 'tls', 'proxy', 'timeout', 'tooLarge', 'protocol', 'other'];

  it.each(kinds)('is said for %s, with a button', (kind) => {
    const { advice = '', actions = [] } = partsOf(kind);
    expect(advice).toMatch(/\.$/);
    expect(actions.length).toBeGreaterThan(0);
  });

  it('on a certificate names the setting', () => {
    expect(partsOf('tls', 'SELF_SIGNED_CERT_IN_CHAIN')).toMatchObject({ advice: expect.stringContaining('"http.systemCertificates"'), actions: ['openNetworkSettings', 'retry', 'showLog'] });
  });

  it('on a limit in time names the setting', () => {
    expect(partsOf('timeout', 'ANSWER_TIMEOUT')).toMatchObject({ advice: expect.stringContaining('"azuremlWebServices.timeoutSeconds"'), actions: ['retry', 'openSettings'] });
  });

  it('on a refusal depends on where the service is', () => {
    const advice = (host: string) => partsOf('refused', 'ECONNREFUSED', { host }).advice;
    for (const host of ['localhost:1', '127.0.0.1:1', '[::1]:1']) expect(advice(host)).toContain('on this computer');
    expect(advice('127.example.test:1')).toContain('firewall');
  });
});

describe('the detail', () => {
  it('has the code and the network\'s own words', () => {
    expect(partsOf('tls', 'CERT_HAS_EXPIRED').detail).toBe('CERT_HAS_EXPIRED: words');
    expect(partsOf('refused', 'ECONNREFUSED', { message: 'connect ECONNREFUSED ::1' }).detail).toBe('connect ECONNREFUSED ::1');
    expect(partsOf('other').detail).toBe('words');
  });

  it('is left out where there is nothing to say', () => {
    expect(partsOf('cancelled')).not.toHaveProperty('detail');
    expect(partsOf('other', undefined, { message: '' })).not.toHaveProperty('detail');
  });
});
