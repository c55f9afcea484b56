// The list of files that were sent in one go: how each ended, and which one is shown.

import type { RunEntry } from '../../src/features/scoring/messages';
import type { PageContext } from '../kit/context';
import { h } from '../kit/elements';
import { formatCount } from '../../src/base/format';
import { plural } from '../kit/format';
import { icon } from '../kit/icons';
import { moved } from '../kit/tabs';

const words: Readonly<Record<RunEntry['outcome'], string>> = {
  pending: 'Not sent yet',
  sending: 'Sending',
  ok: 'OK',
  failed: 'Failed',
  cancelled: 'Cancelled',
};

/** Draws the list with the entry at `current` marked; undefined when there is no choice to make. */
export function drawRun(page: PageContext, run: readonly RunEntry[], current: number): HTMLElement | undefined {
  if (run.length < 2) return undefined;
  // One service for all is named below, with the answer.
  const several = new Set(run.map(({ service }) => service)).size > 1;
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
      h('span', { class: `entry-outcome ${entry.outcome}` }, words[entry.outcome]),
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
  return h('nav', { class: 'run', 'aria-label': 'Files sent' },
    h('div', { class: 'run-summary' }, summary(run)),
    h('ul', { role: 'listbox', class: 'entries', 'aria-label': 'Files sent' }, ...options));
}

/** The same as a choice, for where there is no room for a list; `current` is none of them for an answer of the history. */
export function drawRunChoice(page: PageContext, run: readonly RunEntry[], current: number): HTMLElement {
  const several = new Set(run.map(({ service }) => service)).size > 1;
  const choice = h(
    'select',
    { class: 'run-choice', 'aria-label': 'Files sent', title: summary(run), 'data-focus': 'run-choice' },
    current < 0 ? h('option', { value: '-1' }, summary(run)) : undefined,
    ...run.map(({ source, service, outcome }, index) =>
      h('option', { value: index }, `${source}${several ? `, ${service}` : ''}: ${words[outcome]}`)),
  );
  choice.value = String(current);
  choice.addEventListener('change', () => {
    const entry = Number(choice.value);
    // What is shown is the editor's to say.
    choice.value = String(current);
    if (entry >= 0) page.send({ type: 'select', entry });
  });
  return choice;
}

function summary(run: readonly RunEntry[]): string {
  const counts = [['ok', 'OK'], ['failed', 'failed'], ['cancelled', 'cancelled'], ['sending', 'sending'], ['pending', 'not sent yet']]
    .map(([outcome, word]) => ({ word, count: run.filter((entry) => entry.outcome === outcome).length }))
    .filter(({ count }) => count > 0);
  return `${plural(run.length, 'file')}: ${counts.map(({ word, count }) => `${formatCount(count)} ${word ?? ''}`).join(', ')}`;
}
