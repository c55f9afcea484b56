// A policy's text as a page may show it: what looks like a key in it is masked, since people write keys into policies by hand.

import { mask, maskWords } from '../../../redaction';

/** Long runs of the characters of keys; addresses and names of elements are broken by dots and colons, or have no digit. */
const run = /[A-Za-z\d+/_=-]{20,}/g;

/** The text with what looks like a key masked. Named values (`{{name}}`) are no keys. */
export function maskedText(text: string): string {
  return maskWords(text).replace(run, (found, at: number, whole: string) => {
    const isName = whole.slice(0, at).trimEnd().endsWith('{{');
    return !isName && /\d/.test(found) && /[A-Za-z]/.test(found) ? mask : found;
  });
}
