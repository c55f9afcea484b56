// Two exchanges -> what they have in common and what not: outputs by name, and in words what is no table.

import * as l10n from '@vscode/l10n';
import type { Exchange, Missing } from '../../model/exchange';
import type { Table } from '../../model/table';
import { sentRows } from './compareSent';
import { compareTables, type CompareOptions, type TableComparison } from './compareTables';

/** Two exchanges compared. */
export interface Comparison {
  /** Outputs that both have, in the order of the first. */
  readonly outputs: readonly TableComparison[];
  /** What differs beyond the tables, or why there is none to compare, in sentences. */
  readonly notes: readonly string[];
  /** True when the answers say the same within the tolerance, and what was sent for their rows is the same as far as it was compared. */
  readonly same: boolean;
  /** Present when an answer is not there any more, so that nobody can tell whether the two are the same. */
  readonly unknown?: true;
}

/** Compares two exchanges whose tables are there. Throws only what `options.pause` throws. */
export async function compareExchanges(before: Exchange, after: Exchange, options: CompareOptions): Promise<Comparison> {
  const lost = [...whyNoBody(before, 'before'), ...whyNoBody(after, 'after')];
  // Nothing is said of outputs either: what was not kept may have had the same.
  if (lost.length > 0)
    return { outputs: [], notes: [...statusNote(before, after), ...failures(before, after), ...lost], same: false, unknown: true };
  const equal = sameBody(before, after);
  const later = new Map(named(after.tables));
  const sentFor = sentRows(before, after);
  const outputs: TableComparison[] = [];
  const alone: string[] = [];
  for (const [key, table] of named(before.tables)) {
    const other = later.get(key);
    if (other) outputs.push(await compareTables(table, other, { ...options, identical: equal }, sentFor(table, other)));
    else alone.push(onlyIn(table.name, 'before'));
    later.delete(key);
  }
  alone.push(...[...later.values()].map(({ name }) => onlyIn(name, 'after')));
  const status = statusNote(before, after);
  const why = [...whyNoTable(before, 'before'), ...whyNoTable(after, 'after')];
  const bodies = why.length === 0 || (!before.answer && !after.answer) ? [] : [equal
    ? l10n.t('The bodies of the two answers are the same, byte for byte.')
    : l10n.t('The bodies of the two answers differ. Compare them as text to see where.')];
  const alike = outputs.every(({ same }) => same) && alone.length === 0 && status.length === 0 && sameProblem(before, after);
  return { outputs, notes: [...status, ...why, ...bodies, ...alone], same: alike && (why.length === 0 ? true : equal) };
}

/** Outputs by name, those of a repeated name in their order. */
function named(tables: readonly Table[]): [string, Table][] {
  const seen = new Map<string, number>();
  return tables.map((table) => {
    const nth = seen.get(table.name) ?? 0;
    seen.set(table.name, nth + 1);
    return [`${nth} ${table.name}`, table];
  });
}

/** Which of the two exchanges. */
type Side = 'before' | 'after';

function onlyIn(name: string, side: Side): string {
  return side === 'before'
    ? l10n.t('Output "{0}" is only in the answer before.', name)
    : l10n.t('Output "{0}" is only in the answer after.', name);
}

function statusNote(before: Exchange, after: Exchange): string[] {
  const [one, other] = [before.answer?.status, after.answer?.status];
  return one === other || one === undefined || other === undefined ? [] : [l10n.t('The status was {0} and is now {1}.', one, other)];
}

function whyNoTable({ answer, problem, tables }: Exchange, side: Side): string[] {
  if (problem) return [failure(problem.sentence, side)];
  if (!answer)
    return [side === 'before' ? l10n.t('No answer came to the request before.') : l10n.t('No answer came to the request after.')];
  if (tables.length > 0) return [];
  return [side === 'before' ? l10n.t('The answer before is not a table.') : l10n.t('The answer after is not a table.')];
}

function failures(before: Exchange, after: Exchange): string[] {
  return [
    ...(before.problem ? [failure(before.problem.sentence, 'before')] : []),
    ...(after.problem ? [failure(after.problem.sentence, 'after')] : []),
  ];
}

function failure(sentence: string, side: Side): string {
  return side === 'before' ? l10n.t('The exchange before failed: {0}', sentence) : l10n.t('The exchange after failed: {0}', sentence);
}

function whyNoBody({ missing }: Exchange, side: Side): string[] {
  return missing?.answer ? [noBody(missing.answer, side)] : [];
}

function noBody(why: Missing, side: Side): string {
  switch (why) {
    case 'too large':
      return side === 'before'
        ? l10n.t('The answer before was too large to be kept, so the answers cannot be compared.')
        : l10n.t('The answer after was too large to be kept, so the answers cannot be compared.');
    case 'gone':
      return side === 'before'
        ? l10n.t('The answer before is no longer in the history, so the answers cannot be compared.')
        : l10n.t('The answer after is no longer in the history, so the answers cannot be compared.');
    default:
      return why satisfies never;
  }
}

function sameProblem(before: Exchange, after: Exchange): boolean {
  return before.problem?.sentence === after.problem?.sentence && before.problem?.detail === after.problem?.detail;
}

function sameBody(before: Exchange, after: Exchange): boolean {
  const [one, other] = [before.answer, after.answer];
  return one === undefined || other === undefined ? one === other : Buffer.compare(one.body, other.body) === 0;
}
