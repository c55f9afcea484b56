// API Management with an account: nothing is asked before the section is opened, then sign in, see what is there, find it again after a
// reload, copy a key, sign out. Names that would be markup are text.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, inject, test } from 'vitest';
import { ensureSpdlog } from '../host/tools.mjs';
import { openApp, type App } from './person/app';
import { openSection, startAzure, type Azure } from './person/azure';
import { filesBelow, keptInBrowser, leaksBelow, leaksIn, type Secret } from './person/leaks';
import { soon } from './person/patience';
import { ada, installSignIn, type SignIn } from './person/signIn';
import { tidyUp } from './person/tidy';

const hostile = '$(alert) <img src=x onerror=1> **b** [x](command:y)';
const backwards = 'abc\u202egnp.exe';
const secretValue = 'N4med"Value+of/91aa=';
const long = `long ${'n'.repeat(295)}`;

const logsAreWritten = await ensureSpdlog();
if (!logsAreWritten) console.warn('VS Code writes no log files on this machine, so that no logs are searched for secrets.');

let azure: Azure;
let signIn: SignIn;
let app: App;
/** The token, all keys of the instance, and the value of its secret named value. */
let secrets: readonly Secret[];
beforeAll(async () => {
  azure = await startAzure();
  signIn = installSignIn(inject('extensionsDir'));
  signIn.give(azure.token);
  const api = (path: string, displayName: string): Promise<void> => azure.put(`/apis/${path}`, { displayName, path, protocols: ['https'] });
  await api('hostile', hostile);
  await api('backwards', backwards);
  await api('long', long);
  for (let index = 1; index <= 127; index++) await api(`w${index}`, `Weather ${String(index).padStart(3, '0')}`);
  await azure.put('/apis/hostile/operations/get', { displayName: hostile, method: 'GET', urlTemplate: '/a/{b}', templateParameters: [{ name: 'b', type: 'string' }] });
  await azure.put('/products/hostile', { displayName: hostile, description: hostile, state: 'published' });
  await azure.put('/subscriptions/hostile', { displayName: hostile, scope: '/products/hostile' });
  await azure.put('/namedValues/secret-of-all', { displayName: 'secret-of-all', value: secretValue, secret: true });
  await azure.put('/namedValues/region', { displayName: 'region', value: 'north' });
  const keys = (await Promise.all(['hostile', 'master'].map((name) => azure.keys(name)))).flat();
  secrets = [
    { name: 'the token', value: azure.token }, { name: 'the named value', value: secretValue },
    ...keys.map((value, index) => ({ name: `key ${index}`, value })),
  ];
  await azure.forget();
  app = await openApp({
    extensionsDir: signIn.extensionsDir,
    settings: { 'azuremlWebServices.armEndpoint': azure.endpoint, 'breadcrumbs.enabled': false, 'workbench.localHistory.enabled': false },
  });
});
tidyUp(() => app, () => azure?.stop(), () => signIn?.remove());

/** What the sign-in was asked for by others than VS Code itself. */
const asked = (): readonly string[] => signIn.asked().filter(({ scopes }) => scopes.length > 0).map(({ kind, scopes }) => `${kind} ${scopes.join(' ')}`);
const told = async (): Promise<string[]> => (await azure.calls()).map(({ method, path, status }) => `${method} ${path.replace(azure.instanceId, '…')} ${status}`);
/** Names without what keeps VS Code from taking them for links and icons. */
const bare = (text: string): string => text.replaceAll('\u200b', '');
const texts = async (): Promise<string[]> => (await app.apim.texts()).map(bare);

test('nobody is asked before the section is opened', async () => {
  await app.openSidebar();
  await app.page.waitForTimeout(1500);
  expect(asked()).toEqual([]);
  expect(await azure.calls()).toEqual([]);
});

test('the open section asks nothing of Azure either, and says how to begin', async () => {
  await openSection(app.page);
  await app.apim.welcome.getByRole('button', { name: 'Sign In to Azure' }).waitFor();
  await app.shots('sign in empty');
  expect(asked().filter((each) => each.startsWith('create'))).toEqual([]);
  expect(await azure.calls()).toEqual([]);
});

test('a person signs in by a click, and allows it', async () => {
  await app.apim.welcome.getByRole('button', { name: 'Sign In to Azure' }).click();
  await app.ask.dialog('wants to sign in using Microsoft').waitFor();
  await app.shot('sign in allow');
  await app.ask.press('Allow');
  await app.apim.item('Sample subscription').waitFor();
  expect(asked().filter((each) => each.startsWith('create'))).toEqual([`create ${azure.endpoint}/.default`]);
  // VS Code tells that somebody has signed in, which may be while it is asked who: then it is asked once more.
  expect([...new Set(await told())].sort()).toEqual(['GET /subscriptions 200', 'GET /tenants 200']);
});

