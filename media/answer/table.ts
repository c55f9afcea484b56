// One output: its name and size, its table, and the way to the rows that are not drawn yet.

import type { CellView, TableView } from '../../src/messages';
import type { Whole } from './cells';
import type { AnyPage } from './context';
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
  /** Takes news of the same table: how many rows there are and can be had, and its notes. What is drawn stays. */
  update(view: TableView): void;
}

/** What differs with where an output came from. */
export interface OutputRest {
  readonly whole: Whole;
  /** Said when there are no rows at all. */
  readonly empty: string;
  /** What stands beside the button that copies. */
  readonly buttons: readonly HTMLElement[];
  /** What stands below the table; `left` is how many rows there are that the editor does not hold. */
  readonly footer: (left: number) => readonly HTMLElement[];
}

/** Draws the output at `index`, which is the number that the editor knows it by. */
export function drawOutput(page: AnyPage, first: TableView, index: number, rest: OutputRest): Output {
  let view = first;
  let rows = view.rows;
  const width = rows.reduce((most, row) => Math.max(most, row.length), view.columns.length);
  const step = Math.max(5, Math.min(stepRows, Math.floor((width < wideColumns ? stepCells : wideStepCells) / Math.max(1, width))));
  let shown = Math.min(rows.length, step);
  let asked = false;

  const size = h('span', { class: 'output-size' });
  const notes = h('div', { class: 'output-notes' });
  const none = h('p', { class: 'empty' }, rest.empty);
  const footer = h('div', { class: 'output-footer' });
  const { whole } = rest;
  const grid = drawGrid({ name: view.name, columns: view.columns, sample: rows.slice(0, shown), totalRows: view.totalRows, whole, signal: page.signal });
  const scroller = h('div', { class: 'scroller', tabindex: 0, role: 'region', 'aria-label': `Table ${view.name}`, 'data-focus': `table-${index}`, 'aria-description': 'Press Enter to read cell by cell with the arrow keys.' }, grid.element);
  const cell = (row: number, column: number): CellView | undefined => rows[row]?.[column];
  const inspector = drawInspector({ scroller, table: grid.element, columns: view.columns, whole, cell, announce: page.announce });
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
      else askForMore();
    },
  });
  const askForMore = (): void => {
    if (asked) return;
    asked = true;
    page.send({ type: 'moreRows', table: index, from: rows.length });
    update();
  };
  const update = (): void => {
    size.textContent = sizeOf(view, shown);
    const held = Math.max(rows.length, view.availableRows);
    const left = held - shown;
    const focused = footer.contains(document.activeElement) && document.activeElement instanceof HTMLElement ? document.activeElement : undefined;
    if (left > 0) {
      more.lastElementChild?.replaceChildren(asked ? 'Loading…' : `Show ${formatCount(Math.min(step, left))} more ${left === 1 ? 'row' : 'rows'}`);
      // Not `disabled`, which would drop the focus.
      more.setAttribute('aria-disabled', String(asked));
    }
    const others = rest.footer(left > 0 ? 0 : Math.max(0, view.totalRows - held));
    const wanted = left > 0 ? [more, ...others] : others;
    if (wanted.length !== footer.children.length || wanted.some((each, at) => each !== footer.children[at])) footer.replaceChildren(...wanted);
    footer.hidden = wanted.length === 0;
    none.hidden = view.totalRows > 0;
    if (focused && document.activeElement !== focused) (focused.isConnected && !footer.hidden ? focused : scroller).focus();
  };
  const drawAllNotes = (): void => {
    const drawn = drawNotes(view.notes);
    notes.replaceChildren(...(drawn ? [drawn] : []));
    notes.hidden = drawn === undefined;
  };

  drawAllNotes();
  update();
  grid.add(rows.slice(0, shown));
  const element = h('section', { class: 'output', 'aria-label': view.name },
    h('div', { class: 'output-head' },
      h('h2', { class: 'output-name', title: view.name }, view.name), size,
      width === 0 ? undefined : copyButton(page, { label: 'Copy as TSV', title: 'Copy this table as tab-separated text, for a spreadsheet', focusKey: `copy-${index}` }, { type: 'copy', what: 'table', table: index }),
      ...rest.buttons),
    notes,
    width === 0 ? undefined : scroller,
    none,
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
    update: (news) => {
      const wereAllShown = shown >= Math.max(rows.length, view.availableRows);
      const sameNotes = JSON.stringify(news.notes) === JSON.stringify(view.notes);
      view = news;
      grid.count(view.totalRows);
      if (!sameNotes) drawAllNotes();
      update();
      // Whoever saw all rows and let more be read wants to see them.
      if (wereAllShown && view.availableRows > rows.length) askForMore();
    },
  };
}

function sizeOf(view: TableView, shown: number): string {
  const soFar = view.readsOn ? ' read so far' : '';
  const rows = shown < view.totalRows ? `first ${formatCount(shown)} of ${plural(view.totalRows, 'row')}${soFar}` : `${plural(view.totalRows, 'row')}${soFar}`;
  return `${rows} × ${plural(view.columns.length, 'column')}`;
}
