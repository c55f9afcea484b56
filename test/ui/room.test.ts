// Room for the data: where the first row stands in a person's window, on every page that has rows, and how many are seen at twice the size.

import type { FrameLocator } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { openApp, type App } from './person/app';
import { jobPage, type JobPage } from './person/job';
import { requestOf, startOwnService, type OwnService } from './person/ownService';
import { soon } from './person/patience';
import { tidyUp } from './person/tidy';

/** The first row begins no lower than this, in pixels of a window of 1280 by 800. */
const lowest = 220;
/** At twice the size so many rows are seen, whole. */
const fewest = 3;

let app: App;
let mine: OwnService;
let job: JobPage;
beforeAll(async () => {
  mine = await startOwnService('r00m-for-Rows/5b1d=');
  app = await openApp({
    files: {
      'day.json': JSON.stringify(requestOf('This is a good day', 'rain', 'the sun is out', 'wind', 'hail'), undefined, 2),
      'more.csv': 'Id,Col2\n1,rain\n2,wind\n3,hail\n4,sun\n',
      'texts.csv': `Id,Col2\n${Array.from({ length: 20 }, (_, index) => `${index},day ${index}`).join('\n')}\n`,
    },
    settings: { 'azuremlWebServices.services': [{ name: 'My service', address: mine.address, workspace: 'At home' }] },
  });
  job = jobPage(app.page);
  await app.giveKey('My service', mine.key);
});
tidyUp(() => app, () => mine?.stop());

const frame = (): FrameLocator => app.page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');

/** Where the first row begins, and how many rows are seen whole, in pixels of the window. */
async function measured(): Promise<{ readonly first: number; readonly whole: number }> {
  const rows = frame().locator('.grid:visible .row');
  await rows.first().waitFor();
  const grid = await frame().locator('.grid:visible').boundingBox();
  const boxes = await Promise.all((await rows.all()).map((row) => row.boundingBox()));
  const tops = boxes.flatMap((box) => (box ? [box] : [])).sort((one, other) => one.y - other.y);
  const bottom = Math.min((grid?.y ?? 0) + (grid?.height ?? 0), app.page.viewportSize()?.height ?? 0);
  return { first: tops[0]?.y ?? Infinity, whole: tops.filter((box) => box.y + box.height <= bottom + 1).length };
}

async function hasRoom(name: string): Promise<void> {
  await app.shot(`room ${name}`);
  expect((await measured()).first).toBeLessThanOrEqual(lowest);
  await app.page.setViewportSize({ width: 640, height: 400 });
  await soon(async () => (await measured()).whole).toBeGreaterThanOrEqual(fewest);
  await app.shot(`room ${name}, twice the size`);
  await app.page.setViewportSize({ width: 1280, height: 800 });
}

async function send(): Promise<void> {
  await app.editors.open('day.json');
  await app.editors.send();
}

test('several outputs, and what is to be known of them', async () => {
  const table = { type: 'table', value: { ColumnNames: ['Scored Labels', 'Scored Probabilities for Class "a very long one"'], ColumnTypes: ['Int32', 'Double'], Values: Array.from({ length: 5 }, (_, row) => [String(row), '0.5']) } };
  await mine.plan({ status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ Results: { output1: table, 'scored dataset': table, output3: table } }) });
  await send();
  await app.ask.asks('Send day.json to');
  await app.ask.choose('My service');
  await app.answer.frame.getByRole('tab', { name: 'scored dataset' }).waitFor();
  await app.history.item('day.json').click();
  await app.answer.frame.getByText('From the history: what you see is what came back then.').waitFor();
  expect(await app.answer.frame.getByRole('tab').count()).toBe(6);
  await hasRoom('outputs');
});

test('an answer beside its request', async () => {
  await send();
  await app.answer.frame.getByText('From the history').waitFor({ state: 'hidden' });
  await app.answer.shows('200 OK');
  await hasRoom('answer');
});

test('a comparison', async () => {
  await app.editors.open('day.json');
  await app.editors.replace('good', 'bad');
  await app.editors.send();
  await app.answer.shows('200 OK');
  await app.editors.replace('rain', 'snow');
  await app.editors.replace('wind', 'storm');
  await send();
  await soon(async () => (await app.history.texts()).length).toBeGreaterThan(4);
  await app.editors.close('Answer');
  await app.history.menu('day.json', 'Compare With Previous');
  await frame().locator('.compare .header').waitFor();
  await frame().getByRole('button', { name: 'Only Changes' }).click();
  await hasRoom('comparison');
  await app.editors.close('Comparison');
});

test('the table of a file', async () => {
  await app.editors.open('more.csv');
  await app.editors.titleButton('Open as Table').click();
  await hasRoom('file');
});

test("a job's result", async () => {
  await app.editors.open('texts.csv');
  await app.editors.titleButton('Run Batch Job').click();
  await app.ask.asks('Run Batch Job on');
  await app.ask.choose('Sample service');
  await app.ask.asks('Run it, or choose what to change');
  await app.ask.accept();
  await job.state('Finished');
  await job.tab('output1');
  await app.ask.clearNotifications();
  await hasRoom('job');
});
