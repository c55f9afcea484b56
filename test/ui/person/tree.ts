// The sidebar's trees as a person uses them: workspaces and services, and the history.

import type { Locator, Page } from 'playwright-core';

/** The tree. */
export interface Tree {
  /** The line that shows this name. */
  item(name: string): Locator;
  /** What a screen reader says of each line, top to bottom. */
  labels(): Promise<string[]>;
  /** What each line shows, top to bottom. */
  texts(): Promise<string[]>;
  /** Shows what is below a line. */
  expand(name: string): Promise<void>;
  /** Opens the context menu of a line. */
  openMenu(name: string): Promise<void>;
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

/** The tree of a window in the view with this name. */
export function tree(page: Page, view: string): Tree {
  const pane = page.locator(`.part.sidebar .pane:has(> .pane-header[aria-label^="${view}"])`);
  const rows = pane.locator('.pane-body .monaco-list-row');
  const item = (name: string): Locator => rows.filter({ hasText: name }).first();
  /** Takes the mouse off the tree: the tooltip of the line that it rests on covers those below. One that stays is of something else. */
  const away = async (): Promise<void> => {
    await page.mouse.move(640, 400);
    await page.locator('.monaco-hover:visible').first().waitFor({ state: 'hidden', timeout: hoverMs }).catch(() => undefined);
  };
  return {
    item,
    labels: async () => (await Promise.all((await rows.all()).map((row) => row.getAttribute('aria-label')))).map((label) => label ?? ''),
    texts: async () => Promise.all((await rows.all()).map(async (row) => (await row.locator('.label-name, .label-description').allInnerTexts()).join(' ').replaceAll('\u00a0', ' ').trim())),
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
    openMenu: async (name) => {
      const menu = page.locator('.monaco-menu:visible');
      const click = async (): Promise<void> => {
        await away();
        await item(name).click({ button: 'right' });
        await menu.waitFor({ timeout: menuMs });
      };
      // As above: a click meanwhile goes nowhere.
      await click().catch(click);
    },
    inline: async (name, action) => {
      await away();
      await item(name).hover();
      await item(name).locator(`.actions a[aria-label^="${action}"]`).click();
    },
    tooltip: async (name, text) => {
      const hover = page.locator('.monaco-hover').filter({ hasText: text });
      const rest = async (): Promise<void> => {
        const place = await item(name).boundingBox();
        await page.mouse.move(640, 400);
        await page.mouse.move((place?.x ?? 0) + 60, (place?.y ?? 0) + 10, { steps: 5 });
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
