// Slots of time with what was reported for them. Reports leave out slots that nobody called in, and those that they do not know of yet.

import { noCalls, sumOf, type UsageNumbers } from './numbers';
import { mostSlots, slotStart, type UsageWindow } from './period';

/** A row of the report over time. */
export interface TimeRow {
  /** Milliseconds since 1970. */
  readonly atMs: number;
  readonly numbers: UsageNumbers;
}

/** Slots one after the other; undefined stands for one of which nothing was told, which is something else than no call. */
export interface UsageSlots {
  readonly fromMs: number;
  readonly stepMs: number;
  readonly numbers: readonly (UsageNumbers | undefined)[];
}

/** Puts rows into their slots. Rows that lie a little outside of the span widen it; `outside` counts those that lie far off. */
export function fillSlots(
  rows: readonly TimeRow[], { fromMs, toMs }: UsageWindow, stepMs: number,
): { readonly slots: UsageSlots; readonly outside: number } {
  let first = slotStart(fromMs, stepMs);
  // A slot that would begin just now is none yet.
  let last = Math.max(first, slotStart(toMs - 1, stepMs));
  let outside = 0;
  const found = new Map<number, UsageNumbers>();
  for (const { atMs, numbers } of rows) {
    const start = slotStart(atMs, stepMs);
    // The clocks here and there differ by less than these slots, or by an hour.
    const near = Math.max(4 * stepMs, 3_600_000);
    if (start < first - near || start > last + near || (Math.max(start, last) - Math.min(start, first)) / stepMs >= mostSlots) {
      outside += 1;
      continue;
    }
    const before = found.get(start);
    found.set(start, before ? sumOf(before, numbers) : numbers);
  }
  for (const start of found.keys()) [first, last] = [Math.min(first, start), Math.max(last, start)];
  const numbers = Array.from({ length: Math.round((last - first) / stepMs) + 1 }, (_, at) => found.get(first + at * stepMs));
  return { slots: { fromMs: first, stepMs, numbers }, outside };
}

/** True where calls are counted from within the first slot on: a time that was chosen by hand need not begin with one. */
export function beginsWithin({ fromMs, stepMs }: Pick<UsageSlots, 'fromMs' | 'stepMs'>, window: Pick<UsageWindow, 'fromMs'>): boolean {
  return window.fromMs > fromMs && window.fromMs < fromMs + stepMs;
}

/** All slots as one; zeros where nothing was told. */
export function totalOf({ numbers }: Pick<UsageSlots, 'numbers'>): UsageNumbers {
  return numbers.reduce<UsageNumbers>((sum, each) => (each ? sumOf(sum, each) : sum), noCalls);
}

/** True where there were calls, and all of them in slots that begin within a span. */
export function liesIn({ fromMs, stepMs, numbers }: UsageSlots, window: Pick<UsageWindow, 'fromMs'>): boolean {
  const first = numbers.findIndex((each) => each !== undefined && each.calls > 0);
  return first >= 0 && fromMs + first * stepMs >= window.fromMs;
}
