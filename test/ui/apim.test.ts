// The journey behind API Management with no account: the sample's instance, a definition in files, publishing in one reviewed step, calls
// and a batch job through the gateway. Each test goes on from the one before.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FrameLocator, Locator } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { openApp, type App } from './person/app';
import { jobPage } from './person/job';
import { keptInBrowser, leaksBelow, leaksIn, type Secret } from './person/leaks';
import { requestOf } from './person/ownService';
import { soon } from './person/patience';
import { tidyUp } from './person/tidy';

const service = 'SimpleFeatureHashingExperiment';
const behind = `${service} at Sample API Management`;
let app: App;
beforeAll(async () => {
  app = await openApp({
    files: { 'day.json': JSON.stringify(requestOf('This is a good day'), undefined, 2), 'texts.csv': 'Col2\nThis is a good day\nrain\n' },
    settings: { 'breadcrumbs.enabled': false, 'editor.minimap.enabled': false },
  });
  await app.openSidebar();
});
tidyUp(() => app);

const page = (): FrameLocator => app.page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
const button = (name: RegExp | string): Locator => page().getByRole('button', { name });
const line = (text: string): Locator => page().locator('.publish-line').filter({ hasText: text }).first();
const field = (label: string): Locator => page().getByLabel(label, { exact: true });

/** Has the form of the publishing of the sample's service, for the sample's instance. */
async function publish({ anew = false } = {}): Promise<void> {
  await app.tree.menu(service, 'Publish to API Management…');
  // Where it was published before, that is offered too.
  if (anew) await app.ask.choose('Publish Anew…');
  await app.ask.asks('Which API Management Instance?');
  await app.ask.choose('Sample API Management');
  await button('Review Changes…').waitFor();
}

test('the section says what it is for, before anything is asked', async () => {
  await app.page.locator('.part.sidebar .pane-header[aria-label^="API Management"]').click();
  await app.apim.welcome.getByText('Publish services behind Azure API Management').waitFor();
  await app.shot('apim empty');
});

test('the sample brings an instance, which says what it is', async () => {
  await app.runCommand('Azure ML: Start the Sample Service');
  await app.apim.item('Sample API Management').filter({ hasText: 'runs on this computer' }).waitFor();
  await app.apim.expand('Sample API Management');
  await app.apim.expand('Products');
  await soon(() => app.apim.texts()).toEqual(expect.arrayContaining(['Products', 'Starter', 'Unlimited']));
  await app.shots('apim sample');
});

test('a definition is written into files, and again only where it differs, after a look', async () => {
  const folder = join(app.folder, 'apim', 'simplefeaturehashingexperiment');
  await app.tree.menu(service, 'Create API Management Definition…');
  await button('Create Files…').click();
  await app.ask.asks('Folder for the API Definition');
  await app.ask.accept();
  await app.editors.tab('README.md').waitFor();
  expect(readdirSync(folder).sort()).toEqual(['README.md', 'main.bicep', 'openapi.json', 'template.json']);
  const before = readFileSync(join(folder, 'openapi.json'), 'utf8');
  expect(Object.keys(JSON.parse(before).paths)).toHaveLength(4);

  await app.tree.menu(service, 'Create API Management Definition…');
  await page().getByText('Short paths').first().click();
  await page().getByText('/score').first().waitFor();
  await button('Create Files…').click();
  await app.ask.asks('Folder for the API Definition');
  await app.ask.accept();
  await app.ask.dialog('are there already and differ').waitFor();
  await app.ask.press('Show Differences');
  await app.ask.asks('Replace what differs?');
  await app.shot('apim differences');
  expect(readFileSync(join(folder, 'openapi.json'), 'utf8')).toBe(before);
  await app.ask.choose('Replace 4 Files');
  await soon(() => readFileSync(join(folder, 'openapi.json'), 'utf8')).toContain('/score');
});

test('wrong choices are told at their fields', async () => {
  await publish();
  // What was chosen for the files stands here too.
  await page().getByText('Short paths').first().click();
  await page().getByText('/execute?').first().waitFor();
  // A picture for the README, which is not to be large.
  await app.page.setViewportSize({ width: 1280, height: 640 });
  await app.shots('apim choices', 'publish-choices');
  await app.page.setViewportSize({ width: 1280, height: 800 });
  await field('Path suffix').fill('a//b?');
  await button('Review Changes…').click();
  await page().getByText('A path is made of letters, digits').waitFor();
  await app.shot('apim wrong choice');
  await field('Path suffix').fill('hashing');
  await button('Review Changes…').click();
  await button('Apply 13 Changes').waitFor();
});

