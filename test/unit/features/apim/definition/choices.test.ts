// What stands in the form first, and the sentence for each wrong choice.

import { describe, expect, it } from 'vitest';
import { checkChoices, defaultChoices, type ChoiceField } from '../../../../../src/features/apim/definition/choices';
import type { ApiChoices } from '../../../../../src/features/apim/definition/definition';
import { choicesWith } from '../samples';

const rate = (changed: object): ApiChoices => choicesWith({ rateLimit: { calls: 5, seconds: 60, by: 'subscription', ...changed } });
const none = { kind: 'none' } as const;
const origins = (...list: readonly string[]): ApiChoices => choicesWith({ cors: { origins: list } });

describe('what stands there first', () => {
  it.each(['Tree Heights', '', '   ', '🌳', 'Höhe der Bäume', 'x'.repeat(1000), 'a-'.repeat(200), '[x]', '../..', '\u0000\n'])('is right for a service named %j', (name) => {
    expect(checkChoices(defaultChoices({ name: name.replace(/\p{Cc}/gu, '') }))).toEqual({});
  });

  it('holds no half character of a long name', () => {
    const { displayName } = defaultChoices({ name: `x${'🌳'.repeat(60)}` });
    expect(() => encodeURIComponent(displayName)).not.toThrow();
  });

  it('is made of the name', () => {
    expect(defaultChoices({ name: 'Höhe der Bäume [Predictive Exp.]' })).toMatchObject({ apiId: 'ho-he-der-ba-ume-predictive-exp', addsKey: true, shortPaths: false });
  });
});

describe('a wrong choice', () => {
  it.each<[string, ApiChoices, ChoiceField, string]>([
    ['an empty id', choicesWith({ apiId: '' }), 'apiId', '1 to 80 letters'],
    ['a long id', choicesWith({ apiId: 'x'.repeat(81) }), 'apiId', '1 to 80 letters'],
    ['an id with a slash', choicesWith({ apiId: 'a/b' }), 'apiId', 'letters, digits and hyphens'],
    ['an id with a hyphen in front', choicesWith({ apiId: '-a' }), 'apiId', 'neither begins nor ends'],
    ['no name', choicesWith({ displayName: ' ' }), 'displayName', 'A name is needed.'],
    ['a name of two lines', choicesWith({ displayName: 'a\nb' }), 'displayName', 'cannot be seen'],
    ['a long name', choicesWith({ displayName: 'x'.repeat(301) }), 'displayName', 'at most 300'],
    ['a slash in front', choicesWith({ path: '/a' }), 'path', 'neither begins nor ends with a slash'],
    ['a slash behind', choicesWith({ path: 'a/' }), 'path', 'neither begins nor ends with a slash'],
    ['a query', choicesWith({ path: 'a?b' }), 'path', 'letters, digits and'],
    ['a placeholder', choicesWith({ path: '{a}' }), 'path', 'letters, digits and'],
    ['an empty part', choicesWith({ path: 'a//b' }), 'path', 'an empty part'],
    ['a step', choicesWith({ path: 'a/../b' }), 'path', 'a step'],
    ['a long path', choicesWith({ path: 'x'.repeat(401) }), 'path', 'at most 400'],
    ['a product without a name', choicesWith({ product: { kind: 'new', id: 'p', displayName: '' } }), 'product', 'A name is needed.'],
    ['a product with a wrong id', choicesWith({ product: { kind: 'new', id: 'p q', displayName: 'P' } }), 'product', 'letters, digits and hyphens'],
    ['no product of those that are there', choicesWith({ product: { kind: 'existing', id: '', displayName: '' } }), 'product', 'Choose a product.'],
    ['a product that leads elsewhere', choicesWith({ product: { kind: 'existing', id: 'a/apis/b', displayName: '' } }), 'product', 'Choose a product.'],
    ['a key without a product', choicesWith({ product: none }), 'subscription', 'belongs to a product'],
    ['a key without a name', choicesWith({ subscription: { id: 's', displayName: '' } }), 'subscription', 'A name is needed.'],
    ['a key with a long name', choicesWith({ subscription: { id: 's', displayName: 'x'.repeat(101) } }), 'subscription', 'at most 100'],
    ['a key with a wrong id', choicesWith({ subscription: { id: '', displayName: 'S' } }), 'subscription', 'letters, digits and hyphens'],
    ['no calls', rate({ calls: 0 }), 'rateCalls', 'from 1 to'],
    ['half a call', rate({ calls: 1.5 }), 'rateCalls', 'whole number'],
    ['no number', rate({ calls: Number.NaN }), 'rateCalls', 'whole number'],
    ['no seconds', rate({ seconds: 0 }), 'rateSeconds', '1 to 300 seconds'],
    ['too many seconds', rate({ seconds: 301 }), 'rateSeconds', '1 to 300 seconds'],
    ['a quota without a product', choicesWith({ product: none, quota: { calls: 1, seconds: 0 } }), 'quota', 'belongs to a product'],
    ['a quota of nothing', choicesWith({ quota: { seconds: 0 } }), 'quotaCalls', 'of calls, of kilobytes, or both'],
    ['a quota of no calls', choicesWith({ quota: { calls: 0, seconds: 0 } }), 'quotaCalls', 'from 1 to'],
    ['a quota of no kilobytes', choicesWith({ quota: { kilobytes: -1, seconds: 0 } }), 'quotaKilobytes', 'from 1 to'],
    ['a quota with a negative span', choicesWith({ quota: { calls: 1, seconds: -1 } }), 'quotaSeconds', 'from 0 to'],
    ['no origin', origins(), 'origins', 'at least one origin'],
    ['an origin with a path', origins('https://a.example/b'), 'origins', '"https://a.example/b" is no origin.'],
    ['an origin with a slash', origins('https://a.example/'), 'origins', 'is no origin.'],
    ['an origin without a scheme', origins('a.example'), 'origins', 'is no origin.'],
    ['an origin of another scheme', origins('file:///x'), 'origins', 'is no origin.'],
    ['a broken origin', origins('https://'), 'origins', 'is no origin.'],
    ['all and another one', origins('*', 'https://a.example'), 'origins', 'stands alone'],
    ['too many', origins(...Array.from({ length: 101 }, (_, index) => `https://a${index}.example`)), 'origins', 'at most 100'],
  ])('is told of: %s', (_what, choices, field, words) => {
    expect(checkChoices(choices)[field]).toContain(words);
  });

  it('is none of these', () => {
    expect(checkChoices(choicesWith({ path: 'a/b-c_d.e~f' }))).toEqual({});
    expect(checkChoices(origins('https://a.example:8443', 'http://localhost:3000'))).toEqual({});
    expect(checkChoices(choicesWith({ path: '', product: { kind: 'existing', id: 'My product', displayName: '' }, quota: { kilobytes: 1, seconds: 0 } }))).toEqual({});
  });
});
