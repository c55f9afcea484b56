// Times of the page over the nights in which clocks are put back and forward: no hour is told twice without its zone.

import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { groupSlots } from '../../../../media/usage/groups';
import type * as Times from '../../../../media/usage/times';

const hour = 3_600_000;
const before = process.env['TZ'];
let times: typeof Times;

beforeAll(async () => {
  process.env['TZ'] = 'Europe/Berlin';
  // What formats times keeps the zone of its first use.
  vi.resetModules();
  times = await import('../../../../media/usage/times');
});
afterAll(() => {
  if (before === undefined) delete process.env['TZ'];
  else process.env['TZ'] = before;
});

/** Sunday, 25 October 2026, 01:00 UTC: the clocks go from 03:00 back to 02:00. */
const back = Date.UTC(2026, 9, 25, 1);

it('tells both zones of a span in which the clocks are put back', () => {
  expect(times.zoneText(back - hour, back + hour)).toBe('UTC+2, then UTC+1');
  expect(times.zoneText(back, back + hour)).toBe('UTC+1');
  expect([times.spanText(back - hour, back, true), times.spanText(back, back + hour, true)])
    .toEqual(['25 Oct, 02:00 – 02:00 (UTC+2)', '25 Oct, 02:00 – 03:00 (UTC+1)']);
});

it('tells the zones of a span in which the clocks are put forward and back, though its ends are alike', () => {
  const [december, november] = [Date.UTC(2025, 11, 1), Date.UTC(2026, 10, 30)];
  expect([times.zoneText(december, november), times.changesZone(december, november)]).toEqual(['UTC+1, then UTC+2, then UTC+1', true]);
  expect(times.zoneText(december, Date.UTC(2030, 0, 1))).toBe('UTC+1 and UTC+2 in turns');
  expect([times.changesZone(december, Date.UTC(2026, 2, 1)), times.zoneText(december, Date.UTC(2026, 2, 1))]).toEqual([false, 'UTC+1']);
});

it('goes on through the night, slot by slot', () => {
  const numbers = Array.from({ length: 5 }, () => null);
  const slots = groupSlots({ fromMs: back - 2 * hour, stepMs: hour, numbers }, hour);
  expect(times.ticksOf(slots, 1_000).map(({ text }) => text)).toEqual(['01:00', '02:00', '02:00', '03:00', '04:00']);
  const forward = Date.UTC(2026, 2, 29, 0);
  const spring = groupSlots({ fromMs: forward, stepMs: hour, numbers }, hour);
  expect(times.ticksOf(spring, 1_000).map(({ text }) => text)).toEqual(['01:00', '03:00', '04:00', '05:00', '06:00']);
  expect(times.ticksOf(slots, 100)).toHaveLength(2);
  expect(times.ticksOf([], 100)).toEqual([]);
});

it('fills fields with the time of the clock on the wall', () => {
  expect([times.fieldText(back - 1), times.fieldText(back)]).toEqual(['2026-10-25T02:59', '2026-10-25T02:00']);
});

it.each([[15 * 60_000, '15 min'], [6 * hour, '6 h'], [24 * hour, '1 day'], [48 * hour, '2 days']])('%i is %s', (ms, words) => {
  expect(times.lengthText(ms)).toBe(words);
});

it('names periods', () => {
  expect((['hour', 'day', 'week', 'month', 'quarter'] as const).map((span) => times.periodText({ kind: 'last', span })))
    .toEqual(['Last hour', 'Last 24 hours', 'Last 7 days', 'Last 30 days', 'Last 90 days']);
  expect(times.periodText({ kind: 'between', fromMs: back - 24 * hour, toMs: back })).toBe('24 Oct, 03:00 – 25 Oct, 02:00');
});
