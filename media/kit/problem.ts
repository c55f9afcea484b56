// The box that says what went wrong, and what to do.

import type { ErrorAction, ErrorParts } from '../../src/model/errors';
import type { AnyPage } from './context';
import { button, h } from './elements';
import { icon } from './icons';
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

/** The button of an action, or undefined when the page has none for it. */
export function actionButton(
  page: AnyPage,
  action: ErrorAction,
  look: 'primary' | 'secondary',
  labels: ActionLabels,
): HTMLButtonElement | undefined {
  const label = labels.get(action);
  return label === undefined
    ? undefined
    : button({ label, look, focusKey: `action-${action}`, run: () => page.send({ type: 'action', action }) });
}

/** Draws a problem: the sentence, the advice, the service's own words, the buttons. */
export function drawProblem(page: AnyPage, problem: ErrorParts, labels: ActionLabels): HTMLElement {
  const buttons = (problem.actions ?? [])
    .map((action, index) => actionButton(page, action, index === 0 ? 'primary' : 'secondary', labels))
    .filter((each) => each !== undefined);
  const detail = problem.detail === undefined ? undefined : document.createTextNode(visibleLines(problem.detail));
  return h('div', { class: 'problem', role: 'alert' },
    icon('failed'),
    h('div', { class: 'problem-text' },
      h('p', { class: 'problem-sentence' }, problem.sentence),
      problem.advice === undefined ? undefined : h('p', {}, problem.advice),
      detail && h('div', { class: 'quoted', tabindex: 0, role: 'region', 'aria-label': 'In the service’s own words' }, detail),
      buttons.length === 0 ? undefined : h('div', { class: 'buttons' }, ...buttons)));
}

/** Draws what a reader should know, in sentences; undefined when there is nothing. */
export function drawNotes(notes: readonly string[]): HTMLElement | undefined {
  return notes.length === 0
    ? undefined
    : h('ul', { class: 'notes' }, ...notes.map((note) => h('li', {}, icon('info'), h('span', {}, note))));
}
