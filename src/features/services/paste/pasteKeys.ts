// Finds the service's key and the gateway's subscription key in a pasted text.

import { defaultSubscriptionKeyHeader } from '../../../model/service';
import { withoutEnd } from '../../../base/ends';
import type { KeyValues } from './pasteOwners';
import { couldBeKey, isPlaceholder, plainName, type TakenSecret } from '../../../base/pasted/pasteSecrets';
import { subscriptionsIn, type Subscription } from './pasteSubscriptions';
import { isCommented, type Pair } from '../../../base/pasted/pasteText';
import type { CodeValues } from '../../../base/pasted/pasteValues';

/** The keys that a text holds, each with what the text calls it (empty when it has no name there). */
export interface FoundKeys {
  readonly serviceKey?: string;
  readonly serviceKeyName?: string;
  readonly subscriptionKey?: string;
  readonly subscriptionKeyName?: string;
  /** The header that carries the subscription key, when it is not the default one. */
  readonly subscriptionKeyHeader?: string;
  /** True when something else stands where the service's key belongs. */
  readonly placeholder: boolean;
  /** True when something else stands where the subscription key belongs. */
  readonly subscriptionPlaceholder: boolean;
  /** True when a key was left out, because it may be that of another service. */
  readonly unclear: boolean;
  /** True when a key was left out, because the text holds several and does not tell which one is the service's. */
  readonly several: boolean;
}

interface Found {
  readonly name: string;
  readonly value: string;
  /** How surely it is the service's key: 4 an Authorization header, 3 and more a name, 2 the shape of a key, 1 a name that may mean it. */
  readonly sureness: number;
  readonly comment: boolean;
}

