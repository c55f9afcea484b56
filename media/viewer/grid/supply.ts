// The rows of a grid: those that have come, and the questions for those that are in sight and have not.

import type { ViewRow } from '../../../src/model/view';
import { Asking } from './asking';
import { Blocks } from './blocks';
import type { ColumnWindow, Columns } from './columns';
import { rowHeight, type RowScroll } from './rowScroll';
import { wantedBlocks } from './wanted';

/** What is in sight, for as long as the grid lives. */
export interface InSight {
  readonly columns: Columns;
  readonly scroll: RowScroll;
  /** Columns that are drawn beside those that stay; undefined while the page is hidden. */
  seen(): ColumnWindow | undefined;
  scrolling(): boolean;
  readonly signal: AbortSignal;
}

/** Holds the rows of one order at a time. */
export class Supply {
  readonly blocks: Blocks;
  /** Changes with the order; -1 before there is any. */
  stamp = -1;
  /** How many rows the order has. */
  rows = 0;
  readonly #asking: Asking;
  readonly #sight: InSight;
  #timer = 0;
  #full = 0;
  #way: -1 | 0 | 1 = 0;
  #step = 0;

  /** `want` asks for a block by its first row and its first column. */
  constructor(columnCount: number, sight: InSight, want: (stamp: number, from: number, columnFrom: number) => void) {
    this.blocks = new Blocks(columnCount);
    this.#sight = sight;
    this.#asking = new Asking((block) => {
      const { row, column } = this.blocks.placeOf(block);
      want(this.stamp, row, column);
    });
    sight.signal.addEventListener('abort', () => clearTimeout(this.#timer));
  }

  /** Takes another order, or more rows of the same. Answers whether it is another. */
  order(stamp: number, rows: number): boolean {
    const other = stamp !== this.stamp;
    if (other) {
      [this.#way, this.#step] = [0, 0];
      this.blocks.clear();
      this.#asking.clear();
    }
    this.stamp = stamp;
    this.rows = rows;
    return other;
  }

  /** Keeps rows that have come. */
  put(from: number, columnFrom: number, rows: readonly ViewRow[]): void {
    for (const block of this.blocks.put(from, columnFrom, rows, Math.floor(this.#sight.scroll.full / rowHeight))) this.#asking.came(block);
  }

  /** Two steps the same way are scrolling; a single one may be a jump to where somebody stays. */
  #turn(full: number): void {
    const step = Math.sign(full - this.#full);
    if (step === 0) return;
    this.#way = step !== this.#step ? 0 : step < 0 ? -1 : 1;
    [this.#full, this.#step] = [full, step];
  }

  /** Asks for what is in sight and not there, and comes back for what does not come. */
  look(): void {
    clearTimeout(this.#timer);
    const seen = this.#sight.seen();
    if (this.stamp < 0 || !seen || this.#sight.signal.aborted) return;
    const { columns, scroll } = this.#sight;
    this.#turn(scroll.full);
    const wanted = wantedBlocks({ rows: this.rows, columns, blocks: this.blocks, scroll, seen, way: this.#way });
    const next = this.#asking.want(wanted, performance.now(), this.#sight.scrolling());
    if (next !== undefined) this.#timer = setTimeout(() => this.look(), next);
  }
}
