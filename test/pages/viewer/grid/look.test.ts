// What the grid looks like and says of itself: themes, narrow panels, pinned and grouped columns, hostile names and cells, accessibility.

import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { columns, startGrids, type GridPage, type Setup } from '../../support/gridHostPage';
import type { ThemeName } from '../../support/themes';

let grids: Awaited<ReturnType<typeof startGrids>>;
let grid: GridPage | undefined;
beforeAll(async () => {
  grids = await startGrids();
});
afterAll(() => grids.close());
afterEach(async () => {
  if (!grid) return;
  expect(await grid.harm()).toEqual([]);
  await grid.close();
  grid = undefined;
});

const open = async (setup: Setup, options: { theme?: ThemeName; width?: number; height?: number } = {}): Promise<GridPage> => {
  grid = await grids.open(setup, options);
  await grid.settle();
  return grid;
};

const joined = columns(12).map((column, index) => ({ ...column, group: index < 5 ? 'Sent' : 'Came back' }));
const full: Setup = {
  rows: 5000, columns: joined, layout: { pinned: [4, 6], hidden: [1] }, sort: { column: 2, descending: true }, filtered: [3],
  special: { '0:0': null, '0:2': '', '1:2': { missing: true }, '2:3': { cut: 'abc', length: 90_000 } },
};

test('heads of rows that have not come tell their place', async () => {
  const page = await open({ ...full, given: 100, delayMs: 1e6 });
  const label = (row: number): Promise<string | null> => page.page.locator(`.row[aria-rowindex="${row + 3}"] [role=rowheader]`).getAttribute('aria-label');
  expect(await label(3)).toBeNull();
  await page.call('goTo', { row: 4000, column: 3 });
  expect(await label(4000)).toBe('Place 4,001, not loaded yet');
  await page.call('goTo', { row: 3, column: 3 });
  expect(await label(3)).toBeNull();
});

describe.each<ThemeName>(['dark', 'light', 'contrast', 'contrast-light'])('in the theme %s', (theme) => {
  test('axe finds nothing, with cells marked, waiting and special', async () => {
    const page = await open(full, { theme });
    await page.call('focus');
    for (const key of ['ArrowRight', 'ArrowRight', 'Shift+ArrowDown', 'Shift+ArrowRight']) await page.page.keyboard.press(key);
    expect(await page.axe()).toEqual([]);
    await page.page.evaluate('setup.delayMs = 1e6');
    await page.call('goTo', { row: 4000, column: 3 });
    expect(await page.page.locator('.cell.waiting').count()).toBeGreaterThan(50);
    expect(await page.axe()).toEqual([]);
  });

  test('what is marked and where one is can be told without colour', async () => {
    const page = await open(full, { theme });
    const outline = (selector: string): Promise<string> => page.page.evaluate(`(() => { const style = getComputedStyle(document.querySelector('${selector}')); return style.outlineStyle === 'none' ? 'none' : style.outlineStyle + ' ' + style.outlineWidth; })()`);
    await page.page.locator('.row [aria-colindex="5"]').first().click();
    await page.page.keyboard.press('Shift+ArrowDown');
    await page.settle();
    expect(await outline('.cell.active')).toBe('solid 2px');
    expect(await outline('.cell.marked:not(.active)')).toBe(theme.startsWith('contrast') ? 'dashed 1px' : 'none');
  });
});

