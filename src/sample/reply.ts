// Builds the JSON of replies piece by piece, so that a large one never has to be in memory as a whole.

import { outputColumns, type Definition } from './definition';
import { hashText } from './hashing';
import type { Form } from './query';

/** A table to be sent as an RRS reply; every cell is a text or null. */
export interface ReplyTable {
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly rows: Iterable<readonly (string | null)[]>;
}

/** About how many characters of JSON go out at once. */
const pieceLength = 64 * 1024;

/** Hashes one text after another into the service's output table. A null text counts as one without words. */
export function scoredTable(texts: readonly (string | null)[], definition: Definition): ReplyTable {
  return {
    columns: outputColumns(definition).map((name) => ({ name, type: 'Int32' })),
    rows: hashedRows(texts, definition),
  };
}

function* hashedRows(texts: readonly (string | null)[], { hashing }: Definition): Generator<string[]> {
  for (const text of texts) yield Array.from(hashText(text ?? '', hashing), String);
}

/** The reply's JSON in pieces. */
export function* replyPieces(table: ReplyTable, form: Form, output: string): Generator<string> {
  const names = table.columns.map((column) => JSON.stringify(column.name));
  const [before, after] = frame(table, form, output);
  let piece = before;
  let first = true;
  for (const row of table.rows) {
    const cells = row.map((cell) => JSON.stringify(cell));
    const json = form === 'rows' ? `{${cells.map((cell, index) => `${names[index] ?? '""'}:${cell}`).join(',')}}` : `[${cells.join(',')}]`;
    piece += first ? json : `,${json}`;
    first = false;
    if (piece.length >= pieceLength) {
      yield piece;
      piece = '';
    }
  }
  yield piece + after;
}

/** A detailed table reply of about `bytes` bytes, and its exact length: made for tests of large answers. */
export function sizedReply(bytes: number, definition: Definition): { readonly length: number; readonly pieces: Iterable<string> } {
  const columns = outputColumns(definition).map((name) => ({ name, type: 'Int32' }));
  const [before, after] = frame({ columns, rows: [] }, 'detailedTable', definition.output.name);
  // All rows are equally long, so that the length is known before the first byte is made.
  const rows = Array.from({ length: 10 }, (_, row) =>
    JSON.stringify(columns.map((_column, column) => String((row * 7 + column * 3) % 10))),
  );
  const rowLength = (rows[0] ?? '').length + 1;
  const frameLength = Buffer.byteLength(before) + after.length;
  const count = Math.max(1, Math.round((bytes - frameLength) / rowLength));
  return { length: frameLength + count * rowLength - 1, pieces: sizedPieces(before, rows, count, after) };
}

function* sizedPieces(before: string, rows: readonly string[], count: number, after: string): Generator<string> {
  let piece = before;
  for (let row = 0; row < count; row++) {
    piece += (row === 0 ? '' : ',') + (rows[row % rows.length] ?? '');
    if (piece.length >= pieceLength) {
      yield piece;
      piece = '';
    }
  }
  yield piece + after;
}

function frame(table: ReplyTable, form: Form, output: string): readonly [before: string, after: string] {
  const start = `{"Results":{${JSON.stringify(output)}:`;
  switch (form) {
    case 'rows':
      return [`${start}[`, ']}}'];
    case 'table':
      return [`${start}{"type":"table","value":{"Values":[`, ']}}}}'];
    case 'detailedTable': {
      const names = JSON.stringify(table.columns.map((column) => column.name));
      const types = JSON.stringify(table.columns.map((column) => column.type));
      return [`${start}{"type":"table","value":{"ColumnNames":${names},"ColumnTypes":${types},"Values":[`, ']}}}}'];
    }
    default:
      return unknownForm(form);
  }
}

function unknownForm(form: never): never {
  throw new Error(`Unknown form: ${String(form)}`);
}
