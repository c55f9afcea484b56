// The tables of the answer page: cells exactly as they came, rows of any number as they come into sight, and a page that answers meanwhile.

import { describe, expect, test } from 'vitest';
import type { Column } from '../../../src/model/table';
import type { CellView } from '../../../src/model/view';
import { serveRows } from '../support/serveRows';
import { openForEachTest } from '../support/eachTest';
import type { AnswerPage } from '../support/harness';
import { answered, grid, iris, single, table } from '../support/samples';

let answer: AnswerPage;
openForEachTest('answer', (page) => {
  answer = page;
});

const showTable = async (columns: readonly Column[], rows: readonly (readonly CellView[])[]): Promise<void> => {
  await answer.show(answered({ tables: [table({ columns, rows })] }));
  // One row is a list unless a table is requested.
  if (rows.length === 1) await answer.page.getByRole('button', { name: 'As Table', exact: true }).click();
};
const cells = (): Promise<string[]> => answer.page.locator('.grid .cell').allTextContents();
const titleOf = async (at: number): Promise<string | null> => {
  const cell = answer.page.locator('.grid .cell').nth(at);
  await cell.hover();
  return cell.getAttribute('title');
};
const drawnRows = 'document.querySelectorAll(".grid .row").length';

describe('cells', () => {
  test('are the text that came: no number is read and printed again', async () => {
    const numbers = ['0.0035019442904740572', '123456789012345678901234567890', '1e400', '-0', '4.90', '007', 'NaN'];
    await showTable([{ name: 'x', type: 'Double' }], numbers.map((number) => [number]));
    expect(await cells()).toEqual(numbers);
  });

  test('tell null, missing, empty and cut text apart from text of the same look', async () => {
    await showTable([{ name: 'a' }, { name: 'b' }, { name: 'c' }, { name: 'd' }], [[null, 'null', '', '""'], [{ missing: true }, '—', { cut: 'abc', length: 48_213 }, 'two\r\nlines']]);
    expect(await cells()).toEqual(['null', 'null', '""', '""', '—', '—', 'abc…', 'two␍↵lines']);
    expect(await answer.page.locator('.grid .cell.special').allTextContents()).toEqual(['null', '""', '—']);
    expect(await answer.page.locator('.grid .cell').evaluateAll((all) => all.map((cell) => cell.getAttribute('aria-label')))).toEqual([null, null, 'empty text', null, 'missing: the row ends before this column', null, null, null]);
    expect([await titleOf(2), await titleOf(4), await titleOf(6)]).toEqual(['empty text', 'missing: the row ends before this column', 'The beginning of 48,213 characters; the body has them all.\nabc']);
  });

  test('that are long are shortened on the page and whole in the tooltip', async () => {
    await showTable([{ name: 'text' }], [['w'.repeat(90)]]);
    expect(await titleOf(0)).toBe('w'.repeat(90));
    const box: { own: number; whole: number } = await answer.page.evaluate('(() => { const cell = document.querySelector(".grid .cell"); return { own: cell.clientWidth, whole: cell.scrollWidth }; })()');
    expect(box.whole).toBeGreaterThan(box.own);
  });

  test('of columns that hold numbers stand on the right, whatever their type is called', async () => {
    await answer.show(answered({ tables: [{ ...table({ columns: [{ name: 'a', kind: 'number' }, { name: 'b', type: 'Double', kind: 'text' }, { name: 'c' }], rows: [['1', '2', '3'], ['4', '5', '6']] }), query: { filters: [], sort: { column: 0, descending: false } } }] }));
    expect(await answer.page.evaluate('Array.from(document.querySelectorAll(".grid .cell"), (cell) => getComputedStyle(cell).textAlign)')).toEqual(['right', 'start', 'start', 'right', 'start', 'start']);
  });
});

test('columns have their exact names and types, whatever they are called', async () => {
  const names = ['__proto__', 'constructor', '0', 'a', 'a', 'Scored "x"', ' b '];
  await showTable([...names.map((name) => ({ name, type: 'String' })), { name: '' }], [[...names, 'last']]);
  const heads = await answer.page.locator('.grid [role=columnheader]').evaluateAll((elements) => elements.map((each) => each.firstElementChild?.textContent));
  expect(heads).toEqual(['Row', ...names, '(no name)']);
  expect(await answer.page.locator('.column-type').allTextContents()).toEqual(names.map(() => 'String'));
  expect(await cells()).toEqual([...names, 'last']);
});

