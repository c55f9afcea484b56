// One field of a request's form: what takes its value, and the states beside a value, null and left out. It is one stop of the Tab key.

import * as l10n from '@vscode/l10n';
import type { FormCell, FormField } from '../../../src/features/tryIt/messages';
import { h } from '../../kit/elements';
import { checkRow, linesRow, selectRow, textRow, type FormRow, type RowSpec } from '../../kit/formRow';

/** A field on the page. */
export interface DrawnField {
  readonly element: HTMLElement;
  /** Says what is wrong with it, or that nothing is. */
  readonly say: (problem: string | undefined) => void;
  readonly focus: () => void;
}

/** How a field is drawn. */
export interface FieldSpec {
  /** Names it: letters, digits and hyphens. */
  readonly id: string;
  /** What a screen reader says of it: the column, and the row where there are several. */
  readonly label: string;
  readonly field: FormField;
  readonly cell: FormCell;
  readonly changed: (cell: FormCell) => void;
}

/** Draws a field. */
export function drawField({ id, label, field, cell, changed }: FieldSpec): DrawnField {
  let now = cell;
  const put = (next: FormCell): void => {
    now = next;
    show();
    changed(next);
  };
  const row = rowOf({ id, label, onChange: () => put({ state: 'value', text: row.text() }) }, field, cell);
  const shown = h('span', { class: 'form-state' });
  const states: { readonly state: 'null' | 'absent'; readonly toggle: HTMLElement }[] = [];
  const offer = (state: 'null' | 'absent', words: string, name: string): void => {
    const toggle = h('button', {
      type: 'button', class: 'form-toggle', 'data-focus': `${id}-${state}`, title: l10n.t('{0} (F2 switches)', name),
      'aria-label': l10n.t('{0}: {1}', label, name), 'aria-keyshortcuts': 'F2',
    }, words);
    toggle.addEventListener('click', () => {
      if (now.state !== state) return put({ state });
      put({ state: 'value', text: row.text() });
      row.focus();
    });
    states.push({ state, toggle });
  };
  /** From a value to the states beside it, and back to the value. */
  const goOn = (): void => {
    const next = states[states.findIndex(({ state }) => state === now.state) + 1];
    put(next ? { state: next.state } : { state: 'value', text: row.text() });
    focus();
  };
  const focus = (): void => {
    if (now.state === 'value') row.focus();
    else (now.state === 'kept' ? change : states.find(({ state }) => state === now.state)?.toggle)?.focus();
  };
  if (field.nullable) offer('null', l10n.t('null'), l10n.t('Null: no value'));
  if (field.optional) offer('absent', l10n.t('omit'), l10n.t('Omit: the row does not have this column'));
  const change = h('button', {
    type: 'button', class: 'form-toggle', 'data-focus': `${id}-kept`, 'aria-label': l10n.t('Change {0}', label),
  }, l10n.t('Change'));
  change.addEventListener('click', () => {
    put({ state: 'value', text: '' });
    row.focus();
  });
  function show(): void {
    const isValue = now.state === 'value';
    row.element.hidden = !isValue;
    shown.hidden = isValue;
    change.hidden = now.state !== 'kept';
    shown.textContent = wordsOf(now);
    for (const { state, toggle } of states) {
      const isOn = now.state === state;
      toggle.setAttribute('aria-pressed', String(isOn));
      // In the place of the field, which is not there now.
      toggle.tabIndex = isOn ? 0 : -1;
    }
  }
  show();
  const element = h('div', { class: `form-field kind-${field.kind}` },
    h('div', { class: 'form-slot' }, row.element, shown), ...states.map(({ toggle }) => toggle), change);
  element.addEventListener('keydown', (event) => {
    const isPlain = !event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey;
    if (event.key !== 'F2' || !isPlain || states.length === 0 || now.state === 'kept') return;
    event.preventDefault();
    goOn();
  });
  return { element, say: row.say, focus };
}

function wordsOf({ state }: FormCell): string {
  switch (state) {
    case 'null':
      return l10n.t('null');
    case 'absent':
      return l10n.t('left out');
    case 'kept':
      return '••••••••';
    case 'value':
      return '';
    default:
      return state satisfies never;
  }
}

/** What takes the value: its text is that of a cell. */
type ValueRow = Pick<FormRow<unknown>, 'element' | 'say' | 'focus'> & { readonly text: () => string };

function rowOf(spec: RowSpec, { kind, choices }: FormField, cell: FormCell): ValueRow {
  const text = cell.state === 'value' ? cell.text : '';
  switch (kind) {
    case 'boolean': {
      if (text !== 'true' && text !== 'false' && text !== '') return ofText(textRow({ ...spec, value: text }));
      const row = checkRow({ ...spec, checked: text === 'true' });
      return { ...row, text: () => String(row.value()) };
    }
    case 'choice': {
      // What is not allowed stands there as it came, until another one is chosen.
      const offered = text === '' || choices.includes(text) ? choices : [text, ...choices];
      const value = text === '' ? (choices[0] ?? '') : text;
      return ofText(selectRow({ ...spec, value, choices: offered.map((each) => ({ value: each, label: labelOf(each) })) }));
    }
    case 'date':
      // The browser's own field shows days, and nothing else.
      return ofText(textRow({ ...spec, value: text, type: text === '' || /^\d{4}-\d\d-\d\d$/.test(text) ? 'date' : 'text' }));
    case 'dateTime':
      return ofText(textRow({ ...spec, value: text, placeholder: '2016-07-31T14:30:00Z' }));
    case 'text':
    case 'number':
    case 'integer':
    case 'json':
      // A line of text would lose what ends a line.
      return ofText(/[\r\n]/.test(text) ? linesRow({ ...spec, value: text, rows: 3 }) : textRow({ ...spec, value: text }));
    default:
      return kind satisfies never;
  }
}

function ofText(row: FormRow<string>): ValueRow {
  return { ...row, text: row.value };
}

/** A text without its quotes, everything else as JSON. */
function labelOf(json: string): string {
  if (!json.startsWith('"')) return json;
  const text: unknown = JSON.parse(json);
  return String(text);
}
