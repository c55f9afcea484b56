// The page of usage where there is little room: its tabs beside the tools of a table, and all of it at twice the size.

import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { startHarness, type AnswerPage, type Harness, type OpenOptions } from '../support/harness';
import type { UsageState } from '../../../src/features/apim/usage/messages';
import { readOf, stateOf, waves } from './usageSamples';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness('usage');
});
afterAll(() => harness.close());
afterEach(() => harness.closePages());

const quarter = 15 * 60_000;

async function opened(state: UsageState, options: OpenOptions = {}): Promise<AnswerPage> {
  const page = await harness.open(options);
  await page.tell(state);
  await page.tell();
  return page;
}

test('tabs keep their room beside the tools of a table', async () => {
  const day = readOf(waves(96, quarter));
  const page = await opened(stateOf(day), { width: 440 });
  await page.page.getByRole('tab', { name: 'By API' }).click();
  await page.tell(stateOf(day, { part: 'api' }), {
    type: 'table', table: 1, view: {
      name: 'By API', columns: [{ name: 'API', kind: 'text' }, { name: 'Calls', kind: 'number' }], totalRows: 1, matchedRows: 1, stamp: 1,
      query: { filters: [] }, rows: [{ number: 0, cells: ['AzureML Demo API', '1150'] }], notes: [], scripts: [],
    },
  });
  const list = page.page.getByRole('tablist');
  expect(await list.evaluate((row) => row.clientWidth)).toBeGreaterThan(240);
  expect(await page.page.locator('.tab-line').evaluate((line) => line.scrollWidth - line.clientWidth)).toBe(0);
  await page.picture('usage-table-narrow');
  expect(await page.axe()).toEqual([]);
  await page.page.getByRole('tab', { name: 'Charts' }).click();
  expect(await page.page.locator('.usage-charts').isVisible()).toBe(true);
});

test('at twice the size all is there', async () => {
  const page = await opened(stateOf(readOf(waves(96, quarter))), { width: 500, height: 400, scale: 2 });
  expect(await page.page.locator('.usage-charts').evaluate((charts) => charts.scrollWidth - charts.clientWidth)).toBe(0);
  await page.page.getByRole('button', { name: /^Starter \/ team-a/ }).scrollIntoViewIfNeeded();
  expect(await page.page.getByRole('button', { name: /^Starter \/ team-a/ }).isVisible()).toBe(true);
});
