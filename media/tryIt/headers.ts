// The headers of a call, a line for each: more are added, and each can be taken away.

import * as l10n from '@vscode/l10n';
import type { CallContent, CallHeader } from '../../src/features/tryIt/messages';
import { button, h } from '../kit/elements';
import { textRow, type FormRow } from '../kit/formRow';

/** The lines. */
export interface HeaderLines {
  readonly element: HTMLElement;
  readonly headers: () => readonly CallHeader[];
  readonly say: (content: CallContent) => void;
  /** Leads to the first that is wrong; false where none is. */
  readonly focusWrong: () => boolean;
}

interface Line {
  readonly element: HTMLElement;
  readonly name: FormRow<string>;
  readonly value: FormRow<string>;
}

/** Draws them. */
export function drawHeaders(headers: readonly CallHeader[], changed: () => void): HeaderLines {
  let made = 0;
  let lines: Line[] = [];
  let said: readonly string[] = [];
  const list = h('div', { class: 'call-headers' });
  const none = h('p', { class: 'form-help' }, l10n.t('No headers beside those of the key, of the body and of the connection.'));
  const add = button({ label: l10n.t('Add Header'), icon: 'add', focusKey: 'add-header', run: () => {
    const line = put({ name: '', value: '' });
    changed();
    // A field has its inside once it was drawn.
    requestAnimationFrame(() => line.name.focus());
  } });
  function put(header: CallHeader): Line {
    made += 1;
    const id = made;
    const name = textRow({ id: `header-name-${id}`, label: l10n.t('Name'), value: header.name, onChange: changed });
    const value = textRow({ id: `header-value-${id}`, label: l10n.t('Value'), value: header.value, onChange: changed });
    const remove = button({
      label: l10n.t('Remove Header'), icon: 'remove', look: 'plain', focusKey: `remove-header-${id}`, run: () => {
        lines = lines.filter((each) => each !== line);
        line.element.remove();
        none.hidden = lines.length > 0;
        add.focus();
        changed();
      },
    });
    const line: Line = { element: h('div', { class: 'call-header' }, name.element, value.element, remove), name, value };
    lines.push(line);
    list.append(line.element);
    none.hidden = true;
    return line;
  }
  headers.forEach(put);
  none.hidden = lines.length > 0;
  return {
    element: h('div', { class: 'call-part' }, none, list, add),
    headers: () => lines.map(({ name, value }) => ({ name: name.value(), value: value.value() })),
    say: ({ problems }) => {
      lines.forEach(({ name }, index) => {
        const problem = problems.headers[index] ?? '';
        if (problem !== (said[index] ?? '')) name.say(problem || undefined);
      });
      said = problems.headers;
    },
    focusWrong: () => {
      const index = said.findIndex((each) => each !== '');
      lines[index]?.name.focus();
      return index >= 0;
    },
  };
}
