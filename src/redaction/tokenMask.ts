// Takes access tokens, account keys and passwords out of any text, without knowing them: by the names that stand in front of them.

import { cleanedJson, type Cleaner } from './jsonClean';
import { mask } from './mask';
import { isArray, isObject, tryParse } from '../base/shape';

/** `=` as it is, percent-encoded, or as JSON and XML escape it. */
const equals = String.raw`(?:=|%(?:25){0,3}3d|\\{1,8}u003d|&(?:amp;){0,3}#(?:0{0,4}61|x0{0,4}3d);)`;
/** What stands between a name and its value: an equals sign and perhaps an opening quote, or a quoted name's colon and an opening quote. */
const between = String.raw`(?:\s{0,20}${equals}\s{0,20}(?:\\*["'])?|\\*["']\s{0,20}:\s{0,20}\\*["'])`;
/** Characters of a base64 value or of a percent-encoded one, in JSON's escapes too; ends where the next argument begins. */
const one = String.raw`(?:(?!%(?:25){0,3}(?:26|3b|22|27)|••)(?:\\/|\\{1,8}u00(?:2b|2f|3d)|&#(?:43|47|61|x2b|x2f|x3d);|[^\s"'<>&;,()\\${'`'}]))`;
/** The same, going on over whole arguments. */
const many = String.raw`(?:(?!••)(?:\\/|\\{1,8}u00(?:2[56bf]|3[df])|&(?:amp|#38|#x26);|[^\s"'<>;,()\\${'`'}]))`;
const argumentStart = String.raw`(?<=^|[^a-z\d]|%(?:25){0,3}(?:26|3f|3b)|\\u00(?:26|3f|3b))`;

const rules: readonly RegExp[] = [
  // What is a token as a whole goes first, so that nothing of it is left over for the others.
  new RegExp(String.raw`((?:SharedAccessSignature|SasBlobToken)${between})(?!null\b)${many}+`, 'gi'),
  new RegExp(String.raw`(${argumentStart}sig${between})${one}+`, 'gim'),
  new RegExp(String.raw`((?:AccountKey|SharedAccessKey)${between})${one}+`, 'gi'),
  // A password in a URL's query ends at the next argument; elsewhere it may hold nearly anything up to a semicolon.
  new RegExp(String.raw`([?&](?:password|passwd|pwd)=)(?!••)[^\s"'&<>]+`, 'gi'),
  new RegExp(
    String.raw`((?<![?&])(?:password|passwd|pwd)\s{0,20}=\s{0,20})(?!\s{0,20}••)(?:\\*"[^"\r\n]{1,300}"|'[^'\r\n]{1,300}'|(?:\\[^"]|[^;"\\\r\n]){1,300}(?=;)|(?:\\[^"rn]|[^\s;"\\])+)`,
    'gi',
  ),
  new RegExp(String.raw`((?:password|passwd|pwd)(?:%3d|\\u003d))${one}+`, 'gi'),
  new RegExp(String.raw`((?:password|passwd|pwd)\\*["']\s{0,20}:\s{0,20}\\*["'])(?!••)(?:\\[^"']|[^"'\\\r\n])+`, 'gi'),
  // The header of a call, and a bearer token anywhere: a word of a language behind "bearer" has no digits.
  new RegExp(
    String.raw`(\bauthorization(?:\\*["'])?\s{0,5}[:=]\s{0,5}(?:\\*["'])?(?:bearer|basic|token|apikey|sharedkey(?:lite)?)\s{1,5})${one}+`,
    'gi',
  ),
  new RegExp(String.raw`(\bbearer\s{1,5})(?=[\w.~+/-]{0,100}\d)${one}{16,}`, 'gi'),
  // A signed token of three parts, as JWT has them.
  /()(?<![\w-])eyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?/g,
  // scheme://user:password@host
  new RegExp(String.raw`([a-z][a-z\d+.-]{0,20}:(?:\\?/){2}[^\s/:@"'<>]{0,200}:)(?!••)[^\s/"'<>]{1,300}(?=@)`, 'gi'),
];

/** Most texts hold nothing of the kind; one quick look spares them the rules. Letters may be written as escapes. */
function mayHoldTokens(text: string): boolean {
  return /sig|key|token|password|passwd|pwd|authorization|bearer|eyJ|\\u00[4-7]|:(?:\\?\/){2}[^\s/]{0,500}@/i.test(text);
}

