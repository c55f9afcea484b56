// The rows of an output -> cells, as the text that came.

import type { Cell } from '../../model/table';
import type { Members, Rows } from './replyTable';
import { isLong, type ReplyWalk } from './replyWalk';

/** Names of row objects are counted up to here: to know them apart they have to be kept. */
const countedNames = 50_000;

/** Consumes the rows under the walk's cursor: `arrays` of the table form, or `objects`. */
export async function readRows(walk: ReplyWalk, kind: Rows['kind']): Promise<Rows> {
  const { cursor, limits } = walk;
  const rows: Rows = { kind, kept: [], total: 0, widths: new Map(), members: { columns: new Map(), uncounted: false }, odd: false };
  let cells = 0;
  /** Whether the next row is kept. */
  const keeps = (): boolean => rows.total === 0 || (rows.total < limits.maxRows && cells < limits.maxCells && walk.cellsLeft > 0);
  /** How many rows in a row had which width, and are not counted yet: nearly all have the same. */
  let [same, times] = [-1, 0];
  const count = (width: number): void => {
    if (times > 0) rows.widths.set(same, (rows.widths.get(same) ?? 0) + times);
    [same, times] = [width, 0];
  };
  const add = (width: number, kept: Cell[] | undefined): void => {
    rows.total += 1;
    if (width !== same) count(width);
    times += 1;
    if (!kept) return;
    rows.kept.push(kept);
    cells += kept.length;
    walk.cellsLeft -= kept.length;
  };
  walk.arrays.begin();
  for (let more = cursor.enterArray(), index = 0; more; more = cursor.another(), index++) {
    // What is only counted is counted faster one by one.
    const arrays = kind === 'arrays' && keeps() ? walk.arrays.read(cursor.offset) : undefined;
    if (arrays) {
      for (const row of arrays.rows) {
        // What is kept of a row that is cut is a copy, so that the rest can be let go.
        add(row.length, keeps() ? (row.length > limits.maxColumns ? row.slice(0, limits.maxColumns) : row) : undefined);
      }
      cursor.jump(arrays.end);
      await limits.pause();
      continue;
    }
    if (index % 1000 === 999) await limits.pause();
    if (!(kind === 'arrays' ? cursor.atArray : cursor.atObject)) {
      rows.odd = true;
      await walk.skip();
      continue;
    }
    const kept = keeps() ? new Array<Cell>() : undefined;
    const width = kind === 'arrays' ? await readArray(walk, kept) : await readObject(walk, kept, rows.members);
    // A copy has no room for more cells, which thousands of rows would otherwise carry along.
    add(width, kept?.slice());
  }
  count(-1);
  return rows;
}

/** Consumes a row of the table form; gives how many values it has. */
async function readArray(walk: ReplyWalk, kept: Cell[] | undefined): Promise<number> {
  const { cursor, limits } = walk;
  let width = 0;
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
