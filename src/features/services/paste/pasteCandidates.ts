// Finds everything in a pasted text that reads like an address, and tells what stands in front of it.

import { isWholeId, parseEndpoint, type EndpointReading } from '../../../protocols/studio/endpoint';
import { plainName } from '../../../base/pasted/pasteSecrets';
import type { CodeValues } from '../../../base/pasted/pasteValues';

/** A piece of text that may be an address, found at an offset. */
export interface Candidate {
  readonly text: string;
  readonly at: number;
}

/** How many addresses of one kind are looked at. */
export const mostCandidates = 5000;
const mostTemplates = 20_000;
const variable = '\\{\\{[^{}\\n]{1,80}\\}\\}';
const markup = '<(?!(?:br|p|b|i|u|a|td|tr|li|div|span|code|pre|em|strong)\\s*>)[a-z][\\w .-]{0,40}>';
const address = new RegExp(`https?:\\/\\/(?:${markup}|${variable}|[^\\s"'\`|^<>\\\\]){1,4096}`, 'gi');
const contractPath = /(?:workspaces|subscriptions)\/[^\s/"'`]{1,80}\/services\/[^\s/"'`]{1,80}/gi;
const ofShell = '\\$\\{[^{}\\n]{1,80}\\}|\\$\\(?[A-Za-z_]\\w{0,80}\\)?|%[A-Za-z_]\\w{0,80}%';
const template = new RegExp(`(?:${variable}|<<[A-Za-z_][\\w.-]{0,80}>>|${ofShell})[^\\s"'\`|^<>\\\\]{0,1000}`, 'g');
const requestPath = /\/(?:workspaces|subscriptions|services|execute|jobs|score|predict|invocations?|invoke|infer)(?=[/?#.&]|$)/i;
const notService = new RegExp([
  'schema', 'ref$', 'doc', 'help', 'image', 'img', 'logo', 'icon', 'badge', 'avatar', 'storage', 'blob', 'queue', 'table', 'file',
  'account', 'container', 'baselocation', 'token', 'auth', 'login', 'issuer', 'callback', 'redirect', 'repo', 'git', 'licen[cs]e',
  'homepage', 'portal', 'telemetry', 'insights', 'ingestion', 'webhook', 'database', 'cosmos', 'redis', 'vault', 'registry',
  'swagger', 'openapi', 'proxy', 'link$', 'wiki',
].join('|'));
const service = /(?:ur[il]|address|endpoint|host|server|base|target|service|api|model|scor\w{1,8}|predict\w{0,8}|request|invoke|calls?)s?$/;
const called =
  /(?:post|put|fetch|request|open|ur[il]|client|send|invoke|contents)\w{0,20}\(\s{0,20}(?:["'][A-Z]{3,6}["'],\s{0,8})?[rfbu]?\W{0,4}$/i;
const given = /([\w$.-]{1,60}(?: [\w-]{1,30}){0,2})["'`*_)\]]{0,3}\s{0,8}(?:[:=(]|\bis\b|=>|<-)\s{0,8}[rfbu$@]{0,2}["'`<([]{0,3}$/;
/** Names in connection strings; any other `…ENDPOINT=` may be the setting of a service. */
const partOfConnection = /(?:^|[;"'=])(?:Blob|File|Queue|Table|Dfs|Ingestion|Live)(?:Secondary)?Endpoint=$/;
const furtherPart = /^https?:\/\/[^\s;"'<>]{1,300};\s?\w{1,40}=/i;
const requestLine = /^[\s>$#]{0,8}(?:POST|PUT|PATCH)\s{1,4}$/;
const anyRequestLine = /^[\s>$#]{0,8}(?:GET|HEAD|DELETE|OPTIONS|POST|PUT|PATCH)\s{1,4}$/;
const anyCall = new RegExp('(?:post|put|patch|get|delete|fetch|request|open|client|send|invoke|curl|ajax|axios)\\w{0,20}\\s{0,4}\\('
  + '\\s{0,20}(?:["\'][A-Z]{3,6}["\'],\\s{0,8})?(?:\\w{1,20}\\s{0,4}[:=]\\s{0,4})?[rfbu$@]?(?:new Uri\\()?\\W{0,4}$', 'i');
const command = /(?:^|[\s$>(;&|])(?:curl(?:\.exe)?|wget|iwr|irm|invoke-restmethod|invoke-webrequest|https? POST)\s/i;

/** What stands in front of an address: it is called, it is surely or likely another thing, or nothing of the kind is said. */
export type Standing = 'service' | 'never' | 'other' | 'unknown';

/** Reads what stands in front of an address on its line. */
export function standing(text: string, at: number): Standing {
  const long = lineBefore(text, at, 2000);
  const line = long.slice(-120);
  if (/!\[[^\]]{0,100}\]\($|(?:xmlns(?::\w{1,20})?|schemaLocation|src)=["']?$/i.test(line)) return 'never';
  if (partOfConnection.test(line) || (/Endpoint=["']?$/i.test(line) && furtherPart.test(text.slice(at, at + 400)))) return 'never';
  // The link of a badge.
  if (/\)\]\($/.test(line)) return 'other';
  const name = plainName(labelOf(line));
  if (called.test(line) || requestLine.test(line) || command.test(long)) return 'service';
  if (/schema$|xmlns/.test(name)) return 'never';
  if (name !== '' && notService.test(name)) return 'other';
  return service.test(name) ? 'service' : 'unknown';
}

/** True when a command, a call of code or the line of an HTTP request sends to the address at this offset. */
export function isRequested(text: string, at: number): boolean {
  const line = lineBefore(text, at, 2000);
  return command.test(line) || anyRequestLine.test(line.slice(-120)) || anyCall.test(text.slice(Math.max(0, at - 160), at));
}

function lineBefore(text: string, at: number, most: number): string {
  const before = text.slice(Math.max(0, at - most), at);
  return before.slice(before.lastIndexOf('\n') + 1);
}

/** The name that an address is given by, with the signs of any language between, as in `url = "`; or the word right before it. */
function labelOf(line: string): string {
  return given.exec(line)?.[1] ?? /([A-Za-z]{2,30})\s{1,4}<?$/.exec(line)?.[1] ?? '';
}

/** Requests to addresses whose host the text does not tell, as `{{baseUrl}}/execute` and `$HOST/score`. */
export function openRequests(text: string, code: CodeValues): Candidate[] {
  const found: Candidate[] = [];
  let looked = 0;
  for (const match of text.matchAll(template)) {
    looked += 1;
    if (found.length >= mostCandidates || looked > mostTemplates) break;
    if (!requestPath.test(match[0]) && !isCalled(text, match.index, match[0])) continue;
    const before = /(?:https?:\/\/)?[\w.:-]{0,100}$/i.exec(text.slice(Math.max(0, match.index - 120), match.index))?.[0] ?? '';
    found.push({ text: trimmedEnd(before + match[0]), at: match.index - before.length });
  }
  for (const { value, at } of code.texts) {
    if (found.length >= 2 * mostCandidates) break;
    if (/^(?:https?:\/\/)?[\w.:-]{0,80}\{[\w.$]{1,80}\}\S{0,1000}$/.test(value) && requestPath.test(value)) found.push({ text: value, at });
  }
  return found;
}

/** A variable that is the whole address counts only where a request says what it is. */
function isCalled(text: string, at: number, whole: string): boolean {
  const line = lineBefore(text, at, 80).replace(/https?:\/\/[\w.:-]{0,60}$/i, '');
  if (/(?:^|\s)(?:POST|PUT|PATCH)\s{1,4}$/.test(line) || /\bcurl\s(?:[^|;]{0,60}\s)?["']?$/.test(line)) return !/=$/.test(line);
  return /^(?:\{\{|<<)/.test(whole) && /(?:^|[^\w])(?:ur[il]|endpoint|address)["']?\s{0,4}[:=]\s{0,4}["']?$/i.test(line);
}

/** The addresses that the expressions of code come to. */
export function fromCode(code: CodeValues): Candidate[] {
  return code.texts.flatMap(({ value, at }) => {
    const found = /^\s{0,4}(https?:\/\/\S{4,})\s*$/i.exec(value)?.[1];
    return found === undefined ? [] : [{ text: trimmedEnd(found), at }];
  });
}

/** The addresses that stand in a text as they are, also without their scheme and broken over lines. */
export function fromText(text: string): Candidate[] {
  const found: Candidate[] = [];
  for (const match of text.matchAll(address)) {
    if (found.length >= mostCandidates) break;
    const one = trimmedEnd(match[0]);
    found.push({ text: joinedOverLines(text, one, match.index + match[0].length) ?? one, at: match.index });
    for (const further of match[0].matchAll(/(?<=[,;(])https?:\/\/[^,;(]{1,4096}/gi)) {
      found.push({ text: trimmedEnd(further[0]), at: match.index + further.index });
    }
  }
  for (const match of text.matchAll(contractPath)) {
    if (found.length >= 2 * mostCandidates) break;
    const before = wordBefore(text, match.index);
    const edge = text.charAt(match.index - before.length - 1);
    if (!before.includes('://') && /^[\s"'`([=,;|]?$/.test(edge) && /^[\w<>{}-]+(?:\.[\w-]+)+(?::\d+)?\//.test(before)) {
      const rest = /^[^\s"'`<>|^\\]*/.exec(text.slice(match.index, match.index + 1000))?.[0] ?? '';
      found.push({ text: trimmedEnd(`${before}${rest}`), at: match.index - before.length });
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
  if (rest === undefined || /^https?:/i.test(rest) || !/services\.azureml|workspaces|subscriptions/i.test(part)) return undefined;
  if (isWhole(parseEndpoint(part))) return undefined;
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
    const kept = text.slice(0, end);
    if (opener === undefined ? !/[.,;:!?*_~]/.test(last) : kept.split(opener).length >= kept.split(last).length) break;
    end -= 1;
  }
  return text.slice(0, end);
}
