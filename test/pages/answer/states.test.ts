// What the answer page shows and says in each state, which buttons it has, and what it tells the editor.

import { describe, expect, test } from 'vitest';
import { openForEachTest } from '../support/eachTest';
import type { AnswerPage } from '../support/harness';
import { answered, exchange, grid, iris, stateOf } from '../support/samples';

let answer: AnswerPage;
const harness = openForEachTest('answer', (page) => {
  answer = page;
});

const text = (selector: string): Promise<string> => answer.page.locator(selector).innerText();
const press = (name: string): Promise<void> => answer.page.getByRole('button', { name, exact: true }).click();
/** Chooses from the menu at the end of the head. */
const choose = async (name: string): Promise<void> => {
  await press('More Actions');
  await answer.page.getByRole('menuitem', { name }).click();
};
const selectedTab = (): Promise<string> => text('[role=tab][aria-selected=true]');
const focused = (): Promise<string> => answer.page.evaluate('document.activeElement.getAttribute("data-focus") ?? document.activeElement.className');

test('asks for its state, once', async () => {
  expect(await answer.page.evaluate('window.editorMessages')).toEqual([{ type: 'ready' }]);
});

describe('without an answer', () => {
  test('says what to do when nothing has been sent', async () => {
    await answer.show(stateOf('idle'));
    expect(await text('.placard')).toContain('Open a JSON request and choose Send to RRS');
  });

  test('counts the seconds while sending, and cancels', async () => {
    await answer.show({ kind: 'sending', service: 'Iris', source: 'iris.json', elapsedMs: 61_500 });
    expect(await text('.pair')).toBe('iris.json to Iris');
    expect(await text('.seconds')).toMatch(/^1 min \d+ s$/);
    const first = await text('.seconds');
    await expect.poll(() => text('.seconds')).not.toBe(first);
    expect(await text('[role=status]')).toBe('Sending iris.json to Iris.');
    await press('Cancel');
    expect(await answer.sent()).toEqual([{ type: 'cancel' }]);
  });

  test('counts down to the next try, and says when the time has come', async () => {
    await answer.show({ kind: 'waiting', service: 'Iris', source: 'iris.json', reason: 'The service is busy (503).', remainingMs: 2000 });
    expect(await text('.seconds')).toMatch(/^Next try in [12] s$/);
    expect(await text('.placard')).toContain('The service is busy (503).');
    await expect.poll(() => text('.seconds'), { timeout: 10_000 }).toBe('Trying now');
    await press('Cancel');
    expect(await answer.sent()).toEqual([{ type: 'cancel' }]);
  });

  test('counts by its own clock, whatever the time of day is here', async () => {
    await answer.page.evaluate('Date.now = () => 86_400_000');
    await answer.show({ kind: 'sending', service: 'Iris', source: 'iris.json', elapsedMs: 125_000 });
    expect(await text('.seconds')).toMatch(/^2 min \d+ s$/);
    await answer.show({ kind: 'waiting', service: 'Iris', source: 'iris.json', reason: 'Busy.', remainingMs: 600_000 });
    expect(await text('.seconds')).toMatch(/^Next try in (10 min 0|9 min 59) s$/);
  });

  test('takes the times of a repeated message and leaves focus and announcements as they are', async () => {
    const waiting = { kind: 'waiting', service: 'Iris', source: 'iris.json', reason: 'Busy.' } as const;
    await answer.show({ ...waiting, remainingMs: 600_000 });
    await answer.page.getByRole('button', { name: 'Cancel' }).focus();
    await answer.page.evaluate('window.first = [document.activeElement, document.querySelector("[role=status]").firstChild]');
    await answer.show({ ...waiting, remainingMs: 300_000 });
    expect(await text('.seconds')).toMatch(/^Next try in (5 min 0|4 min 59) s$/);
    const same = 'JSON.stringify([document.activeElement === window.first[0], document.querySelector("[role=status]").firstChild === window.first[1]])';
    expect(await answer.page.evaluate(same)).toBe('[true,true]');
    await answer.show({ ...waiting, reason: 'Busy still.', remainingMs: 300_000 });
    expect(await answer.page.evaluate(same)).toBe('[false,false]');
    expect(await text('[role=status]')).toBe('Waiting to try again. Busy still.');
  });

  test('says of a file in a run that it waits for its turn', async () => {
    await answer.show(stateOf('pending'), [{ source: 'a.json', service: 'S', outcome: 'sending' }, { source: 'iris.json', service: 'S', outcome: 'pending' }], 1);
    expect(await text('.placard')).toContain('Not sent yet');
    expect(await text('.pair')).toBe('iris.json to Iris, two classes');
    expect(await text('[role=status]')).toBe('iris.json has not been sent yet.');
    await press('Cancel');
    expect(await answer.sent()).toEqual([{ type: 'cancel' }]);
  });

  test('says that nothing more is awaited after a cancel, and sends again', async () => {
    await answer.show(stateOf('cancelled'));
    expect(await text('.placard')).toContain('The connection was closed.');
    expect(await text('[role=status]')).toBe('Cancelled. The connection was closed.');
    await press('Send Again');
    expect(await answer.sent()).toEqual([{ type: 'action', action: 'retry' }]);
  });

  test('stands still for those who want less motion', async () => {
    const still = await harness.open({ reducedMotion: true });
    await still.show(stateOf('sending'));
    const animation = 'getComputedStyle(document.querySelector(".progress-bit")).animationName';
    expect(await still.page.evaluate(animation)).toBe('none');
    await still.close();
    await answer.show(stateOf('sending'));
    expect(await answer.page.evaluate(animation)).toBe('slide');
  });
});

