// Texts ranked by weights, against the collator that they stand for.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Slices } from '../../../../src/base/slices';
import { rankTexts } from '../../../../src/tables/collation/rankTexts';
import { findWeights } from '../../../../src/tables/collation/weights';

const slices: Slices = { due: () => false, pass: async () => undefined };
const busy: Slices = { due: () => true, pass: async () => undefined };

/** Weights are for more texts than this. */
const many = 4100;

/** Ranks as they are by definition: a sort by the collator, and a rank more for each text that differs from the one before. */
function expectedRanks(texts: readonly string[], locale: string): number[] {
  const { compare } = new Intl.Collator(locale);
  const ranks: number[] = [];
  let rank = 0;
  let before: string | undefined;
  for (const place of texts.map((_, at) => at).sort((one, other) => compare(texts[one] ?? '', texts[other] ?? ''))) {
    const text = texts[place] ?? '';
    if (before !== undefined && compare(before, text) !== 0) rank++;
    before = text;
    ranks[place] = rank;
  }
  return ranks;
}

async function expectRanks(texts: readonly string[], locale: string, turns: Slices): Promise<void> {
  const { ranks, count } = await rankTexts(texts, locale, turns, () => undefined);
  const expected = expectedRanks(texts, locale);
  // Unlike arrays of thousands are shown by what is unlike first.
  const wrong = expected.findIndex((rank, place) => rank !== ranks[place]);
  expect(wrong === -1 ? undefined : { text: texts[wrong], rank: ranks[wrong], expected: expected[wrong] }).toBeUndefined();
  expect([ranks.length, count]).toEqual([texts.length, texts.length === 0 ? 0 : Math.max(...expected) + 1]);
}

/** Many texts, made of few pieces so that they begin alike, repeat, and differ in case alone. */
function textsOf(pieces: fc.Arbitrary<string>): fc.Arbitrary<readonly string[]> {
  const beginning = fc.oneof(fc.constantFrom('', 'ab', 'https://example.com/customers/'), fc.array(pieces, { maxLength: 30 }).map((all) => all.join('')));
  return fc.record({ beginning, pieces: fc.array(pieces, { minLength: 2, maxLength: 12 }), seed: fc.integer(), most: fc.constantFrom(3, 6, 40), rare: fc.boolean() }).map(({ beginning: start, pieces: chosen, seed, most, rare }) => {
    let state = seed;
    const next = (below: number): number => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
      return (state >>> 8) % below;
    };
    return Array.from({ length: many }, () => {
      const text = Array.from({ length: next(most) }, () => chosen[next(chosen.length)] ?? '').join('');
      // A few texts without the common beginning, now and then.
      return rare && next(50) === 0 ? text : start + text;
    });
  });
}

const ascii = fc.oneof(
  fc.constantFrom('a', 'A', 'b', 'B', 'z', 'Z', '0', '1', '9', ' ', '-', '_', '.', ',', "'", '"', '(', '$', '+', '~', '\t', '\n', '\r\n', 'name', 'Name', 'NAME', 'a-b', 'ab'),
  fc.string({ unit: 'grapheme-ascii', maxLength: 3 }),
);
const control = fc.constantFrom('\0', '\u0001', '\u0008', '\u000b', '\u000c', '\u001f', '\u007f');
const foreign = fc.constantFrom('é', 'e\u0301', '\u0301', 'É', 'ß', 'ss', 'æ', '\u212a', '\uff21', '\u00a0', '\u00ad', '\u200b', '名', '前', '한', 'я', '😀', '\ud83d', '\ude00', '\ufffe', '\uffff');

