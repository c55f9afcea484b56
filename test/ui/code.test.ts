// A call as code: from the answer, from the tree, and on the service's page. It names the variable that holds the key, and never the key.

import { beforeAll, expect, test } from 'vitest';
import { openApp, type App } from './person/app';
import { leaksIn } from './person/leaks';
import { requestOf, startOwnService, type OwnService } from './person/ownService';
import { soon } from './person/patience';
import { tidyUp } from './person/tidy';

const key = { name: 'the API key', value: 'C0de"Key+7c1f/9a42=' };
let app: App;
let mine: OwnService;
beforeAll(async () => {
  mine = await startOwnService(key.value);
  app = await openApp({
    files: { 'day.json': JSON.stringify(requestOf('This is a good day'), undefined, 2) },
    settings: { 'breadcrumbs.enabled': false, 'editor.minimap.enabled': false, 'azuremlWebServices.services': [{ name: 'My service', address: mine.address, workspace: 'At home' }] },
  });
  await app.giveKey('My service', mine.key);
});
tidyUp(() => app, () => mine?.stop());

/** Waits for code with all these words on the clipboard, and looks for the key in it. */
async function copied(...words: readonly string[]): Promise<void> {
  await soon(async () => {
    const code = await app.clipboard();
    return words.filter((word) => !code.includes(word));
  }).toEqual([]);
  expect(leaksIn('the clipboard', Buffer.from(await app.clipboard()), [key])).toEqual([]);
}

const frame = () => app.page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');

test('an answer is copied as a program that sends the same request', async () => {
  await app.editors.open('day.json');
  await app.editors.send();
  await app.ask.asks('Send day.json to');
  await app.ask.choose('My service');
  await app.answer.shows('200 OK');
  await app.answer.button('Copy as Code…').click();
  await app.ask.asks('Choose a language');
  await soon(() => app.ask.choices()).toEqual([expect.stringContaining('cURL'), expect.stringContaining('Python'), expect.stringMatching(/^R(?=Needs)/), expect.stringContaining('C#'), expect.stringContaining('JavaScript'), expect.stringContaining('PowerShell')]);
  await app.shot('copy as code');
  await app.ask.choose('Python');
  await copied('AZUREML_SERVICE_KEY', 'os.environ', mine.address, 'This is a good day');
  const message = app.ask.notification('as Python code');
  await message.getByRole('button', { name: 'Open in Editor' }).click();
  await app.page.locator('.editor-group-container.active .view-lines').filter({ hasText: /import/ }).waitFor();
  await app.shots('code in an editor');
  await app.ask.clearNotifications();
});

test('a service is copied from the tree, its batch jobs too; the language chosen last comes first', async () => {
  await app.tree.menu('My service', 'Copy as Code…');
  await app.ask.asks('Which call to My service?');
  await app.ask.choose('Batch job');
  await app.ask.asks('Choose a language');
  expect((await app.ask.choices())[0]).toContain('Python');
  await app.ask.choose('C#');
  await copied('AZUREML_SERVICE_KEY', 'Environment.GetEnvironmentVariable', '/jobs');
  await app.ask.clearNotifications();
});

test("a service's page tells how it is called, and its code is copied", async () => {
  await app.editors.close('Answer');
  await app.tree.menu('My service', 'How to Call This Service');
  await frame().locator('.service-page h1').filter({ hasText: 'My service' }).waitFor();
  await frame().getByRole('tab', { name: 'R', exact: true }).click();
  await frame().locator('.code-text').filter({ hasText: 'httr' }).waitFor();
  await app.shots('service page');
  expect(leaksIn('the page', Buffer.from(await frame().locator('#root').innerText()), [key])).toEqual([]);
  await frame().getByRole('button', { name: 'Copy Code' }).click();
  await copied('AZUREML_SERVICE_KEY', 'Sys.getenv');
});
