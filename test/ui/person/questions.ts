// What VS Code asks a person, and what it tells: the box at the top, messages, dialogs, menus.

import { extname } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { soon } from './patience';

/** Questions and messages. */
export interface Questions {
  /** Presses a key that opens the box at the top and waits for it. */
  open(key: string): Promise<void>;
  /** Opens a box by a key, types a text, and presses Enter as soon as the line of this label is the first that fits. */
  goTo(key: string, text: string, label: string): Promise<void>;
  /** The box's input. */
  readonly input: Locator;
  /** The box as a whole. */
  readonly box: Locator;
  /** Waits until the box shows this text: in its title, its question or the answer to what was typed. */
  asks(text: string): Promise<void>;
  /** Does what makes the box ask this, and once more where a click went nowhere: a tree that is drawn anew meanwhile takes no notice of it. */
  makeAsk(text: string, press: () => Promise<void>): Promise<void>;
  /** Replaces what is in the box, in one go as a paste does. */
  type(text: string): Promise<void>;
  /** Types nothing and presses Enter. */
  accept(): Promise<void>;
  /** Replaces what is in the box and presses Enter. */
  answer(text: string): Promise<void>;
  /** Presses Esc and waits until the box is gone. */
  dismiss(): Promise<void>;
  /** What the box says below its input. */
  message(): Promise<string>;
  /** The labels of the list in the box. */
  choices(): Promise<string[]>;
  /** Clicks the line of the list whose label is this text. */
  choose(label: string): Promise<void>;
  /** Gives the dialog that saves an answer, or what else its title says, a file. */
  saveAs(file: string, title?: string): Promise<void>;
  /** Gives the dialog that asks for a folder one. */
  folder(path: string): Promise<void>;
  /** A message in the corner that holds this text. */
  notification(text: string): Locator;
  /** Closes all messages in the corner. */
  clearNotifications(): Promise<void>;
  /** The dialog in the middle that holds this text. */
  dialog(text: string): Locator;
  /** Presses a button of the dialog and waits until it is gone. */
  press(button: string): Promise<void>;
  /** Opens a menu and chooses an entry of it; once more where the menu did not open, or took no notice of the click. */
  menu(open: () => Promise<void>, entry: string): Promise<void>;
  /** The entries of the menu that is open, as far as it is drawn already; none when there is none. */
  menuEntries(): Promise<string[]>;
}

const menuDelayMs = 200;

/** What is typed into the box that asks for a folder stands, when it has stood so long, in milliseconds. */
const settleMs = 700;

/**
 * A tree that has been drawn anew takes the focus back while it still counts as focused, and so does what had it before a box or a message
 * closed, each a moment later: a box that is opened in that moment goes again. One that stands so long is taken to stay, in milliseconds.
 */
const takenBackMs = 100;

/** So long may each step with a box take until it is begun again, in milliseconds, and so often. */
const tryMs = 5_000;
const mostTries = 4;

