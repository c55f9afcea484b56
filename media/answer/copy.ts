// Copying marked cells with the keyboard: as tab-separated text, the way a spreadsheet takes it, with what the cells really hold.

import type { CellView } from '../../src/messages';

/** Puts marked cells of `table` on the clipboard as tab-separated text; `cell` gives a cell, `name` a column's name. Text marked inside one cell is copied as it is. */
export function copyAsTable(table: HTMLTableElement, cell: (row: number, column: number) => CellView | undefined, name: (column: number) => string): void {
  table.addEventListener('copy', (event) => {
    const selection = document.getSelection();
    if (!selection || selection.isCollapsed) return;
    const lines: string[][] = [];
    for (const row of table.rows) {
      if (!selection.containsNode(row, true)) continue;
      const marked = [...row.cells].filter((each) => each.cellIndex > 0 && selection.containsNode(each, true));
      if (marked.length > 0) lines.push(marked.map((each) => field(row.rowIndex === 0 ? name(each.cellIndex - 1) : cell(row.rowIndex - 1, each.cellIndex - 1))));
    }
    if (lines.length < 2 && (lines[0]?.length ?? 0) < 2) return;
    event.clipboardData?.setData('text/plain', lines.map((line) => line.join('\t')).join('\n'));
    event.preventDefault();
  });
}

function field(cell: CellView | undefined): string {
  if (cell === null || cell === undefined) return '';
  const text = typeof cell === 'string' ? cell : 'cut' in cell ? cell.cut : '';
  // A line end or a tab inside a cell would tear the table apart; quotes keep it whole, here as in the copy of the whole table.
  return /[\t\r\n"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
