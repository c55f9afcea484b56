// Secrets are found in every spelling in which they may come back, and nothing else is touched.

import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { maskedHeader, redactor } from '../../../src/redaction/redactor';

const base64Key = fc.uint8Array({ minLength: 16, maxLength: 64 }).map((bytes) => Buffer.from(bytes).toString('base64'));

describe('a redactor', () => {
  it('hides keys in plain text, JSON, addresses and base64', () => {
    fc.assert(
      fc.property(base64Key, fc.string(), fc.string(), (key, before, after) => {
        const hide = redactor([key, undefined]);
        const spellings = [key, key.replaceAll('/', '\\/'), key.replaceAll('+', '\\u002B'), key.replaceAll('+', '\\u002b').replaceAll('=', '\\u003d').replaceAll('/', '\\u002f'), encodeURIComponent(key), Buffer.from(key).toString('base64')];
        for (const spelling of spellings) {
          const text = `${before} ${spelling} ${after}`;
          expect(hide.text(text)).not.toContain(spelling);
          expect(Buffer.from(hide.bytes(Buffer.from(text))).toString()).not.toContain(spelling);
        }
      }),
    );
  });

  it('gives back the very same bytes when there is nothing to hide', () => {
    const bytes = Buffer.from([0xff, 0x00, 0x41]);
    expect(redactor(['a-long-secret']).bytes(bytes)).toBe(bytes);
    expect(redactor([]).bytes(bytes)).toBe(bytes);
  });

  it('keeps the bytes around that are no UTF-8', () => {
    const bytes = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('a-long-secret'), Buffer.from([0x80])]);
    expect([...redactor(['a-long-secret']).bytes(bytes)]).toEqual([0xff, 0xfe, ...Buffer.from('••••••••'), 0x80]);
  });

  it('keeps the units of UTF-16 in step', () => {
    for (const lead of ['', '\0']) {
      const bytes = Buffer.from([...`${lead}`, ...Buffer.from('x a-long-secret ünd', 'utf16le').toString('latin1')].join(''), 'latin1');
      const shown = Buffer.from(redactor(['a-long-secret']).bytes(bytes));
      expect(shown.subarray(lead.length).toString('utf16le')).toBe('x ************* ünd');
    }
  });

  it('hides the longer of two secrets that hold each other', () => {
    expect(redactor(['secret-1', 'secret-1-and-more']).text('x secret-1-and-more y')).toBe('x •••••••• y');
  });

  it('does not look for a secret that is too short to be one', () => {
    expect(redactor(['abc']).text('abcdef')).toBe('abcdef');
  });
});

/** Ways to write a text in which a key may come back; `all` escapes letters too. */
const hex = (character: string, width: number): string => character.charCodeAt(0).toString(16).padStart(width, '0');
const signs = (text: string, spell: (character: string) => string): string => text.replace(/[^A-Za-z\d]/g, spell);
const all = (text: string, spell: (character: string) => string): string => [...text].map(spell).join('');
const ways: Readonly<Record<string, (text: string) => string>> = {
  'plain': (text) => text,
  'JSON': (text) => JSON.stringify(text).slice(1, -1),
  'JSON with slashes escaped': (text) => text.replaceAll('/', '\\/'),
  'JSON with signs escaped': (text) => signs(text, (character) => `\\u${hex(character, 4).toUpperCase()}`),
  'JSON with everything escaped': (text) => all(text, (character) => `\\u${hex(character, 4)}`),
  'JSON in JSON': (text) => JSON.stringify(JSON.stringify(signs(text, (character) => `\\u${hex(character, 4)}`))),
  'slashes escaped in JSON in JSON in JSON': (text) => JSON.stringify(JSON.stringify(text.replaceAll('/', '\\/'))),
  'a script\'s text': (text) => all(text, (character) => `\\x${hex(character, 2)}`),
  'code points': (text) => all(text, (character) => `\\u{${hex(character, 1)}}`),
  'an address': (text) => encodeURIComponent(text),
  'an address in small letters': (text) => encodeURIComponent(text).replace(/%[\dA-F]{2}/g, (code) => code.toLowerCase()),
  'an address in an address': (text) => encodeURIComponent(encodeURIComponent(text)),
  'an address in an address in an address': (text) => encodeURIComponent(encodeURIComponent(encodeURIComponent(text))),
  'an address with everything escaped': (text) => all(text, (character) => `%${hex(character, 2)}`),
  'HTML by number': (text) => signs(text, (character) => `&#${character.charCodeAt(0)};`),
  'HTML by hexadecimal number': (text) => signs(text, (character) => `&#x${hex(character, 2).toUpperCase()};`),
  'HTML with zeros, everything escaped': (text) => all(text, (character) => `&#x000${hex(character, 2)};`),
  'HTML by number, everything escaped': (text) => all(text, (character) => `&#0${character.charCodeAt(0)};`),
  'HTML by name': (text) => text.replaceAll('+', '&plus;').replaceAll('/', '&sol;').replaceAll('=', '&equals;'),
  'HTML in HTML': (text) => signs(text, (character) => `&amp;#${character.charCodeAt(0)};`),
  'HTML in JSON': (text) => signs(text, (character) => `\\u0026#x${hex(character, 2)};`),
  'HTML in an address': (text) => encodeURIComponent(signs(text, (character) => `&#${character.charCodeAt(0)};`)),
  'JSON in an address': (text) => encodeURIComponent(signs(text, (character) => `\\u${hex(character, 4)}`)),
  'the alphabet of addresses': (text) => text.replaceAll('+', '-').replaceAll('/', '_'),
  'the alphabet of addresses, unpadded': (text) => text.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, ''),
  'unpadded': (text) => text.replace(/=+$/, ''),
  'UTF-16': (text) => [...text].join('\0'),
};

