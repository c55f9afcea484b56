// A small form for a filter of one column: by text, by number, by being empty.

import type { Filter, ViewColumn } from '../../src/model/view';
import { button, h } from '../kit/elements';
import { openPopup, type PopupSpec } from '../kit/popup';
import { nameOf } from './query';

/** Opens it for a column. It starts with the filters that the column has, and tells the filters that it is to have. */
export function openFilterForm(
  spec: Omit<PopupSpec, 'className'>,
  column: ViewColumn,
  number: number,
  has: readonly Filter[],
  onFilters: (filters: readonly Filter[]) => void,
): void {
  const text = has.find((filter) => filter.kind === 'contains' || filter.kind === 'is');
  const range = has.find((filter) => filter.kind === 'range');
  const empty = has.find((filter) => filter.kind === 'empty');
  const label = `Filter ${nameOf(column)}`;
  const problem = h('p', { class: 'form-problem', role: 'alert', hidden: true });

  const words = field('Text');
  words.value = text?.text ?? '';
  const way = h(
    'select',
    { class: 'field', 'aria-label': 'How the text is compared' },
    h('option', { value: 'contains' }, 'contains'),
    h('option', { value: 'is' }, 'is exactly'),
  );
  way.value = text?.kind ?? 'contains';
  const from = field('From');
  const to = field('To');
  from.value = String(range?.least ?? '');
  to.value = String(range?.most ?? '');
  for (const each of [from, to]) each.inputMode = 'decimal';
  const emptiness = h(
    'select',
    { class: 'field', 'aria-label': 'Empty cells' },
    h('option', { value: '' }, 'Empty or not'),
    h('option', { value: 'empty' }, 'Only empty'),
    h('option', { value: 'full' }, 'Only not empty'),
  );
  emptiness.value = empty === undefined ? '' : empty.empty ? 'empty' : 'full';

  const form = h(
    'form',
    { class: 'form' },
    h('p', { class: 'form-title' }, h('bdi', {}, label)),
    ...(column.kind === 'number'
      ? [h('div', { class: 'form-row' }, h('label', {}, h('span', {}, 'From'), from), h('label', {}, h('span', {}, 'To'), to))]
      : [h('div', { class: 'form-row' }, way, words)]),
    emptiness,
    problem,
    h('div', { class: 'buttons' }, submitButton('Apply'), button({ label: 'Clear', run: () => finish([]) })),
  );
  const popup = openPopup({ ...spec, className: 'popup-form' }, h('div', { role: 'dialog', 'aria-label': label }, form));
  const finish = (filters: readonly Filter[]): void => {
    popup.close(true);
    onFilters(filters);
  };
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const least = numberOf(from.value);
    const most = numberOf(to.value);
    const wrong = Number.isNaN(least)
      ? from
      : Number.isNaN(most)
        ? to
        : least !== undefined && most !== undefined && least > most
          ? to
          : undefined;
    for (const each of [from, to]) each.removeAttribute('aria-invalid');
    if (wrong) {
      wrong.setAttribute('aria-invalid', 'true');
      problem.textContent = Number.isNaN(numberOf(wrong.value))
        ? `${wrong === from ? 'From' : 'To'} is not a number. Write it with no sign but a point, such as 9500.25.`
        : 'From is larger than To: no number is both.';
      problem.hidden = false;
      wrong.focus();
      return;
    }
    finish([
      ...(column.kind === 'text' && words.value !== ''
        ? [{ kind: way.value === 'is' ? 'is' : 'contains', column: number, text: words.value } as const]
        : []),
      ...(least === undefined && most === undefined
        ? []
        : [{ kind: 'range', column: number, ...(least === undefined ? {} : { least }), ...(most === undefined ? {} : { most }) } as const]),
      ...(emptiness.value === '' ? [] : [{ kind: 'empty', column: number, empty: emptiness.value === 'empty' } as const]),
      // A form for numbers does not show a filter by text, and leaves it.
      ...(column.kind === 'number' && text ? [text] : column.kind === 'text' && range ? [range] : []),
    ]);
  });
  (column.kind === 'number' ? from : words).focus();
}

/** A number as people write it; undefined for nothing, NaN for no number. */
function numberOf(text: string): number | undefined {
  const trimmed = text.trim();
  if (trimmed === '') return undefined;
  const value = Number(trimmed);
  return Number.isFinite(value) ? value : NaN;
}

function field(label: string): HTMLInputElement {
  return h('input', { type: 'text', class: 'field', 'aria-label': label, maxlength: 1000, spellcheck: 'false', autocomplete: 'off' });
}

/** The button that a form is sent with. */
export function submitButton(label: string): HTMLButtonElement {
  return h('button', { type: 'submit', class: 'button primary' }, h('span', {}, label));
}
