// A menu as VS Code has them: arrows, Home, End and first letters move, Enter and Space choose, Escape gives the focus back.

import { h } from './elements';
import { icon, type IconName } from './icons';
import { moved } from './tabs';
import { openPopup, type PopupSpec } from './popup';

/** One line of a menu. */
export type MenuItem =
  | { readonly kind: 'line' }
  /** Says what the lines below it are about. */
  | { readonly kind: 'words'; readonly text: string }
  | {
    readonly kind: 'item'; readonly label: string; readonly icon?: IconName;
    /** Given for those that are on or off. */
    readonly checked?: boolean;
    /** Given for those of which one holds. */
    readonly chosen?: boolean;
    readonly run: () => void;
  };

/** Opens a menu with the name `label`. Its focus goes back before an item is run, so that the item may take it. */
export function openMenu(spec: Omit<PopupSpec, 'className'>, label: string, items: readonly MenuItem[]): void {
  const choices: HTMLElement[] = [];
  const list = h('div', { role: 'menu', class: 'menu', 'aria-label': label });
  // A group is what gives the words above items a meaning for those who cannot see them.
  let group: HTMLElement = list;
  for (const item of items) {
    if (item.kind === 'line') {
      list.append(h('div', { role: 'separator', class: 'menu-line' }));
      group = list;
    } else if (item.kind === 'words') {
      group = h('div', { role: 'group', 'aria-label': item.text }, h('div', { class: 'menu-words', 'aria-hidden': 'true' }, item.text));
      list.append(group);
    } else {
      const { checked, chosen } = item;
      const on = checked ?? chosen;
      const role = chosen !== undefined ? 'menuitemradio' : checked !== undefined ? 'menuitemcheckbox' : 'menuitem';
      const element = h('div', { role, 'aria-checked': on === undefined ? undefined : String(on), class: 'menu-item', tabindex: -1 },
        on ? icon('done') : item.icon ? icon(item.icon) : h('span', { class: 'icon' }), h('span', { class: 'menu-label' }, item.label));
      element.addEventListener('click', () => {
        popup.close(true);
        item.run();
      });
      element.addEventListener('pointermove', () => element.focus({ preventScroll: true }));
      choices.push(element);
      group.append(element);
    }
  }
  const popup = openPopup({ ...spec, className: 'popup-menu' }, list);
  choices[0]?.focus();
  list.addEventListener('contextmenu', (event) => event.preventDefault());
  list.addEventListener('keydown', (event) => {
    const at = choices.findIndex((each) => each === document.activeElement);
    if (event.key === 'Enter' || event.key === ' ') choices[at]?.click();
    else if (event.key === 'Tab') popup.close(true);
    else {
      const next =
        at < 0 && event.key === 'ArrowUp'
          ? choices.length - 1
          : (moved(event.key, at, choices.length, ['ArrowUp', 'ArrowDown']) ?? byLetter(choices, at, event));
      if (next === undefined) return;
      choices[next]?.focus();
    }
    event.preventDefault();
    event.stopPropagation();
  });
}

function byLetter(choices: readonly HTMLElement[], at: number, event: KeyboardEvent): number | undefined {
  if (event.key.length !== 1 || event.ctrlKey || event.metaKey || event.altKey) return undefined;
  const wanted = event.key.toLowerCase();
  const order = choices.map((_, step) => (at + 1 + step + choices.length) % choices.length);
  return order.find((index) => choices[index]?.textContent?.toLowerCase().startsWith(wanted));
}
