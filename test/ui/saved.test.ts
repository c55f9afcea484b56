// A person with an earlier version gets this one: their services have keys, jobs stand where they stood, the history is whole, and open panels come back.
// The secret store of a served VS Code is sealed in the browser, so that no file of it can be laid there: a stand-in stores each secret under its name.

import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { root } from '../host/tools.mjs';
import { openApp, type App } from './person/app';
import { jobPage } from './person/job';
import { leave, leftIn, settingsIn } from './person/left';
import { requestOf } from './person/ownService';
import { soon } from './person/patience';
import { tableOnPage } from './person/table';
import { tidyUp } from './person/tidy';

const fixtures = join(root, 'test/data/saved');
let app: App;
beforeAll(async () => {
  app = await openApp({
    settings: { ...settingsIn(fixtures), 'breadcrumbs.enabled': false },
    files: { 'day.json': JSON.stringify(requestOf('This is a good day')), 'days.csv': 'Id,Col2\n1,This is a good day\n2,rain\n3,the sun is out\n' },
    before: (place) => leave(place, leftIn(fixtures)),
  });
  // All lines of both trees at once.
  await app.page.setViewportSize({ width: 1280, height: 1900 });
  await app.openSidebar();
});
tidyUp(() => app);

const frame = () => app.page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
const turnTo = (title: string): Promise<void> => app.page.locator(`.editor-group-container .tab[aria-label="${title}"]`).click();

/** Shows what is below all lines: how it is grouped depends on how long ago it was. */
async function expandAll(): Promise<void> {
  const closed = app.page.locator('.part.sidebar .monaco-list-row[aria-expanded="false"]');
  await soon(async () => {
    if ((await closed.count()) > 0) await closed.first().click();
    return closed.count();
  }).toBe(0);
}

test('services are there, and none is without its key', async () => {
  for (const name of ['Feature hashing', 'Car prices', 'Older address', 'Behind a gateway', 'New web service', 'At its own address']) await app.tree.item(name).waitFor();
  expect((await app.tree.texts()).filter((line) => line.includes('no key'))).toEqual([]);
});

test('jobs stand where they stood', async () => {
  await expandAll();
  const states = {
    'running.csv': 'Running', 'not-known.csv': 'Not known', 'killed-cancelling.csv': 'Cancelling', 'killed-started.csv': 'Started', 'killed-starting.csv': 'Start interrupted',
    'killed-submitted.csv': 'Submitted, not started', 'killed-submitting.csv': 'Not known', 'killed-uploaded.csv': 'Uploaded, not submitted',
    // Its window is taken for dead when it was silent for half a minute.
    'killed-uploading.csv': 'Upload', 'killed-prepared.csv': 'Not submitted',
    'gone.csv': 'Gone from the service', 'cancelled.csv': 'Cancelled', 'failed.csv': 'Failed', 'finished.csv': 'Finished', 'days.csv': 'Finished',
  };
  for (const [file, state] of Object.entries(states)) await app.tree.item(file).filter({ hasText: state }).waitFor();
  await app.shot('saved');
});

test('the sample runs again, as it did', async () => {
  await app.tree.item('SimpleFeatureHashingExperiment').waitFor();
});

test('the history is whole, and what was pinned is on top', async () => {
  await expandAll();
  await soon(async () => (await app.history.texts()).flatMap((line) => /^(Pinned|\S+\.json)\b.*?(→ .*)?$/.exec(line)?.slice(1).join(' ').trim() ?? [])).toEqual([
    'Pinned', 'day.json → Feature hashing', 'day.json → Not there', 'wrong-column.json → Feature hashing', 'rows.json → Feature hashing', 'day.json → Feature hashing',
  ]);
});

test('an open answer is there again, in its order', async () => {
  await turnTo('Answer: day.json');
  await app.answer.shows('200 OK');
  await soon(async () => (await app.answer.table.sent()).map(([text]) => text)).toEqual(['rain', 'the sun is out', 'This is a good day']);
});

test('so is a file, in its order and searched', async () => {
  await turnTo('days.csv');
  const table = tableOnPage(app.page, frame());
  await soon(() => table.cells()).toEqual([['2', 'rain'], ['1', 'This is a good day']]);
});

test("so is a service's page, with the language that was chosen", async () => {
  await turnTo('How to Call Feature hashing');
  await frame().locator('.code-text').filter({ hasText: 'httr' }).waitFor();
});

test('so is a comparison', async () => {
  await turnTo('Comparison');
  await frame().locator('.compare .header').waitFor();
  await soon(() => frame().locator('.compare-file').allInnerTexts()).toEqual(['day.json', 'day.json']);
});

test("so is a job's page", async () => {
  await turnTo('Job: days.csv');
  await jobPage(app.page).state('Finished');
});
