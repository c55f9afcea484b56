// Rows -> text that other programs read: CSV, TSV, Markdown and JSON, with cells as the text that came.

import type { WriteOptions } from '../model/openTable';
import type { Cell, Column } from '../model/table';
import type { ColumnKind } from '../model/view';
import { isNumericType } from './number';

/** A column that is written; `kind` decides where the service told no type. */
export interface WrittenColumn extends Column {
  readonly kind?: ColumnKind;
}

/** Writes a table piece by piece: the pieces put together are the text. A writer writes one table. */
export interface TableWriter {
  start(): string;
  /** One row; cells beyond the columns are left out. */
  row(cells: readonly Cell[]): string;
  end(): string;
}

/**
 * A writer for a format. Every row ends with its line break: CRLF in CSV (RFC 4180), LF in the others. Null and missing cells are empty,
 * but in JSON, where null stays and missing members are left out. Markdown always has a head, as it knows no table without one; without
 * `head` its names are empty. In JSON, cells of columns of numbers that are written as JSON writes numbers are numbers with all their
 * digits, everything else is text; names that repeat or are empty get a number.
 *
 * `guardFormulas` puts a single quote in front of cells and names in CSV and TSV that begin with = + - @, a tab or a line break, also
 * behind blanks, unless they are plain numbers: a spreadsheet would calculate them, and what it then calls or sends was chosen by whoever
 * wrote the cell (CSV injection, as OWASP describes it). What is read back by other programs has that quote in it.
 */
export function tableWriter(columns: readonly WrittenColumn[], options: WriteOptions): TableWriter {
  const { format } = options;
  switch (format) {
    case 'csv': return delimitedWriter(columns, options, { delimiter: ',', newline: '\r\n', quoted: /["\r\n,;\t]|^\s|\s$/ });
    case 'tsv': return delimitedWriter(columns, options, { delimiter: '\t', newline: '\n', quoted: /["\r\n\t]/ });
    case 'markdown': return markdownWriter(columns, options);
    case 'json': return jsonWriter(columns);
    default: return format satisfies never;
  }
}

/**
 * How cells are parted, and which of them stand in quotes. A semicolon parts cells where the comma is a decimal sign, so CSV quotes it too.
 */
interface Delimited {
  readonly delimiter: string;
  readonly newline: string;
  readonly quoted: RegExp;
}

function delimitedWriter(
  columns: readonly Column[],
  { head, guardFormulas }: WriteOptions,
  { delimiter, newline, quoted }: Delimited,
): TableWriter {
  const write = (cell: Cell): string => {
    const text = guardFormulas ? guarded(cell ?? '') : (cell ?? '');
    // An empty line would be passed over by many readers.
    return quoted.test(text) || (text === '' && columns.length === 1) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const row = (cells: readonly Cell[]): string => columns.map((_, index) => write(cells[index])).join(delimiter) + newline;
  return { start: () => (head ? row(columns.map(({ name }) => name)) : ''), row, end: () => '' };
}

// Blanks and control characters are skipped by some spreadsheets; the wide forms of the signs are read as the narrow ones by some.
const formula = /^(?:[\t\r\n]|[\s\u0000-\u0020\u007f-\u00a0\u00ad\u200b-\u200f\u2060\ufeff]*[=+\-@＝＋－＠])/;
const plainNumber = /^[+-]?(?:(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?|Infinity)$/;

function guarded(text: string): string {
  return formula.test(text) && !plainNumber.test(text) ? `'${text}` : text;
}

function markdownWriter(columns: readonly WrittenColumn[], { head }: WriteOptions): TableWriter {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |\n`;
  const names = columns.map(({ name }) => (head ? markdownText(name) : ''));
  const sides = columns.map((column) => (isNumeric(column) ? '---:' : '---'));
  return {
    start: () => line(names) + line(sides),
    row: (cells) => line(columns.map((_, index) => markdownText(cells[index] ?? ''))),
    end: () => '',
  };
}

/** Text that is rendered as it stands, within a cell of a table. */
function markdownText(text: string): string {
  if (!/[&<>\\|`*~[\]$_\r\n]/.test(text)) return text;
  return text
    .replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
    .replace(/[\\|`*~[\]$]/g, '\\$&')
    // Within words an underscore is one, and names of columns are full of them.
    .replace(/(?<![a-z0-9])_|_(?![a-z0-9])/gi, '\\_')
    .replace(/\r\n|\r|\n/g, '<br>');
}

function jsonWriter(columns: readonly WrittenColumn[]): TableWriter {
  const keys = memberNames(columns).map((name) => JSON.stringify(name));
  const numeric = columns.map(isNumeric);
  let first = true;
  return {
    start: () => '[',
    row: (cells) => {
      const members = keys.flatMap((key, index) => {
        const cell = cells[index];
        if (cell === undefined) return [];
        return [`${key}: ${cell !== null && numeric[index] && jsonNumber.test(cell) ? cell : JSON.stringify(cell)}`];
      });
      const separator = first ? '' : ',';
      first = false;
      return `${separator}\n  {${members.join(', ')}}`;
    },
    end: () => (first ? ']\n' : '\n]\n'),
  };
}

const jsonNumber = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** Names that no two columns share: an empty one is `Column 3`, repeated ones are `a (2)`, `a (3)`. */
function memberNames(columns: readonly Column[]): string[] {
  const named = columns.map(({ name }, index) => (name === '' ? `Column ${index + 1}` : name));
  const taken = new Set(named);
  const seen = new Map<string, number>();
  return named.map((name) => {
    let nth = (seen.get(name) ?? 0) + 1;
    // A column may be called `a (2)` from the start.
    while (nth > 1 && taken.has(`${name} (${nth})`)) nth++;
    seen.set(name, nth);
    return nth === 1 ? name : `${name} (${nth})`;
  });
}

function isNumeric({ type, kind }: WrittenColumn): boolean {
  return type !== undefined && type.trim() !== '' ? isNumericType(type) : kind === 'number';
}
