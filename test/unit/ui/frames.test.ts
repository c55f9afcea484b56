// What changes fast is drawn once a frame: at once, and for certain at last.

import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Frames } from '../../../src/ui/frames';

let drawn: number;
let frames: Frames;
beforeEach(() => {
  vi.useFakeTimers();
  drawn = 0;
  frames = new Frames(() => (drawn += 1));
});
afterEach(() => vi.useRealTimers());

it('the first time at once, then once a frame, however often, and the last time too', () => {
  frames.ask();
  expect(drawn).toBe(1);
  for (let times = 0; times < 1000; times += 1) frames.ask();
  expect(drawn).toBe(1);
  vi.advanceTimersByTime(50);
  expect(drawn).toBe(2);
  vi.advanceTimersByTime(1000);
  expect(drawn).toBe(2);
  frames.ask();
  expect(drawn).toBe(3);
});

it('is not put off by a clock that somebody sets back', () => {
  frames.ask();
  vi.setSystemTime(Date.now() - 3_600_000);
  frames.ask();
  vi.advanceTimersByTime(50);
  expect(drawn).toBe(2);
});

it('at once when somebody waits for it, and not once more', () => {
  frames.flush();
  expect(drawn).toBe(0);
  frames.ask();
  frames.ask();
  frames.flush();
  expect(drawn).toBe(2);
  frames.flush();
  vi.advanceTimersByTime(1000);
  expect(drawn).toBe(2);
});

it('never after its end', () => {
  frames.ask();
  frames.ask();
  frames.dispose();
  vi.advanceTimersByTime(1000);
  expect(drawn).toBe(1);
});