test('says how large it is, and where each row, cell and head stands', async () => {
  const page = await open(full, { width: 1500 });
  const { page: browser } = page;
  const attributes = (selector: string, ...names: string[]): Promise<(string | null)[]> => browser.locator(selector).first().evaluate((element, each) => each.map((name) => element.getAttribute(name)), names);
  expect(await attributes('.grid', 'role', 'aria-rowcount', 'aria-colcount', 'aria-multiselectable', 'aria-label', 'tabindex')).toEqual(['grid', '5002', '12', 'true', 'output1', '0']);
  expect(await attributes('.band-row', 'role', 'aria-rowindex')).toEqual(['row', '1']);
  expect(await attributes('.head-row', 'role', 'aria-rowindex')).toEqual(['row', '2']);
  await page.call('goTo', { row: 2000, column: 11 });
  await page.settle();
  expect(await attributes('.cell.active', 'role', 'aria-colindex', 'aria-selected')).toEqual(['gridcell', '12', 'false']);
  expect(await browser.locator('.row:has(.cell.active)').getAttribute('aria-rowindex')).toBe('2003');
  expect(await attributes('.row:has(.cell.active) .row-number', 'role', 'aria-colindex')).toEqual(['rowheader', '1']);
  // Once it stands still, the page's own order is that of the rows, for those who read on.
  const order = (): Promise<number[]> => browser.locator('.row').evaluateAll((rows) => rows.map((row) => Number(row.getAttribute('aria-rowindex'))));
  await expect.poll(async () => { const rows = await order(); return rows.every((row, index) => index === 0 || row === (rows[index - 1] ?? 0) + 1); }).toBe(true);
  expect(await browser.locator('.row:has(.cell.active) [aria-colindex]').evaluateAll((cells) => cells.map((cell) => Number(cell.getAttribute('aria-colindex'))))).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
});

test('row numbers are those of the source, with room for the largest', async () => {
  const page = await open({ rows: 12, columns: columns(2), given: 12, delayMs: 1e6 });
  await page.call('setOrder', 2, 12, undefined, [0]);
  await page.call('put', 2, 0, 0, Array.from({ length: 12 }, (_, index) => ({ number: 987_654_300 + index, cells: ['1', '2'] })));
  expect((await page.rowsInSight())[0]).toBe('987,654,301');
  expect(await page.page.locator('.row .row-number').first().evaluate((element) => element.scrollWidth <= element.clientWidth)).toBe(true);
});

describe('pinned columns', () => {
  test('stay at the left beside the row numbers, heads above them, while the others go by', async () => {
    const page = await open(full, { width: 700 });
    await page.page.evaluate("document.querySelector('.grid').scrollTo(500, 2000)");
    await page.settle();
    const places: unknown = await page.page.evaluate(`(() => {
      const left = (selector) => Math.round(document.querySelector(selector).getBoundingClientRect().left);
      const row = '.row[aria-rowindex="90"] ';
      return { number: left(row + '.row-number'), first: left(row + '[aria-colindex="2"]') - left('.head[aria-colindex="2"]'), second: left(row + '[aria-colindex="3"]') - left('.head[aria-colindex="3"]'),
        names: [...document.querySelectorAll('.head-row .stuck .column-name')].map((each) => each.textContent), top: Math.round(document.querySelector('.grid-head').getBoundingClientRect().top),
        on: document.elementFromPoint(left(row + '[aria-colindex="3"]') + 5, 300).closest('.stuck') !== null };
    })()`);
    expect(places).toEqual({ number: 0, first: 0, second: 0, names: ['column 4', 'column 6'], top: 0, on: true });
  });

  test('scroll along where they would take most of a narrow panel', async () => {
    const page = await open({ ...full, layout: { pinned: [4, 6, 8], widths: { 4: 60, 6: 60, 8: 60 } } }, { width: 300 });
    const stuck = await page.page.locator('.row .stuck').first().evaluate((element) => element.getBoundingClientRect().width);
    expect(stuck).toBeLessThanOrEqual(180);
    expect(await page.page.locator('.head-row > .head .column-name').first().textContent()).toBe('column 8');
    await page.call('goTo', { row: 10, column: 11 });
    await page.settle();
    const box = await page.page.locator('.cell.active').boundingBox();
    expect(box?.x).toBeGreaterThanOrEqual(stuck - 1);
  });

  test('name the group that they were taken out of; the others have bands', async () => {
    const page = await open(full, { width: 1600 });
    expect(await page.page.locator('.band').evaluateAll((bands) => bands.map((band) => [band.textContent, band.getAttribute('aria-colindex'), band.getAttribute('aria-colspan')]))).toEqual([['Sent', '4', '3'], ['Came back', '7', '6']]);
    expect(await page.page.locator('.head-row .stuck .head:not(.corner)').evaluateAll((heads) => heads.map((each) => each.getAttribute('title')))).toEqual(['column 4 (Double)\nSent', 'column 6 (Double)\nCame back']);
  });
});

