// What the editor and the page of a table's file tell each other, plain JSON; what the page sends is checked before it is used.

import { readFromSharedPart, type KnownActions } from '../../ui/tables/tablesFromPage';
import type { ErrorParts } from '../../model/errors';
import type { TableView } from '../../model/view';
import { member } from '../../base/shape';
import type { FromSharedPart, ToTable } from '../../ui/tables/messages';

/** Editor to the page of a table's file; `view` is its one table, absent until its columns are known. */
export type ToFilePage =
  | { readonly type: 'file'; readonly name: string; readonly place: string; readonly view?: TableView; readonly problem?: ErrorParts }
  | ToTable;

/** Page of a table's file to editor. */
export type FromFilePage = FromSharedPart | { readonly type: 'ready' | 'openAsText' };

/** The page's request, or undefined when the message is none that the page can have sent. */
export function readFromFilePage(message: unknown, actions: KnownActions): FromFilePage | undefined {
  const type = member(message, 'type');
  return type === 'ready' || type === 'openAsText' ? { type } : readFromSharedPart(message, actions);
}

/** The place of the file that a page which a reload has left was showing, or undefined when it did not say. */
export function readSavedPlace(state: unknown): string | undefined {
  const place = member(state, 'place');
  return typeof place === 'string' && place !== '' ? place : undefined;
}