/**
 * The text with the values of access tokens, account keys and passwords replaced by dots, in the spellings of URLs, JSON and XML. JSON
 * stays JSON: of a member that is called like a secret only a string goes that can be one. Masking twice changes nothing.
 */
export function maskTokens(text: string): string {
  return maskedAt(0, text);
}

function maskedAt(depth: number, text: string): string {
  if (!mayHoldTokens(text)) return text;
  return cleanedJson(text, cleanerAt(depth)) ?? byRules(text);
}

/** JSON in strings of JSON is read as such so many times over; the rules know its quotes behind backslashes as well. */
const deepestJson = 4;

function cleanerAt(depth: number): Cleaner {
  return {
    suspects: mayHoldTokens,
    clean: (value, kind, name) => {
      if (kind === 'number') return value;
      return name !== undefined && isSecretMember(name, value) ? maskedMember(value) : withinString(value, depth);
    },
  };
}

/** Cleans JSON of tokens, member by member. */
export const tokenCleaner: Cleaner = cleanerAt(0);

/** A string in JSON may hold JSON in its turn; a bare string does not. */
function withinString(value: string, depth: number): string {
  if (depth < deepestJson && /^\s*[{[]/.test(value)) return maskedAt(depth + 1, value);
  return mayHoldTokens(value) ? byRules(value) : value;
}

function byRules(text: string): string {
  return untilStable(text, (before) => rules.reduce((masked, rule) => masked.replace(rule, hidden), before));
}

/** What stands for a value in a sentence, as in `AccountKey=…`, is none itself. */
const standIn = '…';

function hidden(whole: string, kept: string): string {
  return whole.slice(kept.length) === standIn ? whole : kept + mask;
}

/** What dots have taken the place of may make a name stand before something else: a few times over, nothing changes any more. */
export function untilStable(text: string, change: (text: string) => string): string {
  let before = text;
  for (let pass = 0; pass < 5; pass++) {
    const after = change(before);
    if (after === before) break;
    before = after;
  }
  return before;
}

const passwordName = /^(?:password|passwd|pwd)$/i;
const tokenName = /^(?:SharedAccessSignature|SasBlobToken)$/i;
const keyName = /^(?:sig|signature|AccountKey|SharedAccessKey|(?:x-)?api[-_]?key|ocp-apim-subscription-key|x-functions-key)$/i;
const scheme = /^(?:bearer|basic|token|apikey|sharedkey(?:lite)?)\s+(?=\S)/i;

/** True when a member's value is a secret by its name. Tables have columns that are called like secrets, with numbers and words in them. */
function isSecretMember(name: string, value: string): boolean {
  if (value === mask || value === standIn || value === '' || isPlainValue(value)) return false;
  if (passwordName.test(name) || tokenName.test(name)) return true;
  if (/^authorization$/i.test(name)) return scheme.test(value);
  return keyName.test(name) && isKeyLike(value);
}

/** What a table's cell may be as well: a number of usual length, a word of JSON, an answer to a question. */
function isPlainValue(value: string): boolean {
  return /^(?:null|true|false|nan|yes|no|none|on|off|unknown|n\/a|[+-]?\d{0,7}(?:\.\d*)?(?:e[+-]?\d{1,3})?|[+-]?\d{1,7}\.\d+(?:e[+-]?\d{1,3})?)$/i.test(
    value.trim(),
  );
}

/** A key is as long at least, in UTF-16 units; one of small letters and digits alone is longer. */
const shortestKey = { mixed: 18, ofOneCase: 24, hexadecimal: 32 };
/** Letters and digits of a key change places more often than those of a name or a number of an order. */
const longestMeanPiece = 3.3;

/**
 * One word of letters and digits that are mixed as nobody mixes them by hand: no date, no time, and no words and numbers with dashes
 * between them.
 */
function isKeyLike(value: string): boolean {
  const { length } = value;
  if (!/^[\w+/=%.~-]+$/.test(value) || !/\d/.test(value) || !/[a-z]/i.test(value)) return false;
  if (/^[\da-f]+$/i.test(value)) return length >= shortestKey.hexadecimal;
  if (value.split(/[-_.]/).every((part) => /^(?:\d*|[A-Z]?[a-z]*|[A-Z]*|[\da-f]*|[\dA-F]*)$/.test(part))) return false;
  if (/[a-z]/.test(value) && /[A-Z]/.test(value) ? length < shortestKey.mixed : length < shortestKey.ofOneCase || /[-_.]/.test(value))
    return false;
  const pieces = value.match(/[A-Z]?[a-z]+|[A-Z]+|\d+|[^A-Za-z\d]/g) ?? [];
  return length / pieces.length <= longestMeanPiece;
}

function maskedMember(value: string): string {
  const [kept = ''] = scheme.exec(value) ?? [];
  return kept + mask;
}

const secretWord =
  /^(?:keys|apikeys|pass|passwd|passphrase|pwd|sas|credentials?|o?auth|authorization|bearer|signature|sig|connectionstrings?|connstr|conn|\w*(?:key|(?:secret|token|password)s?))$/;

/** True when a global parameter's name or value is such that the value must not be shown or kept. */
export function looksSecret(name: string, value: string): boolean {
  const words = name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/\d+/g, ' ')
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word !== '');
  const pairs = words.map((word, index) => word + (words[index + 1] ?? ''));
  if (
    [...words, ...pairs].some((word) => secretWord.test(word)) ||
    /password|passwd|secret|connectionstring|apikey|accountkey|authorization/.test(words.join(''))
  )
    return true;
  const text = value.trim();
  if (maskTokens(text) !== text) return true;
  if (/^eyJ[\w-]+\.[\w-]+\./.test(text) || /^(?:bearer|basic)\s+\S/i.test(text)) return true;
  // Base64 of a key; a long path has slashes too, but no mixture of cases and digits.
  return (
    /^[\w+/-]{40,}={0,2}$/.test(text) &&
    (text.endsWith('=') || /^[\da-f]+$/i.test(text) || (/[a-z]/.test(text) && /[A-Z]/.test(text) && /\d/.test(text)))
  );
}

