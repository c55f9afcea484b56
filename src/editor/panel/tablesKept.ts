// Which part of a table's order its page may save: a text that somebody looked for may be a key.

import type { TableQuery, ViewColumn } from '../../model/view';
import { looksSecret } from '../../protocol/maskTokens';

/** Letters and digits mixed, without a blank, at least so many: a key is one word of that kind, and little that people look for is. */
const keyLength = 20;

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
  return looksSecret(column, text) || text.split(/\s+/).some((word) => word.length >= keyLength && /\d/.test(word) && /[a-z]/i.test(word));
}
