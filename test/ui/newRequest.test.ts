// The first request to an own service, as a person lives it: add the service, take the request that is offered, fill it in, send, save. Each test goes on from the one before.

import { createServer, type Server } from 'node:http';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { openApp, type App } from './person/app';
import { jobPage } from './person/job';
import { startOwnService, type OwnService } from './person/ownService';
import { soon } from './person/patience';
import { tidyUp } from './person/tidy';

let app: App;
let mine: OwnService;
let mute: Server;
let muteAddress: string;
beforeAll(async () => {
  mine = await startOwnService('request-key-0123456789+/==');
  mute = createServer((_, response) => response.writeHead(404).end());
  await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve));
  const place = mute.address();
  muteAddress = `http://127.0.0.1:${typeof place === 'object' ? place?.port : ''}/workspaces/forest/services/mute`;
  app = await openApp({ files: { 'notes.txt': '' }, settings: { 'breadcrumbs.enabled': false, 'editor.minimap.enabled': false } });
  await app.openSidebar();
});
tidyUp(() => app, () => mine?.stop(), () => mute?.close());

test('after a service was added a request to it is offered, and opens with its own columns', async () => {
  await app.tree.welcome.getByRole('button', { name: 'Add a Service' }).click();
  await app.ask.asks('Add Service');
  await app.ask.type(`url = '${mine.address}/execute'; api_key = '${mine.key}'`);
  await app.ask.asks('an API key');
  await app.ask.accept();
  await app.ask.asks('A name for service');
  await app.ask.answer('My service');
  await app.ask.asks('choose what to change');
  await app.shot('new request, review', 'add-service');
  await app.ask.choose('Save');
  const offer = app.ask.notification('My service is added.');
  await offer.waitFor();
  await app.shot('new request, offered');
  await offer.getByRole('button', { name: 'New Request…' }).click();
  await app.ask.asks('Choose the form of the request');
  expect((await app.ask.choices()).map((each) => each.trim())).toEqual(['Row objects', 'Column names and values']);
  await app.shot('new request, form');
  await app.ask.choose('Row objects');
  await soon(() => app.editors.text()).toContain('"Inputs"');
  const text = await app.editors.text();
  for (const words of ['// Request for My service', '// Made from the description that the service gave on', '"input1": [', '"Col2": "', '// string; may be null']) expect(text).toContain(words);
});

test('it is sent at once: its service is chosen', async () => {
  await app.editors.status('My service').waitFor();
  await app.shot('new request, opened');
  await app.editors.send();
  await app.answer.shows('200 OK');
  expect((await app.answer.cells())[0]).toHaveLength(8);
  expect((await mine.counters()).calls).toMatchObject({ swagger: 1, execute: 1 });
  await app.shot('new request, answered');
});

test('saved, it keeps its service', async () => {
  await app.page.locator('.editor-group-container').first().locator('.monaco-editor .view-lines').click();
  await app.page.keyboard.press('Control+s');
  await app.ask.input.waitFor();
  const file = join(app.folder, 'first.jsonc');
  // A file with comments in it is no plain JSON to VS Code.
  await soon(() => app.ask.input.inputValue()).toMatch(/\.jsonc$/);
  await app.ask.type(file);
  await soon(() => app.ask.box.locator('.quick-input-list .monaco-list-row').count()).toBeGreaterThan(0);
  await app.ask.accept();
  await app.editors.tab('first.jsonc').waitFor();
  await app.editors.enter('first.jsonc');
  await app.editors.status('My service').waitFor();
  expect(readFileSync(file, 'utf8')).toContain('// Request for My service');
  await app.editors.send();
  await soon(async () => (await mine.counters()).calls.execute).toBe(2);
});

test('on the service, in the other form, without asking it again for its description', async () => {
  await app.tree.menu('My service', 'New Request…');
  await app.ask.asks('Choose the form of the request');
  expect((await app.ask.choices())[0]).toContain('Row objects');
  await app.ask.asks('chosen last time');
  await app.ask.choose('Column names and values');
  await soon(() => app.editors.text()).toContain('"ColumnNames"');
  await app.editors.send();
  await soon(async () => (await mine.counters()).calls.execute).toBe(3);
  await app.answer.shows('200 OK');
  expect((await mine.counters()).calls.swagger).toBe(1);
});

test('in Send Request, where nothing is sent before it is filled in', async () => {
  await app.ask.makeAsk('Choose the request', () => app.tree.menu('My service', 'Send Request…'));
  await app.shot('new request, in send request');
  await app.ask.choose('New Request…');
  await app.ask.asks('Choose the form of the request');
  expect((await app.ask.choices())[0]).toContain('Column names and values');
  await app.ask.dismiss();
  expect((await mine.counters()).calls.execute).toBe(3);
});

test('the page of the service shows its columns, and refreshes them on demand', async () => {
  await app.tree.menu('My service', 'How to Call This Service');
  const { frame } = jobPage(app.page);
  const section = frame.getByRole('region', { name: 'Inputs and Outputs' });
  await section.getByText('From the description that the service gave on').waitFor();
  await section.getByRole('row').filter({ hasText: 'Col2' }).filter({ hasText: 'string' }).waitFor();
  await app.shot('new request, service page');
  expect((await mine.counters()).calls.swagger).toBe(1);
  await section.getByRole('button', { name: 'Refresh' }).click();
  await soon(async () => (await mine.counters()).calls.swagger).toBe(2);
  await app.editors.status('The description of My service is up to date.').waitFor();
  await app.editors.close('How to Call My service');
});

test('a service that does not describe itself gets the shape, with the reason, and then the last request', async () => {
  await app.settings({ 'azuremlWebServices.services': [{ name: 'My service', address: mine.address }, { name: 'Mute', address: muteAddress }] });
  await app.tree.item('Mute').waitFor();
  await app.tree.menu('Mute', 'New Request…');
  await app.ask.asks('Choose the form of the request');
  await app.ask.choose('Row objects');
  await app.editors.status('Mute').waitFor();
  await soon(() => app.editors.text()).toContain('There is no description of "Mute"');
  await soon(() => app.editors.text()).toContain('"column1"');
  await app.shot('new request, shape');
  await app.editors.send();
  await app.answer.shows('404');
  await app.tree.menu('Mute', 'New Request…');
  await soon(() => app.editors.text()).toContain('Made from the last request that was sent to it.');
});
