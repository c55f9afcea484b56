// Orders of rows in words, and how requests build on each other.

import { describe, expect, it } from 'vitest';
import { changed, filterText, findColumn, isFiltered, neighbour, nextSort, sameQuery, sizeText, workText } from '../../../../media/viewer/query';
import type { Filter, TableQuery, TableView } from '../../../../src/model/view';

const columns = [{ name: 'age', kind: 'number' }, { name: '', kind: 'text' }] as const;

describe('filters in words', () => {
  it.each<[Filter, string]>([
    [{ kind: 'contains', column: 1, text: 'a”b' }, '(no name) contains “a”b”'],
    [{ kind: 'is', column: 0, text: '' }, 'age is “”'],
    [{ kind: 'range', column: 0, least: 5 }, 'age is 5 or more'],
    [{ kind: 'range', column: 0, most: 0.25 }, 'age is 0.25 or less'],
    [{ kind: 'range', column: 0, most: neighbour(0.25, -1) }, 'age is below 0.25'],
    [{ kind: 'range', column: 0, least: -1, most: 2 }, 'age is from -1 to 2'],
    [{ kind: 'range', column: 0, least: 0.2, most: neighbour(0.25, -1) }, 'age is from 0.2 to below 0.25'],
    [{ kind: 'range', column: 0 }, 'age is a number'],
    [{ kind: 'empty', column: 9, empty: true }, '(no column) is empty'],
    [{ kind: 'empty', column: 0, empty: false }, 'age is not empty'],
  ])('%j', (filter, words) => expect(filterText(filter, columns)).toBe(words));
});

it.each([0.25, 1, -1, 1e300, -3.5e-300, 0, 5e-324])('the numbers beside %d are the next ones', (value) => {
  expect(neighbour(value, -1)).toBeLessThan(value);
  expect(neighbour(value, 1)).toBeGreaterThan(value);
  const middle = neighbour(value, -1) + (value - neighbour(value, -1)) / 2;
  expect([value, neighbour(value, -1), 0]).toContain(middle);
  if (value !== 0) expect(neighbour(neighbour(value, -1), 1)).toBe(value);
});

describe('queries', () => {
  const query: TableQuery = { sort: { column: 1, descending: true }, filters: [{ kind: 'is', column: 0, text: 'x' }], search: 'y' };

  it('are changed in parts, and parts are taken away', () => {
    expect(changed(query, { search: 'z' })).toEqual({ ...query, search: 'z' });
    expect(changed(query, { sort: undefined, search: undefined })).toEqual({ filters: query.filters });
    expect(changed(query, { search: '' })).not.toHaveProperty('search');
  });

  it('are the same whatever the order of their parts', () => {
    expect(sameQuery(query, { search: 'y', filters: [{ text: 'x', column: 0, kind: 'is' }], sort: { descending: true, column: 1 } })).toBe(true);
    expect(sameQuery(query, { ...query, filters: [{ kind: 'contains', column: 0, text: 'x' }] })).toBe(false);
    expect(sameQuery(query, changed(query, { sort: undefined }))).toBe(false);
  });

  it('leave rows out when they search or filter', () => {
    expect([isFiltered(query), isFiltered({ filters: [], search: 'a' }), isFiltered({ filters: [], sort: { column: 0, descending: false } })]).toEqual([true, true, false]);
  });

  it('sort a column up, down and not at all', () => {
    const up = nextSort({ column: 3, descending: true }, 1);
    const down = nextSort(up, 1);
    expect([up, down, nextSort(down, 1)]).toEqual([{ column: 1, descending: false }, { column: 1, descending: true }, undefined]);
  });

  it('say what is being made of them', () => {
    expect(workText(query, changed(query, { sort: undefined }))).toBe('Sorting');
    expect(workText(query, changed(query, { search: 'other' }))).toBe('Filtering');
    expect(workText(query, { filters: [] })).toBe('Sorting and filtering');
    expect(workText(query, query)).toBe('Sorting');
  });
});

it('sizes are said in words', () => {
  const view: TableView = { name: 't', columns, totalRows: 1_000_000, stamp: 1, query: { filters: [] }, matchedRows: 1_000_000, rows: [], notes: [], scripts: [] };
  expect(sizeText(view, 0)).toBe('1,000,000 rows × 2 columns');
  expect(sizeText({ ...view, matchedRows: 12, query: { filters: [], search: 'a' }, reading: { readBytes: 1, state: 'reading' } }, 1)).toBe('12 of 1,000,000 rows so far × 2 columns, 1 hidden');
  expect(sizeText({ ...view, totalRows: 1, matchedRows: 1 }, 0)).toBe('1 row × 2 columns');
});

it('columns are found by their name, then with case ignored, then by its beginning, then by a part', () => {
  const named = ['Age group', 'age', 'AGE', 'image'].map((name, column) => ({ name, column }));
  expect(['AGE', 'Age', 'age g', 'mag', 'none'].map((text) => findColumn(named, text))).toEqual([2, 1, 0, 3, undefined]);
});
