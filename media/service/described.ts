// Draws what a service tells of itself: its inputs, parameters and outputs with their columns, and what of it was not understood.

import * as l10n from '@vscode/l10n';
import type { DescribedLine, DescribedOnPage, DescribedTable } from '../../src/features/code/messages';
import { button, h } from '../kit/elements';
import { actionLabels } from '../kit/problem';
import type { ServicePageContext } from './context';

/** Longer tables scroll in a frame of their own, so that what follows is not far away. */
const mostWhole = 20;

/** So much of a long text is shown at once: up to the end of a sentence, or else of a word. */
const beginning = /^.{120,240}[.!?](?=\s)|^.{240}\S{0,40}/su;

/** Draws it, with the buttons that ask again. */
export function drawDescribed(page: ServicePageContext, described: DescribedOnPage): HTMLElement {
  const labels = actionLabels();
  const { state, sentence, title, about, actions, tables, notUnderstood } = described;
  return h(
    'section',
    { class: 'described', 'aria-label': l10n.t('Inputs and Outputs'), 'aria-busy': state === 'reading' ? 'true' : undefined },
    h('h2', {}, l10n.t('Inputs and Outputs')),
    title === undefined ? undefined : h('h3', {}, title),
    about === undefined ? undefined : drawAbout(page, about),
    h(
      'div',
      { class: 'described-head' },
      h('p', { class: 'muted' }, sentence),
      ...actions.map((action) => {
        const label = labels.get(action);
        return label === undefined
          ? undefined
          : button({ label, focusKey: `described-${action}`, run: () => page.send({ type: 'action', action }) });
      }),
      state === 'reading'
        ? undefined
        : button({
            label: state === 'known' ? l10n.t('Refresh') : l10n.t('Read Description'),
            icon: 'again',
            focusKey: 'refresh-description',
            run: () => page.send({ type: 'refreshDescription' }),
          }),
    ),
    ...tables.map((table, index) => drawTable(page, table, index)),
    notUnderstood.length === 0
      ? undefined
      : page.keepOpen('not-understood', h(
          'details',
          { class: 'described-table', open: true },
          h('summary', {}, l10n.t('Not Understood')),
          h('ul', { class: 'worth' }, ...notUnderstood.map((each) => h('li', {}, each))),
        )),
  );
}

/** The service's own words: the rest of a long text opens after its beginning. */
function drawAbout(page: ServicePageContext, about: string): HTMLElement {
  const [first = about] = beginning.exec(about) ?? [];
  const rest = about.slice(first.length);
  if (rest === '') return h('p', { class: 'described-about' }, about);
  return page.keepOpen('about', h('details', { class: 'described-about' },
    h('summary', { 'data-focus': 'described-about' }, first),
    h('p', {}, rest.trimStart())));
}

function drawTable(page: ServicePageContext, { title, open, lines, more }: DescribedTable, index: number): HTMLElement {
  const look = ['described-lines', ...(lines.length > mostWhole ? ['long'] : [])].join(' ');
  return page.keepOpen(title, h(
    'details',
    { class: 'described-table', open },
    h('summary', { 'data-focus': `described-${index}` }, title, ' ', h('span', { class: 'muted' }, String(lines.length))),
    h(
      'div',
      { class: look, tabindex: 0, role: 'region', 'aria-label': title },
      h(
        'table',
        {},
        h('thead', {}, h('tr', {}, ...heads().map((head) => h('th', { scope: 'col' }, head)))),
        h('tbody', {}, ...lines.map(drawLine)),
      ),
    ),
    more === undefined ? undefined : h('p', { class: 'muted' }, more),
  ));
}

function heads(): readonly string[] {
  return [l10n.t('Name'), l10n.t('Type'), l10n.t('Example'), l10n.t('Notes')];
}

function drawLine({ name, type, notes, example }: DescribedLine): HTMLElement {
  return h(
    'tr',
    {},
    h('th', { scope: 'row' }, h('code', {}, name)),
    h('td', {}, type),
    h('td', {}, h('code', {}, example)),
    h('td', {}, notes),
  );
}
