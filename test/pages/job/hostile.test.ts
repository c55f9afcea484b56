// Jobs whose names, places and words try to run, to call out or to hide: each is drawn as text, nothing runs, and the page goes on.

import { expect, test } from 'vitest';
import type { JobView, ToJobPage } from '../../../src/features/jobs/messages';
import { openForEachTest } from '../support/eachTest';
import type { AnswerPage } from '../support/harness';
import { about, job } from '../support/jobSamples';
import { grid, table } from '../support/samples';

let shown: AnswerPage;
openForEachTest('job', (page) => {
  shown = page;
}, { looksForHarm: false });

const poison = [
  '<img src=x onerror="window.__pwned=1">',
  '</script><script nonce="c29tZXRoaW5nLXVudXNlZA">window.__pwned=2</script>',
  '"><svg onload=window.__pwned=3>',
  '<a href="javascript:window.__pwned=4" autofocus onfocus="window.__pwned=4">x</a><link rel=stylesheet href="/stolen.css"><iframe src="/stolen"></iframe>',
  '\u001b]8;;javascript:window.__pwned=5\u0007click\u202e\u2066evil\u2069',
];

/** Puts a text into every place that a job can reach. */
function everywhere(text: string): JobView {
  return job({
    title: text, service: text, address: text, id: text, state: text, notes: [text], details: text, problem: { sentence: text, detail: text, advice: text, actions: ['retry'] },
    upload: { file: text, doneBytes: 1, totalBytes: 2 }, timeline: [{ label: text, at: 0 }, { label: text }], history: [{ at: 0, text }], parameters: [{ name: text, value: text }],
    inputs: [{ port: text, source: text, place: text }], outputs: [{ name: text, place: text, result: 0 }],
  });
}

test.each(poison)('%j is drawn as text everywhere', async (text) => {
  const heads = [{ name: text, file: text }, { name: text, file: text }, { name: text, file: text }];
  const columns = { ...table({ columns: [{ name: text, type: text }], rows: [[text], [{ cut: text, length: 9999 }]] }), name: text, notes: [text] };
  const messages: ToJobPage[] = [
    { ...about(everywhere(text), heads, { open: 2 }) },
    { type: 'result', index: 0, result: { kind: 'table', view: { ...columns, reading: { readBytes: 1, state: 'failed', problem: { sentence: text, detail: text } } } } },
    { type: 'result', index: 1, result: { kind: 'failed', problem: { sentence: text, detail: text, advice: text } } },
    { type: 'result', index: 2, result: { kind: 'file', note: text } },
  ];
  await shown.tell(...messages);
  for (const index of [0, 1, 2, 3]) await shown.page.getByRole('tab').nth(index).click();
  await shown.page.getByText('History', { exact: true }).click();
  await shown.page.getByRole('tab').first().click();
  await shown.page.locator('.grid:visible .cell').first().dblclick();
  await shown.page.getByText('Full Response').click();
  expect(await shown.page.locator('img, iframe, a, link:not(head link), script:not(body > script, head script), #root svg[onload]').count()).toBe(0);
  const drawn: string = await shown.page.evaluate('document.documentElement.outerHTML');
  expect(drawn).not.toMatch(/[\u0000-\u0008\u001b\u007f\u202a-\u202e\u2066-\u2069]/u);
  await shown.page.evaluate('new Promise((done) => setTimeout(() => requestAnimationFrame(done), 50))');
  expect(await shown.harm()).toEqual([]);
});

test('huge texts, many results and a long history leave the page usable', async () => {
  const heads = Array.from({ length: 100 }, (_, at) => ({ name: `${'o'.repeat(20_000)}${at}`, file: 'f'.repeat(20_000) }));
  await shown.tell(about(job({
    title: 't'.repeat(50_000), service: 's'.repeat(50_000), id: 'i'.repeat(50_000), state: 'z'.repeat(50_000), notes: Array.from({ length: 50 }, () => 'n'.repeat(5000)), details: 'd'.repeat(1_000_000),
    history: Array.from({ length: 500 }, (_, at) => ({ at, text: 'h'.repeat(2000) })), parameters: Array.from({ length: 300 }, () => ({ name: 'p'.repeat(500), value: 'v'.repeat(2000) })),
  }), heads, { open: 99 }), { type: 'result', index: 99, result: { kind: 'table', view: grid(100, 500) } });
  expect(await shown.page.locator('.output:visible .grid .row:visible').count()).toBeGreaterThan(3);
  await shown.page.getByText('Full Response').click();
  expect(await shown.page.locator('.job-details pre').evaluate((element) => element.textContent?.length)).toBe(65_537);
  await shown.page.getByRole('tab', { name: 'Overview' }).click();
  expect(await shown.page.evaluate('[document.body, document.getElementById("root")].map((each) => each.scrollWidth - each.clientWidth)')).toEqual([0, 0]);
  expect(await shown.harm()).toEqual([]);
});
