// The parts that all pages are made of, by their examples: no rule of accessibility is broken, nothing is lost, and a picture is taken.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startHarness, type AnswerPage, type Harness, type OpenOptions } from '../support/harness';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness('kit/examples');
});
afterAll(() => harness.close());

const looks: readonly (OpenOptions & { readonly name: string })[] = [
  { name: 'dark', theme: 'dark', width: 900, height: 3500 },
  { name: 'light', theme: 'light', width: 900, height: 3500 },
  { name: 'contrast', theme: 'contrast', width: 700, height: 3500 },
  { name: 'contrast-light', theme: 'contrast-light', width: 700, height: 3500 },
  { name: 'narrow', theme: 'light', width: 320, height: 3900 },
  { name: 'twice', theme: 'dark', width: 450, height: 3700, scale: 2 },
];

async function look(options: OpenOptions, steps: (shown: AnswerPage) => Promise<void>): Promise<void> {
  const shown = await harness.open({ ...options, reducedMotion: true });
  await shown.page.locator('.examples').waitFor();
  await steps(shown);
  expect(await shown.harm()).toEqual([]);
  await shown.close();
}

test.each(looks)('$name', async ({ name, ...options }) => {
  await look(options, async (shown) => {
    await shown.page.locator('.grid .row').first().waitFor();
    await shown.picture(`kit-${name}`);
    expect(await shown.axe()).toEqual([]);
    expect(await shown.page.evaluate('[document.documentElement, document.body, document.getElementById("root")].map((each) => each.scrollWidth - each.clientWidth)')).toEqual([0, 0, 0]);
    await shown.page.getByRole('button', { name: 'Open the Menu' }).click();
    await shown.picture(`kit-menu-${name}`);
    expect(await shown.axe()).toEqual([]);
    await shown.page.keyboard.press('Escape');
    for (const button of await shown.page.getByRole('button', { name: /^As Table/ }).all()) await button.click();
    await shown.picture(`kit-tables-${name}`);
    expect(await shown.axe()).toEqual([]);
  });
});

describe('a line that has no room', () => {
  test('gives up what is least important first, and its menu has the actions', async () => {
    const facts = (shown: AnswerPage): Promise<string[]> => shown.page.locator('.header .facts li:visible').evaluateAll((lines) => lines.map((line) => line.textContent ?? ''));
    await look({ width: 900 }, async (shown) => {
      expect(await facts(shown)).toEqual(['Source: sample-request.json', 'Duration: 22 ms', 'Received: 407 B', 'Time: 18:47:03']);
      const goes = ['Received: 407 B', 'Time: 18:47:03', 'Duration: 22 ms', 'Source: sample-request.json'];
      let gone = 0;
      for (let width = 880; width > 400; width -= 40) {
        await shown.page.setViewportSize({ width, height: 640 });
        await expect.poll(async () => [(await facts(shown)).some((fact) => goes.slice(0, gone).includes(fact)), await shown.page.locator('.header').evaluate((line) => line.scrollWidth - line.clientWidth)]).toEqual([false, 0]);
        const left = await facts(shown);
        gone = goes.findIndex((fact) => left.includes(fact));
        if (gone < 0) gone = goes.length;
        expect(left.toSorted()).toEqual(goes.slice(gone).toSorted());
      }
      await shown.page.setViewportSize({ width: 240, height: 640 });
      await expect.poll(() => facts(shown)).toEqual([]);
      expect(await shown.page.locator('.header').evaluate((line) => [line.clientHeight, line.scrollWidth - line.clientWidth])).toEqual([38, 0]);
      const others = shown.page.getByRole('button', { name: 'More Actions' });
      await others.focus();
      await shown.page.keyboard.press('Enter');
      expect(await shown.page.getByRole('menuitem').allInnerTexts()).toEqual(['Copy as Code…', 'Open Request', 'Save Body As…']);
      await shown.page.keyboard.press('Escape');
      expect(await shown.page.evaluate('document.activeElement.getAttribute("data-focus")')).toBe('more-actions');
      await shown.page.setViewportSize({ width: 900, height: 640 });
      await expect.poll(() => facts(shown)).toHaveLength(4);
    });
  });

  test('keeps the focus in it when what has the focus goes', async () => {
    await look({ width: 900 }, async (shown) => {
      await shown.page.getByRole('button', { name: 'Copy as Code…' }).focus();
      await shown.page.setViewportSize({ width: 230, height: 640 });
      await expect.poll(() => shown.page.evaluate('document.activeElement.closest(".header") !== null')).toBe(true);
    });
  });

  test('has the search as a sign, which becomes the whole line', async () => {
    await look({ width: 260 }, async (shown) => {
      const search = shown.page.locator('.search-text');
      const width = async (): Promise<number> => (await shown.page.locator('.search').boundingBox())?.width ?? 0;
      expect(await width()).toBeLessThan(30);
      await search.focus();
      expect(await width()).toBeGreaterThan(200);
      await search.fill('rain');
      for (let times = 0; times < 2; times++) await shown.page.keyboard.press('Tab');
      await expect.poll(width).toBeLessThan(30);
    });
  });
});

