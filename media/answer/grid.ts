// The table itself: a head that stays in sight, and rows drawn a few at a time so that the page answers meanwhile.

import type { CellView } from '../../src/messages';
import type { Column } from '../../src/model/table';
import { drawCell, drawColumnHead, isNumeric, textOf, widest, widthOf, type Whole } from './cells';
import { h } from './dom';
import { visible } from './visible';

/** How long rows are drawn before the page gets its turn, in milliseconds. */
const turnMs = 10;

/** A column is at least this many characters wide, and its width is measured on this many rows. */
const narrowest = 4;
const measuredRows = 100;

/** A body of the table has about this many cells. */
const bodyCells = 1500;

/** Size of the heads' font; the style sheet says the same. */
const headSize = '12px';

/** A name takes at most this many lines; the style sheet says the same. */
const headLines = 4;

/** What stands left and right of a cell's text and of a row's number, in pixels; the style sheet says the same. */
const cellPadding = 17;
const numberPadding = 17;

/** A table that is being drawn. */
export interface Grid {
  readonly element: HTMLTableElement;
  /** Draws rows that come after those it has been given, a few at a time. */
  add(rows: readonly (readonly CellView[])[]): void;
  /** Takes the number of rows that there are, or that are known so far. */
  count(totalRows: number): void;
}

/** What a table is drawn from. `sample` is the rows that its columns are measured on; `signal` ends the drawing of rows. */
export interface GridSpec {
  readonly name: string;
  readonly columns: readonly Column[];
  readonly sample: readonly (readonly CellView[])[];
  readonly totalRows: number;
  readonly whole: Whole;
  readonly signal: AbortSignal;
}

/** Draws the head and the columns. */
export function drawGrid({ name, columns, sample, totalRows, whole, signal }: GridSpec): Grid {
  const count = sample.reduce((most, row) => Math.max(most, row.length), columns.length);
  const heads = Array.from({ length: count }, (_, index) => columns[index]);
  const measured = sample.slice(0, measuredRows);
  const headWidth = headRuler();
  const widths = heads.map((column, index) => columnWidth(measured.map((row) => row[index]), headWidth(column)));
  const right = heads.map(isNumeric);

  const element = h('table', { class: 'grid', role: 'table', 'aria-label': name },
    h('thead', { role: 'rowgroup' }, h('tr', { role: 'row', 'aria-rowindex': 1 }, h('th', { scope: 'col', role: 'columnheader', class: 'row-number' }, h('span', { class: 'unseen' }, 'Row')), ...heads.map(drawColumnHead))));
  const setTotal = (total: number): void => {
    const numberWidth = Math.max(2, String(total).length);
    element.setAttribute('aria-rowcount', String(total + 1));
    element.style.setProperty('--columns', [track(numberWidth, numberPadding), ...widths.map((width) => track(width, cellPadding))].join(' '));
    element.style.width = `calc(${numberWidth + widths.reduce((sum, width) => sum + width, 0)}ch + ${count * cellPadding + numberPadding}px)`;
  };
  setTotal(totalRows);

  const drawRow = (row: readonly CellView[], index: number): HTMLElement => {
    const line = h('tr', { role: 'row', 'aria-rowindex': index + 2 }, h('th', { scope: 'row', role: 'rowheader', class: 'row-number' }, String(index + 1)));
    line.append(...widths.map((width, at) => drawCell(row[at], width, right[at] ?? false, whole)));
    return line;
  };

  // Rows stand in bodies of a few each: those out of sight cost the browser nothing until they are scrolled to.
  const bodyRows = Math.max(1, Math.min(50, Math.floor(bodyCells / (count + 1))));
  let waiting: (readonly CellView[])[] = [];
  let drawn = 0;
  let body = h('tbody');
  const turn = (): void => {
    if (signal.aborted) return;
    const end = performance.now() + turnMs;
    let next = 0;
    do {
      const row = waiting[next++];
      if (!row) break;
      if (drawn % bodyRows === 0) element.append((body = h('tbody', { role: 'rowgroup' })));
      body.append(drawRow(row, drawn++));
      body.style.setProperty('--rows', String(body.rows.length));
    } while (performance.now() < end);
    waiting = waiting.slice(next);
    element.setAttribute('aria-busy', String(waiting.length > 0));
    if (waiting.length > 0) requestAnimationFrame(turn);
  };
  return {
    element,
    count: setTotal,
    add: (rows) => {
      const idle = waiting.length === 0;
      waiting = waiting.concat(rows);
      if (idle && waiting.length > 0) turn();
    },
  };
}

function columnWidth(cells: readonly (CellView | undefined)[], headWidth: number): number {
  return Math.min(widest, Math.max(narrowest, headWidth, ...cells.map((cell) => widthOf(textOf(cell)))));
}

/** Measures heads, which are set in the font of the page and not in that of the cells. The answer is in characters of a cell. */
function headRuler(): (column: Column | undefined) => number {
  const style = getComputedStyle(document.body);
  const ruler = document.createElement('canvas').getContext('2d');
  if (!ruler) return (column) => widthOf(column?.name ?? '');
  const mono = style.getPropertyValue('--vscode-editor-font-family') || 'monospace';
  ruler.font = `${style.getPropertyValue('--vscode-editor-font-size') || '12px'} ${mono}`;
  const character = ruler.measureText('0').width || 1;
  ruler.font = `600 ${headSize} ${style.fontFamily}`;
  return (column) => {
    const name = column === undefined ? '(no column)' : column.name === '' ? '(no name)' : column.name;
    const shown = visible(name.slice(0, headLines * widest));
    const width = (text: string): number => ruler.measureText(text).width;
    // Names wrap between words: what they need is their longest word, or the share of a line when there are many.
    const needed = [...shown.split(/\s+/).map(width), width(shown) / (headLines - 0.5), width(column?.type?.slice(0, widest) ?? '')];
    return Math.ceil(Math.max(...needed) / character);
  };
}

function track(width: number, padding: number): string {
  return `calc(${width}ch + ${padding}px)`;
}
