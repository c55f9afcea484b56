// A batch job in the first minute with no account, as a person lives it: a file, run, watch, results, download, clean up, delete. Each test goes on from the one before.

import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { openApp, type App } from './person/app';
import { jobPage, type JobPage } from './person/job';
import { soon } from './person/patience';
import { tidyUp } from './person/tidy';

let app: App;
let job: JobPage;
beforeAll(async () => {
  app = await openApp({ settings: { 'breadcrumbs.enabled': false, 'editor.minimap.enabled': false }, files: { 'texts.csv': 'Id,Col2\n1,This is a good day\n2,"rain, and wind"\n' } });
  job = jobPage(app.page);
  await app.openSidebar();
});
tidyUp(() => app);

test('a file is run with one question, and the job is under its service at once', async () => {
  await app.editors.open('texts.csv');
  await app.editors.titleButton('Run Batch Job').click();
  await app.ask.asks('Run Batch Job on');
  await app.ask.choose('Sample service');
  await app.ask.asks('Run it, or choose what to change');
  await app.shot('job review');
  await app.ask.accept();
  await app.tree.item('texts.csv').waitFor();
  await job.state('Finished');
  await app.shot('job finished', 'job-dark');
});

test('the page alone tells of the end while it can be seen', async () => {
  expect(await app.ask.notification('texts.csv').count()).toBe(0);
});

test('the results open as a table', async () => {
  await app.tree.inline('texts.csv', 'Open Results');
  await soon(() => job.cells()).toEqual([
    ['1', 'This is a good day', '1', '1', '2', '2', '0', '2', '0', '1'],
    ['2', 'rain, and wind', expect.any(String), expect.any(String), expect.any(String), expect.any(String), expect.any(String), expect.any(String), expect.any(String), expect.any(String)],
  ]);
  await app.ask.clearNotifications();
  await app.shot('job results');
});

test('the results are sorted, and counted', async () => {
  await job.table.sortBy('Id');
  await job.table.sortBy('Id');
  await soon(async () => (await job.cells()).map(([id]) => id)).toEqual(['2', '1']);
  await app.shots('job results sorted');
  await job.table.use('Summary');
  const card = job.frame.locator('.card').filter({ has: job.frame.getByRole('heading', { name: 'Id', exact: true }) });
  await card.locator('svg.histogram .bar').first().waitFor();
  expect((await card.locator('.card-facts').innerText()).replaceAll(/\s+/g, ' ')).toMatch(/^Rows 2 Empty 0 Mean 1\.5 .*Minimum 1 Maximum 2$/);
  await app.shots('job results summary');
  await job.table.use('Summary');
});

test('all results are downloaded into a folder', async () => {
  const folder = join(app.folder, 'results');
  mkdirSync(folder);
  await app.tree.menu('texts.csv', 'Download All Results…');
  await app.ask.asks('Download 1 result');
  await app.ask.folder(folder);
  await app.ask.notification('1 result downloaded').waitFor();
  const lines = readFileSync(join(folder, 'texts-output1.csv'), 'utf8').trim().split(/\r?\n/);
  expect(lines).toHaveLength(3);
  expect(lines[1]).toBe('1,This is a good day,1,1,2,2,0,2,0,1');
  await app.ask.clearNotifications();
});

test('the sidebar shows the job as ended today, light and narrow', async () => {
  await soon(() => app.tree.texts()).toContainEqual(expect.stringMatching(/^texts\.csv Finished · /));
  await soon(() => app.tree.texts()).toContainEqual(expect.stringMatching(/^Today/));
  await app.look('light');
  await app.shot('job light');
  await app.page.setViewportSize({ width: 700, height: 600 });
  await app.shot('job narrow');
  await app.page.setViewportSize({ width: 1280, height: 800 });
  await app.look('dark');
});

test('a reload keeps the job, and its page', async () => {
  await app.reload('mainThreadWebview-azuremlWebServices.job');
  await app.tree.item('texts.csv').waitFor();
  await job.state('Finished');
});

test('clean up removes what was uploaded; delete removes the job', async () => {
  await app.tree.menu('texts.csv', 'Delete Job…');
  await app.ask.dialog('Delete "texts.csv"?').waitFor();
  await app.ask.press('Delete');
  await app.tree.item('texts.csv').waitFor({ state: 'hidden' });
  expect(existsSync(join(app.folder, 'results', 'texts-output1.csv'))).toBe(true);
});
