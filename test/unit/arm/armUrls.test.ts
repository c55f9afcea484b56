// Addresses of calls: whose they are, what writes wait for, and how a person reads them.

import { describe, expect, it } from 'vitest';
import { originOf, subjectOf, turnOf, urlOf } from '../../../src/arm/armUrls';

const host = 'https://arm.example.test';
const id = '/subscriptions/s/resourceGroups/g/providers/Microsoft.ApiManagement/service/contoso';

describe('an address', () => {
  it('is made of a path with its version, and a query that may say another', () => {
    expect(urlOf(`${host}:443/`, id)).toBe(`${host}${id}?api-version=2024-05-01`);
    expect(urlOf(host, '/subscriptions', { 'api-version': '2020-01-01', a: 'b c&d+e' })).toBe(`${host}/subscriptions?api-version=2020-01-01&a=b%20c%26d%2Be`);
  });

  it.each(['', 'x', '/a?b', '/a#b', '/a b', '/a\\b', '/a/../b', '/a/.%2E/b', '/%2e'])('is not made of %j', (path) => {
    expect(() => urlOf(host, path)).toThrow('Not a path');
  });

  it.each([
    ['https://a.test:443/x', 'https://a.test'], ['HTTPS://A.test', 'https://a.test'], ['https://u@a.test/', undefined], ['ftp://a.test/', undefined],
    ['data:,x', undefined], ['/x', undefined], ['', undefined],
  ])('%s is of %s', (url, origin) => {
    expect(originOf(url)).toBe(origin);
  });
});

describe('a turn', () => {
  it('is that of the instance, whatever its case, and of the endpoint', () => {
    expect(turnOf(`${host}${id}/apis/x?a`)).toBe(turnOf(`${host}:443${id.toUpperCase()}/products`));
    expect(turnOf(`${host}${id}2`)).not.toBe(turnOf(`${host}${id}`));
    expect(turnOf(`https://other.example.test${id}`)).not.toBe(turnOf(`${host}${id}`));
    expect(turnOf(`${host}/subscriptions/S`)).toBe(`${host}/subscriptions/s`);
  });
});

describe('the subject', () => {
  it.each([
    [`${id}/apis/a%3Brev%3D2`, 'contoso/apis/a;rev=2'], [id, 'contoso'], ['/subscriptions', 'the list of Azure subscriptions'], ['/tenants', 'the list of directories'],
    ['/subscriptions/s/providers/Microsoft.ApiManagement/service', 'the list of API Management instances'], ['/', 'arm.example.test'],
    [`${id}/apis/a%0Ab%E2%80%A8c`, 'contoso/apis/a b c'], [`${id}/apis/a%E2%80%AEb`, 'contoso/apis/a b'], [`${id}/apis/%zz`, 'contoso/apis/%zz'], ['/subscriptions/s/resourceGroups', 'subscriptions/s/resourceGroups'],
  ])('of %s is %s', (path, name) => {
    expect(subjectOf('GET', `${host}${path}`)).toEqual({ name, host: 'arm.example.test', kind: 'read' });
  });

  it('tells reading from writing and asking', () => {
    expect(['GET', 'PUT', 'PATCH', 'DELETE', 'POST'].map((method) => subjectOf(method, host).kind)).toEqual(['read', 'write', 'write', 'write', 'ask']);
  });
});