/** Questions and messages of a window. */
export function questions(page: Page): Questions {
  const box = page.locator('.quick-input-widget:visible');
  const input = box.locator('.quick-input-box input, .quick-input-filter input').first();
  const dialogs = page.locator('.monaco-dialog-box');
  const menuLabels = page.locator('.monaco-menu:visible .action-item:not(.disabled) .action-label:visible');
  const type = async (text: string): Promise<void> => {
    await input.fill(text);
  };
  const accept = async (): Promise<void> => {
    await input.press('Enter');
  };
  const row = (label: string): Locator => box.locator('.quick-input-list .monaco-list-row').filter({ has: page.locator('.label-name').filter({ hasText: exactly(label) }) }).first();
  const asking = (text: string): Locator => box.filter({ hasText: text }).or(box.locator(`input[placeholder*=${JSON.stringify(text)}]`)).first();
  const asks = (text: string): Promise<void> => asking(text).waitFor();
  /** Opens a box by a key and does something with it; should VS Code close the box meanwhile, a person begins again. */
  const withBox = async (key: string, work: () => Promise<void>): Promise<void> => {
    for (let tries = 1; ; tries++) {
      await page.keyboard.press(key);
      try {
        return await work();
      } catch (error) {
        if (tries === mostTries || (await box.isVisible())) throw error;
      }
    }
  };
  const open = (key: string): Promise<void> => withBox(key, async () => {
    await input.waitFor({ timeout: tryMs });
    await page.waitForTimeout(takenBackMs);
    // Not sooner: a window beside this one may keep the processors busy for a while.
    await input.waitFor({ timeout: tryMs });
  });
  const goTo = (key: string, text: string, label: string): Promise<void> => withBox(key, async () => {
    await input.fill(text, { timeout: tryMs });
    await box.locator('.quick-input-list .monaco-list-row.focused .label-name').filter({ hasText: exactly(label) }).waitFor();
    await input.press('Enter', { timeout: tryMs });
  });
  return {
    input, box, type, accept, asks, open, goTo,
    makeAsk: async (text, press) => {
      const once = async (): Promise<void> => {
        await press();
        await asking(text).waitFor({ timeout: tryMs });
      };
      await once().catch(once).catch(once);
    },
    answer: async (text) => {
      await type(text);
      await accept();
    },
    dismiss: async () => {
      await page.keyboard.press('Escape');
      await box.waitFor({ state: 'hidden' });
    },
    message: async () => (await box.locator('.quick-input-message').innerText()).replaceAll('\u00a0', ' '),
    choices: async () => {
      await box.locator('.quick-input-list .monaco-list-row').first().waitFor();
      return (await box.locator('.quick-input-list .monaco-list-row .quick-input-list-rows > .quick-input-list-row:first-child').allInnerTexts()).map((text) => text.replaceAll('\u00a0', ' '));
    },
    choose: async (label) => row(label).click(),
    saveAs: async (file, title = 'Save Answer') => {
      await asks(title);
      // It fills in a name of its own first, and looks at the folder of what is typed.
      await soon(() => input.inputValue()).toContain(extname(file));
      await type(file);
      await soon(() => box.locator('.quick-input-list .monaco-list-row').count()).toBeGreaterThan(0);
      await soon(() => input.inputValue()).toBe(file);
      await accept();
      await box.waitFor({ state: 'hidden' });
    },
    folder: async (path) => {
      // It looks at the folder that is open first, and may write its name over what is typed meanwhile.
      await box.locator('.quick-input-list .monaco-list-row').first().waitFor();
      await soon(async () => {
        if ((await input.inputValue()) !== `${path}/`) await type(`${path}/`);
        await page.waitForTimeout(settleMs);
        return input.inputValue();
      }).toBe(`${path}/`);
      await accept();
      await box.waitFor({ state: 'hidden' });
    },
    notification: (text) => page.locator('.notifications-toasts .notification-list-item').filter({ hasText: text }).last(),
    clearNotifications: () => goTo('F1', '>Notifications: Clear All Notifications', 'Notifications: Clear All Notifications'),
    dialog: (text) => dialogs.filter({ hasText: text }),
    press: async (button) => {
      await dialogs.locator('.dialog-buttons .monaco-button').filter({ hasText: exactly(button) }).click();
      await dialogs.waitFor({ state: 'hidden' });
    },
    menu: async (open, entry) => {
      const menu = page.locator('.monaco-menu:visible').first();
      const once = async (): Promise<void> => {
        await open();
        const label = menuLabels.filter({ hasText: exactly(entry) });
        await label.waitFor({ timeout: tryMs });
        // A menu lets the first moment pass before it takes a click, so that the click that opened it is not one of them.
        await page.waitForTimeout(menuDelayMs);
        await label.click({ timeout: tryMs });
        // One that has taken the click is gone at once.
        await menu.waitFor({ state: 'hidden', timeout: tryMs });
      };
      for (let tries = 1; ; tries++) {
        try {
          return await once();
        } catch (error) {
          const entries = (await menuLabels.allInnerTexts()).join(', ');
          // A menu that stays open keeps all clicks from what is below it.
          for (let presses = 0; presses < mostTries && (await menu.isVisible()); presses++) await page.keyboard.press('Escape', { delay: menuDelayMs });
          if (tries === mostTries) throw new Error(`"${entry}" cannot be chosen; the menu has: ${entries || 'nothing'}`, { cause: error });
        }
      }
    },
    menuEntries: async () => (await menuLabels.allInnerTexts()).filter((text) => text !== ''),
  };
}

/** Matches a text and nothing around it but blanks; VS Code draws blanks as no-break ones in places. */
export function exactly(text: string): RegExp {
  return new RegExp(`^\\s*${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(' ', '[ \\u00a0]')}\\s*$`);
}
