// A comparison of two answers in whose only output two rows differ, as the editor tells the page of it.

import type { ToComparePage } from '../../../src/features/history/messages';
import type { TableView } from '../../../src/model/view';

/** What the editor tells of two exchanges. */
export type Compare = Extract<ToComparePage, { type: 'compare' }>;

const head = { service: 'Iris', source: 'iris.json', startedAt: Date.UTC(2026, 4, 12, 8, 3, 59), durationMs: 143, status: 200 };
const names = [{ name: 'Row' }, { name: 'Change' }, { name: 'before', group: 'score', detail: '2 rows differ' }, { name: 'after', group: 'score' }];
const rows = [['1', 'changed', '0.1', '0.3'], ['7', 'changed', '0.5', '0.25']];

/** Its table. */
export const view: TableView = {
  name: 'output1', columns: names.map((column) => ({ ...column, kind: 'text' })), totalRows: 2, stamp: 1, query: { filters: [] },
  matchedRows: 2, notes: [], scripts: [],
  rows: rows.map((cells, number) => ({ number, cells, changes: { 2: 'changed before', 3: 'changed after' } })),
};

/** What was found, with no word on which columns are before and after. */
export const differs: Compare['compared'][number] = {
  name: 'output1', same: false, hasChanges: true, facts: ['2 rows of 8 are different.'], columns: [], sides: {},
};

/** All of it, with other `parts`. */
export function compare(parts: Partial<Compare> = {}): Compare {
  return {
    type: 'compare', key: 'one two', comparison: 1, first: 1, before: head, after: head, compared: [differs], views: [view], notes: [],
    same: false, allRows: false, tolerance: '0', ...parts,
  };
}

/** The change of that number, of two. */
export function found(index: number): ToComparePage {
  return { type: 'change', output: 0, place: { row: index - 1, column: 3, index, total: 2 } };
}
