// Sending from everywhere: Explorer, menus, tree, status bar; bodies that are not sent; cancelling. Against a service of the person's own.

import { beforeAll, expect, test } from 'vitest';
import { openApp, type App } from './person/app';
import { requestOf, startOwnService, type OwnService } from './person/ownService';
import { soon } from './person/patience';
import { tidyUp } from './person/tidy';

const broken = '{\n  "Inputs": {\n    "input1": {\n      "ColumnNames": ["Col2"],\n      "Values": [["This is a good day"] ["and this"]]\n    }\n  }\n}\n';
const commented = '// The row to score\n{\n  "Inputs": {\n    "input1": [\n      { "Col2": "A day with comments" }, // and a comma too many\n    ],\n  },\n}\n';
const files = {
  'fair day.json': JSON.stringify(requestOf('This is a fair day'), undefined, 2),
  'one.json': JSON.stringify(requestOf('one')),
  'three.json': JSON.stringify(requestOf('three')),
  'two.json': JSON.stringify(requestOf('two')),
  'commented.jsonc': commented,
  'broken.json': broken,
  // What a folder says about services counts for nothing.
  '.vscode/settings.json': JSON.stringify({ 'azuremlWebServices.services': [{ name: 'Planted', address: 'https://planted.example.com/workspaces/a/services/b' }] }),
  'batch.json': '{\n  "Input": { "RelativeLocation": "a/b.csv" }\n}\n',
  'small letters.json': '{\n  "inputs": { "input1": { "columnNames": ["Col2"], "values": [["one"]] } }\n}\n',
  'draft.json': '{}\n',
  'package.json': '{\n  "name": "requests"\n}\n',
};

let app: App;
let mine: OwnService;
beforeAll(async () => {
  mine = await startOwnService('send-key-0123456789');
  app = await openApp({ files, settings: { 'breadcrumbs.enabled': false, 'azuremlWebServices.services': [{ name: 'My service', address: mine.address, workspace: 'At home' }] } });
  await app.giveKey('My service', mine.key);
});
tidyUp(() => app, () => mine?.stop());

const sent = async (): Promise<number> => (await mine.counters()).calls.execute;
/** Beside an editor there is no room for a list, so the files are a choice in the head. */
const choice = () => app.answer.frame.getByRole('combobox', { name: 'Files sent' });

test('the folder adds no services of its own', async () => {
  await soon(() => app.tree.texts()).toEqual([`At home ${mine.workspaceId}`, 'My service']);
});

test('a file in the Explorer: the service is asked for once', async () => {
  await app.editors.openExplorer();
  await app.ask.menu(() => app.editors.file('one.json').click({ button: 'right' }), 'Send to RRS');
  await app.ask.asks('Send one.json to');
  await app.shot('which service');
  await app.ask.choose('My service');
  await app.answer.shows('200 OK');
  await soon(() => app.answer.cells()).toEqual([await mine.score('one')]);
  const before = await app.answer.when();
  await app.ask.menu(() => app.editors.file('one.json').click({ button: 'right' }), 'Send to RRS');
  await soon(() => app.answer.when()).not.toBe(before);
  expect(await app.ask.box.count()).toBe(0);
});

test('several files in the Explorer: one list, an answer each', async () => {
  await app.editors.select('one.json', 'two.json', 'three.json');
  await app.ask.menu(() => app.editors.file('three.json').click({ button: 'right' }), 'Send to RRS');
  await app.ask.asks('Send 2 files to');
  await app.ask.choose('My service');
  await soon(async () => (await choice().locator('option').allTextContents()).sort()).toEqual(['one.json: OK', 'three.json: OK', 'two.json: OK']);
  for (const name of ['one', 'two', 'three']) {
    await choice().selectOption(`${name}.json: OK`);
    await app.answer.answers(`${name}.json`);
    await soon(() => app.answer.cells()).toEqual([await mine.score(name)]);
  }
  await app.shot('several files', 'several-files');
});

test('the context menu of the editor', async () => {
  await app.editors.open('fair day.json');
  const line = app.page.locator('.editor-group-container').first().locator('.view-line').first();
  await app.ask.menu(() => line.click({ button: 'right', position: { x: 30, y: 8 } }), 'Send to RRS');
  await app.ask.asks('Send fair day.json to');
  await app.ask.choose('My service');
  await app.answer.answers('fair day.json');
  await soon(() => app.answer.cells()).toEqual([await mine.score('This is a fair day')]);
  // The panel was opened while there was no editor; it must not cover the one there is now.
  await soon(() => app.editors.text()).toContain('This is a fair day');
});

