// The pictures of usage: figures, calls and response times over time, calls by API, operation, product and subscription.

import * as l10n from '@vscode/l10n';
import { formatBytes, formatCount, formatDuration, formatShare } from '../../src/base/format';
import type { ShownSlots, UsageBreakdown, UsageContent, UsageIdKind, UsagePart } from '../../src/features/apim/usage/messages';
import { drawNamedBars } from '../kit/chart/bars';
import { drawChart } from '../kit/chart/chart';
import type { Tone } from '../kit/chart/shapes';
import { h } from '../kit/elements';
import type { UsagePageContext } from './context';
import { groupLength, groupSlots, type GroupNumbers, type SlotGroup } from './groups';
import { changesZone, lengthText, spanText, ticksOf, zoneText } from './times';

/** A bar is at least so wide, in pixels. */
const leastPx = 4;

/** What the pictures need of the page. */
export interface ChartsSpec {
  readonly widthPx: number;
  /** Shows the table of a part. */
  readonly showTable: (part: UsagePart) => void;
}

/** Slots as the bars that they are drawn as. */
export interface GroupedSlots {
  readonly lengthMs: number;
  readonly groups: readonly SlotGroup[];
}

/** Puts slots together so that the bars fit into a picture of this width. */
export function fitted(slots: ShownSlots, widthPx: number): GroupedSlots {
  const lengthMs = groupLength(slots, Math.max(24, Math.floor(widthPx / leastPx)));
  return { lengthMs, groups: groupSlots(slots, lengthMs) };
}

interface Outcome {
  readonly key: 'succeeded' | 'failed' | 'blocked' | 'other';
  readonly name: string;
  readonly tone: Tone;
}

const outcomes = (): readonly Outcome[] => [
  { key: 'succeeded', name: l10n.t('Succeeded'), tone: 'good' },
  { key: 'failed', name: l10n.t('Failed'), tone: 'bad' },
  { key: 'blocked', name: l10n.t('Blocked'), tone: 'warn' },
  { key: 'other', name: l10n.t('Other'), tone: 'other' },
];

/** The figures of all that is looked at, in a line that wraps. */
export function drawFigures({ total }: UsageContent): HTMLElement {
  const { calls, succeeded, failed, blocked, other, bytes, time, backend, cacheHits, cacheMisses } = total;
  const counted = (value: number): string =>
    (value === 0 || calls === 0 ? formatCount(value) : l10n.t('{0} ({1})', formatCount(value), formatShare(value, calls)));
  const figure = (name: string, value: string, title: string, tone = ''): HTMLElement =>
    h('li', { class: ['figure', tone].join(' ').trim(), title },
      h('span', { class: 'figure-name' }, name), h('span', { class: 'figure-value' }, value));
  return h('ul', { class: 'figures', 'aria-label': l10n.t('Figures') },
    figure(l10n.t('Calls'), formatCount(calls), l10n.t('All calls of this time')),
    figure(l10n.t('Succeeded'), counted(succeeded), l10n.t('Answered with a status up to 301, 304 or 307')),
    figure(l10n.t('Failed'), counted(failed), l10n.t('Answered with 400, or with 500 and above'), failed > 0 ? 'bad' : ''),
    figure(l10n.t('Blocked'), counted(blocked), l10n.t('Refused by the gateway with 401, 403 or 429'), blocked > 0 ? 'warn' : ''),
    ...(other > 0 ? [figure(l10n.t('Other'), counted(other), l10n.t('Answered with another status, such as 404'))] : []),
    ...(time ? [
      figure(l10n.t('Mean time'), formatDuration(time.mean), l10n.t('The mean over all calls that were not blocked')),
      figure(l10n.t('Least to most'), l10n.t('{0} – {1}', formatDuration(time.least), formatDuration(time.most)),
        l10n.t('The fastest and the slowest call')),
    ] : []),
    ...(backend
      ? [figure(l10n.t('Service'), formatDuration(backend.mean), l10n.t('The mean of what the service behind the gateway took'))] : []),
    figure(l10n.t('Bandwidth'), formatBytes(bytes), l10n.t('Bytes of requests and answers')),
    ...(cacheHits + cacheMisses > 0 ? [
      figure(l10n.t('From the cache'), formatShare(cacheHits, cacheHits + cacheMisses),
        l10n.t('Share of calls that the cache has answered')),
    ] : []));
}

