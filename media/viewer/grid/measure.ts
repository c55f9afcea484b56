// How wide columns have to be, and how many lines their heads take, measured in the fonts of the page.

import type { CellView, ViewColumn, ViewRow } from '../../../src/model/view';
import { formatCount } from '../../../src/base/format';
import { visible } from '../../kit/visible';
import { blockColumns } from './blocks';
import { lookOf, type Whole } from './cells';

/** A column is at least and, by itself, at most this many characters wide; one whose cells are not known yet is of middling width. */
const narrowest = 4;
const widest = 40;
const unknown = 12;

/** Numbers grow: those of a table's first rows say little of its last ones, such as a number for each row. */
const numbersOfMany = 8;

/** Widths are measured on about so many cells, so that a wide table is there as soon as a narrow one. */
const measuredCells = 20_000;
const measuredRows = 100;

/** Sizes in pixels; the style sheet says the same: left and right of a text, and a head's button with what stands beside it. */
const padding = 17;
const headButton = 22;
const headGap = 6;

/** By itself a column makes room for so much of its name, and for name and type together only up to less, in pixels. */
const mostOfName = 150;
const mostOfHead = 130;

/** More of a name than this, in UTF-16 units, is not measured. */
const measuredName = 200;

/** Height of the heads in pixels; the style sheet says the same. */
export const headRowHeight = 28;

/** The narrowest and the widest that a person can make a column, in pixels. */
export const leastWidth = 48;
export const mostWidth = 2000;

/** Measures in the fonts that the page had when it was made. */
export interface Ruler {
  /** Width of a column by its head and by the rows that are known of it, in pixels. */
  widthOf(index: number, column: ViewColumn, rows: readonly ViewRow[]): number;
  /** Width that shows these cells and the head whole, in pixels. */
  fit(column: ViewColumn, cells: readonly CellView[]): number;
  /** Width that shows numbers of so many characters, in pixels. */
  numbers(characters: number): number;
  /** Width of the row numbers when the largest is `largest`, in pixels. */
  numberWidth(largest: number): number;
  /** What of a head there is room for in a column of this width. */
  headIn(column: ViewColumn, width: number): HeadFit;
}

/**
 * All of a head; its name without the type, cut at its end where there is no room for more; or the beginning and the end of its name, which
 * needs room for more than the end.
 */
export type HeadFit = 'whole' | 'name' | 'ends';

/** The name that stands for a column. */
export function shownName(column: ViewColumn): string {
  return column.name === '' ? '(no name)' : column.name;
}

/** So much of a long name's end is seen, in UTF-16 units: columns that are made by a program differ there. */
const nameEnd = 9;

/** The end of a name; half a character begins no text. */
export function endOf(name: string): string {
  return name.slice(-nameEnd).replace(/^[\udc00-\udfff]/, '');
}

/** Makes a ruler for cells that are whole in `whole`. */
export function makeRuler(whole: Whole): Ruler {
  const style = getComputedStyle(document.body);
  const pen = document.createElement('canvas').getContext('2d');
  const cellFont =
    `${style.getPropertyValue('--vscode-editor-font-size') || '12px'} ` +
    `${style.getPropertyValue('--vscode-editor-font-family') || 'monospace'}`;
  const nameFont = `600 12px ${style.fontFamily}`;
  const typeFont = `11px ${style.fontFamily}`;
  const widthIn = (font: string) => (text: string): number => {
    if (!pen) return text.length * 8;
    // Setting a font is dear even when it is the same.
    if (lastFont !== font) pen.font = lastFont = font;
    return pen.measureText(text).width;
  };
  let lastFont = '';
  const cell = widthIn(cellFont);
  const name = widthIn(nameFont);
  const character = cell('0') || 8;
  const ofName = (column: ViewColumn): number => name(visible(shownName(column).slice(0, measuredName)));
  const ofBoth = (column: ViewColumn): number =>
    ofName(column) + (column.type === undefined ? 0 : headGap + widthIn(typeFont)(visible(column.type.slice(0, widest))));
  /** Short names have their type beside them; long ones are cut in their middle. */
  const ofHead = (column: ViewColumn): number =>
    Math.min(mostOfName, Math.max(ofName(column), Math.min(mostOfHead, ofBoth(column)))) + headButton;
  const bounded = (width: number, most: number): number => Math.ceil(Math.min(most, Math.max(leastWidth, width + padding)));

  return {
    widthOf: (index, column, rows) => {
      let characters = column.kind === 'number' && rows.length >= measuredRows ? numbersOfMany : narrowest;
      if (index >= blockColumns || rows.length === 0) characters = unknown;
      const count = Math.max(
        5,
        Math.min(measuredRows, Math.floor(measuredCells / Math.max(1, Math.min(blockColumns, rows[0]?.cells.length ?? 1)))),
      );
      for (const row of rows.slice(0, count)) {
        const value = row.cells[index];
        if (value !== undefined) characters = Math.max(characters, charactersOf(lookOf(value, whole).text));
        if (characters >= widest) break;
      }
      return bounded(Math.max(Math.min(widest, characters) * character, ofHead(column)), mostWidth);
    },
    fit: (column, cells) => {
      const widths = cells.map((value) => cell(lookOf(value, whole).text) + 1);
      return bounded(Math.max(narrowest * character, ofBoth(column) + headButton, ...widths), mostWidth / 2);
    },
    numbers: (characters) => bounded(Math.min(widest, characters) * character, mostWidth),
    numberWidth: (largest) => Math.ceil(Math.max(2, formatCount(largest).length) * character) + padding,
    headIn: (column, width) => {
      const room = width - padding - headButton;
      if (ofBoth(column) <= room) return 'whole';
      const isEnds = ofName(column) > room && column.name.length > nameEnd && name(`m…${visible(endOf(column.name))}`) <= room;
      return isEnds ? 'ends' : 'name';
    },
  };
}

/** How many characters wide a text is in a fixed-width font; those of East Asia take two. Counts no further than the widest column. */
function charactersOf(text: string): number {
  let width = 0;
  for (const character of text) {
    width += character >= '\u1100' && !(character >= '\u2010' && character <= '\u2bff') ? 2 : 1;
    if (width > widest) break;
  }
  return width;
}
