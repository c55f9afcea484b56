// Where keys end up: after a whole session everything that was written is searched for them. The package itself is looked through too.

import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { ensureSpdlog, root } from '../host/tools.mjs';
import { openApp, type App } from './person/app';
import { filesBelow, keptInBrowser, leaksBelow, leaksIn, type Kept, type Secret } from './person/leaks';
import { requestOf, startOwnService, type OwnService } from './person/ownService';
import { soon } from './person/patience';
import { tidyUp } from './person/tidy';

// Each with characters that JSON, URLs and base64 write in another way.
const key = { name: 'the API key', value: 'S3rv1ce"Key+7c1f/9a42=' };
const wrongKey = { name: 'the wrong key', value: 'Wr0ng"Key+51e0/77bd=' };
const subscriptionKey = { name: 'the subscription key', value: 'Subscr1ption"Key+f00d/12=' };
const proxyPassword = { name: 'the password of the proxy', value: 'Pr0xy-pass-word-8d21' };
const secrets: readonly Secret[] = [key, wrongKey, subscriptionKey, proxyPassword];

const logsAreWritten = await ensureSpdlog();
if (!logsAreWritten) console.warn('VS Code writes no log files on this machine (its log writer could not be built), so logs are not searched for keys.');

let app: App;
let mine: OwnService;
let settingsFile: string;
beforeAll(async () => {
  mine = await startOwnService(key.value);
  const files = { 'day.json': JSON.stringify(requestOf('This is a good day')), 'far.json': JSON.stringify(requestOf('far')) };
  const settings = {
    'http.proxy': `http://person:${proxyPassword.value}@127.0.0.1:9`,
    'azuremlWebServices.maxRetries': 0,
    // VS Code would keep copies of settings.json itself, with the password that the person wrote there.
    'workbench.localHistory.enabled': false,
    'azuremlWebServices.services': [{ name: 'Far', address: 'https://no-such-host.invalid/workspaces/a/services/b' }],
  };
  app = await openApp({ files, settings });
  settingsFile = join(app.dataDir, 'data', 'User', 'settings.json');
  await app.openSidebar();
});
tidyUp(() => app, () => mine?.stop());

const isSecretStore = ({ place }: Kept): boolean => place === 'localStorage/secrets.provider';

/** Everything found, except the person's own setting in the file where they wrote it, and the secret store of VS Code. */
async function leaks(): Promise<string[]> {
  const files = [app.dataDir, app.extensionsDir, app.folder].flatMap((folder) => leaksBelow(folder, secrets));
  const kept = (await keptInBrowser(app.page)).filter((each) => !isSecretStore(each)).flatMap(({ place, content }) => leaksIn(place, Buffer.from(content, 'utf8'), secrets));
  return [...files, ...kept].filter((leak) => !(leak.startsWith(proxyPassword.name) && leak.endsWith(settingsFile)));
}

async function setKey(entry: string, value: string): Promise<void> {
  await app.tree.menu('My service', entry);
  await app.ask.asks('of My service');
  await app.ask.answer(value);
  await app.ask.box.waitFor({ state: 'hidden' });
}

async function send(file: string, service?: string): Promise<void> {
  await app.editors.open(file);
  await app.editors.send();
  if (service === undefined) return;
  await app.ask.asks(`Send ${file} to`);
  await app.ask.choose(service);
}

/** All that the panel shows, in all its tabs. */
async function shown(): Promise<Buffer> {
  const parts = [await app.answer.text()];
  const tabs = app.answer.frame.getByRole('tab');
  for (let index = 0, count = await tabs.count(); index < count; index++) {
    await tabs.nth(index).click();
    await app.answer.frame.locator(`[role=tab]:nth-child(${index + 1})[aria-selected=true]`).waitFor();
    parts.push(await app.answer.text());
  }
  return Buffer.from(parts.join('\n'));
}