describe('with an answer', () => {
  test('tells service, file, status, duration, sizes and address', async () => {
    await answer.show(answered());
    expect(await text('.badge')).toBe('200 OK');
    expect(await text('h1')).toBe('Iris, two classes');
    expect((await answer.page.locator('.facts li').allTextContents()).slice(0, 3)).toEqual(['Source: iris.json', 'Duration: 143 ms', 'Received: 1.2 kB']);
    await answer.page.getByRole('tab', { name: 'Request' }).click();
    expect((await answer.page.locator('.facts-table tr').allInnerTexts()).map((line) => line.replace(/\s+/g, ' ').trim())).toContain('Sent 412 bytes');
    expect(await text('.url')).toBe(`POST ${exchange().url}`);
    expect(await text('[role=status]')).toBe('200 OK, 4 rows in 1 output');
    await press('Copy the address');
    expect(await answer.sent()).toEqual([{ type: 'copy', what: 'url' }]);
    expect(await text('[role=status]')).toBe('Copied.');
  });

  test.each([
    [200, undefined, 'ok'], [200, 'The answer could not be read.', 'warning'], [302, undefined, 'warning'], [404, undefined, 'failed'],
  ])('marks status %d with the problem %j as %s', async (status, sentence, look) => {
    await answer.show(answered({ status, ...(sentence === undefined ? {} : { problem: { sentence } }) }));
    expect(await answer.page.locator('.badge').getAttribute('class')).toBe(`badge ${look}`);
  });

  test('sums up the tries before', async () => {
    await answer.show(stateOf('unreachable'));
    expect(await answer.page.getByRole('tab').allInnerTexts()).toEqual(['Request']);
    expect(await text('.attempts')).toBe('Tried 3 times: 503 from the service (waited 2 s), connection cut, then no answer.');
    expect(await text('.badge')).toBe('No answer');
  });

  test('shows a problem with advice, the service’s own words and its buttons', async () => {
    await answer.show(stateOf('refused'));
    const alert = answer.page.getByRole('alert');
    expect(await alert.locator('p').allInnerTexts()).toEqual(['The service “Iris, two classes” did not accept the API key.', 'Copy the primary key from the service’s page and set it again.']);
    expect(await text('.quoted')).toContain('AccessTokenIsNotProvidedOrInvalid');
    expect(await alert.getByRole('button').allInnerTexts()).toEqual(['Set API Key…', 'Choose Another Service…', 'Show Log']);
    expect(await answer.page.locator('.button.primary').allInnerTexts()).toEqual(['Set API Key…']);
    expect(await selectedTab()).toBe('Body');
    await press('Set API Key…');
    expect(await answer.sent()).toEqual([{ type: 'action', action: 'setServiceKey' }]);
  });

  test.each([
    ['setSubscriptionKey', 'Set Subscription Key…'], ['openSettings', 'Open Settings'], ['openNetworkSettings', 'Open Network Settings'], ['startSample', 'Start the Sample Service'],
  ] as const)('has a button for %s', async (action, label) => {
    await answer.show(answered({ problem: { sentence: 'It did not work.', actions: [action] } }));
    await press(label);
    expect(await answer.sent()).toEqual([{ type: 'action', action }]);
  });

  test('is had as code, and the request is opened', async () => {
    await answer.show(answered());
    await press('Copy as Code…');
    await choose('Open Request');
    expect(await answer.sent()).toEqual([{ type: 'copyCode' }, { type: 'openRequest' }]);
  });

  test('says that it is from the history', async () => {
    await answer.show(stateOf('past'));
    expect(await answer.page.locator('.notes li').allInnerTexts()).toEqual(['From the history: what you see is what came back then.']);
  });

  test('lists the notes', async () => {
    await answer.show(answered({ notes: ['First.', 'Second.'] }));
    expect(await answer.page.locator('.notes li:visible').allInnerTexts()).toEqual(['First.']);
    await press('1 more');
    expect(await answer.page.locator('.notes li:visible').allInnerTexts()).toEqual(['First.', 'Second.']);
  });
});

