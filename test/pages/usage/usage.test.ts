// The page of usage in a real browser: pictures, tables, narrowing, who is refused, what goes wrong, the keyboard, hostile names, its looks.

import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startHarness, type AnswerPage, type Harness, type OpenOptions } from '../support/harness';
import type { ThemeName } from '../support/themes';
import type { ToUsagePage, UsageState } from '../../../src/features/apim/usage/messages';
import { noUsage } from '../../../src/features/apim/usage/usageView';
import { breakdowns, limit, now, numbers, readOf, stateOf, throttled, waves } from './usageSamples';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness('usage');
});
afterAll(() => harness.close());
afterEach(() => harness.closePages());

const quarter = 15 * 60_000;
const request = {
  atMs: now, ids: { api: 'demo' }, method: 'POST', url: 'https://g/x', ip: '203.0.113.7', status: 429, backendStatus: '', ms: 1, backendMs: undefined,
  requestBytes: 1, responseBytes: 1, id: 'r1',
};

async function opened(state: UsageState, options: OpenOptions = {}): Promise<AnswerPage> {
  const page = await harness.open(options);
  await page.tell(state);
  await page.tell();
  return page;
}

const looks: readonly (readonly [string, ThemeName, number, number])[] = [
  ['dark', 'dark', 1000, 1100], ['light', 'light', 660, 1300], ['contrast', 'contrast', 1000, 1100], ['contrast-light', 'contrast-light', 1000, 1100], ['narrow', 'dark', 320, 1600],
];

test.each(looks)('%s: nothing is cut off, and axe finds nothing', async (name, theme, width, height) => {
  const page = await opened(stateOf(readOf(waves(96, quarter))), { theme, width, height });
  await page.picture(`usage-${name}`);
  expect(await page.axe()).toEqual([]);
  expect(await page.page.evaluate('document.querySelector(".usage-charts").scrollWidth - document.querySelector(".usage-charts").clientWidth')).toBe(0);
  // Neither are the words of what is chosen, nor the last button.
  const choices = await page.page.locator('.usage-choice').evaluateAll((all) => all.map((each) => each.scrollWidth - each.clientWidth));
  const header = await page.page.locator('.header').evaluate((line) => line.scrollWidth - line.clientWidth);
  expect([...choices, header]).toEqual([0, 0, 0]);
  // What a bar is called stands where it begins, and there is room for it.
  const chart = page.page.getByRole('figure', { name: 'Calls' });
  const places = await chart.locator('.bar').evaluateAll((all) =>
    all.map((each) => [each.getAttribute('aria-label') ?? '', each.getBoundingClientRect().left] as const));
  const ticks = await chart.locator('.ticks > span').evaluateAll((all) => all.map((each) => {
    const { left, right } = each.getBoundingClientRect();
    return { text: each.textContent, left, right };
  }));
  expect(ticks.length).toBeGreaterThan(2);
  for (const [at, { text, left, right }] of ticks.entries()) {
    const nearest = places.toSorted(([, one], [, other]) => Math.abs(one - left) - Math.abs(other - left))[0];
    expect(nearest?.[0]).toContain(`, ${text} – `);
    expect(right).toBeLessThan(ticks[at + 1]?.left ?? width);
  }
});

