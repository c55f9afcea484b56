// What went wrong with a table, as it is told on the table's own line.

import type { TableView } from '../../src/model/view';

/** Trying again is another thing for a table than for the page, which has a button for it too. */
export function withoutRetry(problem: NonNullable<TableView['problem']>): NonNullable<TableView['problem']> {
  return { ...problem, actions: (problem.actions ?? []).filter((action) => action !== 'retry') };
}
