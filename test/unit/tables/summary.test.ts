// What columns hold: every number is in one bar, figures are right whatever the numbers, memory has its bounds.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Cell } from '../../../src/model/table';
import type { ColumnKind, ColumnSummary } from '../../../src/model/view';
import { ColumnCounter, isProbability } from '../../../src/tables/summary';

function summarize(cells: Iterable<Cell>, kind: ColumnKind = 'number', probability = false): ColumnSummary {
  const counter = new ColumnCounter(3, kind, { probability });
  for (const cell of cells) counter.add(cell);
  return counter.summary();
}

type Numbers = Extract<ColumnSummary, { kind: 'number' }>;

function numbers(values: Iterable<number | string>, probability = false): Numbers {
  const summary = summarize(Array.from(values, String), 'number', probability);
  if (summary.kind !== 'number') throw new Error('A summary of text.');
  return summary;
}

/** Bars as people read them. */
function bars({ bins }: Numbers): string[] {
  return bins.filter(({ count }) => count > 0).map(({ from, to, count }) => `${from} to ${to}: ${count}`);
}

describe('numbers', () => {
  it('are counted with what is none beside them', () => {
    expect(summarize(['1', null, '', undefined, 'NaN', 'x', '3', ' 5 ', 'Infinity', '1e999'])).toMatchObject({ kind: 'number', column: 3, rows: 10, empty: 3, other: 4, least: 1, most: 5, mean: 3, deviation: 2 });
    expect(numbers(['7'])).toEqual({ kind: 'number', column: 3, rows: 1, empty: 0, other: 0, least: 7, most: 7, mean: 7, deviation: 0, bins: [{ from: 7, to: 8, count: 1 }] });
  });

  it.each<[string, readonly (number | string)[], readonly string[]]>([
    ['tenths are at the edge they begin', [0, 0.1, 0.2, 0.3, 0.7, 2.9], ['0 to 0.1: 1', '0.1 to 0.2: 1', '0.2 to 0.3: 1', '0.3 to 0.4: 1', '0.7 to 0.8: 1', '2.8 to 2.9: 1']],
    ['a sum that is a little more than three tenths', ['0.30000000000000004', '0.29999999999999998', '0', '2'], ['0 to 0.1: 1', '0.3 to 0.4: 2', '1.9 to 2: 1']],
    ['whole numbers have bars of their own', [0, 1, 1, '5.0'], ['0 to 1: 1', '1 to 2: 2', '5 to 6: 1']],
    ['the greatest whole number at the edge of wider bars', Array.from({ length: 61 }, (_, value) => value), [...Array.from({ length: 12 }, (_, bar) => `${bar * 5} to ${bar * 5 + 5}: 5`), '60 to 65: 1']],
    ['one value that is not whole', [0.35, 0.35], ['0.35 to 0.36: 2']],
    ['negative zero', ['-0', '0', '-0.0'], ['0 to 1: 3']],
    ['below zero', [-0.3, -0.25, 0, 0.25], ['-0.3 to -0.28: 1', '-0.26 to -0.24: 1', '0 to 0.02: 1', '0.24 to 0.26: 1']],
    ['spans that are greater than any number', [-Number.MAX_VALUE, 0, Number.MAX_VALUE], [`${-Number.MAX_VALUE} to -1.6e+308: 1`, '0 to 2e+307: 1', `1.6e+308 to ${Number.MAX_VALUE}: 1`]],
    ['a small and a great number', ['1e-300', '1e300'], ['0 to 5e+298: 1', '9.5e+299 to 1e+300: 1']],
    ['the smallest numbers there are', ['5e-324', '1e-323'], ['0 to 1e-320: 2']],
    ['tiny numbers', ['0', '1.5e-310', '3e-310'], ['0 to 2e-311: 1', '1.4e-310 to 1.6e-310: 1', '2.8e-310 to 3e-310: 1']],
    ['neighbours far from zero', ['1000000000000000.5', '1000000000000000.75', '1000000000000001'], ['1000000000000000 to 1000000000000010: 3']],
  ])('%s', (_name, values, expected) => {
    expect(bars(numbers(values))).toEqual(expected);
  });

  it('are finite, and zero is zero, at the ends of what numbers can be', () => {
    expect(numbers([-Number.MAX_VALUE, Number.MAX_VALUE])).toMatchObject({ mean: 0, deviation: Number.MAX_VALUE });
    expect(numbers(['-0'])).toMatchObject({ least: 0, most: 0, mean: 0 });
  });

  it('have from 8 to 30 bars', () => {
    for (const most of [1, 1.01, 2, 2.7, 3, 9.99, 14, 29.5, 31, 77]) {
      for (const scale of [1e-9, 0.01, 1, 1e6, 1e25]) {
        const { bins } = numbers([0.5 * scale * 0.001, most * scale * 0.5, most * scale]);
        expect(bins.length, `${most * scale}`).toBeGreaterThanOrEqual(8);
        expect(bins.length, `${most * scale}`).toBeLessThanOrEqual(30);
      }
    }
  });

  const number = fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }), fc.double({ min: -1, max: 1, noNaN: true }), fc.integer(), fc.integer({ min: -20, max: 20 }).map((tenths) => tenths / 10), fc.constantFrom(0, -0, 1e-300, -1e300, Number.MAX_VALUE, Number.MIN_VALUE),
  );

  /** What has to hold of any bars. */
  function checkBars({ bins, least, most }: Numbers, values: readonly number[]): void {
    expect(bins.length).toBeLessThanOrEqual(30);
    expect(bins[0]?.from).toBeLessThanOrEqual(least);
    expect(bins.at(-1)?.to).toBeGreaterThanOrEqual(most);
    bins.forEach(({ from, to, count }, index) => {
      expect(from).toBeLessThan(to);
      if (index > 0) expect(from).toBe(bins[index - 1]?.to);
      const last = index === bins.length - 1;
      expect(count).toBe(values.filter((value) => value >= from && (value < to || (last && value === to))).length);
    });
    expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(values.length);
  }

  it('are all in one bar, which is the one whose edges are around them', () => {
    fc.assert(fc.property(fc.array(number, { minLength: 1, maxLength: 60 }), fc.boolean(), (values, probability) => {
      const summary = numbers(values, probability);
      checkBars(summary, values);
      expect([summary.least, summary.most]).toEqual([Math.min(...values) + 0, Math.max(...values) + 0]);
      expect(summary.mean).toBeGreaterThanOrEqual(summary.least);
      expect(summary.mean).toBeLessThanOrEqual(summary.most);
      expect(Number.isFinite(summary.deviation)).toBe(true);
      // Edges are written in few digits.
      for (const { from } of summary.bins) if (Math.abs(from) < Number.MAX_VALUE && most(values) < 1e6 * span(values)) expect(String(from).replace(/e.*|[-.]|\.?0+$/g, '').replace(/^0+|0+$/g, '').length).toBeLessThanOrEqual(9);
    }), { numRuns: 1000 });
  });

  it('that are whole have bars of as many numbers each, the last one too', () => {
    fc.assert(fc.property(fc.integer({ min: -500, max: 500 }), fc.integer({ min: 1, max: 500 }), (from, span) => {
      const all = Array.from({ length: span + 1 }, (_, at) => from + at);
      const { bins } = numbers(all);
      checkBars({ ...numbers(all), bins }, all);
      const width = (bins[0]?.to ?? 0) - (bins[0]?.from ?? 0);
      expect(new Set(bins.map((bin) => bin.to - bin.from))).toEqual(new Set([width]));
      // Only at the ends may there be numbers that the bars reach beyond.
      expect(new Set(bins.slice(1, -1).map(({ count }) => count))).toEqual(new Set(bins.length > 2 ? [width] : []));
      expect(Math.max(...bins.map(({ count }) => count))).toBeLessThanOrEqual(width);
    }), { numRuns: 500 });
  });

  function most(values: readonly number[]): number {
    return Math.max(...values.map(Math.abs));
  }

  function span(values: readonly number[]): number {
    return Math.max(...values) - Math.min(...values);
  }

  it.each<[string, (index: number) => number]>([
    ['spread evenly', (index) => (index * 7919 % 60_000) / 60_000],
    ['growing tenfold again and again', (index) => (index < 40_000 ? index / 7 : index * 10 ** ((index - 40_000) % 17))],
    ['near to each other and far from zero', (index) => 1e9 + (index * 7919 % 60_000) / 60_000],
    ['with one far away', (index) => (index === 50_000 ? -1e300 : -index / 3)],
    ['tiny, then huge', (index) => (index < 30_000 ? -index * 1e-305 : index * 1e300)],
    ['whole', (index) => (index * 7919) % 59_999],
    ['with many digits below zero', (index) => -Math.sqrt(index) * 1e-7],
  ])('are counted exactly when they are many: %s', (_name, value) => {
    const values = Array.from({ length: 60_000 }, (_, index) => value(index));
    checkBars(numbers(values), values);
  });

  it('have the mean and the deviation that a slower way gives, at any size', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 2, maxLength: 50 }), fc.integer({ min: -280, max: 280 }), (values, size) => {
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
      const summary = numbers(values.map((value) => `${value}e${size}`));
      const scale = Number(`1e${size}`);
      expect(summary.mean / scale).toBeCloseTo(mean, 8);
      expect(summary.deviation / scale).toBeCloseTo(deviation, 8);
    }), { numRuns: 500 });
    // Squares of the plain numbers would lose all digits.
    expect(numbers([1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16]).deviation).toBeCloseTo(Math.sqrt(30), 6);
  });
});

