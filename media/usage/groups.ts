// Slots put together, so that no bar is thinner than an eye can see and a pointer can hit. Sums are exact. Needs no DOM.

import type { ShownSlots, SlotNumbers } from '../../src/features/apim/usage/messages';

/** The numbers of a bar: counts, and milliseconds of calls that were let through, where there were such; `calls` is how many. */
export interface GroupNumbers {
  readonly succeeded: number;
  readonly failed: number;
  readonly blocked: number;
  readonly other: number;
  readonly time: { readonly mean: number; readonly least: number; readonly most: number; readonly calls: number } | undefined;
}

type Writable<T> = { -readonly [Name in keyof T]: Name extends 'numbers' ? Writable<GroupNumbers> | undefined : T[Name] };

/** What one bar stands for. Times are milliseconds since 1970, `toMs` is behind its end. */
export interface SlotGroup {
  readonly fromMs: number;
  readonly toMs: number;
  /** Undefined where nothing was told of any of its slots. */
  readonly numbers: GroupNumbers | undefined;
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
  const groups: Writable<SlotGroup>[] = [];
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
    group.numbers ??= { succeeded: 0, failed: 0, blocked: 0, other: 0, time: undefined };
    add(group.numbers, each);
  });
  return groups;
}

/** Counts are added, means weighed by the calls that were let through and of which times are told. */
function add(sum: Writable<GroupNumbers>, [succeeded, failed, blocked, other, mean, least = 0, most = 0]: SlotNumbers): void {
  const calls = succeeded + failed + other;
  const { time } = sum;
  sum.succeeded += succeeded;
  sum.failed += failed;
  sum.blocked += blocked;
  sum.other += other;
  if (mean === undefined) return;
  sum.time = time
    ? {
        mean: (time.mean * time.calls + mean * calls) / (time.calls + calls), least: Math.min(time.least, least),
        most: Math.max(time.most, most), calls: time.calls + calls,
      }
    : { mean, least, most, calls };
}
