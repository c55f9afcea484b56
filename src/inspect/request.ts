// The text of a request -> the inputs that it sends, or what is wrong with it and where.

import { basename } from 'node:path';
import { heldColumns } from '../tables/heldRows';
import { InvalidBody, LocalFailure } from '../model/errors';
import type { Table } from '../model/table';
import { readRequest } from '../protocols/registry';
import { requestText } from '../base/requestText';
import { inputTables } from '../tables/inputTables';
import type { Json } from './report';

/** What Send to RRS makes of a file. */
export function inspectRequest(bytes: Uint8Array, path: string): Json {
  let text = '';
  try {
    text = requestText(bytes, basename(path));
    const { form, json } = readRequest(text);
    const tables = inputTables(json);
    const notes = tables.flatMap((table) => table.notes);
    return {
      form,
      inputs: tables.map((table) => ({ name: table.name, columns: columnsOf(table), rows: table.totalRows })),
      ...(notes.length === 0 ? {} : { notes }),
    };
  } catch (error) {
    if (!(error instanceof InvalidBody || error instanceof LocalFailure)) throw error;
    const place = error instanceof InvalidBody ? positionAt(text, error.place.offset) : { line: null, column: null };
    return { error: error.message, ...place, ...(error.advice === undefined ? {} : { advice: error.advice }) };
  }
}

function columnsOf(table: Table): Json {
  return heldColumns(table).map(({ name, kind }) => ({ name, type: kind }));
}

/** Line and column of an offset, both from 1, as an editor counts them: the byte order mark is no character of a line. */
function positionAt(text: string, offset: number): { readonly line: number; readonly column: number } {
  const lines = text.slice(0, offset).replace(/^\uFEFF/, '').split(/\r\n|\r|\n/);
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}
