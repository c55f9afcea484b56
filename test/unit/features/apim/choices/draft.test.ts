// The fields of the form and the choices that they stand for.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { choicesOf, draftOf } from '../../../../../src/features/apim/choices/draft';
import type { ChoicesDraft } from '../../../../../src/features/apim/choices/messages';
import { checkChoices } from '../../../../../src/features/apim/definition/choices';
import { choicesWith } from '../samples';

const products = [{ id: 'starter', displayName: 'Starter' }];
const of = (changed: Partial<ChoicesDraft>): ReturnType<typeof choicesOf> => choicesOf({ ...draftOf(choicesWith()), ...changed }, products);

describe('fields', () => {
  it('stand for the choices that they were made from', () => {
    const choices = choicesWith({
      product: { kind: 'existing', id: 'starter', displayName: 'Starter' }, quota: { kilobytes: 5, seconds: 86_400 }, cors: { origins: ['https://a.example', 'http://b.example'] },
      rateLimit: { calls: 5, seconds: 10, by: 'ip' }, shortPaths: true, addsKey: false, subscription: { id: 'tree-heights-callers', displayName: 'Callers of Tree Heights' },
    });
    expect(choicesOf(draftOf(choices), products)).toEqual(choices);
    const fewest = { apiId: 'a', displayName: 'A', path: '', product: { kind: 'none' }, shortPaths: false, addsKey: false } as const;
    expect(choicesOf(draftOf(fewest), products)).toEqual(fewest);
  });

  it('of what was not chosen are not looked at', () => {
    const choices = of({ product: 'none', callers: true, quota: true, limited: false, calls: 'x', quotaCalls: 'x', origins: 'x', cors: false });
    expect(choices).toEqual({ apiId: 'tree-heights', displayName: 'Tree Heights', path: 'tree-heights', product: { kind: 'none' }, shortPaths: false, addsKey: true });
  });

  it.each(['', 'x', '1.5', '-1', '1e3', '0x10', ' ', '9'.repeat(16)])('with %j for a number are wrong', (text) => {
    expect(checkChoices(of({ calls: text }))).toHaveProperty('rateCalls');
    expect(checkChoices(of({ seconds: text }))).toHaveProperty('rateSeconds');
    expect(checkChoices(of({ quota: true, quotaSpan: text }))).toHaveProperty('quotaSeconds');
    if (text.trim() !== '') expect(checkChoices(of({ quota: true, quotaKilobytes: text }))).toHaveProperty('quotaKilobytes');
  });

  it('of origins are lines, or come with commas and a slash behind', () => {
    expect(of({ cors: true, origins: ' https://a.example/\r\nhttps://b.example, https://a.example\n\n' }).cors).toEqual({ origins: ['https://a.example', 'https://b.example'] });
    // What is wrong is told of as it was typed.
    expect(checkChoices(of({ cors: true, origins: 'https://a.example\nnot an origin' })).origins).toContain('"not an origin" is no origin.');
    expect(of({ cors: true, origins: '  ' }).cors).toEqual({ origins: [] });
  });

  it('make a subscription for each API, whatever its callers are called', () => {
    const ids = (callersName: string): readonly (string | undefined)[] => ['one', 'two'].map((apiId) => of({ apiId, callersName }).subscription?.id);
    expect(ids('Callers of Tree Heights')).toEqual(['one-callers', 'two-callers']);
    expect(ids('Team A')).toEqual(['one-team-a', 'two-team-a']);
    const long = of({ apiId: 'x'.repeat(80) });
    expect(long.subscription?.id).toBe('x'.repeat(80));
    expect(checkChoices(of({ apiId: 'a/b' }))).toEqual({ apiId: expect.any(String) });
  });

  it('of a path may have slashes at the ends', () => {
    expect(of({ path: ' /trees/v1/ ' }).path).toBe('trees/v1');
    expect(of({ path: '/' }).path).toBe('');
  });

  it('make ids of names, whatever these are', () => {
    expect(of({ productName: 'My Product', callersName: 'Team A' })).toMatchObject({ product: { kind: 'new', id: 'my-product' }, subscription: { id: 'tree-heights-team-a' } });
    expect(of({ productName: '木', callersName: '木' })).toMatchObject({ product: { id: 'tree-heights' }, subscription: { id: 'tree-heights-callers' } });
    expect(of({ product: 'existing:gone' })).toMatchObject({ product: { kind: 'existing', id: 'gone', displayName: 'gone' } });
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (name) => {
      const problems = checkChoices(of({ productName: name, callersName: name }));
      const isGood = name.trim() !== '' && !/\p{Cc}/u.test(name.trim()) && name.trim().length <= 100;
      if (isGood) expect(problems).toEqual({});
    }));
  });
});
