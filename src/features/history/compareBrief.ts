// The most that two tables differ in, in so few words that a narrow panel has room for them.

import * as l10n from '@vscode/l10n';
import { formatCount } from '../../base/format';

/** What was found; `tolerance` as it is shown, absent where there is none. */
export interface Found {
  /** Rows that differ, of those that both have. */
  readonly changed: number;
  readonly common: number;
  /** All rows of the two. */
  readonly rows: readonly [before: number, after: number];
  /** Rows that were sent with other values. */
  readonly sent: number;
  /** Whether the two requests have other columns. */
  readonly sentOther: boolean;
  /** Whether the two tables have other columns. */
  readonly columns: boolean;
  /** Whether a column is of another type. */
  readonly types: boolean;
  readonly tolerance?: string;
}

/** The first difference that was found; undefined where there is none. */
export function briefDifference(found: Found): string | undefined {
  const { changed, common, rows: [before, after], sent, sentOther, columns, types, tolerance } = found;
  if (changed > 0 && common === 1) return onlyRow(tolerance);
  if (changed > 0) return changedRows(formatCount(changed), formatCount(common), changed === 1, tolerance);
  if (before !== after) return moreRows(Math.abs(before - after), before > after);
  if (sent > 0) return sentRows(formatCount(sent), sent === 1, tolerance);
  if (sentOther) return l10n.t('Other columns sent');
  if (columns) return l10n.t('Other columns');
  return types ? l10n.t('Other types') : undefined;
}

function onlyRow(tolerance: string | undefined): string {
  return tolerance === undefined ? l10n.t('The only row differs') : l10n.t('The only row differs beyond {0}', tolerance);
}

function changedRows(changed: string, common: string, isOne: boolean, tolerance: string | undefined): string {
  if (tolerance === undefined) return isOne ? l10n.t('1 of {0} rows differs', common) : l10n.t('{0} of {1} rows differ', changed, common);
  return isOne
    ? l10n.t('1 of {0} rows differs beyond {1}', common, tolerance)
    : l10n.t('{0} of {1} rows differ beyond {2}', changed, common, tolerance);
}

function moreRows(more: number, isBefore: boolean): string {
  if (isBefore) return more === 1 ? l10n.t('1 row more before') : l10n.t('{0} rows more before', formatCount(more));
  return more === 1 ? l10n.t('1 row more after') : l10n.t('{0} rows more after', formatCount(more));
}

function sentRows(sent: string, isOne: boolean, tolerance: string | undefined): string {
  if (tolerance === undefined) return isOne ? l10n.t('1 row sent differs') : l10n.t('{0} rows sent differ', sent);
  return isOne ? l10n.t('1 row sent differs beyond {0}', tolerance) : l10n.t('{0} rows sent differ beyond {1}', sent, tolerance);
}