test('cells and names that are meant to harm are text, and what hides in them is visible', async () => {
  const harm = '<img src=x onerror="window.__pwned=1">';
  const names = ['__proto__', harm, 'a\u202eb', '', 'x'.repeat(5000), 'constructor', '\n\n\n'];
  const page = await open({
    rows: 40, name: harm, columns: names.map((name) => ({ name, type: harm, kind: 'text', group: harm })),
    special: { '0:0': harm, '0:1': '\u0000\u200b\u2066', '0:2': 'y'.repeat(100_000), '0:3': null, '0:4': 'null', '0:5': '', '0:6': '""', '1:0': { missing: true }, '1:1': { cut: harm, length: 1e9 }, '1:2': `${'z'.repeat(199)}😀tail` },
  }, { width: 3000 });
  const texts: (string | null)[] = [];
  for (const [row, at] of [[0, 0], [0, 1], [0, 3], [0, 4], [0, 5], [0, 6], [1, 0], [1, 1]] as const) texts.push(await page.text(row, at));
  expect(texts).toEqual([harm, '␀⟦U+200B⟧⟦U+2066⟧', 'null', 'null', '""', '""', '—', `${harm}…`]);
  expect(await page.text(0, 2)).toBe(`${'y'.repeat(200)}…`);
  expect(await page.text(1, 2)).toBe(`${'z'.repeat(199)}…`);
  const special = (row: number, at: number): Promise<boolean> => page.page.locator(`.row[aria-rowindex="${row + 3}"] [aria-colindex="${at + 2}"]`).evaluate((element) => element.classList.contains('special'));
  expect([await special(0, 3), await special(0, 4), await special(0, 5), await special(0, 6), await special(1, 0)]).toEqual([true, false, true, false, true]);
  expect(await page.page.locator('.head:not(.corner)').evaluateAll((heads) => heads.map((each) => each.firstElementChild?.textContent))).toEqual(['__proto__', harm, 'a⟦U+202E⟧b', '(no name)', 'x'.repeat(5000), 'constructor', '↵↵↵']);
  expect(await page.page.locator('img').count()).toBe(0);
  expect((await page.page.locator('.head').nth(5).boundingBox())?.width).toBeLessThan(400);
});

describe('widths', () => {
  const widths = (page: GridPage): Promise<number[]> => page.page.locator('.head-row .head:not(.corner)').evaluateAll((heads) => heads.map((each) => Math.round(each.getBoundingClientRect().width)));
  const names: Setup['columns'] = [{ name: 'text', kind: 'text' }, { name: 'score', kind: 'number' }, { name: 'more', kind: 'text' }, { name: 'label', kind: 'number' }];
  const long = { '0:0': 'a long text of a customer who goes on', '0:2': 'and another one that is as long as it' };

  test('of text give way where not all columns fit, those that a person chose stay', async () => {
    const page = await open({ rows: 1, columns: names, special: long }, { width: 460 });
    const [text, , more] = await widths(page);
    expect([text, more]).toEqual([160, 160]);
    expect(await page.page.locator('.head-row .head').nth(2).evaluate((each) => each.getBoundingClientRect().right)).toBeLessThan(300);
    await page.call('setLayout', { widths: { 0: 300 }, pinned: [], hidden: [] });
    expect((await widths(page))[0]).toBe(300);
    await page.page.setViewportSize({ width: 1200, height: 600 });
    await expect.poll(async () => (await widths(page))[2]).toBeGreaterThan(250);
  });

  test('of numbers grow for those that come into sight, and never shrink, unless a person chose them', async () => {
    const page = await open({ rows: 300, columns: [names[1], names[3]].filter((each) => each !== undefined), given: 100, special: { '0:0': '1', '250:0': '-123456789.0123456789', '251:1': '98765432109876543210' } , layout: { widths: { 1: 60 } } });
    const [before] = await widths(page);
    await page.call('goTo', { row: 250, column: 0 });
    await page.settle();
    const cut = (row: number, at: number): Promise<boolean> => page.page.locator(`.row[aria-rowindex="${row + 2}"] [aria-colindex="${at + 2}"]`).evaluate((each) => each.scrollWidth > each.clientWidth);
    expect([await cut(250, 0), await cut(251, 1), (await widths(page))[1]]).toEqual([false, true, 60]);
    const [after] = await widths(page);
    expect(after).toBeGreaterThan(before ?? 0);
    await page.call('goTo', { row: 0, column: 0 });
    expect((await widths(page))[0]).toBe(after);
    await page.call('fit', 1);
    expect((await page.told('layout')).at(-1)).toMatchObject([{ widths: { 1: expect.any(Number) } }]);
  });
});

