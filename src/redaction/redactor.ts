// Takes secrets out of what a person, a log or a page gets to see, in every spelling in which a service may echo them.

import { cleanedJson, type Cleaner } from './jsonClean';
import { mask } from './mask';
import { inBase64, SecretFinder, type Spot } from './exactSearch';
import { PieceFinder } from './fuzzySearch';
import { ShortSecrets } from './shortSecrets';
import { withoutUnseen } from './unseen';

/** Shorter texts are not looked for: they would be found everywhere, and no key is that short. */
const shortestSecret = 6;
/** Shorter secrets are hidden only where one is all that stands in a place: they may be a part of any word or number. */
export const shortestWithin = 8;

/** Rare spellings are looked for of so many secrets, and of none that is longer, in UTF-16 units. */
const mostRare = 20;
const longestRare = 1024;

/**
 * Replaces secrets in texts and bytes: whole ones in every spelling, and what is left of one that was cut off, folded or written in other
 * case. JSON stays JSON.
 */
export interface Redactor {
  /** The text with each secret replaced by dots. */
  text(value: string): string;
  /** The same for bytes in UTF-8 or another encoding that has ASCII in it; gives back the very same array when it holds no secret. */
  bytes(value: Uint8Array): Uint8Array;
  /** How the strings of a JSON text are cleaned, for those who walk through one themselves. */
  readonly cleaner: Cleaner;
}

/** Makes a redactor for these secrets; undefined ones are passed over. */
export function redactor(secrets: readonly (string | undefined)[]): Redactor {
  const known = [...new Set(secrets)].filter((secret) => secret !== undefined).filter((secret) => secret.length >= shortestSecret);
  const short = new ShortSecrets(known.filter((secret) => secret.length < shortestWithin));
  const within = known.filter((secret) => secret.length >= shortestWithin);
  const rare = within.slice(0, mostRare).filter((secret) => secret.length <= longestRare);
  const whole = new SecretFinder(within, rare.flatMap(rareFormsOf));
  const pieces = new PieceFinder(within.map(formsOf));
  const findIn = (text: string): Spot[] => united(whole.find(text), pieces.find(text));
  const find = (text: string): Spot[] => united(findIn(text), withoutUnseen(text, findIn));
  const longHidden = (text: string, dots: string): string => masked(text, find(text), dots);
  const cleanerWith = (dots: string): Cleaner => ({
    suspects: (written) => short.mayBeIn(written) || find(written).length > 0,
    clean: (value, kind) =>
      kind === 'string' && short.is(value) ? dots : longHidden(kind === 'string' ? short.inPlaces(value, dots) : value, dots),
  });
  const hide = (text: string, cleaner: Cleaner, dots: string): string => {
    const spots = find(text);
    if (spots.length === 0 && !short.mayBeIn(text)) return text;
    let next = 0;
    const suspects = (written: string, at: number): boolean => {
      while ((spots[next]?.end ?? Infinity) <= at) next += 1;
      return (spots[next]?.start ?? Infinity) < at + written.length || short.mayBeIn(written);
    };
    return cleanedJson(text, { ...cleaner, suspects }) ?? (short.is(text) ? dots : longHidden(short.inPlaces(text, dots), dots));
  };
  const cleaner = cleanerWith(mask);
  const byteDots = Buffer.from(mask, 'utf8').toString('latin1');
  const byteCleaner = cleanerWith(byteDots);
  return {
    cleaner,
    text: (value) => hide(value, cleaner, mask),
    bytes(value) {
      // latin1 maps each byte to one character and back, so that bytes that are no UTF-8 stay as they are.
      const text = Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('latin1');
      const without = hide(text, byteCleaner, byteDots);
      return without === text ? value : Buffer.from(without, 'latin1');
    },
  };
}

/** A secret and what stands for it elsewhere, of which pieces are looked for as well. */
function formsOf(secret: string): string[] {
  const utf16 = Buffer.from(secret, 'utf16le').toString('latin1');
  const inBase64s = (text: string): string[] => shifts.map((shift) => inBase64(text, shift));
  return [secret, ...inBase64s(secret), ...inBase64s(utf16), Buffer.from(secret, 'utf8').toString('hex')];
}

/**
 * What stands for a secret seldom, and is looked for as a whole: bytes as digits, the other order of UTF-16, and what mails make of signs.
 */
function rareFormsOf(secret: string): string[] {
  const pairs = [...Buffer.from(secret, 'utf8').toString('hex').matchAll(/../g)].map(([pair]) => pair);
  const digits = [pairs.join(':'), pairs.join('-'), pairs.join('00') + '00', '00' + pairs.join('00')];
  const turned = Buffer.from(secret, 'utf16le').swap16().toString('latin1');
  const inMails = (sign: string): string => `=${sign.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
  return [
    ...digits, ...digits.map((each) => each.toUpperCase()), ...shifts.map((shift) => inBase64(turned, shift)),
    ...[/[^A-Za-z\d]/g, /=/g].map((signs) => secret.replace(signs, inMails)),
  ].filter((form) => form !== secret && form.length >= shortestWithin);
}

const shifts = [0, 1, 2];

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
