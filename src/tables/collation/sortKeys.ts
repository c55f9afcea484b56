// Sorts texts by the weights of their characters: a few characters at a time are one number, so that most texts are told apart without
// being looked at again.

import type { Alphabet, Digits } from './alphabet';
import type { Slices } from '../../base/slices';

/** Items in an order, and for each place in it whether the item is equal to the one before. */
export interface Ordered {
  readonly order: Uint32Array;
  readonly repeats: Uint8Array;
}

/** Texts that are equal so far: places of the order, and the character that their next key begins with. */
interface Range {
  readonly from: number;
  readonly to: number;
  readonly at: number;
  /** Whether the texts differ in their second weights at most. */
  readonly isSecond: boolean;
}

/** So many items are worked on between looks at the clock. */
const stride = 4096;

/** So few are compared with each other, without keys. */
const few = 12;

/**
 * Sorts `items`, which are places in `texts`, in place. `alphabet` holds the characters of all of these. `onProgress` is told from 0 to 1.
 */
export async function sortByWeights(
  texts: readonly string[],
  items: Uint32Array,
  alphabet: Alphabet,
  slices: Slices,
  onProgress: (done: number) => void,
): Promise<Ordered> {
  const sort = new WeightSort(texts, items, alphabet);
  let told = 0;
  for (const done of sort.steps()) {
    if (!slices.due()) continue;
    told = Math.max(told, done);
    onProgress(told);
    await slices.pass();
  }
  return { order: items, repeats: sort.repeats };
}

/** One sort: takes 21 bytes an item while it is there, beside the items themselves. */
class WeightSort {
  readonly repeats: Uint8Array;
  private readonly keys: Float64Array;
  private readonly spareKeys: Float64Array;
  private readonly spareItems: Uint32Array;
  private readonly waiting: Range[] = [];

  constructor(private readonly texts: readonly string[], private readonly items: Uint32Array, private readonly alphabet: Alphabet) {
    this.repeats = new Uint8Array(items.length);
    this.keys = new Float64Array(items.length);
    this.spareKeys = new Float64Array(items.length);
    this.spareItems = new Uint32Array(items.length);
  }

  /** Does the work, and stops now and then to say how much of it is done, from 0 to 1. */
  *steps(): Generator<number, void, void> {
    const count = this.items.length;
    let worked = 0;
    if (count > 1) this.waiting.push({ from: 0, to: count, at: this.alphabet.same, isSecond: false });
    for (let range = this.waiting.pop(); range !== undefined; range = this.waiting.pop()) {
      const isAll = range.to - range.from === count;
      // The last ranges are taken first, so that all behind this one are in order.
      const done = isAll ? 0 : 1 - range.to / count / 2;
      let inOrder = true;
      for (let from = range.from; from < range.to; from += stride) {
        const to = Math.min(range.to, from + stride);
        inOrder = this.fill(range, from, to) && inOrder;
        worked += to - from;
        if (worked >= stride) {
          worked = 0;
          yield done;
        }
      }
      if (!inOrder) {
        for (const share of this.sortKeys(range.from, range.to)) yield isAll ? share / 2 : done;
      }
      for (let from = range.from; from < range.to;) {
        const end = this.endOfEquals(from, range.to);
        worked += end - from + this.goOn(range, from, end);
        from = end;
        if (worked >= stride) {
          worked = 0;
          yield done;
        }
      }
    }
  }

  /** Makes the keys of some places; false when they are not in order. */
  private fill({ from: start, at, isSecond }: Range, from: number, to: number): boolean {
    const { texts, items, keys, alphabet } = this;
    const digits = isSecond ? alphabet.second : alphabet.first;
    let inOrder = true;
    let before = from > start ? keys[from - 1] ?? 0 : 0;
    for (let place = from; place < to; place++) {
      const text = texts[items[place] ?? 0] ?? '';
      const key = keyOf(text, at, digits);
      if (key < before) inOrder = false;
      before = key;
      keys[place] = key;
    }
    return inOrder;
  }

  /** Sorts places by their keys; equals keep their order. */
  private *sortKeys(from: number, to: number): Generator<number, void, void> {
    let [keys, items, otherKeys, otherItems] = [this.keys, this.items, this.spareKeys, this.spareItems];
    const rounds = 1 + Math.ceil(Math.log2(Math.max(1, (to - from) / few)));
    let round = 0;
    let worked = 0;
    for (let start = from; start < to; start += few) {
      insertByKeys(keys, items, start, Math.min(to, start + few));
      worked += few;
      if (worked >= stride) {
        worked = 0;
        yield 0;
      }
    }
    for (let width = few; width < to - from; width *= 2) {
      round++;
      for (let start = from; start < to; start += 2 * width) {
        const middle = Math.min(to, start + width);
        const end = Math.min(to, middle + width);
        let left = start;
        for (let place = start; place < end; place += stride) {
          const stop = Math.min(end, place + stride);
          left = mergeByKeys(keys, items, otherKeys, otherItems, { left, middle, end, place, stop });
          worked += stop - place;
          if (worked >= stride) {
            worked = 0;
            yield round / rounds;
          }
        }
      }
      [keys, items, otherKeys, otherItems] = [otherKeys, otherItems, keys, items];
    }
    if (items === this.items) return;
    this.keys.set(keys.subarray(from, to), from);
    this.items.set(items.subarray(from, to), from);
  }

