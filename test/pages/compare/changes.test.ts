// The cells that differ in a comparison, on the page with the editor's real tables behind it: how they look, and what is said of them.

import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { tableOpener } from '../../../src/tables/tableOpener';
import { tellingChanges } from '../../../src/features/history/compareTable';
import { TableHost } from '../../../src/ui/tables/tableHost';
import { readFromComparePage } from '../../../src/features/history/messages';
import { Cancelled, messageOf } from '../../../src/model/errors';
import type { Cell, Table } from '../../../src/model/table';
import { compareTables } from '../../../src/features/history/compareTables';
import { startHarness, type AnswerPage, type Harness, type OpenOptions } from '../support/harness';
import type { ThemeName } from '../support/themes';
import { someActions } from '../../unit/ui/someActions';

const actions = someActions();

const opener = tableOpener('no thread is needed', { cellsHere: 10_000_000 });
let harness: Harness;
let shown: AnswerPage | undefined;
let tableHost: TableHost | undefined;
beforeAll(async () => {
  harness = await startHarness('compare');
});
afterAll(async () => {
  await harness.close();
  await opener.dispose();
});
afterEach(async () => {
  if (!shown) return;
  expect(await shown.harm()).toEqual([]);
  await shown.close();
  tableHost?.dispose();
  shown = undefined;
});

/** VS Code's own colours for what differs, which the high contrast themes replace by borders. */
const colours: Readonly<Record<ThemeName, Readonly<Record<string, string>>>> = {
  dark: { 'insertedTextBackground': '#9ccc2c33', 'removedTextBackground': '#ff000033' },
  light: { 'insertedTextBackground': '#9ccc2c40', 'removedTextBackground': '#ff000033' },
  contrast: { 'insertedTextBorder': '#33ff2eff', 'removedTextBorder': '#FF008F' },
  'contrast-light': { 'insertedTextBorder': '#374E06', 'removedTextBorder': '#AD0707' },
};

function table(columns: readonly string[], rows: readonly (readonly Cell[])[]): Table {
  return { name: 'output1', columns: columns.map((name) => ({ name })), rows, totalRows: rows.length, notes: [] };
}

/** Shows the comparison of two tables as the editor does. */
async function compare(one: Table, other: Table, options: OpenOptions & { readonly allRows?: boolean } = {}): Promise<AnswerPage> {
  const answer = await harness.open({ width: 1100, height: 640, reducedMotion: true, own: true, ...options });
  shown = answer;
  const variables = Object.entries(colours[options.theme ?? 'dark']).map(([name, value]) => `document.documentElement.style.setProperty('--vscode-diffEditor-${name}', '${value}')`);
  await answer.page.evaluate(variables.join(';'));
  const allRows = options.allRows === true;
  const found = await compareTables(one, other, { allRows, maxCells: 1_000_000, pause: () => Promise.resolve() });
  const no = (): Promise<never> => Promise.reject(new Cancelled());
  const served = new TableHost({
    send: (message) => void answer.post(message), describe: (error) => ({ sentence: messageOf(error) }),
    dialogs: { copy: no, tell: () => undefined, confirm: no, chooseFormat: no, chooseFile: no, write: no, progress: no },
  });
  tableHost = served;
  served.put(0, { name: 'output1', open: () => tellingChanges(opener.openHeld(found.table), found.table, found.cells) });
  await answer.page.exposeFunction('tellEditor', (message: unknown) => {
    const request = readFromComparePage(message, actions);
    return request && 'table' in request ? served.handle(request) : undefined;
  });
  await answer.page.evaluate('window.editorMessages.push = function (message) { window.tellEditor(message); return Array.prototype.push.call(this, message); }');
  const head = { service: 'Iris', source: 'iris.json', startedAt: Date.UTC(2026, 4, 12, 8, 3, 59), durationMs: 143, status: 200 };
  await answer.tell({
    type: 'compare', key: 'one two', comparison: 1, first: 1, before: head, after: head, compared: [{ name: 'output1', same: found.same, hasChanges: found.hasChanges, facts: found.facts, sides: found.sides, columns: found.columns }],
    views: await served.views(), notes: [], same: found.same, allRows, tolerance: '0',
  });
  return answer;
}

/** A cell by its row and its column as they stand on the page, heads and row numbers counted from 1. */
const cell = (answer: AnswerPage, row: number, column: number) => answer.page.locator(`.row[aria-rowindex="${row + 2}"] [aria-colindex="${column + 1}"]`);
/** What is said of the cells of a row that stand out, by their place. */
const said = (answer: AnswerPage, row: number): Promise<string[]> => answer.page.locator(`.row[aria-rowindex="${row + 2}"] :is(.changed, .only)`).evaluateAll((cells) => cells.map((each) => `${Number(each.getAttribute('aria-colindex')) - 1}: ${each.getAttribute('aria-label') ?? ''}`));

