// The menu at the end of the answer's first line: what it holds, and when it holds what is done with the history.

import { expect, test } from 'vitest';
import { openForEachTest } from '../support/eachTest';
import type { AnswerPage } from '../support/harness';
import { answered, exchange, iris } from '../support/samples';

let answer: AnswerPage;
openForEachTest('answer', (page) => {
  answer = page;
});

const always = ['Open Request', 'Copy Address', 'Save Body As…', 'Show Log'];

async function menu(): Promise<readonly string[]> {
  await answer.page.getByRole('button', { name: 'More Actions' }).click();
  return answer.page.locator('.menu-item').allInnerTexts();
}

test('has what is done with the history for an exchange that is kept, and only then', async () => {
  const view = exchange({ key: 'one', tables: [iris] });
  await answer.show(answered(view));
  expect(await menu()).toEqual(always);
  await answer.page.keyboard.press('Escape');
  await answer.tell({ type: 'kept', key: 'one', pinned: false });
  expect(await menu()).toEqual(['Open Request', 'Copy Address', 'Compare With…', 'Pin', 'Save Body As…', 'Show Log']);
  expect(await answer.axe()).toEqual([]);
  await answer.picture('answer-menu');
  await answer.page.getByRole('menuitem', { name: 'Pin' }).click();
  expect((await answer.sent()).at(-1)).toEqual({ type: 'pin', key: 'one', on: true });
  const [said, sign] = [answer.page.getByRole('status'), answer.page.getByTitle('Pinned in the history')];
  expect([await said.innerText(), await sign.isVisible()]).toEqual(['200 OK, 4 rows in 1 output', false]);
  await answer.tell({ type: 'kept', key: 'one', pinned: true });
  expect([await said.innerText(), await sign.isVisible()]).toEqual(['Pinned.', true]);
  expect(await answer.axe()).toEqual([]);
  await answer.picture('answer-pinned');
  expect(await menu()).toContain('Unpin');
  await answer.page.getByRole('menuitem', { name: 'Unpin' }).click();
  expect((await answer.sent()).at(-1)).toEqual({ type: 'pin', key: 'one', on: false });
  await answer.tell({ type: 'kept', key: 'one', pinned: false });
  expect([await said.innerText(), await sign.isVisible()]).toEqual(['No longer pinned.', false]);
  await menu();
  await answer.page.getByRole('menuitem', { name: 'Compare With…' }).click();
  expect((await answer.sent()).at(-1)).toEqual({ type: 'compare', key: 'one' });
  // Drawn anew it is the same exchange, another one is not, and what is told of one that is gone is not for it.
  await answer.tell({ type: 'kept', key: 'one', pinned: true });
  await answer.show(answered({ ...view, notes: ['News.'] }));
  expect(await sign.isVisible()).toBe(true);
  expect(await menu()).toContain('Unpin');
  await answer.page.keyboard.press('Escape');
  await answer.show(answered({ ...view, key: 'two' }));
  expect(await menu()).toEqual(always);
  await answer.page.keyboard.press('Escape');
  await answer.tell({ type: 'kept', key: 'two', pinned: false }, { type: 'kept', key: 'two' });
  expect(await menu()).toEqual(always);
});
