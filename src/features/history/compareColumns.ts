// Two tables' columns, put beside each other by their names, and what is counted of each pair.

import type { Cell, Column, Table } from '../../model/table';
import { isNumericType } from '../../tables/number';
import { difference } from './compareNumbers';
import { isSame, type Tolerance } from './compareTolerance';

/** A column of two tables; the places are those in the tables, absent where there is no such column. */
export interface ColumnPair {
  readonly name: string;
  /** Tells it from other pairs of the same tables, also those of the same name. */
  readonly key: string;
  readonly before?: number;
  readonly after?: number;
  readonly types: readonly [before: string | undefined, after: string | undefined];
  /** How far numbers of it may be apart; absent where they may not, such as in a column that the service calls text. */
  readonly tolerance?: Tolerance;
  /** Rows in which the two differ. */
  changed: number;
  /** Of those, rows in which both are numbers. */
  numbers: number;
  /** Sum of the differences of numbers without their signs. */
  sum: number;
  /** The largest difference without its sign, as it is shown. */
  most: { readonly size: number; readonly text: string };
}

/** Pairs the columns by name, those of a repeated name in their order: all of the first table, then what only the second has. */
export function pairColumns(before: Pick<Table, 'columns'>, after: Pick<Table, 'columns'>, tolerance?: Tolerance): ColumnPair[] {
  const places = new Map<string, number>();
  for (const { key, index } of keyed(after.columns)) places.set(key, index);
  const pairs = keyed(before.columns).map(({ key, index, column }): ColumnPair => {
    const other = places.get(key);
    places.delete(key);
    const type = other === undefined ? undefined : after.columns[other]?.type;
    return newPair(key, column.name, [column.type, type], [index, other], tolerance);
  });
  const rest = [...places].map(([key, index]) =>
    newPair(key, after.columns[index]?.name ?? '', [undefined, after.columns[index]?.type], [undefined, index], tolerance),
  );
  return [...pairs, ...rest];
}

/** True when both tables have the column. */
export function isShared({ before, after }: ColumnPair): boolean {
  return before !== undefined && after !== undefined;
}

/** The cells of a pair in two rows. */
export function cellsOf({ before, after }: ColumnPair, one: readonly Cell[], other: readonly Cell[]): readonly [Cell, Cell] {
  return [before === undefined ? undefined : one[before], after === undefined ? undefined : other[after]];
}

/** True when the cells of a pair in two rows differ. */
export function isDifferent(pair: ColumnPair, one: readonly Cell[], other: readonly Cell[]): boolean {
  return !isSame(...cellsOf(pair, one, other), pair.tolerance);
}

/** Counts the cells of a pair in two rows that both are there; true when they differ. */
export function countPair(pair: ColumnPair, one: readonly Cell[], other: readonly Cell[]): boolean {
  const [before, after] = cellsOf(pair, one, other);
  if (isSame(before, after, pair.tolerance)) return false;
  pair.changed += 1;
  const found = typeof before === 'string' && typeof after === 'string' ? difference(before, after) : undefined;
  if (found) {
    pair.numbers += 1;
    pair.sum += found.size;
    if (found.size > pair.most.size || pair.numbers === 1) pair.most = { size: found.size, text: found.text.replace(/^-/, '') };
  }
  return true;
}

function keyed(columns: readonly Column[]): { readonly key: string; readonly index: number; readonly column: Column }[] {
  const seen = new Map<string, number>();
  return columns.map((column, index) => {
    const nth = seen.get(column.name) ?? 0;
    seen.set(column.name, nth + 1);
    return { key: `${nth} ${column.name}`, index, column };
  });
}

function newPair(
  key: string,
  name: string,
  types: ColumnPair['types'],
  [before, after]: readonly [number | undefined, number | undefined],
  tolerance: Tolerance | undefined,
): ColumnPair {
  const mayBeNumbers = types.every((type) => type === undefined || type.trim() === '' || isNumericType(type));
  return {
    name,
    key,
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
    types,
    ...(tolerance && mayBeNumbers ? { tolerance } : {}),
    changed: 0,
    numbers: 0,
    sum: 0,
    most: { size: 0, text: '0' },
  };
}
