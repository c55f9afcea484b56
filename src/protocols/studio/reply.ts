// What a service answered -> tables: both forms of the contract (section 2.2), cells as the text that came.

import { formatCount } from '../../base/format';
import type { Cell, Table } from '../../model/table';
import { JsonCursor, NotJson } from '../../base/jsonCursor';
import { toTable, type List, type Members, type Output, type Rows } from './replyTable';

/** What an answer turned out to be. */
export type Reply =
  | { readonly kind: 'tables'; readonly tables: readonly Table[]; readonly notes: readonly string[] }
  /** JSON, but not the contract's result. */
  | { readonly kind: 'otherJson' }
  /** Not JSON; `offset` is where reading stopped, in UTF-16 units. */
  | { readonly kind: 'notJson'; readonly offset: number };

/** How much of an answer is kept as cells, and how to let others run in between. What is beyond a limit is checked all the same. */
export interface ReplyLimits {
  /** Outputs of an answer. */
  readonly maxOutputs: number;
  /** Rows kept of each output. */
  readonly maxRows: number;
  /** Columns kept of each output. */
  readonly maxColumns: number;
  /** Cells kept of each output, and a few times as many of all of them together; of each output at least one row is kept. */
  readonly maxCells: number;
  /** Called every few thousand values; resolves when reading may go on, rejects to stop. */
  readonly pause: () => Promise<void>;
}

/** All outputs together may keep so many times the cells of one. */
const fullOutputs = 4;

/** Names of row objects are counted up to here: to know them apart they have to be kept. */
const countedNames = 50_000;

/** Reads an answer's text in one walk. What is beyond the limits is counted and checked, and not kept. Throws only what `pause` throws. */
export async function readReply(text: string, limits: ReplyLimits): Promise<Reply> {
  try {
    return (await readResults(new ReplyWalk(text, limits))) ?? { kind: 'otherJson' };
  } catch (error) {
    if (error instanceof NotJson) return { kind: 'notJson', offset: error.offset };
    throw error;
  }
}

/** True when a text that is not JSON at `offset` (see `Reply`) would perhaps be JSON, if only it went on. */
export function breaksOff(text: string, offset: number): boolean {
  if (text.charAt(offset) === '"') return !hasClosingQuote(text, offset + 1);
  // A word or number that is not whole is short; more than that is something else than JSON.
  const rest = text.slice(offset, offset + 400).trimEnd();
  return rest.length < 400 && /^(?:|t|tr|tru|f|fa|fal|fals|n|nu|nul|-|-?\d+\.|-?\d+(?:\.\d+)?e[+-]?)$/i.test(rest);
}

function hasClosingQuote(text: string, from: number): boolean {
  for (let at = text.indexOf('"', from); at >= 0; at = text.indexOf('"', at + 1)) {
    let slashes = at;
    while (slashes > from && text.charAt(slashes - 1) === '\\') slashes -= 1;
    if ((at - slashes) % 2 === 0) return true;
  }
  return false;
}

/** A text in storage of its own: joined texts are written together before a slice of them is taken. Shorter slices are copies anyway. */
function copied(value: string): string {
  return value.length < 13 ? value : ` ${value}`.slice(1);
}

/** What a walk through an answer carries along. */
class ReplyWalk {
  readonly cursor: JsonCursor;
  /** Copies a text out of a large answer: a slice would keep the whole of it alive. */
  readonly own: (text: string) => string;
  /** How many cells may still be kept. */
  cellsLeft: number;

