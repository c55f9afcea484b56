// Tells keys from what only stands in their place, and takes keys out of the query of an address.

import { percentDecoded } from '../percent';

/** One `name=value` of a query that was taken out, its name and value decoded. */
export interface TakenSecret {
  readonly name: string;
  readonly value: string;
}

/** A query (without its question mark) parted in what may be stored as readable text and the secrets that may not. */
export interface SplitQuery {
  readonly kept: string;
  readonly taken: readonly TakenSecret[];
}

/** Parts a query, given without its question mark. What stays keeps its order and its spelling. */
export function splitQuery(query: string): SplitQuery {
  const kept: string[] = [];
  const taken: TakenSecret[] = [];
  for (const part of query.split('&')) {
    const equals = part.indexOf('=');
    const name = percentDecoded(equals < 0 ? part : part.slice(0, equals));
    if (equals >= 0 && namesQuerySecret(name)) taken.push({ name, value: percentDecoded(part.slice(equals + 1)) });
    else kept.push(part);
  }
  return { kept: kept.join('&'), taken };
}

/** A name reduced to its letters and digits in lower case, so that `api_key`, `API key` and `apiKey` are one. */
export function plainName(name: string): string {
  return name.toLowerCase().replace(/[^a-z\d]+/g, '');
}

/** Keys that are shorter are found everywhere in what comes back, so that nothing shorter is a key. In characters. */
export const shortestKey = 6;

const fillerWord = new RegExp(`^(?:${[
  '', 'abc', 'abcdef', 'abc123', 'abcd1234', '123(?:4(?:5(?:6(?:7(?:8(?:90?)?)?)?)?)?)?',
  '(?:my|the|some|a)?(?:api|primary|secondary|service|subscription|access|auth)?key(?:here)?', 'secret', 'token', 'apitoken',
  'accesstoken', 'bearer', 'authorization', 'changeme', 'replaceme', 'fixme', 'tbd', 'todo', 'none', 'null', 'nil', 'undefined',
  'empty', 'test', 'example', 'redacted', 'removed', 'hidden', 'masked', 'password', 'placeholder', 'string', 'value', 'header',
  'description',
].join('|')})$`);
const fillerStart = /^(?:your|insert|enter|replace|paste|redacted|hidden|masked)/;
// Without digits only: keys that people choose themselves may begin like this.
const looseStart = /^(?:my|the|some|any|put|add|fill|type|copy|use|dein|ihr|votre|ta|tu|su|change|example|sample|dummy|fake)/;

/** True for a text that stands where a key belongs but is none: a template's filler, a variable's name, an empty text. */
export function isPlaceholder(value: string): boolean {
  const text = value.trim().slice(0, 4096);
  // What begins with a bracket or a sign of a variable is filled in later.
  if (/^[<{[($%@!]/.test(text) || /[{<]\s{0,8}[\w$.:-]{1,80}\s{0,8}[}>]/.test(text)) return true;
  if (/^(?:x+|\*+|\.+|…+|-+|_+|0+|#+|•+)$/i.test(text) || /^[x*.•…_#-]+$/i.test(text)) return true;
  // A part that was made unreadable, a token that a deployment replaces, or a value that is read from elsewhere.
  if (/x{6}|\*{3}|•|\.{3}|…|^__.*__$|^#\{|^(?:process|os)\.env|^(?:secretref|vault|enc|getenv|env)[:(]/i.test(text)) return true;
  const plain = plainName(text);
  if (fillerWord.test(plain) || /(?:here|replaceme|changeme)$/.test(plain)) return true;
  if (fillerStart.test(plain) && /[\s_<-]|key|token/i.test(text)) return true;
  return looseStart.test(plain) && /key|token|secret|schl[uü]e?ssel|cl[ée]|clave|chiave/i.test(text) && !/\d/.test(text);
}

const mediaType = /^(?:application|text|image|audio|video|multipart)\/[\w.+*-]+$/i;
const headerWord =
  /^(?:authorization|content-type|content-length|accept|accept-encoding|user-agent|x-requested-with|origin|cache-control|ocp-apim-[a-z-]+|azureml-model-deployment|apikey|bearer)$/i;

/** True for a text that can be a key: long enough, without blanks, of plain ASCII, and no header's name or type of content. */
export function couldBeKey(value: string): boolean {
  if (headerWord.test(value)) return false;
  return (
    value.length >= shortestKey && /^[\x21-\x7e]+$/.test(value) && !/^[A-Z][a-z]+(?:-[A-Z][a-z]+)+$/.test(value) && !mediaType.test(value)
  );
}

function namesQuerySecret(name: string): boolean {
  const plain = plainName(name);
  // The short ones only where they are the whole name or nearly so: "bypass" and "visas" hold no secret.
  return (
    plain === 'code' ||
    /(?:key|keys?\d+|sig|signature|token|secret|password|passwd|pwd|authorization|jwt|bearer|credentials?)$/.test(plain) ||
    /^(?:x|o|api|user|client|service|basic|http)?(?:auth|pass|sas)$/.test(plain)
  );
}
