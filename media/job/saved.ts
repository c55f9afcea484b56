// What the page keeps while it is hidden: which job, which tab, how far it was scrolled, what was opened, how tables are looked at.

import { readOpenParts, type OpenParts } from '../kit/openParts';
import { readLooks, type Looks } from '../viewer/looks';
import { isObject, isPlace, member, textMember } from '../viewer/saved';

/** Places that things are scrolled to, by name: left and top in pixels. */
export type Scrolled = Readonly<Record<string, readonly [left: number, top: number]>>;

/** What is kept. `tab` is the id of a tab. */
export interface Saved {
  readonly key: string | undefined;
  readonly tab: string | undefined;
  readonly scrolled: Scrolled;
  readonly open: OpenParts | undefined;
  readonly looks: Looks;
}

/** Reads what was saved; what cannot be read is as if nothing had been. */
export function readSaved(saved: unknown): Saved {
  const scrolled = member(saved, 'scrolled');
  return {
    key: textMember(saved, 'key'),
    tab: textMember(saved, 'tab'),
    scrolled: isObject(scrolled) ? Object.fromEntries(Object.entries(scrolled).map(([name, place]) => [name, readPlace(place)])) : {},
    open: readOpenParts(member(saved, 'open')),
    looks: readLooks(member(saved, 'looks')),
  };
}

function readPlace(place: unknown): readonly [number, number] {
  const at = (index: number): number => {
    const value: unknown = Array.isArray(place) ? place[index] : undefined;
    return isPlace(value) ? value : 0;
  };
  return [at(0), at(1)];
}
