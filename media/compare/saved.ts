// What the page keeps while it is hidden: which two exchanges, which tab, how tables are looked at.

import { readLooks, type Looks } from '../viewer/looks';
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
