// The state of the page of usage, made of what was read and what is looked at.

import { instanceTitle } from '../nodes';
import {
  tableNumbers, type UsageBar, type UsageBreakdown, type UsageChip, type UsageContent, type UsageState, type UsageTable,
  type SlotNumbers,
} from './messages';
import type { UsageNumbers } from './numbers';
import { intervalOf, lengthOf, offeredIntervals, type UsagePeriod } from './period';
import type { NamedRows, UsageRead } from './read';
import type { NamedRow } from './reports';
import { idsKey } from './scope';
import type { UsageNow } from './session';
import { beginsWithin } from './slots';
import { ofNoneText, usageTitle } from './usageWords';

/** So many bars are drawn of a list; the table has all. */
const mostBars = 12;

/** The page. */
export function usageView({
  target: { instance, ids, titles }, settings, part, turn, busy, wait, problem, readMs, read, none, throttled, requests,
}: UsageNow): UsageState {
  const meant: UsagePeriod = settings.time ? { kind: 'between', ...settings.time } : settings.period;
  const title = instanceTitle(instance);
  const rows = requests?.kept ? requests.read : undefined;
  return {
    type: 'usage', place: { instance: instance.id, ids }, title: usageTitle(ids, titles, title), instance: title, sample: instance.sample,
    period: settings.period, intervalMs: intervalOf(meant, settings.wish), chosenInterval: settings.wish !== undefined,
    intervals: offeredIntervals(lengthOf(meant)), chips: chipsOf(settings), part, turn, busy, tables: tablesOf(read),
    ...(wait === undefined ? {} : { wait }), ...(problem ? { problem } : {}), ...(readMs === undefined ? {} : { readMs }),
    ...(none ? { content: { kind: 'none', ...none } as const } : read ? { content: contentOf(read) } : {}),
    ...(throttled ? { throttled } : {}),
    ...(requests === undefined ? {} : {
      requests: {
        kept: requests.kept, rows: rows?.rows.length ?? 0, more: rows?.hasMore === true,
        ...(rows?.count === undefined ? {} : { count: rows.count }),
      },
    }),
  };
}

function tablesOf(read: UsageRead | undefined): UsageState['tables'] {
  if (!read) return [];
  const parts: readonly UsageTable[] = ['time', ...read.breakdowns.map(({ kind }) => kind), 'requests'];
  return parts.map((part) => ({ part, table: tableNumbers[part] }));
}

function chipsOf({ narrowed, time }: UsageNow['settings']): readonly UsageChip[] {
  return [...(time ? [{ key: 'time' as const, ...time }] : []), ...narrowed.map(({ kind, title }) => ({ key: kind, title }))];
}

function contentOf({ window, slots, total, told, breakdowns, notes }: UsageRead): UsageContent {
  return {
    kind: 'usage', fromMs: window.fromMs, toMs: window.toMs, beginsWithin: beginsWithin(slots, window),
    slots: { ...slots, numbers: slots.numbers.map(slotNumbers) }, total, told: told !== 'nothing',
    breakdowns: breakdowns.map((each) => breakdownOf(each, breakdowns, total)), notes,
  };
}

function slotNumbers(numbers: UsageNumbers | undefined): SlotNumbers | null {
  if (!numbers) return null;
  const { succeeded, failed, blocked, other, time } = numbers;
  if (!time) return [succeeded, failed, blocked, other];
  return [succeeded, failed, blocked, other, rounded(time.mean), rounded(time.least), rounded(time.most)];
}

/** To the microsecond. */
function rounded(ms: number): number {
  return Math.round(ms * 1_000) / 1_000;
}

function breakdownOf(named: NamedRows, all: readonly NamedRows[], total: UsageNumbers): UsageBreakdown {
  const { kind, rows } = named;
  return {
    kind, rest: restText(named, total), count: rows.length, unused: rows.filter(({ numbers }) => numbers.calls === 0).length,
    bars: rows.slice(0, mostBars).map((row): UsageBar => ({
      key: idsKey(row.ids), title: rowTitle(kind, row), detail: rowDetail(kind, row, all), numbers: row.numbers,
    })),
  };
}

/** How many calls are of none of the rows, in a sentence; empty where all are of one, or where it cannot be known. */
export function restText({ kind, rows, lacksRows }: NamedRows, total: UsageNumbers): string {
  const rest = total.calls - rows.reduce((sum, { numbers }) => sum + numbers.calls, 0);
  return rest > 0 && lacksRows !== true ? ofNoneText(kind, rest) : '';
}

/** What a row is called: by its name where it has one. */
export function rowTitle(kind: NamedRows['kind'], { name, ids }: NamedRow): string {
  return name === '' ? ids[kind] ?? '' : name;
}

/** What tells a row from others of its name: the API of an operation, the product of a subscription. */
export function rowDetail(kind: NamedRows['kind'], { ids, product }: NamedRow, all: readonly NamedRows[]): string {
  const other = kind === 'operation' ? { kind: 'api', name: ids.api } as const : { kind: 'product', name: product } as const;
  if ((kind !== 'operation' && kind !== 'subscription') || other.name === undefined) return '';
  const key = idsKey({ [other.kind]: other.name });
  const row = all.find((each) => each.kind === other.kind)?.rows.find((each) => idsKey(each.ids) === key);
  return row ? rowTitle(other.kind, row) : other.name;
}

/** The page where there is nothing to show. */
export const noUsage: UsageState = {
  type: 'usage', title: '', instance: '', sample: false, period: { kind: 'last', span: 'day' }, intervalMs: 900_000, chosenInterval: false,
  intervals: [900_000], chips: [], part: 'charts', tables: [], turn: 0, busy: false,
};
