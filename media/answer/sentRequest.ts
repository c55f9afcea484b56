// The request tab: where it went, what it took, and the header lines that were sent.

import * as l10n from '@vscode/l10n';
import type { ExchangeView } from '../../src/features/scoring/messages';
import { formatBytes, formatCount, formatDate, formatDuration } from '../../src/base/format';
import type { PageContext } from '../kit/context';
import { copyButton, h, type Child } from '../kit/elements';
import { headerGroup } from './headers';
import { statusOf } from './header';

/** Draws it. */
export function drawSentRequest(page: PageContext, view: ExchangeView): HTMLElement {
  const { method, url, service, source, startedAt, durationMs, requestBytes, earlierAttempts, body } = view;
  const copy = copyButton(
    page,
    { label: l10n.t('Copy the address'), look: 'plain', focusKey: 'copy-address' },
    { type: 'copy', what: 'url' },
  );
  const address = h('code', { class: 'url' }, h('span', { class: 'method' }, method), ' ', h('bdi', {}, url));
  const facts: readonly (readonly [string, Child] | undefined)[] = [
    [l10n.t('Address'), h('div', { class: 'request-line' }, address, copy)],
    [l10n.t('Service'), h('bdi', {}, service)],
    [l10n.t('Source'), h('bdi', {}, source)],
    [l10n.t('Time'), h('time', { datetime: new Date(startedAt).toISOString() }, formatDate(startedAt))],
    [l10n.t('Duration'), h('span', { title: l10n.t('{0} ms', formatCount(durationMs)) }, formatDuration(durationMs))],
    earlierAttempts.length === 0
      ? undefined
      : [l10n.t('Attempts'), h('span', { class: 'attempts' }, attemptsOf(view))],
    // Without an answer nobody knows how much of it arrived.
    view.status === undefined
      ? undefined
      : [l10n.t('Sent'), h('span', { title: l10n.t('Body sent: {0} bytes', formatCount(requestBytes)) }, formatBytes(requestBytes))],
    body && [
      l10n.t('Received'),
      h('span', { title: l10n.t('Body received: {0} bytes', formatCount(body.totalBytes)) }, formatBytes(body.totalBytes)),
    ],
  ];
  const lines = facts.filter((fact) => fact !== undefined).map(([name, value]) =>
    h('tr', {}, h('th', { scope: 'row' }, name), h('td', {}, value)));
  return h(
    'div',
    { class: 'headers', tabindex: 0, role: 'region', 'aria-label': l10n.t('Request'), 'data-focus': 'request' },
    h('section', {}, h('table', { class: 'header-lines facts-table', 'aria-label': l10n.t('About this call') },
      h('colgroup', {}, h('col', { class: 'header-name' }), h('col')),
      h('thead', { class: 'unseen' }, h('tr', {}, h('th', { scope: 'col' }, l10n.t('Name')), h('th', { scope: 'col' }, l10n.t('Value')))),
      h('tbody', {}, ...lines))),
    headerGroup(l10n.t('Request headers'), view.requestHeaders, l10n.t('No headers were sent.')),
  );
}

/** How often it was tried, why anew, and how that ended, in a sentence. */
export function attemptsOf(view: ExchangeView): string {
  const { earlierAttempts: earlier } = view;
  const last = statusOf(view);
  const words = earlier.map((attempt) => {
    const what = `${attempt.status ?? ''} ${attempt.reason}`.trim();
    return attempt.waitMs === 0 ? what : l10n.t('{0} (waited {1})', what, formatDuration(attempt.waitMs));
  });
  return l10n.t(
    'Tried {0} times: {1}, then {2}.',
    formatCount(earlier.length + 1),
    words.join(', '),
    `${last.charAt(0).toLowerCase()}${last.slice(1)}`,
  );
}
