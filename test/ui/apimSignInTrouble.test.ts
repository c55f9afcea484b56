// API Management with an account where things go wrong: tokens that have run out, missing roles, addresses of strangers, limits, a provider
// that is not registered; then one more account, a directory of its own, and an instance by its address in the portal.

import { afterEach, beforeAll, expect, inject, test } from 'vitest';
import { openApp, type App } from './person/app';
import { openSection, startAzure, type Azure } from './person/azure';
import { ada, installSignIn, type SignIn } from './person/signIn';
import { tidyUp } from './person/tidy';

const bob = 'bob@contoso.example';
/** The one directory of the sample. */
const tenant = '5a3b1e00-a91c-4d5e-8f00-000000007e4a';

let azure: Azure;
let signIn: SignIn;
let app: App;
beforeAll(async () => {
  azure = await startAzure();
  signIn = installSignIn(inject('extensionsDir'));
  signIn.give(azure.token);
  app = await openApp({
    extensionsDir: signIn.extensionsDir,
    settings: { 'azuremlWebServices.armEndpoint': azure.endpoint, 'breadcrumbs.enabled': false },
  });
  await app.openSidebar();
  await openSection(app.page);
  await app.apim.welcome.getByRole('button', { name: 'Sign In to Azure' }).click();
  await app.ask.dialog('wants to sign in using Microsoft').waitFor();
  await app.ask.press('Allow');
  await app.apim.expand('Sample subscription');
  await app.apim.item('sample-apim').waitFor();
});
tidyUp(() => app, () => azure?.stop(), () => signIn?.remove());
afterEach(() => azure.asUsual());

const told = async (): Promise<string[]> => (await azure.calls()).map(({ method, path, status }) => `${method} ${path.replace(azure.instanceId, '…')} ${status}`);
const refresh = (line: string): Promise<void> => app.apim.inline(line, 'Refresh');
const retry = (line: string): Promise<void> => app.apim.inline(line, 'Try Again');

test('a role that is missing is told once, at the instance, before anything below it is tried', async () => {
  await azure.forget();
  await azure.fault({ fault: 'forbidden', match: azure.instanceId, count: 10 });
  await app.apim.expand('sample-apim');
  const line = 'Your account may not read sample-apim: the role "Reader" is missing there.';
  await app.apim.item(line).waitFor();
  await app.shots('sign in forbidden');
  expect(await app.apim.texts()).toEqual(['Sample subscription', 'sample', 'sample-apim Developer', line]);
  expect(await told()).toEqual(['GET … 403']);
  await azure.asUsual();
  await retry(line);
  await app.apim.expand('Products');
  await app.apim.item('Starter').waitFor();
});

test('a token that has run out is renewed once, and nobody is told', async () => {
  await azure.put('/products/renewed', { displayName: 'Renewed' });
  await azure.forget();
  await azure.fault({ fault: 'expired', match: '/products' });
  await refresh('Products');
  await app.apim.item('Renewed').waitFor();
  expect(await told()).toEqual(['GET …/products 401', 'GET …/products 200']);
  expect(await app.apim.labels()).not.toContainEqual(expect.stringContaining('sign-in'));
});

test('one that is refused for good is told of, and signing in again helps', async () => {
  signIn.give('another-token-0815');
  // A token that VS Code has given is used for some seconds.
  const refused = async (): Promise<void> => {
    await refresh('Products');
    await app.apim.item('The sign-in is not accepted').waitFor({ timeout: 4000 });
  };
  await refused().catch(refused).catch(refused);
  await app.shots('sign in refused');
  // What was known stays.
  await app.apim.item('Starter').waitFor();
  signIn.give(azure.token);
  await app.apim.inline('The sign-in is not accepted', 'Sign In to Azure');
  await app.ask.dialog('wants you to sign in again using Microsoft').waitFor();
  await app.ask.press('Allow');
  await app.apim.item('The sign-in is not accepted').waitFor({ state: 'hidden' });
  await app.apim.item('Starter').waitFor();
});

