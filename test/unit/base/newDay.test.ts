// When a day has begun since lines were drawn that name days: at midnight, after sleep, and with no timer while there are none.

import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { NewDay } from '../../../src/base/newDay';

const minute = 60_000;
let now: number;
let newDay: NewDay;
let began: number;
beforeEach(() => {
  vi.useFakeTimers();
  now = new Date(2026, 4, 12, 22, 0).getTime();
  newDay = new NewDay(() => now);
  began = 0;
  newDay.onNewDay(() => (began += 1));
});
afterEach(() => {
  newDay.dispose();
  vi.useRealTimers();
});

/** Lets time go on, as the clock and as the timers tell it. */
function pass(ms: number): void {
  for (let left = ms; left > 0; left -= minute) {
    now += Math.min(left, minute);
    vi.advanceTimersByTime(Math.min(left, minute));
  }
}

it('has no timer while no such line is drawn, and one however many are', () => {
  newDay.look();
  expect(vi.getTimerCount()).toBe(0);
  newDay.drawn();
  newDay.drawn();
  expect(vi.getTimerCount()).toBe(1);
});

it('tells at midnight, once', () => {
  newDay.drawn();
  pass(119 * minute);
  expect(began).toBe(0);
  pass(minute);
  expect([began, vi.getTimerCount()]).toEqual([1, 0]);
  pass(48 * 60 * minute);
  expect(began).toBe(1);
});

it('tells again of the next one when the lines were drawn anew', () => {
  newDay.onNewDay(() => newDay.drawn());
  newDay.drawn();
  pass(2 * 60 * minute);
  expect(began).toBe(1);
  pass(24 * 60 * minute);
  expect(began).toBe(2);
});

it('tells soon after a sleep in which the timers stood still, and at once when it is asked to look', () => {
  newDay.drawn();
  now += 10 * 60 * minute;
  vi.advanceTimersByTime(10 * minute);
  expect(began).toBe(1);
  newDay.drawn();
  now += 24 * 60 * minute;
  newDay.look();
  expect(began).toBe(2);
});

it('tells of lines of yesterday when others are drawn today', () => {
  newDay.drawn();
  now += 3 * 60 * minute;
  newDay.drawn();
  expect([began, vi.getTimerCount()]).toEqual([1, 1]);
});

it('has no timer when it is over', () => {
  newDay.drawn();
  newDay.dispose();
  expect(vi.getTimerCount()).toBe(0);
});
