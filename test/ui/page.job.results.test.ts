// The results on the job page: tables that are read on, files, failures; and what of all that comes back when the page was hidden.

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ToJobPage } from '../../src/messages';
import { startHarness, type AnswerPage, type Harness } from './page/harness';
import { about, finished, heads, job, jobStates, tableView } from './page/jobSamples';
import { grid, gridRows } from './page/samples';

let harness: Harness;
let shown: AnswerPage;
beforeAll(async () => {
  harness = await startHarness('job');
});
afterAll(() => harness.close());
beforeEach(async () => {
  shown = await harness.open();
});
afterEach(async () => {
  expect(await shown.harm()).toEqual([]);
  await shown.page.context().close();
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

  test('are tables with more rows, rows that are read on, copies and files', async () => {
    await state('table');
    expect(await shown.page.locator('.output-size').innerText()).toBe('first 50 of 10,003 rows × 6 columns');
    expect(await text('.output-footer')).toContain('1.3 MB of 250 MB read');
    await press('Show 1,000 more rows');
    await shown.tell({ type: 'rows', table: 0, from: 50, rows: gridRows(50, 100, 6) });
    await expect.poll(() => shown.page.locator('.grid tbody tr').count()).toBe(150);
    await press('Read on: next 10,000 rows');
    await press('Copy as TSV');
    await press('Save As…');
    await shown.page.locator('.grid td').first().click();
    expect(await text('.inspector-where')).toBe('Row 1, column 1 (String)');
    expect((await shown.sent()).slice(1)).toEqual([{ type: 'moreRows', table: 0, from: 50 }, { type: 'readOn', result: 0 }, { type: 'copy', what: 'table', table: 0 }, { type: 'saveResult', result: 0 }]);
  });

  test('take what was read on without losing rows, place or focus', async () => {
    await state('table');
    await shown.page.evaluate('document.querySelector(".scroller").scrollTop = 300');
    await shown.page.getByRole('button', { name: 'Read on: next 10,000 rows' }).focus();
    await result(0, tableView({ busy: true }));
    expect(await text('[data-focus=read-on-0]')).toBe('Reading…');
    await shown.page.keyboard.press('Enter');
    await result(0, tableView({ table: { ...grid(50, 6), name: 'output1', totalRows: 200_006, availableRows: 200_006, notes: ['Line 7 has 2 cells, the header has 6.'] }, readBytes: 2_621_440 }));
    expect(await text('.output-footer')).toContain('2.5 MB of 250 MB read');
    expect(await text('.output-notes')).toContain('Line 7');
    expect([await focused(), await shown.page.evaluate('document.querySelector(".scroller").scrollTop'), await shown.page.locator('.grid tbody tr').count()]).toEqual(['read-on-0', 300, 50]);
    expect(await shown.page.locator('.grid').getAttribute('aria-rowcount')).toBe('200007');
    expect(await shown.sent()).toEqual([{ type: 'openResult', result: 0 }]);
    await result(0, tableView({ table: { ...grid(50, 6), name: 'output1', totalRows: 200_006, availableRows: 200_006 }, more: false }));
    expect(await shown.page.locator('.output-footer').innerText()).not.toContain('Read on');
  });

  test('whose rows were all drawn show those that were read on', async () => {
    await shown.tell(about(finished(), heads, { open: 0 }));
    await result(0, tableView({ table: { ...grid(50, 6), name: 'output1' } }));
    expect(await text('.output-footer')).not.toContain('Show');
    await result(0, tableView({ table: { ...grid(50, 6), name: 'output1', totalRows: 60, availableRows: 60 } }));
    expect((await shown.sent()).at(-1)).toEqual({ type: 'moreRows', table: 0, from: 50 });
    await shown.tell({ type: 'rows', table: 0, from: 50, rows: gridRows(50, 10, 6) });
    expect(await shown.page.locator('.output-size').innerText()).toBe('60 rows × 6 columns');
  });

  test('that were read anew are drawn anew', async () => {
    await state('cut');
    expect(await text('.result-problem .problem')).toContain('has changed');
    await press('Read Anew');
    expect((await shown.sent()).at(-1)).toEqual({ type: 'openResult', result: 0 });
    await result(0, tableView({ table: { ...grid(3, 2), name: 'output1' }, more: false }));
    expect(await shown.page.locator('.grid tbody tr').count()).toBe(3);
    expect(await shown.page.locator('.result-problem').isVisible()).toBe(false);
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
    await result(0, tableView({ table: { ...grid(0, 0), name: 'output1' }, more: false }));
    expect(await text('.output .empty')).toBe('The file holds no rows.');
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
    expect(await shown.page.getByRole('tab').allInnerTexts()).toEqual(['Overview', 'output1', 'model']);
    expect(await line()).toBe(before);
    expect(await focused()).toBe('overview');
    expect(await text('[role=status]')).toBe('customers-2026-05.csv: Finished.');
  });
});

describe('what was looked at', () => {
  test('is kept, and comes back for the same job only', async () => {
    await state('table');
    await shown.page.evaluate('document.querySelector(".scroller").scrollTop = 300');
    await expect.poll(() => shown.saved()).toEqual({ key: 'k1', tab: 'result-0', scrolled: { 'result-0': [0, 300] } });
    const saved = await shown.saved();
    const again = await harness.open({ saved });
    await again.tell(about(finished(), heads), { type: 'result', index: 0, result: tableView() });
    expect(await again.page.locator('[role=tab][aria-selected=true]').innerText()).toBe('output1');
    await expect.poll(() => again.page.evaluate('document.querySelector(".scroller").scrollTop')).toBe(300);
    expect(await again.sent()).toEqual([]);
    await again.tell(about(finished(), heads, { key: 'k2' }));
    expect(await again.page.locator('[role=tab][aria-selected=true]').innerText()).toBe('Overview');
    expect(await again.saved()).toEqual({ key: 'k2', scrolled: {} });
    await again.page.context().close();
  });

  test('is not read from storage by itself after a reload', async () => {
    const again = await harness.open({ saved: { key: 'k1', tab: 'result-0', scrolled: {} } });
    await again.tell(about(finished(), heads));
    expect(await again.page.locator('.placard h2').innerText()).toBe('Not read yet');
    expect(await again.sent()).toEqual([]);
    await again.page.getByRole('button', { name: 'Open', exact: true }).click();
    expect(await again.sent()).toEqual([{ type: 'openResult', result: 0 }]);
    await again.page.context().close();
  });

  test.each([null, 'nonsense', { key: 7, tab: 7, scrolled: 'far' }, { key: 'k1', tab: 'result-9', scrolled: { overview: 'x' } }])('that makes no sense is left: %j', async (saved) => {
    const again = await harness.open({ saved });
    await again.tell(about(job()));
    expect(await again.page.locator('[role=tab][aria-selected=true]').innerText()).toBe('Overview');
    expect(await again.harm()).toEqual([]);
    await again.page.context().close();
  });
});
