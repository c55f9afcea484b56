// Cells as a page is given them: long ones cut.

import type { Cell } from '../model/table';
import type { CellView, ViewRow } from '../model/view';
import { beginningOfText } from '../base/cutText';

/** Longer cells are cut, in UTF-16 units. */
export const longestOnPage = 300;

/** A cell as a page is given it. */
export function cellView(cell: Cell): CellView {
  if (cell === undefined) return { missing: true };
  if (cell === null || cell.length <= longestOnPage) return cell;
  return { cut: beginningOfText(cell, longestOnPage), length: cell.length };
}

/** The cells of columns `columnFrom` to before `columnEnd` of a row. */
export function viewRow(number: number, cells: readonly Cell[], columnFrom: number, columnEnd: number): ViewRow {
  const views: CellView[] = [];
  for (let column = columnFrom; column < columnEnd; column++) views.push(cellView(cells[column]));
  return { number, cells: views };
}
