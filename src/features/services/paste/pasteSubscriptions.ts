// Finds the subscription keys of gateways in a pasted text: in headers, settings and the queries of addresses.

import { couldBeKey, isPlaceholder, plainName, type TakenSecret } from '../../../base/pasted/pasteSecrets';
import { isCommented, type Pair } from '../../../base/pasted/pasteText';
import type { CodeValues } from '../../../base/pasted/pasteValues';

/** A subscription key with its name in the text, and with the header that carries it where the text names one. */
export interface Subscription {
  readonly name: string;
  readonly value: string;
  readonly header?: string;
  readonly comment: boolean;
}

/** All subscription keys of a text. */
export interface Subscriptions {
  readonly named: readonly Subscription[];
  /** Those that stood in the queries of the service's own addresses. */
  readonly queried: readonly Subscription[];
  /** True when something else stands where such a key belongs. */
  readonly placeholder: boolean;
}

const longestKey = 2048;
const headerLine = /(?<![\w-])([\w-]{0,60}subscription[\w-]{0,60})["']?\s{0,8}:\s{0,8}["']?([^\s"'`,;]{1,2048})([^"'`\n]{0,60})/gi;

/** Reads them from names and values, from texts of code that are a header, and from lines of headers. */
export function subscriptionsIn(text: string, code: CodeValues, pairs: readonly Pair[], fromQuery: readonly TakenSecret[]): Subscriptions {
  const all = pairs.flatMap((pair) => named(pair.name, pair.value.trim(), pair.comment));
  for (const { value, at } of code.texts) {
    const header = /^([\w-]{1,80})\s{0,4}:\s{0,4}(\S.{0,2048})$/s.exec(value);
    if (header !== null) all.push(...named(header[1] ?? '', header[2] ?? '', isCommented(text, at)));
  }
  for (const match of text.matchAll(headerLine)) {
    const [, name = '', word = '', rest = ''] = match;
    const whole = `${word}${rest}`.trim();
    all.push(...named(name, /^[ \t]+\S/.test(rest) && isPlaceholder(whole) ? whole : word, isCommented(text, match.index)));
  }
  const keys = all.filter((one) => isKey(one.value));
  return { named: keys, queried: queryKeys(fromQuery), placeholder: all.length > keys.length };
}

function isKey(value: string): boolean {
  return couldBeKey(value) && !isPlaceholder(value) && !value.includes('://');
}

function queryKeys(fromQuery: readonly TakenSecret[]): Subscription[] {
  const given = fromQuery.flatMap(({ name, value }) => named(name, value, false)).filter((one) => isKey(one.value));
  // Azure Functions take their key as "code" in the query, and in this header as well.
  const codes = fromQuery.filter(({ name, value }) => plainName(name) === 'code' && isKey(value));
  return [...given, ...codes.map(({ name, value }) => ({ name, value, header: 'x-functions-key', comment: false }))];
}

/** The pair as a subscription key, when its name says so; its value may be a placeholder. */
function named(name: string, value: string, comment: boolean): Subscription[] {
  const plain = plainName(name);
  // Words around a name, as in "(primary)", are not part of a header.
  const isHeader = name.includes('-') && plain !== 'subscriptionkey' && /^[\w!#$%&'*+.^`|~-]+$/.test(name);
  if (!plain.includes('subscription') || !(plain.includes('key') || isHeader) || /(?:id|name)$/.test(plain)) return [];
  if (value === '' || value.length > longestKey || (/\s|:\/\//.test(value) && !isPlaceholder(value))) return [];
  return [isHeader ? { name, value, header: name, comment } : { name, value, comment }];
}
