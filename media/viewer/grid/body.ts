// The rows on the page: as many elements as are in sight, filled anew with other rows while the table is scrolled.

import { h } from '../../kit/elements';
import { formatCount } from '../../../src/base/format';
import type { CellPlace } from './gridSpec';
import type { Blocks } from './blocks';
import { labelOf, lookOf, waitingLook, type CellLook, type Whole } from './cells';
import type { Columns, ColumnWindow } from './columns';
import type { Marking } from './marking';
import { rowHeight } from './rowScroll';

/** Rows above and below those in sight that are drawn too: the browser scrolls before the page can draw. */
const spareRows = 6;

/** What is drawn: rows by their place, columns beside those that stay, and what has to be known of them. */
export interface Scene {
  readonly rows: number;
  /** Pixels of rows above those in sight, and how many are in sight. */
  readonly full: number;
  readonly view: number;
  /** What is taken from a row's own place, in pixels. */
  readonly offset: number;
  readonly window: ColumnWindow;
  readonly columns: Columns;
  readonly blocks: Blocks;
  readonly marking: Marking;
  readonly active: CellPlace | undefined;
  /** Rows of heads above, which the rows are counted after. */
  readonly headRows: number;
  readonly whole: Whole;
  isNumber(column: number): boolean;
}

/** The drawn rows. */
export interface Body {
  readonly element: HTMLElement;
  /** Draws what is in sight. With `all`, also what rows show that have not moved. */
  draw(scene: Scene, all: boolean): void;
  /** Puts the elements in the order of their rows, for those who read the page in its own order. */
  tidy(): void;
  /** The element of a cell, if it is drawn. */
  find(row: number, at: number): HTMLElement | undefined;
}

interface DrawnCell {
  readonly element: HTMLElement;
  readonly text: Text;
  at: number;
  left: number;
  width: number;
  look: string;
  label: string | undefined;
  selected: boolean;
}

interface DrawnRow {
  readonly element: HTMLElement;
  readonly stuckPart: HTMLElement;
  readonly number: HTMLElement;
  readonly numberText: Text;
  readonly stuck: DrawnCell[];
  readonly cells: DrawnCell[];
  place: number;
  top: number;
  numberLook: string;
}