  private endOfEquals(from: number, to: number): number {
    const { keys } = this;
    const key = keys[from];
    let end = from + 1;
    while (end < to && keys[end] === key) end++;
    return end;
  }

  /** Does what is left to do with places whose keys are equal, or has it wait. Gives how much was done beside. */
  private goOn({ at, isSecond }: Range, from: number, to: number): number {
    if (to - from === 1) return 0;
    const { first, second, same } = this.alphabet;
    const next = at + (isSecond ? second : first).length;
    const { length } = this.texts[this.items[from] ?? 0] ?? '';
    if (isSecond && length <= next) this.repeats.fill(1, from + 1, to);
    else if (to - from <= few) return this.insert(isSecond ? length : Math.min(next, length), from, to);
    // Only a text that ends inside of the key is as long as all that have the same.
    else if (!isSecond && length < next) this.waiting.push({ from, to, at: same, isSecond: true });
    else this.waiting.push({ from, to, at: next, isSecond });
    return 0;
  }

  /**
   * Sorts a few places, whose texts have the same first weights before `at`. Gives how many characters it may have looked at, in eights.
   */
  private insert(at: number, from: number, to: number): number {
    const { texts, items, repeats, alphabet } = this;
    let looked = 0;
    for (let place = from + 1; place < to; place++) {
      const item = items[place] ?? 0;
      const text = texts[item] ?? '';
      let hole = place;
      let difference = 1;
      for (; hole > from; hole--) {
        const before = items[hole - 1] ?? 0;
        difference = compare(texts[before] ?? '', text, at, alphabet);
        if (difference <= 0) break;
        items[hole] = before;
        repeats[hole] = repeats[hole - 1] ?? 0;
      }
      items[hole] = item;
      repeats[hole] = difference === 0 ? 1 : 0;
      looked += text.length;
    }
    return looked / 8;
  }
}

function keyOf(text: string, from: number, { byCharacter, base, length }: Digits): number {
  const end = from + length;
  const textEnd = Math.min(end, text.length);
  let key = 0;
  let at = from;
  for (; at < textEnd; at++) key = key * base + (byCharacter[text.charCodeAt(at)] ?? 0);
  for (; at < end; at++) key *= base;
  return key;
}

function compare(one: string, other: string, from: number, alphabet: Alphabet): number {
  const first = alphabet.first.byCharacter;
  const second = alphabet.second.byCharacter;
  const length = Math.min(one.length, other.length);
  for (let at = from; at < length; at++) {
    const difference = (first[one.charCodeAt(at)] ?? 0) - (first[other.charCodeAt(at)] ?? 0);
    if (difference !== 0) return difference;
  }
  if (one.length !== other.length) return one.length - other.length;
  if (one === other) return 0;
  for (let at = alphabet.same; at < length; at++) {
    const difference = (second[one.charCodeAt(at)] ?? 0) - (second[other.charCodeAt(at)] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function insertByKeys(keys: Float64Array, items: Uint32Array, from: number, to: number): void {
  for (let place = from + 1; place < to; place++) {
    const key = keys[place] ?? 0;
    const item = items[place] ?? 0;
    let hole = place;
    for (; hole > from && (keys[hole - 1] ?? 0) > key; hole--) {
      keys[hole] = keys[hole - 1] ?? 0;
      items[hole] = items[hole - 1] ?? 0;
    }
    keys[hole] = key;
    items[hole] = item;
  }
}

/** Merges two runs, which end at `middle` and `end`, from `place` to `stop`, and gives where it stands in the left one. */
function mergeByKeys(
  keys: Float64Array,
  items: Uint32Array,
  toKeys: Float64Array,
  toItems: Uint32Array,
  at: { readonly left: number; readonly middle: number; readonly end: number; readonly place: number; readonly stop: number },
): number {
  const { middle, end, stop } = at;
  let { left, place } = at;
  // So many are taken from the left as are not from the right.
  let right = place - left + middle;
  for (; place < stop; place++) {
    const fromLeft = left < middle && (right >= end || (keys[left] ?? 0) <= (keys[right] ?? 0));
    const taken = fromLeft ? left++ : right++;
    toKeys[place] = keys[taken] ?? 0;
    toItems[place] = items[taken] ?? 0;
  }
  return left;
}
