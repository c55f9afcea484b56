// Two tables -> one that shows where they differ: columns by name, rows by place.

import * as l10n from '@vscode/l10n';
import { formatCount } from '../../base/format';
import type { HeldTable } from '../../model/openTable';
import type { Cell, Table } from '../../model/table';
import type { ComparedCells, ComparedColumn } from './compareChanges';
import { cellsOf, countPair, isShared, pairColumns, type ColumnPair } from './compareColumns';
import { columnFacts, cutFact, rowFacts } from './compareFacts';
import { difference } from './compareNumbers';

/** How much is compared and shown, and how to let others run in between. */
export interface CompareOptions {
  /** Whether rows that are the same are shown too. */
  readonly allRows: boolean;
  /** Cells of the table that shows the differences; of what is beyond, the counts tell. */
  readonly maxCells: number;
  /** True when the answers are the same byte for byte, so that also what was not kept as a table is the same. */
  readonly identical?: boolean;
  /** Called every thousand rows; resolves when the work may go on, rejects to stop. */
  readonly pause: () => Promise<void>;
}

/** Two tables compared; the same things as in `ComparedTable` of the messages, and the table. */
export interface TableComparison {
  readonly name: string;
  readonly same: boolean;
  readonly facts: readonly string[];
  readonly columns: readonly { readonly name: string; readonly rows: string; readonly most: string; readonly mean: string }[];
  readonly table: HeldTable;
  /** What the cells of that table are, so that those that differ can stand out. */
  readonly cells: ComparedCells;
}

/** So many columns that are the same stand in front, so that a row is known again. */
const identifying = 3;

/** Compares two outputs of the same name. Throws only what `pause` throws. */
export async function compareTables(before: Table, after: Table, options: CompareOptions): Promise<TableComparison> {
  const pairs = pairColumns(before, after);
  const shared = pairs.filter(isShared);
  const common = Math.min(before.rows.length, after.rows.length);
  const changedRows: number[] = [];
  for (let row = 0; row < common; row += 1) {
    if (row % 1000 === 999) await options.pause();
    let changed = false;
    for (const pair of shared) if (countPair(pair, before.rows[row] ?? [], after.rows[row] ?? [])) changed = true;
    if (changed) changedRows.push(row);
  }
  const one = { kept: before.rows.length, all: before.totalRows };
  const other = { kept: after.rows.length, all: after.totalRows };
  // A service tells the types only where it is asked to: what only one answer tells is no difference.
  const types = shared.filter(({ types: [first, second] }) => first !== undefined && second !== undefined && first !== second);
  const alone = pairs.filter((pair) => !isShared(pair));
  const whole = options.identical === true || (one.kept === one.all && other.kept === other.all);
  const same = whole && changedRows.length === 0 && one.all === other.all && alone.length === 0 && types.length === 0;
  const { table, cells, cut } = await differences(before, after, pairs, changedRows, options);
  const facts = [
    ...rowFacts(changedRows.length, common, one, other, options.identical === true),
    ...columnFacts(alone, types),
    ...(cut > 0 ? [cutFact(table.rows.length)] : []),
  ];
  const columns = shared.filter(({ changed }) => changed > 0).map(({ name, changed, numbers, sum, most }) => ({
    name, rows: formatCount(changed), most: numbers === 0 ? '' : most.text, mean: numbers === 0 ? '' : shortNumber(sum / numbers),
  }));
  return { name: before.name, same, facts, columns, table, cells };
}

/** A number for people, with six digits that count. */
function shortNumber(value: number): string {
  return String(Number(value.toPrecision(6)));
}

/** What one column of the result holds, for a row by its place. */
interface Out {
  readonly column: HeldTable['columns'][number];
  /** Absent where the cells are of neither answer. */
  readonly of?: ComparedColumn;
  readonly cell: (row: number, one: readonly Cell[] | undefined, other: readonly Cell[] | undefined) => Cell;
}

