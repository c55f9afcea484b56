// The tree as a person reads and tends it: at the usual width and narrow, jobs deleted together, an address changed. Each test goes on from the one before.

import { beforeAll, expect, test } from 'vitest';
import { openApp, type App } from './person/app';
import { requestOf, startOwnService, type OwnService } from './person/ownService';
import { soon } from './person/patience';
import { tidyUp } from './person/tidy';

let app: App;
let mine: OwnService;
beforeAll(async () => {
  mine = await startOwnService('tree-key-0123456789+/==');
  const other = mine.address.replace(/workspaces\/\w+/, `workspaces/${'7'.repeat(32)}`);
  app = await openApp({
    files: {
      'day.json': JSON.stringify(requestOf('This is a good day', 'rain'), undefined, 2),
      'texts.csv': 'Col2\nThis is a good day\n', 'reviews-of-november.csv': 'Col2\nrain\n', 'more.csv': 'Col2\nsun\n',
    },
    settings: {
      'breadcrumbs.enabled': false,
      'azuremlWebServices.services': [
        { name: 'Text features', address: mine.address }, { name: 'Text features, second', address: other },
        { name: 'Churn', address: `https://scoring.example.com/workspaces/${'a'.repeat(32)}/services/${'1'.repeat(32)}`, workspace: 'Marketing' },
      ],
    },
  });
  await app.openSidebar();
  await app.runCommand('Azure ML: Start the Sample Service');
  await app.tree.item('Sample').first().waitFor();
});
tidyUp(() => app, () => mine?.stop());

/** Drags the border between the sidebar and the editors until the sidebar has this width, in pixels. */
async function sidebar(width: number): Promise<void> {
  const { page } = app;
  const place = await page.locator('.part.sidebar').boundingBox();
  const [left, right] = [place?.x ?? 0, (place?.x ?? 0) + (place?.width ?? 0)];
  await page.mouse.move(right, 300);
  await page.mouse.down();
  await page.mouse.move(left + width, 300, { steps: 4 });
  await page.mouse.up();
}

async function run(file: string): Promise<void> {
  await app.editors.open(file);
  await app.runCommand('Azure ML: Run Batch Job…');
  await app.ask.asks('Run Batch Job on');
  await app.ask.answer('Text features');
  if (file === 'texts.csv') {
    await app.ask.asks('Upload texts.csv to');
    await app.ask.choose('Local storage');
  }
  await app.ask.asks('Run it, or choose what to change');
  await app.ask.accept();
  await app.tree.item(file).waitFor();
}

test('lines are told apart and stand in order, at the usual width and narrow', async () => {
  await app.giveKey('Text features', mine.key);
  await app.editors.open('day.json');
  await app.editors.send();
  await app.ask.asks('Send day.json to');
  await app.ask.choose('Text features');
  await app.answer.shows('200 OK');
  await run('texts.csv');
  await run('reviews-of-november.csv');
  await soon(async () => (await app.tree.texts()).filter((line) => /Finished/.test(line)).length).toBe(2);
  await mine.behave({ runSeconds: 600 });
  await run('more.csv');
  await app.tree.item('more.csv').filter({ hasText: 'Running' }).waitFor();
  await app.ask.clearNotifications();
  // Jobs stand further in than their service, whether they are over or not.
  const left = async (name: string): Promise<number> => (await app.tree.item(name).locator('.label-name').first().boundingBox())?.x ?? 0;
  expect(await left('more.csv')).toBe(await left('Today'));
  expect(await left('more.csv')).toBeGreaterThan(await left('Text features'));
  await app.shots('tree');
  await sidebar(260);
  await app.shots('tree at 260');
  await soon(() => app.tree.texts()).toEqual([
    'Sample runs on this computer', 'SimpleFeatureHashingExperiment', expect.stringMatching(/^\w{6}… · 127\.0\.0\.1:/), 'Text features 1 job under way',
    expect.stringMatching(/^more\.csv Running/), 'Today 2', expect.stringMatching(/^reviews-of-november\.csv Finished/), expect.stringMatching(/^texts\.csv Finished/),
    expect.stringMatching(/^777777… · 127/), 'Text features, second no key', expect.stringMatching(/^Marketing/), 'Churn no key', 'Storage Accounts 1',
  ]);
  await soon(() => app.history.texts()).toEqual(['Today 1', expect.stringMatching(/^day\.json 2 rows · .*s · \d\d:\d\d → Text features$/)]);
});

