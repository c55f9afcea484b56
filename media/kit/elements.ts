// Makes elements. Text goes in as text only, with every character in it visible.

import type { PageOf } from './context';
import { icon, type IconName } from './icons';
import { visible } from './visible';

/** What an element can hold; `undefined` is left out. */
export type Child = Node | string | undefined;

/** `true` sets an attribute without a value; `false` and `undefined` leave it out. */
export type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** Makes an element with attributes and children. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    element.setAttribute(name, value === true ? '' : visible(String(value)));
  }
  for (const child of children) {
    if (child !== undefined) element.append(typeof child === 'string' ? visible(child) : child);
  }
  return element;
}

/** How a button looks and what it does. */
export interface ButtonSpec {
  readonly label: string;
  readonly icon?: IconName;
  /** `plain` is an icon alone, with the label for those who cannot see it. */
  readonly look?: 'primary' | 'secondary' | 'plain';
  readonly title?: string;
  /** Names the button across redraws, so that the focus can come back to it. */
  readonly focusKey?: string;
  readonly run: () => void;
}

/** Makes a button. */
export function button(spec: ButtonSpec): HTMLButtonElement {
  const plain = spec.look === 'plain';
  const element = h('button', {
    type: 'button',
    class: plain ? 'icon-button' : `button ${spec.look ?? 'secondary'}`,
    title: spec.title ?? (plain ? spec.label : undefined),
    'aria-label': plain ? spec.label : undefined,
    'data-focus': spec.focusKey,
  }, spec.icon && icon(spec.icon), plain ? undefined : h('span', {}, spec.label));
  element.addEventListener('click', spec.run);
  return element;
}

/** How long a copy button shows that it has copied. */
const copiedMs = 1500;

/** Makes a button that asks the editor to copy something and says that it did. */
export function copyButton<Message>(
  page: PageOf<Message>,
  spec: Omit<ButtonSpec, 'run' | 'icon'>,
  message: NoInfer<Message>,
): HTMLButtonElement {
  const element = button({
    ...spec,
    icon: 'copy',
    run: () => {
      page.send(message);
      page.announce('Copied.');
      element.firstElementChild?.replaceWith(icon('done'));
      setTimeout(() => element.firstElementChild?.replaceWith(icon('copy')), copiedMs);
    },
  });
  return element;
}
