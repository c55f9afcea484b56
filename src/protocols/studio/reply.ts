// What a service answered -> tables: both forms of the contract (section 2.2), cells as the text that came.

import { formatCount } from '../../base/format';
import type { Table } from '../../model/table';
import { NotJson } from '../../base/jsonCursor';
import { readRows } from './replyRows';
import { toTable, type List, type Output } from './replyTable';
import { isLong, ReplyWalk, type ReplyLimits } from './replyWalk';

/** What an answer turned out to be. */
export type Reply =
  | { readonly kind: 'tables'; readonly tables: readonly Table[]; readonly notes: readonly string[] }
  /** JSON, but not the contract's result. */
  | { readonly kind: 'otherJson' }
  /** Not JSON; `offset` is where reading stopped, in UTF-16 units. */
  | { readonly kind: 'notJson'; readonly offset: number };

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

async function readList(walk: ReplyWalk): Promise<List> {
  const { cursor, limits } = walk;
  const kept: string[] = [];
  let total = 0;
  for (let more = cursor.enterArray(); more; more = cursor.another()) {
    total += 1;
    if (total <= limits.maxColumns) kept.push(walk.cell() ?? '');
    else await walk.skip();
    if (isLong(total)) await limits.pause();
  }
  return { kept, total };
}