test('an answer leaves the keyboard where it is, also when the panel had it before', async () => {
  await app.answer.tab('Headers');
  await app.answer.tab('Result');
  await app.editors.open('fair day.json');
  const shown = await app.answer.when();
  await mine.plan({ delayMs: 1500 });
  await app.editors.send();
  await app.answer.button('Cancel').waitFor();
  await app.ask.open('Control+p');
  await app.ask.type('fair');
  await soon(() => app.answer.when()).not.toBe(shown);
  await app.answer.shows('200 OK');
  await soon(() => app.ask.input.inputValue()).toBe('fair');
  await app.ask.dismiss();
  await soon(() => app.editors.focused()).toBe(true);
});

test('the button of the service in the tree', async () => {
  await app.openSidebar();
  const before = await sent();
  await app.tree.inline('My service', 'Send Request');
  await app.ask.asks('Send Request to My service');
  await app.shot('which request');
  expect(await sent()).toBe(before);
  await app.ask.choose('fair day.json');
  await soon(sent).toBe(before + 1);
  await app.answer.shows('200 OK');
  expect(await app.editors.focused()).toBe(false);
});

test('the status bar shows and changes the service of the file', async () => {
  await app.editors.open('fair day.json');
  await app.editors.status('My service').click();
  await app.ask.asks('Service for fair day.json');
  await app.ask.choose('Sample service');
  await app.editors.status('Sample service').waitFor();
  const before = await sent();
  await app.editors.titleButton('Send to RRS').click();
  await app.answer.frame.locator('h1').filter({ hasText: 'SimpleFeatureHashingExperiment' }).waitFor();
  await soon(() => app.answer.cells()).toEqual([await mine.score('This is a fair day')]);
  expect(await sent()).toBe(before + 1);
});

test('a file that goes elsewhere is sent from the tree this once, and keeps its service', async () => {
  await app.editors.open('fair day.json');
  const before = await sent();
  await app.tree.inline('My service', 'Send Request');
  await app.ask.asks('Send Request to My service');
  await app.ask.box.getByText('Is sent here this once. Otherwise it goes to "Sample service", now as before.').waitFor();
  await app.ask.box.getByText('Always send fair day.json here').waitFor();
  await app.shot('which request, elsewhere');
  await app.ask.accept();
  await soon(sent).toBe(before + 1);
  await app.answer.shows('200 OK');
  await app.runCommand('Azure ML: Send Again');
  await soon(sent).toBe(before + 2);
  await app.editors.open('fair day.json');
  await app.editors.status('Sample service').click();
  await app.ask.choose('My service');
  await app.editors.status('My service').waitFor();
});

test('JSON with comments is sent without them', async () => {
  await app.editors.open('commented.jsonc');
  await app.editors.titleButton('Send to RRS').click();
  await app.ask.choose('My service');
  await app.answer.answers('commented.jsonc');
  await app.answer.shows('200 OK');
  await soon(() => app.answer.cells()).toEqual([await mine.score('A day with comments')]);
});

test('what is not JSON is not sent: the message names the place and the editor jumps there', async () => {
  const before = await sent();
  await app.editors.open('broken.json');
  await app.editors.titleButton('Send to RRS').click();
  await app.ask.notification('(broken.json, line 5, column 41)').waitFor();
  expect(await app.ask.box.isVisible()).toBe(false);
  await app.editors.status('Ln 5, Col 41').waitFor();
  expect(await sent()).toBe(before);
  await app.shot('not JSON');
  await app.ask.clearNotifications();
});

test('what would be a request but for its letters is not sent: by key as well, and the message says why', async () => {
  const before = await sent();
  await app.editors.open('small letters.json');
  await app.editors.send();
  const message = app.ask.notification('(small letters.json, line 1, column 1)');
  await message.waitFor();
  await soon(() => message.innerText()).toContain('The request has "inputs", but the member has to be called "Inputs" exactly');
  expect(await sent()).toBe(before);
  await app.ask.clearNotifications();
});

test('what is not a request is not sent either', async () => {
  const before = await sent();
  await app.editors.open('batch.json');
  await app.runCommand('Azure ML: Send to RRS');
  const message = app.ask.notification('(batch.json, line 1, column 1)');
  await message.waitFor();
  await soon(() => message.innerText()).toContain('batch job');
  expect(await sent()).toBe(before);
  await app.shot('not a request');
  await app.ask.clearNotifications();
});