/** Makes the part of a grid that holds its rows. `name` begins the names of its elements, which no other grid of the page may have. */
export function makeBody(name: string): Body {
  const element = h('div', { class: 'grid-body', role: 'rowgroup' });
  const pool: DrawnRow[] = [];
  let cellCount = 0;
  let window: ColumnWindow = { from: 0, to: 0 };
  let stuck = 0;
  let first = 0;
  let last = 0;

  const makeRow = (): DrawnRow => {
    const numberText = document.createTextNode('');
    const number = h('div', { class: 'row-number', role: 'rowheader', 'aria-colindex': 1 }, numberText);
    const stuckPart = h('div', { class: 'stuck' }, number);
    const row = h('div', { class: 'row', role: 'row' }, stuckPart);
    return { element: row, stuckPart, number, numberText, stuck: [], cells: [], place: -1, top: -1, numberLook: '' };
  };
  const makeCell = (): DrawnCell => {
    const text = document.createTextNode('');
    const cell = h('div', { class: 'cell', role: 'gridcell', id: `${name}-${cellCount++}`, 'aria-selected': 'false' }, text);
    return { element: cell, text, at: -1, left: -1, width: -1, look: 'cell', label: undefined, selected: false };
  };

  /** Gives a row as many cells as there are columns from `from` to `to`. */
  const fitCells = (parent: HTMLElement, cells: DrawnCell[], wanted: number): void => {
    while (cells.length < wanted) {
      const cell = makeCell();
      cells.push(cell);
      parent.append(cell.element);
    }
    for (const cell of cells.splice(wanted)) cell.element.remove();
  };

  const fillCell = (cell: DrawnCell, at: number, left: number, row: number, scene: Scene): void => {
    const { columns, marking, active } = scene;
    const column = columns.shown[at] ?? 0;
    if (cell.at !== at) {
      cell.at = at;
      cell.element.setAttribute('aria-colindex', String(at + 2));
    }
    if (cell.left !== left) cell.element.style.left = `${(cell.left = left)}px`;
    const width = columns.width(at);
    if (cell.width !== width) cell.element.style.width = `${(cell.width = width)}px`;
    const value = scene.blocks.cell(row, column);
    const shown: CellLook = value === undefined ? waitingLook : lookOf(value, scene.whole);
    if (cell.text.data !== shown.text) cell.text.data = shown.text;
    const selected = marking.has(row, column);
    const change = scene.blocks.change(row, column);
    // The words of a change are the names of its looks.
    const look = `cell${change === undefined ? '' : ` ${change}`}${scene.isNumber(column) ? ' right' : ''}${shown.special ? (value === undefined ? ' waiting' : ' special') : ''}${selected ? ' marked' : ''}${active?.row === row && active.column === column ? ' active' : ''}`;
    if (cell.look !== look) cell.element.className = cell.look = look;
    if (cell.selected !== selected) cell.element.setAttribute('aria-selected', String((cell.selected = selected)));
    const label = labelOf(shown, change);
    if (cell.label !== label) {
      cell.label = label;
      if (label === undefined) cell.element.removeAttribute('aria-label');
      else cell.element.setAttribute('aria-label', label);
    }
    // A tooltip belongs to the cell that the mouse was on.
    if (cell.element.title !== '') cell.element.removeAttribute('title');
  };

  const fill = (row: DrawnRow, place: number, scene: Scene): void => {
    const { columns } = scene;
    if (row.place !== place) {
      row.place = place;
      row.element.setAttribute('aria-rowindex', String(place + scene.headRows + 1));
    }
    const number = scene.blocks.rowNumber(place);
    const text = number === undefined ? waitingLook.text : formatCount(number + 1);
    if (row.numberText.data !== text) row.numberText.data = text;
    if (number !== undefined) row.number.removeAttribute('aria-label');
    else row.number.setAttribute('aria-label', `Place ${formatCount(place + 1)}, ${waitingLook.label ?? ''}`);
    const look = scene.marking.hasRow(place) ? 'row-number touched' : 'row-number';
    if (row.numberLook !== look) row.number.className = row.numberLook = look;
    fitCells(row.stuckPart, row.stuck, stuck);
    row.stuck.forEach((cell, at) => fillCell(cell, at, columns.numberWidth + columns.left(at), place, scene));
    fitCells(row.element, row.cells, window.to - window.from);
    row.cells.forEach((cell, index) =>
      fillCell(cell, window.from + index, columns.numberWidth + columns.left(window.from + index), place, scene),
    );
  };

  return {
    element,
    draw: (scene, all) => {
      const wanted = Math.min(scene.rows, Math.ceil(scene.view / rowHeight) + 1 + 2 * spareRows);
      let everything = all || stuck !== scene.columns.stuck || window.from !== scene.window.from || window.to !== scene.window.to;
      ({ window } = scene);
      ({ stuck } = scene.columns);
      if (pool.length < wanted) {
        while (pool.length < wanted) pool.push(makeRow());
        element.append(...pool.map((row) => row.element));
        everything = true;
      }
      for (const row of pool.splice(wanted)) {
        row.element.remove();
        everything = true;
      }
      first = Math.max(0, Math.min(scene.rows - wanted, Math.floor(scene.full / rowHeight) - spareRows));
      last = first + wanted - 1;
      for (let place = first; place <= last; place++) {
        const row = pool[place % wanted];
        if (!row) continue;
        if (everything || row.place !== place) fill(row, place, scene);
        const top = place * rowHeight - scene.offset;
        if (row.top !== top) row.element.style.transform = `translateY(${(row.top = top)}px)`;
      }
    },
    tidy: () => {
      const ordered = [...pool].sort((one, other) => one.place - other.place);
      if (ordered.some((row, index) => element.children[index] !== row.element)) element.append(...ordered.map((row) => row.element));
    },
    find: (place, at) => {
      const row = place < first || place > last ? undefined : pool[place % pool.length];
      if (!row || row.place !== place) return undefined;
      return (at < stuck ? row.stuck[at] : row.cells[at - window.from])?.element;
    },
  };
}