test('the head and the row numbers stay in sight', async () => {
  await answer.show(answered({ tables: [grid(200, 40)] }));
  await serveRows(answer, { rows: 200, columns: 40 });
  await answer.page.locator('.grid').evaluate((each) => each.scrollTo(1500, 2000));
  await answer.page.locator('.row-number', { hasText: /^85$/ }).waitFor();
  const places: unknown = await answer.page.evaluate(`(() => {
    const box = document.querySelector('.grid').getBoundingClientRect();
    const head = document.querySelector('.grid .head-row').getBoundingClientRect();
    const number = [...document.querySelectorAll('.grid .row-number')].find((each) => each.textContent === '85').getBoundingClientRect();
    return [Math.round(head.top - box.top), Math.round(number.left - box.left)];
  })()`);
  expect(places).toEqual([0, 0]);
});

describe('size', () => {
  test('says how many rows and columns, and copies', async () => {
    await answer.show(answered({ tables: [iris, { ...iris, name: 'second' }] }));
    expect(await answer.page.locator('.output-size').innerText()).toBe('4 rows × 5 columns');
    await answer.page.getByRole('tab', { name: 'second' }).click();
    await answer.page.getByRole('button', { name: 'Copy', exact: true }).filter({ visible: true }).click();
    await answer.page.getByRole('menuitem', { name: 'Copy as TSV' }).click();
    expect(await answer.sent()).toEqual([{ type: 'copyMarked', table: 1, format: 'tsv', marked: { stamp: 1, fromRow: 0, toRow: 3, columns: [0, 1, 2, 3, 4], head: true } }]);
  });

  test('beside what was sent says on its tab how much came back', async () => {
    await answer.show(answered({ tables: [single] }));
    expect(await answer.page.getByRole('tab').first().innerText()).toMatch(/1 × 4$/);
  });

  test('of nothing is said in a sentence', async () => {
    await answer.show(answered({ tables: [grid(0, 2)] }));
    expect(await answer.page.locator('.output > .empty').innerText()).toBe('The service answered with no rows for this output.');
    expect(await answer.page.locator('.column-name').allInnerTexts()).toEqual(['column 1', 'column 2']);
  });

  test('no table at all sends the reader to the body', async () => {
    await answer.show(answered({ tables: [] }));
    expect(await answer.page.locator('.tabs.main [aria-selected=true]').innerText()).toBe('Body');
    expect(await answer.page.locator('.notes').innerText()).toBe('The answer is not a table of results. The body shows it as it came.');
  });
});

describe('a million rows', () => {
  test('are asked for as they come into sight, and only a few of them are drawn', async () => {
    await answer.show(answered({ tables: [grid(1_000_000, 3)] }));
    await serveRows(answer, { rows: 1_000_000, columns: 3 });
    expect(await answer.page.locator('.grid').getAttribute('aria-rowcount')).toBe('1000001');
    expect(await answer.sent()).toEqual([]);
    await answer.page.locator('.grid').focus();
    await answer.page.keyboard.press('Control+End');
    await answer.page.locator('.cell', { hasText: /^1000000\.3$/ }).waitFor();
    expect(await answer.page.evaluate(drawnRows)).toBeLessThan(120);
    const requests = (await answer.sent()).filter((each) => each.type === 'rows');
    expect(requests.length).toBeLessThan(10);
    expect(requests).toContainEqual({ type: 'rows', table: 0, stamp: 1, from: 999_900, columnFrom: 0 });
  });

  test('of another order or of a table that is not there are left', async () => {
    await answer.show(answered({ tables: [grid(300, 2)] }));
    await answer.tell({ type: 'rows', table: 0, stamp: 9, from: 0, columnFrom: 0, rows: [{ number: 0, cells: ['wrong', 'wrong'] }] }, { type: 'rows', table: 7, stamp: 1, from: 0, columnFrom: 0, rows: [{ number: 0, cells: ['wrong', 'wrong'] }] });
    expect((await cells()).filter((each) => each === 'wrong')).toEqual([]);
    expect((await cells())[0]).toBe('1.1');
  });
});

test('5,000 columns are all there, and the page takes the next request', async () => {
  await answer.show(answered({ tables: [grid(100, 5000)] }));
  await serveRows(answer, { rows: 100, columns: 5000 });
  expect(await answer.page.locator('.grid').getAttribute('aria-colcount')).toBe('5001');
  expect(await answer.page.locator('.grid .cell').count()).toBeLessThan(2000);
  await answer.page.locator('.grid').focus();
  await answer.page.keyboard.press('End');
  await answer.page.locator('.cell', { hasText: /^1\.5000$/ }).waitFor();
  await answer.page.keyboard.press('Enter');
  expect(await answer.page.locator('.inspector-where').innerText()).toBe('Row 1, column 5000 (Double)');
  await answer.show({ kind: 'idle' });
  expect(await answer.page.locator('.placard h1').innerText()).toBe('No answer to show');
});
