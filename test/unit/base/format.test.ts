// Numbers, sizes, spans and times: in English as ever, and as the language of a translation has them.

import * as l10n from '@vscode/l10n';
import { afterEach, describe, expect, it } from 'vitest';
import {
  formatBytes, formatCount, formatDate, formatDateTime, formatDay, formatDayMinute, formatDuration, formatFineDuration, formatMinute, formatSeconds, formatShare, formatShortDay,
  formatTime, formatWait, formatWhen, formatZone, language,
} from '../../../src/base/format';

const noon = new Date(2026, 4, 12, 14, 3, 59).getTime();
const bytes = { '1 byte': '1 Byte', '{0} bytes': '{0} Byte', '{0} MB': '{0} MByte' };

/** The key of the language's tag, which has a comment. */
const tagKey = `en/${'No word, but the tag of the language of this translation, such as de or pt-BR. Numbers and dates are written as it says.'}`;

afterEach(() => l10n.config({ contents: {} }));

describe('in English', () => {
  it.each([[0, '0 ms'], [0.1294, '0.13 ms'], [4.2, '4.2 ms'], [9.949, '9.95 ms'], [9.96, '10 ms'], [64.87, '64.9 ms'], [99.96, '100 ms'], [143.4, '143 ms'], [2_412, '2.4 s'], [-2.5, '−2.5 ms'], [-143.4, '−143 ms']])(
    '%d ms that were measured finely: %s', (ms, text) => {
      expect(formatFineDuration(ms)).toBe(text);
    });

  it.each([[0, '0 bytes'], [0.6, '1 byte'], [999, '999 bytes'], [1023, '1,023 bytes'], [1229, '1.2 kB'], [52_533_657, '50.1 MB'], [5000 * 1024 ** 4, '5000 TB']])('%d bytes are %s', (size, text) => {
    expect(formatBytes(size)).toBe(text);
  });

  it.each([[143.4, '143 ms'], [999.6, '1000 ms'], [2412, '2.4 s'], [1150, '1.1 s'], [1950, '1.9 s'], [60_000, '60 s'], [192_000, '192 s'], [1_234_567, '1234.6 s']])('%d ms are %s in seconds', (ms, text) => {
    expect(formatSeconds(ms)).toBe(text);
  });

  it.each([[0, '0 seconds'], [1, '1 second'], [1000, '1 second'], [60_000, '60 seconds'], [119_001, '2 minutes'], [120_000, '2 minutes'], [121_000, '3 minutes'], [7_200_000, '2 hours'], [172_799_000, '48 hours'], [443_000_000, '6 days'], [86_400_000_000, '1000 days']])('a wait of %d ms is %s', (ms, text) => {
    expect(formatWait(ms)).toBe(text);
  });

  it('the times are written as they stand among sentences', () => {
    expect([language(), formatCount(50_000), formatTime(noon), formatDay(noon), formatShortDay(noon), formatDate(noon)]).toEqual(
      ['en', '50,000', '14:03:59', 'Tuesday 12 May 2026', '12 May 2026', 'Tuesday 12 May 2026 at 14:03:59']);
    expect([formatDateTime(noon), formatMinute(noon), formatDayMinute(noon)]).toEqual(['12 May 2026, 14:03:59', '14:03', '12 May, 14:03']);
  });

  it.each([[0, 0, '0 %'], [0, 5, '0 %'], [118, 1_204, '9.8 %'], [1, 3_000, 'under 0.1 %'], [5, 5, '100 %']])('%d of %d are %s', (part, whole, text) => {
    expect(formatShare(part, whole)).toBe(text);
  });

  it.each([
    ['UTC', Date.UTC(2026, 0, 1), 'UTC'], ['Europe/London', Date.UTC(2026, 0, 1), 'UTC'], ['Europe/Berlin', Date.UTC(2026, 2, 29, 0, 59), 'UTC+1'],
    ['Europe/Berlin', Date.UTC(2026, 2, 29, 1), 'UTC+2'], ['America/St_Johns', Date.UTC(2026, 0, 1), 'UTC-3:30'], ['Asia/Kolkata', Date.UTC(2026, 0, 1), 'UTC+5:30'],
  ])('%s at %d is %s', (zone, time, text) => {
    expect(formatZone(time, zone)).toBe(text);
  });

  it('a time in a list is as short as it can be', () => {
    const at = (year: number, month: number, day: number): number => new Date(year, month, day, 23, 59).getTime();
    expect([at(2026, 4, 12), at(2026, 4, 13), at(2026, 11, 31), at(2027, 0, 1)].map((now) => formatWhen(noon, now))).toEqual(
      ['14:03', '12 May', '12 May', '12 May 2026']);
  });
});

describe('in the language of a translation', () => {
  it('numbers, sizes, spans and times are those of that language', () => {
    l10n.config({ contents: { [tagKey]: 'de', ...bytes } });
    expect([language(), formatCount(50_000), formatBytes(1), formatBytes(1023), formatBytes(52_533_657), formatSeconds(2412), formatDuration(192_000)]).toEqual(
      ['de', '50.000', '1 Byte', '1.023 Byte', '50,1 MByte', '2,4 s', '3 min 12 s']);
    expect([formatTime(noon), formatDay(noon), formatShortDay(noon), formatDate(noon)]).toEqual(
      ['14:03:59', 'Dienstag, 12. Mai 2026', '12. Mai 2026', 'Dienstag, 12. Mai 2026 um 14:03:59']);
    expect([formatDateTime(noon), formatWhen(noon, noon), formatWhen(noon, noon + 86_400_000)]).toEqual(['12.05.2026, 14:03:59', '14:03', '12. Mai']);
  });

  it('that nobody has written dates in, they are as in English', () => {
    l10n.config({ contents: { [tagKey]: 'qps-ploc' } });
    expect([language(), formatCount(50_000), formatDay(noon), formatTime(noon)]).toEqual(['qps-ploc', '50,000', 'Tuesday, 12 May 2026', '14:03:59']);
  });

  it('a translation of another language than its tag says is none of the machine', () => {
    l10n.config({ contents: bytes });
    expect([language(), formatCount(50_000), formatBytes(1)]).toEqual(['en', '50,000', '1 Byte']);
  });
});
