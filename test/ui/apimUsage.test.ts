// Who calls, and how it goes: real calls through the gateway, some of them refused, are looked at over time, narrowed by a click, read as a
// table, and the one who is throttled is named. Each test goes on from the one before.

import type { FrameLocator, Locator } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { openApp, type App } from './person/app';
import { openSection } from './person/azure';
import { requestOf } from './person/ownService';
import { soon } from './person/patience';
import { tidyUp } from './person/tidy';

const service = 'SimpleFeatureHashingExperiment';
const behind = `${service} at Sample API Management`;
const callers = `Callers of ${service}`;

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
const figure = (name: string): Promise<string> => page().locator('.figure', { hasText: name }).first().locator('.figure-value').innerText();
const tab = (name: string): Locator => page().getByRole('tab', { name });

async function sendsTo(status: string): Promise<void> {
  const before = await app.answer.when();
  await app.editors.open('day.json');
  await app.editors.send();
  await soon(() => app.answer.when()).not.toBe(before);
  await app.answer.shows(status);
}

test('calls go through the gateway until it refuses them', async () => {
  await app.runCommand('Azure ML: Start the Sample Service');
  await app.tree.item(service).waitFor();
  await app.tree.menu(service, 'Publish to API Management…');
  await app.ask.asks('Which API Management Instance?');
  await app.ask.choose('Sample API Management');
  await page().getByLabel('Calls', { exact: true }).fill('1');
  await page().getByLabel('In seconds', { exact: true }).fill('300');
  await button('Review Changes…').click();
  await button(/^Apply \d+ Changes/).click();
  await page().locator('.badge').filter({ hasText: 'Published' }).waitFor();
  await app.editors.open('day.json');
  await app.editors.send();
  await app.ask.asks('Send day.json to');
  await app.ask.choose(behind);
  await app.answer.shows('200 OK');
  await sendsTo('429');
  await sendsTo('429');
});

test('the usage of the instance tells of just these calls', async () => {
  await openSection(app.page);
  await app.apim.menu('Sample API Management', 'Usage');
  await soon(() => figure('Calls')).toBe('3');
  expect([await figure('Succeeded'), await figure('Blocked')]).toEqual(['1 (33.3 %)', '2 (66.7 %)']);
  const chart = page().getByRole('figure', { name: 'Calls' });
  // All of them were made just now, so that the last hour shows them best.
  expect(await page().getByLabel('Time', { exact: true }).inputValue()).toBe('hour');
  // The page has the whole width.
  await app.runCommand('View: Close Editors in Other Groups');
  await app.runCommand('View: Close Other Editors in Group');
  await soon(() => app.page.locator('.editor-group-container .tab').count()).toBe(1);
  await soon(() => chart.locator('.bar').count()).toBeGreaterThanOrEqual(4);
  await chart.locator('.bar').last().focus();
  await soon(() => chart.locator('.chart-said').innerText()).toMatch(/: (?:Succeeded 1, Failed 0, Blocked 2|no calls reported)$/);
  await app.shots('usage', 'usage');
});

test('a click on an API looks at it alone, and its chip takes that away', async () => {
  await button(new RegExp(`^${service} .*3`)).first().click();
  await page().locator('.chip-words').filter({ hasText: service }).waitFor();
  await page().getByText('API Management does not report the calls of one API by product or subscription.').waitFor();
  await soon(() => figure('Calls')).toBe('3');
  await button(/^Take away: API/).click();
  await soon(() => page().locator('.chip-words').count()).toBe(0);
  await soon(() => page().getByRole('figure', { name: 'By Subscription' }).count()).toBe(1);
});

test('the numbers stand in a table, and single requests in another', async () => {
  await button('As Table: By Subscription').click();
  await tab('By Subscription').and(page().locator('[aria-selected=true]')).waitFor();
  const table = page().locator('#panel-subscription');
  await table.locator('[role=gridcell]', { hasText: callers }).first().waitFor();
  await app.shot('usage table');
  await tab('Requests').click();
  const requests = page().locator('#panel-requests');
  await requests.locator('[role=gridcell]', { hasText: '429' }).first().waitFor();
  await soon(() => tab('Requests').innerText()).toContain('3');
  await app.shot('usage requests');
});

test('who is being throttled is one click, and leads to the limit', async () => {
  await button('Who Is Being Throttled?').click();
  const row = page().locator('.throttled tbody tr').first();
  await soon(() => row.innerText()).toContain(callers);
  await soon(() => row.innerText()).toMatch(/1 calls? in (?:5 minutes|300 seconds)/);
  await app.shot('usage throttled');
  await row.getByRole('button', { name: 'Limit Calls…' }).first().click();
  await soon(() => page().getByRole('spinbutton', { name: 'Calls' }).first().inputValue()).toBe('1');
});

test('what was looked at is found again after a reload', async () => {
  await app.runCommand('Azure ML: Who Is Being Throttled?');
  await app.ask.asks('Which API Management Instance?');
  await app.ask.choose('Sample API Management');
  await soon(() => page().locator('.throttled tbody tr').count()).toBeGreaterThan(0);
  await app.reload('mainThreadWebview-azuremlWebServices.usage');
  // Which tab was in front may not be kept yet.
  await app.editors.tab('Usage').first().click();
  await soon(() => figure('Calls')).toBe('3');
});
