// The body of a request -> the rows that it sends: both forms of the contract (section 2.1), cells as the text that is sent.

import { formatCount } from '../base/format';
import type { Cell, Column, Table } from '../model/table';
import { JsonCursor, NotJson } from '../base/jsonCursor';

/** What is kept of each input, and of how many; what is beyond is counted. */
const mostInputs = 100;
const mostRows = 200_000;
const mostColumns = 5_000;
const mostCells = 1_000_000;
/** All inputs together may keep so many times the cells of one. */
const fullInputs = 4;

/**
 * The rows that a request sends, a table for each input; none when the text is no such request. At most 200,000 rows and 1,000,000 cells of
 * each are kept, as of an answer.
 */
export function inputTables(json: string): readonly Table[] {
  try {
    const walk: Walk = { cursor: new JsonCursor(json), cellsLeft: mostCells * fullInputs };
    const tables = walk.cursor.atObject ? readRequest(walk) : [];
    return walk.cursor.atEnd ? tables : [];
  } catch (error) {
    if (error instanceof NotJson) return [];
    throw error;
  }
}

/** What a walk through a request carries along. */
interface Walk {
  readonly cursor: JsonCursor;
  /** How many cells may still be kept. */
  cellsLeft: number;
}

function readRequest(walk: Walk): Table[] {
  const { cursor } = walk;
  const tables: Table[] = [];
  for (const member of cursor.object()) {
    if (member !== 'Inputs' || !cursor.atObject) {
      cursor.skip();
      continue;
    }
    for (const name of cursor.object()) {
      if (tables.length >= mostInputs) {
        cursor.skip();
        continue;
      }
      const input = readInput(walk);
      if (input) tables.push(toTable(name, input));
    }
  }
  return tables;
}

/** Rows as they are read. */
interface Rows {
  readonly kept: Cell[][];
  total: number;
  cells: number;
  /** The most cells that a row has. */
  width: number;
}

/** The names of columns, as far as they are kept, and how many there are: of row objects, one too many for all that were not kept. */
interface Names {
  readonly kept: string[];
  total: number;
}

/** An input as far as it has been read; `names` is absent where there are none. */
interface Input {
  readonly rows: Rows;
  readonly names: Names | undefined;
}

function readInput(walk: Walk): Input | undefined {
  const { cursor } = walk;
  if (cursor.atArray) return readObjects(walk);
  if (!cursor.atObject) {
    cursor.skip();
    return undefined;
  }
  let names: Names | undefined;
  let rows: Rows | undefined;
  for (const member of cursor.object()) {
    if (member === 'ColumnNames' && cursor.atArray) names = readNames(cursor);
    else if (member === 'Values' && cursor.atArray) rows = readArrays(walk);
    else cursor.skip();
  }
  return rows && { rows, names };
}

function readNames(cursor: JsonCursor): Names {
  const names: Names = { kept: [], total: 0 };
  for (let more = cursor.enterArray(); more; more = cursor.another()) {
    names.total += 1;
    if (names.total <= mostColumns) names.kept.push(cursor.cell() ?? '');
    else cursor.skip();
  }
  return names;
}

/** Rows of the table form; undefined when something else stands among them. */
function readArrays(walk: Walk): Rows | undefined {
  const { cursor } = walk;
  return readRows(walk, (kept) => {
    if (!cursor.atArray) return undefined;
    let width = 0;
    for (let more = cursor.enterArray(); more; more = cursor.another()) {
      width += 1;
      if (kept && width <= mostColumns) kept.push(cursor.cell());
      else cursor.skip();
    }
    return width;
  });
}

/** Row objects: a name that an object repeats is a column of its own each time, as in answers. */
function readObjects(walk: Walk): Input | undefined {
  const { cursor } = walk;
  const columns = new Map<string, number>();
  const names: Names = { kept: [], total: 0 };
  const rows = readRows(walk, (kept) => {
    if (!cursor.atObject) return undefined;
    const seen = new Map<string, number>();
    for (const name of cursor.object()) {
      const nth = seen.get(name) ?? 0;
      const key = `${nth} ${name}`;
      let index = columns.get(key);
      if (index === undefined && columns.size < mostColumns) {
        index = columns.size;
        columns.set(key, index);
        names.kept.push(name);
      }
      // Names beyond are not told apart: it is enough to know that there are some.
      names.total = index === undefined ? mostColumns + 1 : Math.max(names.total, index + 1);
      seen.set(name, nth + 1);
      if (!kept || index === undefined) {
        cursor.skip();
        continue;
      }
      while (kept.length < index) kept.push(undefined);
      kept[index] = cursor.cell();
    }
    return columns.size;
  });
  return rows && { rows, names };
}

/** Reads rows with `readRow`, which fills the cells of those that are kept and gives the width, or undefined for what is no row. */
function readRows(walk: Walk, readRow: (kept: Cell[] | undefined) => number | undefined): Rows | undefined {
  const { cursor } = walk;
  const rows: Rows = { kept: [], total: 0, cells: 0, width: 0 };
  let odd = false;
  for (let more = cursor.enterArray(), index = 0; more; more = cursor.another(), index++) {
    const kept = index === 0 || (index < mostRows && rows.cells < mostCells && walk.cellsLeft > 0) ? new Array<Cell>() : undefined;
    const width = odd ? undefined : readRow(kept);
    if (width === undefined) {
      odd = true;
      cursor.skip();
      continue;
    }
    rows.total++;
    rows.width = Math.max(rows.width, width);
    if (!kept) continue;
    rows.kept.push(kept);
    rows.cells += kept.length;
    walk.cellsLeft -= kept.length;
  }
  return odd ? undefined : rows;
}

function toTable(name: string, { rows, names }: Input): Table {
  const width = Math.max(names?.total ?? 0, rows.width);
  const columns = Array.from({ length: Math.min(width, mostColumns) }, (_, index): Column => ({ name: names?.kept[index] ?? '' }));
  const notes: string[] = [];
  if (names && rows.width > names.total)
    notes.push(
      `Rows of "${name}" have up to ${formatCount(rows.width)} values, but there ` +
      `${names.total === 1 ? 'is 1 column name' : `are ${formatCount(names.total)} column names`}.`,
    );
  if (width > mostColumns) notes.push(`Only the first ${formatCount(mostColumns)} columns of "${name}" are shown; the request has all.`);
  if (rows.kept.length < rows.total)
    notes.push(
      `Only the first ${formatCount(rows.kept.length)} of ${formatCount(rows.total)} rows of "${name}" are shown; the request has all.`,
    );
  return { name, columns, rows: rows.kept, totalRows: rows.total, notes };
}
