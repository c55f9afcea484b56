// Adding a service by pasting anything, and what can be done with it afterwards: keys, names, copies, removing. Each test goes on from the one before.

import { beforeAll, expect, test } from 'vitest';
import { openApp, type App } from './person/app';
import { requestOf, startOwnService, type OwnService } from './person/ownService';
import { soon } from './person/patience';
import { tidyUp } from './person/tidy';

const id = (digit: string): string => digit.repeat(32);
const classic = `https://ussouthcentral.services.azureml.net/workspaces/${id('a')}/services/${id('1')}`;
const helpPage = `https://studio.azureml.net/apihelp/workspaces/${id('b')}/webservices/${id('2')}/endpoints/${id('3')}/score`;

let app: App;
let mine: OwnService;
beforeAll(async () => {
  mine = await startOwnService('add-key-0123456789+/==');
  app = await openApp({ files: { 'day.json': JSON.stringify(requestOf('This is a good day'), undefined, 2) }, settings: { 'breadcrumbs.enabled': false } });
  await app.openSidebar();
});
tidyUp(() => app, () => mine?.stop());

// A workspace without a name of its own is called by its host.
const classicLines = [`ussouthcentral.services.azureml.net ${id('a')}`, 'Churn of customers no key'];

const isMasked = async (): Promise<boolean> => (await app.ask.input.getAttribute('type')) === 'password';

test('rubbish is not accepted, and the box says why', async () => {
  await app.tree.welcome.getByRole('button', { name: 'Add a Service' }).click();
  await app.ask.asks('Add Service');
  await app.shot('add service, empty');
  await app.ask.type('my favourite model');
  await app.ask.asks('no address of a service');
  await app.ask.accept();
  await app.ask.asks('no address of a service');
  await app.shot('add service, rubbish');
  await app.ask.type('http://scoring.example.com/workspaces/w/services/s');
  await app.ask.asks('Use https');
  await app.ask.dismiss();
  expect(await app.tree.welcome.isVisible()).toBe(true);
});

test('a classic address with operation and query', async () => {
  await app.runCommand('Azure ML: Add Service…');
  await app.ask.asks('Paste the address');
  await app.ask.type(`${classic}/execute?api-version=2.0&details=true`);
  await app.ask.asks(`Recognised: service ${id('1')} at ussouthcentral.services.azureml.net`);
  await app.ask.asks('31 August 2024');
  await app.shot('add service, recognised');
  await app.ask.accept();
  await app.ask.asks('A name for service');
  await app.ask.accept();
  await app.ask.asks('A name needs at least one character');
  await app.ask.answer('Churn');
  await app.ask.asks('API key');
  expect(await isMasked()).toBe(true);
  await app.ask.type('two words');
  await app.ask.asks('no blanks');
  await app.ask.answer('');
  await app.ask.asks('choose what to change');
  const choices = await app.ask.choices();
  expect(choices[0]).toMatch(/Save.*Churn/);
  expect(choices).toEqual(expect.arrayContaining([expect.stringMatching(/API key.*not set/)]));
  await app.ask.asks('31 August 2024');
  await app.shot('add service, review');
  await app.ask.choose('Name');
  await app.ask.asks('A name for service');
  await app.ask.answer('Churn of customers');
  await app.ask.asks('choose what to change');
  await app.ask.choose('Save');
  await soon(() => app.tree.texts()).toEqual(classicLines);
});

test('a help page asks for the host, and says why an answer will not do', async () => {
  await app.tree.titleButton('Add Service').click();
  await app.ask.asks('Paste the address');
  await app.ask.type(helpPage);
  await app.ask.asks('does not tell the host');
  await app.ask.accept();
  await app.ask.asks('which host answers');
  await app.ask.type('not a host');
  await app.ask.accept();
  await app.ask.asks('blank');
  await app.shot('add service, host');
  await app.ask.answer('https://scoring.example.com');
  await app.ask.asks('A name for service');
  await app.ask.answer('From a help page');
  await app.ask.asks('API key');
  await app.ask.answer('some-key');
  await app.ask.asks('choose what to change');
  await soon(() => app.ask.choices()).toEqual(expect.arrayContaining([expect.stringMatching(/API key.*given: .*; saved to the secret store/)]));
  await app.ask.choose('Save');
  await soon(() => app.tree.texts()).toEqual([...classicLines, `scoring.example.com ${id('b')}`, 'From a help page']);
  await app.shot('tree of services');
});

