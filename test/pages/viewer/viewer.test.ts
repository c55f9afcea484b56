// The tools around a table: search, filters, menus, columns, going to a place, copying.

import { describe, expect, test } from 'vitest';
import { serveRows } from '../support/serveRows';
import { openForEachTest } from '../support/eachTest';
import type { AnswerPage } from '../support/harness';
import { grid, iris } from '../support/samples';
import { viewerSteps } from '../support/viewerSteps';

let answer: AnswerPage;
openForEachTest('answer', (page) => {
  answer = page;
});

const { text, press, pick, show, news, asked, openMenu, items } = viewerSteps(() => answer);
const focusedItem = (): Promise<string> => answer.page.evaluate('document.activeElement.textContent');
const inGrid = (): Promise<boolean> => answer.page.evaluate('document.querySelector(".grid").contains(document.activeElement)');

describe('search', () => {
  test('waits until typing rests, takes Enter at once, and Escape clears it', async () => {
    await show(iris);
    const box = answer.page.getByRole('textbox', { name: 'Search the rows of output1' });
    await box.pressSequentially('seto', { delay: 10 });
    expect(await asked()).toEqual([]);
    await expect.poll(asked).toEqual([{ filters: [], search: 'seto' }]);
    await box.pressSequentially('s');
    await box.press('Enter');
    expect(await asked()).toEqual([{ filters: [], search: 'seto' }, { filters: [], search: 'setos' }]);
    await box.press('Escape');
    expect([(await asked()).at(-1), await box.inputValue()]).toEqual([{ filters: [] }, '']);
  });

  test('that finds nothing says so and can be cleared', async () => {
    await show({ ...iris, rows: [], matchedRows: 0, query: { filters: [], search: 'tulip' } });
    expect(await text('.viewer > .empty p')).toBe('No row holds all that is looked for.');
    expect(await text('.output-size')).toBe('0 of 4 rows × 5 columns');
    await press('Clear Search and Filters');
    expect(await asked()).toEqual([{ filters: [] }]);
  });
});

describe('requests', () => {
  test('build on each other while an order is made, whatever the old one still says', async () => {
    await show(iris);
    await openMenu('sepal length');
    await pick('Sort Descending');
    await news({ ...iris, working: 0.1 });
    await openMenu('species');
    await pick('Filter…');
    await answer.page.getByRole('textbox', { name: 'Text' }).fill('set');
    await press('Apply');
    const sort = { column: 0, descending: true };
    const filters = [{ kind: 'contains', column: 1, text: 'set' }] as const;
    expect(await asked()).toEqual([{ sort, filters: [] }, { sort, filters }]);
    await news({ ...iris, working: 0.42 });
    expect(await text('.status-line')).toContain('Sorting and filtering… 42 %');
    expect(await answer.page.getByRole('progressbar', { name: 'Order of the rows' }).getAttribute('aria-valuenow')).toBe('42');
    expect(await text('.chips')).toContain('species contains “set”');
    expect(await answer.page.locator('.grid .row:visible').count()).toBe(4);
    await news({ ...iris, stamp: 2, query: { sort, filters }, matchedRows: 1, rows: iris.rows.slice(0, 1) });
    expect(await answer.page.locator('.status-part:visible').count()).toBe(0);
    expect(await text('[role=status]')).toBe('1 of 4 rows. Sorted by sepal length, descending.');
    expect(await answer.page.getByRole('columnheader', { name: 'sepal length' }).getAttribute('aria-sort')).toBe('descending');
  });

  test('are stopped, and the order is as before', async () => {
    await show(iris);
    await openMenu('sepal length');
    await pick('Sort Ascending');
    await news({ ...iris, working: 0 });
    await press('Stop');
    expect((await answer.sent()).at(-1)).toEqual({ type: 'stopArranging', table: 0 });
    await news(iris);
    await openMenu('species');
    expect(await answer.page.getByRole('menuitemradio', { name: 'No Sorting' }).getAttribute('aria-checked')).toBe('true');
  });

  test('that cannot be met say why, and the next one starts from what is shown', async () => {
    await show(iris);
    await openMenu('sepal length');
    await pick('Sort Ascending');
    await news({ ...iris, problem: { sentence: 'The file is gone.', actions: ['retry'] } });
    expect(await answer.page.getByRole('alert').innerText()).toBe('The file is gone.');
    await openMenu('species');
    await pick('Sort Ascending');
    expect((await asked()).at(-1)).toEqual({ sort: { column: 1, descending: false }, filters: [] });
  });

  test('of an order that is older than the rows are asked for again', async () => {
    const query = { sort: { column: 0, descending: false }, filters: [], search: '1' };
    await show({ ...grid(1000, 3), query, matchedRows: 500 });
    await news({ ...grid(4000, 3), query, matchedRows: 500 });
    expect(await text('.later')).toContain('3,000 more rows have been read since.');
    await press('Apply Again');
    expect(await asked()).toEqual([query]);
    await news({ ...grid(4000, 3), query, matchedRows: 900, stamp: 2 });
    expect(await answer.page.locator('.later').isVisible()).toBe(false);
  });
});

