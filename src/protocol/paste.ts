// Reads whatever a person pastes to add a service: an address, sample code, a mail, settings.

import type { Endpoint } from '../model/service';
import { retiredHostNote, type MissingHost } from './endpoint';
import { findAddress, mentionsIn } from './pasteAddresses';
import { findKeys } from './pasteKeys';
import { ownKeys } from './pasteOwners';
import { kindOf, linePairs, plainText, type PasteKind } from './pasteText';
import { codeValues } from './pasteValues';

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
}

const longestText = 1_000_000;
const longestCode = 100_000;

/** Reads a pasted text of any kind and any size. Never throws; it looks at the first million characters. */
export function readPaste(text: string): Paste {
  const plain = plainText(text.slice(0, longestText));
  const kind = kindOf(plain);
  const lines = kind === 'text' || kind === 'curl' ? linePairs(plain) : [];
  const code = codeValues(plain.slice(0, longestCode), lines);
  const pairs = [...code.pairs, ...lines];
  const address = findAddress(plain, code, pairs, kind === 'address');
  // In code, what is set far from where it is used says nothing about whose it is, so that only plain lines are looked at.
  const mentions = address.rivals && kind === 'text' ? mentionsIn(plain) ?? [] : [];
  const { placeholder, unclear, ...keys } = findKeys(plain, code, pairs, address.secrets, address.rivals ? (all) => ownKeys(plain, mentions, address.chosen, all) : undefined);
  const name = findName(plain);

  const notes = [...address.notes];
  if (address.others > 0) notes.push(`The text names ${address.others} other ${address.others === 1 ? 'service' : 'services'} too. The first one was taken.`);
  if (unclear) notes.push('The text names several services, and it is not clear whose key it holds. Give the key on its own.');
  if (placeholder) notes.push('Where the key belongs, the text holds a placeholder or reads it from elsewhere. Give the key on its own.');
  const retired = address.endpoint === undefined ? undefined : retiredHostNote(address.endpoint);
  if (retired !== undefined) notes.push(retired);
  if (text.length > longestText) notes.push('The text is very long. Only its first million characters were looked at.');
  return {
    ...(address.endpoint === undefined ? {} : { endpoint: address.endpoint }),
    ...(address.missing === undefined ? {} : { missingHost: address.missing }),
    ...keys,
    ...(name === undefined ? {} : { name }),
    kind,
    problems: address.endpoint === undefined ? [address.reason ?? noAddress(plain, keys.serviceKey !== undefined)] : [],
    notes,
  };
}

function noAddress(text: string, hasKey: boolean): string {
  if (text.trim() === '') return 'There is nothing to read. Paste the address of a service, or sample code that calls it.';
  return `The text holds ${hasKey ? 'a key but ' : ''}no address of a service. Paste its request address (it has /services/ in it), or sample code from the service’s Consume page.`;
}

/** The title of a Swagger document, the heading of a help page, or a line such as `Service name: …`. */
function findName(text: string): string | undefined {
  const swagger = /"(?:swagger|openapi)"\s{0,8}:/.test(text) ? /"title"\s{0,8}:\s{0,8}"([^"\\\n]{1,120})"/.exec(text)?.[1] : undefined;
  const heading = /(?:Response|Execution) API Documentation for ([^\n]{1,120})/.exec(text)?.[1];
  const line = /^[ \t>*•-]{0,8}(?:web ?)?(?:service|model)[ _-]?name["*]{0,2}[ \t]{0,8}[:=][ \t*"]{0,8}([^\n"<>{}]{1,120})/im.exec(text)?.[1];
  const name = (swagger ?? heading ?? line)?.trim();
  return name === '' ? undefined : name;
}
