// The list of a table's columns: which are shown, which stay at the left.

import type { ViewColumn } from '../../src/model/view';
import { button, h } from '../kit/elements';
import { icon } from '../kit/icons';
import type { Layout } from './grid/gridSpec';
import { openPopup, type PopupSpec } from '../kit/popup';
import { nameOf } from './query';

/** So many columns are listed at a time; more come as the list is scrolled to so many pixels from its end. */
const listed = 200;
const nearEnd = 300;

/** From so many columns on there is a box to look for one. */
const many = 12;

/** Opens the list. `onLayout` hears each change at once. */
export function openColumnList(
  spec: Omit<PopupSpec, 'className'>,
  columns: readonly ViewColumn[],
  first: Layout,
  onLayout: (layout: Layout) => void,
): void {
  let layout = first;
  const list = h('ul', { class: 'column-list' });
  const none = h('p', { class: 'muted', hidden: true }, 'No column is called so.');
  let waiting: readonly { readonly column: ViewColumn; readonly at: number }[] = [];
  const find = h('input', {
    type: 'text',
    class: 'field',
    placeholder: 'Find a column',
    'aria-label': 'Find a column',
    spellcheck: 'false',
    autocomplete: 'off',
  });
  const change = (changed: Partial<Layout>): void => {
    layout = { ...layout, ...changed };
    onLayout(layout);
    showAll.disabled = layout.hidden.length === 0;
  };
  const draw = (): void => {
    const wanted = find.value.trim().toLowerCase();
    waiting = columns.map((column, at) => ({ column, at })).filter(({ column }) => nameOf(column).toLowerCase().includes(wanted));
    none.hidden = waiting.length > 0;
    list.replaceChildren();
    drawMore();
  };
  const drawMore = (): void => {
    list.append(...waiting.slice(0, listed).map(({ column, at }) => drawLine(column, at)));
    waiting = waiting.slice(listed);
  };
  list.addEventListener(
    'scroll',
    () => {
      if (waiting.length > 0 && list.scrollHeight - list.scrollTop - list.clientHeight < nearEnd) drawMore();
    },
    { passive: true },
  );
  const drawLine = (column: ViewColumn, at: number): HTMLElement => {
    const name = nameOf(column);
    const shown = h('input', { type: 'checkbox' });
    shown.checked = !layout.hidden.includes(at);
    shown.addEventListener('change', () => {
      // A table without any column says nothing to anybody.
      if (!shown.checked && layout.hidden.length >= columns.length - 1) {
        shown.checked = true;
        return;
      }
      change({ hidden: shown.checked ? layout.hidden.filter((each) => each !== at) : [...layout.hidden, at] });
    });
    const pin = h(
      'button',
      {
        type: 'button',
        class: 'icon-button pin',
        title: 'Pin at the left',
        'aria-label': `Pin ${name}`,
        'aria-pressed': String(layout.pinned.includes(at)),
      },
      icon('pin'),
    );
    pin.addEventListener('click', () => {
      const pinned = layout.pinned.includes(at);
      pin.setAttribute('aria-pressed', String(!pinned));
      change({ pinned: pinned ? layout.pinned.filter((each) => each !== at) : [...layout.pinned, at] });
    });
    return h(
      'li',
      {},
      h(
        'label',
        { title: name },
        shown,
        h('bdi', {}, name),
        column.group === undefined ? undefined : h('span', { class: 'muted' }, column.group),
      ),
      pin,
    );
  };
  const showAll = button({
    label: 'Show All',
    run: () => {
      change({ hidden: [] });
      draw();
      (columns.length > many ? find : list.querySelector('input'))?.focus();
    },
  });
  showAll.disabled = layout.hidden.length === 0;
  find.addEventListener('input', draw);
  draw();
  const content = h(
    'div',
    { class: 'form columns-form', role: 'dialog', 'aria-label': 'Columns' },
    ...(columns.length > many ? [find] : []),
    list,
    none,
    h('div', { class: 'buttons' }, showAll),
  );
  openPopup({ ...spec, className: 'popup-form' }, content);
  (columns.length > many ? find : list.querySelector('input'))?.focus();
}
