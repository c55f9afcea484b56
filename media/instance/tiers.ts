// The tiers beside each other: one is chosen, and what each can and cannot do stands in its row.

import * as l10n from '@vscode/l10n';
import type { TierCell, TierTable } from '../../src/features/apim/create/messages';
import { h } from '../kit/elements';
import type { FormRow } from '../kit/formRow';
import { icon } from '../kit/icons';

/** Draws them as a table of radio buttons. */
export function drawTiers({ columns, rows }: TierTable, chosen: string, onChange: () => void): FormRow<string> {
  const inputs = rows.map(({ tier }) => {
    const id = `tier-${tier}`;
    const input = h('input', { type: 'radio', name: 'tier', value: tier, id, 'data-focus': id, checked: tier === chosen });
    input.addEventListener('change', onChange);
    return input;
  });
  const table = h('table', { role: 'radiogroup', 'aria-label': l10n.t('Tier') });
  const problem = h('p', { class: 'form-problem', role: 'alert', hidden: true });
  table.append(
    h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, l10n.t('Tier')), ...columns.map((column) => h('th', { scope: 'col' }, column)))),
    h('tbody', {}, ...rows.map(({ tier, use, cells }, index) => h('tr', {},
      h('th', { scope: 'row' }, h('label', { for: `tier-${tier}` }, inputs[index],
        h('span', { class: 'tier-name' }, tier), h('span', { class: 'tier-use' }, use))),
      ...cells.map(drawCell)))),
  );
  const value = (): string => inputs.find(({ checked }) => checked)?.value ?? '';
  return {
    // A region that scrolls is reached by the keyboard.
    element: h('div', {},
      h('div', { class: 'instance-tiers', tabindex: 0, role: 'region', 'aria-label': l10n.t('Comparison of the tiers') }, table), problem),
    value,
    set: (now) => {
      for (const input of inputs) input.checked = input.value === now;
    },
    say: (words) => {
      problem.textContent = words ?? '';
      problem.hidden = words === undefined;
    },
    focus: () => (inputs.find(({ checked }) => checked) ?? inputs[0])?.focus(),
  };
}

function drawCell({ verdict, text }: TierCell): HTMLElement {
  return h('td', { class: verdict }, icon(verdict === 'yes' ? 'done' : verdict === 'no' ? 'close' : 'info'), text);
}
