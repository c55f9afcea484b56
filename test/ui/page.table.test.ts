// The tables of the answer page: cells exactly as they came, more rows on demand, and a page that answers while it draws.

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { CellView } from '../../src/messages';
import type { Column } from '../../src/model/table';
import { startHarness, type AnswerPage, type Harness } from './page/harness';
import { answered, grid, gridRows, iris, table } from './page/samples';

let harness: Harness;
let answer: AnswerPage;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.close());
beforeEach(async () => {
  answer = await harness.open();
});
afterEach(async () => {
  expect(await answer.harm()).toEqual([]);
  await answer.page.context().close();
});

const showTable = (columns: readonly Column[], rows: readonly (readonly CellView[])[]): Promise<void> => answer.show(answered({ tables: [table({ columns, rows })] }));
const cells = (): Promise<string[]> => answer.page.locator('.grid td').allTextContents();
const titles = (): Promise<(string | null)[]> => answer.page.evaluate(`Array.from(document.querySelectorAll('.grid td'), (cell) => cell.getAttribute('title') ?? cell.firstElementChild?.getAttribute('title') ?? null)`);
const press = (name: string): Promise<void> => answer.page.getByRole('button', { name, exact: true }).click();
const drawnRows = 'document.querySelectorAll(".grid tbody tr").length';

describe('cells', () => {
  test('are the text that came: no number is read and printed again', async () => {
    const numbers = ['0.0035019442904740572', '123456789012345678901234567890', '1e400', '-0', '4.90', '007', 'NaN'];
    await showTable([{ name: 'x', type: 'Double' }], numbers.map((number) => [number]));
    expect(await cells()).toEqual(numbers);
  });

  test('tell null, missing, empty and cut text apart from text of the same look', async () => {
    await showTable([{ name: 'a' }, { name: 'b' }, { name: 'c' }, { name: 'd' }], [[null, 'null', '', '""'], [{ missing: true }, '—', { cut: 'abc', length: 48_213 }, 'two\r\nlines']]);
    expect(await cells()).toEqual(['null', 'null', '""', '""', '—', '—', 'abc…', 'two␍↵lines']);
    expect(await answer.page.locator('.grid td:has(.special)').allTextContents()).toEqual(['null', '""', '—']);
    expect(await titles()).toEqual(['null', null, 'empty text', null, 'missing: the row ends before this column', null, 'The beginning of 48,213 characters; the body has them all.↵abc', null]);
  });

  test('of a row that is too short are missing, and one too many has a column of its own', async () => {
    await showTable([{ name: 'a' }, { name: 'b' }], [['1'], ['1', '2', '3']]);
    expect(await cells()).toEqual(['1', '—', '—', '1', '2', '3']);
    expect(await answer.page.locator('.grid thead th').last().innerText()).toBe('(no column)');
  });

  test('that are long are shortened on the page and whole in the tooltip', async () => {
    await showTable([{ name: 'text' }], [['w'.repeat(90)]]);
    expect(await titles()).toEqual(['w'.repeat(90)]);
    const box: { own: number; whole: number } = await answer.page.evaluate('(() => { const cell = document.querySelector(".grid td"); return { own: cell.clientWidth, whole: cell.scrollWidth }; })()');
    expect(box.whole).toBeGreaterThan(box.own);
  });

  test.each(['Int32', 'Double', 'Single', 'Numeric', 'Byte', 'number', 'integer', 'uint64', 'Float'])('of type %s stand on the right', async (type) => {
    await showTable([{ name: 'a', type }, { name: 'b', type: 'String' }, { name: 'c' }], [['1', '2', '3']]);
    expect(await answer.page.evaluate('Array.from(document.querySelectorAll(".grid td"), (cell) => getComputedStyle(cell).textAlign)')).toEqual(['right', 'left', 'left']);
  });
});

