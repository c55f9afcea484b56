// From one change of a comparison to the next, in the order that its rows have and among the columns that are shown.

import type { HeldTable, OpenTable } from '../../model/openTable';
import { changesOf, type ComparedCells } from './compareChanges';
import { rowsAtOnce } from './comparePace';

/** Where somebody is, and where they want to go: rows by their place in the order, columns by their number in the table. */
export interface ChangeStep {
  readonly forth: boolean;
  /** Absent where nobody has been anywhere yet; row -1 is the head. */
  readonly from?: { readonly row: number; readonly column: number };
  /** The columns that are shown, in their order. */
  readonly columns: readonly number[];
}

/** A change: the two cells of a pair are one, and all of a row that only one answer has. `index` counts from 1 to `total`. */
export interface ChangePlace {
  readonly row: number;
  readonly column: number;
  readonly index: number;
  readonly total: number;
}

/** A change of one comparison, so that it, or the next one after it, is found in another comparison of the same two exchanges. */
export interface ChangeMark {
  /** The number of its row in the answers, and the pair of its column. */
  readonly row: number;
  readonly pair: string;
  /** The pairs that were shown after it in its row. */
  readonly laterPairs: ReadonlySet<string>;
  /** The rows after its own; absent where they stood as in the answers. */
  readonly laterRows?: readonly number[];
}

/** How many changes there are up to the end of each row of an order, and which row of the table that is. */
interface Counts {
  readonly stamp: number;
  readonly columns: string;
  readonly ends: Uint32Array;
  readonly rows: Uint32Array;
}

/** Finds changes in one open table. Counts them once for each order and choice of columns. */
export class ChangeSteps {
  private counts: Counts | undefined;

  /** @param pause called every thousand rows, or more often where they are wide; resolves when the work may go on, rejects to stop */
  constructor(
    private readonly open: OpenTable,
    private readonly table: HeldTable,
    private readonly cells: ComparedCells,
    private readonly pause: () => Promise<void>,
  ) {}

  /** The next change or the one before, going round at the ends; undefined where there is none. Throws what table and `pause` throw. */
  async find({ forth, from, columns }: ChangeStep): Promise<ChangePlace | undefined> {
    const { ends } = await this.count(columns);
    const total = ends.at(-1) ?? 0;
    if (total === 0) return undefined;
    const passed = from && from.row >= 0 ? await this.passed(ends, from, columns, forth) : 0;
    const index = ((forth ? passed : passed - 1) + total) % total;
    const row = firstAbove(ends, index);
    const column = (await this.changesAt(row, columns))[index - (ends[row - 1] ?? 0)];
    return column === undefined ? undefined : { row, column, index: index + 1, total };
  }

  /** The change that a cell is of; undefined where it is of none. Throws what table and `pause` throw. */
  async mark({ from, columns }: Pick<ChangeStep, 'from' | 'columns'>): Promise<ChangeMark | undefined> {
    const { query } = this.open.order;
    const { rows } = await this.count(columns);
    if (!from) return undefined;
    const row = rows[from.row];
    if (row === undefined) return undefined;
    const found = this.changeOf(this.pairOf(from.column), row, columns);
    if (found === undefined) return undefined;
    return {
      row: this.numberOf(row),
      pair: this.pairOf(found) ?? '',
      laterPairs: new Set(columns.slice(columns.indexOf(found) + 1).flatMap((column) => this.pairOf(column) ?? [])),
      ...(query.sort ? { laterRows: Array.from(rows.subarray(from.row + 1), (each) => this.numberOf(each)) } : {}),
    };
  }

