// What the page keeps while it is hidden: which two exchanges, which tab, how tables are looked at.

import { readLooks, type Looks } from '../viewer/looks';

/** What is kept; the key is what a reload needs. */
export interface Saved {
  readonly key: string | undefined;
  /** Number of the output that is looked at. */
  readonly output: number;
  readonly looks: Looks;
}

/** Reads what was saved; what cannot be read is as if nothing had been. */
export function readSaved(saved: unknown): Saved {
  if (typeof saved !== 'object' || saved === null) return { key: undefined, output: 0, looks: [] };
  const output = 'output' in saved ? saved.output : 0;
  return {
    key: 'key' in saved && typeof saved.key === 'string' ? saved.key : undefined,
    output: typeof output === 'number' && Number.isSafeInteger(output) && output >= 0 ? output : 0,
    looks: 'looks' in saved ? readLooks(saved.looks) : [],
  };
}
