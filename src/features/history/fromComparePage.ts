// Parses at the door of the page that compares: what it sends is checked before anything believes it.

import type { FromComparePage } from '../../messages';
import { member } from '../../base/shape';
import { readFromSharedPart } from '../../ui/tables/tablesFromPage';

/** The page's wish, or undefined when the message is none that the page can have sent. */
export function readFromComparePage(message: unknown): FromComparePage | undefined {
  const type = member(message, 'type');
  switch (type) {
    case 'ready':
    case 'swap':
    case 'diffAnswers':
    case 'diffRequests':
      return { type };
    case 'allRows': {
      const on = member(message, 'on');
      return typeof on === 'boolean' ? { type, on } : undefined;
    }
    default:
      return readFromSharedPart(message);
  }
}

/** The ids of the two exchanges that a page had saved, or undefined when it had none. */
export function readSavedPair(state: unknown): readonly [before: string, after: string] | undefined {
  const key = member(state, 'key');
  const [before, after, ...rest] = typeof key === 'string' ? key.split(' ') : [];
  return before === undefined || after === undefined || rest.length > 0 ? undefined : [before, after];
}
