// What is told where no answer came, or one of no use: words and buttons for each cause.

import { describe, expect, it } from 'vitest';
import { armForeign, armStrange, armUnreached } from '../../../src/arm/armErrors';
import type { ArmSubject } from '../../../src/arm/armMessages';
import type { NetworkFailure, NetworkFailureKind } from '../../../src/model/wire';

const subject: ArmSubject = { name: 'contoso/apis/weather', kind: 'read', host: 'arm.example.test' };
const failure = (kind: NetworkFailureKind, more: Partial<NetworkFailure> = {}): NetworkFailure =>
  ({ kind, host: 'arm.example.test:443', message: 'cause with the-token-of-the-account', code: 'ECODE', ...more });
const unreached = (kind: NetworkFailureKind, asked: ArmSubject['kind'] = 'read', more: Partial<NetworkFailure> = {}) =>
  armUnreached(failure(kind, more), 90_000, { ...subject, kind: asked }, ['the-token-of-the-account']);

describe('no answer', () => {
  it.each([
    ['dns', 'could not be found'], ['refused', 'refused the connection'], ['unreachable', 'no way from this computer'], ['reset', 'was closed before'],
    ['timeout', 'within'], ['tooLarge', 'is too large'], ['protocol', 'failed'], ['other', 'failed'], ['tls', 'secure connection'], ['proxy', 'proxy'],
  ] as const)('%s says "%s"', (kind, words) => {
    const error = unreached(kind);
    expect([error.reason, error.status]).toEqual(['network', undefined]);
    expect(error.message).toContain(words);
    expect(error.advice).toMatch(/\S/);
    expect(error.detail).toMatch(/^ECODE: cause with •+$/);
    expect(error.actions.length).toBeGreaterThan(0);
    expect(error.actions).not.toContain('changeService');
  });

  it('names the sample where that does not run', () => {
    const error = unreached('refused', 'read', { host: '127.0.0.1:4711' });
    expect([error.message, error.actions[0]]).toEqual(['Sample API Management (127.0.0.1:4711) is not running.', 'startSample']);
  });

  it('tells of a write that nobody knows its end, but where nothing had gone out', () => {
    for (const kind of ['reset', 'timeout', 'tooLarge', 'protocol', 'other'] as const) {
      expect(unreached(kind, 'write').advice).toContain('not known whether');
      expect(unreached(kind, 'read').advice).not.toContain('not known whether');
    }
    expect(unreached('reset', 'write', { unsent: true }).advice).toContain('Try again');
  });
});

describe('an answer of no use', () => {
  it.each(['notJson', 'noList', 'samePage', 'badLink', 'badState', 'endless', 'notThere', 'redirect'] as const)('%s has words and buttons', (kind) => {
    const error = armStrange(kind, subject);
    expect(error.reason).toBe(kind === 'notThere' ? 'notFound' : 'other');
    expect(error.message).toMatch(/^\S.*\S\.$/);
    expect(error.advice).toMatch(/\S/);
    expect(error.actions.length).toBeGreaterThan(0);
  });

  it('of another host names both', () => {
    const error = armForeign('arm.example.test', 'evil.example.test');
    expect([error.reason, error.message]).toEqual(['foreignHost', expect.stringMatching(/^arm\.example\.test .*\(evil\.example\.test\)/)]);
  });
});
