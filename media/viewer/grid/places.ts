// How wide the columns are and how tall their heads, from a layout and from what was measured.

import type { CellView, ViewRow } from '../../../src/model/view';
import type { GridSpec, Layout } from './gridSpec';
import { Columns } from './columns';
import { bandHeight } from './head';
import { headRowHeight, leastWidth, makeRuler, mostWidth, type HeadFit } from './measure';

/** Where columns do not fit side by side, one of text is no wider than this by itself, in pixels: about 20 characters. */
const widestText = 160;

/** The columns of a grid with their sizes. */
export interface Places {
  readonly columns: Columns;
  readonly layout: Layout;
  /** Height of the heads with the bands, in pixels. */
  readonly headHeight: number;
  /** What there is room for of the head of a column. */
  headOf(column: number): HeadFit;
  arrange(layout: Layout): void;
  /** The layout with a column of another width, in pixels. */
  withWidth(column: number, width: number): Layout;
  /** The width that shows these cells of a column whole, in pixels. */
  fit(column: number, cells: readonly CellView[]): number;
  /** Takes the width of what is seen: columns of text give way where not all columns fit. */
  fitInto(width: number): void;
  /** Makes room for row numbers up to `largest`; answers whether it was needed. */
  makeRoom(largest: number): boolean;
  /** Makes room for the numbers in these rows, which begin at column `columnFrom`, and for the rows' own; answers whether it was needed. */
  makeRoomFor(rows: readonly ViewRow[], columnFrom: number): boolean;
}

/** Measures the columns of a grid. */
export function makePlaces(spec: GridSpec, headRows: number): Places {
  const ruler = makeRuler(spec.whole);
  const columns = new Columns();
  const measured = new Map<number, number>();
  const heads = new Map<number, { readonly width: number; readonly fit: HeadFit }>();
  let { layout } = spec;
  /** Width of what is seen, 0 until it is known, and how wide columns of text may be in it. */
  let room = 0;
  let mostOfText = Infinity;
  /** The longest number that has come of a column, in characters. */
  const longest = new Map<number, number>();
  const makeRoom = (largest: number): boolean => {
    const width = ruler.numberWidth(largest);
    if (width <= columns.numberWidth) return false;
    columns.numberWidth = width;
    return true;
  };
  const bounded = (width: number): number => Math.round(Math.max(leastWidth, Math.min(mostWidth, width)));
  const widthOf = (column: number): number => {
    const own = layout.widths[column];
    const known = spec.columns[column];
    if (own !== undefined || !known) return bounded(own ?? 0);
    const before = measured.get(column);
    if (before !== undefined) return before;
    const width = Math.max(ruler.widthOf(column, known, spec.sample), ruler.numbers(longest.get(column) ?? 0));
    measured.set(column, width);
    return width;
  };
  const isLong = (column: number): boolean =>
    spec.columns[column]?.kind === 'text' && layout.widths[column] === undefined && widthOf(column) > widestText;
  const setOut = (): void => {
    columns.arrange(spec.columns.length, layout, (column) => (isLong(column) ? Math.min(mostOfText, widthOf(column)) : widthOf(column)));
  };
  /** Not while a column is dragged: its edge would run away from the mouse. */
  const shareOut = (): void => {
    columns.arrange(spec.columns.length, layout, widthOf);
    const long = columns.shown.filter(isLong);
    const others = columns.total - long.reduce((sum, column) => sum + widthOf(column), 0);
    mostOfText = room > 0 && columns.total > room ? Math.max(widestText, Math.floor((room - others) / Math.max(1, long.length))) : Infinity;
    setOut();
  };
  /** A head is measured again only when its column has become wider or narrower. */
  const headOf = (column: number): HeadFit => {
    const known = spec.columns[column];
    const width = columns.width(columns.placeOf(column) ?? 0);
    const before = heads.get(column);
    if (!known || before?.width === width) return before?.fit ?? 'whole';
    const fit = ruler.headIn(known, width);
    heads.set(column, { width, fit });
    return fit;
  };
  return {
    columns,
    get layout() {
      return layout;
    },
    headHeight: headRowHeight + (headRows - 1) * bandHeight,
    headOf,
    arrange: (wanted) => {
      const isResized = wanted.hidden === layout.hidden && columns.shown.length > 0;
      layout = wanted;
      if (isResized) setOut();
      else shareOut();
    },
    fitInto: (width) => {
      if (width !== room) {
        room = width;
        shareOut();
      }
      columns.fit(width);
    },
    withWidth: (column, width) => ({ ...layout, widths: { ...layout.widths, [column]: bounded(width) } }),
    fit: (column, cells) => {
      const known = spec.columns[column];
      return known ? ruler.fit(known, cells) : leastWidth;
    },
    makeRoom,
    makeRoomFor: (rows, columnFrom) => {
      let grown = false;
      for (const { cells } of rows) {
        cells.forEach((cell, index) => {
          const column = columnFrom + index;
          if (typeof cell !== 'string' || spec.columns[column]?.kind !== 'number' || cell.length <= (longest.get(column) ?? 0)) return;
          longest.set(column, cell.length);
          const width = ruler.numbers(cell.length);
          const before = measured.get(column) ?? Infinity;
          if (width <= before) return;
          measured.set(column, width);
          grown ||= layout.widths[column] === undefined;
        });
      }
      if (grown) shareOut();
      // Rows of a filtered table can have larger numbers than there are rows.
      return makeRoom(rows.reduce((most, row) => Math.max(most, row.number + 1), 0)) || grown;
    },
  };
}
