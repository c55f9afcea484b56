// The header of the page: of what, over which time, in which slots, in which zone, and when it was read.

import * as l10n from '@vscode/l10n';
import { formatDate, formatMinute } from '../../src/base/format';
import type { UsagePeriod, UsageState } from '../../src/features/apim/usage/messages';
import type { Action } from '../kit/actions';
import { h } from '../kit/elements';
import { drawHeader } from '../kit/header';
import { icon } from '../kit/icons';
import type { UsagePageContext } from './context';
import { openPeriodForm } from './periodForm';
import { lengthText, periodText, zoneText } from './times';

/** The header on the page. What changes each minute is changed in it, so that an open list stays open. */
export interface UsageHead {
  readonly element: HTMLElement;
  update(state: UsageState): void;
}

const spans = ['hour', 'day', 'week', 'month', 'quarter'] as const;

/** Draws it; `showThrottled` does what its button says. */
export function drawHead(page: UsagePageContext, first: UsageState, showThrottled: () => void): UsageHead {
  let state = first;
  const { title, instance, sample } = first;
  const refreshed = h('span', {});
  const zone = h('span', {});
  const refresh: Action = {
    id: 'refresh',
    // Asked for when the menu is opened that has it where there is no room.
    get label() { return state.busy ? l10n.t('Stop') : l10n.t('Refresh'); },
    get icon() { return state.busy ? 'stop' as const : 'again' as const; },
    run: () => page.send({ type: state.busy ? 'stop' : 'refresh' }),
  };
  const element = drawHeader({
    title,
    factsLabel: l10n.t('About this page'),
    facts: [
      ...(Object.keys(first.place?.ids ?? {}).length === 0
        ? []
        : [{
            name: l10n.t('Instance'), value: instance, title: instance, className: ['fact-source', 'usage-instance'].join(' '), rank: 2,
          }]),
      ...(sample
        ? [{ value: l10n.t('on this computer'), title: l10n.t('Sample API Management, a stand-in on this computer'), rank: 1 }] : []),
      { name: l10n.t('Time zone'), value: zone, className: 'usage-zone', rank: 24 },
      { value: refreshed, className: 'usage-refreshed', rank: 22 },
    ],
    tools: h('div', { class: 'header-tools' }, drawPeriod(page, () => state), drawInterval(page, first)),
    actions: {
      primary: { id: 'throttled', label: l10n.t('Who Is Being Throttled?'), icon: 'usage', run: showThrottled },
      primaryStandsOut: false, icons: [refresh], signal: page.signal,
    },
  });
  const refreshButton = element.querySelector('[data-focus=refresh]');
  let wasBusy: boolean | undefined;
  const update = (now: UsageState): void => {
    state = now;
    const { readMs, content, busy } = now;
    const [from, to] = content?.kind === 'usage' ? [content.fromMs, content.toMs] : [readMs ?? 0, readMs ?? 0];
    zone.textContent = to === 0 ? '' : zoneText(from, to);
    zone.title = Intl.DateTimeFormat().resolvedOptions().timeZone;
    refreshed.textContent = readMs === undefined ? '' : l10n.t('refreshed {0}', formatMinute(readMs));
    refreshed.title = readMs === undefined ? '' : formatDate(readMs);
    if (busy === wasBusy || !refreshButton) return;
    wasBusy = busy;
    refreshButton.replaceChildren(icon(refresh.icon));
    for (const name of ['title', 'aria-label']) refreshButton.setAttribute(name, refresh.label);
  };
  update(first);
  return { element, update };
}

function drawPeriod(page: UsagePageContext, state: () => UsageState): HTMLElement {
  const { period } = state();
  const options = spans.map((span): UsagePeriod => ({ kind: 'last', span }));
  const chosen = period.kind === 'last' ? period.span : 'between';
  const select = h('select', { class: 'usage-choice', 'aria-label': l10n.t('Time'), 'data-focus': 'period' },
    ...options.map((each) => h('option', { value: each.kind === 'last' ? each.span : '' }, periodText(each))),
    ...(period.kind === 'between' ? [h('option', { value: 'between' }, periodText(period))] : []),
    h('option', { value: 'other' }, l10n.t('From … to …')));
  select.value = chosen;
  select.addEventListener('change', () => {
    const wanted = options.find((each) => each.kind === 'last' && each.span === select.value);
    const isOther = select.value === 'other';
    // What is chosen is shown when it holds.
    select.value = chosen;
    if (wanted) page.send({ type: 'period', period: wanted });
    else if (isOther) openPeriodForm(page, select, state());
  });
  return select;
}

function drawInterval(page: UsagePageContext, { intervals, intervalMs, chosenInterval }: UsageState): HTMLElement {
  const select = h('select', { class: 'usage-choice', 'aria-label': l10n.t('Interval'), 'data-focus': 'interval' },
    h('option', { value: '0' }, chosenInterval ? l10n.t('Interval that fits') : l10n.t('by {0}', lengthText(intervalMs))),
    ...intervals.filter((each) => chosenInterval || each !== intervalMs).map((each) =>
      h('option', { value: each }, l10n.t('by {0}', lengthText(each)))));
  const chosen = chosenInterval && intervals.includes(intervalMs) ? String(intervalMs) : '0';
  select.value = chosen;
  select.addEventListener('change', () => {
    const wanted = Number(select.value);
    select.value = chosen;
    page.send({ type: 'interval', intervalMs: wanted });
  });
  return select;
}
