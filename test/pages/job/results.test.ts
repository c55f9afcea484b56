// The results on the job page: tables, files, failures; and what of all that comes back when the page was hidden.

import { describe, expect, test } from 'vitest';
import type { ToJobPage } from '../../../src/features/jobs/messages';
import { serveRows } from '../support/serveRows';
import { openForEachTest } from '../support/eachTest';
import type { AnswerPage } from '../support/harness';
import { about, failed, finished, heads, job, jobStates, tableView } from '../support/jobSamples';
import { grid } from '../support/samples';

let shown: AnswerPage;
const harness = openForEachTest('job', (page) => {
  shown = page;
});

const text = (selector: string): Promise<string> => shown.page.locator(selector).innerText();
const press = (name: string): Promise<void> => shown.page.getByRole('button', { name, exact: true }).click();
const selectedTab = (): Promise<string> => text('[role=tab][aria-selected=true]');
const focused = (): Promise<string> => shown.page.evaluate('document.activeElement.getAttribute("data-focus") ?? document.activeElement.className');
const state = (name: string): Promise<void> => shown.tell(...(jobStates[name] ?? []));
const result = (index: number, view: Extract<ToJobPage, { type: 'result' }>['result']): Promise<void> => shown.tell({ type: 'result', index, result: view });

describe('results', () => {
  test('that the editor wants to be seen are shown and asked for', async () => {
    await shown.tell(about(finished(), heads, { open: 0 }));
    expect(await selectedTab()).toBe('output1');
    expect(await shown.sent()).toEqual([{ type: 'openResult', result: 0 }]);
    expect(await shown.page.evaluate('document.activeElement === document.body')).toBe(true);
  });

  test.each([400, 430, 460, 500, 560])('come with all that stands above them, and no tab is cut, at %i px', async (width) => {
    const narrow = await harness.open({ width, height: 560 });
    await narrow.tell(about(finished(), heads.slice(0, 1), { open: 0 }));
    const nothingYet = { columns: [], rows: [], totalRows: 0, matchedRows: 0, reading: { readBytes: 0, state: 'reading' } } as const;
    await narrow.tell({ type: 'result', index: 0, result: tableView(nothingYet) });
    await narrow.tell({ type: 'table', table: 0, view: grid(300, 9) });
    await narrow.page.locator('.grid .cell').first().waitFor();
    expect(await narrow.page.getByRole('tablist').evaluate((list) => list.scrollWidth - list.clientWidth)).toBe(0);
    await narrow.close();
  });

  test('are tables that are read on, copied, and saved as files', async () => {
    await state('table');
    await serveRows(shown, { rows: 10_003, columns: 6 });
    expect(await text('.output-size')).toBe('10,003 rows so far × 6 columns');
    expect(await text('.status-line')).toContain('Paused: 256 MB of 500 MB read');
    await press('Read On');
    await press('Copy');
    await shown.page.getByRole('menuitem', { name: 'Copy as CSV' }).click();
    await press('Save As…');
    await shown.page.locator('.grid .cell').first().dblclick();
    expect(await text('.inspector-where')).toBe('Row 1, column 1 (String)');
    const marked = { stamp: 1, fromRow: 0, toRow: 10_002, columns: [0, 1, 2, 3, 4, 5], head: true };
    expect((await shown.sent()).slice(1)).toEqual([{ type: 'readOn', table: 0 }, { type: 'copyMarked', table: 0, format: 'csv', marked }, { type: 'saveResult', result: 0 }]);
  });

  test('take what was read on without losing rows, place or focus', async () => {
    await state('table');
    await serveRows(shown, { rows: 200_006, columns: 6 });
    await shown.page.evaluate('document.querySelector(".grid").scrollTop = 300');
    await shown.page.getByRole('button', { name: 'Read On' }).focus();
    await shown.page.evaluate('window.first = document.querySelector(".grid")');
    const view = grid(200_006, 6, { reading: { readBytes: 524_288_000, totalBytes: 1_048_576_000, state: 'paused' }, notes: ['Line 7 has 2 cells, the header has 6.'] });
    await shown.tell({ type: 'table', table: 0, view });
    expect([await text('.output-size'), await text('.output-notes')]).toEqual(['200,006 rows so far × 6 columns', 'Line 7 has 2 cells, the header has 6.']);
    expect([await focused(), await shown.page.evaluate('document.querySelector(".grid").scrollTop'), await shown.page.evaluate('document.querySelector(".grid") === window.first')]).toEqual(['read-on-0', 300, true]);
    expect(await shown.page.locator('.grid').getAttribute('aria-rowcount')).toBe('200007');
    await result(0, { kind: 'table', view: grid(200_006, 6) });
    expect(await shown.page.locator('.status-part:visible').count()).toBe(0);
    expect(await text('.output-size')).toBe('200,006 rows × 6 columns');
  });

  test('that were read anew are drawn anew', async () => {
    await state('cut');
    expect(await shown.page.getByRole('alert').innerText()).toContain('has changed');
    await press('Try Again');
    expect((await shown.sent()).at(-1)).toEqual({ type: 'readOn', table: 0 });
    await result(0, { kind: 'table', view: { ...grid(3, 2), stamp: 2 } });
    expect(await shown.page.locator('.grid .row:visible').count()).toBe(3);
    expect(await shown.page.getByRole('alert').count()).toBe(0);
  });

  test('that cannot be read say why, and can be tried again', async () => {
    await state('unread');
    expect(await shown.page.getByRole('alert').getByRole('button').allInnerTexts()).toEqual(['Open Network Settings']);
    await press('Try Again');
    expect((await shown.sent()).at(-1)).toEqual({ type: 'openResult', result: 0 });
  });

  test('that are no tables are saved', async () => {
    await state('model');
    expect(await text('.placard:visible')).toContain('This is a trained model, not a table.');
    await press('Save As…');
    expect((await shown.sent()).at(-1)).toEqual({ type: 'saveResult', result: 1 });
  });

  test('of an empty file say so', async () => {
    await shown.tell(about(finished(), heads, { open: 0 }));
    await result(0, { kind: 'table', view: grid(0, 0) });
    expect(await text('.output > .empty')).toBe('The file holds no rows.');
  });

  test('stay while news of the job come, and go with the job', async () => {
    await state('table');
    await shown.page.evaluate('window.first = document.querySelector(".grid")');
    await shown.tell(about(finished({ notes: ['News.'] }), heads));
    expect(await shown.page.evaluate('document.querySelector(".grid") === window.first')).toBe(true);
    await shown.tell(about(finished(), heads, { key: 'k2' }));
    expect([await selectedTab(), await shown.page.locator('.grid').count()]).toEqual(['Overview', 0]);
  });

  test('that appear when the job ends leave the reader where they are', async () => {
    await shown.tell(about(job({ history: Array.from({ length: 60 }, (_, at) => ({ at, text: `Line ${at}` })) })));
    await shown.page.locator('.overview').focus();
    await shown.page.evaluate('document.querySelector(".overview").scrollTop = 600');
    const line = (): Promise<number> => shown.page.evaluate('Math.round(document.querySelectorAll(".history li")[20].getBoundingClientRect().top - document.querySelector(".overview").getBoundingClientRect().top)');
    const before = await line();
    await shown.tell(about(finished({ history: Array.from({ length: 60 }, (_, at) => ({ at, text: `Line ${at}` })) }), heads));
    expect(await shown.page.getByRole('tab').allInnerTexts()).toEqual(['output1', 'model', 'Overview']);
    expect(await line()).toBe(before);
    expect(await focused()).toBe('overview');
    expect(await text('[role=status]')).toBe('customers-2026-05.csv: Finished.');
  });
});

