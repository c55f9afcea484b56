// How far two numbers of a comparison may be apart and still count as the same.

import type { Cell } from '../../model/table';
import { isNear, readDecimal, type Limit } from './compareNumbers';

/** A tolerance with the text that it is shown by, such as `0.001` or `1%`. */
export interface Tolerance extends Limit {
  readonly text: string;
}

/** The text of no tolerance: cells are compared as they are written. */
export const noTolerance = '0';

/** Longer texts are no tolerance, in UTF-16 units. */
const longest = 40;

/**
 * Reads a number of 0 or more, or such a number with `%`, which is a share of the larger of two numbers. An empty text is no tolerance.
 * Gives undefined for anything else.
 */
export function readTolerance(given: string): { readonly text: string; readonly tolerance: Tolerance | undefined } | undefined {
  const text = given.trim();
  if (text === '') return { text: noTolerance, tolerance: undefined };
  if (text.length > longest) return undefined;
  const relative = text.endsWith('%');
  const number = relative ? text.slice(0, -1).trim() : text;
  const size = readDecimal(number);
  if (!size || size.steps < 0n || number.startsWith('-')) return undefined;
  if (size.steps === 0n) return { text: noTolerance, tolerance: undefined };
  const shown = relative ? `${number}%` : number;
  return { text: shown, tolerance: { text: shown, relative, size: relative ? { ...size, places: size.places + 2 } : size } };
}

/**
 * True for cells that count as the same: the same text or, where there is a tolerance, two finite numbers within it. Null, nothing, empty
 * text, NaN and infinities are the same as themselves alone.
 */
export function isSame(one: Cell, other: Cell, tolerance: Tolerance | undefined): boolean {
  if (one === other) return true;
  return tolerance !== undefined && typeof one === 'string' && typeof other === 'string' && isNear(one, other, tolerance);
}
