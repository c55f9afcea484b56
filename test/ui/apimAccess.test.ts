// Who may call: a published API that is throttled, a key that is suspended, activated and made anew, products and subscriptions that are made
// by the keyboard, and whose they are. Each test goes on from the one before; at the end all keys are looked for in what was written.

import type { FrameLocator, Locator } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { openApp, type App } from './person/app';
import { openSection } from './person/azure';
import { keptInBrowser, leaksBelow, leaksIn, type Secret } from './person/leaks';
import { requestOf } from './person/ownService';
import { soon } from './person/patience';
import { tidyUp } from './person/tidy';

const service = 'SimpleFeatureHashingExperiment';
const behind = `${service} at Sample API Management`;
const callers = `Callers of ${service}`;
const secrets: Secret[] = [];

let app: App;
beforeAll(async () => {
  app = await openApp({
    files: { 'day.json': JSON.stringify(requestOf('This is a good day'), undefined, 2) },
    settings: { 'azuremlWebServices.maxRetries': 0, 'breadcrumbs.enabled': false, 'editor.minimap.enabled': false },
  });
  await app.openSidebar();
});
tidyUp(() => app);

const page = (): FrameLocator => app.page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
const button = (name: RegExp | string): Locator => page().getByRole('button', { name });
const line = (name: string): Promise<string> => app.apim.item(name).innerText().then((text) => text.replaceAll('\u00a0', ' '));

/** Sends the request again and waits until this answer is there; `patient` sends once more where the rate was used up. */
async function sendsTo(status: string, patient = false): Promise<void> {
  const before = await app.answer.when();
  await app.editors.open('day.json');
  await app.editors.send();
  await soon(() => app.answer.when()).not.toBe(before);
  if (patient && (await app.answer.status.innerText()).includes('429')) {
    await app.page.waitForTimeout(2_000);
    return sendsTo(status, patient);
  }
  await app.answer.shows(status);
}

/** Copies a key of the subscription to the clipboard, and notes it as something that must be found nowhere. */
async function noteKey(name: string): Promise<string> {
  await app.apim.menu(callers, 'Copy Key…');
  await app.ask.dialog('Copy a key of the subscription').waitFor();
  await app.page.evaluate('navigator.clipboard.writeText("")');
  await app.ask.press('Copy Primary Key');
  await soon(() => app.clipboard()).toMatch(/^[\da-f]{32}$/);
  const value = await app.clipboard();
  secrets.push({ name, value });
  return value;
}

test('a service is published with a small limit, and whoever calls too often is told when to come back', async () => {
  await app.runCommand('Azure ML: Start the Sample Service');
  await app.tree.item(service).waitFor();
  await app.tree.menu(service, 'Publish to API Management…');
  await app.ask.asks('Which API Management Instance?');
  await app.ask.choose('Sample API Management');
  await page().getByLabel('Calls', { exact: true }).fill('1');
  await page().getByLabel('In seconds', { exact: true }).fill('12');
  await button('Review Changes…').click();
  await button(/^Apply \d+ Changes/).click();
  await page().locator('.badge').filter({ hasText: 'Published' }).waitFor();
  await app.editors.open('day.json');
  await app.editors.send();
  await app.ask.asks('Send day.json to');
  await app.ask.choose(behind);
  await app.answer.shows('200 OK');
  await sendsTo('429');
  await soon(() => app.answer.text()).toMatch(/the gateway limits the rate\.\s+Try again in \d+ seconds?\./);
  await app.shot('access throttled');
});

test('a subscription says by names what it opens', async () => {
  await openSection(app.page);
  await app.page.setViewportSize({ width: 1280, height: 1200 });
  await app.apim.expand('Sample API Management');
  await app.apim.expand('Products');
  await app.apim.expand('Subscriptions');
  await app.apim.item(callers).waitFor();
  await soon(() => line(callers)).toContain(service);
});

test('a suspended key gets 401, and an active one does not', async () => {
  await noteKey('the old key');
  await app.apim.menu(callers, 'Suspend Subscription…');
  await app.ask.dialog(`Suspend the subscription "${callers}"`).filter({ hasText: `This service in this sidebar uses it: "${behind}".` }).waitFor();
  await app.shot('access suspend');
  await app.ask.press('Suspend');
  await soon(() => line(callers)).toContain('suspended');
  await app.shot('access suspended');
  expect((await app.apim.labels()).find((label) => label.startsWith(callers))).toContain('suspended');
  await sendsTo('401');
  await app.apim.menu(callers, 'Activate Subscription');
  await soon(() => line(callers)).not.toContain('suspended');
});

