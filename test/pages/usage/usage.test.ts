// The page of usage in a real browser: pictures, tables, narrowing, who is refused, what goes wrong, the keyboard, hostile names, its looks.

import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startHarness, type AnswerPage, type Harness, type OpenOptions } from '../support/harness';
import type { ThemeName } from '../support/themes';
import type { UsageState } from '../../../src/features/apim/usage/messages';
import { noUsage } from '../../../src/features/apim/usage/usageView';
import { breakdowns, now, readOf, stateOf, waves } from './usageSamples';

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

const looks: readonly (readonly [string, ThemeName, number, number])[] = [
  ['dark', 'dark', 1000, 1100], ['light', 'light', 660, 1300], ['contrast', 'contrast', 1000, 1100], ['contrast-light', 'contrast-light', 1000, 1100], ['narrow', 'dark', 320, 1600],
];

test.each(looks)('%s: nothing is cut off, and axe finds nothing', async (name, theme, width, height) => {
  const page = await opened(stateOf(readOf(waves(96, quarter))), { theme, width, height });
  await page.picture(`usage-${name}`);
  expect(await page.axe()).toEqual([]);
  expect(await page.page.evaluate('document.querySelector(".usage-charts").scrollWidth - document.querySelector(".usage-charts").clientWidth')).toBe(0);
});
