// How a table is looked at beside the grid: as a list, as pictures, cell by cell; what it is doing; and what of all that comes back.

import { describe, expect, test } from 'vitest';
import type { ColumnSummary, TableView } from '../../../src/model/view';
import { openForEachTest } from '../support/eachTest';
import type { AnswerPage } from '../support/harness';
import { answered, grid, iris, scripted, single, table } from '../support/samples';
import { viewerSteps } from '../support/viewerSteps';

let answer: AnswerPage;
const harness = openForEachTest('answer', (page) => {
  answer = page;
});

const { text, press, show, news, asked } = viewerSteps(() => answer);
const cell = (row: number, column: number) => answer.page.locator('.grid .row').nth(row).locator('.cell').nth(column);

describe('a cell', () => {
  test('that is cut is fetched whole, and set out over lines where it is JSON, with its numbers as they came', async () => {
    await show(iris);
    await cell(2, 4).dblclick();
    expect(await text('.inspector-where')).toBe('Row 3, remark: Fetching all of its 48,213 characters…');
    expect((await answer.sent()).at(-1)).toEqual({ type: 'cell', table: 0, row: 2, column: 4 });
    await answer.tell({ type: 'cell', table: 0, row: 1, column: 4, text: 'of another cell', length: 15 });
    expect(await text('.inspector-text')).toMatch(/^A long remark/);
    const whole = '{"n":[1.50,1e400],"t":"x"}';
    await answer.tell({ type: 'cell', table: 0, row: 2, column: 4, text: whole, length: 48_213 });
    expect(await text('.inspector-where')).toBe('Row 3, remark: The first 26 of 48,213 characters; the body has them all.');
    expect(await text('.inspector-text')).toBe('{\n  "n": [\n    1.50,\n    1e400\n  ],\n  "t": "x"\n}');
    await answer.picture('inspector-dark');
    expect(await answer.axe()).toEqual([]);
    await press('As It Came');
    expect(await text('.inspector-text')).toBe(whole);
    await press('Close');
    expect([await answer.page.locator('.inspector').isVisible(), await answer.page.evaluate('document.querySelector(".grid").contains(document.activeElement)')]).toEqual([false, true]);
  });

  test('is followed by the keyboard while it is shown, and closed with Escape', async () => {
    await show(iris);
    await cell(0, 1).click();
    expect(await answer.page.locator('.inspector').isVisible()).toBe(false);
    await answer.page.keyboard.press('Enter');
    expect([await text('.inspector-where'), await text('.inspector-text')]).toEqual(['Row 1, species (String)', 'setosa']);
    await answer.page.keyboard.press('ArrowDown');
    expect(await text('.inspector-text')).toBe('versicolor');
    await answer.page.keyboard.press('Escape');
    expect(await answer.page.locator('.inspector').isVisible()).toBe(false);
  });

  test('is not copied before all of it is there, and by the editor when it is longer than the page gets', async () => {
    await show(iris);
    await cell(2, 4).dblclick();
    const copy = answer.page.locator('.inspector').getByRole('button', { name: 'Copy', exact: true });
    expect(await copy.isDisabled()).toBe(true);
    await answer.tell({ type: 'cell', table: 0, row: 2, column: 4, text: 'x'.repeat(1000), length: 48_213 });
    await copy.click();
    expect((await answer.sent()).at(-1)).toEqual({ type: 'copyMarked', table: 0, marked: { stamp: iris.stamp, fromRow: 2, toRow: 2, columns: [4], head: false }, format: 'tsv' });
    expect(await text('[role=status]')).not.toBe('Copied.');
    await cell(2, 1).dblclick();
    expect(await copy.isEnabled()).toBe(true);
  });

  test('is put on the clipboard as it came', async () => {
    await answer.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await show(table({ columns: [{ name: 'a' }], rows: [['{"b": 1.0}\nx\u202e'], ['c']] }));
    await cell(0, 0).dblclick();
    await answer.page.locator('.inspector').getByRole('button', { name: 'Copy', exact: true }).click();
    // It is told a moment after it is there.
    await expect.poll(() => text('[role=status]')).toBe('Copied.');
    expect(await answer.page.evaluate('navigator.clipboard.readText()')).toBe('{"b": 1.0}\nx\u202e');
  });
});

