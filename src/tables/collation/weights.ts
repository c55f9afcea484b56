// What the characters of ASCII weigh when texts are put in the order of a language, found out by asking its collator.

import type { Slices } from '../../base/slices';

const characters = 128;

/**
 * What each character of ASCII weighs. Texts of such characters alone are in the order of the first character whose `first` differs, a text
 * that ends before those that go on; where none does, in that of the first whose `second` differs.
 */
export interface Weights {
  /** By character; 0 for those that only the collator can put in order. */
  readonly first: Uint8Array;
  /** By character: tells apart those with the same `first`, such as upper case from lower. */
  readonly second: Uint8Array;
}

/** Finds out the weights in a language, within a few milliseconds; undefined when its texts are not in the order of single characters. */
export async function findWeights(locale: string, slices: Slices): Promise<Weights | undefined> {
  const { compare } = new Intl.Collator(locale);
  const letters = new Intl.Collator(locale, { sensitivity: 'base' }).compare;
  // Most control characters weigh nothing: a text is not changed by them.
  const ordered = Array.from({ length: characters }, (_, code) => String.fromCharCode(code))
    .filter((character) => letters(character, '') > 0)
    .sort(compare);
  const groups: string[][] = [];
  for (const character of ordered) {
    const group = groups.at(-1);
    const before = group?.at(-1);
    if (group === undefined || before === undefined || letters(before, character) !== 0) groups.push([character]);
    else group.push(character);
  }
  if (!await areSingle(groups, compare, slices)) return undefined;
  const first = new Uint8Array(characters);
  const second = new Uint8Array(characters);
  groups.forEach((group, at) => group.forEach((character, place) => {
    first[character.charCodeAt(0)] = at + 1;
    second[character.charCodeAt(0)] = place;
  }));
  return { first, second };
}

/**
 * Whether characters, and all pairs of them, are in the order of their groups and the places in these. In some languages two letters are
 * one, or letters differ by what weighs more than the case of those before them.
 */
async function areSingle(
  groups: readonly (readonly string[])[],
  compare: (one: string, other: string) => number,
  slices: Slices,
): Promise<boolean> {
  let before = '';
  const follows = (text: string): boolean => {
    const former = before;
    before = text;
    return compare(former, text) < 0;
  };
  for (const ones of groups) {
    if (!ones.every(follows) || !groups.every((others) => ones.every((one) => others.every((other) => follows(one + other))))) return false;
    if (slices.due()) await slices.pass();
  }
  return true;
}
