// Two exchanges -> what they have in common and what not: outputs by name, and in words what is no table.

import type { Exchange, Missing } from '../../model/exchange';
import type { Table } from '../../model/table';
import { compareTables, type CompareOptions, type TableComparison } from './compareTables';

/** Two exchanges compared. */
export interface Comparison {
  /** Outputs that both have, in the order of the first. */
  readonly outputs: readonly TableComparison[];
  /** What differs beyond the tables, or why there is none to compare, in sentences. */
  readonly notes: readonly string[];
  /** True when the answers say the same thing. */
  readonly same: boolean;
  /** Present when an answer is not there any more, so that nobody can tell whether the two are the same. */
  readonly unknown?: true;
}

/** Compares two exchanges whose tables are there. Throws only what `options.pause` throws. */
export async function compareExchanges(before: Exchange, after: Exchange, options: CompareOptions): Promise<Comparison> {
  const lost = [...whyNoBody(before, 'before'), ...whyNoBody(after, 'after')];
  // Nothing is said of outputs either: what was not kept may have had the same.
  if (lost.length > 0) return { outputs: [], notes: [...statusNote(before, after), ...failures(before, after), ...lost], same: false, unknown: true };
  const equal = sameBody(before, after);
  const later = new Map(named(after.tables));
  const outputs: TableComparison[] = [];
  const alone: string[] = [];
  for (const [key, table] of named(before.tables)) {
    const other = later.get(key);
    if (other) outputs.push(await compareTables(table, other, { ...options, identical: equal }));
    else alone.push(onlyIn(table.name, 'before'));
    later.delete(key);
  }
  alone.push(...[...later.values()].map(({ name }) => onlyIn(name, 'after')));
  const status = statusNote(before, after);
  const why = [...whyNoTable(before, 'before'), ...whyNoTable(after, 'after')];
  const bodies = why.length === 0 || (!before.answer && !after.answer) ? [] : [equal ? 'The bodies of the two answers are the same, byte for byte.' : 'The bodies of the two answers differ. Compare them as text to see where.'];
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

function onlyIn(name: string, side: 'before' | 'after'): string {
  return `Output "${name}" is only in the answer ${side}.`;
}

function statusNote(before: Exchange, after: Exchange): string[] {
  const [one, other] = [before.answer?.status, after.answer?.status];
  return one === other || one === undefined || other === undefined ? [] : [`The status was ${one} and is now ${other}.`];
}

function whyNoTable({ answer, problem, tables }: Exchange, side: 'before' | 'after'): string[] {
  if (problem) return [failure(problem.sentence, side)];
  if (!answer) return [`No answer came to the request ${side}.`];
  return tables.length === 0 ? [`The answer ${side} is not a table.`] : [];
}

function failures(before: Exchange, after: Exchange): string[] {
  return [...(before.problem ? [failure(before.problem.sentence, 'before')] : []), ...(after.problem ? [failure(after.problem.sentence, 'after')] : [])];
}

function failure(sentence: string, side: 'before' | 'after'): string {
  return `The exchange ${side} failed: ${sentence}`;
}

const missingWords: Readonly<Record<Missing, string>> = { 'too large': 'was too large to be kept', gone: 'is no longer in the history' };

function whyNoBody({ missing }: Exchange, side: 'before' | 'after'): string[] {
  return missing?.answer ? [`The answer ${side} ${missingWords[missing.answer]}, so the answers cannot be compared.`] : [];
}

function sameProblem(before: Exchange, after: Exchange): boolean {
  return before.problem?.sentence === after.problem?.sentence && before.problem?.detail === after.problem?.detail;
}

function sameBody(before: Exchange, after: Exchange): boolean {
  const [one, other] = [before.answer, after.answer];
  return one === undefined || other === undefined ? one === other : Buffer.compare(one.body, other.body) === 0;
}
