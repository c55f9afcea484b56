// The numbers of usage as tables: to be sorted, filtered, copied and written into files.

import * as l10n from '@vscode/l10n';
import { formatZone, formatZones } from '../../../base/format';
import type { HeldTable } from '../../../model/openTable';
import type { Cell } from '../../../model/table';
import type { UsageTable } from './messages';
import type { CallTimes, UsageNumbers } from './numbers';
import type { NamedRows, UsageRead } from './read';
import type { RequestsRead } from './requestPages';
import type { UsageRequest } from './requests';
import type { UsageNow } from './session';
import { beginsWithin } from './slots';
import { restText, rowDetail, rowTitle } from './usageView';
import { firstSlotText, strangeText } from './usageWords';
import { shortTimes, zonedText } from './zonedText';

/** A table of the page as it is now; undefined while there is nothing for it. `zone` is that of the person who reads it. */
export function usageTable(which: UsageTable, { read, requests, readMs }: UsageNow, zone: string | undefined): HeldTable | undefined {
  if (!read) return undefined;
  switch (which) {
    case 'time':
      return timeTable(read, zone);
    case 'requests':
      return requests?.kept ? requestTable(read, requests.read, readMs ?? read.window.toMs, zone) : undefined;
    case 'api':
    case 'operation':
    case 'product':
    case 'subscription': {
      const found = read.breakdowns.find(({ kind }) => kind === which);
      return found && namedTable(found, read);
    }
    default:
      return which satisfies never;
  }
}

/** A row for each slot; one of which nothing was told ends behind its time. */
function timeTable({ window, slots, total }: UsageRead, zone: string | undefined): HeldTable {
  const { fromMs, stepMs, numbers } = slots;
  const own = isOwnZone(fromMs, fromMs + stepMs * numbers.length, zone);
  const rows = numbers.map((each, at): readonly Cell[] => {
    const start = fromMs + at * stepMs;
    const times = [...(own ? [zonedText(start, zone)] : []), utcText(start)];
    return each ? [...times, ...cellsOf(each, total)] : times;
  });
  const notes = beginsWithin(slots, window) ? [firstSlotText(own ? zonedText(window.fromMs, zone) : utcText(window.fromMs))] : [];
  return table(l10n.t('Over Time'), [...(own ? [startName(fromMs, zone)] : []), l10n.t('Start (UTC)'), ...numberNames(total)], rows, notes);
}

function namedTable(named: NamedRows, { breakdowns: all, total: allCalls }: UsageRead): HeldTable {
  const { kind, rows } = named;
  const rest = restText(named, allCalls);
  const hasDetail = kind === 'operation' || kind === 'subscription';
  const total = { cacheHits: 0, cacheMisses: 0 };
  for (const { numbers } of rows) {
    total.cacheHits += numbers.cacheHits;
    total.cacheMisses += numbers.cacheMisses;
  }
  const detail = kind === 'operation' ? [l10n.t('API')] : kind === 'subscription' ? [l10n.t('Product'), l10n.t('Owner')] : [];
  return table(namedTableName(kind), [nameOf(kind), l10n.t('ID'), ...detail, ...numberNames(total)], rows.map((row): readonly Cell[] => [
    rowTitle(kind, row), row.ids[kind] ?? '', ...(hasDetail ? [rowDetail(kind, row, all)] : []),
    ...(kind === 'subscription' ? [row.owner ?? ''] : []), ...cellsOf(row.numbers, total),
  ]), rest === '' ? [] : [rest]);
}