describe('probabilities', () => {
  it('are told by the name of their column', () => {
    const names = ['Scored Probabilities', 'scored probabilities for Class "x"', 'Scored Probabilities_>50K', 'Scored Probabilities2', 'Scored Labels', 'My Scored Probabilities', ''];
    expect(names.filter((name) => isProbability({ name }))).toEqual(names.slice(0, 3));
  });

  it('are shown between 0 and 1 when they are there', () => {
    const { bins } = numbers([0.5, 0.52, 0.55, 1], true);
    expect(bins).toHaveLength(20);
    expect([bins[0]?.from, bins[10], bins[11], bins[19]]).toEqual([0, { from: 0.5, to: 0.55, count: 2 }, { from: 0.55, to: 0.6, count: 1 }, { from: 0.95, to: 1, count: 1 }]);
    expect(numbers([0.5, 1.01], true).bins).not.toHaveLength(20);
    const values = Array.from({ length: 50_000 }, (_, index) => index / 49_999);
    expect(numbers(values, true).bins.map(({ from }) => from)).toEqual(bins.map(({ from }) => from));
  });
});

describe('texts', () => {
  it('are counted, most frequent first, then in the order of the text', () => {
    expect(summarize(['b', 'a', null, 'c', 'b', '', undefined, '1'], 'text')).toEqual({
      kind: 'text', column: 3, rows: 8, empty: 3, distinct: 4, atLeast: false, top: [{ text: 'b', count: 2 }, { text: '1', count: 1 }, { text: 'a', count: 1 }, { text: 'c', count: 1 }],
    });
    const many = summarize(Array.from({ length: 300 }, (_, index) => String(index % 25)), 'text');
    expect(many).toMatchObject({ distinct: 25, top: { length: 20, 0: { text: '0', count: 12 }, 19: { text: '4' } } });
  });

  it('take the place of numbers where no number came', () => {
    expect(summarize(['NaN', 'NaN', null])).toEqual({ kind: 'text', column: 3, rows: 3, empty: 1, distinct: 1, atLeast: false, top: [{ text: 'NaN', count: 2 }] });
    expect(summarize([])).toEqual({ kind: 'text', column: 3, rows: 0, empty: 0, distinct: 0, atLeast: false, top: [] });
  });

  it('that are long are cut, not within a character, and told apart by their ends', () => {
    const begin = `${'x'.repeat(199)}😀`;
    const summary = summarize([`${begin}a`, `${begin}b`, `${begin}b`, `${begin}bb`, begin.slice(0, 199)], 'text');
    const text = 'x'.repeat(199);
    expect(summary).toMatchObject({ distinct: 4, top: [{ text, count: 2 }, { text, count: 1 }, { text, count: 1 }, { text, count: 1 }] });
  });

  it('beyond 100,000 different ones, or beyond what is kept of long ones, are only noticed', () => {
    const cells = Array.from({ length: 100_001 }, (_, index) => `t${index}`);
    expect(summarize(cells.slice(1), 'text')).toMatchObject({ distinct: 100_000, atLeast: false });
    expect(summarize([...cells, 't7'], 'text')).toMatchObject({ distinct: 100_000, atLeast: true, top: { 0: { text: 't7', count: 2 } } });
    const long = summarize(Array.from({ length: 30_000 }, (_, index) => `${index}${'y'.repeat(500)}`), 'text');
    expect(long).toMatchObject({ rows: 30_000, atLeast: true });
    expect(long.kind === 'text' && long.distinct).toBeLessThan(20_000);
  });
});