describe('tabs', () => {
  test('are moved through with the arrow keys, and one of them takes the focus', async () => {
    await answer.show(answered());
    const indexes = 'Array.from(document.querySelectorAll(".tabs.main > .tab-line > .tablist > [role=tab]"), (tab) => tab.tabIndex)';
    expect(await answer.page.evaluate(indexes)).toEqual([0, -1, -1, -1]);
    await answer.page.getByRole('tab', { name: 'output1' }).focus();
    await answer.page.keyboard.press('ArrowLeft');
    expect(await selectedTab()).toBe('Request');
    expect(await focused()).toBe('tab-request');
    expect(await answer.page.evaluate(indexes)).toEqual([-1, -1, -1, 0]);
    await answer.page.keyboard.press('ArrowRight');
    await answer.page.keyboard.press('ArrowRight');
    expect(await selectedTab()).toBe('Body');
    expect(await answer.page.getByRole('tabpanel').count()).toBe(1);
    expect(await answer.saved()).toEqual({ key: 'e1', tab: 'body', output: 0, looks: [] });
  });

  test('keep the choice for the next answer where it makes sense', async () => {
    await answer.show(answered());
    await answer.page.getByRole('tab', { name: 'Headers' }).click();
    await answer.show(answered({ startedAt: 1 }));
    expect(await selectedTab()).toBe('Headers');
    await answer.page.getByRole('tab', { name: 'output1' }).click();
    await answer.show(stateOf('page'));
    expect(await selectedTab()).toBe('Body');
    await answer.show(answered({ startedAt: 2 }));
    expect(await selectedTab()).toContain('output1');
  });

  test.each([
    [{ tab: 'body', output: 1 }, 'Body'], [{ tab: 'result', output: 1 }, 'scored dataset'], [{ tab: 'request', output: 0 }, 'Request'], [{ tab: 'nonsense', output: -3 }, 'output1'], ['nonsense', 'output1'],
  ])('come back from what was saved: %j', async (saved, tab) => {
    const again = await harness.open({ saved });
    await again.show(stateOf('outputs'));
    expect(await again.page.locator('[role=tab][aria-selected=true] .tab-label').innerText()).toBe(tab);
    await again.close();
  });

  test('choose between several outputs', async () => {
    await answer.show(stateOf('outputs'));
    expect(await text('[role=status]')).toBe('200 OK, 34 rows in 3 outputs');
    await answer.page.getByRole('tab', { name: 'scored dataset' }).click();
    expect(await answer.page.locator('.output:visible .output-size').innerText()).toBe('30 rows × 12 columns');
    expect(await answer.saved()).toEqual({ key: 'e1', tab: 'result', output: 1, looks: [] });
  });
});

describe('news while somebody reads', () => {
  test('of other files leaves what is read as it is', async () => {
    const view = answered({ tables: [grid(300, 4)] });
    await answer.show(view, [{ source: 'a.json', service: 'S', outcome: 'ok' }, { source: 'b.json', service: 'S', outcome: 'sending' }]);
    await answer.page.evaluate('document.querySelector(".grid").scrollTop = 900');
    await answer.show(view, [{ source: 'a.json', service: 'S', outcome: 'ok' }, { source: 'b.json', service: 'S', outcome: 'ok' }]);
    expect(await answer.page.evaluate('document.querySelector(".grid").scrollTop')).toBe(900);
    expect(await answer.page.locator('.entry-outcome').allInnerTexts()).toEqual(['OK', 'OK']);
  });

  test('keeps the focus at the same place, or on the page', async () => {
    await answer.show(answered());
    await answer.page.getByRole('tab', { name: 'output1' }).focus();
    await answer.show(answered({ startedAt: 1, tables: [iris] }));
    expect(await focused()).toBe('tab-output-0');
    await answer.show(stateOf('sending'));
    expect(await focused()).toBe('stage');
  });
});
