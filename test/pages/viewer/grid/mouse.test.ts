// The grid by mouse and by finger: marking, sorting, resizing, menus, tooltips.

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Locator } from 'playwright-core';
import { columns, startGrids, type GridPage } from '../../support/gridHostPage';

let grids: Awaited<ReturnType<typeof startGrids>>;
let grid: GridPage;
beforeAll(async () => {
  grids = await startGrids();
});
afterAll(() => grids.close());
beforeEach(async () => {
  grid = await grids.open({ rows: 1000, columns: columns(20), given: 300, layout: { pinned: [3] }, special: { '1:1': 'a text that is far longer than its column '.repeat(2), '2:1': '', '3:1': 'two\nlines' } });
});
afterEach(async () => {
  expect(await grid.harm()).toEqual([]);
  await grid.close();
});

const marked = (): Promise<unknown> => grid.page.evaluate('grid.marked ?? null');
const last = async (name: string): Promise<unknown> => (await grid.told(name)).at(-1);
const row = (place: number): Locator => grid.page.locator(`.row[aria-rowindex="${place + 2}"]`);
/** A cell by its row's place and its place on the page, where column 3 is the first. */
const cell = (place: number, at: number): Locator => row(place).locator(`[aria-colindex="${at + 2}"]`);
const head = (name: string): Locator => grid.page.getByRole('columnheader', { name: new RegExp(`^${name}( |$)`) });
const middle = async (of: Locator): Promise<[number, number]> => {
  const box = await of.boundingBox();
  if (!box) throw new Error('It is not on the page.');
  return [box.x + Math.min(box.width / 2, 40), box.y + box.height / 2];
};
const drag = async (from: Locator, to: Locator): Promise<void> => {
  await grid.page.mouse.move(...(await middle(from)));
  await grid.page.mouse.down();
  await grid.page.mouse.move(...(await middle(to)), { steps: 5 });
  await grid.page.mouse.up();
};

describe('marks', () => {
  test('the cell that is clicked, and takes the focus', async () => {
    await cell(2, 2).click();
    expect(await marked()).toEqual({ stamp: 1, fromRow: 2, toRow: 2, columns: [1], head: false });
    expect(await grid.active()).toEqual({ row: 2, column: 1 });
    expect(await grid.page.evaluate('document.activeElement === grid.element')).toBe(true);
  });

  test('the rectangle that the mouse is drawn over, either way round, and says so once', async () => {
    await drag(cell(4, 3), cell(2, 1));
    expect(await marked()).toEqual({ stamp: 1, fromRow: 2, toRow: 4, columns: [0, 1, 2], head: false });
    expect(await grid.page.locator('.cell.marked').count()).toBe(9);
    await grid.tells('announce', '3 rows by 3 columns marked.');
    expect(await grid.told('announce')).toHaveLength(1);
    expect(await grid.page.evaluate('document.getSelection().toString()')).toBe('');
  });

  test('with Shift what is between, from pinned to others', async () => {
    await cell(1, 0).click();
    await cell(3, 2).click({ modifiers: ['Shift'] });
    expect(await marked()).toEqual({ stamp: 1, fromRow: 1, toRow: 3, columns: [3, 0, 1], head: false });
  });

  test('rows by their numbers, columns by their heads, all by the corner', async () => {
    await drag(row(1).locator('.row-number'), row(3).locator('.row-number'));
    expect(await marked()).toMatchObject({ fromRow: 1, toRow: 3, head: false });
    expect(await grid.page.evaluate('grid.marked.columns.length')).toBe(20);
    await head('column 2').click({ modifiers: ['Control'], position: { x: 30, y: 12 } });
    expect(await marked()).toEqual({ stamp: 1, fromRow: 0, toRow: 999, columns: [2], head: true });
    await head('column 0').click({ modifiers: ['Shift'], position: { x: 30, y: 12 } });
    expect(await marked()).toMatchObject({ fromRow: 0, toRow: 999, columns: [0, 1, 2] });
    expect(await grid.told('sort')).toEqual([]);
    await grid.page.locator('.corner').click();
    expect(await marked()).toMatchObject({ fromRow: 0, toRow: 999, head: true });
  });

  test('beyond what is in sight: near the edge the table scrolls along', async () => {
    const [x, y] = await middle(cell(3, 1));
    await grid.page.mouse.move(x, y);
    await grid.page.mouse.down();
    // Out of the table, and of the page.
    await grid.page.mouse.move(930, 640, { steps: 5 });
    await expect.poll(async () => (await grid.place()).top).toBeGreaterThan(400);
    await expect.poll(async () => (await grid.place()).left).toBeGreaterThan(200);
    await grid.page.mouse.up();
    const held = await marked();
    const { top } = await grid.place();
    await expect.poll(async () => (await grid.told('scroll')).length).toBeGreaterThan(0);
    expect(await marked()).toEqual(held);
    expect((await grid.place()).top).toBe(top);
    expect(await grid.page.evaluate('grid.marked.toRow')).toBeGreaterThan(15);
  });
});

