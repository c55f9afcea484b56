// The columns that two requests sent, paired, and the rows in which they differ.

import type { Cell, Table } from '../../model/table';
import { countPair, isDifferent, isShared, pairColumns, type ColumnPair } from './compareColumns';
import { rowsAtOnce } from './comparePace';
import type { Sent } from './compareSent';
import type { Tolerance } from './compareTolerance';

/** What was sent, compared. */
export interface SentPairs extends Sent {
  readonly pairs: readonly ColumnPair[];
  /** Rows that both requests have and both answers have kept, and that differ in the requests. */
  readonly changed: ReadonlySet<number>;
  /** True when the requests differ in a row that an answer has not kept, so that it is not among `changed`. */
  readonly differsBeyond: boolean;
  /** Keys of the columns that came back as they were sent, cell for cell, in both exchanges. */
  readonly echoed: ReadonlySet<string>;
}

/** Pairs what was sent. `came` are the pairs of what came back in `one` and `other`. Throws only what `pause` throws. */
export async function pairSent(
  { before, after }: Sent,
  [one, other]: readonly [Table, Table],
  came: readonly ColumnPair[],
  { tolerance, pause }: { readonly tolerance?: Tolerance; readonly pause: () => Promise<void> },
): Promise<SentPairs> {
  const pairs = pairColumns(before, after, tolerance);
  const shared = pairs.filter(isShared);
  const changed = new Set<number>();
  let differsBeyond = false;
  const sent = Math.min(before.rows.length, after.rows.length);
  const kept = Math.min(sent, one.rows.length, other.rows.length);
  const step = rowsAtOnce(shared.length);
  for (let row = 0; row < sent && !differsBeyond; row += 1) {
    if (row % step === step - 1) await pause();
    const [was, is] = [before.rows[row] ?? [], after.rows[row] ?? []];
    if (row >= kept) differsBeyond = shared.some((pair) => isDifferent(pair, was, is));
    else for (const pair of shared) if (countPair(pair, was, is)) changed.add(row);
  }
  const back = new Map(came.filter(isShared).map((pair) => [pair.key, pair]));
  const echoed = new Set<string>();
  for (const pair of shared) {
    await pause();
    const found = back.get(pair.key);
    if (found && isEcho(before, one, pair.before, found.before) && isEcho(after, other, pair.after, found.after)) echoed.add(pair.key);
  }
  return { before, after, pairs, changed, differsBeyond, echoed };
}

/** Where less was kept of the answer, what was kept decides. */
function isEcho(sent: Table, came: Table, sentAt = -1, cameAt = -1): boolean {
  const cell = (row: readonly Cell[] | undefined, at: number): Cell => row?.[at];
  return came.rows.every((row, index) => cell(sent.rows[index], sentAt) === cell(row, cameAt));
}
