// The tools around a table that name places, find, fit and copy.

import { describe, expect, test } from 'vitest';
import { openForEachTest } from '../support/eachTest';
import type { AnswerPage } from '../support/harness';
import { iris, table } from '../support/samples';
import { viewerSteps } from '../support/viewerSteps';

let answer: AnswerPage;
openForEachTest('answer', (page) => {
  answer = page;
});

const { text, press, pick, show, news, asked, openMenu, items } = viewerSteps(() => answer);

test('places in an order are told from the numbers beside the rows, also where the keyboard is', async () => {
  await show(iris);
  await answer.page.locator('.grid .cell').first().click();
  expect(await text('.status-place')).toBe('Row 1, sepal length');
  const [first, second, ...others] = iris.rows;
  await news({ ...iris, stamp: 2, query: { sort: { column: 0, descending: false }, filters: [] }, rows: [second, first, ...others].filter((row) => row !== undefined) });
  expect(await text('.status-place')).toBe('Row 2, sepal length');
  await press('Go To');
  expect(await answer.page.locator('.form label').first().innerText()).toBe('Row 1 to 4 of this order');
  await answer.page.getByRole('textbox', { name: 'Row', exact: true }).fill('5');
  await press('Go');
  expect(await text('.form-problem')).toBe('This order has rows 1 to 4. The numbers beside the rows are their places in the source.');
});

test('the key that finds text leads into the search', async () => {
  await show(iris);
  await answer.page.locator('.grid .cell').first().click();
  for (const key of ['Control+f', 'Meta+f']) {
    await answer.page.locator('.grid').focus();
    await answer.page.keyboard.press(key);
    expect(await answer.page.evaluate('document.activeElement.className')).toBe('search-text');
  }
  // Pictures have no rows to search.
  await press('Summary');
  await answer.page.locator('.cards').focus();
  await answer.page.keyboard.press('Control+f');
  expect(await answer.page.evaluate('document.activeElement.className')).toBe('cards');
});

test('columns are as wide after the summary as before, though other rows come first by then', async () => {
  const rows = table({ columns: [{ name: 'a' }, { name: 'b' }], rows: [['x'.repeat(30), '1'], ['y', '2']] });
  await show(rows);
  const width = (): Promise<number> => answer.page.locator('.grid .cell').first().evaluate((cell) => cell.clientWidth);
  const before = await width();
  await news({ ...rows, stamp: 2, matchedRows: 1, query: { filters: [{ kind: 'is', column: 1, text: '2' }] }, rows: rows.rows.slice(1) });
  await press('Summary');
  await press('Summary');
  await answer.page.locator('.grid .cell').first().waitFor();
  expect(await width()).toBe(before);
});

test('the width of a column is fitted from its menu to what is in sight', async () => {
  await show(table({ columns: [{ name: 'a' }, { name: 'b' }], rows: [['x'.repeat(60), '1'], ['y', '2']] }));
  const width = (): Promise<number> => answer.page.locator('.grid .cell').first().evaluate((cell) => cell.scrollWidth - cell.clientWidth);
  expect(await width()).toBeGreaterThan(50);
  await openMenu('a');
  await pick('Fit Width');
  await expect.poll(width).toBe(0);
});

describe('copying', () => {
  const copied = async (): Promise<unknown[]> => (await answer.sent()).filter((each) => each.type === 'copyMarked' || each.type === 'export');

  test('says of what and how many: all when nothing is marked, in the order of the columns', async () => {
    await show({ ...iris, stamp: 7 });
    await openMenu('species');
    await pick('Hide');
    await openMenu('remark');
    await pick('Pin at the Left');
    await press('Copy');
    expect(await text('.menu-words')).toBe('All, with column names: 4 rows × 4 columns');
    await pick('Copy as Markdown');
    await press('Export…');
    expect(await copied()).toEqual([{ type: 'copyMarked', table: 0, format: 'markdown', marked: { stamp: 7, fromRow: 0, toRow: 3, columns: [4, 0, 2, 3], head: true } }, { type: 'export', table: 0 }]);
  });

  test('of what is marked, from its menu', async () => {
    await show(iris);
    const cell = (row: number, column: number) => answer.page.locator('.grid .row').nth(row).locator('.cell').nth(column);
    await cell(0, 0).click();
    await cell(1, 1).click({ modifiers: ['Shift'] });
    expect(await text('.status-place')).toBe('2 rows × 2 columns marked');
    await press('Copy');
    expect(await text('.menu-words')).toBe('Marked: 2 rows × 2 columns');
    const formats = ['Copy as TSV', 'Copy as TSV with Column Names', 'Copy as CSV', 'Copy as CSV with Column Names', 'Copy as Markdown', 'Copy as JSON'];
    expect(await items()).toEqual(formats);
    await answer.page.keyboard.press('Escape');
    await cell(1, 1).click({ button: 'right' });
    expect(await items()).toEqual([...formats, 'Export…', 'Show Cell', 'Only Rows with This Value']);
    const marked = { stamp: 1, fromRow: 0, toRow: 1, columns: [0, 1], head: false };
    for (const name of ['Copy as CSV with Column Names', 'Copy as Markdown']) {
      await pick(name);
      await cell(1, 1).click({ button: 'right' });
    }
    await pick('Export…');
    expect(await copied()).toEqual([{ type: 'copyMarked', table: 0, format: 'csv', marked: { ...marked, head: true } }, { type: 'copyMarked', table: 0, format: 'markdown', marked: { ...marked, head: true } }, { type: 'export', table: 0, marked }]);
    await press('Export…');
    expect((await copied()).at(-1)).toEqual({ type: 'export', table: 0, marked });
    expect(await copied()).toHaveLength(4);
    await cell(1, 1).click({ button: 'right' });
    await pick('Only Rows with This Value');
    expect(await asked()).toEqual([{ filters: [{ kind: 'is', column: 1, text: 'versicolor' }] }]);
  });
});
