// Batch jobs on a service of one's own, with what can go wrong: storage pasted, submitted only, cancelled, failed, an answer that was lost, a service that insists.

import { BlobServiceClient } from '@azure/storage-blob';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { openApp, type App } from './person/app';
import { jobPage, type JobPage } from './person/job';
import { startOwnService, type OwnService } from './person/ownService';
import { soon } from './person/patience';
import { tidyUp } from './person/tidy';

let app: App;
let job: JobPage;
let mine: OwnService;
beforeAll(async () => {
  mine = await startOwnService('a-key-for-batch-jobs-0123456789');
  const body = { Input: { ConnectionString: mine.connectionString, RelativeLocation: 'nowhere/days.csv' }, GolbalParameters: {} };
  app = await openApp({ files: { 'one.csv': 'Col2\nThis is a good day\n', 'two.csv': 'Col2\nrain\n', 'odd.csv': '1,2\n3,4\n', 'body.json': JSON.stringify(body, undefined, 2) } });
  job = jobPage(app.page);
  await app.openSidebar();
  await app.tree.titleButton('Add Service').click();
  await app.ask.asks('Paste the address');
  await app.ask.answer(`url = '${mine.address}/jobs?api-version=2.0'; api_key = '${mine.key}'`);
  await app.ask.asks('A name for service');
  await app.ask.answer('My service');
  await app.ask.asks('choose what to change');
  await app.ask.choose('Save');
  await app.tree.item('My service').waitFor();
});
tidyUp(() => app, () => mine?.stop());
afterEach(() => mine.asUsual());

/** Waits until the tree shows all jobs as over: the page is told earlier, and a menu has what fits the line as it is drawn. */
async function settled(): Promise<void> {
  await soon(async () => (await app.tree.texts()).filter((line) => /\.csv /.test(line) && !/Finished|Failed|Cancelled/.test(line))).toEqual([]);
}

/** Runs the job of one.csv again, by its menu. */
async function runAgain(): Promise<void> {
  await settled();
  await app.tree.menu('one.csv', 'Run Job Again');
}

/** Runs a file on my service up to the review. */
async function review(file: string): Promise<void> {
  await app.editors.open(file);
  await app.runCommand('Azure ML: Run Batch Job…');
}

test('a storage account is added by pasting a connection string, when a file needs it', async () => {
  await review('one.csv');
  await app.ask.asks('Run Batch Job on');
  await app.ask.choose('My service');
  await app.ask.asks('Upload one.csv to');
  await app.ask.choose('Add a storage account…');
  await app.ask.asks('Paste a connection string');
  expect(await app.ask.input.getAttribute('type')).toBe('password');
  await app.ask.answer('AccountName=x');
  await soon(() => app.ask.message()).toMatch(/AccountKey/);
  await app.ask.answer(mine.connectionString);
  await app.ask.asks('Run it, or choose what to change');
  await app.shot('job review own', 'job-review');
});

test('submit only leaves the start to the person', async () => {
  await app.ask.choose('Submit Only');
  await job.state('Submitted, not started');
  expect(await mine.jobsSeen()).toMatchObject([{ starts: 0 }]);
  await app.tree.inline('one.csv', 'Start Job');
  await job.state('Finished');
  expect(await mine.jobsSeen()).toMatchObject([{ starts: 1, status: 'Finished' }]);
  await app.ask.clearNotifications();
});

