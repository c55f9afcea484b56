// Reading and copying single cells of the answer page's tables, with the mouse and with the keyboard.

import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { startHarness, type AnswerPage, type Harness } from './page/harness';
import { answered, grid, iris, table } from './page/samples';

let harness: Harness;
let answer: AnswerPage;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.close());
beforeEach(async () => {
  answer = await harness.open({ height: 500 });
});
afterEach(async () => {
  expect(await answer.harm()).toEqual([]);
  await answer.page.context().close();
});

const where = (): Promise<string> => answer.page.locator('.inspector-where').innerText();
const whole = (): Promise<string> => answer.page.locator('.inspector-text').innerText();

test('a click shows all of a cell below the table', async () => {
  await answer.show(answered({ tables: [table({ columns: [{ name: 'review', type: 'String' }], rows: [[`first line\nsecond ${'word '.repeat(80)}end`]] })] }));
  await answer.page.locator('.grid td').first().click();
  expect(await where()).toBe('Row 1, review (String)');
  expect(await whole()).toMatch(/^first line\nsecond (word ){80}end$/);
  await answer.picture('inspector-dark');
  expect(await answer.axe()).toEqual([]);
  await answer.page.getByRole('button', { name: 'Close' }).click();
  expect(await answer.page.locator('.inspector').isVisible()).toBe(false);
  expect(await answer.page.evaluate('document.activeElement.className')).toBe('scroller');
});

test('the keyboard walks from cell to cell, and a screen reader hears where', async () => {
  await answer.show(answered({ tables: [iris] }));
  await answer.page.locator('.scroller').focus();
  await answer.page.keyboard.press('ArrowRight');
  expect(await answer.page.locator('.inspector').isVisible()).toBe(false);
  await answer.page.keyboard.press('Enter');
  expect(await where()).toBe('Row 1, sepal length (Double)');
  const steps: readonly [string, string][] = [
    ['ArrowUp', 'Row 1, sepal length (Double)'], ['ArrowLeft', 'Row 1, sepal length (Double)'],
    ['ArrowDown', 'Row 2, sepal length (Double)'], ['ArrowDown', 'Row 3, sepal length (Double): null'],
    ['End', 'Row 3, remark: The first 75 of 48,213 characters; the body has them all.'], ['ArrowRight', 'Row 3, remark: The first 75 of 48,213 characters; the body has them all.'],
    ['ArrowDown', 'Row 4, remark: Missing: the row ends before this column.'], ['ArrowDown', 'Row 4, remark: Missing: the row ends before this column.'],
    ['Home', 'Row 4, sepal length (Double)'], ['ArrowRight', 'Row 4, species (String)'],
  ];
  for (const [key, place] of steps) {
    await answer.page.keyboard.press(key);
    expect(await where()).toBe(place);
  }
  expect(await whole()).toBe('null');
  expect(await answer.page.locator('[role=status]').innerText()).toBe('Row 4, species (String). null');
  expect(await answer.page.locator('.picked').count()).toBe(1);
  await answer.page.keyboard.press('Escape');
  expect(await answer.page.locator('.picked').count()).toBe(0);
  expect(await answer.page.locator('.inspector').isVisible()).toBe(false);
});

test('a cell that is walked to is not hidden by the head or the row numbers', async () => {
  await answer.show(answered({ tables: [grid(60, 30)] }));
  await answer.page.locator('.scroller').focus();
  for (const key of ['Enter', ...Array.from({ length: 40 }, () => 'ArrowDown'), 'End', ...Array.from({ length: 20 }, () => 'ArrowUp'), ...Array.from({ length: 20 }, () => 'ArrowLeft')]) await answer.page.keyboard.press(key);
  expect(await where()).toBe('Row 21, column 10 (String)');
  const clear: unknown = await answer.page.evaluate(`(() => {
    const box = (selector) => document.querySelector(selector).getBoundingClientRect();
    const cell = box('.picked');
    return [cell.top >= box('.grid thead').bottom, cell.left >= box('.grid tbody .row-number').right, cell.right <= box('.scroller').right, cell.bottom <= box('.scroller').bottom];
  })()`);
  expect(clear).toEqual([true, true, true, true]);
});

test('marked cells are copied by the editor, which holds them whole', async () => {
  await answer.show(answered({ tables: [iris] }));
  const copied = (from: string, to: string): Promise<unknown> => answer.page.evaluate(`(() => {
    const cells = document.querySelectorAll('.grid tr');
    document.getSelection().setBaseAndExtent(${from}, 0, ${to}, 1);
    const event = new ClipboardEvent('copy', { bubbles: true, cancelable: true, clipboardData: new DataTransfer() });
    document.querySelector('.grid td').dispatchEvent(event);
    return event.defaultPrevented ? 'taken' : 'left to the browser';
  })()`);
  expect(await copied('cells[0].cells[1]', 'cells[2].cells[5]')).toBe('taken');
  expect(await copied('cells[1].cells[2]', 'cells[1].cells[3]')).toBe('taken');
  // One cell, marked from its first to its last letter: what is drawn of it may be cut.
  expect(await copied('cells[2].cells[2]', 'cells[2].cells[2]')).toBe('taken');
  expect(await copied('cells[2].cells[2].firstChild', 'cells[2].cells[2].firstChild')).toBe('left to the browser');
  const row = (row: number, from: number, to: number) => ({ row, from, to });
  expect(await answer.sent()).toEqual([
    { type: 'copyCells', table: 0, lines: [row(-1, 0, 4), row(0, 0, 4), row(1, 0, 4)] },
    { type: 'copyCells', table: 0, lines: [row(0, 1, 2)] },
    { type: 'copyCells', table: 0, lines: [row(1, 1, 1)] },
  ]);
});

test('marking text in a cell does not pick it', async () => {
  await answer.show(answered({ tables: [iris] }));
  await answer.page.locator('.grid td').nth(6).dblclick({ position: { x: 20, y: 10 } });
  const marked: string = await answer.page.evaluate('String(document.getSelection())');
  expect(marked).toBe('versicolor');
});
