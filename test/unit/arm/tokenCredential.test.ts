// A token goes to the endpoint that it was made for.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tokenCredential } from '../../../src/arm/tokenCredential';
import { WrongAudience } from '../../../src/model/errors';

const made = tokenCredential('https://management.example.test/', 'the-token-of-the-account');

describe('a credential made of a token', () => {
  it('gives it to all that lies at the endpoint', () => {
    const header = [{ name: 'Authorization', value: 'Bearer the-token-of-the-account' }];
    expect(made.headers('https://management.example.test:443/subscriptions?x=1')).toEqual(header);
    expect(made.headers('https://MANAGEMENT.example.test/a/b')).toEqual(header);
    expect([made.audience, made.hidden, made.kinds]).toEqual(['https://management.example.test', ['the-token-of-the-account'], []]);
  });

  it('refuses it to every other address', () => {
    for (const url of [
      'http://management.example.test/', 'https://management.example.test:8443/', 'https://management.example.test.evil.test/',
      'https://evil.test/management.example.test', 'https://management.example.test@evil.test/',
    ]) expect(() => made.headers(url)).toThrow(WrongAudience);
    fc.assert(fc.property(fc.webUrl(), (url) => {
      expect(() => made.headers(url)).toThrow(WrongAudience);
    }));
  });
});
