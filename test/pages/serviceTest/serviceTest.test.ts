// The page of a service's test in a real browser: its fields and their states, JSON, the answer beneath, the keyboard.

import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { noTest } from '../../../src/features/tryIt/test/testSession';
import type { TestState } from '../../../src/features/tryIt/test/messages';
import { startHarness, type AnswerPage, type Harness } from '../support/harness';
import { iris, single } from '../support/samples';
import { answer, column, describing, Editor, flat, flatText, goodDay, openTest } from '../support/testSamples';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness('serviceTest');
});
afterAll(() => harness.close());
afterEach(() => harness.closePages());

const opened = (editor: Editor, more: Partial<TestState> = {}): Promise<AnswerPage> => openTest(harness, editor, more);
const field = (page: AnswerPage, name: string): ReturnType<AnswerPage['page']['getByRole']> => page.page.getByRole('textbox', { name, exact: true });

describe('one row', () => {
  test('has a field for each column, with what the description says of it, and is sent by Enter with the focus where it is', async () => {
    const editor = new Editor(flatText, flat);
    const page = await opened(editor);
    expect(await page.page.locator('.form-name > bdi').allInnerTexts()).toEqual(['Kind', 'Height', 'Age', 'Alive', 'Planted', 'Seen', 'Note', 'Season', 'Password']);
    expect(await page.page.locator('.form-type').allInnerTexts()).toContain('number (double); 0 to 120.5');
    await expect.poll(() => page.page.evaluate('document.activeElement.id')).toBe('form-0-0-0');
    const height = field(page, 'Height');
    await height.fill('5.10');
    await height.press('Enter');
    const sent = await editor.take(page);
    expect(sent.map(({ type }) => type)).toEqual(['edit', 'send']);
    expect(editor.request.sent()).toContain('"Height":5.10,');
    await page.tell(editor.state({ busy: 'sending' }), editor.state({ answer: answer() }));
    expect(await page.page.evaluate('document.activeElement.id')).toBe('form-0-0-1');
    expect(await page.page.locator('.test-answer .badge').innerText()).toContain('200 OK');
    expect(await page.page.locator('.test-answer [role=tab]').count()).toBe(1);
    await page.page.keyboard.press('Control+Enter');
    expect((await page.sent()).at(-1)).toEqual({ type: 'send' });
    expect(await page.saved()).toEqual({ service: 'https://h.example/s' });
    expect(await page.harm()).toEqual([]);
  });

  test('tells null, left out and empty apart, and keeps what is typed beside', async () => {
    const editor = new Editor('{"Inputs":{"input1":[{"a":"x","b":null,"c":""}]}}', describing({
      input1: [column('a', { nullable: true, required: true }), column('b', { nullable: true }), column('c')],
    }));
    const page = await opened(editor);
    expect(await page.page.locator('.form-state:visible').allInnerTexts()).toEqual(['null']);
    await page.page.getByRole('button', { name: 'a: Null: no value' }).click();
    await page.page.getByRole('button', { name: 'c: Omit: the row does not have this column' }).click();
    await editor.take(page);
    expect(editor.request.sent()).toBe('{"Inputs":{"input1":[{"a":null,"b":null}]}}');
    await page.page.getByRole('button', { name: 'a: Null: no value' }).click();
    await page.page.getByRole('button', { name: 'b: Null: no value' }).click();
    await editor.take(page, 2);
    expect(editor.request.sent()).toBe('{"Inputs":{"input1":[{"a":"x","b":""}]}}');
    expect(await page.page.evaluate('document.activeElement.id')).toBe('form-0-0-1');
  });

  test('is one stop of Tab for each field; F2 goes to null, to left out and back', async () => {
    const editor = new Editor('{"Inputs":{"input1":[{"a":"x","b":"y","c":1}]}}', describing({
      input1: [column('a', { nullable: true }), column('b', { required: true }), column('c', { type: 'integer', nullable: true })],
    }));
    const page = await opened(editor);
    const focused = (): Promise<unknown> => page.page.evaluate('document.activeElement.dataset.focus');
    await expect.poll(focused).toBe('form-0-0-0');
    const { keyboard } = page.page;
    await keyboard.press('Tab');
    await keyboard.press('Tab');
    expect(await focused()).toBe('form-0-0-2');
    await keyboard.press('F2');
    expect(await focused()).toBe('form-0-0-2-null');
    await keyboard.press('Shift+Tab');
    await keyboard.press('F2');
    await keyboard.press('Shift+Tab');
    expect(await focused()).toBe('form-0-0-0');
    await keyboard.press('F2');
    await keyboard.press('F2');
    expect(await focused()).toBe('form-0-0-0-absent');
    expect(await page.axe()).toEqual([]);
    await editor.take(page);
    expect(editor.request.sent()).toBe('{"Inputs":{"input1":[{"b":"y","c":null}]}}');
    const before = (await page.sent()).length;
    await keyboard.press('F2');
    expect(await focused()).toBe('form-0-0-0');
    await editor.take(page, before);
    expect(editor.request.sent()).toBe('{"Inputs":{"input1":[{"a":"x","b":"y","c":null}]}}');
    expect(await page.page.getByRole('button', { name: 'c: Null: no value' }).getAttribute('title')).toBe('Null: no value (F2 switches)');
  });

  test('says at the field what is wrong, and leads there in the place of sending', async () => {
    const editor = new Editor(flatText, flat);
    const page = await opened(editor);
    await field(page, 'Height').fill('121');
    await field(page, 'Age').fill('4,5');
    await field(page, 'Note').press('Control+Enter');
    await editor.take(page);
    await page.tell(editor.state());
    expect(await page.page.locator('.form-problem:visible').allInnerTexts())
      .toEqual(['It has to be at most 120.5.', 'It has to be a number with a point, such as 1.5.']);
    expect(await page.page.evaluate('document.activeElement.id')).toBe('form-0-0-1');
    expect(editor.request.sent()).toBeUndefined();
    const before = (await page.sent()).length;
    await page.page.getByRole('button', { name: 'Refresh Description' }).click();
    expect(await page.page.evaluate('document.activeElement.id')).toBe('form-0-0-1');
    expect((await page.sent()).length).toBe(before);
  });

  test('does not have a secret parameter, which is typed anew or stays', async () => {
    const editor = new Editor(flatText, flat);
    const page = await opened(editor);
    expect(await page.page.content()).not.toContain('hush-hush');
    expect(await page.page.locator('.form-state:visible').allInnerTexts()).toContain('••••••••');
    await page.page.getByRole('button', { name: 'Change Password' }).click();
    await page.page.keyboard.type('other');
    await editor.take(page);
    expect(editor.request.sent()).toContain('"Password":"other"');
  });

  test('boxes and choices change by the keyboard', async () => {
    const editor = new Editor(flatText, flat);
    const page = await opened(editor);
    await page.page.getByRole('checkbox', { name: 'Alive' }).press(' ');
    await page.page.getByRole('combobox', { name: 'Kind' }).click();
    await page.page.keyboard.press('ArrowDown');
    await page.page.keyboard.press('Enter');
    await page.page.locator('#form-0-0-4 input').fill('2001-02-03');
    await editor.take(page);
    expect(editor.request.sent()).toMatch(/"Kind":"fir".*"Alive":false,"Planted":"2001-02-03"/);
  });
});

