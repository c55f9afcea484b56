// CSV and text with tabs -> records, read as the text comes; papaparse does the parsing.

import Papa from 'papaparse';
import type { Records } from './records';

/**
 * What is left over longer than this is parsed anew only when it has doubled: else a long cell would be parsed once for each piece of it.
 */
const longRest = 256 * 1024;

const nothing: Records = { rows: [], lines: [] };

/** What papaparse's parser gives back. */
interface Parsed {
  readonly data: string[][];
  readonly errors: readonly { readonly code: string; readonly row?: number }[];
  readonly meta: { readonly cursor: number };
}

/** What parts the cells of a row. The contract's files have commas and tabs; spreadsheets in many countries write semicolons. */
export type Delimiter = ',' | '\t' | ';' | '|';

const delimiters: readonly Delimiter[] = [',', ';', '\t', '|'];

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
  private quotes: Quotes | undefined;
  private readonly finder = new DelimiterFinder();
  private retryAt = 0;

  /** @param delimiter where it is not given, the one that the first row has most of; a comma where it has none */
  constructor(private delimiter: Delimiter | undefined) {}

  /** What parts the cells; a comma until the first row was read. */
  get found(): Delimiter {
    return this.delimiter ?? ',';
  }

  push(text: string): Records {
    this.rest += text;
    this.skipMark();
    this.delimiter ??= this.finder.find(this.rest, false);
    if (this.delimiter === undefined) return nothing;
    const known = this.newline;
    this.newline ??= this.findNewline(this.delimiter);
    if (this.newline === undefined || this.rest.length < this.retryAt || (known !== undefined && !text.includes(known))) return nothing;
    return this.read(this.newline, this.delimiter, true);
  }

  end(): Records {
    const late = this.delimiter === undefined;
    const delimiter = (this.delimiter ??= this.finder.find(this.rest, true) ?? ',');
    // What waited for its delimiter is read as if that had been known from the start.
    const waited = late ? this.push('') : nothing;
    this.newline ??= this.rest.endsWith('\r') && this.quotes?.open !== true ? '\r' : '\n';
    const last = this.read(this.newline, delimiter, false);
    return { rows: [...waited.rows, ...last.rows], lines: [...waited.lines, ...last.lines] };
  }

  private read(newline: '\n' | '\r', delimiter: Delimiter, more: boolean): Records {
    const { data, errors, meta }: Parsed = new Papa.Parser({ delimiter, newline }).parse(this.rest, 0, more);
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
    const problem =
      code === 'MissingQuotes'
        ? `Line ${line} opens a quote that is never closed; what follows was read as one cell.`
        : `Line ${line} has text after a closing quote.`;
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
  private findNewline(delimiter: Delimiter): '\n' | '\r' | undefined {
    this.quotes ??= new Quotes(delimiter);
    for (; this.scanned < this.rest.length; this.scanned++) {
      const character = this.rest.charAt(this.scanned);
      if (!this.quotes.open) {
        if (character === '\n') return '\n';
        if (character === '\r') {
          const next = this.rest[this.scanned + 1];
          return next === undefined ? undefined : next === '\n' ? '\n' : '\r';
        }
      }
      this.quotes.take(character);
    }
    return undefined;
  }
}

/** Whether a place in a row is within quotes, which open only where a cell begins. */
class Quotes {
  private state: 'start' | 'plain' | 'quoted' | 'closed' = 'start';

  /** @param delimiter undefined while it may be any */
  constructor(private readonly delimiter: Delimiter | undefined) {}

  get open(): boolean {
    return this.state === 'quoted';
  }

  /** Goes on by one character. */
  take(character: string): void {
    if (this.state === 'quoted') {
      if (character === '"') this.state = 'closed';
    } else if (this.delimiter === undefined ? delimiters.some((each) => each === character) : character === this.delimiter)
      this.state = 'start';
    else if (character === '"' && this.state !== 'plain') this.state = 'quoted';
    else if (this.state === 'closed') this.state = character.trim() === '' ? 'closed' : 'quoted';
    else this.state = 'plain';
  }
}

/** Finds the delimiter that the first line with anything in it has most of outside of quotes. */
class DelimiterFinder {
  private readonly counts = new Map<string, number>();
  private readonly quotes = new Quotes(undefined);
  private begun = false;
  private scanned = 0;

  /**
   * `text` is what came so far, from the start; undefined while that line has not come whole, unless `whole` tells that no more will come.
   */
  find(text: string, whole: boolean): Delimiter | undefined {
    for (; this.scanned < text.length; this.scanned++) {
      const character = text.charAt(this.scanned);
      const endsLine = !this.quotes.open && (character === '\n' || character === '\r');
      if (endsLine && this.begun) return this.most();
      if (endsLine) continue;
      this.begun = true;
      if (!this.quotes.open) this.counts.set(character, (this.counts.get(character) ?? 0) + 1);
      this.quotes.take(character);
    }
    return whole ? this.most() : undefined;
  }

  private most(): Delimiter {
    const count = (one: Delimiter): number => this.counts.get(one) ?? 0;
    return delimiters.reduce((best, one) => (count(one) > count(best) ? one : best));
  }
}
