// The tab of traces in a real browser: off, on and run out, the steps of a call, errors, the keyboard, hostile content, its looks.

import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { readTrace } from '../../../src/features/apim/trace/readTrace';
import { maskTrace } from '../../../src/features/apim/trace/traceMask';
import { shownTrace } from '../../../src/features/apim/trace/traceWords';
import type { ShownTrace, ToTryItPage, TraceView } from '../../../src/features/tryIt/messages';
import { startHarness, type AnswerPage, type Harness, type OpenOptions } from '../support/harness';
import type { ThemeName } from '../support/themes';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness('tryIt');
});
afterAll(() => harness.close());
afterEach(() => harness.closePages());

const line = (source: string, elapsed: string, data: unknown): object => ({ source, timestamp: '2026-11-30T14:00:00Z', elapsed: `00:00:00.${elapsed}`, data });
const usual = {
  'inbound': [
    line('api-inspector', '0004100', { request: { method: 'POST', url: 'https://contoso.azure-api.net/azureml-demo/execute?api-version=2.0', headers: [{ name: 'Ocp-Apim-Subscription-Key', value: 'abc' }, { name: 'Host', value: 'contoso.azure-api.net' }] } }),
    line('api-inspector', '0005300', { configuration: { api: { from: '/azureml-demo', revision: '1' }, operation: { method: 'POST', uriTemplate: '/execute' } } }),
    line('rate-limit', '0007400', { message: 'Rate limit was not exceeded.' }),
    line('set-header', '0009900', { message: 'Specified value was assigned to the header (see below).', header: { name: 'Authorization', value: 'Bearer abc' } }),
    line('rewrite-uri', '0012500', { message: 'Request URL was changed.', oldUrl: '/execute?api-version=2.0', request: { url: '/workspaces/a507/services/cc56/execute?api-version=2.0&details=true' } }),
  ],
  'backend': [
    line('forward-request', '0018200', { message: 'Request is being forwarded to the backend service. Timeout set to 300 seconds', request: { method: 'POST', url: 'https://ussouthcentral.services.azureml.net/workspaces/a507/services/cc56/execute?api-version=2.0&details=true', headers: [{ name: 'Authorization', value: 'Bearer abc' }] } }),
    line('forward-request', '0843000', { response: { status: { code: 200, reason: 'OK' }, headers: [{ name: 'Content-Type', value: 'application/json' }] } }),
  ],
  'outbound': [line('transfer-response', '0851000', { message: 'Response headers have been sent to the caller.' })],
  'on-error': [],
};

function traced(entries: unknown = usual): ShownTrace {
  const read = readTrace(maskTrace({ traceEntries: entries }, { values: [], names: [], unknown: false }));
  expect.assert(read);
  return shownTrace(read, { method: 'POST', operation: 'RRS Execute', status: 200 }, 0);
}

const on: TraceView = { state: 'on', until: 'Until 15:04, 52 minutes left' };

function stateWith(trace: TraceView | undefined): ToTryItPage {
  const shape = {
    title: 'RRS Execute', owner: 'AzureML Demo API', where: 'contoso-apim', sample: false, method: 'POST', bases: ['https://contoso.azure-api.net/azureml-demo'], template: '/execute?api-version={apiversion}',
    parameters: [{ name: 'apiversion', place: 'query' as const, required: true, value: '2.0', values: [] }], headers: [], keyHeaders: [], keys: [{ id: 's', label: 'Starter / team-a' }], key: 's', notes: [],
    body: { contentType: 'application/json', json: true, comments: true, required: true, text: '{}' },
  };
  return {
    type: 'call', saved: { ids: ['i', 'a', 'o'] }, title: 'RRS Execute',
    content: {
      filled: 1, turn: 0, shape, draft: { base: 'https://contoso.azure-api.net/azureml-demo', values: ['2.0'], headers: [], body: '{}', key: 's', serviceKey: false },
      problems: { values: [], headers: [] }, address: 'https://contoso.azure-api.net/azureml-demo/execute?api-version=2.0',
    },
    ...(trace === undefined ? {} : { trace }),
  };
}

async function opened(trace: TraceView, options: OpenOptions = {}): Promise<AnswerPage> {
  const page = await harness.open(options);
  page.page.setDefaultTimeout(4_000);
  await page.tell(stateWith(trace));
  await page.page.getByRole('tab', { name: 'Trace' }).click();
  return page;
}

async function asked(page: AnswerPage): Promise<readonly string[]> {
  return (await page.sent()).map(({ type }) => type).filter((type) => type.startsWith('trace'));
}

