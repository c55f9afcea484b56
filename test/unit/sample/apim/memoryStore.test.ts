// The store of Sample API Management.

import { describe, expect, it } from 'vitest';
import { MemoryStore } from '../../../../src/sample/apim/memoryStore';
import { readState } from '../../../../src/sample/apim/savedState';
import type { CountedCall } from '../../../../src/sample/apim/store';

const aCall: CountedCall = {
  at: 0, apiId: 'a', operationId: '', productId: '', subscriptionId: '', userId: '', status: 200, ms: 1, backendMs: 1,
  requestBytes: 0, responseBytes: 0, ip: '', requestId: '', method: 'GET', url: '',
};

describe('MemoryStore', () => {
  it('finds without regard to case, and keeps the path as it was first written', () => {
    const store = new MemoryStore();
    store.put('/apis/Demo', { n: 1 });
    store.put('/APIS/demo', { n: 2 });
    expect(store.get('/apis/DEMO')).toMatchObject({ path: '/apis/Demo', properties: { n: 2 } });
    expect(store.children('/Apis').map(({ path }) => path)).toEqual(['/apis/Demo']);
  });

  it('gives children alone, in the order in which they were made', () => {
    const store = new MemoryStore();
    for (const path of ['/apis/b', '/apis/a', '/apis/a/operations/x', '/apis/ab']) store.put(path, {});
    store.put('/apis/b', {});
    expect(store.children('/apis').map(({ path }) => path)).toEqual(['/apis/b', '/apis/a', '/apis/ab']);
    expect(store.children('/apis/none')).toEqual([]);
    store.delete('/APIS/A');
    expect(store.get('/apis/a/operations/x')).toBeUndefined();
    expect(store.children('/apis').map(({ path }) => path)).toEqual(['/apis/b', '/apis/ab']);
  });

  it('gives a new ETag for each write, also after it was restored', () => {
    const store = new MemoryStore();
    const etags = [store.put('/a/1', {}), store.put('/a/1', {}), store.put('/a/2', {})].map(({ etag }) => etag);
    expect(new Set(etags).size).toBe(3);
    for (const etag of etags) expect(etag).toMatch(/^"[A-Za-z0-9+/]{11}="$/);
    const second = new MemoryStore();
    second.restore(store.state());
    expect(second.get('/a/2')?.etag).toBe(etags[2]);
    expect(etags).not.toContain(second.put('/a/1', {}).etag);
  });

  it('tells of changes, and forgets the oldest of very many calls', () => {
    const told: string[] = [];
    const store = new MemoryStore((what) => told.push(what));
    store.put('/a/1', {});
    store.count(aCall);
    store.delete('/a/1');
    expect(told).toEqual(['resource', 'call', 'resource']);
    for (let at = 1; at <= 55_000; at++) store.count({ ...aCall, at });
    expect(store.calls.length).toBeLessThanOrEqual(55_000);
    expect(store.calls.at(-1)?.at).toBe(55_000);
    expect(store.calls[0]?.at).toBeGreaterThan(0);
  });
});

describe('readState', () => {
  it('reads what was kept, and leaves out what it cannot read', () => {
    const store = new MemoryStore();
    store.put('/a/1', { n: [1] });
    store.count(aCall);
    const kept: unknown = JSON.parse(JSON.stringify(store.state()));
    expect(readState(kept)).toEqual(store.state());
    expect(readState({ version: 1, resources: [1, { path: 'x' }], calls: [null] })).toEqual({ version: 1, resources: [], calls: [] });
    for (const bad of [undefined, [], {}, { version: 'x', resources: [], calls: [] }]) expect(readState(bad)).toBeUndefined();
  });
});
