// Feature hashing against published vectors, the published row, and what must hold for any text.

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hashText, hashWord, murmur3 } from '../../../src/sample/hashing';

describe('murmur3', () => {
  it.each([
    ['', 0, 0],
    ['', 1, 0x514e28b7],
    ['test', 0, 0xba6bd213],
    ['Hello, world!', 0, 0xc0363e43],
    ['The quick brown fox jumps over the lazy dog', 0, 0x2e4ff723],
  ])('hashes %j with seed %i as published', (text, seed, expected) => {
    expect(murmur3(Buffer.from(text), seed)).toBe(expected);
  });

  it('reads bytes above 127 as unsigned, in blocks and in the tail', () => {
    // Widely published vectors for these bytes.
    expect(murmur3(Buffer.from([0xff, 0xff, 0xff, 0xff]), 0)).toBe(0x76293b50);
    expect(murmur3(Buffer.from([0x21, 0x43, 0x65]), 0)).toBe(0x7e4a8634);
    expect(murmur3(Buffer.from([0x21, 0x43]), 0)).toBe(0xa0f7b07a);
    expect(murmur3(Buffer.from([0x21]), 0)).toBe(0x72661cf4);
  });
});

describe('hashWord', () => {
  it('takes a word of digits as its own number', () => {
    expect(hashWord('0')).toBe(0);
    expect(hashWord('007')).toBe(7);
    expect(hashWord('4294967295')).toBe(4294967295);
    expect(hashWord('4294967297')).toBe(1);
  });

  it.each(['-7', '7.5', '7a', '\u0667'])('hashes %j as a text', (word) => {
    expect(hashWord(word)).toBe(murmur3(Buffer.from(word, 'utf8'), 0));
  });

  it('hashes the UTF-8 bytes of what is not ASCII', () => {
    expect(hashWord('grün')).toBe(murmur3(Buffer.from([0x67, 0x72, 0xc3, 0xbc, 0x6e]), 0));
  });
});

describe('hashText', () => {
  it('gives the published row', () => {
    expect([...hashText('This is a good day', { bits: 3, ngrams: 2 })]).toEqual([1, 1, 2, 2, 0, 2, 0, 1]);
  });

  it('keeps case and splits at white space of any kind', () => {
    const hashing = { bits: 10, ngrams: 2 };
    expect(hashText('This', hashing)).not.toEqual(hashText('this', hashing));
    expect(hashText(' a\t\tgood\r\nday ', hashing)).toEqual(hashText('a good day', hashing));
  });

  it('counts words alone with one-word features', () => {
    expect([...hashText('1 1 5', { bits: 3, ngrams: 1 })]).toEqual([0, 2, 0, 0, 0, 1, 0, 0]);
  });

  it('joins three words from the left', () => {
    // Words 1, 2 and 3: (1 * 27942141 + 2) * 27942141 + 3 modulo 2^32, the pairs 1 2 and 2 3, and the words.
    const c = 27942141n;
    const features = [1n, 2n, 3n, c + 2n, 2n * c + 3n, (c + 2n) * c + 3n];
    const expected = new Uint32Array(64);
    for (const feature of features) expected[Number(feature % 64n)] = (expected[Number(feature % 64n)] ?? 0) + 1;
    expect(hashText('1 2 3', { bits: 6, ngrams: 3 })).toEqual(expected);
  });

  it('counts every run of one to n words once, in 2^bits columns', () => {
    const words = fc.array(fc.stringMatching(/^\S{1,6}$/), { maxLength: 12 });
    fc.assert(
      fc.property(words, fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 10 }), (list, bits, ngrams) => {
        const counts = hashText(list.join(' '), { bits, ngrams });
        let features = 0;
        for (let length = 1; length <= ngrams; length++) features += Math.max(0, list.length - length + 1);
        expect(counts).toHaveLength(2 ** bits);
        expect(counts.reduce((sum, count) => sum + count, 0)).toBe(features);
      }),
    );
  });

  it('folds: a bit less adds the upper half to the lower one', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 2, max: 10 }), (text, bits) => {
        const wide = hashText(text, { bits, ngrams: 2 });
        const narrow = hashText(text, { bits: bits - 1, ngrams: 2 });
        expect([...narrow]).toEqual([...narrow].map((_, index) => (wide[index] ?? 0) + (wide[index + narrow.length] ?? 0)));
      }),
    );
  });

  it('gives zeros for a text without words', () => {
    expect([...hashText(' \n', { bits: 2, ngrams: 2 })]).toEqual([0, 0, 0, 0]);
  });
});