test('subscription, group, instance and what is below it come one by one', async () => {
  // What the sign-in has let be asked for anew may still come.
  await soon(async () => {
    const before = (await azure.calls()).length;
    await app.page.waitForTimeout(500);
    return (await azure.calls()).length - before;
  }).toBe(0);
  await azure.forget();
  await app.apim.expand('Sample subscription');
  await app.apim.item('sample-apim').waitFor();
  expect(await texts()).toEqual(['Sample subscription', 'sample', 'sample-apim Developer']);
  await app.apim.expand('sample-apim');
  await app.apim.item('Users').waitFor();
  for (const list of ['Users', 'Named Values', 'Subscriptions', 'Products']) await app.apim.expand(list);
  await soon(texts).toEqual([
    'Sample subscription', 'sample', 'sample-apim Developer', 'APIs', 'Products', 'Starter', 'Unlimited', hostile,
    'Subscriptions', 'Built-in all-access subscription all APIs', `${hostile} ${hostile}`,
    'Named Values', 'secret-of-all secret', 'region', 'Users', 'Administrator',
  ]);
  expect((await told()).sort()).toEqual([
    `GET /subscriptions/${azure.subscriptionId}/providers/Microsoft.ApiManagement/service 200`, 'GET … 200', 'GET …/namedValues 200',
    'GET …/products 200', 'GET …/subscriptions 200', 'GET …/users 200',
  ].sort());
  await app.shots('sign in lists');
});

test('names are text, in lines and in tooltips', async () => {
  const line = app.apim.item('<img src=x');
  expect(await line.locator('img, a[href], strong, .codicon-alert').count()).toBe(0);
  const tooltip = await app.apim.tooltip('<img src=x', 'onerror');
  await app.page.screenshot({ path: '.vscode-test/screenshots/person/sign in tooltip.png' });
  expect(bare(await tooltip.innerText())).toContain(hostile);
  expect(await tooltip.locator('img, a, .codicon').count()).toBe(0);
  await app.page.mouse.move(640, 400);
  for (const list of ['Users', 'Named Values', 'Subscriptions', 'Products']) await app.apim.click(list);
  await soon(texts).toEqual(['Sample subscription', 'sample', 'sample-apim Developer', 'APIs', 'Products', 'Subscriptions', 'Named Values', 'Users']);
});

test('a long list comes in parts, and the rest on a click', async () => {
  await azure.forget();
  await app.apim.expand('APIs');
  await app.apim.item('abc').waitFor();
  await app.shots('sign in names');
  expect(await app.apim.item('abc').innerText()).toContain('abc⟦U+202E⟧gnp.exe');
  expect(await texts()).toEqual(expect.arrayContaining([`${hostile} /hostile`]));
  await app.apim.tooltip('abc', 'apis/backwards');
  await app.apim.tooltip('long nnn', 'apis/long');
  expect(await told()).toEqual(['GET …/apis 200']);
  await app.page.keyboard.press('End');
  await app.page.keyboard.press('End');
  await app.apim.item('Load More').waitFor();
  await app.shot('sign in load more');
  await app.apim.click('Load More');
  await app.apim.item('Weather 100').waitFor();
  await app.page.keyboard.press('End');
  await app.apim.item('Weather 127').waitFor();
  expect(await app.apim.item('Load More').isVisible()).toBe(false);
  expect(await told()).toEqual(['GET …/apis 200', 'GET …/apis 200']);
});

test('a filter looks through what is known, and asks nothing', async () => {
  await azure.forget();
  await app.apim.titleButton('Filter API Management').click();
  await app.ask.asks('Filter API Management');
  await app.ask.answer('weather 12');
  await soon(texts).toEqual([
    'Sample subscription', 'sample', 'sample-apim Developer', 'APIs',
    ...[120, 121, 122, 123, 124, 125, 126, 127].map((index) => `Weather ${index} /w${index}`),
  ]);
  await app.shots('sign in filter');
  await app.apim.titleButton('Clear API Management Filter').click();
  // All is open that was.
  await app.apim.item('Weather 127').or(app.apim.item('/hostile')).first().waitFor();
  expect(await azure.calls()).toEqual([]);
});

test('operations are below their API', async () => {
  // The list may be scrolled to its end: a click gives it the keys.
  await app.apim.item('Weather').click();
  await app.page.keyboard.press('Home');
  await app.apim.expand('/hostile');
  await app.apim.item('GET /a/{b}').waitFor();
  expect(await told()).toContain('GET …/apis/hostile/operations 200');
});

