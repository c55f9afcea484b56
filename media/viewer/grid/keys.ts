// The grid by keyboard: one stop for the Tab key, arrows inside, and the copy command.

import type { CellPlace } from './gridSpec';
import { rowHeight } from './rowScroll';
import type { Steering } from './steering';

/** A key makes a column so many pixels wider or narrower. */
const resizeStep = 10;

/** A selection of the whole page that comes so soon after its key has been dealt with already, in milliseconds. */
const selectAllMs = 500;

/** Listens to the keyboard until the grid's signal is raised. */
export function listenToKeys(grid: Steering): void {
  const { element, spec, columns } = grid;
  const { signal } = spec;
  let markedAllAt = -Infinity;

  const markAll = (): void => {
    markedAllAt = performance.now();
    grid.markAll();
  };

  const key = (event: KeyboardEvent): boolean => {
    const { active } = grid;
    const command = event.ctrlKey || event.metaKey;
    if (command && event.key.toLowerCase() === 'a' && !event.shiftKey && !event.altKey) {
      markAll();
      return true;
    }
    if (!active) return false;
    const onHead = active.row < 0;
    const menu = event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey);
    if (onHead && (menu || (event.key === 'ArrowDown' && event.altKey))) grid.openColumnMenu(active.column);
    else if (menu) openMarkedMenu(grid, active);
    else if (event.altKey) {
      if (!onHead || (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight')) return false;
      const at = columns.placeOf(active.column) ?? 0;
      grid.resize(active.column, columns.width(at) + (event.key === 'ArrowRight' ? resizeStep : -resizeStep), true);
    } else if (event.key === ' ' && command)
      grid.move({ row: Math.max(0, active.row), column: active.column }, { mark: 'anew', shape: 'columns' });
    else if (event.key === ' ' && event.shiftKey && !onHead) grid.move(active, { mark: 'anew', shape: 'rows' });
    else if ((event.key === 'Enter' || event.key === ' ') && !command && !event.shiftKey) {
      if (onHead) spec.onSort(active.column);
      else spec.onOpenCell(active);
    } else if (event.key === 'Escape') {
      if (!grid.marking.marked) return false;
      grid.letGo();
    } else {
      const to = neighbour(grid, active, event.key, command);
      if (!to) return false;
      if (to.row < 0) grid.move(to, { scroll: true });
      else grid.move(to, { mark: event.shiftKey && !onHead ? 'extend' : 'anew', scroll: true });
      if (event.shiftKey) grid.sayMarked();
      return true;
    }
    if (event.key === ' ' && (command || event.shiftKey)) grid.sayMarked();
    return true;
  };
  element.addEventListener('keydown', (event) => {
    if (event.isComposing || !key(event)) return;
    event.preventDefault();
    // The editor hears of keys from the window: one that was for the grid would also go back a page, say.
    event.stopPropagation();
  }, { signal });

  document.addEventListener('copy', (event) => {
    if (!element.contains(document.activeElement)) return;
    const { active, marking } = grid;
    const marked = marking.marked ?? (active && active.row >= 0 ? grid.one(active) : undefined);
    if (!marked) return;
    spec.onCopy(marked);
    event.preventDefault();
  }, { signal });

  // The editor turns its own key for Select All into a selection of the whole page.
  document.addEventListener('selectionchange', () => {
    const selection = document.getSelection();
    if (!selection || selection.isCollapsed || !element.contains(document.activeElement)) return;
    selection.removeAllRanges();
    if (performance.now() - markedAllAt > selectAllMs) markAll();
  }, { signal });
}

/** Opens the menu of what is marked below a cell, which is marked when it is not yet. */
export function openMarkedMenu(grid: Steering, cell: CellPlace): void {
  if (!grid.marking.has(cell.row, cell.column)) grid.move(cell, { mark: 'anew', scroll: true });
  const box = (grid.find(cell) ?? grid.element).getBoundingClientRect();
  grid.spec.onMarkedMenu({ x: box.left + 8, y: Math.min(box.bottom, grid.element.getBoundingClientRect().bottom) });
}

function neighbour({ columns, rows, scroll }: Steering, active: CellPlace, key: string, command: boolean): CellPlace | undefined {
  const at = columns.placeOf(active.column) ?? 0;
  const last = columns.shown.length - 1;
  const page = Math.max(1, Math.floor(scroll.view / rowHeight) - 1);
  const place = (row: number, to: number): CellPlace => ({
    row: rows === 0 ? -1 : Math.max(-1, Math.min(rows - 1, row)),
    column: columns.shown[Math.max(0, Math.min(last, to))] ?? active.column,
  });
  const { row } = active;
  switch (key) {
    case 'ArrowLeft':
      return place(row, command ? 0 : at - 1);
    case 'ArrowRight':
      return place(row, command ? last : at + 1);
    case 'ArrowUp':
      return place(command && row > 0 ? 0 : row - 1, at);
    case 'ArrowDown':
      return place(command ? rows - 1 : row + 1, at);
    case 'PageUp':
      return place(row < 0 ? row : Math.max(0, row - page), at);
    case 'PageDown':
      return place(row + page, at);
    case 'Home':
      return place(command ? 0 : row, 0);
    case 'End':
      return place(command ? rows - 1 : row, last);
    default:
      return undefined;
  }
}
