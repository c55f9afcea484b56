// What tells a column from others wherever it stands: numbers, since names are data and are not kept.

import type { ViewColumn } from '../../src/model/view';

const known = new WeakMap<readonly ViewColumn[], readonly number[]>();

/** A number of 32 bits for each column, of its name, its group, and how many of the same stand before it. */
export function columnIds(columns: readonly ViewColumn[]): readonly number[] {
  let ids = known.get(columns);
  if (ids) return ids;
  const seen = new Map<string, number>();
  ids = columns.map(({ name, group }) => {
    const key = JSON.stringify([name, group ?? null]);
    const nth = seen.get(key) ?? 0;
    seen.set(key, nth + 1);
    return hashOf(`${key}${nth}`);
  });
  known.set(columns, ids);
  return ids;
}

/** Where a column stands that was kept by its place and its number; without a number, which earlier versions kept none of, its place. */
export function placeOf(columns: readonly ViewColumn[], place: number, id: number | undefined): number | undefined {
  if (id === undefined) return place < columns.length ? place : undefined;
  const ids = columnIds(columns);
  if (ids[place] === id) return place;
  const found = ids.indexOf(id);
  return found < 0 ? undefined : found;
}

/** A number of 32 bits, made of a text (the FNV-1a hash). */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const unit of text) hash = Math.imul(hash ^ (unit.codePointAt(0) ?? 0), 0x01000193);
  return hash >>> 0;
}
