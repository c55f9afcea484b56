// An output that has been read -> a table: its columns, and what a reader should know about it.

import { formatCount } from '../../base/format';
import type { Cell, Column, Table } from '../../model/table';

/** One output as far as it has been read; its members may come in any order. */
export interface Output {
  readonly name: string;
  rows?: Rows;
  names?: List;
  types?: List;
}

/** A list of texts: the first of them, and how many there are. */
export interface List {
  readonly kept: readonly string[];
  readonly total: number;
}

/** The rows of one output: `arrays` need names from elsewhere, `objects` bring theirs. */
export interface Rows {
  readonly kind: 'arrays' | 'objects';
  readonly kept: Cell[][];
  total: number;
  /** How many rows have how many values. */
  readonly widths: Map<number, number>;
  readonly members: Members;
  /** True when something stood among the rows that is none. */
  odd: boolean;
}

/** The columns of row objects. */
export interface Members {
  /** In the order they first came. A name that an object repeats is a column of its own each time. */
  readonly columns: Map<string, { readonly name: string; readonly index: number }>;
  /** True when there are more than were counted. */
  uncounted: boolean;
}

/** The table of an output whose rows have been read, or undefined when they are none. */
export function toTable(output: Output, rows: Rows, maxColumns: number): Table | undefined {
  if (rows.odd) return undefined;
  const { columns, notes, total } =
    rows.kind === 'objects' ? objectColumns(rows.members, maxColumns) : arrayColumns(output, rows, maxColumns);
  if (total > maxColumns)
    notes.push(
      `Only the first ${formatCount(maxColumns)} of ${rows.members.uncounted ? 'more than ' : ''}${formatCount(total)} columns are ` +
      'shown; the body has all.',
    );
  return { name: output.name, columns, rows: rows.kept, totalRows: rows.total, notes };
}

/** Columns, remarks, and how many columns the service sent. */
interface Columns {
  readonly columns: Column[];
  readonly notes: string[];
  readonly total: number;
}

function objectColumns({ columns }: Members, maxColumns: number): Columns {
  const kept: Column[] = [];
  for (const { name, index } of columns.values()) if (index < maxColumns) kept.push({ name });
  return { columns: kept, notes: [], total: columns.size };
}

function arrayWidth({ names }: Output, rows: Rows): number {
  let width = names?.total ?? 0;
  for (const each of rows.widths.keys()) width = Math.max(width, each);
  return width;
}

function arrayColumns(output: Output, rows: Rows, maxColumns: number): Columns {
  const { names, types } = output;
  const [first = 0] = rows.widths.keys();
  const total = arrayWidth(output, rows);
  const ragged = rows.total - (rows.widths.get(names?.total ?? first) ?? 0);
  const notes: string[] = [];
  if (!names && total > 0) notes.push('The service sent no column names (they come with "details=true").');
  if (names && types && types.total !== names.total)
    notes.push(`The service sent ${formatCount(names.total)} column names and ${formatCount(types.total)} column types.`);
  if (ragged > 0)
    notes.push(
      names
        ? `${rowsHave(ragged)} another number of values than there are column names (${formatCount(names.total)}).`
        : `${rowsHave(ragged)} another number of values than the first row.`,
    );
  const columns = Array.from({ length: Math.min(total, maxColumns) }, (_, index): Column => {
    const name = names?.kept[index] ?? '';
    const type = types?.kept[index];
    return type === undefined ? { name } : { name, type };
  });
  return { columns, notes, total };
}

function rowsHave(many: number): string {
  return many === 1 ? 'One row has' : `${formatCount(many)} rows have`;
}
