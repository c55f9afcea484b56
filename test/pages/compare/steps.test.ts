// From change to change and within a tolerance, on the page: what it asks for, where it goes, what it says, and what it keeps.

import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TableView } from '../../../src/model/view';
import { compare, differs, found, view } from '../support/compareSamples';
import { startHarness, type Harness } from '../support/harness';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness('compare');
});
afterAll(() => harness.close());

test('F7 and the buttons ask for the next change from where one is, and say which it is', async () => {
  const { page, tell, sent, axe, harm, close } = await harness.open({ width: 660 });
  await tell(compare());
  await page.getByRole('button', { name: 'Next Change' }).click();
  expect((await sent()).at(-1)).toEqual({ type: 'findChange', comparison: 1, output: 0, forth: true, columns: [0, 1, 2, 3] });
  await tell(found(1));
  expect(await page.locator('.compare-place').innerText()).toBe('1 of 2');
  expect(await page.getByRole('status').innerText()).toBe('Change 1 of 2.');
  expect(await page.locator('.cell.active').textContent()).toBe('0.3');
  // The focus stays, so that the same key goes on.
  expect(await page.evaluate(`document.activeElement.getAttribute('data-focus')`)).toBe('next');
  await page.keyboard.press('F7');
  expect((await sent()).at(-1)).toEqual({ type: 'findChange', comparison: 1, output: 0, forth: true, from: { row: 0, column: 3 }, columns: [0, 1, 2, 3] });
  await tell(found(2));
  await page.locator('.grid').focus();
  await page.keyboard.press('Shift+F7');
  expect((await sent()).at(-1)).toEqual({ type: 'findChange', comparison: 1, output: 0, forth: false, from: { row: 1, column: 3 }, columns: [0, 1, 2, 3] });
  await tell({ type: 'change', output: 0 });
  expect(await page.locator('.compare-place').innerText()).toBe('no change');
  expect(await axe()).toEqual([]);
  expect(await harm()).toEqual([]);
  await close();
});

test('from the summary, the first output that differs comes into view', async () => {
  const { page, tell, sent, close } = await harness.open();
  await tell(compare({ compared: [{ ...differs, name: 'alike', same: true, hasChanges: false }, differs], views: [{ ...view, name: 'alike' }, view] }));
  await page.getByRole('tab', { name: 'Summary' }).click();
  await page.keyboard.press('F7');
  expect((await sent()).at(-1)).toMatchObject({ type: 'findChange', output: 1 });
  // The tab that was left had the focus.
  expect(await page.evaluate(`document.activeElement.id`)).toBe('tab-output-1');
  await page.getByRole('tab', { name: 'Summary' }).click();
  await page.getByRole('region', { name: 'Summary' }).focus();
  await page.keyboard.press('F7');
  expect(await page.evaluate(`document.activeElement.id`)).toBe('tab-output-1');
  expect(await page.getByRole('tab', { name: /output1/ }).getAttribute('aria-selected')).toBe('true');
  await close();
});

test('the output whose changes one can go to is looked at first, and found from one that has none', async () => {
  const alike = { ...differs, name: 'alike', same: true, hasChanges: false };
  const typed = { ...differs, name: 'typed', hasChanges: false };
  const message = compare({ compared: [alike, typed, differs], views: [{ ...view, name: 'alike' }, { ...view, name: 'typed' }, view] });
  const { page, tell, sent, saved, close } = await harness.open();
  await tell(message);
  const last = page.getByRole('tab', { name: /output1/ });
  expect(await last.getAttribute('aria-selected')).toBe('true');
  expect(await saved()).toMatchObject({ output: 2 });
  for (const name of [/alike/, /typed/]) {
    await page.getByRole('tab', { name }).click();
    await page.keyboard.press('F7');
    expect((await sent()).at(-1)).toMatchObject({ type: 'findChange', output: 2 });
    expect(await last.getAttribute('aria-selected')).toBe('true');
  }
  // What somebody has chosen stays, also when they come back.
  await page.getByRole('tab', { name: /alike/ }).click();
  await tell(message);
  expect(await page.getByRole('tab', { name: /alike/ }).getAttribute('aria-selected')).toBe('true');
  await close();
});

