// Counters by a clock that is handed in: sliding windows of rates, fixed windows of quotas.

import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { Limits, quotaTime } from '../../../../../src/sample/apim/gateway/limits';

let now: number;
let limits: Limits;
beforeEach(() => {
  now = Date.UTC(2026, 0, 1);
  limits = new Limits(() => now);
});

describe('a rate', () => {
  const minuteMs = 60_000;
  const call = (key = 'a', calls = 2): number => {
    const found = limits.rateLeft(key, calls, minuteMs);
    if (!('left' in found)) return -found.retryAfter;
    limits.countRate(key, 1, minuteMs);
    return found.left;
  };

  it('counts calls within a window that slides', () => {
    expect([call(), (now += 20_000, call()), (now += 20_000, call())]).toEqual([2, 1, -20]);
    now += 19_999;
    expect(call()).toBe(-1);
    now += 1;
    expect([call(), call()]).toEqual([1, -20]);
  });

  it('is one for each key', () => {
    expect([call('a'), call('a'), call('b'), call('a')]).toEqual([2, 1, 2, -60]);
  });

  it('is what looking at every single call says', () => {
    const step = fc.record({ wait: fc.nat(40_000), weight: fc.integer({ min: 1, max: 4 }), calls: fc.nat(6), periodMs: fc.constantFrom(20_000, minuteMs) });
    fc.assert(fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      limits = new Limits(() => now);
      const counted: { at: number; weight: number }[] = [];
      for (const { wait, weight, calls, periodMs } of steps) {
        now += wait;
        const within = counted.filter(({ at }) => at > now - periodMs);
        const sums = within.map((_, index) => within.slice(0, index + 1).reduce((sum, each) => sum + each.weight, 0));
        const used = sums.at(-1) ?? 0;
        const freed = within[sums.findIndex((sum) => sum > used - calls)] ?? within.at(-1);
        const retryAfter = Math.max(1, Math.ceil(((freed?.at ?? now) + periodMs - now) / 1000));
        expect(limits.rateLeft('a', calls, periodMs)).toEqual(used < calls ? { left: calls - used } : { retryAfter });
        limits.countRate('a', weight, minuteMs);
        counted.push({ at: now, weight });
      }
    }));
  });

  it('is kept by a clock that is set back', () => {
    expect(call()).toBe(2);
    now -= 30_000;
    expect([call(), call()]).toEqual([1, -90]);
    now += 61_000;
    expect(call()).toBe(-29);
    now += 29_000;
    expect(call()).toBe(2);
  });

  it('waits until there is room, whatever the calls weigh', () => {
    limits.countRate('a', 5, minuteMs);
    now += 10_000;
    limits.countRate('a', 5, minuteMs);
    expect(limits.rateLeft('a', 10, minuteMs)).toEqual({ retryAfter: 50 });
    expect(limits.rateLeft('a', 3, minuteMs)).toEqual({ retryAfter: 60 });
    expect(limits.rateLeft('a', 0, minuteMs)).toEqual({ retryAfter: 60 });
  });

  it('lets no more calls pass in any window than it says', () => {
    fc.assert(fc.property(fc.array(fc.nat(30_000), { maxLength: 100 }), fc.integer({ min: 1, max: 5 }), (waits, calls) => {
      const fresh = new Limits(() => now);
      const passed: number[] = [];
      for (const wait of waits) {
        now += wait;
        const found = fresh.rateLeft('a', calls, minuteMs);
        if ('left' in found) {
          fresh.countRate('a', 1, minuteMs);
          passed.push(now);
        } else {
          // A call after the wait that is told passes.
          const after = new Limits(() => now + found.retryAfter * 1000);
          for (const at of passed) {
            const then = now;
            now = at - found.retryAfter * 1000;
            after.countRate('a', 1, minuteMs);
            now = then;
          }
          expect('left' in after.rateLeft('a', calls, minuteMs)).toBe(true);
        }
      }
      for (const from of passed) expect(passed.filter((at) => at >= from && at < from + minuteMs).length).toBeLessThanOrEqual(calls);
    }));
  });
});

describe('a quota', () => {
  const weekMs = 604_800_000;

  it('begins with its first call and begins anew after its period', () => {
    const quota = { calls: 2, periodMs: weekMs };
    expect(limits.quotaSpent('a', quota)).toBeUndefined();
    limits.countQuota('a', quota, 1, 0);
    now += 1_000;
    limits.countQuota('a', quota, 1, 0);
    expect(limits.quotaSpent('a', quota)).toEqual({ what: 'calls', retryAfter: 604_799 });
    expect(limits.quotaSpent('b', quota)).toBeUndefined();
    now += weekMs - 1_001;
    expect(limits.quotaSpent('a', quota)).toEqual({ what: 'calls', retryAfter: 1 });
    now += 1;
    expect(limits.quotaSpent('a', quota)).toBeUndefined();
  });

  it('can be one of bytes, and can last for ever', () => {
    const quota = { bytes: 1024, periodMs: 0 };
    limits.countQuota('a', quota, 1, 1023);
    expect(limits.quotaSpent('a', quota)).toBeUndefined();
    limits.countQuota('a', quota, 1, 1);
    now += 100 * weekMs;
    expect(limits.quotaSpent('a', quota)).toEqual({ what: 'bytes', retryAfter: undefined });
  });

  it('can have periods that are counted from a day', () => {
    const quota = { calls: 1, periodMs: 3_600_000, firstStart: now - 5.5 * 3_600_000 };
    limits.countQuota('a', quota, 1, 0);
    expect(limits.quotaSpent('a', quota)).toEqual({ what: 'calls', retryAfter: 1_800 });
    expect(limits.quotaSpent('b', { ...quota, calls: 0 })).toEqual({ what: 'calls', retryAfter: 1_800 });
  });
});

it('forgets counters that are over when there are many', () => {
  for (let index = 0; index < 10_000; index++) limits.countRate(`rate ${index}`, 1, 60_000);
  limits.countQuota('kept', { calls: 1, periodMs: 0 }, 1, 0);
  now += 60_000;
  limits.countRate('new', 1, 60_000);
  expect(Object.values(limits).filter((value) => value instanceof Map).map(({ size }) => size)).toEqual([1, 1]);
  expect(limits.quotaSpent('kept', { calls: 1, periodMs: 0 })).toBeDefined();
});

it.each([[1, '00:00:01'], [12_656, '03:30:56'], [444_191, '5.03:23:11'], [86_400, '1.00:00:00'], [59.2, '00:00:59']])('writes %s seconds as %s', (seconds, text) => {
  expect(quotaTime(seconds)).toBe(text);
});
