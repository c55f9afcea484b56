// Reading single cells: a click or the keyboard picks one, and a line below the table shows all of its text.

import type { CellView } from '../../src/messages';
import type { Column } from '../../src/model/table';
import { describeCell, type Whole } from './cells';
import { button, h } from './dom';
import { formatCount } from './format';
import { visibleLines } from './visible';

/** More of a cell's text than this, in UTF-16 units, is not drawn. */
const shownLimit = 64 * 1024;

/** As much of it is said, in UTF-16 units. */
const spokenLimit = 300;

/** What the reader of cells looks at. */
export interface InspectorSpec {
  readonly scroller: HTMLElement;
  readonly table: HTMLTableElement;
  readonly columns: readonly Column[];
  readonly whole: Whole;
  readonly cell: (row: number, column: number) => CellView | undefined;
  /** Has a screen reader say which cell was picked and what it holds. */
  readonly announce: (sentence: string) => void;
}

/** Lets a person pick cells of a table. The element that comes back is hidden until one is picked. */
export function drawInspector(spec: InspectorSpec): HTMLElement {
  const where = h('span', { class: 'inspector-where' });
  const text = h('div', { class: 'inspector-text', tabindex: 0, role: 'region', 'aria-label': 'Text of the cell' });
  let picked: HTMLTableCellElement | undefined;

  const drop = (): void => {
    picked?.classList.remove('picked');
    picked = undefined;
    element.hidden = true;
  };
  const close = button({ label: 'Close', icon: 'close', look: 'plain', run: () => {
    drop();
    spec.scroller.focus();
  } });
  const element = h('div', { class: 'inspector', hidden: true }, h('div', { class: 'inspector-head' }, where, close), text);

  const pick = (cell: HTMLTableCellElement): void => {
    const row = rowOf(cell);
    const index = cell.cellIndex - 1;
    picked?.classList.remove('picked');
    picked = cell;
    cell.classList.add('picked');
    const value = spec.cell(row, index);
    const column = spec.columns[index];
    const name = column === undefined ? '(no column)' : column.name === '' ? '(no name)' : column.name;
    const type = column?.type === undefined ? '' : ` (${column.type})`;
    const note = describeCell(value, spec.whole);
    const whole = typeof value === 'string' ? value : value !== null && value !== undefined && 'cut' in value ? value.cut : '';
    const cut = whole.length > shownLimit ? ` The first ${formatCount(shownLimit)} of its ${formatCount(whole.length)} characters are shown.` : '';
    const after = `${type}${note === undefined ? '' : `: ${note}`}${cut}`;
    element.hidden = false;
    where.replaceChildren(h('span', {}, `Row ${formatCount(row + 1)}, `), h('bdi', {}, name), h('span', {}, after));
    spec.announce(`Row ${formatCount(row + 1)}, ${name}${after}. ${whole.slice(0, spokenLimit)}`);
    text.replaceChildren(document.createTextNode(visibleLines(whole.slice(0, shownLimit))));
    text.hidden = whole === '';
    text.scrollTop = 0;
    cell.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  };

  spec.table.addEventListener('click', (event) => {
    const cell = event.target instanceof Element ? event.target.closest('td') : null;
    // Marking text with the mouse ends in a click too.
    if (cell && document.getSelection()?.isCollapsed !== false) pick(cell);
  });
  spec.scroller.addEventListener('keydown', (event) => {
    if (event.target !== spec.scroller || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Escape' && picked) drop();
    else if (event.key === 'Enter' && !picked) {
      const first = spec.table.rows[1]?.cells[1];
      if (!first) return;
      pick(first);
    } else {
      const next = picked && neighbour(spec.table, picked, event.key);
      if (!next) return;
      pick(next);
    }
    event.preventDefault();
  });
  return element;
}

function rowOf(cell: HTMLTableCellElement): number {
  return cell.parentElement instanceof HTMLTableRowElement ? cell.parentElement.rowIndex - 1 : 0;
}

function neighbour(table: HTMLTableElement, cell: HTMLTableCellElement, key: string): HTMLTableCellElement | undefined {
  // The first row is the head, the first cell the row's number.
  const { rows } = table;
  const row = rowOf(cell) + 1;
  const column = cell.cellIndex;
  const cells = rows[row]?.cells;
  switch (key) {
    case 'ArrowLeft':
      return cells?.[Math.max(1, column - 1)];
    case 'ArrowRight':
      return cells?.[column + 1] ?? cell;
    case 'ArrowUp':
      return rows[Math.max(1, row - 1)]?.cells[column];
    case 'ArrowDown':
      return rows[row + 1]?.cells[column] ?? cell;
    case 'Home':
      return cells?.[1];
    case 'End':
      return cells?.[cells.length - 1];
    default:
      return undefined;
  }
}
