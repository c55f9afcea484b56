// The files of one run on the answer page: a list where there is room, else a choice.

import { describe, expect, test } from 'vitest';
import { openForEachTest } from '../support/eachTest';
import type { AnswerPage } from '../support/harness';
import { answered, stateOf, states } from '../support/samples';

let answer: AnswerPage;
const harness = openForEachTest('answer', (page) => {
  answer = page;
});

const text = (selector: string): Promise<string> => answer.page.locator(selector).innerText();

describe('several files', () => {
  test('are listed with their outcome and chosen with mouse and keyboard', async () => {
    await answer.show(stateOf('run'), states['run']?.run, 1);
    expect(await text('.run-summary')).toBe('5 files: 1 OK, 1 failed, 1 cancelled, 1 sending, 1 not sent yet');
    expect(await answer.page.locator('.entry-outcome').allInnerTexts()).toEqual(['OK', 'Failed', 'Cancelled', 'Sending', 'Not sent yet']);
    expect(await answer.page.locator('.entry[aria-selected=true] .entry-name').innerText()).toContain('wine');
    await answer.page.locator('.entry').nth(3).click();
    await answer.page.locator('.entry').nth(1).focus();
    await answer.page.keyboard.press('ArrowUp');
    await answer.page.keyboard.press('Enter');
    await answer.page.keyboard.press('End');
    await answer.page.keyboard.press(' ');
    expect(await answer.sent()).toEqual([{ type: 'select', entry: 3 }, { type: 'select', entry: 0 }, { type: 'select', entry: 4 }]);
  });

  test('are reached with the keyboard also while none of them is shown', async () => {
    await answer.show(stateOf('run'), states['run']?.run, -1);
    expect(await answer.page.locator('.entry').evaluateAll((entries) => entries.map((entry) => entry.getAttribute('tabindex')))).toEqual(['0', '-1', '-1', '-1', '-1']);
    expect(await answer.page.locator('.entry[aria-selected=true]').count()).toBe(0);
  });

  test('name their services when these differ', async () => {
    const run = [{ source: 'a.json', service: 'Iris', outcome: 'ok' }, { source: 'b.json', service: 'A wine service with a rather long name that does not fit', outcome: 'ok' }] as const;
    await answer.show(answered(), run);
    expect(await answer.page.locator('.entry-service').allInnerTexts()).toEqual(run.map(({ service }) => service));
    await answer.picture('several services');
    await answer.show(answered(), run.map((entry) => ({ ...entry, service: 'Iris' })));
    expect(await answer.page.locator('.entry-service').count()).toBe(0);
  });

  test('are a choice where there is no room for a list, which news leave as it is under the hand', async () => {
    const narrow = await harness.open({ width: 700 });
    const choice = narrow.page.locator('.run-choice');
    const run = [{ source: 'a.json', service: 'S', outcome: 'ok' }, { source: 'b.json', service: 'S', outcome: 'sending' }] as const;
    await narrow.show(answered(), run);
    await choice.focus();
    await narrow.page.evaluate(`window.taken = []; window.choice = document.activeElement;
      new MutationObserver((changes) => changes.forEach((each) => window.taken.push(...each.removedNodes))).observe(document.body, { childList: true, subtree: true })`);
    const same = (): Promise<unknown> => narrow.page.evaluate('[document.activeElement === window.choice, document.querySelectorAll(".run-choice").length, window.taken.some((each) => each.contains(window.choice))]');
    await narrow.show(answered(), [run[0], { source: 'b.json', service: 'T', outcome: 'failed' }, { source: 'c.json', service: 'T', outcome: 'pending' }]);
    expect([await choice.locator('option').allTextContents(), await choice.inputValue(), await choice.getAttribute('title')]).toEqual([
      ['a.json, S: OK', 'b.json, T: Failed', 'c.json, T: Not sent yet'], '0', '3 files: 1 OK, 1 failed, 1 not sent yet',
    ]);
    expect(await same()).toEqual([true, 1, false]);
    await choice.selectOption('1');
    expect([await narrow.sent(), await choice.inputValue()]).toEqual([[{ type: 'select', entry: 1 }], '0']);
    await narrow.show(stateOf('sending'), run, -1);
    expect([await choice.locator('option').allTextContents(), await choice.inputValue()]).toEqual([['2 files: 1 OK, 1 sending', 'a.json: OK', 'b.json: Sending'], '-1']);
    expect(await same()).toEqual([true, 1, true]);
    await narrow.show(stateOf('sending'), [run[0]]);
    expect(await choice.count()).toBe(0);
    await narrow.close();
  });

  test('are not listed when there is only one', async () => {
    await answer.show(answered(), [{ source: 'iris.json', service: 'S', outcome: 'ok' }]);
    expect(await answer.page.locator('.run').count()).toBe(0);
  });
});
