// Finds the addresses of services in a pasted text, best first.

import type { Endpoint } from '../model/service';
import { endpointAddress, isWholeId, parseEndpoint, withHost, type EndpointReading, type MissingHost } from './endpoint';
import { isLoopback } from './loopback';
import { plainName, splitQuery, type TakenSecret } from './pasteSecrets';
import { isCommented, type Pair } from './pasteText';
import { idOf, namesOtherIds, namesOtherRequests } from './pasteRivals';
import type { CodeValues } from './pasteValues';

/** What a text tells of addresses: the best endpoint and how many other services there are, or why there is none. */
export interface FoundAddress {
  readonly endpoint?: Endpoint;
  readonly missing?: MissingHost;
  readonly others: number;
  /** The identity of what was chosen, as the mentions have it; an id is all that a help page tells. */
  readonly chosen?: string;
  /** True when a key in the text may be that of another service, be it one that cannot be used. */
  readonly rivals: boolean;
  /** Keys that stood in the queries of the chosen service's addresses; of all addresses when none was chosen. */
  readonly secrets: readonly TakenSecret[];
  readonly notes: readonly string[];
  /** Why the best of the refused addresses cannot be used. */
  readonly reason?: string;
}

/** One place where a text names a service: `from` and `end` are offsets, `service` its identity. */
export interface Mention {
  readonly service: string;
  readonly from: number;
  readonly end: number;
}

interface Candidate {
  readonly text: string;
  readonly at: number;
}

interface Rated extends Candidate {
  readonly reading: EndpointReading;
  /** 4: shows the contract. 3: an exact address that looks like a service. 2: another exact address. 1: refused. 0: a page on the web. */
  readonly rank: number;
  readonly comment: boolean;
}

