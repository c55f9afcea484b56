// Spans of time in words.

/** A time span for people: "45 seconds", "3 minutes", "5 hours", "6 days"; rounded up. */
export function spanText(spanMs: number): string {
  const seconds = Math.ceil(spanMs / 1000);
  const units: readonly (readonly [number, string])[] = [[86_400, 'day'], [3600, 'hour'], [60, 'minute']];
  // Seconds up to two minutes, minutes up to two hours, and so on: finer than that nobody waits.
  for (const [size, name] of units) if (seconds >= 2 * size) return `${Math.ceil(seconds / size)} ${name}s`;
  return `${seconds} second${seconds === 1 ? '' : 's'}`;
}
