// The walkthrough as a person follows it: reached from the welcome text, each step ticked off by what was done. With UPDATE_SCREENSHOTS=1 in the
// environment its pictures in media/screenshots are made anew.

import { beforeAll, expect, test } from 'vitest';
import { openApp, type App } from './person/app';
import { jobPage, type JobPage } from './person/job';
import { startOwnService, type OwnService } from './person/ownService';
import { soon } from './person/patience';
import type { Part } from './person/pictures';
import { tidyUp } from './person/tidy';

let app: App;
let job: JobPage;
let mine: OwnService;
beforeAll(async () => {
  mine = await startOwnService('a-key-for-the-walkthrough-0123456789');
  app = await openApp({ settings: { 'breadcrumbs.enabled': false, 'editor.minimap.enabled': false } });
  job = jobPage(app.page);
});
tidyUp(() => app, () => mine?.stop());

const titles = ['Start the sample service', 'Send a request', 'Read the answer', 'Add your own service', 'Run a batch job'];
const page = () => app.page.locator('.gettingStartedContainer');
const step = (title: string) => page().locator('.getting-started-step').filter({ hasText: title });
/** The steps that are ticked off. */
const done = async (): Promise<string[]> => {
  const ticks = await Promise.all(titles.map((title) => step(title).getByRole('checkbox', { checked: true }).count()));
  return titles.filter((_title, index) => ticks[index] === 1);
};
/** Small enough to be read where VS Code shows it, at two thirds of its size. */
const from = (x: number): Part => ({ x, y: 0, width: 660, height: 440 });

/** Takes the picture of a step in the dark and the light theme. */
async function picture(id: string, part: Part): Promise<void> {
  for (const look of ['dark', 'light'] as const) {
    await app.look(look);
    await app.shot(`walkthrough ${id} ${look}`, `walkthrough-${id}-${look}`, part);
  }
  await app.look('dark');
}

/** Shows the walkthrough, which may stand behind other tabs. */
async function walkthrough(): Promise<void> {
  await app.runCommand('Azure ML: Open Walkthrough');
  await step(titles[0] ?? '').waitFor();
}

test('is linked from the welcome text, with a step for each thing to do', async () => {
  await app.openSidebar();
  await app.tree.welcome.waitFor();
  await picture('start', from(0));
  await app.tree.welcome.getByText('walkthrough', { exact: true }).click();
  for (const title of titles) await step(title).waitFor();
  expect(await done()).toEqual([]);
  await app.shots('walkthrough as it opens');
  // The pictures stand beside the steps where there is room for both.
  await app.runCommand('View: Toggle Primary Side Bar Visibility');
  for (const title of titles) {
    await step(title).click();
    const shown = page().locator('.getting-started-media img');
    await soon(() => shown.evaluateAll((all) => all.map((each) => 'naturalWidth' in each && Number(each.naturalWidth) > 0))).toEqual([true]);
  }
  await app.shot('walkthrough with pictures');
  await step(titles[0] ?? '').click();
  await app.openSidebar();
});

test('starts the sample, which ticks off the first step', async () => {
  await page().locator('.monaco-button').filter({ hasText: 'Start the Sample Service' }).click();
  await app.editors.tab('sample-request.json').waitFor();
  await app.editors.enter('sample-request.json');
  // The button that sends stands at the other end of the editor's title.
  await picture('send', { ...from(352), width: 928 });
  await walkthrough();
  await soon(done).toEqual(titles.slice(0, 1));
});

test('ticks off the request that was sent, and the answer when it is looked into', async () => {
  await app.editors.open('sample-request.json');
  await app.editors.send();
  await app.answer.shows('200 OK');
  await app.answer.table.drawn();
  await picture('read', from(620));
  await app.answer.tab('Headers');
  await app.answer.tab('Result');
  await walkthrough();
  await soon(done).toEqual(titles.slice(0, 3));
});

test('ticks off the service of one\'s own', async () => {
  await app.runCommand('Azure ML: Add Service…');
  await app.ask.asks('Paste the address');
  await app.ask.type(`url = '${mine.address}/execute?api-version=2.0'; api_key = '${mine.key}'`);
  await app.ask.asks('Recognised');
  await app.ask.accept();
  await app.ask.asks('A name for service');
  await app.ask.answer('My service');
  await app.ask.asks('choose what to change');
  await picture('add', from(310));
  await app.ask.choose('Save');
  await app.tree.item('My service').waitFor();
  await walkthrough();
  await soon(done).toEqual(titles.slice(0, 4));
});

test('ticks off the batch job', async () => {
  await step(titles[4] ?? '').click();
  await page().locator('.monaco-button').filter({ hasText: 'Open the Sample Input' }).click();
  await app.editors.tab('days.csv').or(app.editors.tab('sample-input.csv')).first().waitFor();
  await app.runCommand('Azure ML: Run Batch Job…');
  await app.ask.asks('Run it, or choose what to change');
  await app.ask.accept();
  await job.state('Finished');
  await job.tab('output1');
  await job.table.drawn();
  await app.ask.clearNotifications();
  await picture('batch', from(620));
  await walkthrough();
  await soon(done).toEqual(titles);
  await app.shots('walkthrough at its end');
});