const mostCandidates = 5000;
const mostMentions = 200;
const address = /https?:\/\/(?:<(?!(?:br|p|b|i|u|a|td|tr|li|div|span|code|pre|em|strong)\s*>)[a-z][\w .-]{0,40}>|[^\s"'`|^<>\\]){1,4096}/gi;
const contractPath = /(?:workspaces|subscriptions)\/[^\s/"'`]{1,80}\/services\/[^\s/"'`]{1,80}/gi;
const webPage = /(?:^|\.)(?:microsoft\.com|github\.com|githubusercontent\.com|stackoverflow\.com|nuget\.org|pypi\.org|npmjs\.com|python\.org|r-project\.org|w3\.org|json-schema\.org|swagger\.io|openapis\.org|wikipedia\.org|schema\.org|aka\.ms|windows\.net|microsoftonline\.com|portal\.azure\.com|ml\.azure\.com|powerbi\.com|office\.com|xmlsoap\.org|openxmlformats\.org)$/i;
const looksServing = /\.azure-api\.(?:net|us|cn)$|\.inference\.ml\.azure\.com$|\.azurecontainer\.io$|\.azurewebsites\.net$/i;

/** Reads all addresses of a plain text; `only` when the text is nothing but an address. */
export function findAddress(text: string, code: CodeValues, pairs: readonly Pair[], only: boolean): FoundAddress {
  const rated = rate(text, [...fromSwagger(text, pairs), ...fromCode(code), ...fromText(text)], only);
  const secretsOf = (own: (one: Rated) => boolean): TakenSecret[] => rated.filter(own).flatMap((one) => splitQuery(/\?([^#]*)/.exec(one.text.replace(/&(?:amp;)+/gi, '&'))?.[1] ?? '').taken);
  const usable = rated.flatMap((one) => (one.reading.ok && one.rank > 0 ? [{ rank: one.rank, comment: one.comment, endpoint: one.reading.endpoint, notes: one.reading.notes }] : []));
  const best = usable.find((one) => one.rank === 4 && !one.comment) ?? usable.find((one) => one.rank === 4);
  if (best !== undefined) {
    const chosen = sameService(best.endpoint);
    const plain = best.endpoint.form === 'classic' && best.endpoint.odata ? usable.find((one) => sameService(one.endpoint) === chosen && one.endpoint.form === 'classic' && !one.endpoint.odata) : undefined;
    const others = countOthers(usable, 4, chosen);
    const rivals = others > 0 || withoutBases(usable).some((one) => one.rank === 3 && surelyServes(one.endpoint)) || namesOtherIds(text, pairs, best.endpoint);
    return { endpoint: (plain ?? best).endpoint, others, chosen, rivals, secrets: secretsOf((one) => isService(one, chosen)), notes: (plain ?? best).notes };
  }
  const byHelp = fromHelpPage(text, rated) ?? fromIds(pairs);
  if (byHelp?.ok) {
    const chosen = sameService(byHelp.endpoint);
    const notes = ['The host was put together with the ids from elsewhere in the text. Check the address.', ...byHelp.notes];
    return { endpoint: byHelp.endpoint, others: 0, chosen, rivals: namesOtherIds(text, pairs, byHelp.endpoint), secrets: secretsOf((one) => isService(one, chosen)), notes };
  }
  if (byHelp?.missing !== undefined) {
    const chosen = idOf(byHelp.missing);
    return { missing: byHelp.missing, others: 0, chosen, rivals: namesOtherIds(text, pairs, byHelp.missing), secrets: secretsOf((one) => isService(one, chosen)), notes: [], reason: byHelp.reason };
  }

  const refusal = rated.find((one) => !one.reading.ok && contractual(one.text))?.reading;
  const exacts = refusal === undefined ? withoutBases(usable) : [];
  const exact = exacts.toSorted((one, two) => two.rank - one.rank || Number(one.comment) - Number(two.comment))[0];
  if (exact !== undefined) {
    const note = only ? [] : ['The address does not show the form of an Azure ML web service. Requests are posted to it exactly as it is.'];
    const chosen = sameService(exact.endpoint);
    const rivals = countOthers(exacts, Math.min(exact.rank, 3), chosen) > 0 || namesOtherIds(text, pairs, exact.endpoint) || namesOtherRequests(text, pairs);
    return { endpoint: exact.endpoint, others: countOthers(exacts, 3, chosen), chosen, rivals, secrets: secretsOf((one) => isService(one, chosen)), notes: [...exact.notes, ...note] };
  }
  const refused = refusal ?? rated.find((one) => !one.reading.ok)?.reading;
  return { others: 0, rivals: false, secrets: secretsOf((one) => one.rank > 0), notes: [], ...(refused !== undefined && !refused.ok ? { reason: refused.reason } : {}) };
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

function identity(reading: EndpointReading, text: string): string {
  if (reading.ok) return sameService(reading.endpoint);
  return reading.missing === undefined ? text : idOf(reading.missing);
}

function isService(one: Rated, chosen: string): boolean {
  return identity(one.reading, one.text) === chosen;
}

function rate(text: string, candidates: readonly Candidate[], only: boolean): Rated[] {
  const seen = new Set<string>();
  const rated: Rated[] = [];
  for (const candidate of candidates) {
    if (seen.has(candidate.text) || seen.size >= mostCandidates) continue;
    seen.add(candidate.text);
    const reading = parseEndpoint(candidate.text);
    rated.push({ ...candidate, reading, rank: rankOf(reading, only), comment: isCommented(text, candidate.at) });
  }
  return rated.toSorted((one, two) => one.at - two.at);
}

function rankOf(reading: EndpointReading, only: boolean): number {
  if (!reading.ok) return 1;
  if (reading.endpoint.form !== 'exact') return 4;
  const { hostname } = new URL(reading.endpoint.origin);
  if (!only && webPage.test(hostname)) return 0;
  return looksServing.test(hostname) || isLoopback(hostname) || /score|predict|execute|invo|infer/i.test(reading.endpoint.path) ? 3 : 2;
}

/** Surer than a rank: a link to an article about predictions is no service beside one that shows the contract. */
function surelyServes(endpoint: Endpoint): boolean {
  return endpoint.form === 'exact' && (looksServing.test(new URL(endpoint.origin).hostname) || /\/(?:score|predict|execute|invoke|invocations|infer)\/?$/i.test(endpoint.path));
}

function fromCode(code: CodeValues): Candidate[] {
  return code.texts.flatMap(({ value, at }) => {
    const found = /^\s{0,4}(https?:\/\/\S{4,})\s*$/i.exec(value)?.[1];
    return found === undefined ? [] : [{ text: trimmedEnd(found), at }];
  });
}

function fromText(text: string): Candidate[] {
  const found: Candidate[] = [];
  for (const match of text.matchAll(address)) {
    if (found.length >= mostCandidates) break;
    const one = trimmedEnd(match[0]);
    found.push({ text: joinedOverLines(text, one, match.index + match[0].length) ?? one, at: match.index });
    for (const further of match[0].matchAll(/(?<=[,;(])https?:\/\/[^,;(]{1,4096}/gi)) found.push({ text: trimmedEnd(further[0]), at: match.index + further.index });
  }
  for (const match of text.matchAll(contractPath)) {
    if (found.length >= 2 * mostCandidates) break;
    const before = wordBefore(text, match.index);
    const edge = text.charAt(match.index - before.length - 1);
    if (!before.includes('://') && /^[\s"'`([=,;|]?$/.test(edge) && /^[\w<>{}-]+(?:\.[\w-]+)+(?::\d+)?\//.test(before)) {
      found.push({ text: trimmedEnd(`${before}${/^[^\s"'`<>|^\\]*/.exec(text.slice(match.index, match.index + 1000))?.[0] ?? ''}`), at: match.index - before.length });
    }
  }
  return found;
}

function wordBefore(text: string, end: number): string {
  let start = end;
  while (start > 0 && end - start < 300 && /[\w.<>{}:/-]/.test(text.charAt(start - 1))) start -= 1;
  return text.slice(start, end);
}

/** An address that a mail program broke in two lines, when only the joined one holds a whole id. */
function joinedOverLines(text: string, part: string, end: number): string | undefined {
  const rest = /^[ \t]{0,4}\n[ \t>]{0,8}([^\s"'`<>|^\\]{1,400})/.exec(text.slice(end, end + 500))?.[1];
  if (rest === undefined || /^https?:/i.test(rest) || !/services\.azureml|workspaces|subscriptions/i.test(part) || isWhole(parseEndpoint(part))) return undefined;
  const joined = trimmedEnd(part + rest);
  return isWhole(parseEndpoint(joined)) ? joined : undefined;
}

function isWhole(reading: EndpointReading): boolean {
  return reading.ok && reading.endpoint.form !== 'exact' && isWholeId(reading.endpoint.service);
}

/** Ends an address where the text goes on: at a Markdown link, a second address, or punctuation that nothing opened. */
function trimmedEnd(text: string): string {
  let end = text.slice(0, 4096).search(/\]\(|\*\*|[,;|]https?:\/\/|&(?:gt|lt|quot);/i);
  if (end < 0) end = text.length;
  const pairs: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{', '>': '<' };
  while (end > 0) {
    const last = text.charAt(end - 1);
    const opener = pairs[last];
    if (opener === undefined ? !/[.,;:!?*_~]/.test(last) : text.slice(0, end).split(opener).length >= text.slice(0, end).split(last).length) break;
    end -= 1;
  }
  return text.slice(0, end);
}

/** Host and path that stand apart: a Swagger document, or the head of an HTTP request. */
function fromSwagger(text: string, pairs: readonly Pair[]): Candidate[] {
  const host = pairs.find((pair) => pair.name.toLowerCase() === 'host' && /^[\w.-]+(?::\d+)?$/.test(pair.value));
  const path = pairs.find((pair) => pair.name === 'basePath' && pair.value.startsWith('/'))?.value ?? /^\s{0,8}(?:POST|GET) (\/\S{1,2000})/m.exec(text)?.[1];
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
  const service = pairs.find((pair) => /(?:service|endpoint)(?:id)?$/.test(plainName(pair.name)) && !/web/i.test(pair.name) && isWholeId(pair.value))?.value;
  if (workspace === undefined || service === undefined) return undefined;
  const missing: MissingHost = { kind: 'host', workspace, service };
  const host = pairs.find((pair) => /(?:host|region|server|url|uri|endpoint|address|base)$/.test(plainName(pair.name)) && /^(?:https?:\/\/)?[\w-]+(?:\.[\w-]+)+(?::\d+)?\/?$/i.test(pair.value))?.value;
  if (host !== undefined) return withHost(missing, host);
  return { ok: false, reason: 'The text holds the ids of a workspace and a service, but not the host that answers, such as ussouthcentral.services.azureml.net.', missing };
}

/** Drops the addresses that others go on from, as code keeps a base and adds the path to it. */
function withoutBases<One extends { readonly endpoint: Endpoint }>(usable: readonly One[]): One[] {
  const sorted = usable.map((one) => `${endpointAddress(one.endpoint)}/`).toSorted();
  const bases = new Set(sorted.filter((one, index) => sorted[index + 1] !== one && sorted[index + 1]?.startsWith(one)));
  return usable.filter((one) => !bases.has(`${endpointAddress(one.endpoint)}/`));
}

function contractual(text: string): boolean {
  return /\/services\/|\/(?:workspaces|subscriptions)\/|services\.azureml|azureml\.net/i.test(text);
}

function countOthers(usable: readonly { readonly rank: number; readonly endpoint: Endpoint }[], rank: number, chosen: string): number {
  return new Set(usable.filter((one) => one.rank >= rank).map((one) => sameService(one.endpoint)).filter((one) => one !== chosen)).size;
}

function sameService(endpoint: Endpoint): string {
  return endpointAddress(endpoint.form === 'classic' ? { ...endpoint, odata: false } : endpoint).toLowerCase();
}
