// Finds the addresses of services in a pasted text, best first.

import type { Endpoint } from '../../../model/service';
import { isWholeId, parseEndpoint, withHost, type EndpointReading, type MissingHost } from '../../../protocols/studio/endpoint';
import { endpointAddress } from '../../../protocols/studio/endpointAddress';
import { withoutEnd } from '../../../base/ends';
import { isLoopback } from '../../../base/loopback';
import { looksSecret } from '../../../redaction';
import { keysOfCalls } from './pasteCalls';
import { fromCode, fromText, openRequests, type Candidate } from './pasteCandidates';
import { looksRandom } from './pasteKeys';
import type { Mention } from './pasteMentions';
import type { KeyValues } from './pasteOwners';
import { fromParts } from './pasteParts';
import { contractual, isOnline, rankOf, rate, surelyServes, withoutBases, type Rated } from './pasteRanks';
import { idOf, namesOtherIds, namesOtherRequests } from './pasteRivals';
import { plainName, splitQuery, type TakenSecret } from '../../../base/pasted/pasteSecrets';
import { openVariables } from './pasteTemplates';
import type { Pair } from '../../../base/pasted/pasteText';
import type { CodeValues } from '../../../base/pasted/pasteValues';

/** What a text tells of addresses: the best endpoint and how many other services there are, or why there is none. */
export interface FoundAddress {
  readonly endpoint?: Endpoint;
  readonly missing?: MissingHost;
  readonly others: number;
  /** All services that the text names by their addresses, the best one first. */
  readonly services: readonly Endpoint[];
  /** The identity of what was chosen, as the mentions have it; an id is all that a help page tells. */
  readonly chosen?: string;
  /** True when a key in the text may be that of another service, be it one that cannot be used. */
  readonly rivals: boolean;
  /** Of all keys of the text those of the chosen service, when the text calls other addresses too. */
  readonly ofCalls?: (keys: KeyValues) => KeyValues;
  /** False when nothing in the text says that the address is what a key of it is for. */
  readonly tied: boolean;
  /** Keys that stood in the queries of the chosen service's addresses; of all addresses when none was chosen. */
  readonly secrets: readonly TakenSecret[];
  readonly notes: readonly string[];
  /** Why the best of the refused addresses cannot be used. */
  readonly reason?: string;
}

interface Usable {
  readonly rank: number;
  readonly comment: boolean;
  readonly tied: boolean;
  readonly endpoint: Endpoint;
  readonly notes: readonly string[];
}

/** What the choice is made from. */
interface Material {
  readonly text: string;
  readonly pairs: readonly Pair[];
  readonly rated: readonly Rated[];
  readonly usable: readonly Usable[];
  /** Variables without a value in the addresses of requests; one list for each address. */
  readonly open: readonly (readonly string[])[];
  readonly only: boolean;
}

const mostMentions = 200;
const apart = 'The text holds the path to a service, but it is not clear which of its hosts the path belongs to. Paste the whole address.';
const asItIs = 'The address does not show the form of an Azure ML web service. Requests are posted to it exactly as it is.';
const piecewise = 'The text puts the address together from pieces, in a way that cannot be followed here. Paste the whole address.';

/**
 * Reads all addresses of a plain text; `only` when the text is nothing but an address. `ambiguous` are the names of variables that the
 * text defines in several ways.
 */
export function findAddress(
  text: string,
  code: CodeValues,
  pairs: readonly Pair[],
  only: boolean,
  ambiguous: ReadonlySet<string>,
): FoundAddress {
  const plain = rate(text, [...fromHead(text, pairs), ...fromCode(code), ...fromText(text)], only);
  const contract = plain.some((one) => one.rank === 4);
  const parts = contract || only ? { found: [], unclear: false } : fromParts(text, code, pairs);
  const rated = [...plain, ...joinedParts(text, parts.found, plain)];
  const material: Material = { text, pairs, rated, usable: usableOf(rated), open: only ? [] : openOf(text, code, rated), only };
  const chosen = byContract(material, parts.unclear) ?? byIds(material);
  if (chosen !== undefined) return withCalls(material, chosen);
  const refusal = rated.find((one) => !one.reading.ok && contractual(one.text) && !isOpen(one))?.reading;
  const pieces = inPieces(code);
  const exact = refusal === undefined && !parts.unclear && !pieces ? byExact(material) : undefined;
  if (exact !== undefined) return withCalls(material, exact);
  const names = [...new Set(material.open.flat())];
  const refused = refusal ?? rated.find((one) => !one.reading.ok && !isOpen(one))?.reading;
  const otherwise = refused?.ok === false ? refused.reason : undefined;
  const reason = names.length > 0 ? openReason(names, ambiguous) : parts.unclear ? apart : pieces ? piecewise : otherwise;
  return { ...nothing, secrets: secretsOf(rated, (one) => one.rank > 0), ...(reason === undefined ? {} : { reason }) };
}