test('numbers stand on the right and are the text that came, text on the left', async () => {
  const page = await open({ rows: 1, columns: columns(2), special: { '0:0': '0.0035019442904740572', '0:1': '1e400' } });
  expect(await page.text(0, 0)).toBe('0.0035019442904740572');
  expect(await page.page.evaluate("Array.from(document.querySelectorAll('.row .cell'), (each) => getComputedStyle(each).textAlign)")).toEqual(['right', 'start']);
});

test('a head is one line: its type goes where there is no room, and a long name shows its beginning and its end', async () => {
  const long = 'Scored Probabilities for Class "a very long one"';
  const drawn = async (name: string, width: number): Promise<readonly unknown[]> => {
    const page = await open({ rows: 3, columns: [{ name, type: 'Double', kind: 'number' }], layout: { widths: { 0: width } } });
    const seen: readonly unknown[] = await page.page.evaluate(`(() => {
      const [head, name, type] = ['.head-row', '.head .column-name', '.head .column-type'].map((each) => document.querySelector(each));
      return [head.getBoundingClientRect().height, type.checkVisibility(), getComputedStyle(name, '::after').content, name.textContent];
    })()`);
    await page.close();
    grid = undefined;
    return seen;
  };
  expect(await drawn('score', 140)).toEqual([28, true, 'none', 'score']);
  expect(await drawn('petal length', 132)).toEqual([28, false, 'none', 'petal length']);
  expect(await drawn(long, 140)).toEqual([28, false, expect.stringContaining('long one'), long]);
  expect(await drawn(long, 600)).toEqual([28, true, 'none', long]);
});

test.each(['text', 'number'] as const)('a head of a narrow column of %s stays within itself, its name before its menu, and is drawn once', async (kind) => {
  const names = ['WWWWWWWWW', 'Scored Probabilities', 'Scored Labels'];
  for (const width of [48, 80, 130]) {
    const page = await open({ rows: 3, columns: names.map((name) => ({ name, type: 'Double', kind })), layout: { widths: { 0: width, 1: width, 2: width } } });
    const seen: readonly unknown[] = await page.page.evaluate(`[...document.querySelectorAll('.head:not(.corner)')].map((head) => {
      const box = (each) => each.getBoundingClientRect();
      const [name, menu] = ['.column-name', '.head-menu'].map((each) => head.querySelector(each));
      const [left, right] = [Math.min(box(name).left, box(menu).left), Math.max(box(name).right, box(menu).right)];
      const isCut = getComputedStyle(name).overflowX !== 'visible' || name.scrollWidth <= name.clientWidth;
      const isApart = box(name).right <= box(menu).left + 0.5 || box(menu).right <= box(name).left + 0.5;
      return [left >= box(head).left && right <= box(head).right, isCut, isApart, getComputedStyle(name, '::after').content === 'none' || name.firstElementChild.clientWidth > 0 && name.scrollWidth <= name.clientWidth];
    })`);
    expect(seen).toEqual(names.map(() => [true, true, true, true]));
    const ends = await page.page.locator('.head:not(.corner)').evaluateAll((heads) => heads.map((head) => head.classList.contains('ends')));
    expect(ends).toEqual([false, width === 130, width === 130]);
    await page.close();
    grid = undefined;
  }
});

test.each([[0, 3], [3, 0], [0, 0]])('%i rows of %i columns can be looked at and walked through', async (rows, count) => {
  const page = await open({ rows, columns: columns(count) });
  await page.call('focus');
  for (const key of ['ArrowDown', 'ArrowUp', 'End', 'Control+End', 'PageDown', 'Shift+ArrowRight', 'Control+a', 'Escape', 'Shift+Space']) await page.page.keyboard.press(key);
  await page.call('goTo', { row: 5, column: 5 });
  expect(await page.active()).toEqual(count === 0 ? undefined : { row: rows - 1, column: expect.any(Number) });
  expect(await page.page.evaluate('grid.marked ?? null')).toBeNull();
  expect(await page.axe()).toEqual([]);
});
