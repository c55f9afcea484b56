// Reading and copying single cells of the answer page's tables, with the mouse and with the keyboard.

import { expect, test } from 'vitest';
import { serveRows } from '../support/serveRows';
import { openForEachTest } from '../support/eachTest';
import type { AnswerPage } from '../support/harness';
import { answered, grid, iris, table } from '../support/samples';

let answer: AnswerPage;
openForEachTest('answer', (page) => {
  answer = page;
}, { height: 500 });

const where = (): Promise<string> => answer.page.locator('.inspector-where').innerText();
const whole = (): Promise<string> => answer.page.locator('.inspector-text').innerText();

test('a double click shows all of a cell below the table', async () => {
  await answer.show(answered({ tables: [table({ columns: [{ name: 'review', type: 'String' }], rows: [[`first line\nsecond ${'word '.repeat(80)}end`], ['b']] })] }));
  await answer.page.locator('.grid .cell').first().dblclick();
  expect(await where()).toBe('Row 1, review (String): 421 characters.');
  expect(await whole()).toMatch(/^first line\nsecond (word ){80}end$/);
  expect(await answer.axe()).toEqual([]);
  await answer.page.getByRole('button', { name: 'Close' }).click();
  expect(await answer.page.locator('.inspector').isVisible()).toBe(false);
  expect(await answer.page.evaluate('document.activeElement.className')).toContain('grid');
});

test('the keyboard walks from cell to cell, and a screen reader hears what a cell holds', async () => {
  await answer.show(answered({ tables: [iris] }));
  await answer.page.locator('.grid .cell').first().click();
  expect(await answer.page.locator('.inspector').isVisible()).toBe(false);
  await answer.page.keyboard.press('Enter');
  expect(await where()).toBe('Row 1, sepal length (Double)');
  const steps: readonly [string, string][] = [
    ['ArrowLeft', 'Row 1, sepal length (Double)'], ['ArrowDown', 'Row 2, sepal length (Double)'], ['ArrowDown', 'Row 3, sepal length (Double): null'],
    ['End', 'Row 3, remark: Fetching all of its 48,213 characters…'], ['ArrowRight', 'Row 3, remark: Fetching all of its 48,213 characters…'],
    ['ArrowDown', 'Row 4, remark: Missing: the row ends before this column.'], ['ArrowDown', 'Row 4, remark: Missing: the row ends before this column.'],
    ['Home', 'Row 4, sepal length (Double)'], ['ArrowRight', 'Row 4, species (String)'],
  ];
  for (const [key, place] of steps) {
    await answer.page.keyboard.press(key);
    expect(await where()).toBe(place);
  }
  expect(await whole()).toBe('null');
  await answer.page.keyboard.press('Enter');
  await expect.poll(() => answer.page.locator('[role=status]').innerText()).toBe('Row 4, species (String). null');
  await answer.page.keyboard.press('Escape');
  expect(await answer.page.locator('.inspector').isVisible()).toBe(false);
});

test('a cell that is walked to is not hidden by the head or the row numbers', async () => {
  await answer.show(answered({ tables: [grid(60, 30)] }));
  await serveRows(answer, { rows: 60, columns: 30 });
  await answer.page.locator('.grid .cell').first().click();
  for (const key of ['Enter', ...Array.from({ length: 40 }, () => 'ArrowDown'), 'End', ...Array.from({ length: 20 }, () => 'ArrowUp'), ...Array.from({ length: 20 }, () => 'ArrowLeft')]) await answer.page.keyboard.press(key);
  expect(await where()).toBe('Row 21, column 10 (String)');
  const clear = (): Promise<unknown> => answer.page.evaluate(`(() => {
    const box = (selector) => document.querySelector(selector).getBoundingClientRect();
    const cell = box('.cell.active');
    return [cell.top >= box('.grid-head').bottom - 1, cell.left >= box('.row .row-number').right - 1, cell.right <= box('.grid').right, cell.bottom <= box('.grid').bottom];
  })()`);
  // The grid scrolls when it is drawn next.
  await expect.poll(clear).toEqual([true, true, true, true]);
});

test('marked cells are copied by the editor, which holds them whole', async () => {
  await answer.show(answered({ tables: [iris] }));
  const copy = (): Promise<string> => answer.page.evaluate(`(() => {
    const event = new ClipboardEvent('copy', { bubbles: true, cancelable: true, clipboardData: new DataTransfer() });
    document.activeElement.dispatchEvent(event);
    return event.defaultPrevented ? 'taken' : 'left to the browser';
  })()`);
  await answer.page.locator('.grid .cell').first().click();
  await answer.page.keyboard.press('Shift+ArrowDown');
  await answer.page.keyboard.press('Shift+End');
  expect(await copy()).toBe('taken');
  await answer.page.locator('.grid .cell').nth(6).click();
  expect(await copy()).toBe('taken');
  expect(await answer.sent()).toEqual([
    { type: 'copyMarked', table: 0, format: 'tsv', marked: { stamp: 1, fromRow: 0, toRow: 1, columns: [0, 1, 2, 3, 4], head: false } },
    { type: 'copyMarked', table: 0, format: 'tsv', marked: { stamp: 1, fromRow: 1, toRow: 1, columns: [1], head: false } },
  ]);
  // What is marked of a shown cell's text is the browser's to copy.
  await answer.page.keyboard.press('Enter');
  await answer.page.locator('.inspector-text').dblclick({ position: { x: 30, y: 8 } });
  expect(await answer.page.evaluate('String(document.getSelection()).trim()')).toBe('versicolor');
  expect(await copy()).toBe('left to the browser');
});
