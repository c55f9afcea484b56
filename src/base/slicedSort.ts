// Stable sorts of row numbers: by small whole numbers, by numbers, and by text, each in slices.

import type { Slices } from './slices';

const digits = 1 << 16;

/** So many items are counted or put in their places between looks at the clock. */
const itemsAtOnce = 65_536;

/** Sorts `items` by the key that `keys` holds for each of them, smallest first; equals keep their order. `keys` are below `limit`. */
export async function sortByKeys(items: Uint32Array, keys: Uint32Array, limit: number, slices: Slices): Promise<Uint32Array> {
  const low = await sortByDigit(items, (item) => (keys[item] ?? 0) & 0xffff, slices);
  return limit <= digits ? low : sortByDigit(low, (item) => (keys[item] ?? 0) >>> 16, slices);
}

/** Sorts `items`, which are places in `values`, by those values, smallest first; equals keep their order. No value is NaN. */
export async function sortByValues(items: Uint32Array, values: Float64Array, slices: Slices): Promise<Uint32Array> {
  const bits = new Uint32Array(values.slice().buffer);
  const littleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;
  const [lowAt, highAt] = littleEndian ? [0, 1] : [1, 0];
  for (let item = 0; item < values.length; item++) {
    const high = bits[2 * item + highAt] ?? 0;
    const low = bits[2 * item + lowAt] ?? 0;
    if (high === 0x80000000 && low === 0) {
      // Minus zero is zero.
      bits[2 * item + highAt] = 0x80000000;
    } else if (high >>> 31 === 1) {
      // The bits of negative numbers grow with their size: turned round, all of them are in order.
      bits[2 * item + highAt] = ~high;
      bits[2 * item + lowAt] = ~low;
    } else bits[2 * item + highAt] = high | 0x80000000;
  }
  let sorted = items;
  for (const [at, shift] of [[lowAt, 0], [lowAt, 16], [highAt, 0], [highAt, 16]] as const) {
    sorted = await sortByDigit(sorted, (item) => ((bits[2 * item + at] ?? 0) >>> shift) & 0xffff, slices);
  }
  return sorted;
}

async function sortByDigit(items: Uint32Array, digitOf: (item: number) => number, slices: Slices): Promise<Uint32Array> {
  const { length } = items;
  const starts = new Uint32Array(digits + 1);
  for (let from = 0; from < length; from += itemsAtOnce) {
    countDigits(items, from, Math.min(length, from + itemsAtOnce), digitOf, starts);
    if (slices.due()) await slices.pass();
  }
  for (let digit = 1; digit <= digits; digit++) starts[digit] = (starts[digit] ?? 0) + (starts[digit - 1] ?? 0);
  const sorted = new Uint32Array(length);
  for (let from = 0; from < length; from += itemsAtOnce) {
    putByDigits(items, from, Math.min(length, from + itemsAtOnce), digitOf, starts, sorted);
    if (slices.due()) await slices.pass();
  }
  return sorted;
}

function countDigits(items: Uint32Array, from: number, to: number, digitOf: (item: number) => number, starts: Uint32Array): void {
  for (let at = from; at < to; at++) {
    const digit = digitOf(items[at] ?? 0) + 1;
    starts[digit] = (starts[digit] ?? 0) + 1;
  }
}

function putByDigits(
  items: Uint32Array,
  from: number,
  to: number,
  digitOf: (item: number) => number,
  starts: Uint32Array,
  sorted: Uint32Array,
): void {
  for (let at = from; at < to; at++) {
    const item = items[at] ?? 0;
    const digit = digitOf(item);
    const place = starts[digit] ?? 0;
    sorted[place] = item;
    starts[digit] = place + 1;
  }
}

/** As many are sorted in one go, and as many are merged between looks at the clock. */
const runLength = 1024;

/** The places of `texts` in the order that `compare` gives; equals keep their order. `onProgress` is told from 0 to 1. */
export async function sortTexts(
  texts: readonly string[],
  compare: (one: string, other: string) => number,
  slices: Slices,
  onProgress: (done: number) => void,
): Promise<Uint32Array> {
  const count = texts.length;
  const byText = (one: number, other: number): number => compare(texts[one] ?? '', texts[other] ?? '');
  let from = Uint32Array.from({ length: count }, (_, place) => place);
  let to = new Uint32Array(count);
  const rounds = 1 + Math.ceil(Math.log2(Math.max(1, count / runLength)));
  let round = 0;
  for (let start = 0; start < count; start += runLength) {
    from.subarray(start, start + runLength).sort(byText);
    if (slices.due()) await slices.pass();
  }
  for (let width = runLength; width < count; width *= 2) {
    onProgress(++round / rounds);
    for (let start = 0; start < count; start += 2 * width) {
      const middle = Math.min(count, start + width);
      const end = Math.min(count, middle + width);
      let left = start;
      let right = middle;
      for (let place = start; place < end; place++) {
        const fromLeft = left < middle && (right >= end || byText(from[left] ?? 0, from[right] ?? 0) <= 0);
        to[place] = from[fromLeft ? left++ : right++] ?? 0;
        if (place % runLength === 0 && slices.due()) await slices.pass();
      }
    }
    [from, to] = [to, from];
  }
  return from;
}
