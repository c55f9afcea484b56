// Two tables -> one that shows where they differ: columns by name, rows by place.

import { formatCount } from '../../base/format';
import type { HeldTable } from '../../model/openTable';
import type { Cell, Table } from '../../model/table';
import { briefDifference } from './compareBrief';
import type { ComparedCells } from './compareChanges';
import { countPair, isShared, pairColumns, type ColumnPair } from './compareColumns';
import { aloneFacts, columnFacts, cutFact, meanOf, rowFacts, sentFacts, toleranceFact } from './compareFacts';
import { outColumns, sentName, type ColumnSide, type Out } from './compareOut';
import { rowsAtOnce } from './comparePace';
import type { SentRows } from './compareSent';
import { pairSent } from './compareSentPairs';
import type { Tolerance } from './compareTolerance';

/** How much is compared and shown, and how to let others run in between. */
export interface CompareOptions {
  /** Whether rows that are the same are shown too. */
  readonly allRows: boolean;
  /** Cells of the table that shows the differences; of what is beyond, the counts tell. */
  readonly maxCells: number;
  /** True when the answers are the same byte for byte, so that also what was not kept as a table is the same. */
  readonly identical?: boolean;
  /** How far numbers may be apart and still count as the same; absent where they may not. */
  readonly tolerance?: Tolerance;
  /** Called every thousand rows, or more often where they are wide; resolves when the work may go on, rejects to stop. */
  readonly pause: () => Promise<void>;
}

/** So many columns that only one answer has are named beside the rows, whose room they take. */
const mostNoted = 3;

/** Two tables compared; the same things as in `ComparedTable` of the messages, and the table. */
export interface TableComparison {
  readonly name: string;
  readonly same: boolean;
  readonly difference?: string;
  readonly hasChanges: boolean;
  readonly facts: readonly string[];
  readonly columns: readonly { readonly name: string; readonly rows: string; readonly most: string; readonly mean: string }[];
  readonly sides: Readonly<Record<number, ColumnSide>>;
  readonly table: HeldTable;
  /** What the cells of that table are, so that those that differ can stand out. */
  readonly cells: ComparedCells;
}

/** Compares two outputs of the same name, and what was sent for them. Throws only what `pause` throws. */
export async function compareTables(
  before: Table,
  after: Table,
  options: CompareOptions,
  { sent: given, note }: SentRows = {},
): Promise<TableComparison> {
  const pairs = pairColumns(before, after, options.tolerance);
  const shared = pairs.filter(isShared);
  const common = Math.min(before.rows.length, after.rows.length);
  const changedRows: number[] = [];
  const step = rowsAtOnce(shared.length);
  for (let row = 0; row < common; row += 1) {
    if (row % step === step - 1) await options.pause();
    let changed = false;
    for (const pair of shared) if (countPair(pair, before.rows[row] ?? [], after.rows[row] ?? [])) changed = true;
    if (changed) changedRows.push(row);
  }
  const one = { kept: before.rows.length, all: before.totalRows };
  const other = { kept: after.rows.length, all: after.totalRows };
  // A service tells the types only where it is asked to: what only one answer tells is no difference.
  const types = shared.filter(({ types: [first, second] }) => first !== undefined && second !== undefined && first !== second);
  const alone = pairs.filter((pair) => !isShared(pair));
  const sent = given && (await pairSent(given, [before, after], pairs, options));
  // Answers that are the same byte for byte tell nothing of rows that were sent otherwise and are not shown.
  const identical = options.identical === true && sent?.differsBeyond !== true;
  const whole = identical || (one.kept === one.all && other.kept === other.all);
  const same = whole && changedRows.length === 0 && one.all === other.all && alone.length === 0 && types.length === 0;
  const sentOther = sent?.pairs.every(isShared) === false;
  const sentSame = !sent || (sent.changed.size === 0 && !sentOther);
  const shown = sent ? union(changedRows, sent.changed) : changedRows;
  const some = [changedRows.length > 0, shown.length > changedRows.length, endOf(before, after) > common];
  const kinds = options.allRows || some.filter(Boolean).length > 1;
  const out = outColumns({ pairs, changed: new Set(changedRows), sent, kinds });
  const { table, cells, cut, hasChanges } = await differences(before, after, out, shown, options);
  const rows = rowFacts(changedRows.length, common, one, other, identical);
  const more = [...(sent ? sentFacts(sent) : []), ...columnFacts(alone, types)];
  const difference = briefDifference({
    changed: changedRows.length, common, rows: [one.all, other.all], sent: sent?.changed.size ?? 0,
    sentOther, columns: alone.length > 0, types: types.length > 0,
    ...(options.tolerance ? { tolerance: options.tolerance.text } : {}),
  });
  const left = cut > 0 ? [cutFact(table.rows.length)] : [];
  const facts = [
    rows.changed,
    ...rows.alone,
    ...rows.kept,
    ...more,
    ...(options.tolerance ? [toleranceFact(options.tolerance.text)] : []),
    ...left,
  ];
  const columns = [
    // What came back as it was sent is counted with what came back.
    ...(sent ? figures(sent.pairs.filter(({ key }) => !sent.echoed.has(key)), sentName) : []),
    ...figures(pairs, ({ name }) => name),
  ];
  return {
    name: before.name, same: same && sentSame, ...(difference === undefined ? {} : { difference }), hasChanges, facts, columns, cells,
    sides: Object.fromEntries(out.flatMap(({ side }, place) => (side === undefined ? [] : [[place, side]]))),
    // Who looks at the rows needs to know what is not among them.
    table: { ...table, notes: [...left, ...rows.kept, ...aloneFacts(alone, mostNoted), ...(note === undefined ? [] : [note])] },
  };
}