test('the review survives a reload, and is applied', async () => {
  await app.reload('mainThreadWebview-azuremlWebServices.publish');
  await button('Apply 13 Changes').waitFor();
  await app.shots('apim review', 'publish-review');
  await button('Apply 13 Changes').click();
  await page().locator('.badge').filter({ hasText: 'Published' }).waitFor();
  await app.tree.item(behind).waitFor();
  await app.shots('apim published');
  await soon(() => page().locator('.publish-line').filter({ hasText: 'done' }).count()).toBe(9);
  await app.apim.expand('Sample API Management');
  await app.apim.expand('APIs');
  await app.apim.item(service).waitFor();
});

test('nothing differs from what was published', async () => {
  await button('Check for Drift').click();
  await page().getByText('Nothing differs').first().waitFor();
});

test('a request goes through the gateway, without the key of the service', async () => {
  await app.editors.open('day.json');
  await app.editors.send();
  await app.ask.asks('Send day.json to');
  await app.ask.choose(behind);
  await app.answer.shows('200 OK');
  expect(await app.answer.cells()).toEqual([['1', '1', '2', '2', '0', '2', '0', '1']]);
  await app.answer.tab('Request');
  expect(await app.answer.text()).toContain('Ocp-Apim-Subscription-Key');
  expect(await app.answer.text()).not.toContain('Authorization');
  await app.shot('apim answer');
  await app.editors.close('Answer: day.json');
});

test('a batch job runs through the gateway to its results', async () => {
  await app.editors.open('texts.csv');
  await app.runCommand('Azure ML: Run Batch Job…');
  await app.ask.asks('Run Batch Job on');
  await app.ask.choose(behind);
  await app.ask.asks('Upload texts.csv to');
  await app.ask.choose('Local storage');
  await app.ask.asks('Run it, or choose what to change');
  await app.ask.accept();
  await app.tree.item('texts.csv').filter({ hasText: 'Finished' }).waitFor({ timeout: 90_000 });
  await app.tree.click('texts.csv');
  await jobPage(app.page).tab('output1');
  await soon(async () => (await jobPage(app.page).cells()).length).toBe(2);
  await app.editors.close('Job: texts.csv');
});

test('a product that others use keeps its policy but for what is chosen, and the review says what callers inherit', async () => {
  await publish({ anew: true });
  await field('Id').fill('second');
  await field('Path suffix').fill('second');
  await page().locator('vscode-single-select').first().click();
  await page().getByRole('option', { name: 'Starter' }).click();
  // Its limits are left, until somebody sets one.
  await field('In seconds').waitFor({ state: 'hidden' });
  await page().getByText('Limit the rate of calls').first().click();
  await button('Review Changes…').click();
  await line('Starter').filter({ hasText: 'change' }).waitFor();
  await page().getByText(/inherit/).first().waitFor();
  await app.shots('apim inherited', 'publish-inherited');
  await line('Starter').filter({ hasText: 'change' }).getByRole('button', { name: /Differences/ }).click();
  await app.page.locator('.monaco-diff-editor').waitFor();
  await app.shot('apim policy diff');
});

test('the same path is not taken twice in silence', async () => {
  await publish({ anew: true });
  await field('Id').fill('third');
  await field('Path suffix').fill('hashing');
  await button('Review Changes…').click();
  await page().locator('.publish-line').filter({ hasText: 'conflict' }).first().waitFor();
  await app.shots('apim conflict');
});

test('no key is in anything that was written', async () => {
  await app.runCommand('Azure ML: Copy Sample Key');
  await app.ask.dialog('Copy the key of the sample service').waitFor();
  await app.ask.press('Copy');
  await soon(() => app.clipboard()).toMatch(/^[\w+/=]{60,}$/);
  const secrets: Secret[] = [{ name: 'the key of the service', value: await app.clipboard() }];
  // All lines of the section at once.
  await app.page.setViewportSize({ width: 1280, height: 1500 });
  await app.apim.expand('Subscriptions');
  await app.apim.menu(`Callers of ${service}`, 'Copy Key…');
  await app.ask.dialog('Copy a key of the subscription').waitFor();
  await app.ask.press('Copy Primary Key');
  await soon(() => app.clipboard()).not.toBe(secrets[0]?.value);
  secrets.push({ name: 'the key of a subscription', value: await app.clipboard() });
  await app.page.evaluate('navigator.clipboard.writeText("")');
  const kept = (await keptInBrowser(app.page)).filter(({ place }) => place !== 'localStorage/secrets.provider');
  const inBrowser = kept.flatMap(({ place, content }) => leaksIn(place, Buffer.from(content, 'utf8'), secrets));
  expect([...[app.dataDir, app.folder].flatMap((folder) => leaksBelow(folder, secrets)), ...inBrowser]).toEqual([]);
  expect(existsSync(join(app.dataDir, 'data', 'User', 'globalStorage'))).toBe(true);
});
