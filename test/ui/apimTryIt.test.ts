// Try It, as a person uses it: an operation of a published API from the tree, the good day through the gateway, a job from operation to
// operation, and a reload. Each test goes on from the one before; at the end all keys are looked for in what was written.

import type { FrameLocator, Locator } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { openApp, type App } from './person/app';
import { openSection } from './person/azure';
import { keptInBrowser, leaksBelow, leaksIn, type Secret } from './person/leaks';
import { requestOf } from './person/ownService';
import { soon } from './person/patience';
import { tableOnPage } from './person/table';
import { tidyUp } from './person/tidy';

const service = 'SimpleFeatureHashingExperiment';
const callers = `Callers of ${service}`;
const goodDay = ['1', '1', '2', '2', '0', '2', '0', '1'];

let app: App;
let secret: Secret;
beforeAll(async () => {
  app = await openApp({
    files: { 'day.json': JSON.stringify(requestOf('This is a good day'), undefined, 2) },
    settings: { 'azuremlWebServices.maxRetries': 0, 'breadcrumbs.enabled': false, 'editor.minimap.enabled': false },
  });
  await app.openSidebar();
});
tidyUp(() => app);

/** The page with such a part: the call and its answer stand beside each other. */
async function pageWith(part: string): Promise<FrameLocator> {
  const frames = app.page.locator('iframe.webview.ready');
  let found: FrameLocator | undefined;
  await soon(async () => {
    for (let index = 0; index < await frames.count(); index += 1) {
      const frame = app.page.frameLocator('iframe.webview.ready').nth(index).frameLocator('#active-frame');
      if (await frame.locator(part).first().isVisible().catch(() => false)) found = frame;
    }
    return found !== undefined;
  }).toBe(true);
  if (!found) throw new Error(`No page has ${part}.`);
  return found;
}
const callPage = (): Promise<FrameLocator> => pageWith('.call-form');
const answerPage = (): Promise<FrameLocator> => pageWith('.badge:not(.call-page .badge)');
const button = async (name: string): Promise<Locator> => (await callPage()).getByRole('button', { name, exact: true });
const title = (words: string): Promise<void> => app.page.locator('.tab').filter({ hasText: words }).first().waitFor();

/** Sends, and waits until an answer with this status is shown that was not there before. */
async function sends(status: string): Promise<FrameLocator> {
  await (await button('Send')).click();
  const answer = await answerPage();
  await answer.locator('.badge').filter({ hasText: status }).waitFor();
  return answer;
}

test('an operation of a published API is tried from the tree with the request in front, through the gateway', async () => {
  await app.runCommand('Azure ML: Start the Sample Service');
  await app.tree.item(service).waitFor();
  await app.tree.menu(service, 'Publish to API Management…');
  await app.ask.asks('Which API Management Instance?');
  await app.ask.choose('Sample API Management');
  const publishing = await pageWith('.choices, form, [role="form"], .form-rows');
  await publishing.getByRole('button', { name: 'Review Changes…' }).click();
  await (await pageWith('.publish-line')).getByRole('button', { name: /^Apply \d+ Changes/ }).click();
  await (await pageWith('.publish-line')).locator('.badge').filter({ hasText: 'Published' }).waitFor();
  await openSection(app.page);
  await app.page.setViewportSize({ width: 1280, height: 1000 });
  await app.apim.expand('Sample API Management');
  await app.apim.expand('APIs');
  await app.editors.open('day.json');
  await app.apim.menu(service, 'Try It…');
  await app.ask.asks('Try Which Operation?');
  await app.ask.choose('RRS Execute');
  await title('Try It: RRS Execute');
  const page = await callPage();
  await page.getByText('from day.json').waitFor();
  await page.getByText('This is JSON.').waitFor();
  const answer = await sends('200 OK');
  const table = tableOnPage(app.page, answer);
  await table.drawn();
  expect((await table.cells()).map((row) => row.slice(-8))).toEqual([goodDay]);
  await app.page.setViewportSize({ width: 1280, height: 800 });
  await app.runCommand('View: Close Primary Side Bar');
  await (await pageWith('.badge:not(.call-page .badge)')).locator('.badge').first().waitFor();
  await app.shots('try it', 'try-it');
  await app.page.setViewportSize({ width: 1280, height: 1000 });
  await app.openSidebar();
  await answer.getByRole('tab', { name: 'Request' }).click();
  await answer.getByText('Ocp-Apim-Subscription-Key').first().waitFor();
});

