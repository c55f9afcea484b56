// Global parameters of a job: what may be shown of them, and how they are written.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parametersText, shownParameters } from '../../../src/protocols/jobParameters';

const masked = '••••••••';

describe('what is shown', () => {
  it('is each value as text', () => {
    expect(shownParameters('{"place":"Town","count":3,"deep":{"a":[1]},"none":null,"empty":""}')).toEqual([
      { name: 'place', value: 'Town' }, { name: 'count', value: '3' }, { name: 'deep', value: '{"a":[1]}' }, { name: 'none', value: 'null' }, { name: 'empty', value: '' },
    ]);
  });

  it.each([
    ['Database password', 'hunter2'],
    ['apiKey', 'x'],
    ['Account key', 'x'],
    ['source', 'DefaultEndpointsProtocol=https;AccountName=a;AccountKey=c2VjcmV0IHNlY3JldA=='],
    ['input', 'https://a.blob.core.windows.net/c/b?sv=1&sig=abc'],
    ['settings', { password: 'hunter2' }],
  ])('is a mask for "%s"', (name, value) => {
    expect(shownParameters(JSON.stringify({ [name]: value }))).toEqual([{ name, value: masked }]);
  });

  it.each(['', '[1]', 'null', '"text"', '{"a":'])('is nothing for %j, which is no object', (json) => {
    expect(shownParameters(json)).toEqual([]);
  });
});

describe('what is written', () => {
  it('has all values as texts, in the order in which they were given', () => {
    expect(parametersText(new Map([['2', '1.10'], ['1', 'a "b"\n'], ['empty', '']]))).toBe('{"2":"1.10","1":"a \\"b\\"\\n","empty":""}');
    expect(parametersText(new Map())).toBe('{}');
  });

  it('is read back as it was', () => {
    fc.assert(fc.property(fc.uniqueArray(fc.tuple(fc.string().filter((name) => name !== '__proto__'), fc.string()), { selector: ([name]) => name }), (entries) => {
      expect(JSON.parse(parametersText(new Map(entries)))).toEqual(Object.fromEntries(entries));
    }));
  });
});
