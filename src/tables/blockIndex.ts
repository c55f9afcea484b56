// Where in a file each block of rows begins: sparse, so that millions of rows cost kilobytes.

/** A block of whole rows: bytes from `start` to before `end`, rows from `firstRow` to before `endRow`. */
export interface Block {
  readonly start: number;
  readonly end: number;
  readonly firstRow: number;
  readonly endRow: number;
}

/** Blocks in the order of the file, each beginning where the one before ends. */
export class BlockIndex {
  private starts = new Float64Array(64);
  private firstRows = new Uint32Array(64);
  count = 0;
  /** How many rows all blocks have. */
  rows = 0;
  /** Where the last block ends, in bytes. */
  end: number;

  /** @param start where the first block begins, in bytes */
  constructor(start: number) {
    this.end = start;
  }

  /** Adds a block of so many rows, which ends before byte `end`. */
  add(end: number, rows: number): void {
    if (this.count === this.starts.length) {
      const { starts, firstRows } = this;
      this.starts = new Float64Array(2 * this.count);
      this.firstRows = new Uint32Array(2 * this.count);
      this.starts.set(starts);
      this.firstRows.set(firstRows);
    }
    this.starts[this.count] = this.end;
    this.firstRows[this.count] = this.rows;
    this.count++;
    this.end = end;
    this.rows += rows;
  }

  /** A block by its number; there is one. */
  at(block: number): Block {
    const last = block === this.count - 1;
    return {
      start: this.starts[block] ?? 0,
      end: last ? this.end : this.starts[block + 1] ?? 0,
      firstRow: this.firstRows[block] ?? 0,
      endRow: last ? this.rows : this.firstRows[block + 1] ?? 0,
    };
  }

  /** The number of the block that holds a row, which is there. */
  of(row: number): number {
    let low = 0;
    let high = this.count - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.firstRows[middle] ?? 0) <= row) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
