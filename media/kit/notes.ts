// What a reader should know, on one line: the rest opens beneath, on demand.

import * as l10n from '@vscode/l10n';
import { formatCount } from '../../src/base/format';
import { h } from './elements';
import { icon } from './icons';

/** Draws what a reader should know, in sentences; undefined when there is nothing. The first is on one line, and the others open. */
export function drawNotes(notes: readonly string[]): HTMLElement | undefined {
  if (notes.length === 0) return undefined;
  const list = h('ul', { class: 'notes' }, ...notes.map((note) => h('li', {}, icon('info'), h('span', { title: note }, note))));
  const element = h('div', { class: 'notes-part' }, list);
  const others = notes.length - 1;
  const words = others > 0 ? l10n.t('{0} more', formatCount(others)) : undefined;
  const toggle = openRest(element, 'notes', words);
  element.append(toggle);
  if (others > 0) return element;
  // A single one that fits has nothing to open.
  const [only] = list.getElementsByTagName('span');
  new ResizeObserver(() => {
    if (!element.classList.contains('open')) toggle.hidden = only === undefined || only.scrollWidth <= only.clientWidth;
  }).observe(list);
  return element;
}

/** The button that opens and closes what is beneath a notice's line: `part` has the class `open` while it is. */
export function openRest(part: HTMLElement, focusKey: string, words?: string): HTMLButtonElement {
  const label = l10n.t('Show All of It');
  const element = h(
    'button',
    {
      type: 'button',
      class: ['open-rest', words === undefined ? 'icon-button' : 'tool'].join(' '),
      title: label,
      'aria-label': words === undefined ? label : undefined,
      'aria-expanded': 'false',
      'data-focus': `open-${focusKey}`,
    },
    words,
    icon('more'),
  );
  element.addEventListener('click', () => element.setAttribute('aria-expanded', String(part.classList.toggle('open'))));
  return element;
}
