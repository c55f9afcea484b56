// Numbers, sizes, spans and times as people read them, in the language of the sentences around them.

import * as l10n from '@vscode/l10n';

/** What this file needs of one language. Making these takes longer than using them. */
interface Formats {
  readonly count: Intl.NumberFormat;
  readonly tenths: Intl.NumberFormat;
  readonly hundredths: Intl.NumberFormat;
  readonly time: Intl.DateTimeFormat;
  readonly minute: Intl.DateTimeFormat;
  readonly timeAndDay: Intl.DateTimeFormat;
  readonly day: Intl.DateTimeFormat;
  readonly shortDay: Intl.DateTimeFormat;
  readonly dayOfYear: Intl.DateTimeFormat;
  readonly shortDayAndTime: Intl.DateTimeFormat;
  readonly dayAndMinute: Intl.DateTimeFormat;
}

const known = new Map<string, Formats>();
const zones = new Map<string, Intl.DateTimeFormat>();
const [minuteSeconds, hourSeconds, daySeconds] = [60, 3600, 86_400];

/** The tag of the language that texts are shown in: VS Code's display language where there is a translation, else English. */
export function language(): string {
  return l10n.t({
    message: 'en',
    comment: ['No word, but the tag of the language of this translation, such as de or pt-BR. Numbers and dates are written as it says.'],
  });
}

/** A whole number with its thousands set apart: `50,000`. */
export function formatCount(value: number): string {
  return formats().count.format(value);
}

/** A number with one digit behind the point at most, rounded as it is held: 1.15 is a little less than that, and becomes 1.1. */
function inTenths(value: number): string {
  return formats().tenths.format(Number(value.toFixed(1)));
}

/** A size from bytes, 1,024 of them to a kB: `512 bytes`, `1.2 kB`, `50.1 MB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1024) {
    const whole = Math.round(bytes);
    return whole === 1 ? l10n.t('1 byte') : l10n.t('{0} bytes', formatCount(whole));
  }
  let value = bytes / 1024;
  let unit = 0;
  // 1023.95 would be printed as 1024.0.
  for (; value >= 1023.95 && unit < 3; unit += 1) value /= 1024;
  const number = inTenths(value);
  if (unit === 0) return l10n.t('{0} kB', number);
  if (unit === 1) return l10n.t('{0} MB', number);
  return unit === 2 ? l10n.t('{0} GB', number) : l10n.t('{0} TB', number);
}

/** A duration from milliseconds: `143 ms`, `2.4 s`, `3 min 12 s`. */
export function formatDuration(durationMs: number): string {
  const ms = Math.max(0, Math.round(durationMs));
  if (ms < 59_950) return formatSeconds(ms);
  const seconds = Math.round(ms / 1000);
  const [minutes, rest] = [formatCount(Math.floor(seconds / 60)), seconds % 60];
  return rest === 0 ? l10n.t('{0} min', minutes) : l10n.t('{0} min {1} s', minutes, rest);
}

/** A duration that was measured finely, from milliseconds: `0.13 ms`, `4.2 ms`, `143 ms`, `2.4 s`; below zero with its sign. */
export function formatFineDuration(durationMs: number): string {
  if (durationMs < 0) return `−${formatFineDuration(-durationMs)}`;
  if (durationMs >= 99.95) return formatDuration(durationMs);
  return l10n.t('{0} ms', durationMs < 9.95 ? formats().hundredths.format(durationMs) : inTenths(durationMs));
}

/** A duration from milliseconds, in seconds however long it is: `143 ms`, `2.4 s`, `192 s`. */
export function formatSeconds(durationMs: number): string {
  return durationMs < 1000 ? l10n.t('{0} ms', Math.round(durationMs)) : l10n.t('{0} s', inTenths(durationMs / 1000));
}

/** A span to wait or to be told of in passing, from milliseconds and rounded up: `45 seconds`, `3 minutes`, `5 hours`, `6 days`. */
export function formatWait(spanMs: number): string {
  const seconds = Math.ceil(spanMs / 1000);
  // Seconds up to two minutes, minutes up to two hours, and so on: finer than that nobody waits.
  if (seconds >= 2 * daySeconds) return l10n.t('{0} days', Math.ceil(seconds / daySeconds));
  if (seconds >= 2 * hourSeconds) return l10n.t('{0} hours', Math.ceil(seconds / hourSeconds));
  if (seconds >= 2 * minuteSeconds) return l10n.t('{0} minutes', Math.ceil(seconds / minuteSeconds));
  return seconds === 1 ? l10n.t('1 second') : l10n.t('{0} seconds', seconds);
}

/** A time of day from milliseconds since 1970, in the zone of this machine: `14:03:59`. */
export function formatTime(timeMs: number): string {
  return formats().time.format(timeMs);
}

/** Day and time in full from milliseconds since 1970, in the zone of this machine: `Tuesday 12 May 2026 at 14:03:59`. */
export function formatDate(timeMs: number): string {
  return plainInEnglish(formats().timeAndDay.format(timeMs));
}

