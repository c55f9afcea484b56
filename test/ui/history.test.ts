// The history as a person uses it: found again, searched, pinned, opened, sent again, compared, deleted and brought back. And no key in what is kept.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { FrameLocator } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { openApp, type App } from './person/app';
import { leaksIn } from './person/leaks';
import { requestOf, startOwnService, type OwnService } from './person/ownService';
import { soon } from './person/patience';
import { tidyUp } from './person/tidy';

const key = { name: 'the API key', value: 'H1story"Key+7c1f/9a42=' };
let app: App;
let mine: OwnService;
beforeAll(async () => {
  mine = await startOwnService(key.value);
  app = await openApp({
    files: { 'day.json': JSON.stringify(requestOf('This is a good day', 'rain', 'the sun is out'), undefined, 2), 'other.json': JSON.stringify(requestOf('hailstones'), undefined, 2) },
    settings: { 'breadcrumbs.enabled': false, 'editor.minimap.enabled': false, 'azuremlWebServices.services': [{ name: 'My service', address: mine.address, workspace: 'At home' }] },
  });
  await app.giveKey('My service', mine.key);
});
tidyUp(() => app, () => mine?.stop());

/** What the view shows, without the times. */
const lines = async (): Promise<string[]> => (await app.history.texts()).map((line) => line.replace(/^(\S+\.json) .*/, '$1'));
const past = (): Promise<void> => app.answer.frame.getByText('From the history: what you see is what came back then.').waitFor();
const sent = async (): Promise<number> => (await mine.counters()).calls.execute;

async function send(file: string, isNew: boolean): Promise<void> {
  await app.editors.open(file);
  const before = await sent();
  await app.editors.send();
  if (isNew) {
    await app.ask.asks(`Send ${file} to`);
    await app.ask.choose('My service');
  }
  await soon(sent).toBe(before + 1);
  await app.answer.shows('200 OK');
  await app.answer.answers(file);
}

test('says what it is for while it is empty', async () => {
  await soon(() => app.history.welcome.innerText()).toContain('on this computer and without keys');
});

test('lists what was sent, the newest first', async () => {
  await send('day.json', true);
  await app.editors.replace('good', 'bad');
  await send('day.json', false);
  await send('other.json', true);
  await soon(lines).toEqual(['Today 3', 'other.json', 'day.json', 'day.json']);
  expect((await app.history.labels())[2]).toMatch(/^day\.json to My service, 200 OK, .* 3 rows, \d\d:\d\d:\d\d/);
  await app.editors.drag(350, 420);
  await app.shots('history');
});

test('is searched by what was sent, and shows all again', async () => {
  await app.history.titleButton('Search History').click();
  await app.ask.asks('Show only what holds all these words');
  await app.ask.answer('hailstones');
  await soon(lines).toEqual(['Today 1', 'other.json']);
  await app.shot('history searched');
  await app.history.titleButton('Clear History Search').click();
  await soon(lines).toEqual(['Today 3', 'other.json', 'day.json', 'day.json']);
});

test('keeps what is pinned on top', async () => {
  await app.history.inline('other.json', 'Pin');
  await soon(lines).toEqual(['Pinned 1', 'other.json', 'Today 2', 'day.json', 'day.json']);
});

test('opens an answer as it came, and sends its request again as it was', async () => {
  await app.history.click('other.json');
  await past();
  await soon(() => app.answer.table.sent()).toEqual([['hailstones']]);
  await soon(() => app.answer.cells()).toEqual([await mine.score('hailstones')]);
  await app.shots('history opened');
  const before = await sent();
  await app.history.menu('other.json', 'Send Again');
  await soon(sent).toBe(before + 1);
  await soon(lines).toEqual(['Pinned 1', 'other.json', 'Today 3', 'other.json', 'day.json', 'day.json']);
  await app.answer.frame.getByText('From the history').waitFor({ state: 'hidden' });
});

test('shows the request of an entry, which cannot be changed', async () => {
  await app.history.menu('day.json', 'Open Request');
  await soon(() => app.editors.text()).toContain('This is a bad day');
  await app.editors.close('day.request.json');
});

