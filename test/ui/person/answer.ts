// The answer panel as a person reads it: a page in a frame in a frame.

import type { FrameLocator, Locator, Page } from 'playwright-core';
import { tableOnPage, type TableOnPage } from './table';

/** The panel. */
export interface AnswerPanel {
  /** The page inside. */
  readonly frame: FrameLocator;
  /** The editor tabs of the panel; there should be one at most. */
  readonly editorTabs: Locator;
  /** The answer's status, such as `200 OK`. */
  readonly status: Locator;
  /** The sentence of the problem that is shown. */
  readonly problem: Locator;
  /** Waits until an answer of this status is shown. */
  shows(status: string): Promise<void>;
  /** Waits until the answer to a file is shown; where there is little room its name stands on the Request tab alone. */
  answers(source: string): Promise<void>;
  /** The table of the output that is shown. */
  readonly table: TableOnPage;
  /** What came back, row by row, once it is drawn. */
  cells(): Promise<string[][]>;
  /** When the answer that is shown was asked for: another one has another time. */
  when(): Promise<string>;
  /** Chooses one of the tabs Body, Headers, Request; Result is that of the first output. */
  tab(name: string): Promise<void>;
  /** A button by its label. */
  button(name: string): Locator;
  /** Chooses from the menu at the end of the head. */
  choose(name: string): Promise<void>;
  /** All text that is visible. */
  text(): Promise<string>;
}

/** So long may a press take to show, in milliseconds, until it is done again. */
const pressMs = 5_000;

/** The panel of a window; it need not be open yet. */
export function answerPanel(page: Page): AnswerPanel {
  const frame = page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
  const badge = frame.locator('.badge');
  const table = tableOnPage(page, frame);
  return {
    frame, table,
    editorTabs: page.locator('.editor-group-container .tab').filter({ hasText: 'Answer' }),
    status: badge,
    problem: frame.locator('.problem-sentence'),
    shows: (status) => badge.filter({ hasText: status }).waitFor(),
    answers: (source) => frame.locator('.fact-source').filter({ hasText: source }).waitFor({ state: 'attached' }),
    cells: async () => {
      await table.drawn();
      return table.cells();
    },
    when: async () => (await frame.locator('.facts time').getAttribute('datetime')) ?? '',
    tab: async (name) => {
      const tab = name === 'Result' ? frame.getByRole('tab').first() : frame.getByRole('tab', { name, exact: true });
      const press = async (): Promise<void> => {
        await tab.click();
        await tab.and(frame.locator('[aria-selected="true"]')).waitFor({ timeout: pressMs });
      };
      // A page that is drawn anew between press and release takes no notice of the click.
      await press().catch(press);
      // The window hears of the focus in the frame a moment later, and would take it from what is done next.
      await page.locator('.editor-group-container.active .tab.active').filter({ hasText: 'Answer' }).waitFor();
    },
    button: (name) => frame.getByRole('button', { name, exact: true }),
    choose: async (name) => {
      await frame.getByRole('button', { name: 'More Actions', exact: true }).click();
      await frame.getByRole('menuitem', { name, exact: true }).click();
    },
    text: () => frame.locator('#root').innerText(),
  };
}
