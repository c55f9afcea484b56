// One result of a job: not read yet, being read, a file, a failure, or a table that can be read on.

import type { CellView, ResultHead, ResultView } from '../../src/messages';
import { button, h } from '../answer/dom';
import { formatBytes } from '../answer/format';
import { icon } from '../answer/icons';
import { drawProblem } from '../answer/problem';
import { redraw } from '../answer/redraw';
import { drawOutput, type Output } from '../answer/table';
import { jobLabels } from './actions';
import type { JobPageContext } from './context';
import { slot } from './slot';

/** One result on the page. */
export interface Result {
  readonly element: HTMLElement;
  readonly update: (view: ResultView) => void;
  readonly append: (from: number, rows: readonly (readonly CellView[])[]) => void;
}

/** Draws the result with the number `index`. `onTable` is told when a table is drawn, with what it is scrolled in. */
export function drawResult(page: JobPageContext, head: ResultHead, index: number, first: ResultView, onTable: (scroller: HTMLElement, signal: AbortSignal) => void): Result {
  const element = h('div', { class: 'result' });
  let drawing = new AbortController();
  page.signal.addEventListener('abort', () => drawing.abort());
  let table: DrawnTable | undefined;
  const draw = (view: ResultView): void => {
    if (view.kind === 'table' && table?.takes(view)) {
      table.update(view);
      return;
    }
    drawing.abort();
    drawing = new AbortController();
    table = undefined;
    redraw(element, page.stage, () => {
      if (view.kind !== 'table') {
        element.replaceChildren(drawWaiting(page, head, index, view));
        return;
      }
      table = drawTable({ ...page, signal: drawing.signal }, index, view);
      element.replaceChildren(table.element);
      const scroller = element.querySelector<HTMLElement>('.scroller');
      if (scroller) onTable(scroller, drawing.signal);
    });
  };
  draw(first);
  return { element, update: draw, append: (from, rows) => table?.output.append(from, rows) };
}

type TableResult = Extract<ResultView, { kind: 'table' }>;

interface DrawnTable {
  readonly element: HTMLElement;
  readonly output: Output;
  readonly takes: (view: TableResult) => boolean;
  readonly update: (view: TableResult) => void;
}

function drawTable(page: JobPageContext, index: number, first: TableResult): DrawnTable {
  let busy = first.busy;
  const readOn = button({ label: '', icon: 'more', focusKey: `read-on-${index}`, run: () => {
    if (!busy) page.send({ type: 'readOn', result: index });
  } });
  const read = h('span', { class: 'read' });
  const trouble = slot<TableResult['problem'] | null>(page, 'result-problem', (problem) => (problem ? [drawProblem(page, { ...problem, actions: (problem.actions ?? []).filter((action) => action !== 'retry') }, jobLabels),
    h('div', { class: 'buttons' }, openButton(page, index, 'Read Anew'))] : []));
  let more = first.more;
  const output = drawOutput(page, first.table, index, {
    whole: 'file',
    empty: 'The file holds no rows.',
    buttons: [saveButton(page, index)],
    footer: () => (more ? [readOn, read] : []),
  });
  const update = (view: TableResult): void => {
    ({ busy, more } = view);
    readOn.lastElementChild?.replaceChildren(busy ? 'Reading…' : 'Read on: next 10,000 rows');
    readOn.setAttribute('aria-disabled', String(busy));
    const done = formatBytes(view.readBytes);
    read.textContent = view.totalBytes === undefined ? `${done} of the file read` : `${done} of ${formatBytes(view.totalBytes)} read`;
    trouble.update(view.problem ?? null);
    output.update(view.table);
  };
  update(first);
  const columns = JSON.stringify(first.table.columns);
  let rows = first.table.totalRows;
  return {
    element: h('div', { class: 'result-table' }, trouble.element, output.element),
    output,
    // A file that was read anew has fewer rows, or others: that is another table.
    takes: (view) => JSON.stringify(view.table.columns) === columns && view.table.totalRows >= rows && JSON.stringify(view.table.rows[0]) === JSON.stringify(first.table.rows[0]),
    update: (view) => {
      if (view.table.totalRows > rows) page.announce(`${view.table.totalRows.toLocaleString('en')} rows are read.`);
      rows = view.table.totalRows;
      update(view);
    },
  };
}

function drawWaiting(page: JobPageContext, head: ResultHead, index: number, view: Exclude<ResultView, { kind: 'table' }>): HTMLElement {
  const name = h('p', { class: 'pair' }, h('bdi', { title: head.file }, head.file));
  switch (view.kind) {
    case 'closed':
      return h('div', { class: 'placard' }, icon('file'), h('h2', {}, 'Not read yet'), name,
        h('div', { class: 'buttons' }, openButton(page, index, 'Open', 'primary'), saveButton(page, index)));
    case 'reading':
      return h('div', { class: 'busy' },
        h('div', { class: 'progress', role: 'progressbar', 'aria-label': `Reading ${head.name}` }, h('div', { class: 'progress-bit' })),
        h('div', { class: 'placard' }, h('h2', {}, 'Reading'), name));
    case 'file':
      return h('div', { class: 'placard' }, icon('file'), h('h2', {}, head.name), name, h('p', {}, view.note), h('div', { class: 'buttons' }, saveButton(page, index, 'primary')));
    case 'failed': {
      const { problem } = view;
      return h('div', { class: 'result-failed' }, drawProblem(page, { ...problem, actions: (problem.actions ?? []).filter((action) => action !== 'retry') }, jobLabels),
        h('div', { class: 'buttons' }, openButton(page, index, 'Try Again'), saveButton(page, index)));
    }
    default:
      return view satisfies never;
  }
}

function openButton(page: JobPageContext, index: number, label: string, look: 'primary' | 'secondary' = 'secondary'): HTMLElement {
  return button({ label, icon: label === 'Open' ? 'open' : 'again', look, focusKey: `read-${index}`, run: () => page.send({ type: 'openResult', result: index }) });
}

function saveButton(page: JobPageContext, index: number, look: 'primary' | 'secondary' = 'secondary'): HTMLElement {
  return button({ label: 'Save As…', icon: 'save', look, focusKey: `save-${index}`, run: () => page.send({ type: 'saveResult', result: index }) });
}
