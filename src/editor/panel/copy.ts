// Tables as text for the clipboard: tab-separated, as spreadsheets and data frames read it.

import type { MarkedCells } from '../../messages';
import type { Cell, Table } from '../../model/table';

/** Names and the rows that are held, tab-separated, each row with as many fields as there are columns; null and missing cells are empty. */
export function tableText({ columns, rows }: Table): string {
  const line = (cells: readonly Cell[]): string => cells.map(field).join('\t') + '\t'.repeat(Math.max(0, columns.length - Math.max(1, cells.length)));
  return [columns.map(({ name }) => name), ...rows].map((cells) => `${line(cells)}\n`).join('');
}

/** Marked cells, a line for each row, tab-separated; one cell by itself is its bare text. */
export function cellsText({ columns, rows }: Table, lines: readonly MarkedCells[]): string {
  const names = columns.map(({ name }) => name);
  const marked = lines.map(({ row, from, to }) => (row < 0 ? names : rows[row] ?? []).slice(from, to + 1));
  const [only] = marked;
  if (marked.length === 1 && only?.length === 1) return only[0] ?? '';
  return marked.map((cells) => cells.map(field).join('\t')).join('\n');
}

function field(cell: Cell): string {
  if (cell === null || cell === undefined) return '';
  // A line end or a tab inside a cell would tear the table apart; quotes keep it whole.
  return /[\t\n\r"]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
