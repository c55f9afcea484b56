// Rows that wait for their turn to be written, packed: a string for each row instead of one for each cell.

import type { Cell } from '../model/table';

/** What stands for a length where there is no text. */
const missing = -1;
const jsonNull = -2;

/** Rows by their place, each of so many cells. */
export class PackedRows {
  private readonly texts: string[];
  private readonly lengths: Int32Array;

  /** @param keep gives a copy of a text that holds on to nothing else */
  constructor(rows: number, private readonly columns: number, private readonly keep: (text: string) => string) {
    this.texts = new Array<string>(rows).fill('');
    this.lengths = new Int32Array(rows * columns);
  }

  put(place: number, cells: readonly Cell[]): void {
    for (let column = 0; column < this.columns; column++) {
      const cell = cells[column];
      this.lengths[place * this.columns + column] = cell === undefined ? missing : cell === null ? jsonNull : cell.length;
    }
    this.texts[place] = this.keep(cells.join(''));
  }

  get(place: number): Cell[] {
    const text = this.texts[place] ?? '';
    const cells: Cell[] = [];
    let at = 0;
    for (let column = 0; column < this.columns; column++) {
      const length = this.lengths[place * this.columns + column] ?? missing;
      cells.push(length === missing ? undefined : length === jsonNull ? null : text.slice(at, at + length));
      at += Math.max(0, length);
    }
    return cells;
  }
}
