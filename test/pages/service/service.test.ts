// A service's page in a real browser: what it shows and tells, hostile names and bodies, and its looks.

import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Service } from '../../../src/model/service';
import type { ToServicePage } from '../../../src/features/code/messages';
import { parseEndpoint } from '../../../src/protocols/studio/endpoint';
import { describedView, notAskedView, readingView } from '../../../src/features/code/describedView';
import type { LastExchange } from '../../../src/protocols/code';
import { writeRequest } from '../../../src/protocols/studio/description/newRequest';
import { serviceView } from '../../../src/protocols/studio/serviceView';
import { asking, classic, read } from '../../unit/protocols/studio/description/documents';
import { startHarness, type AnswerPage, type Harness, type OpenOptions } from '../support/harness';
import type { ThemeName } from '../support/themes';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness('service');
});
afterAll(() => harness.close());
afterEach(() => harness.closePages());

function serviceAt(address: string, name = 'Good days'): Service {
  const reading = parseEndpoint(address);
  if (!reading.ok) throw new Error(reading.reason);
  return { name, address, endpoint: reading.endpoint, subscriptionKeyHeader: 'Ocp-Apim-Subscription-Key' };
}

const direct = serviceAt('https://host.example/workspaces/0123456789abcdef0123456789abcdef/services/fedcba9876543210fedcba9876543210');
const gateway = serviceAt('https://team.azure-api.net/models/workspaces/0123456789abcdef0123456789abcdef/services/fedcba9876543210fedcba9876543210', 'Behind a gateway');
const exact = serviceAt('https://host.example/score', 'Short');

/** What the page of a service is told. */
function viewOf(service: Service, lastExchange: LastExchange): ToServicePage {
  return { type: 'service', name: service.name, address: service.address, ...serviceView(service, lastExchange) };
}

async function opened(service: Service, lastExchange: LastExchange = {}, options: OpenOptions = {}): Promise<AnswerPage> {
  const page = await harness.open(options);
  await page.post(viewOf(service, lastExchange));
  await page.page.waitForSelector('.service-page');
  return page;
}

const shownText = (page: AnswerPage): Promise<string> => page.page.evaluate('document.body.innerText');

