// Parses at the door of the page of a table's file: what it sends is checked before anything believes it.

import type { FromFilePage } from '../../messages';
import { member } from '../../base/shape';
import { readFromSharedPart } from '../../ui/tables/tablesFromPage';

/** The page's wish, or undefined when the message is none that the page can have sent. */
export function readFromFilePage(message: unknown): FromFilePage | undefined {
  const type = member(message, 'type');
  return type === 'ready' || type === 'openAsText' ? { type } : readFromSharedPart(message);
}

/** The place of the file that a page which a reload has left was showing, or undefined when it did not say. */
export function readSavedPlace(state: unknown): string | undefined {
  const place = member(state, 'place');
  return typeof place === 'string' && place !== '' ? place : undefined;
}