describe('a key is hidden', () => {
  const key = 'Kx9+Qm/Zr2wT+uV/8sLpYbN3eHdF5g==';
  const hide = redactor(['another-secret', key]);

  it.each(Object.entries(ways))('as %s', (_name, spell) => {
    const text = `before ${spell(key)} after`;
    for (const shown of [hide.text(text), Buffer.from(hide.bytes(Buffer.from(text))).toString()]) {
      expect(shown).toMatch(/^before [^A-Za-z\d]*([•*\0]|\\"|"|\\)+ ?[^A-Za-z\d]* after$/);
      expect(shown).toMatch(/••••••••|\*\0\*/);
    }
  });

  it('in every spelling, whatever key and whatever is around it', () => {
    fc.assert(
      fc.property(base64Key, fc.constantFrom(...Object.values(ways)), fc.string(), fc.string(), (secret, spell, before, after) => {
        const spelled = spell(secret);
        expect(redactor([secret]).text(`${before} ${spelled} ${after}`)).not.toContain(spelled.replace(/^[^A-Za-z\d]+|[^A-Za-z\d]+$/g, ''));
      }),
      { numRuns: 300 },
    );
  });

  it.each(['', 'x', 'xy', 'Bearer ', 'Authorization: Bearer ', '{"key":"'])('in base64, behind %j', (before) => {
    for (const after of ['', '"', '"}', '\r\nHost: a']) {
      for (const encoding of ['base64', 'base64url'] as const) {
        const encoded = Buffer.from(`${before}${key}${after}`).toString(encoding);
        const shown = hide.text(`<${encoded}>`);
        const [head = '', tail = ''] = shown.slice(1, -1).split('••••••••');
        expect(shown).toContain('••••••••');
        // What is left of it are the characters in front and behind, and no more.
        expect(head.length).toBeLessThanOrEqual(Math.ceil((before.length * 4) / 3));
        expect(tail.length).toBeLessThanOrEqual(Math.ceil((after.length * 4) / 3) + 2);
        expect(Buffer.from(head, 'base64').toString()).toBe(before.slice(0, Math.floor((head.length * 3) / 4)));
      }
    }
  });

  it('in base64 that is in an address or in JSON', () => {
    const encoded = Buffer.from(`Bearer ${key}?`).toString('base64');
    expect(hide.text(encodeURIComponent(encoded))).toMatch(/^QmVhcmVyI••••••••Pw%3D%3D$/);
    expect(hide.text(all(encoded, (character) => `\\u${hex(character, 4)}`))).toContain('••••••••');
  });

  it('each time it stands there', () => {
    expect(hide.text(`${key}, ${key} and ${encodeURIComponent(key)}${key}`)).toBe('••••••••, •••••••• and ••••••••••••••••');
  });

  it.each(['a\\\\b-secret', '100%25-secret', 'a&amp;b=c;secret', '%%%%%%%%', '--------', '========', 'pass word+1', 'pässword-ü'])('when it is %j', (odd) => {
    const hidden = redactor([odd]);
    for (const spelled of [odd, JSON.stringify(odd).slice(1, -1), encodeURIComponent(odd)]) expect(hidden.text(`a ${spelled} b`)).toBe('a •••••••• b');
    expect(Buffer.from(hidden.bytes(Buffer.from(`a ${odd} b`))).toString()).toBe('a •••••••• b');
  });

  it('of thousands of characters', () => {
    const long = 'eyJhbGciOi.'.repeat(1000);
    expect(redactor([long]).text(`a ${encodeURIComponent(long)} ${all(long, (character) => `%${hex(character, 2)}`)}`)).toBe('a •••••••• ••••••••');
  });
});

