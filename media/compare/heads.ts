// The two exchanges beside each other, each in a few facts: what it was, when, and how it ended.

import * as l10n from '@vscode/l10n';
import type { ComparedHead } from '../../src/features/history/messages';
import { h } from '../kit/elements';
import { formatDate, formatDuration } from '../../src/base/format';
import { icon } from '../kit/icons';

/** Draws the two. */
export function drawHeads(before: ComparedHead, after: ComparedHead): HTMLElement {
  return h(
    'div',
    { class: 'compare-heads' },
    drawHead(l10n.t('Before'), before),
    h('span', { class: 'compare-arrow' }, icon('goTo')),
    drawHead(l10n.t('After'), after),
  );
}

function drawHead(side: string, { service, source, startedAt, durationMs, status }: ComparedHead): HTMLElement {
  const good = status !== undefined && status >= 200 && status < 300;
  return h(
    'section',
    { class: 'compare-head', 'aria-label': side },
    h(
      'div',
      { class: 'compare-side' },
      h('h2', {}, side),
      h(
        'span',
        { class: `badge ${good ? '' : 'failed'}` },
        icon(good ? 'ok' : 'failed'),
        h('span', { class: 'badge-text' }, status === undefined ? l10n.t('No answer') : String(status)),
      ),
    ),
    h('p', { class: 'compare-source', title: source }, source),
    h('p', { class: 'compare-service muted', title: service }, service),
    h(
      'p',
      { class: 'compare-when' },
      h('time', { datetime: new Date(startedAt).toISOString() }, formatDate(startedAt)),
      h('span', {}, formatDuration(durationMs)),
    ),
  );
}