describe('one row', () => {
  test('is a list with what was sent and what came back apart, and a table when it is requested', async () => {
    await show(single);
    expect(await answer.page.locator('.row-lists h3').allInnerTexts()).toEqual(['Sent', 'Came back']);
    expect(await answer.page.locator('.row-list tbody tr').evaluateAll((rows) => rows.map((row) => [...row.children].map((each) => each.textContent).join(': ')))).toEqual([
      'sepal length: 5.1', 'species: setosa', 'Scored Labels: 0', 'Scored Probabilities: 0.0035019442904740572', 'remark: A long remark that goes on and on… All 48,213 Characters',
    ]);
    await press('All 48,213 Characters');
    expect((await answer.sent()).at(-1)).toEqual({ type: 'cell', table: 0, row: 0, column: 4 });
    expect(await answer.page.locator('.grid .row:visible').count()).toBe(1);
    await press('As List');
    await press('As Table');
    expect(await answer.page.locator('.row-lists').count()).toBe(0);
    await press('With Input');
    expect((await answer.sent()).at(-1)).toEqual({ type: 'join', table: 0, on: false });
  });

  test('keeps apart what was laid out with and without its input, also where both have as many columns', async () => {
    const columns = (...groups: string[]): TableView['columns'] => groups.map((group, at) => ({ name: `${group}${at}`, kind: 'number', group }));
    const both = { ...grid(30, 3), columns: columns('Sent', 'Sent', 'Came back'), joined: true };
    const alone = { ...grid(30, 3, { stamp: 2 }), joined: false };
    await show(both);
    await answer.page.locator('.head-menu').first().click();
    await answer.page.getByRole('menuitem', { name: 'Hide' }).click();
    expect(await text('.output-size')).toBe('30 rows × 3 columns, 1 hidden');
    await press('With Input');
    await news(alone);
    expect(await text('.output-size')).toBe('30 rows × 3 columns');
    await press('With Input');
    await news({ ...both, stamp: 3 });
    expect(await text('.output-size')).toBe('30 rows × 3 columns, 1 hidden');
  });

  test('of many columns has all of them', async () => {
    await show({ ...grid(1, 130) });
    expect((await answer.sent()).filter((each) => each.type === 'rows').map((each) => each.type === 'rows' && each.columnFrom)).toEqual([64, 128]);
    await answer.tell({ type: 'rows', table: 0, stamp: 1, from: 0, columnFrom: 128, rows: [{ number: 0, cells: ['first', null] }] });
    expect(await answer.page.locator('.row-list td').nth(128).innerText()).toBe('first');
    expect(await answer.page.locator('.row-list td').nth(129).innerText()).toBe('null');
  });
});

