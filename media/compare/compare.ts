// Two exchanges that are compared: their heads, what can be done, what is to be known, and the outputs.

import * as l10n from '@vscode/l10n';
import type { FromComparePage, ToComparePage } from '../../src/features/history/messages';
import type { ToTable } from '../../src/ui/tables/messages';
import type { PageOf } from '../kit/context';
import { button, h } from '../kit/elements';
import { icon } from '../kit/icons';
import { actionLabels, drawNotes, drawProblem, type ActionLabels } from '../kit/problem';
import { tabs } from '../kit/tabs';
import type { Viewer } from '../viewer/viewer';
import { lookOf, withLook } from '../viewer/looks';
import { drawHeads } from './heads';
import { drawOutput } from './output';
import type { Saved } from './saved';

/** What the editor tells of two exchanges. */
export type Compared = Extract<ToComparePage, { type: 'compare' }>;

/** A comparison on the page. */
export interface ComparisonOnPage {
  readonly element: HTMLElement;
  /** Takes news of a table. */
  readonly take: (news: ToTable) => void;
}

/** The words on the buttons of a problem. */
function labels(): ActionLabels {
  return actionLabels(l10n.t('Try Again'));
}

/** Draws a comparison. `saved` is what the person last looked at of it; `onLook` hears what they look at now. */
export function drawComparison(
  page: PageOf<FromComparePage>,
  message: Compared,
  saved: Saved,
  onLook: (changed: Partial<Saved>) => void,
): ComparisonOnPage {
  const { before, after, compared, views, notes, problem, allRows } = message;
  const viewers = new Map<number, Viewer>();
  // News of an output that nobody has looked at yet are kept until somebody does.
  const latest = [...views];
  // Other rows are another table to look at: places in the one mean nothing in the other.
  const key = allRows ? [message.key, 'all'].join(' ') : message.key;
  let { looks } = saved;
  const output = (index: number): HTMLElement | undefined => {
    const table = compared[index];
    if (!table) return undefined;
    const drawn = drawOutput(page, table, latest[index], index, {
      allRows,
      look: lookOf(looks, key, index),
      onLook: (look) => {
        looks = withLook(looks, key, index, look);
        onLook({ looks });
      },
    });
    if (drawn.viewer) viewers.set(index, drawn.viewer);
    return drawn.element;
  };
  const outputs =
    compared.length < 2
      ? output(0)
      : tabs({
          label: l10n.t('Outputs'),
          look: 'main',
          selected: Math.min(saved.output, compared.length - 1),
          onSelect: (index) => onLook({ output: index }),
          tabs: compared.map((table, index) => ({
            id: `output-${index}`,
            label: table.name,
            detail: table.same ? l10n.t('the same') : l10n.t('differs'),
            draw: () => output(index) ?? h('div'),
          })),
        }).element;
  const element = h(
    'article',
    { class: 'answer compare', 'aria-label': l10n.t('Comparison') },
    h(
      'div',
      { class: 'summary' },
      h('h1', { class: 'unseen' }, l10n.t('Comparison of two requests')),
      drawHeads(before, after),
      drawTools(page, message),
    ),
    problem && drawProblem(page, problem, labels()),
    drawNotes(notes),
    outputs ?? drawBare(message),
  );
  return {
    element,
    take: (news) => {
      if (news.type === 'table' && latest[news.table]) latest[news.table] = news.view;
      viewers.get(news.table)?.take(news);
    },
  };
}

/** What is said while the two are read, or when they cannot be. */
export function drawWaiting(page: PageOf<FromComparePage>, { problem }: Extract<ToComparePage, { type: 'comparing' }>): HTMLElement {
  if (problem)
    return h('div', { class: 'compare-problem' }, h('h1', { class: 'unseen' }, l10n.t('Comparison')), drawProblem(page, problem, labels()));
  return h(
    'div',
    { class: 'busy' },
    h('div', { class: 'progress' }, h('div', { class: 'progress-bit' })),
    h('div', { class: 'placard' }, icon('columns'), h('h1', {}, l10n.t('Comparing…'))),
  );
}

function drawTools(page: PageOf<FromComparePage>, { compared, allRows, before, after, unknown }: Compared): HTMLElement {
  const rows = button({
    label: l10n.t('Show Unchanged Rows'),
    icon: 'list',
    focusKey: 'all-rows',
    title: allRows ? l10n.t('Show only rows that differ') : l10n.t('Show also rows that are the same'),
    run: () => page.send({ type: 'allRows', on: !allRows }),
  });
  rows.setAttribute('aria-pressed', String(allRows));
  const answered = !unknown && before.status !== undefined && after.status !== undefined;
  return h(
    'div',
    { class: 'toolbar' },
    button({
      label: l10n.t('Swap'),
      icon: 'join',
      focusKey: 'swap',
      title: l10n.t('Put the one that is before after the other'),
      run: () => page.send({ type: 'swap' }),
    }),
    answered
      ? button({
          label: l10n.t('Compare Answers as Text'),
          icon: 'file',
          focusKey: 'answers',
          run: () => page.send({ type: 'diffAnswers' }),
        })
      : undefined,
    button({
      label: l10n.t('Compare Requests as Text'),
      icon: 'file',
      focusKey: 'requests',
      run: () => page.send({ type: 'diffRequests' }),
    }),
    compared.length === 0 ? undefined : rows,
  );
}

/** What is said when no output is in both. */
function drawBare({ same, unknown }: Compared): HTMLElement {
  if (unknown)
    return h(
      'div',
      { class: 'placard' },
      icon('info'),
      h('h2', {}, l10n.t('The answers cannot be compared')),
      h('p', {}, l10n.t('The texts of the requests can be, as far as they were kept.')),
    );
  return same
    ? h('div', { class: 'placard' }, icon('ok'), h('h2', {}, l10n.t('Everything is the same')))
    : h(
        'div',
        { class: 'placard' },
        icon('info'),
        h('h2', {}, l10n.t('There are no tables to compare')),
        h('p', {}, l10n.t('The texts of the requests and the answers can be compared all the same.')),
      );
}