describe('what goes on', () => {
  const day = readOf(waves(96, quarter));

  test('a bar is walked to with the keyboard, says what it is, and is looked at alone', async () => {
    const page = await opened(stateOf(day));
    const chart = page.page.getByRole('figure', { name: 'Calls' });
    await chart.locator('.bar').first().focus();
    await page.page.keyboard.press('ArrowRight');
    expect(await chart.locator('.chart-said').innerText()).toBe('29 Nov, 14:15 – 14:30: Succeeded 33, Failed 0, Blocked 1, Other 0');
    await page.page.keyboard.press('Enter');
    expect((await page.sent()).at(-1)).toEqual({ type: 'narrowTime', fromMs: Date.UTC(2026, 10, 29, 14, 15), toMs: Date.UTC(2026, 10, 29, 14, 30) });
    await page.page.keyboard.press('End');
    expect(await chart.locator('.chart-said').innerText()).toMatch(/^30 Nov, 14:00 – 14:15: /);
    const focused = (): Promise<string | null> => page.page.evaluate('document.activeElement.getAttribute("data-focus")');
    expect(await focused()).toBe(`calls-${Date.UTC(2026, 10, 30, 14)}`);
    // What tells the same leaves all as it is, and what tells something else takes the focus along.
    await page.tell(stateOf(day, { readMs: now + 60_000 }));
    expect(await focused()).toBe(`calls-${Date.UTC(2026, 10, 30, 14)}`);
    await page.tell(stateOf(readOf(waves(96, quarter, (at) => at % 12 < 9))));
    expect(await focused()).toBe(`calls-${Date.UTC(2026, 10, 30, 14)}`);
    await page.page.evaluate('document.querySelector(".usage-charts").scrollTo(0, 120)');
    await page.tell(stateOf(readOf(waves(96, quarter, (at) => at % 12 < 10))));
    expect(await page.page.evaluate('document.querySelector(".usage-charts").scrollTop')).toBe(120);
    const hatched = chart.locator('.bar').nth(10);
    expect(await hatched.getAttribute('aria-label')).toBe('29 Nov, 16:30 – 16:45: no calls reported. Look at this time alone.');
    // A row of zeros is something else.
    expect(await chart.locator('.bar').nth(7).getAttribute('aria-label')).toContain('15:45 – 16:00: Succeeded 0, Failed 0');
    expect(await page.harm()).toEqual([]);
  });

  test('a list of bars narrows, and its chips take that away', async () => {
    const page = await opened(stateOf(day));
    await page.page.getByRole('button', { name: /^AzureML Demo API 1,150/ }).click();
    expect((await page.sent()).at(-1)).toMatchObject({ type: 'narrow', kind: 'api', key: '["demo","","",""]' });
    const narrowed = { period: { kind: 'last', span: 'day' }, wish: undefined, narrowed: [{ kind: 'api', ids: { api: 'demo' }, title: 'AzureML Demo API' }], time: { fromMs: now - 7_200_000, toMs: now } } as const;
    await page.tell(stateOf({ ...day, breakdowns: breakdowns.filter(({ kind }) => kind === 'operation'), notes: ['API Management does not report this.'] }, { settings: narrowed }));
    expect(await page.page.locator('.chip-words').allInnerTexts()).toEqual(['30 Nov, 12:05 – 14:05', 'API AzureML Demo API']);
    expect(await page.page.getByRole('tab').allInnerTexts()).toEqual(['Charts', 'Throttled', 'Over Time', 'By Operation', 'Requests']);
    await page.picture('usage-narrowed');
    expect(await page.axe()).toEqual([]);
    await page.page.getByRole('button', { name: 'Take away: API AzureML Demo API' }).click();
    expect((await page.sent()).at(-1)).toEqual({ type: 'widen', key: 'api' });
    await page.page.getByRole('button', { name: 'Take away: 30 Nov' }).click();
    expect((await page.sent()).at(-1)).toEqual({ type: 'widen', key: 'time' });
  });

  test('time and interval are chosen, also by hand', async () => {
    const page = await opened(stateOf(day));
    await page.page.getByLabel('Time', { exact: true }).selectOption('Last 7 days');
    await page.page.getByLabel('Interval').selectOption('by 3 h');
    expect((await page.sent()).slice(-2)).toEqual([{ type: 'period', period: { kind: 'last', span: 'week' } }, { type: 'interval', intervalMs: 10_800_000 }]);
    await page.page.getByLabel('Time', { exact: true }).selectOption('From … to …');
    const form = page.page.getByRole('dialog', { name: 'Time from and to' });
    await form.getByLabel('To').fill('2026-11-20T10:00');
    await form.getByLabel('From').fill('2026-11-21T10:00');
    await page.page.keyboard.press('Enter');
    expect(await form.getByRole('alert').innerText()).toBe('The end has to be later than the beginning.');
    await page.picture('usage-period');
    expect(await page.axe()).toEqual([]);
    // A time that no report has is not swallowed.
    await form.getByLabel('From').fill('1969-12-31T10:00');
    await page.page.keyboard.press('Enter');
    expect(await form.getByRole('alert').innerText()).toBe('Times from the year 1970 to the year 9999 can be looked at.');
    expect(await form.getByLabel('From').getAttribute('aria-invalid')).toBe('true');
    await form.getByLabel('From').fill('2026-11-19T10:00');
    await page.page.keyboard.press('Enter');
    expect((await page.sent()).at(-1)).toEqual({ type: 'period', period: { kind: 'between', fromMs: Date.UTC(2026, 10, 19, 10), toMs: Date.UTC(2026, 10, 20, 10) } });
    expect(await form.count()).toBe(0);
    // What is chosen is shown when it holds.
    expect(await page.page.getByLabel('Time', { exact: true }).inputValue()).toBe('day');
  });

  test('a time that begins within a slot is counted from there on, and says so', async () => {
    const begins = now - 86_400_000 + 5 * 60_000;
    const six = 24 * quarter;
    const read = readOf(waves(4, six, () => true), six, 86_400_000, { window: { fromMs: begins, toMs: now, open: false } });
    const page = await opened(stateOf(read));
    expect(await page.page.locator('.notes').innerText()).toContain('The first slot is counted from 29 Nov, 14:10 on.');
    const bar = page.page.getByRole('figure', { name: 'Calls' }).locator('.bar').first();
    expect(await bar.getAttribute('aria-label')).toMatch(/^29 Nov, 14:10 – 18:00: /);
    await bar.focus();
    await page.page.keyboard.press('Enter');
    expect((await page.sent()).at(-1)).toEqual({ type: 'narrowTime', fromMs: begins, toMs: Date.UTC(2026, 10, 29, 18) });
    // Of each list it is said how many had no calls, also where not all of them are drawn.
    const bySubscription = page.page.getByRole('figure', { name: 'By Subscription' });
    expect(await bySubscription.locator('.muted').last().innerText()).toBe('One of them had no calls.');
    const many = breakdowns.map((each) => (each.kind !== 'api' ? each : {
      ...each, rows: Array.from({ length: 15 }, (_, at) => ({ ids: { api: `a${at}` }, name: '', numbers: numbers(at < 13 ? 1 : 0) })),
    }));
    await page.tell(stateOf({ ...read, breakdowns: many }));
    const byApi = page.page.getByRole('figure', { name: 'By API' });
    expect(await byApi.locator('.muted').last().innerText()).toBe('3 more are in the table. 2 of all 15 had no calls. 183 calls belong to no API.');
  });

  test('numbers stand in a table, which stays as it is looked at while they are read anew', async () => {
    const page = await opened(stateOf(day));
    await page.page.getByRole('button', { name: 'As Table: By API' }).click();
    expect((await page.sent()).at(-1)).toEqual({ type: 'part', part: 'api' });
    const view = (calls: string): ToUsagePage => ({
      type: 'table', table: 1, view: {
        name: 'By API', columns: [{ name: 'API', kind: 'text' }, { name: 'Calls', kind: 'number' }], totalRows: 1, matchedRows: 1, stamp: 1,
        query: { filters: [] }, rows: [{ number: 0, cells: ['AzureML Demo API', calls] }], notes: [], scripts: [],
      },
    });
    await page.tell(stateOf(day, { part: 'api' }), view('1150'));
    expect(await page.page.locator('#panel-api').innerText()).toContain('1150');
    expect(await page.page.getByRole('tab', { name: 'By API' }).getAttribute('aria-selected')).toBe('true');
    await page.tell(stateOf(day, { part: 'api', readMs: now + 60_000, busy: true }), stateOf(day, { part: 'api', readMs: now + 60_000 }), view('1151'));
    expect(await page.page.locator('#panel-api').innerText()).toContain('1151');
    expect(await page.page.locator('.usage-refreshed').innerText()).toBe('refreshed 14:06');
    // What is read by itself is not announced; what a person asks for is.
    const announced = page.page.locator('.unseen[role=status]');
    await announced.evaluate((live) => live.replaceChildren());
    await page.tell(stateOf(day, { part: 'api', busy: true }), stateOf(day, { part: 'api' }));
    expect(await announced.innerText()).toBe('');
    await page.page.getByRole('button', { name: 'Refresh' }).click();
    await page.tell(stateOf(day, { part: 'api', busy: true }), stateOf(day, { part: 'api' }));
    expect(await announced.innerText()).toBe('The usage was read.');
    await page.picture('usage-table');
    expect(await page.axe()).toEqual([]);
  });

  test('of single requests more are loaded while there are more', async () => {
    const requests = (rows: number, hasMore: boolean): UsageState => stateOf(day, {
      part: 'requests', requests: { kept: true, read: { rows: Array.from({ length: rows }, () => request), strange: 0, looked: rows, hasMore, count: 1_515 } },
    });
    const view = (rows: number): ToUsagePage => ({
      type: 'table', table: 5, view: {
        name: 'Requests', columns: [{ name: 'Status', kind: 'number' }, { name: 'URL', kind: 'text' }], totalRows: rows, matchedRows: rows, stamp: rows,
        query: { filters: [] }, rows: [{ number: 0, cells: ['429', 'https://g/x'] }], notes: [], scripts: [],
      },
    });
    const page = await opened(requests(1_000, true));
    await page.tell(view(1_000));
    expect(await page.page.getByRole('tab', { name: /^Requests/ }).innerText()).toMatch(/^Requests\s+1,000 of 1,515$/);
    const more = page.page.getByRole('button', { name: 'Load More' });
    await more.click();
    expect((await page.sent()).at(-1)).toEqual({ type: 'moreRequests' });
    await page.tell(requests(1_515, false), view(1_515));
    expect(await page.page.getByRole('tab', { name: /^Requests/ }).innerText()).toMatch(/^Requests\s+1,515$/);
    expect(await more.count()).toBe(0);
    await page.tell(stateOf(day, { part: 'requests', requests: { kept: false } }));
    expect(await page.page.getByRole('heading', { name: 'This instance keeps no single requests' }).isVisible()).toBe(true);
  });

  test('ninety days by a quarter of an hour are bars that an eye can see, with exact sums', async () => {
    const long = readOf(waves(8_640, quarter, () => true), quarter, 90 * 86_400_000);
    const page = await opened(stateOf(long, { settings: { period: { kind: 'last', span: 'quarter' }, wish: quarter, narrowed: [], time: undefined } }), { width: 1000, height: 1000 });
    const chart = page.page.getByRole('figure', { name: 'Calls' });
    expect(await chart.locator('.chart-head').innerText()).toContain('each bar is 12 h, times in UTC');
    const bars = await chart.locator('.bar').evaluateAll((all) => all.map((each) => each.getAttribute('aria-label') ?? ''));
    expect(bars.length).toBeLessThanOrEqual(242);
    const sum = (name: string): number => bars.reduce((total, words) => total + Number((new RegExp(`${name} ([\\d,]+)`).exec(words)?.[1] ?? '0').replaceAll(',', '')), 0);
    expect([sum('Succeeded'), sum('Failed'), sum('Blocked')]).toEqual([long.total.succeeded, long.total.failed, long.total.blocked]);
    await page.picture('usage-quarter');
  });
});