describe('pictures', () => {
  const bins = Array.from({ length: 10 }, (_, at) => ({ from: at / 10, to: (at + 1) / 10, count: at === 3 ? 31 : at }));
  const numbers = (column: number): ColumnSummary => ({ kind: 'number', column, rows: 250, empty: 2, other: 1, least: 0, most: 1, mean: 500_000.5, deviation: 0.1, bins });
  const texts = (column: number): ColumnSummary => ({ kind: 'text', column, rows: 250, empty: 0, distinct: 3, atLeast: false, top: [{ text: 'setosa', count: 200 }, { text: '<b>', count: 49 }, { text: 'x'.repeat(200), count: 1 }] });

  test('are counted a few at a time, the scored columns first, and can be stopped', async () => {
    await show(grid(250, 40));
    await news({ ...grid(250, 40), columns: grid(250, 40).columns.map((column, at) => (at === 39 ? { ...column, name: 'Scored Probabilities for Class "x"' } : column)) });
    await press('Summary');
    await expect.poll(async () => (await answer.sent()).at(-1)).toEqual({ type: 'summarize', table: 0, columns: [39, 0, 1, 2, 3, 4, 5, 6] });
    await answer.tell({ type: 'summary', table: 0, columns: [39, 0, 1, 2, 3, 4, 5, 6], done: 0.5 });
    expect(await text('.pictures-words')).toBe('Counting 8 columns… 50 %');
    await press('Stop');
    expect((await answer.sent()).at(-1)).toEqual({ type: 'stopSummary', table: 0 });
    await answer.page.locator('.pictures').getByRole('button', { name: 'Count', exact: true }).click();
    await answer.tell({ type: 'summary', table: 0, columns: [39, 0, 1, 2, 3, 4, 5, 6], summaries: [39, 0, 1, 2, 3, 4, 5, 6].map(numbers) });
    expect(await answer.page.locator('.card-head h3').first().innerText()).toBe('Scored Probabilities for Class "x"');
    expect(await answer.page.locator('.histogram').count()).toBe(8);
    await answer.page.locator('.cards').evaluate((cards) => cards.scrollTo(0, 1e6));
    // What came into sight before is counted first; what never did is not counted.
    await expect.poll(async () => {
      const last = (await answer.sent()).findLast((each) => each.type === 'summarize');
      const columns = last?.type === 'summarize' ? last.columns : [];
      await answer.tell({ type: 'summary', table: 0, columns, summaries: columns.map(numbers) });
      return columns;
    }).toContain(38);
    expect(await answer.page.locator('.histogram').count()).toBeLessThan(40);
  });

  test('say what a bar stands for, filter by it, and are tables for those who read numbers', async () => {
    await show(iris);
    await press('Summary');
    await expect.poll(async () => (await answer.sent()).at(-1)).toEqual({ type: 'summarize', table: 0, columns: [2, 3, 0, 1, 4] });
    await answer.tell({ type: 'summary', table: 0, columns: [2, 3, 0, 1, 4], summaries: [2, 3, 0].map(numbers).concat([1, 4].map(texts)) });
    const card = answer.page.getByRole('region', { name: 'sepal length', exact: true });
    expect(await card.locator('.card-facts div').allInnerTexts()).toEqual(['Rows\n250', 'Empty\n2', 'Not numbers\n1', 'Mean\n500000.5', 'Std. dev.\n0.1', 'Minimum\n0', 'Maximum\n1']);
    expect(await card.locator('.axis-top').innerText()).toBe('31 rows');
    await card.locator('.bar').nth(3).hover();
    expect(await card.locator('.card-said').innerText()).toBe('0.3 to 0.4: 31 rows (12.4 %)');
    expect(await answer.axe()).toEqual([]);
    await card.locator('.bar').first().focus();
    await answer.page.keyboard.press('ArrowRight');
    expect(await card.locator('.card-said').innerText()).toBe('0.1 to 0.2: 1 row (0.4 %)');
    await press('As Table: sepal length');
    expect(await card.locator('tbody tr').nth(3).locator('td').allInnerTexts()).toEqual(['0.3', '0.4', '31', '12.4 %']);
    const species = answer.page.getByRole('region', { name: 'species', exact: true });
    await press('As Table: species');
    expect(await species.locator('tbody tr').nth(1).locator('td').allInnerTexts()).toEqual(['<b>', '49', '19.6 %']);
    expect(await answer.page.evaluate('[...document.querySelectorAll(".card-table:has(.words) :is(th, tr:first-child td)")].map((each) => getComputedStyle(each).textAlign)')).toEqual(['left', 'right', 'right', 'left', 'right', 'right']);
    expect(await answer.axe()).toEqual([]);
    await press('As Table: species');
    const starts = (): Promise<number[]> => species.locator('.top-bar').evaluateAll((bars) => bars.map((each) => each.getBoundingClientRect().left));
    expect(new Set(await starts()).size).toBe(1);
    await species.getByRole('button', { name: '<b>' }).click();
    expect(await asked()).toEqual([{ filters: [{ kind: 'is', column: 1, text: '<b>' }] }]);
    await press('Summary');
    await answer.page.getByRole('region', { name: 'remark', exact: true }).locator('.top').last().click();
    expect((await asked()).at(-1)).toMatchObject({ filters: [{ column: 1 }, { kind: 'contains', column: 4 }] });
    await press('Take away the filter: remark contains “' + 'x'.repeat(200) + '”');
    await press('Summary');
    await press('As Table: sepal length');
    await card.locator('.bar').nth(3).click();
    expect((await asked()).at(-1)).toEqual({ filters: [{ kind: 'is', column: 1, text: '<b>' }, { kind: 'range', column: 0, least: 0.3, most: 0.39999999999999997 }] });
    expect(await answer.page.locator('.chip-words').allInnerTexts()).toEqual(['species is “<b>”', 'sepal length is from 0.3 to below 0.4']);
  });

  test('tell long names apart at their ends, shares that are rounded, and texts that are all different', async () => {
    const names = ['1', '2'].map((end) => `Col2 - Hashing feature ${'of many '.repeat(10)}${end}`);
    const both = table({ columns: names.map((name) => ({ name })), rows: [['a', 'b'], ['c', 'd']], totalRows: 4000 });
    await show(both);
    await press('Summary');
    await answer.tell({ type: 'summary', table: 0, columns: [0, 1], summaries: [
      { kind: 'text', column: 0, rows: 4000, empty: 3000, distinct: 1000, atLeast: false, top: Array.from({ length: 20 }, (_, at) => ({ text: `id ${at}`, count: 1 })) },
      { kind: 'text', column: 1, rows: 4000, empty: 0, distinct: 3, atLeast: false, top: [{ text: 'p', count: 3180 }, { text: 'q', count: 819 }, { text: 'r', count: 1 }] },
    ] });
    expect(await text('.pictures-words')).toBe('Counted over all 4,000 rows.');
    const heads = answer.page.locator('.card h3');
    expect([(await heads.allInnerTexts()).map((each) => each.slice(-9)), await heads.evaluateAll((all) => all.map((each) => each.title))]).toEqual([['of many 1', 'of many 2'], names]);
    expect(await heads.evaluateAll((all) => all.map((each) => each.scrollHeight - each.clientHeight))).toEqual([0, 0]);
    expect(await answer.page.locator('.card-content').first().innerText()).toMatch(/^All 1,000 values are different\./);
    expect(await answer.page.locator('.top-count').allInnerTexts()).toEqual(['3,180 (79.5 %)', '819 (20.5 %)', '1 (< 0.1 %)']);
    const heights = await answer.page.locator('.card').evaluateAll((cards) => cards.map((each) => each.getBoundingClientRect().height));
    await press(`As Table: ${names[1] ?? ''}`);
    expect(await answer.page.locator('.card').first().evaluate((each) => each.getBoundingClientRect().height)).toBe(heights[0]);
    await news({ ...both, query: { filters: [], search: 'a' }, matchedRows: 1 });
    expect(await text('.pictures-words')).toBe('Counted over all rows, also those that are filtered out.');
  });

  test('that cannot be counted say why, and are not asked for without end', async () => {
    await show(iris);
    await press('Summary');
    await expect.poll(async () => (await answer.sent()).at(-1)).toEqual({ type: 'summarize', table: 0, columns: [2, 3, 0, 1, 4] });
    await answer.tell({ type: 'summary', table: 0, columns: [2, 3, 0, 1, 4], problem: { sentence: 'The file is gone.', advice: 'Open it again.' } });
    expect(await answer.page.locator('.card-content').first().innerText()).toBe('The file is gone. Open it again.');
    expect((await answer.sent()).filter((each) => each.type === 'summarize')).toHaveLength(1);
  });
});

