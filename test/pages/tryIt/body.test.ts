// The body of a call in a real browser: why nothing was sent of it, whose it is, and operations that take none.

import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { addressOf } from '../../../src/features/tryIt/address';
import { draftOf, draftProblems } from '../../../src/features/tryIt/draft';
import type { CallDraft, CallShape, ToTryItPage } from '../../../src/features/tryIt/messages';
import { startHarness, type AnswerPage, type Harness, type OpenOptions } from '../support/harness';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness('tryIt');
});
afterAll(() => harness.close());
afterEach(() => harness.closePages());

const body = '{\n  "Inputs": {\n    "input1": {\n      "ColumnNames": ["Col2"],\n      "Values": [["This is a good day"]]\n    }\n  },\n  "GlobalParameters": {}\n}';
const execute: CallShape = {
  title: 'RRS Execute', owner: 'AzureML Demo API', where: 'contoso-apim', sample: false, method: 'POST', bases: ['https://contoso.azure-api.net/azureml-demo'],
  template: '/workspaces/{workspace}/execute', parameters: [{ name: 'workspace', place: 'path', required: true, value: 'a5', values: [] }],
  headers: [], keyHeaders: [], body: { contentType: 'application/json', json: true, comments: true, required: true, text: body, from: 'from good-day.json' },
  keys: [{ id: 'a', label: 'Starter / team-a' }, { id: 'b', label: 'Starter / team-b (suspended)' }], key: 'a', notes: [],
};

function stateWith(shape: CallShape, changed: Partial<CallDraft> = {}, more: Partial<ToTryItPage> = {}, turn = 0): ToTryItPage {
  const draft = { ...draftOf(shape), ...changed };
  return {
    type: 'call', saved: { ids: ['/i', 'demo', 'execute'] }, title: shape.title,
    content: { filled: 1, turn, shape, draft, problems: draftProblems(shape, draft), address: addressOf(shape, draft).shown }, ...more,
  };
}

async function opened(state: ToTryItPage, options: OpenOptions = {}): Promise<AnswerPage> {
  const page = await harness.open(options);
  await page.tell(state);
  return page;
}
const text = (page: AnswerPage): ReturnType<AnswerPage['page']['getByRole']> => page.page.getByRole('textbox', { name: 'Body' });
const active = (page: AnswerPage): Promise<unknown> => page.page.evaluate('document.activeElement.id');

test('says under its header that nothing was sent, leads to the place, and sends it as it stands when that is wanted', async () => {
  const wrong = { body: `${body}\n]` };
  const afterwards = { sentence: 'Job 2613f0 is submitted.', offers: [] };
  const unsent = { sentence: 'Nothing was sent: the body is no JSON, line 10, column 1.', anyway: true, place: { offset: body.length + 1, length: 1 } };
  const page = await opened(stateWith(execute, wrong, { afterwards }), { width: 640, height: 700 });
  await page.page.getByRole('tab', { name: 'Headers' }).click();
  await page.page.keyboard.press('Control+Enter');
  await page.tell(stateWith(execute, wrong, { afterwards }, 1));
  await page.tell(stateWith(execute, wrong, { afterwards, unsent }, 1));
  const notice = page.page.getByRole('alert').filter({ hasText: 'Nothing was sent' });
  expect(await notice.innerText()).toContain(unsent.sentence);
  expect(await page.page.getByText('is submitted').count()).toBe(0);
  const box = await notice.boundingBox();
  expect(box?.y).toBeLessThan(80);
  expect(await active(page)).toBe('body');
  expect(await page.page.evaluate('[document.activeElement.selectionStart, document.activeElement.selectionEnd]')).toEqual([body.length + 1, body.length + 2]);
  expect(await page.axe()).toEqual([]);
  await page.picture('tryIt-unsent');
  await page.page.setViewportSize({ width: 320, height: 700 });
  await page.picture('tryIt-unsent-narrow');
  await page.page.getByRole('button', { name: 'Send Anyway' }).click();
  expect((await page.sent()).at(-1)).toMatchObject({ type: 'sendAnyway', turn: 2, draft: { body: wrong.body } });
  await page.tell(stateWith(execute, {}, { unsent: { sentence: 'Nothing was sent. "x" needs a value.', anyway: false } }, 2));
  expect(await page.page.getByRole('button', { name: 'Send Anyway' }).count()).toBe(0);
});

test('what was typed a moment before another operation is opened is told of the one that it was typed for', async () => {
  const page = await opened(stateWith(execute));
  await text(page).fill('mine');
  await page.tell({ ...stateWith({ ...execute, method: 'GET' }), saved: { ids: ['/i', 'demo', 'status'] } });
  await page.page.waitForTimeout(150);
  expect((await page.sent()).filter(({ type }) => type === 'change')).toMatchObject([{ type: 'change', draft: { body: 'mine' }, of: { ids: ['/i', 'demo', 'execute'] } }]);
});

test('a call that takes no body says so, and has one when that is wanted', async () => {
  const page = await opened(stateWith({ ...execute, title: 'BES Start', body: { contentType: 'application/json', json: true, comments: false, required: false, text: '', untold: true } }));
  expect(await page.page.getByText('This operation takes no body.').isVisible()).toBe(true);
  expect(await page.page.locator('.call-text').count()).toBe(0);
  expect(await page.axe()).toEqual([]);
  await page.picture('tryIt-no-body');
  await page.page.getByRole('button', { name: 'Send', exact: true }).click();
  await page.page.waitForTimeout(150);
  expect((await page.sent()).at(-1)).toMatchObject({ type: 'send', draft: { body: '' } });
  await page.page.getByRole('button', { name: 'Add Body' }).click();
  expect(await active(page)).toBe('body');
  await page.page.keyboard.type('x');
  await page.page.waitForTimeout(150);
  expect((await page.sent()).at(-1)).toMatchObject({ type: 'change', draft: { body: 'x' } });
});