// Row, Change, id, score before, after, difference, label before, after, Changed in.
const names = ['id', 'score', 'label'];
const one = table(names, [['1', '0.5', 'setosa'], ['2', '0.1', null], ['3', '0.9', ''], ['4', '-0.7', 'virginica'], ['5', '0.25', 'virginica']]);
const other = table(names, [['1', '0.5', 'setosa'], ['2', '0.3', 'setosa'], ['3', '0.9', 'setosa'], ['4', '0.70', 'virginica']]);
const rowTwo = ['4: 0.1, changed', '5: 0.3, changed', '7: null, changed', '8: setosa, changed'];
const rowThree = ['7: empty text, changed', '8: setosa, changed'];
const rowFour = ['4: -0.7, changed', '5: 0.70, changed'];
const rowFive = ['3: 5, only before', '4: 0.25, only before', '7: virginica, only before'];

describe('what is said', () => {
  test('names the cells that changed and those of rows in one answer only, and no others', async () => {
    const answer = await compare(one, other, { allRows: true });
    expect(await Promise.all([1, 2, 3, 4, 5].map((row) => said(answer, row)))).toEqual([[], rowTwo, rowThree, rowFour, rowFive]);
    expect(await cell(answer, 2, 4).getAttribute('class')).toContain('changed before');
    expect(await cell(answer, 2, 5).getAttribute('class')).toContain('changed after');
    expect(await cell(answer, 1, 4).getAttribute('aria-label')).toBeNull();
    // It is what a screen reader is given for the cell, not only an attribute.
    expect(await answer.page.getByRole('gridcell', { name: '0.3, changed', exact: true }).count()).toBe(1);
  });

  test('is told by a tooltip too, also of a cell that needs none otherwise', async () => {
    const answer = await compare(one, other, { allRows: true });
    const title = async (row: number, column: number): Promise<string | null> => {
      await cell(answer, row, column).hover();
      return cell(answer, row, column).getAttribute('title');
    };
    expect(await title(2, 4)).toBe('Changed: this was before.');
    expect(await title(3, 7)).toBe('empty text\nChanged: this was before.');
    expect(await title(2, 5)).toBe('Changed: this is after.');
    expect(await title(5, 3)).toBe('This row is only in the answer before.');
    expect(await title(1, 4)).toBeNull();
  });
});

describe('what stands out', () => {
  test('goes along when rows are sorted and filtered, and is let go by cells that are drawn anew', async () => {
    const answer = await compare(one, other, { allRows: true });
    await answer.page.getByRole('columnheader', { name: 'before' }).first().click();
    await expect.poll(() => cell(answer, 1, 1).textContent()).toBe('4');
    expect(await Promise.all([1, 2, 3, 4, 5].map((row) => said(answer, row)))).toEqual([rowFour, rowTwo, rowFive, [], rowThree]);
    expect(await answer.page.locator('.cell:not(.changed, .only)').evaluateAll((cells) => cells.map((each) => each.getAttribute('aria-label') ?? '').filter((label) => /changed|only/.test(label)))).toEqual([]);
    await answer.page.getByRole('textbox', { name: 'Search the rows of output1' }).fill('only before');
    await expect.poll(() => answer.page.locator('.row').count()).toBe(1);
    await expect.poll(() => said(answer, 1)).toEqual(rowFive);
  });

  test('stays when the other column of the pair is hidden, and goes along with one that is pinned', async () => {
    const answer = await compare(one, other, { allRows: true });
    const menu = async (nth: number, item: string): Promise<void> => {
      await answer.page.getByRole('columnheader', { name: 'after' }).nth(nth).getByRole('button').click();
      await answer.page.locator('.menu-item').filter({ hasText: item }).first().click();
    };
    await menu(0, 'Hide');
    await expect.poll(() => said(answer, 2)).toEqual(['4: 0.1, changed', '6: null, changed', '7: setosa, changed']);
    await menu(0, 'Pin');
    await expect.poll(() => said(answer, 2)).toEqual(['1: setosa, changed', '5: 0.1, changed', '7: null, changed']);
    expect(await answer.page.locator('.stuck .changed').count()).toBe(2);
  });

  test('is there in thousands of rows and columns, wherever one goes', async () => {
    const many = Array.from({ length: 400 }, (_, index) => `c${index}`);
    const rows = Array.from({ length: 500 }, (_, row) => many.map((_name, column) => `${row}.${column}`));
    const answer = await compare(table(many, rows), table(many, rows.map((row, at) => (at < 300 ? row.map((value) => `${value}1`) : row))), { allRows: true });
    // Every pair has its difference beside it: the last columns of 1,203.
    await answer.page.locator('.grid').focus();
    await answer.page.keyboard.press('Control+End');
    await expect.poll(() => cell(answer, 500, 1201).textContent()).toBe('499.399');
    expect(await said(answer, 500)).toEqual([]);
    await answer.page.locator('.grid').evaluate((grid) => { grid.scrollTop = 250 * 25; });
    await expect.poll(() => said(answer, 255)).toEqual(expect.arrayContaining(['1200: 254.399, changed', '1201: 254.3991, changed']));
    expect(await said(answer, 255)).not.toContainEqual(expect.stringContaining('1202:'));
  });

  test('is nowhere when nothing differs', async () => {
    const answer = await compare(one, one, { allRows: true });
    expect(await answer.page.locator('.row').count()).toBe(5);
    expect(await answer.page.locator(':is(.changed, .only)').count()).toBe(0);
  });
});

