// Parses at the door of the answer page: what it sends is checked before anything believes it.

import type { FromPage } from '../../messages';
import { member } from '../../base/shape';
import { readFromSharedPart, readNumber } from '../../ui/tables/tablesFromPage';

/** The page's wish, or undefined when the message is none that the page can have sent. */
export function readFromPage(message: unknown): FromPage | undefined {
  const type = member(message, 'type');
  switch (type) {
    case 'ready':
    case 'cancel':
    case 'openBody':
    case 'saveBody':
    case 'copyCode':
    case 'openRequest':
      return { type };
    case 'select': {
      const entry = readNumber(message, 'entry');
      return entry === undefined ? undefined : { type, entry };
    }
    case 'copy': {
      const what = member(message, 'what');
      return what === 'url' || what === 'body' ? { type, what } : undefined;
    }
    default:
      return readFromSharedPart(message);
  }
}