describe('the tab', () => {
  test('is there where calls can be traced, and nowhere else', async () => {
    const page = await harness.open();
    await page.tell(stateWith(undefined));
    expect(await page.page.getByRole('tab', { name: 'Trace' }).count()).toBe(0);
    await page.tell(stateWith({ state: 'off' }));
    expect(await page.page.getByRole('tab', { name: 'Trace' }).count()).toBe(1);
  });

  test('switches tracing on and off, and on again where it has run out', async () => {
    const page = await opened({ state: 'off' });
    await page.page.getByRole('button', { name: 'Switch On Tracing…' }).press('Enter');
    expect(await asked(page)).toEqual(['traceOn']);
    await page.tell(stateWith({ state: 'off', busy: 'switching', wait: 'The instance is busy.' }));
    expect(await page.page.locator('.trace-state').innerText()).toContain('The instance is busy.');
    await page.page.getByRole('button', { name: 'Stop' }).last().click();
    await page.tell(stateWith(on));
    expect(await page.page.locator('.trace').innerText()).toMatch(/Calls to this API are traced\.\s+Until 15:04, 52 minutes left\s+Switch Off\s+Send the call: its trace is shown here\./);
    await page.page.getByRole('button', { name: 'Switch Off' }).click();
    await page.tell(stateWith({ state: 'runOut' }));
    await page.page.getByRole('button', { name: 'Switch On Again…' }).click();
    expect(await asked(page)).toEqual(['traceOn', 'traceStop', 'traceOff', 'traceOn']);
  });

  test('lists steps by section with what they took and changed; details open by the keyboard and stay open', async () => {
    const page = await opened({ ...on, trace: traced() });
    expect(await page.page.locator('.trace-title').innerText()).toBe('POST RRS Execute, 200, 85.1 ms');
    expect(await page.page.locator('.trace-section h3').allInnerTexts()).toEqual([expect.stringMatching(/^Inbound\s1.25 ms$/), expect.stringMatching(/^Backend\s83(?:\.1)? ms$/), expect.stringMatching(/^Outbound\s0.8 ms$/)]);
    expect(await page.page.locator('.trace-source').allInnerTexts()).toEqual(['api-inspector', 'api-inspector', 'rate-limit', 'set-header', 'rewrite-uri', 'forward-request', 'forward-request', 'transfer-response']);
    expect(await page.page.locator('.trace-changes').allInnerTexts()).toContainEqual('Header Authorization: Bearer ••••••••');
    const widths = await page.page.locator('.trace-share').evaluateAll((bars) => bars.map((bar) => bar.getBoundingClientRect().width));
    expect(Math.max(...widths)).toBe(widths[6]);
    const details = page.page.getByLabel('Headers of api-inspector');
    await details.press('Enter');
    expect(await page.page.locator('.trace-headers').first().innerText()).toBe('Ocp-Apim-Subscription-Key\t••••••••\nHost\tcontoso.azure-api.net');
    await page.tell(stateWith({ ...on, until: 'Until 15:04, 51 minutes left', trace: traced() }));
    expect(await page.page.locator('.trace-headers').first().isVisible()).toBe(true);
    expect(await page.page.locator('.trace').innerText()).toContain('51 minutes left');
  });

  test('says that a trace is of an earlier call, and what went wrong, where trying again sends no call', async () => {
    const page = await opened({ ...on, trace: traced(), older: true, problem: { sentence: 'The trace of this call is not there.', advice: 'Later.', actions: ['retry'] } });
    expect(await page.page.locator('.trace').innerText()).toContain('This is the trace of an earlier call: the last one has none.');
    await page.page.getByRole('button', { name: 'Try Again' }).click();
    expect((await page.sent()).map(({ type }) => type)).toEqual(['traceAgain']);
  });

  test('draws hostile content as text, and loses nothing of what it does not understand', async () => {
    const long = 'x'.repeat(10_000);
    const page = await opened({
      ...on, trace: traced({
        inbound: [line('<img src=x onerror=alert(1)>', '0001000', { 'message': `<b>${long}</b>`, '__proto__x': '\u202egnp.exe', 'half': '\ud800' }), line(long, '0002000', { header: { name: long, value: '<script>alert(1)</script>' } })],
      }),
    }, { width: 320 });
    expect(await page.harm()).toEqual([]);
    expect(await page.page.locator('.trace b, .trace img, .trace script').count()).toBe(0);
    await page.page.locator('.trace summary').first().click();
    expect(await page.page.locator('.trace-rest').innerText()).toContain('__proto__x');
    expect(await page.page.evaluate('document.documentElement.scrollWidth <= document.documentElement.clientWidth')).toBe(true);
    expect(await page.axe()).toEqual([]);
  });
});

describe('its looks', () => {
  const looks: readonly (readonly [ThemeName, number])[] = [['dark', 660], ['light', 660], ['contrast', 660], ['contrast-light', 660], ['dark', 320]];
  test.each(looks)('%s at %i', async (theme, width) => {
    const page = await opened({ ...on, trace: traced() }, { theme, width, height: 900 });
    await page.page.locator('.trace summary').first().click();
    expect(await page.axe()).toEqual([]);
    expect(await page.page.evaluate('document.documentElement.scrollWidth <= document.documentElement.clientWidth')).toBe(true);
    await page.picture(`try-it-trace-${theme}-${width}`);
  });

  test('off', async () => {
    const page = await opened({ state: 'off' }, { width: 660, height: 700 });
    expect(await page.axe()).toEqual([]);
    await page.picture('try-it-trace-off');
  });
});
