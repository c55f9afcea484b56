// The two exchanges: in the page's first line what is needed to tell them apart, in the summary all that is known of them.

import * as l10n from '@vscode/l10n';
import type { ComparedHead } from '../../src/features/history/messages';
import { h } from '../kit/elements';
import { formatDate, formatDuration, formatTime } from '../../src/base/format';
import { drawChip, type Fact } from '../kit/header';
import { icon } from '../kit/icons';
import { givesWay } from '../kit/oneLine';

const timesRank = 40;

/** Times go before the words on how the two compare are cut. */
const bothRank = 42;

/**
 * The two for the first line. Where both have one name, their times tell them apart, and the name goes first where there is little room,
 * that of the second before that of the first, and the times last; otherwise the times go. All actions that the menu has as well go before
 * any of them.
 */
export function headFacts(before: ComparedHead, after: ComparedHead): readonly Fact[] {
  const sameSource = before.source === after.source;
  const together = sameSource ? { rank: bothRank } : {};
  const fact = (name: string, { source, service, startedAt }: ComparedHead, sourceRank: number): Fact => ({
    name,
    value: h(
      'span',
      { class: 'compare-one' },
      h('bdi', { class: 'compare-file', [givesWay]: sameSource ? sourceRank : undefined }, source),
      h(
        'time',
        { class: 'muted', datetime: new Date(startedAt).toISOString(), [givesWay]: sameSource ? undefined : timesRank },
        formatTime(startedAt),
      ),
    ),
    title: [source, service, formatDate(startedAt)].join(' · '),
    className: 'compare-fact',
    ...together,
  });
  return [
    fact(l10n.t('Before'), before, 41),
    { value: h('span', { class: 'compare-arrow' }, icon('goTo')), className: 'compare-between', ...together },
    fact(l10n.t('After'), after, 40),
  ];
}

/** Draws all that is known of the two, beside each other. */
export function drawHeads(before: ComparedHead, after: ComparedHead): HTMLElement {
  return h('div', { class: 'compare-heads' }, drawHead(l10n.t('Before'), before), drawHead(l10n.t('After'), after));
}

function drawHead(side: string, { service, source, startedAt, durationMs, status }: ComparedHead): HTMLElement {
  const good = status !== undefined && status >= 200 && status < 300;
  const text = status === undefined ? l10n.t('No answer') : String(status);
  return h(
    'section',
    { class: 'compare-head', 'aria-label': side },
    h('div', { class: 'compare-side' }, h('h2', {}, side), drawChip({ tone: good ? 'ok' : 'failed', icon: good ? 'ok' : 'failed', text })),
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
