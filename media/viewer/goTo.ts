// A small form that scrolls to a row and a column.

import { h } from '../kit/elements';
import { formatCount } from '../../src/base/format';
import { visible } from '../kit/visible';
import { submitButton } from './filterForm';
import type { CellPlace } from './grid/gridSpec';
import { openPopup, type PopupSpec } from '../kit/popup';
import { findColumn, type NamedColumn } from './query';

/** So many names are offered. */
const offered = 500;

/** What there is to go to. `columns` are the names of those that are shown, with their numbers; `first` is where the form starts. */
export interface GoToSpec {
  readonly rows: number;
  /** Whether rows stand in another order than they came in. */
  readonly arranged: boolean;
  readonly columns: readonly NamedColumn[];
  readonly first: CellPlace | undefined;
  readonly onGo: (cell: CellPlace) => void;
}

/** Opens it. */
export function openGoTo(spec: Omit<PopupSpec, 'className'>, { rows, arranged, columns, first, onGo }: GoToSpec): void {
  const row = h('input', {
    type: 'text',
    inputmode: 'numeric',
    class: 'field',
    'aria-label': 'Row',
    autocomplete: 'off',
    placeholder: `1 to ${formatCount(rows)}`,
  });
  const list = h('datalist', { id: 'go-to-columns' }, ...columns.slice(0, offered).map(({ name }) => h('option', { value: name })));
  const column = h('input', {
    type: 'text',
    class: 'field',
    list: list.id,
    'aria-label': 'Column',
    autocomplete: 'off',
    spellcheck: 'false',
    placeholder: 'Name or its beginning',
  });
  const problem = h('p', { class: 'form-problem', role: 'alert', hidden: true });
  const form = h('form', { class: 'form' },
    h('label', {}, h('span', {}, arranged ? `Row 1 to ${formatCount(rows)} of this order` : 'Row'), row),
    h('label', {}, h('span', {}, 'Column'), column), list, problem,
    h('div', { class: 'buttons' }, submitButton('Go')));
  const popup = openPopup({ ...spec, className: 'popup-form' }, h('div', { role: 'dialog', 'aria-label': 'Go To' }, form));
  const complain = (field: HTMLInputElement, sentence: string): void => {
    for (const each of [row, column]) each.toggleAttribute('aria-invalid', false);
    field.setAttribute('aria-invalid', 'true');
    problem.textContent = visible(sentence);
    problem.hidden = false;
    field.select();
    field.focus();
  };
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const wantedRow = row.value.trim() === '' ? (first?.row ?? 0) + 1 : Number(row.value.replace(/[\s,.'’]/g, ''));
    if (!Number.isSafeInteger(wantedRow) || wantedRow < 1 || wantedRow > rows) {
      complain(
        row,
        rows === 0
          ? 'There are no rows.'
          : arranged
            ? `This order has rows 1 to ${formatCount(rows)}. The numbers beside the rows are their places in the source.`
            : `There are rows 1 to ${formatCount(rows)}.`,
      );
      return;
    }
    const found = column.value.trim() === '' ? first?.column ?? columns[0]?.column : findColumn(columns, column.value);
    if (found === undefined) {
      complain(column, `No column that is shown is called “${column.value.slice(0, 100)}”.`);
      return;
    }
    popup.close(false);
    onGo({ row: wantedRow - 1, column: found });
  });
  row.focus();
}