describe('the menu of a column', () => {
  test('is walked with the keyboard, and gives the focus back', async () => {
    await show(iris);
    await openMenu('species');
    expect(await items()).toEqual(['Sort Ascending', 'Sort Descending', 'No Sorting', 'Filter…', 'Pin at the Left', 'Hide', 'Fit Width', 'Summary', 'Copy Column Name']);
    expect(await answer.axe()).toEqual([]);
    const walk: readonly [string, string][] = [['ArrowDown', 'Sort Descending'], ['End', 'Copy Column Name'], ['ArrowDown', 'Sort Ascending'], ['ArrowUp', 'Copy Column Name'], ['Home', 'Sort Ascending'], ['p', 'Pin at the Left'], ['f', 'Fit Width'], ['f', 'Filter…']];
    for (const [key, item] of walk) {
      await answer.page.keyboard.press(key);
      expect(await focusedItem()).toBe(item);
    }
    await answer.page.keyboard.press('Escape');
    expect([await answer.page.locator('.menu').count(), await inGrid()]).toEqual([0, true]);
    expect(await answer.sent()).toEqual([]);
    await openMenu('species');
    await answer.page.keyboard.press('ArrowDown');
    await answer.page.keyboard.press('Enter');
    expect(await asked()).toEqual([{ sort: { column: 1, descending: true }, filters: [] }]);
    await openMenu('species');
    await answer.page.mouse.click(5, 5);
    expect(await answer.page.locator('.menu').count()).toBe(0);
  });

  test('hides and pins', async () => {
    await show(iris);
    await openMenu('species');
    await pick('Hide');
    await expect.poll(() => answer.page.locator('.column-name').allInnerTexts()).not.toContain('species');
    expect(await text('.output-size')).toBe('4 rows × 5 columns, 1 hidden');
    await openMenu('Scored Labels');
    await pick('Pin at the Left');
    await expect.poll(async () => (await answer.page.locator('.column-name').allInnerTexts())[0]).toBe('Scored Labels');
    await openMenu('Scored Labels');
    expect(await items()).toContain('Unpin');
  });
});