const nothing = { others: 0, services: [], rivals: false, tied: true, notes: [] };

function withCalls({ text, pairs }: Material, found: FoundAddress): FoundAddress {
  const service = found.endpoint ?? found.missing;
  const ofCalls = service === undefined ? undefined : keysOfCalls(text, pairs, service);
  return ofCalls === undefined ? found : { ...found, ofCalls };
}

/** The best service whose address shows the contract. */
function byContract({ text, pairs, rated, usable, open }: Material, unclear: boolean): FoundAddress | undefined {
  const best = usable.find((one) => one.rank === 4 && !one.comment) ?? usable.find((one) => one.rank === 4);
  if (best === undefined || unclear) return undefined;
  const chosen = sameService(best.endpoint);
  const isPlain = (one: Usable): boolean => sameService(one.endpoint) === chosen && one.endpoint.form === 'classic' && !one.endpoint.odata;
  const { endpoint, notes } = (best.endpoint.form === 'classic' && best.endpoint.odata ? usable.find(isPlain) : undefined) ?? best;
  const others = countOthers(usable, 4, chosen);
  const exacts = withoutBases(usable).some((one) => one.rank === 3 && surelyServes(one.endpoint));
  // In a collection each request is one of its own: what is not known of one may lead to another service.
  const templates = open.length > 0 && /\{\{|<</.test(text);
  const rivals = others > 0 || exacts || templates || namesOtherIds(text, pairs, best.endpoint);
  const services = [endpoint, ...otherServices(usable, 4, chosen)];
  return { endpoint, others, services, chosen, rivals, tied: true, secrets: secretsOf(rated, (one) => isService(one, chosen)), notes };
}

/** A service by a help page's address or by bare ids, with the host from elsewhere in the text or without. */
function byIds({ text, pairs, rated }: Material): FoundAddress | undefined {
  const read = fromHelpPage(text, rated) ?? fromIds(pairs);
  if (read?.ok) {
    const chosen = sameService(read.endpoint);
    const notes = ['The host was put together with the ids from elsewhere in the text. Check the address.', ...read.notes];
    const secrets = secretsOf(rated, (one) => isService(one, chosen));
    const rivals = namesOtherIds(text, pairs, read.endpoint);
    return { ...nothing, endpoint: read.endpoint, services: [read.endpoint], chosen, rivals, secrets, notes };
  }
  if (read?.missing === undefined) return undefined;
  const chosen = idOf(read.missing);
  const secrets = secretsOf(rated, (one) => isService(one, chosen));
  return { ...nothing, missing: read.missing, chosen, rivals: namesOtherIds(text, pairs, read.missing), secrets, reason: read.reason };
}

/** The best address that is called exactly as it is. */
function byExact({ text, pairs, rated, usable, open, only }: Material): FoundAddress | undefined {
  const exacts = withoutBases(usable);
  const sureness = (one: Usable): number => one.rank * 2 + Number(one.tied);
  const exact = exacts.toSorted((one, two) => sureness(two) - sureness(one) || Number(one.comment) - Number(two.comment))[0];
  if (exact === undefined) return undefined;
  const sure = exact.tied || surelyServes(exact.endpoint);
  // A request goes to an address that the text does not tell; any other address of the text is not what it means.
  if (open.length > 0 && !(exact.tied && surelyServes(exact.endpoint))) return undefined;
  const note = only || isOnline(exact.endpoint) ? [] : [asItIs];
  const chosen = sameService(exact.endpoint);
  const others = countOthers(exacts, 3, chosen);
  const several = countOthers(exacts, Math.min(exact.rank, 3), chosen) > 0 || open.length > 0;
  const rivals = several || namesOtherIds(text, pairs, exact.endpoint) || namesOtherRequests(text, pairs);
  const services = [exact.endpoint, ...otherServices(exacts, 3, chosen)];
  const secrets = secretsOf(rated, (one) => isService(one, chosen));
  return { endpoint: exact.endpoint, others, services, chosen, rivals, tied: sure, secrets, notes: [...exact.notes, ...note] };
}

/** Every place where a plain text names a service, in order; undefined when one of them cannot be told exactly, or there are too many. */
export function mentionsIn(text: string): Mention[] | undefined {
  const found = fromText(text);
  if (found.length > mostMentions) return undefined;
  const mentions: Mention[] = [];
  for (const one of found.toSorted((first, then) => first.at - then.at)) {
    const reading = parseEndpoint(one.text);
    if (rankOf(reading, false) === 0) continue;
    if (!text.startsWith(one.text, one.at)) return undefined;
    mentions.push({ service: identity(reading, one.text), from: one.at, end: one.at + one.text.length });
  }
  return mentions;
}

/** Host and path that were put together; a request at an exact path only where no address of the text stands in the way. */
function joinedParts(text: string, found: readonly Candidate[], plain: readonly Rated[]): Rated[] {
  return rate(text, found, false).flatMap((one) => {
    if (!one.reading.ok || one.reading.endpoint.form !== 'exact') return [one];
    const isBase = (other: Rated): boolean => other.rank < 2 || one.text.startsWith(withoutEnd(other.text, '/'));
    return /post/i.test(text) && plain.every(isBase) ? [{ ...one, tied: true, rank: Math.max(2, one.rank) }] : [];
  });
}

/** True for code that holds the words of a service's path apart, as a list that it joins. */
function inPieces(code: CodeValues): boolean {
  const words = new Set(code.texts.map(({ value }) => value.replaceAll('/', '').toLowerCase()));
  return words.has('services') && (words.has('workspaces') || words.has('subscriptions'));
}

function usableOf(rated: readonly Rated[]): Usable[] {
  return rated.flatMap(({ reading, rank, comment, tied }) => {
    return reading.ok && rank > 0 ? [{ rank, comment, tied, endpoint: reading.endpoint, notes: reading.notes }] : [];
  });
}

function openOf(text: string, code: CodeValues, rated: readonly Rated[]): string[][] {
  const refused = rated.filter(isOpen);
  // What a sign of a variable only happens to stand before is no name, and may be a piece of a key.
  const plainPath = (one: Candidate): boolean => !/[+=]/.test(one.text.replace(/[?#].*$/s, '').replace(/\{[^{}]*\}/g, ''));
  const found = [...refused, ...openRequests(text, code)].filter(plainPath);
  return found.map((one) => openVariables(one.text)).filter((names) => names.length > 0);
}

/** True for an address that was refused for the variables in it; `<word>` is none but a place to fill in. */
function isOpen(one: Rated): boolean {
  return !one.reading.ok && /\$|%[A-Za-z_]\w*%|\{|<</.test(one.text) && openVariables(one.text).length > 0;
}

/** True for a name in braces that may be a key, which a person typed in the place of one: those are never shown. */
function mayBeKey(name: string): boolean {
  if ((/\d/.test(name) && /^[^_\s]{20,}$/.test(name)) || (name.match(/\d+/g) ?? []).length > 1) return true;
  return looksRandom(name) || looksSecret('', name) || name.split(/[_.-]/).some((word) => word.length >= 16 && /\d/.test(word));
}

function openReason(names: readonly string[], ambiguous: ReadonlySet<string>): string {
  const shown = names.filter((name) => !mayBeKey(name)).slice(0, 12);
  if (shown.length === 0) {
    return 'The address has variables that this text does not define. Paste the text along with their values, or the address alone.';
  }
  const list = shown.join(', ');
  const several = shown.filter((name) => ambiguous.has(name));
  return several.length === shown.length
    ? `The address has variables that this text defines in several ways: ${list}. Paste the text with one value for each.`
    : `The address has variables that this text does not define: ${list}. Paste the text along with their values, or the address alone.`;
}

function secretsOf(rated: readonly Rated[], own: (one: Rated) => boolean): TakenSecret[] {
  return rated.filter(own).flatMap((one) => splitQuery(/\?([^#]*)/.exec(one.text.replace(/&(?:amp;)+/gi, '&'))?.[1] ?? '').taken);
}

function identity(reading: EndpointReading, text: string): string {
  if (reading.ok) return sameService(reading.endpoint);
  return reading.missing === undefined ? text : idOf(reading.missing);
}

function isService(one: Rated, chosen: string): boolean {
  return identity(one.reading, one.text) === chosen;
}

/** Host and path that stand apart: a Swagger document, or the head of an HTTP request. */
function fromHead(text: string, pairs: readonly Pair[]): Candidate[] {
  const host = pairs.find((pair) => pair.name.toLowerCase() === 'host' && /^[\w.-]+(?::\d+)?$/.test(pair.value));
  const basePath = pairs.find((pair) => pair.name === 'basePath' && pair.value.startsWith('/'))?.value;
  const path = basePath ?? /^\s{0,8}(?:POST|GET) (\/\S{1,2000})/m.exec(text)?.[1];
  if (host === undefined || path === undefined || path === '/') return [];
  return [{ text: `${isLoopback(host.value.replace(/:\d+$/, '')) ? 'http' : 'https'}://${host.value}${path}`, at: host.at }];
}

function fromHelpPage(text: string, rated: readonly Rated[]): EndpointReading | undefined {
  const page = rated.map((one) => one.reading).find((reading) => !reading.ok && reading.missing !== undefined);
  if (page === undefined || page.ok || page.missing === undefined) return undefined;
  const host = /(?<![\w.-])[a-z\d-]{1,63}\.services\.azureml(?:-int)?\.(?:net|de)\b/i.exec(text)?.[0];
  return host === undefined ? page : withHost(page.missing, host);
}

/** Settings that hold the ids apart, as `WORKSPACE_ID=…` and `SERVICE_ID=…`, perhaps with a host. */
function fromIds(pairs: readonly Pair[]): EndpointReading | undefined {
  const workspace = pairs.find((pair) => /workspace(?:id)?$/.test(plainName(pair.name)) && isWholeId(pair.value))?.value;
  const service = pairs.find(
    (pair) => /(?:service|endpoint)(?:id)?$/.test(plainName(pair.name)) && !/web/i.test(pair.name) && isWholeId(pair.value),
  )?.value;
  if (workspace === undefined || service === undefined) return undefined;
  const missing: MissingHost = { kind: 'host', workspace, service };
  const host = pairs.find(
    (pair) =>
      /(?:host|region|server|url|uri|endpoint|address|base)$/.test(plainName(pair.name)) &&
      /^(?:https?:\/\/)?[\w-]+(?:\.[\w-]+)+(?::\d+)?\/?$/i.test(pair.value),
  )?.value;
  if (host !== undefined) return withHost(missing, host);
  return {
    ok: false,
    reason:
      'The text holds the ids of a workspace and a service, but not the host that answers, such as ussouthcentral.services.azureml.net.',
    missing,
  };
}

function countOthers(usable: readonly Usable[], rank: number, chosen: string): number {
  return otherServices(usable, rank, chosen).length;
}

/** The other services of at least this rank, each once. */
function otherServices(usable: readonly Usable[], rank: number, chosen: string): Endpoint[] {
  const others = new Map<string, Endpoint>();
  for (const one of usable) {
    const service = sameService(one.endpoint);
    if (one.rank >= rank && service !== chosen && !others.has(service)) others.set(service, one.endpoint);
  }
  return [...others.values()];
}

function sameService(endpoint: Endpoint): string {
  return endpointAddress(endpoint.form === 'classic' ? { ...endpoint, odata: false } : endpoint).toLowerCase();
}