describe('where there is nothing to see', () => {
  test('no data, zeros alone, and a tier without reports are told apart', async () => {
    const page = await opened(stateOf(readOf([], quarter, 86_400_000, { told: 'nothing', breakdowns: [] })));
    expect(await page.page.getByRole('heading', { name: 'No data for this time' }).isVisible()).toBe(true);
    await page.picture('usage-nodata');
    await page.page.getByRole('button', { name: 'Show the Last 30 Days' }).click();
    expect((await page.sent()).at(-1)).toEqual({ type: 'period', period: { kind: 'last', span: 'month' } });
    const zeros = breakdowns.map((each) => ({ ...each, rows: each.rows.map((row) => ({ ...row, numbers: { ...row.numbers, calls: 0, succeeded: 0, failed: 0, blocked: 0, other: 0 } })) }));
    await page.tell(stateOf(readOf([], quarter, 86_400_000, { told: 'zeros', breakdowns: zeros })));
    expect(await page.page.getByText('Nobody called in this time, as far as is reported.').isVisible()).toBe(true);
    expect(await page.page.locator('.bar-gap').count()).toBe(1);
    await page.picture('usage-zeros');
    expect(await page.axe()).toEqual([]);
    await page.tell(stateOf(undefined, { none: { sentence: 'The Consumption tier of API Management keeps no reports.', advice: 'See the portal.' } }));
    expect(await page.page.getByRole('heading', { name: 'The Consumption tier of API Management keeps no reports.' }).isVisible()).toBe(true);
    expect(await page.page.getByRole('tab').count()).toBe(0);
    await page.picture('usage-tier');
    expect(await page.axe()).toEqual([]);
    await page.tell(noUsage);
    expect(await page.page.getByRole('heading', { level: 1 }).innerText()).toBe('There is no usage to show');
  });

  test('an error stands whole where nothing was read, and above what was', async () => {
    const problem = { sentence: 'Your account may not read contoso-apim: the role "Reader" is missing there.', advice: 'Ask for it.', actions: ['retry'] };
    const page = await opened(stateOf(undefined, { problem, readMs: undefined }));
    await page.page.getByRole('button', { name: 'Try Again' }).click();
    expect((await page.sent()).at(-1)).toEqual({ type: 'action', action: 'retry' });
    await page.picture('usage-error');
    expect(await page.axe()).toEqual([]);
    await page.tell(stateOf(readOf(waves(96, quarter)), { problem }));
    expect(await page.page.locator('.problem.brief').isVisible()).toBe(true);
    expect(await page.page.locator('.figures').isVisible()).toBe(true);
    await page.tell(stateOf(undefined, { busy: true, wait: 'too many calls: waits 30 seconds', readMs: undefined }));
    expect(await page.page.getByText('too many calls: waits 30 seconds').isVisible()).toBe(true);
    await page.page.getByRole('button', { name: 'Stop' }).click();
    expect((await page.sent()).at(-1)).toEqual({ type: 'stop' });
  });
});