/** The calls over time, and how long they took. */
export function drawOverTime(
  page: UsagePageContext, { total, fromMs: begins }: UsageContent, { lengthMs, groups }: GroupedSlots, { widthPx, showTable }: ChartsSpec,
): readonly HTMLElement[] {
  const [first, last] = [groups[0], groups.at(-1)];
  const withZone = first !== undefined && last !== undefined && changesZone(first.fromMs, last.fromMs);
  const labels = groups.map(({ fromMs, toMs, slots: all, told }) => {
    const span = spanText(startOf(fromMs, toMs, begins), toMs, withZone);
    return told === 0 || told === all ? span : l10n.t('{0} ({1} of {2} slots reported)', span, formatCount(told), formatCount(all));
  });
  const common = {
    places: {
      name: l10n.t('Time'), labels, keys: groups.map(({ fromMs }) => String(fromMs)), ticks: ticksOf(groups, widthPx),
    },
    widthPx, onTable: () => showTable('time'),
    note: l10n.t('each bar is {0}, times in {1}', lengthText(lengthMs), zoneText(first?.fromMs ?? 0, last?.fromMs ?? 0)),
    ...(groups.length < 2 ? {} : {
      onChoose: {
        run: (at: number) => narrowTo(page, groups[at], begins),
        words: (words: string) => l10n.t('{0}. Look at this time alone.', words),
      },
    }),
  };
  const shown = outcomes().filter(({ key }) => key !== 'other' || total.other > 0);
  const numbersOf = (pick: (numbers: GroupNumbers) => number): number[] => groups.map(({ numbers }) => (numbers ? pick(numbers) : 0));
  const calls = drawChart({
    ...common, title: l10n.t('Calls'), form: 'bars', focusKey: 'calls',
    series: shown.map(({ key, name, tone }) => ({ name, tone, values: numbersOf((numbers) => numbers[key]) })),
    missing: { at: groups.map(({ numbers }) => numbers === undefined), words: l10n.t('no calls reported') },
  });
  if (!total.time) return [calls];
  const times = drawChart({
    ...common, title: l10n.t('Response Time'), form: 'lines', focusKey: 'times', note: l10n.t('each point is {0}', lengthText(lengthMs)),
    series: [
      { name: l10n.t('Mean'), tone: 'middle', values: numbersOf(({ time }) => time?.mean ?? 0) },
      { name: l10n.t('Most'), tone: 'upper', values: numbersOf(({ time }) => time?.most ?? 0) },
      { name: l10n.t('Least'), tone: 'lower', values: numbersOf(({ time }) => time?.least ?? 0) },
    ],
    missing: { at: groups.map(({ numbers }) => numbers?.time === undefined), words: l10n.t('no times reported') },
    format: formatDuration,
  });
  return [calls, times];
}

function narrowTo(page: UsagePageContext, group: SlotGroup | undefined, begins: number): void {
  if (group) page.send({ type: 'narrowTime', fromMs: startOf(group.fromMs, group.toMs, begins), toMs: group.toMs });
}

/** Where a bar is counted from: the first begins where the time does that is looked at. */
function startOf(fromMs: number, toMs: number, begins: number): number {
  return begins > fromMs && begins < toMs ? begins : fromMs;
}

/** The calls by what they are of. */
export function drawBreakdowns(page: UsagePageContext, { breakdowns }: UsageContent, { showTable }: ChartsSpec): readonly HTMLElement[] {
  return breakdowns.filter(({ bars }) => bars.length > 0).map((each) => drawBreakdown(page, each, showTable));
}

function drawBreakdown(
  page: UsagePageContext, { kind, bars, count, unused, rest }: UsageBreakdown, showTable: ChartsSpec['showTable'],
): HTMLElement {
  const series = outcomes();
  return drawNamedBars({
    title: breakdownTitle(kind), focusKey: `by-${kind}`, series,
    bars: bars.map(({ title, detail, numbers }) => ({ title, detail, values: series.map(({ key }) => numbers[key]) })),
    note: [...noteOf(count - bars.length, unused, count), ...(rest === '' ? [] : [rest])].join(' '), onTable: () => showTable(kind),
    onChoose: {
      run: (at) => {
        const bar = bars[at];
        if (bar) page.send({ type: 'narrow', kind, key: bar.key });
      },
      words: (words) => l10n.t('{0}. Look at it alone.', words),
    },
  });
}

function noteOf(more: number, unused: number, count: number): readonly string[] {
  return [
    ...(more === 0 ? [] : [more === 1 ? l10n.t('One more is in the table.') : l10n.t('{0} more are in the table.', formatCount(more))]),
    ...(unused === 0 || unused === count ? [] : [unused === 1
      ? l10n.t('One of them had no calls.') : l10n.t('{0} of all {1} had no calls.', formatCount(unused), formatCount(count))]),
  ];
}

/** What a list of bars is called. */
export function breakdownTitle(kind: UsageIdKind): string {
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
