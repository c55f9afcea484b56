// Spans of time that usage is looked at over, and the slots that reports cut them into. Slots lie as the reports do, on universal time.

import { isObject } from '../../../base/shape';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** Spans that end now, in milliseconds. */
export const spans = { hour: hourMs, day: dayMs, week: 7 * dayMs, month: 30 * dayMs, quarter: 90 * dayMs } as const;

/** One of them. */
export type SpanName = keyof typeof spans;

/** A span that ends now, or two times in milliseconds since 1970. */
export type UsagePeriod =
  | { readonly kind: 'last'; readonly span: SpanName }
  | { readonly kind: 'between'; readonly fromMs: number; readonly toMs: number };

/** How long a slot may be, in milliseconds: reports take multiples of a quarter of an hour. */
export const intervals: readonly number[] = [15, 30, 60, 180, 360, 720, 1_440].map((minutes) => minutes * minuteMs);

/** More slots than these fit nobody's eye. */
const fitting = 200;
/** More slots than these are not asked for. */
export const mostSlots = 10_000;

/** A span of time. `open` where it ends now, so that a later look shows more. */
export interface UsageWindow {
  readonly fromMs: number;
  readonly toMs: number;
  readonly open: boolean;
}

/** The interval that fits a span: the shortest with no more slots than an eye takes in. */
export function fittingInterval(lengthMs: number): number {
  return intervals.find((each) => lengthMs / each <= fitting) ?? longest;
}

const longest = intervals.at(-1) ?? dayMs;

/** The intervals that can be chosen for a span, the shortest first; at least one. */
export function offeredIntervals(lengthMs: number): readonly number[] {
  const offered = intervals.filter((each, at) => (at === 0 || each <= lengthMs) && lengthMs / each + 1 <= mostSlots);
  return offered.length === 0 ? [longest] : offered;
}

/** The interval that is meant: the wish where it can be had, else the one that fits. */
export function intervalOf(period: UsagePeriod, wish: number | undefined): number {
  const length = lengthOf(period);
  return wish !== undefined && offeredIntervals(length).includes(wish) ? wish : fittingInterval(length);
}

/** How long a period is, in milliseconds. */
export function lengthOf(period: UsagePeriod): number {
  return period.kind === 'last' ? spans[period.span] : period.toMs - period.fromMs;
}

/** The span of a period as it is `nowMs`. One that ends now begins with a whole slot, one by hand where it was said to. */
export function windowOf(period: UsagePeriod, intervalMs: number, nowMs: number): UsageWindow {
  if (period.kind === 'last') return { fromMs: slotStart(nowMs - spans[period.span], intervalMs), toMs: nowMs, open: true };
  return { fromMs: period.fromMs, toMs: Math.min(period.toMs, Math.max(nowMs, period.fromMs)), open: false };
}

/** The start of the slot that a time lies in. */
export function slotStart(timeMs: number, intervalMs: number): number {
  return Math.floor(timeMs / intervalMs) * intervalMs;
}

/** An interval as reports take it: `PT15M`, `PT6H`, `P1D`. */
export function isoInterval(intervalMs: number): string {
  if (intervalMs % dayMs === 0) return `P${intervalMs / dayMs}D`;
  return intervalMs % hourMs === 0 ? `PT${intervalMs / hourMs}H` : `PT${intervalMs / minuteMs}M`;
}

/** The longest period that is taken by hand: ten years. */
const longestPeriod = 3_660 * dayMs;

/** A period as a page sends or saves it; undefined for what is none. */
export function readPeriod(value: unknown): UsagePeriod | undefined {
  if (!isObject(value)) return undefined;
  const { kind, span, fromMs, toMs } = value;
  if (kind === 'last') return isSpan(span) ? { kind, span } : undefined;
  if (kind !== 'between' || !isTime(fromMs) || !isTime(toMs)) return undefined;
  return toMs - fromMs >= minuteMs && toMs - fromMs <= longestPeriod ? { kind, fromMs, toMs } : undefined;
}

function isSpan(value: unknown): value is SpanName {
  return typeof value === 'string' && Object.hasOwn(spans, value);
}

/** Up to the year 9999, which reports can still be asked for. */
function isTime(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && value < 253_402_300_800_000;
}
