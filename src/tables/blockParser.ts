// Blocks of a file -> rows, in any order. Text is latin1 here, a unit for each byte; cells become UTF-8 when they are asked for.

import type { GrowingFile } from '../model/openTable';
import type { Delimiter } from './delimited';
import { RowReader } from './rows';

/** Anything but ASCII. */
const notAscii = /[^\0-\x7f]/;

/** The text of bytes, a unit for each. */
export function textOfBytes(bytes: Buffer, format: GrowingFile['format']): string {
  const text = bytes.toString('latin1');
  // ARFF is trimmed, and this byte, which is the end of many letters, would be taken for a blank. Writing latin1 makes it itself again.
  return format === 'arff' ? text.replaceAll('\u00a0', '\uf0a0') : text;
}

/** A cell, decoded from UTF-8; bytes that are none become U+FFFD. */
export function decoded(cell: string): string {
  return notAscii.test(cell) ? Buffer.from(cell, 'latin1').toString('utf8') : cell;
}

/** A copy of decoded text that does not hold on to the text that it was cut from. */
export function unshared(text: string): string {
  // Short pieces are copies anyway.
  return text.length < 13 ? text : Buffer.from(text).toString();
}

/** Which block of a file is parsed. */
export interface BlockPlace {
  /** It begins with the names of the columns. */
  readonly first: boolean;
  /** It ends with the file, perhaps without a line break. */
  readonly endsFile: boolean;
}

/** Parses blocks that a reader of the whole file has found, so that the rows are the same. */
export class BlockParser {
  private readonly lead: string;
  private shared: RowReader | undefined;

  /**
   * @param columns how many the header has
   * @param newline the last character of the first block
   * @param delimiter what parts the cells; of no matter for ARFF
   */
  constructor(private readonly format: GrowingFile['format'], columns: number, newline: string, private readonly delimiter: Delimiter) {
    this.lead = lead(format, columns, newline, delimiter);
  }

  /** The rows of a block; their cells are not decoded. */
  parse(text: string, { first, endsFile }: BlockPlace): string[][] {
    if (first) return parseWhole(new RowReader(this.format, this.delimiter), text, endsFile);
    if (endsFile) return parseWhole(this.begun(), text, true);
    // Whole rows leave nothing over, so one reader serves for all blocks.
    const reader = this.shared ?? this.begun();
    const end = reader.consumed + text.length;
    const rows = reader.push(text);
    this.shared = reader.consumed === end ? reader : undefined;
    return rows;
  }

  /** A reader that knows what the head of the file would have told it. */
  private begun(): RowReader {
    const reader = new RowReader(this.format, this.delimiter);
    reader.push(this.lead);
    return reader;
  }
}

function parseWhole(reader: RowReader, text: string, ends: boolean): string[][] {
  const rows = reader.push(text);
  return ends ? rows.concat(reader.end()) : rows;
}

/** A head of so many columns, and a row: what follows the head shows that its CR is no half of a CRLF. */
function lead(format: GrowingFile['format'], columns: number, newline: string, delimiter: Delimiter): string {
  if (format === 'arff') return `${'@attribute x\n'.repeat(columns)}@data\n`;
  const row = `x${`${delimiter}x`.repeat(Math.max(0, columns - 1))}${newline === '\r' ? '\r' : '\n'}`;
  return row + row;
}
