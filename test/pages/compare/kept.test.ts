// What a comparison on the page keeps where the two are compared once more: order and layout by columns, places, and the change one is at.

import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TableView } from '../../../src/model/view';
import { compare as comparison, differs as differing, found, view, type Compare } from '../support/compareSamples';
import { startHarness, type Harness } from '../support/harness';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness('compare');
});
afterAll(() => harness.close());

// Here the page is told which columns are before and after.
const differs: Compare['compared'][number] = { ...differing, sides: { 1: 'change', 2: 'before', 3: 'after' } };
const compare = (parts: Partial<Compare> = {}): Compare => comparison({ compared: [differs], ...parts });

test('a place is kept for its own tolerance only', async () => {
  const scroll = { row: 40, left: 0 };
  const looks = [{ key: 'one two', tables: { 0: { scroll } } }];
  const rows = Array.from({ length: 90 }, (_, number) => ({ number, cells: [String(number + 1), 'changed', '0.1', '0.3'] }));
  const long = { ...view, rows, totalRows: 90, matchedRows: 90 };
  const top = async (tolerance: string): Promise<string | null> => {
    const { page, tell, close } = await harness.open({ height: 500, saved: { key: 'one two', output: 0, looks } });
    await tell(compare({ tolerance, views: [long] }));
    await page.locator('.grid .row').first().waitFor();
    const shown = await page.locator('.grid').evaluate((grid) => String([grid, ...grid.querySelectorAll('*')].some((each) => each.scrollTop > 0)));
    await close();
    return shown;
  };
  expect([await top('0'), await top('0.5')]).toEqual(['true', 'false']);
});

test('the head of a column tells how it differs, and a sort comes back to a column that has moved', async () => {
  const { page, tell, sent, saved, close } = await harness.open();
  await tell(compare());
  expect(await page.locator('.band').getAttribute('title')).toBe('score\n2 rows differ');
  expect(await page.getByRole('columnheader', { name: 'before' }).getAttribute('title')).toBe('before\n2 rows differ');
  await page.getByRole('columnheader', { name: 'after' }).click();
  expect((await sent()).at(-1)).toMatchObject({ type: 'arrange', query: { sort: { column: 3 } } });
  const state = await saved();
  await close();
  const again = await harness.open({ saved: state });
  const sent1 = { name: 'Id', group: 'Sent', kind: 'text' as const };
  const moved = { ...view, columns: [...view.columns.slice(0, 2), sent1, ...view.columns.slice(2)], rows: view.rows.map(({ number, cells }) => ({ number, cells: [...cells.slice(0, 2), '5', ...cells.slice(2)] })) };
  await again.tell(compare({ views: [moved] }));
  expect(await again.sent()).toEqual([{ type: 'arrange', table: 0, query: { sort: { column: 4, descending: false }, filters: [] } }]);
  await again.close();
  const gone = await harness.open({ saved: state });
  await gone.tell(compare({ views: [{ ...view, columns: view.columns.slice(0, 2), rows: [] }] }));
  // Nothing is asked for but rows, and nothing is said.
  expect((await gone.sent()).filter(({ type }) => type !== 'rows')).toEqual([]);
  expect(await gone.page.locator('.viewer-problem').allInnerTexts()).toEqual(['', '']);
  await gone.close();
});

/** The same columns with one more in front of those that differ, as another tolerance or other rows bring them. */
function withOneMore(shown: TableView): TableView {
  const more = { name: 'Id', kind: 'text' as const };
  return {
    ...shown, columns: [...shown.columns.slice(0, 2), more, ...shown.columns.slice(2)],
    rows: shown.rows.map(({ number, cells }) => ({ number, cells: [...cells.slice(0, 2), '5', ...cells.slice(2)] })),
  };
}

