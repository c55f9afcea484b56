// The first minute with no account, as a person lives it: sidebar, sample, send, edit, send again, reload. Each test goes on from the one before.
// Pictures go to .vscode-test/screenshots/person; with UPDATE_SCREENSHOTS=1 in the environment the README's in media/screenshots are made anew.

import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { openApp, type App } from './person/app';
import { soon } from './person/patience';
import { tidyUp } from './person/tidy';

let app: App;
beforeAll(async () => {
  app = await openApp({ settings: { 'breadcrumbs.enabled': false, 'editor.minimap.enabled': false } });
});
tidyUp(() => app);

const sum = (cells: readonly string[]): number => cells.reduce((total, cell) => total + Number(cell), 0);
let firstAsked = '';
let badDay: string[][] = [];

test('the sidebar offers the sample and adding a service', async () => {
  await app.openSidebar();
  await app.tree.welcome.waitFor();
  const text = await app.tree.welcome.innerText();
  expect(text).toContain('needs no account');
  expect(text).toContain('paste its address');
  await app.tree.welcome.getByRole('button', { name: 'Start the Sample Service' }).waitFor();
  await app.tree.welcome.getByRole('button', { name: 'Add a Service' }).waitFor();
  await app.editors.status('Activating').waitFor({ state: 'hidden' });
  await app.shot('welcome dark', 'welcome');
});

test('starting the sample shows its service and opens its request', async () => {
  await app.tree.welcome.getByRole('button', { name: 'Start the Sample Service' }).click();
  await app.tree.item('SimpleFeatureHashingExperiment').waitFor();
  expect((await app.tree.texts())[0]).toMatch(/^Sample\b/);
  await app.editors.tab('sample-request.json').waitFor();
  await soon(() => app.editors.text()).toContain('This is a good day');
  await app.editors.status('Sample service').waitFor();
});

test('Send to RRS in the editor title shows the answer beside and leaves the focus in the editor', async () => {
  await app.editors.titleButton('Send to RRS').click();
  await app.answer.shows('200 OK');
  await soon(() => app.answer.cells()).toEqual([['1', '1', '2', '2', '0', '2', '0', '1']]);
  firstAsked = await app.answer.when();
  expect(await app.editors.focused()).toBe(true);
  expect(await app.editors.leftOf(1)).toBeGreaterThan(await app.editors.leftOf(0) + 200);
  await app.shot('first answer as it comes');
  // All eight numbers at once.
  await app.editors.drag(350, 260);
  await app.editors.drag(await app.editors.leftOf(1), 610);
  await soon(() => app.answer.frame.locator('.row-lists').evaluate((part) => part.scrollWidth - part.clientWidth)).toBe(0);
  await soon(() => app.answer.table.sent()).toEqual([['This is a good day']]);
  await app.shot('first answer dark', 'answer-dark');
});

test('what is in the editor is sent without being saved, by key, into the same panel', async () => {
  await app.editors.replace('good', 'bad');
  await soon(() => app.editors.text()).toContain('This is a bad day');
  expect(await app.editors.tab('sample-request.json').getAttribute('class')).toContain('dirty');
  await app.editors.send();
  await soon(() => app.answer.when()).not.toBe(firstAsked);
  badDay = await app.answer.cells();
  expect(badDay).toHaveLength(1);
  expect(badDay).not.toEqual([['1', '1', '2', '2', '0', '2', '0', '1']]);
  expect(sum(badDay[0] ?? [])).toBe(9);
  expect(await app.answer.editorTabs.count()).toBe(1);
  expect(await app.editors.tab('sample-request.json').getAttribute('class')).toContain('dirty');
  expect(await app.editors.focused()).toBe(true);
});

test('the Body tab shows the bytes that came', async () => {
  await app.answer.tab('Body');
  const body: { Results: { output1: { value: { Values: string[][] } } } } = JSON.parse(await app.answer.frame.locator('.body-text').innerText());
  expect(body.Results.output1.value.Values).toEqual(badDay);
  await app.shot('body dark');
  // VS Code's own find opens over it. What it finds is not seen here: a browser without a window cannot search a page.
  await app.answer.frame.locator('.body-text').click();
  await app.page.keyboard.press('Control+f');
  await app.page.locator('.simple-find-part.visible').waitFor();
  await app.page.keyboard.press('Escape');
});

test('the Headers tab shows what came, and Request what was sent, and no key', async () => {
  await app.answer.tab('Headers');
  await soon(() => app.answer.text()).toContain('application/json');
  await app.answer.tab('Request');
  const line = app.answer.frame.locator('tr').filter({ hasText: 'Authorization' });
  await soon(() => line.locator('td').innerText()).toMatch(/^Bearer [•*…]+$/);
  await app.shot('request dark');
  await app.answer.tab('Result');
});

test('light, and narrow', async () => {
  await app.look('light');
  await app.answer.frame.locator('body.vscode-light').waitFor();
  await app.shot('answer light', 'answer-light');
  await app.page.setViewportSize({ width: 700, height: 600 });
  await app.shot('answer narrow');
  expect(await app.answer.frame.locator('html').evaluate((page) => page.scrollWidth - page.clientWidth)).toBe(0);
  await app.page.setViewportSize({ width: 1280, height: 800 });
  await app.look('dark');
});

test('after a reload the sample runs again, the answer is back, and the file still has its service', async () => {
  const before = await app.answer.when();
  // The exchange that is shown is the last one in the history.
  await app.reload(basename(readdirSync(app.historyFolder()).filter((name) => name.endsWith('.json')).sort().at(-1) ?? 'none', '.json'));
  await app.tree.item('SimpleFeatureHashingExperiment').waitFor();
  await app.answer.frame.getByText('From the history: what you see is what came back then.').waitFor();
  await soon(() => app.answer.when()).toBe(before);
  await app.answer.tab('Result');
  await soon(() => app.answer.cells()).toEqual(badDay);
  expect(await app.answer.editorTabs.count()).toBe(1);
  await app.page.locator('.editor-group-container').first().locator('.view-lines').click();
  await app.editors.status('Sample service').waitFor();
  await app.shot('after reload');
  await app.editors.send();
  await soon(() => app.answer.when()).not.toBe(before);
  await app.answer.shows('200 OK');
  await soon(() => app.answer.cells()).toEqual(badDay);
});
