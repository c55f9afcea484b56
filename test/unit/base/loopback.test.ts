// This computer by all of its names.

import { describe, expect, it } from 'vitest';
import { isLoopback, isOnlyHere } from '../../../src/base/loopback';

const hostOf = (host: string): string => new URL(`https://${host}/`).hostname;

describe('only here', () => {
  it.each([
    'localhost', 'LOCALHOST.', 'api.localhost', '127.0.0.1', '127.255.0.9', '127.1', '2130706433', '0x7f.1', '0177.0.0.1', '0.0.0.0', '0', '0.1.2.3', '169.254.169.254', '0xa9fea9fe',
    '[::1]', '[::]', '[0:0:0:0:0:0:0:1]', '[::ffff:127.0.0.1]', '[::ffff:7f00:1]', '[::ffff:169.254.169.254]', '[::ffff:0.0.0.0]', '[::127.0.0.1]', '[::ffff:0:127.0.0.1]', '[64:ff9b::127.0.0.1]', '[fe80::1]', '[febf::1]',
  ])('is %s', (host) => {
    expect(isOnlyHere(hostOf(host))).toBe(true);
  });

  it.each([
    'acc.blob.core.windows.net', 'localhost.example', 'xlocalhost', '128.0.0.1', '126.1.1.1', '169.253.1.1', '10.0.0.1', '192.168.1.1', '1.127.0.0', '[2001:db8::1]', '[2001:db8::7f00:1]', '[::ffff:8.8.8.8]', '[64:ff9b::8.8.8.8]', '[fec0::1]', '[fd00::127]',
  ])('is not %s', (host) => {
    expect(isOnlyHere(hostOf(host))).toBe(false);
  });

  it('is whatever may be called without TLS', () => {
    for (const host of ['localhost', '127.0.0.1', '127.9.9.9', '[::1]']) expect([isLoopback(hostOf(host)), isOnlyHere(hostOf(host))]).toEqual([true, true]);
  });
});