describe('several rows', () => {
  test('a box stands on the line of the fields, and leaves the words beside it alone', async () => {
    const editor = new Editor(flatText.replace('}]}', '},{"Kind":"fir","Age":4,"Alive":false,"Planted":"2001-02-03"}]}'), flat);
    const page = await opened(editor);
    const boxOf = async (selector: string): Promise<{ readonly x: number; readonly y: number; readonly width: number; readonly height: number }> => {
      const box = await page.page.locator(selector).boundingBox();
      expect.assert(box !== null);
      return box;
    };
    const [field, box, omit] = [await boxOf('#form-0-1-2'), await boxOf('#form-0-1-3 .icon'), await boxOf('[data-focus=form-0-1-3-absent]')];
    expect(box.x + box.width).toBeLessThanOrEqual(omit.x);
    expect(omit.x + omit.width).toBeLessThan((await boxOf('#form-0-1-4')).x);
    expect(Math.abs(box.y + box.height / 2 - (field.y + field.height / 2))).toBeLessThanOrEqual(1);
  });

  test('are a table; rows come and go with the focus', async () => {
    const editor = new Editor(goodDay);
    const page = await opened(editor);
    await page.page.getByRole('button', { name: 'Add Row' }).click();
    await editor.take(page);
    await page.tell(editor.state());
    await expect.poll(() => page.page.evaluate('document.activeElement.id')).toBe('form-0-1-0');
    const second = page.page.getByRole('textbox', { name: 'Col2, row 2' });
    await second.fill('Bad day');
    await second.press('Enter');
    await editor.take(page, 1);
    expect(editor.request.sent()).toContain('[["0","This is a good day"],["0","Bad day"]]');
    const before = (await page.sent()).length;
    await page.page.getByRole('button', { name: 'Remove Row 1' }).click();
    await editor.take(page, before);
    await page.tell(editor.state());
    expect(await page.page.locator('.form-table').count()).toBe(0);
    expect(await field(page, 'Col2').inputValue()).toBe('Bad day');
  });

  test('are fifty at most: more are for a file', async () => {
    const row = '["0","x"]';
    const editor = new Editor(goodDay.replace('["0","This is a good day"]', Array.from({ length: 50 }, () => row).join(',')));
    const page = await opened(editor);
    expect(await page.page.getByRole('button', { name: 'Add Row' }).getAttribute('aria-disabled')).toBe('true');
    expect(await page.page.getByText('put them into a file and send that').isVisible()).toBe(true);
    expect(await page.page.locator('.form-table tbody tr').count()).toBe(50);
  });
});

