// The timer of a page of usage: each minute while it is wanted, never twice, not after what came to nothing.

import { beforeEach, expect, it } from 'vitest';
import { Refresher } from '../../../../../src/features/apim/usage/refresher';

let now: number;
let wanted: boolean;
let refreshed: number;
let timers: { readonly work: () => void; readonly at: number }[];
let refresher: Refresher;

beforeEach(() => {
  [now, wanted, refreshed, timers] = [1_000, true, 0, []];
  refresher = new Refresher({
    now: () => now, isWanted: () => wanted, refresh: () => void (refreshed += 1),
    setTimer: (work, ms) => {
      const timer = { work, at: now + ms };
      timers.push(timer);
      return { dispose: () => void (timers = timers.filter((each) => each !== timer)) };
    },
  });
});

function wait(ms: number): void {
  now += ms;
  for (const timer of timers.filter(({ at }) => at <= now)) {
    timers = timers.filter((each) => each !== timer);
    timer.work();
  }
}

it('looks again a minute after a read, and once for each', () => {
  refresher.plan();
  expect(timers).toHaveLength(0);
  refresher.read();
  refresher.plan();
  expect(timers).toHaveLength(1);
  wait(59_999);
  expect(refreshed).toBe(0);
  wait(1);
  expect([refreshed, timers.length]).toEqual([1, 0]);
  wait(600_000);
  expect(refreshed).toBe(1);
});

it('rests while nobody looks, and looks at once when the minute is over by then', () => {
  refresher.read();
  wanted = false;
  refresher.plan();
  wait(600_000);
  expect(refreshed).toBe(0);
  wanted = true;
  refresher.plan();
  wait(0);
  expect(refreshed).toBe(1);
});

it('does nothing where a read has failed or begun meanwhile', () => {
  refresher.read();
  wanted = false;
  wait(60_000);
  expect(refreshed).toBe(0);
  wanted = true;
  refresher.read();
  refresher.dispose();
  wait(60_000);
  expect(refreshed).toBe(0);
});
