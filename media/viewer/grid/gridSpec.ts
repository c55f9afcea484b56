// The contract between the grid, which draws windows of rows, and the viewer around it, which asks for them.

import type { Marked, Sort, ViewColumn, ViewRow } from '../../../src/model/view';

/**
 * How columns are laid out, by their number in the source. Widths are in pixels; columns that are not in `widths` have the width of their
 * content.
 */
export interface Layout {
  readonly widths: Readonly<Record<number, number>>;
  /** Stand at the left and stay in sight, in this order. */
  readonly pinned: readonly number[];
  readonly hidden: readonly number[];
}

/** A cell by the place of its row in the order and the number of its column in the source. Row -1 is the head. */
export interface CellPlace {
  readonly row: number;
  readonly column: number;
}

/** What a table has been scrolled to: the place in the order of the first row in sight, and pixels from the left. */
export interface ScrollPlace {
  readonly row: number;
  readonly left: number;
}

/** What the grid is drawn from and whom it tells. Nothing of it changes during the life of a grid. */
export interface GridSpec {
  readonly name: string;
  readonly columns: readonly ViewColumn[];
  /** Rows that columns are measured on. */
  readonly sample: readonly ViewRow[];
  readonly layout: Layout;
  /** Where what is too long for the page is to be found whole: `body` or `file`. */
  readonly whole: 'body' | 'file';
  /** Ends timers and listeners. */
  readonly signal: AbortSignal;
  /** A block of rows and columns is in sight and not there: asked once, and once more if it has not come after a while. */
  readonly onWant: (stamp: number, from: number, columnFrom: number) => void;
  /** A head was clicked, or Enter pressed on it. */
  readonly onSort: (column: number) => void;
  /** The menu of a column is wanted, at its button. */
  readonly onColumnMenu: (column: number, anchor: HTMLElement) => void;
  /** The menu of what is marked is wanted, at this point of the page, in pixels. */
  readonly onMarkedMenu: (at: { readonly x: number; readonly y: number }) => void;
  /** The cell that the keyboard is on has changed. */
  readonly onActive: (cell: CellPlace | undefined) => void;
  /** A cell is to be shown whole: Enter, double click, Space. */
  readonly onOpenCell: (cell: CellPlace) => void;
  readonly onMarked: (marked: Marked | undefined) => void;
  readonly onCopy: (marked: Marked) => void;
  readonly onLayout: (layout: Layout) => void;
  readonly onScroll: (place: ScrollPlace) => void;
  readonly announce: (sentence: string) => void;
}

/** A grid on the page. */
export interface Grid {
  readonly element: HTMLElement;
  /** The rows have another order, or there are more of them (the same stamp). What is marked is let go when the stamp changes. */
  setOrder(stamp: number, rows: number, sort: Sort | undefined, filtered: readonly number[]): void;
  /** Takes rows; those of another stamp are left. */
  put(stamp: number, from: number, columnFrom: number, rows: readonly ViewRow[]): void;
  setLayout(layout: Layout): void;
  /** Makes a column as wide as its head and what is in sight of it. */
  fit(column: number): void;
  /** Scrolls to a cell and makes it the active one. */
  goTo(cell: CellPlace): void;
  scrollTo(place: ScrollPlace): void;
  /** The cells of a row that are there, by its place in the order: undefined where they have not come. */
  cell(place: CellPlace): { readonly number: number; readonly value: ViewRow['cells'][number] | undefined } | undefined;
  readonly marked: Marked | undefined;
  readonly active: CellPlace | undefined;
  focus(): void;
}