  constructor(text: string, readonly limits: ReplyLimits) {
    this.cellsLeft = limits.maxCells * fullOutputs;
    this.cursor = new JsonCursor(text);
    this.own = text.length > 1_000_000 ? copied : (value) => value;
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

/** The outputs under "Results", or undefined when the answer is other JSON. Checks the whole text. */
async function readResults(walk: ReplyWalk): Promise<Reply | undefined> {
  const { cursor, limits } = walk;
  const tables: Table[] = [];
  const notes: string[] = [];
  let outputs: number | undefined;
  if (cursor.atObject) {
    for (const name of cursor.object()) {
      if (name !== 'Results' || !cursor.atObject) {
        await walk.skip();
        continue;
      }
      outputs ??= 0;
      for (const output of cursor.object()) {
        outputs += 1;
        if (isLong(outputs)) await limits.pause();
        if (outputs > limits.maxOutputs) {
          await walk.skip();
          continue;
        }
        const read = await readOutput(walk, walk.own(output));
        const table = read.rows && toTable(read, read.rows, limits.maxColumns);
        if (table) tables.push(table);
        else notes.push(`Output "${read.name}" is not a table; it is in the body.`);
      }
    }
  } else {
    await walk.skip();
  }
  if (!cursor.atEnd) throw new NotJson(cursor.offset);
  if (outputs === undefined) return undefined;
  if (outputs > limits.maxOutputs)
    notes.push(`Only the first ${formatCount(limits.maxOutputs)} of ${formatCount(outputs)} outputs are shown; the body has all.`);
  return { kind: 'tables', tables, notes };
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
      else if (member === 'ColumnNames' && cursor.atArray) output.names = await readList(walk);
      else if (member === 'ColumnTypes' && cursor.atArray) output.types = await readList(walk);
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
  const rows: Rows = { kind, kept: [], total: 0, widths: new Map(), members: { columns: new Map(), uncounted: false }, odd: false };
  let cells = 0;
  for (const index of cursor.array()) {
    if (index % 1000 === 999) await limits.pause();
    if (!(kind === 'arrays' ? cursor.atArray : cursor.atObject)) {
      rows.odd = true;
      await walk.skip();
      continue;
    }
    const kept = index === 0 || (index < limits.maxRows && cells < limits.maxCells && walk.cellsLeft > 0) ? new Array<Cell>() : undefined;
    const width = kind === 'arrays' ? await readArray(walk, kept) : await readObject(walk, kept, rows.members);
    rows.total += 1;
    rows.widths.set(width, (rows.widths.get(width) ?? 0) + 1);
    if (!kept) continue;
    // A copy has no room for more cells, which thousands of rows would otherwise carry along.
    rows.kept.push(kept.slice());
    cells += kept.length;
    walk.cellsLeft -= kept.length;
  }
  return rows;
}

/** Consumes a row of the table form; gives how many values it has. */
async function readArray(walk: ReplyWalk, kept: Cell[] | undefined): Promise<number> {
  const { cursor, limits } = walk;
  let width = 0;
  // No generator: it would make an object for each cell.
  for (let more = cursor.enterArray(); more; more = cursor.another()) {
    if (kept && width < limits.maxColumns) kept.push(walk.cell());
    else if (cursor.atScalar) cursor.skip();
    else await walk.skip();
    width += 1;
    if (isLong(width)) await limits.pause();
  }
  return width;
}

/** Consumes a row object; gives how many members it has. */
async function readObject(walk: ReplyWalk, kept: Cell[] | undefined, members: Members): Promise<number> {
  const { cursor, limits } = walk;
  const { columns } = members;
  const seen = new Map<string, number>();
  let width = 0;
  for (const name of cursor.object()) {
    const nth = seen.get(name) ?? 0;
    const key = `${nth} ${name}`;
    let place = columns.get(key);
    if (!place && columns.size < countedNames) {
      place = { name: walk.own(name), index: columns.size };
      columns.set(walk.own(key), place);
    }
    if (place) seen.set(place.name, nth + 1);
    else members.uncounted = true;
    if (kept && place && place.index < limits.maxColumns) {
      // What the row leaves out in front of this cell; what it leaves out behind its last cell is not written down.
      while (kept.length < place.index) kept.push(undefined);
      kept[place.index] = walk.cell();
    } else if (cursor.atScalar) {
      cursor.skip();
    } else {
      await walk.skip();
    }
    width += 1;
    if (isLong(width)) await limits.pause();
  }
  return width;
}

async function readList(walk: ReplyWalk): Promise<List> {
  const { cursor, limits } = walk;
  const kept: string[] = [];
  let total = 0;
  for (const index of cursor.array()) {
    total = index + 1;
    if (index < limits.maxColumns) kept.push(walk.cell() ?? '');
    else await walk.skip();
    if (isLong(total)) await limits.pause();
  }
  return { kept, total };
}

/** True after every few thousand values: time to let others run. */
function isLong(count: number): boolean {
  return count % 10_000 === 0;
}
