// What rows were looked for by, as it is kept: filters and a search, each with what tells whether it still fits the table.

import type { Filter, TableQuery, TableView, ViewColumn } from '../../src/model/view';
import { columnIds, hashOf, placeOf } from './columnIds';
import { changed, sameQuery } from './query';
import { isIndex, member } from './saved';

/** A filter, with numbers that tell its column without its name. */
export interface KeptFilter {
  readonly filter: Filter;
  /** Of what the column is called and holds: on a column of another kind the filter means another thing. */
  readonly column: number;
  /** Tells it from other columns wherever it stands; absent in what earlier versions kept. */
  readonly id?: number;
}

/** What rows were looked for by. */
export interface KeptRows {
  readonly filters?: readonly KeptFilter[];
  readonly search?: string;
  /** True when more was looked for than is kept. */
  readonly partly?: true;
}

/** Longer texts, in UTF-16 units, and more filters are not kept: nobody has typed them. */
const longestText = 1_000;
const mostFilters = 100;

/** What is kept of a table's order, all parts named: those that are absent are taken away. */
export function keptRows({ query, keepable = query, columns }: Pick<TableView, 'query' | 'keepable' | 'columns'>): {
  readonly [Name in keyof KeptRows]-?: KeptRows[Name] | undefined;
} {
  const filters = keepable.filters.filter((filter) => !('text' in filter) || filter.text.length <= longestText).slice(0, mostFilters);
  const search = keepable.search !== undefined && keepable.search.length <= longestText ? keepable.search : undefined;
  const isWhole = sameQuery(changed(query, { filters, search }), query);
  return {
    filters: filters.length === 0 ? undefined : filters.map((filter) => keptFilter(filter, columns)),
    search,
    partly: isWhole ? undefined : true,
  };
}

/** What is still requested of what is kept, wherever its columns stand now. What is new is kept only when the editor has seen it. */
export function stillRequested(
  { filters, search }: KeptRows,
  query: TableQuery,
  columns: readonly ViewColumn[],
): { readonly filters: KeptRows['filters'] | undefined; readonly search: string | undefined } {
  const requested = new Set(query.filters.map((filter) => JSON.stringify(filter)));
  const isRequested = (filter: Filter): boolean => requested.has(JSON.stringify(filter));
  const left = filters?.filter((kept) => fittingFilters({ filters: [kept] }, columns).some(isRequested)) ?? [];
  return { filters: left.length === 0 ? undefined : left, search: search === query.search ? search : undefined };
}

/** A filter as it is kept in the look of a table. */
export function keptFilter(filter: Filter, columns: readonly ViewColumn[]): KeptFilter {
  const id = columnIds(columns)[filter.column];
  return { filter, column: identityOf(columns[filter.column]), ...(id === undefined ? {} : { id }) };
}

/** The filters whose columns are still what they were, wherever they stand now. */
export function fittingFilters({ filters = [] }: KeptRows, columns: readonly ViewColumn[]): readonly Filter[] {
  return filters.flatMap(({ filter, column, id }) => {
    const place = placeOf(columns, filter.column, id);
    return place === undefined || identityOf(columns[place]) !== column ? [] : [{ ...filter, column: place }];
  });
}

/** Reads what was saved; what cannot be read is as if nobody had looked for it. */
export function readKeptRows(saved: unknown): KeptRows {
  const [given, search] = [member(saved, 'filters'), member(saved, 'search')];
  const filters = Array.isArray(given) ? given.slice(0, mostFilters).flatMap(readKeptFilter) : [];
  return {
    ...(filters.length > 0 ? { filters } : {}),
    ...(isText(search) && search !== '' ? { search } : {}),
    ...(member(saved, 'partly') === true ? { partly: true } : {}),
  };
}

function readKeptFilter(saved: unknown): readonly KeptFilter[] {
  const [filter, column, id] = [readFilter(member(saved, 'filter')), member(saved, 'column'), member(saved, 'id')];
  return filter && isIndex(column) ? [{ filter, column, ...(isIndex(id) ? { id } : {}) }] : [];
}

function readFilter(saved: unknown): Filter | undefined {
  const [kind, column, text, empty, least, most] = [
    member(saved, 'kind'),
    member(saved, 'column'),
    member(saved, 'text'),
    member(saved, 'empty'),
    member(saved, 'least'),
    member(saved, 'most'),
  ];
  if (!isIndex(column)) return undefined;
  switch (kind) {
    case 'contains':
    case 'is':
      return isText(text) ? { kind, column, text } : undefined;
    case 'range':
      return isLimit(least) && isLimit(most)
        ? { kind, column, ...(least === undefined ? {} : { least }), ...(most === undefined ? {} : { most }) }
        : undefined;
    case 'empty':
      return typeof empty === 'boolean' ? { kind, column, empty } : undefined;
    default:
      return undefined;
  }
}

/** A number of 32 bits, made of what a column is called and holds: names are data and are not kept. */
function identityOf(column: ViewColumn | undefined): number {
  return hashOf(JSON.stringify([column?.name, column?.group, column?.kind]));
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= longestText;
}

function isLimit(value: unknown): value is number | undefined {
  return value === undefined || (typeof value === 'number' && Number.isFinite(value));
}
