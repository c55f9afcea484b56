// One output: its name and size, its table, and the way to the rows that are not drawn yet.

import type { CellView, TableView } from '../../src/messages';
import type { PageContext } from './context';
import { copyMarked } from './copy';
import { button, copyButton, h } from './dom';
import { formatCount, plural } from './format';
import { drawGrid } from './grid';
import { drawInspector } from './inspect';
import { drawNotes } from './problem';

/** So many rows are drawn in one go, fewer in a wide table. */
const stepRows = 1000;
const stepCells = 50_000;

/** From so many columns on most cells of a row are out of sight and cost the browser as much as the rest: fewer rows in one go still. */
const wideColumns = 200;
const wideStepCells = 20_000;

/** One output on the page. */
export interface Output {
  readonly element: HTMLElement;
  /** Takes rows that the editor sent; those that do not follow the last one are left. */
  append(from: number, rows: readonly (readonly CellView[])[]): void;
}

/** Draws the output at `index` of the answer. */
export function drawOutput(page: PageContext, view: TableView, index: number): Output {
  let rows = view.rows;
  const width = rows.reduce((most, row) => Math.max(most, row.length), view.columns.length);
  const step = Math.max(5, Math.min(stepRows, Math.floor((width < wideColumns ? stepCells : wideStepCells) / Math.max(1, width))));
  let shown = Math.min(rows.length, step);
  let asked = false;

  const size = h('span', { class: 'output-size' });
  const footer = h('div', { class: 'output-footer' });
  const grid = drawGrid(view.name, view.columns, rows.slice(0, shown), view.totalRows, page.signal);
  const scroller = h('div', { class: 'scroller', tabindex: 0, role: 'region', 'aria-label': `Table ${view.name}`, 'data-focus': `table-${index}`, 'aria-description': 'Press Enter to read cell by cell with the arrow keys.' }, grid.element);
  const cell = (row: number, column: number): CellView | undefined => rows[row]?.[column];
  const inspector = drawInspector({ scroller, table: grid.element, columns: view.columns, cell, announce: page.announce });
  copyMarked(grid.element, (lines) => page.send({ type: 'copyCells', table: index, lines }));

  const showMore = (): void => {
    const end = Math.min(rows.length, shown + step);
    if (end === shown) return;
    page.announce(`Rows ${formatCount(shown + 1)} to ${formatCount(end)} added.`);
    grid.add(rows.slice(shown, end));
    shown = end;
    update();
  };
  const more = button({
    label: '',
    icon: 'more',
    focusKey: `more-${index}`,
    run: () => {
      if (shown < rows.length) showMore();
      else if (!asked) {
        asked = true;
        page.send({ type: 'moreRows', table: index, from: rows.length });
        update();
      }
    },
  });
  const save = button({ label: 'Save Body…', icon: 'save', focusKey: `save-${index}`, run: () => page.send({ type: 'saveBody' }) });
  const update = (): void => {
    size.textContent = sizeOf(view, shown);
    const held = Math.max(rows.length, view.availableRows);
    const left = held - shown;
    const focused = document.activeElement === more;
    if (left > 0) {
      more.lastElementChild?.replaceChildren(asked ? 'Loading…' : `Show ${formatCount(Math.min(step, left))} more ${left === 1 ? 'row' : 'rows'}`);
      // Not `disabled`, which would drop the focus.
      more.setAttribute('aria-disabled', String(asked));
      if (!more.isConnected) footer.replaceChildren(more);
    } else if (held < view.totalRows) {
      footer.replaceChildren(h('span', {}, `The other ${plural(view.totalRows - held, 'row')} are in the body: save it as a file to have them all.`), save);
    } else {
      footer.replaceChildren();
    }
    footer.hidden = footer.childElementCount === 0;
    if (focused && left <= 0) scroller.focus();
  };

  update();
  grid.add(rows.slice(0, shown));
  const element = h('section', { class: 'output', 'aria-label': view.name },
    h('div', { class: 'output-head' },
      h('h2', { class: 'output-name', title: view.name }, view.name), size,
      width === 0 ? undefined : copyButton(page, { label: 'Copy as TSV', title: 'Copy this table as tab-separated text, for a spreadsheet', focusKey: `copy-${index}` }, { type: 'copy', what: 'table', table: index })),
    drawNotes(view.notes),
    width === 0 ? undefined : scroller,
    view.totalRows === 0 ? h('p', { class: 'empty' }, 'The service answered with no rows for this output.') : undefined,
    inspector,
    footer);
  return {
    element,
    append: (from, added) => {
      asked = false;
      if (from === rows.length) {
        rows = rows.concat(added);
        showMore();
      }
      update();
    },
  };
}

function sizeOf(view: TableView, shown: number): string {
  const rows = shown < view.totalRows ? `first ${formatCount(shown)} of ${plural(view.totalRows, 'row')}` : plural(view.totalRows, 'row');
  return `${rows} × ${plural(view.columns.length, 'column')}`;
}
