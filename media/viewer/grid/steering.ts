// What the keyboard and the mouse are handed: the parts of a grid, and what can be done with it.

import type { CellChange, CellView, Marked } from '../../../src/model/view';
import type { CellPlace, GridSpec } from './gridSpec';
import type { Columns } from './columns';
import type { MarkShape, Marking } from './marking';
import type { RowScroll } from './rowScroll';

/** How the cell that the keyboard is on comes to another place. */
export interface Moving {
  /** What becomes of the marking: it begins there, is carried on to there, or stays. Without it, it stays. */
  readonly mark?: 'anew' | 'extend';
  readonly shape?: MarkShape;
  /** Whether the table is scrolled there. */
  readonly scroll?: boolean;
}

/** A grid from the inside. */
export interface Steering {
  readonly spec: GridSpec;
  readonly element: HTMLElement;
  readonly columns: Columns;
  readonly marking: Marking;
  readonly scroll: RowScroll;
  /** Places of rows in the order are below this. */
  readonly rows: number;
  readonly active: CellPlace | undefined;
  /** Height of all heads in pixels. */
  readonly headHeight: number;
  move(to: CellPlace, how: Moving): void;
  markAll(): void;
  /** One cell as if it were marked. */
  one(cell: CellPlace): Marked;
  letGo(): void;
  /** Says what is marked, once it has not changed for a moment. */
  sayMarked(): void;
  /** The element of a cell or head, if it is drawn. */
  find(cell: CellPlace): HTMLElement | undefined;
  /** What a cell holds; undefined while it has not come. */
  value(cell: CellPlace): CellView | undefined;
  /** Why a cell stands out in a comparison; undefined when it does not. */
  change(cell: CellPlace): CellChange | undefined;
  /** The column whose head an element belongs to. */
  headOf(element: Element): number | undefined;
  /** Sets a column's width in pixels; `done` tells those who keep the layout. */
  resize(column: number, width: number, done: boolean): void;
  /** Makes a column as wide as what is in sight of it. */
  fit(column: number): void;
  openColumnMenu(column: number): void;
  /** Scrolls by pixels. */
  scrollBy(x: number, y: number): void;
}