test('where what differs is in no cell, no next change is offered', async () => {
  const { page, tell, close } = await harness.open();
  await tell(compare({ compared: [{ ...differs, hasChanges: false }], views: [{ ...view, rows: [], totalRows: 0, matchedRows: 0 }] }));
  expect(await page.getByRole('button', { name: /Next Change|Previous Change/ }).count()).toBe(0);
  await close();
});

test('the first line tells what differs, also where it is no row', async () => {
  const { page, tell, close } = await harness.open();
  const facts = ['No row is different, of 3 rows compared.', '1 row was sent with other values.'];
  await tell(compare({ compared: [{ ...differs, facts, difference: '1 row sent differs' }] }));
  expect(await page.locator('.header .badge').innerText()).toBe('1 row sent differs');
  await close();
});

test('where nothing differs there is no next change', async () => {
  const { page, tell, close } = await harness.open();
  await tell(compare({ compared: [{ ...differs, same: true, hasChanges: false }], views: [{ ...view, rows: [], totalRows: 0, matchedRows: 0 }], same: true, tolerance: '0.5' }));
  expect(await page.getByRole('button', { name: 'Next Change' }).count()).toBe(0);
  expect(await page.locator('.header .badge').innerText()).toBe('The same within 0.5');
  await page.keyboard.press('F7');
  expect(await page.getByRole('status').innerText()).toBe('No cell that is shown has changed.');
  await close();
});

test('a tolerance is asked for and kept; what is none is told, and can be taken back', async () => {
  const { page, tell, sent, saved, axe, picture, close } = await harness.open({ width: 900 });
  await tell(compare());
  const field = page.getByRole('textbox', { name: 'Tolerance for numbers' });
  expect(await field.inputValue()).toBe('0');
  await field.fill('0.5');
  await field.press('Enter');
  expect((await sent()).at(-1)).toEqual({ type: 'tolerance', comparison: 1, text: '0.5' });
  await tell({ type: 'comparing', key: 'one two' });
  // What is looked at stays meanwhile, and the focus with it.
  expect(await page.locator('.grid').count()).toBe(1);
  await tell(compare({ tolerance: '0.5', givenTolerance: '0.5' }));
  expect(await page.evaluate(`document.activeElement.getAttribute('data-focus')`)).toBe('tolerance');
  expect(await saved()).toMatchObject({ key: 'one two', tolerance: '0.5' });
  await field.fill('much');
  await field.press('Enter');
  await tell({ type: 'badTolerance', sentence: 'That is none.' });
  expect(await page.getByRole('alert').innerText()).toBe('That is none.');
  expect(await field.getAttribute('aria-invalid')).toBe('true');
  await picture('compare-tolerance-refused');
  expect(await axe()).toEqual([]);
  await field.press('Escape');
  expect([await field.inputValue(), await page.getByRole('alert').count(), await field.getAttribute('aria-invalid')]).toEqual(['0.5', 0, null]);
  await tell(compare());
  expect(await saved()).not.toHaveProperty('tolerance');
  await close();
});

test('where the line has no room, the menu has all of it', async () => {
  const { page, tell, sent, axe, picture, close } = await harness.open({ width: 320 });
  await tell(compare());
  await page.getByRole('button', { name: 'More Actions' }).click();
  expect(await page.getByRole('menuitem').or(page.getByRole('menuitemcheckbox')).allInnerTexts()).toEqual(
    ['Previous Change', 'Only Changes', 'Swap', 'Tolerance for Numbers…', 'Compare Answers as Text', 'Compare Requests as Text']);
  await page.getByRole('menuitem', { name: 'Tolerance for Numbers…' }).click();
  await picture('compare-tolerance-narrow');
  expect(await axe()).toEqual([]);
  await page.keyboard.type('1%');
  await page.keyboard.press('Enter');
  expect((await sent()).at(-1)).toEqual({ type: 'tolerance', comparison: 1, text: '1%' });
  await tell({ type: 'comparing', key: 'one two' });
  await tell(compare({ tolerance: '1%', givenTolerance: '1%' }));
  expect(await page.evaluate(`document.activeElement.getAttribute('data-focus')`)).toBe('more-actions');
  await close();
});

