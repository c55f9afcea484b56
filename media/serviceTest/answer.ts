// The answer beneath the form: how it ended, its tables, and the way to its own page. Its place is there before it comes.

import * as l10n from '@vscode/l10n';
import { formatCount, formatDate, formatDuration, formatTime } from '../../src/base/format';
import type { TestAnswer } from '../../src/features/tryIt/test/messages';
import type { ToTable } from '../../src/ui/tables/messages';
import { button, h } from '../kit/elements';
import { drawChip } from '../kit/header';
import { drawNotes } from '../kit/notes';
import { actionLabels, drawBriefProblem, drawProblem } from '../kit/problem';
import { tabs } from '../kit/tabs';
import { visibleLines } from '../kit/visible';
import type { TableLook } from '../viewer/looks';
import { drawViewer, type Viewer } from '../viewer/viewer';
import type { TestContext } from './context';

/** An answer on the page. */
export interface Answer {
  readonly element: HTMLElement;
  /** Takes news of a table. */
  readonly take: (news: ToTable) => void;
  /** Takes the tables as they are now; all else is the same. */
  readonly update: (tables: TestAnswer['tables']) => void;
}

/** How the outputs are looked at, from one answer to the next: by their numbers, and which of them was chosen. */
export interface AnswerLooks {
  readonly tables: Map<number, TableLook>;
  selected: number;
}

/** Draws what stands there before the first answer. */
export function drawNoAnswer(isForm: boolean): HTMLElement {
  return h('p', { class: 'empty' }, isForm
    ? l10n.t('The answer will stand here. Enter in a field sends.') : l10n.t('The answer will stand here. Ctrl+Enter sends.'));
}

/** Draws an answer. */
export function drawAnswer(page: TestContext, answer: TestAnswer, looks: AnswerLooks): Answer {
  const { tables, problem, text, notes } = answer;
  const viewers = new Map<number, Viewer>();
  let latest = tables;
  const draw = (index: number): Viewer | undefined => {
    const table = latest[index];
    const viewer = table && drawViewer(page, table, index, {
      whole: 'body', empty: l10n.t('The service answered with no rows for this output.'),
      look: looks.tables.get(index) ?? {}, onLook: (look) => void looks.tables.set(index, look),
    });
    if (viewer) viewers.set(index, viewer);
    return viewer;
  };
  const outputs = tables.length === 0 ? undefined : tabs({
    label: l10n.t('Outputs'), look: 'main', selected: looks.selected < tables.length ? looks.selected : 0,
    onSelect: (index) => (looks.selected = index),
    tabs: tables.map((table, index) => ({
      id: `output-${index}`, label: table.name,
      detail: l10n.t('{0} × {1}', formatCount(table.totalRows), formatCount(table.ownColumns ?? table.columns.length)),
      draw: () => {
        const viewer = draw(index);
        return viewer ? { content: viewer.element, tools: viewer.tools } : h('div');
      },
    })),
  });
  const whole = document.createTextNode(visibleLines(text));
  return {
    element: h('article', { class: 'test-answer', 'aria-label': l10n.t('Answer') },
      drawLine(page, answer),
      problem && (tables.length === 0 ? drawProblem : drawBriefProblem)(page, problem, actionLabels(l10n.t('Try Again'))),
      outputs?.element,
      text === '' ? undefined : h('pre', {
        class: 'test-text', tabindex: 0, role: 'region', 'data-focus': 'answer-text', 'aria-label': l10n.t('Body of the answer'),
      }, whole),
      drawNotes(notes)),
    take: (news) => {
      if (news.type === 'table') latest = latest.map((each, index) => (index === news.table ? news.view : each));
      viewers.get(news.table)?.take(news);
    },
    update: (now) => {
      latest = now;
      for (const [index, viewer] of viewers) {
        const table = now[index];
        if (table) viewer.update(table);
      }
    },
  };
}

/** How it ended, in a few words: `200 OK`, or that no answer came. */
export function statusText({ status, statusText: words }: TestAnswer): string {
  return status === undefined ? l10n.t('No answer') : `${status} ${words ?? ''}`.trim();
}

function drawLine(page: TestContext, answer: TestAnswer): HTMLElement {
  const { status, problem, durationMs, startedAt } = answer;
  const tone = status === undefined || status >= 400 ? 'failed' : problem || status >= 300 ? 'warning' : 'ok';
  return h('div', { class: 'test-answer-line' },
    drawChip({ tone, icon: tone, text: statusText(answer) }),
    h('span', { title: l10n.t('{0} ms', formatCount(durationMs)) }, formatDuration(durationMs)),
    h('time', { datetime: new Date(startedAt).toISOString(), title: formatDate(startedAt) }, formatTime(startedAt)),
    h('span', { class: 'header-space' }),
    button({ label: l10n.t('Open Answer'), icon: 'open', focusKey: 'open-answer', run: () => page.send({ type: 'openAnswer' }) }));
}