describe('as JSON', () => {
  test('it is a text, and a form again', async () => {
    const editor = new Editor(flatText, flat);
    const page = await opened(editor);
    await page.page.getByRole('button', { name: 'As JSON' }).click();
    await editor.take(page);
    await page.tell(editor.state());
    const text = page.page.getByRole('textbox', { name: 'Request' });
    expect(await text.inputValue()).toContain('"Height": 4.50,');
    expect(await text.inputValue()).not.toContain('hush-hush');
    const before = (await page.sent()).length;
    await text.fill((await text.inputValue()).replace('4.50', '4.500'));
    await page.page.getByRole('button', { name: 'As Form' }).click();
    await editor.take(page, before);
    await page.tell(editor.state());
    expect(await field(page, 'Height').inputValue()).toBe('4.500');
    expect(editor.request.sent()).toContain('"Password":"hush-hush"');
  });

  test('it stays JSON where it does not fit, and says why; a fault has its place', async () => {
    const editor = new Editor('{"Inputs":{"input1":[{"a":[1]}]}}');
    const page = await opened(editor);
    await page.page.getByRole('button', { name: 'As Form' }).click();
    await editor.take(page);
    await page.tell(editor.state());
    expect(await page.page.locator('.test-why').innerText())
      .toBe('It stays JSON. Row 1 of "input1" has a list or an object in the column "a", which a form does not hold.');
    // Words have the colour of words: that of a warning is for its icon.
    const colour = (of: string): Promise<unknown> => page.page.evaluate(`getComputedStyle(document.querySelector('${of}')).color`);
    expect(await colour('.test-why span')).toBe(await colour('h1'));
    const state = editor.state();
    await page.tell({ ...state, json: { text: 'x', hasForm: true, problem: { sentence: 'A colon is missing.', line: 1, column: 9, offset: 8 } } });
    expect(await page.page.locator('.call-said.wrong').innerText()).toContain('Line 1, column 9: A colon is missing.');
    await page.page.getByRole('button', { name: 'Go There' }).click();
    expect(await page.page.evaluate('document.activeElement.selectionStart')).toBe(8);
  });
});

describe('without a description', () => {
  test('columns are typed in by name and kind, and go again', async () => {
    const editor = new Editor('{"Inputs":{"input1":[{}]},"GlobalParameters":{}}');
    const page = await opened(editor);
    await page.page.getByRole('button', { name: 'Add Column…' }).click();
    await page.page.getByRole('button', { name: 'Add', exact: true }).click();
    expect(await page.page.locator('.form-problem:visible').innerText()).toBe('A column needs a name.');
    await field(page, 'Name of the column').fill('Col2');
    await page.page.keyboard.press('Enter');
    expect(await editor.take(page)).toEqual([{ type: 'edit', edit: { do: 'addColumn', input: 0, name: 'Col2', kind: 'text' } }]);
    await page.tell(editor.state());
    await field(page, 'Col2').fill('x');
    expect(await page.page.getByRole('button', { name: 'Remove Column Col2' }).getAttribute('title')).toBe('Remove Column Col2');
    await editor.take(page, 1);
    expect(editor.request.sent()).toBe('{"Inputs":{"input1":[{"Col2":"x"}]},"GlobalParameters":{}}');
    await page.page.getByRole('button', { name: 'Remove Column Col2' }).click();
    await editor.take(page, 2);
    expect(editor.request.sent()).toBe('{"Inputs":{"input1":[{}]},"GlobalParameters":{}}');
  });
});