describe('filters', () => {
  test('of numbers are checked before they are asked for', async () => {
    await show(iris);
    await openMenu('sepal length');
    await pick('Filter…');
    expect(await answer.axe()).toEqual([]);
    const from = answer.page.getByRole('textbox', { name: 'From' });
    const to = answer.page.getByRole('textbox', { name: 'To' });
    await from.fill('0,5');
    await press('Apply');
    expect(await text('.form-problem')).toBe('From is not a number. Write it with no sign but a point, such as 9500.25.');
    await from.fill('2');
    await to.fill('1');
    await to.press('Enter');
    expect(await text('.form-problem')).toBe('From is larger than To: no number is both.');
    expect(await asked()).toEqual([]);
    await to.fill('1e2');
    await to.press('Enter');
    expect(await asked()).toEqual([{ filters: [{ kind: 'range', column: 0, least: 2, most: 100 }] }]);
    expect(await inGrid()).toBe(true);
    await openMenu('sepal length');
    await pick('Filter…');
    expect([await from.inputValue(), await to.inputValue()]).toEqual(['2', '100']);
    await answer.page.getByRole('combobox', { name: 'Empty cells' }).selectOption('Only not empty');
    await to.fill('');
    await press('Apply');
    expect((await asked()).at(-1)).toEqual({ filters: [{ kind: 'range', column: 0, least: 2 }, { kind: 'empty', column: 0, empty: false }] });
  });

  test('have a chip each, which takes them away, and all of them go at once', async () => {
    const filters = [{ kind: 'is', column: 1, text: 'setosa' }, { kind: 'empty', column: 4, empty: true }] as const;
    await show({ ...iris, query: { filters, search: 'x' } });
    expect(await answer.page.locator('.chip-words').allInnerTexts()).toEqual(['species is “setosa”', 'remark is empty']);
    await press('Take away the filter: species is “setosa”');
    expect(await asked()).toEqual([{ filters: [filters[1]], search: 'x' }]);
    expect(await answer.page.locator('.chip').count()).toBe(1);
    await news({ ...iris, query: { filters, search: 'x' }, problem: { sentence: 'No.' } });
    await press('Clear All');
    expect((await asked()).at(-1)).toEqual({ filters: [] });
    expect(await inGrid()).toBe(true);
  });
});

test('columns are found, hidden, pinned and shown again', async () => {
  await show(grid(50, 300));
  await press('Columns');
  expect(await answer.axe()).toEqual([]);
  const lines = answer.page.locator('.column-list li');
  expect(await lines.count()).toBe(200);
  await answer.page.locator('.column-list').evaluate((list) => list.scrollTo(0, 1e6));
  await expect.poll(() => lines.count()).toBe(300);
  expect(await lines.last().innerText()).toBe('column 300');
  await answer.page.getByRole('textbox', { name: 'Find a column' }).fill('column 29');
  expect(await answer.page.locator('.column-list li').count()).toBe(11);
  await answer.page.getByRole('checkbox', { name: 'column 290' }).uncheck();
  await press('Pin column 299');
  expect(await text('.output-size')).toBe('50 rows × 300 columns, 1 hidden');
  await answer.page.keyboard.press('Escape');
  expect(await answer.page.evaluate('document.activeElement.getAttribute("data-focus")')).toBe('columns-0');
  await expect.poll(async () => (await answer.page.locator('.column-name').allInnerTexts())[0]).toBe('column 299');
  await press('Columns');
  await press('Show All');
  expect(await text('.output-size')).toBe('50 rows × 300 columns');
});

test('the last column cannot be hidden', async () => {
  await show(grid(5, 2));
  await press('Columns');
  await answer.page.getByRole('checkbox', { name: 'column 1' }).uncheck();
  await answer.page.getByRole('checkbox', { name: 'column 2' }).click();
  expect(await answer.page.getByRole('checkbox', { name: 'column 2' }).isChecked()).toBe(true);
});

test('a row and a column are gone to, far away, by number and by name', async () => {
  await show(grid(1_000_000, 200));
  await serveRows(answer, { rows: 1_000_000, columns: 200 });
  await press('Go To');
  expect(await answer.axe()).toEqual([]);
  const row = answer.page.getByRole('textbox', { name: 'Row', exact: true });
  await row.fill('1,000,001');
  await press('Go');
  expect(await text('.form-problem')).toBe('There are rows 1 to 1,000,000.');
  await row.fill('777,777');
  const column = answer.page.getByRole('combobox', { name: 'Column' });
  await column.fill('nowhere');
  await press('Go');
  expect(await text('.form-problem')).toBe('No column that is shown is called “nowhere”.');
  await column.fill('Column 150');
  await column.press('Enter');
  await answer.page.locator('.cell', { hasText: /^777777\.150$/ }).waitFor();
  expect(await inGrid()).toBe(true);
  await expect.poll(() => text('.status-place')).toBe('Row 777,777, column 150');
});
