// What can be done with what a page shows, in one row: one action with its words, at most two as icons, the rest in a menu.

import * as l10n from '@vscode/l10n';
import { button, h } from './elements';
import type { IconName } from './icons';
import { givesWay, inMenu } from './oneLine';
import { overflowButton } from './overflow';

/** One action. */
export interface Action {
  /** Names its button across redraws. */
  readonly id: string;
  readonly label: string;
  readonly icon: IconName;
  readonly title?: string;
  /** Given for those that are on or off. */
  readonly pressed?: boolean;
  /** For the menu: whether it is offered, asked when the menu is opened. Absent where it always is. */
  readonly offered?: () => boolean;
  readonly run: () => void;
}

/** The actions of a page by their places. */
export interface ActionsSpec {
  readonly primary?: Action;
  /** False where something else on the page is more pressing, such as the way out of an error. */
  readonly primaryStandsOut?: boolean;
  readonly icons?: readonly Action[];
  readonly more?: readonly Action[];
  readonly signal: AbortSignal;
}

/** Draws the row, for the end of a header: there the icons and the words of the first give way. */
export function drawActions({ primary, primaryStandsOut = true, icons = [], more = [], signal }: ActionsSpec): HTMLElement {
  const first = primary && button({
    ...primary,
    look: primaryStandsOut ? 'primary' : 'secondary',
    title: primary.title ?? primary.label,
    focusKey: primary.id,
  });
  first?.lastElementChild?.setAttribute(givesWay, '20');
  // Its words are gone where there is no room.
  if (primary) first?.setAttribute('aria-label', primary.label);
  const buttons = icons.map((action, index) => {
    const element = button({ ...action, look: 'plain', title: action.title ?? action.label, focusKey: action.id });
    element.setAttribute(givesWay, String(30 - index));
    element.setAttribute(inMenu, '');
    if (action.pressed !== undefined) element.setAttribute('aria-pressed', String(action.pressed));
    return element;
  });
  const hidden = (): readonly Action[] => icons.filter((_, index) => buttons[index]?.classList.contains('no-room'));
  const others = overflowButton({
    label: l10n.t('More actions'), title: l10n.t('More Actions'), icon: 'others', focusKey: 'more-actions', signal,
    items: () => [...hidden(), ...more.filter(({ offered }) => offered?.() ?? true)].map(({ label, icon, pressed, run }) => ({
      kind: 'item', label, icon, ...(pressed === undefined ? {} : { checked: pressed }), run,
    })),
  });
  // Where the menu holds nothing of its own, it is there for what found no room.
  if (more.length === 0) others.classList.add('only-overflow');
  return h('div', { class: 'header-actions', role: 'toolbar', 'aria-label': l10n.t('Actions') }, first, ...buttons, others);
}