describe('tabs without room', () => {
  test('have the selected one in sight, and fade where there is more', async () => {
    await look({ width: 480 }, async (shown) => {
      const list = shown.page.getByRole('tablist', { name: 'Outputs' });
      /** The sides that fade, and whether the selected tab lies between them. */
      const seen = (): Promise<unknown> => shown.page.evaluate(`(() => {
        const row = document.querySelector('[role=tablist][aria-label=Outputs]');
        const [place, tab] = [row, row.querySelector('[aria-selected=true]')].map((each) => each.getBoundingClientRect());
        const fades = getComputedStyle(row).maskImage.startsWith('linear-gradient');
        return [['before', 'after'].filter((side) => fades && row.classList.contains('more-' + side)), tab.left >= place.left + 10 && tab.right <= place.right - 10];
      })()`);
      await expect.poll(seen).toEqual([['before', 'after'], true]);
      await list.getByRole('tab', { selected: true }).press('End');
      await expect.poll(seen).toEqual([['before'], true]);
      await list.hover();
      await shown.page.mouse.wheel(0, -9000);
      await expect.poll(seen).toEqual([['after'], false]);
      await shown.page.setViewportSize({ width: 460, height: 640 });
      await expect.poll(seen).toEqual([['before'], true]);
      await list.getByRole('tab', { selected: true }).press('Home');
      await expect.poll(seen).toEqual([['after'], true]);
    });
  });

  test('leave the wheel to the page where they are at their end', async () => {
    await look({ width: 480 }, async (shown) => {
      const turned = (left: number): Promise<boolean> => shown.page.evaluate(`(() => {
        const row = document.querySelector('[role=tablist][aria-label=Outputs]');
        row.scrollLeft = ${left};
        return row.dispatchEvent(new WheelEvent('wheel', { deltaY: 200, cancelable: true }));
      })()`);
      expect([await turned(0), await turned(9000)]).toEqual([false, true]);
    });
  });
});

describe('a chart', () => {
  test('is walked through with the keyboard, and has its numbers as a table', async () => {
    await look({}, async (shown) => {
      const chart = shown.page.getByRole('figure', { name: 'Calls by hour' });
      await chart.locator('.bar').first().focus();
      await shown.page.keyboard.press('ArrowRight');
      expect(await chart.locator('.chart-said').innerText()).toBe('1:00: Succeeded 58, Failed 13, Blocked 13');
      await shown.page.keyboard.press('End');
      expect(await chart.locator('.chart-said').innerText()).toMatch(/^23:00: /);
      await chart.getByRole('button', { name: 'As Table: Calls by hour' }).click();
      expect(await chart.locator('tbody tr').nth(1).locator('th, td').allInnerTexts()).toEqual(['1:00', '58', '13', '13']);
      expect(await chart.locator('.histogram').isVisible()).toBe(false);
    });
  });
});

describe('a chart with gaps', () => {
  test('tells what is not known from what is nothing, by hatching and in words', async () => {
    await look({}, async (shown) => {
      const chart = shown.page.getByRole('figure', { name: 'Calls with gaps' });
      expect(await chart.locator('.bar-gap').count()).toBe(1);
      expect(await chart.locator('.chart-legend').innerText()).toContain('nothing is known');
      const place = chart.getByRole('button', { name: '4:00: nothing is known. Look at it alone.', exact: true });
      await place.hover();
      expect(await chart.locator('.chart-said').innerText()).toBe('4:00: nothing is known');
      await chart.getByRole('button', { name: 'As Table' }).click();
      expect(await chart.locator('tbody tr').nth(4).innerText()).toMatch(/^4:00\s*$/);
      expect(await chart.locator('tbody tr').nth(3).innerText()).toMatch(/^3:00\s+\d/);
    });
  });

  test('has bars with names, which the arrow keys go through', async () => {
    await look({}, async (shown) => {
      const chart = shown.page.getByRole('figure', { name: 'Calls by subscription' });
      await chart.getByRole('button', { name: 'team-a Starter 818 Succeeded 700, Blocked 118. Look at it alone.' }).focus();
      await shown.page.keyboard.press('ArrowUp');
      expect(await shown.page.evaluate('document.activeElement.textContent')).toContain('nobody Unlimited0');
      expect(await chart.locator('.named-bar[tabindex="0"]').count()).toBe(1);
    });
  });
});