test('where the line has no room, what is no tolerance is told where it was entered, and stays there to be mended', async () => {
  const { page, tell, sent, axe, picture, close } = await harness.open({ width: 320 });
  await tell(compare());
  const open = async (): Promise<void> => {
    await page.getByRole('button', { name: 'More Actions' }).click();
    await page.getByRole('menuitem', { name: 'Tolerance for Numbers…' }).click();
  };
  await open();
  await page.keyboard.type('much');
  await page.keyboard.press('Enter');
  await tell({ type: 'badTolerance', sentence: 'That is none.' });
  const form = page.getByRole('dialog', { name: 'Tolerance for numbers' });
  const field = form.getByRole('textbox', { name: 'Tolerance for numbers' });
  expect(await form.getByRole('alert').innerText()).toBe('That is none.');
  expect(await page.getByRole('alert').count()).toBe(1);
  expect([await field.inputValue(), await field.getAttribute('aria-invalid')]).toEqual(['much', 'true']);
  expect(await page.evaluate(`document.activeElement.getAttribute('data-focus')`)).toBe('tolerance-form');
  await picture('compare-tolerance-refused-narrow');
  expect(await axe()).toEqual([]);
  await field.fill('0.5');
  await page.keyboard.press('Enter');
  expect((await sent()).at(-1)).toEqual({ type: 'tolerance', comparison: 1, text: '0.5' });
  expect(await form.getByRole('alert').count()).toBe(0);
  await tell({ type: 'comparing', key: 'one two' }, compare({ tolerance: '0.5', givenTolerance: '0.5' }));
  expect(await form.count()).toBe(0);
  await open();
  await page.keyboard.type('none');
  await page.keyboard.press('Enter');
  // Who has left the form is told in the page.
  await page.locator('.badge').click();
  await tell({ type: 'badTolerance', sentence: 'That is none.' });
  expect([await form.count(), await page.getByRole('alert').innerText()]).toEqual([0, 'That is none.']);
  await open();
  await page.keyboard.press('Enter');
  expect(await form.count()).toBe(0);
  expect(await page.evaluate(`document.activeElement.getAttribute('data-focus')`)).toBe('more-actions');
  await close();
});

test.each([460, 660])('both cells of a pair are in sight at %i px, and the line below names the row of the answers and the column', async (width) => {
  const pair = (group: string) => [{ name: 'before', group }, { name: 'after', group }, { name: 'difference', group }];
  const wide: TableView = {
    ...view, columns: [{ name: 'Row' }, ...pair('Sent: Age'), ...pair('Income'), ...pair('Scored Probabilities')].map((column) => ({ ...column, kind: 'text' })),
    rows: ['1', '1207'].map((row, number) => ({ number, cells: [row, ...Array.from({ length: 9 }, (_, at) => `30000.2${at}`)] })),
  };
  const sides = Object.fromEntries(Array.from({ length: 9 }, (_, at) => [at + 1, (['before', 'after', 'difference'] as const)[at % 3] ?? 'before']));
  const { page, tell, close } = await harness.open({ width });
  await tell(compare({ compared: [{ ...differs, sides }], views: [wide] }));
  for (const [row, column, words] of [[1, 8, 'Row 1,207, Scored Probabilities, after'], [0, 2, 'Row 1, Sent: Age, after'], [1, 5, 'Row 1,207, Income, after']] as const) {
    await page.keyboard.press('F7');
    await tell({ type: 'change', output: 0, place: { row, column, index: 1, total: 2 } });
    await expect.poll(() => page.locator('.status-place').innerText()).toBe(words);
    const right = await page.locator('.grid').evaluate((grid) => grid.getBoundingClientRect().left + grid.clientWidth);
    const inSight = async (at: number): Promise<boolean> => {
      const box = await page.locator(`.row[aria-rowindex="${row + 3}"] [aria-colindex="${at + 2}"]`).boundingBox();
      // The number of the row stands in front.
      return box !== null && box.x >= 30 && box.x + box.width <= right + 1;
    };
    await expect.poll(async () => [await inSight(column - 1), await inSight(column)]).toEqual([true, true]);
  }
  await close();
});
