// What the page of a file keeps while it is hidden: which file, and how its table was looked at.

import { readLooks, type Looks } from '../viewer/looks';

/** What is kept. `place` is where the file is, as the editor has said it. */
export interface Saved {
  readonly place: string | undefined;
  readonly looks: Looks;
}

/** Reads what was saved; what cannot be read is as if nothing had been. */
export function readSaved(saved: unknown): Saved {
  if (typeof saved !== 'object' || saved === null) return { place: undefined, looks: [] };
  return { place: 'place' in saved && typeof saved.place === 'string' ? saved.place : undefined, looks: 'looks' in saved ? readLooks(saved.looks) : [] };
}
