// What ARM tells, as it occurs and as it may occur: nothing is built, nothing throws, no key and no value is taken along.

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDirectory, readEntry, readInstance, readSubscription } from '../../../../../src/features/apim/load/readers';
import { readSavedItem, type EntryKind } from '../../../../../src/features/apim/items';
import { endpointUrl, entryJson, instanceId, instanceJson, someInstance } from '../apimTools';

describe('an instance', () => {
  it('is read with its state and its gateway, and members that are not known are left alone', () => {
    expect(readInstance(instanceJson(), endpointUrl, false)).toEqual(someInstance({ location: 'West Europe', sku: 'Developer', state: 'Succeeded' }));
  });

  const proxy = (hostName: unknown, more: object = {}): object => ({ type: 'Proxy', hostName, ...more });
  it.each([
    ['the one that it is bound to first', [proxy('scores.azure-api.net'), proxy('api.contoso.com', { defaultSslBinding: true })], undefined,
      ['https://api.contoso.com', 'https://scores.azure-api.net']],
    ['only those of the gateway', [{ type: 'Management', hostName: 'm.contoso.com' }, proxy('api.contoso.com')], undefined, ['https://api.contoso.com', 'https://scores.azure-api.net']],
    ['the scheme and port of gatewayUrl where it is the same host', [proxy('127.0.0.1')], 'http://127.0.0.1:8080/', ['http://127.0.0.1:8080']],
    ['none without https elsewhere', [], 'http://scores.example', []],
    ['none for what is no host', [proxy('u:p@host'), proxy('a?b'), proxy(7), 'x', null], 'javascript:alert(1)', []],
  ])('%s', (_, hostnameConfigurations, gatewayUrl, urls) => {
    const json = instanceJson('scores', { hostnameConfigurations, ...(gatewayUrl === undefined ? {} : { gatewayUrl }) });
    expect(readInstance(json, endpointUrl, false)?.gatewayUrls).toEqual(urls);
  });

  it.each(['', 'x', '/subscriptions/a/resourceGroups/b', '/subscriptions/../resourceGroups/b/providers/Microsoft.ApiManagement/service/c', `${instanceId}#${'x'.repeat(700)}`])(
    'whose id is "%s" is none: paths are made of it', (id) => {
      expect(readInstance({ ...instanceJson(), id }, endpointUrl, false)).toBeUndefined();
    });
});

describe('what is in it', () => {
  it('an API has its path, its revision and the names that carry the key, renamed or not', () => {
    const renamed = { displayName: 'Weather', path: '/weather/', apiRevision: '2', subscriptionKeyParameterNames: { header: 'X-Key', query: 'key' }, value: 'SECRET' };
    expect(readEntry('api', entryJson('apis/weather', renamed))).toEqual({
      kind: 'api', id: `${instanceId}/apis/weather`, name: 'weather', title: 'Weather', path: 'weather', revision: '2', keyHeader: 'X-Key', keyQuery: 'key',
    });
    expect(readEntry('api', entryJson('apis/a', { path: '' }))).toMatchObject({ title: 'a', path: '' });
    expect(readEntry('api', entryJson('apis/a', { subscriptionKeyParameterNames: {} })))
      .toMatchObject({ keyHeader: 'Ocp-Apim-Subscription-Key', keyQuery: 'subscription-key' });
    // Lists leave them out, also where they are others than usual.
    expect(readEntry('api', entryJson('apis/a', { subscriptionKeyParameterNames: null }))).not.toHaveProperty('keyHeader');
    expect(readEntry('api', entryJson('apis/a', { subscriptionRequired: false }))).not.toHaveProperty('keyHeader');
    expect(readEntry('api', entryJson('apis/a', { subscriptionKeyParameterNames: null }))).not.toHaveProperty('keyHeader');
  });

  it.each([
    [`${instanceId}/products/starter`, '/products/starter'], [`${instanceId}/apis`, '/apis'], [`${instanceId}/`, ''], [instanceId, ''], ['/products/starter', '/products/starter'], ['/apis', '/apis'],
  ])('a subscription of scope %s', (scope, short) => {
    expect(readEntry('subscription', entryJson('subscriptions/s', { scope, state: 'active' }))?.scope).toBe(short);
  });

  it('keys of subscriptions and values of named values are taken along nowhere', () => {
    const secrets = { displayName: 'S', primaryKey: 'KEY1', secondaryKey: 'KEY2', value: 'VALUE', secret: true, email: 'who@example.com' };
    for (const kind of ['api', 'operation', 'product', 'subscription', 'namedValue', 'user'] as const) {
      expect(JSON.stringify(readEntry(kind, entryJson('x/y', secrets)))).not.toMatch(/KEY|VALUE|who@/);
    }
    expect(readEntry('namedValue', entryJson('namedValues/n', secrets))?.secret).toBe('yes');
  });
});

describe('whatever comes', () => {
  const kinds: readonly EntryKind[] = ['api', 'operation', 'product', 'subscription', 'namedValue', 'user'];

  it('nothing throws, and what is kept of it is read again as it was', () => {
    const member = fc.oneof(fc.jsonValue(), fc.string(), fc.constantFrom(instanceId, `${instanceId}/apis/x`, 'Proxy'));
    const json = fc.record({ id: member, name: member, subscriptionId: member, tenantId: member, displayName: member, sku: member, properties: fc.oneof(member, fc.dictionary(fc.constantFrom(
      'displayName', 'path', 'scope', 'state', 'hostnameConfigurations', 'gatewayUrl', 'subscriptionKeyParameterNames', 'apiRevision', 'firstName', 'secret'), member)) }, { requiredKeys: [] });
    fc.assert(fc.property(fc.oneof(json, fc.jsonValue()), (value) => {
      const instance = readInstance(value, endpointUrl, false);
      const items = [
        ...kinds.map((kind) => readEntry(kind, value)), readDirectory(value, 'account', 'who'), readSubscription(value, { accountId: 'account' }),
        instance && { kind: 'instance' as const, instance },
      ];
      for (const item of items) if (item) expect(readSavedItem(JSON.parse(JSON.stringify(item)))).toEqual(item);
    }), { numRuns: 300 });
  });
});

it('a name with line breaks is one line: it stands in questions beside sentences of ours', () => {
  const json = { id: '/subscriptions/s/x/team', name: 'team', properties: { displayName: 'Team\r\nNo service uses it.\u2028x' } };
  expect(readEntry('subscription', json)?.title).toBe('Team  No service uses it. x');
});
