// What is built from a read address: request addresses, group, ids, names of secrets; with properties over all forms.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Endpoint } from '../../../../src/model/service';
import { parseEndpoint } from '../../../../src/protocols/studio/endpoint';
import { endpointAddress, isGateway, needsServiceKey, operationsAddress, scoreUrl, secretName, serviceId, swaggerUrl, workspaceAddress, workspaceId } from '../../../../src/protocols/studio/endpointAddress';
import { isLoopback } from '../../../../src/base/loopback';

const origin = 'https://ussouthcentral.services.azureml.net';
const classic: Endpoint = { form: 'classic', origin, prefix: '', odata: false, workspace: 'w1', service: 's1' };
const odata: Endpoint = { ...classic, odata: true };
const renewed: Endpoint = { form: 'new', origin, prefix: '', subscription: 'u1', service: 's1' };
const behind: Endpoint = { ...classic, origin: 'https://api.example.com', prefix: '/ml/demo' };
const exact: Endpoint = { form: 'exact', origin: 'https://contoso.azure-api.net', path: '/models/score', query: 'v=1' };

describe('parts', () => {
  it.each([
    ['classic', classic, `${origin}/workspaces/w1/services/s1`, `${origin}/workspaces/w1`, 'w1', 's1'],
    ['odata', odata, `${origin}/odata/workspaces/w1/services/s1`, `${origin}/workspaces/w1`, 'w1', 's1'],
    ['new', renewed, `${origin}/subscriptions/u1/services/s1`, `${origin}/subscriptions/u1`, 'u1', 's1'],
    ['behind a gateway', behind, 'https://api.example.com/ml/demo/workspaces/w1/services/s1', 'https://api.example.com/ml/demo/workspaces/w1', 'w1', 's1'],
    ['exact', exact, 'https://contoso.azure-api.net/models/score?v=1', 'https://contoso.azure-api.net', 'contoso.azure-api.net', 'score'],
  ])('%s', (_name, endpoint, address, group, groupId, id) => {
    expect([endpointAddress(endpoint), workspaceAddress(endpoint), workspaceId(endpoint), serviceId(endpoint)]).toEqual([address, group, groupId, id]);
  });

  it('builds request addresses', () => {
    const base = `${origin}/workspaces/w1/services/s1`;
    expect(scoreUrl(classic, 'table')).toBe(`${base}/execute?api-version=2.0&details=true`);
    expect(scoreUrl(classic, 'rows')).toBe(`${base}/execute?api-version=2.0&format=swagger`);
    expect(scoreUrl(odata, 'rows')).toBe(scoreUrl(classic, 'rows'));
    // What is published there has `details` in its template.
    expect(scoreUrl(behind, 'rows')).toMatch(/execute\?api-version=2\.0&details=true&format=swagger$/);
    expect(scoreUrl(renewed, 'table')).toBe(`${origin}/subscriptions/u1/services/s1/execute?api-version=2.0&details=true`);
    expect(scoreUrl(exact, 'table')).toBe('https://contoso.azure-api.net/models/score?v=1');
    expect(scoreUrl(exact, 'rows')).toBe('https://contoso.azure-api.net/models/score?v=1');
    expect(swaggerUrl(behind)).toBe('https://api.example.com/ml/demo/workspaces/w1/services/s1/swagger.json');
    expect(swaggerUrl(exact)).toBeUndefined();
    expect(operationsAddress(exact)).toBeUndefined();
  });

  it.each([
    ['http://localhost:3000', true], ['http://127.0.0.1', true], ['https://127.255.1.2:1', true], ['http://[::1]:8080', true], ['http://0x7f.1', true],
    ['https://localhost.example.com', false], ['http://127.0.0.1.example.com', false], ['http://128.0.0.1', false], ['http://[::2]', false], ['https://example.com', false], ['http://localhost.', true], ['http://LOCALHOST', true],
  ])('%s is this computer: %s', (text, expected) => {
    expect(isLoopback(new URL(text).hostname)).toBe(expected);
  });

  it('is no host name: no loopback', () => {
    expect(['', '127.0.0', '127.0.0.1.', 'localhost:80', '::1'].map(isLoopback)).toEqual([false, false, true, false, false]);
  });

  it('needs a key of its own unless something in front may add one', () => {
    expect([classic, odata, renewed, behind, exact].map(needsServiceKey)).toEqual([true, true, true, false, false]);
  });

  it('hints at a gateway', () => {
    expect([classic, odata, renewed, behind, exact, { ...exact, origin: 'https://azure-api.net.example.com' }].map(isGateway)).toEqual([false, false, false, true, true, false]);
  });
});

