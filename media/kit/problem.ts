// The box that says what went wrong, and what to do.

import type { ErrorAction, ErrorParts } from '../../src/model/errors';
import type { ActionPage } from './context';
import { button, h } from './elements';
import { icon } from './icons';
import { openRest } from './notes';
import { visibleLines } from './visible';

/** The words on the buttons, by the ids of what they do; an id without words has no button here. */
export type ActionLabels = ReadonlyMap<ErrorAction, string>;

/**
 * The editor's words on the buttons, which it writes into the page's frame, and the page's own on the one that tries again; without such
 * words there is none. Asked for when something is drawn: before, the language is not known.
 */
export function actionLabels(retry?: string): ActionLabels {
  const given: unknown = JSON.parse(document.getElementById('root')?.dataset['actions'] ?? '{}');
  const labels = Object.entries(given ?? {}).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return new Map(retry === undefined ? labels : [...labels, ['retry', retry]]);
}

/** The same without *Try Again*, where a button of its own stands for that, or trying again is another thing. */
export function withoutRetry(problem: ErrorParts): ErrorParts {
  return { ...problem, actions: (problem.actions ?? []).filter((action) => action !== 'retry') };
}

/** The button of an action, or undefined when the page has none for it. */
export function actionButton(
  page: ActionPage,
  action: ErrorAction,
  look: 'primary' | 'secondary',
  labels: ActionLabels,
): HTMLButtonElement | undefined {
  const label = labels.get(action);
  return label === undefined
    ? undefined
    : button({ label, look, focusKey: `action-${action}`, run: () => page.send({ type: 'action', action }) });
}

/** Draws a problem: the sentence with its buttons on one line where they fit, and below it the advice and the service's own words. */
export function drawProblem(page: ActionPage, problem: ErrorParts, labels: ActionLabels): HTMLElement {
  const { line, more } = partsOf(page, problem, labels, 'primary');
  return h('div', { class: 'problem', role: 'alert' }, icon('failed'), h('div', { class: 'problem-text' }, line, ...more));
}

/**
 * Draws a problem on one line, for where there is data to look at: the rest opens beneath. `others` are buttons that the page adds. It
 * comes closed again only when it is another problem, as what draws it does so only then.
 */
export function drawBriefProblem(
  page: ActionPage,
  problem: ErrorParts,
  labels: ActionLabels,
  ...others: readonly HTMLElement[]
): HTMLElement {
  const { line, more } = partsOf(page, problem, labels, 'secondary', others);
  const rest = h('div', { class: 'problem-more' }, ...more);
  const element = h('div', { class: 'problem brief', role: 'alert' }, icon('failed'), h('div', { class: 'problem-text' }, line, rest));
  line.append(openRest(element, 'problem'));
  return element;
}

function partsOf(
  page: ActionPage,
  problem: ErrorParts,
  labels: ActionLabels,
  first: 'primary' | 'secondary',
  others: readonly HTMLElement[] = [],
): { readonly line: HTMLElement; readonly more: readonly HTMLElement[] } {
  const buttons = [
    ...(problem.actions ?? [])
      .map((action, index) => actionButton(page, action, index === 0 ? first : 'secondary', labels))
      .filter((each) => each !== undefined),
    ...others,
  ];
  const line = h(
    'div',
    { class: 'problem-line' },
    h('p', { class: 'problem-sentence', title: problem.sentence }, problem.sentence),
    buttons.length === 0 ? undefined : h('div', { class: 'buttons' }, ...buttons),
  );
  const more: HTMLElement[] = [];
  if (problem.advice !== undefined) more.push(h('p', {}, problem.advice));
  if (problem.detail !== undefined) {
    const detail = document.createTextNode(visibleLines(problem.detail));
    more.push(h('div', { class: 'quoted', tabindex: 0, role: 'region', 'aria-label': 'In the service’s own words' }, detail));
  }
  return { line, more };
}
