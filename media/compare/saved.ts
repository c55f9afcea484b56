// What the page keeps while it is hidden: which two exchanges, which tab, how tables are looked at.

import { readLooks, type Looks, type TableLook } from '../viewer/looks';
import { isIndex, member, textMember } from '../viewer/saved';

/** What is kept; the key is what a reload needs. */
export interface Saved {
  readonly key: string | undefined;
  /** Number of the output that is looked at; undefined where nobody has looked at any yet. */
  readonly output: number | undefined;
  readonly looks: Looks;
  /** How far numbers may be apart and still count as the same; absent where they may not. The editor reads it after a reload. */
  readonly tolerance?: string;
}

/** Reads what was saved; what cannot be read is as if nothing had been. */
export function readSaved(saved: unknown): Saved {
  const [output, tolerance] = [member(saved, 'output'), textMember(saved, 'tolerance')];
  return {
    key: textMember(saved, 'key'),
    output: isIndex(output) ? output : undefined,
    looks: readLooks(member(saved, 'looks')),
    ...(tolerance === undefined ? {} : { tolerance }),
  };
}

/**
 * How an output of two exchanges was looked at last, whichever of them was first, and whichever rows were compared: order and layout are of
 * columns, wherever they stand. A place is one among the rows of `key` alone. `isSwapped` where the other one was first then.
 */
export function lookOfPair(looks: Looks, key: string, output: number): { readonly look: TableLook; readonly isSwapped: boolean } {
  const pair = pairOf(key);
  const last = looks.findLast((each) => each.tables[output] !== undefined && pairOf(each.key) === pair);
  const { scroll, ...look } = last?.tables[output] ?? {};
  return {
    look: last?.key === key && scroll ? { ...look, scroll } : look,
    isSwapped: last !== undefined && last.key.split(' ')[0] !== key.split(' ')[0],
  };
}

/** The ids of the two, which a key begins with, in one order for both ways to compare them. */
function pairOf(key: string): string {
  return key.split(' ').slice(0, 2).sort().join(' ');
}
