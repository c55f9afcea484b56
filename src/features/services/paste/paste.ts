// Reads whatever a person pastes to add a service: an address, sample code, a mail, settings, a collection of requests.

import type { Endpoint, SecretKind } from '../../../model/service';
import { retiredHostNote, type MissingHost } from '../../../protocols/studio/endpoint';
import { endpointAddress, serviceId, workspaceId } from '../../../protocols/studio/endpointAddress';
import { looksSecret } from '../../../redaction';
import { findAddress, mentionsIn } from './pasteAddresses';
import { findKeys, looksRandom, type FoundKeys } from './pasteKeys';
import { materialOf } from './pasteMaterial';
import { ownKeys, type KeyValues } from './pasteOwners';
import type { PasteKind } from '../../../base/pasted/pasteText';

/** A service that a text names. `form` is that of its address, `workspace` the id of its group (the host for an exact address). */
export interface FoundService {
  readonly address: string;
  readonly workspace: string;
  readonly service: string;
  readonly form: Endpoint['form'];
}

/** A key that a text holds for its service. `name` is what the text calls it, empty when it stands there without a name. */
export interface FoundKey {
  readonly kind: 'service' | 'subscription';
  readonly name: string;
  readonly value: string;
}

/**
 * What a pasted text tells. Without an `endpoint`, `problems` says why; with one it is empty. `missingHost` is set when a help page
 * or bare ids were pasted and a host completes them. Keys are in their own fields and never in `problems` or `notes`.
 */
export interface Paste {
  readonly endpoint?: Endpoint;
  readonly missingHost?: MissingHost;
  readonly serviceKey?: string;
  readonly subscriptionKey?: string;
  /** The header that carries the subscription key, when it is not the default one. */
  readonly subscriptionKeyHeader?: string;
  /** What the text calls the service. */
  readonly name?: string;
  readonly kind: PasteKind;
  readonly problems: string[];
  readonly notes: string[];
  /** All services that the text names, that of `endpoint` first. */
  readonly services: readonly FoundService[];
  /** The keys of the fields above, each with its name in the text. */
  readonly keys: readonly FoundKey[];
}

const texts = {
  unclear: 'The text names several services, and it is not clear whose key it holds. Give the key on its own.',
  untied: 'Nothing in the text says that its key is for this address. Give the key on its own.',
  several: 'The text holds several keys, and it is not clear which of them is for the service. Give the key on its own.',
  placeholder: 'Where the key belongs, the text holds a placeholder or reads it from elsewhere. Give the key on its own.',
  subscriptionPlaceholder: 'Where the subscription key belongs, the text holds a placeholder or reads it from elsewhere. '
    + 'Give the subscription key on its own.',
};
/** Where the line of a name goes on with something else. */
const nameEnd = /[,;|]|\s(?:[a-z]{1,20}[ _-]?)?(?:key|token|secret|password|authorization|bearer)s?\b/i;
const longestText = 1_000_000;
const noKeys = { placeholder: false, subscriptionPlaceholder: false, unclear: false, several: false };

/** Reads a pasted text of any kind and any size. Never throws; it looks at the first million characters. */
export function readPaste(text: string): Paste {
  const { plain, read, kind, code, pairs, ambiguous } = materialOf(text.slice(0, longestText));
  const address = findAddress(read, code, pairs, kind === 'address', ambiguous);
  // In code, what is set far from where it is used says nothing about whose it is, so that only plain lines are looked at.
  const mentions = address.rivals && kind === 'text' ? mentionsIn(read) ?? [] : [];
  const ofRivals = address.rivals ? (all: KeyValues): KeyValues => ownKeys(read, mentions, address.chosen, all) : undefined;
  const ownOf = ofRivals === undefined ? address.ofCalls : (all: KeyValues): KeyValues => both(ofRivals(all), address.ofCalls?.(all));
  const found = findKeys(read, code, pairs, address.secrets, ownOf);
  const untied = !address.tied && (found.serviceKey ?? found.subscriptionKey) !== undefined;
  const keys: FoundKeys = untied ? noKeys : found;
  const name = findName(plain, [found.serviceKey, found.subscriptionKey]);
  const notes = [...address.notes, ...notesOn(keys, address.others, untied)];
  const retired = address.endpoint === undefined ? undefined : retiredHostNote(address.endpoint);
  if (retired !== undefined) notes.push(retired);
  if (text.length > longestText) notes.push('The text is very long. Only its first million characters were looked at.');
  return {
    ...(address.endpoint === undefined ? {} : { endpoint: address.endpoint }),
    ...(address.missing === undefined ? {} : { missingHost: address.missing }),
    ...(keys.serviceKey === undefined ? {} : { serviceKey: keys.serviceKey }),
    ...(keys.subscriptionKey === undefined ? {} : { subscriptionKey: keys.subscriptionKey }),
    ...(keys.subscriptionKeyHeader === undefined ? {} : { subscriptionKeyHeader: keys.subscriptionKeyHeader }),
    ...(name === undefined ? {} : { name }),
    kind,
    problems: address.endpoint === undefined ? [address.reason ?? noAddress(plain, keys.serviceKey !== undefined)] : [],
    notes,
    services: address.services.map(foundService),
    keys: [
      ...foundKey('service', keys.serviceKey, keys.serviceKeyName),
      ...foundKey('subscription', keys.subscriptionKey, keys.subscriptionKeyName),
    ],
  };
}