describe('texts are ranked as the collator compares them', () => {
  it('in printable ASCII, spaces and line breaks', async () => {
    await fc.assert(fc.asyncProperty(textsOf(ascii), fc.constantFrom(slices, busy), (texts, turns) => expectRanks(texts, 'en', turns)), { numRuns: 40 });
  }, 60_000);

  it('with control characters, letters of all scripts and halves of characters among them', async () => {
    await fc.assert(fc.asyncProperty(textsOf(fc.oneof({ weight: 4, arbitrary: ascii }, control, foreign)), fc.constantFrom(slices, busy), (texts, turns) => expectRanks(texts, 'en', turns)), { numRuns: 40 });
  }, 60_000);

  it('when most are the collator\'s and when one is', async () => {
    const plain = Array.from({ length: many }, (_, at) => `Row ${(at * 7919) % 1009}`);
    await expectRanks(plain.map((text, at) => (at % 9 === 0 ? text : `${text}é`)), 'en', slices);
    await expectRanks([...plain, 'Row 1\u200b', 'Row 1\u0001', '\u0001'], 'en', slices);
    await expectRanks(plain.map((text) => `É${text}`), 'en', busy);
  });

  it('when they are few, long, the same, or in order but for where work stops for a moment', async () => {
    const row = 'Many words that are the same in each row. '.repeat(100);
    const of = (make: (at: number) => string): readonly string[] => Array.from({ length: many }, (_, at) => make(at));
    const columns = [
      [], ['b', 'A', 'a', 'B', 'a'], of(() => 'same'), of(() => ''), of((at) => String(at).padStart(9, '0')), of((at) => String(at % 4096).padStart(9, '0')),
      of((at) => `${at % 3 === 0 ? row : row.slice(0, 300)}${at % 5 === 0 ? 'x' : 'X'}${at % 20}`),
      of((at) => `${at % 2 === 0 ? 'ab' : 'ba'}${at}`),
    ];
    for (const texts of columns) await expectRanks(texts, 'en', busy);
  });

  it('when they differ only in the case of one character, wherever it is', async () => {
    const word = 'abcdefghij'.repeat(12);
    await expectRanks(Array.from({ length: many }, (_, at) => {
      const upper = (at * 7) % 120;
      return word.slice(0, upper) + word.slice(upper, upper + 1).toUpperCase() + word.slice(upper + 1, 50 + at % 8);
    }), 'en', busy);
  });

  it('when they differ only in the case of the last character, which another key begins or ends with', async () => {
    for (const length of [52, 53, 54, 55]) {
      const alike = Array.from({ length: many }, (_, at) => `${'a'.repeat(length - 1)}${at % 2 === 0 ? 'a' : 'A'}`);
      await expectRanks([...alike, 'b'], 'en', busy);
    }
  });

  it('in languages with letters of two characters, other cases and accents of their own', async () => {
    const locales = ['cs', 'da', 'de', 'en-u-kf-upper', 'en-u-kn', 'es', 'et', 'fr-CA', 'hu', 'lt', 'th', 'vi'];
    const pieces = fc.oneof(ascii, fc.constantFrom('c', 'ch', 'CH', 'Ch', 'aa', 'dz', 'dzs', 'i', 'y', 'ij', 'll', 'z', 's', 'v', 'w', '10', '9'));
    await fc.assert(fc.asyncProperty(textsOf(pieces), fc.constantFrom(...locales), (texts, locale) => expectRanks(texts, locale, slices)), { numRuns: 60 });
  }, 60_000);
});

describe('weights', () => {
  it('are found for English, so that all printable characters and spaces have one', async () => {
    const weights = await findWeights('en', slices);
    const known = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code)).filter((character) => (weights?.first[character.charCodeAt(0)] ?? 0) > 0).join('');
    expect(known).toMatch(/^\t\n\v\f\r[ -~]{95}$/);
  });

  it('are not found where two letters are one, or an accent is between letters of ASCII', async () => {
    expect(await Promise.all(['cs', 'hu', 'lt'].map((locale) => findWeights(locale, slices)))).toEqual([undefined, undefined, undefined]);
  });
});

describe('ranking', () => {
  const texts = Array.from({ length: 20_000 }, (_, at) => `${at % 100 === 0 ? 'é' : 'name-'}${(at * 7919) % 10_007}`);

  it('tells how far it is, without going back', async () => {
    const told: number[] = [];
    await rankTexts(texts, 'en', busy, (done) => told.push(done));
    expect(told.length).toBeGreaterThan(5);
    expect(told.every((done, at) => done >= (told[at - 1] ?? 0) && done <= 1)).toBe(true);
  });

  it('ends when it is to stop, wherever it is', async () => {
    let passes = 0;
    await rankTexts(texts, 'en', { due: () => true, pass: async () => void passes++ }, () => undefined);
    expect(passes).toBeGreaterThan(20);
    for (let last = 1; last < passes; last += 5) {
      let left = last;
      const stopped: Slices = { due: () => true, pass: () => (--left > 0 ? Promise.resolve() : Promise.reject(new Error('stopped'))) };
      await expect(rankTexts(texts, 'en', stopped, () => undefined)).rejects.toThrow('stopped');
    }
  });
});