describe('a form', () => {
  test('gives what was filled in, and says what is wrong where it is', async () => {
    await look({}, async (shown) => {
      expect(await shown.page.locator('.form-problem:visible').innerText()).toBe('Calls are at least 1.');
      await shown.page.getByRole('textbox', { name: 'Name' }).fill('Unlimited');
      expect(await shown.page.locator('#name').evaluate((field) => Reflect.get(field, 'value'))).toBe('Unlimited');
      await shown.page.getByRole('checkbox').press(' ');
      expect(await shown.page.locator('#by').evaluate((field) => Reflect.get(field, 'checked'))).toBe(false);
    });
  });
});

test('tools without room stand in a menu, the last ones first', async () => {
  await look({}, async (shown) => {
    const tools = shown.page.getByRole('toolbar', { name: 'Tools for Rows' });
    await expect.poll(() => tools.locator('.tool:visible').count()).toBe(3);
    await tools.getByRole('button', { name: 'More Tools' }).click();
    expect(await shown.page.getByRole('menuitem').allInnerTexts()).toEqual(['Export', 'Copy']);
  });
});

test('buttons have the border that the theme gives them, the nearest there is', async () => {
  await look({ theme: 'light' }, async (shown) => {
    const border = (look: string, variables: Readonly<Record<string, string>>): Promise<string> => shown.page.evaluate(`(() => {
      const all = ['button-secondaryBorder', 'button-border', 'contrastBorder'];
      for (const name of all) document.documentElement.style.setProperty('--vscode-' + name, 'initial');
      for (const [name, value] of Object.entries(${JSON.stringify(variables)})) document.documentElement.style.setProperty('--vscode-' + name, value);
      return getComputedStyle(document.querySelector('.button.${look}')).borderTopColor;
    })()`);
    const [secondary, own, contrast] = [{ 'button-secondaryBorder': 'rgb(1, 1, 1)' }, { 'button-border': 'rgb(2, 2, 2)' }, { contrastBorder: 'rgb(3, 3, 3)' }];
    expect(await border('secondary', { ...secondary, ...own, ...contrast })).toBe('rgb(1, 1, 1)');
    expect(await border('secondary', { ...own, ...contrast })).toBe('rgb(2, 2, 2)');
    expect(await border('secondary', contrast)).toBe('rgb(3, 3, 3)');
    expect(await border('secondary', {})).toBe('rgba(0, 0, 0, 0)');
    expect(await border('primary', { ...secondary, ...own, ...contrast })).toBe('rgb(2, 2, 2)');
    expect(await border('primary', { ...secondary, ...contrast })).toBe('rgb(3, 3, 3)');
    expect(await border('primary', secondary)).toBe('rgba(0, 0, 0, 0)');
  });
});

test('bars of progress are drawn by the kit alone', () => {
  const media = join(import.meta.dirname, '..', '..', '..', 'media');
  const drawing = readdirSync(media, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts') && readFileSync(join(media, path), 'utf8').includes("'progressbar'"));
  expect(drawing.map((path) => path.replaceAll('\\', '/'))).toEqual(['kit/progress.ts']);
});

test('what the kit has is styled in the kit alone', () => {
  const media = join(import.meta.dirname, '..', '..', '..', 'media');
  const sheets = readdirSync(media, { recursive: true, encoding: 'utf8' }).map((path) => path.replaceAll('\\', '/')).filter((path) => path.endsWith('.css'));
  const text = (path: string): string => readFileSync(join(media, path), 'utf8').replaceAll(/\/\*[^]*?\*\//g, '');
  /** Selectors by the class that they end in: what is before it says where a part stands, and may be a page's own. */
  const styled = (path: string): string[] => [...text(path).matchAll(/([^{};]+)\{/g)].flatMap(([, selectors]) => (selectors ?? '').split(',')).flatMap((selector) => /^\s*\.([\w-]+)\s*$/.exec(selector)?.[1] ?? []);
  const [ofKit, ofPages] = [sheets.filter((path) => path.startsWith('kit/') && !path.startsWith('kit/examples/')), sheets.filter((path) => !path.startsWith('kit/'))];
  const kit = new Set(ofKit.flatMap(styled));
  expect(kit.size).toBeGreaterThan(60);
  expect(ofPages.flatMap((path) => styled(path).filter((name) => kit.has(name)).map((name) => `${path}: .${name}`))).toEqual([]);
});
