// What the page keeps while it is hidden: which job, which tab, how far it was scrolled, how tables are looked at.

import { readLooks, type Looks } from '../viewer/looks';

/** Places that things are scrolled to, by name: left and top in pixels. */
export type Scrolled = Readonly<Record<string, readonly [left: number, top: number]>>;

/** What is kept. `tab` is the id of a tab. */
export interface Saved {
  readonly key: string | undefined;
  readonly tab: string | undefined;
  readonly scrolled: Scrolled;
  readonly looks: Looks;
}

/** Reads what was saved; what cannot be read is as if nothing had been. */
export function readSaved(saved: unknown): Saved {
  if (typeof saved !== 'object' || saved === null) return { key: undefined, tab: undefined, scrolled: {}, looks: [] };
  return {
    key: 'key' in saved && typeof saved.key === 'string' ? saved.key : undefined,
    tab: 'tab' in saved && typeof saved.tab === 'string' ? saved.tab : undefined,
    scrolled: 'scrolled' in saved && typeof saved.scrolled === 'object' && saved.scrolled !== null
      ? Object.fromEntries(Object.entries(saved.scrolled).map(([name, place]) => [name, readPlace(place)])) : {},
    looks: 'looks' in saved ? readLooks(saved.looks) : [],
  };
}

function readPlace(place: unknown): readonly [number, number] {
  const at = (index: number): number => {
    const value: unknown = Array.isArray(place) ? place[index] : undefined;
    return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : 0;
  };
  return [at(0), at(1)];
}

/** Tells how far an element is scrolled, and brings it back to where it was. */
export function keepScroll(element: HTMLElement, place: readonly [number, number] | undefined, onScroll: (place: readonly [number, number]) => void, signal: AbortSignal): void {
  let wanted = place;
  requestAnimationFrame(() => {
    if (wanted && !signal.aborted) element.scrollTo({ left: wanted[0], top: wanted[1] });
    wanted = undefined;
  });
  element.addEventListener('scroll', () => {
    if (!wanted) onScroll([Math.round(element.scrollLeft), Math.round(element.scrollTop)]);
  }, { signal, passive: true });
}
