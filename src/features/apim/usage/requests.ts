// Single requests as a tier keeps them: read with suspicion, without keys in their addresses, and who of them was refused.

import { beginningOfText } from '../../../base/cutText';
import { isObject } from '../../../base/shape';
import { looksSecret, mask, maskTokens } from '../../../redaction';
import { idsOfRow, readText, readTime } from './reports';
import { idsKey } from './scope';
import { refusals, type Refusal, type UsageIds } from './usageShape';

/** A call. Texts come from outside. */
export interface UsageRequest {
  readonly atMs: number;
  readonly ids: UsageIds;
  readonly method: string;
  /** Without keys. */
  readonly url: string;
  readonly ip: string;
  readonly status: number;
  /** Empty where the gateway has answered itself. */
  readonly backendStatus: string;
  /** Milliseconds; undefined where none is told. */
  readonly ms: number | undefined;
  readonly backendMs: number | undefined;
  readonly requestBytes: number | undefined;
  readonly responseBytes: number | undefined;
  readonly id: string;
}

/** Longer addresses tell nobody more, in UTF-16 units. */
const longestUrl = 2_000;

/** Reads a row; undefined for one without a time or a status. */
export function readRequest(json: unknown): UsageRequest | undefined {
  if (!isObject(json)) return undefined;
  const [atMs, status] = [readTime(json['timestamp']), json['responseCode']];
  if (atMs === undefined || typeof status !== 'number' || !Number.isInteger(status) || status < 0 || status > 999) return undefined;
  const url = typeof json['url'] === 'string' ? json['url'] : '';
  return {
    atMs, ids: idsOfRow(json), method: readText(json, 'method'), url: shownUrl(url), ip: readText(json, 'ipAddress'), status,
    backendStatus: readText(json, 'backendResponseCode'), ms: amount(json['apiTime']), backendMs: amount(json['serviceTime']),
    requestBytes: amount(json['requestSize']), responseBytes: amount(json['responseSize']), id: readText(json, 'requestId'),
  };
}

/** Arguments that look like keys are masked before anything is cut: half a key would not look like one. APIs name theirs as they like. */
function shownUrl(url: string): string {
  const [path = '', ...rest] = beginningOfText(url, 50_000).split('?');
  const shown = rest.join('?').split('&').map((part) => {
    const at = part.indexOf('=');
    const [name, value] = at < 0 ? ['', part] : [part.slice(0, at), part.slice(at + 1)];
    return value === '' || !(looksSecret(name, value) || /^[\da-f]{32,}$/i.test(value)) ? part : `${at < 0 ? '' : `${name}=`}${mask}`;
  });
  return beginningOfText(maskTokens(rest.length === 0 ? path : `${path}?${shown.join('&')}`), longestUrl);
}

function amount(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined;
}

/** A caller that was refused. */
export interface RefusedCaller {
  /** Undefined for calls without a key that counts, and for those that need none. */
  readonly subscription: string | undefined;
  /** How often, by status; undefined where single requests are not kept. */
  readonly byStatus: Readonly<Record<Refusal, number>> | undefined;
  readonly blocked: number;
  /** All of its calls; undefined where that is not told. */
  readonly calls: number | undefined;
  /** What it was refused for, the most frequent first. */
  readonly products: readonly string[];
  readonly apis: readonly string[];
  readonly operations: readonly RefusedOperation[];
  readonly lastMs: number | undefined;
}

/** An operation with its API. */
export interface RefusedOperation {
  readonly api: string;
  readonly operation: string;
}

/** Who was refused. */
export interface RefusedCallers {
  readonly callers: readonly RefusedCaller[];
  /** How many calls the service behind the gateway has refused itself: they are nobody's limit here. */
  readonly byService: number;
}

/**
 * Groups requests that the gateway has refused by the subscription whose key they bore, those who were refused most often first. Of calls
 * without one, those whose key did not count are told apart from those that were refused for something else.
 */
export function refusedCallers(requests: readonly UsageRequest[]): RefusedCallers {
  const groups = new Map<string, UsageRequest[]>();
  let byService = 0;
  for (const request of requests) {
    if (!refusals.some((status) => status === request.status)) continue;
    if (request.backendStatus === String(request.status)) {
      byService += 1;
      continue;
    }
    const { subscription } = request.ids;
    const key = subscription === undefined ? String(request.status === 401) : idsKey({ subscription });
    const group = groups.get(key) ?? [];
    groups.set(key, group);
    group.push(request);
  }
  const all = [...groups.values()].map((group): RefusedCaller => {
    const count = (status: Refusal): number => group.filter((each) => each.status === status).length;
    return {
      subscription: group[0]?.ids.subscription, byStatus: { 429: count(429), 403: count(403), 401: count(401) }, blocked: group.length,
      calls: undefined, products: frequent(group.map(({ ids }) => ids.product)), apis: frequent(group.map(({ ids }) => ids.api)),
      operations: frequentOperations(group),
      lastMs: group.reduce((last, { atMs }) => Math.max(last, atMs), 0),
    };
  });
  return { callers: all.sort((one, other) => other.blocked - one.blocked), byService };
}

function frequentOperations(group: readonly UsageRequest[]): readonly RefusedOperation[] {
  const found = new Map<string, RefusedOperation>();
  const keys = group.map(({ ids: { api, operation } }) => {
    if (api === undefined || operation === undefined) return undefined;
    const key = idsKey({ api, operation });
    found.set(key, found.get(key) ?? { api, operation });
    return key;
  });
  return frequent(keys).flatMap((key) => found.get(key) ?? []);
}

function frequent(names: readonly (string | undefined)[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const name of names) if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].sort(([, one], [, other]) => other - one).map(([name]) => name);
}
