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

/** Reads an answer's text in one walk. Rows beyond the limits are counted and checked, and not kept. Throws only what `pause` throws. */
export async function readReply(text: string, limits: ReplyLimits): Promise<Reply> {
  try {
    const outputs = await readResults(new ReplyWalk(text, limits));
    if (outputs === undefined) return { kind: 'otherJson' };
    const tables: Table[] = [];
    const notes: string[] = [];
    for (const output of outputs) {
      const table = output.rows && toTable(output, output.rows);
      if (table) tables.push(table);
      else notes.push(`Output "${output.name}" is not a table; it is in the body.`);
    }
    return { kind: 'tables', tables, notes };
  } catch (error) {
    if (error instanceof NotJson) return { kind: 'notJson', offset: error.offset };
    throw error;
  }
}

/** What a walk through an answer carries along. */
class ReplyWalk {
  readonly cursor: JsonCursor;
  /** Copies a text out of a large answer: a slice would keep the whole of it alive. */
  readonly own: (text: string) => string;

  constructor(text: string, readonly limits: ReplyLimits) {
    this.cursor = new JsonCursor(text);
    this.own = text.length > 1_000_000 ? (value) => Buffer.from(value, 'utf16le').toString('utf16le') : (value) => value;
  }

  /** Consumes a value of any size, letting others run in between. */
  async skip(): Promise<void> {
    if (this.cursor.atScalar) return this.cursor.skip();
    const steps = this.cursor.skipInSteps();
    while (!steps.next().done) await this.limits.pause();
  }

  /** Consumes a cell. */
  cell(): string | null {
    const cell = this.cursor.cell();
    return cell === null ? null : this.own(cell);
  }
}

/** One output as far as it has been read; its members may come in any order. */
interface Output {
  readonly name: string;
  rows?: Rows;
  names?: readonly string[];
  types?: readonly string[];
}

/** The rows of one output: `arrays` need names from elsewhere, `objects` bring theirs. */
interface Rows {
  readonly kind: 'arrays' | 'objects';
  readonly kept: Cell[][];
  total: number;
  /** How many rows have how many values. */
  readonly widths: Map<number, number>;
  /** Of objects: the columns in the order they first came. A name that an object repeats is a column of its own each time. */
  readonly columns: Map<string, { readonly name: string; readonly index: number }>;
  /** True when something stood among the rows that is none. */
  odd: boolean;
}

/** The outputs under "Results", or undefined when the answer is other JSON. Checks the whole text. */
async function readResults(walk: ReplyWalk): Promise<Output[] | undefined> {
  const { cursor } = walk;
  let outputs: Output[] | undefined;
  if (cursor.atObject) {
    for (const name of cursor.object()) {
      if (name !== 'Results' || !cursor.atObject) {
        await walk.skip();
        continue;
      }
      outputs ??= [];
      for (const output of cursor.object()) outputs.push(await readOutput(walk, walk.own(output)));
    }
  } else {
    await walk.skip();
  }
  if (!cursor.atEnd) throw new NotJson(cursor.offset);
  return outputs;
}

async function readOutput(walk: ReplyWalk, name: string): Promise<Output> {
  const { cursor } = walk;
  const output: Output = { name };
  const readMembers = async (depth: number): Promise<void> => {
    for (const member of cursor.object()) {
      // "value" holds the table; one inside it is a column's business, not another table.
      if (member === 'value' && cursor.atObject && depth === 0) await readMembers(1);
      else if (member === 'value' && cursor.atArray) output.rows = await readRows(walk, 'objects');
      else if (member === 'Values' && cursor.atArray) output.rows = await readRows(walk, 'arrays');
      else if (member === 'ColumnNames' && cursor.atArray) output.names = readList(walk);
      else if (member === 'ColumnTypes' && cursor.atArray) output.types = readList(walk);
      else await walk.skip();
    }
  };
  if (cursor.atArray) output.rows = await readRows(walk, 'objects');
  else if (cursor.atObject) await readMembers(0);
  else await walk.skip();
  return output;
}

