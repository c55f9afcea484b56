// Text editors, the Explorer and the status bar as a person uses them.

import type { Locator, Page } from 'playwright-core';
import { soon } from './patience';
import { exactly, type Questions } from './questions';

/** Editors and what is around them. */
export interface Editors {
  /** The tab with this name. */
  tab(name: string): Locator;
  /** Opens a file of the folder by its name. */
  open(name: string): Promise<void>;
  /** Puts the keyboard into the text of a tab that is being opened. */
  enter(name: string): Promise<void>;
  /** Closes a tab. */
  close(name: string): Promise<void>;
  /** The text of the editor that has this name's tab, as far as it is on the screen. */
  text(): Promise<string>;
  /** Finds a text in the editor and types another in its place. */
  replace(found: string, typed: string): Promise<void>;
  /** Replaces all text of the active editor, as a paste does. */
  write(text: string): Promise<void>;
  /** Whether the keyboard writes into a text editor. */
  focused(): Promise<boolean>;
  /**
   * Sends the request in the active editor by its key, which works from the moment on in which the button for it is there: before, nobody
   * would press it.
   */
  send(): Promise<void>;
  /** A button in the title of the active editor. */
  titleButton(name: string): Locator;
  /** Where an editor group begins, in pixels from the left; the first is number 0. */
  leftOf(group: number): Promise<number>;
  /** Draws the boundary between two parts of the window from one place to another, in pixels from the left. */
  drag(from: number, to: number): Promise<void>;
  /** Shows the Explorer. */
  openExplorer(): Promise<void>;
  /** A line of the Explorer. */
  file(name: string): Locator;
  /** Selects these files in the Explorer, and no others. */
  select(...names: readonly string[]): Promise<void>;
  /** An entry of the status bar that holds this text. */
  status(text: string): Locator;
}

/** How long the focus may take until it counts as gone elsewhere. */
const focusMs = 2_000;

/** What has the focus for so long keeps it, in milliseconds. */
const heldMs = 100;

/** Whether something appears within that time. */
async function comes(what: Locator): Promise<boolean> {
  return what.waitFor({ timeout: focusMs }).then(() => true, () => false);
}

/** The editors of a window; `said` gives a text in its language. */
export function editors(page: Page, ask: Questions, said: (text: string) => string): Editors {
  const editor = page.locator('.editor-group-container .monaco-editor').first();
  const tab = (name: string): Locator => page.locator(`.editor-group-container .tab:is([data-resource-name="${name}"], [aria-label^="${name}"])`);
  const file = (name: string): Locator => page.locator('.explorer-folders-view .monaco-list-row').filter({ hasText: exactly(name) });
  const enter = async (name: string): Promise<void> => {
    // Keys go to the text only when it has the focus, which comes a moment after the tab; or not at all when the box
    // gives it back, at the same moment or a little later, to what had it before. A person then clicks into the text.
    const group = page.locator('.editor-group-container').filter({ has: page.locator(`.tab.active[data-resource-name="${name}"]`) });
    await group.waitFor();
    const focused = page.locator(`.editor-group-container.active:has(.tab.active[data-resource-name="${name}"]) .monaco-editor.focused`);
    await soon(async () => {
      if (!(await comes(focused))) {
        // A page that hears late that it has lost the focus leaves its group the active one, whatever is clicked in the text that has it.
        await group.locator('.tab.active').click();
        await group.locator('.monaco-editor .view-lines').click({ position: { x: 5, y: 5 } });
      }
      await page.waitForTimeout(heldMs);
      return focused.count();
    }).toBe(1);
  };
  const titleButton = (name: string): Locator => page.locator(`.editor-group-container.active .editor-actions a[aria-label^="${name}"]`).first();
  return {
    tab,
    send: async () => {
      await titleButton(said('Send to RRS')).waitFor();
      await page.keyboard.press('Control+Alt+Enter');
    },
    open: async (name) => {
      await ask.goTo('Control+p', name, name);
      await enter(name);
    },
    enter,
    close: async (name) => {
      await tab(name).click({ button: 'middle' });
      await tab(name).waitFor({ state: 'hidden' });
    },
    text: async () => (await editor.locator('.view-lines').innerText()).replaceAll('\u00a0', ' '),
    replace: async (found, typed) => {
      await editor.locator('.view-lines').click();
      await page.keyboard.press('Control+f');
      const find = page.locator('.find-widget.visible textarea, .find-widget.visible input').first();
      await find.fill(found);
      await page.locator('.find-widget.visible .matchesCount').filter({ hasText: ' of ' }).waitFor({ state: 'attached' });
      await page.keyboard.press('Enter');
      // With a message in the corner the first Esc is for the message.
      const widget = page.locator('.find-widget.visible');
      while (await widget.isVisible()) await page.keyboard.press('Escape', { delay: 100 });
      await page.locator('.editor-group-container.active .monaco-editor.focused').waitFor();
      await page.keyboard.type(typed);
    },
    write: async (text) => {
      await page.locator('.editor-group-container.active .monaco-editor .view-lines').click();
      await page.keyboard.press('Control+a');
      await page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(text)})`);
      await page.keyboard.press('Control+v');
    },
    focused: () => page.evaluate(`document.activeElement?.closest('.monaco-editor') !== null && document.activeElement?.closest('.editor-group-container') !== null && document.hasFocus()`),
    titleButton,
    leftOf: async (group) => (await page.locator('.editor-group-container').nth(group).boundingBox())?.x ?? 0,
    drag: async (from, to) => {
      await page.mouse.move(from, 600);
      await page.mouse.down();
      await page.mouse.move(to, 600, { steps: 5 });
      await page.mouse.up();
    },
    openExplorer: async () => {
      await page.keyboard.press('Control+Shift+e');
      await page.locator('.explorer-folders-view .monaco-list-row').first().waitFor();
    },
    file,
    select: async (...names) => {
      // The first click opens its file, and the Explorer goes to the file that is open, a moment later: it would be the only one then.
      await soon(async () => {
        for (const [index, name] of names.entries()) {
          await file(name).click({ modifiers: index === 0 ? [] : ['Control'] });
          if (index === 0) await page.locator(`.tab.active[data-resource-name="${name}"]`).waitFor();
        }
        await page.waitForTimeout(heldMs);
        return (await page.locator('.explorer-folders-view .monaco-list-row.selected .label-name').allInnerTexts()).sort();
      }).toEqual([...names].sort());
    },
    status: (text) => page.locator('.part.statusbar .statusbar-item').filter({ hasText: text }),
  };
}