/**
 * Of global parameters, a JSON value, the values that must not be shown or kept should the other side send them back, and what they are
 * made of; at any depth.
 */
export function secretValues(parameters: unknown): string[] {
  // Nobody nests so deep: what is in there is hidden as it is, for what takes levels in turn has no end of room for them.
  if (isDeep(parameters)) return leavesOf(parameters);
  return isArray(parameters)
    ? parameters.flatMap((each) => secretsUnder('', each))
    : isObject(parameters)
      ? Object.entries(parameters).flatMap(([name, value]) => secretsUnder(name, value))
      : [];
}

function secretsUnder(name: string, value: unknown): string[] {
  if (typeof value !== 'object' || value === null) {
    const text = String(value);
    return looksSecret(name, text) ? [text, ...hiddenIn(text)] : [];
  }
  const text = JSON.stringify(value);
  if (looksSecret(name, text)) return [text, ...leavesOf(value), ...hiddenIn(text)];
  return isArray(value) ? value.flatMap((each) => secretsUnder(name, each)) : secretValues(value);
}

/** Objects and arrays in each other are taken one by one so many levels deep. */
const deepestValue = 64;

function isDeep(value: unknown): boolean {
  let level: readonly unknown[] = [value];
  for (let depth = 0; depth <= deepestValue; depth++) {
    level = level.flatMap(childrenOf);
    if (level.length === 0) return false;
  }
  return true;
}

function childrenOf(value: unknown): readonly unknown[] {
  return isArray(value) ? value : isObject(value) ? Object.values(value) : [];
}

/** All texts and numbers in a value: the other side may name one of them alone. */
function leavesOf(value: unknown): string[] {
  const leaves: string[] = [];
  for (let level: readonly unknown[] = [value]; level.length > 0; level = level.flatMap(childrenOf)) {
    for (const each of level) if (typeof each === 'string' || typeof each === 'number') leaves.push(String(each));
  }
  return leaves;
}

/** What masking takes out of a text, as the password out of a connection string. */
function hiddenIn(text: string): string[] {
  if (/^\s*[{[]/.test(text)) return secretValues(tryParse(text));
  const [first = '', ...rest] = maskTokens(text).split(mask);
  const found: string[] = [];
  let at = first.length;
  for (const kept of rest) {
    const end = kept === '' ? text.length : text.indexOf(kept, at);
    if (end < at) break;
    found.push(text.slice(at, end));
    at = end + kept.length;
  }
  return found;
}
