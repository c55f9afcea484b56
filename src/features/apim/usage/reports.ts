// Asks for the reports of an instance: which of them can be narrowed by what, their filters, their rows page by page.

import * as l10n from '@vscode/l10n';
import { beginningOfText } from '../../../base/cutText';
import { filledText, isArray, member, type JsonObject } from '../../../base/shape';
import { ArmFailed } from '../../../model/errors';
import { full, type ArmPlace } from '../publish/reading';
import { readNumbers, type UsageNumbers } from './numbers';
import { isoInterval, type UsageWindow } from './period';
import type { TimeRow } from './slots';
import type { UsageIdKind, UsageIds } from './usageShape';

/** The reports that are read here. */
export type ReportName = 'byTime' | 'byApi' | 'byOperation' | 'byProduct' | 'bySubscription' | 'byRequest';

/** These two take no name of an API or an operation. */
const narrowReports: readonly ReportName[] = ['byProduct', 'bySubscription'];

/** True where a report can be narrowed to these. */
export function canNarrow(report: ReportName, ids: UsageIds): boolean {
  return ids.api === undefined || !narrowReports.includes(report);
}

/** The filter of a report. An end is given only where it is not now: the service's clock is the one that counts. */
export function filterText({ fromMs, toMs, open }: UsageWindow, ids: UsageIds): string {
  const { api, operation, product, subscription } = ids;
  return [
    compared('timestamp', 'ge', `datetime'${timeText(fromMs)}'`),
    ...(open ? [] : [compared('timestamp', 'le', `datetime'${timeText(toMs)}'`)]),
    ...(api === undefined ? [] : [equal('apiId', `/apis/${api}`)]),
    ...(api === undefined || operation === undefined ? [] : [equal('operationId', `/apis/${api}/operations/${operation}`)]),
    ...(product === undefined ? [] : [equal('productId', `/products/${product}`)]),
    ...(subscription === undefined ? [] : [equal('subscriptionId', `/subscriptions/${subscription}`)]),
  ].map((part, at) => (at === 0 ? part : ['and', part].join(' '))).join(' ');
}

function compared(name: string, operator: string, value: string): string {
  return [name, operator, value].join(' ');
}

/** Universal time without a zone, as the service's own examples have it. */
function timeText(timeMs: number): string {
  return new Date(timeMs).toISOString().slice(0, 19);
}

function equal(name: string, value: string): string {
  return compared(name, 'eq', `'${value.replaceAll("'", "''")}'`);
}

/** Rows of a page, also of single requests. */
export const pageRows = 1_000;
/** So many rows of a list are read at most. */
const mostRows = 20_000;
/** Also a list whose pages hold next to nothing comes to its end. */
const mostPages = 400;

/** What a report told. */
export interface ReportRows<Row> {
  readonly rows: readonly Row[];
  /** Rows that made no sense and were left out. */
  readonly strange: number;
  /** True where there are more than are read. */
  readonly isCut: boolean;
}

/** One thing with its numbers. Texts come from outside. */
export interface NamedRow {
  readonly ids: UsageIds;
  /** Empty where it has none. */
  readonly name: string;
  /** The user whose subscription it is, and the product that it is for. */
  readonly owner?: string;
  readonly product?: string;
  readonly numbers: UsageNumbers;
}

/** The calls over time. Throws ArmFailed and Cancelled. */
export function readByTime(place: ArmPlace, window: UsageWindow, ids: UsageIds, intervalMs: number): Promise<ReportRows<TimeRow>> {
  return readReport(place, 'byTime', { $filter: filterText(window, ids), interval: isoInterval(intervalMs) }, (json) => {
    const [atMs, numbers] = [readTime(json['timestamp']), readNumbers(json)];
    return atMs === undefined || numbers === undefined ? undefined : { atMs, numbers };
  });
}

/** The calls by API, operation, product or subscription. Throws ArmFailed and Cancelled. */
export function readByName(place: ArmPlace, kind: UsageIdKind, window: UsageWindow, ids: UsageIds): Promise<ReportRows<NamedRow>> {
  return readReport(place, reportOf(kind), { $filter: filterText(window, ids) }, (json) => readNamedRow(kind, json));
}

/** The report that counts by one of these. */
export function reportOf(kind: UsageIdKind): ReportName {
  switch (kind) {
    case 'api':
      return 'byApi';
    case 'operation':
      return 'byOperation';
    case 'product':
      return 'byProduct';
    case 'subscription':
      return 'bySubscription';
    default:
      return kind satisfies never;
  }
}

