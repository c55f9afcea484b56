// Which part of a table's order its page may save: a text that somebody looked for may be a key.

import type { Column } from '../../model/table';
import type { TableQuery } from '../../model/view';
import { looksSecret } from '../../protocol/maskTokens';

/** The query without texts that look like secrets, by themselves or by the name of their column; undefined when there are none. */
export function keepable(query: TableQuery, columns: readonly Column[]): TableQuery | undefined {
  const { sort, search } = query;
  const filters = query.filters.filter((filter) => !('text' in filter) || !looksSecret(columns[filter.column]?.name ?? '', filter.text));
  const isSecret = search !== undefined && looksSecret('', search);
  if (filters.length === query.filters.length && !isSecret) return undefined;
  return { ...(sort ? { sort } : {}), filters, ...(search === undefined || isSecret ? {} : { search }) };
}
