// Takes secrets out of what services say of themselves: prose, where more may be masked than in the rows of a table.

import { cleanedJson, type Cleaner } from './jsonClean';
import { mask } from './mask';
import { maskTokens, tokenCleaner, untilStable } from './tokenMask';

/** What a secret is called. */
const keyNames = String.raw`(?:account|storage|access|shared[\s_-]?access|subscription|functions|api|secret|primary|secondary|service)[\s_-]{0,2}key`;
const names = String.raw`(?:sig|signature|${keyNames}|access[\s_-]?token|sas[\s_-]?token|client[\s_-]?secret|secret|password|passwd|pwd|passphrase)`;
/**
 * What stands between a name and its value: a sign, the end of a tag or of a name in quotes, a word, or blanks behind an option of a
 * command line.
 */
const sign = String.raw`\\{0,8}["'\x60]?\s{0,8}(?:=>|->|:=|[:=|>])\s{0,8}`;
const between = String.raw`(?:${sign}|\s{1,8}(?:is|was)\s{1,8}|\s{1,8}(?=["']))\\{0,8}["'\x60]?`;
/** Some letters with some digits: words of prose have none. */
const value = String.raw`(?=[^\s"'<>,;]{0,200}\d)(?=[^\s"'<>,;]{0,200}[a-z])[^\s"'\x60<>,;&\\•]{8,}`;

const rules: readonly RegExp[] = [
  new RegExp(`(${names}${between})${value}`, 'gi'),
  new RegExp(String.raw`(--[a-z-]{0,40}(?:key|token|secret|password)\s{1,8}["']?)${value}`, 'gi'),
  new RegExp(String.raw`(sharedkey(?:lite)?\s{1,8}[\w-]{1,80}:)${value}`, 'gi'),
  new RegExp(String.raw`(bearer\s{1,8})${value}`, 'gi'),
  // A signed token of three parts, also right behind other letters.
  /()eyJ[\w-]{8,2000}\.[\w-]{8,2000}(?:\.[\w-]*)?/g,
];

/** A row of characters of base64 or percent-encoding, or of escapes. */
const run = /[\w+/=%-]{32,}|(?:\\{1,8}u[\da-f]{4}){8,}/gi;
/** Words are longer than this on average, and so are the parts of names; the pieces of a key between its changes of kind are shorter. */
const longestMeanPiece = 3.3;
const shortestKey = 32;
/**
 * What is escaped in an escape in an escape is undone so many times, and what comes of it is looked into so many times over; nobody goes
 * deeper.
 */
const deepest = 4;

/** The text without what is named like a secret, and without what looks like a key by itself. Masking twice changes nothing. */
export function maskWords(text: string): string {
  return cleanedJson(text, cleaner) ?? untilStable(text, (before) => withoutKeys(maskTokens(before)));
}

const cleaner: Cleaner = {
  suspects: () => true,
  clean: (spoken, kind, name) => {
    if (kind === 'number') return spoken;
    if (name !== undefined && withoutKeys(`${name}: ${spoken}`).startsWith(`${name}: ${mask}`)) return mask;
    return untilStable(spoken, (before) => withoutKeys(tokenCleaner.clean(before, kind, name)));
  },
};

function withoutKeys(text: string, depth = 0): string {
  const named = rules.reduce((masked, rule) => masked.replace(rule, (_whole, kept: string) => kept + mask), text);
  return named.replace(run, (found) => (isKey(found, depth) ? mask : found));
}

/** True for what is mixed as nobody mixes letters and digits by hand, and for escapes in which a secret is hidden. */
function isKey(found: string, depth: number): boolean {
  const plain = unescaped(found);
  // What is still escaped behind so many escapes was made to hide something.
  if (plain !== found && (depth >= deepest || withoutKeys(maskTokens(plain), depth + 1) !== plain)) return true;
  if (plain.length < shortestKey || !/\d/.test(plain) || !/[A-Z]/.test(plain) || !/[a-z]/.test(plain)) return false;
  const pieces = plain.match(/[A-Z]?[a-z]+|[A-Z]+|\d+|[^A-Za-z\d]/g) ?? [];
  return plain.length / pieces.length <= longestMeanPiece;
}

function unescaped(text: string): string {
  let plain = text;
  for (let depth = 0; depth < deepest; depth++) {
    const next = plain.replace(/%([\da-f]{2})|\\{1,8}u00([\da-f]{2})/gi, (_whole, percent?: string, unicode?: string) => {
      const code = Number.parseInt(percent ?? unicode ?? '', 16);
      return String.fromCharCode(code);
    });
    if (next === plain) break;
    plain = next;
  }
  return plain;
}