test('a list that leads to a stranger ends with his name, and the token goes nowhere', async () => {
  await azure.fault({ fault: 'foreignNextLink', match: '/namedValues' });
  await app.apim.expand('Named Values');
  await app.apim.item('management.elsewhere.invalid').waitFor();
  await app.shots('sign in foreign');
  const tooltip = await app.apim.tooltip('management.elsewhere.invalid', 'Nothing was sent there');
  expect(await tooltip.innerText()).toContain('management.elsewhere.invalid');
  await retry('management.elsewhere.invalid');
  await app.apim.item('None').waitFor();
});

test('what is waited for is shown, and can be stopped', async () => {
  await azure.fault({ fault: 'throttle', match: '/users', count: 100 });
  await app.apim.expand('Users');
  await app.apim.item('Azure limits the rate').waitFor();
  await app.shot('sign in throttled');
  const stop = async (): Promise<void> => {
    await app.apim.inline('Azure limits the rate', 'Cancel Loading');
    await app.apim.item('Loading was cancelled').waitFor({ timeout: 5000 });
  };
  // The line is drawn anew with each wait, and a click meanwhile goes nowhere.
  await stop().catch(stop).catch(stop);
  await app.shot('sign in stopped');
  await azure.asUsual();
  await retry('Loading was cancelled');
  await app.apim.item('Administrator').waitFor();
});

test('a provider that is not registered has a button', async () => {
  await azure.fault({ fault: 'unregistered', match: '/service', method: 'GET' });
  await refresh('Sample subscription');
  await app.apim.item('is not registered').waitFor();
  await app.shots('sign in unregistered');
  await azure.forget();
  await app.apim.menu('is not registered', 'Register API Management in a Subscription…');
  await app.ask.notification('Microsoft.ApiManagement is being registered in Sample subscription').waitFor();
  expect(await told()).toEqual([`POST /subscriptions/${azure.subscriptionId}/providers/Microsoft.ApiManagement/register 200`]);
  await app.ask.clearNotifications();
  await retry('is not registered');
  await app.apim.item('is not registered').waitFor({ state: 'hidden' });
});

test('an instance is added by the address of its page in the portal, and removed', async () => {
  await app.apim.titleButton('Add API Management Instance').click();
  await app.ask.asks('Paste its resource id');
  await app.ask.type('https://portal.azure.com/#home');
  await app.ask.asks('This holds no resource id');
  await app.shot('sign in add');
  await app.ask.answer(`https://portal.azure.com/#@contoso.example/resource${azure.instanceId}/overview`);
  await app.apim.item('Developer · sample').waitFor();
  await app.shots('sign in added');
  await app.apim.menu('Developer · sample', 'Remove API Management Instance From the List');
  await app.apim.item('Developer · sample').waitFor({ state: 'hidden' });
});

test('of several accounts each has its directory; one that wants a sign-in of its own says so', async () => {
  signIn.next(bob);
  await app.runCommand('Azure ML: Sign In to Azure…');
  await app.ask.dialog('wants to sign in using Microsoft').waitFor();
  await app.ask.press('Allow');
  await app.ask.asks('wants to access a Microsoft account');
  await app.ask.choose('Sign in to another account');
  await app.apim.item(bob).waitFor();
  await app.apim.item(ada).waitFor();
  await app.shots('sign in accounts of two');
  expect(await app.apim.texts()).toEqual([`Sample ${ada}`, `Sample ${bob}`]);
  signIn.close(tenant);
  await app.apim.expand(bob);
  await app.apim.item('You are not signed in to this directory of Azure').waitFor();
  await app.shots('sign in closed directory');
  await app.apim.inline('You are not signed in to this directory of Azure', 'Sign In to Azure');
  await app.ask.dialog('wants to sign in').waitFor();
  await app.ask.press('Allow');
  await app.apim.item('Sample subscription').waitFor();
  expect(signIn.asked().filter(({ kind }) => kind === 'create').at(-1)).toEqual({
    kind: 'create', account: bob, scopes: [`${azure.endpoint}/.default`, `VSCODE_TENANT:${tenant}`],
  });
});
