// What rows were looked for by is kept as far as it may be, and comes back as far as it still fits.

import { describe, expect, it } from 'vitest';
import { keptRows } from '../../../../media/viewer/keptRows';
import { keptSort, lookOf, orderOf, readLooks, withLook, type TableLook } from '../../../../media/viewer/looks';
import type { Filter, TableQuery, ViewColumn } from '../../../../src/model/view';

const columns: readonly ViewColumn[] = [{ name: 'age', kind: 'number' }, { name: 'species', kind: 'text' }, { name: 'age', kind: 'number', group: 'Came back' }];
const filters: readonly Filter[] = [
  { kind: 'contains', column: 1, text: 'set”\u0000\ud800' }, { kind: 'is', column: 1, text: '' }, { kind: 'range', column: 0, least: -1.5, most: 0.1 + 0.2 }, { kind: 'range', column: 2 }, { kind: 'empty', column: 2, empty: false },
];

/** What comes back of a query when it is kept, saved, read and fitted into these columns. */
function back(query: TableQuery, now: readonly ViewColumn[] = columns, keepable?: TableQuery): ReturnType<typeof orderOf> & { readonly saved: string } {
  const { filters: kept, search, partly } = keptRows({ query, columns, ...(keepable ? { keepable } : {}) });
  const sort = keptSort(query.sort, columns);
  const look: TableLook = { ...(sort ? { sort } : {}), ...(kept ? { filters: kept } : {}), ...(search === undefined ? {} : { search }), ...(partly ? { partly } : {}) };
  const saved = JSON.stringify(withLook([], 'a', 0, look));
  return { ...orderOf(lookOf(readLooks(JSON.parse(saved)), 'a', 0), now), saved };
}

describe('what is kept', () => {
  const query: TableQuery = { sort: { column: 0, descending: true }, filters, search: ' 5,1 ' };

  it('comes back as it was, and names no column', () => {
    const { saved, ...order } = back(query);
    expect(order).toEqual({ query, isWhole: true });
    expect(saved).not.toMatch(/age|species|Came/);
  });

  it('is nothing where nothing was looked for', () => expect(keptRows({ query: { filters: [] }, columns })).toEqual({ filters: undefined, search: undefined, partly: undefined }));

  it.each<[string, TableQuery]>([
    ['a long search', { filters: [], search: 'x'.repeat(1001) }],
    ['a long text', { filters: [{ kind: 'contains', column: 1, text: 'x'.repeat(1001) }] }],
    ['a long value', { filters: [{ kind: 'is', column: 1, text: 'x'.repeat(1001) }] }],
  ])('does not hold %s', (_what, long) => {
    expect(back({ ...long, filters: [...filters, ...long.filters] })).toMatchObject({ query: { filters }, isWhole: false, saved: expect.not.stringContaining('xxx') });
  });

  it('holds texts of a thousand characters, and a hundred filters', () => {
    const text = 'x'.repeat(1000);
    expect(back({ filters: [{ kind: 'is', column: 1, text }], search: text })).toMatchObject({ query: { filters: [{ text }], search: text }, isWhole: true });
    expect(back({ filters: Array.from({ length: 150 }, () => ({ kind: 'empty', column: 0, empty: true })) })).toMatchObject({ query: { filters: { length: 100 } }, isWhole: false });
  });

  it('does not hold what the editor takes for a secret', () => {
    expect(back({ filters, search: 'secret' }, columns, { filters: filters.slice(1) })).toMatchObject({ query: { filters: filters.slice(1) }, isWhole: false, saved: expect.not.stringMatching(/secret|set/) });
  });
});

