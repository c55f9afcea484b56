// A small form for a time from one moment to another, in the zone of the person who enters them.

import * as l10n from '@vscode/l10n';
import { formatZone } from '../../src/base/format';
import type { UsageState } from '../../src/features/apim/usage/messages';
import { button, h } from '../kit/elements';
import { openPopup } from '../kit/popup';
import { visible } from '../kit/visible';
import type { UsagePageContext } from './context';
import { fieldText } from './times';

const dayMs = 24 * 60 * 60_000;
/** The first time of the year 10000, of universal time. */
const latestMs = 253_402_300_800_000;

/** Opens it below the list that it was chosen in. */
export function openPeriodForm(page: UsagePageContext, anchor: HTMLElement, { content, period, readMs = 0 }: UsageState): void {
  const [fromMs, toMs] = period.kind === 'between' ? [period.fromMs, period.toMs]
    : content?.kind === 'usage' ? [content.fromMs, content.toMs] : [readMs - dayMs, readMs];
  const [{ field: from, label: fromLabel }, { field: to, label: toLabel }] =
    [drawField('period-from', l10n.t('From'), fromMs), drawField('period-to', l10n.t('To'), toMs)];
  const problem = h('p', { class: 'form-problem', role: 'alert', hidden: true });
  const apply = button({ label: l10n.t('Show'), look: 'primary', run: () => undefined });
  apply.type = 'submit';
  const form = h('form', { class: 'form', novalidate: true },
    fromLabel, toLabel, problem, h('div', { class: 'buttons' }, apply));
  const popup = openPopup({
    host: document.body, anchor, className: 'popup-form', back: () => anchor.focus(), signal: page.signal,
  }, h('div', { role: 'dialog', 'aria-label': l10n.t('Time from and to') }, form));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const wrong = wrongIn(from, to);
    for (const field of [from, to]) field.toggleAttribute('aria-invalid', false);
    if (!wrong) {
      popup.close(true);
      page.send({ type: 'period', period: { kind: 'between', fromMs: Date.parse(from.value), toMs: Date.parse(to.value) } });
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

/** The field that cannot be taken, and why. */
function wrongIn(from: HTMLInputElement, to: HTMLInputElement): readonly [HTMLInputElement, string] | undefined {
  const [first, last] = [Date.parse(from.value), Date.parse(to.value)];
  if (Number.isNaN(first)) return [from, l10n.t('Enter the day and time to begin with.')];
  if (Number.isNaN(last)) return [to, l10n.t('Enter the day and time to end with.')];
  const outside = [from, to].find(({ value }) => Date.parse(value) < 0 || Date.parse(value) >= latestMs);
  if (outside) return [outside, l10n.t('Times from the year 1970 to the year 9999 can be looked at.')];
  if (last <= first) return [to, l10n.t('The end has to be later than the beginning.')];
  return last - first > 3_660 * dayMs ? [to, l10n.t('At most ten years can be looked at.')] : undefined;
}

/** A field for a time, with the zone that it is entered in: clocks may have been put forward or back between two of them. */
function drawField(id: string, name: string, timeMs: number): { readonly field: HTMLInputElement; readonly label: HTMLElement } {
  const zone = h('span', { class: 'muted', id: `${id}-zone` });
  const field = h('input', {
    type: 'datetime-local', class: 'field', 'aria-label': name, 'aria-describedby': zone.id, value: fieldText(timeMs),
  });
  const tell = (): void => {
    const time = Date.parse(field.value);
    zone.textContent = Number.isNaN(time) ? '' : formatZone(time);
  };
  field.addEventListener('input', tell);
  tell();
  return { field, label: h('label', {}, h('span', {}, name, ' ', zone), field) };
}
