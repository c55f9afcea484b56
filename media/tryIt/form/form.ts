// The form of a request: a section for each input, with a row of fields or a small table, and one for the global parameters.

import * as l10n from '@vscode/l10n';
import { formatCount } from '../../../src/base/format';
import type { FormEdit, FormField, FormInput, FormState } from '../../../src/features/tryIt/messages';
import { button, h } from '../../kit/elements';
import { drawAddColumn } from './addColumn';
import { drawField, type DrawnField } from './field';

/** The form on the page. */
export interface RequestForm {
  readonly element: HTMLElement;
  /** Says under each field what is wrong with it. */
  readonly say: (problems: FormState['problems']) => void;
  /** Leads to the first field that is wrong; false where none is. */
  readonly focusWrong: () => boolean;
  /** Leads to the first field of a row, or of all; false where there is none. */
  readonly focus: (input?: number, row?: number) => boolean;
}

/** The number of the global parameters among the inputs. */
const parametersAt = -1;

/** What all parts of the form are handed. */
interface Parts {
  readonly edit: (edit: FormEdit) => void;
  readonly fields: Map<string, DrawnField>;
}

/** Draws it. */
export function drawRequestForm({ content, full }: FormState, edit: (edit: FormEdit) => void): RequestForm {
  const parts: Parts = { edit, fields: new Map() };
  const said = new Map<string, string>();
  const sections = content.inputs.map((input, at) => drawInput(parts, input, at, full[at] === true));
  const hasStates = content.inputs.some(({ fields }) => fields.some(({ nullable, optional }) => nullable || optional));
  const element = h('div', { class: 'request-form' },
    ...sections, drawParameters(parts, content.parameters),
    hasStates ? h('p', { class: 'unseen' }, l10n.t('F2 in a field switches between its value, null and left out.')) : undefined);
  return {
    element,
    say: (problems) => {
      const now = new Map(problems.map(({ input, row, column, brief }) => [idOf(input, row, column), brief]));
      for (const [id, field] of parts.fields) {
        const brief = now.get(id);
        // What is said once more is read out once more.
        if (brief === said.get(id)) continue;
        field.say(brief);
        if (brief === undefined) said.delete(id);
        else said.set(id, brief);
      }
    },
    focusWrong: () => {
      for (const [id, field] of parts.fields) {
        if (!said.has(id)) continue;
        field.focus();
        return true;
      }
      return false;
    },
    focus: (input, row) => {
      const field = input === undefined || row === undefined ? [...parts.fields.values()][0] : parts.fields.get(idOf(input, row, 0));
      field?.focus();
      return field !== undefined;
    },
  };
}

function idOf(input: number, row: number, column: number): string {
  return `form-${input === parametersAt ? 'p' : input}-${row}-${column}`;
}

function drawInput(parts: Parts, input: FormInput, at: number, full: boolean): HTMLElement {
  const { name, rows, fields, open } = input;
  const heading = `form-input-${at}`;
  const add = button({
    label: l10n.t('Add Row'), icon: 'add', focusKey: `add-row-${at}`, run: () => {
      if (!full) parts.edit({ do: 'addRow', input: at });
    },
  });
  add.setAttribute('aria-disabled', String(full));
  const isTable = rows.length !== 1;
  return h('section', { class: 'form-section', 'aria-labelledby': heading },
    h('h2', { id: heading }, h('bdi', { title: name }, name),
      isTable ? h('span', { class: 'muted' }, rowsOf(rows.length)) : undefined),
    fields.length === 0 ? h('p', { class: 'form-none' }, l10n.t('What columns this input has is not known: add them by name.')) : undefined,
    isTable ? drawTable(parts, input, at) : drawLines(parts, input, at),
    h('div', { class: 'buttons' }, fields.length === 0 ? undefined : add, open ? drawAddColumn(at, fields, parts.edit) : undefined,
      full ? h('p', { class: 'form-help' }, l10n.t('A form has no room for more rows: put them into a file and send that.')) : undefined));
}

function rowsOf(count: number): string {
  return count === 1 ? l10n.t('1 row') : l10n.t('{0} rows', formatCount(count));
}