async function readReport<Row>(
  place: ArmPlace, report: ReportName, query: Readonly<Record<string, string>>, read: (json: JsonObject) => Row | undefined,
): Promise<ReportRows<Row>> {
  const rows: Row[] = [];
  let [strange, pages] = [0, 0];
  const options = { ...place.options, query: { ...query, $top: String(pageRows) } };
  for await (const page of place.arm.pages(full(place, `/reports/${report}`), options)) {
    for (const json of page) {
      const row = read(json);
      if (row === undefined) strange += 1;
      else rows.push(row);
    }
    pages += 1;
    if (rows.length + strange >= mostRows || pages >= mostPages) return { rows, strange, isCut: true };
  }
  return { rows, strange, isCut: false };
}

/** A row with its ids; undefined where it lacks the one that it is about. */
export function readNamedRow(kind: UsageIdKind, json: JsonObject): NamedRow | undefined {
  const numbers = readNumbers(json);
  const ids = idsOfRow(json);
  const own = ids[kind];
  if (numbers === undefined || own === undefined) return undefined;
  const name = readText(json, 'name');
  const owner = idIn(json, 'userId', 'users');
  return {
    ids: kind === 'operation' && ids.api !== undefined ? { api: ids.api, operation: own } : { [kind]: own },
    name, ...(owner === undefined ? {} : { owner }),
    ...(kind === 'subscription' && ids.product !== undefined ? { product: ids.product } : {}), numbers,
  };
}

/** The names that a row tells; a hyphen stands for none. */
export function idsOfRow(json: JsonObject): UsageIds {
  const [api, product, subscription] =
    [idIn(json, 'apiId', 'apis'), idIn(json, 'productId', 'products'), idIn(json, 'subscriptionId', 'subscriptions')];
  const operation = idIn(json, 'operationId', 'operations');
  return {
    ...(api === undefined ? {} : { api }), ...(operation === undefined ? {} : { operation }),
    ...(product === undefined ? {} : { product }), ...(subscription === undefined ? {} : { subscription }),
  };
}

/** Names are cut at this length, in UTF-16 units. */
const longestName = 300;

/** A text of a row on one line, empty where there is none. */
export function readText(json: JsonObject, name: string): string {
  const text = filledText(json[name]) ?? '';
  return beginningOfText(text, longestName).replace(/[\r\n\u2028\u2029]/g, ' ');
}

/** The name behind a collection in an id such as `/apis/demo/operations/run`; undefined for `-`, and for what is no such id. */
function idIn(json: JsonObject, memberName: string, collection: string): string | undefined {
  const id = filledText(json[memberName]);
  if (id === undefined || id.length > 2_000) return undefined;
  const parts = id.split('/');
  const at = parts.lastIndexOf(collection);
  const name = at < 0 ? undefined : parts[at + 1];
  // The current revision may be named with its number.
  return name === undefined || name === '' || name === '-' ? undefined : name.replace(/;rev=\d{1,9}$/, '');
}

/** A time in milliseconds since 1970; undefined for what is none. Seven digits behind the point are taken as three. */
export function readTime(value: unknown): number | undefined {
  const text = filledText(value);
  if (text === undefined || text.length > 40) return undefined;
  const [, whole = '', part = '', zone = ''] = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d{1,12})?(Z|[+-]\d\d:\d\d)?$/.exec(text) ?? [];
  const time = Date.parse(`${whole}${part.slice(0, 4)}${zone === '' ? 'Z' : zone}`);
  return Number.isNaN(time) ? undefined : time;
}

/**
 * A page of single requests: the rows, of which some may be no objects, and how many there are in all where that is told. Throws
 * ArmFailed and Cancelled.
 */
export async function readRequestPage(
  place: ArmPlace, window: UsageWindow, ids: UsageIds, skip: number,
): Promise<{ readonly rows: readonly unknown[]; readonly isLast: boolean; readonly count: number | undefined }> {
  const query = { $filter: filterText(window, ids), $top: String(pageRows), $skip: String(skip) };
  const { body } = await place.arm.get(full(place, '/reports/byRequest'), { ...place.options, query });
  const rows = member(body, 'value');
  if (!isArray(rows)) {
    const sentence = l10n.t('The report of single requests makes no sense: it holds no list.');
    throw new ArmFailed({ sentence, actions: ['retry', 'showLog'] }, 'other');
  }
  const count = member(body, 'count');
  return {
    rows, isLast: rows.length === 0 || (rows.length < pageRows && !(typeof count === 'number' && count > skip + rows.length)),
    count: typeof count === 'number' && Number.isSafeInteger(count) && count >= rows.length ? count : undefined,
  };
}
