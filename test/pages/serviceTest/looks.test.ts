// The looks of the page of a service's test: themes, widths, many columns, hostile names.

import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { TestState } from '../../../src/features/tryIt/test/messages';
import { startHarness, type Harness } from '../support/harness';
import { iris, single } from '../support/samples';
import type { ThemeName } from '../support/themes';
import { answer, Editor, flat, flatText, goodDay, openTest } from '../support/testSamples';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness('serviceTest');
});
afterAll(() => harness.close());
afterEach(() => harness.closePages());

test('names and values are texts, whatever they hold', async () => {
  const hostile = '<img src=x onerror="window.__pwned=1">\u202E${x}{{y}}';
  const long = 'x'.repeat(10_000);
  const row = Object.fromEntries([hostile, '__proto__', long, 'constructor', '\ud800'].map((name) => [name, hostile]));
  const text = JSON.stringify({ Inputs: { [hostile]: [row, row], [long]: [row] }, GlobalParameters: { [hostile]: hostile } });
  const editor = new Editor(text);
  const page = await openTest(harness, editor, { title: hostile, workspace: long, notes: [hostile], answer: answer({ tables: [], text: hostile, notes: [hostile] }) }, { width: 660 });
  expect(editor.request.isForm).toBe(true);
  expect(await page.page.locator('img').count()).toBe(0);
  expect(await page.axe()).toEqual([]);
  expect(await page.page.evaluate('document.querySelector(".test-body").scrollWidth - document.querySelector(".test-body").clientWidth')).toBe(0);
  await page.picture('test-hostile');
  expect(await page.harm()).toEqual([]);
});

test('two hundred columns are drawn, in rows and as lines', async () => {
  const names = Array.from({ length: 200 }, (_, at) => `Column ${at}`);
  const rows = (count: number): string => JSON.stringify({ Inputs: { input1: { ColumnNames: names, Values: Array.from({ length: count }, () => names.map(() => '1')) } } });
  const editor = new Editor(rows(5));
  const page = await harness.open();
  const began = performance.now();
  await page.tell(editor.state());
  expect(await page.page.locator('.form-table td').count()).toBe(1_000);
  expect(performance.now() - began).toBeLessThan(5_000);
  await page.picture('test-wide');
  const one = new Editor(rows(1));
  await page.tell({ ...one.state(), filled: 7 });
  expect(await page.page.locator('.form-line').count()).toBe(200);
  await page.picture('test-many-columns');
});

const looks: readonly (readonly [string, ThemeName, number, number])[] = [
  ['dark', 'dark', 1000, 800], ['light', 'light', 660, 900], ['contrast', 'contrast', 1000, 800], ['contrast-light', 'contrast-light', 1000, 800], ['narrow', 'dark', 320, 900],
];
const contents: readonly (readonly [string, () => Editor, Partial<TestState>])[] = [
  ['row', () => new Editor(flatText, flat), { answer: answer(), notes: ['Filled in with the sample values of the service’s description.'] }],
  ['good-day', () => new Editor(goodDay), { answer: answer() }],
  ['table', () => new Editor(flatText.replace('}]}', '},{"Kind":"elm","Height":null,"Age":4.5,"Alive":false,"Planted":"?","Seen":null}]}'), flat), { answer: answer({ tables: [iris, single] }) }],
  ['inputs', () => new Editor('{"Inputs":{"trees":[{"Kind":"oak"}],"soils":[{"pH":5.5,"Wet":true}]},"GlobalParameters":{"Trials":"3"}}'), {}],
  ['empty', () => new Editor('{"Inputs":{"input1":[{}]},"GlobalParameters":{}}'), { notes: ['The gateway at h.example does not pass on the description of "Trees" (404).'] }],
  ['json', () => {
    const editor = new Editor(goodDay);
    editor.request.asJson();
    return editor;
  }, { ways: [{ id: 'https://h.example/s', label: 'Trees (this one)' }, { id: 'x', label: 'Trees at the gateway' }] }],
  ['failed', () => new Editor(goodDay), { answer: answer({ status: 401, statusText: 'Unauthorized', tables: [], problem: { sentence: 'Tree heights does not accept its API key (401).', advice: 'Copy the key once more.', actions: ['setServiceKey'] } }) }],
];

describe.each(contents)('%s', (name, make, more) => {
  test.each(looks)('%s: nothing is cut off, and axe finds nothing', async (look, theme, width, height) => {
    const page = await openTest(harness, make(), more, { theme, width, height });
    expect(await page.axe()).toEqual([]);
    expect(await page.page.evaluate('document.querySelector(".test-body").scrollWidth - document.querySelector(".test-body").clientWidth')).toBe(0);
    await page.picture(`test-${name}-${look}`);
  });
});