test('columns have their exact names and types, whatever they are called', async () => {
  const names = ['__proto__', 'constructor', '0', 'a', 'a', 'Scored "x"', ' b '];
  await showTable([...names.map((name) => ({ name, type: 'String' })), { name: '' }], [[...names, 'last']]);
  const heads = await answer.page.locator('.grid thead th').evaluateAll((elements) => elements.map((each) => each.firstElementChild?.textContent));
  expect(heads).toEqual(['Row', ...names, '(no name)']);
  expect(await answer.page.locator('.column-type').allTextContents()).toEqual([...names.map(() => 'String'), '']);
  expect(await cells()).toEqual([...names, 'last']);
});

test('the head and the row numbers stay in sight', async () => {
  await answer.show(answered({ tables: [grid(200, 40)] }));
  await answer.page.evaluate('document.querySelector(".scroller").scrollTo(1500, 2000)');
  const places: unknown = await answer.page.evaluate(`(() => {
    const box = document.querySelector('.scroller').getBoundingClientRect();
    const head = document.querySelector('.grid thead').getBoundingClientRect();
    const number = [...document.querySelectorAll('.grid tbody .row-number')].at(90).getBoundingClientRect();
    return [Math.round(head.top - box.top), Math.round(number.left - box.left)];
  })()`);
  expect(places).toEqual([1, 0]);
});

describe('size', () => {
  test('says how many rows and columns, and copies', async () => {
    await answer.show(answered({ tables: [iris, { ...iris, name: 'second' }] }));
    expect(await answer.page.locator('.output-size').innerText()).toBe('4 rows × 5 columns');
    await answer.page.getByRole('tab', { name: 'second' }).click();
    await press('Copy as TSV');
    expect(await answer.sent()).toEqual([{ type: 'copy', what: 'table', table: 1 }]);
  });

  test('of nothing is said in a sentence', async () => {
    await answer.show(answered({ tables: [grid(0, 2)] }));
    expect(await answer.page.locator('.output .empty').innerText()).toBe('The service answered with no rows for this output.');
    expect(await answer.page.locator('.column-name').allInnerTexts()).toEqual(['column 1', 'column 2']);
  });

  test('no table at all sends the reader to the body', async () => {
    await answer.show(answered({ tables: [] }));
    expect(await answer.page.locator('.tabs.main [aria-selected=true]').innerText()).toBe('Body');
    await answer.page.getByRole('tab', { name: 'Result' }).click();
    expect(await answer.page.locator('.panel:visible').innerText()).toBe('The answer is not a table of results. The Body tab shows it as it came.');
  });
});

describe('more rows', () => {
  test('are asked for, added, and the rest is in the body', async () => {
    await answer.show(answered({ tables: [grid(1000, 3, { totalRows: 50_000, availableRows: 1500 })] }));
    expect(await answer.page.locator('.output-size').innerText()).toBe('first 1,000 of 50,000 rows × 3 columns');
    await press('Show 500 more rows');
    expect(await answer.page.getByRole('button', { name: 'Loading…' }).getAttribute('aria-disabled')).toBe('true');
    await answer.page.keyboard.press('Enter');
    expect(await answer.sent()).toEqual([{ type: 'moreRows', table: 0, from: 1000 }]);
    await answer.post({ type: 'rows', table: 0, from: 1000, rows: gridRows(1000, 500, 3) });
    await expect.poll(() => answer.page.evaluate(drawnRows)).toBe(1500);
    expect(await answer.page.locator('.grid tr').last().locator('th, td').allTextContents()).toEqual(['1500', '1500.1', '1500.2', '1500.3']);
    expect(await answer.page.locator('[role=status]').innerText()).toBe('Rows 1,001 to 1,500 added.');
    expect(await answer.page.locator('.output-footer').innerText()).toContain('The other 48,500 rows are in the body: save it as a file to have them all.');
    expect(await answer.page.evaluate('document.activeElement.className')).toBe('scroller');
    await press('Save Body…');
    expect((await answer.sent()).at(-1)).toEqual({ type: 'saveBody' });
  });

  test('that do not follow the last one are left', async () => {
    await answer.show(answered({ tables: [grid(10, 2, { totalRows: 30, availableRows: 30 })] }));
    await press('Show 20 more rows');
    await answer.post({ type: 'rows', table: 0, from: 5, rows: gridRows(5, 5, 2) });
    await answer.post({ type: 'rows', table: 7, from: 10, rows: gridRows(10, 5, 2) });
    await answer.page.getByRole('button', { name: 'Show 20 more rows' }).waitFor();
    expect(await answer.page.evaluate(drawnRows)).toBe(10);
  });

  test('of a very wide table are drawn a few at a time from those at hand', async () => {
    await answer.show(answered({ tables: [grid(50, 1000)] }));
    expect(await answer.page.evaluate(drawnRows)).toBe(20);
    await press('Show 20 more rows');
    await expect.poll(() => answer.page.evaluate(drawnRows)).toBe(40);
    expect(await answer.sent()).toEqual([]);
  });
});

