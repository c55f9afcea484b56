// Which lists of certificates are put together; the files themselves are tried over real TLS elsewhere.

import { rootCertificates } from 'node:tls';
import { describe, expect, it } from 'vitest';
import { loadTrust } from '../../../src/http/certificates';
import type { NetworkSettings } from '../../../src/model/wire';

function settings(changes: Partial<NetworkSettings> = {}): NetworkSettings {
  return { proxy: '', proxySupport: 'override', noProxy: [], strictSsl: true, systemCertificates: true, environment: {}, ...changes };
}

const office = '-----BEGIN CERTIFICATE-----\nT0ZGSUNF\n-----END CERTIFICATE-----';

describe('trust', () => {
  it('is Node\'s own where nothing is added', async () => {
    const { authorities, hints } = await loadTrust(settings(), async () => rootCertificates.slice(0, 3).map((pem) => pem.replace(/\n/g, '\r\n')));
    expect([authorities, hints]).toEqual([undefined, []]);
  });

  it('adds what the operating system trusts, once', async () => {
    const { authorities } = await loadTrust(settings(), async () => [office, `${office}\n`, rootCertificates[0] ?? '']);
    expect(authorities).toHaveLength(rootCertificates.length + 1);
    expect(authorities?.at(-1)?.trim()).toBe(office);
  });

  it('does not ask the operating system when http.systemCertificates is off', async () => {
    const system = () => Promise.reject(new Error('It was asked.'));
    expect((await loadTrust(settings({ systemCertificates: false }), system)).authorities).toBeUndefined();
  });

  it('reads the operating system\'s list on this machine without complaint', async () => {
    expect((await loadTrust(settings())).hints).toEqual([]);
  });

  it('goes on where the operating system\'s list cannot be read', async () => {
    const { authorities, hints } = await loadTrust(settings(), () => Promise.reject(new Error('locked')));
    expect(authorities).toBeUndefined();
    expect(hints).toEqual(['the certificates of the operating system could not be read: locked']);
  });
});
