// The ranks of texts in the order of a language: by the weights of their characters where these are known, and by its collator.

import { AlphabetBuilder } from './alphabet';
import { sortByWeights, type Ordered } from './sortKeys';
import type { Slices } from '../../base/slices';
import { sortTexts } from '../../base/slicedSort';
import { findWeights } from './weights';

type Compare = (one: string, other: string) => number;

/** So few texts are sorted sooner than the weights are found out. */
const fewTexts = 4096;

/** Longer texts, in UTF-16 units, are left to the collator: slices would become long by looking at all of them. */
const mostUnits = 4096;

/** So much is done between looks at the clock, in items or in texts' keys. */
const stride = 4096;

/** A text takes the collator about as many times as long as weights. */
const collatorCost = 8;

/** For each text the rank that it has among them; equal ones have the same. `count` is how many ranks there are. */
export interface TextRanks {
  readonly ranks: Uint32Array;
  readonly count: number;
}

/** Ranks texts as `Intl.Collator` compares them in a language. `onProgress` is told from 0 to 1. */
export async function rankTexts(
  texts: readonly string[],
  locale: string,
  slices: Slices,
  onProgress: (done: number) => void,
): Promise<TextRanks> {
  if (texts.length === 0) return { ranks: new Uint32Array(0), count: 0 };
  const { compare } = new Intl.Collator(locale);
  const weights = texts.length > fewTexts ? await findWeights(locale, slices) : undefined;
  const builder = weights === undefined ? undefined : new AlphabetBuilder(weights);
  const { weighed, others } = await divide(texts, (text) => builder !== undefined && text.length <= mostUnits && builder.add(text), slices);
  const share = weighed.length / (weighed.length + collatorCost * others.length);
  const known =
    builder === undefined
      ? { order: weighed, repeats: new Uint8Array(0) }
      : await sortByWeights(texts, weighed, builder.alphabet(), slices, (done) => onProgress(share * done));
  const rest = await sortByCollator(texts, others, compare, slices, (done) => onProgress(share + (1 - share) * done));
  return join(texts, known, rest, compare, slices);
}

/** The places of those texts whose characters all have weights, as `isWeighed` finds, and of the others. */
async function divide(
  texts: readonly string[],
  isWeighed: (text: string) => boolean,
  slices: Slices,
): Promise<{ readonly weighed: Uint32Array; readonly others: Uint32Array }> {
  const places = new Uint32Array(texts.length);
  let known = 0;
  let end = texts.length;
  let worked = 0;
  for (let place = 0; place < texts.length; place++) {
    const text = texts[place] ?? '';
    if (isWeighed(text)) places[known++] = place;
    else places[--end] = place;
    worked += 1 + Math.min(mostUnits, text.length) / 8;
    if (worked < stride) continue;
    worked = 0;
    if (slices.due()) await slices.pass();
  }
  return { weighed: places.subarray(0, known), others: places.subarray(known).reverse() };
}

async function sortByCollator(
  texts: readonly string[],
  items: Uint32Array,
  compare: Compare,
  slices: Slices,
  onProgress: (done: number) => void,
): Promise<Ordered> {
  const chosen = Array.from(items, (item) => texts[item] ?? '');
  const sorted = await sortTexts(chosen, compare, slices, onProgress);
  const repeats = new Uint8Array(sorted.length);
  for (let at = 1; at < sorted.length; at++) {
    if (compare(chosen[sorted[at - 1] ?? 0] ?? '', chosen[sorted[at] ?? 0] ?? '') === 0) repeats[at] = 1;
    if (at % 1024 === 0 && slices.due()) await slices.pass();
  }
  return { order: sorted.map((place) => items[place] ?? 0), repeats };
}

/** Ranks two orders as one. */
async function join(texts: readonly string[], known: Ordered, rest: Ordered, compare: Compare, slices: Slices): Promise<TextRanks> {
  const ranks = new Uint32Array(texts.length);
  let count = 0;
  let at = 0;
  const take = async (end: number): Promise<void> => {
    while (at < end) {
      for (const stop = Math.min(end, at + stride); at < stop; at++) {
        if (known.repeats[at] !== 1) count++;
        ranks[known.order[at] ?? 0] = count - 1;
      }
      if (slices.due()) await slices.pass();
    }
  };
  for (let place = 0; place < rest.order.length; place++) {
    const item = rest.order[place] ?? 0;
    const text = texts[item] ?? '';
    const end = placeAfter(text, texts, known.order, at, compare);
    // The one before it in the joint order is of its own kind where nothing stands between.
    const isRepeat = end === at && rest.repeats[place] === 1 || end > 0 && compare(texts[known.order[end - 1] ?? 0] ?? '', text) === 0;
    if (end > at) await take(end);
    if (!isRepeat) count++;
    ranks[item] = count - 1;
    if (place % 256 === 0 && slices.due()) await slices.pass();
  }
  await take(known.order.length);
  return { ranks, count };
}

/** The first place of an order, from `from` on, whose text comes after `text`. Near places are found sooner than far ones. */
function placeAfter(text: string, texts: readonly string[], order: Uint32Array, from: number, compare: Compare): number {
  const isAfter = (place: number): boolean => compare(texts[order[place] ?? 0] ?? '', text) > 0;
  let low = from;
  let high = from;
  for (let step = 1; high < order.length && !isAfter(high); step *= 2) {
    low = high + 1;
    high = Math.min(order.length, high + step);
  }
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isAfter(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