describe('a table that has changed', () => {
  const query: TableQuery = { sort: { column: 2, descending: false }, filters, search: 'x' };
  const fits = (now: readonly ViewColumn[]): unknown[] => {
    const { query: { sort, search, filters: left }, isWhole } = back(query, now);
    // Whatever column a filter is of now, it is known by the rest of it.
    const rest = (filter: Filter): string => JSON.stringify({ ...filter, column: 0 });
    return [sort?.column, search, left.map((filter) => [filters.findIndex((each) => rest(each) === rest(filter)), filter.column]), isWhole];
  };
  const [age, species, later] = columns;
  if (!age || !species || !later) throw new Error('There are three columns.');

  it.each<[string, readonly ViewColumn[], unknown[]]>([
    ['more columns at its end', [...columns, age], [2, 'x', [[0, 1], [1, 1], [2, 0], [3, 2], [4, 2]], true]],
    ['its last column gone', [age, species], [undefined, 'x', [[0, 1], [1, 1], [2, 0]], false]],
    ['a column in front', [{ name: 'new', kind: 'text' }, ...columns], [3, 'x', [[0, 2], [1, 2], [2, 1], [3, 3], [4, 3]], true]],
    ['its columns the other way round', [later, species, age], [0, 'x', [[0, 1], [1, 1], [2, 2], [3, 0], [4, 0]], true]],
    ['a column of another name', [age, { ...species, name: 'kind' }, later], [2, 'x', [[2, 0], [3, 2], [4, 2]], false]],
    ['a column of another kind', [{ ...age, kind: 'text' }, species, later], [2, 'x', [[0, 1], [1, 1], [3, 2], [4, 2]], false]],
    ['a column of another group', [age, species, age], [undefined, 'x', [[0, 1], [1, 1], [2, 0]], false]],
    ['no columns', [], [undefined, 'x', [], false]],
  ])('has %s: what does not fit is left', (_what, now, expected) => expect(fits(now)).toEqual(expected));
});

describe('columns of one name', () => {
  const twice: readonly ViewColumn[] = [{ name: 'a', kind: 'text' }, { name: 'a', kind: 'text' }, { name: 'b', kind: 'text' }];
  const second: TableLook = { sort: keptSort({ column: 1, descending: true }, twice) ?? { column: 0, descending: false } };

  it('are told apart by their turn', () => {
    const [a, again, b] = twice;
    if (!a || !again || !b) throw new Error('There are three columns.');
    expect(orderOf(second, [b, a, again])).toEqual({ query: { sort: { column: 2, descending: true }, filters: [] }, isWhole: true });
    expect(orderOf(second, [b, a])).toEqual({ query: { filters: [] }, isWhole: false });
  });

  it('are found by their place in what an earlier version has saved', () => {
    expect(orderOf({ sort: { column: 1, descending: true } }, twice)).toEqual({ query: { sort: { column: 1, descending: true }, filters: [] }, isWhole: true });
  });
});

describe('what was saved by nobody knows whom', () => {
  const read = (look: unknown): TableLook => lookOf(readLooks([{ key: 'a', tables: { 0: look } }]), 'a', 0);
  const kept = (filter: unknown): unknown => ({ filter, column: 7 });

  it.each<unknown>([
    null, 7, [], 'x', {}, { kind: 'is', column: 0 }, { kind: 'is', column: -1, text: 'x' }, { kind: 'is', column: 0.5, text: 'x' }, { kind: 'is', column: '0', text: 'x' }, { kind: 'is', column: 0, text: 7 },
    { kind: 'contains', column: 0, text: 'x'.repeat(1001) }, { kind: 'contains', column: 0, text: { length: 1 } }, { kind: 'range', column: 0, least: '1' }, { kind: 'range', column: 0, most: null },
    { kind: 'empty', column: 0, empty: 'yes' }, { kind: 'toString', column: 0, text: 'x' }, { column: 0, text: 'x' },
  ])('is left when it is no filter: %j', (filter) => expect(read({ filters: [kept(filter)] })).toEqual({}));

  it.each<unknown>([undefined, null, 'x', -1, 1.5, {}])('is left when it does not tell which column it is of: %j', (column) => expect(read({ filters: [{ filter: filters[0], column }] })).toEqual({}));

  it.each<unknown>([null, 7, '', 'x'.repeat(1001), ['x'], { text: 'x' }])('is left when it is no text to search for: %j', (search) => expect(read({ search })).toEqual({}));

  it.each<unknown>([null, 7, 'filters', {}, { length: 1, 0: kept(filters[0]) }, { map: 'x' }])('is left when it is no list of filters: %j', (list) => expect(read({ filters: list })).toEqual({}));

  it('loses what makes no sense, keeps the rest and nothing beside it', () => {
    const good = kept({ kind: 'is', column: 3, text: 'x' });
    expect(read({ filters: [null, kept({ kind: 'is', column: 3, text: 'x', least: 5, more: 'y' }), kept(7)], search: 'y', partly: 'yes', sort: 'none' })).toEqual({ filters: [good], search: 'y' });
    expect(read({ filters: Array.from({ length: 5000 }, () => good), partly: true })).toMatchObject({ filters: { length: 100 }, partly: true });
    expect(read(JSON.parse('{"__proto__": {"search": "x", "filters": []}}'))).toEqual({});
  });
});
