// Spans and moments of a job, as its page writes them in English.

import { expect, it } from 'vitest';
import { formatMoment, formatSpan } from '../../../../media/job/span';

const at = new Date(2026, 4, 12, 14, 3, 59).getTime();
const dayMs = 24 * 60 * 60 * 1000;

it.each([
  ['nothing was before', undefined, '12 May 2026, 14:03:59'],
  ['it is the same day', at - 60_000, '14:03:59'],
  ['it is another day', at - dayMs, '12 May 2026, 14:03:59'],
  ['it is the same day of another year', new Date(2025, 4, 12, 14, 3, 59).getTime(), '12 May 2026, 14:03:59'],
])('a moment has its date unless it is that of the one before: %s', (_when, before, text) => {
  expect(formatMoment(at, before)).toBe(text);
});

it.each([[42_900, '42 s'], [192_000, '3 min 12 s'], [5 * 3_600_000, '5 h 0 min'], [2 * dayMs + 3 * 3_600_000, '2 d 3 h'], [1000 * dayMs, '1,000 d 0 h']])(
  'a span of %d ms is %s', (ms, text) => {
    expect(formatSpan(ms)).toBe(text);
  });