const longestKey = 2048;
const bearer = /\bbearer\s{1,8}([^\s"'`,;)\]\\<]{1,2048}|<[^\s"'`,;)\]\\]{0,2048})([^"'`\n]{0,60})/gi;
const bare = /authorization["']?\s{0,8}[:=]\s{0,8}["']?([A-Za-z\d+/]{40,120}={0,2})(?![\w+/=])/gi;
const shaped = /(?<![\w+/=-])[A-Za-z\d+/]{86}==(?![\w+/=])/g;
const surely = new RegExp(`(?:${[
  'apikey', 'apikeyvalue', 'servicekey', 'primarykey', 'accesskey', 'azuremlkey', 'amlkey', 'mlkey', 'modelkey', 'scoringkey',
  'scorekey', 'endpointkey', 'authkey', 'apitoken', 'authtoken', 'bearertoken', 'accesstoken', 'webservicekey', 'functionkey',
  'apisecret',
].join('|')})$`);
const another = new RegExp([
  'storage', 'account', 'blob', 'sas', 'connection', 'database', 'cosmos', 'public', 'partition', 'instrumentation', 'workspace',
  'authorizationtoken', 'subscription', 'cert', 'ssh', 'openai', 'cognitive', 'speech', 'twilio', 'sendgrid', 'mailgun', 'github',
  'gitlab', 'npm', 'slack', 'telegram', 'discord', 'stripe', 'google', 'firebase', '^aws', 'datadog', 'newrelic', 'sentry',
  'redis', 'mongo', 'postgres', 'mysql', 'eventhub', 'servicebus', 'keyvault', 'insights', 'jwt', 'django', 'flask', 'encryption',
  'signing', 'huggingface', 'wandb', 'databricks', 'snowflake', 'registry', 'searchkey', 'searchapi', 'mapskey', 'mapsapi',
  'weather',
].join('|'));
const ownWord = /azureml|aml|scor|webservice|endpoint|predict|inference/;
// Names that end like a key's and mean something else.
const otherTokens = [
  'next', 'max', 'min', 'page', 'continuation', 'csrf', 'xsrf', 'refresh', 'session', 'pad', 'eos', 'bos', 'cls', 'sep', 'mask',
  'unk', 'stop', 'start', 'end', 'count', 'num', 'new', 'special', 'sync', 'delta', 'skip', 'foreign', 'sort', 'row', 'hash',
  'cache', 'group', 'object', 'last', 'first',
];
const otherKeys = [
  'foreign', 'sort', 'row', 'hash', 'cache', 'group', 'object', 'composite', 'natural', 'unique', 'join', 'index', 'shift', 'hot',
  'short', 'arrow', 'enter', 'escape',
];
const noKey = new RegExp(`(?:${otherTokens.join('|')})tokens?$|(?:${otherKeys.join('|')})keys?$`);

/**
 * Reads the keys of a plain text. `fromQuery` are those that were taken out of the service's own addresses. `ownOf` is given when the
 * text names other services too: of all keys of the text it tells those that are the service's own.
 */
export function findKeys(
  text: string,
  code: CodeValues,
  pairs: readonly Pair[],
  fromQuery: readonly TakenSecret[],
  ownOf?: (keys: KeyValues) => KeyValues,
): FoundKeys {
  const gates = subscriptionsIn(text, code, pairs, fromQuery);
  const all = [...fromHeaders(text, code, pairs), ...fromNames(pairs), ...fromShape(text, pairs)];
  const found = all.filter((one) => one.value.length <= longestKey);
  const values = (list: readonly { readonly value: string }[]): Set<string> => new Set(list.map((one) => one.value));
  const gateway = values(gates.named);
  const possible = found.filter((one) => isKey(one.value) && !(ownOf !== undefined && gateway.has(one.value)));
  const own = ownOf?.({ service: values(possible), subscription: gateway });
  const subscription = bestSubscriptionKey([...gates.named.filter((one) => own?.subscription.has(one.value) ?? true), ...gates.queried]);
  const real = possible.filter((one) => one.value !== subscription?.value && (own?.service.has(one.value) ?? true));
  const sorted = real.toSorted((one, two) => Number(one.comment) - Number(two.comment) || two.sureness - one.sureness);
  const several = namesSeveral(sorted);
  const best = several ? undefined : sorted[0];
  const header = subscription?.header;
  const left = (best === undefined && possible.length > 0) || (subscription === undefined && gates.named.length > 0);
  const unclear = own !== undefined && left;
  const isOther = header !== undefined && header.toLowerCase() !== defaultSubscriptionKeyHeader.toLowerCase();
  const subscriptionKeyName = subscription === undefined ? '' : nameOf(text, pairs, subscription.value, subscription.name);
  return {
    ...(best === undefined ? {} : { serviceKey: best.value, serviceKeyName: nameOf(text, pairs, best.value, best.name) }),
    ...(subscription === undefined ? {} : { subscriptionKey: subscription.value, subscriptionKeyName }),
    ...(isOther ? { subscriptionKeyHeader: header } : {}),
    placeholder: !unclear && !several && best === undefined && found.some((one) => one.sureness >= 3 && !isKey(one.value)),
    subscriptionPlaceholder: !unclear && subscription === undefined && gates.placeholder,
    unclear,
    several: several && !unclear,
  };
}

function isKey(value: string): boolean {
  return couldBeKey(value) && !isPlaceholder(value);
}

/** True when the best keys are called after different things, as `CRM_API_KEY` and `SHOP_API_KEY`, so that either may be the service's. */
function namesSeveral(sorted: readonly Found[]): boolean {
  const [best] = sorted;
  if (best?.sureness !== 3) return false;
  const same = sorted.filter((one) => one.sureness === best.sureness && one.comment === best.comment);
  const prefixes = new Set(same.map((one) => plainName(one.name).replace(surely, '').replace(/^(?:my|the|primary|secondary|azure)/, '')));
  return !prefixes.has('') && prefixes.size > 1 && new Set(same.map((one) => one.value)).size > 1;
}

/** What the text calls a key: the name where it is written out, before a name that it is handed on by. */
function nameOf(text: string, pairs: readonly Pair[], value: string, otherwise: string): string {
  const named = pairs.filter((pair) => pair.value.replace(/^\s*bearer\s+/i, '').trim() === value);
  const around = (pair: Pair): string => text.slice(pair.at, pair.at + pair.name.length + value.length + 60);
  const isWritten = (pair: Pair): boolean => pair.filled !== true && around(pair).includes(value);
  const written = named.filter(isWritten);
  const own = [...written, ...named].filter((pair) => !/^(?:name|header(?:name)?|variable|value|val)$/i.test(pair.name));
  const chosen = (own.find((pair) => !/^authorization$/i.test(pair.name)) ?? own[0])?.name;
  return (chosen ?? (otherwise || (written[0] ?? named[0])?.name) ?? '').replace(/^(?:\$env:|[$@])/i, '').replace(/\s+/g, ' ').slice(0, 80);
}

function fromHeaders(text: string, code: CodeValues, pairs: readonly Pair[]): Found[] {
  const found: Found[] = [];
  const add = (name: string, value: string, comment: boolean): void => void found.push({ name, value, sureness: 4, comment });
  for (const { value, at } of code.texts) {
    const key = /^\s{0,4}(?:authorization\s{0,4}[:=]\s{0,4})?bearer\s{1,8}(\S.*)$/is.exec(value)?.[1];
    if (key !== undefined) add('Authorization', key.trim(), isCommented(text, at));
  }
  for (const pair of pairs) {
    if (!/(?:^|[^a-z])(?:authorization|bearer)$/i.test(pair.role ?? pair.name)) continue;
    const value = pair.value.replace(/^\s*bearer\s+/i, '').trim();
    if ((!/\s/.test(value) || isPlaceholder(value)) && value.toLowerCase() !== 'bearer') add(pair.name, value, pair.comment);
  }
  for (const match of text.matchAll(bearer)) {
    const value = wholeOf(text, match);
    const labelled = /authorization["']?\s{0,8}[:=,]?\s{0,8}["'(]{0,3}$/i.test(text.slice(Math.max(0, match.index - 40), match.index));
    const certain = labelled || value.length >= 20 || (isPlaceholder(value) && /[<{[$%_*]/.test(value));
    if (!certain || /^[+&.%]/.test(value)) continue;
    add('Authorization', isPlaceholder(value) ? value : withoutEnd(value, '.>'), isCommented(text, match.index));
  }
  for (const match of text.matchAll(bare)) add('Authorization', match[1] ?? '', isCommented(text, match.index));
  return found;
}

/** What stands behind the word Bearer: one word, or all words up to the quotation mark that was opened before it. */
function wholeOf(text: string, match: RegExpExecArray): string {
  const [all, word = '', rest = ''] = match;
  if (!/^[ \t]+\S/.test(rest)) return word;
  const before = text.slice(Math.max(0, match.index - 60), match.index);
  const quote = /(["'`])[^"'`\n]*$/.exec(before)?.[1];
  const whole = `${word}${rest}`.trim();
  return (quote !== undefined && text.charAt(match.index + all.length) === quote) || isPlaceholder(whole) ? whole : word;
}