test.each<[string, Partial<Compare>, sorted: number]>([
  // The cells that were after are before now.
  ['the two change places', { key: 'two one', compared: [{ ...differs, sides: { 1: 'change', 3: 'before', 4: 'after' } }] }, 3],
  ['all rows are shown', { allRows: true }, 4], ['there is another tolerance', { tolerance: '0.1' }, 4],
])('rows stay sorted and columns hidden where %s, by the column and not by its place', async (_name, otherwise, sorted) => {
  const { page, tell, sent, saved, close } = await harness.open();
  await tell(compare());
  await page.getByRole('columnheader', { name: 'after' }).click();
  await page.getByRole('columnheader', { name: 'before' }).getByRole('button').click();
  await page.locator('.menu-item').filter({ hasText: 'Hide' }).first().click();
  const sort = { column: 3, descending: false };
  await tell({ type: 'table', table: 0, view: { ...view, stamp: 2, query: { sort, filters: [] } } });
  const before = (await sent()).length;
  const moved = withOneMore(view);
  await tell(compare({ views: [moved], ...otherwise }));
  expect((await sent()).slice(before).filter(({ type }) => type === 'arrange')).toEqual([
    { type: 'arrange', table: 0, query: { sort: { column: sorted, descending: false }, filters: [] } },
  ]);
  await tell({ type: 'table', table: 0, view: { ...moved, stamp: 3, query: { sort: { column: sorted, descending: false }, filters: [] } } });
  expect(await page.getByRole('columnheader', { name: 'after' }).getAttribute('aria-sort')).toBe(sorted === 4 ? 'ascending' : null);
  expect(await page.getByRole('columnheader', { name: 'before' }).count()).toBe(0);
  // It is kept for a reload too, and two others know nothing of it.
  const state = await saved();
  await close();
  const again = await harness.open({ saved: state });
  await again.tell(compare({ views: [moved], ...otherwise }));
  expect((await again.sent()).filter(({ type }) => type === 'arrange')).toHaveLength(1);
  await again.tell(compare({ key: 'one three' }));
  expect((await again.sent()).filter(({ type }) => type === 'arrange')).toHaveLength(1);
  await again.close();
});

test('the change that one is at is told with what is to be compared otherwise, and asked for when the rows are in order', async () => {
  const { page, tell, sent, close } = await harness.open({ width: 1100 });
  await tell(compare());
  const field = page.getByRole('textbox', { name: 'Tolerance for numbers' });
  await field.fill('0.1');
  await field.press('Enter');
  // Nobody is anywhere yet.
  expect((await sent()).at(-1)).toEqual({ type: 'tolerance', comparison: 1, text: '0.1' });
  await page.getByRole('columnheader', { name: 'after' }).click();
  const query = { sort: { column: 3, descending: false }, filters: [] };
  await tell({ type: 'table', table: 0, view: { ...view, stamp: 2, query } });
  await page.getByRole('button', { name: 'Next Change' }).click();
  await tell(found(2));
  const at = { output: 0, from: { row: 1, column: 3 }, columns: [0, 1, 2, 3] };
  await field.fill('0.2');
  await field.press('Enter');
  expect((await sent()).at(-1)).toEqual({ type: 'tolerance', comparison: 1, text: '0.2', at });
  await page.getByRole('button', { name: 'Only Changes' }).click();
  expect((await sent()).at(-1)).toEqual({ type: 'allRows', comparison: 1, on: true, at });
  await page.getByRole('button', { name: 'Swap' }).click();
  expect((await sent()).at(-1)).toEqual({ type: 'swap', comparison: 1, at });
  await field.focus();
  await tell({ type: 'comparing', key: 'one two' }, compare({ tolerance: '0.2', stay: 0 }));
  const asked = async (): Promise<readonly unknown[]> => (await sent()).filter(({ type }) => type === 'sameChange');
  expect(await asked()).toEqual([]);
  await tell({ type: 'table', table: 0, view: { ...view, stamp: 4, query } });
  expect(await asked()).toEqual([{ type: 'sameChange', comparison: 1, output: 0, columns: [0, 1, 2, 3] }]);
  await tell({ type: 'table', table: 0, view: { ...view, stamp: 4, query } });
  expect(await asked()).toHaveLength(1);
  await tell(found(1));
  expect(await page.locator('.compare-place').innerText()).toBe('1 of 2');
  expect(await page.locator('.cell.active').textContent()).toBe('0.3');
  expect(await page.evaluate(`document.activeElement.getAttribute('data-focus')`)).toBe('tolerance');
  // Where the rows are in order at once, it is asked for at once.
  await tell(compare({ tolerance: '0.2', stay: 0, views: [{ ...view, stamp: 5, query }] }));
  expect(await asked()).toHaveLength(2);
  await close();
});

test('the names of a single row tell how a column differs too', async () => {
  const { page, tell, close } = await harness.open();
  const [first, second, before, after] = view.columns;
  const columns = [first, second, before, after && { ...after, type: 'Double', detail: '2 rows differ' }].flatMap((column) => column ?? []);
  await tell(compare({ views: [{ ...view, columns, rows: view.rows.slice(0, 1), totalRows: 1, matchedRows: 1 }] }));
  expect(await page.getByRole('heading', { name: 'score' }).getAttribute('title')).toBe('2 rows differ');
  const titles = await page.locator('.row-list tbody th').evaluateAll((heads) => heads.map((each) => each.getAttribute('title')));
  expect(titles).toEqual([null, null, '2 rows differ', 'after (Double) · 2 rows differ']);
  await close();
});
