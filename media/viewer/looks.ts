// How tables are looked at, kept while a page is hidden: numbers of columns, places, and what rows were looked for by; never a name, a row
// or a secret.

import type { Sort, TableQuery, ViewColumn } from '../../src/model/view';
import { columnIds, placeOf } from './columnIds';
import { fittingFilters, readKeptRows, type KeptRows } from './keptRows';
import { isIndex, isObject, isPlace, member } from './saved';

/** A layout, with the number of columns that the table's head names. */
export interface KeptLayout {
  readonly columns: number;
  /** What tells the columns that are named below, by their places. Earlier versions kept none: then the number of columns has to fit. */
  readonly ids?: Readonly<Record<number, number>>;
  readonly widths: Readonly<Record<number, number>>;
  readonly pinned: readonly number[];
  readonly hidden: readonly number[];
}

/** A layout by itself. */
type Layout = Omit<KeptLayout, 'columns' | 'ids'>;

/** A sort, with what tells its column; absent in what earlier versions kept. */
export type KeptSort = Sort & { readonly id?: number };

/** How one table is looked at. What was not touched is absent. */
export interface TableLook extends KeptRows {
  readonly layout?: KeptLayout;
  /** The layout while what was sent stands beside: its columns are others. */
  readonly joinedLayout?: KeptLayout;
  /** The place in the order of the first row in sight, and pixels from the left. */
  readonly scroll?: { readonly row: number; readonly left: number };
  readonly sort?: KeptSort;
  /** Whether a table of one row is shown as a list. */
  readonly list?: boolean;
  readonly pictures?: boolean;
  readonly joined?: boolean;
}

/** Looks by what the tables belong to, the last one last. */
export type Looks = readonly { readonly key: string; readonly tables: Readonly<Record<number, TableLook>> }[];

/** So many keys are remembered. */
export const keptKeys = 20;

/** The look of a table, empty when nothing is known. */
export function lookOf(looks: Looks, key: string, table: number): TableLook {
  return looks.find((each) => each.key === key)?.tables[table] ?? {};
}

/** The looks with that of one table replaced. */
export function withLook(looks: Looks, key: string, table: number, look: TableLook): Looks {
  const tables = looks.find((each) => each.key === key)?.tables ?? {};
  return [...looks.filter((each) => each.key !== key), { key, tables: { ...tables, [table]: look } }].slice(-keptKeys);
}

/** How the columns of a table are laid out: as nobody has touched them where nothing that fits is known. */
export function layoutOf(look: TableLook, columns: readonly ViewColumn[], joined: boolean): Layout {
  const kept = joined ? look.joinedLayout : look.layout;
  if (!kept || (!kept.ids && kept.columns !== namedColumns(columns))) return { widths: {}, pinned: [], hidden: [] };
  // Columns may have moved or gone, and those of rows that are longer than the head may not have been read yet.
  const moved = (places: readonly number[]): number[] => places.flatMap((place) => placeOf(columns, place, kept.ids?.[place]) ?? []);
  const hidden = moved(kept.hidden);
  return {
    widths: Object.fromEntries(Object.entries(kept.widths).flatMap(([place, width]) => moved([Number(place)]).map((to) => [to, width]))),
    pinned: moved(kept.pinned),
    hidden: hidden.length < columns.length ? hidden : [],
  };
}

/** A layout as it is kept in the look of a table. */
export function keptLayout(
  { widths, pinned, hidden }: Layout,
  columns: readonly ViewColumn[],
  joined: boolean,
): Pick<TableLook, 'layout' | 'joinedLayout'> {
  const places = [...new Set([...Object.keys(widths).map(Number), ...pinned, ...hidden])];
  const all = columnIds(columns);
  const ids = Object.fromEntries(places.flatMap((place) => (all[place] === undefined ? [] : [[place, all[place]]])));
  const kept = { columns: namedColumns(columns), ids, widths, pinned, hidden };
  return joined ? { joinedLayout: kept } : { layout: kept };
}