/** A day from milliseconds since 1970, in the zone of this machine: `Tuesday 12 May 2026`. */
export function formatDay(timeMs: number): string {
  return plainInEnglish(formats().day.format(timeMs));
}

/**
 * A time for a line of a list, whose tooltip has it in full, from milliseconds since 1970, in the zone of this machine: `14:03` for the day
 * of `nowMs`, `12 May` for another one of its year, else `12 May 2026`.
 */
export function formatWhen(timeMs: number, nowMs: number): string {
  const [then, now] = [new Date(timeMs), new Date(nowMs)];
  if (then.toDateString() === now.toDateString()) return formatMinute(timeMs);
  return then.getFullYear() === now.getFullYear() ? formats().dayOfYear.format(timeMs) : formatShortDay(timeMs);
}

/** A time of day to the minute, from milliseconds since 1970, in the zone of this machine: `14:03`. */
export function formatMinute(timeMs: number): string {
  return formats().minute.format(timeMs);
}

/** A day where there is little room, from milliseconds since 1970, in the zone of this machine: `12 May 2026`. */
export function formatShortDay(timeMs: number): string {
  return formats().shortDay.format(timeMs);
}

/** A day and a time of day where there is little room, from milliseconds since 1970, in the zone of this machine: `12 May, 14:03`. */
export function formatDayMinute(timeMs: number): string {
  return formats().dayAndMinute.format(timeMs);
}

/** How far a zone's clocks are from universal time at a time in milliseconds since 1970: `UTC`, `UTC+1`, `UTC-3:30`. */
export function formatZone(timeMs: number, zone?: string): string {
  const key = zone ?? '';
  const format = zones.get(key)
    ?? new Intl.DateTimeFormat('en', { ...(zone === undefined ? {} : { timeZone: zone }), timeZoneName: 'shortOffset' });
  zones.set(key, format);
  const name = format.formatToParts(timeMs).find(({ type }) => type === 'timeZoneName')?.value ?? '';
  return name.replace('GMT', 'UTC').replace(/^UTC[+-]0$/, 'UTC');
}

const weekMs = 7 * 24 * 60 * 60_000;

/** The same over a span, one after the other: clocks are put forward and back within it, and its ends may be alike. */
export function formatZones(fromMs: number, toMs: number, zone?: string): readonly string[] {
  const weeks = Array.from({ length: Math.max(0, Math.ceil((toMs - fromMs) / weekMs)) }, (_, at) => fromMs + at * weekMs);
  return [...weeks, toMs].map((time) => formatZone(time, zone)).filter((name, at, all) => name !== all[at - 1]);
}

/** A share of a whole: `9.8 %`; `under 0.1 %` for what is more than nothing. */
export function formatShare(part: number, whole: number): string {
  const percent = whole === 0 ? 0 : (part / whole) * 100;
  return percent > 0 && percent < 0.1 ? l10n.t('under {0} %', inTenths(0.1)) : l10n.t('{0} %', inTenths(percent));
}

function formats(): Formats {
  const tag = language();
  const found = known.get(tag) ?? makeFormats(tag);
  known.set(tag, found);
  return found;
}

function makeFormats(tag: string): Formats {
  // English words stand among dates as they are written in Britain, the day first; what no language is known by is written so, too.
  const dates = isEnglish(tag) ? ['en-GB'] : [tag, 'en-GB'];
  return {
    count: new Intl.NumberFormat([tag, 'en']),
    tenths: new Intl.NumberFormat([tag, 'en'], { maximumFractionDigits: 1, useGrouping: false }),
    hundredths: new Intl.NumberFormat([tag, 'en'], { maximumFractionDigits: 2, useGrouping: false }),
    time: new Intl.DateTimeFormat([tag, 'en'], { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' }),
    minute: new Intl.DateTimeFormat([tag, 'en'], { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
    timeAndDay: new Intl.DateTimeFormat(dates, { dateStyle: 'full', timeStyle: 'medium', hourCycle: 'h23' }),
    day: new Intl.DateTimeFormat(dates, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }),
    shortDay: new Intl.DateTimeFormat(dates, { day: 'numeric', month: 'short', year: 'numeric' }),
    dayOfYear: new Intl.DateTimeFormat(dates, { day: 'numeric', month: 'short' }),
    dayAndMinute: new Intl.DateTimeFormat(dates, { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
    shortDayAndTime: new Intl.DateTimeFormat(dates, { dateStyle: 'medium', timeStyle: 'medium', hourCycle: 'h23' }),
  };
}

function isEnglish(tag: string): boolean {
  return tag === 'en';
}

/** Some versions of the rules for English dates have a comma behind the day of the week. */
function plainInEnglish(text: string): string {
  return isEnglish(language()) ? text.replaceAll(',', '') : text;
}

/** A day and a time where there is little room, from milliseconds since 1970, in the zone of this machine: `12 May 2026, 14:03:59`. */
export function formatDateTime(timeMs: number): string {
  return formats().shortDayAndTime.format(timeMs);
}