/** The figures of the columns that both have and that differ, by the names that they are shown by. */
function figures(pairs: readonly ColumnPair[], nameOf: (pair: ColumnPair) => string): TableComparison['columns'] {
  return pairs.filter((pair) => isShared(pair) && pair.changed > 0).map((pair) => ({
    name: nameOf(pair), rows: formatCount(pair.changed), most: pair.numbers === 0 ? '' : pair.most.text, mean: meanOf(pair),
  }));
}

/** The rows of both, in their order. */
function union(rows: readonly number[], more: ReadonlySet<number>): readonly number[] {
  return [...new Set([...rows, ...more])].sort((one, other) => one - other);
}

/** How many rows there are to be shown. */
function endOf(before: Table, after: Table): number {
  const [one, other] = [before.rows.length, after.rows.length];
  // Rows that one answer kept fewer of may be there all the same: only what is known to be missing is shown as such.
  return one === before.totalRows && other === after.totalRows ? Math.max(one, other) : Math.min(one, other);
}

async function differences(
  before: Table,
  after: Table,
  out: readonly Out[],
  changedRows: readonly number[],
  options: CompareOptions,
): Promise<{ table: HeldTable; cells: ComparedCells; cut: number; hasChanges: boolean }> {
  const common = Math.min(before.rows.length, after.rows.length);
  const end = endOf(before, after);
  const wanted = options.allRows ? end : changedRows.length + (end - common);
  const most = Math.max(1, Math.floor(options.maxCells / out.length));
  const made: Cell[][] = [];
  const rowAt = (index: number): number => (options.allRows ? index : (changedRows[index] ?? common + index - changedRows.length));
  const step = rowsAtOnce(out.length);
  for (let index = 0; index < Math.min(wanted, most); index += 1) {
    if (index % step === step - 1) await options.pause();
    const row = rowAt(index);
    made.push(out.map(({ cell }) => cell(row, before.rows[row], after.rows[row])));
  }
  const table = { name: before.name, columns: out.map(({ column }) => column), rows: made, totalRows: made.length, notes: [] };
  const cells: ComparedCells = {
    columns: out.map(({ of }) => of),
    // Such rows come last, and only one of the two answers can have any.
    ...(end === common ? {} : { alone: { fromRow: wanted - (end - common), side: before.rows.length > common ? 'before' : 'after' } }),
  };
  const firstChange = options.allRows ? (changedRows[0] ?? common) : 0;
  return { table, cells, cut: wanted - made.length, hasChanges: firstChange < made.length };
}
