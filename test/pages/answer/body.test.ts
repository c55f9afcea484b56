// The body and the header lines on the answer page: the text that came, whole or its beginning, however long its lines are.

import { describe, expect, test } from 'vitest';
import type { BodyView } from '../../../src/features/scoring/messages';
import { openForEachTest } from '../support/eachTest';
import type { AnswerPage } from '../support/harness';
import { answered, exchange } from '../support/samples';

let answer: AnswerPage;
openForEachTest('answer', (page) => {
  answer = page;
});

const showBody = (parts: Partial<BodyView>): Promise<void> => {
  const text = parts.text ?? '';
  return answer.show(answered({ tables: [], body: { kind: 'text', totalBytes: text.length, shownBytes: text.length, ...parts, text } }));
};
const shownText = (): Promise<string> => answer.page.evaluate('Array.from(document.querySelectorAll(".block"), (block) => block.textContent).join("\\n")');

describe('body', () => {
  test('is the text that came, not put in order', async () => {
    const text = '{"b":1,\n\n  "a" : 1.50}\n\ttab\n';
    await showBody({ text });
    expect(await shownText()).toBe(text);
    expect(await answer.page.locator('.body .notes li').count()).toBe(0);
    expect(await answer.page.getByRole('button', { name: 'As It Came' }).count()).toBe(0);
  });

  test('has lines that wrap, or go on to the right, and is one click away from an editor', async () => {
    await showBody({ text: `${'long '.repeat(800)}\nshort` });
    const wide = (): Promise<boolean> => answer.page.locator('.body-text').evaluate((text) => text.scrollWidth > text.clientWidth);
    const wrap = answer.page.getByRole('button', { name: 'Wrap Lines' });
    expect([await wide(), await wrap.getAttribute('aria-pressed')]).toEqual([false, 'true']);
    await wrap.click();
    expect([await wide(), await wrap.getAttribute('aria-pressed')]).toEqual([true, 'false']);
    await wrap.click();
    expect(await wide()).toBe(false);
    await answer.page.getByRole('button', { name: 'Open in Editor' }).click();
    expect(await answer.sent()).toEqual([{ type: 'openBody' }]);
  });

  test('of JSON is set out over lines with every number and name as it came, and shown as it came when that is requested', async () => {
    const text = '{"b":1.50,"a":[1e400, {}],"b":"two\\nlines"}';
    await showBody({ text, kind: 'json' });
    expect(await shownText()).toBe('{\n  "b": 1.50,\n  "a": [\n    1e400,\n    {}\n  ],\n  "b": "two\\nlines"\n}');
    const button = answer.page.getByRole('button', { name: 'As It Came' });
    await button.click();
    expect([await shownText(), await button.getAttribute('aria-pressed')]).toEqual([text, 'true']);
    await button.click();
    expect(await shownText()).toContain('\n  "b": 1.50,');
  });

  test('is opened, saved and copied', async () => {
    await showBody({ text: 'x' });
    for (const name of ['Open in Editor', 'Save As…', 'Copy']) await answer.page.getByRole('button', { name, exact: true }).click();
    expect(await answer.sent()).toEqual([{ type: 'openBody' }, { type: 'saveBody' }, { type: 'copy', what: 'body' }]);
  });

  test.each([
    [{ kind: 'html', text: '<b>x</b>' }, 'The answer is an HTML page, shown as text.'],
    [{ kind: 'binary', text: 'PK' }, 'The answer is not text. What follows is the bytes read as text; save it as a file to use it.'],
    [{ text: 'x', shownBytes: 262_144, totalBytes: 52_533_657 }, 'Showing the first 256 kB of 50.1 MB.'],
  ] as const)('%j has a note', async (body, note) => {
    await showBody(body);
    expect(await answer.page.locator('.body .notes').innerText()).toBe(note);
  });

  test('that is empty is said to be', async () => {
    await showBody({ kind: 'empty' });
    expect(await answer.page.locator('.panel:visible').innerText()).toBe('The answer has no body.');
  });

  test('of many lines keeps every one of them over the blocks it is drawn in', async () => {
    const text = Array.from({ length: 5000 }, (_, line) => (line % 7 === 0 ? '' : `line ${line} ${'x'.repeat(line % 90)}`)).join('\n');
    await showBody({ text });
    expect(await answer.page.locator('.block').count()).toBeGreaterThan(10);
    expect(await shownText()).toBe(text);
    await answer.page.evaluate('document.getSelection().selectAllChildren(document.querySelector(".body-text")); new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
    expect(await answer.page.evaluate('String(document.getSelection())')).toBe(text);
  });

  test('of one line of 256 kB wraps and is whole', async () => {
    const text = 'abcdefgh'.repeat(32_768);
    await showBody({ text });
    expect(await shownText()).toBe(text);
    expect(await answer.page.evaluate('(() => { const body = document.querySelector(".body-text"); return body.scrollWidth - body.clientWidth; })()')).toBe(0);
  });

  test('of 10 MB in one line is cut, and the page answers', async () => {
    await showBody({ text: 'y'.repeat(10_000_000) });
    expect((await shownText()).length).toBe(524_288);
    expect(await answer.page.locator('.body .notes').innerText()).toBe('Showing the first 524,288 characters; the whole answer has 9.5 MB.');
    await answer.page.getByRole('tab', { name: 'Headers' }).click();
    expect(await answer.page.locator('.headers').isVisible()).toBe(true);
  });

  test('of deep nesting is only text', async () => {
    const text = '['.repeat(100_000) + ']'.repeat(100_000);
    await showBody({ text, kind: 'json' });
    expect(await shownText()).toBe(text);
  });
});

describe('headers', () => {
  test('of both sides are shown as they are, twice when they came twice', async () => {
    const responseHeaders = [{ name: 'Set-Cookie', value: 'a=1' }, { name: 'set-cookie', value: 'b=2' }, { name: 'X-Empty', value: '' }];
    await answer.show(answered({ responseHeaders }));
    await answer.page.getByRole('tab', { name: 'Headers' }).click();
    const lines = (table: string): Promise<string[]> => answer.page.getByRole('table', { name: table }).locator('tbody tr').evaluateAll((rows) => rows.map((row) => [...row.children].map((cell) => cell.textContent).join(': ')));
    expect(await lines('Response headers')).toEqual(['Set-Cookie: a=1', 'set-cookie: b=2', 'X-Empty: ']);
    await answer.page.getByRole('tab', { name: 'Request' }).click();
    expect(await lines('Request headers')).toEqual(exchange().requestHeaders.map((header) => `${header.name}: ${header.value}`));
  });

  test('that are none are said to be', async () => {
    await answer.show(answered({ responseHeaders: [], requestHeaders: [] }));
    await answer.page.getByRole('tab', { name: 'Headers' }).click();
    expect(await answer.page.locator('.headers:visible p').allInnerTexts()).toEqual(['The answer has none.']);
    await answer.page.getByRole('tab', { name: 'Request' }).click();
    expect(await answer.page.locator('.headers:visible p').allInnerTexts()).toEqual(['No headers were sent.']);
  });
});
