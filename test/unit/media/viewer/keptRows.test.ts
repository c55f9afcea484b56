// What rows were looked for by is kept as far as it may be, and comes back as far as it still fits.

import { describe, expect, it } from 'vitest';
import { keptRows } from '../../../../media/viewer/keptRows';
import { lookOf, orderOf, readLooks, withLook, type TableLook } from '../../../../media/viewer/looks';
import type { Filter, TableQuery, ViewColumn } from '../../../../src/model/view';

const columns: readonly ViewColumn[] = [{ name: 'age', kind: 'number' }, { name: 'species', kind: 'text' }, { name: 'age', kind: 'number', group: 'Came back' }];
const filters: readonly Filter[] = [
  { kind: 'contains', column: 1, text: 'set”\u0000\ud800' }, { kind: 'is', column: 1, text: '' }, { kind: 'range', column: 0, least: -1.5, most: 0.1 + 0.2 }, { kind: 'range', column: 2 }, { kind: 'empty', column: 2, empty: false },
];

/** What comes back of a query when it is kept, saved, read and fitted into these columns. */
function back(query: TableQuery, now: readonly ViewColumn[] = columns, keepable?: TableQuery): ReturnType<typeof orderOf> & { readonly saved: string } {
  const { filters: kept, search, partly } = keptRows({ query, columns, ...(keepable ? { keepable } : {}) });
  const look: TableLook = { ...(query.sort ? { sort: query.sort } : {}), ...(kept ? { filters: kept } : {}), ...(search === undefined ? {} : { search }), ...(partly ? { partly } : {}) };
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
    return [sort?.column, search, left.map((filter) => filters.indexOf(filters.find((each) => JSON.stringify(each) === JSON.stringify(filter)) ?? filter)), isWhole];
  };
  const [age, species, later] = columns;
  if (!age || !species || !later) throw new Error('There are three columns.');

  it.each<[string, readonly ViewColumn[], unknown[]]>([
    ['more columns at its end', [...columns, age], [2, 'x', [0, 1, 2, 3, 4], true]],
    ['its last column gone', [age, species], [undefined, 'x', [0, 1, 2], false]],
    ['a column in front', [species, ...columns], [2, 'x', [], false]],
    ['a column of another name', [age, { ...species, name: 'kind' }, later], [2, 'x', [2, 3, 4], false]],
    ['a column of another kind', [{ ...age, kind: 'text' }, species, later], [2, 'x', [0, 1, 3, 4], false]],
    ['a column of another group', [age, species, age], [2, 'x', [0, 1, 2], false]],
    ['no columns', [], [undefined, 'x', [], false]],
  ])('has %s: what does not fit is left', (_what, now, expected) => expect(fits(now)).toEqual(expected));
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