test('sample code holds the key too, which is then not asked for', async () => {
  await app.tree.titleButton('Add Service').click();
  await app.ask.asks('Paste the address');
  await app.ask.type(`url = '${mine.address}/execute?api-version=2.0&details=true'; api_key = '${mine.key}'; headers = {'Content-Type': 'application/json', 'Authorization': ('Bearer ' + api_key)}`);
  await app.ask.asks('an API key');
  expect(await app.ask.message()).not.toContain(mine.key);
  await app.ask.accept();
  await app.ask.asks('A name for service');
  await app.ask.answer('My service');
  await app.ask.asks('choose what to change');
  expect(await app.ask.box.innerText()).not.toContain(mine.key);
  await app.ask.choose('Save');
  await app.tree.item('My service').waitFor();
});

test('it is sent to with its key', async () => {
  await app.editors.open('day.json');
  await app.editors.status('Choose a service').click();
  await app.ask.choose('My service');
  await app.editors.titleButton('Send to RRS').click();
  await app.answer.shows('200 OK');
  await soon(() => app.answer.cells()).toEqual([['1', '1', '2', '2', '0', '2', '0', '1']]);
});

test('a wrong key: the panel says so and its buttons put it right', async () => {
  await app.tree.menu('My service', 'Set API Key…');
  await app.ask.asks('API Key of My service');
  expect(await isMasked()).toBe(true);
  await app.ask.answer('a-wrong-key');
  await app.editors.titleButton('Send to RRS').click();
  await app.answer.problem.filter({ hasText: '"My service" does not accept the API key.' }).waitFor();
  await app.tree.item('My service').filter({ hasText: 'key refused' }).waitFor();
  await app.shot('wrong key', 'wrong-key');
  await app.answer.button('Set API Key…').click();
  await app.ask.asks('API Key of My service');
  await app.ask.answer(mine.key);
  await app.answer.button('Send Again').click();
  await app.answer.shows('200 OK');
});

test('address and ids are copied', async () => {
  await app.ask.menu(async () => {
    await app.tree.openMenu('My service');
    await app.shot('menu of a service');
  }, 'Copy Address');
  await soon(() => app.clipboard()).toBe(mine.address);
  await app.tree.menu('My service', 'Copy Service ID');
  await soon(() => app.clipboard()).toBe(mine.serviceId);
  await app.tree.menu(mine.workspaceId, 'Copy Workspace ID');
  await soon(() => app.clipboard()).toBe(mine.workspaceId);
});

test('workspace and service are renamed', async () => {
  await app.tree.menu(mine.workspaceId, 'Rename Workspace…');
  await app.ask.answer('At home');
  await soon(() => app.tree.texts()).toContain(`At home ${mine.workspaceId}`);
  await app.tree.menu('My service', 'Rename Service…');
  await soon(() => app.ask.input.inputValue()).toBe('My service');
  await app.ask.answer('Good days');
  await soon(() => app.tree.texts()).toContain('Good days');
  await app.editors.status('Good days').waitFor();
});

test('a key is forgotten only after asking, and can be set again', async () => {
  await app.tree.menu('Good days', 'Forget API Key');
  await app.ask.dialog('Forget the API Key of "Good days"?').waitFor();
  await app.shot('forget a key');
  await app.ask.press('Cancel');
  await soon(() => app.tree.texts()).toContain('Good days');
  await app.tree.menu('Good days', 'Forget API Key');
  await app.ask.press('Forget');
  await soon(() => app.tree.texts()).toContain('Good days no key');
  await app.editors.open('day.json');
  await app.editors.send();
  await app.answer.problem.filter({ hasText: 'asks for an API key, and none is set' }).waitFor();
  await app.answer.button('Set API Key…').click();
  await app.ask.asks('Good days');
  await app.ask.answer(mine.key);
  await soon(() => app.tree.texts()).toContain('Good days');
});

test('a service is removed only after asking', async () => {
  await app.tree.menu('From a help page', 'Remove Service…');
  await app.ask.dialog('Remove "From a help page"?').waitFor();
  await app.ask.press('Cancel');
  await app.tree.item('From a help page').waitFor();
  await app.tree.menu('From a help page', 'Remove Service…');
  await app.ask.press('Remove');
  await app.tree.item('From a help page').waitFor({ state: 'hidden' });
});

test('a workspace is removed with its services', async () => {
  await app.tree.menu('At home', 'Remove Workspace…');
  await app.ask.dialog('Its services: Good days').waitFor();
  await app.ask.press('Remove');
  await app.tree.item('At home').waitFor({ state: 'hidden' });
  await soon(() => app.tree.texts()).toEqual(classicLines);
});

test('what was removed has left no key behind', async () => {
  const helped = `https://scoring.example.com/workspaces/${id('b')}/services/${id('3')}`;
  await app.settings({ 'azuremlWebServices.services': [{ name: 'Helped', address: helped }, { name: 'Mine', address: mine.address }] });
  await soon(async () => (await app.tree.texts()).filter((line) => /^(Helped|Mine)/.test(line))).toEqual(['Helped no key', 'Mine no key']);
});
