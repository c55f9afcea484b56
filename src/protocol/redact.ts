// Takes secrets out of what a person, a log or a page gets to see, in every spelling in which a service may echo them.

import { SecretFinder } from './secretFinder';

const mask = '••••••••';

/** Shorter texts are not looked for: they would be found everywhere, and no key is that short. */
const shortestSecret = 6;

/** Replaces secrets in texts and bytes. */
export interface Redactor {
  /** The text with each secret replaced by dots. */
  text(value: string): string;
  /** The same for bytes in UTF-8 or another encoding that has ASCII in it; gives back the very same array when it holds no secret. */
  bytes(value: Uint8Array): Uint8Array;
}

/** Makes a redactor for these secrets; undefined ones are passed over. */
export function redactor(secrets: readonly (string | undefined)[]): Redactor {
  const finder = new SecretFinder(secrets.flatMap((secret) => (secret !== undefined && secret.length >= shortestSecret ? [secret] : [])));
  return {
    text: (value) => masked(value, finder, mask),
    bytes(value) {
      // latin1 maps each byte to one character and back, so that bytes that are no UTF-8 stay as they are.
      const text = Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('latin1');
      const without = masked(text, finder, Buffer.from(mask, 'utf8').toString('latin1'));
      return without === text ? value : Buffer.from(without, 'latin1');
    },
  };
}

function masked(text: string, finder: SecretFinder, dots: string): string {
  const places = finder.find(text);
  if (places.length === 0) return text;
  const parts: string[] = [];
  let last = 0;
  for (const { start, end } of places) {
    const found = text.slice(start, end);
    // Among units of UTF-16 the length has to stay, or all that follows is read askew.
    parts.push(text.slice(last, start), found.includes('\0') ? found.replace(/[^\0]/g, '*') : dots);
    last = end;
  }
  return parts.join('') + text.slice(last);
}

/** What a secret header looks like to a person: that it is there, and nothing of its value. */
export function maskedHeader(value: string): string {
  return /^bearer\s/i.test(value) ? `Bearer ${mask}` : mask;
}