test('clean up removes the uploaded input and nothing else; run again uploads it anew', async () => {
  const container = BlobServiceClient.fromConnectionString(mine.connectionString).getContainerClient('batch-jobs');
  const names = async (): Promise<string[]> => {
    const found: string[] = [];
    for await (const { name } of container.listBlobsFlat()) found.push(name.replace(/.*\//, ''));
    return found.sort();
  };
  await container.uploadBlockBlob('not-ours.csv', 'Col2\n', 5);
  expect(await names()).toEqual(['not-ours.csv', 'one.csv']);
  await settled();
  await app.tree.menu('one.csv', 'Clean Up Blobs…');
  await app.ask.press('Remove');
  await soon(names).toEqual(['not-ours.csv']);
  await runAgain();
  await soon(() => mine.jobsSeen()).toMatchObject([{ status: 'Finished' }, { status: 'Finished' }]);
  expect(await names()).toEqual(['not-ours.csv', 'one.csv']);
  await app.ask.clearNotifications();
});

test('a job that ends while one is asked whether to cancel it is not cancelled', async () => {
  await mine.behave({ runSeconds: 6 });
  await runAgain();
  await app.tree.item('one.csv').filter({ hasText: 'Running' }).waitFor();
  await app.tree.inline('one.csv', 'Cancel Job');
  await app.ask.dialog('Cancel "one.csv"?').waitFor();
  await soon(async () => (await mine.jobsSeen()).at(-1)?.status).toBe('Finished');
  await app.ask.press('Stop the Job');
  await job.state('Finished');
  expect((await mine.jobsSeen()).at(-1)).toMatchObject({ status: 'Finished', removed: false });
  await app.ask.clearNotifications();
});

test('a busy service is waited for, with the seconds counted down', async () => {
  const before = (await mine.jobsSeen()).length;
  await mine.plan({ operation: 'submit', throttle: { retryAfterSeconds: 4 } });
  await runAgain();
  await job.frame.locator('.facts').getByText('Next try in').waitFor();
  await app.editors.status('1 job').waitFor();
  await app.shot('job waiting');
  expect(await app.ask.notification('one.csv').count()).toBe(0);
  await job.state('Finished');
  expect((await mine.jobsSeen()).length).toBe(before + 1);
  await app.ask.clearNotifications();
});

test('out of sight of its page a message counts down, and its button stops the waiting', async () => {
  const before = (await mine.jobsSeen()).length;
  await mine.plan({ operation: 'submit', throttle: { retryAfterSeconds: 30 } });
  await runAgain();
  await job.button('Stop Waiting').waitFor();
  await app.editors.close('Job: one.csv');
  const message = app.ask.notification('Next try in');
  await message.waitFor();
  await app.shot('job waiting out of sight');
  await message.getByRole('button', { name: 'Cancel' }).click();
  await message.waitFor({ state: 'hidden' });
  await app.tree.click('Uploaded, not submitted');
  await job.button('Carry On').click();
  await job.state('Finished');
  expect((await mine.jobsSeen()).length).toBe(before + 1);
  await app.ask.clearNotifications();
});

test('a running job is in the status bar with its time, and is cancelled', async () => {
  await mine.behave({ runSeconds: 60 });
  await review('two.csv');
  await app.ask.asks('Run Batch Job on');
  await app.ask.choose('My service');
  await app.ask.asks('Run it, or choose what to change');
  await app.ask.accept();
  await job.state('Running');
  await app.editors.status('1 job').waitFor();
  await app.shot('job running');
  await app.tree.inline('two.csv', 'Cancel Job');
  await app.ask.press('Stop the Job');
  await job.state('Cancelled');
  await app.editors.status('1 job').waitFor({ state: 'hidden' });
  expect((await mine.jobsSeen()).at(-1)?.status).toBe('Cancelled');
  await app.ask.clearNotifications();
});

test('a file that does not fit is warned of, and the failed job explains itself', async () => {
  await review('odd.csv');
  await app.ask.asks('Run Batch Job on');
  await app.ask.choose('My service');
  await app.ask.asks('Run it, or choose what to change');
  await app.ask.box.getByText('The first row has to hold the names of the columns').waitFor();
  await app.ask.choose('Run');
  await job.state('Failed');
  expect(await app.ask.notification('odd.csv').count()).toBe(0);
  await app.shot('job failed', 'job-failed');
  await soon(() => job.text()).toMatch(/Col2/);
  await app.ask.clearNotifications();
});

test('a submission whose answer was lost is not known, and is not submitted again by itself', async () => {
  const before = (await mine.jobsSeen()).length;
  await mine.plan({ operation: 'submit', cut: 'middle' });
  await review('two.csv');
  await app.ask.asks('Run it, or choose what to change');
  await app.ask.accept();
  await job.state('Not known');
  await app.shot('job not known');
  expect((await mine.jobsSeen()).length).toBe(before + 1);
  await job.button('Submit Anew…').click();
  await app.ask.press('Submit Anew');
  await job.state('Finished');
  expect((await mine.jobsSeen()).length).toBe(before + 2);
  await app.ask.clearNotifications();
});

test('a service that insists on a connection string gets it after a yes, once', async () => {
  await mine.behave({ connectionStringOnly: true });
  for (const first of [true, false]) {
    const before = (await mine.jobsSeen()).length;
    await review('one.csv');
    await app.ask.asks('Run it, or choose what to change');
    await app.ask.accept();
    if (first) {
      await app.ask.dialog('asks for a connection string in place of a token').waitFor();
      await app.shot('job connection string');
      await app.ask.press('Give the Key');
    }
    await soon(async () => (await mine.jobsSeen()).slice(before).map(({ status }) => status)).toEqual(['Finished']);
    await job.state('Finished');
    await app.ask.clearNotifications();
  }
});

test('a body in a JSON file is submitted after its faults were shown', async () => {
  await app.editors.open('body.json');
  await app.runCommand('Azure ML: Submit as Batch Job…');
  await app.ask.asks('Submit body.json to');
  await app.ask.choose('My service');
  await app.ask.dialog('Submit "body.json" as it is?').waitFor();
  await app.shot('job body warnings');
  await soon(() => app.ask.dialog('GolbalParameters').innerText()).toContain('GlobalParameters');
  await app.ask.press('Submit');
  await app.ask.asks('to My service');
  await app.ask.choose('Run');
  await job.state('Failed');
});

test('the storage is listed, checked and removed', async () => {
  // The jobs of the service leave no room for what is below them.
  await app.tree.click('My service');
  await app.tree.expand('Storage Accounts');
  await app.tree.item('devstoreaccount1').waitFor();
  await app.tree.menu('devstoreaccount1', 'Check Storage Account');
  await app.ask.notification('the storage answers').waitFor();
  await app.shot('storage checked');
  await app.tree.menu('devstoreaccount1', 'Remove Storage Account…');
  await app.ask.press('Remove');
  await app.tree.item('devstoreaccount1').waitFor({ state: 'hidden' });
});