describe('the menu of what is marked', () => {
  test('comes where the mouse is, and marks what is outside', async () => {
    await drag(cell(2, 1), cell(4, 2));
    const [x, y] = await middle(cell(3, 2));
    await grid.page.mouse.click(x, y, { button: 'right' });
    expect(await last('markedMenu')).toEqual([{ x: Math.floor(x), y: Math.floor(y) }]);
    expect(await marked()).toMatchObject({ fromRow: 2, toRow: 4 });
    await cell(7, 2).click({ button: 'right' });
    expect(await marked()).toMatchObject({ fromRow: 7, toRow: 7, columns: [1] });
    await row(9).locator('.row-number').click({ button: 'right' });
    expect(await marked()).toMatchObject({ fromRow: 9, toRow: 9 });
    expect(await grid.page.evaluate('grid.marked.columns.length')).toBe(20);
    expect(await grid.told('markedMenu')).toHaveLength(3);
  });

  test('does not come below the last row', async () => {
    await grid.call('setOrder', 2, 1, undefined, []);
    await grid.call('put', 2, 0, 0, [{ number: 0, cells: ['1', '2', '3', '4'] }]);
    const box = await grid.page.locator('.grid').boundingBox();
    expect(box?.height).toBeLessThan(200);
    await grid.page.mouse.click(300, (box?.y ?? 0) + (box?.height ?? 0) - 2, { button: 'right' });
    await grid.page.mouse.click(300, 400);
    expect(await grid.told('markedMenu')).toEqual([]);
    expect(await marked()).toBeNull();
  });
});

test('a double click opens the cell', async () => {
  await cell(5, 2).dblclick();
  expect(await grid.told('open')).toEqual([[{ row: 5, column: 1 }]]);
});

describe('heads', () => {
  test('sort when they are clicked, and show how it is sorted and what is filtered', async () => {
    await head('column 2').click({ position: { x: 30, y: 12 } });
    expect(await grid.told('sort')).toEqual([[2]]);
    await grid.call('setOrder', 2, 1000, { column: 2, descending: true }, [0, 2]);
    expect(await grid.page.locator('[aria-sort]').evaluateAll((elements) => elements.map((each) => [each.getAttribute('aria-sort'), each.querySelector('.column-name')?.textContent, each.querySelector('.sorted')?.textContent]))).toEqual([['descending', 'column 2', '↓']]);
    expect(await grid.page.locator('.head:has(.filtered:not([hidden])) .column-name').allTextContents()).toEqual(['column 0', 'column 2']);
    await grid.call('setOrder', 3, 1000, undefined, []);
    expect(await grid.page.locator('[aria-sort]').count()).toBe(0);
    expect(await grid.page.locator('.filtered:visible').count()).toBe(0);
  });

  test('have a menu, by its button and by the right button, and the focus stays', async () => {
    await cell(1, 1).click();
    await grid.page.getByRole('button', { name: 'Menu of column column 2', exact: true }).click();
    await head('column 1').click({ button: 'right', position: { x: 30, y: 12 } });
    expect(await grid.told('columnMenu')).toEqual([[2, 'head-menu'], [1, 'head-menu']]);
    expect(await grid.told('sort')).toEqual([]);
    expect(await grid.page.evaluate('document.activeElement === grid.element')).toBe(true);
  });

  test('are made wider by their edge, told once at the end, and the cells follow', async () => {
    const edge = head('column 0').locator('.head-edge');
    const before = (await head('column 0').boundingBox())?.width ?? 0;
    const [x, y] = await middle(edge);
    await grid.page.mouse.move(x, y);
    await grid.page.mouse.down();
    await grid.page.mouse.move(x + 60, y, { steps: 6 });
    await expect.poll(async () => (await cell(2, 1).boundingBox())?.width).toBe(before + 60);
    expect(await grid.told('layout')).toEqual([]);
    await grid.page.mouse.up();
    expect(await grid.told('layout')).toEqual([[{ widths: { 0: before + 60 }, pinned: [3], hidden: [] }]]);
    expect(await grid.told('sort')).toEqual([]);
    expect(await grid.told('marked')).toEqual([]);
  });

  test('fit what is in sight when their edge is clicked twice', async () => {
    await head('column 1').locator('.head-edge').dblclick();
    const [told] = await grid.told('layout');
    expect(told).toMatchObject([{ pinned: [3] }]);
    const fits = (): Promise<boolean> => cell(1, 2).evaluate((element) => element.scrollWidth <= element.clientWidth);
    await expect.poll(fits).toBe(true);
    expect((await cell(1, 2).boundingBox())?.width).toBeGreaterThan(400);
    expect(await grid.told('sort')).toEqual([]);
  });
});

test('tooltips say what a cell does not show', async () => {
  const titles: (string | null)[] = [];
  for (const place of [0, 1, 2, 3]) {
    await cell(place, 2).hover();
    titles.push(await cell(place, 2).getAttribute('title'));
  }
  expect(titles).toEqual([null, 'a text that is far longer than its column '.repeat(2), 'empty text', 'two↵lines']);
});

test('a finger marks what it taps', async () => {
  const [x, y] = await middle(cell(4, 2));
  await grid.page.evaluate(`(() => {
    const target = document.elementFromPoint(${x}, ${y});
    const what = { bubbles: true, cancelable: true, clientX: ${x}, clientY: ${y}, pointerType: 'touch', pointerId: 5 };
    target.dispatchEvent(new PointerEvent('pointerdown', what));
    if (grid.marked) throw new Error('A finger that may be about to scroll has marked something.');
    target.dispatchEvent(new PointerEvent('pointerup', what));
    target.dispatchEvent(new PointerEvent('click', what));
  })()`);
  expect(await marked()).toEqual({ stamp: 1, fromRow: 4, toRow: 4, columns: [1], head: false });
});
