// The journey behind API Management with no account: the sample's instance in its section, a definition in files, publishing in one reviewed step.

import { beforeAll, test } from 'vitest';
import { openApp, type App } from './person/app';
import { requestOf } from './person/ownService';
import { soon } from './person/patience';
import { tidyUp } from './person/tidy';

let app: App;
beforeAll(async () => {
  app = await openApp({
    files: { 'day.json': JSON.stringify(requestOf('This is a good day')), 'texts.csv': 'Col2\nThis is a good day\nrain\n' },
    settings: { 'breadcrumbs.enabled': false, 'editor.minimap.enabled': false },
  });
  await app.openSidebar();
});
tidyUp(() => app);

const section = () => app.page.locator('.part.sidebar .pane-header[aria-label^="API Management"]');
const frame = () => app.page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');

test('the section says what it is for, before anything is asked', async () => {
  await section().click();
  await app.apim.welcome.waitFor();
  await app.shots('apim empty');
});

test('the sample brings an instance', async () => {
  await app.runCommand('Azure ML: Start the Sample Service');
  await app.tree.item('Sample').first().waitFor();
  await app.apim.item('Sample API Management').waitFor();
  await app.apim.expand('Sample API Management');
  await app.apim.expand('Products');
  await app.apim.item('Starter').waitFor();
  await app.shots('apim sample');
  console.log(await app.apim.texts());
});

test('publishing', async () => {
  await app.tree.menu('SimpleFeatureHashingExperiment', 'Publish to API Management…');
  await app.ask.asks('Which API Management Instance?');
  await app.shot('apim pick');
  await app.ask.choose('Sample API Management');
  await frame().locator('form, h1, .field').first().waitFor();
  await app.page.waitForTimeout(1500);
  await app.shots('apim choices');
  await app.page.waitForTimeout(500);
  await frame().getByRole('button', { name: /Review|Publish|Continue/ }).first().click();
  await app.page.waitForTimeout(3000);
  await app.shots('apim review');
  await frame().getByRole('button', { name: /Apply/ }).first().click();
  await app.page.waitForTimeout(9000);
  await app.shots('apim applied');
  console.log(await app.tree.texts());
  await soon(() => app.tree.texts()).toContain('x');
});