test('only the keys that are there can be forgotten', async () => {
  await app.tree.openMenu('Text features');
  await soon(() => app.ask.menuEntries()).toContain('Forget API Key');
  expect(await app.ask.menuEntries()).not.toContain('Forget Subscription Key');
  await app.shot('tree menu');
  await app.page.keyboard.press('Escape');
  await app.tree.openMenu('Churn');
  await soon(() => app.ask.menuEntries()).toContain('Edit Address…');
  expect((await app.ask.menuEntries()).filter((entry) => entry.startsWith('Forget'))).toEqual([]);
  await app.page.keyboard.press('Escape');
});

test('selected jobs are deleted together, and what runs is not touched', async () => {
  await app.tree.item('more.csv').click();
  await app.tree.item('texts.csv').click({ modifiers: ['ControlOrMeta'] });
  await app.tree.menu('texts.csv', 'Delete Job…');
  await app.ask.dialog('Delete 1 job?').waitFor();
  expect(await app.ask.dialog('1 selected job is not over, and stays as it is.').isVisible()).toBe(true);
  await app.shot('tree delete selected');
  await app.ask.press('Delete');
  await app.tree.item('texts.csv').waitFor({ state: 'hidden' });
  await app.tree.item('more.csv').filter({ hasText: 'Running' }).waitFor();
  expect((await mine.jobsSeen()).map(({ removed }) => removed)).toEqual([true, false, false]);
});

test('the finished jobs of a service are deleted by one command', async () => {
  await app.tree.menu('Text features', 'Delete Finished Jobs…');
  await app.ask.dialog('Delete the 1 job of "Text features" that is over?').waitFor();
  await app.ask.press('Delete');
  await app.tree.item('reviews-of-november.csv').waitFor({ state: 'hidden' });
  await soon(async () => (await app.tree.texts()).filter((line) => /csv|Today/.test(line))).toEqual([expect.stringMatching(/^more\.csv Running/)]);
});

test('an address is changed: its keys and jobs go along only when that is said', async () => {
  const { address } = mine;
  const gateway = address.replace('/workspaces/', '/gate/workspaces/');
  await app.tree.menu('Text features', 'Edit Address…');
  await app.ask.asks('New address of "Text features"');
  await soon(() => app.ask.input.inputValue()).toBe(address);
  await app.ask.type(address.replace(/workspaces\/\w+/, `workspaces/${'7'.repeat(32)}`));
  await app.ask.asks('is there already, as "Text features, second"');
  await app.ask.answer(gateway);
  await app.ask.dialog('Change the address of "Text features"?').waitFor();
  await app.shot('tree edit address');
  // One dialog follows the other.
  await app.page.locator('.monaco-dialog-box .monaco-button').filter({ hasText: 'Change Without Keys' }).click();
  await app.ask.dialog('Take the batch job of "Text features" along to the new address?').waitFor();
  await app.ask.press('Leave Jobs Behind');
  await app.tree.item('Text features').filter({ hasText: 'no key' }).waitFor();
  await app.tree.item('Jobs Without a Service').waitFor();
  await app.shot('tree jobs without a service');
  await app.tree.menu('Text features', 'Edit Address…');
  await app.ask.asks('New address of "Text features"');
  await app.ask.answer(address);
  // Without keys the files that are sent to it are asked about.
  await app.ask.dialog('4 files of this folder').waitFor();
  await app.ask.press('Change');
  await app.tree.item('Jobs Without a Service').waitFor({ state: 'hidden' });
  await app.tree.item('more.csv').waitFor();
});

test('the sample that is stopped has a line that says so, and starts from there', async () => {
  await app.runCommand('Azure ML: Stop the Sample Service');
  await app.tree.item('Sample').filter({ hasText: 'not running' }).waitFor();
  await app.shot('tree sample stopped');
  await app.tree.inline('not running', 'Start the Sample Service');
  await app.tree.item('SimpleFeatureHashingExperiment').waitFor();
});

test('all is collapsed by one button', async () => {
  await app.tree.titleButton('Collapse All').click();
  await soon(async () => (await app.tree.texts()).filter((line) => /Text features|csv|Churn/.test(line))).toEqual([]);
});