describe('what was looked at', () => {
  test('is kept, and comes back for the same job only', async () => {
    await state('table');
    await shown.page.evaluate('document.querySelector(".grid").scrollTop = 300');
    await expect.poll(() => shown.saved()).toEqual({ key: 'k1', tab: 'result-0', scrolled: {}, looks: [{ key: 'k1', tables: { 0: { scroll: { row: 12, left: 0 } } } }] });
    const saved = await shown.saved();
    const again = await harness.open({ saved });
    await again.tell(about(finished(), heads), { type: 'result', index: 0, result: tableView() });
    expect(await again.page.locator('[role=tab][aria-selected=true]').innerText()).toBe('output1');
    await expect.poll(() => again.page.evaluate('document.querySelector(".grid").scrollTop')).toBe(300);
    expect(await again.sent()).toEqual([]);
    await again.tell(about(finished(), heads, { key: 'k2' }));
    expect(await again.page.locator('[role=tab][aria-selected=true]').innerText()).toBe('Overview');
    expect(await again.saved()).toMatchObject({ key: 'k2', scrolled: {}, looks: [{ key: 'k1' }] });
    await again.close();
  });

  test('has the history as it was left: open, and as far down', async () => {
    const history = Array.from({ length: 60 }, (_, at) => ({ at, text: `Line ${at}` }));
    const place = (page: AnswerPage): Promise<number> => page.page.evaluate('document.querySelector(".overview").scrollTop');
    await shown.tell(about(finished({ history })));
    await shown.page.getByText('History', { exact: true }).click();
    await shown.page.evaluate('document.querySelector(".overview").scrollTop = 700');
    await expect.poll(() => shown.saved()).toMatchObject({ open: { history: true }, scrolled: { overview: [0, 700] } });
    const again = await harness.open({ saved: await shown.saved() });
    await again.tell(about(finished({ history })));
    await expect.poll(() => place(again)).toBe(700);
    await again.close();
  });

  test('has the service’s words open still when it says more', async () => {
    await shown.tell(about(failed));
    await shown.page.getByText('Full Response', { exact: true }).click();
    await shown.tell(about({ ...failed, details: 'More words.' }));
    expect(await shown.page.getByText('More words.').isVisible()).toBe(true);
  });

  test('is sorted again once the columns of a result are there', async () => {
    const again = await harness.open({ saved: { key: 'k1', tab: 'result-0', scrolled: {}, looks: [{ key: 'k1', tables: { 0: { sort: { column: 1, descending: true } } } }] } });
    await again.tell(about(finished(), heads), { type: 'result', index: 0, result: { kind: 'table', view: grid(0, 0) } });
    expect(await again.sent()).toEqual([]);
    await again.tell({ type: 'table', table: 0, view: grid(300, 3) });
    expect(await again.sent()).toEqual([{ type: 'arrange', table: 0, query: { sort: { column: 1, descending: true }, filters: [] } }]);
    await again.close();
  });

  test('is not read from storage by itself after a reload', async () => {
    const again = await harness.open({ saved: { key: 'k1', tab: 'result-0', scrolled: {} } });
    await again.tell(about(finished(), heads));
    expect(await again.page.locator('.placard h2').innerText()).toBe('Not read yet');
    expect(await again.sent()).toEqual([]);
    await again.page.getByRole('button', { name: 'Open', exact: true }).click();
    expect(await again.sent()).toEqual([{ type: 'openResult', result: 0 }]);
    await again.close();
  });

  test.each([null, 'nonsense', { key: 7, tab: 7, scrolled: 'far' }, { key: 'k1', tab: 'result-9', scrolled: { overview: 'x' } }])('that makes no sense is left: %j', async (saved) => {
    const again = await harness.open({ saved });
    await again.tell(about(job()));
    expect(await again.page.locator('[role=tab][aria-selected=true]').innerText()).toBe('Overview');
    expect(await again.harm()).toEqual([]);
    await again.close();
  });
});

test('tabs are moved through with the arrow keys', async () => {
  await shown.tell(about(finished(), heads));
  await shown.page.getByRole('tab', { name: 'Overview' }).focus();
  await shown.page.keyboard.press('ArrowRight');
  expect([await selectedTab(), await focused()]).toEqual(['output1', 'tab-result-0']);
  expect(await shown.sent()).toEqual([{ type: 'openResult', result: 0 }]);
});
