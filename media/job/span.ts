// Spans and moments of jobs, to the second: a job may run for days.

import { formatCount, formatDateTime, formatShortDay, formatTime } from '../../src/base/format';

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

/** A span from milliseconds, in its two largest units: `42 s`, `3 min 12 s`, `5 h 0 min`, `2 d 3 h`. */
export function formatSpan(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < minute) return `${seconds} s`;
  if (seconds < hour) return `${Math.floor(seconds / minute)} min ${seconds % minute} s`;
  if (seconds < day) return `${Math.floor(seconds / hour)} h ${Math.floor((seconds % hour) / minute)} min`;
  return `${formatCount(Math.floor(seconds / day))} d ${Math.floor((seconds % day) / hour)} h`;
}

/** The time of day from milliseconds since 1970, with the date in front of it where that is another one than at `before`. */
export function formatMoment(at: number, before: number | undefined): string {
  return before !== undefined && formatShortDay(before) === formatShortDay(at) ? formatTime(at) : formatDateTime(at);
}

/** Whether a calendar has this time: one that it has not would stop the page. */
export function isDate(at: number): boolean {
  return Math.abs(at) <= 8.64e15;
}
