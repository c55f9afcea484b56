// How the answer page looks in every state: no rule of accessibility is broken, nothing hangs over the edge, and a picture is taken.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startHarness, type Harness } from '../support/harness';
import { states } from '../support/samples';
import type { ThemeName } from '../support/themes';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.close());

const looks: readonly { readonly name: string; readonly theme: ThemeName; readonly width: number; readonly height: number }[] = [
  { name: 'dark', theme: 'dark', width: 900, height: 640 },
  { name: 'light', theme: 'light', width: 1400, height: 800 },
  { name: 'contrast', theme: 'contrast', width: 700, height: 560 },
  { name: 'contrast-light', theme: 'contrast-light', width: 700, height: 560 },
  { name: 'narrow', theme: 'dark', width: 320, height: 560 },
];
const overhang = `[document.documentElement, document.body, document.getElementById('root')].map((each) => each.scrollWidth - each.clientWidth)`;

describe.each(looks)('$name', ({ name, theme, width, height }) => {
  test.each(Object.keys(states))('%s', async (key) => {
    const answer = await harness.open({ theme, width, height, reducedMotion: true });
    const { state, run } = states[key] ?? {};
    expect.assert(state);
    await answer.show(state, run);
    await answer.picture(`${key}-${name}`);
    expect(await answer.axe()).toEqual([]);
    for (const tab of ['Body', 'Headers', 'Request', /^output1/]) {
      const button = answer.page.getByRole('tab', { name: tab }).first();
      if (await button.count() === 0) continue;
      await button.click();
      if (key === 'answered' || key === 'page') {
        await answer.picture(`${key}-${String(tab).toLowerCase()}-${name}`);
        expect(await answer.axe()).toEqual([]);
      }
      expect(await answer.page.evaluate(overhang)).toEqual([0, 0, 0]);
    }
    expect(await answer.harm()).toEqual([]);
    await answer.close();
  });
});
