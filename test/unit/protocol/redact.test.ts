// Secrets are found in every spelling in which they may come back, and nothing else is touched.

import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { maskedHeader, redactor } from '../../../src/protocol/redact';

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

  it('hides the longer of two secrets that hold each other', () => {
    expect(redactor(['secret-1', 'secret-1-and-more']).text('x secret-1-and-more y')).toBe('x •••••••• y');
  });

  it('does not look for a secret that is too short to be one', () => {
    expect(redactor(['abc']).text('abcdef')).toBe('abcdef');
  });
});

it('a header shows that a key was sent, and nothing of it', () => {
  expect(maskedHeader('Bearer abcdef')).toBe('Bearer ••••••••');
  expect(maskedHeader('abcdef')).toBe('••••••••');
});