describe('what scripts have made', () => {
  test('is drawn above the table: images in two sizes, texts, and why something is not shown', async () => {
    await show(scripted);
    const image = answer.page.locator('.script-image img');
    await expect.poll(() => answer.page.evaluate('document.querySelector(".script-image img").naturalWidth')).toBe(1);
    expect(await image.getAttribute('alt')).toBe('Graphics 1, 1200 × 400 pixels');
    const width = (): Promise<number> => image.evaluate((each) => each.clientWidth);
    expect(await width()).toBeLessThan(900);
    await answer.page.locator('.script-image').click();
    expect(await width()).toBe(1200);
    expect(await answer.page.evaluate('document.body.scrollWidth - document.body.clientWidth')).toBe(0);
    await answer.page.locator('.script-image').press('Enter');
    expect(await width()).toBeLessThan(900);
    // The viewer scrolls as a whole, and an image that is taller than wide is seen at once.
    await show({ ...scripted, scripts: scripted.scripts.map((each) => (each.kind === 'image' ? { ...each, width: 400, height: 4000 } : each)) });
    const tall = await image.boundingBox();
    expect(tall?.height).toBeGreaterThan(400);
    expect(tall?.height).toBeLessThanOrEqual(640 * 0.7 + 1);
    expect(await answer.page.evaluate('[...document.querySelectorAll(".viewer, .viewer-scripts")].map((each) => each.scrollHeight > each.clientHeight)')).toEqual([true, false]);
    expect(await answer.page.locator('.script-refused').innerText()).toBe('The image is larger than 20 MB and is not shown.');
    expect(await text('.script-text')).toContain('[1] "done"');
  });

  test('is made of base64 only', async () => {
    const image = { kind: 'image', title: 'x', mime: 'image/png', width: 1, height: 1 } as const;
    await show({ ...scripted, scripts: [{ ...image, data: 'AAAA", onerror="window.__pwned=1' }, { ...image, data: 'AA,AA' }] });
    expect([await answer.page.locator('img').count(), await answer.page.locator('.script-refused').count()]).toEqual([0, 2]);
  });
});

