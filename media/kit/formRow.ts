// Rows of a form: a label, a field of VS Code's look, a word of help, and what is wrong with what was given. For pages with forms only.

import '@vscode-elements/elements/dist/vscode-checkbox/index.js';
import '@vscode-elements/elements/dist/vscode-option/index.js';
import '@vscode-elements/elements/dist/vscode-single-select/index.js';
import '@vscode-elements/elements/dist/vscode-textarea/index.js';
import '@vscode-elements/elements/dist/vscode-textfield/index.js';
import { h } from './elements';
import { visible } from './visible';

/** A row of a form. */
export interface FormRow<T> {
  readonly element: HTMLElement;
  /** What stands in the field now. */
  readonly value: () => T;
  /** Puts another value there, unless it stands there already; `onChange` is not told. */
  readonly set: (value: T) => void;
  /** Says what is wrong with it, or that nothing is; a screen reader hears it. */
  readonly say: (problem: string | undefined) => void;
  readonly focus: () => void;
}

/** What every row is made from. */
export interface RowSpec {
  /** Names the field: letters, digits and hyphens; also keeps the focus across redraws. */
  readonly id: string;
  readonly label: string;
  /** What is to be known before something is given. */
  readonly help?: string;
  /** Hears that the field has another value. */
  readonly onChange?: () => void;
}

/** What of the elements is used here; their own types bring those of a whole library. */
interface Field extends HTMLElement {
  value: string;
  label: string;
  checked?: boolean;
  invalid: boolean;
}

/** A line of text, a number or a day; `min` and `max` are for numbers. The value is the text: an empty one is nothing. */
export function textRow(
  spec: RowSpec & {
    readonly type?: 'text' | 'number' | 'date';
    readonly value?: string;
    readonly min?: number;
    readonly max?: number;
    readonly placeholder?: string;
  },
): FormRow<string> {
  const { type = 'text', value = '', min, max, placeholder } = spec;
  const field = make('vscode-textfield', spec, { type, min, max, placeholder });
  field.value = value;
  return row(spec, field, () => field.value, (now) => (field.value = now));
}

/** Several lines of text. */
export function linesRow(spec: RowSpec & { readonly value?: string; readonly rows?: number }): FormRow<string> {
  const field = make('vscode-textarea', spec, { rows: spec.rows ?? 4, resize: 'vertical' });
  field.value = spec.value ?? '';
  return row(spec, field, () => field.value, (now) => (field.value = now));
}

/** One of those that a field offers. */
export interface RowChoice {
  readonly value: string;
  readonly label: string;
}

/** One of several; the value is that of the choice. `offer` puts others in the place of what is offered, and chooses one of them. */
export function selectRow(
  spec: RowSpec & { readonly choices: readonly RowChoice[]; readonly value?: string },
): FormRow<string> & { readonly offer: (choices: readonly RowChoice[], value: string) => void } {
  const { choices, value } = spec;
  const field = make('vscode-single-select', spec, {});
  const offer = (offered: readonly RowChoice[], chosen: string | undefined): void => field.replaceChildren(...offered.map((choice) => {
    const option = document.createElement('vscode-option');
    option.setAttribute('value', choice.value);
    if (choice.value === chosen) option.setAttribute('selected', '');
    option.textContent = visible(choice.label);
    return option;
  }));
  offer(choices, value);
  return { ...row(spec, field, () => field.value, (now) => (field.value = now)), offer };
}

/** Yes or no; the label stands beside the box. */
export function checkRow(spec: RowSpec & { readonly checked?: boolean }): FormRow<boolean> {
  const field = make('vscode-checkbox', spec, { checked: spec.checked });
  return row(spec, field, () => field.checked === true, (now) => (field.checked = now), true);
}

type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

function make(tag: string, { id, label, onChange }: RowSpec, attributes: Attributes): Field {
  const element = document.createElement(tag);
  const named: Attributes = { id, 'data-focus': id, ...attributes };
  for (const [name, value] of Object.entries(named)) {
    if (value !== undefined && value !== false) element.setAttribute(name, value === true ? '' : visible(String(value)));
  }
  if (onChange) element.addEventListener(tag === 'vscode-textfield' || tag === 'vscode-textarea' ? 'input' : 'change', onChange);
  // An element that is defined has these.
  if (!isField(element)) throw new Error(`${tag} is not defined.`);
  // Names what is inside of it for a screen reader; an attribute would not.
  element.label = visible(label);
  return element;
}

function isField(element: HTMLElement): element is Field {
  return 'invalid' in element || 'checked' in element;
}

function row<T>({ id, label, help }: RowSpec, field: Field, value: () => T, put: (value: T) => void, isLabelled = false): FormRow<T> {
  const problem = h('p', { class: 'form-problem', role: 'alert', hidden: true });
  const name = h('span', { class: 'form-label', id: `${id}-label` }, label);
  if (!isLabelled) name.addEventListener('click', () => field.focus());
  const element = h(
    'div',
    { class: 'form-row-part' },
    isLabelled ? undefined : name,
    field,
    help === undefined ? undefined : h('p', { class: 'form-help' }, help),
    problem,
  );
  return {
    element,
    value,
    set: (now) => {
      // A field that is written anew loses where its cursor stands.
      if (now !== value()) put(now);
    },
    say: (words) => {
      problem.textContent = words === undefined ? '' : visible(words);
      problem.hidden = words === undefined;
      field.invalid = words !== undefined;
    },
    focus: () => field.focus(),
  };
}
