// A folder that is not trusted: nothing of it is sent without a question, each time, and names in it cannot pose as links.

import { beforeAll, expect, test } from 'vitest';
import { openApp, type App } from './person/app';
import { requestOf, startOwnService, type OwnService } from './person/ownService';
import { tidyUp } from './person/tidy';

const question = 'Send "one.json" of a folder that you do not trust?';
const link = '[Fix it](command:workbench.action.toggleZenMode)';

let app: App;
let mine: OwnService;
beforeAll(async () => {
  mine = await startOwnService('trust-key-0123456789');
  app = await openApp({
    trust: false,
    files: { 'one.json': JSON.stringify(requestOf('one')), 'link.json': JSON.stringify({ Inputs: { [link]: 5 } }) },
    settings: { 'azuremlWebServices.services': [{ name: 'My service', address: mine.address, workspace: 'At home' }] },
  });
  await app.openSidebar();
});
tidyUp(() => app, () => mine?.stop());

const sent = async (): Promise<number> => (await mine.counters()).calls.execute;

test('a request is sent only when the question is answered with yes', async () => {
  await app.editors.open('one.json');
  await app.editors.titleButton('Send to RRS').click();
  await app.ask.choose('My service');
  await app.ask.dialog(question).waitFor();
  await app.shot('restricted mode');
  await app.ask.press('Cancel');
  expect(await sent()).toBe(0);
  await app.editors.titleButton('Send to RRS').click();
  await app.ask.dialog(question).waitFor();
  await app.ask.press('Send');
  await app.answer.shows('401');
  expect(await sent()).toBe(1);
});

test('sending again asks again', async () => {
  await app.answer.button('Send Again').click();
  await app.ask.dialog(question).waitFor();
  await app.ask.press('Cancel');
  expect(await sent()).toBe(1);
});

test('another service can be chosen from the answer', async () => {
  await app.runCommand('Azure ML: Choose Service for This File…');
  await app.ask.asks('Service for one.json');
  await app.ask.dismiss();
});

test('a name that looks like a link is shown as words', async () => {
  await app.editors.open('link.json');
  await app.runCommand('Azure ML: Send to RRS');
  const message = app.ask.notification('(link.json, line 1');
  await message.waitFor();
  expect((await message.innerText()).replaceAll('\u200b', '')).toContain(link);
  expect(await message.locator('a[href*="command:"], a[data-href*="command:"]').count()).toBe(0);
});

test('a new request is made, and sent only after the question', async () => {
  const before = await sent();
  await app.tree.menu('My service', 'New Request…');
  await app.ask.asks('Choose the form of the request');
  await app.ask.choose('Row objects');
  await app.editors.status('My service').waitFor();
  await app.editors.send();
  await app.ask.dialog('of a folder that you do not trust?').waitFor();
  await app.ask.press('Cancel');
  expect(await sent()).toBe(before);
});
