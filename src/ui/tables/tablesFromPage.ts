// Parses what any page asks of its tables, and which error buttons it presses.

import type { FromSharedPart, FromTable } from './messages';
import type { ErrorActions } from '../errorActions';
import type { Filter, Marked, Sort, TableQuery, TextFormat } from '../../model/view';
import { isArray, member } from '../../base/shape';

/** Tells which buttons there are. */
export type KnownActions = Pick<ErrorActions, 'has'>;

const formats: Readonly<Record<TextFormat, TextFormat>> = { tsv: 'tsv', csv: 'csv', markdown: 'markdown', json: 'json' };

/** More tables than this are on no page. */
const mostTables = 10_000;

/** Wider tables are not marked, wider summaries not asked for, and longer queries not written by a person. */
const mostMarkedColumns = 100_000;
const mostCountedColumns = 1_000;
const mostFilters = 200;
const longestText = 100_000;

/** What every page with tables may request, or undefined when the message is nothing of it. */
export function readFromSharedPart(message: unknown, actions: KnownActions): FromSharedPart | undefined {
  return member(message, 'type') === 'action' ? readAction(message, actions) : readFromTable(message);
}

/** The button under an error that was pressed, or undefined when the message tells of none that there is. */
export function readAction(message: unknown, actions: KnownActions): Extract<FromSharedPart, { type: 'action' }> | undefined {
  const action = member(message, 'action');
  return member(message, 'type') === 'action' && actions.has(action) ? { type: 'action', action } : undefined;
}

function readFromTable(message: unknown): FromTable | undefined {
  const type = member(message, 'type');
  const table = readNumber(message, 'table');
  if (table === undefined || table >= mostTables) return undefined;
  switch (type) {
    case 'stopArranging':
    case 'stopSummary':
    case 'readOn':
      return { type, table };
    case 'rows': {
      const [stamp, from, columnFrom] = [readNumber(message, 'stamp'), readNumber(message, 'from'), readNumber(message, 'columnFrom')];
      return stamp === undefined || from === undefined || columnFrom === undefined ? undefined : { type, table, stamp, from, columnFrom };
    }
    case 'cell': {
      const [row, column] = [readNumber(message, 'row'), readNumber(message, 'column')];
      return row === undefined || column === undefined ? undefined : { type, table, row, column };
    }
    case 'arrange': {
      const query = readQuery(member(message, 'query'));
      return query && { type, table, query };
    }
    case 'summarize': {
      const columns = readColumns(member(message, 'columns'), mostCountedColumns);
      return columns && { type, table, columns };
    }
    case 'join': {
      const on = member(message, 'on');
      return typeof on === 'boolean' ? { type, table, on } : undefined;
    }
    case 'copyMarked': {
      const marked = readMarked(member(message, 'marked'));
      const format = Object.values(formats).find((known) => known === member(message, 'format'));
      return marked && format && { type, table, marked, format };
    }
    case 'export': {
      const given = member(message, 'marked');
      if (given === undefined) return { type, table };
      const marked = readMarked(given);
      return marked && { type, table, marked };
    }
    default:
      return undefined;
  }
}

/** An order of rows as a page or its saved state tells it, or undefined. Column numbers may be beyond the table's. */
function readQuery(value: unknown): TableQuery | undefined {
  const [givenSort, givenFilters, search] = [member(value, 'sort'), member(value, 'filters'), member(value, 'search')];
  if (!isArray(givenFilters) || givenFilters.length > mostFilters || (search !== undefined && !isText(search))) return undefined;
  const filters = givenFilters.map(readFilter);
  const sort = givenSort === undefined ? undefined : readSort(givenSort);
  if (!filters.every((filter) => filter !== undefined) || (givenSort !== undefined && !sort)) return undefined;
  return { filters, ...(sort ? { sort } : {}), ...(search === undefined ? {} : { search }) };
}

function readSort(value: unknown): Sort | undefined {
  const [column, descending] = [readNumber(value, 'column'), member(value, 'descending')];
  return column === undefined || typeof descending !== 'boolean' ? undefined : { column, descending };
}

function readFilter(value: unknown): Filter | undefined {
  const [kind, column, text, empty] = [member(value, 'kind'), readNumber(value, 'column'), member(value, 'text'), member(value, 'empty')];
  if (column === undefined) return undefined;
  switch (kind) {
    case 'contains':
    case 'is':
      return isText(text) ? { kind, column, text } : undefined;
    case 'range': {
      const [least, most] = [member(value, 'least'), member(value, 'most')];
      if (!isLimit(least) || !isLimit(most)) return undefined;
      return { kind, column, ...(least === undefined ? {} : { least }), ...(most === undefined ? {} : { most }) };
    }
    case 'empty':
      return typeof empty === 'boolean' ? { kind, column, empty } : undefined;
    default:
      return undefined;
  }
}

function readMarked(value: unknown): Marked | undefined {
  const [stamp, fromRow, toRow] = [readNumber(value, 'stamp'), readNumber(value, 'fromRow'), readNumber(value, 'toRow')];
  const [columns, head] = [readColumns(member(value, 'columns'), mostMarkedColumns), member(value, 'head')];
  if (stamp === undefined || fromRow === undefined || toRow === undefined || toRow < fromRow || !columns || typeof head !== 'boolean')
    return undefined;
  return { stamp, fromRow, toRow, columns, head };
}

/** Numbers of columns, none of them twice. */
function readColumns(value: unknown, most: number): readonly number[] | undefined {
  if (!isArray(value) || value.length === 0 || value.length > most) return undefined;
  const columns = value.filter(isWhole);
  return columns.length === value.length && new Set(columns).size === columns.length ? columns : undefined;
}

/** A member that counts something, from 0. */
export function readNumber(value: unknown, name: string): number | undefined {
  const found = member(value, name);
  return isWhole(found) ? found : undefined;
}

function isWhole(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= longestText;
}

function isLimit(value: unknown): value is number | undefined {
  return value === undefined || (typeof value === 'number' && Number.isFinite(value));
}
