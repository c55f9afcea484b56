// What a service answered -> tables: both forms of the contract (section 2.2), cells as the text that came.

import type { Cell, Column, Table } from '../model/table';
import { JsonCursor, NotJson } from './jsonCursor';

/** What an answer turned out to be. */
export type Reply =
  | { readonly kind: 'tables'; readonly tables: readonly Table[]; readonly notes: readonly string[] }
  /** JSON, but not the contract's result. */
  | { readonly kind: 'otherJson' }
  /** Not JSON; `offset` is where reading stopped, in UTF-16 units. */
  | { readonly kind: 'notJson'; readonly offset: number };

/** How much of an answer is kept as cells, and how to let others run in between. */
export interface ReplyLimits {
  /** Rows kept for each output. */
  readonly maxRows: number;
  /** Cells kept for each output; at least one row is always kept. */
  readonly maxCells: number;
  /** Called every few thousand rows; resolves when reading may go on, rejects to stop. */
  readonly pause: () => Promise<void>;
}

/** Reads an answer's text. Rows beyond the limits are counted and checked, and not kept. Throws only what `pause` throws. */
export async function readReply(text: string, limits: ReplyLimits): Promise<Reply> {
  try {
    const results = await findResults(text, limits.pause);
    if (results === undefined) return { kind: 'otherJson' };
    const tables: Table[] = [];
    const notes: string[] = [];
    for (const output of results) {
      const table = await readOutput(text, output, limits);
      if (table) tables.push(table);
      else notes.push(`Output "${output.name}" is not a table; it is in the body.`);
    }
    return { kind: 'tables', tables, notes };
  } catch (error) {
    if (error instanceof NotJson) return { kind: 'notJson', offset: error.offset };
    throw error;
  }
}

/** Where the parts of one output begin in the text; members may come in any order. */
interface OutputPlaces {
  readonly name: string;
  rows?: number;
  names?: number;
  types?: number;
  /** True for row objects, false for arrays beside ColumnNames. */
  objects: boolean;
}

/** The outputs under "Results", or undefined when the answer is other JSON. Checks the whole text. */
async function findResults(text: string, pause: ReplyLimits['pause']): Promise<OutputPlaces[] | undefined> {
  const cursor = new JsonCursor(text);
  let results: OutputPlaces[] | undefined;
  if (cursor.atObject) {
    for (const name of cursor.object()) {
      if (name !== 'Results' || !cursor.atObject) {
        await skip(cursor, pause);
        continue;
      }
      results ??= [];
      for (const output of cursor.object()) results.push(await findOutput(cursor, output, pause));
    }
  } else {
    await skip(cursor, pause);
  }
  if (!cursor.atEnd) throw new NotJson(cursor.offset);
  return results;
}

async function findOutput(cursor: JsonCursor, name: string, pause: ReplyLimits['pause']): Promise<OutputPlaces> {
  const places: OutputPlaces = { name, objects: false };
  const rowObjects = (): void => {
    places.rows = cursor.offset;
    places.objects = true;
  };
  const takeMembers = async (depth: number): Promise<void> => {
    for (const member of cursor.object()) {
      // "value" holds the table; one inside it is a column's business, not another table.
      if (member === 'value' && cursor.atObject && depth === 0) {
        await takeMembers(1);
        continue;
      }
      if (member === 'value' && cursor.atArray) rowObjects();
      if (member === 'ColumnNames' && cursor.atArray) places.names = cursor.offset;
      if (member === 'ColumnTypes' && cursor.atArray) places.types = cursor.offset;
      if (member === 'Values' && cursor.atArray) places.rows = cursor.offset;
      await skip(cursor, pause);
    }
  };
  if (cursor.atObject) {
    await takeMembers(0);
  } else {
    if (cursor.atArray) rowObjects();
    await skip(cursor, pause);
  }
  return places;
}

async function skip(cursor: JsonCursor, pause: ReplyLimits['pause']): Promise<void> {
  const steps = cursor.skipInSteps();
  while (!steps.next().done) await pause();
}

