// What a viewer of a table is told by the page that it stands on.

import type { CellView } from '../../src/model/view';
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
  /**
   * What a cell of that column is called in the line below; `cell` gives others of its row, undefined for those that have not come. Without
   * it, a cell has the number of its row and the name of its column.
   */
  readonly placeName?: (column: number, cell: (column: number) => CellView | undefined) => string;
  readonly look: TableLook;
  readonly onLook: (look: TableLook) => void;
}
