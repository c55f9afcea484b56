// Slots put together, so that no bar is thinner than an eye can see and a pointer can hit. Sums are exact. Needs no DOM.

import type { ShownSlots, UsageNumbers } from '../../src/features/apim/usage/messages';

/** What one bar stands for. Times are milliseconds since 1970, `toMs` is behind its end. */
export interface SlotGroup {
  readonly fromMs: number;
  readonly toMs: number;
  /** Undefined where nothing was told of any of its slots. */
  readonly numbers: UsageNumbers | undefined;
  /** How many slots it has, and of how many something was told. */
  readonly slots: number;
  readonly told: number;
}

const minuteMs = 60_000;

/** How long a bar may be: spans that people reckon in. */
const steps = [15, 30, 60, 120, 180, 240, 360, 480, 720, 1_440, 2_880, 7_200, 14_400, 43_200].map((minutes) => minutes * minuteMs);

/** How long each bar is, so that there are at most `most` of them: the shortest span that whole slots fit into. */
export function groupLength({ stepMs, numbers }: ShownSlots, most: number): number {
  const length = stepMs * numbers.length;
  const fits = (step: number): boolean => step % stepMs === 0 && length / step <= most;
  return numbers.length <= most ? stepMs : steps.find(fits) ?? Math.ceil(numbers.length / most) * stepMs;
}

/** Puts slots together into bars of this length, which begin where the reports' own slots of that length do. */
export function groupSlots({ fromMs, stepMs, numbers }: ShownSlots, lengthMs: number): readonly SlotGroup[] {
  const groups: { -readonly [Name in keyof SlotGroup]: SlotGroup[Name] }[] = [];
  numbers.forEach((each, at) => {
    const start = fromMs + at * stepMs;
    const groupStart = Math.floor(start / lengthMs) * lengthMs;
    let group = groups.at(-1);
    if (!group || groupStart >= group.toMs || lengthMs === stepMs) {
      group = { fromMs: start, toMs: lengthMs === stepMs ? start + stepMs : groupStart + lengthMs, numbers: undefined, slots: 0, told: 0 };
      groups.push(group);
    }
    group.slots += 1;
    if (!each) return;
    group.told += 1;
    group.numbers = group.numbers ? sum(group.numbers, each) : each;
  });
  return groups;
}

/** Counts are added, means weighed by the calls that were let through. */
function sum(one: UsageNumbers, two: UsageNumbers): UsageNumbers {
  const [a, b] = [one.calls - one.blocked, two.calls - two.blocked];
  const time = one.time && two.time
    ? {
        mean: (one.time.mean * a + two.time.mean * b) / (a + b), least: Math.min(one.time.least, two.time.least),
        most: Math.max(one.time.most, two.time.most),
      }
    : one.time ?? two.time;
  return {
    calls: one.calls + two.calls, succeeded: one.succeeded + two.succeeded, failed: one.failed + two.failed,
    blocked: one.blocked + two.blocked, other: one.other + two.other, bytes: one.bytes + two.bytes,
    cacheHits: one.cacheHits + two.cacheHits, cacheMisses: one.cacheMisses + two.cacheMisses, ...(time ? { time } : {}),
  };
}
