// Two exchanges that are compared: their heads, what can be done, what is to be known, and the outputs.

import * as l10n from '@vscode/l10n';
import type { FromComparePage, ShownPlace, ToComparePage } from '../../src/features/history/messages';
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
import { withLook } from '../viewer/looks';
import { drawHeads, headFacts } from './heads';
import { drawOutput, drawSummary } from './output';
import { lookOfPair, type Saved } from './saved';
import { makeSteps } from './steps';
import { swappedLook } from './swapped';
import { drawTolerance, type Unfinished } from './tolerance';

/** What the editor tells of two exchanges. */
export type Compared = Extract<ToComparePage, { type: 'compare' }>;

/** A comparison on the page. */
export interface ComparisonOnPage {
  readonly element: HTMLElement;
  readonly number: number;
  /** Takes news of a table, and what was looked for. */
  readonly take: (news: ToTable | Extract<ToComparePage, { type: 'change' | 'badTolerance' }>) => void;
  /** What somebody is about to enter; to be asked before the page's signal is raised. */
  readonly unfinished: () => Unfinished;
  /** Goes on with it in the next comparison. */
  readonly resume: (unfinished: Unfinished) => void;
}

/** The comparison that is shown, and where somebody is in it. */
interface ShownAt {
  readonly comparison: number;
  readonly at?: ShownPlace;
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
  // Other rows are another table to look at: places in the one mean nothing in the other. Another tolerance chooses other rows too.
  const key = [message.key, ...(allRows ? ['all'] : []), ...(message.tolerance === '0' ? [] : [message.tolerance])].join(' ');
  let { looks } = saved;
  const output = (index: number): Node | Panel => {
    const table = compared[index];
    if (!table) return h('div');
    const { look, isSwapped } = lookOfPair(looks, key, index);
    const drawn = drawOutput(page, table, latest[index], index, {
      allRows,
      tolerance: message.tolerance,
      look: isSwapped ? swappedLook(look, latest[index]?.columns ?? [], table.sides) : look,
      onLook: (changed) => {
        looks = withLook(looks, key, index, changed);
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
  const first = firstToSee(compared);
  let selected = Math.min(saved.output ?? first, parts.length - 1);
  const select = (index: number): void => {
    selected = index;
    onLook({ output: index });
  };
  // Another tolerance may make other outputs differ; what is looked at stays.
  if (hasTables && saved.output === undefined) onLook({ output: selected });
  const outputs = hasTables
    ? tabs({ label: l10n.t('Outputs'), look: 'main', selected, onSelect: select, tabs: parts })
    : undefined;
  const viewerOf = (index: number): { readonly output: number; readonly viewer: Viewer } | undefined => {
    const viewer = viewers.get(index);
    return viewer && { output: index, viewer };
  };
  const steps = makeSteps(page, message.comparison, () => {
    // In the summary no output is looked at, and another one may have what this one has not.
    const wanted = compared[selected]?.hasChanges ? selected : first;
    if (!compared[wanted]?.hasChanges) return undefined;
    if (wanted !== selected) {
      // What has the focus must not be hidden with its panel.
      const inside = outputs?.element.contains(document.activeElement);
      outputs?.select(wanted);
      if (inside) outputs?.element.querySelector<HTMLElement>(`#tab-output-${wanted}`)?.focus();
      select(wanted);
    }
    return viewerOf(wanted);
  }, () => viewerOf(selected), (index, column) => besideIn(compared[index]?.sides, latest[index]?.columns, column));
  const at = (): ShownAt => {
    const place = steps.at();
    return { comparison: message.comparison, ...(place ? { at: place } : {}) };
  };
  const tolerance = drawTolerance({
    inUse: message.tolerance, givenFor: message.givenTolerance, signal: page.signal,
    onGive: (text) => page.send({ type: 'tolerance', text, ...at() }),
  });
  const editTolerance = (): void => {
    const anchor = element.querySelector<HTMLElement>('[data-focus="more-actions"]');
    if (anchor) tolerance.edit(element, anchor);
  };
  const element = h(
    'article',
    { class: 'answer compare', 'aria-label': l10n.t('Comparison') },
    drawHeader({
      chip: chipOf(message),
      title: l10n.t('Comparison of two requests'),
      titleUnseen: true,
      factsLabel: l10n.t('The two requests'),
      facts: headFacts(before, after),
      ...(hasTables ? { tools: h('div', { class: 'header-tools' }, steps.element, tolerance.element) } : {}),
      actions: actionsOf(page, message, { go: steps.go, at, editTolerance }),
    }),
    tolerance.problem,
    problem && !hasTables ? drawProblem(page, problem, labels()) : undefined,
    outputs
      ? outputs.element
      : h('div', { class: 'compare-bare' }, drawHeads(before, after), drawBare(message)),
    problem && hasTables ? drawBriefProblem(page, problem, labels()) : undefined,
    drawNotes(notes),
  );
  const stays = message.stay === selected ? viewerOf(selected) : undefined;
  if (stays) steps.stay(stays.output, stays.viewer);
  return {
    element,
    number: message.comparison,
    take: (news) => {
      if (news.type === 'change') return steps.take(news);
      if (news.type === 'badTolerance') return tolerance.refuse(news.sentence);
      if (news.type === 'table' && latest[news.table]) latest[news.table] = news.view;
      viewers.get(news.table)?.take(news);
      steps.inOrder();
    },
    unfinished: tolerance.unfinished,
    resume: (unfinished) => tolerance.resume(unfinished, editTolerance),
  };
}

/** The column of a pair beside another one, which has the same group. */
function besideIn(
  sides: Compared['compared'][number]['sides'] = {},
  columns: Compared['views'][number]['columns'] = [],
  column: number,
): number | undefined {
  const other = sides[column] === 'after' ? column - 1 : column + 1;
  const [side, group] = [sides[other], columns[column]?.group];
  return (side === 'before' || side === 'after') && side !== sides[column] && columns[other]?.group === group ? other : undefined;
}

/** The number of the output that is looked at first: one to whose changes one can go, or else one that differs. */
function firstToSee(compared: Compared['compared']): number {
  const places = [compared.findIndex(({ hasChanges }) => hasChanges), compared.findIndex(({ same }) => !same)];
  return places.find((place) => place >= 0) ?? 0;
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
function chipOf({ compared, same, unknown, tolerance }: Compared): ChipSpec {
  if (unknown) return { tone: 'quiet', icon: 'info', text: l10n.t('Cannot be compared') };
  if (same) return { tone: 'ok', icon: 'ok', text: tolerance === '0' ? l10n.t('The same') : l10n.t('The same within {0}', tolerance) };
  const [first, ...others] = compared.filter((table) => !table.same);
  // Where not all rows were compared, there may be none that tells a difference: then it is how far no row differs.
  const fact = first?.difference ?? first?.facts[0];
  return { tone: 'warning', icon: 'warning', text: fact !== undefined && others.length === 0 ? fact : l10n.t('Different') };
}

function actionsOf(
  page: PageOf<FromComparePage>,
  { compared, allRows, before, after, unknown }: Compared,
  { go, at, editTolerance }: {
    readonly go: (forth: boolean) => void;
    readonly at: () => ShownAt;
    readonly editTolerance: () => void;
  },
): ActionsSpec {
  const next: Action = {
    id: 'next', label: l10n.t('Next Change'), icon: 'down', title: l10n.t('Go to the next cell that has changed (F7)'), run: () => go(true),
  };
  const previous: Action = {
    id: 'previous', label: l10n.t('Previous Change'), icon: 'up', title: l10n.t('Go to the cell before that has changed (Shift+F7)'),
    run: () => go(false),
  };
  const swap: Action = {
    id: 'swap', label: l10n.t('Swap'), icon: 'swap', title: l10n.t('Put the one that is before after the other'),
    run: () => page.send({ type: 'swap', ...at() }),
  };
  const rows: Action = {
    id: 'all-rows', label: l10n.t('Only Changes'), icon: 'changes', pressed: !allRows,
    title: allRows ? l10n.t('Show only rows that differ') : l10n.t('Show also rows that are the same'),
    run: () => page.send({ type: 'allRows', on: !allRows, ...at() }),
  };
  const within: Action = { id: 'edit-tolerance', label: l10n.t('Tolerance for Numbers…'), icon: 'edit', run: editTolerance };
  const answers: Action = {
    id: 'answers', label: l10n.t('Compare Answers as Text'), icon: 'file', run: () => page.send({ type: 'diffAnswers' }),
  };
  const requests: Action = {
    id: 'requests', label: l10n.t('Compare Requests as Text'), icon: 'file', run: () => page.send({ type: 'diffRequests' }),
  };
  const answered = !unknown && before.status !== undefined && after.status !== undefined;
  const changes = compared.some(({ hasChanges }) => hasChanges);
  return {
    ...(changes ? { primary: next } : {}),
    icons: [...(changes ? [previous] : []), ...(compared.length === 0 ? [] : [rows]), swap],
    more: [...(compared.length === 0 ? [] : [within]), ...(answered ? [answers, requests] : [requests])],
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
