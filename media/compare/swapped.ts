// How a table is looked at when the two that are compared have changed places: the same rows in the same order, by the same cells.

import * as l10n from '@vscode/l10n';
import type { ComparedTable } from '../../src/features/history/messages';
import type { Filter, ViewColumn } from '../../src/model/view';
import { placeOf } from '../viewer/columnIds';
import { fittingFilters, keptFilter } from '../viewer/keptRows';
import { keptSort, type TableLook } from '../viewer/looks';

type Side = ComparedTable['sides'][number];

/** The look of a table whose `columns` had the other one's names before: what was sorted and filtered by stays, under its new name. */
export function swappedLook(look: TableLook, columns: readonly ViewColumn[], sides: ComparedTable['sides']): TableLook {
  const names: Partial<Record<Side, string>> = { before: l10n.t('after'), after: l10n.t('before') };
  const were = columns.map((column, place) => {
    const side = sides[place];
    return { ...column, name: (side && names[side]) ?? column.name };
  });
  const { sort, filters } = look;
  const place = sort && placeOf(were, sort.column, sort.id);
  const kept = sort && place !== undefined
    ? keptSort({ column: place, descending: sort.descending !== (sides[place] === 'difference') }, columns)
    : sort;
  return {
    ...look,
    ...(kept ? { sort: kept } : {}),
    ...(filters
      ? { filters: filters.map((each) => {
          const [filter] = fittingFilters({ filters: [each] }, were);
          return filter ? keptFilter(swappedFilter(filter, sides[filter.column]), columns) : each;
        }) }
      : {}),
  };
}

function swappedFilter(filter: Filter, side: Side | undefined): Filter {
  if (side === 'change' && 'text' in filter) return { ...filter, text: otherKind(filter.text) };
  if (side !== 'difference') return filter;
  if (filter.kind === 'is') return { ...filter, text: negative(filter.text) };
  if (filter.kind !== 'range') return filter;
  const { least, most, ...rest } = filter;
  // No 0 becomes -0.
  return { ...rest, ...(most === undefined ? {} : { least: 0 - most }), ...(least === undefined ? {} : { most: 0 - least }) };
}

/** What is said of a row that only one of the two has. */
function otherKind(text: string): string {
  const [before, after] = [l10n.t('only before'), l10n.t('only after')];
  return text === before ? after : text === after ? before : text;
}

/** A difference as it is written the other way round. */
function negative(text: string): string {
  if (text.startsWith('-')) return text.slice(1);
  return Number(text) > 0 ? `-${text}` : text;
}
