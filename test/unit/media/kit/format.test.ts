// Sizes, durations and counts as the answer page words them.

import { expect, test } from 'vitest';
import { formatBytes, formatDuration } from '../../../../src/base/format';
import { plural } from '../../../../media/kit/format';

test.each([
  [0, '0 bytes'], [1, '1 byte'], [1023, '1,023 bytes'], [1024, '1 kB'], [1229, '1.2 kB'], [262_144, '256 kB'], [1_048_575, '1 MB'], [52_533_657, '50.1 MB'], [3 * 1024 ** 3, '3 GB'], [5000 * 1024 ** 4, '5000 TB'],
])('%d bytes are %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});

test.each([
  [-5, '0 ms'], [143.4, '143 ms'], [999.6, '1 s'], [2412, '2.4 s'], [30_021, '30 s'], [59_949, '59.9 s'], [59_960, '1 min'], [192_000, '3 min 12 s'],
])('%d ms are %s', (ms, text) => {
  expect(formatDuration(ms)).toBe(text);
});

test.each([[0, '0 rows'], [1, '1 row'], [50_000, '50,000 rows']])('%d rows are %s', (count, text) => {
  expect(plural(count, 'row')).toBe(text);
});
