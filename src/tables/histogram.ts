// Numbers -> a histogram with friendly edges: counted exactly, in one pass, in bounded memory.

import type { Bin } from '../model/view';

/** So many different values are kept as they are; when there are more, they are counted in at most about so many fine bins. */
const keptValues = 20_000;
const mostBars = 30;
/** Numbers of bins stay below 10 to this power, so that they and the edges are exact. */
const exactDigits = 14;
/** Smaller widths than 10 to this power are too near to the smallest number there is to be told apart. */
const leastExponent = -320;
/** Powers of ten that a double holds exactly: with them an edge is rounded once, as if it had been read from its decimal text. */
const exactPowers = Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));

/**
 * Counts numbers. Fine bins are powers of ten wide, so that ten of them are one bin of the next width and edges of bars, which are
 * 1, 2 or 5 times a power of ten apart, never cut one.
 */
export class Histogram {
  /** Infinity while there is no number. */
  least = Infinity;
  /** Minus Infinity while there is no number. */
  most = -Infinity;
  private whole = true;
  /** How often each value came, or, once `exponent` is set, how many values came in each bin that is 10 to that power wide. */
  private counts = new Map<number, number>();
  private exponent: number | undefined;

  /** Counts a finite number. */
  add(value: number): void {
    // Negative zero is zero.
    const number = value + 0;
    this.whole &&= Number.isInteger(number);
    if (number < this.least || number > this.most) {
      this.least = Math.min(this.least, number);
      this.most = Math.max(this.most, number);
      if (this.exponent !== undefined) this.widen(this.exponent);
    }
    const key = this.exponent === undefined ? number : binOf(number, this.exponent);
    this.counts.set(key, (this.counts.get(key) ?? 0) + 1);
    if (this.exponent === undefined && this.counts.size > keptValues) this.widen(undefined);
  }

  /**
   * The bars: up to 30 from the least to the most. Those of whole numbers are never narrower than 1 and stand for as many numbers each, so
   * that the last may reach beyond the most; `probability` asks for 0 to 1 in steps of 0.05 if all values are there.
   */
  bins(probability: boolean): Bin[] {
    if (this.counts.size === 0) return [];
    if (probability && this.least >= 0 && this.most <= 1) return this.bars({ multiple: 5, exponent: -2, first: 0, last: 19 });
    const step = this.step();
    // The greatest value gets no bar of its own for standing on an edge; of whole numbers the last bar would stand for one more than the
    // others.
    const alone = !this.whole && step.last > step.first && edge(step.last * step.multiple, step.exponent) === this.most;
    return this.bars(alone ? { ...step, last: step.last - 1 } : step);
  }

  /** Goes over to the narrowest bins that are few enough, of which there may be more when `exponent` is what they have now. */
  private widen(exponent: number | undefined): void {
    let wider = exponent ?? Math.max(this.narrowest(), this.spanExponent() - 4);
    while (binOf(this.most, wider) - binOf(this.least, wider) > keptValues) wider++;
    if (wider === exponent) return;
    const before = this.counts;
    this.counts = new Map();
    for (const [key, count] of before) {
      const bin = exponent === undefined ? binOf(key, wider) : coarser(key, wider - exponent);
      this.counts.set(bin, (this.counts.get(bin) ?? 0) + count);
    }
    this.exponent = wider;
  }

  /** The smallest friendly step with few enough bars, and the first and last of them, counted in steps from 0. */
  private step(): Step {
    // A single value has no span: its bar goes by its own size.
    const constant = this.least === this.most && !this.whole ? Math.floor(Math.log10(Math.abs(this.least))) - 1 : leastExponent;
    const floor = Math.max(this.narrowest(), this.whole ? 0 : leastExponent, constant);
    // Bins that values have been counted in are a tenth of this at most, as there may be so many of them.
    for (let exponent = Math.max(floor, this.spanExponent() - 2); ; exponent++) {
      const least = binOf(this.least, exponent);
      const most = binOf(this.most, exponent);
      for (const multiple of [1, 2, 5]) {
        const step = { multiple, exponent, first: Math.floor(least / multiple), last: Math.floor(most / multiple) };
        if (step.last - step.first < mostBars) return step;
      }
    }
  }

  private bars({ multiple, exponent, first, last }: Step): Bin[] {
    const counts = new Array<number>(last - first + 1).fill(0);
    for (const [key, count] of this.counts) {
      const bin = this.exponent === undefined ? binOf(key, exponent) : coarser(key, exponent - this.exponent);
      const bar = Math.min(Math.floor(bin / multiple), last) - first;
      counts[bar] = (counts[bar] ?? 0) + count;
    }
    return counts.map((count, bar) => ({
      from: finiteEdge((first + bar) * multiple, exponent),
      to: finiteEdge((first + bar + 1) * multiple, exponent),
      count,
    }));
  }

  private narrowest(): number {
    const size = Math.max(Math.abs(this.least), Math.abs(this.most));
    return Math.max(leastExponent, Math.floor(Math.log10(size)) - exactDigits);
  }

  /** About the power of ten of the span, which itself may be greater than any number; minus Infinity for none. */
  private spanExponent(): number {
    return Math.floor(Math.log10(this.most / 2 - this.least / 2));
  }
}

/** Bars that are `multiple` times 10 to the power of `exponent` wide, of which `first` to `last` are there. */
interface Step {
  readonly multiple: number;
  readonly exponent: number;
  readonly first: number;
  readonly last: number;
}

/** The number of the bin that a value is in: the greatest whose edge is not above it. */
function binOf(value: number, exponent: number): number {
  // Tiny numbers are moved to where doubles have all their digits.
  const rough = Math.floor(exponent < -290 ? (value * 1e100) / power(exponent + 100) : value / power(exponent));
  // The division is rounded, and may have gone over an edge.
  if (value < edge(rough, exponent)) return rough - 1;
  return value >= edge(rough + 1, exponent) ? rough + 1 : rough;
}

/** The bin that a bin is in when bins are 10 to the power of `digits` times as wide. */
function coarser(bin: number, digits: number): number {
  if (digits > exactDigits) return bin < 0 ? -1 : 0;
  return Math.floor(bin / (exactPowers[digits] ?? 1));
}

/** Where a bin begins: the number that is nearest to its decimal text. */
function edge(bin: number, exponent: number): number {
  const exact = exactPowers[Math.abs(exponent)];
  if (exact === undefined) return Number(`${bin}e${exponent}`);
  return exponent < 0 ? bin / exact : bin * exact;
}

/** An edge that can be written down also where the last step goes beyond the greatest number. */
function finiteEdge(bin: number, exponent: number): number {
  return Math.min(Math.max(edge(bin, exponent), -Number.MAX_VALUE), Number.MAX_VALUE);
}

function power(exponent: number): number {
  return exponent >= 0 ? exactPowers[exponent] ?? Number(`1e${exponent}`) : 1 / (exactPowers[-exponent] ?? Number(`1e${-exponent}`));
}