/** A sort as it is kept in the look of a table. */
export function keptSort(sort: Sort | undefined, columns: readonly ViewColumn[]): KeptSort | undefined {
  const id = sort && columnIds(columns)[sort.column];
  return sort && { column: sort.column, descending: sort.descending, ...(id === undefined ? {} : { id }) };
}

/** How many columns there are without those at the end that have no name. */
function namedColumns(columns: readonly ViewColumn[]): number {
  return columns.findLastIndex(({ name }) => name !== '') + 1;
}

/** Whether the rows stood in another order than that of their source. */
export function hasOrder({ sort, filters, search, partly }: TableLook): boolean {
  return sort !== undefined || filters !== undefined || search !== undefined || partly === true;
}

/** The order of a look as far as it fits these columns; `isWhole` when it is the order that was looked at. */
export function orderOf(look: TableLook, columns: readonly ViewColumn[]): { readonly query: TableQuery; readonly isWhole: boolean } {
  const { search, partly } = look;
  const column = look.sort && placeOf(columns, look.sort.column, look.sort.id);
  const sort = look.sort && column !== undefined ? { column, descending: look.sort.descending } : undefined;
  const filters = fittingFilters(look, columns);
  return {
    query: { ...(sort ? { sort } : {}), filters, ...(search === undefined ? {} : { search }) },
    isWhole: partly !== true && (sort === undefined) === (look.sort === undefined) && filters.length === (look.filters ?? []).length,
  };
}

/** Reads what was saved; what cannot be read is as if nobody had looked. */
export function readLooks(saved: unknown): Looks {
  if (!Array.isArray(saved)) return [];
  return saved.slice(-keptKeys).flatMap((each: unknown) => {
    const key = member(each, 'key');
    const tables = member(each, 'tables');
    if (typeof key !== 'string' || !isObject(tables)) return [];
    return [{ key, tables: Object.fromEntries(Object.entries(tables).map(([table, look]) => [table, readLook(look)])) }];
  });
}

function readLook(saved: unknown): TableLook {
  const [layout, joinedLayout] = [readLayout(member(saved, 'layout')), readLayout(member(saved, 'joinedLayout'))];
  const scroll = member(saved, 'scroll');
  const sort = member(saved, 'sort');
  const column = member(sort, 'column');
  const [descending, id] = [member(sort, 'descending'), member(sort, 'id')];
  const [row, left] = [member(scroll, 'row'), member(scroll, 'left')];
  const flag = (name: 'list' | 'pictures' | 'joined'): Pick<TableLook, typeof name> => {
    const value = member(saved, name);
    return typeof value === 'boolean' ? { [name]: value } : {};
  };
  return {
    ...(layout ? { layout } : {}),
    ...(joinedLayout ? { joinedLayout } : {}),
    ...(isPlace(row) && isPlace(left) ? { scroll: { row, left } } : {}),
    ...(isIndex(column) && typeof descending === 'boolean' ? { sort: { column, descending, ...(isIndex(id) ? { id } : {}) } } : {}),
    ...readKeptRows(saved),
    ...flag('list'), ...flag('pictures'), ...flag('joined'),
  };
}

function readLayout(saved: unknown): KeptLayout | undefined {
  const [columns, widths, pinned, hidden] = [
    member(saved, 'columns'),
    member(saved, 'widths'),
    member(saved, 'pinned'),
    member(saved, 'hidden'),
  ];
  const ids = member(saved, 'ids');
  if (!isIndex(columns) || !isObject(widths) || !Array.isArray(pinned) || !Array.isArray(hidden)) return undefined;
  return {
    columns,
    ...(isObject(ids)
      ? { ids: Object.fromEntries(Object.entries(ids).filter(([place, id]) => isIndex(Number(place)) && isIndex(id))) }
      : {}),
    widths: Object.fromEntries(
      Object.entries(widths).filter(([column, width]) => isIndex(Number(column)) && isPlace(width) && width >= 10 && width <= 10_000),
    ),
    pinned: [...new Set(pinned.filter(isIndex))],
    hidden: [...new Set(hidden.filter(isIndex))],
  };
}
