// What callers will see: the address of each operation.

import * as l10n from '@vscode/l10n';
import { formatCount } from '../../src/base/format';
import type { ShownAddress } from '../../src/features/apim/choices/messages';
import { h } from '../kit/elements';

/** The part of the page. */
export interface Preview {
  readonly element: HTMLElement;
  readonly show: (addresses: readonly ShownAddress[], problems: number) => void;
}

/** Draws it, empty as yet. */
export function drawPreview(): Preview {
  const list = h('ul', { class: 'choices-addresses' });
  const state = h('p', { class: 'choices-wrong', hidden: true });
  return {
    element: h('section', { class: 'choices-preview', 'aria-labelledby': 'choices-preview' },
      h('h2', { id: 'choices-preview' }, l10n.t('Addresses for Callers')), list, state),
    show: (addresses, problems) => {
      list.replaceChildren(...addresses.map(({ name, method, url }) => h('li', {},
        h('span', {}, name),
        h('code', { class: 'choices-address' }, h('span', { class: 'method' }, method), ' ', ...breakable(url)))));
      state.hidden = problems === 0;
      state.textContent = problems === 1
        ? l10n.t('One field needs correction.')
        : l10n.t('{0} fields need correction.', formatCount(problems));
    },
  };
}

/** Addresses are broken in front of their parts. */
function breakable(url: string): readonly (Node | string)[] {
  return url.split(/(?=(?<!\/)[/?&])/).flatMap((part, index) => (index === 0 ? [part] : [h('wbr'), part]));
}