function fromNames(pairs: readonly Pair[]): Found[] {
  return pairs.flatMap((pair) => {
    const name = plainName(pair.name);
    // Most names mean no key at all.
    if (!/(?:key(?:value)?|token|secret)$/.test(name) || another.test(name) || noKey.test(name)) return [];
    const value = pair.value.trim();
    const filler = isPlaceholder(value);
    if (/^(?:[[{|>][\]}+-]?)$/.test(value) || (/\s|:\/\//.test(value) && !filler)) return [];
    if (!pair.quoted && (value.length < 8 || /[()]/.test(value)) && !filler) return [];
    if (surely.test(name) && !/secondary|key2$/.test(name)) {
      const sureness = ownWord.test(name) ? 3.5 : name.replace(surely, '') === '' ? 3.2 : 3;
      return [{ name: pair.name, value, sureness, comment: pair.comment }];
    }
    const may = /(?:^key|[a-z]key|token)$/.test(name) && looksRandom(value);
    return may ? [{ name: pair.name, value, sureness: 1, comment: pair.comment }] : [];
  });
}

/** True for what is long enough and has no words in it: a name that only may mean a key makes none of a label, a path or an id in words. */
export function looksRandom(value: string): boolean {
  const isMixed = /[A-Za-z]/.test(value) && /\d/.test(value) && /^[\w+/=.~-]+$/.test(value);
  return value.length >= 16 && isKey(value) && isMixed && !/^[A-Za-z]{1,20}\d{0,4}(?:[-_.][A-Za-z]{0,20}\d{0,4}){1,8}$/.test(value);
}

function fromShape(text: string, pairs: readonly Pair[]): Found[] {
  const taken = new Set(pairs.filter((pair) => another.test(plainName(pair.name))).map((pair) => pair.value));
  return [...text.matchAll(shaped)].flatMap((match) => {
    const before = text.slice(Math.max(0, match.index - 60), match.index);
    const line = before.slice(before.lastIndexOf('\n') + 1);
    if (another.test(line.toLowerCase()) || taken.has(match[0]) || /secondary/i.test(line)) return [];
    return [{ name: labelOf(line), value: match[0], sureness: 2, comment: isCommented(text, match.index) }];
  });
}

/** The words right before a value on its line. */
function labelOf(line: string): string {
  return (/([A-Za-z][\w -]{0,40}?)["'*]{0,3}\s{0,4}[:=]?\s{0,4}["'`*(<]{0,3}$/.exec(line)?.[1] ?? '').replace(/^define\s+/, '');
}

function bestSubscriptionKey(found: readonly Subscription[]): Subscription | undefined {
  const best = found.find((one) => !one.comment) ?? found[0];
  if (best === undefined) return undefined;
  const header = best.header ?? found.find((one) => one.value === best.value && one.header !== undefined)?.header;
  return header === undefined ? best : { ...best, header };
}
