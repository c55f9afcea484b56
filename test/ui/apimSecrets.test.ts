// Where the secrets of a publishing end up: after it everything that was written or shown is searched for the token, for keys, for the secret
// named value that holds the service's key, and for signed addresses at which Azure is asked how far a change is.

import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, inject, test } from 'vitest';
import { ensureSpdlog } from '../host/tools.mjs';
import { openApp, type App } from './person/app';
import { openSection, startAzure, type Azure } from './person/azure';
import { filesBelow, keptInBrowser, leaksBelow, leaksIn, type Secret } from './person/leaks';
import { installSignIn, type SignIn } from './person/signIn';
import { tidyUp } from './person/tidy';

if (!(await ensureSpdlog())) console.warn('VS Code writes no log files on this machine, so that no logs are searched for secrets.');

let azure: Azure;
let signIn: SignIn;
let app: App;
beforeAll(async () => {
  azure = await startAzure();
  signIn = installSignIn(inject('extensionsDir'));
  signIn.give(azure.token);
  app = await openApp({
    extensionsDir: signIn.extensionsDir,
    settings: {
      'azuremlWebServices.armEndpoint': azure.endpoint, 'breadcrumbs.enabled': false, 'workbench.localHistory.enabled': false,
      'azuremlWebServices.services': [{ name: 'Words', address: azure.service.address }],
    },
  });
  await app.openSidebar();
  await app.giveKey('Words', azure.service.key);
});
tidyUp(() => app, () => azure?.stop(), () => signIn?.remove());

const frame = () => app.page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');

/** Addresses at which Azure is asked how far a change is hold this; the rest of them is a signature. */
const polled = /asyncId(?:=|%3d|%253d)[\da-f]{24}/gi;

/** Where a secret stands in what was written, but for the secret store of VS Code. */
async function leaks(): Promise<string[]> {
  const subscriptions = ['master', ...await azure.subscriptions()];
  const keys = (await Promise.all([...new Set(subscriptions)].map((name) => azure.keys(name)))).flat();
  const secrets: readonly Secret[] = [
    { name: 'the token', value: azure.token }, { name: 'the key of the service', value: azure.service.key },
    ...keys.map((value, index) => ({ name: `key ${index}`, value })),
  ];
  const addresses = (place: string, text: string): string[] => (text.match(polled) ?? []).map(() => `an address to poll in ${place}`);
  const folders = [app.dataDir, app.extensionsDir, app.folder];
  const files = folders.flatMap((folder) => leaksBelow(folder, secrets));
  const polls = folders.flatMap((folder) => filesBelow(folder).flatMap((file) => addresses(file, readFileSync(file, 'latin1'))));
  const kept = (await keptInBrowser(app.page)).filter(({ place }) => place !== 'localStorage/secrets.provider');
  return [...files, ...polls, ...kept.flatMap(({ place, content }) => [...leaksIn(place, Buffer.from(content), secrets), ...addresses(place, content)])];
}

test('a service is published with signed addresses to poll', async () => {
  await openSection(app.page);
  await app.apim.welcome.getByRole('button', { name: 'Sign In to Azure' }).click();
  await app.ask.dialog('wants to sign in using Microsoft').waitFor();
  await app.ask.press('Allow');
  await app.apim.expand('Sample subscription');
  await app.apim.item('sample-apim').waitFor();
  await azure.fault({ fault: 'longPoll', count: 20 });
  await app.runCommand('Azure ML: Publish to API Management…');
  await app.ask.choose('Words');
  await app.ask.asks('Which API Management Instance?');
  await app.ask.choose('sample-apim');
  await frame().getByRole('button', { name: 'Review Changes…' }).click();
  await frame().getByRole('button', { name: /^Apply/ }).click();
  expect(await leaks()).toEqual([]);
  await frame().getByText('requests go through the gateway').waitFor();
  await app.shot('secrets published');
  // Signed addresses want more polls than others.
  const polls = (await azure.calls()).filter(({ method, path }) => method === 'GET' && path.includes('/namedValues/'));
  expect(polls.length).toBeGreaterThan(3);
});

test('nothing of it stands in what was written or shown', async () => {
  expect(await leaks()).toEqual([]);
  const planted = join(app.folder, 'planted.txt');
  writeFileSync(planted, `${azure.endpoint}/x?asyncId=${'a'.repeat(24)}&s=x ${Buffer.from(`Bearer ${azure.token}`).toString('base64')}`);
  expect(await leaks()).toEqual(expect.arrayContaining([expect.stringMatching(/^the token \(base64/), `an address to poll in ${planted}`]));
  rmSync(planted);
});
