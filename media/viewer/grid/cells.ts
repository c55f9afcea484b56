// How a cell looks and what is said of it: what is not text is told from text of the same look.

import type { CellChange, CellView } from '../../../src/model/view';
import { plural } from '../../kit/format';
import { visible } from '../../kit/visible';

/** A cell shows this many UTF-16 units at most, a tooltip that many. */
const drawnInCell = 200;
const drawnInTitle = 1000;

/** Where long cells are to be found whole. */
export type Whole = 'body' | 'file';

/** What stands in a cell. */
export interface CellLook {
  readonly text: string;
  /** Not text, but a sign for something that is none. */
  readonly special: boolean;
  /** What the sign stands for, where it does not say it itself. */
  readonly label?: string;
}

const nullLook: CellLook = { text: 'null', special: true };
const emptyLook: CellLook = { text: '""', special: true, label: 'empty text' };
/** A file of separated values does not tell an empty text from no text. */
const blankLook: CellLook = { text: '', special: false, label: 'empty' };
const missingLook: CellLook = { text: '—', special: true, label: 'missing: the row ends before this column' };
/** Stands where a cell has not come yet. */
export const waitingLook: CellLook = { text: '…', special: true, label: 'not loaded yet' };

/** How a cell that has come looks. */
export function lookOf(cell: CellView, whole: Whole): CellLook {
  if (cell === null) return nullLook;
  if (cell === '') return whole === 'file' ? blankLook : emptyLook;
  if (typeof cell === 'string')
    return { text: cell.length > drawnInCell ? `${beginning(cell, drawnInCell)}…` : visible(cell), special: false };
  return 'cut' in cell ? { text: `${beginning(cell.cut, drawnInCell)}…`, special: false } : missingLook;
}

/** What is said of a cell that stands out; whether it is the one before or after is said by the head of its column. */
const changeLabels: Readonly<Record<CellChange, string>> = {
  'changed before': 'changed',
  'changed after': 'changed',
  'only before': 'only before',
  'only after': 'only after',
};

/** What is said of a cell besides what stands in it; undefined when that says all. */
export function labelOf({ text, label }: CellLook, change: CellChange | undefined): string | undefined {
  return change === undefined ? label : `${label ?? text}, ${changeLabels[change]}`;
}

const changeTitles: Readonly<Record<CellChange, string>> = {
  'changed before': 'Changed: this was before.',
  'changed after': 'Changed: this is after.',
  'only before': 'This row is only in the answer before.',
  'only after': 'This row is only in the answer after.',
};

/** The line of a tooltip that tells why a cell stands out. */
export function changeTitle(change: CellChange): string {
  return changeTitles[change];
}

/** The tooltip of a cell: as much of its text as is of use, or what its sign stands for. */
export function titleOf(cell: CellView | undefined, whole: Whole): string {
  if (cell === undefined) return waitingLook.label ?? '';
  if (typeof cell === 'string' && cell !== '') return shortTitle(cell);
  if (cell !== null && typeof cell === 'object' && 'cut' in cell)
    return `The beginning of ${plural(cell.length, 'character')}; the ${whole} has them all.\n${shortTitle(cell.cut)}`;
  return lookOf(cell, whole).label ?? 'null';
}

/** A text that is no longer than a tooltip should be, with every character in it visible. */
export function shortTitle(text: string): string {
  return text.length > drawnInTitle ? `${beginning(text, drawnInTitle)}…` : visible(text);
}

function beginning(text: string, length: number): string {
  // Half a character at the end would look like something odd in the text itself.
  return visible(text.slice(0, length).replace(/[\ud800-\udbff]$/, ''));
}