describe('who is refused', () => {
  test('is one click, with the status, the limit and where to change it', async () => {
    const page = await opened(stateOf(readOf(waves(96, quarter))), { width: 1000 });
    await page.page.getByRole('button', { name: 'Who Is Being Throttled?' }).click();
    expect((await page.sent()).at(-1)).toEqual({ type: 'part', part: 'throttled' });
    await page.tell(stateOf(readOf(waves(96, quarter)), { part: 'throttled', throttled }));
    const row = page.page.locator('.throttled tbody tr').first();
    expect(await row.locator('td').allInnerTexts()).toEqual([
      '118\n14.3 % of its 827 calls', '100', '18', '0', '30 Nov, 14:05',
      expect.stringMatching(/^Product Starter: 5 calls in 60 seconds; a quota of 100 calls in 7 days\s+Limit Calls…\s+API AzureML Demo API: no limit of its own/),
    ]);
    const told = await row.locator('.throttled-limits li').allInnerTexts();
    expect(told.slice(2).map((text) => text.split('\n')[0])).toEqual([
      'Operation RRS Execute: 2 calls in 10 seconds', 'All APIs: your account may not read its policy', '2 more were not looked at.',
    ]);
    expect(await page.page.locator('.throttled tbody tr .throttled-limits').allInnerTexts()).toEqual([
      expect.any(String), expect.stringContaining('none: no limit was reached'), expect.stringContaining('not known'),
    ]);
    await row.getByRole('button', { name: 'Limit Calls…' }).first().click();
    await row.getByRole('button', { name: 'Usage of This Subscription' }).click();
    expect((await page.sent()).slice(-2)).toEqual([{ type: 'limit', key: limit.key }, { type: 'narrow', kind: 'subscription', key: '["","","","team-a"]' }]);
    await page.picture('usage-throttled');
    expect(await page.axe()).toEqual([]);
    // Without room for a table each caller is a block.
    await page.page.setViewportSize({ width: 460, height: 700 });
    expect(await page.page.locator('.throttled').evaluate((part) => part.scrollWidth - part.clientWidth)).toBe(0);
    await page.picture('usage-throttled-narrow');
    expect(await page.axe()).toEqual([]);
    await page.tell(stateOf(readOf(waves(96, quarter)), { part: 'throttled', throttled: { rows: [], notes: [] } }));
    expect(await page.page.getByRole('heading', { name: 'Nobody was refused in this time' }).isVisible()).toBe(true);
  });
});

test('names are texts, whatever they hold', async () => {
  const hostile = `<img src=x onerror="window.__pwned=1">\u202E\uD800__proto__${'long '.repeat(2_000)}`;
  const named = breakdowns.map((each) => ({ ...each, rows: each.rows.map((row) => ({ ...row, name: hostile })) }));
  const page = await opened(stateOf(readOf(waves(96, quarter), quarter, 86_400_000, { breakdowns: named, notes: [hostile] }), {
    problem: { sentence: hostile }, wait: hostile,
    settings: { period: { kind: 'last', span: 'day' }, wish: undefined, narrowed: [{ kind: 'product', ids: { product: 'x' }, title: hostile }], time: undefined },
    throttled: { rows: [{ key: hostile, title: hostile, blocked: 1, limits: [{ key: hostile, scope: { kind: 'api', api: hostile }, state: 'read', title: hostile, limits: [hostile] }], notAsked: 0 }], notes: [hostile] },
  }), { width: 660 });
  expect(await page.page.locator('img').count()).toBe(0);
  expect(await page.harm()).toEqual([]);
  await page.picture('usage-hostile');
});