describe(logsAreWritten ? 'keys' : 'keys (logs are not checked: VS Code writes none here)', () => {
  test('are found by this search where they are planted', async () => {
    expect(await leaks()).toEqual([]);
    const log = join(app.dataDir, 'data', 'logs', 'planted.log');
    const settings = join(app.dataDir, 'data', 'User', 'planted.json');
    mkdirSync(join(log, '..'), { recursive: true });
    writeFileSync(log, `authorization: Basic ${Buffer.from(`person:${proxyPassword.value}`).toString('base64')}\n`);
    writeFileSync(settings, JSON.stringify({ key: key.value, nested: JSON.stringify(wrongKey.value) }));
    await app.page.evaluate(`localStorage.setItem('planted', ${JSON.stringify(encodeURIComponent(subscriptionKey.value))})`);
    const found = await leaks();
    for (const [{ name }, spelling, place] of [[proxyPassword, 'base64', log], [key, 'JSON', settings], [wrongKey, 'JSON in JSON', settings], [subscriptionKey, 'percent', 'localStorage/planted']] as const) {
      expect(found).toContainEqual(expect.stringMatching(new RegExp(`^${name} \\(${spelling}.*${place.replace(/[.\\]/g, '.')}$`)));
    }
    rmSync(log);
    rmSync(settings);
    await app.page.evaluate(`localStorage.removeItem('planted')`);
    expect(await leaks()).toEqual([]);
  });

  test('are taken from pasted code and set, in masked boxes', async () => {
    await app.tree.titleButton('Add Service').click();
    await app.ask.asks('Paste the address');
    await app.ask.answer(`url = '${mine.address}/execute?api-version=2.0'; api_key = '${wrongKey.value}'`);
    await app.ask.asks('A name for service');
    await app.ask.answer('My service');
    await app.ask.asks('choose what to change');
    expect(leaksIn('the review', Buffer.from(await app.ask.box.innerText()), secrets)).toEqual([]);
    await app.ask.choose('Save');
    await app.tree.item('My service').waitFor();
    await setKey('Set Subscription Key…', subscriptionKey.value);
    const kept = await keptInBrowser(app.page);
    expect(kept.filter(isSecretStore)).toHaveLength(1);
  });

  test('are not shown when the service refuses them, nor when it sends them back', async () => {
    await send('day.json', 'My service');
    await app.answer.problem.filter({ hasText: 'does not accept the API key' }).waitFor();
    expect(leaksIn('the panel', await shown(), secrets)).toEqual([]);

    await setKey('Set API Key…', key.value);
    const echo = `You sent ${key.value} and ${subscriptionKey.value}`;
    await mine.plan({ status: 400, headers: { 'x-echo': subscriptionKey.value }, body: { error: { code: 'BadArgument', message: echo, details: [{ code: 'Echo', message: echo }] } } });
    await send('day.json');
    await app.answer.frame.getByText('The answer held your key; it is masked here.').waitFor();
    expect(leaksIn('the panel', await shown(), secrets)).toEqual([]);
    await app.answer.tab('Body');
    await app.answer.button('Open in Editor').click();
    await app.editors.tab('answer 1').waitFor();
    await app.answer.button('Copy').click();
    await soon(() => app.clipboard()).toContain('You sent');
    expect(leaksIn('the clipboard', Buffer.from(await app.clipboard()), secrets)).toEqual([]);
    await app.answer.button('Save As…').click();
    await app.ask.saveAs(join(app.folder, 'saved.json'));
    await soon(() => filesBelow(app.folder)).toContain(join(app.folder, 'saved.json'));
  });

  test('go with a request that is answered, and with one that the proxy does not let through', async () => {
    await send('day.json');
    await app.answer.shows('200 OK');
    await app.answer.tab('Result');
    await soon(() => app.answer.cells()).toEqual([['1', '1', '2', '2', '0', '2', '0', '1']]);
    await send('far.json', 'Far');
    await app.answer.problem.filter({ hasText: 'The proxy 127.0.0.1:9 could not be reached.' }).waitFor();
    expect(leaksIn('the panel', await shown(), secrets)).toEqual([]);
  });

  test('are still there after a reload, and leave with the service', async () => {
    await app.reload('far.json');
    await app.tree.item('My service').filter({ hasNotText: 'no key' }).waitFor();
    await send('day.json');
    await app.answer.shows('200 OK');
    expect(await leaks()).toEqual([]);
    await app.tree.menu('My service', 'Remove Service…');
    await app.ask.press('Remove');
    await app.tree.item('My service').waitFor({ state: 'hidden' });
    await app.runCommand('Azure ML: Show Log');
    await app.page.locator('.part.panel .view-lines').filter({ hasText: 'POST' }).waitFor();
    expect(leaksIn('the log', Buffer.from(await app.page.locator('.part.panel .view-lines').innerText()), secrets)).toEqual([]);
  });

  test('stand nowhere in what was written', async () => {
    if (logsAreWritten) {
      const logs = filesBelow(join(app.dataDir, 'data', 'logs')).filter((file) => readFileSync(file, 'utf8').includes(`POST ${mine.host}`));
      expect(logs).not.toEqual([]);
    }
    expect(await leaks()).toEqual([]);
  });
});

