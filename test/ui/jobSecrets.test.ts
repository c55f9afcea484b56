// Where the secrets of batch jobs end up: after a session with uploads, failures and results everything that was written or shown is searched for them.

import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { startStorage, type RunningStorage } from '../integration/storage/blobsAzurite';
import { openApp, type App } from './person/app';
import { jobPage, type JobPage } from './person/job';
import { filesBelow, keptInBrowser, leaksBelow, leaksIn, tokensIn, type Secret } from './person/leaks';
import { startOwnService, type OwnService } from './person/ownService';
import { soon } from './person/patience';
import { tidyUp } from './person/tidy';

const key = { name: 'the API key', value: 'J0b"Service+Key/5512/aa=' };
const accountKey = { name: 'the account key', value: randomBytes(64).toString('base64') };
const parameter = { name: 'the password among the parameters', value: 'Par4meter-pass-word-77' };
const secrets: readonly Secret[] = [key, accountKey, parameter];

let app: App;
let job: JobPage;
let mine: OwnService;
let storage: RunningStorage;
beforeAll(async () => {
  mine = await startOwnService(key.value);
  storage = await startStorage({ name: 'jobstore', key: accountKey.value });
  app = await openApp({ files: { 'one.csv': 'Col2\nThis is a good day\n' } });
  job = jobPage(app.page);
  await app.openSidebar();
});
tidyUp(() => app, () => mine?.stop(), () => storage?.stop());

/** Everything found in files and in what the browser keeps, except in the secret store of VS Code. */
async function leaks(): Promise<string[]> {
  const folders = [app.dataDir, app.folder];
  const files = folders.flatMap((folder) => leaksBelow(folder, secrets));
  const tokens = folders.flatMap((folder) => filesBelow(folder).flatMap((file) => tokensIn(file, readFileSync(file))));
  const kept = (await keptInBrowser(app.page)).filter(({ place }) => place !== 'localStorage/secrets.provider');
  return [...files, ...tokens, ...kept.flatMap(({ place, content }) => [...leaksIn(place, Buffer.from(content), secrets), ...tokensIn(place, Buffer.from(content))])];
}

function shownLeaks(place: string, text: string): string[] {
  return [...leaksIn(place, Buffer.from(text), secrets), ...tokensIn(place, Buffer.from(text))];
}

test('the search finds a token where it is planted', async () => {
  const planted = join(app.dataDir, 'data', 'logs', 'planted.log');
  mkdirSync(join(planted, '..'), { recursive: true });
  writeFileSync(planted, `GET /results?sv=2024&sig=${encodeURIComponent(randomBytes(32).toString('base64'))}`);
  expect(await leaks()).toEqual([`a token in ${planted}`]);
  rmSync(planted);
});

test('a job with a storage account and a parameter that is a password, which the service sends back in its refusal, shows no secret', async () => {
  await app.tree.titleButton('Add Service').click();
  await app.ask.asks('Paste the address');
  await app.ask.answer(`url = '${mine.address}/jobs'; api_key = '${key.value}'`);
  await app.ask.asks('A name for service');
  await app.ask.answer('My service');
  await app.ask.asks('choose what to change');
  await app.ask.choose('Save');
  await app.editors.open('one.csv');
  await app.runCommand('Azure ML: Run Batch Job…');
  await app.ask.asks('Run Batch Job on');
  await app.ask.choose('My service');
  await app.ask.asks('Upload one.csv to');
  await app.ask.choose('Add a storage account…');
  await app.ask.asks('Paste a connection string');
  await app.ask.answer(storage.access.connectionString);
  await app.ask.asks('Run it, or choose what to change');
  await app.ask.choose('Parameters');
  await app.ask.asks('Name of the parameter');
  await app.ask.answer('Database password');
  await app.ask.asks('Value of Database password');
  await app.ask.answer(parameter.value);
  await app.ask.asks('Run it, or choose what to change');
  const echo = `Value '${parameter.value}' of parameter 'Database password' is not good enough.`;
  await mine.plan({ operation: 'submit', status: 400, body: { error: { code: 'BadArgument', message: echo, details: [{ code: 'ModuleParameter', message: echo }] } } });
  await app.ask.choose('Run');
  await job.state('Uploaded, not submitted');
  await job.frame.locator('.problem').filter({ hasText: 'is not good enough' }).waitFor();
  expect(shownLeaks('the page', await job.text())).toEqual([]);
  expect(shownLeaks('the messages', await app.page.locator('.notifications-toasts').innerText())).toEqual([]);
  await soon(() => job.text()).toContain('Database password');
  await app.ask.clearNotifications();
});

test('results are opened, downloaded and copied', async () => {
  await app.runCommand('Azure ML: Run Batch Job…');
  await app.ask.asks('Run it, or choose what to change');
  await app.ask.accept();
  await job.state('Finished');
  await job.tab('output1');
  await soon(() => job.cells()).toHaveLength(1);
  await job.choose('Copy Status as JSON');
  await soon(() => app.clipboard()).toContain('RelativeLocation');
  expect(shownLeaks('the clipboard', await app.clipboard())).toEqual([]);
  await job.tab('Overview');
  expect(shownLeaks('the page', await job.text())).toEqual([]);
  await app.ask.clearNotifications();
});

test('a service that sends tokens and keys back in its words about a failure shows none', async () => {
  await mine.plan({ operation: 'submit', status: 400, body: { error: { code: 'BadArgument', message: `No: ${storage.access.connectionString}`, details: [{ code: 'BlobNotFound', message: `?sv=2024&sig=${encodeURIComponent(randomBytes(32).toString('base64'))} with ${key.value}` }] } } });
  await app.editors.tab('one.csv').click();
  await app.runCommand('Azure ML: Run Batch Job…');
  await app.ask.asks('Run it, or choose what to change');
  await app.ask.accept();
  await job.frame.locator('.problem').waitFor();
  expect(shownLeaks('the page', await job.text())).toEqual([]);
  expect(shownLeaks('the messages', await app.page.locator('.notifications-toasts').innerText())).toEqual([]);
  await app.ask.clearNotifications();
});

test('none stands in what was written, also after a reload', async () => {
  await app.runCommand('Azure ML: Show Log');
  await app.page.locator('.part.panel .view-lines').filter({ hasText: 'POST' }).waitFor();
  expect(shownLeaks('the log', await app.page.locator('.part.panel .view-lines').innerText())).toEqual([]);
  await app.reload('mainThreadWebview-azuremlWebServices.job');
  await app.tree.item('one.csv').waitFor();
  const journal = filesBelow(app.dataDir).filter((file) => /globalStorage.*jobs.*\.json$/.test(file) && readFileSync(file, 'utf8').includes('one.csv'));
  expect(journal.length).toBeGreaterThan(2);
  expect(shownLeaks('the tree', (await app.tree.labels()).join('\n'))).toEqual([]);
  expect(await leaks()).toEqual([]);
});