describe('what it shows', () => {
  test('both ways with their operations, headers with placeholders, bodies and notes', async () => {
    const page = await opened(gateway);
    const text = await shownText(page);
    for (const words of ['Behind a gateway', 'An API gateway stands in front of it', 'Bearer <your API key>', 'Ocp-Apim-Subscription-Key', '<your subscription key>', 'Request-response', 'Batch', '"ColumnNames"', '429 and 403 of the gateway']) expect(text).toContain(words);
    expect(text).toContain(`POST ${gateway.address}/execute?api-version=2.0&details=true`);
    await page.page.getByRole('tab', { name: 'Batch' }).click();
    await page.page.getByRole('tab', { name: /^Status/ }).click();
    expect(await shownText(page)).toContain(`GET ${gateway.address}/jobs/JOB_ID?api-version=2.0`);
    expect(await page.page.locator('[role=tablist][aria-label=Languages]:visible [role=tab]').allInnerTexts()).toEqual(['cURL', 'Python', 'R', 'C#', 'JavaScript', 'PowerShell']);
    expect(await page.harm()).toEqual([]);
  });

  test('the last request and its answer in place of the shape, with secrets masked', async () => {
    const request = '{"Inputs":{"input1":[{"Col2":"A day"}]},"GlobalParameters":{"password":"0815"}}';
    const page = await opened(direct, { request, answer: '{"Results":{"output1":[{"x":"0.5"}]}}' });
    await page.page.getByRole('tab', { name: /^Score row objects/ }).click();
    const text = await shownText(page);
    expect(text).toContain('The last request that you have sent.');
    expect(text).toContain('"password": "••••••••"');
    // Set out over lines, with nothing else changed.
    expect(text).toMatch(/"output1": \[\s+\{\s+"x": "0\.5"\s+\}/);
    expect(text.replace(/\s/g, '')).toContain('{"Results":{"output1":[{"x":"0.5"}]}}');
    expect(await page.page.content()).not.toContain('0815');
  });

  test('one way where the address leads to one operation only', async () => {
    const page = await opened(exact);
    expect(await page.page.getByRole('tab', { name: 'Batch' }).count()).toBe(0);
    expect(await page.page.getByRole('button', { name: 'Run Batch Job…' }).count()).toBe(0);
    expect(await shownText(page)).toContain('POST https://host.example/score');
  });

  test('the inputs, parameters and outputs of the service, what was not understood of them, and requests with them', async () => {
    const described = describedView({ kind: 'known', fetchedAt: 1_700_000_000_000, description: read(classic({ basePath: { odd: 1 } })) });
    const request = writeRequest('table', read(classic()), []).replaceAll(/ \/\/.*$/gm, '');
    const page = await harness.open();
    const view = { ...viewOf(direct, { made: { table: request } }), described: { ...described, notUnderstood: ['$.definitions.x: It refers to itself.'] } };
    await page.post(view);
    const section = page.page.getByRole('region', { name: 'Inputs and Outputs' });
    await section.getByText('From the description that the service gave on').waitFor();
    expect(await section.getByRole('row').allInnerTexts().then((rows) => rows.map((row) => row.split('\t').map((cell) => cell.trim())))).toEqual([
      ['Name', 'Type', 'Example', 'Notes'],
      ['Kind', 'string', '"oak"', 'one of "oak", "fir"; may be null'],
      ['Age', 'integer (int32)', '40', 'In years.'],
      ['Soil "pH"', 'number (double)', '', ''],
      ['Name', 'Type', 'Example', 'Notes'],
      ['Season', 'string', '', 'one of "spring", "autumn"; default "spring"'],
      ['Trials', 'integer', '3', 'required'],
    ]);
    await section.getByText('Output output1').click();
    expect(await section.innerText()).toContain('Scored Labels');
    expect(await section.innerText()).toContain('$.definitions.x: It refers to itself.');
    const text = await shownText(page);
    expect(text).toContain('Made from the description of the service.');
    expect(text).toContain('"Soil \\"pH\\""');
    expect(await page.harm()).toEqual([]);
    await page.page.getByRole('button', { name: 'Refresh' }).click();
    await page.page.getByRole('button', { name: 'More Actions' }).click();
    await page.page.getByRole('menuitem', { name: 'New Request…' }).click();
    await page.page.getByRole('button', { name: 'Test…' }).click();
    expect((await page.sent()).slice(-3)).toEqual([{ type: 'refreshDescription' }, { type: 'newRequest' }, { type: 'test' }]);
  });

  test('what the service says of itself, the rest of a long text on demand', async () => {
    const long = `${'It tells how high a tree is. '.repeat(20)}<b>At the end.</b>`;
    const known = (description: string, fetchedAt = 1e12): ToServicePage => ({
      ...viewOf(direct, {}),
      described: describedView({ kind: 'known', fetchedAt, description: read(classic({ info: { title: 'Tree heights', description } })) }),
    });
    const page = await harness.open();
    await page.tell(known('Guesses how high a tree is.'));
    const section = page.page.getByRole('region', { name: 'Inputs and Outputs' });
    expect(await section.innerText()).toMatch(/^Inputs and Outputs\s+Tree heights\s+Guesses how high a tree is\.\s+From the description/);
    await page.tell(known(long));
    expect(await section.getByText('<b>At the end.</b>').isVisible()).toBe(false);
    await section.getByText('It tells how high a tree is.').first().click();
    await section.getByText('<b>At the end.</b>').waitFor();
    await page.tell(known(long, 2e12));
    await section.getByText('<b>At the end.</b>').waitFor();
    expect((await section.locator('.described-about').innerText()).replaceAll(/\s+/g, ' ')).toBe(long);
  });

  test.each([[20, false], [21, true]])('a table of %d columns scrolls in a frame of its own: %j', async (count, scrolls) => {
    const properties = Object.fromEntries(Array.from({ length: count }, (_, index) => [`column ${index}`, { type: 'string' }]));
    const description = read(asking({ properties: { Inputs: { properties: { input1: { items: { properties } } } } } }));
    const page = await harness.open({ width: 460, height: 500 });
    await page.tell({ ...viewOf(direct, {}), described: describedView({ kind: 'known', fetchedAt: 0, description }) });
    const lines = page.page.locator('.described-lines').first();
    expect(await lines.evaluate((box) => box.scrollHeight > box.clientHeight)).toBe(scrolls);
    expect(await lines.evaluate((box) => box.clientTop > 0)).toBe(scrolls);
  });

  test('while it is asked, and why there is no description, with a button that may help', async () => {
    const page = await opened(direct);
    await page.post({ ...viewOf(direct, {}), described: readingView() });
    await page.page.getByText('Reading the description of the service…').waitFor();
    expect(await page.page.getByRole('button', { name: 'Read Description' }).count()).toBe(0);
    const problem = { sentence: 'host.example asks for an API key.', actions: ['setServiceKey', 'retry'] };
    await page.post({ ...viewOf(direct, {}), described: describedView({ kind: 'failed', problem }) });
    await page.page.getByText('host.example asks for an API key.').waitFor();
    await page.page.getByRole('button', { name: 'Set API Key…' }).click();
    await page.page.getByRole('button', { name: 'Read Description' }).click();
    expect((await page.sent()).slice(-2)).toEqual([{ type: 'action', action: 'setServiceKey' }, { type: 'refreshDescription' }]);
    await page.post({ ...viewOf(gateway, {}), described: notAskedView() });
    await page.page.getByText('it was not asked yet').waitFor();
  });

  test('a description of very many columns, with names that are markup, stays on its line', async () => {
    const names = Array.from({ length: 700 }, (_, index) => `<img src=x onerror=alert(${index})>${'n'.repeat(60)}`);
    const rows = { items: { properties: Object.fromEntries(names.map((name) => [name, { type: 'string', description: '<b>bold</b>' }])) } };
    const state = { kind: 'known' as const, fetchedAt: 0, description: read(asking({ properties: { Inputs: { properties: { input1: rows } } } })) };
    const page = await opened(direct, {}, { width: 420 });
    await page.post({ ...viewOf(direct, {}), described: describedView(state) });
    await page.page.getByText('Input input1').click();
    expect(await page.page.locator('.described-lines').first().innerText()).toContain('<img src=x onerror=alert(0)>');
    await page.page.getByText('More columns: 200').waitFor();
    expect(await page.page.evaluate('document.documentElement.scrollWidth <= document.documentElement.clientWidth')).toBe(true);
    expect(await page.harm()).toEqual([]);
  });

  test('its name and what can be done on one line, with the whole address beneath on demand', async () => {
    const page = await opened(gateway, {}, { width: 320 });
    const header = page.page.locator('.header');
    expect(await header.evaluate((line) => [line.clientHeight, line.scrollWidth - line.clientWidth])).toEqual([38, 0]);
    expect(await header.locator('h1').innerText()).toBe('Behind a gateway');
    expect(await page.page.locator('.service-whole code').isVisible()).toBe(false);
    await page.page.getByText('Address', { exact: true }).click();
    expect(await page.page.locator('.service-whole').innerText()).toContain(gateway.address);
    expect(await page.page.locator('.service-whole li').allInnerTexts()).toEqual(viewOf(gateway, {}).facts);
  });

  test('that a service is gone', async () => {
    const page = await harness.open();
    const view: ToServicePage = { type: 'service', name: '', address: direct.address, facts: [], notes: [], ways: [] };
    await page.post(view);
    await page.page.getByText('This service is not in the sidebar').waitFor();
  });
});

describe('what it tells', () => {
  test('each request, with the numbers of what it is about', async () => {
    const page = await opened(direct);
    const press = (name: string): Promise<void> => page.page.getByRole('button', { name, exact: true }).click();
    await press('Send Request…');
    await press('Run Batch Job…');
    await press('More Actions');
    await page.page.getByRole('menuitem', { name: 'Copy Address' }).click();
    await press('Copy the address of Score a table');
    await press('Copy Request');
    await page.page.getByRole('tab', { name: 'R', exact: true }).click();
    await press('Copy Code');
    await page.page.getByRole('tab', { name: 'Batch' }).click();
    await press('Open in Editor');
    expect(await page.sent()).toEqual([
      { type: 'send' }, { type: 'runJob' }, { type: 'copyAddress' }, { type: 'copyUrl', way: 0, operation: 0 }, { type: 'copyRequest', way: 0, operation: 0 },
      { type: 'copyCode', way: 0, code: 2 }, { type: 'openCode', way: 1, code: 2 },
    ]);
    expect(await page.saved()).toEqual({ address: direct.address, way: 'Batch', language: 'R' });
  });

  test('news leave the reader where they are, and a new life of the page too', async () => {
    const page = await opened(direct, {}, { saved: { address: direct.address, way: 'Batch', language: 'C#' } });
    expect(await page.page.getByRole('tab', { name: 'Batch' }).getAttribute('aria-selected')).toBe('true');
    expect(await page.page.locator('[aria-label="Code in C#"]:visible').count()).toBe(1);
    await page.page.getByRole('tab', { name: /^Start/ }).click();
    await page.post(viewOf(direct, {}));
    expect(await page.page.getByRole('tab', { name: /^Start/ }).getAttribute('aria-selected')).toBe('true');
  });

  test('what was opened and shut stays so when news come, and in a new life of the page, but not for another service', async () => {
    const known = (fetchedAt: number): ToServicePage => ({ ...viewOf(direct, {}), described: describedView({ kind: 'known', fetchedAt, description: read(classic()) }) });
    const standing = (page: AnswerPage): Promise<readonly boolean[]> => page.page.evaluate('[...document.querySelectorAll("details")].slice(0, 2).map((each) => each.open)');
    const page = await opened(direct);
    await page.page.getByText('Address', { exact: true }).click();
    await page.tell(known(1e12));
    expect(await standing(page)).toEqual([true, true]);
    await page.page.getByText('Input input1').click();
    await page.tell(known(2e12));
    expect(await standing(page)).toEqual([true, false]);
    const again = await harness.open({ saved: await page.saved() });
    await again.tell(known(2e12));
    expect(await standing(again)).toEqual([true, false]);
    await again.tell({ ...known(2e12), address: gateway.address });
    expect(await standing(again)).toEqual([false, true]);
  });
});

test('hostile names and bodies are text', async () => {
  const evil = '<img src=x onerror="window.__pwned=1"><script>window.__pwned=1</script>\u202e';
  const request = `{"Inputs":{"input1":{"ColumnNames":[${JSON.stringify(evil)}],"Values":[["# '\\" // </pre>"]]}}}`;
  const page = await opened(serviceAt(direct.address, evil), { request, answer: evil });
  const text = await shownText(page);
  expect(text).toContain('<script>window.__pwned=1</script>');
  expect(text).not.toContain('\u202e');
  expect(await page.page.locator('img, #root script').count()).toBe(0);
  expect(await page.harm()).toEqual([]);
});

const looks: readonly { readonly theme: ThemeName; readonly width: number }[] = [{ theme: 'dark', width: 900 }, { theme: 'light', width: 1300 }, { theme: 'contrast', width: 700 }, { theme: 'contrast-light', width: 320 }, { theme: 'dark', width: 320 }];

test.each(looks)('breaks no rule and hangs over no edge in $theme at $width', async ({ theme, width }) => {
  const page = await opened(gateway, {}, { theme, width, height: 900 });
  const state = { kind: 'known' as const, fetchedAt: 1_700_000_000_000, description: read(classic({ security: 5, paths: { '/execute': { post: 5 } } })) };
  await page.post({ ...viewOf(gateway, {}), described: describedView(state) });
  await page.page.getByText('Input input1').waitFor();
  for (const tab of ['Request-response', 'Batch']) {
    await page.page.getByRole('tab', { name: tab }).click();
    expect(await page.axe()).toEqual([]);
    expect(await page.page.evaluate('document.getElementById("root").scrollWidth - document.getElementById("root").clientWidth')).toBeLessThanOrEqual(0);
  }
  await page.picture(`service-${theme}-${width}`);
});
