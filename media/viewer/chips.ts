// The filters that hold, one chip each, with a way to take each of them away.

import type { Filter, ViewColumn } from '../../src/model/view';
import { button, h } from '../kit/elements';
import { icon } from '../kit/icons';
import { redraw } from '../kit/redraw';
import { filterText } from './query';

/** The chips on the page. */
export interface Chips {
  readonly element: HTMLElement;
  update(filters: readonly Filter[], columns: readonly ViewColumn[]): void;
}

/** Draws them. `onFilters` hears the filters that are left; `otherwise` gets the focus when none is. */
export function drawChips(index: number, onFilters: (filters: readonly Filter[]) => void, otherwise: () => void): Chips {
  const element = h('div', { class: 'chips', role: 'group', 'aria-label': 'Filters', hidden: true });
  let shown = '';
  return {
    element,
    update: (filters, columns) => {
      const now = JSON.stringify([filters, filters.map(({ column }) => columns[column]?.name)]);
      if (now === shown) return;
      shown = now;
      const hadFocus = element.contains(document.activeElement);
      redraw(element, element, () => element.replaceChildren(...filters.map((filter, at) => {
        const words = filterText(filter, columns);
        return h(
          'span',
          { class: 'chip' },
          icon('filter'),
          h('bdi', { class: 'chip-words', title: words }, words),
          button({
            label: `Take away the filter: ${words}`,
            icon: 'close',
            look: 'plain',
            focusKey: `chip-${index}-${at}`,
            run: () => onFilters(filters.filter((_, each) => each !== at)),
          }),
        );
      }), ...(filters.length === 0 ? [] : [button({ label: 'Clear All', focusKey: `chips-clear-${index}`, run: () => onFilters([]) })])));
      element.hidden = filters.length === 0;
      if (hadFocus && !(element.contains(document.activeElement) && document.activeElement !== element)) {
        if (filters.length === 0) otherwise();
        else element.querySelector('button')?.focus();
      }
    },
  };
}