describe.each<ThemeName>(['dark', 'light', 'contrast', 'contrast-light'])('in the theme %s', (theme) => {
  /** How a cell is drawn: its background's own layer, the border of its own, the width and height of its sign. */
  const drawn = (answer: AnswerPage, row: number, column: number): Promise<{ layer: string; border: string; sign: string }> => answer.page.evaluate(`(() => {
    const element = document.querySelector('.row[aria-rowindex="${row + 2}"] [aria-colindex="${column + 1}"]');
    const [own, sign, border] = [getComputedStyle(element), getComputedStyle(element, '::before'), getComputedStyle(element, '::after')];
    return {
      layer: own.backgroundImage,
      border: border.content === 'none' ? '' : border.borderTopStyle + ' ' + border.borderTopColor,
      sign: sign.content === 'none' ? '' : sign.width + ' ' + sign.height + ' ' + sign.clipPath,
    };
  })()`);
  const high = theme.startsWith('contrast');

  test('cells that changed have the colours of the theme and a sign; axe finds nothing, also where they are marked', async () => {
    const answer = await compare(one, other, { theme, allRows: true });
    await answer.picture(`compare-changes-${theme}`);
    const [plain, before, after, only] = [await drawn(answer, 1, 4), await drawn(answer, 2, 4), await drawn(answer, 2, 5), await drawn(answer, 5, 3)];
    expect(plain).toEqual({ layer: 'none', border: '', sign: '' });
    expect(before.sign).toMatch(/^7px 7px polygon/);
    expect(after.sign).toBe(before.sign);
    expect(only.sign).toBe('3px 24px none');
    const layer = (rgb: string, alpha: string): string => `linear-gradient(rgba(${rgb}, ${alpha}), rgba(${rgb}, ${alpha}))`;
    expect([before.layer, after.layer, only.layer]).toEqual(high
      ? Array.from({ length: 3 }, () => layer('0, 0, 0', '0'))
      : [layer('255, 0, 0', '0.2'), layer('156, 204, 44', theme === 'dark' ? '0.2' : '0.25'), layer('255, 0, 0', '0.2')]);
    const edges: Partial<Record<ThemeName, readonly [string, string]>> = { contrast: ['255, 0, 143', '51, 255, 46'], 'contrast-light': ['173, 7, 7', '55, 78, 6'] };
    expect([before.border, after.border]).toEqual((edges[theme] ?? []).length > 0 ? edges[theme]?.map((rgb) => `dashed rgb(${rgb})`) : ['dashed rgba(0, 0, 0, 0)', 'dashed rgba(0, 0, 0, 0)']);
    expect(await answer.axe()).toEqual([]);
    await cell(answer, 2, 4).click();
    await answer.page.keyboard.press('Shift+ArrowDown');
    await answer.page.keyboard.press('Shift+ArrowRight');
    await cell(answer, 3, 7).hover();
    await answer.picture(`compare-changes-marked-${theme}`);
    // What is marked, or under the mouse, still shows that it changed.
    expect((await drawn(answer, 2, 4)).layer).toBe(before.layer);
    expect((await drawn(answer, 3, 7)).layer).toBe(before.layer);
    expect(await answer.axe()).toEqual([]);
  });
});

test.each<ThemeName>(['dark', 'light', 'contrast', 'contrast-light'])('a single row is a list whose values are marked and named as well, %s', async (theme) => {
  const answer = await compare(table(names, [['1', '0.5', 'setosa']]), table(names, [['1', '0.7', 'setosa']]), { theme });
  const marked = answer.page.locator('.row-list td:is(.changed, .only)');
  expect(await marked.evaluateAll((values) => values.map((each) => `${each.className}: ${each.textContent ?? ''}`))).toEqual(['changed before: 0.5 Changed: this was before.', 'changed after: 0.7 Changed: this is after.']);
  expect(await answer.axe()).toEqual([]);
  await answer.picture(`compare-one-row-${theme}`);
});
