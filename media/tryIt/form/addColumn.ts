// A column that is typed in: its name and its kind, where nobody has described the input.

import * as l10n from '@vscode/l10n';
import type { FormEdit, FormField, TypedKind } from '../../../src/features/tryIt/messages';
import { button, h } from '../../kit/elements';
import { selectRow, textRow } from '../../kit/formRow';

const kinds: readonly TypedKind[] = ['text', 'number', 'boolean', 'json'];

/** Draws the button, and the two fields that it opens. */
export function drawAddColumn(input: number, fields: readonly FormField[], edit: (edit: FormEdit) => void): HTMLElement {
  const name = textRow({ id: `column-name-${input}`, label: l10n.t('Name of the column') });
  const kind = selectRow({
    id: `column-kind-${input}`, label: l10n.t('Kind'), value: 'text', choices: kinds.map((value) => ({ value, label: nameOf(value) })),
  });
  const add = (): void => {
    const typed = name.value();
    const problem = typed.trim() === '' ? l10n.t('A column needs a name.')
      : fields.some((field) => field.name === typed) ? l10n.t('There is a column of this name.') : undefined;
    name.say(problem);
    if (problem !== undefined) return name.focus();
    edit({ do: 'addColumn', input, name: typed, kind: kinds.find((each) => each === kind.value()) ?? 'text' });
  };
  const part = h('div', { class: 'form-column', role: 'group', 'aria-label': l10n.t('New Column'), hidden: true },
    name.element, kind.element, button({ label: l10n.t('Add'), focusKey: `column-add-${input}`, run: add }));
  const open = button({
    label: l10n.t('Add Column…'), icon: 'add', focusKey: `add-column-${input}`,
    ...(fields.length === 0 ? { look: 'primary' as const } : {}),
    run: () => {
      part.hidden = false;
      open.hidden = true;
      name.focus();
    },
  });
  // Enter adds the column; nothing is sent with half of one.
  part.addEventListener('keydown', (event) => {
    if (event.isComposing || (event.key !== 'Enter' && event.key !== 'Escape')) return;
    const isButton = event.target instanceof Element && event.target.localName === 'button';
    if (event.key === 'Enter' && isButton) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === 'Enter') return add();
    part.hidden = true;
    open.hidden = false;
    open.focus();
  });
  return h('div', { class: 'form-add-column' }, open, part);
}

function nameOf(kind: TypedKind): string {
  switch (kind) {
    case 'text':
      return l10n.t('Text');
    case 'number':
      return l10n.t('Number');
    case 'boolean':
      return l10n.t('True or false');
    case 'json':
      return l10n.t('JSON value');
    default:
      return kind satisfies never;
  }
}
