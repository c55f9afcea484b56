// What a page has saved of itself: the key of what it shows, of which nothing is believed.

import { member } from '../base/shape';

/** The key of the job that a page which a reload has left was showing, or undefined when it did not say. */
export function readSavedKey(state: unknown): string | undefined {
  const key = member(state, 'key');
  return typeof key === 'string' && key !== '' ? key : undefined;
}
