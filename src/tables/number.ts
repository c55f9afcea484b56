// Which cells and columns are numbers, for order, ranges, pictures and the side that cells stand on.

import type { Cell, Column } from '../model/table';
import type { ColumnKind } from '../model/view';

/** Nothing in it can be matched in two ways, so that hostile text costs no more than its length. */
const decimal = /^\s*[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?\s*$/;

const numericType = /^(u?int(eger)?\d*|double|single|float\d*|numeric|number|decimal|s?byte|long|short)$/i;

/** So many rows of a table decide of what kind its columns are. */
export const kindRows = 1000;

/**
 * The finite number that a text writes in decimal, as JSON and CSV do, blanks around it allowed; undefined for anything else, `NaN`,
 * `Infinity` and hex among it.
 */
export function readNumber(text: string): number | undefined {
  if (!decimal.test(text)) return undefined;
  const value = Number(text);
  return Number.isFinite(value) ? value : undefined;
}

/** Whether a service's name for a type of columns is one of numbers. */
export function isNumericType(type: string): boolean {
  return numericType.test(type.trim());
}

/** Whether a cell is empty: null, missing or empty text. */
export function isEmpty(cell: Cell): cell is null | undefined | '' {
  return cell === undefined || cell === null || cell === '';
}

/** The kind of a column once one more of its cells was seen; undefined as long as all were empty. */
export function kindWith(kind: ColumnKind | undefined, cell: Cell): ColumnKind | undefined {
  if (kind === 'text' || isEmpty(cell)) return kind;
  return readNumber(cell) === undefined ? 'text' : 'number';
}

/**
 * Of what kind a column is: what its type says; where it has none, `number` when all cells of these rows that are not empty are numbers,
 * and there is one.
 */
export function kindOf({ type }: Column, column: number, rows: readonly (readonly Cell[])[]): ColumnKind {
  if (type !== undefined && type.trim() !== '') return isNumericType(type) ? 'number' : 'text';
  return rows.reduce<ColumnKind | undefined>((kind, row) => kindWith(kind, row[column]), undefined) ?? 'text';
}
