// One more protocol, by one more line in the list: a person adds a service of it, sends, runs a job, and is told honestly what it has not.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { installWithFake } from './fakeProtocol/installed';
import { startFakeServer, type FakeServer } from './fakeProtocol/server';
import { openApp, type App } from './person/app';
import { jobPage, type JobPage } from './person/job';
import { soon } from './person/patience';
import { tidyUp } from './person/tidy';

const key = 'a-key-of-the-fake-0815';
const password = 'hunter2-of-the-fake';
let installed: Awaited<ReturnType<typeof installWithFake>>;
let mine: FakeServer;
let app: App;
let job: JobPage;
beforeAll(async () => {
  mine = await startFakeServer(key);
  installed = await installWithFake();
  app = await openApp({
    extensionsDir: installed.extensionsDir,
    files: {
      'customers.json': '{"rows": [["Ada"], ["Bob"]]}', 'more.csv': 'customer\nCyd\nDee\nEve\n',
      'body.json': `{"inputs": [], "settings": {"Database password": "${password}"}}`,
    },
    settings: { 'breadcrumbs.enabled': false, 'editor.minimap.enabled': false },
  });
  job = jobPage(app.page);
});
tidyUp(() => app, () => mine?.stop(), () => installed?.remove());

test('a file that looks like a request of it wakes the extension', async () => {
  await app.editors.open('customers.json');
  await app.editors.titleButton('Send to RRS').waitFor();
  await app.openSidebar();
});

test('a service is added by pasting its address and its key', async () => {
  await app.runCommand('Azure ML: Add Service…');
  await app.ask.asks('Paste the address');
  await app.ask.type(mine.address);
  await app.ask.asks('Recognised: service churn at 127.0.0.1');
  await app.ask.accept();
  await app.ask.asks('A name for service churn');
  await app.ask.answer('Leavers');
  await app.ask.asks('API key');
  await app.ask.answer(key);
  await app.ask.asks('choose what to change');
  await app.ask.choose('Save');
  await app.tree.item('Leavers').waitFor();
});

test('its settings name no protocol, and a check asks it in its own way', async () => {
  const settings: Record<string, unknown> = JSON.parse(readFileSync(join(app.dataDir, 'data', 'User', 'settings.json'), 'utf8'));
  expect(settings['azuremlWebServices.services']).toEqual([{ name: 'Leavers', address: mine.address }]);
  await app.tree.menu('Leavers', 'Check Connection');
  await app.ask.notification('It is alive.').waitFor();
  expect(mine.calls).toEqual(['GET /alive']);
  await app.ask.clearNotifications();
});

test('a request is sent, and its answer is a table', async () => {
  await app.editors.open('customers.json');
  await app.runCommand('Azure ML: Send to RRS');
  await app.ask.asks('Send customers.json to');
  await app.ask.choose('Leavers');
  await app.answer.shows('200 OK');
  await soon(() => app.answer.cells()).toEqual([['Ada', 'no'], ['Bob', 'yes']]);
  expect(mine.calls.at(-1)).toBe('POST ');
  await app.shot('fake protocol, answer');
});

test('an answer of the history is read as it was', async () => {
  await app.editors.close('Answer');
  await app.history.click('customers.json');
  await app.answer.shows('200 OK');
  await soon(() => app.answer.cells()).toEqual([['Ada', 'no'], ['Bob', 'yes']]);
  expect(mine.calls.filter((call) => call === 'POST ')).toHaveLength(1);
});

test('there is no code for it, and that is what is said', async () => {
  const said = app.ask.notification('Calls to "Leavers" cannot be copied as code');
  await app.answer.button('Copy as Code…').click();
  await said.waitFor();
  await app.shot('fake protocol, no code');
  await app.ask.clearNotifications();
  await app.editors.close('Answer');
  await app.tree.menu('Leavers', 'Copy as Code…');
  await said.waitFor();
  await app.ask.clearNotifications();
  await app.tree.menu('Leavers', 'How to Call This Service');
  await job.frame.locator('.service-page').filter({ hasText: 'no programs are written for it' }).waitFor();
  await soon(() => job.frame.locator('.service-page').innerText()).toContain(mine.address);
  await app.editors.close('How to Call Leavers');
});

test('a job runs as soon as it is submitted, and to its end', async () => {
  await app.tree.menu('Leavers', 'Run Batch Job…');
  await app.ask.asks('Choose the input');
  await app.ask.choose('No input');
  await app.ask.asks('Run it, or choose what to change');
  // Nothing is submitted to be started later where submitting starts.
  expect((await app.ask.choices()).join()).not.toContain('Submit Only');
  await app.ask.accept();
  await job.state('Running');
  mine.finish();
  await job.state('Finished');
  expect(mine.calls.filter((call) => call.startsWith('POST /jobs'))).toEqual(['POST /jobs']);
});

test('its results are fetched with the key, and are a table', async () => {
  await job.tab('scores');
  await soon(() => job.cells()).toEqual([['Ada', '0.25'], ['Bob', '0.75']]);
  await app.shot('fake protocol, results');
  expect(mine.calls).toContain('GET /jobs/job7/scores.csv');
  expect(mine.calls.filter((call) => call.includes('without'))).toEqual([]);
});

test('a job with an input is given the address of it, with a token, and reads it', async () => {
  await app.editors.open('more.csv');
  await app.runCommand('Azure ML: Run Batch Job…');
  await app.ask.asks('Run Batch Job on');
  await app.ask.choose('Leavers');
  await app.ask.asks('Upload more.csv to');
  await app.ask.choose('Local storage');
  await app.ask.asks('Run it, or choose what to change');
  await app.ask.accept();
  await job.state('Running');
  mine.finish();
  await job.state('Finished');
  await job.tab('scores');
  await soon(() => job.cells()).toEqual([['Cyd', '0.25'], ['Dee', '0.75'], ['Eve', '0.75']]);
  expect(mine.calls.filter((call) => call.startsWith('POST /jobs'))).toHaveLength(2);
  expect(mine.calls.filter((call) => call.includes('without'))).toEqual([]);
});

test('a body is read as it writes them, and what looks secret in it is shown nowhere', async () => {
  await app.editors.open('body.json');
  await app.runCommand('Azure ML: Submit as Batch Job…');
  await app.ask.asks('Submit body.json to');
  await app.ask.choose('Leavers');
  await job.state('Failed');
  await job.frame.getByText('Nobody lets •••••••• in.').first().waitFor();
  expect(await job.text()).not.toContain(password);
  await app.shot('fake protocol, secrets');
});
