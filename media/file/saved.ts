// What the page of a file keeps while it is hidden: which file, and how its table was looked at.

import { readLooks, type Looks } from '../viewer/looks';
import { member, textMember } from '../viewer/saved';

/** What is kept. `place` is where the file is, as the editor has said it. */
export interface Saved {
  readonly place: string | undefined;
  readonly looks: Looks;
}

/** Reads what was saved; what cannot be read is as if nothing had been. */
export function readSaved(saved: unknown): Saved {
  return { place: textMember(saved, 'place'), looks: readLooks(member(saved, 'looks')) };
}
