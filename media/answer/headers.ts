// The header lines of both sides. The editor has masked what is secret before they come here.

import type { ExchangeView } from '../../src/features/scoring/messages';
import type { Header } from '../../src/model/wire';
import { h } from '../kit/elements';

/** Draws the header lines of the answer and of the request. */
export function drawHeaders(view: ExchangeView): HTMLElement {
  return h(
    'div',
    { class: 'headers', tabindex: 0, role: 'region', 'aria-label': 'Headers', 'data-focus': 'headers' },
    group(
      'Response headers',
      view.responseHeaders,
      view.status === undefined ? 'No answer came, so there are none.' : 'The answer has none.',
    ),
    group('Request headers', view.requestHeaders, 'No headers were sent.'),
  );
}

function group(title: string, headers: readonly Header[], none: string): HTMLElement {
  return h('section', {},
    h('h2', {}, title),
    headers.length === 0
      ? h('p', { class: 'muted' }, none)
      : h('table', { class: 'header-lines', 'aria-label': title },
        h('colgroup', {}, h('col', { class: 'header-name' }), h('col')),
        h('thead', { class: 'unseen' }, h('tr', {}, h('th', { scope: 'col' }, 'Name'), h('th', { scope: 'col' }, 'Value'))),
        h('tbody', {}, ...headers.map((header) => h('tr', {}, h('th', { scope: 'row' }, header.name), h('td', {}, header.value))))));
}
