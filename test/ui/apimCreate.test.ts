// Instances of API Management that a person creates, follows over a reload, sees fail, and deletes. Each test goes on from the one before.

import type { FrameLocator, Locator } from 'playwright-core';
import { beforeAll, expect, inject, test } from 'vitest';
import { openApp, type App } from './person/app';
import { openSection, startAzure, type Azure } from './person/azure';
import { leaksBelow } from './person/leaks';
import { soon } from './person/patience';
import { installSignIn, type SignIn } from './person/signIn';
import { tidyUp } from './person/tidy';

let azure: Azure;
let signIn: SignIn;
let app: App;
beforeAll(async () => {
  azure = await startAzure();
  await azure.creation(5);
  signIn = installSignIn(inject('extensionsDir'));
  signIn.give(azure.token);
  app = await openApp({ extensionsDir: signIn.extensionsDir, settings: { 'azuremlWebServices.armEndpoint': azure.endpoint, 'breadcrumbs.enabled': false } });
  await app.openSidebar();
  await openSection(app.page);
  await app.apim.welcome.getByRole('button', { name: 'Sign In to Azure' }).click();
  await app.ask.dialog('wants to sign in using Microsoft').waitFor();
  await app.ask.press('Allow');
  await app.apim.expand('Sample subscription');
  await app.apim.item('sample-apim').waitFor();
});
tidyUp(() => app, () => azure?.stop(), () => signIn?.remove());

const page = (): FrameLocator => app.page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
const field = (label: string): Locator => page().getByRole('textbox', { name: label, exact: true });
const puts = async (name: string): Promise<number> =>
  (await azure.calls()).filter(({ method, path }) => method === 'PUT' && path.endsWith(`/service/${name}`)).length;

/** Chooses by the keyboard, in the list that has the focus. */
async function chooseByKeys(keys: number): Promise<void> {
  await app.page.keyboard.press('Space');
  for (let key = 0; key < keys; key += 1) await app.page.keyboard.press('ArrowDown');
  await app.page.keyboard.press('Enter');
}

test('the form is filled in by the keyboard; a name that is taken says so as one types', async () => {
  await app.apim.menu('Sample subscription', 'Create API Management Instance…');
  await field('Name').waitFor();
  await soon(() => page().locator('#location vscode-option').count()).toBeGreaterThan(2);
  await field('Name').focus();
  await app.page.keyboard.type('sample-apim');
  await page().getByText('sample-apim is already in use.').waitFor();
  await app.shot('apim create taken');
  for (let key = 0; key < 'apim'.length; key += 1) await app.page.keyboard.press('Backspace');
  await app.page.keyboard.type('new');
  await page().getByText('The name is free.').waitFor();
  // The subscription is the one that was meant; a new group, the second location.
  for (let key = 0; key < 3; key += 1) await app.page.keyboard.press('Tab');
  await app.page.keyboard.type('fresh');
  await app.page.keyboard.press('Tab');
  await chooseByKeys(2);
  await page().getByRole('radio', { name: /^Consumption/ }).focus();
  await app.page.keyboard.press('ArrowDown');
  await field('Organization name').fill('Contoso');
  await field('Administrator e-mail').fill('ann@contoso.invalid');
  // A picture for the README, from the top on.
  await page().locator('html').evaluate((html) => html.scrollTo(0, 0));
  await app.shot('apim create filled', 'create-instance');
  await field('Administrator e-mail').fill('ann');
  await field('Administrator e-mail').press('Enter');
  await page().getByText('Enter an e-mail address').waitFor();
  await app.shots('apim create form');
  await field('Administrator e-mail').fill('ann@contoso.invalid');
  await field('Administrator e-mail').press('Enter');
});

test('it is created once its tier was typed, and followed over a reload to one notice', async () => {
  await app.ask.asks('it costs money from its creation on');
  await app.ask.answer('developer');
  await app.ask.asks('Type Developer to go on');
  await app.shot('apim create confirm');
  await app.ask.answer('Developer');
  await app.apim.item('sample-new').filter({ hasText: 'Being created' }).waitFor();
  await app.editors.status('sample-new: Being created').waitFor();
  await app.shot('apim create under way');
  await app.reload('instancesUnderWay');
  const ready = app.ask.notification('The API Management instance sample-new is ready.');
  await app.editors.status('sample-new: Being created').or(ready).first().waitFor();
  await ready.waitFor();
  await app.shot('apim create ready');
  expect(await ready.count()).toBe(1);
  await app.editors.status('sample-new').waitFor({ state: 'hidden' });
  expect(await puts('sample-new')).toBe(1);
  await openSection(app.page);
  await app.apim.expand('Sample subscription');
  await app.apim.expand('sample-new');
  await app.apim.item('Products').waitFor();
  await app.ask.clearNotifications();
});

test('a failed activation is told in the words of the service, and stays in its line', async () => {
  await azure.creation(1);
  await azure.fault({ fault: 'activationFails' });
  await app.runCommand('Azure ML: Create API Management Instance…');
  await soon(() => page().locator('#subscription vscode-option').count()).toBe(3);
  await field('Name').fill('sample-bad');
  await page().locator('#subscription').click();
  await page().getByRole('option', { name: 'Sample subscription' }).click();
  await soon(() => page().locator('#group vscode-option').count()).toBeGreaterThan(1);
  await page().locator('#group').click();
  await page().getByRole('option', { name: /^fresh/ }).click();
  // Where its group is: nobody has chosen another place.
  await soon(() => page().locator('#location').evaluate((element) => Reflect.get(element, 'value'))).toMatch(/\w/);
  await field('Organization name').fill('Contoso');
  await field('Administrator e-mail').fill('ann@contoso.invalid');
  await page().getByText('The name is free.').waitFor();
  await page().getByRole('button', { name: 'Create…' }).click();
  await app.ask.asks('it costs money');
  await app.ask.answer('Developer');
  await app.ask.notification('Creating sample-bad failed.').waitFor();
  await app.apim.item('sample-bad').filter({ hasText: 'Creating it failed' }).waitFor();
  const told = app.ask.dialog('Azure could not activate the API Management instance.').filter({ hasText: 'ActivationFailed' });
  // VS Code forgets what a line does when that is drawn anew, also while one clicks on it.
  const ask = async (): Promise<void> => {
    await app.apim.click('sample-bad');
    await told.waitFor({ timeout: 5_000 });
  };
  await ask().catch(ask);
  await told.waitFor();
  await app.shot('apim create failed');
  await app.ask.press('Delete…');
  await app.ask.asks('Type sample-bad to delete it.');
  await app.shot('apim delete');
  await app.ask.answer('sample-bad');
  await app.ask.notification('The API Management instance sample-bad is deleted.').waitFor();
  await app.apim.item('sample-bad').waitFor({ state: 'hidden' });
});

test('no token and no signed address was written', async () => {
  expect([app.dataDir, app.folder].flatMap((folder) => leaksBelow(folder, [{ name: 'the token', value: azure.token }]))).toEqual([]);
});
