// Draws what a service tells of itself: its inputs, parameters and outputs with their columns, and what of it was not understood.

import * as l10n from '@vscode/l10n';
import type { DescribedLine, DescribedOnPage, DescribedTable } from '../../src/features/code/messages';
import { button, h } from '../kit/elements';
import { actionLabels } from '../kit/problem';
import type { ServicePageContext } from './context';

/** Draws it, with the buttons that ask again. */
export function drawDescribed(page: ServicePageContext, described: DescribedOnPage): HTMLElement {
  const labels = actionLabels();
  const { state, sentence, actions, tables, notUnderstood } = described;
  return h(
    'section',
    { class: 'described', 'aria-label': l10n.t('Inputs and Outputs'), 'aria-busy': state === 'reading' ? 'true' : undefined },
    h('h2', {}, l10n.t('Inputs and Outputs')),
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

function drawTable(page: ServicePageContext, { title, open, lines, more }: DescribedTable, index: number): HTMLElement {
  return page.keepOpen(title, h(
    'details',
    { class: 'described-table', open },
    h('summary', { 'data-focus': `described-${index}` }, title, ' ', h('span', { class: 'muted' }, String(lines.length))),
    h(
      'div',
      { class: 'described-lines', tabindex: 0, role: 'region', 'aria-label': title },
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
