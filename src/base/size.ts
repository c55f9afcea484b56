// Sizes in words.

const units = ['kB', 'MB', 'GB', 'TB'];

/** A size from bytes, 1,024 of them to a kB: `512 bytes`, `1.2 kB`, `50.1 MB`. */
export function sizeText(bytes: number): string {
  if (bytes < 1024) return `${Math.round(bytes)} byte${Math.round(bytes) === 1 ? '' : 's'}`;
  let value = bytes / 1024;
  let unit = 0;
  // 1023.95 would be printed as 1024.0.
  for (; value >= 1023.95 && unit < units.length - 1; unit++) value /= 1024;
  return `${value.toFixed(1).replace(/\.0$/, '')} ${units[unit] ?? ''}`;
}