/** The latest first. Times stand short at the front, and whole at the end. */
function requestTable(
  { window, breakdowns }: UsageRead, { rows: requests, strange }: RequestsRead, readMs: number, zone: string | undefined,
): HeldTable {
  const titles = new Map(breakdowns.flatMap(({ kind, rows }) =>
    rows.map((row) => [`${kind} ${row.ids.api ?? ''} ${row.ids[kind] ?? ''}`.toLowerCase(), rowTitle(kind, row)])));
  const named = (kind: NamedRows['kind'], { ids }: UsageRequest): string => {
    const api = kind === 'api' || kind === 'operation' ? ids.api ?? '' : '';
    return titles.get(`${kind} ${api} ${ids[kind] ?? ''}`.toLowerCase()) ?? ids[kind] ?? '';
  };
  const names = [
    timeName(window.fromMs, zone), l10n.t('Status'), l10n.t('Method'), l10n.t('URL'), l10n.t('API'),
    l10n.t('Operation'), l10n.t('Product'), l10n.t('Subscription'), l10n.t('Duration (ms)'), l10n.t('Service (ms)'),
    l10n.t('Status of the service'),
    l10n.t('Sent (bytes)'), l10n.t('Received (bytes)'), l10n.t('IP address'), l10n.t('Request ID'), l10n.t('Timestamp (UTC)'),
  ];
  const shortText = shortTimes(requests.map(({ atMs }) => atMs), readMs, zone);
  const rows = requests.toSorted((one, other) => other.atMs - one.atMs).map((each): readonly Cell[] => [
    shortText(each.atMs), String(each.status), each.method, each.url, named('api', each),
    named('operation', each), named('product', each), named('subscription', each), amountText(each.ms), amountText(each.backendMs),
    each.backendStatus, amountText(each.requestBytes), amountText(each.responseBytes), each.ip, each.id, new Date(each.atMs).toISOString(),
  ]);
  return table(l10n.t('Requests'), names, rows, strange === 0 ? [] : [strangeText(strange)]);
}

function table(name: string, names: readonly string[], rows: HeldTable['rows'], notes: readonly string[] = []): HeldTable {
  return { name, columns: names.map((each) => ({ name: each })), rows, totalRows: rows.length, notes };
}

/** What a table by one of these is called, and what its rows are. */
export function namedTableName(kind: NamedRows['kind']): string {
  switch (kind) {
    case 'api':
      return l10n.t('By API');
    case 'operation':
      return l10n.t('By Operation');
    case 'product':
      return l10n.t('By Product');
    case 'subscription':
      return l10n.t('By Subscription');
    default:
      return kind satisfies never;
  }
}

function nameOf(kind: NamedRows['kind']): string {
  switch (kind) {
    case 'api':
      return l10n.t('API');
    case 'operation':
      return l10n.t('Operation');
    case 'product':
      return l10n.t('Product');
    case 'subscription':
      return l10n.t('Subscription');
    default:
      return kind satisfies never;
  }
}

/** False where the zone is universal time itself: one column says it then. */
function isOwnZone(fromMs: number, toMs: number, zone: string | undefined): boolean {
  return formatZones(fromMs, toMs, zone).some((name) => name !== 'UTC');
}

function startName(timeMs: number, zone: string | undefined): string {
  return l10n.t('Start ({0})', zone ?? formatZone(timeMs));
}

function timeName(timeMs: number, zone: string | undefined): string {
  return l10n.t('Time ({0})', zone ?? formatZone(timeMs));
}

function numberNames(total: Pick<UsageNumbers, 'cacheHits' | 'cacheMisses'>): readonly string[] {
  return [
    l10n.t('Calls'), l10n.t('Succeeded'), l10n.t('Failed'), l10n.t('Blocked'), l10n.t('Other'), l10n.t('Bandwidth (bytes)'),
    l10n.t('Mean (ms)'), l10n.t('Least (ms)'), l10n.t('Most (ms)'), l10n.t('Service mean (ms)'), l10n.t('Service least (ms)'),
    l10n.t('Service most (ms)'), ...(hasCache(total) ? [l10n.t('Cache hits'), l10n.t('Cache misses')] : []),
  ];
}

function cellsOf(
  { calls, succeeded, failed, blocked, other, bytes, time, backend, cacheHits, cacheMisses }: UsageNumbers,
  total: Pick<UsageNumbers, 'cacheHits' | 'cacheMisses'>,
): readonly Cell[] {
  const counts = [calls, succeeded, failed, blocked, other, bytes].map(String);
  return [...counts, ...timeCells(time), ...timeCells(backend), ...(hasCache(total) ? [String(cacheHits), String(cacheMisses)] : [])];
}

function hasCache({ cacheHits, cacheMisses }: Pick<UsageNumbers, 'cacheHits' | 'cacheMisses'>): boolean {
  return cacheHits + cacheMisses > 0;
}

function timeCells(times: CallTimes | undefined): readonly Cell[] {
  return times ? [amountText(times.mean), amountText(times.least), amountText(times.most)] : ['', '', ''];
}

/** A duration to the microsecond: means that were put together have digits that nobody measured. */
function amountText(value: number | undefined): string {
  return value === undefined ? '' : String(Math.round(value * 1000) / 1000);
}

function utcText(timeMs: number): string {
  return `${new Date(timeMs).toISOString().slice(0, 16)}Z`;
}
