// Takes secrets out of what a person, a log or a page gets to see, in every spelling in which a service may echo them.

import { mask } from './mask';
import { inBase64, SecretFinder, type Spot } from './secretFinder';
import { PieceFinder } from './secretPieces';

/** Shorter texts are not looked for: they would be found everywhere, and no key is that short. */
const shortestSecret = 6;

/** Replaces secrets in texts and bytes: whole ones in every spelling, and what is left of one that was cut off, folded or written in other case. */
export interface Redactor {
  /** The text with each secret replaced by dots. */
  text(value: string): string;
  /** The same for bytes in UTF-8 or another encoding that has ASCII in it; gives back the very same array when it holds no secret. */
  bytes(value: Uint8Array): Uint8Array;
}

/** Makes a redactor for these secrets; undefined ones are passed over. */
export function redactor(secrets: readonly (string | undefined)[]): Redactor {
  const known = secrets.flatMap((secret) => (secret !== undefined && secret.length >= shortestSecret ? [secret] : []));
  const whole = new SecretFinder(known);
  const pieces = new PieceFinder(known.map((secret) => [secret, ...[0, 1, 2].map((shift) => inBase64(secret, shift))]));
  const find = (text: string): Spot[] => united(whole.find(text), pieces.find(text));
  return {
    text: (value) => masked(value, find(value), mask),
    bytes(value) {
      // latin1 maps each byte to one character and back, so that bytes that are no UTF-8 stay as they are.
      const text = Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('latin1');
      const without = masked(text, find(text), Buffer.from(mask, 'utf8').toString('latin1'));
      return without === text ? value : Buffer.from(without, 'latin1');
    },
  };
}

/** The places of both in order, those that overlap made one. */
function united(some: readonly Spot[], others: readonly Spot[]): Spot[] {
  const spots: Spot[] = [];
  for (const spot of [...some, ...others].sort((one, other) => one.start - other.start)) {
    const last = spots.at(-1);
    if (last && spot.start < last.end) spots[spots.length - 1] = { start: last.start, end: Math.max(last.end, spot.end) };
    else spots.push(spot);
  }
  return spots;
}

function masked(text: string, places: readonly Spot[], dots: string): string {
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
