// The page of a batch job as a person reads it.

import type { FrameLocator, Locator, Page } from 'playwright-core';
import { tableOnPage, type TableOnPage } from './table';

/** The job's page. */
export interface JobPage {
  readonly frame: FrameLocator;
  /** Waits until the job's state is this. */
  state(text: string): Promise<void>;
  /** Opens a tab. */
  tab(name: string): Promise<void>;
  /** The table of the result that is shown. */
  readonly table: TableOnPage;
  /** The cells of the table that is shown; none while there is none. */
  cells(): Promise<string[][]>;
  /** A button by its words. */
  button(name: string): Locator;
  /** Chooses from the menu at the end of the head. */
  choose(name: string): Promise<void>;
  /** All that can be read. */
  text(): Promise<string>;
}

/** The job's page of a window. */
export function jobPage(page: Page): JobPage {
  const frame = page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
  const table = tableOnPage(page, frame);
  return {
    frame, table,
    state: async (text) => frame.locator('.badge').filter({ hasText: text }).waitFor(),
    tab: async (name) => frame.getByRole('tab', { name }).first().click(),
    cells: () => table.cells(),
    button: (name) => frame.getByRole('button', { name, exact: true }),
    choose: async (name) => {
      await frame.getByRole('button', { name: 'More Actions', exact: true }).click();
      await frame.getByRole('menuitem', { name, exact: true }).click();
    },
    text: () => frame.locator('#root').innerText(),
  };
}
