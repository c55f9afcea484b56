// The cells of a column -> what it holds: figures and a histogram for numbers, the most frequent texts for text.

import type { Cell, Column } from '../model/table';
import type { ColumnKind, ColumnSummary } from '../model/view';
import { Histogram } from './histogram';
import { Moments } from './moments';
import { isEmpty, readNumber } from './number';
import { TextCounts } from './textCounts';

/**
 * Counts the cells of one column as they come, in memory that does not grow with the rows. A column of numbers in which no number came is
 * summarized as text.
 */
export class ColumnCounter {
  private rows = 0;
  private empty = 0;
  private other = 0;
  private readonly histogram = new Histogram();
  private readonly moments = new Moments();
  /** Absent once it is known that nobody will ask. */
  private texts: TextCounts | undefined = new TextCounts();
  private readonly probability: boolean;

  /**
   * @param column its number, counted from 0. @param options `probability` when its numbers are to be shown between 0 and 1 if they are
   * there.
   */
  constructor(private readonly column: number, private readonly kind: ColumnKind, options: { readonly probability?: boolean } = {}) {
    this.probability = options.probability ?? false;
  }

  /** Counts the cell of one more row. */
  add(cell: Cell): void {
    this.rows++;
    if (isEmpty(cell)) {
      this.empty++;
      return;
    }
    const number = this.kind === 'number' ? readNumber(cell) : undefined;
    if (number === undefined) {
      this.other++;
      this.texts?.add(cell);
      return;
    }
    this.texts = undefined;
    this.histogram.add(number);
    this.moments.add(number);
  }

  /** What was counted so far. */
  summary(): ColumnSummary {
    const { column, rows, empty, other, texts, histogram, moments } = this;
    if (texts) return { kind: 'text', column, rows, empty, distinct: texts.distinct, atLeast: texts.atLeast, top: texts.top() };
    const { least, most } = histogram;
    return {
      kind: 'number',
      column,
      rows,
      empty,
      other,
      least,
      most,
      mean: moments.mean,
      deviation: moments.deviation,
      bins: histogram.bins(this.probability),
    };
  }
}

/** Whether a column holds probabilities that a model has scored, by its name; case is ignored. */
export function isProbability({ name }: Column): boolean {
  return /^\s*scored probabilit(?:ies|y)(?![a-z0-9])/i.test(name);
}