test('the focus goes with a tool into the menu', async () => {
  const page = await harness.open({ width: 1280, height: 560 });
  await page.show(answered({ tables: [iris] }));
  await page.page.getByRole('button', { name: 'Copy', exact: true }).focus();
  await page.page.setViewportSize({ width: 320, height: 560 });
  await expect.poll(() => page.page.evaluate('document.activeElement.getAttribute("data-focus")')).toBe('tools-0');
  await page.close();
});

test('a narrow table has its tools in a menu', async () => {
  const narrow = await harness.open({ width: 320, height: 560 });
  await narrow.show(answered({ tables: [{ ...iris, joined: true }] }));
  await narrow.page.getByRole('button', { name: 'More Tools' }).click();
  expect(await narrow.page.locator('.menu-item').allInnerTexts()).toEqual(['Filter', 'Columns', 'Summary', 'With Input', 'Copy', 'Export…', 'Go To']);
  expect(await narrow.axe()).toEqual([]);
  await narrow.page.getByRole('menuitem', { name: 'Go To' }).click();
  await narrow.page.getByRole('textbox', { name: 'Row', exact: true }).waitFor();
  await narrow.picture('viewer-go-to-narrow');
  await narrow.page.keyboard.press('Escape');
  expect(await narrow.page.evaluate('document.activeElement.getAttribute("data-focus")')).toBe('tools-0');
  await narrow.page.getByRole('button', { name: 'More Tools' }).click();
  await narrow.page.getByRole('menuitemcheckbox', { name: 'With Input' }).click();
  expect(await narrow.sent()).toEqual([{ type: 'join', table: 0, on: false }]);
  await narrow.close();
});

describe('a file that is read', () => {
  test('says how far it is, pauses, and is read on', async () => {
    await show(grid(500, 3, { reading: { readBytes: 1_310_720, totalBytes: 262_144_000, state: 'reading' } }));
    expect([await text('.output-size'), await text('.reading')]).toEqual(['500 rows so far × 3 columns', '1.3 MB of 250 MB read']);
    await news(grid(900, 3, { reading: { readBytes: 131_072_000, totalBytes: 262_144_000, state: 'paused' } }));
    expect([await text('.output-size'), await answer.page.getByRole('progressbar', { name: 'Reading the file' }).getAttribute('aria-valuenow')]).toEqual(['900 rows so far × 3 columns', '50']);
    await press('Read On');
    expect((await answer.sent()).at(-1)).toEqual({ type: 'readOn', table: 0 });
    await news(grid(1000, 3));
    expect([await text('.output-size'), await answer.page.locator('.status-part:visible').count()]).toEqual(['1,000 rows × 3 columns', 0]);
  });

  test('says why it could not be read, and is tried again', async () => {
    await show(grid(500, 3, { reading: { readBytes: 1, state: 'failed', problem: { sentence: 'The connection was cut.', actions: ['retry', 'showLog'] } } }));
    expect(await answer.page.getByRole('alert').getByRole('button').allInnerTexts()).toEqual(['Show Log', 'Try Again', '']);
    await press('Try Again');
    expect((await answer.sent()).at(-1)).toEqual({ type: 'readOn', table: 0 });
  });
});
