// Copying marked cells with the keyboard: the editor, which holds them whole, puts them on the clipboard.

import type { MarkedCells } from '../../src/messages';

/** Tells of marked cells of `table` that are to be copied. Text that is marked inside one cell is copied as it stands there. */
export function copyMarked(table: HTMLTableElement, copy: (lines: readonly MarkedCells[]) => void): void {
  table.addEventListener('copy', (event) => {
    const selection = document.getSelection();
    if (!selection || selection.isCollapsed) return;
    const lines: MarkedCells[] = [];
    let marked = 0;
    let only: HTMLTableCellElement | undefined;
    for (const row of table.rows) {
      if (!selection.containsNode(row, true)) continue;
      const cells = [...row.cells].filter((each) => each.cellIndex > 0 && selection.containsNode(each, true));
      const [first] = cells;
      const last = cells.at(-1);
      if (!first || !last) continue;
      lines.push({ row: row.rowIndex - 1, from: first.cellIndex - 1, to: last.cellIndex - 1 });
      marked += cells.length;
      only = first;
    }
    // A part of one cell's text is what the browser copies by itself; all of it may be more than what is drawn.
    if (marked === 0 || (marked === 1 && only && selection.toString().trim() !== only.innerText.trim())) return;
    copy(lines);
    event.preventDefault();
  });
}
