// A table as text for the clipboard: tab-separated, as spreadsheets and data frames read it.

import type { Cell, Table } from '../../model/table';

/** Names and the rows that are held, tab-separated, each row with as many fields as there are columns; null and missing cells are empty. */
export function tableText({ columns, rows }: Table): string {
  const line = (cells: readonly Cell[]): string => cells.map(field).join('\t') + '\t'.repeat(Math.max(0, columns.length - Math.max(1, cells.length)));
  return [columns.map(({ name }) => name), ...rows].map((cells) => `${line(cells)}\n`).join('');
}

function field(cell: Cell): string {
  if (cell === null || cell === undefined) return '';
  return /[\t\n\r"]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
