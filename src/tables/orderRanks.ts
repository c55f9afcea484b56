// The rank of each row in a column: rows whose cells are equal have the same, so that any of them can be put in order by whole numbers.

import type { Cell } from '../model/table';
import type { ColumnKind } from '../model/view';
import { isEmpty, readNumber } from './number';
import type { Slices } from '../base/slices';
import { sortByKeys, sortByValues } from '../base/slicedSort';
import { rankTexts } from './collation/rankTexts';

/** A rank for each row: numbers are below `numbers`, text from there on and below `filled`, and empty cells have `filled` itself. */
export interface Ranks {
  readonly ranks: Uint32Array;
  readonly numbers: number;
  readonly filled: number;
}

/** Larger integers are not all doubles. */
const exactMost = 2 ** 53;

const integer = /^\s*[+-]?\d+\s*$/;

/** Text is in the order of this language, whatever the editor's. */
const language = 'en';

/**
 * So many different texts are looked up, the others are sorted even if they repeat: a table of millions of them would cost more than it
 * saves.
 */
const mostLookedUp = 65_536;

/** What stands in for a row's text or number while they are gathered. */
const isEmptyCell = 0xffffffff;
const isNumberCell = 0xfffffffe;

/** Gathers the cells of one column, row by row from the first, and ranks them. */
export class RankBuilder {
  private readonly values: Float64Array;
  private readonly textOf: Uint32Array;
  private readonly texts: string[] = [];
  private readonly places = new Map<string, number>();
  /** What integers are more than their doubles; made when there is one that is. */
  private rests: Float64Array | undefined;
  private rows = 0;

  /**
   * @param count how many rows there will be
   * @param keep gives a copy of a text that holds on to nothing else, such as the text that it was cut from
   */
  constructor(private readonly kind: ColumnKind, count: number, private readonly keep: (text: string) => string) {
    this.values = new Float64Array(kind === 'number' ? count : 0);
    this.textOf = new Uint32Array(count);
  }

  add(cell: Cell): void {
    const row = this.rows++;
    if (isEmpty(cell)) {
      this.textOf[row] = isEmptyCell;
      return;
    }
    const value = this.kind === 'number' ? readNumber(cell) : undefined;
    if (value === undefined) {
      this.textOf[row] = this.place(cell);
      return;
    }
    this.textOf[row] = isNumberCell;
    this.values[row] = value;
    if (Math.abs(value) < exactMost || !integer.test(cell)) return;
    const rest = Number(BigInt(cell.trim().replace(/^\+/, '')) - BigInt(value));
    if (rest === 0) return;
    this.rests ??= new Float64Array(this.values.length);
    this.rests[row] = rest;
  }

  /**
   * Ranks the rows: numbers by value, integers of any size up to 31 digits exactly; text as people order it in English. `onProgress` is
   * told from 0 to 1.
   */
  async ranks(slices: Slices, onProgress: (done: number) => void): Promise<Ranks> {
    const { rows, values, rests, textOf } = this;
    const ranks = new Uint32Array(rows);
    let numbers = 0;
    let sorted = this.numberRows();
    if (rests !== undefined) sorted = await sortByValues(sorted, rests, slices);
    if (sorted.length > 0) sorted = await sortByValues(sorted, values, slices);
    sorted.forEach((row, place) => {
      const before = sorted[place - 1];
      if (before !== undefined && (values[row] !== values[before] || rests?.[row] !== rests?.[before])) numbers++;
      ranks[row] = numbers;
    });
    if (sorted.length > 0) numbers++;
    this.places.clear();
    const textRanks = await rankTexts(this.texts, language, slices, onProgress);
    const filled = numbers + textRanks.count;
    for (let row = 0; row < rows; row++) {
      const text = textOf[row] ?? isEmptyCell;
      if (text === isEmptyCell) ranks[row] = filled;
      else if (text !== isNumberCell) ranks[row] = numbers + (textRanks.ranks[text] ?? 0);
      if (row % 65_536 === 0 && slices.due()) await slices.pass();
    }
    return { ranks, numbers, filled };
  }

  private numberRows(): Uint32Array {
    const found = new Uint32Array(this.rows);
    let count = 0;
    for (let row = 0; row < this.rows; row++) if (this.textOf[row] === isNumberCell) found[count++] = row;
    return found.subarray(0, count);
  }

  private place(cell: string): number {
    const known = this.places.get(cell);
    if (known !== undefined) return known;
    const place = this.texts.length;
    const text = this.keep(cell);
    this.texts.push(text);
    if (this.places.size < mostLookedUp) this.places.set(text, place);
    return place;
  }
}

/**
 * Puts rows in the order of their ranks; equals keep the order that they came in. Numbers stand before text and empty cells last, both ways
 * round.
 */
export async function sortByRanks(
  rows: Uint32Array,
  { ranks, numbers, filled }: Ranks,
  descending: boolean,
  slices: Slices,
): Promise<Uint32Array> {
  const keys = descending
    ? ranks.map((rank) => (rank < numbers ? numbers - 1 - rank : rank < filled ? numbers + filled - 1 - rank : rank))
    : ranks;
  return sortByKeys(rows, keys, filled + 1, slices);
}