test('refreshing a list asks for it anew, and for nothing else', async () => {
  await app.apim.click('APIs');
  await app.apim.expand('Products');
  await app.apim.item('Starter').waitFor();
  await azure.put('/products/fresh', { displayName: 'Fresher', state: 'published' });
  await azure.forget();
  await app.apim.inline('Products', 'Refresh');
  await app.apim.item('Fresher').waitFor();
  expect(await told()).toEqual(['GET …/products 200']);
});

/** Where a secret stands in what was written, but for the secret store of VS Code. */
async function leaks(): Promise<string[]> {
  const files = [app.dataDir, app.extensionsDir, app.folder].flatMap((folder) => leaksBelow(folder, secrets));
  const kept = (await keptInBrowser(app.page)).filter(({ place }) => place !== 'localStorage/secrets.provider');
  return [...files, ...kept.flatMap(({ place, content }) => leaksIn(place, Buffer.from(content), secrets))];
}

/** The line of the subscription: its name, and behind it that of its product. Only what stands between the two is in no other line. */
const hostileTwice = '(command:y)$(alert)';

test('a key goes to the clipboard, on a word, and nowhere else', async () => {
  const [primary = '', secondary = ''] = await azure.keys('hostile');
  await app.apim.expand('Subscriptions');
  await app.apim.menu(hostileTwice, 'Copy Key…');
  await app.ask.dialog('Whoever has it can call what the subscription opens').waitFor();
  await app.shot('sign in copy key');
  await app.ask.press('Copy Secondary Key');
  await soon(() => app.clipboard()).toBe(secondary);
  await app.apim.menu(hostileTwice, 'Copy Key…');
  await app.ask.press('Copy Primary Key');
  await soon(() => app.clipboard()).toBe(primary);
  await app.apim.menu(hostileTwice, 'Copy Resource ID');
  await soon(() => app.clipboard()).toBe(`${azure.instanceId}/subscriptions/hostile`);
  expect(await leaks()).toEqual([]);
});

test('after a reload it is there at once with its age, and nothing is asked until it is refreshed', async () => {
  await app.reload('azuremlWebServices.apim');
  await azure.forget();
  await app.apim.expand('Sample subscription');
  await app.apim.expand('sample-apim');
  await app.apim.expand('Products');
  await app.apim.item('Fresher').waitFor();
  await soon(async () => (await texts())[0]).toMatch(/^Sample subscription as of .* ago$/);
  await app.shots('sign in kept');
  await app.page.waitForTimeout(1000);
  expect(await azure.calls()).toEqual([]);
  await app.apim.titleButton('Refresh API Management').click();
  // What is closed keeps its age until it is opened.
  await soon(async () => (await texts()).filter((line) => /^(?:Sample subscription|Products)/.test(line))).toEqual(['Sample subscription', 'Products']);
  expect([...new Set(await told())].sort()).toEqual([
    `GET /subscriptions/${azure.subscriptionId}/providers/Microsoft.ApiManagement/service 200`, 'GET /subscriptions 200', 'GET /tenants 200',
    'GET … 200', 'GET …/products 200',
  ].sort());
});

test('who signs out is not shown any more what the account could see', async () => {
  await app.runCommand('Azure ML: Sign Out of Azure…');
  await app.ask.notification(`Sign ${ada} out in the menu Accounts`).waitFor();
  await app.shots('sign in out');
  await app.ask.clearNotifications();
  const entry = (text: string) => app.page.locator('.monaco-menu:visible .action-item .action-label:visible').filter({ hasText: text });
  const signOut = async (): Promise<void> => {
    await app.page.keyboard.press('Escape');
    await app.page.locator('.part.activitybar .action-item a[aria-label^="Accounts"]').click();
    await entry(ada).hover();
    await entry('Sign Out').waitFor();
    // A menu lets the first moment pass before it takes a click.
    await app.page.waitForTimeout(300);
    await entry('Sign Out').click();
    await app.ask.dialog(ada).waitFor({ timeout: 5000 });
  };
  await signOut().catch(signOut).catch(signOut);
  await app.ask.press('Sign Out');
  await app.apim.welcome.getByRole('button', { name: 'Sign In to Azure' }).waitFor();
  await app.shot('sign in over');
});

test('no token, no key and no secret value stands in what was written or shown', async () => {
  await app.runCommand('Azure ML: Show Log');
  const log = app.page.locator('.part.panel .view-lines');
  await log.filter({ hasText: '/tenants' }).waitFor();
  expect(leaksIn('the log', Buffer.from(await log.innerText()), secrets)).toEqual([]);
  if (logsAreWritten) {
    const logs = filesBelow(join(app.dataDir, 'data', 'logs')).filter((file) => readFileSync(file, 'utf8').includes(`GET ${azure.host}/tenants`));
    expect(logs).not.toEqual([]);
  }
  expect(await leaks()).toEqual([]);
});
