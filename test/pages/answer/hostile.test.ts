// Answers that try to run, to call out, to hide or to choke the page: each is drawn as text, nothing runs, and the page goes on.

import { expect, test } from 'vitest';
import type { ExchangeView } from '../../../src/features/scoring/messages';
import { openForEachTest } from '../support/eachTest';
import type { AnswerPage } from '../support/harness';
import { answered, grid, table } from '../support/samples';

let answer: AnswerPage;
openForEachTest('answer', (page) => {
  answer = page;
}, { looksForHarm: false });

const poison = [
  '<img src=x onerror="window.__pwned=1">',
  '</script><script>window.__pwned=2</script>',
  '<script nonce="c29tZXRoaW5nLXVudXNlZA">window.__pwned=3</script>',
  'javascript:window.__pwned=4',
  '"><svg onload=window.__pwned=5>',
  '<a href="javascript:window.__pwned=6" autofocus onfocus="window.__pwned=6">x</a>',
  '<link rel=stylesheet href="/stolen.css"><iframe src="/stolen"></iframe>',
  '{{constructor.constructor("window.__pwned=7")()}}',
  '\u001b]8;;javascript:window.__pwned=8\u0007click\u001b]8;;\u0007',
  '\u202e\u2066evil\u2069',
];

/** Puts a text into every place that an answer can reach. */
function everywhere(text: string): Partial<ExchangeView> {
  const header = [{ name: text, value: text }];
  return {
    service: text, source: text, url: text, method: text, statusText: text, address: text, notes: [text], requestHeaders: header, responseHeaders: header,
    earlierAttempts: [{ reason: text, waitMs: 1 }],
    problem: { sentence: text, detail: text, advice: text, actions: ['retry'] },
    body: { text, kind: 'html', totalBytes: 1, shownBytes: 1 },
    tables: [0, 1].map(() => ({
      ...table({ columns: [{ name: text, type: text, group: text }, { name: text, kind: 'number' }], rows: [[text, text], [{ cut: text, length: 9999 }, null]] }), name: text, notes: [text], joined: true,
      query: { filters: [{ kind: 'contains', column: 0, text }, { kind: 'is', column: 1, text }], search: text }, problem: { sentence: text, detail: text, advice: text },
      reading: { readBytes: 1, state: 'failed', problem: { sentence: text } },
      scripts: [{ kind: 'text', title: text, text }, { kind: 'refused', title: text, reason: text }, { kind: 'image', title: text, mime: 'image/png', data: text, width: 1, height: 1 }],
    } as const)),
  };
}

/** Uses a tool of the output that is shown; where it has no room it stands in a menu. */
async function use(name: string): Promise<void> {
  const button = (each: string) => answer.page.getByRole('button', { name: each, exact: true }).filter({ visible: true });
  if ((await button(name).count()) > 0) return button(name).first().click();
  await button('More Tools').click();
  await answer.page.locator('.menu-item').filter({ hasText: name }).first().click();
}

async function visitAll(text: string): Promise<void> {
  for (const tab of ['Body', 'Headers', 'Request']) await answer.page.getByRole('tab', { name: tab, exact: true }).click();
  await answer.page.getByRole('tab').first().click();
  const output = answer.page.locator('.output:visible');
  await output.locator('.grid .cell').first().dblclick();
  await answer.tell({ type: 'cell', table: 0, row: 0, column: 0, text, length: 9999 });
  await output.locator('.grid .cell').first().click({ button: 'right' });
  for (const tool of ['Columns', 'Go To', 'Copy']) {
    await answer.page.keyboard.press('Escape');
    await use(tool);
  }
  await answer.page.keyboard.press('Escape');
  await output.locator('.head-menu').first().click();
  await answer.page.getByRole('menuitem', { name: 'Filter…' }).click();
  await answer.page.keyboard.press('Escape');
  await use('Summary');
  await expect.poll(async () => (await answer.sent()).at(-1)?.type).toBe('summarize');
  await answer.tell({ type: 'summary', table: 0, columns: [0, 1], summaries: [
    { kind: 'text', column: 0, rows: 2, empty: 0, distinct: 1, atLeast: false, top: [{ text, count: 2 }] },
    { kind: 'number', column: 1, rows: 2, empty: 0, other: 0, least: 0, most: 1, mean: 0.5, deviation: 1, bins: [{ from: 0, to: 1, count: 2 }] },
  ] });
  await output.locator('.bar').first().hover();
}

