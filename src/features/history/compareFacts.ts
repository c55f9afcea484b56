// What a comparison of two tables found, in sentences.

import * as l10n from '@vscode/l10n';
import { formatCount } from '../../base/format';
import { isShared, type ColumnPair } from './compareColumns';
import type { SentPairs } from './compareSentPairs';

/** So many columns of which something is to be said are named; the rest is counted. */
const mostNamed = 20;

/** How many rows two tables have: those that were kept, and all. */
export interface RowCounts {
  readonly kept: number;
  readonly all: number;
}

/** What is said of rows; each is a fact of its own. */
export interface RowFacts {
  /** How many differ, which may be none. */
  readonly changed: string;
  /** How many are in one table only. */
  readonly alone: readonly string[];
  /** That not all were compared. */
  readonly kept: readonly string[];
}

/** How many rows differ, are in one table only, and were not compared at all; `identical` where the answers are the same byte for byte. */
export function rowFacts(changed: number, common: number, one: RowCounts, other: RowCounts, identical: boolean): RowFacts {
  return {
    changed: changedFact(changed, common),
    alone: one.all === other.all ? [] : [rowsAloneFact(one.all, other.all)],
    kept: !identical && (one.kept < one.all || other.kept < other.all) ? [keptFact(common)] : [],
  };
}

function changedFact(changed: number, common: number): string {
  if (changed === 0) {
    return common === 1
      ? l10n.t('No row is different, of 1 row compared.')
      : l10n.t('No row is different, of {0} rows compared.', formatCount(common));
  }
  return changed === 1
    ? l10n.t('1 row of {0} is different.', formatCount(common))
    : l10n.t('{0} rows of {1} are different.', formatCount(changed), formatCount(common));
}

function rowsAloneFact(before: number, after: number): string {
  const more = Math.abs(before - after);
  const [one, other, rows] = [rowsText(before), rowsText(after), formatCount(more)];
  if (before > after) {
    return more === 1
      ? l10n.t('{0} before, {1} after: {2} row is only in the answer before.', one, other, rows)
      : l10n.t('{0} before, {1} after: {2} rows are only in the answer before.', one, other, rows);
  }
  return more === 1
    ? l10n.t('{0} before, {1} after: {2} row is only in the answer after.', one, other, rows)
    : l10n.t('{0} before, {1} after: {2} rows are only in the answer after.', one, other, rows);
}

function keptFact(common: number): string {
  return common === 1
    ? l10n.t('Only the first row was compared, as more are not kept as a table. Compare the answers as text to see the rest.')
    : l10n.t(
        'Only the first {0} rows were compared, as more are not kept as a table. Compare the answers as text to see the rest.',
        formatCount(common),
      );
}

/** What the table of differences leaves out. */
export function cutFact(rows: number): string {
  return rows === 1
    ? l10n.t('Only the first row is in the table; the figures are of all rows.')
    : l10n.t('Only the first {0} rows are in the table; the figures are of all rows.', formatCount(rows));
}

/** Which columns are in one table only; no more than `most` of them are named. */
export function aloneFacts(alone: readonly ColumnPair[], most: number): string[] {
  const more = alone.length - most;
  return [
    ...alone.slice(0, most).map(aloneFact),
    ...(more < 1 ? [] : [more === 1
      ? l10n.t('1 more column is only in one of the two.') : l10n.t('{0} more columns are only in one of the two.', formatCount(more))]),
  ];
}

/** Which columns are in one table only, and which are of another type than before. */
export function columnFacts(alone: readonly ColumnPair[], types: readonly ColumnPair[]): string[] {
  return [
    ...aloneFacts(alone, mostNamed),
    ...types.slice(0, mostNamed).map(
      ({ name, types: [before, after] }) => l10n.t('Column "{0}" was of type {1} and is now {2}.', name, before ?? '', after ?? ''),
    ),
  ];
}

function aloneFact({ name, before }: ColumnPair): string {
  return before === undefined
    ? l10n.t('Column "{0}" is only in the answer after.', name)
    : l10n.t('Column "{0}" is only in the answer before.', name);
}

function rowsText(count: number): string {
  return count === 1 ? l10n.t('1 row') : l10n.t('{0} rows', formatCount(count));
}

/** What was sent differently. */
export function sentFacts({ pairs, changed }: Pick<SentPairs, 'pairs' | 'changed'>): string[] {
  const { size } = changed;
  return [
    ...(size === 0 ? [] : [size === 1
      ? l10n.t('1 row was sent with other values.')
      : l10n.t('{0} rows were sent with other values.', formatCount(size))]),
    ...(pairs.every(isShared) ? [] : [l10n.t('The two requests do not have the same columns.')]),
  ];
}

/** Which numbers count as the same; `tolerance` as it is shown. */
export function toleranceFact(tolerance: string): string {
  return l10n.t('Numbers that differ by no more than {0} count as the same.', tolerance);
}

/** The mean of the differences of numbers without their signs, with six digits that count; empty where there are no numbers. */
export function meanOf({ numbers, sum }: ColumnPair): string {
  return numbers === 0 ? '' : String(Number((sum / numbers).toPrecision(6)));
}

/** How a column that both have differs, in a few words; undefined where it does not. */
export function figuresOf(pair: ColumnPair): string | undefined {
  const { changed, numbers, most } = pair;
  if (changed === 0) return undefined;
  const rows = changed === 1 ? l10n.t('1 row differs') : l10n.t('{0} rows differ', formatCount(changed));
  return numbers === 0 ? rows : l10n.t('{0}, the largest difference is {1}, the mean {2}', rows, most.text, meanOf(pair));
}
