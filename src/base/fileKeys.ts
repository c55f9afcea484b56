// Keys that files are named by: sortable by time, different whatever happens at the same moment.

/** Nine characters that sort as the times do that they were made of. */
export function sortableTime(now: number): string {
  return Math.max(0, Math.trunc(now)).toString(36).padStart(9, '0');
}

/** Twelve characters by chance. */
export function randomId(random: () => number): string {
  return Array.from({ length: 12 }, () => Math.floor(Math.min(random(), 0.999999) * 36).toString(36)).join('');
}

/**
 * A new job's key: fit for a file name, and in the order of creation. `now` in milliseconds since 1970; `random` gives numbers from 0 to 1.
 */
export function newJobKey(now: number, random: () => number): string {
  return `${sortableTime(now)}-${randomId(random)}`;
}
