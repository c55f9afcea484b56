// Which API and operation a request is for: the longest path, the revision, the method, the most exact template.

import { beforeEach, describe, expect, it } from 'vitest';
import { findApi, findOperation } from '../../../../../src/sample/apim/gateway/match';
import { guideOperations, MemoryStore } from '../../../../integration/sample/apim/memoryStore';

let store: MemoryStore;
beforeEach(() => {
  store = new MemoryStore();
});

const found = (target: string, method = 'GET'): string | undefined => {
  const api = findApi(store, target);
  const operation = api && findOperation(store, api, method);
  return api && `${api.api.id} ${api.rest} ${operation?.operation.id ?? '-'}`;
};

describe('an API', () => {
  beforeEach(() => {
    for (const [id, path] of [['none', ''], ['a', 'a'], ['ab', '/a/b/'], ['abc', 'a/bc']] as const) store.putApi(id, 'http://127.0.0.1:1', { path }, [['get', 'GET', '/{x}']]);
  });

  it.each([
    ['/a/1', 'a /1 get'], ['/A/B/1', 'ab /1 get'], ['/a/bc/1', 'abc /1 get'], ['/a/bd', 'a /bd get'], ['/ab/1', 'none /ab/1 -'], ['/x', 'none /x get'], ['/', 'none  -'],
    ['/a', 'a  -'], ['/a?x=1', 'a  -'],
  ])('is the one with the longest path: %s', (target, expected) => {
    expect(found(target)).toBe(expected);
  });

  it('without a path takes none of the others', () => {
    store.delete('/apis/none');
    expect(found('/x')).toBeUndefined();
  });

  it('is its current revision, unless another is named', () => {
    store.putApi('a;rev=2', 'http://127.0.0.1:2', { path: 'a', apiRevision: '2', isCurrent: false }, [['new', 'GET', '/{x}']]);
    expect([found('/a/1'), found('/a;rev=2/1'), found('/a;rev=1/1'), found('/a;rev=3/1')]).toEqual(['a /1 get', 'a;rev=2 /1 new', 'a /1 get', 'none /a;rev=3/1 -']);
    store.put('/apis/a', { ...store.get('/apis/a')?.properties, isCurrent: false });
    store.put('/apis/a;rev=2', { ...store.get('/apis/a;rev=2')?.properties, isCurrent: true });
    expect([found('/a/1'), found('/a;rev=1/1')]).toEqual(['a;rev=2 /1 new', 'a /1 get']);
  });

  it('without a path has revisions as well', () => {
    expect(found('/;rev=1/x')).toBe('none /x get');
  });
});

describe('an operation', () => {
  it.each([
    ['POST', '/workspaces/w/services/s/execute?api-version=2.0&details=true', 'execute'],
    ['post', '/workspaces/w/services/s/execute?details=true&api-version=2.0&format=swagger', 'execute'],
    ['POST', '/workspaces/w/services/s/execute?api-version=2.0', '-'],
    ['GET', '/workspaces/w/services/s/execute?api-version=2.0&details=true', '-'],
    ['POST', '/workspaces/w/services/s/jobs?api-version=2.0', 'submit'],
    ['POST', '/workspaces/w/services/s/jobs/1/start?api-version=2.0', 'start'],
    ['GET', '/workspaces/w/services/s/jobs/1?api-version=2.0', 'status'],
    ['DELETE', '/workspaces/w/services/s/jobs/1?api-version=2.0', 'delete'],
    ['DELETE', '/workspaces/w/services/s/jobs/1', '-'],
  ])('of the guide is found by %s %s', (method, path, expected) => {
    store.putApi('demo', 'http://127.0.0.1:1', {}, guideOperations);
    expect(found(`/demo${path}`, method)?.split(' ')[2]).toBe(expected);
  });

  it('is the most exact one', () => {
    store.putApi('demo', 'http://127.0.0.1:1', {}, [['all', 'GET', '/*'], ['one', 'GET', '/{id}'], ['score', 'GET', '/score'], ['more', 'GET', '/score?a={a}']]);
    expect([found('/demo/a/b'), found('/demo/a'), found('/demo/score'), found('/demo/score?a=1')].map((text) => text?.split(' ')[2])).toEqual(['all', 'one', 'score', 'more']);
  });
});
