// No character of a name turns around what stands beside it.

import { expect, it } from 'vitest';
import { withoutTurns } from '../../../src/base/directions';

it('shows what would reorder the text behind it as its code', () => {
  expect(withoutTurns('abc\u202egnp.exe')).toBe('abc⟦U+202E⟧gnp.exe');
  expect(withoutTurns('\u2066a\u2069')).toBe('⟦U+2066⟧a⟦U+2069⟧');
});

it('leaves names of scripts that are written from the right as they are', () => {
  const name = 'חיזוי\u200f 2';
  expect(withoutTurns(name)).toBe(name);
});