test('columns that a request brought are not offered to be removed, in rows neither', async () => {
  const page = await opened(new Editor(goodDay));
  expect(await page.page.getByRole('button', { name: /^Remove/ }).count()).toBe(0);
  const rows = await opened(new Editor(goodDay.replace('"]]', '"],["1","x"]]')));
  expect(await rows.page.getByRole('button', { name: /^Remove/ }).allInnerTexts()).toHaveLength(2);
});

describe('around the form', () => {
  test('a way is chosen, sample values, a file and the answer are asked for', async () => {
    const editor = new Editor(goodDay);
    const ways = [{ id: 'https://h.example/s', label: 'Trees (this one)' }, { id: 'https://gw.example/s', label: 'Trees at the gateway' }];
    const page = await opened(editor, { ways, answer: answer({ tables: [iris, single], notes: ['A note.'] }) });
    await page.page.getByRole('combobox', { name: 'Way to the service' }).click();
    await page.page.getByRole('option', { name: 'Trees at the gateway' }).click();
    await page.page.getByRole('button', { name: 'Open Answer' }).click();
    for (const name of ['Fill In Sample Values', 'Open as Request File']) {
      await page.page.getByRole('button', { name: 'More actions' }).click();
      await page.page.getByRole('menuitem', { name }).click();
    }
    await page.page.getByRole('button', { name: 'Refresh Description' }).click();
    expect(await page.sent()).toEqual([
      { type: 'way', way: 'https://gw.example/s' }, { type: 'openAnswer' }, { type: 'sample' }, { type: 'openFile' }, { type: 'refresh' },
    ]);
    expect(await page.page.locator('.test-answer [role=tab]').count()).toBe(2);
  });

  test('errors have their buttons, and nothing is sent twice', async () => {
    const editor = new Editor(goodDay);
    const page = await opened(editor, { answer: answer({ status: 401, statusText: 'Unauthorized', tables: [], problem: { sentence: 'No API key is set.', actions: ['setServiceKey'] } }) });
    await page.page.getByRole('button', { name: 'Set API Key…' }).click();
    await page.tell(editor.state({ busy: 'sending', wait: 'busy: waits 3 seconds' }));
    await field(page, 'Col2').press('Enter');
    await page.page.getByRole('button', { name: 'Stop' }).click();
    expect(await page.sent()).toEqual([{ type: 'action', action: 'setServiceKey' }, { type: 'stop' }]);
    expect(await page.page.getByText('busy: waits 3 seconds').isVisible()).toBe(true);
    await page.tell({ ...noTest, service: 's', title: 'T', problem: { sentence: 'Not read.', actions: ['retry'] } });
    expect(await page.page.getByRole('button', { name: 'Try Again' }).count()).toBe(1);
    await page.tell(noTest);
    expect(await page.page.getByRole('heading', { level: 1 }).innerText()).toBe('There is nothing to test here');
    await page.tell({ ...noTest, busy: 'reading' });
    expect(await page.page.getByRole('heading', { level: 1 }).innerText()).toBe('Looking for the service');
    expect(await page.page.getByRole('progressbar').count()).toBe(1);
    expect(await page.axe()).toEqual([]);
    await page.picture('test-looking');
    await page.tell({ ...noTest, problem: { sentence: 'The service is gone.', actions: ['retry'] } });
    expect(await page.page.getByRole('alert').innerText()).toContain('The service is gone.');
    await page.page.getByRole('button', { name: 'Try Again' }).click();
    expect((await page.sent()).at(-1)).toEqual({ type: 'action', action: 'retry' });
    expect(await page.axe()).toEqual([]);
    await page.picture('test-gone');
  });
});
