// Where the columns stand: which are shown, in which order, how wide, which of them stay at the left, which are in sight.

import type { Layout } from './gridSpec';

/** Pinned columns and row numbers take at most this share of the width; what is more scrolls along. */
const pinnedShare = 0.6;

/** A run of shown columns: `to` is the first after it. */
export interface ColumnWindow {
  readonly from: number;
  readonly to: number;
}

/** The shown columns, counted from 0 as they stand on the page, the pinned ones first. Places are in pixels. */
export class Columns {
  /** Their numbers in the source. */
  shown: readonly number[] = [];
  /** How many of the first are pinned. */
  pinned = 0;
  /** How many of those stay in sight. */
  stuck = 0;
  /** Width of the row numbers. */
  numberWidth = 0;
  #lefts: number[] = [0];
  #places = new Map<number, number>();

  /** Takes another layout of `count` columns. */
  arrange(count: number, layout: Layout, widthOf: (column: number) => number): void {
    const hidden = new Set(layout.hidden);
    const pinned = new Set(layout.pinned.filter((column) => column >= 0 && column < count && !hidden.has(column)));
    const others = Array.from({ length: count }, (_, column) => column).filter((column) => !pinned.has(column) && !hidden.has(column));
    this.shown = [...pinned, ...others];
    this.pinned = pinned.size;
    this.#places = new Map(this.shown.map((column, at) => [column, at]));
    this.#lefts = [0];
    let left = 0;
    for (const column of this.shown) this.#lefts.push((left += widthOf(column)));
  }

  /** Takes the width of what is seen, which decides how many columns can stay at the left. */
  fit(width: number): void {
    let stuck = 0;
    while (stuck < this.pinned && this.numberWidth + this.left(stuck + 1) <= width * pinnedShare) stuck++;
    this.stuck = stuck;
  }

  /** Where a column begins, from the end of the row numbers on; that of the first after the last is the width of all. */
  left(at: number): number {
    return this.#lefts[at] ?? 0;
  }

  width(at: number): number {
    return this.left(at + 1) - this.left(at);
  }

  /** Width of everything. */
  get total(): number {
    return this.numberWidth + this.left(this.shown.length);
  }

  /** Width of what stays at the left. */
  get stuckWidth(): number {
    return this.numberWidth + this.left(this.stuck);
  }

  /** Where a column of the source stands; undefined when it is not shown. */
  placeOf(column: number): number | undefined {
    return this.#places.get(column);
  }

  /** The column at so many pixels from the end of the row numbers; the first or the last when it is beyond them. */
  at(x: number): number {
    let low = 0;
    let high = this.shown.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.left(middle) <= x) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** The columns that are in sight beside those that stay, when `scrolled` pixels to the right, in a view of that width. */
  inSight(scrolled: number, width: number): ColumnWindow {
    const from = Math.max(this.stuck, this.at(scrolled + this.left(this.stuck)));
    return { from, to: Math.max(from, Math.min(this.shown.length, this.at(scrolled + width - this.numberWidth) + 1)) };
  }

  /**
   * How far to the right it has to be scrolled for a column to be seen, at least as much of it as fits; `scrolled` when it is seen already.
   */
  revealed(at: number, scrolled: number, width: number): number {
    if (at < this.stuck) return scrolled;
    const start = this.left(at) - this.left(this.stuck);
    const room = width - this.stuckWidth;
    if (start < scrolled || this.width(at) >= room) return start;
    return Math.max(scrolled, start + this.width(at) - room);
  }
}
