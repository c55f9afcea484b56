// Words for what storage and the network refuse, where no server of the tests' own can say it.

import { describe, expect, it } from 'vitest';
import { blockBytesFor } from '../../../src/storage/blobUpload';
import { guardOf, storageFailed, storageUnreached, tokenExpiry, tokenGuard, type StorageContext } from '../../../src/storage/storageMessages';
import type { NetworkFailureKind } from '../../../src/model/wire';

const context: StorageContext = { host: 'weather.blob.core.windows.net', container: 'box', blob: 'días.csv', usesToken: true, tokenExpiry: Date.UTC(2026, 0, 2), now: Date.UTC(2026, 0, 1), timeoutMs: 90_000, guard: tokenGuard('') };
const fault = { status: 403, code: undefined, message: undefined, date: undefined };

describe('a token', () => {
  it('is hidden as it is and percent-encoded', () => {
    const guard = tokenGuard('?sv=1&sig=ab%2Fcd%2Bef%3D');
    expect(guard.text('ab/cd+ef= and ab%2Fcd%2Bef%3D')).not.toMatch(/cd/);
    expect(guardOf({ kind: 'account', base: 'https://weather.blob.core.windows.net/', account: 'weather', key: 'c2VjcmV0a2V5', connectionString: '' }).text('c2VjcmV0a2V5')).not.toContain('c2Vj');
  });

  it('expires when it says', () => {
    expect(tokenExpiry('?se=2026-01-02T03:04:05Z')).toBe(Date.UTC(2026, 0, 2, 3, 4, 5));
    expect([tokenExpiry('?sp=r'), tokenExpiry('?se=soon'), tokenExpiry('')]).toEqual([undefined, undefined, undefined]);
  });

  it('that has expired by the other side\'s clock is told as such, whatever the code', () => {
    const failed = storageFailed({ ...fault, code: 'AuthorizationFailure', date: Date.UTC(2026, 0, 3) }, context);
    expect([failed.code, failed.message]).toEqual(['AuthenticationFailed', 'The token for weather.blob.core.windows.net expired on 2026-01-02 at 00:00 (UTC).']);
    expect(storageFailed({ ...fault, code: 'AuthorizationFailure', date: Date.UTC(2026, 0, 1) }, context).code).toBe('AuthorizationFailure');
  });
});

describe('an answer without a code', () => {
  it.each([
    [403, 'AuthenticationFailed', 'does not accept the token'],
    [404, undefined, 'There is no blob "box/días.csv"'],
    [429, undefined, 'is busy'],
    [502, undefined, 'failed (502)'],
    [400, undefined, 'refused the call (400)'],
  ])('%i is told by its status', (status, code, words) => {
    const failed = storageFailed({ ...fault, status }, context);
    expect([failed.code, failed.message]).toEqual([code, expect.stringContaining(words)]);
  });
});

describe('a network failure', () => {
  it.each<NetworkFailureKind>(['dns', 'refused', 'unreachable', 'reset', 'tls', 'proxy', 'timeout', 'tooLarge', 'protocol', 'other'])('%s speaks of storage and offers no change of the service', (kind) => {
    const failed = storageUnreached({ kind, code: kind === 'timeout' ? 'ANSWER_TIMEOUT' : 'X', host: 'weather.blob.core.windows.net:443', ...(kind === 'proxy' ? { proxy: 'proxy.example.test:8080' } : {}), message: 'no' }, context);
    expect(failed.message).toContain(kind === 'proxy' ? 'proxy.example.test:8080' : 'weather.blob.core.windows.net');
    expect(failed.advice ?? '').not.toMatch(/\brows\b|\ba service\b|of the service/i);
    expect(failed.actions).not.toContain('changeService');
  });
});

it('blocks are small enough for memory and large enough for the number that storage takes', () => {
  const mebibyte = 1024 * 1024;
  for (const bytes of [0, mebibyte, 250 * mebibyte, 1024 * mebibyte, 300_000 * mebibyte, 1_000_000 * mebibyte]) {
    const block = blockBytesFor(bytes);
    expect(block % mebibyte).toBe(0);
    expect(Math.ceil(bytes / block)).toBeLessThanOrEqual(50_000);
    if (bytes <= 1024 * mebibyte) expect(block * 5).toBeLessThanOrEqual(40 * mebibyte);
  }
});
