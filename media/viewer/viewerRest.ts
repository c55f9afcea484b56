// What a viewer of a table is told by the page that it stands on.

import type { Tool } from '../kit/toolbar';
import type { TableLook } from './looks';

/** What differs with where a table came from, and what was looked at of it before. */
export interface ViewerRest {
  /** Where what is too long for the page is to be found whole. */
  readonly whole: 'body' | 'file';
  /** Said when there are no rows at all. */
  readonly empty: string;
  /** Stand after the table's own tools, such as one that saves its file. */
  readonly tools?: readonly Tool[];
  readonly look: TableLook;
  readonly onLook: (look: TableLook) => void;
}
