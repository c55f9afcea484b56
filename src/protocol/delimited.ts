// CSV and text with tabs -> records, read as the text comes; papaparse does the parsing.

import Papa from 'papaparse';
import type { Records } from './rows';

/** What is left over longer than this is parsed anew only when it has doubled: else a long cell would be parsed once for each piece of it. */
const longRest = 256 * 1024;

const nothing: Records = { rows: [], lines: [] };

/** What papaparse's parser gives back. */
interface Parsed {
  readonly data: string[][];
  readonly errors: readonly { readonly code: string; readonly row?: number }[];
  readonly meta: { readonly cursor: number };
}

/** Reads delimited text. Lines end in LF or CRLF, mixed or not, or all in CR; line breaks may stand in quoted cells. */
export class DelimitedRecords {
  consumed = 0;
  readonly problems: string[] = [];
  private rest = '';
  private line = 1;
  private begun = false;
  /** The character that ends a row, once the first row has shown it. */
  private newline: '\n' | '\r' | undefined;
  private scanned = 0;
  private state: 'start' | 'plain' | 'quoted' | 'closed' = 'start';
  private retryAt = 0;

  constructor(private readonly delimiter: ',' | '\t') {}

  push(text: string): Records {
    this.rest += text;
    this.skipMark();
    const known = this.newline;
    this.newline ??= this.findNewline();
    if (this.newline === undefined || this.rest.length < this.retryAt || (known !== undefined && !text.includes(known))) return nothing;
    return this.read(this.newline, true);
  }

  end(): Records {
    this.newline ??= this.rest.endsWith('\r') && this.state !== 'quoted' ? '\r' : '\n';
    return this.read(this.newline, false);
  }

  private read(newline: '\n' | '\r', more: boolean): Records {
    const { data, errors, meta }: Parsed = new Papa.Parser({ delimiter: this.delimiter, newline }).parse(this.rest, 0, more);
    const quotes = this.rest.includes('"');
    const lines: number[] = [];
    for (const row of data) {
      lines.push(this.line++);
      const last = row.length - 1;
      // CRLF: the parser was told of the second half only.
      if (newline === '\n' && row[last]?.endsWith('\r')) row[last] = row[last].slice(0, -1);
      if (quotes) for (const cell of row) if (cell.includes(newline)) this.line += cell.split(newline).length - 1;
    }
    for (const { code, row } of errors) this.note(code, row === undefined ? undefined : lines[row]);
    // The parser does not count a last row without a line break.
    const used = more ? meta.cursor : this.rest.length;
    this.consumed += used;
    this.rest = this.rest.slice(used);
    this.retryAt = this.rest.length > longRest ? 2 * this.rest.length : 0;
    return { rows: data, lines };
  }

  /** Errors of a row that is not complete are passed over: it is parsed again. */
  private note(code: string, line: number | undefined): void {
    if (line === undefined || this.problems.length >= 3) return;
    const problem = code === 'MissingQuotes' ? `Line ${line} opens a quote that is never closed; what follows was read as one cell.` : `Line ${line} has text after a closing quote.`;
    if (!this.problems.includes(problem)) this.problems.push(problem);
  }

  private skipMark(): void {
    if (this.begun || this.rest === '') return;
    this.begun = true;
    if (!this.rest.startsWith('\uFEFF')) return;
    this.rest = this.rest.slice(1);
    this.consumed++;
  }

  /** The first line break outside of quotes; undefined while it has not come. */
  private findNewline(): '\n' | '\r' | undefined {
    for (; this.scanned < this.rest.length; this.scanned++) {
      const character = this.rest[this.scanned];
      if (this.state === 'quoted') {
        if (character === '"') this.state = 'closed';
      } else if (character === '\n') return '\n';
      else if (character === '\r') {
        const next = this.rest[this.scanned + 1];
        return next === undefined ? undefined : next === '\n' ? '\n' : '\r';
      } else if (character === this.delimiter) this.state = 'start';
      else if (character === '"' && this.state !== 'plain') this.state = 'quoted';
      else if (this.state === 'closed') this.state = character?.trim() === '' ? 'closed' : 'quoted';
      else this.state = 'plain';
    }
    return undefined;
  }
}