test('a new primary key is used here at once', async () => {
  await app.apim.menu(callers, 'Regenerate Primary Key…');
  await app.ask.dialog('Regenerate the primary key').filter({ hasText: `"${behind}"` }).waitFor();
  await app.shot('access regenerate');
  await app.ask.press('Regenerate Primary Key');
  const told = app.ask.notification('callers with the old one get 401');
  await told.waitFor();
  await sendsTo('401');
  await told.getByRole('button', { name: 'Use the New Key Here' }).click();
  await sendsTo('200 OK', true);
  expect(await noteKey('the new key')).not.toBe(secrets[0]?.value);
});

test('a product and a subscription are made by the keyboard, and a user has theirs', async () => {
  const { ask } = app;
  await app.runCommand('Azure ML: Create Product…');
  await ask.asks('Which API Management Instance?');
  await ask.answer('Sample API Management');
  await ask.asks('Name, as shown to callers');
  await ask.answer('Partners');
  await ask.asks('Description (optional)');
  await ask.accept();
  await ask.asks('Who may call its APIs?');
  await ask.accept();
  await ask.asks('Show it in the developer portal?');
  await ask.accept();
  await ask.asks('APIs in the product (optional)');
  await app.page.keyboard.press('ArrowDown');
  await app.page.keyboard.press('Space');
  await app.page.keyboard.press('Enter');
  await soon(() => line('Partners')).toContain('not published');
  await ask.notification('The product "Partners" was created').getByRole('button', { name: 'Create Subscription…' }).click();
  await ask.asks('Name. Its keys open the APIs of the product "Partners"');
  await ask.answer('Partner One');
  await ask.asks('Who owns it?');
  await ask.answer('Administrator');
  await app.apim.item('Partner One').waitFor();
  await app.apim.expand('Partners');
  await app.apim.item('Partners').and(app.page.locator('.focused')).waitFor();
  // To the line of its APIs, which is called as that of the instance, and into it.
  await app.page.keyboard.press('ArrowDown');
  await app.page.keyboard.press('ArrowRight');
  await soon(() => app.apim.texts()).toEqual(expect.arrayContaining(['Partners not published', 'APIs 1']));
  await app.apim.expand('Users');
  await soon(() => line('Partner One')).toContain('Partners · Administrator');
  // The first user; the owner stands in the line of the subscription, too.
  await app.apim.item('Users').and(app.page.locator('.focused')).waitFor();
  await app.page.keyboard.press('ArrowDown');
  await app.page.keyboard.press('ArrowRight');
  await soon(async () => (await app.apim.texts()).filter((text) => text.startsWith('Partner One'))).toHaveLength(2);
  await app.shots('access tree', 'access-tree');
});

test('the calls of a product are limited in a form, which shows the policy that results', async () => {
  await app.page.setViewportSize({ width: 1280, height: 800 });
  await app.apim.menu('Starter', 'Limit Calls…');
  const calls = page().getByRole('spinbutton', { name: 'Calls' });
  await calls.first().fill('20');
  await calls.last().fill('10000');
  await page().getByText('<rate-limit calls="20"').waitFor();
  await app.shots('access limits', 'limits');
  await button('Save').click();
  await page().locator('.badge').filter({ hasText: 'Saved' }).waitFor();
  expect(await button('Save').getAttribute('aria-disabled')).toBe('true');
});

test('neither the old nor the new key is in anything that was written or shown', async () => {
  expect(secrets.map(({ value }) => value.length)).toEqual([32, 32]);
  await app.page.evaluate('navigator.clipboard.writeText("")');
  const shown = await app.page.evaluate<string>('document.documentElement.outerHTML');
  const kept = (await keptInBrowser(app.page)).filter(({ place }) => place !== 'localStorage/secrets.provider');
  const inBrowser = kept.flatMap(({ place, content }) => leaksIn(place, Buffer.from(content, 'utf8'), secrets));
  const onPage = leaksIn('the window', Buffer.from(shown), secrets);
  expect([...[app.dataDir, app.folder].flatMap((folder) => leaksBelow(folder, secrets)), ...inBrowser, ...onPage]).toEqual([]);
});