/** What the pages of calls, usage and both ways need. */
const lateScripts = ['tryItWork', 'tryItPanels', 'testWork', 'usageWork', 'waysWork', 'operationCall', 'requestValues'];

describe('the package', () => {
  test('is small, and holds nothing but what it needs', () => {
    const installed = filesBelow(app.extensionsDir);
    // The README's screenshots are shown beside its text in the editor; what is not a screenshot is held smaller than they are.
    const screenshots = installed.filter((file) => dirname(file).endsWith('screenshots')).map((file) => statSync(file).size);
    // Most of the package are the sample's two programs, of which one is a whole blob storage, and the libraries for HTTP and storage.
    // What is loaded by the first use of API Management alone has bounds of its own: what looks and publishes, what manages it, and what
    // tries, watches and compares, with the test of a service. Each is so many files.
    const parts = [
      {
        count: 8, files: /[\\/]dist[\\/](?:(?:arm|apimFeature|apiWork|publishing)\.js|media[\\/](?:choices|publish)[\\/].*)$/,
        packed: 150_000, scripts: 275_000,
      },
      {
        count: 8, files: /[\\/]dist[\\/](?:(?:apimAccess|apimCreate|limitsWork|policyDocumentFeature)\.js|media[\\/](?:limits|instance)[\\/].*)$/,
        packed: 165_000, scripts: 225_000,
      },
      {
        count: 15, packed: 375_000, scripts: 400_000,
        files: new RegExp(
          String.raw`[\\/]dist[\\/](?:(?:${lateScripts.join('|')})\.js|media[\\/](?:tryIt|serviceTest|usage|ways)[\\/].*)$`),
      },
    ].map((part) => ({ ...part, files: installed.filter((file) => part.files.test(file)) }));
    const isScript = (file: string): boolean => dirname(file).endsWith('dist') && file.endsWith('.js');
    const size = (files: readonly string[]): number => files.reduce((sum, file) => sum + statSync(file).size, 0);
    let packed = 0;
    for (const part of parts) {
      const own = part.files.reduce((sum, file) => sum + deflateRawSync(readFileSync(file)).length, 0);
      packed += own;
      expect(part.files).toHaveLength(part.count);
      expect(own).toBeLessThan(part.packed);
      expect(size(part.files.filter(isScript))).toBeLessThan(part.scripts);
    }
    const pictures = screenshots.reduce((sum, each) => sum + each, 0);
    expect(statSync(join(root, 'dist', 'azureml-web-services.vsix')).size - packed - pictures).toBeLessThan(1_800_000);
    const scripts = installed.filter((file) => isScript(file) && !/(sample|storage|blobs|transport)\.js$/.test(file));
    const own = scripts.filter((file) => !parts.some((part) => part.files.includes(file)));
    expect(own.length).toBeGreaterThan(6);
    expect(size(own)).toBeLessThan(850_000);
    expect(Math.max(...screenshots)).toBeLessThan(150_000);
    const files = installed.map((file) => relative(app.extensionsDir, file).replaceAll('\\', '/'));
    expect(files.some((file) => file.endsWith('/dist/extension.js'))).toBe(true);
    expect(files.filter((file) => /\.(map|ts|mts|tsbuildinfo)$|\/(src|test|node_modules|out)\/|\.test\./.test(file))).toEqual([]);
  });

  test('names no place of the machine that built it', () => {
    const places = [root, `${homedir()}/`, 'sourceMappingURL'];
    const found = filesBelow(app.extensionsDir).filter((file) => !file.endsWith('extensions.json'))
      .flatMap((file) => places.filter((place) => readFileSync(file).includes(place)).map((place) => `${place} in ${relative(app.extensionsDir, file)}`));
    expect(found).toEqual([]);
  });
});
