// The columns of a comparison's table: which row and how it changed, what was sent, what came back; pairs that differ beside each other.

import * as l10n from '@vscode/l10n';
import { formatCount } from '../../base/format';
import type { HeldTable } from '../../model/openTable';
import type { Cell } from '../../model/table';
import type { ComparedColumn } from './compareChanges';
import { cellsOf, isDifferent, isShared, type ColumnPair } from './compareColumns';
import { figuresOf } from './compareFacts';
import { difference } from './compareNumbers';
import type { SentPairs } from './compareSentPairs';

/** What a column holds that is another one, or holds something else, when the two exchanges change places. */
export type ColumnSide = 'before' | 'after' | 'difference' | 'change';

type Cells = readonly Cell[] | undefined;

/** What one column of the result holds, for a row by its place. */
export interface Out {
  readonly column: HeldTable['columns'][number];
  /** Absent where the cells are of neither exchange. */
  readonly of?: ComparedColumn;
  /** Absent where the cells stay the same when the two change places. */
  readonly side?: ColumnSide;
  readonly cell: (row: number, one: Cells, other: Cells) => Cell;
}

/** What is compared: pairs of what came back, of what was sent, and the rows in which each differs. */
export interface OutSpec {
  readonly pairs: readonly ColumnPair[];
  readonly changed: ReadonlySet<number>;
  readonly sent: SentPairs | undefined;
  /** Whether the rows that are shown are of more than one kind. */
  readonly kinds: boolean;
}

/** So many columns that are the same stand in front, so that a row is known again, where nothing that was sent does it. */
const identifying = 3;

/** The columns in their order. */
export function outColumns({ pairs, changed, sent, kinds }: OutSpec): Out[] {
  // What came back as it was sent stands once, where what was sent stands.
  const echoed = sent?.echoed ?? new Set();
  const came = pairs.filter(({ key }) => !echoed.has(key));
  const differing = came.filter(differs);
  const same = came.filter((pair) => !differs(pair));
  const several = pairs.filter((pair) => isShared(pair) && differs(pair));
  const front = sent ? 0 : identifying;
  return [
    { column: { name: l10n.t('Row') }, cell: (row) => String(row + 1) },
    ...(kinds ? [{ column: { name: l10n.t('Change') }, side: 'change' as const, cell: kindOf(changed, sent?.changed) }] : []),
    ...(sent ? sentColumns(sent, pairs) : []),
    ...same.slice(0, front).map((pair) => sameOut(pair, 'came')),
    ...differing.flatMap((pair) => pairOut(pair, 'came', pair.name)),
    ...same.slice(front).map((pair) => sameOut(pair, 'came')),
    // What differs is to be seen without scrolling, and this only where there is much of it.
    ...(several.length < 2 ? [] : [{ column: { name: l10n.t('Changed in') }, cell: changedIn(several) }]),
  ];
}

/** Whether a column stands with what was sent or with what came back. */
type Way = 'sent' | 'came';

function pairId({ key }: ColumnPair, way: Way): string {
  return `${way} ${key}`;
}

function differs(pair: ColumnPair): boolean {
  return !isShared(pair) || pair.changed > 0;
}

function kindOf(changed: ReadonlySet<number>, sentChanged: ReadonlySet<number> | undefined): Out['cell'] {
  // Once, and not for each row.
  const kinds = {
    before: l10n.t('only before'), after: l10n.t('only after'), changed: l10n.t('changed'), sent: l10n.t('only the request changed'),
    same: l10n.t('same'),
  };
  return (row, one, other) =>
    !other ? kinds.before : !one ? kinds.after : changed.has(row) ? kinds.changed : sentChanged?.has(row) ? kinds.sent : kinds.same;
}

/** In a row with many columns nobody wants to hunt for the one that differs. */
function changedIn(several: readonly ColumnPair[]): Out['cell'] {
  return (_row, one, other) => {
    if (!one || !other) return undefined;
    const names = several.filter((pair) => isDifferent(pair, one, other)).map(({ name }) => name);
    if (names.length === 0) return undefined;
    return names.length > 4 ? l10n.t('{0} and {1} more', names.slice(0, 3).join(', '), formatCount(names.length - 3)) : names.join(', ');
  };
}

/** What a column that was sent otherwise is called. */
export function sentName({ name }: ColumnPair): string {
  return l10n.t('Sent: {0}', name);
}

function sentColumns({ before, after, pairs, echoed }: SentPairs, came: readonly ColumnPair[]): readonly Out[] {
  const back = new Map(came.map((pair) => [pair.key, pair]));
  return pairs.flatMap((pair): readonly Out[] => {
    const found = echoed.has(pair.key) ? back.get(pair.key) : undefined;
    const outs = drawn(found ?? pair);
    if (found) return outs;
    // The cells are those of the same row of the request.
    return outs.map((out) => ({
      ...out, cell: (row, one, other) => out.cell(row, one && before.rows[row], other && after.rows[row]),
    }));
  });
  function drawn(pair: ColumnPair): readonly Out[] {
    return differs(pair) ? pairOut(pair, 'sent', sentName(pair)) : [sameOut(pair, 'sent', l10n.t('Sent'))];
  }
}

function sameOut(pair: ColumnPair, way: Way, group?: string): Out {
  const type = pair.types[1] ?? pair.types[0];
  return {
    column: { name: pair.name, ...(type === undefined ? {} : { type }), ...(group === undefined ? {} : { group }) },
    of: { side: 'both', pair: pairId(pair, way) },
    cell: (_row, one, other) =>
      other && pair.after !== undefined ? other[pair.after] : one && pair.before !== undefined ? one[pair.before] : undefined,
  };
}

/** Before, after, and for numbers what they differ by, in a group of the column's name. */
function pairOut(pair: ColumnPair, way: Way, group: string): Out[] {
  const detail = figuresOf(pair);
  const head = { group, ...(detail === undefined ? {} : { detail }) };
  const column = (side: 'before' | 'after', name: string, place: 0 | 1): Out => {
    const type = pair.types[place];
    const tolerance = pair.tolerance && { tolerance: pair.tolerance };
    const id = { side, pair: pairId(pair, way) };
    const of: ComparedColumn = isShared(pair) ? { ...id, other: place === 0 ? 1 : -1, ...tolerance } : id;
    return {
      column: { name, ...head, ...(type === undefined ? {} : { type }) },
      of, side,
      cell: (_row, one, other) => cellsOf(pair, one ?? [], other ?? [])[place],
    };
  };
  return [
    ...(pair.before === undefined ? [] : [column('before', l10n.t('before'), 0)]),
    ...(pair.after === undefined ? [] : [column('after', l10n.t('after'), 1)]),
    ...(pair.numbers === 0 ? [] : [{
      column: { name: l10n.t('difference'), ...head },
      side: 'difference' as const,
      cell: (_row: number, one: Cells, other: Cells): Cell => {
        const [first, second] = cellsOf(pair, one ?? [], other ?? []);
        return typeof first === 'string' && typeof second === 'string' ? difference(first, second)?.text : undefined;
      },
    }]),
  ];
}
