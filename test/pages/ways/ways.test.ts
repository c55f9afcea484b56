// The page that compares both ways in a real browser: what a run will do, progress, what was found, the keyboard, hostile content, its looks.

import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { ceilingsOf } from '../../../src/features/apim/ways/ceilings';
import { HeaderDiff } from '../../../src/features/apim/ways/headerDiff';
import { wayOrder, type WayCall } from '../../../src/features/apim/ways/measures';
import type { ToWaysPage } from '../../../src/features/apim/ways/messages';
import type { Ending } from '../../../src/features/apim/ways/runWays';
import { noWays } from '../../../src/features/apim/ways/session';
import { aheadTexts, shownResult } from '../../../src/features/apim/ways/waysWords';
import { startHarness, type AnswerPage, type Harness, type OpenOptions } from '../support/harness';
import type { ThemeName } from '../support/themes';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness('ways');
});
afterAll(() => harness.close());
afterEach(() => harness.closePages());

const limited = ceilingsOf({
  own: undefined, inherited: [{ from: { kind: 'product', name: 'Starter' }, text: '<policies><inbound><base /><rate-limit calls="5" renewal-period="60" /></inbound></policies>' }],
});

function callsOf(turns: number, refusedFrom = Infinity): WayCall[] {
  const next = { direct: 0, gateway: 0 };
  return wayOrder(turns).map((way, index): WayCall => {
    const turn = next[way]++;
    const refused = way === 'gateway' && turn >= refusedFrom ? 'Rate limit is exceeded.' : undefined;
    return { way, turn, ms: (way === 'direct' ? 20 : 27) + (turn === 0 ? 31 : ((index * 7) % 11)), status: refused === undefined ? 200 : 429, bytes: 407, digest: 'a', refused };
  });
}

function headersOf(value = 'Sample'): HeaderDiff {
  const diff = new HeaderDiff();
  diff.add('direct', [{ name: 'Content-Type', value: 'application/json' }, { name: 'Date', value: '1' }, { name: 'x-ms-request-id', value: 'a' }]);
  diff.add('gateway', [{ name: 'Content-Type', value: 'application/json' }, { name: 'Date', value: '2' }, { name: 'Server', value }]);
  return diff;
}

function stateWith(more: Partial<ToWaysPage> = {}): ToWaysPage {
  return {
    type: 'ways', saved: { direct: 'https://a/workspaces/1/services/2', gateway: 'https://b/demo/workspaces/1/services/2' }, title: 'AzureML Demo API',
    direct: { name: 'Demo', address: 'https://ussouthcentral.services.azureml.net/workspaces/1/services/2' }, gateway: { name: 'Demo at contoso', address: 'https://contoso.azure-api.net/demo/workspaces/1/services/2' },
    request: '"day.json" is sent.', turns: 10, most: 50, ahead: aheadTexts(10, limited, { made: [], now: 0 }), canRun: true, ...more,
  };
}

const resultWith = (calls: readonly WayCall[], ending: Ending = { kind: 'done' }, headers = headersOf()): Pick<ToWaysPage, 'result'> =>
  ({ result: shownResult({ calls, headers, samples: {}, ending }, undefined, 10) });

async function opened(state: ToWaysPage, options: OpenOptions = {}): Promise<AnswerPage> {
  const page = await harness.open(options);
  page.page.setDefaultTimeout(4_000);
  await page.tell(state);
  return page;
}