const word = fc.stringMatching(/^[\w~-][\w.~-]{0,30}$/).filter((text) => !/^(?:workspaces|subscriptions|services|webservices|odata|your[-_].*|x{4,})$/i.test(text));
const originArb = fc.oneof(
  fc.webAuthority({ withPort: true, withIPv4: false }).map((authority) => `https://${authority}`).filter((text) => URL.canParse(text)).map((text) => new URL(text).origin),
  fc.constantFrom('http://localhost:81', 'http://127.0.0.1', 'http://[::1]:5', origin, 'https://x.azure-api.net'),
).filter((text) => !/your-|x{4}/.test(text));
const prefixArb = fc.array(fc.oneof(word, fc.constantFrom('b%20c', 'mod%C3%A8le', 'a+b', "it's", 'a;b=c')), { maxLength: 3 }).map((parts) => parts.map((part) => `/${part}`).join(''));
const endpointArb: fc.Arbitrary<Endpoint> = fc.oneof(
  fc.record({ form: fc.constant('classic' as const), origin: originArb, prefix: prefixArb, odata: fc.boolean(), workspace: word, service: word }),
  fc.record({ form: fc.constant('new' as const), origin: originArb, prefix: prefixArb, subscription: word, service: word }),
  fc.record({
    form: fc.constant('exact' as const),
    origin: originArb.filter((text) => !text.endsWith('azureml.net')),
    path: prefixArb.filter((text) => text !== ''),
    query: fc.array(fc.tuple(word, word), { maxLength: 3 }).map((pairs) => pairs.map(([name, value]) => `p${name}1q=v${value}`).join('&')),
  }),
);

describe('properties', () => {
  it('reads back every address that it writes', () => {
    fc.assert(fc.property(endpointArb, (endpoint) => {
      expect(parseEndpoint(endpointAddress(endpoint))).toEqual({ ok: true, notes: [], endpoint });
    }), { numRuns: 500 });
  }, 60_000);

  it('reads every operation as the same service', () => {
    fc.assert(fc.property(endpointArb.filter((endpoint) => endpoint.form !== 'exact'), fc.constantFrom('/execute?api-version=2.0', '/jobs', '/jobs/j1', '/jobs/j1/start?x=1', '/swagger.json', '/'), (endpoint, tail) => {
      expect(parseEndpoint(`${endpointAddress(endpoint)}${tail}`)).toEqual({ ok: true, notes: [], endpoint });
    }));
  });

  it('is at rest after one reading, whatever was typed', () => {
    const typed = fc.array(fc.oneof(fc.string({ unit: 'binary', maxLength: 4 }), fc.constantFrom('https://', 'a.example', '/', '%20', '%2e', '..', '?', '&amp;', '&', '=', 'key=1', 'workspaces/', 'services/', 'w1', '<', '>', '"', '#')), { maxLength: 14 }).map((parts) => `https://a.example/${parts.join('')}`);
    fc.assert(fc.property(typed, (text) => {
      const first = parseEndpoint(text);
      if (!first.ok) return;
      expect(parseEndpoint(endpointAddress(first.endpoint))).toEqual({ ok: true, notes: [], endpoint: first.endpoint });
      expect(new URL(endpointAddress(first.endpoint)).href).toBe(endpointAddress(first.endpoint));
    }), { numRuns: 600 });
  }, 60_000);

  it('keeps the secrets of different endpoints under different names', () => {
    const changed = (endpoint: Endpoint): Endpoint[] => {
      const moved = { ...endpoint, origin: `${endpoint.origin}x` };
      if (endpoint.form === 'classic') return [moved, { ...endpoint, odata: !endpoint.odata }, { ...endpoint, prefix: `${endpoint.prefix}/p` }, { ...endpoint, workspace: `${endpoint.workspace}x` }, { ...endpoint, service: `${endpoint.service}x` },
        { form: 'new', origin: endpoint.origin, prefix: endpoint.prefix, subscription: endpoint.workspace, service: endpoint.service }];
      if (endpoint.form === 'new') return [moved, { ...endpoint, prefix: `${endpoint.prefix}/p` }, { ...endpoint, subscription: `${endpoint.subscription}x` }, { ...endpoint, service: `${endpoint.service}x` }];
      return [moved, { ...endpoint, path: `${endpoint.path}/` }, { ...endpoint, query: `${endpoint.query}x` }];
    };
    fc.assert(fc.property(endpointArb, endpointArb, (one, two) => {
      const same = JSON.stringify(Object.entries(one).sort()) === JSON.stringify(Object.entries(two).sort());
      expect(secretName('serviceKey', one) === secretName('serviceKey', two)).toBe(same);
      expect(secretName('serviceKey', one)).not.toBe(secretName('subscriptionKey', one));
      const names = [one, ...changed(one)].map((endpoint) => secretName('serviceKey', endpoint));
      expect(new Set(names).size).toBe(names.length);
    }));
  });

  it('does not mistake moved borders between parts for the same service', () => {
    const one: Endpoint = { ...classic, prefix: '/a', workspace: 'b","c', service: 'd' };
    const two: Endpoint = { ...classic, prefix: '/a', workspace: 'b', service: 'c","d' };
    expect(secretName('serviceKey', one)).not.toBe(secretName('serviceKey', two));
  });
});
