// How the job page looks in every state: no rule of accessibility is broken, nothing hangs over the edge, and a picture is taken.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startHarness, type Harness } from '../support/harness';
import { jobStates } from '../support/jobSamples';
import type { ThemeName } from '../support/themes';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness('job');
});
afterAll(() => harness.close());

const looks: readonly { readonly name: string; readonly theme: ThemeName; readonly width: number; readonly height: number }[] = [
  { name: 'dark', theme: 'dark', width: 900, height: 640 },
  { name: 'light', theme: 'light', width: 1400, height: 800 },
  { name: 'contrast', theme: 'contrast', width: 700, height: 560 },
  { name: 'contrast-light', theme: 'contrast-light', width: 700, height: 560 },
  { name: 'narrow', theme: 'dark', width: 320, height: 560 },
];
const overhang = `[document.documentElement, document.body, document.getElementById('root'), ...document.querySelectorAll('.overview')].map((each) => each.scrollWidth - each.clientWidth).filter((each) => each > 0)`;

describe.each(looks)('$name', ({ name, theme, width, height }) => {
  test.each(Object.keys(jobStates))('%s', async (key) => {
    const shown = await harness.open({ theme, width, height, reducedMotion: true });
    const messages = jobStates[key];
    expect.assert(messages);
    await shown.tell(...messages);
    await shown.picture(`job-${key}-${name}`);
    expect(await shown.axe()).toEqual([]);
    expect(await shown.page.evaluate(overhang)).toEqual([]);
    const summaries = await shown.page.locator('summary:visible').all();
    if (summaries.length > 0) {
      for (const summary of summaries) await summary.click();
      await shown.picture(`job-${key}-details-${name}`);
      expect(await shown.axe()).toEqual([]);
      expect(await shown.page.evaluate(overhang)).toEqual([]);
    }
    expect(await shown.harm()).toEqual([]);
    await shown.close();
  });
});