/** One row: a line for each column, its name at the left. */
function drawLines(parts: Parts, { fields, rows: [cells = []] }: FormInput, input: number): HTMLElement {
  return h('div', { class: 'form-lines' }, ...fields.map((field, column) => {
    const drawn = drawField({
      id: idOf(input, 0, column), label: field.name, field, cell: cells[column] ?? { state: 'absent' },
      changed: (cell) => parts.edit({ do: 'set', input, row: 0, column, cell }),
    });
    parts.fields.set(idOf(input, 0, column), drawn);
    return h('div', { class: 'form-line' }, drawName(field), h('div', { class: 'form-value' }, drawn.element,
      field.own === true ? removeColumn(parts, input, column, field.name) : undefined));
  }));
}

function drawName({ name, help }: FormField): HTMLElement {
  return h('div', { class: 'form-name' }, h('bdi', { title: name }, name),
    help === '' ? undefined : h('span', { class: 'form-type', title: help }, help));
}

/** Several rows: a column for each column. */
function drawTable(parts: Parts, { name, fields, rows }: FormInput, input: number): HTMLElement {
  const head = h('tr', {}, h('th', { scope: 'col' }, h('span', { class: 'unseen' }, l10n.t('Row'))), ...fields.map((field, column) =>
    h('th', { scope: 'col' }, h('div', { class: 'form-head' },
      drawName(field), field.own === true ? removeColumn(parts, input, column, field.name) : undefined))));
  const lines = rows.map((cells, row) => h('tr', {},
    h('th', { scope: 'row' }, h('div', { class: 'form-row-head' }, formatCount(row + 1), rows.length < 2 ? undefined : button({
      label: l10n.t('Remove Row {0}', formatCount(row + 1)), icon: 'remove', look: 'plain', focusKey: `remove-row-${input}-${row}`,
      run: () => parts.edit({ do: 'removeRow', input, row }),
    }))),
    ...fields.map((field, column) => {
      const drawn = drawField({
        id: idOf(input, row, column), label: l10n.t('{0}, row {1}', field.name, formatCount(row + 1)), field,
        cell: cells[column] ?? { state: 'absent' }, changed: (cell) => parts.edit({ do: 'set', input, row, column, cell }),
      });
      parts.fields.set(idOf(input, row, column), drawn);
      return h('td', {}, drawn.element);
    })));
  const spec = { class: 'form-table-part', role: 'region', 'aria-label': l10n.t('Rows of {0}', name), tabindex: 0 };
  const table = h('table', { class: 'form-table' }, h('thead', {}, head), h('tbody', {}, ...lines));
  return h('div', { ...spec, 'data-focus': `table-${input}` }, table);
}

function removeColumn(parts: Parts, input: number, column: number, name: string): HTMLElement {
  return button({
    label: l10n.t('Remove Column {0}', name), icon: 'remove', look: 'plain', focusKey: `remove-column-${input}-${column}`,
    run: () => parts.edit({ do: 'removeColumn', input, column }),
  });
}

function drawParameters(parts: Parts, parameters: FormState['content']['parameters']): HTMLElement | undefined {
  if (parameters === undefined || parameters.fields.length === 0) return undefined;
  const lines = parameters.fields.map((field, column) => {
    const place = { input: parametersAt, row: 0, column };
    const drawn = drawField({
      id: idOf(parametersAt, 0, column), label: field.name, field, cell: parameters.cells[column] ?? { state: 'absent' },
      changed: (cell) => parts.edit({ do: 'set', ...place, cell }),
    });
    parts.fields.set(idOf(parametersAt, 0, column), drawn);
    return h('div', { class: 'form-line' }, drawName(field), h('div', { class: 'form-value' }, drawn.element));
  });
  return h('section', { class: 'form-section', 'aria-labelledby': 'form-parameters' },
    h('h2', { id: 'form-parameters' }, l10n.t('Global Parameters')), h('div', { class: 'form-lines' }, ...lines),
    h('p', { class: 'form-help' }, l10n.t('They are kept in the secret store of this computer.')));
}
