// What is marked: a rectangle of rows in their order and of columns as they stand on the page.

import type { Marked } from '../../../src/model/view';
import { plural } from '../../kit/format';
import type { CellPlace } from './gridSpec';

/** Rows have all columns, columns all rows. */
export type MarkShape = 'cells' | 'rows' | 'columns' | 'all';

/** What there is to be marked. */
export interface Markable {
  readonly stamp: number;
  readonly rows: number;
  /** Numbers of the shown columns in the source, as they stand on the page. */
  readonly shown: readonly number[];
}

/** Keeps what is marked and where the marking began. */
export class Marking {
  marked: Marked | undefined;
  #shape: MarkShape = 'cells';
  #anchor: CellPlace | undefined;
  #columns: ReadonlySet<number> = new Set();

  /** Marks from the place where the marking began to `to`; it begins there when `anew`, or when nothing was marked. */
  mark(shape: MarkShape, to: CellPlace, anew: boolean, { stamp, rows, shown }: Markable): void {
    const anchor = (anew ? undefined : this.#anchor) ?? to;
    this.#anchor = anchor;
    this.#shape = shape;
    const [from, until] = [shown.indexOf(anchor.column), shown.indexOf(to.column)]
      .map((at) => Math.max(0, at))
      .sort((one, other) => one - other);
    const wholeRows = shape === 'rows' || shape === 'all';
    const wholeColumns = shape === 'columns' || shape === 'all';
    this.#set(rows === 0 || shown.length === 0 ? undefined : {
      stamp,
      fromRow: wholeColumns ? 0 : Math.max(0, Math.min(anchor.row, to.row)),
      toRow: wholeColumns ? rows - 1 : Math.max(0, anchor.row, to.row),
      columns: wholeRows ? shown : shown.slice(from, (until ?? 0) + 1),
      head: wholeColumns,
    });
  }

  /** Carries the marking on in the shape that it has. */
  extend(to: CellPlace, markable: Markable): void {
    this.mark(this.marked && this.#shape !== 'all' ? this.#shape : 'cells', to, false, markable);
  }

  /** Where a marking is carried on from when nothing is marked. */
  begin(at: CellPlace): void {
    if (!this.marked) this.#anchor = at;
  }

  letGo(): void {
    this.#set(undefined);
    this.#anchor = undefined;
    this.#shape = 'cells';
  }

  /** The columns stand otherwise now. */
  arrange(shown: readonly number[]): void {
    if (!this.marked) return;
    const wholeRows = this.#shape === 'rows' || this.#shape === 'all';
    const columns = wholeRows ? shown : shown.filter((column) => this.#columns.has(column));
    if (columns.length === 0) this.letGo();
    else this.#set({ ...this.marked, columns });
  }

  /** Whether a cell is marked, by its row's place in the order and its column in the source. */
  has(row: number, column: number): boolean {
    return this.marked !== undefined && row >= this.marked.fromRow && row <= this.marked.toRow && this.#columns.has(column);
  }

  /** Whether anything in a row is marked. */
  hasRow(row: number): boolean {
    return this.marked !== undefined && row >= this.marked.fromRow && row <= this.marked.toRow;
  }

  /** Whether anything in a column of the source is marked. */
  hasColumn(column: number): boolean {
    return this.#columns.has(column);
  }

  #set(marked: Marked | undefined): void {
    // The same again is no news.
    if (JSON.stringify(marked) === JSON.stringify(this.marked)) return;
    this.marked = marked;
    this.#columns = new Set(marked?.columns);
  }
}

/** What is marked, in words. */
export function describeMarked(marked: Marked | undefined): string {
  if (!marked) return 'Nothing is marked.';
  return `${plural(marked.toRow - marked.fromRow + 1, 'row')} by ${plural(marked.columns.length, 'column')} marked.`;
}
