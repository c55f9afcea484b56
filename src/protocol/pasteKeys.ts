// Finds the service's key and the gateway's subscription key in a pasted text.

import { defaultSubscriptionKeyHeader } from '../model/service';
import { withoutEnd } from './ends';
import type { KeyValues } from './pasteOwners';
import { isPlaceholder, plainName, type TakenSecret } from './pasteSecrets';
import { isCommented, type Pair } from './pasteText';
import type { CodeValues } from './pasteValues';

/** The keys that a text holds. `placeholder` is true when something else stands where the service's key belongs. */
export interface FoundKeys {
  readonly serviceKey?: string;
  readonly subscriptionKey?: string;
  /** The header that carries the subscription key, when it is not the default one. */
  readonly subscriptionKeyHeader?: string;
  readonly placeholder: boolean;
  /** True when a key was left out, because it may be that of another service. */
  readonly unclear: boolean;
}

interface Found {
  readonly value: string;
  /** How surely it is the service's key: 4 an Authorization header, 3 a name that says so, 2 the shape of a key, 1 a name that may mean it. */
  readonly sureness: number;
  readonly comment: boolean;
}

const longestKey = 2048;
const bearer = /\bbearer\s{1,8}([^\s"'`,;)\]\\]{1,2048})/gi;
const bare = /authorization["']?\s{0,8}[:=]\s{0,8}["']?([A-Za-z\d+/]{40,120}={0,2})(?![\w+/=])/gi;
const shaped = /(?<![\w+/=-])[A-Za-z\d+/]{86}==(?![\w+/=])/g;
const headerLine = /(?<![\w-])([\w-]{0,60}subscription[\w-]{0,60})["']?\s{0,8}:\s{0,8}["']?([^\s"'`,;]{1,2048})/gi;
const surely = /(?:apikey|servicekey|primarykey|accesskey|azuremlkey|amlkey|scoringkey|endpointkey|authkey|apitoken|bearertoken)$/;
const another = /storage|account|blob|sas|connection|database|cosmos|public|partition|instrumentation|workspace|authorizationtoken|subscription|cert|ssh/;

/**
 * Reads the keys of a plain text. `fromQuery` are those that were taken out of the service's own addresses. `ownOf` is given when the
 * text names other services too: of all keys of the text it tells those that are the service's own.
 */
export function findKeys(text: string, code: CodeValues, pairs: readonly Pair[], fromQuery: readonly TakenSecret[], ownOf?: (keys: KeyValues) => KeyValues): FoundKeys {
  const subscriptions = allSubscriptionKeys(text, code, pairs);
  const found = [...fromHeaders(text, code, pairs), ...fromNames(pairs), ...fromShape(text, pairs)].filter((one) => one.value.length <= longestKey);
  const values = (list: readonly { readonly value: string }[]): Set<string> => new Set(list.map((one) => one.value));
  const gateway = values(subscriptions);
  const possible = found.filter((one) => !isPlaceholder(one.value) && !(ownOf !== undefined && gateway.has(one.value)));
  const own = ownOf?.({ service: values(possible), subscription: gateway });
  const subscription = bestSubscriptionKey([...subscriptions.filter((one) => own?.subscription.has(one.value) ?? true), ...queryKeys(fromQuery)]);
  const real = possible.filter((one) => one.value !== subscription?.value && (own?.service.has(one.value) ?? true));
  const best = real.toSorted((one, two) => Number(one.comment) - Number(two.comment) || two.sureness - one.sureness)[0];
  const header = subscription?.header;
  const unclear = own !== undefined && ((best === undefined && possible.length > 0) || (subscription === undefined && subscriptions.length > 0));
  return {
    ...(best === undefined ? {} : { serviceKey: best.value }),
    ...(subscription === undefined ? {} : { subscriptionKey: subscription.value }),
    ...(header === undefined || header.toLowerCase() === defaultSubscriptionKeyHeader.toLowerCase() ? {} : { subscriptionKeyHeader: header }),
    placeholder: !unclear && best === undefined && found.some((one) => one.sureness >= 3 && isPlaceholder(one.value)),
    unclear,
  };
}

function fromHeaders(text: string, code: CodeValues, pairs: readonly Pair[]): Found[] {
  const found: Found[] = [];
  for (const { value, at } of code.texts) {
    const key = /^\s{0,4}(?:authorization\s{0,4}[:=]\s{0,4})?bearer\s{1,8}(\S.*)$/is.exec(value)?.[1];
    if (key !== undefined) found.push({ value: key.trim(), sureness: 4, comment: isCommented(text, at) });
  }
  for (const pair of pairs) {
    if (!/(?:^|[^a-z])(?:authorization|bearer)$/i.test(pair.name)) continue;
    const value = pair.value.replace(/^\s*bearer\s+/i, '').trim();
    if (!/\s/.test(value) && value.toLowerCase() !== 'bearer') found.push({ value, sureness: 4, comment: pair.comment });
  }
  for (const pattern of [bearer, bare]) {
    for (const match of text.matchAll(pattern)) {
      const value = match[1] ?? '';
      const certain = isPlaceholder(value) || value.length >= 20 || /authorization["']?\s{0,8}[:=,]?\s{0,8}["'(]{0,3}$/i.test(text.slice(Math.max(0, match.index - 40), match.index));
      if (certain && !/^[+&.%{]/.test(value)) found.push({ value: withoutEnd(value, '.>'), sureness: 4, comment: isCommented(text, match.index) });
    }
  }
  return found;
}

function fromNames(pairs: readonly Pair[]): Found[] {
  return pairs.flatMap((pair) => {
    const name = plainName(pair.name);
    const value = pair.value.trim();
    if (another.test(name) || /\s|:\/\//.test(value) || (!pair.quoted && (value.length < 8 || /[()]/.test(value)) && !isPlaceholder(value))) return [];
    if (surely.test(name) && !name.includes('secondary')) return [{ value, sureness: 3, comment: pair.comment }];
    return /(?:^key|[a-z]key|token)$/.test(name) && value.length >= 16 && !isPlaceholder(value) ? [{ value, sureness: 1, comment: pair.comment }] : [];
  });
}

function fromShape(text: string, pairs: readonly Pair[]): Found[] {
  const taken = new Set(pairs.filter((pair) => another.test(plainName(pair.name))).map((pair) => pair.value));
  return [...text.matchAll(shaped)].flatMap((match) => {
    const before = text.slice(Math.max(0, match.index - 60), match.index);
    const line = before.slice(before.lastIndexOf('\n') + 1);
    return another.test(line.toLowerCase()) || taken.has(match[0]) || /secondary/i.test(line) ? [] : [{ value: match[0], sureness: 2, comment: isCommented(text, match.index) }];
  });
}

interface Subscription {
  readonly value: string;
  readonly header?: string;
  readonly comment: boolean;
}

function allSubscriptionKeys(text: string, code: CodeValues, pairs: readonly Pair[]): Subscription[] {
  const found = pairs.flatMap((pair) => subscriptionKey(pair.name, pair.value.trim(), pair.comment));
  for (const { value, at } of code.texts) {
    const header = /^([\w-]{1,80})\s{0,4}:\s{0,4}(\S+)$/.exec(value);
    if (header !== null) found.push(...subscriptionKey(header[1] ?? '', header[2] ?? '', isCommented(text, at)));
  }
  for (const match of text.matchAll(headerLine)) found.push(...subscriptionKey(match[1] ?? '', match[2] ?? '', isCommented(text, match.index)));
  return found;
}

function queryKeys(fromQuery: readonly TakenSecret[]): Subscription[] {
  const named = fromQuery.flatMap(({ name, value }) => subscriptionKey(name, value, false));
  // Azure Functions take their key as "code" in the query, and in this header as well.
  const codes = fromQuery.filter(({ name, value }) => plainName(name) === 'code' && value !== '' && !isPlaceholder(value));
  return [...named, ...codes.map(({ value }) => ({ value, header: 'x-functions-key', comment: false }))];
}

function subscriptionKey(name: string, value: string, comment: boolean): Subscription[] {
  const plain = plainName(name);
  // Words around a name, as in "(primary)", are not part of a header.
  const isHeader = name.includes('-') && plain !== 'subscriptionkey' && /^[\w!#$%&'*+.^`|~-]+$/.test(name);
  if (!plain.includes('subscription') || !(plain.includes('key') || isHeader) || /(?:id|name)$/.test(plain)) return [];
  if (value === '' || /\s|:\/\//.test(value) || value.length > longestKey || isPlaceholder(value)) return [];
  return [isHeader ? { value, header: name, comment } : { value, comment }];
}

function bestSubscriptionKey(found: readonly Subscription[]): { readonly value: string; readonly header?: string } | undefined {
  const best = found.find((one) => !one.comment) ?? found[0];
  if (best === undefined) return undefined;
  const header = best.header ?? found.find((one) => one.value === best.value && one.header !== undefined)?.header;
  return header === undefined ? { value: best.value } : { value: best.value, header };
}
