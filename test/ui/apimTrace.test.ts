// Traces and both ways to a service, as a person uses them: a call of a published API is traced from its page, and the service is measured
// direct and through its gateway. At the end what was written is searched for all keys and for the token of the traces.

import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FrameLocator } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { openApp, type App } from './person/app';
import { openSection } from './person/azure';
import { filesBelow, keptInBrowser, leaksBelow, leaksIn, type Secret } from './person/leaks';
import { requestOf } from './person/ownService';
import { soon } from './person/patience';
import { tidyUp } from './person/tidy';

const service = 'SimpleFeatureHashingExperiment';

let app: App;
beforeAll(async () => {
  app = await openApp({
    files: { 'day.json': JSON.stringify(requestOf('This is a good day'), undefined, 2) },
    settings: { 'azuremlWebServices.maxRetries': 0, 'breadcrumbs.enabled': false, 'editor.minimap.enabled': false },
  });
  await app.openSidebar();
});
tidyUp(() => app);

/** The page with such a part: several may be open beside each other. */
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

/** A token for traces looks so, as it is and in an address. */
const traceToken = /p(?:=|%3d)tracing(?:&|%26)ex(?:=|%3d)/i;

/** Where a token for traces stands in what was written or kept. */
async function tokens(): Promise<readonly string[]> {
  const files = [app.dataDir, app.extensionsDir, app.folder].flatMap(filesBelow).filter((file) => traceToken.test(readFileSync(file, 'latin1')));
  const kept = (await keptInBrowser(app.page)).filter(({ content }) => traceToken.test(content)).map(({ place }) => place);
  // The sample's own program writes tokens nowhere, and its code is no token.
  return [...files.filter((file) => !file.endsWith('.js')), ...kept];
}

test('a call of a published API is traced once that is switched on, and its steps are shown', async () => {
  await app.runCommand('Azure ML: Start the Sample Service');
  await app.tree.item(service).waitFor();
  await app.tree.menu(service, 'Publish to API Management…');
  await app.ask.asks('Which API Management Instance?');
  await app.ask.choose('Sample API Management');
  const choices = await pageWith('[role="form"], form, .form-row-part');
  await choices.getByRole('button', { name: 'Review Changes…' }).click();
  const review = await pageWith('.publish-line');
  await review.getByRole('button', { name: /^Apply \d+ Changes/ }).click();
  await review.locator('.badge').filter({ hasText: 'Published' }).waitFor();
  await openSection(app.page);
  await app.page.setViewportSize({ width: 1280, height: 1000 });
  await app.apim.expand('Sample API Management');
  await app.apim.expand('APIs');
  await app.editors.open('day.json');
  await app.apim.menu(service, 'Try It…');
  await app.ask.asks('Try Which Operation?');
  await app.ask.choose('RRS Execute');
  const page = await pageWith('.call-form');
  await page.getByRole('tab', { name: 'Trace' }).click();
  await page.getByRole('button', { name: 'Switch On Tracing…' }).click();
  await app.ask.dialog(`Trace calls of ${service}`).filter({ hasText: 'for an hour at most' }).waitFor();
  await app.shot('trace question');
  await app.ask.press('Switch On Tracing');
  await page.getByText('Calls to this API are traced.').waitFor();
  await page.getByText(/^\s*Until \d\d:\d\d, \d+ minutes left/).waitFor();
  await page.getByRole('button', { name: 'Send' }).click();
  await page.locator('.trace-title').filter({ hasText: 'POST RRS Execute, 200' }).waitFor();
  const sources = await page.locator('.trace-source').allInnerTexts();
  expect(sources).toEqual(expect.arrayContaining(['api-inspector', 'set-header', 'forward-request', 'transfer-response']));
  await soon(() => page.locator('.trace-changes').allInnerTexts()).toContainEqual(expect.stringMatching(/^Header Authorization: (?:Bearer )?•+$/));
  await app.shots('trace');
  expect(await tokens()).toEqual([]);
});

test('tracing is switched off, and what was traced stays as an earlier call', async () => {
  const page = await pageWith('.call-form');
  await page.getByRole('button', { name: 'Switch Off' }).click();
  await page.getByText('Calls are not traced.').waitFor();
  await page.getByRole('button', { name: 'Send' }).click();
  await page.getByText('This is the trace of an earlier call').waitFor();
});

test('both ways are measured beside each other, within the limits of the gateway', async () => {
  await app.editors.open('day.json');
  await app.apim.menu(service, 'Compare Direct and Through Gateway…');
  const page = await pageWith('.ways-page');
  await page.getByText('"day.json" is sent.').waitFor();
  await page.getByRole('spinbutton', { name: 'Calls each way' }).fill('3');
  await page.getByText('3 calls each way, in turns: 6 calls').waitFor();
  await page.getByRole('button', { name: 'Compare', exact: true }).click();
  await page.locator('.badge').filter({ hasText: /^Compared$/ }).waitFor();
  await page.locator('.ways-facts').getByText('No cell differs.').waitFor();
  // All six, of which the first of each way made the connection.
  expect(await page.locator('.ways-dot').count()).toBe(6);
  await app.shots('both ways');
  await page.getByRole('button', { name: 'Open Answer of Gateway' }).click();
  await app.answer.shows('200 OK');
});

test('no token for traces and no key stands in what was written or kept, and one that is planted is found', async () => {
  await app.apim.expand('Subscriptions');
  await app.apim.menu(`Callers of ${service}`, 'Copy Key…');
  await app.ask.dialog('Copy a key of the subscription').waitFor();
  await app.page.evaluate('navigator.clipboard.writeText("")');
  await app.ask.press('Copy Primary Key');
  await soon(() => app.clipboard()).toMatch(/^[\da-f]{32}$/);
  const secret: Secret = { name: 'the key of the subscription', value: await app.clipboard() };
  const kept = (await keptInBrowser(app.page)).filter(({ place }) => place !== 'localStorage/secrets.provider');
  const inBrowser = kept.flatMap(({ place, content }) => leaksIn(place, Buffer.from(content, 'utf8'), [secret]));
  expect([...[app.dataDir, app.folder].flatMap((folder) => leaksBelow(folder, [secret])), ...inBrowser]).toEqual([]);
  expect(await tokens()).toEqual([]);
  const planted = join(app.folder, 'planted.txt');
  writeFileSync(planted, 'aid=demo&p=tracing&ex=2026-11-30T12%3A00%3A00.000Z&s=abc');
  expect(await tokens()).toEqual([planted]);
  rmSync(planted);
});