test('what is typed is what is sent, and the keyboard is enough', async () => {
  const page = await callPage();
  await page.getByRole('textbox', { name: 'Body' }).fill(JSON.stringify(requestOf('rain')));
  await page.getByRole('textbox', { name: 'Body' }).press('Control+Enter');
  const answer = await answerPage();
  const table = tableOnPage(app.page, answer);
  await soon(async () => JSON.stringify(await table.cells())).not.toContain(JSON.stringify(goodDay).slice(1, -1));
  await page.getByRole('textbox', { name: 'Body' }).fill('{"Inputs":');
  await page.getByText(/Line 1, column 11/).waitFor();
  await page.getByRole('textbox', { name: 'Body' }).press('Control+Enter');
  await page.getByText('Nothing was sent: the body is no JSON, line 1, column 11.').waitFor();
});

test('a job is submitted, and the other operations know it', async () => {
  await app.apim.expand(service);
  await app.apim.menu('BES Submit', 'Try It…');
  await title('Try It: BES Submit');
  await (await callPage()).getByRole('textbox', { name: 'Body' }).waitFor();
  await (await button('Send')).click();
  // The example has placeholders: nobody sends them by mistake.
  await (await callPage()).getByText('Nothing was sent: the body has the placeholder {account}').waitFor();
  await (await button('Send Anyway')).click();
  const submitted = (await callPage()).locator('.call-notice');
  await submitted.filter({ hasText: 'is submitted' }).waitFor();
  const id = /Job (\S+) is submitted/.exec(await submitted.innerText())?.[1] ?? '';
  await app.shots('try it submitted');
  await (await button('BES Status…')).click();
  await title('Try It: BES Status');
  await soon(async () => (await callPage()).locator('.call-url').innerText()).toContain(`/jobs/${id}`);
  await sends('200 OK');
});

test('it is followed as a batch job, and a call is not sent again from the history as if it were a request', async () => {
  await app.apim.menu('BES Submit', 'Try It…');
  await title('Try It: BES Submit');
  await (await button('Follow as Batch Job')).click();
  await app.page.locator('.tab').filter({ hasText: /^Job/ }).first().waitFor();
  await app.page.locator('.part.sidebar .pane-header[aria-label^="History"]').click();
  await app.history.menu('BES Submit', 'Send Again');
  const refused = app.ask.notification('was made with Try It');
  await refused.getByRole('button', { name: 'Try It…' }).click();
  await app.ask.asks('Which API Management Instance?');
  await app.page.keyboard.press('Escape');
  await app.page.locator('.part.sidebar .pane-header[aria-label^="History"]').click();
  await app.page.locator('.tab').filter({ hasText: 'Try It:' }).first().click();
  await callPage();
});

test('a key that is suspended is named, with the way to activate it', async () => {
  await app.apim.expand('Subscriptions');
  await app.apim.menu(callers, 'Copy Key…');
  await app.ask.press('Copy Primary Key');
  await soon(() => app.clipboard()).toMatch(/^[\da-f]{32}$/);
  secret = { name: 'the key of the subscription', value: await app.clipboard() };
  await app.apim.menu(callers, 'Suspend Subscription…');
  await app.ask.press('Suspend');
  await soon(() => app.apim.texts()).toContainEqual(expect.stringMatching(/suspended/));
  // The page has the example with its placeholders.
  await (await button('Send')).click();
  await (await button('Send Anyway')).click();
  const answer = await answerPage();
  await answer.locator('.badge').filter({ hasText: '401' }).waitFor();
  await answer.getByText(/are refused, as it is not active \(suspended\)/).waitFor();
  await answer.getByRole('button', { name: 'Activate Subscription' }).click();
  await soon(async () => (await app.apim.texts()).filter((text) => text.includes('suspended'))).toEqual([]);
});

test('a reload finds the page again', async () => {
  await app.reload('mainThreadWebview-azuremlWebServices.tryIt');
  await title('Try It: BES Submit');
  await (await callPage()).locator('.call-url').waitFor();
});

test('the key is in nothing that was written or shown', async () => {
  await app.page.evaluate('navigator.clipboard.writeText("")');
  const shown = await app.page.evaluate<string>('document.documentElement.outerHTML');
  const kept = (await keptInBrowser(app.page)).filter(({ place }) => place !== 'localStorage/secrets.provider');
  const inBrowser = kept.flatMap(({ place, content }) => leaksIn(place, Buffer.from(content, 'utf8'), [secret]));
  const onPage = leaksIn('the window', Buffer.from(shown), [secret]);
  expect([...[app.dataDir, app.folder].flatMap((folder) => leaksBelow(folder, [secret])), ...inBrowser, ...onPage]).toEqual([]);
});