/** The key of this kind in a paste, with what the text calls it; undefined when it has none. */
export function pastedKey(paste: Paste, kind: SecretKind): FoundKey | undefined {
  return paste.keys.find((key) => key.kind === (kind === 'serviceKey' ? 'service' : 'subscription'));
}

function both(one: KeyValues, two: KeyValues = one): KeyValues {
  const common = (kind: keyof KeyValues): Set<string> => new Set([...one[kind]].filter((value) => two[kind].has(value)));
  return { service: common('service'), subscription: common('subscription') };
}

function foundService(one: Endpoint): FoundService {
  return { address: endpointAddress(one), workspace: workspaceId(one), service: serviceId(one), form: one.form };
}

function foundKey(kind: FoundKey['kind'], value: string | undefined, name = ''): FoundKey[] {
  return value === undefined ? [] : [{ kind, name, value }];
}

function notesOn(keys: FoundKeys, others: number, untied: boolean): string[] {
  const notes: string[] = [];
  if (others === 1) notes.push('The text names 1 other service too. The first one was taken.');
  else if (others > 1) notes.push(`The text names ${others} other services too. The first one was taken.`);
  if (keys.unclear) notes.push(texts.unclear);
  if (untied) notes.push(texts.untied);
  if (keys.several) notes.push(texts.several);
  if (keys.placeholder) notes.push(texts.placeholder);
  if (keys.subscriptionPlaceholder) notes.push(texts.subscriptionPlaceholder);
  return notes;
}

function noAddress(text: string, hasKey: boolean): string {
  if (text.trim() === '') return 'There is nothing to read. Paste the address of a service, or sample code that calls it.';
  return (
    `The text holds ${hasKey ? 'a key but ' : ''}no address of a service. Paste its request address (it has /services/ in it), or ` +
    'sample code from the service’s Consume page.'
  );
}

/** The title of a Swagger document, the heading of a help page, or a line such as `Service name: …`. */
function findName(text: string, keys: readonly (string | undefined)[]): string | undefined {
  const swagger = /"(?:swagger|openapi)"\s{0,8}:/.test(text) ? /"title"\s{0,8}:\s{0,8}"([^"\\\n]{1,120})"/.exec(text)?.[1] : undefined;
  const heading = /(?:Response|Execution) API Documentation for ([^\n]{1,120})/.exec(text)?.[1];
  const line = /^[ \t>*•-]{0,8}(?:web ?)?(?:service|model)[ _-]?name["*]{0,2}[ \t]{0,8}[:=][ \t*"]{0,8}([^\n"<>{}]{1,120})/im.exec(
    text,
  )?.[1];
  const name = (swagger ?? heading ?? line?.split(nameEnd, 1)[0])?.trim() ?? '';
  // It is shown and kept as readable text.
  const holdsKey = keys.some((key) => key !== undefined && name.includes(key));
  const isSecret = (word: string): boolean => looksSecret('', word) || looksRandom(word);
  return name === '' || holdsKey || name.split(/[\s,;|()=:]+/).some(isSecret) ? undefined : name;
}
