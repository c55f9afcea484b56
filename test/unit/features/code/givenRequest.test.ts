// What stands in an exchange that is copied as code.

import { describe, expect, it } from 'vitest';
import { givenCall, givenRequest } from '../../../../src/features/code/givenRequest';

const head = { method: 'GET', url: 'https://host.example/jobs/1', requestHeaders: [{ name: 'Accept', value: '*/*' }] };

describe('the call of an exchange', () => {
  it('has its method, address and headers, and no body where none was sent', () => {
    expect(givenCall({ ...head, requestBytes: 0, requestBody: '' }, 'Echo')).toEqual({
      name: 'Echo', method: 'GET', url: head.url, headers: head.requestHeaders, body: undefined,
    });
    expect(givenCall({ ...head, method: 'PUT', requestBytes: 2, requestBody: '{}' }, 'Echo')?.body).toBe('{}');
  });

  it('tells which header had the key of the gateway', () => {
    expect(givenCall({ ...head, requestBytes: 0, subscriptionKeyHeader: 'X-Team-Key' }, 'Echo')?.subscriptionKeyHeader).toBe('X-Team-Key');
    expect(givenCall({ ...head, requestBytes: 0, subscriptionKeyHeader: {} }, 'Echo')?.subscriptionKeyHeader).toBeUndefined();
  });

  it('is none without method and address', () => {
    for (const argument of [undefined, 'text', {}, { method: 'GET' }, { url: head.url }, { method: 1, url: 2 }]) {
      expect(givenCall(argument, 'Echo')).toBeUndefined();
    }
  });

  it('passes over headers that are none', () => {
    const requestHeaders = [null, { name: 'A' }, { name: '', value: 'x' }, { name: 'B', value: '' }, 'C: d'];
    expect(givenCall({ ...head, requestHeaders, requestBytes: 0 }, 'Echo')?.headers).toEqual([{ name: 'B', value: '' }]);
    expect(givenCall({ ...head, requestHeaders: 'none', requestBytes: 0 }, 'Echo')?.headers).toEqual([]);
  });

  it('of a body that was not kept says so', () => {
    const argument = { ...head, source: 'big.json', requestBytes: 12, requestBody: '' };
    expect(() => givenCall(argument, 'Echo')).toThrow('The request "big.json" is not in the history');
    expect(() => givenRequest(argument)).toThrow('The request "big.json" is not in the history');
  });
});
