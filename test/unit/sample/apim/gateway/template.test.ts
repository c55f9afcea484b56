// URL templates: what they fit, with which parameters, and which of several is the most exact one.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leavesItsPlace, readQuery } from '../../../../../src/sample/apim/gateway/address';
import { compareTemplates, fillIn, fit, readTemplate } from '../../../../../src/sample/apim/gateway/template';

const fitting = (template: string, path: string, query = ''): object | undefined => {
  const found = fit(readTemplate(template), path, readQuery(query));
  return found && Object.fromEntries(found);
};

describe('a template', () => {
  it.each([
    ['/jobs/{jobid}/start', '/jobs/4711/start', '', { jobid: '4711' }],
    ['/jobs/{jobid}', '/JOBS/a%20b', '', { jobid: 'a b' }],
    ['/score', '/score', 'x=1', {}],
    ['/', '', '', {}],
    ['/', '/', '', {}],
    ['', '', '', {}],
    ['/*', '/a/b/c', '', {}],
    ['/*', '', '', {}],
    ['/a/*', '/a', '', {}],
    ['/days({id})/x-{a}-{b}', '/days(7)/x-1-2-3', '', { id: '7', a: '1', b: '2-3' }],
    ['/s?api-version={apiversion}&details={details}', '/s', 'details=true&more=1&api-version=2.0', { apiversion: '2.0', details: 'true' }],
    ['/s?details={details}', '/s', 'Details=', { details: '' }],
    ['/s?format=swagger', '/s', 'format=swagger', {}],
    ['/s?q={q}', '/s', 'q=a+b%26c', { q: 'a b&c' }],
    ['/a{b', '/a{b', '', {}],
  ])('%s fits %s?%s', (template, path, query, parameters) => {
    expect(fitting(template, path, query)).toEqual(parameters);
  });

  it.each([
    ['/jobs/{jobid}', '/jobs', ''], ['/jobs/{jobid}', '/jobs/', ''], ['/jobs/{jobid}', '/jobs/1/2', ''], ['/score', '/score/', ''], ['/score', '/scores', ''],
    ['/', '/x', ''], ['/a/b/*', '/a', ''], ['/days({id})', '/days()', ''], ['/days({id})', '/days(1', ''],
    ['/s?api-version={v}&details={d}', '/s', 'api-version=2.0'], ['/s?format=swagger', '/s', 'format=table'],
  ])('%s does not fit %s?%s', (template, path, query) => {
    expect(fitting(template, path, query)).toBeUndefined();
  });

  it('that says more comes first', () => {
    const sorted = ['/*', '/{a}/*', '/{a}/{b}', '/{a}', '/x{a}', '/score', '/score?a={a}', '/score?a={a}&b={b}'].map((text) => ({ text, read: readTemplate(text) }));
    expect(sorted.toSorted((one, other) => compareTemplates(one.read, other.read)).map(({ text }) => text)).toEqual([
      '/score?a={a}&b={b}', '/score?a={a}', '/score', '/x{a}', '/{a}/{b}', '/{a}', '/{a}/*', '/*',
    ]);
  });
});

describe('parameters', () => {
  const value = fc.string({ minLength: 1, unit: 'grapheme' });

  it('come out as they went in, whatever they are', () => {
    fc.assert(fc.property(value, value, value, (one, two, three) => {
      const { text } = fillIn('/a/{one}/b/{two}', new Map([['one', one], ['two', two]]));
      expect(fitting('/a/{one}/b/{two}?c={three}', text, `c=${encodeURIComponent(three)}`)).toEqual({ one, two, three });
    }));
  });

  it('are put in by their names, encoded; others stay', () => {
    expect(fillIn('/v2/{id}?q={q}&{x}', new Map([['id', 'a/b'], ['q', '1&2']]))).toEqual({ text: '/v2/a%2Fb?q=1%262&{x}', used: new Set(['id', 'q']) });
  });

  it('are looked for in time that grows with the text', () => {
    const text = '{'.repeat(200_000);
    const began = performance.now();
    expect(fillIn(`${text}}`, new Map()).text).toBe(`${text}}`);
    expect(fit(readTemplate(`/${text}`), `/${text}`, [])).toEqual(new Map());
    expect(performance.now() - began).toBeLessThan(5_000);
  });

  it('that go up are seen in each writing', () => {
    expect(['/a/../b', '/a/%2e%2E/b', '/a/.', '/a/..%2fb', '/a/..%5Cb'].map(leavesItsPlace)).toEqual([true, true, true, true, true]);
    expect(['/a/..b', '/a.b/c..', '/%', '/a//b'].map(leavesItsPlace)).toEqual([false, false, false, false]);
  });
});
