// What readers of tables have in common.

/**
 * Takes text in pieces and gives the rows that are complete; the first row is the names of the columns. Throws a JobFault for what cannot
 * be read.
 */
export interface RowReader {
  push(text: string): string[][];
  /** The rest, when all text has come. */
  end(): string[][];
}

/** The longest row, in UTF-16 units: a quote that is never closed must not collect the whole rest of the file. */
export const longestRow = 16 * 1024 * 1024;

/** Names a row for a sentence: rows are counted from 1 below the header. */
export function rowName(count: number): string {
  return count === 0 ? 'The header' : `Row ${count}`;
}
