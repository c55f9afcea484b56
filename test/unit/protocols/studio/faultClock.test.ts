// A wait that is given as a date counts by the clock of whoever gives it.

import { expect, it } from 'vitest';
import { readFault } from '../../../../src/protocols/studio/fault';

const theirs = Date.UTC(2026, 4, 12, 12);
const text = (ms: number): string => new Date(ms).toUTCString();

it.each([-11, 0, 11])('though this computer\'s clock is wrong by %d hours', (hours) => {
  const headers = [{ name: 'Retry-After', value: text(theirs + 20_000) }, { name: 'Date', value: text(theirs) }];
  expect(readFault({ status: 503, headers, text: '' }, theirs + hours * 3_600_000).retryAfterMs).toBe(20_000);
});

it.each(['', 'soon 5', '2026-05-12T00:00:00Z'])('and by this computer\'s where the answer has no date (%j)', (date) => {
  const headers = [{ name: 'Retry-After', value: text(theirs + 20_000) }, { name: 'date', value: date }];
  expect(readFault({ status: 503, headers, text: '' }, theirs + 5000).retryAfterMs).toBe(15_000);
});
