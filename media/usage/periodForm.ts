// A small form for a time from one moment to another, in the zone of the person who enters them.

import * as l10n from '@vscode/l10n';
import type { UsageState } from '../../src/features/apim/usage/messages';
import { button, h } from '../kit/elements';
import { openPopup } from '../kit/popup';
import { visible } from '../kit/visible';
import type { UsagePageContext } from './context';
import { fieldText, zoneText } from './times';

const dayMs = 24 * 60 * 60_000;

/** Opens it below the list that it was chosen in. */
export function openPeriodForm(page: UsagePageContext, anchor: HTMLElement, { content, period, readMs = 0 }: UsageState): void {
  const [fromMs, toMs] = period.kind === 'between' ? [period.fromMs, period.toMs]
    : content?.kind === 'usage' ? [content.fromMs, content.toMs] : [readMs - dayMs, readMs];
  const from = h('input', { type: 'datetime-local', class: 'field', 'aria-label': l10n.t('From'), value: fieldText(fromMs) });
  const to = h('input', { type: 'datetime-local', class: 'field', 'aria-label': l10n.t('To'), value: fieldText(toMs) });
  const problem = h('p', { class: 'form-problem', role: 'alert', hidden: true });
  const apply = button({ label: l10n.t('Show'), look: 'primary', run: () => undefined });
  apply.type = 'submit';
  const form = h('form', { class: 'form', novalidate: true },
    h('label', {}, h('span', {}, l10n.t('From')), from), h('label', {}, h('span', {}, l10n.t('To')), to),
    h('p', { class: 'muted' }, l10n.t('Times are in {0}.', zoneText(fromMs, toMs))), problem, h('div', { class: 'buttons' }, apply));
  const popup = openPopup({
    host: document.body, anchor, className: 'popup-form', back: () => anchor.focus(), signal: page.signal,
  }, h('div', { role: 'dialog', 'aria-label': l10n.t('Time from and to') }, form));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const [first, last] = [Date.parse(from.value), Date.parse(to.value)];
    const wrong = Number.isNaN(first) ? [from, l10n.t('Enter the day and time to begin with.')] as const
      : Number.isNaN(last) ? [to, l10n.t('Enter the day and time to end with.')] as const
        : last <= first ? [to, l10n.t('The end has to be later than the beginning.')] as const
          : last - first > 3_660 * dayMs ? [to, l10n.t('At most ten years can be looked at.')] as const : undefined;
    for (const field of [from, to]) field.toggleAttribute('aria-invalid', false);
    if (!wrong) {
      popup.close(true);
      page.send({ type: 'period', period: { kind: 'between', fromMs: first, toMs: last } });
      return;
    }
    const [field, sentence] = wrong;
    field.setAttribute('aria-invalid', 'true');
    problem.textContent = visible(sentence);
    problem.hidden = false;
    field.focus();
  });
  from.focus();
}
