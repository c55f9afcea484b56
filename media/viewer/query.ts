// What is requested of a table's order, and the same in words.

import type { Filter, Sort, TableQuery, TableView, ViewColumn } from '../../src/model/view';
import { formatCount } from '../../src/base/format';
import { plural } from '../kit/format';
import { visible } from '../kit/visible';

/** A column's name as it is said in sentences, whatever it is called. */
export function nameOf(column: ViewColumn | undefined): string {
  return column === undefined ? '(no column)' : column.name === '' ? '(no name)' : column.name;
}

/** An order without sort, filter and search. */
export const sourceOrder: TableQuery = { filters: [] };

/** A query with some parts of it replaced; `undefined` takes a part away. */
export function changed(
  query: TableQuery,
  parts: { readonly sort?: Sort | undefined; readonly filters?: readonly Filter[]; readonly search?: string | undefined },
): TableQuery {
  const sort = 'sort' in parts ? parts.sort : query.sort;
  const search = 'search' in parts ? parts.search : query.search;
  return { ...(sort ? { sort } : {}), filters: parts.filters ?? query.filters, ...(search ? { search } : {}) };
}

/** Whether two queries ask for the same order. */
export function sameQuery(one: TableQuery, other: TableQuery): boolean {
  return identityOf(one) === identityOf(other);
}

function identityOf({ sort, filters, search }: TableQuery): string {
  return JSON.stringify([
    sort?.column,
    sort?.descending,
    search ?? '',
    filters.map((filter) => [filter.kind, filter.column, ...detailsOf(filter)]),
  ]);
}

function detailsOf(filter: Filter): readonly unknown[] {
  switch (filter.kind) {
    case 'contains':
    case 'is':
      return [filter.text];
    case 'range':
      return [filter.least, filter.most];
    case 'empty':
      return [filter.empty];
    default:
      return filter satisfies never;
  }
}

/** Whether an order may leave rows out. */
export function isFiltered(query: TableQuery): boolean {
  return query.filters.length > 0 || query.search !== undefined;
}

/** The sort after a click on a head: ascending, descending, none, and so on. */
export function nextSort(sort: Sort | undefined, column: number): Sort | undefined {
  if (sort?.column !== column) return { column, descending: false };
  return sort.descending ? undefined : { column, descending: true };
}

/** What is being made out of an order, in a word or two. */
export function workText(shown: TableQuery, wanted: TableQuery): string {
  const sorts =
    identityOf(changed(shown, { filters: [], search: undefined })) !== identityOf(changed(wanted, { filters: [], search: undefined }));
  const filters = identityOf(changed(shown, { sort: undefined })) !== identityOf(changed(wanted, { sort: undefined }));
  if (sorts && filters) return 'Sorting and filtering';
  return filters ? 'Filtering' : 'Sorting';
}

/** A filter in words: `species contains “set”`. */
export function filterText(filter: Filter, columns: readonly ViewColumn[]): string {
  const name = nameOf(columns[filter.column]);
  switch (filter.kind) {
    case 'contains':
      return `${name} contains “${filter.text}”`;
    case 'is':
      return `${name} is “${filter.text}”`;
    case 'range':
      return `${name} ${rangeText(filter.least, filter.most)}`;
    case 'empty':
      return `${name} is ${filter.empty ? 'empty' : 'not empty'}`;
    default:
      return filter satisfies never;
  }
}

function rangeText(least: number | undefined, most: number | undefined): string {
  // The upper limit of a bar stands just below a number that is easier to read.
  const above = most === undefined ? undefined : neighbour(most, 1);
  const below = above !== undefined && String(above).length < String(most).length - 4 ? `below ${above}` : undefined;
  if (least === undefined) return most === undefined ? 'is a number' : below === undefined ? `is ${most} or less` : `is ${below}`;
  return most === undefined ? `is ${least} or more` : `is from ${least} to ${below ?? most}`;
}

/** The next number below (-1) or above (1) that a double can hold. */
export function neighbour(value: number, direction: -1 | 1): number {
  if (!Number.isFinite(value)) return value;
  if (value === 0) return direction * Number.MIN_VALUE;
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  view.setBigInt64(0, view.getBigInt64(0) + BigInt(value > 0 ? direction : -direction));
  return view.getFloat64(0);
}

/** How large a table is, in words: `1,000,000 rows × 10 columns`, `12 of 1,000,000 rows so far × 10 columns, 2 hidden`. */
export function sizeText({ totalRows, matchedRows, columns, query, reading }: TableView, hidden: number): string {
  const rows = isFiltered(query) ? `${formatCount(matchedRows)} of ${plural(totalRows, 'row')}` : plural(totalRows, 'row');
  return `${rows}${reading ? ' so far' : ''} × ${plural(columns.length, 'column')}${hidden === 0 ? '' : `, ${formatCount(hidden)} hidden`}`;
}

/** A column's name with its number in the source. */
export interface NamedColumn {
  readonly name: string;
  readonly column: number;
}

/** The column of that name, else of that name with case ignored, else that begins so, else that holds it. */
export function findColumn(columns: readonly NamedColumn[], text: string): number | undefined {
  const wanted = text.trim().toLowerCase();
  const fits: readonly ((name: string) => boolean)[] = [
    (name) => name === text || visible(name) === text,
    (name) => name.trim().toLowerCase() === wanted,
    (name) => name.toLowerCase().startsWith(wanted),
    (name) => name.toLowerCase().includes(wanted),
  ];
  for (const fit of fits) {
    const found = columns.find(({ name }) => fit(name));
    if (found) return found.column;
  }
  return undefined;
}
