// Slots that are put together into bars: none is lost, sums are exact, and bars begin where reports of that interval would.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupLength, groupSlots, type GroupNumbers } from '../../../../media/usage/groups';
import type { SlotNumbers } from '../../../../src/features/apim/usage/messages';

const quarter = 15 * 60_000;
const of = (succeeded: number, mean?: number): SlotNumbers => (mean === undefined ? [succeeded, 0, 0, 0] : [succeeded, 0, 0, 0, mean, mean - 1, mean + 1]);
const all = (succeeded: number): GroupNumbers => ({ succeeded, failed: 0, blocked: 0, other: 0, time: undefined });

describe('bars', () => {
  it('are the slots themselves where there is room', () => {
    const slots = { fromMs: 0, stepMs: quarter, numbers: [of(1), null, of(0)] };
    expect(groupLength(slots, 100)).toBe(quarter);
    expect(groupSlots(slots, quarter)).toEqual([
      { fromMs: 0, toMs: quarter, numbers: all(1), slots: 1, told: 1 }, { fromMs: quarter, toMs: 2 * quarter, numbers: undefined, slots: 1, told: 0 },
      { fromMs: 2 * quarter, toMs: 3 * quarter, numbers: all(0), slots: 1, told: 1 },
    ]);
  });

  it('weigh means, and tell how much of them is known', () => {
    const fromMs = Date.UTC(2026, 10, 30, 11, 30);
    const groups = groupSlots({ fromMs, stepMs: quarter, numbers: [of(1, 10), null, of(3, 30)] }, 4 * quarter);
    expect(groups).toMatchObject([{ fromMs, toMs: fromMs + 2 * quarter, slots: 2, told: 1 }, { fromMs: fromMs + 2 * quarter, slots: 1, told: 1 }]);
    const [both] = groupSlots({ fromMs: 0, stepMs: quarter, numbers: [of(1, 10), of(3, 30)] }, 4 * quarter);
    expect(both?.numbers?.time).toEqual({ mean: 25, least: 9, most: 31, calls: 4 });
    // Calls of which no times are told weigh nothing.
    const [some] = groupSlots({ fromMs: 0, stepMs: quarter, numbers: [of(1, 10), of(100), of(1, 100)] }, 4 * quarter);
    expect(some?.numbers).toMatchObject({ succeeded: 102, time: { mean: 55, calls: 2 } });
  });

  it('lose nothing, whatever there is', () => {
    const some = fc.record({ first: fc.nat(5_000), numbers: fc.array(fc.option(fc.nat(1_000).map((each) => of(each))), { minLength: 1, maxLength: 9_000 }), most: fc.integer({ min: 24, max: 400 }) });
    fc.assert(fc.property(some, ({ first, numbers, most }) => {
      const slots = { fromMs: first * quarter, stepMs: quarter, numbers };
      const lengthMs = groupLength(slots, most);
      const groups = groupSlots(slots, lengthMs);
      expect(groups.length).toBeLessThanOrEqual(most + 1);
      expect(groups.reduce((sum, each) => sum + (each.numbers?.succeeded ?? 0), 0)).toBe(numbers.reduce<number>((sum, each) => sum + (each?.[0] ?? 0), 0));
      expect(groups.reduce((sum, each) => sum + each.slots, 0)).toBe(numbers.length);
      expect(groups.every(({ fromMs, toMs }, at) => toMs > fromMs && (at === 0 || fromMs === groups[at - 1]?.toMs))).toBe(true);
    }), { numRuns: 40 });
  });
});
