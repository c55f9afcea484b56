// The list of files that were sent in one go: how each ended, and which one is shown.

import * as l10n from '@vscode/l10n';
import type { RunEntry } from '../../src/features/scoring/messages';
import type { PageContext } from '../kit/context';
import { h } from '../kit/elements';
import { formatCount } from '../../src/base/format';
import { icon } from '../kit/icons';
import { moved } from '../kit/tabs';
import { visible } from '../kit/visible';

/** The files as a choice on the page. */
export interface RunChoice {
  readonly element: HTMLSelectElement;
  /** Takes the files as they are now, in place: the choice may be open. `current` is none of them for an answer of the history. */
  update(run: readonly RunEntry[], current: number): void;
}

/** Draws the list with the entry at `current` marked; undefined when there is no choice to make. */
export function drawRun(page: PageContext, run: readonly RunEntry[], current: number): HTMLElement | undefined {
  if (run.length < 2) return undefined;
  // One service for all is named below, with the answer.
  const several = isOfSeveral(run);
  // An answer of the history is none of them, and the list is reached with the keyboard all the same.
  const reached = Math.max(0, current);
  const options = run.map((entry, index) =>
    h(
      'li',
      {
        role: 'option',
        class: 'entry',
        tabindex: index === reached ? 0 : -1,
        'aria-selected': String(index === current),
        'data-focus': `entry-${index}`,
        title: entry.source,
      },
      icon(entry.outcome),
      h('span', { class: 'entry-name' }, h('bdi', {}, entry.source)),
      several ? h('span', { class: 'entry-service' }, h('bdi', {}, entry.service)) : undefined,
      h('span', { class: `entry-outcome ${entry.outcome}` }, wordOf(entry.outcome)),
    ),
  );
  options.forEach((option, index) => {
    option.addEventListener('click', () => page.send({ type: 'select', entry: index }));
    option.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' || event.key === ' ') {
        page.send({ type: 'select', entry: index });
      } else {
        const next = moved(event.key, index, options.length, ['ArrowUp', 'ArrowDown']);
        if (next === undefined) return;
        option.tabIndex = -1;
        const target = options[next];
        if (target) {
          target.tabIndex = 0;
          target.focus();
        }
      }
      event.preventDefault();
    });
  });
  return h('nav', { class: 'run', 'aria-label': l10n.t('Files sent') },
    h('div', { class: 'run-summary' }, summary(run)),
    h('ul', { role: 'listbox', class: 'entries', 'aria-label': l10n.t('Files sent') }, ...options));
}

/** Draws the same as a choice, for where there is no room for a list. */
export function drawRunChoice(page: Pick<PageContext, 'send'>): RunChoice {
  const element = h('select', { class: 'run-choice', 'aria-label': l10n.t('Files sent'), 'data-focus': 'run-choice' });
  const none = h('option', { value: -1 });
  const options: HTMLOptionElement[] = [];
  let shown = -1;
  element.addEventListener('change', () => {
    const entry = Number(element.value);
    // What is shown is the editor's to say.
    element.value = String(shown);
    if (entry >= 0) page.send({ type: 'select', entry });
  });
  return {
    element,
    update: (run, current) => {
      shown = current;
      element.title = visible(summary(run));
      for (const option of options.splice(run.length)) option.remove();
      const several = isOfSeveral(run);
      run.forEach(({ source, service, outcome }, index) => {
        const option = options[index] ?? h('option', { value: index });
        const label = visible(
          several ? l10n.t('{0}, {1}: {2}', source, service, wordOf(outcome)) : l10n.t('{0}: {1}', source, wordOf(outcome)),
        );
        if (option.textContent !== label) option.textContent = label;
        if (options[index]) return;
        options.push(option);
        element.append(option);
      });
      none.textContent = element.title;
      if (current >= 0) none.remove();
      else if (!none.parentNode) element.prepend(none);
      if (element.value !== String(current)) element.value = String(current);
    },
  };
}

function isOfSeveral(run: readonly RunEntry[]): boolean {
  return new Set(run.map(({ service }) => service)).size > 1;
}

function wordOf(outcome: RunEntry['outcome']): string {
  switch (outcome) {
    case 'pending':
      return l10n.t('Not sent yet');
    case 'sending':
      return l10n.t('Sending');
    case 'ok':
      return l10n.t('OK');
    case 'failed':
      return l10n.t('Failed');
    case 'cancelled':
      return l10n.t('Cancelled');
  }
}

function summary(run: readonly RunEntry[]): string {
  const count = (outcome: RunEntry['outcome'], words: (number: string) => string): readonly string[] => {
    const number = run.filter((entry) => entry.outcome === outcome).length;
    return number === 0 ? [] : [words(formatCount(number))];
  };
  const counts = [
    ...count('ok', (number) => l10n.t('{0} OK', number)),
    ...count('failed', (number) => l10n.t('{0} failed', number)),
    ...count('cancelled', (number) => l10n.t('{0} cancelled', number)),
    ...count('sending', (number) => l10n.t('{0} sending', number)),
    ...count('pending', (number) => l10n.t('{0} not sent yet', number)),
  ];
  return l10n.t('{0} files: {1}', formatCount(run.length), counts.join(', '));
}