describe('what is left of a key is hidden', () => {
  const key = 'Kx9+Qm/Zr2wT+uV/8sLpYbN3eHdF5gKx7rW1jZ0vBqTn4MyUcA6hXoEiDlPsGfRkJ2tQ9wC8zV5bN3mL7==';
  const hide = redactor([key, 'sub-key-0123']);
  const dots = 'a •••••••• b';
  const far = 'Nothing of it is here: 0.123, "Scored Labels".\n'.repeat(30_000);

  it.each<[string, (text: string) => string]>([
    ['in small letters', (text) => text.toLowerCase()],
    ['in capitals', (text) => text.toUpperCase()],
    ['cut off at 60 characters', (text) => text.slice(0, 60)],
    ['without its beginning', (text) => text.slice(30)],
    ['as a piece of 16 characters', (text) => text.slice(41, 57)],
    ['as a piece in other case', (text) => text.slice(20, 40).toLowerCase()],
    ['folded', (text) => text.replace(/.{20}/g, '$&\r\n')],
    ['folded in JSON', (text) => JSON.stringify(text.replace(/.{20}/g, '$&\n')).slice(1, -1)],
  ])('%s, also far down in a large text', (_name, spell) => {
    for (const before of ['', far]) {
      const text = `${before}a ${spell(key)} b`;
      expect(hide.text(text)).toBe(`${before}${dots}`);
      expect(Buffer.from(hide.bytes(Buffer.from(text))).toString()).toBe(`${before}${dots}`);
    }
  });

  it.each<[string, (text: string) => string]>([
    ['folded at every fourth character', (text) => text.replace(/.{4}/g, '$& ')],
    ['cut off and escaped', (text) => all(text.slice(0, 40), (character) => `\\u${hex(character, 4)}`)],
    ['cut off in an address', (text) => encodeURIComponent(text.slice(0, 40)).toLowerCase()],
  ])('%s', (_name, spell) => {
    expect(hide.text(`a ${spell(key)} b`)).toBe(dots);
  });

  it('folded in base64', () => {
    // The last character holds two bits of the key, which tell nothing.
    expect(hide.text(`a ${Buffer.from(key).toString('base64').replace(/.{76}/g, '$&\r\n ')} b`)).toMatch(/^a ••••••••.?=? b$/);
  });

  it('in UTF-16, cut off', () => {
    const shown = Buffer.from(hide.bytes(Buffer.from(`a ${key.slice(5, 45)} b`, 'utf16le'))).toString('utf16le');
    expect(shown).toBe(`a ${'*'.repeat(40)} b`);
  });

  it('whatever piece it is, wherever it stands in a large text', () => {
    fc.assert(
      fc.property(fc.nat(50), fc.integer({ min: 16, max: 18 }), fc.nat(12), (from, length, shift) => {
        const before = '.'.repeat(1_000_001 + shift);
        expect(redactor([key]).text(`${before}${key.slice(from, from + length)}!`)).toBe(`${before}••••••••!`);
        expect(redactor(['sub-key-0123']).text(`${before}SUB-KEY-0123!`)).toBe(`${before}••••••••!`);
      }),
      { numRuns: 60 },
    );
  });

  it('a short key in other case, and whole only', () => {
    expect(hide.text('a SUB-KEY-0123 b')).toBe(dots);
    expect(hide.text('a sub-key-012 b')).toBe('a sub-key-012 b');
    expect(redactor(['piece-of-23-characters!']).text('a piece-of-23-characters b')).toBe('a piece-of-23-characters b');
  });

  it('but 15 characters of it, words and rulers are left as they are', () => {
    expect(hide.text(`a ${key.slice(0, 15)} b`)).toBe(`a ${key.slice(0, 15)} b`);
    const words = redactor(['password', 'probability', `${'-'.repeat(40)}Zm9vYmFyZm9v1234`]);
    for (const text of ['Password, PROBABILITY', 'pass word', '-'.repeat(80)]) expect(words.text(text)).toBe(text);
  });
});

describe('what is no key', () => {
  it('is left as it is', () => {
    fc.assert(
      fc.property(base64Key, fc.string({ unit: 'binary' }), (secret, text) => {
        expect(redactor([secret]).text(text)).toBe(text);
      }),
    );
    const near = redactor(['abcdef-123456']);
    for (const text of ['abcdef-12345', 'abcdef%2d12345', 'bcdef-123456', 'abcdef 123456', '\\u0061bcdef-12345', '&#97;bcdef', '%', '\\', '&', '&#', '&#x', '&amp', '\\u', '\\u{', '\\u{61', '%6', '&#x61']) {
      expect(near.text(text)).toBe(text);
    }
  });

  it.each(['\\', '%', '%25', '25', '&', '&amp;', '&#x0', '&#0', '\\u00', '\\u006', '\\u0061', '\\u{0000', 'a\0', 'a', '%61', 'abcdef-12345', '\\u0026amp;', '%5c', 'abcdef-123456-a', 'a b c d e f - ', 'ABCD'])('is passed over in a long text of %j', (piece) => {
    // In time that grows with the length alone; with its square this would take a quarter of an hour and more.
    const text = `${piece.repeat(Math.floor(1_200_000 / piece.length))}%41`;
    expect(redactor(['abcdef-123456-abcdef']).text(text)).toBe(text);
  });
});

it('a header shows that a key was sent, and nothing of it', () => {
  expect(maskedHeader('Bearer abcdef')).toBe('Bearer ••••••••');
  expect(maskedHeader('abcdef')).toBe('••••••••');
});
