// What a page of one thing has saved: the key of that thing.

import { member } from '../base/shape';

/** The key of what a page which a reload has left was showing, or undefined when it did not say. */
export function readSavedKey(state: unknown): string | undefined {
  const key = member(state, 'key');
  return typeof key === 'string' && key !== '' ? key : undefined;
}
