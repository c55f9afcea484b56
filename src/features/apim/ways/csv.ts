// The calls of a comparison as CSV, as programs read it: one header line, times in milliseconds.

import type { WayCall } from './measures';

/** The text, with a line for each call. */
export function csvOf(calls: readonly WayCall[]): string {
  const rows = calls.map(({ way, turn, ms, status, bytes, refused }, index) =>
    [String(index + 1), way, String(turn + 1), String(ms), status === undefined ? '' : String(status), String(bytes), refused ?? '']);
  return `${[['call', 'way', 'turn', 'ms', 'status', 'bytes', 'refused'], ...rows].map((row) => row.map(field).join(',')).join('\n')}\n`;
}

function field(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
