// Characters that hide or reorder text are drawn as something that can be seen.

import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { visible, visibleLines } from '../../../../media/kit/visible';

describe('visible', () => {
  test.each([
    ['a line feed', 'a\nb', 'a↵b'],
    ['a carriage return', 'a\r\nb', 'a␍↵b'],
    ['a tab', 'a\tb', 'a␉b'],
    ['the start of a colour on a terminal', '\u001b[31mred\u001b[0m', '␛[31mred␛[0m'],
    ['the zero character and delete', '\u0000\u007f', '␀␡'],
    ['a control character of the second set', 'a\u0085b\u009b', 'a⟦U+0085⟧b⟦U+009B⟧'],
    ['an override of the direction', 'user\u202Egpj.exe', 'user⟦U+202E⟧gpj.exe'],
    ['isolates and marks of direction', '\u2066a\u2069\u200e\u200f\u061c', '⟦U+2066⟧a⟦U+2069⟧⟦U+200E⟧⟦U+200F⟧⟦U+061C⟧'],
    ['spaces without width', 'pass\u200bword\ufeff\u2060', 'pass⟦U+200B⟧word⟦U+FEFF⟧⟦U+2060⟧'],
    ['line and paragraph separators', 'a\u2028b\u2029c', 'a⟦U+2028⟧b⟦U+2029⟧c'],
    ['tag characters', 'a\u{e0041}', 'a⟦U+E0041⟧'],
    ['half a surrogate pair', 'a\ud800b', 'a⟦U+D800⟧b'],
  ])('shows %s', (_name, text, expected) => {
    expect(visible(text)).toBe(expected);
  });

  test.each(['', 'plain', 'Grüße, 東京, العربية, עברית', '👩‍👩‍👧 👍🏽', 'a\u00a0b', '⟦U+202E⟧'])('leaves %j as it is', (text) => {
    expect(visible(text)).toBe(text);
    expect(visibleLines(text)).toBe(text);
  });
});

describe('visibleLines', () => {
  test('leaves line ends and tabs, and shows a carriage return that ends no line', () => {
    expect(visibleLines('a\tb\r\nc\nd\re\u001b\u202e')).toBe('a\tb\r\nc\nd␍e␛⟦U+202E⟧');
  });
});

test('nothing that hides is left in any text, and showing it twice changes nothing', () => {
  fc.assert(fc.property(fc.string({ unit: fc.integer({ min: 0, max: 0x10ffff }).map((code) => String.fromCodePoint(code)) }), (text) => {
    const shown = visible(text);
    expect(shown).not.toMatch(/[\p{Cc}\p{Cs}\p{Bidi_Control}\p{Zl}\p{Zp}]/u);
    expect(visible(shown)).toBe(shown);
    expect(visibleLines(text)).not.toMatch(/[^\P{Cc}\r\n\t]|\r(?!\n)|\p{Bidi_Control}/u);
  }));
});
