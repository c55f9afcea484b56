// No secret of a call, of a policy or of a header leaves a trace.

import { expect, it, describe } from 'vitest';
import { maskTrace } from '../../../../../src/features/apim/trace/traceMask';

const secrets = { values: ['a-subscription-key-1', 'named value 7', undefined], names: ['X-Contoso-Key', undefined, 'contoso-key'], unknown: false };
const masked = (json: unknown, unknown = false): string => JSON.stringify(maskTrace(json, { ...secrets, unknown }));
const pair = (name: string, value: unknown): object => ({ data: { header: { name, value } } });

describe('masked', () => {
  it.each([
    pair('X-Any', 'a-subscription-key-1'), pair('X-Any', 'prefix named value 7 suffix'), { a: ['named value 7'] }, { 'named value 7': 1 },
    { message: 'It was a-subscription-key-1.' }, { a: Buffer.from('a-subscription-key-1').toString('base64') },
  ])('what is known, wherever it stands: %j', (json) => {
    expect(masked(json)).not.toMatch(/a-subscription-key-1|named value 7|YS1zdWJzY3JpcHRpb24/);
    expect(masked(json)).toContain('••');
  });

  it.each([
    pair('Authorization', 'Bearer other'), pair('AUTHORIZATION', 'Basic b3RoZXI='), pair('Cookie', 'other'), pair('Set-Cookie', ['other']), pair('x-contoso-key', 'other'),
    pair('Ocp-Apim-Subscription-Key', 'other'), pair('client-secret', 'other'), { headers: { Authorization: 'other', Cookie: ['other'] } },
    { headers: [{ name: 'Authorization', value: 'other' }] }, { variable: { name: 'password', value: 'other' } }, { query: { 'contoso-key': ['other'] } },
    { request: { url: 'https://a/b?contoso-key=other&c=d' } }, { url: '/b?x=1&subscription-key=other' }, { url: 'https://f/api?sig=other&x=1' },
    { message: 'Authorization: Bearer abcdef0123456789other' },
  ])('what is called like a secret: %j', (json) => {
    expect(masked(json)).not.toContain('other');
  });

  it('keys of functions in addresses', () => {
    const url = 'https://f.example/api/x?code=function%2D0815&name=b';
    expect(masked({ data: { request: { url } } })).not.toContain('0815');
    expect(masked({ data: { request: { url } } })).toContain('name=b');
  });

  it('and all else stays', () => {
    const json = {
      traceId: 't', traceEntries: {
        inbound: [{ source: 'rate-limit', elapsed: '00:00:00.0010000', data: { message: 'Rate limit was not exceeded.', request: { url: 'https://a/b?api-version=2.0&details=true' } } },
          { data: { header: { name: 'X-A', value: 'b' }, n: 5, t: true, z: null } }],
      },
    };
    expect(maskTrace(json, secrets)).toEqual(json);
  });

  it('what policies may have set, where there are secrets that nobody could read', () => {
    const json = {
      data: { header: { name: 'X-A', value: 'hidden1' }, name: 'v', value: 'hidden2', expression: 'hidden3', message: 'Rate limit was not exceeded.' },
      request: { url: 'http://a/b?c=hidden4', headers: [{ name: 'X-B', value: 'hidden5' }, { name: 'Content-Type', value: 'application/json' }] },
    };
    expect(masked(json, true)).not.toContain('hidden');
    expect(masked(json, true)).toContain('application/json');
    expect(masked(json, true)).toContain('Rate limit was not exceeded.');
    expect(masked(json)).toContain('hidden1');
  });

  it.each([
    { message: 'It is hidden' }, { messages: ['hidden', 'Quota was not exceeded. hidden'] }, { data: 'hidden' }, { data: { body: 'hidden' } }, { data: ['hidden'] },
    { oldBackendServiceUrl: 'https://a', newBackendServiceUrl: 'https://b/hidden' }, { request: { url: '/a/hidden/b' } }, { response: { status: { code: 200, reason: 'hidden' } } },
    { source: 'hidden' }, { data: { timestamp: 'hidden', elapsed: 'hidden', method: 'hidden', code: 'hidden' } }, { data: { 'hidden 1': true } }, { data: { text: { a: ['hidden'] } } },
    { header: { name: 'Content-Type', value: 'hidden/json' } }, { header: { name: 'Content-Type', values: ['hidden'] } }, { header: { name: 'Host', value: 'hidden' } },
    { product: { id: 'hidden' } }, { header: { name: 'a hidden name', value: '' } },
  ])('nothing else, where there are such secrets: %j', (json) => {
    const told = masked({ traceEntries: { inbound: [{ source: 'set-body', elapsed: '00:00:01', ...json }] } }, true);
    expect(told).not.toContain('hidden');
    expect(told).toContain('traceEntries');
  });

  it('numbers of a body, but not statuses', () => {
    expect(maskTrace({ data: { pin: 483921, code: 404, ok: true, none: null } }, { ...secrets, unknown: true })).toEqual({ data: { pin: '••••••••', code: 404, ok: true, none: null } });
  });

  it('a number that is a key, and what is nested too deep', () => {
    expect(JSON.stringify(maskTrace({ a: 12345678 }, { ...secrets, values: ['12345678'] }))).not.toContain('12345678');
    const deep: unknown = JSON.parse(`${'{"a":'.repeat(1_000)}"named value 7"${'}'.repeat(1_000)}`);
    expect(masked(deep)).toContain('••');
    expect(masked(deep)).not.toContain('named value 7');
  });

  it('hostile names are names', () => {
    const json: unknown = JSON.parse('{"__proto__":{"name":"Authorization","value":"other"},"constructor":"\\ud800"}');
    expect(masked(json)).toBe('{"__proto__":{"name":"Authorization","value":"••••••••"},"constructor":"\\ud800"}');
  });
});
