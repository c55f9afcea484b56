// API Management with an account: nothing is asked before the section is opened, then sign in, see what is there, find it again after a
// reload, copy a key, sign out. Names that would be markup are text.

import { beforeAll, expect, inject, test } from 'vitest';
import { openApp, type App } from './person/app';
import { openSection, startAzure, type Azure } from './person/azure';
import { soon } from './person/patience';
import { installSignIn, type SignIn } from './person/signIn';
import { tidyUp } from './person/tidy';

const hostile = '$(alert) <img src=x onerror=1> **b** [x](command:y)';
const backwards = 'abc\u202egnp.exe';
const long = `long ${'n'.repeat(295)}`;

let azure: Azure;
let signIn: SignIn;
let app: App;
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
  await azure.put('/namedValues/secret-of-all', { displayName: 'secret-of-all', value: 'never shown', secret: true });
  await azure.put('/namedValues/region', { displayName: 'region', value: 'north' });
  await azure.forget();
  app = await openApp({
    extensionsDir: signIn.extensionsDir,
    settings: { 'azuremlWebServices.armEndpoint': azure.endpoint, 'breadcrumbs.enabled': false },
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
  await azure.forget();
  await app.apim.expand('Sample subscription');
  await app.apim.item('sample-apim').waitFor();
  expect(await texts()).toEqual(['Sample subscription', 'sample', 'sample-apim Developer']);
  await app.apim.expand('sample-apim');
  await app.apim.item('Users').waitFor();
  for (const list of ['Users', 'Named Values', 'Subscriptions', 'Products']) await app.apim.expand(list);
  await soon(texts).toEqual([
    'Sample subscription', 'sample', 'sample-apim Developer', 'APIs', 'Products', 'Starter', 'Unlimited', hostile,
    'Subscriptions', 'Built-in all-access subscription all APIs', `${hostile} product hostile`,
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
