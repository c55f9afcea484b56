// Tables as text (CSV, with tabs, ARFF) -> rows, read as the text comes.

import { ArffRecords } from './arff';
import { DelimitedRecords, type Delimiter } from './delimited';
import type { Records } from './records';

export { formatOf, type BlobFormat } from './tableFormat';

/** So many rows of a wrong length are named; the others are counted. */
const namedRows = 3;

/**
 * Reads a table from text that comes in pieces, cut anywhere. Cells are the source text without its quotes; the first row is the names of
 * the columns.
 */
export class RowReader {
  /** Names of the columns, once they are known. */
  columns: string[] | undefined;
  /** How many rows have another number of cells than there are columns. */
  raggedRows = 0;
  private readonly records: DelimitedRecords | ArffRecords;
  private readonly ragged: string[] = [];

  /** @param delimiter of a CSV file: `any` finds out from its first row whether it is a comma, a semicolon, a tab or a bar */
  constructor(format: 'csv' | 'tsv' | 'arff', delimiter: Delimiter | 'any' = format === 'tsv' ? '\t' : ',') {
    this.records = format === 'arff' ? new ArffRecords() : new DelimitedRecords(delimiter === 'any' ? undefined : delimiter);
  }

  /** What parts the cells of delimited text, as far as is known by now. */
  get delimiter(): Delimiter {
    return this.records instanceof DelimitedRecords ? this.records.found : ',';
  }

  /** UTF-16 units of the text that were read into rows so far, a byte order mark and what was passed over among them. */
  get consumed(): number {
    return this.records.consumed;
  }

  /** What is not as it should be, a sentence each; rows are kept whatever they are. */
  get problems(): readonly string[] {
    const more = this.raggedRows - this.ragged.length;
    const rest = more === 0 ? [] : [`${more} more ${more === 1 ? 'row has' : 'rows have'} another number of cells than the header.`];
    return [...this.records.problems, ...this.ragged, ...rest];
  }

  /** Takes the next piece of text, and gives the rows that it completes. */
  push(text: string): string[][] {
    return this.take(this.records.push(text));
  }

  /** Gives the last row, when it has no line break at its end. */
  end(): string[][] {
    return this.take(this.records.end());
  }

  private take({ rows, lines }: Records): string[][] {
    const taken: string[][] = [];
    rows.forEach((row, index) => {
      // An empty line is a row only where a row is one cell.
      if (row.length === 1 && row[0] === '' && this.columns?.length !== 1) return;
      if (this.columns === undefined) {
        this.columns = row;
        return;
      }
      if (row.length !== this.columns.length) this.note(row, lines[index] ?? 0);
      taken.push(row);
    });
    return taken;
  }

  private note(row: readonly string[], line: number): void {
    this.raggedRows++;
    const count = (many: number): string => `${many} cell${many === 1 ? '' : 's'}`;
    if (this.ragged.length < namedRows)
      this.ragged.push(`Line ${line} has ${count(row.length)}, the header has ${this.columns?.length ?? 0}.`);
  }
}
