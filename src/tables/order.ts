// Which rows a question to a table shows: its filters and its search as one test of a row.

import type { Cell } from '../model/table';
import type { Filter, TableQuery } from '../model/view';
import { isEmpty, readNumber } from './number';

/** Tests a row by its cells. */
export type RowTest = (cells: readonly Cell[]) => boolean;

/** Whether all rows are shown, in the source's order. */
export function isPlain(query: TableQuery): boolean {
  return query.sort === undefined && !isFiltered(query);
}

/** Whether perhaps not all rows are shown. */
export function isFiltered({ filters, search }: TableQuery): boolean {
  return filters.length > 0 || (search !== undefined && search !== '');
}

/** The test that rows pass for which all filters hold and in which the search stands somewhere; undefined when all rows pass. */
export function rowTest(query: TableQuery): RowTest | undefined {
  if (!isFiltered(query)) return undefined;
  const tests = query.filters.map(filterTest);
  if (query.search !== undefined && query.search !== '') {
    const holds = holdsText(query.search);
    tests.push((cells) => cells.some(holds));
  }
  return (cells) => tests.every((test) => test(cells));
}

/** Whether all rows that `query` shows are among those that `former` shows. Told by their words only: false says nothing. */
export function narrows(query: TableQuery, former: TableQuery): boolean {
  const kept = former.filters.every((old) => query.filters.some((filter) => isWithin(filter, old)));
  return kept && (query.search ?? '').toLowerCase().includes((former.search ?? '').toLowerCase());
}

/**
 * A text in lower case that stands in the source of every row which passes; undefined when there is none that is sure. Only for text in
 * which cells stand as they are but for quotes, such as CSV.
 */
export function sureText({ filters, search }: TableQuery): string | undefined {
  const texts = [search ?? '', ...filters.map((filter) => (filter.kind === 'contains' || filter.kind === 'is' ? filter.text : ''))];
  // Other letters change their case by their neighbours, which are others in the source.
  const sure = texts.filter((text) => text !== '' && /^[ -~]*$/.test(text) && !text.includes('"'));
  return sure.sort((one, other) => other.length - one.length)[0]?.toLowerCase();
}

function isWithin(filter: Filter, old: Filter): boolean {
  if (filter.column !== old.column) return false;
  if (filter.kind === 'contains' && old.kind === 'contains') return filter.text.toLowerCase().includes(old.text.toLowerCase());
  if (filter.kind === 'range' && old.kind === 'range') {
    return (filter.least ?? -Infinity) >= (old.least ?? -Infinity) && (filter.most ?? Infinity) <= (old.most ?? Infinity);
  }
  if (filter.kind === 'empty' && old.kind === 'empty') return filter.empty === old.empty;
  return filter.kind === 'is' && old.kind === 'is' && filter.text === old.text;
}

function filterTest(filter: Filter): RowTest {
  const { column } = filter;
  switch (filter.kind) {
    case 'contains': {
      const holds = holdsText(filter.text);
      return (cells) => holds(cells[column]);
    }
    case 'is': return (cells) => cells[column] === filter.text;
    case 'range': {
      const { least = -Infinity, most = Infinity } = filter;
      return (cells) => {
        const value = readNumber(cells[column] ?? '');
        return value !== undefined && value >= least && value <= most;
      };
    }
    case 'empty': return (cells) => isEmpty(cells[column]) === filter.empty;
    default: return filter satisfies never;
  }
}

function holdsText(text: string): (cell: Cell) => boolean {
  const wanted = text.toLowerCase();
  return (cell) => typeof cell === 'string' && cell.toLowerCase().includes(wanted);
}
