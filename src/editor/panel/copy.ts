// A table as text for the clipboard: tab-separated, as spreadsheets and data frames read it.

import type { Cell, Table } from '../../model/table';

/** Names and the rows that are held, tab-separated; null and missing cells are empty. */
export function tableText(table: Table): string {
  const lines = [table.columns.map((column) => field(column.name)), ...table.rows.map((row) => row.map(field))];
  return lines.map((cells) => cells.join('\t')).join('\n') + '\n';
}

function field(cell: Cell): string {
  if (cell === null || cell === undefined) return '';
  return /[\t\n\r"]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
