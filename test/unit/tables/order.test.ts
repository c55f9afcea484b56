// Which rows a query shows, what can be told of it beforehand, and the sorts that put them in order.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Filter, TableQuery } from '../../../src/model/view';
import { isPlain, narrows, rowTest, sureText } from '../../../src/tables/order';
import type { Slices } from '../../../src/base/slices';
import { sortByKeys, sortByValues, sortTexts } from '../../../src/base/slicedSort';

const cell = fc.constantFrom('1', '2', '3', 'a', 'AB', 'ab', '\u212a', 'k', '', null, undefined);
const text = fc.constantFrom('', '1', 'a', 'A', 'ab', 'k', 'K');
const column = fc.nat(1);
const filter: fc.Arbitrary<Filter> = fc.oneof(
  fc.record({ kind: fc.constantFrom('contains' as const, 'is' as const), column, text }),
  fc.record({ kind: fc.constant('range' as const), column, least: fc.nat(3), most: fc.nat(3) }, { requiredKeys: ['kind', 'column'] }),
  fc.record({ kind: fc.constant('empty' as const), column, empty: fc.boolean() }),
);
const query: fc.Arbitrary<TableQuery> = fc.record({ filters: fc.array(filter, { maxLength: 2 }), search: text }, { requiredKeys: ['filters'] });
const row = fc.array(cell, { maxLength: 2 });

/** Whether a row is shown. */
function passes(question: TableQuery, cells: readonly (string | null | undefined)[]): boolean {
  return rowTest(question)?.(cells) ?? true;
}

describe('queries', () => {
  it('that narrow another show no row that the other does not', () => {
    let found = 0;
    fc.assert(fc.property(query, query, row, (one, other, cells) => {
      if (!narrows(one, other)) return;
      if (other.filters.length > 0) found++;
      if (passes(one, cells)) expect(passes(other, cells)).toBe(true);
    }), { numRuns: 20_000 });
    expect(found).toBeGreaterThan(50);
  });

  it('are told to narrow a range by its ends', () => {
    const range = (least?: number, most?: number): TableQuery => ({ filters: [{ kind: 'range', column: 0, ...(least !== undefined && { least }), ...(most !== undefined && { most }) }] });
    const former = range(2, 5);
    expect([range(2, 5), range(3, 4), range(1, 5), range(2, 6), range(2), range(undefined, 5)].map((each) => narrows(each, former))).toEqual([true, true, false, false, false, false]);
    expect(narrows(former, { filters: [] })).toBe(true);
  });

  it('have a text only when it stands in all rows that they show, written in ASCII', () => {
    fc.assert(fc.property(query, row, (question, cells) => {
      const sure = sureText(question);
      const source = cells.map((each) => each ?? '').join(',');
      if (sure === undefined || /[^ -~]/.test(source) || !passes(question, cells)) return;
      expect(source.toLowerCase()).toContain(sure);
    }), { numRuns: 5000 });
    expect(sureText({ filters: [{ kind: 'contains', column: 0, text: 'ab' }], search: 'LONGER' })).toBe('longer');
    // A quote is doubled in the source, a line break may be another there, and other letters may be written in two ways.
    expect(['a"b', 'a\nb', 'ä', ''].map((search) => sureText({ filters: [], search }))).toEqual([undefined, undefined, undefined, undefined]);
  });

  it('are plain without sort, filter and search', () => {
    expect([{ filters: [] }, { filters: [], search: '' }, { filters: [], search: ' ' }, { filters: [], sort: { column: 0, descending: false } }].map(isPlain)).toEqual([true, true, false, false]);
  });
});

describe('sorts', () => {
  const slices: Slices = { due: () => true, pass: async () => undefined };
  const places = (count: number): Uint32Array => Uint32Array.from({ length: count }, (_, place) => place);

  it('by values are those of numbers, and stable', async () => {
    await fc.assert(fc.asyncProperty(fc.array(fc.oneof(fc.double({ noNaN: true }), fc.constantFrom(0, -0, 1, -1, 5e-324, -5e-324, 2 ** 53))), async (values) => {
      const expected = values.map((_, place) => place).sort((one, other) => ((values[one] ?? 0) < (values[other] ?? 0) ? -1 : (values[one] ?? 0) > (values[other] ?? 0) ? 1 : 0));
      expect([...await sortByValues(places(values.length), Float64Array.from(values), slices)]).toEqual(expected);
    }));
  });

  it('by keys are stable, whatever the size of the keys', async () => {
    await fc.assert(fc.asyncProperty(fc.array(fc.oneof(fc.nat(3), fc.nat(2 ** 31 - 1), fc.constantFrom(65_535, 65_536, 65_537))), async (keys) => {
      const expected = keys.map((_, place) => place).sort((one, other) => (keys[one] ?? 0) - (keys[other] ?? 0));
      expect([...await sortByKeys(places(keys.length), Uint32Array.from(keys), Math.max(0, ...keys) + 1, slices)]).toEqual(expected);
    }));
  });

  it('of texts are stable over many runs, and tell how far they are', async () => {
    const texts = Array.from({ length: 5000 }, (_, place) => String((place * 7919) % 613));
    const compare = (one: string, other: string): number => Number(one) - Number(other);
    const progress: number[] = [];
    const sorted = await sortTexts(texts, compare, slices, (done) => progress.push(done));
    expect([...sorted]).toEqual(texts.map((_, place) => place).sort((one, other) => compare(texts[one] ?? '', texts[other] ?? '')));
    expect([progress.length, progress.every((done) => done > 0 && done <= 1)]).toEqual([3, true]);
  });

  it('end when they are to stop', async () => {
    const stopped: Slices = { due: () => true, pass: () => Promise.reject(new Error('stopped')) };
    const texts = Array.from({ length: 3000 }, String);
    await expect(sortTexts(texts, (one, other) => (one < other ? -1 : 1), stopped, () => undefined)).rejects.toThrow('stopped');
    await expect(sortByValues(places(10), new Float64Array(10), stopped)).rejects.toThrow('stopped');
  });
});
