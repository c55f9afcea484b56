// Puts a service's address together where a text holds its host and its path apart, as the libraries of many languages want them.

import { withoutEnd } from '../../../base/ends';
import { isLoopback } from '../../../base/loopback';
import type { Candidate } from './pasteCandidates';
import { plainName } from '../../../base/pasted/pasteSecrets';
import type { Pair } from '../../../base/pasted/pasteText';
import type { CodeValues } from '../../../base/pasted/pasteValues';

/** The addresses that were put together, or that the text leaves open which host belongs to its path. */
export interface Parts {
  readonly found: readonly Candidate[];
  readonly unclear: boolean;
}

const contractPath = /^\/?(?:[\w.~-]{1,80}\/){0,6}(?:workspaces|subscriptions)\/[^\s/]{1,80}\/services\/[^\s/?]{1,80}(?:[/?]\S{0,1000})?$/i;
const plainHost = /^[a-z\d-]{1,63}(?:\.[a-z\d-]{1,63}){1,8}\.?(?::\d{1,5})?$|^localhost(?::\d{1,5})?$/i;
const rooted = /^https?:\/\/[a-z\d.-]{1,253}(?::\d{1,5})?(?:\/[\w.~-]{1,80}){0,6}\/?$/i;
const hostName = /(?:^|api|service|base|server|remote|ml|scoring|http|request)(?:host|hostname|server|servername|domain|authority|netloc)$/;
const baseName = /(?:base|baseur[il]|baseaddress|basepath|root|endpoint|ur[il]|address|origin|prefix)$/;
const pathName = /(?:^|[a-z])(?:path|pathname|route|resource|requesturi|endpoint|ur[il]|target)$/;
const hostCall = /(?:https?|https?connection|httphost|sethost|host|url|httpclient|connect|new|start|hostname|withhost|authority|builder)$/;
const pathCall = /(?:request|post|httppost|setpath|path|put|putrequest|postasync|send|open|url|pathname|new)$/;

/** Reads hosts and paths of settings, members and calls. `text` is searched for the number of a port. */
export function fromParts(text: string, code: CodeValues, pairs: readonly Pair[]): Parts {
  const hosts = hostsOf(code, pairs);
  const paths = pathsOf(code, pairs);
  const [path] = paths;
  if (path === undefined || hosts.length === 0) return { found: [], unclear: false };
  // A host by its own name goes before a base address, of which a text may have many.
  const sure = hosts.filter((host) => host.sure);
  const distinct = new Map((sure.length > 0 ? sure : hosts).map((host) => [withoutEnd(host.text.toLowerCase(), './'), host]));
  const [host] = distinct.values();
  if (host === undefined || distinct.size > 1) return { found: [], unclear: paths.some((one) => contractPath.test(one.text)) };
  const port = /\bport["']?\s{0,4}[:=,]\s{0,4}["']?(\d{2,5})\b/i.exec(text)?.[1];
  const base = host.text.includes('://') ? host.text : withScheme(host.text, port);
  const joined = (one: Candidate): string => `${withoutEnd(base, '/')}/${one.text.replace(/^\/+/, '')}`;
  return { found: paths.map((one) => ({ text: joined(one), at: host.at })), unclear: false };
}

function withScheme(host: string, port: string | undefined): string {
  const scheme = isLoopback(host.replace(/:\d+$/, '')) ? 'http' : 'https';
  const own = port === undefined || port === '443' || (port === '80' && scheme === 'http') || /:\d+$/.test(host) ? '' : `:${port}`;
  return `${scheme}://${host}${own}`;
}

interface Host extends Candidate {
  readonly sure: boolean;
}

function hostsOf(code: CodeValues, pairs: readonly Pair[]): Host[] {
  const found: Host[] = [];
  for (const pair of pairs) {
    const name = plainName(pair.name.slice(pair.name.lastIndexOf('.') + 1));
    const value = pair.value.trim();
    const isHost = hostName.test(name) || hostName.test(plainName(pair.name));
    const isAddress = plainHost.test(value) || rooted.test(value);
    if ((isHost || baseName.test(name)) && isAddress && !pair.comment) found.push({ text: value, at: pair.at, sure: isHost });
  }
  for (const call of code.calls) {
    const name = plainName(call.name);
    if (!hostCall.test(name)) continue;
    const host = call.given.find((each) => plainHost.test(each.trim()) || rooted.test(each.trim()));
    const port = call.given.find((each) => /^\d{2,5}$/.test(each));
    if (host === undefined) continue;
    const whole = host.includes('://') || port === undefined || /:\d+$/.test(host);
    found.push({ text: whole ? host.trim() : withScheme(host.trim(), port), at: call.at, sure: !host.includes('://') });
  }
  return found.map((host) => (plainHost.test(host.text) ? { ...host, text: host.text.replace(/\.$/, '') } : host));
}

function pathsOf(code: CodeValues, pairs: readonly Pair[]): Candidate[] {
  const isContract = (value: string): boolean => contractPath.test(value) && !plainHost.test(value.replace(/\/.*$/s, ''));
  const contract = [...pairs, ...code.texts].filter(({ value }) => isContract(value.trim()));
  if (contract.length > 0) return contract.map(({ value, at }) => ({ text: value.trim(), at }));
  const isPath = (value: string): boolean => /^\/[\w.~%-]{1,80}(?:\/[\w.~%-]{1,80}){0,8}\/?(?:\?\S{0,500})?$/.test(value);
  const named = pairs.filter((pair) => pathName.test(plainName(pair.name)) && isPath(pair.value.trim()) && !pair.comment);
  const calls = code.calls.filter((call) => pathCall.test(plainName(call.name)));
  const given = calls.flatMap((call) => call.given.filter(isPath).slice(0, 1).map((text) => ({ text, at: call.at })));
  return [...named.map(({ value, at }) => ({ text: value.trim(), at })), ...given].slice(0, 1);
}
