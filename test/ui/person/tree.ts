// The sidebar's trees as a person uses them: workspaces and services, and the history.

import type { Locator, Page } from 'playwright-core';
import { questions } from './questions';

/** The tree. */
export interface Tree {
  /** The line that shows this name. */
  item(name: string): Locator;
  /** What a screen reader says of each line, top to bottom. */
  labels(): Promise<string[]>;
  /** What each line shows, top to bottom. */
  texts(): Promise<string[]>;
  /** Clicks a line. */
  click(name: string): Promise<void>;
  /** Shows what is below a line. */
  expand(name: string): Promise<void>;
  /** Clicks a line for its context menu. */
  openMenu(name: string): Promise<void>;
  /** Chooses an entry of the context menu of a line. */
  menu(name: string, entry: string): Promise<void>;
  /** Presses a button at the end of a line. */
  inline(name: string, action: string): Promise<void>;
  /** Rests the mouse on a line until its tooltip, which holds this text, is there. */
  tooltip(name: string, text: string): Promise<Locator>;
  /** A button in the view's title, which is there while the mouse is over the view. */
  titleButton(name: string): { readonly click: () => Promise<void> };
  /** The text and buttons that are shown in place of an empty tree. */
  readonly welcome: Locator;
}

const restMs = 4000;

/** So long a tooltip may take to go, in milliseconds. */
const hoverMs = 1000;

/** How long a menu or what is below a line may take to open before it is asked for again, in milliseconds. */
const menuMs = 6000;

/** Notes what the next click is one on: a button's label, or a line's text. It runs in the page, so that it is text here. */
const noteClick = `{
  window.clicked = '';
  addEventListener('click', ({ target }) => {
    window.clicked = target.closest('a[aria-label]')?.getAttribute('aria-label') ?? target.closest('.monaco-list-row')?.innerText ?? '';
  }, { capture: true, once: true });
}`;

/** The tree of a window in the view with this name. */
export function tree(page: Page, view: string): Tree {
  const pane = page.locator(`.part.sidebar .pane:has(> .pane-header[aria-label^="${view}"])`);
  const rows = pane.locator('.pane-body .monaco-list-row');
  const item = (name: string): Locator => rows.filter({ hasText: name }).first();
  const ask = questions(page);
  /** Takes the mouse off the tree: the tooltip of the line that it rests on covers those below. One that stays is of something else. */
  const away = async (): Promise<void> => {
    await page.mouse.move(640, 400);
    await page.locator('.monaco-hover:visible').first().waitFor({ state: 'hidden', timeout: hoverMs }).catch(() => undefined);
  };
  /** Clicks what `find` gives, and once more where the click was not one on it: a line that is drawn anew between press and release. */
  const taken = async (find: () => Promise<Locator>, text: string): Promise<void> => {
    const press = async (): Promise<void> => {
      const found = await find();
      await found.waitFor({ timeout: menuMs });
      await page.evaluate(noteClick);
      await found.click({ timeout: menuMs });
      const clicked = (await page.evaluate<string>('window.clicked')).replaceAll('\u00a0', ' ');
      if (!clicked.includes(text)) throw new Error(`The click on "${text}" went to "${clicked}".`);
    };
    await press().catch(press).catch(press);
  };
  const openMenu = async (name: string): Promise<void> => {
    await away();
    await item(name).click({ button: 'right', timeout: menuMs });
  };
  return {
    item,
    // All at once: a line that goes while the lines are read one by one would be waited for.
    labels: () => rows.evaluateAll((all) => all.map((row) => row.getAttribute('aria-label') ?? '')),
    texts: () => rows.evaluateAll((all) => all.map((row) => [...row.querySelectorAll('.label-name, .label-description')]
      .map((part) => 'innerText' in part ? part.innerText : '').join(' ').replaceAll('\u00a0', ' ').trim())),
    expand: async (name) => {
      const expanded = rows.and(page.locator('[aria-expanded="true"]')).filter({ hasText: name }).first();
      const click = async (): Promise<void> => {
        await away();
        if (await expanded.isVisible()) return;
        await item(name).click();
        // What is below is asked for first; a second click meanwhile would close it again.
        await expanded.waitFor({ timeout: menuMs });
      };
      // A tree that is drawn anew between the press and the release of the button takes no notice of the click.
      await click().catch(click);
    },
    openMenu,
    menu: (name, entry) => ask.menu(() => openMenu(name), entry),
    click: (name) => taken(async () => {
      await away();
      return item(name);
    }, name),
    inline: (name, action) => taken(async () => {
      await away();
      await item(name).hover({ timeout: menuMs });
      return item(name).locator(`.actions a[aria-label^="${action}"]`);
    }, action),
    tooltip: async (name, text) => {
      const hover = page.locator('.monaco-hover').filter({ hasText: text });
      const rest = async (): Promise<void> => {
        // The text, which stands further in the deeper the line is.
        const place = await item(name).locator('.label-name').first().boundingBox();
        await page.mouse.move(640, 400);
        await page.mouse.move((place?.x ?? 0) + 10, (place?.y ?? 0) + 10, { steps: 5 });
        await hover.waitFor({ timeout: restMs });
      };
      // A line that is drawn anew meanwhile takes its tooltip away.
      await rest().catch(rest).catch(rest);
      return hover;
    },
    titleButton: (name) => ({
      click: async () => {
        await pane.locator('.pane-header').hover();
        await pane.locator(`.pane-header .actions a[aria-label^="${name}"]`).click();
      },
    }),
    welcome: pane.locator('.welcome-view-content'),
  };
}
