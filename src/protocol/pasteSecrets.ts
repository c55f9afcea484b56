// Tells keys from what only stands in their place, and takes keys out of the query of an address.

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
    const name = decoded(equals < 0 ? part : part.slice(0, equals));
    if (equals >= 0 && namesQuerySecret(name)) taken.push({ name, value: decoded(part.slice(equals + 1)) });
    else kept.push(part);
  }
  return { kept: kept.join('&'), taken };
}

/** A name reduced to its letters and digits in lower case, so that `api_key`, `API key` and `apiKey` are one. */
export function plainName(name: string): string {
  return name.toLowerCase().replace(/[^a-z\d]+/g, '');
}

/** True for a text that stands where a key belongs but is none: a template's filler, a variable's name, an empty text. */
export function isPlaceholder(value: string): boolean {
  const text = value.trim();
  if (/^[<{[(].*[>}\])]$/s.test(text) || /^[$%@]/.test(text) || /[{<]\s*[\w$.:-]+\s*[}>]/.test(text)) return true;
  if (/^(?:x+|\*+|\.+|…+|-+|_+|0+|#+|•+)$/i.test(text)) return true;
  const plain = plainName(text);
  if (/^(?:|abc123|key|apikey|mykey|myapikey|servicekey|secret|token|changeme|todo|none|null|undefined|test|example|redacted)$/.test(plain)) return true;
  return /^(?:your|insert|enter|replace|paste|redacted)/.test(plain) && /[\s_<-]|key|token/i.test(text);
}

function namesQuerySecret(name: string): boolean {
  const plain = plainName(name);
  // The short ones only where they are the whole name or nearly so: "bypass" and "visas" hold no secret.
  return plain === 'code' || /(?:key|keys?\d+|sig|signature|token|secret|password|passwd|pwd|authorization|jwt|bearer|credentials?)$/.test(plain) || /^(?:x|o|api|user|client|service|basic|http)?(?:auth|pass|sas)$/.test(plain);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', '%2B'));
  } catch {
    return text;
  }
}
