// Takes access tokens, account keys and passwords out of any text, without knowing them: by the names that stand in front of them.

import { mask } from './mask';
import { isArray, isObject } from './shape';

/** `=` as it is, percent-encoded once or twice, or as JSON and XML escape it. */
const equals = String.raw`(?:=|%(?:25)?3d|\\u003d|&#(?:61|x3d);)`;
/** What stands between a name and its value: an equals sign, or a quoted name's colon; then perhaps an opening quote. */
const between = String.raw`(?:\s*${equals}\s*|\\*["']\s*:\s*)(?:\\*["'])?`;
/** Characters of a base64 value or of a percent-encoded one, in JSON's escapes too; ends where the next argument begins. */
const one = String.raw`(?:(?!%(?:25)?(?:26|3b|22|27)|••)(?:\\/|\\u00(?:2b|2f|3d)|&#(?:43|47|61|x2b|x2f|x3d);|[^\s"'<>&;,()\\${'`'}]))`;
/** The same, going on over whole arguments. */
const many = String.raw`(?:(?!••)(?:\\/|\\u00(?:2[56bf]|3[df])|&(?:amp|#38|#x26);|[^\s"'<>;,()\\${'`'}]))`;
const argumentStart = String.raw`(?<=^|[^a-z\d]|%(?:25)?(?:26|3f|3b)|\\u00(?:26|3f|3b))`;

const rules: readonly RegExp[] = [
  // What is a token as a whole goes first, so that nothing of it is left over for the others.
  new RegExp(String.raw`((?:SharedAccessSignature|SasBlobToken)${between})(?!null\b)${many}+`, 'gi'),
  new RegExp(String.raw`(${argumentStart}sig${between})${one}+`, 'gim'),
  new RegExp(String.raw`((?:AccountKey|SharedAccessKey)${between})${one}+`, 'gi'),
  // A password in a URL's query ends at the next argument; elsewhere it may hold nearly anything up to a semicolon.
  new RegExp(String.raw`([?&](?:password|passwd|pwd)=)[^\s"'&<>]+`, 'gi'),
  new RegExp(String.raw`((?<![?&])(?:password|passwd|pwd)\s*=\s*)(?:\\*"[^"\r\n]{1,300}"|'[^'\r\n]{1,300}'|(?:\\[^"]|[^;"\\\r\n]){1,300}(?=;)|(?:\\[^"rn]|[^\s;"\\])+)`, 'gi'),
  new RegExp(String.raw`((?:password|passwd|pwd)(?:%3d|\\u003d))${one}+`, 'gi'),
  new RegExp(String.raw`((?:password|passwd|pwd)\\*["']\s*:\s*\\*["'])(?:\\[^"']|[^"'\\\r\n])+`, 'gi'),
  // The header of a call, and a bearer token anywhere: a word of a language behind "bearer" has no digits.
  new RegExp(String.raw`(\bauthorization(?:\\*["'])?\s{0,5}[:=]\s{0,5}(?:\\*["'])?(?:bearer|basic|token|apikey|sharedkey(?:lite)?)\s{1,5})${one}+`, 'gi'),
  new RegExp(String.raw`(\bbearer\s{1,5})(?=[\w.~+/-]{0,100}\d)${one}{16,}`, 'gi'),
  // scheme://user:password@host
  new RegExp(String.raw`([a-z][a-z\d+.-]{0,20}:(?:\\?/){2}[^\s/:@"'<>]{0,200}:)[^\s/"'<>]{1,300}(?=@)`, 'gi'),
];

/** The text with the values of access tokens, account keys and passwords replaced by dots, in the spellings of URLs, JSON and XML. Masking twice changes nothing. */
export function maskTokens(text: string): string {
  // Most texts hold nothing of the kind; one quick look spares them the rules.
  if (!/sig|key|token|password|passwd|pwd|authorization|bearer|:(?:\\?\/){2}[^\s/]*@/i.test(text)) return text;
  return rules.reduce((masked, rule) => masked.replace(rule, (_whole, kept: string) => kept + mask), text);
}

const secretWord = /^(?:keys|apikeys|pass|passwd|passphrase|pwd|sas|credentials?|o?auth|authorization|bearer|signature|sig|connectionstrings?|connstr|conn|\w*(?:key|(?:secret|token|password)s?))$/;

/** True when a global parameter's name or value is such that the value must not be shown or kept. */
export function looksSecret(name: string, value: string): boolean {
  const words = name.replace(/([a-z\d])([A-Z])/g, '$1 $2').replace(/\d+/g, ' ').toLowerCase().split(/[^a-z]+/).filter((word) => word !== '');
  const pairs = words.map((word, index) => word + (words[index + 1] ?? ''));
  if ([...words, ...pairs].some((word) => secretWord.test(word)) || /password|passwd|secret|connectionstring|apikey|accountkey|authorization/.test(words.join(''))) return true;
  const text = value.trim();
  if (maskTokens(text) !== text) return true;
  if (/^eyJ[\w-]+\.[\w-]+\./.test(text) || /^(?:bearer|basic)\s+\S/i.test(text)) return true;
  // Base64 of a key; a long path has slashes too, but no mixture of cases and digits.
  return /^[\w+/-]{40,}={0,2}$/.test(text) && (text.endsWith('=') || /^[\da-f]+$/i.test(text) || (/[a-z]/.test(text) && /[A-Z]/.test(text) && /\d/.test(text)));
}

/** Of global parameters, a JSON value, the values that must not be shown or kept should the other side send them back, and what they are made of; at any depth. */
export function secretValues(parameters: unknown): string[] {
  return isArray(parameters) ? parameters.flatMap((each) => secretsUnder('', each)) : isObject(parameters) ? Object.entries(parameters).flatMap(([name, value]) => secretsUnder(name, value)) : [];
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

/** All texts and numbers in a value: the other side may name one of them alone. */
function leavesOf(value: unknown): string[] {
  if (isArray(value)) return value.flatMap(leavesOf);
  if (isObject(value)) return Object.values(value).flatMap(leavesOf);
  return typeof value === 'string' || typeof value === 'number' ? [String(value)] : [];
}

/** What masking takes out of a text, as the password out of a connection string. */
function hiddenIn(text: string): string[] {
  const [first = '', ...rest] = maskTokens(text).split(mask);
  let at = first.length;
  return rest.map((kept) => {
    const end = kept === '' ? text.length : text.indexOf(kept, at);
    const hidden = text.slice(at, end);
    at = end + kept.length;
    return hidden;
  });
}
