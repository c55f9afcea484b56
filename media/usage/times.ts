// Times of the page in words, in the zone of the person who reads them.

import * as l10n from '@vscode/l10n';
import { formatCount, formatDayMinute, formatMinute, formatShortDay, formatZone, formatZones } from '../../src/base/format';
import type { UsagePeriod } from '../../src/features/apim/usage/messages';
import type { SlotGroup } from './groups';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** The zone over a span: `UTC+1`, and one after the other where clocks are put forward or back within it. */
export function zoneText(fromMs: number, toMs: number): string {
  const [first = '', second, third, ...more] = formatZones(fromMs, toMs);
  if (second === undefined) return first;
  if (third === undefined) return l10n.t('{0}, then {1}', first, second);
  return more.length === 0 ? l10n.t('{0}, then {1}, then {2}', first, second, third) : l10n.t('{0} and {1} in turns', first, second);
}

/** True where clocks are put forward or back within a span. */
export function changesZone(fromMs: number, toMs: number): boolean {
  return formatZones(fromMs, toMs).length > 1;
}

/** A span with its zone where that changes: `12 May, 14:00 – 15:00`. */
export function spanText(fromMs: number, toMs: number, withZone = false): string {
  const sameDay = new Date(fromMs).toDateString() === new Date(toMs).toDateString();
  const span = l10n.t('{0} – {1}', formatDayMinute(fromMs), sameDay ? formatMinute(toMs) : formatDayMinute(toMs));
  return withZone ? l10n.t('{0} ({1})', span, formatZone(fromMs)) : span;
}

/** How long a slot or a bar is: `15 min`, `6 h`, `2 days`. */
export function lengthText(lengthMs: number): string {
  if (lengthMs % dayMs === 0) return lengthMs === dayMs ? l10n.t('1 day') : l10n.t('{0} days', formatCount(lengthMs / dayMs));
  return lengthMs % hourMs === 0 ? l10n.t('{0} h', formatCount(lengthMs / hourMs)) : l10n.t('{0} min', formatCount(lengthMs / minuteMs));
}

/** So many bars apart words stand: whole hours, half days and days where bars are shorter. */
const tickSteps = [1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 96];
const mostTicks = 8;
const tickGapPx = 8;

/** Words for the starts of some bars, as many as there is room for behind them. */
export function ticksOf(groups: readonly SlotGroup[], widthPx: number): readonly { readonly at: number; readonly text: string }[] {
  const [first, last] = [groups[0], groups.at(-1)];
  if (!first || !last) return [];
  const span = last.toMs - first.fromMs;
  const text = span <= 36 * hourMs ? formatMinute : span <= 8 * dayMs ? formatDayMinute : formatShortDay;
  const neededPx = text === formatMinute ? 38 : 90;
  const barPx = widthPx / groups.length;
  const step = tickSteps.find((each) => each * barPx >= neededPx + tickGapPx && groups.length / each <= mostTicks) ?? groups.length;
  return groups.flatMap(({ fromMs }, at) => {
    const isFirst = at === 0;
    return isFirst || (at % step === 0 && (groups.length - at) * barPx >= neededPx) ? [{ at, text: text(fromMs) }] : [];
  });
}

/** A period as it is chosen. */
export function periodText(period: UsagePeriod): string {
  if (period.kind === 'between') return spanText(period.fromMs, period.toMs);
  switch (period.span) {
    case 'hour':
      return l10n.t('Last hour');
    case 'day':
      return l10n.t('Last 24 hours');
    case 'week':
      return l10n.t('Last 7 days');
    case 'month':
      return l10n.t('Last 30 days');
    case 'quarter':
      return l10n.t('Last 90 days');
    default:
      return period.span satisfies never;
  }
}

/** A time as a field for times has it, in the zone of this page: `2026-05-12T14:00`. */
export function fieldText(timeMs: number): string {
  const at = new Date(timeMs);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}T${two(at.getHours())}:${two(at.getMinutes())}`;
}
