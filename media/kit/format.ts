// Sizes, durations, counts and times in words, always in English so that they fit the sentences around them.

const count = new Intl.NumberFormat('en');
const clock = new Intl.DateTimeFormat('en', { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
const date = new Intl.DateTimeFormat('en', { dateStyle: 'full', timeStyle: 'medium', hourCycle: 'h23' });
const units = ['kB', 'MB', 'GB', 'TB'];

/** A whole number with its thousands set apart: `50,000`. */
export function formatCount(value: number): string {
  return count.format(value);
}

/** A number and its noun: `1 row`, `50,000 rows`. */
export function plural(value: number, noun: string): string {
  return `${formatCount(value)} ${noun}${value === 1 ? '' : 's'}`;
}

/** A size from bytes, 1,024 of them to a kB: `512 bytes`, `1.2 kB`, `50.1 MB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1024) return plural(bytes, 'byte');
  let value = bytes / 1024;
  let unit = 0;
  // 1023.95 would be printed as 1024.0.
  while (value >= 1023.95 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${trimmed(value)} ${units[unit] ?? ''}`;
}

/** A duration from milliseconds: `143 ms`, `2.4 s`, `3 min 12 s`. */
export function formatDuration(durationMs: number): string {
  const ms = Math.max(0, Math.round(durationMs));
  if (ms < 1000) return `${ms} ms`;
  if (ms < 59_950) return `${trimmed(ms / 1000)} s`;
  const seconds = Math.round(ms / 1000);
  const rest = seconds % 60;
  return `${formatCount(Math.floor(seconds / 60))} min${rest === 0 ? '' : ` ${rest} s`}`;
}

/** A time of day from milliseconds since 1970, in the zone of this machine: `14:03:59`. */
export function formatTime(timeMs: number): string {
  return clock.format(timeMs);
}

/** Day and time from milliseconds since 1970, in the zone of this machine. */
export function formatDate(timeMs: number): string {
  return date.format(timeMs);
}

function trimmed(value: number): string {
  return value.toFixed(1).replace(/\.0$/, '');
}
