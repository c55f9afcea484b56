// Values that a description gives as JSON text, and what stands for those that it does not give.

import { isArray, isObject, tryParse } from '../../../base/shape';
import type { DescribedColumn } from '../../description';

/** More rows than these are no example. */
const mostRows = 3;

/**
 * The value of a JSON text; undefined for what is none. A number with more digits than a number holds stays the text that it is, which the
 * service takes as well.
 */
export function exactValue(json: string): unknown {
  const value = tryParse(json);
  return exact(value, json);
}

/** A member of this name makes readers of documents follow it, wherever it stands. */
const followed = '$ref';

/** Members by their names, as a document may hold them: a name that readers would follow is left out. */
export function membersOf<T>(entries: Iterable<readonly [name: string, value: T]>): Readonly<Record<string, T>> {
  return Object.fromEntries([...entries].filter(([name]) => name !== followed));
}

function exact(value: unknown, json: string): unknown {
  if (typeof value === 'number' && !isExact(value, json.trim())) return json.trim();
  if (!isObject(value) && !isArray(value)) return value;
  // What is nested is looked at as a whole: it is rare, and no cell of a table.
  return /\d{16}/.test(json) ? json.trim() : unfollowed(value, 0);
}

/** Deeper values are no examples. */
const deepest = 20;

function unfollowed(value: unknown, depth: number): unknown {
  if (!isObject(value) && !isArray(value)) return value;
  if (depth === deepest) return null;
  if (isArray(value)) return value.map((each) => unfollowed(each, depth + 1));
  return membersOf(Object.entries(value).map(([name, each]) => [name, unfollowed(each, depth + 1)]));
}

/** True where a number, printed again, is the same one. */
function isExact(value: number, text: string): boolean {
  return Number.isFinite(value) && digits(text) === digits(String(value));
}

/** The digits of a number that count, without sign, point, exponent and zeros at the ends. */
function digits(text: string): string {
  const [mantissa = ''] = text.toLowerCase().split('e');
  const all = mantissa.replace(/[^0-9]/g, '').replace(/^0+/, '');
  let end = all.length;
  while (all.charAt(end - 1) === '0') end -= 1;
  return all.slice(0, end);
}

/** What an example has for a column or a parameter. */
export function valueOf({ type, example, default: standard, choices }: DescribedColumn): unknown {
  for (const json of [example, standard, choices[0]]) {
    const value = json === undefined ? undefined : exactValue(json);
    if (value !== undefined) return value;
  }
  return placeholders.get(type?.toLowerCase() ?? '') ?? '';
}

const placeholders: ReadonlyMap<string, unknown> = new Map<string, unknown>([['number', 0], ['integer', 0], ['boolean', false]]);

/** Rows of an example: those of the description, else one that is made of its columns. */
export function exampleRows(
  columns: readonly DescribedColumn[],
  rows: readonly (readonly (string | undefined)[])[],
): readonly (readonly unknown[])[] {
  const shown = rows.length === 0 ? [columns.map(() => undefined)] : rows.slice(0, mostRows);
  return shown.map((row) => columns.map((column, index) => {
    const json = row[index];
    return (json === undefined ? undefined : exactValue(json)) ?? (json === 'null' ? null : valueOf(column));
  }));
}
