// A policy of API Management as a document: opened, saved back, refused at its place, changed elsewhere, left dirty over a reload.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, inject, test } from 'vitest';
import { openApp, type App } from './person/app';
import { openSection, startAzure, type Azure } from './person/azure';
import { keptInBrowser, leaksBelow } from './person/leaks';
import { soon } from './person/patience';
import { installSignIn, type SignIn } from './person/signIn';
import { tidyUp } from './person/tidy';

const policy = '/products/starter/policies/policy';
const text = (...inside: readonly string[]): string =>
  ['<policies>', '\t<inbound>', ...inside.map((line) => `\t\t${line}`), '\t\t<base />', '\t</inbound>', '</policies>'].join('\r\n');
const header = (value: string): string => `<set-header name="x"><value>${value}</value></set-header>`;

let azure: Azure;
let signIn: SignIn;
let app: App;
beforeAll(async () => {
  azure = await startAzure();
  signIn = installSignIn(inject('extensionsDir'));
  signIn.give(azure.token);
  app = await openApp({
    extensionsDir: signIn.extensionsDir, files: { 'notes.txt': '' },
    // Other files are saved soon after each change, which no policy is.
    settings: {
      'azuremlWebServices.armEndpoint': azure.endpoint, 'workbench.localHistory.enabled': false,
      'files.autoSave': 'afterDelay', 'files.autoSaveDelay': 200, 'files.associations': { 'Unlimited.policy.xml': 'xml' },
    },
  });
  await app.openSidebar();
  await openSection(app.page);
  await app.apim.welcome.getByRole('button', { name: 'Sign In to Azure' }).click();
  await app.ask.press('Allow');
  await app.apim.expand('Sample subscription');
  await app.apim.expand('sample-apim');
  await app.apim.expand('Products');
  await app.apim.item('Starter').waitFor();
});
tidyUp(() => app, () => azure?.stop(), () => signIn?.remove());

const elsewhere = (value: string): Promise<void> => azure.put(policy, { format: 'rawxml', value });
const save = (): Promise<void> => app.page.keyboard.press('Control+s');
const isDirty = (): Promise<number> => app.page.locator('.tab.active.dirty[data-resource-name="Starter.policy.xml"]').count();
const saves = async (): Promise<number> => (await azure.calls()).filter(({ method, status }) => method === 'PUT' && status === 200).length;
const lens = (words: string) => app.page.locator('.codelens-decoration').filter({ hasText: words });

test('opens from the sidebar as XML, under a name that is read, and saves back', async () => {
  await app.apim.menu('Starter', 'Edit Policy');
  await app.editors.enter('Starter.policy.xml');
  await soon(() => app.editors.text()).toContain('<rate-limit calls="5"');
  await app.editors.status('API Management Policy').waitFor();
  await soon(() => app.page.locator('.breadcrumbs-control').first().innerText()).toMatch(/sample-apim[\s\S]*Starter\.policy\.xml/);
  await azure.forget();
  await app.editors.write(text(header('mine')));
  await soon(isDirty).toBe(1);
  await save();
  await soon(isDirty).toBe(0);
  expect(await saves()).toBe(1);
  await app.shot('policy document');
});

test('what the service refuses is at its place, in its words', async () => {
  await app.editors.write(text('<quota calls="many" renewal-period="60" />'));
  await save();
  const message = app.ask.notification('sample-apim rejected the policy of Starter. Line 3, column 4: The \'calls\' attribute is invalid');
  await message.waitFor();
  await app.shot('policy refused');
  await message.getByRole('button', { name: 'Go to Error' }).click();
  await app.page.locator('.squiggly-error').first().waitFor();
  expect(await isDirty()).toBe(1);
  await app.editors.write(text(header('better')));
  await save();
  await soon(isDirty).toBe(0);
  await app.page.locator('.squiggly-error').waitFor({ state: 'hidden' });
  await app.ask.clearNotifications();
});

