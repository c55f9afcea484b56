// What tests of tables on the answer page do again and again.

import type { TableView } from '../../../src/model/view';
import type { AnswerPage } from './harness';
import { answered } from './samples';

/** What can be done with the page that is open at the time, and read from it. */
export function viewerSteps(answer: () => AnswerPage) {
  const button = (name: string) => answer().page.getByRole('button', { name, exact: true });
  return {
    /** The text of the only element that fits the selector. */
    text: (selector: string): Promise<string> => answer().page.locator(selector).innerText(),
    /** Presses a button by its name. */
    press: (name: string): Promise<void> => button(name).click(),
    /** Chooses from the menu that is open. */
    pick: (name: string): Promise<void> => answer().page.locator('.menu-item').filter({ hasText: name }).first().click(),
    /** Shows an answer of this table. */
    show: (view: TableView): Promise<void> => answer().show(answered({ tables: [view] })),
    /** Tells how the table is by now. */
    news: (view: TableView): Promise<void> => answer().tell({ type: 'table', table: 0, view }),
    /** The arrangements that the page has asked for, oldest first. */
    asked: async (): Promise<unknown[]> => (await answer().sent()).flatMap((each) => (each.type === 'arrange' ? [each.query] : [])),
    /** Opens the menu of a column. */
    openMenu: (column: string): Promise<void> => answer().page.getByRole('columnheader', { name: column }).first().getByRole('button').click(),
    /** The lines of the menu that is open. */
    items: (): Promise<string[]> => answer().page.locator('.menu-item').allInnerTexts(),
  };
}