test('5,000 columns are all there, and the page takes the next wish', async () => {
  const wide = grid(100, 5000);
  await answer.show(answered({ tables: [{ ...wide, rows: wide.rows.map((row, index) => (index === 1 ? row.slice(0, 1) : row)) }] }));
  expect(await answer.page.evaluate('document.querySelectorAll(".grid thead th").length')).toBe(5001);
  expect(await answer.page.evaluate(drawnRows)).toBe(5);
  await answer.page.locator('.scroller').focus();
  for (const key of ['Enter', 'End', 'ArrowDown']) await answer.page.keyboard.press(key);
  expect(await answer.page.locator('.inspector-where').innerText()).toBe('Row 2, column 5000 (Double): Missing: the row ends before this column.');
  await press('Show 5 more rows');
  await expect.poll(() => answer.page.evaluate(drawnRows)).toBe(10);
  expect(await answer.page.locator('.grid tr').last().locator('td').last().textContent()).toBe('10.5000');
  await answer.show({ kind: 'idle' });
  expect(await answer.page.locator('.placard h1').innerText()).toBe('No answer to show');
});

test('the page answers while it draws', async () => {
  const message = JSON.stringify({ type: 'state', state: answered({ tables: [grid(1000, 50)] }), run: [], current: 0 });
  const [atOnce, nextTurn]: [number, number] = await answer.page.evaluate(`(() => {
    window.dispatchEvent(new MessageEvent('message', { data: ${message} }));
    const atOnce = ${drawnRows};
    return new Promise((done) => setTimeout(() => done([atOnce, ${drawnRows}])));
  })()`);
  expect(atOnce).toBeGreaterThan(0);
  expect(atOnce).toBeLessThan(1000);
  expect(nextTurn).toBeLessThan(1000);
  await expect.poll(() => answer.page.evaluate(drawnRows), { timeout: 30_000 }).toBe(1000);
  expect(await answer.page.locator('.grid').getAttribute('aria-busy')).toBe('false');
});

test('drawing stops when another state comes', async () => {
  await answer.post({ type: 'state', state: answered({ tables: [grid(1000, 50)] }), run: [], current: 0 });
  const [before, after]: [number, number] = await answer.page.evaluate(`(async () => {
    while (!document.querySelector('.grid')) await new Promise((done) => setTimeout(done));
    const table = document.querySelector('.grid');
    window.dispatchEvent(new MessageEvent('message', { data: { type: 'state', state: { kind: 'idle' }, run: [], current: 0 } }));
    const before = table.rows.length;
    for (let frame = 0; frame < 5; frame++) await new Promise((done) => requestAnimationFrame(done));
    return [before, table.rows.length];
  })()`);
  expect(before).toBeLessThan(1000);
  expect(after).toBe(before);
  expect(await answer.page.locator('.placard h1').innerText()).toBe('No answer to show');
});