test.each(poison)('%j is drawn as text everywhere', async (text) => {
  await answer.show(answered(everywhere(text)), [{ source: text, service: 'S', outcome: 'ok' }, { source: text, service: 'S', outcome: 'failed' }]);
  await visitAll(text);
  expect(await answer.page.locator('img, iframe, a, link:not(head link), script:not(body > script, head script), #root svg[onload]').count()).toBe(0);
  const shown: string = await answer.page.evaluate('document.documentElement.outerHTML');
  expect(shown).not.toMatch(/[\u0000-\u0008\u001b\u007f\u202a-\u202e\u2066-\u2069]/u);
  // Anything that was let in would have asked for something by now: a turn for the network, a turn for scripts.
  await answer.page.evaluate('new Promise((done) => setTimeout(() => requestAnimationFrame(done), 50))');
  expect(await answer.harm()).toEqual([]);
});

test('the states without an answer draw text too', async () => {
  const [text = ''] = poison;
  await answer.show({ kind: 'pending', service: text, source: text });
  await answer.show({ kind: 'sending', service: text, source: text, elapsedMs: 0 });
  await answer.show({ kind: 'waiting', service: text, source: text, reason: text, remainingMs: 0 });
  expect(await answer.page.locator('.placard').innerText()).toContain(text);
  await answer.show({ kind: 'cancelled', service: text, source: text });
  expect(await answer.page.locator('.pair').innerText()).toBe(`${text} to ${text}`);
  expect(await answer.harm()).toEqual([]);
});

test('what the checks here look for is noticed when it happens', async () => {
  await answer.page.evaluate(`document.getElementById('root').innerHTML = '<img src="/stolen.png" onerror="window.__pwned=1">'`);
  await expect.poll(() => answer.harm()).toContainEqual(expect.stringContaining('img-src'));
});

test('directions and control characters in cells are made visible', async () => {
  await answer.show(answered({ tables: [table({ columns: [{ name: 'a\u202eb' }], rows: [['\u001b[31m\u0000'], ['x\u2066y']] })], service: 'Iris\u202e' }));
  expect(await answer.page.locator('.grid .cell').allTextContents()).toEqual(['␛[31m␀', 'x⟦U+2066⟧y']);
  expect(await answer.page.locator('.column-name').allTextContents()).toEqual(['a⟦U+202E⟧b']);
  expect(await answer.page.locator('h1').textContent()).toBe('Iris⟦U+202E⟧');
});

test('a cell of 400,000 characters, 1,000 columns, 5,000 headers and 300 outputs leave the page usable', async () => {
  const wide = grid(100, 1000);
  const long = { ...table({ columns: [{ name: 'n'.repeat(20_000), type: 't'.repeat(20_000) }], rows: [['z'.repeat(100_000)], ['y']] }), name: 'o'.repeat(20_000) };
  const longest = { ...long, rows: [{ number: 0, cells: ['z'.repeat(400_000)] }] };
  await answer.show(answered({
    tables: [wide, longest, ...Array.from({ length: 298 }, () => long)],
    responseHeaders: Array.from({ length: 5000 }, (_, index) => ({ name: `x-${index}`, value: 'v'.repeat(200) })),
    notes: Array.from({ length: 50 }, () => 'n'.repeat(5000)),
    problem: { sentence: 's'.repeat(10_000), detail: 'd'.repeat(100_000), advice: 'a '.repeat(5000) },
    url: `https://example.com/${'p'.repeat(50_000)}`, service: 's'.repeat(50_000), source: 'f'.repeat(50_000), statusText: 't'.repeat(50_000),
  }), Array.from({ length: 500 }, () => ({ source: 'r'.repeat(3000), service: 'S', outcome: 'failed' })));
  await answer.page.getByRole('tab', { name: 'Headers', exact: true }).click();
  await answer.page.getByRole('tab').nth(1).click();
  await answer.page.locator('.grid:visible .cell').first().dblclick();
  expect(await answer.page.locator('.inspector:visible .inspector-where').innerText()).toContain('The first 262,144 of its 400,000 characters are shown.');
  expect(await answer.page.locator('.inspector:visible .inspector-text').evaluate((element) => element.textContent?.length)).toBe(262_144);
  expect(await answer.page.evaluate('[document.body, document.getElementById("root")].map((each) => each.scrollWidth - each.clientWidth)')).toEqual([0, 0]);
  expect(await answer.harm()).toEqual([]);
});
