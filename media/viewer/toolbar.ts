// The row of tools over a table. Where there is little room, all of them stand in a menu.

import { button, h } from '../kit/elements';
import { icon, type IconName } from '../kit/icons';
import { openMenu } from './menu';
import { closePopup, isOpenAt } from './popup';

/** One tool. */
export interface Tool {
  readonly id: string;
  readonly label: string;
  readonly title: string;
  readonly icon: IconName;
  /** Given for those that are on or off. */
  readonly pressed?: boolean;
  /** What the tool opens, if something. */
  readonly opens?: 'menu' | 'dialog';
  /** Gets the element that what opens belongs to. */
  readonly run: (anchor: HTMLElement) => void;
}

/** The tools on the page. */
export interface Toolbar {
  readonly element: HTMLElement;
  /** Takes the tools there are now; those that stay keep the focus. */
  update(tools: readonly Tool[]): void;
}

/** Draws the tools of the table `name`. `host` takes in the menu; focus keys end in `index`. */
export function drawToolbar(host: HTMLElement, name: string, index: number, signal: AbortSignal): Toolbar {
  let current: readonly Tool[] = [];
  const drawn = new Map<string, HTMLButtonElement>();
  const wide = h('div', { class: 'tools-wide' });
  const others = button({ label: 'More Tools', icon: 'others', look: 'plain', focusKey: `tools-${index}`, run: () => {
    if (isOpenAt(others)) {
      closePopup(true);
      return;
    }
    openMenu(
      { host, anchor: others, back: () => others.focus(), signal },
      `Tools for ${name}`,
      current.map(({ label, icon, pressed, run }) => ({
        kind: 'item',
        label,
        icon,
        ...(pressed === undefined ? {} : { checked: pressed }),
        run: () => run(others),
      })),
    );
  } });
  others.setAttribute('aria-haspopup', 'menu');
  others.setAttribute('aria-expanded', 'false');

  const draw = (id: string): HTMLButtonElement => {
    const element = h('button', { type: 'button', class: 'tool', 'data-focus': `${id}-${index}` });
    element.addEventListener('click', () => {
      const tool = current.find((each) => each.id === id);
      if (isOpenAt(element)) closePopup(true);
      else tool?.run(element);
    });
    drawn.set(id, element);
    return element;
  };
  return {
    element: h(
      'div',
      { class: 'tools', role: 'toolbar', 'aria-label': `Tools for ${name}` },
      wide,
      h('div', { class: 'tools-narrow' }, others),
    ),
    update: (tools) => {
      current = tools;
      const focused = document.activeElement;
      wide.replaceChildren(
        ...tools.map((tool) => {
          const element = drawn.get(tool.id) ?? draw(tool.id);
          element.replaceChildren(icon(tool.icon), h('span', { class: 'tool-label' }, tool.label));
          element.title = tool.title;
          element.setAttribute('aria-label', tool.label);
          if (tool.pressed !== undefined) element.setAttribute('aria-pressed', String(tool.pressed));
          if (tool.opens !== undefined) {
            element.setAttribute('aria-haspopup', tool.opens);
            if (!element.hasAttribute('aria-expanded')) element.setAttribute('aria-expanded', 'false');
          }
          return element;
        }),
      );
      if (focused instanceof HTMLElement && focused !== document.activeElement && wide.contains(focused))
        focused.focus({ preventScroll: true });
    },
  };
}