describe('the page', () => {
  test('says before a run how many calls are made, which limit ends it, and takes 1 to 50', async () => {
    const page = await opened(stateWith());
    const said = await page.page.locator('.ways-ahead').innerText();
    expect(said).toContain('"day.json" is sent.');
    expect(said).toContain('10 calls each way, in turns: 20 calls, one after another. They do not go into the history.');
    expect(said).toContain('The run ends after 4 calls through the gateway unless the limit is renewed meanwhile: "Product Starter: 5 calls in 60 seconds');
    const field = page.page.getByRole('spinbutton', { name: 'Calls each way' });
    await field.fill('51');
    await field.press('Enter');
    expect(await page.page.locator('.ways-form').innerText()).toContain('From 1 to 50 calls each way.');
    await field.fill('3');
    await field.press('Enter');
    expect(await page.sent()).toEqual([{ type: 'turns', turns: 3 }, { type: 'run', turns: 3 }].filter(Boolean));
  });

  test('shows progress, and can be stopped', async () => {
    const page = await opened(stateWith({ busy: 'running', progress: { done: 7, all: 20 }, ...resultWith(callsOf(10).slice(0, 7)) }));
    expect(await page.page.locator('.badge').innerText()).toBe('7 of 20');
    await page.page.getByRole('button', { name: 'Stop' }).click();
    expect(await page.sent()).toEqual([{ type: 'stop' }]);
  });

  test('tells what was found, in words, dots and tables', async () => {
    const page = await opened(stateWith(resultWith(callsOf(10))));
    const facts = await page.page.locator('.ways-facts').innerText();
    expect(facts).toMatch(/Answers, byte for byte\s+All 20 are equal\./);
    expect(facts).toMatch(/Added latency\s+p50 [\d.]+ ms, largest [\d.]+ ms, of 9 calls: too few for a 95th percentile/);
    expect(facts).toMatch(/Refused through the gateway\s+0 of 10 calls \(0 %\)/);
    expect(await page.page.locator('.ways-dot').count()).toBe(20);
    expect(await page.page.locator('.ways-dot.hollow').count()).toBe(2);
    expect(await page.page.locator('.ways-mark').count()).toBe(4);
    await page.page.locator('.ways-dot').first().focus();
    await page.page.keyboard.press('ArrowRight');
    expect(await page.page.locator('.ways-said').innerText()).toMatch(/^Direct, call 2: /);
    await page.page.keyboard.press('End');
    expect(await page.page.locator('.ways-said').innerText()).toMatch(/^Through the gateway, call 10: /);
    expect(await page.page.locator('.ways-table.words').innerText()).toMatch(/x-ms-request-id\s+Only direct\s+a/);
    expect(await page.page.locator('.ways-table.words').innerText()).toMatch(/Date\s+Another one each time\s+1\s+2/);
    await page.page.getByText('Each call (20)').click();
    expect(await page.page.locator('.ways-calls tbody tr').count()).toBe(20);
    await page.page.getByRole('button', { name: 'Export…' }).click();
    expect(await page.sent()).toEqual([{ type: 'export' }]);
  });

  test('says that it ended before a limit was used up, or with what refused it', async () => {
    const page = await opened(stateWith(resultWith(callsOf(10).slice(0, 8), { kind: 'refused', way: 'gateway', status: 429, retryAfter: '37' })));
    expect(await page.page.locator('.ways-ending').innerText()).toBe('The gateway refused a call with 429 and says to wait 37 seconds. 8 of 20 calls were made.');
    expect(await page.page.locator('.badge').innerText()).toBe('Ended early');
  });

  test('has an empty state, and an error with its button where nothing can be sent', async () => {
    const page = await opened(noWays());
    expect(await page.page.locator('body').innerText()).toContain('There is nothing to compare here');
    expect(await page.axe()).toEqual([]);
    await page.tell(stateWith({ canRun: false, request: '', ahead: [], problem: { sentence: 'There is no request to compare both ways with.', actions: ['retry'] } }));
    await page.page.getByRole('button', { name: 'Try Again' }).click();
    expect(await page.sent()).toEqual([{ type: 'action', action: 'retry' }]);
  });

  test('cuts none of its numbers and headers in a narrow column', async () => {
    const page = await opened(stateWith(resultWith(callsOf(10))), { width: 330, height: 900 });
    const over = await page.page.evaluate(`[...document.querySelectorAll('.ways-scroll:has(.ways-summary, .words)')].map((each) => each.scrollWidth - each.clientWidth)`);
    expect(over).toEqual([0, 0]);
    expect(await page.page.locator('.ways-table.words').innerText()).toContain('x-ms-request-id');
    expect(await page.axe()).toEqual([]);
    await page.page.locator('.ways-table.words').scrollIntoViewIfNeeded();
    await page.picture('ways-headers-330');
  });

  test('draws hostile content as text', async () => {
    const evil = `<img src=x onerror=alert(1)>\u202e\ud800${'x'.repeat(10_000)}`;
    const page = await opened(stateWith({
      title: evil, request: evil, direct: { name: evil, address: evil }, ...resultWith(callsOf(2, 1).map((call) => (call.refused === undefined ? call : { ...call, refused: evil })), { kind: 'stopped' }, headersOf(evil)),
    }), { width: 320 });
    expect(await page.harm()).toEqual([]);
    expect(await page.page.locator('.ways-page img').count()).toBe(0);
    expect(await page.page.evaluate('document.documentElement.scrollWidth <= document.documentElement.clientWidth')).toBe(true);
    expect(await page.axe()).toEqual([]);
  });
});

describe('its looks', () => {
  const looks: readonly (readonly [ThemeName, number])[] = [['dark', 660], ['light', 660], ['contrast', 660], ['contrast-light', 660], ['dark', 320]];
  test.each(looks)('%s at %i', async (theme, width) => {
    const page = await opened(stateWith(resultWith(callsOf(10))), { theme, width, height: 900 });
    expect(await page.axe()).toEqual([]);
    expect(await page.page.evaluate('document.documentElement.scrollWidth <= document.documentElement.clientWidth')).toBe(true);
    await page.picture(`ways-${theme}-${width}`);
  });

  test('before a run', async () => {
    const page = await opened(stateWith(), { width: 660, height: 500 });
    expect(await page.axe()).toEqual([]);
    await page.picture('ways-before');
  });
});
