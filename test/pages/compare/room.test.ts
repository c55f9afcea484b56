// The first line of a comparison at the widths that panels have: what stays whole, and what gives way to it.

import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import type { ComparedHead, ToComparePage } from '../../../src/features/history/messages';
import type { TableView } from '../../../src/model/view';
import { startHarness, type AnswerPage, type Harness } from '../support/harness';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness('compare');
});
afterAll(() => harness.close());

const head: ComparedHead = { service: 'Iris', source: 'day.json', startedAt: new Date(2026, 4, 12, 0, 42, 54).getTime(), durationMs: 143, status: 200 };
const view: TableView = {
  name: 'output1', columns: [{ name: 'Row', kind: 'text' }], totalRows: 2, stamp: 1, query: { filters: [] }, matchedRows: 2, notes: [], scripts: [],
  rows: [{ number: 0, cells: ['1'] }, { number: 1, cells: ['2'] }],
};
const chip = '1 of 12 rows differs';
const within = '11 of 12 rows differ beyond 0.01';
const sent = '1 row was sent with other values than before.';
const message = (one: string, other: string, difference: string): ToComparePage => ({
  type: 'compare', key: 'one two', comparison: 1, first: 1, before: { ...head, source: one }, after: { ...head, source: other, startedAt: head.startedAt + 1000 }, views: [view],
  compared: [{ name: 'output1', same: false, hasChanges: true, facts: [difference], difference, columns: [], sides: {} }], notes: [], same: false, allRows: false, tolerance: '0',
});

/** The texts of the line that are shown, in their order; one that is cut ends in an ellipsis. */
function texts(page: Page): Promise<readonly string[]> {
  return page.locator('.header :is(.badge-text, .compare-file, time)').evaluateAll((all) =>
    all.filter((each) => each.checkVisibility()).map((each) => `${each.textContent ?? ''}${each.scrollWidth > each.clientWidth ? '…' : ''}`));
}

async function shown(width: number, one: string, other: string, difference = chip): Promise<AnswerPage> {
  const opened = await harness.open({ width });
  await opened.tell(message(one, other, difference));
  await opened.page.getByRole('button', { name: 'Next Change' }).click();
  await opened.tell({ type: 'change', output: 0, place: { row: 0, column: 0, index: 1, total: 2 } });
  expect(await opened.page.locator('.header').evaluate((line) => line.scrollWidth - line.clientWidth)).toBe(0);
  return opened;
}

test.each([
  [660, 'day.json', 'day.json', [chip, 'day.json', '00:42:54', 'day.json', '00:42:55'], 1],
  [500, 'day.json', 'day.json', [chip, 'day.json', '00:42:54', '00:42:55'], 0],
  [320, 'day.json', 'day.json', [chip], 1],
  [900, 'monday-request.json', 'tuesday-request.json', [chip, 'monday-request.json', '00:42:54', 'tuesday-request.json', '00:42:55'], 1],
  [660, 'monday-request.json', 'tuesday-request.json', [chip, 'monday-request.json', 'tuesday-request.json'], 0],
  [500, 'monday-request.json', 'tuesday-request.json', [chip, 'monday-request.json…', 'tuesday-request.json…'], 0],
])('at %i px %s and %s', async (width, one, other, expected, place) => {
  const { page, close } = await shown(width, one, other);
  expect(await texts(page)).toEqual(expected);
  expect(await page.locator('.compare-place:visible').count()).toBe(place);
  // What does the work stays, and the menu has what went.
  expect(await page.getByRole('button', { name: 'Next Change' }).isVisible()).toBe(true);
  await page.getByRole('button', { name: 'More Actions' }).click();
  expect(await page.locator('.menu-item').allInnerTexts()).toContain('Tolerance for Numbers…');
  await close();
});

test.each([
  [460, 'day.json', 'day.json', chip, [chip, '00:42:54', '00:42:55']],
  [460, 'day.json', 'day.json', within, [within]],
  [460, 'credit.jsonc', 'days.csv', chip, [chip, 'credit.jsonc', 'days.csv']],
  [420, 'day.json', 'day.json', within, [within]],
  [660, 'day.json', 'day.json', within, [within, 'day.json', '00:42:54', 'day.json', '00:42:55']],
])('at %i px of %s and %s, the words %s stay whole', async (width, one, other, words, expected) => {
  const { page, close } = await shown(width, one, other, words);
  expect(await texts(page)).toEqual(expected);
  expect(await page.locator('.compare-arrow:visible').count()).toBe(expected.length > 1 ? 1 : 0);
  await close();
});

test('what went is in the tooltips of the two', async () => {
  const { page, close } = await shown(500, 'day.json', 'day.json');
  expect(await page.locator('.compare-fact').evaluateAll((facts) => facts.map((each) => each.getAttribute('title')))).toEqual(
    [expect.stringMatching(/^day\.json · Iris · .*00:42:54/), expect.stringMatching(/^day\.json · Iris · .*00:42:55/)]);
  await close();
});

test.each([
  [850, [`${sent}…`, 'day.json', '00:42:54', 'day.json', '00:42:55']],
  [660, [`${sent}…`, '00:42:54', '00:42:55']],
  [500, [`${sent}…`]],
])('at %i px of a long sentence its beginning, and the two whole or not at all', async (width, expected) => {
  const { page, close } = await shown(width, 'day.json', 'day.json', sent);
  expect(await texts(page)).toEqual(expected);
  await close();
});
