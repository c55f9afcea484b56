// What a person has left with the sample service is there after its window is loaded again, and its key is theirs to copy.

import { beforeAll, test } from 'vitest';
import { openApp, type App } from './person/app';
import { jobPage } from './person/job';
import { soon } from './person/patience';
import { pictures } from './person/pictures';
import { tidyUp } from './person/tidy';
import { tree } from './person/tree';

/** So long a window may take whose page is gone until it gives its sample's jobs back, in milliseconds. */
const leftBehindMs = 60_000;

const csv = 'Col2\nThis is a good day\n';
let app: App;
beforeAll(async () => {
  app = await openApp({ files: { 'ended.csv': csv, 'waiting.csv': csv }, settings: { 'breadcrumbs.enabled': false } });
  await app.openSidebar();
  await app.runCommand('Azure ML: Start the Sample Service');
  await app.tree.item('SimpleFeatureHashingExperiment').waitFor();
  // The service is in the tree a moment before its request is opened, which would come over a file that is opened meanwhile.
  await app.editors.tab('sample-request.json').waitFor();
});
tidyUp(() => app);

async function run(file: string, choice: string): Promise<void> {
  await app.editors.open(file);
  await app.editors.titleButton('Run Batch Job').click();
  await app.ask.asks('Run Batch Job on');
  await app.ask.choose('SimpleFeatureHashingExperiment');
  const review = app.ask.box.filter({ hasText: 'submits and starts' }).first();
  await review.waitFor();
  await app.ask.choose(choice);
}

async function shows(file: string, state: string): Promise<void> {
  await app.tree.item(file).filter({ hasText: state }).waitFor();
}

test('jobs and blobs of the sample are there after the window was loaded again', async () => {
  await run('ended.csv', 'Run');
  await shows('ended.csv', 'Finished');
  await run('waiting.csv', 'Submit Only');
  await shows('waiting.csv', 'Submitted');
  await app.reload('waiting.csv');
  await app.tree.item('SimpleFeatureHashingExperiment').waitFor();
  await app.tree.inline('waiting.csv', 'Start Job');
  await shows('waiting.csv', 'Finished');
  await app.tree.inline('ended.csv', 'Open Results');
  await soon(async () => (await jobPage(app.page).cells())[0]?.slice(0, 4)).toEqual(['This is a good day', '1', '1', '2']);
});

test('its key is copied after one question', async () => {
  await app.runCommand('Azure ML: Copy Sample Key');
  await app.ask.dialog('Copy the key of the sample service, which opens nothing but the sample on this computer?').waitFor();
  await app.ask.press('Copy');
  await soon(() => app.clipboard()).toMatch(/^[A-Za-z0-9+/]{86}==$/);
});

test('jobs and the history are there also for a page that follows one that went without a goodbye', async () => {
  await app.editors.tab('sample-request.json').click();
  await app.editors.titleButton('Send to RRS').click();
  await app.answer.shows('200 OK');
  await app.history.item('SimpleFeatureHashingExperiment').waitFor();
  const before = await app.context.newCDPSession(app.page);
  // It never answers: nobody is there any more.
  before.send('Page.crash').catch(() => undefined);
  await app.page.waitForEvent('crash');
  const page = await app.context.newPage();
  await page.goto(app.page.url());
  await page.getByRole('tab', { name: 'Azure ML' }).click({ timeout: 60_000 });
  await tree(page, 'History').item('SimpleFeatureHashingExperiment').waitFor();
  await pictures(page)('sample of a page that is gone');
  for (const file of ['ended.csv', 'waiting.csv']) await tree(page, 'Services').item(file).filter({ hasText: 'Finished' }).waitFor({ timeout: leftBehindMs });
});
