// Cleaning a long text slice by slice gives what cleaning it at once gives, wherever a secret stands.

import { describe, expect, it } from 'vitest';
import { maskTokens } from '../../../src/redaction/tokenMask';
import { redactor } from '../../../src/redaction/redactor';
import { cleanedInSlices } from '../../../src/redaction/slicedMask';

const key = 'kE7+zQ9/abcDEF0123456789+/QmFzZTY0LW9mLWEta2V5LXRoYXQtaXMtbG9uZw==';
const guard = redactor([key]);
const clean = (text: string): string => maskTokens(guard.text(text));
const filler = '["0.123456789","a word, ü"],'.repeat(15_000);
const slice = 128 * 1024;

describe('a long text', () => {
  it.each([
    ['a key', key], ['a token', '&sig=Zm9vYmFyYmF6cXV4&'], ['a header', 'Authorization: Bearer abcdef0123456789'], ['a connection string', 'Server=s;Password=a b c d;Timeout=9'], ['many', `${key} &sig=abc `.repeat(2000)],
    ['one that is longer than the overlap of slices', `"SasBlobToken":"${'ab1'.repeat(20_000)}"`], ['no secret', 'SasBlobToken":null'],
  ])('is cleaned as if at once: %s', async (_what, secret) => {
    for (const at of [0, slice - 4100, slice - 1025, slice - 10, slice - 1, slice, slice + 8180, slice + 8192, 2 * slice, filler.length]) {
      const text = `${filler.slice(0, at)} ${secret} ${filler.slice(at)}`;
      let longest = 0;
      let pauses = 0;
      const cleaned = await cleanedInSlices(text, (part) => {
        longest = Math.max(longest, part.length);
        return clean(part);
      }, () => Promise.resolve(void (pauses += 1)));
      expect(cleaned === clean(text)).toBe(true);
      expect(longest).toBeLessThan(text.length);
      expect(pauses).toBeGreaterThan(2);
    }
  });

  it('may be short, or empty', async () => {
    const now = (): Promise<void> => Promise.resolve();
    expect(await cleanedInSlices('', clean, now)).toBe('');
    expect(await cleanedInSlices(`a ${key}`, clean, now)).toBe('a ••••••••');
  });
});
