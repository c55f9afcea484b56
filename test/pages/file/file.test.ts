// The page of a table's file: its head, its table, why it could not be opened, and how it looks.

import { describe, expect, test } from 'vitest';
import type { ToFilePage } from '../../../src/features/tableFiles/messages';
import type { TableView } from '../../../src/model/view';
import { openForEachTest } from '../support/eachTest';
import type { AnswerPage } from '../support/harness';
import { grid, iris } from '../support/samples';
import type { ThemeName } from '../support/themes';

let shown: AnswerPage;
const harness = openForEachTest('file', (page) => {
  shown = page;
});

const file = (parts: Partial<Extract<ToFilePage, { type: 'file' }>> = {}): ToFilePage => ({ type: 'file', name: 'iris.csv', place: 'data/iris.csv', ...parts });
const text = (selector: string): Promise<string> => shown.page.locator(selector).innerText();

test('asks for its file, and shows what it is called, where it is, and its table', async () => {
  expect(await shown.page.evaluate('window.editorMessages')).toEqual([{ type: 'ready' }]);
  await shown.tell(file());
  expect([await text('h1'), await text('.file-place bdi'), await text('.placard')]).toEqual(['iris.csv', 'data/iris.csv', 'Reading']);
  await shown.tell(file({ view: iris }));
  expect([await text('.output-size'), await text('[role=status]')]).toEqual(['4 rows × 5 columns', 'iris.csv is shown.']);
  await shown.page.getByRole('button', { name: 'Open as Text' }).click();
  expect(await shown.sent()).toEqual([{ type: 'openAsText' }]);
  await shown.page.evaluate('window.first = document.querySelector(".grid")');
  await shown.tell({ type: 'table', table: 0, view: { ...iris, notes: ['Line 3 is short.'] } }, file({ view: { ...iris, notes: ['Line 3 is short.'] } }));
  expect([await text('.output-notes'), await shown.page.evaluate('document.querySelector(".grid") === window.first')]).toEqual(['Line 3 is short.', true]);
});

test('says why a file could not be opened, and opens it again', async () => {
  await shown.tell(file({ problem: { sentence: 'iris.csv is not there any more.', actions: ['retry'] } }));
  expect(await shown.page.locator('.placard').isVisible()).toBe(false);
  await shown.page.getByRole('button', { name: 'Open Again' }).click();
  expect(await shown.sent()).toEqual([{ type: 'action', action: 'retry' }]);
});

test('remembers how its table was looked at, in numbers, and asks for the sort again', async () => {
  await shown.tell(file({ view: iris }));
  await shown.page.getByRole('columnheader', { name: 'species' }).getByRole('button').click();
  await shown.page.getByRole('menuitemradio', { name: 'Sort Descending' }).click();
  await shown.page.locator('.head-menu').nth(2).click();
  await shown.page.getByRole('menuitem', { name: 'Hide' }).click();
  const saved = await shown.saved();
  expect(JSON.stringify(saved)).not.toMatch(/species|setosa|Scored/);
  const again = await harness.open({ saved });
  await again.tell(file({ view: iris }));
  expect(await again.sent()).toEqual([{ type: 'arrange', table: 0, query: { sort: { column: 1, descending: true }, filters: [] } }]);
  expect(await again.page.locator('.output-size').innerText()).toBe('4 rows × 5 columns, 1 hidden');
  await again.close();
  const other = await harness.open({ saved });
  await other.tell(file({ place: 'other.csv', view: iris }));
  expect(await other.sent()).toEqual([]);
  await other.close();
});

test('asks for the sort again once its columns are there and its rows are read', async () => {
  const saved = { place: 'data/iris.csv', looks: [{ key: 'data/iris.csv', tables: { 0: { sort: { column: 1, descending: true } } } }] };
  const asked = { type: 'arrange', table: 0, query: { sort: { column: 1, descending: true }, filters: [] } };
  const reading = { readBytes: 1, totalBytes: 9, state: 'reading' } as const;
  const again = await harness.open({ saved });
  await again.tell({ type: 'table', table: 0, view: iris }, file(), file({ view: { ...grid(0, 0), reading } }), { type: 'table', table: 0, view: { ...iris, reading } });
  expect([await again.sent(), await again.saved()]).toEqual([[], saved]);
  await again.tell({ type: 'table', table: 0, view: iris });
  expect(await again.sent()).toEqual([asked]);
  await again.tell({ type: 'table', table: 0, view: { ...iris, stamp: 2, query: asked.query } });
  expect(await again.sent()).toEqual([asked]);
  // What an earlier version has kept by its place is kept by the column from now on.
  expect(await again.saved()).toEqual({
    place: 'data/iris.csv', looks: [{ key: 'data/iris.csv', tables: { 0: { sort: { column: 1, descending: true, id: expect.any(Number) } } } }],
  });
  await again.close();
  const late = await harness.open({ saved });
  await late.tell(file({ view: grid(0, 0) }), file({ view: iris }));
  expect(await late.sent()).toEqual([asked]);
  await late.close();
});

