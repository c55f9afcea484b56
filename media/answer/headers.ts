// The header lines of the answer. The editor has masked what is secret before they come here.

import * as l10n from '@vscode/l10n';
import type { ExchangeView } from '../../src/features/scoring/messages';
import type { Header } from '../../src/model/wire';
import { h } from '../kit/elements';

/** Draws the header lines of the answer. */
export function drawHeaders(view: ExchangeView): HTMLElement {
  return h(
    'div',
    { class: 'headers', tabindex: 0, role: 'region', 'aria-label': l10n.t('Headers'), 'data-focus': 'headers' },
    headerGroup(l10n.t('Response headers'), view.responseHeaders, l10n.t('The answer has none.')),
  );
}

/** Draws header lines under a title; `none` is said where there are none. */
export function headerGroup(title: string, headers: readonly Header[], none: string): HTMLElement {
  const [name, value] = [l10n.t('Name'), l10n.t('Value')];
  return h('section', {},
    h('h2', {}, title),
    headers.length === 0
      ? h('p', { class: 'muted' }, none)
      : h('table', { class: 'header-lines', 'aria-label': title },
        h('colgroup', {}, h('col', { class: 'header-name' }), h('col')),
        h('thead', { class: 'unseen' }, h('tr', {}, h('th', { scope: 'col' }, name), h('th', { scope: 'col' }, value))),
        h('tbody', {}, ...headers.map((header) => h('tr', {}, h('th', { scope: 'row' }, header.name), h('td', {}, header.value))))));
}
