// The button at the end of a row that opens what found no room in it, and what is never in it.

import { button } from './elements';
import type { IconName } from './icons';
import { openMenu, type MenuItem } from './menu';
import { closePopup, isOpenAt } from './popup';

/** Such a button, as it is named and found again. */
export interface OverflowSpec {
  /** Says what the menu is about. */
  readonly label: string;
  /** The button's own words. */
  readonly title: string;
  readonly icon: IconName;
  readonly focusKey: string;
  /** Takes in the menu. */
  readonly host?: HTMLElement;
  readonly signal: AbortSignal;
  /** What the menu holds when it is opened. */
  readonly items: (anchor: HTMLElement) => readonly MenuItem[];
}

/** Makes the button. A click on it while its menu is open closes the menu. */
export function overflowButton(spec: OverflowSpec): HTMLButtonElement {
  const { label, title, icon, focusKey, signal } = spec;
  const element = button({ label: title, icon, look: 'plain', focusKey, run: () => {
    if (isOpenAt(element)) {
      closePopup(true);
      return;
    }
    openMenu({ host: spec.host ?? pageRoot(), anchor: element, back: () => element.focus(), signal }, label, spec.items(element));
  } });
  element.setAttribute('aria-haspopup', 'menu');
  element.setAttribute('aria-expanded', 'false');
  return element;
}

/** What opens stands in the page's main part, as all else does. */
function pageRoot(): HTMLElement {
  return document.getElementById('root') ?? document.body;
}