test('shows empty cells as a file has them: as nothing', async () => {
  await shown.tell(file({ view: iris }));
  const cell = shown.page.locator('.grid .cell').nth(4);
  expect([await cell.innerText(), await cell.getAttribute('aria-label')]).toEqual(['', 'empty']);
  await cell.dblclick();
  expect(await text('.inspector-where')).toBe('Row 1, remark: Empty.');
  await shown.tell(file({ place: 'one.csv', view: { ...iris, totalRows: 1, matchedRows: 1, rows: iris.rows.slice(0, 1) } }));
  expect(await shown.page.locator('.row-list td').last().innerText()).toBe('');
});

describe('a file that is still read', () => {
  const growing = (rows: number, columns = 3): TableView => grid(rows, columns, { reading: { readBytes: rows, totalBytes: 100_000, state: 'reading' } });
  const first = (page: AnswerPage): Promise<string> => page.page.evaluate('String(Math.round(document.querySelector(".grid").scrollTop / 25))');
  const saved = { place: 'data/iris.csv', looks: [{ key: 'data/iris.csv', tables: { 0: { scroll: { row: 5000, left: 0 }, layout: { columns: 3, widths: { 4: 90 }, pinned: [2], hidden: [0, 3] } } } }] };

  test('is scrolled to where it was once the rows are there, and what was laid out holds for columns that come with longer rows', async () => {
    const again = await harness.open({ saved });
    await again.tell(file({ view: { ...growing(0), columns: [] } }), { type: 'table', table: 0, view: growing(400) });
    await expect.poll(() => again.page.locator('.output-size').innerText()).toBe('400 rows so far × 3 columns, 1 hidden');
    expect(await first(again)).toBe('0');
    const wider = { ...growing(5001, 4), columns: [...growing(1, 3).columns, { name: '', kind: 'text' } as const] };
    await again.tell({ type: 'table', table: 0, view: wider });
    expect(await again.page.locator('.output-size').innerText()).toBe('5,001 rows so far × 4 columns, 2 hidden');
    await again.tell({ type: 'table', table: 0, view: { ...wider, totalRows: 9000, matchedRows: 9000 } });
    await expect.poll(() => first(again)).toBe('5000');
    await again.close();
  });

  test('stays where somebody is who has begun to look at it', async () => {
    const again = await harness.open({ saved });
    await again.tell(file({ view: growing(400) }));
    await again.page.locator('.grid .cell').first().click();
    await again.tell({ type: 'table', table: 0, view: growing(9000) });
    expect(await first(again)).toBe('0');
    await again.close();
  });
});

describe.each<[ThemeName, number]>([['dark', 900], ['light', 900], ['contrast', 700], ['contrast-light', 700], ['dark', 320]])('%s, %d pixels wide', (theme, width) => {
  test.each(['table', 'menu', 'filter', 'columns', 'cell', 'pictures', 'problem'])('%s', async (what) => {
    const each = await harness.open({ theme, width, height: 560, reducedMotion: true });
    const long = `${'a/very/long/place'.repeat(12)}/iris.csv`;
    await each.tell(what === 'problem' ? file({ place: long, problem: { sentence: 'iris.csv could not be read.', detail: 'EACCES: permission denied', advice: 'Check who may read it.', actions: ['retry'] } }) : file({ place: long, view: what === 'table' ? grid(12_000, 12) : iris }));
    if (what === 'menu' || what === 'filter') await each.page.locator('.head-menu').first().click();
    if (what === 'filter') await each.page.getByRole('menuitem', { name: 'Filter…' }).click();
    if (what === 'columns' || what === 'pictures') {
      const name = what === 'columns' ? 'Columns' : 'Summary';
      if (width < 400) await each.page.getByRole('button', { name: 'More Tools' }).click();
      await (width < 400 ? each.page.locator('.menu-item').filter({ hasText: name }) : each.page.getByRole('button', { name, exact: true })).click();
    }
    if (what === 'cell') await each.page.locator('.grid .cell').nth(1).dblclick();
    if (what === 'pictures') {
      const bins = [2, 9, 31, 60, 44, 12, 0, 3].map((count, at) => ({ from: at / 4 + 4, to: at / 4 + 4.25, count }));
      await each.tell({ type: 'summary', table: 0, columns: [], summaries: [0, 2, 3].map((column) => ({ kind: 'number', column, rows: 161, empty: 3, other: 0, least: 4, most: 6, mean: 5.0123456, deviation: 0.83, bins } as const)) },
        { type: 'summary', table: 0, columns: [], summaries: [1, 4].map((column) => ({ kind: 'text', column, rows: 161, empty: 0, distinct: 3, atLeast: true, top: [{ text: 'versicolor', count: 90 }, { text: 'setosa', count: 50 }, { text: 'x'.repeat(100), count: 21 }] } as const)) });
      if (width > 400) await each.page.locator('.bar').nth(3).hover();
    }
    await each.picture(`file-${what}-${width === 320 ? 'narrow' : theme}`);
    expect(await each.axe()).toEqual([]);
    expect(await each.page.evaluate('[document.documentElement, document.body, document.getElementById("root"), ...document.querySelectorAll(".viewer, .popup, .cards")].map((one) => one.scrollWidth - one.clientWidth).filter((over) => over > 0)')).toEqual([]);
    expect(await each.harm()).toEqual([]);
    await each.close();
  });
});
