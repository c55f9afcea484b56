// The calls of a comparison as a table that other programs read, times in milliseconds.

import type { WriteOptions } from '../../../model/openTable';
import { tableWriter } from '../../../tables/write';
import type { WayCall } from './measures';

const columns: Parameters<typeof tableWriter>[0] = [
  { name: 'call', kind: 'number' }, { name: 'way' }, { name: 'turn', kind: 'number' }, { name: 'ms', kind: 'number' },
  { name: 'status', kind: 'number' }, { name: 'bytes', kind: 'number' }, { name: 'refused' },
];

/** The text, with a row for each call. */
export function writtenCalls(calls: readonly WayCall[], options: Pick<WriteOptions, 'format' | 'guardFormulas'>): string {
  const writer = tableWriter(columns, { ...options, head: true });
  const rows = calls.map(({ way, turn, ms, status, bytes, refused }, index) => writer.row(
    [String(index + 1), way, String(turn + 1), String(ms), status === undefined ? null : String(status), String(bytes), refused ?? null]));
  return [writer.start(), ...rows, writer.end()].join('');
}