async function readRows(walk: ReplyWalk, kind: Rows['kind']): Promise<Rows> {
  const { cursor, limits } = walk;
  const rows: Rows = { kind, kept: [], total: 0, widths: new Map(), columns: new Map(), odd: false };
  let cells = 0;
  for (const index of cursor.array()) {
    if (index % 1000 === 999) await limits.pause();
    if (!(kind === 'arrays' ? cursor.atArray : cursor.atObject)) {
      rows.odd = true;
      await walk.skip();
      continue;
    }
    const kept = index < limits.maxRows && (index === 0 || cells < limits.maxCells) ? new Array<Cell>() : undefined;
    const width = kind === 'arrays' ? await readArray(walk, kept) : await readObject(walk, kept, rows.columns);
    rows.total += 1;
    rows.widths.set(width, (rows.widths.get(width) ?? 0) + 1);
    if (!kept) continue;
    rows.kept.push(kept);
    cells += kept.length;
  }
  return rows;
}

/** Consumes a row of the table form; gives how many values it has. */
async function readArray(walk: ReplyWalk, kept: Cell[] | undefined): Promise<number> {
  let width = 0;
  for (const index of walk.cursor.array()) {
    width = index + 1;
    if (kept) kept.push(walk.cell());
    else if (walk.cursor.atScalar) walk.cursor.skip();
    else await walk.skip();
  }
  return width;
}

/** Consumes a row object; gives how many members it has. */
async function readObject(walk: ReplyWalk, kept: Cell[] | undefined, columns: Rows['columns']): Promise<number> {
  const seen = new Map<string, number>();
  let width = 0;
  for (const name of walk.cursor.object()) {
    width += 1;
    const nth = seen.get(name) ?? 0;
    seen.set(name, nth + 1);
    const key = `${nth} ${name}`;
    let place = columns.get(key);
    if (!place) {
      place = { name: walk.own(name), index: columns.size };
      columns.set(walk.own(key), place);
    }
    if (kept) kept[place.index] = walk.cell();
    else if (walk.cursor.atScalar) walk.cursor.skip();
    else await walk.skip();
  }
  return width;
}

function readList(walk: ReplyWalk): string[] {
  const list: string[] = [];
  for (const index of walk.cursor.array()) list[index] = walk.cell() ?? '';
  return list;
}

/** The table of an output whose rows have been read, or undefined when they are none. */
function toTable(output: Output, rows: Rows): Table | undefined {
  if (rows.odd) return undefined;
  const { columns, notes } = rows.kind === 'objects' ? { columns: [...rows.columns.values()].map(({ name }): Column => ({ name })), notes: [] } : arrayColumns(output, rows);
  const filled = rows.kept.map((row) => (row.length === columns.length && !row.includes(undefined) ? row : Array.from(columns, (_, index): Cell => row[index])));
  return { name: output.name, columns, rows: filled, totalRows: rows.total, notes };
}

function arrayColumns({ names, types }: Output, rows: Rows): { columns: Column[]; notes: string[] } {
  const [first = 0] = rows.widths.keys();
  const expected = names?.length ?? first;
  const count = Math.max(expected, ...rows.widths.keys());
  const ragged = rows.total - (rows.widths.get(expected) ?? 0);
  const notes: string[] = [];
  if (!names && count > 0) notes.push('The service sent no column names (they come with "details=true").');
  if (names && types && types.length !== names.length) notes.push(`The service sent ${names.length} column names and ${types.length} column types.`);
  if (ragged > 0) notes.push(names ? `${rowsHave(ragged)} another number of values than there are column names (${names.length}).` : `${rowsHave(ragged)} another number of values than the first row.`);
  const columns = Array.from({ length: count }, (_, index): Column => {
    const type = types?.[index];
    return type === undefined ? { name: names?.[index] ?? '' } : { name: names?.[index] ?? '', type };
  });
  return { columns, notes };
}

function rowsHave(many: number): string {
  return many === 1 ? 'One row has' : `${many} rows have`;
}
