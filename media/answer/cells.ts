// One cell and one column: how wide, on which side, and how what is not text is told from text.

import type { CellView } from '../../src/messages';
import type { Column } from '../../src/model/table';
import { h } from './dom';
import { formatCount, plural } from './format';

/** Where long cells are to be found whole. */
export type Whole = 'body' | 'file';

/** Widest column, in characters. */
export const widest = 40;

/** A cell shows this many UTF-16 units at most, a tooltip that many. */
const drawnInCell = 200;
const drawnInTitle = 1000;

const numeric = /^(u?int(eger)?\d*|double|single|float\d*|numeric|number|decimal|s?byte|long|short)$/i;

/** Whether a column's type is one of numbers, which stand on the right. A column without a type is taken for text. */
export function isNumeric(column: Column | undefined): boolean {
  return column?.type !== undefined && numeric.test(column.type.trim());
}

/** How many characters wide a text is in a fixed-width font; those of East Asia take two. Counts no further than the widest column. */
export function widthOf(text: string): number {
  let width = 0;
  for (const character of text) {
    width += character >= '\u1100' && !(character >= '\u2010' && character <= '\u2bff') ? 2 : 1;
    if (width > widest) break;
  }
  return width;
}

/** The text that decides how wide a cell is. */
export function textOf(cell: CellView | undefined): string {
  if (cell === null) return 'null';
  if (cell === undefined) return '—';
  if (typeof cell === 'string') return cell === '' ? '""' : cell;
  return 'cut' in cell ? cell.cut : '—';
}

/** Draws a cell of a column that is `width` characters wide. */
export function drawCell(cell: CellView | undefined, width: number, right: boolean, whole: Whole): HTMLTableCellElement {
  const [content, title] = contentOf(cell, width, whole);
  // The look of a table takes the meaning of its parts away from some readers; the roles give it back.
  return h('td', { role: 'cell', class: right ? 'right' : undefined, title }, content);
}

function contentOf(cell: CellView | undefined, width: number, whole: Whole): [content: string | HTMLElement, title?: string] {
  if (cell === null) return [special('null', 'null')];
  if (cell === '') return [special('""', 'empty text')];
  if (typeof cell === 'string') {
    if (cell.length > drawnInCell) return [`${cell.slice(0, drawnInCell)}…`, titleOf(cell)];
    return widthOf(cell) > width ? [cell, cell] : [cell];
  }
  if (cell === undefined || 'missing' in cell) return [special('—', 'missing: the row ends before this column')];
  return [`${cell.cut.slice(0, drawnInCell)}…`, `The beginning of ${plural(cell.length, 'character')}; the ${whole} has them all.\n${titleOf(cell.cut)}`];
}

/** What a cell is, in a sentence, for the line below the table; undefined when its text says it all. */
export function describeCell(cell: CellView | undefined, whole: Whole): string | undefined {
  if (cell === null) return 'null';
  if (cell === undefined || (typeof cell === 'object' && 'missing' in cell)) return 'Missing: the row ends before this column.';
  if (cell === '') return 'Empty text.';
  return typeof cell === 'string' ? undefined : `The first ${formatCount(cell.cut.length)} of ${plural(cell.length, 'character')}; the ${whole} has them all.`;
}

/** Draws a column's head: its name exactly as it came, its type beneath. */
export function drawColumnHead(column: Column | undefined): HTMLTableCellElement {
  const title = column === undefined ? 'Rows have more cells than there are columns' : column.name === '' ? 'A column without a name' : column.name;
  const name = column === undefined ? special('(no column)', title) : column.name === '' ? special('(no name)', title) : h('span', { class: 'column-name' }, column.name);
  return h('th', { scope: 'col', role: 'columnheader', class: isNumeric(column) ? 'right' : undefined, title: titleOf(column?.type ? `${title} (${column.type})` : title) },
    name, h('span', { class: 'column-type' }, column?.type ?? ''));
}

function special(text: string, title: string): HTMLElement {
  return h('span', { class: 'special', title }, text);
}

function titleOf(text: string): string {
  return text.length > drawnInTitle ? `${text.slice(0, drawnInTitle)}…` : text;
}
