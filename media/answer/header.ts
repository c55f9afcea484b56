// The head of an answer: how it ended, which service, what was sent, how long it took, how much came, and what can be done with it.

import * as l10n from '@vscode/l10n';
import type { ExchangeView } from '../../src/features/scoring/messages';
import type { PageContext } from '../kit/context';
import { h } from '../kit/elements';
import { formatBytes, formatCount, formatDate, formatDuration, formatTime } from '../../src/base/format';
import type { Action } from '../kit/actions';
import { drawHeader as drawLine, type ChipSpec } from '../kit/header';
import { icon } from '../kit/icons';
import { refit } from '../kit/oneLine';
import { actionLabels } from '../kit/problem';

/** How an exchange ended, in a few words: `200 OK`, or that no answer came. */
export function statusOf(view: ExchangeView): string {
  return view.status === undefined ? l10n.t('No answer') : `${view.status} ${view.statusText ?? ''}`.trim();
}

/** The head on the page. */
export interface Head {
  readonly element: HTMLElement;
  /** Takes whether the exchange is pinned in the history by now, and says so where that has changed; undefined where it is not there. */
  readonly update: (pinned: boolean | undefined) => void;
}

/** Draws the head of an exchange that is `first` pinned or not; undefined where the history does not have it. */
export function drawHeader(page: PageContext, view: ExchangeView, first: boolean | undefined): Head {
  let pinned = first;
  const { body, durationMs, startedAt, source, problem } = view;
  const time = h('time', { datetime: new Date(startedAt).toISOString() }, formatTime(startedAt));
  const element = drawLine({
    chip: chipOf(view),
    title: view.service,
    factsLabel: l10n.t('About this call'),
    facts: [
      { name: l10n.t('Source'), value: h('bdi', {}, source), title: source, className: 'fact-source', rank: 5 },
      { name: l10n.t('Duration'), value: formatDuration(durationMs), title: l10n.t('{0} ms', formatCount(durationMs)), rank: 4 },
      ...(body
        ? [{
            name: l10n.t('Received'), value: formatBytes(body.totalBytes), rank: 1,
            title: l10n.t('Body received: {0} bytes', formatCount(body.totalBytes)),
          }]
        : []),
      { name: l10n.t('Time'), value: time, title: formatDate(startedAt), rank: 3 },
      {
        value: h('span', {}, icon('pin'), h('span', { class: 'unseen' }, l10n.t('Pinned'))), title: l10n.t('Pinned in the history'),
        className: 'fact-pin', hidden: pinned !== true, rank: 2,
      },
    ],
    actions: {
      primary: {
        id: 'send-again', label: l10n.t('Send Again'), icon: 'repeat', title: l10n.t('Send this request once more'),
        run: () => page.send({ type: 'action', action: 'retry' }),
      },
      primaryStandsOut: !wayOut(view),
      icons: [
        {
          id: 'copy-code', label: l10n.t('Copy as Code…'), icon: 'code',
          title: l10n.t('Copy this call as a program: Python, C#, R, cURL and others'), run: () => page.send({ type: 'copyCode' }),
        },
      ],
      more: moreOf(page, view, problem !== undefined, () => pinned),
      signal: page.signal,
    },
  });
  return {
    element,
    update: (now) => {
      if (now !== undefined && pinned === !now) page.announce(now ? l10n.t('Pinned.') : l10n.t('No longer pinned.'));
      pinned = now;
      const sign = element.querySelector<HTMLElement>('.fact-pin');
      if (sign) sign.hidden = now !== true;
      refit(element);
    },
  };
}

/** Whether an error offers a way out that is more pressing than sending the same once more. */
function wayOut({ problem, tables }: ExchangeView): boolean {
  return tables.length === 0 && (problem?.actions ?? []).some((action) => action !== 'retry' && action !== 'showLog');
}

function moreOf(
  page: PageContext,
  { body, key }: ExchangeView,
  isProblem: boolean,
  pinned: () => boolean | undefined,
): readonly Action[] {
  const more: Action[] = [
    { id: 'open-request', label: l10n.t('Open Request'), icon: 'open', run: () => page.send({ type: 'openRequest' }) },
    {
      id: 'copy-url', label: l10n.t('Copy Address'), icon: 'copy',
      run: () => {
        page.send({ type: 'copy', what: 'url' });
        page.announce(l10n.t('Copied.'));
      },
    },
    {
      id: 'compare', label: l10n.t('Compare With…'), icon: 'compare', offered: () => pinned() !== undefined,
      run: () => page.send({ type: 'compare', key }),
    },
    {
      id: 'pin', label: l10n.t('Pin'), icon: 'pin', offered: () => pinned() === false,
      run: () => page.send({ type: 'pin', key, on: true }),
    },
    {
      id: 'unpin', label: l10n.t('Unpin'), icon: 'pin', offered: () => pinned() === true,
      run: () => page.send({ type: 'pin', key, on: false }),
    },
  ];
  if (body && body.kind !== 'empty')
    more.push({ id: 'save-body', label: l10n.t('Save Body As…'), icon: 'save', run: () => page.send({ type: 'saveBody' }) });
  const log = actionLabels().get('showLog');
  // Under an error it stands with the error.
  if (log !== undefined && !isProblem)
    more.push({ id: 'show-log', label: log, icon: 'list', run: () => page.send({ type: 'action', action: 'showLog' }) });
  return more;
}

function chipOf(view: ExchangeView): ChipSpec {
  const bad = view.status === undefined || view.status >= 400;
  const tone = bad ? 'failed' : view.problem || view.status >= 300 ? 'warning' : 'ok';
  return { tone, icon: tone, text: statusOf(view) };
}
