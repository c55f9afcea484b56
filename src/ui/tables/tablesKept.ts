// Which part of a table's order its page may save: a text that somebody looked for may be a key.

import type { TableQuery, ViewColumn } from '../../model/view';
import { looksSecret } from '../../redaction';

/**
 * Words of at least so many UTF-16 units are not saved: of any kind, of digits alone, of letters with digits, of small letters and capitals
 * in turn.
 */
const longWord = { any: 24, digits: 16, mixed: 6, turning: 12 };
/** Digits with letters that people look for, where a key would be hardly shorter: a measure, a time, a year or a part of one. */
const ordinary: readonly RegExp[] = [
  /^[+-]?[\d.,:]{1,20}(?:[kmcµ]?[gml]|[kmg]b|k?wh?|km\/h|min|ms|[hsx]|[ap]m|st|nd|rd|th|px|eur|usd)$/i,
  /^[+-]?[\d.,]{1,20}e[+-]?\d{1,3}$/i,
  /^(?:[fc]y|[hq][1-4][-/]?)(?:19|20)\d\d$/i,
  /^(?:19|20)\d\d[-/]?[hq][1-4]$/i,
];
/** Small letters are followed by a capital so often in a key, and seldom in a name that is put together from words. */
const mostTurns = 2;

/** The query without texts that look like secrets, by themselves or by the name of their column; undefined when there are none. */
export function keepable(query: TableQuery, columns: readonly ViewColumn[]): TableQuery | undefined {
  const { sort, search } = query;
  const filters = query.filters.filter((filter) => !('text' in filter) || !isSecret(nameOf(columns[filter.column]), filter.text));
  const dropsSearch = search !== undefined && isSecret('', search);
  if (filters.length === query.filters.length && !dropsSearch) return undefined;
  return { ...(sort ? { sort } : {}), filters, ...(search === undefined || dropsSearch ? {} : { search }) };
}

/** In a comparison a column is called after its side, and its group is called as the column was. */
function nameOf(column: ViewColumn | undefined): string {
  return `${column?.group ?? ''} ${column?.name ?? ''}`;
}

/** More is taken for a secret than where texts are masked: nothing is lost but that a text has to be typed again. */
function isSecret(column: string, text: string): boolean {
  return looksSecret(column, text) || text.split(/\s+/).some(mayBeKey);
}

function mayBeKey(word: string): boolean {
  const { length } = word;
  if (length >= longWord.any) return true;
  // A day, perhaps with a time.
  if (/^\d{4}-\d{2}-\d{2}(?:T[\d:.]{0,15}Z?)?$/.test(word)) return false;
  const hasDigits = /\d/.test(word);
  const hasLetters = /\p{L}/u.test(word);
  if (hasDigits && hasLetters) return length >= longWord.mixed && !ordinary.some((shape) => shape.test(word));
  if (hasDigits) return word.replace(/\D/g, '').length >= longWord.digits;
  return length >= longWord.turning && (word.match(/\p{Ll}\p{Lu}/gu) ?? []).length > mostTurns;
}