test('menus, key and status bar follow what is in the file', async () => {
  const before = await sent();
  /** What the context menu of the active editor offers of what is tested here. */
  const offered = async (): Promise<string[]> => {
    await app.page.locator('.editor-group-container').first().locator('.view-line').first().click({ button: 'right', position: { x: 5, y: 8 } });
    await app.page.locator('.monaco-menu').waitFor();
    const entries = await app.ask.menuEntries();
    await app.page.keyboard.press('Escape');
    return entries.filter((entry) => /^(Send to RRS|Choose Service|Submit as Batch|Copy as Code)/.test(entry));
  };
  await app.editors.open('one.json');
  await app.editors.titleButton('Send to RRS').waitFor();
  await soon(() => offered()).toEqual(['Send to RRS', 'Choose Service for This File…', 'Copy as Code…']);
  await app.editors.open('batch.json');
  await app.editors.titleButton('Send to RRS').waitFor({ state: 'hidden' });
  await soon(() => offered()).toEqual(['Choose Service for This File…', 'Submit as Batch Job…']);
  await app.editors.open('package.json');
  await soon(() => offered()).toEqual([]);
  expect(await app.editors.titleButton('Send to RRS').count()).toBe(0);
  await app.page.keyboard.press('Control+Alt+Enter');
  await app.shot('no request');
  expect(await app.editors.status('My service').count()).toBe(0);
  expect(await app.ask.notification('').count()).toBe(0);
  expect(await sent()).toBe(before);
  await app.editors.openExplorer();
  await app.editors.file('package.json').click({ button: 'right' });
  await app.page.locator('.monaco-menu').waitFor();
  expect(await app.ask.menuEntries()).not.toContain('Send to RRS');
  await app.page.keyboard.press('Escape');
  await app.editors.close('package.json');
});

test('a text that becomes a request gets its button while it is written', async () => {
  await app.editors.open('draft.json');
  expect(await app.editors.titleButton('Send to RRS').count()).toBe(0);
  await app.editors.write(files['two.json']);
  await app.editors.titleButton('Send to RRS').waitFor();
  await app.page.keyboard.press('Control+a');
  await app.page.keyboard.press('Delete');
  await app.editors.titleButton('Send to RRS').waitFor({ state: 'hidden' });
});

test('Cancel in the panel closes the connection', async () => {
  await app.editors.open('one.json');
  await mine.plan({ never: true });
  const { aborted } = await mine.counters();
  await app.editors.send();
  await app.answer.button('Cancel').waitFor();
  await app.shot('sending');
  await app.answer.button('Cancel').click();
  await app.answer.frame.locator('h1').filter({ hasText: 'Cancelled' }).waitFor();
  await soon(async () => (await mine.counters()).aborted).toBe(aborted + 1);
  await app.shot('cancelled');
});

test('without its panel a request is told of in the status bar, which leads to Cancel; a late answer is dropped', async () => {
  await app.editors.open('one.json');
  const delayMs = 10_000;
  await mine.plan({ delayMs });
  const { aborted } = await mine.counters();
  await app.editors.send();
  const late = Date.now() + delayMs;
  await app.answer.button('Cancel').waitFor();
  // The panel tells of it, and nothing else does.
  expect(await app.editors.status('Sending one.json').count()).toBe(0);
  await app.editors.close('Answer: one.json');
  await app.editors.status('Sending one.json').waitFor();
  await app.shot('sending out of sight');
  expect(await app.ask.notification('one.json').count()).toBe(0);
  await app.editors.status('Sending one.json').click();
  await app.answer.button('Cancel').waitFor();
  await app.editors.status('Sending one.json').waitFor({ state: 'hidden' });
  await app.answer.button('Cancel').click();
  await app.answer.frame.locator('h1').filter({ hasText: 'Cancelled' }).waitFor();
  await soon(async () => (await mine.counters()).aborted).toBe(aborted + 1);
  await app.page.waitForTimeout(Math.max(0, late - Date.now()) + 500);
  await soon(() => app.answer.frame.locator('h1').innerText()).toBe('Cancelled');
  await app.answer.button('Send Again').click();
  await app.answer.shows('200 OK');
  await soon(() => app.answer.cells()).toEqual([await mine.score('one')]);
});
