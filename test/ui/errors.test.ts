// What a person sees when a call goes wrong: refusals, waits that are counted down, networks that fail, answers that are huge, broken or hostile.

import { statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { openApp, type App } from './person/app';
import { requestOf, startOwnService, type OwnService } from './person/ownService';
import { soon } from './person/patience';
import { tidyUp } from './person/tidy';

const nowhere = 'https://no-such-host.invalid/workspaces/a/services/b';
const wrongColumn = { Inputs: { input1: { ColumnNames: ['Col3'], Values: [['x']] } }, GlobalParameters: {} };

let app: App;
let mine: OwnService;
let gone: OwnService;
beforeAll(async () => {
  mine = await startOwnService('errors-key-0123456789');
  gone = await startOwnService('unused');
  const services = [{ name: 'My service', address: mine.address }, { name: 'Gone', address: gone.address }, { name: 'Nowhere', address: nowhere }];
  const files = { 'day.json': requestOf('This is a good day'), 'wrong column.json': wrongColumn, 'gone.json': requestOf('a'), 'nowhere.json': requestOf('b') };
  app = await openApp({
    files: Object.fromEntries(Object.entries(files).map(([name, request]) => [name, JSON.stringify(request, undefined, 2)])),
    settings: { 'breadcrumbs.enabled': false, 'azuremlWebServices.services': services },
  });
  await gone.stop();
  await app.giveKey('My service', mine.key);
});
tidyUp(() => app, () => mine?.stop());

/** Sends a file by the key; the first time its service is asked for. */
async function send(file: string, service?: string): Promise<void> {
  await app.editors.open(file);
  await app.editors.send();
  if (service === undefined) return;
  await app.ask.asks(`Send ${file} to`);
  await app.ask.choose(service);
}

const problem = (text: string) => app.answer.problem.filter({ hasText: text }).waitFor();
const title = (text: string) => app.answer.frame.locator('h1').filter({ hasText: text }).waitFor();
const detail = () => app.answer.frame.locator('.quoted').innerText();
const button = (name: string) => app.answer.button(name).waitFor();

test('400: what the service says about the request', async () => {
  await send('wrong column.json', 'My service');
  await app.answer.shows('400');
  await app.answer.problem.waitFor();
  expect(await detail()).toContain('Col');
  await app.shot('400');
  await soon(() => app.answer.text()).toContain('Request id');
});

test('401: the key, with the button that sets it', async () => {
  await mine.plan({ status: 401, body: { error: { code: 'Unauthorized', message: 'No.', details: [] } } });
  await send('day.json', 'My service');
  await problem('"My service" does not accept the API key.');
  await button('Set API Key…');
});

test('429 of a gateway: the wait is counted down, then it is sent again', async () => {
  await mine.plan({ throttle: { retryAfterSeconds: 4, gateway: true } });
  await send('day.json');
  await title('Waiting to try again');
  const first = await app.answer.frame.locator('.seconds').innerText();
  expect(first).toMatch(/^Next try in \d+ s$/);
  await app.answer.button('Cancel').waitFor();
  await app.shot('429 waiting', 'waiting');
  await soon(() => app.answer.frame.locator('.seconds').innerText()).not.toBe(first);
  await app.answer.shows('200 OK');
  await soon(() => app.answer.text()).toMatch(/Tried 2 times: 429 from the gateway \(waited \d+(\.\d)? s\), then 200 OK\./);
  await app.shot('429 answered');
});

test('503 of the service: sent again as well; the wait can be cancelled', async () => {
  await mine.plan({ throttle: { retryAfterSeconds: 1 } });
  await send('day.json');
  await app.answer.frame.getByText(/Tried 2 times: 503 \w+ from the service \(waited [\d.]+ m?s\), then 200 OK\./).waitFor();
  await app.answer.shows('200 OK');
  await mine.plan({ throttle: { retryAfterSeconds: 60 } });
  const { calls } = await mine.counters();
  await send('day.json');
  await title('Waiting to try again');
  await app.answer.button('Cancel').click();
  await title('Cancelled');
  expect((await mine.counters()).calls.execute).toBe(calls.execute + 1);
});

test('a wait that is too long is not begun: the answer says how long, a button sends again', async () => {
  await mine.plan({ throttle: { retryAfterSeconds: 600, gateway: true } });
  await send('day.json');
  await problem('the gateway limits the rate');
  await soon(() => app.answer.text()).toContain('Try again in 10 minutes.');
  await app.answer.button('Send Again').click();
  await app.answer.shows('200 OK');
});

test('502 with a page of HTML: shown as text', async () => {
  await mine.plan({ status: 502, headers: { 'content-type': 'text/html' }, body: '<html><body><h1>502 Bad Gateway</h1></body></html>' });
  await send('day.json');
  await problem('Something in front of "My service" could not get an answer from it (502).');
  await soon(() => app.answer.text()).toContain('The answer is an HTML page, shown as text.');
  await soon(() => app.answer.frame.locator('.body-text').innerText()).toContain('<h1>502 Bad Gateway</h1>');
  await app.shot('502');
});

test('a connection that is cut is tried once more', async () => {
  await mine.plan({ cut: 'before' });
  await send('day.json');
  await app.answer.frame.getByText('Tried 2 times: connection cut, then 200 OK.').waitFor();
  await mine.plan({ cut: 'middle', times: 2 });
  await send('day.json');
  await problem(`The connection to ${mine.host} was closed before the answer was complete.`);
  await soon(() => app.answer.status.innerText()).toContain('No answer');
});

test('an answer whose JSON breaks off counts as a failure, and is shown as it came', async () => {
  await mine.plan({ brokenJson: true });
  await send('day.json');
  await problem('The answer breaks off');
  await app.tree.item('My service').filter({ hasText: 'failing' }).waitFor();
  await app.answer.table.use('As It Came');
  await app.answer.frame.locator('.body-text').filter({ hasText: '{"Results"' }).waitFor();
  await app.shot('broken JSON');
});

test('a web page counts as a failure even with 200', async () => {
  await mine.plan({ status: 200, headers: { 'content-type': 'text/html' }, body: '<html><body><h1>Sign in</h1></body></html>' });
  await send('day.json');
  await problem('web page');
  await soon(() => app.answer.frame.locator('.body-text').innerText()).toContain('<h1>Sign in</h1>');
  await app.shot('web page');
});

test('nobody listens', async () => {
  await send('gone.json', 'Gone');
  await problem(`${gone.host} refused the connection.`);
  await button('Send Again');
  await app.tree.item('Gone').filter({ hasText: 'unreachable' }).waitFor();
  await app.shot('refused');
});

test('no such host', async () => {
  await send('nowhere.json', 'Nowhere');
  await app.answer.problem.filter({ hasText: /^The name "no-such-host\.invalid" could not be (found|looked up)/ }).waitFor();
  await button('Open Network Settings');
  await app.shot('no such host');
  await app.answer.button('Choose Another Service…').click();
  await app.ask.asks('Service for nowhere.json');
  await app.ask.choose('My service');
  await app.answer.button('Send Again').click();
  await app.answer.shows('200 OK');
});

test('no answer in time: the setting is named and can be opened', async () => {
  await app.settings({ 'azuremlWebServices.timeoutSeconds': 1 });
  await mine.plan({ never: true });
  await send('day.json');
  await problem(`No answer from ${mine.host} within 1 second.`);
  await soon(() => app.answer.text()).toContain('azuremlWebServices.timeoutSeconds');
  await app.answer.button('Open Settings').click();
  await app.page.locator('.settings-editor .setting-item-label').filter({ hasText: 'Timeout Seconds' }).waitFor();
  await app.shot('settings');
  await app.editors.close('Settings');
  await app.settings({});
});

test('50 MB: the window stays usable, the table has what it can hold and says so, the whole can be saved', async () => {
  await mine.plan({ bytes: 50_000_000 });
  await send('day.json');
  await app.editors.open('gone.json');
  await app.editors.replace('a"', 'typed meanwhile');
  await soon(() => app.editors.text()).toContain('typed meanwhile');
  await app.answer.table.size.filter({ hasText: /^125,000 rows × 8 columns$/ }).waitFor({ timeout: 60_000 });
  await app.answer.frame.getByText(/^These are the first 125,000 of 1,\d{3},\d{3} rows: .* The body has them all\.$/).waitFor();
  await app.answer.table.cell('7').first().click();
  await app.page.keyboard.press('Control+End');
  await app.answer.frame.locator('.row-number').getByText('125,000', { exact: true }).waitFor();
  // Only what is in sight is drawn.
  const drawn = (await app.answer.cells()).length;
  expect(drawn).toBeGreaterThan(5);
  expect(drawn).toBeLessThan(100);
  await app.shot('50 MB');
  await app.answer.tab('Body');
  await app.answer.frame.getByText(/^Showing the first .* of .* MB\.$/).waitFor();
  await app.answer.table.use('Save As…');
  const file = join(app.folder, 'large.json');
  await app.ask.saveAs(file);
  await soon(() => statSync(file, { throwIfNoEntry: false })?.size ?? 0).toBeGreaterThan(49_000_000);
});

describe('a hostile answer', () => {
  const evil = (): string => `<img src="http://${mine.host}/stolen" onerror="window.__pwned = 1"><script>window.__pwned = 1</script>`;
  const asked: string[] = [];
  beforeAll(() => {
    app.context.on('request', (request) => asked.push(request.url()));
    app.page.on('dialog', () => asked.push('stolen by a dialog'));
  });

  /** What ran or was loaded, in any frame. */
  async function harm(): Promise<string[]> {
    const ran = await Promise.all(app.page.frames().map((frame) => frame.evaluate('window.__pwned === undefined ? 0 : 1')));
    return [...asked.filter((url) => url.includes('stolen')), ...ran.filter((each) => each === 1).map(() => 'a script ran')];
  }

  test('is text in the body', async () => {
    await mine.plan({ status: 200, headers: { 'content-type': 'text/html' }, body: evil() });
    await send('day.json');
    await app.answer.frame.locator('.body-text').filter({ hasText: '<img src=' }).waitFor();
    expect(await app.answer.frame.locator('img').count()).toBe(0);
    expect(await harm()).toEqual([]);
  });

  test('is text in names and cells', async () => {
    await mine.plan({ status: 200, body: { Results: { [evil()]: { type: 'table', value: { ColumnNames: [evil()], ColumnTypes: ['String'], Values: [[evil()]] } } } } });
    await send('day.json');
    // The answer before it has the same head, and a first tab of its own.
    await app.answer.frame.getByRole('tab').first().filter({ hasText: '<img src=' }).waitFor();
    await app.answer.tab('Result');
    await soon(() => app.answer.table.cells()).toEqual([[expect.stringContaining('<img src=')]]);
    await app.answer.table.use('As Table');
    await app.answer.frame.locator('.cell').filter({ hasText: '<img src=' }).dblclick();
    await app.answer.frame.locator('.inspector-text').filter({ hasText: '<script>' }).waitFor();
    expect(await app.answer.frame.locator('img').count()).toBe(0);
    expect(await harm()).toEqual([]);
    await app.shot('hostile');
  });

  test('is text in the words of an error, in the panel and in the tree', async () => {
    const words = `${evil()} [press](command:workbench.action.closeWindow)`;
    await mine.plan({ status: 403, body: { error: { code: words, message: words, details: [{ code: words, target: words, message: words }] } } });
    await send('day.json');
    await app.answer.frame.locator('.quoted').filter({ hasText: '<img src=' }).waitFor();
    expect(await app.answer.frame.locator('img, a').count()).toBe(0);
    const hover = await app.tree.tooltip('My service', 'Service ID');
    expect(await hover.locator('img, a[data-href^="command:"]').count()).toBe(0);
    expect(await harm()).toEqual([]);
  });
});
