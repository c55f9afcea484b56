// The page of a batch job as a person reads it.

import type { FrameLocator, Locator, Page } from 'playwright-core';

/** The job's page. */
export interface JobPage {
  readonly frame: FrameLocator;
  /** Waits until the job's state is this. */
  state(text: string): Promise<void>;
  /** Opens a tab. */
  tab(name: string): Promise<void>;
  /** The cells of the table that is shown. */
  cells(): Promise<string[][]>;
  /** A button by its words. */
  button(name: string): Locator;
  /** All that can be read. */
  text(): Promise<string>;
}

/** The job's page of a window. */
export function jobPage(page: Page): JobPage {
  const frame = page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
  return {
    frame,
    state: async (text) => frame.locator('.badge').filter({ hasText: text }).waitFor(),
    tab: async (name) => frame.getByRole('tab', { name }).first().click(),
    cells: async () => {
      const rows = await frame.locator('.grid:visible tbody tr').all();
      return Promise.all(rows.map((row) => row.locator('td').allInnerTexts()));
    },
    button: (name) => frame.getByRole('button', { name, exact: true }),
    text: () => frame.locator('#root').innerText(),
  };
}
