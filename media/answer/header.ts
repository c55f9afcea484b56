// The head of an answer: which service, what was sent, how it ended, how long it took.

import type { ExchangeView } from '../../src/features/scoring/messages';
import type { Attempt } from '../../src/model/exchange';
import type { PageContext } from '../kit/context';
import { button, copyButton, h } from '../kit/elements';
import { formatBytes, formatCount, formatDate, formatDuration, formatTime } from '../../src/base/format';
import { icon } from '../kit/icons';

/** How an exchange ended, in a few words: `200 OK`, or that no answer came. */
export function statusOf(view: ExchangeView): string {
  return view.status === undefined ? 'No answer' : `${view.status} ${view.statusText ?? ''}`.trim();
}

/** Draws the head. */
export function drawHeader(page: PageContext, view: ExchangeView): HTMLElement {
  return h(
    'header',
    { class: 'summary' },
    h(
      'div',
      { class: 'summary-line' },
      badge(view),
      h('h1', { class: 'service', title: view.service }, view.service),
      h(
        'div',
        { class: 'summary-buttons' },
        button({
          label: 'Copy as Code…',
          icon: 'code',
          title: 'Copy this call as a program: Python, C#, R, cURL and others',
          focusKey: 'copy-code',
          run: () => page.send({ type: 'copyCode' }),
        }),
        button({
          label: 'Open Request',
          icon: 'open',
          title: 'Open what was sent in an editor',
          focusKey: 'open-request',
          run: () => page.send({ type: 'openRequest' }),
        }),
      ),
    ),
    h(
      'ul',
      { class: 'facts', 'aria-label': 'About this call' },
      fact('Source', view.source, view.source, 'fact-source'),
      fact('Duration', formatDuration(view.durationMs), `${formatCount(view.durationMs)} ms`),
      view.body &&
        fact(
          'Received',
          formatBytes(view.body.totalBytes),
          `Body received: ${formatCount(view.body.totalBytes)} bytes`,
          undefined,
          ' received',
        ),
      // Without an answer nobody knows how much of it arrived.
      view.status === undefined
        ? undefined
        : fact('Sent', formatBytes(view.requestBytes), `Body sent: ${formatCount(view.requestBytes)} bytes`, undefined, ' sent'),
      h(
        'li',
        { title: formatDate(view.startedAt) },
        h('span', { class: 'unseen' }, 'Time: '),
        h('time', { datetime: new Date(view.startedAt).toISOString() }, formatTime(view.startedAt)),
      ),
    ),
    h(
      'div',
      { class: 'request-line' },
      h('code', { class: 'url', title: view.url }, h('span', { class: 'method' }, view.method), ' ', h('bdi', {}, view.url)),
      copyButton(page, { label: 'Copy the address', look: 'plain', focusKey: 'copy-url' }, { type: 'copy', what: 'url' }),
    ),
    view.earlierAttempts.length === 0 ? undefined : h('p', { class: 'attempts' }, attempts(view.earlierAttempts, statusOf(view))),
  );
}

function badge(view: ExchangeView): HTMLElement {
  const bad = view.status === undefined || view.status >= 400;
  const look = bad ? 'failed' : view.problem || view.status >= 300 ? 'warning' : 'ok';
  return h('span', { class: `badge ${look}`, title: statusOf(view) }, icon(look), h('span', { class: 'badge-text' }, statusOf(view)));
}

function fact(name: string, value: string, title: string, className?: string, after?: string): HTMLElement {
  return h(
    'li',
    { title, class: className },
    after === undefined ? h('span', { class: 'unseen' }, `${name}: `) : undefined,
    h('bdi', {}, value),
    after,
  );
}

function attempts(earlier: readonly Attempt[], last: string): string {
  const words = earlier.map((attempt) => {
    const what = `${attempt.status ?? ''} ${attempt.reason}`.trim();
    return attempt.waitMs === 0 ? what : `${what} (waited ${formatDuration(attempt.waitMs)})`;
  });
  return `Tried ${formatCount(earlier.length + 1)} times: ${words.join(', ')}, then ${last.charAt(0).toLowerCase()}${last.slice(1)}.`;
}
