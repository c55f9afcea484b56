// The tools of what a page shows, beside its tabs. Those that find no room stand in a menu, the last ones first.

import * as l10n from '@vscode/l10n';
import { h } from './elements';
import { icon, type IconName } from './icons';
import { givesWay, inMenu, refit } from './oneLine';
import { overflowButton } from './overflow';
import { closePopup, isOpenAt } from './popup';

/** Tools go after their words; what stands before them, such as a search, goes last. */
const firstToGo = 10;

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

/** Draws the tools of what is called `name`. `host` takes in the menu; focus keys end in `index`. */
export function drawToolbar(host: HTMLElement, name: string, index: number | string, signal: AbortSignal): Toolbar {
  let current: readonly Tool[] = [];
  const drawn = new Map<string, HTMLButtonElement>();
  const wide = h('div', { class: 'tools-wide' });
  const others = overflowButton({
    label: l10n.t('Tools for {0}', name), title: l10n.t('More Tools'), icon: 'others', focusKey: `tools-${index}`, host, signal,
    items: (anchor) => current.filter(({ id }) => drawn.get(id)?.classList.contains('no-room')).map(({ label, icon, pressed, run }) => ({
      kind: 'item',
      label,
      icon,
      ...(pressed === undefined ? {} : { checked: pressed }),
      run: () => run(anchor),
    })),
  });
  others.classList.add('only-overflow');

  const draw = (id: string): HTMLButtonElement => {
    const element = h('button', { type: 'button', class: 'tool', 'data-focus': `${id}-${index}`, [inMenu]: true });
    element.addEventListener('click', () => {
      const tool = current.find((each) => each.id === id);
      if (isOpenAt(element)) closePopup(true);
      else tool?.run(element);
    });
    drawn.set(id, element);
    return element;
  };
  return {
    element: h('div', { class: 'tools', role: 'toolbar', 'aria-label': l10n.t('Tools for {0}', name) }, wide, others),
    update: (tools) => {
      current = tools;
      const focused = document.activeElement;
      wide.replaceChildren(
        ...tools.map((tool, at) => {
          const element = drawn.get(tool.id) ?? draw(tool.id);
          element.replaceChildren(icon(tool.icon), h('span', { class: 'tool-label', [givesWay]: 1 }, tool.label));
          element.setAttribute(givesWay, String(firstToGo + tools.length - at));
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
      refit(wide);
    },
  };
}
