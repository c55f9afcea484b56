// How much of a time that a job has to take was over before a restart.

/**
 * Milliseconds since `at`, which is in milliseconds since 1970; none where it is undefined. At least 0 and at most `mostMs`: across a
 * restart only the time of day tells, and somebody may have set it.
 */
export function elapsedMs(at: number | undefined, mostMs: number): number {
  return at === undefined ? 0 : Math.min(mostMs, Math.max(0, Date.now() - at));
}
