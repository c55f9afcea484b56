// Draws one line of a publishing: whether it is wanted, what is done with what, how far it is, and what is to be known of it.

import * as l10n from '@vscode/l10n';
import type { LineSign, PublishLine } from '../../src/features/apim/publish/messages';
import { button, h } from '../kit/elements';
import { icon, type IconName } from '../kit/icons';
import type { PublishPageContext } from './context';

const signs: Readonly<Record<LineSign, IconName | undefined>> = {
  none: undefined, going: 'sending', done: 'ok', failed: 'failed', conflict: 'warning', undone: 'undo', kept: 'warning',
};

/** Draws it; `problem` stands beneath it where it stopped there. */
export function drawLine(page: PublishPageContext, line: PublishLine, problem: HTMLElement | undefined): HTMLElement {
  const { key, action, actionLabel, kind, name, detail, sign, state, notes, why, offers } = line;
  const drawing = signs[sign];
  const isOut = !line.chosen && (action === 'make' || action === 'change');
  // Why it is left out stands in its row, so that ticking moves no line.
  const beside = why ?? detail;
  return h('li', { class: ['publish-line', action, sign, ...(isOut ? ['out'] : [])].join(' '), 'data-key': key },
    h('div', { class: 'publish-row' },
      boxOf(page, line),
      h('span', { class: 'publish-action' }, actionLabel),
      h('span', { class: 'publish-kind' }, kind),
      h('span', { class: 'publish-text' },
        h('span', { class: 'publish-name' }, name), beside === ''
          ? undefined
          : h('span', { class: ['publish-detail', ...(why === undefined ? [] : ['publish-why'])].join(' '), title: beside }, beside)),
      h('span', { class: 'publish-state' }, drawing && icon(drawing), state === '' ? undefined : h('span', { title: state }, state)),
      lookOf(page, line)),
    notes.length === 0 ? undefined : h('ul', { class: 'publish-notes' }, ...notes.map((note) => h('li', {}, note))),
    offers.length === 0
      ? undefined
      : h('div', { class: 'buttons publish-offers' }, ...offers.map(({ kind: way, label }) =>
          button({ label, focusKey: `offer-${way}-${key}`, run: () => page.send({ type: 'offer', key, kind: way }) }))),
    problem);
}

function boxOf(page: PublishPageContext, { key, kind, name, action, chosen, open }: PublishLine): HTMLElement {
  // What stays as it is, or waits to be decided, is not to be chosen; its place is kept, so that lines stand under each other.
  if (action === 'leave' || action === 'conflict') return h('span', { class: 'publish-box' });
  const box = h('input', {
    type: 'checkbox', class: 'publish-box', 'aria-label': l10n.t('{0} {1}', kind, name), 'data-focus': `box-${key}`, disabled: !open,
  });
  box.checked = chosen;
  box.addEventListener('change', () => page.send({ type: 'choose', key, chosen: box.checked }));
  return box;
}

function lookOf(page: PublishPageContext, { key, name, look }: PublishLine): HTMLElement {
  if (look === undefined) return h('span', { class: 'publish-look' });
  const differs = look === 'diff';
  const label = differs ? l10n.t('Show Differences of {0}', name) : l10n.t('Show {0}', name);
  return h('span', { class: 'publish-look' },
    button({
      label, icon: differs ? 'compare' : 'file', look: 'plain', focusKey: `look-${key}`, run: () => page.send({ type: 'look', key }),
    }));
}
