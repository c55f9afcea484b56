// An instance that is created in the sample while that is stopped and started again. Each test goes on from the one before.

import type { FrameLocator, Locator } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { openApp, type App } from './person/app';
import { openSection } from './person/azure';
import { soon } from './person/patience';
import { tidyUp } from './person/tidy';

let app: App;
beforeAll(async () => {
  app = await openApp({ settings: { 'breadcrumbs.enabled': false } });
  await app.openSidebar();
  await app.runCommand('Azure ML: Start the Sample Service');
  await app.editors.tab('sample-request.json').waitFor();
  await openSection(app.page);
  await app.apim.item('Sample API Management').waitFor();
});
tidyUp(() => app);

const page = (): FrameLocator => app.page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
const field = (label: string): Locator => page().getByRole('textbox', { name: label, exact: true });

test('what is created in the sample is named when that is stopped, and waits for it', async () => {
  await app.apim.menu('Sample API Management', 'Create API Management Instance…');
  await field('Name').fill('second-one');
  await page().getByText('The name is free.').waitFor();
  await soon(() => page().locator('#group vscode-option').count()).toBeGreaterThan(1);
  await field('Name of the new resource group').fill('fresh');
  await page().locator('#location').click();
  await page().locator('#location').getByRole('option').nth(1).click();
  await field('Organization name').fill('Contoso');
  await field('Administrator e-mail').fill('ann@contoso.invalid');
  await page().getByRole('button', { name: 'Create…' }).click();
  await app.ask.asks('it costs nothing');
  await app.ask.answer('Developer');
  await app.editors.status('second-one: Being created').click();
  await app.ask.box.getByPlaceholder('It goes on in the sample service while that runs.').waitFor();
  await app.shot('apim sample under way');
  await app.ask.dismiss();
  await app.runCommand('Azure ML: Stop the Sample Service');
  await app.ask.dialog('Stop the sample service?').filter({ hasText: 'is being created, restored or deleted' }).waitFor();
  await app.ask.press('Stop');
  await app.editors.status('second-one: Waits for the sample service, which is stopped').waitFor();
  await app.apim.item('second-one').filter({ hasText: 'Waits for the sample service, which is stopped' }).waitFor();
  await app.shot('apim sample waits');
});

test('it goes on once the sample was started from its box', async () => {
  await app.editors.status('second-one: Waits').click();
  await app.ask.asks('second-one: Waits for the sample service, which is stopped');
  expect((await app.ask.choices()).map((label) => label.trim())).toEqual([
    'Start the Sample Service', 'Show in the Sidebar', 'Stop Following…', 'Delete…',
  ]);
  await app.shot('apim sample box');
  await app.ask.choose('Start the Sample Service');
  await app.ask.notification('The API Management instance second-one is ready.').waitFor({ timeout: 60_000 });
  await app.editors.status('second-one').waitFor({ state: 'hidden' });
  await app.apim.item('second-one').waitFor();
});