async function readOutput(text: string, places: OutputPlaces, limits: ReplyLimits): Promise<Table | undefined> {
  if (places.rows === undefined) return undefined;
  // Slices keep the whole text alive; from a large answer the few cells that are kept are copied out.
  const own = text.length > 1_000_000 ? (value: string): string => Buffer.from(value, 'utf16le').toString('utf16le') : (value: string): string => value;
  const reader = places.objects ? objectRows(own) : arrayRows(listAt(text, places.names), listAt(text, places.types), own);
  const cursor = new JsonCursor(text, places.rows);
  const rows: Cell[][] = [];
  let cells = 0;
  let totalRows = 0;
  for (const index of cursor.array()) {
    if (index % 2000 === 1999) await limits.pause();
    const keep = index < limits.maxRows && (index === 0 || cells < limits.maxCells);
    const row = reader.read(cursor, keep);
    if (row === 'notARow') return undefined;
    totalRows += 1;
    if (keep) {
      rows.push(row);
      cells += row.length;
    }
  }
  const { columns, notes } = reader.finish(rows);
  return { name: places.name, columns, rows, totalRows, notes };
}

interface RowReader {
  /** Consumes one row; the cells matter only when `keep` is true. */
  read(cursor: JsonCursor, keep: boolean): Cell[] | 'notARow';
  /** The columns, once all rows have been seen; fills rows up that end early. */
  finish(rows: Cell[][]): { columns: Column[]; notes: string[] };
}

function arrayRows(names: readonly string[] | undefined, types: readonly string[] | undefined, own: (text: string) => string): RowReader {
  let widest = 0;
  let ragged = 0;
  let firstWidth: number | undefined;
  return {
    read(cursor, keep) {
      if (!cursor.atArray) return 'notARow';
      const row: Cell[] = [];
      let width = 0;
      for (const index of cursor.array()) {
        width = index + 1;
        if (keep) row.push(copied(cursor.cell(), own));
        else cursor.skip();
      }
      firstWidth ??= names?.length ?? width;
      if (width !== firstWidth) ragged += 1;
      widest = Math.max(widest, width);
      return row;
    },
    finish(rows) {
      const notes: string[] = [];
      const width = Math.max(widest, names?.length ?? 0);
      if (!names && width > 0) notes.push('The service sent no column names (they come with "details=true").');
      if (names && types && types.length !== names.length) notes.push(`The service sent ${names.length} column names and ${types.length} column types.`);
      if (ragged > 0) notes.push(`${ragged} of the rows ${ragged === 1 ? 'has' : 'have'} another number of values than the first.`);
      for (const row of rows) while (row.length < width) row.push(undefined);
      const columns = Array.from({ length: width }, (_, index): Column => column(names?.[index] ?? '', types?.[index]));
      return { columns, notes };
    },
  };
}

function objectRows(own: (text: string) => string): RowReader {
  // A name that an object repeats is a column of its own each time: the key is the name and its how-manieth.
  const columns = new Map<string, { readonly name: string; readonly index: number }>();
  return {
    read(cursor, keep) {
      if (!cursor.atObject) return 'notARow';
      const row: Cell[] = [];
      const seen = new Map<string, number>();
      for (const name of cursor.object()) {
        const nth = seen.get(name) ?? 0;
        seen.set(name, nth + 1);
        const key = `${nth} ${name}`;
        let place = columns.get(key);
        if (!place) {
          place = { name: own(name), index: columns.size };
          columns.set(own(key), place);
        }
        if (keep) row[place.index] = copied(cursor.cell(), own);
        else cursor.skip();
      }
      return row;
    },
    finish(rows) {
      const filled = rows.map((row) => Array.from({ length: columns.size }, (_, index): Cell => row[index]));
      rows.splice(0, rows.length, ...filled);
      const list = [...columns.values()].map(({ name }) => column(name, undefined));
      return { columns: list, notes: [] };
    },
  };
}

function column(name: string, type: string | undefined): Column {
  return type === undefined ? { name } : { name, type };
}

function copied(cell: string | null, own: (text: string) => string): string | null {
  return cell === null ? null : own(cell);
}

function listAt(text: string, offset: number | undefined): string[] | undefined {
  if (offset === undefined) return undefined;
  const cursor = new JsonCursor(text, offset);
  const list: string[] = [];
  for (const index of cursor.array()) list[index] = cursor.cell() ?? '';
  return list;
}
