// Test, as a person uses it: a text typed into the form, Enter, the numbers beneath; as JSON and back, as a file, and after a reload. Each test
// goes on from the one before; at the end the sample's key is looked for in what was written.

import type { FrameLocator, Locator } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { openApp, type App } from './person/app';
import { keptInBrowser, leaksBelow, leaksIn, type Secret } from './person/leaks';
import { soon } from './person/patience';
import { tableOnPage } from './person/table';
import { tidyUp } from './person/tidy';

const service = 'SimpleFeatureHashingExperiment';
const goodDay = '1 1 2 2 0 2 0 1';

let app: App;
beforeAll(async () => {
  app = await openApp({
    files: { 'broken.json': '{"Inputs": {"input1": [{"Col2": [1]}]}}' },
    settings: { 'azuremlWebServices.maxRetries': 0, 'breadcrumbs.enabled': false, 'editor.minimap.enabled': false },
  });
  await app.openSidebar();
});
tidyUp(() => app);

const page = (): FrameLocator => app.page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
const button = (name: string): Locator => page().getByRole('button', { name, exact: true });
const field = (name: string): Locator => page().getByRole('textbox', { name, exact: true });

/** The numbers of the first row that is shown beneath, without the columns that were sent. */
async function numbers(): Promise<string> {
  const table = tableOnPage(app.page, page());
  await table.drawn();
  return (await table.cells())[0]?.slice(-8).join(' ') ?? '';
}

test('from the tree, "This is a good day" and Enter give the eight numbers beneath, with the focus in the field', async () => {
  await app.runCommand('Azure ML: Start the Sample Service');
  await app.tree.item(service).waitFor();
  await app.tree.menu(service, 'Test…');
  await field('Col2').waitFor();
  await field('Col2').fill('This is a good day');
  await field('Col2').press('Enter');
  await page().locator('.test-answer .badge').filter({ hasText: '200 OK' }).waitFor();
  await soon(numbers).toBe(goodDay);
  await app.shots('test page', 'test-page');
  await app.page.keyboard.press('Control+a');
  await app.page.keyboard.type('Another text');
  await app.page.keyboard.press('Enter');
  await soon(numbers).not.toBe(goodDay);
  await field('Col2').fill('This is a good day');
  await field('Col2').press('Enter');
  await soon(numbers).toBe(goodDay);
});

test('it stands in the history, and opens on the page of answers', async () => {
  await button('Open Answer').click();
  await app.answer.editorTabs.waitFor();
  await app.page.locator('.tab').filter({ hasText: 'Answer: Test' }).waitFor();
  await app.page.locator('.tab').filter({ hasText: `Test: ${service}` }).click();
  await field('Col2').waitFor();
});

test('as JSON and back it is the same', async () => {
  await button('As JSON').click();
  const text = field('Request');
  await text.waitFor();
  expect(await text.inputValue()).toContain('This is a good day');
  await text.fill((await text.inputValue()).replace('This is a good day', 'This is a bad day'));
  await button('As Form').click();
  await soon(() => field('Col2').inputValue()).toBe('This is a bad day');
  await field('Col2').fill('This is a good day');
});

test('a second row makes a table, and goes again', async () => {
  await button('Add Row').click();
  await page().getByRole('textbox', { name: 'Col2, row 2' }).fill('A second day');
  await app.page.keyboard.press('Enter');
  await soon(() => page().locator('.test-answer .tab-detail').innerText()).toMatch(/^2 ×/);
  await app.shot('test page, table');
  await button('Remove Row 2').click();
  await field('Col2').waitFor();
});

test('after a reload the values are there again', async () => {
  await field('Col2').fill('This is a good day after all');
  // Values are remembered a moment after they were typed.
  await app.page.waitForTimeout(1_500);
  await app.reload('azuremlWebServices.test');
  await app.page.locator('.tab').filter({ hasText: 'Test' }).first().click();
  await soon(() => field('Col2').inputValue()).toBe('This is a good day after all');
  await app.shot('test page, reloaded');
});

test('it opens as a request file that goes to the same service', async () => {
  await button('More Actions').click();
  await page().getByRole('menuitem', { name: 'Open as Request File' }).click();
  await soon(() => app.editors.text()).toContain('This is a good day after all');
  await app.editors.status('Sample service').waitFor();
  await app.editors.send();
  await app.answer.shows('200 OK');
  // Two pages beside each other are told apart by nobody here.
  await app.editors.close('Answer: Untitled-1');
});

test('above a request, Test fills in what stands there, and says why it stays JSON', async () => {
  await app.editors.open('broken.json');
  await app.editors.titleButton('Test…').click();
  await app.ask.asks('Test Which Service?');
  await app.ask.choose(service);
  await field('Request').waitFor();
  await page().locator('.test-why').filter({ hasText: 'has a list or an object' }).waitFor();
  await app.shot('test page, json');
});

test('through its gateway it is the same', async () => {
  await app.tree.menu(service, 'Publish to API Management…');
  await app.ask.asks('Which API Management Instance?');
  await app.ask.choose('Sample API Management');
  await button('Review Changes…').click();
  await page().getByRole('button', { name: /^Apply \d+ Changes/ }).click();
  await page().locator('.badge').filter({ hasText: 'Published' }).waitFor();
  await app.tree.menu(service, 'Test…');
  await button('More Actions').click();
  await page().getByRole('menuitem', { name: 'Fill In Sample Values' }).click();
  await page().getByRole('combobox', { name: 'Way to the service' }).click();
  await page().getByRole('option', { name: `${service} at Sample API Management` }).click();
  await field('Col2').fill('This is a good day');
  await field('Col2').press('Enter');
  await page().locator('.test-answer .badge').filter({ hasText: '200 OK' }).waitFor();
  await soon(numbers).toBe(goodDay);
  await soon(() => app.history.labels()).toContainEqual(expect.stringContaining('at Sample API Management'));
  await app.shot('test page, gateway');
});

test('after a reload it still goes through its gateway, as does its file', async () => {
  const behind = `${service} at Sample API Management`;
  // Two pages beside each other are told apart by nobody here.
  const others = app.page.locator('.tab').filter({ hasText: /^(?:Answer|Publish)/ });
  for (let left = await others.count(); left > 0; left -= 1) await others.first().click({ button: 'middle' });
  await app.reload('azuremlWebServices.test');
  await app.page.locator('.tab').filter({ hasText: 'Test' }).last().click();
  await field('Col2').waitFor();
  const way = page().getByRole('combobox', { name: 'Way to the service' });
  await soon(() => way.innerText()).toContain(behind);
  await button('More Actions').click();
  await page().getByRole('menuitem', { name: 'Open as Request File' }).click();
  await app.editors.status(behind).waitFor();
});

test('the key of the sample was written nowhere', async () => {
  await app.runCommand('Azure ML: Copy Sample Key');
  await app.ask.press('Copy');
  await soon(() => app.clipboard()).toMatch(/^\S{16,}$/);
  const value = await app.clipboard();
  const secrets: Secret[] = [{ name: 'the key of the sample', value }];
  const kept = await keptInBrowser(app.page);
  expect(kept.flatMap(({ place, content }) => leaksIn(place, Buffer.from(content), secrets))).toEqual([]);
  expect(leaksBelow(app.dataDir, secrets)).toEqual([]);
});