test('compares an entry with the one before, cell by cell and as text', async () => {
  await app.editors.close('Answer');
  await app.history.menu('day.json', 'Compare With Previous');
  const frame: FrameLocator = app.page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
  await frame.locator('.compare .header').waitFor();
  await soon(() => frame.locator('.compare-file').allInnerTexts()).toEqual(['day.json', 'day.json']);
  const [good, bad] = [await mine.score('This is a good day'), await mine.score('This is a bad day')];
  const differing = good.filter((score, column) => score !== bad[column]).length;
  await app.shots('comparison', 'comparison');
  // What was sent stands beside, and is marked where it differs.
  await frame.getByRole('gridcell', { name: 'This is a good day, changed' }).or(frame.locator('.row-list td.changed').filter({ hasText: 'This is a good day' })).first().waitFor();
  await frame.getByRole('button', { name: 'Next Change' }).click();
  const total = differing + 1;
  await frame.locator('.compare-place').filter({ hasText: `1 of ${total}` }).waitFor();
  await app.page.keyboard.press('Shift+F7');
  await frame.locator('.compare-place').filter({ hasText: `${total} of ${total}` }).waitFor();
  await app.page.keyboard.press('F7');
  await frame.locator('.compare-place').filter({ hasText: `1 of ${total}` }).waitFor();
  const field = frame.getByRole('textbox', { name: 'Tolerance for numbers' });
  await field.fill('much');
  await field.press('Enter');
  await frame.getByRole('alert').filter({ hasText: 'The comparison still uses 0.' }).waitFor();
  await app.shot('comparison tolerance refused');
  await field.fill('1000000');
  await field.press('Enter');
  // Only what was sent still differs.
  await frame.locator('.compare .header .badge').filter({ hasText: '1 row sent differs beyond' }).waitFor();
  await app.shot('comparison within tolerance');
  // What differs takes so much room now that the field may be in the menu.
  await frame.getByRole('button', { name: 'More Actions' }).click();
  await frame.getByRole('menuitem', { name: 'Tolerance for Numbers…' }).click();
  await app.page.keyboard.type('0');
  await app.page.keyboard.press('Enter');
  await frame.locator('.compare .header .badge').filter({ hasText: '1 of 3 rows differs' }).waitFor();
  await frame.getByRole('tab', { name: 'Summary' }).click();
  // And what was sent.
  await soon(() => frame.locator('.compare-columns tbody tr').count()).toBe(differing + 1);
  await frame.getByRole('button', { name: 'More Actions' }).click();
  await frame.getByRole('menuitem', { name: 'Compare Requests as Text' }).click();
  await app.page.locator('.monaco-diff-editor .modified-in-monaco-diff-editor .view-lines').filter({ hasText: /a.bad.day/ }).waitFor();
  expect((await app.page.locator('.monaco-diff-editor .original-in-monaco-diff-editor .view-lines').innerText()).replaceAll('\u00a0', ' ')).toContain('This is a good day');
  await app.shot('comparison as text');
  await app.editors.close('Requests');
});

test('deletes an entry, and brings it back', async () => {
  await app.history.inline('day.json', 'Delete');
  await soon(lines).toEqual(['Pinned 1', 'other.json', 'Today 2', 'other.json', 'day.json']);
  await app.ask.notification('Deleted "day.json"').getByRole('button', { name: 'Undo' }).click();
  await soon(lines).toEqual(['Pinned 1', 'other.json', 'Today 3', 'other.json', 'day.json', 'day.json']);
});

test('holds no key on the disk', async () => {
  const folder = app.historyFolder();
  const files = readdirSync(folder).map((name) => join(folder, name));
  const texts = files.map((file) => [file, file.endsWith('.gz') ? gunzipSync(readFileSync(file)) : readFileSync(file)] as const);
  // What was sent is there, so that the search is made where a key could be.
  expect(texts.filter(([, text]) => text.includes('hailstones')).length).toBeGreaterThan(1);
  expect(texts.some(([, text]) => text.includes('Authorization'))).toBe(true);
  expect(texts.flatMap(([file, text]) => leaksIn(file, text, [key]))).toEqual([]);
});

test('is deleted but for what is pinned', async () => {
  await app.runCommand('Azure ML: Delete History…');
  await app.ask.dialog('Delete all 4 requests of the history?').waitFor();
  await app.shot('history deleting');
  await app.ask.press('Keep 1 Pinned');
  await soon(lines).toEqual(['Pinned 1', 'other.json']);
  await app.runCommand('Azure ML: Delete History…');
  await app.ask.press('Delete All');
  await app.history.welcome.waitFor();
  const folder = app.historyFolder();
  await soon(() => (existsSync(folder) ? readdirSync(folder) : [])).toEqual([]);
});
