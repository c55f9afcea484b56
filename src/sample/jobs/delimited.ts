// Reads CSV and text with tabs, row by row, from text that comes in pieces, and writes CSV.

import { JobFault } from './jobFault';
import { longestRow, rowName, type RowReader } from './rowReader';

const [quote, lineFeed, carriageReturn] = [0x22, 0x0a, 0x0d];

/** CSV as RFC 4180 has it, or the same with tabs. Lines end in LF, CRLF or CR; empty lines are passed over. */
export class DelimitedReader implements RowReader {
  private readonly delimiter: number;
  private state: 'start' | 'plain' | 'quoted' | 'closing' = 'start';
  private cell = '';
  private cells: string[] = [];
  private length = 0;
  /** How many rows were complete, the header among them. */
  private count = 0;
  private rows: string[][] = [];

  constructor(delimiter: ',' | '\t') {
    this.delimiter = delimiter.charCodeAt(0);
  }

  push(text: string): string[][] {
    // Where the part of the present cell begins that is not yet in `cell`.
    let from = 0;
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (this.state === 'quoted') {
        if (code !== quote) continue;
        this.keep(text, from, at);
        this.state = 'closing';
        from = at + 1;
      } else if (code === quote && this.state === 'start') {
        this.state = 'quoted';
        from = at + 1;
      } else if (code === quote && this.state === 'closing') {
        // Two quotes in a quoted cell are one: the second is kept with what follows it.
        this.state = 'quoted';
        from = at;
      } else if (code === this.delimiter || code === lineFeed || code === carriageReturn) {
        this.keep(text, from, at);
        from = at + 1;
        if (code === this.delimiter) this.endCell();
        // The second half of CRLF ends an empty line, which is passed over.
        else this.endRow();
      } else if (this.state !== 'plain') {
        // Behind a closing quote nothing should come; what does is read as it stands.
        this.state = 'plain';
      }
    }
    this.keep(text, from, text.length);
    return this.taken();
  }

  end(): string[][] {
    if (this.state === 'quoted') {
      throw new JobFault('Reader', 'QuoteNotClosed', undefined, `${rowName(this.count)} has a quote that is opened and never closed.`);
    }
    this.endRow();
    return this.taken();
  }

  private keep(text: string, from: number, to: number): void {
    if (to <= from) return;
    this.length += to - from;
    if (this.length > longestRow) {
      throw new JobFault(
        'Reader',
        'RowTooLong',
        undefined,
        `${rowName(this.count)} is longer than ${longestRow} characters. Perhaps a quote is opened and never closed.`,
      );
    }
    this.cell += text.slice(from, to);
  }

  private endCell(): void {
    this.cells.push(this.cell);
    this.cell = '';
    this.state = 'start';
  }

  private endRow(): void {
    if (this.state === 'start' && this.cells.length === 0) return;
    this.endCell();
    this.rows.push(this.cells);
    this.cells = [];
    this.length = 0;
    this.count++;
  }

  private taken(): string[][] {
    const rows = this.rows;
    this.rows = [];
    return rows;
  }
}

/** One line of CSV with its end. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',')}\n`;
}
