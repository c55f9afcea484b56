// The extension is killed while a job is under way, as when a computer loses its power: what the tree shows afterwards, and the one button that goes on.

import { readdirSync, readFileSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { startGate, type Gate } from '../integration/features/jobs/jobKillsTools';
import { openApp, type App } from './person/app';
import { startOwnService, type OwnService } from './person/ownService';
import { soon } from './person/patience';
import { tidyUp } from './person/tidy';
import { tree } from './person/tree';

/** An extension that nobody answers stops leading after a quarter of a minute, and its job is asked for soon after; a busy machine gets longer. */
const leftBehindMs = 90_000;

const csv = 'Col2\nThis is a good day\n';
let app: App;
let mine: OwnService;
let storage: Gate;
beforeAll(async () => {
  mine = await startOwnService('kills-key-0123456789');
  const blobEndpoint = /BlobEndpoint=([^;]+)/.exec(mine.connectionString)?.[1] ?? '';
  storage = await startGate(Number(new URL(blobEndpoint).port));
  // No name holds a word for a state, in capitals or not: a line is looked for by both.
  const files = { 'first.csv': csv, 'second.csv': csv, 'third.csv': csv, 'followed.csv': csv };
  app = await openApp({ files, settings: { 'breadcrumbs.enabled': false, 'azuremlWebServices.services': [{ name: 'My service', address: mine.address, workspace: 'At home' }] } });
  await app.giveKey('My service', mine.key);
  await app.runCommand('Azure ML: Add Storage Account…');
  await app.ask.asks('Paste a connection string');
  await app.ask.answer(mine.connectionString.replace(new URL(blobEndpoint).port, String(storage.port)));
  await app.ask.box.waitFor({ state: 'hidden' });
});
tidyUp(() => app, () => storage?.close(), () => mine?.stop());

/** Parent and command line of all processes. */
function processes(): Map<number, { readonly parent: number; readonly line: string }> {
  const found = new Map<number, { parent: number; line: string }>();
  for (const name of readdirSync('/proc').filter((each) => /^\d+$/.test(each))) {
    try {
      const parent = /^PPid:\s+(\d+)$/m.exec(readFileSync(`/proc/${name}/status`, 'utf8'))?.[1];
      found.set(Number(name), { parent: Number(parent), line: readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ') });
    } catch {
      // It has ended meanwhile.
    }
  }
  return found;
}

/** The processes of this test's own server whose command line holds this. */
function ours(words: string): number[] {
  const all = processes();
  const isOurs = (pid: number): boolean => {
    const { parent = 0, line = '' } = all.get(pid) ?? {};
    return line.includes(app.dataDir) || (parent > 1 && isOurs(parent));
  };
  return [...all].filter(([pid, { line }]) => line.includes(words) && isOurs(pid)).map(([pid]) => pid);
}

/** Kills the extension host, and opens the window again. */
async function killExtension(): Promise<void> {
  const { page } = app;
  const address = page.url();
  const server = ours('servedEditor.mjs');
  // The one of the window before may still be on its way out.
  await soon(() => ours('--type=extensionHost').length).toBe(1);
  const hosts = ours('--type=extensionHost');
  // A server that stands still does not start it again for the page that is about to go.
  for (const pid of server) process.kill(pid, 'SIGSTOP');
  for (const pid of hosts) process.kill(pid, 'SIGKILL');
  await page.goto('about:blank');
  for (const pid of server) process.kill(pid, 'SIGCONT');
  await page.goto(address);
  await page.locator('.monaco-workbench .part.statusbar').waitFor({ timeout: 60_000 });
  await app.openSidebar();
}

async function run(file: string): Promise<void> {
  await app.editors.open(file);
  await app.editors.titleButton('Run Batch Job').click();
  await app.ask.asks('Run Batch Job on');
  await app.ask.choose('My service');
  const upload = app.ask.box.filter({ hasText: 'Upload' }).first();
  const review = app.ask.box.filter({ hasText: 'submits and starts' }).first();
  await upload.or(review).waitFor();
  if (!(await review.isVisible())) await app.ask.choose('devstoreaccount1');
  await review.waitFor();
  await app.ask.accept();
}

async function shows(file: string, state: string): Promise<void> {
  await app.tree.item(file).filter({ hasText: state }).waitFor();
}

test('an upload that was killed is carried on', async () => {
  const reached = storage.hold('before', /^PUT .*first\.csv/);
  await run('first.csv');
  await reached;
  await shows('first.csv', 'Uploading');
  await killExtension();
  await shows('first.csv', 'Upload interrupted');
  await app.shot('killed upload');
  await app.tree.inline('first.csv', 'Carry On With Job');
  await shows('first.csv', 'Finished');
  expect(await mine.jobsSeen()).toMatchObject([{ starts: 1 }]);
});

test('a submission that was killed is not known, and is made anew when a person says so', async () => {
  await mine.plan({ never: true, operation: 'submit' });
  await run('second.csv');
  await shows('second.csv', 'Submitting');
  await soon(async () => (await mine.counters()).calls.submit).toBe(2);
  await killExtension();
  await shows('second.csv', 'Not known');
  await app.shot('killed submission');
  await app.tree.inline('second.csv', 'Submit Job Anew');
  await app.ask.dialog('Submit "second.csv" anew?').waitFor();
  await app.ask.press('Submit Anew');
  await shows('second.csv', 'Finished');
  expect((await mine.counters()).calls.submit).toBe(3);
  expect(await mine.jobsSeen()).toHaveLength(2);
});

test('a job that runs is followed by the next window, with nothing to press', async () => {
  await mine.behave({ runSeconds: 12 });
  await run('third.csv');
  await shows('third.csv', 'Running');
  await killExtension();
  await shows('third.csv', 'Finished');
  expect((await mine.jobsSeen()).map(({ starts }) => starts)).toEqual([1, 1, 1]);
});

test('a job is followed by the next window also when its page went and left the extension behind', async () => {
  await mine.behave({ runSeconds: 12 });
  await run('followed.csv');
  await shows('followed.csv', 'Running');
  const before = await app.context.newCDPSession(app.page);
  // It never answers: nobody is there any more.
  before.send('Page.crash').catch(() => undefined);
  await app.page.waitForEvent('crash');
  const page = await app.context.newPage();
  await page.goto(app.page.url());
  await page.locator('.monaco-workbench .part.statusbar').waitFor({ timeout: 60_000 });
  await soon(() => ours('--type=extensionHost').length).toBe(2);
  await page.getByRole('tab', { name: 'Azure ML' }).click();
  const followed = tree(page, 'Services').item('followed.csv');
  await followed.filter({ hasText: 'Finished' }).waitFor({ timeout: leftBehindMs });
  expect((await mine.jobsSeen()).map(({ starts }) => starts)).toEqual([1, 1, 1, 1]);
});
