// Two exchanges that are compared: their heads, what can be done, what is to be known, and the outputs.

import * as l10n from '@vscode/l10n';
import type { FromComparePage, ToComparePage } from '../../src/features/history/messages';
import type { ToTable } from '../../src/ui/tables/messages';
import type { PageOf } from '../kit/context';
import type { Action, ActionsSpec } from '../kit/actions';
import { h } from '../kit/elements';
import { drawHeader, type ChipSpec } from '../kit/header';
import { drawPlacard } from '../kit/placard';
import { drawNotes } from '../kit/notes';
import { actionLabels, drawBriefProblem, drawProblem, type ActionLabels } from '../kit/problem';
import { drawProgress } from '../kit/progress';
import { tabs, type Panel, type TabSpec } from '../kit/tabs';
import type { Viewer } from '../viewer/viewer';
import { lookOf, withLook } from '../viewer/looks';
import { drawHeads, headFacts } from './heads';
import { drawOutput, drawSummary } from './output';
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
  const output = (index: number): Node | Panel => {
    const table = compared[index];
    if (!table) return h('div');
    const drawn = drawOutput(page, table, latest[index], index, {
      allRows,
      look: lookOf(looks, key, index),
      onLook: (look) => {
        looks = withLook(looks, key, index, look);
        onLook({ looks });
      },
    });
    if (!drawn.viewer) return drawn.element;
    viewers.set(index, drawn.viewer);
    return { content: drawn.element, tools: drawn.viewer.tools };
  };
  const parts: readonly TabSpec[] = [
    ...compared.map((table, index) => ({
      id: `output-${index}`,
      label: table.name,
      detail: table.same ? l10n.t('the same') : l10n.t('differs'),
      draw: () => output(index),
    })),
    { id: 'summary', label: l10n.t('Summary'), draw: () => drawSummary(before, after, compared) },
  ];
  const hasTables = compared.length > 0;
  const element = h(
    'article',
    { class: 'answer compare', 'aria-label': l10n.t('Comparison') },
    drawHeader({
      chip: chipOf(message),
      title: l10n.t('Comparison of two requests'),
      titleUnseen: true,
      factsLabel: l10n.t('The two requests'),
      facts: headFacts(before, after),
      actions: actionsOf(page, message),
    }),
    problem && !hasTables ? drawProblem(page, problem, labels()) : undefined,
    hasTables
      ? tabs({
          label: l10n.t('Outputs'),
          look: 'main',
          selected: Math.min(saved.output, parts.length - 1),
          onSelect: (index) => onLook({ output: index }),
          tabs: parts,
        }).element
      : h('div', { class: 'compare-bare' }, drawHeads(before, after), drawBare(message)),
    problem && hasTables ? drawBriefProblem(page, problem, labels()) : undefined,
    drawNotes(notes),
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
    drawProgress(l10n.t('Comparing…')).element,
    drawPlacard('columns', l10n.t('Comparing…'), 'h1'),
  );
}

/** How the two compare, in a few words. */
function chipOf({ compared, same, unknown }: Compared): ChipSpec {
  if (unknown) return { tone: 'quiet', icon: 'info', text: l10n.t('Cannot be compared') };
  if (same) return { tone: 'ok', icon: 'ok', text: l10n.t('The same') };
  const [first, ...others] = compared.filter((table) => !table.same);
  const [fact] = first?.facts ?? [];
  return { tone: 'warning', icon: 'warning', text: fact !== undefined && others.length === 0 ? fact : l10n.t('Different') };
}

function actionsOf(page: PageOf<FromComparePage>, { compared, allRows, before, after, unknown }: Compared): ActionsSpec {
  const swap: Action = {
    id: 'swap', label: l10n.t('Swap'), icon: 'join', title: l10n.t('Put the one that is before after the other'),
    run: () => page.send({ type: 'swap' }),
  };
  const rows: Action = {
    id: 'all-rows', label: l10n.t('Show Unchanged Rows'), icon: 'list', pressed: allRows,
    title: allRows ? l10n.t('Show only rows that differ') : l10n.t('Show also rows that are the same'),
    run: () => page.send({ type: 'allRows', on: !allRows }),
  };
  const answers: Action = {
    id: 'answers', label: l10n.t('Compare Answers as Text'), icon: 'file', run: () => page.send({ type: 'diffAnswers' }),
  };
  const requests: Action = {
    id: 'requests', label: l10n.t('Compare Requests as Text'), icon: 'file', run: () => page.send({ type: 'diffRequests' }),
  };
  const answered = !unknown && before.status !== undefined && after.status !== undefined;
  return {
    icons: compared.length === 0 ? [swap] : [rows, swap],
    more: answered ? [answers, requests] : [requests],
    signal: page.signal,
  };
}

/** What is said when no output is in both. */
function drawBare({ same, unknown }: Compared): HTMLElement {
  if (unknown)
    return drawPlacard(
      'info',
      l10n.t('The answers cannot be compared'),
      'h2',
      h('p', {}, l10n.t('The texts of the requests can be, as far as they were kept.')),
    );
  return same
    ? drawPlacard('ok', l10n.t('Everything is the same'), 'h2')
    : drawPlacard(
        'info',
        l10n.t('There are no tables to compare'),
        'h2',
        h('p', {}, l10n.t('The texts of the requests and the answers can be compared all the same.')),
      );
}
