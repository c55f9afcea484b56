// The kinds of token by name, compared with what the scanner itself gives: a new version of it may number them anew.

import { createScanner } from 'jsonc-parser';
import { expect, it } from 'vitest';
import { token } from '../../../src/base/jsonTokens';

it.each<[keyof typeof token, string]>([
  ['openObject', '{'], ['closeObject', '}'], ['openArray', '['], ['closeArray', ']'], ['comma', ','], ['colon', ':'],
  ['null', 'null'], ['true', 'true'], ['false', 'false'], ['string', '"a"'], ['number', '-1.5e3'], ['end', ''],
])('%s is what the scanner makes of %j', (name, text) => {
  expect(createScanner(text, true).scan()).toBe(token[name]);
});

it.each<[keyof typeof token, string]>([
  ['lineComment', '// a'], ['blockComment', '/* a */'], ['lineBreak', '\n'], ['blank', ' '],
])('%s, which others pass over, is what the scanner makes of %j', (name, text) => {
  expect(createScanner(text, false).scan()).toBe(token[name]);
});

it('every kind is compared', () => {
  expect(Object.keys(token)).toHaveLength(16);
});
