// Who is being throttled: callers that the gateway refused, with which status and how often, by which limit, and where to change it.

import * as l10n from '@vscode/l10n';
import { formatCount, formatDate, formatDayMinute, formatShare } from '../../src/base/format';
import type { Throttled, ThrottledLimit, ThrottledRow, UsageState } from '../../src/features/apim/usage/messages';
import { button, h } from '../kit/elements';
import { drawNotes } from '../kit/notes';
import { drawPlacard } from '../kit/placard';
import { drawProgress } from '../kit/progress';
import type { UsagePageContext } from './context';

/** Draws it as far as it is known. */
export function drawThrottled(page: UsagePageContext, { throttled, busy }: Pick<UsageState, 'throttled' | 'busy'>): readonly HTMLElement[] {
  if (!throttled) return [busy ? h('div', { class: 'padded' }, drawProgress(l10n.t('Looking for refused calls')).element) : notRead(page)];
  const notes = drawNotes(throttled.notes);
  if (throttled.rows.length === 0) {
    return [...(notes ? [notes] : []), drawPlacard('ok', l10n.t('Nobody was refused in this time'), 'h2',
      h('p', {}, l10n.t('Callers that the gateway refuses with 429, 403 or 401 stand here, some minutes later.')))];
  }
  return [...(notes ? [notes] : []), drawRows(page, throttled)];
}

function notRead(page: UsagePageContext): HTMLElement {
  return drawPlacard('usage', l10n.t('The refused calls were not read'), 'h2', h('div', { class: 'buttons' },
    button({
      label: l10n.t('Refresh'), icon: 'again', look: 'primary', focusKey: 'read-throttled',
      run: () => page.send({ type: 'part', part: 'throttled' }),
    })));
}

function heads(): readonly string[] {
  return [
    l10n.t('Caller'), l10n.t('Blocked'), l10n.t('429 rate'), l10n.t('403 quota'), l10n.t('401 key'), l10n.t('Last'),
    l10n.t('Limits of what was called'),
  ];
}

function drawRows(page: UsagePageContext, { rows }: Throttled): HTMLElement {
  const names = heads();
  const isNumber = (at: number): boolean => at > 0 && at < 5;
  const drawn = names.map((name, at) => h('th', { scope: 'col', class: isNumber(at) ? 'number' : undefined }, name));
  const label = l10n.t('Refused callers');
  return h('div', { class: 'throttled', tabindex: 0, role: 'region', 'aria-label': label, 'data-focus': 'throttled-rows' },
    h('table', {}, h('thead', {}, h('tr', {}, ...drawn)), h('tbody', {}, ...rows.map((row, at) => drawRow(page, row, at, names)))));
}

function drawRow(
  page: UsagePageContext, { key, title, blocked, calls, byStatus, lastMs, limits, notAsked }: ThrottledRow, at: number,
  names: readonly string[],
): HTMLElement {
  const share = calls === undefined || calls < blocked
    ? undefined : l10n.t('{0} of its {1} calls', formatShare(blocked, calls), formatCount(calls));
  const number = (column: number, ...content: readonly (HTMLElement | string | undefined)[]): HTMLElement =>
    h('td', { class: 'number', 'data-head': names[column] }, ...content);
  const status = (column: number, value: number | undefined): HTMLElement =>
    number(column, value === undefined ? h('span', { class: 'muted' }, l10n.t('not told')) : formatCount(value));
  const isKeyAlone = byStatus !== undefined && byStatus[429] + byStatus[403] === 0;
  return h('tr', {},
    h('th', { scope: 'row' },
      h('div', { class: 'throttled-name' }, h('span', {}, title), key === undefined ? undefined : button({
        label: l10n.t('Usage of This Subscription'), icon: 'usage', look: 'plain', focusKey: `throttled-usage-${at}`,
        run: () => page.send({ type: 'narrow', kind: 'subscription', key }),
      }))),
    number(1, formatCount(blocked), share === undefined ? undefined : h('div', { class: 'muted' }, share)),
    status(2, byStatus?.[429]), status(3, byStatus?.[403]), status(4, byStatus?.[401]),
    lastMs === undefined ? h('td')
      : h('td', { class: 'throttled-last', 'data-head': names[5], title: formatDate(lastMs) }, formatDayMinute(lastMs)),
    h('td', { class: 'throttled-limits', 'data-head': names[6] }, limits.length + notAsked === 0
      ? h('span', { class: 'muted' }, isKeyAlone ? l10n.t('none: no limit was reached') : l10n.t('not known'))
      : h('ul', {}, ...limits.map((limit, index) => drawLimit(page, limit, `${at}-${index}`)),
        notAsked === 0 ? undefined : h('li', { class: 'muted' }, notAskedText(notAsked)))));
}

function notAskedText(count: number): string {
  return count === 1 ? l10n.t('One more was not looked at.') : l10n.t('{0} more were not looked at.', formatCount(count));
}

function drawLimit(page: UsagePageContext, limit: ThrottledLimit, place: string): HTMLElement {
  const { key } = limit;
  const name = nameOf(limit);
  return h('li', {},
    h('span', {}, limitsText(limit, name)),
    button({
      label: l10n.t('Limit Calls…'), icon: 'edit', title: l10n.t('Limit Calls of {0}…', name), focusKey: `throttled-limit-${place}`,
      run: () => page.send({ type: 'limit', key }),
    }));
}

function nameOf({ scope: { kind }, title }: ThrottledLimit): string {
  switch (kind) {
    case 'product':
      return l10n.t('Product {0}', title);
    case 'api':
      return l10n.t('API {0}', title);
    case 'operation':
      return l10n.t('Operation {0}', title);
    case 'allApis':
      return l10n.t('All APIs');
    default:
      return kind satisfies never;
  }
}

function limitsText({ state, limits }: ThrottledLimit, name: string): string {
  switch (state) {
    case 'read':
      return limits.length === 0 ? l10n.t('{0}: no limit of its own', name) : l10n.t('{0}: {1}', name, limits.join('; '));
    case 'unread':
      return l10n.t('{0}: your account may not read its policy', name);
    case 'notUnderstood':
      return l10n.t('{0}: its policy cannot be read safely', name);
    default:
      return state satisfies never;
  }
}