test('a change elsewhere shows both, and is overwritten only after that', async () => {
  await app.editors.write(text(header('mine again')));
  await elsewhere(text(header('theirs')));
  await save();
  const conflict = app.ask.notification('The policy of Starter was changed in sample-apim since this document was opened.');
  await conflict.getByRole('button', { name: 'Compare' }).waitFor();
  await app.shot('policy conflict');
  expect(await app.page.getByRole('button', { name: 'Overwrite' }).count()).toBe(0);
  await lens('Changed at the service since you opened it').first().waitFor();
  await conflict.getByRole('button', { name: 'Compare' }).click();
  await app.page.locator('.editor.original .view-lines').filter({ hasText: 'theirs' }).waitFor();
  await app.page.locator('.editor.modified .view-lines').filter({ hasText: 'mine again' }).waitFor();
  await app.shot('policy compared');
  await azure.forget();
  await app.editors.titleButton('Overwrite Policy').click();
  await soon(saves).toBe(1);
  await app.editors.enter('Starter.policy.xml');
  await soon(isDirty).toBe(0);
  await app.ask.clearNotifications();
});

test('a document without changes of its own follows, also when it is asked to', async () => {
  await elsewhere(text(header('from elsewhere')));
  await app.editors.titleButton('Refresh Policy').click();
  await soon(() => app.editors.text()).toContain('from elsewhere');
  expect(await isDirty()).toBe(0);
});

test('a policy is deleted after a question, and its document says that there is none', async () => {
  await app.apim.menu('Starter', 'Delete Policy…');
  await app.ask.dialog('Delete the policy of Starter in sample-apim?').filter({ hasText: 'inherits the policy of all APIs' }).waitFor();
  await app.shot('policy delete');
  await app.ask.press('Delete Policy');
  await lens('There is no policy here yet.').first().waitFor();
  await soon(() => app.editors.text()).not.toContain('from elsewhere');
});

test.each([
  ['whatever is set for files', 'Starter'],
  ['also where its name is taken for that of another kind of file', 'Unlimited'],
])('it is saved by a person alone, %s', async (_, product) => {
  await app.apim.menu(product, 'Edit Policy');
  await app.editors.enter(`${product}.policy.xml`);
  await azure.forget();
  await app.editors.write(text(header('half of it')));
  await app.editors.open('notes.txt');
  await app.editors.write(product);
  await soon(() => readFileSync(join(app.folder, 'notes.txt'), 'utf8')).toBe(product);
  await app.page.locator(`.tab.dirty[data-resource-name="${product}.policy.xml"]`).waitFor();
  expect([await saves(), await app.page.locator('.notifications-toasts .notification-list-item').count()]).toEqual([0, 0]);
  await app.editors.tab(`${product}.policy.xml`).click();
  await app.editors.enter(`${product}.policy.xml`);
  await app.runCommand('File: Revert File');
  await app.page.locator(`.tab.dirty[data-resource-name="${product}.policy.xml"]`).waitFor({ state: 'hidden' });
});

test('what was not saved survives a reload, and a change in between is still seen', async () => {
  await app.editors.tab('Starter.policy.xml').click();
  await app.editors.enter('Starter.policy.xml');
  await elsewhere(text(header('made anew')));
  await app.editors.titleButton('Refresh Policy').click();
  await soon(() => app.editors.text()).toContain('made anew');
  await app.editors.write(text(header('unsaved words')));
  const kept = async (): Promise<boolean> =>
    leaksBelow(app.dataDir, [{ name: 'the text', value: 'unsaved words' }]).length > 0
    || (await keptInBrowser(app.page)).some(({ content }) => content.includes('unsaved words'));
  await soon(kept).toBe(true);
  await app.reload('Starter.policy.xml');
  await app.editors.tab('Starter.policy.xml').click();
  await app.editors.enter('Starter.policy.xml');
  await soon(() => app.editors.text()).toContain('unsaved words');
  expect(await isDirty()).toBe(1);
  await elsewhere(text(header('while it was away')));
  await save();
  const conflict = app.ask.notification('The policy of Starter was changed in sample-apim since this document was opened.');
  await conflict.getByRole('button', { name: 'Revert to What Is There' }).click();
  await soon(() => app.editors.text()).toContain('while it was away');
  await soon(isDirty).toBe(0);
});
