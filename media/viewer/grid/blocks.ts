// The rows that have come, kept in blocks: a bounded number of them, those nearest to what is in sight.

import type { blockColumns as modelColumns, blockRows as modelRows, CellChange, CellView, ViewRow } from '../../../src/model/view';

/** Size of a block; the contract says the same, and the compiler sees to it. */
export const blockRows: typeof modelRows = 100;
export const blockColumns: typeof modelColumns = 64;

/** So many blocks are kept: 20,000 rows of a table that is not wide. */
const mostBlocks = 200;

/** A block by its number; rows and columns of its first cell can be told from it. */
export type BlockNumber = number;

/** The blocks of one order of the rows. */
export class Blocks {
  readonly #blocks = new Map<BlockNumber, (ViewRow | undefined)[]>();
  readonly #across: number;
  /** Most tables never tell of any change: then none is looked for. */
  #changes = false;

  /** `columns` is how many columns the table has. */
  constructor(columns: number) {
    this.#across = Math.max(1, Math.ceil(columns / blockColumns));
  }

  /** How many blocks are kept at this time. */
  get size(): number {
    return this.#blocks.size;
  }

  /** The block with the cell at this place in the order and this column of the source. */
  numberOf(row: number, column: number): BlockNumber {
    return Math.floor(row / blockRows) * this.#across + Math.floor(column / blockColumns);
  }

  /** The first row and the first column of a block. */
  placeOf(block: BlockNumber): { readonly row: number; readonly column: number } {
    return { row: Math.floor(block / this.#across) * blockRows, column: (block % this.#across) * blockColumns };
  }

  /**
   * Keeps rows from place `from` on, and lets go of the blocks that are farthest from row `near`. Answers with the blocks that something
   * came for.
   */
  put(from: number, columnFrom: number, rows: readonly ViewRow[], near: number): ReadonlySet<BlockNumber> {
    const came = new Set<BlockNumber>();
    if (columnFrom % blockColumns !== 0) return came;
    rows.forEach((row, index) => {
      this.#changes ||= row.changes !== undefined;
      const place = from + index;
      for (let start = 0; start === 0 || start < row.cells.length; start += blockColumns) {
        const number = this.numberOf(place, columnFrom + start);
        let block = this.#blocks.get(number);
        if (!block) this.#blocks.set(number, (block = []));
        block[place % blockRows] = row.cells.length <= blockColumns ? row : { ...row, cells: row.cells.slice(start, start + blockColumns) };
        came.add(number);
      }
    });
    while (this.#blocks.size > mostBlocks) this.#blocks.delete(this.#farthest(near));
    return came;
  }

  /** The part of a row that holds a column of the source; undefined while it has not come. */
  part(row: number, column: number): ViewRow | undefined {
    return this.#blocks.get(this.numberOf(row, column))?.[row % blockRows];
  }

  /** A cell that has come; undefined while it has not. */
  cell(row: number, column: number): CellView | undefined {
    const part = this.part(row, column);
    // A row that came and ends before this column lacks it for good.
    return part && (part.cells[column % blockColumns] === undefined ? missing : part.cells[column % blockColumns]);
  }

  /** A cell, which perhaps has not come, with the place of its row in the source; undefined while none of the row's cells has come. */
  numbered(row: number, column: number): { readonly number: number; readonly value: CellView | undefined } | undefined {
    const number = this.rowNumber(row);
    return number === undefined ? undefined : { number, value: this.cell(row, column) };
  }

  /** Why a cell that has come stands out; undefined when it does not. */
  change(row: number, column: number): CellChange | undefined {
    return this.#changes ? this.part(row, column)?.changes?.[column] : undefined;
  }

  /** Place of a row in the source, as soon as any of its cells has come. */
  rowNumber(row: number): number | undefined {
    const first = this.numberOf(row, 0);
    for (let across = 0; across < this.#across; across++) {
      const part = this.#blocks.get(first + across)?.[row % blockRows];
      if (part) return part.number;
    }
    return undefined;
  }

  clear(): void {
    this.#blocks.clear();
  }

  #farthest(near: number): BlockNumber {
    let farthest = 0;
    let most = -1;
    for (const number of this.#blocks.keys()) {
      const distance = Math.abs(this.placeOf(number).row + blockRows / 2 - near);
      if (distance > most) [farthest, most] = [number, distance];
    }
    return farthest;
  }
}

const missing = { missing: true } as const;
