// What any page may request of its tables: everything else is left, and nothing is believed that has no bound.

import { describe, expect, it } from 'vitest';
import { readFromSharedPart } from '../../../../src/ui/tables/tablesFromPage';
import { readFromFilePage, readSavedPlace, type FromFilePage } from '../../../../src/features/tableFiles/messages';
import type { FromSharedPart } from '../../../../src/ui/tables/messages';
import { someActions } from '../someActions';

const actions = someActions();

const marked = { stamp: 3, fromRow: 0, toRow: 9, columns: [4, 0], head: true };
const query = {
  sort: { column: 2, descending: true }, search: 'x',
  filters: [{ kind: 'contains', column: 0, text: 'a' }, { kind: 'is', column: 0, text: '' }, { kind: 'range', column: 1, least: -1.5 }, { kind: 'range', column: 1, most: 0 }, { kind: 'empty', column: 3, empty: false }],
} as const;

const good: readonly FromSharedPart[] = [
  { type: 'action', action: 'retry' },
  { type: 'rows', table: 0, stamp: 1, from: 900, columnFrom: 128 },
  { type: 'arrange', table: 1, query }, { type: 'arrange', table: 0, query: { filters: [] } },
  { type: 'stopArranging', table: 0 }, { type: 'stopSummary', table: 0 }, { type: 'readOn', table: 0 },
  { type: 'cell', table: 0, row: 5_000_000, column: 3 }, { type: 'summarize', table: 0, columns: [0, 7] },
  { type: 'copyMarked', table: 0, marked, format: 'markdown' }, { type: 'export', table: 0 }, { type: 'export', table: 0, marked }, { type: 'join', table: 0, on: false },
];

it.each(good)('the request %j is taken, and what does not belong to it is left out', (request) => {
  expect(readFromSharedPart(request, actions)).toEqual(request);
  expect(readFromSharedPart({ ...request, more: 1 }, actions)).toEqual(request);
  expect(readFromFilePage(request, actions)).toEqual(request);
});

const many = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index);
const arrange = (changed: object): unknown => ({ type: 'arrange', table: 0, query: { filters: [], ...changed } });

it.each<readonly [string, unknown]>([
  ['no object', 'rows'], ['no table', { type: 'readOn' }], ['a table below the first', { type: 'readOn', table: -1 }], ['too many tables', { type: 'readOn', table: 1e9 }],
  ['a stamp that is text', { type: 'rows', table: 0, stamp: '1', from: 0, columnFrom: 0 }], ['half a row', { type: 'rows', table: 0, stamp: 1, from: 0.5, columnFrom: 0 }],
  ['a number beyond the exact ones', { type: 'cell', table: 0, row: 2 ** 60, column: 0 }],
  ['no query', { type: 'arrange', table: 0 }], ['filters that are none', arrange({ filters: {} })], ['a filter of another kind', arrange({ filters: [{ kind: 'run', column: 0 }] })],
  ['a filter without its text', arrange({ filters: [{ kind: 'is', column: 0 }] })], ['a filter that is NaN', arrange({ filters: [{ kind: 'range', column: 0, least: NaN }] })],
  ['a filter without a column', arrange({ filters: [{ kind: 'empty', empty: true }] })], ['a sort without a way', arrange({ sort: { column: 1 } })],
  ['a search that is no text', arrange({ search: 7 })], ['a search beyond measure', arrange({ search: 'x'.repeat(100_001) })],
  ['more filters than anybody writes', arrange({ filters: many(201).map((column) => ({ kind: 'empty', column, empty: true })) })],
  ['no columns to count', { type: 'summarize', table: 0, columns: [] }], ['too many columns to count', { type: 'summarize', table: 0, columns: many(1001) }],
  ['a column twice', { type: 'summarize', table: 0, columns: [1, 1] }], ['columns that are no numbers', { type: 'summarize', table: 0, columns: [0, '1'] }],
  ['rows the wrong way round', { type: 'copyMarked', table: 0, marked: { ...marked, toRow: -1 }, format: 'csv' }], ['another format', { type: 'copyMarked', table: 0, marked, format: 'html' }],
  ['a format of the prototype', { type: 'copyMarked', table: 0, marked, format: 'toString' }], ['too many columns', { type: 'export', table: 0, marked: { ...marked, columns: many(100_001) } }],
  ['a mark that is none', { type: 'export', table: 0, marked: null }], ['a join that is no choice', { type: 'join', table: 0, on: 1 }], ['an action of another page', { type: 'action', action: 'format' }],
])('%s is left', (_what, message) => {
  expect(readFromSharedPart(message, actions)).toBeUndefined();
});

describe('the page of a file', () => {
  it.each<FromFilePage>([{ type: 'ready' }, { type: 'openAsText' }])('%j is taken', (request) => {
    expect(readFromFilePage(request, actions)).toEqual(request);
  });

  it.each([{ type: 'openBody' }, { type: 'saveResult', result: 0 }, null])('%j is left', (message) => {
    expect(readFromFilePage(message, actions)).toBeUndefined();
  });

  it.each([[{ place: '/a.csv' }, '/a.csv'], [{ place: '' }, undefined], [{ place: 7 }, undefined], [undefined, undefined]])('the state %j is of the file %j', (state, place) => {
    expect(readSavedPlace(state)).toBe(place);
  });
});
