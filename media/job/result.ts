// One result of a job: not read yet, being read, a file, a failure, or a table.

import type { ResultHead, ResultView } from '../../src/features/jobs/messages';
import type { ToTable } from '../../src/ui/tables/messages';
import { button, h } from '../kit/elements';
import { drawPlacard } from '../kit/placard';
import { drawProblem } from '../kit/problem';
import { drawProgress } from '../kit/progress';
import { refit } from '../kit/oneLine';
import { redraw } from '../kit/redraw';
import type { TableLook } from '../viewer/looks';
import { drawViewer, type Viewer } from '../viewer/viewer';
import { jobLabels } from './actions';
import type { JobPageContext } from './context';

/** One result on the page. */
export interface Result {
  readonly element: HTMLElement;
  /** Holds the tools of its table, while there is one. */
  readonly tools: HTMLElement;
  readonly update: (view: ResultView) => void;
  readonly take: (news: ToTable) => void;
}

/** How its table was looked at last, and who hears how it is looked at now. */
export interface ResultLook {
  readonly look: () => TableLook;
  readonly onLook: (look: TableLook) => void;
}

/** Draws the result with the number `index`. */
export function drawResult(page: JobPageContext, head: ResultHead, index: number, first: ResultView, { look, onLook }: ResultLook): Result {
  const element = h('div', { class: 'result' });
  const tools = h('div', { class: 'tool-set' });
  let drawing = new AbortController();
  page.signal.addEventListener('abort', () => drawing.abort());
  let viewer: Viewer | undefined;
  const draw = (view: ResultView): void => {
    if (view.kind === 'table' && viewer) {
      viewer.update(view.view);
      return;
    }
    drawing.abort();
    drawing = new AbortController();
    viewer = undefined;
    redraw(element, page.stage, () => {
      if (view.kind !== 'table') {
        element.replaceChildren(drawWaiting(page, head, index, view));
        tools.replaceChildren();
        return;
      }
      viewer = drawViewer({ ...page, signal: drawing.signal }, view.view, index, {
        whole: 'file',
        empty: 'The file holds no rows.',
        tools: [{
          id: 'save', label: 'Save As…', icon: 'save', title: 'Save the whole file of this output',
          run: () => page.send({ type: 'saveResult', result: index }),
        }],
        look: look(),
        onLook,
      });
      element.replaceChildren(viewer.element);
      tools.replaceChildren(viewer.tools);
      refit(tools);
    });
  };
  draw(first);
  return { element, tools, update: draw, take: (news) => viewer?.take(news) };
}

function drawWaiting(page: JobPageContext, head: ResultHead, index: number, view: Exclude<ResultView, { kind: 'table' }>): HTMLElement {
  const name = h('p', { class: 'pair' }, h('bdi', { title: head.file }, head.file));
  switch (view.kind) {
    case 'closed':
      return drawPlacard('file', 'Not read yet', 'h2', name,
        h('div', { class: 'buttons' }, openButton(page, index, 'Open', 'primary'), saveButton(page, index)));
    case 'reading':
      return h('div', { class: 'busy' },
        drawProgress(`Reading ${head.name}`).element,
        drawPlacard(undefined, 'Reading', 'h2', name));
    case 'file':
      return drawPlacard(
        'file',
        head.name,
        'h2',
        name,
        h('p', {}, view.note),
        h('div', { class: 'buttons' }, saveButton(page, index, 'primary')),
      );
    case 'failed': {
      const { problem } = view;
      return h(
        'div',
        { class: 'result-failed' },
        drawProblem(page, { ...problem, actions: (problem.actions ?? []).filter((action) => action !== 'retry') }, jobLabels()),
        h('div', { class: 'buttons' }, openButton(page, index, 'Try Again'), saveButton(page, index)),
      );
    }
    default:
      return view satisfies never;
  }
}

function openButton(page: JobPageContext, index: number, label: string, look: 'primary' | 'secondary' = 'secondary'): HTMLElement {
  return button({
    label,
    icon: label === 'Open' ? 'open' : 'again',
    look,
    focusKey: `read-${index}`,
    run: () => page.send({ type: 'openResult', result: index }),
  });
}

function saveButton(page: JobPageContext, index: number, look: 'primary' | 'secondary' = 'secondary'): HTMLElement {
  return button({
    label: 'Save As…',
    icon: 'save',
    look,
    focusKey: `save-${index}`,
    run: () => page.send({ type: 'saveResult', result: index }),
  });
}
