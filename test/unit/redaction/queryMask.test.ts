// Secrets in the query of an address.

import { describe, expect, it } from 'vitest';
import { mask, withoutSecretQuery } from '../../../src/redaction';
import { processorMs } from '../processorTime';

const at = 'https://g.example/a';

describe('the query of an address', () => {
  it.each([
    'subscription-key', 'code', 'api_key', 'apikey', 'access_token', 'token', 'client_secret', 'password', 'key', 'sig', 'CODE', 'Subscription-Key', 'x%2Dapi%2Dkey',
  ])('has no value of %s', (name) => {
    expect(withoutSecretQuery(`${at}?a=1&${name}=hunter2&b=2#c`)).toEqual({ text: `${at}?a=1&${name}=${mask}&b=2#c`, values: ['hunter2'] });
  });

  it('has none of an argument that its API names so, nor one that looks like a key', () => {
    expect(withoutSecretQuery(`${at}?Team=abc`, ['team'])).toEqual({ text: `${at}?Team=${mask}`, values: ['abc'] });
    expect(withoutSecretQuery(`${at}?q=Bearer+abcdef`).values).toEqual(['Bearer+abcdef', 'Bearer abcdef']);
    expect(withoutSecretQuery(`${at}?code=a%2Fb`).values).toEqual(['a%2Fb', 'a/b']);
  });

  it.each(['', '?', '?api-version=2.0&details=true&jobid=0123456789abcdef0123456789abcdef', '?code=', `?code=${mask}`, '?code', '?%=%&\ud800=x', '?__proto__=1#?code=x'])('stays otherwise: %s', (query) => {
    expect(withoutSecretQuery(at + query)).toEqual({ text: at + query, values: [] });
  });

  it('may be long', () => {
    const long = `${at}?${'code=abc&'.repeat(20_000)}`;
    const from = processorMs();
    expect(withoutSecretQuery(long).text).not.toContain('abc');
    expect(processorMs() - from).toBeLessThan(2_000);
  });
});
