// A table of one row as a list: a line for each column, with what was sent and what came back apart.

import type { CellChange, CellView, ViewColumn, ViewRow } from '../../src/model/view';
import { button, h } from '../kit/elements';
import { formatCount } from '../../src/base/format';
import { visibleLines } from '../kit/visible';
import { changeTitle } from './grid/cells';
import { nameOf } from './query';

/** More columns than this are not read as a list by anybody. */
export const listedColumns = 200;

/** The list on the page. */
export interface RowList {
  readonly element: HTMLElement;
  /** Takes cells of the row from column `columnFrom` on. */
  put(columnFrom: number, row: ViewRow): void;
  /** The column that was gone to last. */
  readonly at: number | undefined;
  /** Brings the value of a column into view; the focus stays where it is. */
  goTo(column: number): void;
}

/**
 * Draws the list of a table's only row. An empty text is nothing in a `file`, which does not tell the two apart. `onOpen` hears which cell
 * is to be shown whole.
 */
export function drawRowList(
  name: string,
  index: number,
  columns: readonly ViewColumn[],
  whole: 'body' | 'file',
  onOpen: (column: number) => void,
): RowList {
  const values = columns.map(() => h('td', {}, h('span', { class: 'special' }, '…')));
  const sections: HTMLElement[] = [];
  for (let from = 0, to = 0; from < columns.length; from = to) {
    const group = columns[from]?.group;
    while (to < columns.length && columns[to]?.group === group) to++;
    const lines = columns
      .slice(from, to)
      .map((column, at) =>
        h(
          'tr',
          {},
          h('th', { scope: 'row', title: titleOf(column) }, nameOf(column)),
          values[from + at],
        ),
      );
    sections.push(
      h(
        'section',
        {},
        group === undefined ? undefined : h('h3', { title: columns[from]?.detail }, group),
        h(
          'table',
          { class: 'row-list', 'aria-label': group ?? name },
          h('colgroup', {}, h('col', { class: 'row-list-name' }), h('col')),
          h('thead', { class: 'unseen' }, h('tr', {}, h('th', { scope: 'col' }, 'Column'), h('th', { scope: 'col' }, 'Value'))),
          h('tbody', {}, ...lines),
        ),
      ),
    );
  }
  let at: number | undefined;
  return {
    get at() {
      return at;
    },
    goTo: (column) => {
      values[at ?? -1]?.parentElement?.classList.remove('here');
      at = column;
      values[column]?.parentElement?.classList.add('here');
      values[column]?.scrollIntoView({ block: 'nearest' });
    },
    element: h(
      'div',
      { class: 'row-lists', tabindex: 0, role: 'region', 'aria-label': `The row of ${name}`, 'data-focus': `list-${index}` },
      ...sections,
    ),
    put: (columnFrom, row) =>
      row.cells.forEach((cell, at) => {
        const value = values[columnFrom + at];
        value?.replaceChildren(...draw(cell, whole, () => onOpen(columnFrom + at)), ...said(row.changes?.[columnFrom + at]));
        if (value) value.className = row.changes?.[columnFrom + at] ?? '';
      }),
  };
}

/** What its name does not say of a column. */
function titleOf(column: ViewColumn): string | undefined {
  const { type, detail } = column;
  const lines = [...(type === undefined ? [] : [`${nameOf(column)} (${type})`]), ...(detail === undefined ? [] : [detail])];
  return lines.length === 0 ? undefined : lines.join(' · ');
}

function draw(cell: CellView, whole: 'body' | 'file', onOpen: () => void): readonly (HTMLElement | Text)[] {
  if (cell === null) return [special('null', 'null')];
  if (cell === '') return whole === 'file' ? [] : [special('""', 'empty text')];
  if (typeof cell === 'string') return [document.createTextNode(visibleLines(cell))];
  if ('missing' in cell) return [special('—', 'missing: the row ends before this column')];
  return [
    document.createTextNode(`${visibleLines(cell.cut)}… `),
    button({ label: `All ${formatCount(cell.length)} Characters`, run: onOpen }),
  ];
}

/** Why a cell stands out in a comparison, for those who do not see that it does. */
function said(change: CellChange | undefined): readonly HTMLElement[] {
  return change === undefined ? [] : [h('span', { class: 'unseen' }, ` ${changeTitle(change)}`)];
}

function special(text: string, title: string): HTMLElement {
  return h('span', { class: 'special', title }, text);
}