async function differences(
  before: Table,
  after: Table,
  pairs: readonly ColumnPair[],
  changedRows: readonly number[],
  options: CompareOptions,
): Promise<{ table: HeldTable; cells: ComparedCells; cut: number }> {
  const out = outColumns(pairs, new Set(changedRows));
  const common = Math.min(before.rows.length, after.rows.length);
  const longest = Math.max(before.rows.length, after.rows.length);
  // Rows that one answer kept fewer of may be there all the same: only what is known to be missing is shown as such.
  const end = before.rows.length === before.totalRows && after.rows.length === after.totalRows ? longest : common;
  const wanted = options.allRows ? end : changedRows.length + (end - common);
  const most = Math.max(1, Math.floor(options.maxCells / out.length));
  const made: Cell[][] = [];
  const rowAt = (index: number): number => (options.allRows ? index : (changedRows[index] ?? common + index - changedRows.length));
  for (let index = 0; index < Math.min(wanted, most); index += 1) {
    if (index % 1000 === 999) await options.pause();
    const row = rowAt(index);
    made.push(out.map(({ cell }) => cell(row, before.rows[row], after.rows[row])));
  }
  const table = { name: before.name, columns: out.map(({ column }) => column), rows: made, totalRows: made.length, notes: [] };
  const cells: ComparedCells = {
    columns: out.map(({ of }) => of),
    // Such rows come last, and only one of the two answers can have any.
    ...(end === common ? {} : { alone: { fromRow: wanted - (end - common), side: before.rows.length > common ? 'before' : 'after' } }),
  };
  return { table, cells, cut: wanted - made.length };
}

function outColumns(pairs: readonly ColumnPair[], changed: ReadonlySet<number>): Out[] {
  const differing = pairs.filter((pair) => !isShared(pair) || pair.changed > 0);
  const same = pairs.filter((pair) => isShared(pair) && pair.changed === 0);
  const sameOut = (pair: ColumnPair): Out => {
    const type = pair.types[1] ?? pair.types[0];
    return {
      column: { name: pair.name, ...(type === undefined ? {} : { type }) },
      of: { side: 'both' },
      cell: (_row, one, other) =>
        other && pair.after !== undefined ? other[pair.after] : one && pair.before !== undefined ? one[pair.before] : undefined,
    };
  };
  const several = differing.filter(isShared);
  // In a row with many columns nobody wants to hunt for the one that differs.
  const changedIn = (_row: number, one: readonly Cell[] | undefined, other: readonly Cell[] | undefined): Cell => {
    if (!one || !other) return '';
    const names = several.filter((pair) => isDifferent(pair, one, other)).map(({ name }) => name);
    return names.length > 4 ? l10n.t('{0} and {1} more', names.slice(0, 3).join(', '), formatCount(names.length - 3)) : names.join(', ');
  };
  // Once, and not for each row.
  const kinds = { before: l10n.t('only before'), after: l10n.t('only after'), changed: l10n.t('changed'), same: l10n.t('same') };
  return [
    { column: { name: l10n.t('Row') }, cell: (row) => String(row + 1) },
    {
      column: { name: l10n.t('Change') },
      cell: (row, one, other) => (!other ? kinds.before : !one ? kinds.after : changed.has(row) ? kinds.changed : kinds.same),
    },
    ...(several.length < 2 ? [] : [{ column: { name: l10n.t('Changed in') }, cell: changedIn }]),
    ...same.slice(0, identifying).map(sameOut),
    ...differing.flatMap(pairOut),
    ...same.slice(identifying).map(sameOut),
  ];
}

function isDifferent(pair: ColumnPair, one: readonly Cell[], other: readonly Cell[]): boolean {
  const [before, after] = cellsOf(pair, one, other);
  return before !== after;
}

/** Before, after, and for numbers what they differ by, in a group of the column's name. */
function pairOut(pair: ColumnPair): Out[] {
  const column = (side: 'before' | 'after', name: string, place: 0 | 1): Out => {
    const type = pair.types[place];
    const of: ComparedColumn = isShared(pair) ? { side, other: place === 0 ? 1 : -1 } : { side };
    return {
      column: { name, group: pair.name, ...(type === undefined ? {} : { type }) },
      of,
      cell: (_row, one, other) => cellsOf(pair, one ?? [], other ?? [])[place],
    };
  };
  return [
    ...(pair.before === undefined ? [] : [column('before', l10n.t('before'), 0)]),
    ...(pair.after === undefined ? [] : [column('after', l10n.t('after'), 1)]),
    ...(pair.numbers === 0 ? [] : [{
      column: { name: l10n.t('difference'), group: pair.name },
      cell: (_row: number, one: readonly Cell[] | undefined, other: readonly Cell[] | undefined): Cell => {
        const [first, second] = cellsOf(pair, one ?? [], other ?? []);
        return typeof first === 'string' && typeof second === 'string' ? difference(first, second)?.text : undefined;
      },
    }]),
  ];
}