  /**
   * The change that was marked, if it still is one, else the next after it, going round at the end; undefined where there is none. Throws
   * what table and `pause` throw.
   */
  async again(mark: ChangeMark, columns: readonly number[]): Promise<ChangePlace | undefined> {
    const { ends, rows } = await this.count(columns);
    const total = ends.at(-1) ?? 0;
    if (total === 0) return undefined;
    const at = (row: number, column: number | undefined): ChangePlace | undefined => {
      const changes = this.changesIn(rows[row] ?? -1, columns);
      const index = column === undefined ? 0 : changes.indexOf(column);
      const found = changes[index];
      return found === undefined ? undefined : { row, column: found, index: (ends[row - 1] ?? 0) + index + 1, total };
    };
    const places = new Map(Array.from(rows, (row, place) => [this.numberOf(row), place]));
    const own = places.get(mark.row);
    if (own !== undefined) {
      const row = rows[own] ?? -1;
      const later = this.changesIn(row, columns).find((column) => mark.laterPairs.has(this.pairOf(column) ?? ''));
      const column = this.changeOf(mark.pair, row, columns) ?? later;
      if (column !== undefined) return at(own, column);
    }
    const hasChange = (place: number): boolean => (ends[place] ?? 0) > (ends[place - 1] ?? 0);
    // A row that is the same by now may be in the table no more.
    const later = mark.laterRows ?? [...places.keys()].filter((number) => number > mark.row);
    const after = own === undefined ? later.flatMap((number) => places.get(number) ?? []) : [...rows.keys()].slice(own + 1);
    return at(after.find(hasChange) ?? firstAbove(ends, 0), undefined);
  }

  /** Of a row that only one answer has, all is one change. */
  private changeOf(pair: string | undefined, row: number, columns: readonly number[]): number | undefined {
    const changes = this.changesIn(row, columns);
    return this.isAlone(row) ? changes[0] : changes.find((column) => this.pairOf(column) === pair);
  }

  private pairOf(column: number | undefined): string | undefined {
    return column === undefined ? undefined : this.cells.columns[column]?.pair;
  }

  /** The first column of a comparison's table holds the numbers that its rows have in the answers. */
  private numberOf(row: number): number {
    return Number(this.table.rows[row]?.[0]);
  }

  private isAlone(row: number): boolean {
    return this.cells.alone !== undefined && row >= this.cells.alone.fromRow;
  }

  /** How many changes stand before a cell, and where one goes on also the one that it is of. */
  private async passed(
    ends: Uint32Array,
    from: { readonly row: number; readonly column: number },
    columns: readonly number[],
    forth: boolean,
  ): Promise<number> {
    const row = Math.min(from.row, ends.length - 1);
    const places = new Map(columns.map((column, place) => [column, place]));
    const at = places.get(from.column) ?? -1;
    const before = (await this.changesAt(row, columns)).filter((column) => {
      const place = places.get(column) ?? 0;
      return forth ? place <= at : place < at;
    });
    return (ends[row - 1] ?? 0) + before.length;
  }

  private async count(columns: readonly number[]): Promise<Counts> {
    const { stamp, matchedRows } = this.open.order;
    const key = columns.join();
    if (this.counts?.stamp === stamp && this.counts.columns === key) return this.counts;
    const [ends, numbers] = [new Uint32Array(matchedRows), new Uint32Array(matchedRows)];
    let sum = 0;
    const step = rowsAtOnce(this.cells.columns.length);
    for (let from = 0; from < matchedRows; from += step) {
      if (from > 0) await this.pause();
      const rows = await this.open.rows(from, step, 0, 0);
      // The rows have got another order meanwhile.
      if (this.open.order.stamp !== stamp) return this.count(columns);
      rows.forEach(({ number }, index) => {
        ends[from + index] = sum += this.changesIn(number, columns).length;
        numbers[from + index] = number;
      });
    }
    return (this.counts = { stamp, columns: key, ends, rows: numbers });
  }

  private async changesAt(place: number, columns: readonly number[]): Promise<readonly number[]> {
    const [row] = await this.open.rows(place, 1, 0, 0);
    return row ? this.changesIn(row.number, columns) : [];
  }

  /** The columns that one goes to in a row: of a pair the last that is shown, in a row of one answer the first that stands out. */
  private changesIn(row: number, columns: readonly number[]): readonly number[] {
    const changes = changesOf(this.cells, row, this.table.rows[row] ?? [], 0, this.cells.columns.length);
    if (!changes) return [];
    const found = columns.filter((column) => changes[column] !== undefined);
    if (this.isAlone(row)) return found.slice(0, 1);
    const pairs = new Map<number, number>();
    for (const column of found) pairs.set(Math.min(column, column + (this.cells.columns[column]?.other ?? 0)), column);
    const last = new Set(pairs.values());
    return found.filter((column) => last.has(column));
  }
}

/** The first row up to whose end there are more than so many. */
function firstAbove(ends: Uint32Array, count: number): number {
  let [low, high] = [0, ends.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ends[middle] ?? 0) > count) high = middle;
    else low = middle + 1;
  }
  return low;
}
