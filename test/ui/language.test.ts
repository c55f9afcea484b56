// The extension in another display language than English, in a real VS Code: package.json, the history's view, its messages, and the page that compares.

import type { FrameLocator } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { pseudo } from '../host/pseudo.mjs';
import { openApp, type App } from './person/app';
import { requestOf, startOwnService, type OwnService } from './person/ownService';
import { soon } from './person/patience';
import { tidyUp } from './person/tidy';

let app: App;
let mine: OwnService;
beforeAll(async () => {
  mine = await startOwnService('L4nguage+Key/7c1f');
  app = await openApp({
    pseudo: true,
    files: { 'day.json': JSON.stringify(requestOf('This is a good day'), undefined, 2) },
    settings: { 'azuremlWebServices.services': [{ name: 'My service', address: mine.address, workspace: 'At home' }] },
  });
  await app.giveKey('My service', mine.key);
});
tidyUp(() => app, () => mine?.stop());

/** A text of the extension in the language, with these values in it. */
const said = (text: string, ...values: readonly string[]): string => pseudo(text).replace(/\{(\d)\}/g, (_place, index: string) => values[Number(index)] ?? '');
const sent = async (): Promise<number> => (await mine.counters()).calls.execute;

async function send(isNew: boolean): Promise<void> {
  await app.editors.open('day.json');
  const before = await sent();
  await app.editors.send();
  if (isNew) {
    await app.ask.asks('Send day.json to');
    await app.ask.choose('My service');
  }
  await soon(sent).toBe(before + 1);
  await app.answer.shows('200 OK');
}

test('shows the texts of package.json', async () => {
  await soon(() => app.history.welcome.innerText()).toBe(said('Send a request: it is kept here with its answer, on this computer and without keys, to be opened, compared and sent again.'));
  await app.ask.open('F1');
  await app.ask.type('>Search History');
  await soon(() => app.ask.choices()).toContainEqual(expect.stringContaining(said('Search History…')));
  await app.ask.dismiss();
});

test('says in it how exchanges ended', async () => {
  await send(true);
  await app.editors.replace('good', 'bad');
  await send(false);
  await soon(() => app.history.texts().then(([first]) => first)).toBe(`${said('Today')} 2`);
  const [group = '', line = ''] = await app.history.labels();
  expect(group).toContain(said('{0}, {1} requests', said('Today'), '2'));
  for (const text of [said('{0} to {1}', 'day.json', 'My service'), said('1 row')]) expect(line).toContain(text);
  await app.shot('pseudo history');
});

test('asks and tells in it', async () => {
  await app.history.titleButton(said('Search History…')).click();
  await app.ask.asks(said('Search History'));
  await app.ask.dismiss();
});

test('compares in it', async () => {
  await app.editors.close('Answer');
  await app.history.menu('day.json', said('Compare With Previous'));
  const frame: FrameLocator = app.page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
  await frame.locator('.compare .header').waitFor();
  await soon(() => frame.locator('.compare .header .badge').innerText()).toBe(said('The only row differs'));
  await soon(() => frame.locator('.viewer').innerText()).toContain(said('difference'));
  await frame.getByRole('tab', { name: said('Summary') }).click();
  expect(await frame.locator('html').getAttribute('lang')).toBe('qps-ploc');
  await soon(() => frame.locator('.compare-side h2').allInnerTexts()).toEqual([said('Before'), said('After')]);
  // Made by the editor, and by the page itself.
  await soon(() => frame.locator('.compare-facts').innerText()).toBe([said('1 row of {0} is different.', '1'), said('1 row was sent with other values.')].join('\n'));
  await soon(() => frame.locator('.compare-columns th[scope=col]').allInnerTexts()).toEqual(['Column', 'Rows that differ', 'Largest difference', 'Mean difference'].map((text) => said(text)));
  await frame.getByRole('button', { name: said('More Actions') }).click();
  await frame.getByRole('menuitem', { name: said('Compare Requests as Text') }).waitFor();
  await app.page.keyboard.press('Escape');
  await frame.getByRole('tab').first().click();
  await app.page.locator('.tab').filter({ hasText: said('Comparison: {0}', 'day.json') }).waitFor();
  await app.shots('pseudo comparison');
});

test('takes back in it what was deleted', async () => {
  await app.history.inline('day.json', said('Delete'));
  const told = app.ask.notification(pseudo('Deleted "{0}" of {1} from the history.').split('{0}')[0] ?? '');
  await told.getByRole('button', { name: said('Undo') }).click();
  await soon(() => app.history.texts().then(([first]) => first)).toBe(`${said('Today')} 2`);
});

test('asks in it before many are deleted', async () => {
  await app.ask.goTo('F1', '>Delete History', `${said('Azure ML')}: ${said('Delete History…')}`);
  await app.ask.dialog(said('Delete all {0} requests of the history?', '2')).waitFor();
  await app.ask.press(said('Delete All'));
  await soon(() => app.history.texts()).toEqual([]);
});
