// The page of a call in a real browser: what it takes, what is wrong with it, sending, the keyboard, hostile texts, its looks.

import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { addressOf } from '../../../src/features/tryIt/address';
import { draftOf, draftProblems } from '../../../src/features/tryIt/draft';
import type { CallDraft, CallShape, FromTryItPage, ToTryItPage } from '../../../src/features/tryIt/messages';
import { noCall } from '../../../src/features/tryIt/session';
import { startHarness, type AnswerPage, type Harness, type OpenOptions } from '../support/harness';
import type { ThemeName } from '../support/themes';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness('tryIt');
});
afterAll(() => harness.close());
afterEach(() => harness.closePages());

const ids = ['a50757d2dee14a3d9f8f5d2c8f6f0c1e', 'cc56b8f3b5d64e1d8f4c7f3f5d3a2b1c'];
const body = '{\n  "Inputs": {\n    "input1": {\n      "ColumnNames": ["Col2"],\n      "Values": [["This is a good day"]]\n    }\n  },\n  "GlobalParameters": {}\n}';

/** What RRS Execute of the guide takes. */
const execute: CallShape = {
  title: 'RRS Execute', owner: 'AzureML Demo API', where: 'contoso-apim', sample: false, method: 'POST',
  bases: ['https://contoso.azure-api.net/azureml-demo'],
  template: '/workspaces/{workspace}/services/{service}/execute?api-version={apiversion}&details={details}',
  parameters: [
    { name: 'workspace', place: 'path', required: true, value: ids[0] ?? '', values: [], type: 'string', description: 'The id of the workspace.' },
    { name: 'service', place: 'path', required: true, value: ids[1] ?? '', values: [], type: 'string', description: 'The id of the service.' },
    { name: 'apiversion', place: 'query', required: true, value: '2.0', values: ['2.0'], description: 'The version of the contract.' },
    { name: 'details', place: 'query', required: true, value: 'true', values: ['true', 'false'], description: 'Whether answers name columns and their types.' },
    { name: 'format', place: 'option', required: false, value: '', values: ['swagger'], description: 'Given as swagger, rows are sent and answered as objects.' },
  ],
  headers: [], keyHeaders: ['ocp-apim-subscription-key'],
  body: { contentType: 'application/json', json: true, comments: true, required: true, text: body, from: 'from good-day.json' },
  keys: [
    { id: 'subscription:a', label: 'Starter / team-a' }, { id: 'subscription:b', label: 'Starter / team-b', remark: 'The subscription is not active (suspended): the gateway answers with 401 until it is.' },
    { id: 'none', label: 'No key', remark: 'The API asks for a key: without one the gateway answers with 401.' },
  ],
  key: 'subscription:a',
  serviceKey: { service: 'Weather', isSet: false, help: 'None is set for Weather. The call needs one where the policy of the API does not add it.' },
  notes: [],
};

/** An operation that takes no body. */
const status: CallShape = {
  ...execute, title: 'BES Status', method: 'GET', template: '/workspaces/{workspace}/services/{service}/jobs/{jobid}?api-version={apiversion}',
  bases: ['https://contoso.azure-api.net/azureml-demo', 'https://api.contoso.com/azureml-demo'],
  parameters: [...execute.parameters.slice(0, 3), { name: 'jobid', place: 'path', required: true, value: '', values: [], description: 'The id of the job, as BES Submit answered it.' }],
  serviceKey: { service: 'Weather', isSet: true, help: 'It goes along as Authorization.' },
};
const { title, owner, where, sample, method, bases, template, parameters, headers, keyHeaders, keys, key, notes } = status;
const withoutBody: CallShape = {
  title, owner, where, sample, method, bases, template, parameters, headers, keyHeaders, keys, key, notes, serviceKey: { service: 'Weather', isSet: true, help: 'It goes along as Authorization.' },
};

/** What the editor tells: as the session makes it. */
function stateWith(shape: CallShape, changed: Partial<CallDraft> = {}, more: Partial<ToTryItPage> = {}, turn = 0, filled = 1): ToTryItPage {
  const draft = { ...draftOf(shape), ...changed };
  return {
    type: 'call', saved: { ids: ['/i', 'demo', 'execute'] }, title: shape.title,
    content: { filled, turn, shape, draft, problems: draftProblems(shape, draft), address: addressOf(shape, draft).shown }, ...more,
  };
}

async function opened(state: ToTryItPage, options: OpenOptions = {}): Promise<AnswerPage> {
  const page = await harness.open(options);
  await page.tell(state);
  return page;
}

type Given = Extract<FromTryItPage, { readonly draft: unknown }>;
async function told(page: AnswerPage): Promise<readonly Given[]> {
  // What is typed is told after a moment.
  await page.page.waitForTimeout(150);
  const messages = await page.sent();
  return messages.flatMap((message) => ('draft' in message && 'values' in message.draft && (message.type === 'change' || message.type === 'send') && 'of' in message
    ? [{ type: message.type, turn: message.turn, draft: message.draft, of: message.of }] : []));
}
const requests = async (page: AnswerPage): Promise<readonly string[]> => (await page.sent()).map(({ type }) => type);
const text = (page: AnswerPage): ReturnType<AnswerPage['page']['getByRole']> => page.page.getByRole('textbox', { name: 'Body' });
const active = (page: AnswerPage): Promise<unknown> => page.page.evaluate('document.activeElement.id');

describe('a call', () => {
  test('has its address, its fields with their defaults, the key and the body; what is typed is told, with the cursor in its place', async () => {
    const page = await opened(stateWith(execute));
    expect(await page.page.locator('.call-address').innerText()).toBe(`POST https://contoso.azure-api.net/azureml-demo/workspaces/${ids[0] ?? ''}/services/${ids[1] ?? ''}/execute?api-version=2.0&details=true`);
    expect(await page.page.getByRole('textbox', { name: 'workspace' }).inputValue()).toBe(ids[0]);
    expect(await text(page).inputValue()).toBe(body);
    expect(await page.page.getByText('This is JSON.').isVisible()).toBe(true);
    expect(await page.saved()).toEqual({ ids: ['/i', 'demo', 'execute'] });
    // Nothing is missing: the body comes first.
    expect(await active(page)).toBe('body');
    await page.page.keyboard.press('Control+Home');
    await page.page.keyboard.type(' {');
    const last = (await told(page)).at(-1);
    expect(last).toMatchObject({ type: 'change', turn: 2, draft: { key: 'subscription:a', values: [...ids, '2.0', 'true', ''], body: ` {${body}` } });
    await page.tell(stateWith(execute, { body: ` {${body}` }, {}, 1));
    // What comes of what was typed before is not drawn.
    expect(await page.page.getByText('This is JSON.').isVisible()).toBe(true);
    await page.tell(stateWith(execute, { body: ` {${body}` }, {}, 2));
    expect(await page.page.locator('.call-said').innerText()).toBe('Line 1, column 3: The body is not JSON: a name in double quotes is expected here.');
    expect(await text(page).getAttribute('aria-invalid')).toBe('true');
    await page.page.keyboard.type('x');
    expect(await text(page).inputValue()).toBe(` {x${body}`);
    expect(await page.harm()).toEqual([]);
  });

  test('is sent from its button, by Enter in a line and by Ctrl+Enter anywhere, once, and leads to what is wrong', async () => {
    const page = await opened(stateWith(withoutBody));
    // The one that is missing comes first.
    expect(await active(page)).toBe('value-3');
    expect(await page.page.locator('.call-address').innerText()).toContain('/jobs/{jobid}?');
    await page.page.keyboard.press('Enter');
    expect((await told(page)).at(-1)).toMatchObject({ type: 'send', turn: 1 });
    await page.page.locator('#value-0').focus();
    await page.tell(stateWith(withoutBody, {}, {}, 1));
    expect(await active(page)).toBe('value-3');
    expect(await page.page.locator('.form-problem:visible').allInnerTexts()).toEqual(['"jobid" needs a value.']);
    await page.page.keyboard.type('j1');
    await page.page.keyboard.press('Control+Enter');
    const all = await told(page);
    expect(all.at(-1)).toMatchObject({ type: 'send', turn: 4, draft: { values: [...ids, '2.0', 'j1'] } });
    const now = { values: [...ids, '2.0', 'j1'] };
    await page.tell(stateWith(withoutBody, now, { busy: 'sending' }, 4));
    expect(await page.page.getByRole('button', { name: 'Send', exact: true }).getAttribute('aria-disabled')).toBe('true');
    await page.page.keyboard.press('Control+Enter');
    expect(await told(page)).toHaveLength(all.length);
    await page.page.getByRole('button', { name: 'Stop' }).click();
    expect((await requests(page)).at(-1)).toBe('stop');
    await page.tell(stateWith(withoutBody, now, {}, 4));
    await page.page.getByRole('button', { name: 'Send', exact: true }).click();
    expect(await told(page)).toHaveLength(all.length + 1);
  });

  test('leads to a body that is wrong, at its place, from another tab too', async () => {
    const page = await opened(stateWith(execute, { body: '{\n  "a": ]\n}' }));
    await page.page.getByRole('tab', { name: 'Headers' }).click();
    await page.page.getByRole('button', { name: 'Send', exact: true }).click();
    await page.tell(stateWith(execute, { body: '{\n  "a": ]\n}' }, {}, 1));
    expect(await active(page)).toBe('body');
    expect(await page.page.evaluate('document.activeElement.selectionStart')).toBe(9);
    await page.page.keyboard.press('End');
    await page.page.getByRole('button', { name: 'Go There' }).click();
    expect(await page.page.evaluate('document.activeElement.selectionStart')).toBe(9);
  });

  test('takes headers, a line for each', async () => {
    const page = await opened(stateWith({ ...execute, headers: [{ name: 'X-One', value: '1' }] }));
    const tab = page.page.getByRole('tab', { name: 'Headers' });
    expect(await tab.innerText()).toMatch(/Headers\s*1/);
    await tab.click();
    await page.page.getByRole('button', { name: 'Add Header' }).click();
    await page.page.waitForTimeout(50);
    await page.page.keyboard.type('Authorization');
    await page.page.keyboard.press('Tab');
    await page.page.keyboard.type('x');
    const given = [{ name: 'X-One', value: '1' }, { name: 'Authorization', value: 'x' }];
    const last = (await told(page)).at(-1);
    expect(last?.draft.headers).toEqual(given);
    await page.tell(stateWith({ ...execute, headers: [{ name: 'X-One', value: '1' }] }, { headers: given }, {}, last?.turn));
    expect(await page.page.locator('.form-problem:visible').allInnerTexts()).toEqual(['"Authorization" carries a key: choose the key above instead.']);
    expect(await page.axe()).toEqual([]);
    await page.picture('tryIt-headers');
    await page.page.getByRole('button', { name: 'Remove Header' }).first().click();
    expect((await told(page)).at(-1)?.draft.headers).toEqual([{ name: 'Authorization', value: 'x' }]);
  });

  test('says what is to be known of the chosen key, and sets the API key of the service', async () => {
    const page = await opened(stateWith(execute, { key: 'none' }));
    expect(await page.page.getByText('without one the gateway answers with 401').isVisible()).toBe(true);
    await page.page.getByRole('button', { name: 'Set API Key…' }).click();
    expect((await requests(page)).at(-1)).toBe('setKey');
    await page.tell(stateWith(withoutBody, {}, {}, 0, 2));
    await page.page.locator('#service-key').click();
    expect((await told(page)).at(-1)?.draft.serviceKey).toBe(false);
  });

  test('a key that is not offered any more is nothing else, and is led to', async () => {
    const page = await opened(stateWith(execute, { key: 'subscription:gone' }));
    expect(await page.page.getByText('The key that was chosen is not offered any more').isVisible()).toBe(true);
    expect(await page.axe()).toEqual([]);
    await page.picture('tryIt-key-gone');
    await page.page.getByRole('button', { name: 'Send', exact: true }).click();
    expect((await told(page)).at(-1)).toMatchObject({ type: 'send', turn: 1, draft: { key: 'subscription:gone' } });
    await page.tell(stateWith(execute, { key: 'subscription:gone' }, {}, 1));
    expect(await active(page)).toBe('key');
  });

  test('says what a parameter is, out of the way', async () => {
    const page = await opened(stateWith(execute));
    expect(await page.page.locator('.call-parameters > [title]').evaluateAll((rows) => rows.map((row) => row.getAttribute('title')))).toContain('workspace: The id of the workspace.');
  });

  test('offers what goes on with its answer, and tells what went wrong', async () => {
    const afterwards = { sentence: 'Job 2613f0 is submitted. It runs once it is started.', offers: [{ id: 'start', label: 'BES Start…' }, { id: 'status', label: 'BES Status…' }, { id: 'follow', label: 'Follow as Batch Job' }] };
    const page = await opened(stateWith(execute, {}, { afterwards }));
    await page.picture('tryIt-afterwards');
    await page.page.getByRole('button', { name: 'Follow as Batch Job' }).click();
    expect((await page.sent()).at(-1)).toEqual({ type: 'take', offer: 'follow' });
    await page.tell(stateWith(execute, {}, { problem: { sentence: 'The secret store has no key.', advice: 'Choose one.', actions: ['retry'] } }));
    expect(await page.page.getByText('The secret store has no key.').isVisible()).toBe(true);
    expect(await page.axe()).toEqual([]);
    await page.page.getByRole('button', { name: 'Try Again' }).click();
    expect((await page.sent()).at(-1)).toEqual({ type: 'action', action: 'retry' });
  });
});

describe('where there is nothing to give', () => {
  test('it is read, or was not', async () => {
    const empty: ToTryItPage = { type: 'call', saved: { ids: ['/i', 'demo', 'execute'] }, title: execute.title };
    const page = await opened({ ...empty, busy: 'reading', wait: 'too many calls: waits 3 seconds' });
    expect(await page.page.getByText('too many calls: waits 3 seconds').isVisible()).toBe(true);
    await page.tell(empty);
    await page.page.getByRole('button', { name: 'Refresh' }).last().click();
    expect((await requests(page)).at(-1)).toBe('refresh');
    await page.tell({ ...empty, problem: { sentence: 'It is gone.', actions: [] } });
    expect(await page.page.getByText('It is gone.').isVisible()).toBe(true);
    await page.tell(noCall);
    expect(await page.page.getByRole('heading', { name: 'There is nothing to call here' }).isVisible()).toBe(true);
    expect(await page.axe()).toEqual([]);
    await page.picture('tryIt-nothing');
    await page.tell({ ...noCall, left: 'looking' });
    expect(await page.page.getByRole('heading').allInnerTexts()).toEqual(['Looking for the operation that was open here']);
    expect(await page.axe()).toEqual([]);
    await page.picture('tryIt-looking');
    await page.tell({ ...noCall, left: 'gone' });
    expect(await page.page.getByRole('heading', { name: 'is not known any more' }).isVisible()).toBe(true);
    expect(await page.axe()).toEqual([]);
    await page.picture('tryIt-gone');
  });
});

const hostile = '<img src=x onerror="window.__pwned=1">\u202E${x}{{y}}';

test('hostile texts are texts', async () => {
  const long = 'w'.repeat(10_000);
  const shape: CallShape = {
    ...execute, title: hostile, owner: hostile, where: hostile, bases: [`https://a.example/${encodeURIComponent(hostile)}`, `https://b.example/${long}`], notes: [hostile, long],
    parameters: [
      { name: hostile, place: 'option', required: true, value: hostile, values: [hostile, '__proto__'], description: hostile },
      { name: '__proto__', place: 'option', required: false, value: '\ud800', values: [], description: long, type: hostile },
    ],
    headers: [{ name: 'X-H', value: hostile }], keys: [{ id: '__proto__', label: long, remark: hostile }], key: '__proto__',
    body: { contentType: hostile, json: true, comments: false, required: false, text: hostile, from: hostile }, serviceKey: { isSet: false, help: hostile },
  };
  const page = await opened(stateWith(shape, { headers: [{ name: hostile, value: hostile }] }, {
    problem: { sentence: hostile, detail: hostile, advice: hostile }, afterwards: { sentence: hostile, offers: [{ id: 'a', label: hostile }] },
  }), { width: 700 });
  expect(await page.harm()).toEqual([]);
  expect(await page.page.locator('img').count()).toBe(0);
  expect(await page.page.evaluate('document.querySelector(".call-body").scrollWidth - document.querySelector(".call-body").clientWidth')).toBe(0);
  await page.picture('tryIt-hostile');
});

const looks: readonly (readonly [string, ThemeName, number, number])[] = [
  ['dark', 'dark', 1000, 800], ['light', 'light', 660, 900], ['contrast', 'contrast', 1000, 800], ['contrast-light', 'contrast-light', 1000, 800], ['beside', 'light', 440, 900], ['narrow', 'dark', 320, 900],
];

test.each(looks)('%s: nothing is cut off, and axe finds nothing', async (name, theme, width, height) => {
  const page = await opened(stateWith(execute, { key: 'subscription:b' }), { theme, width, height });
  expect(await page.axe()).toEqual([]);
  expect(await page.page.evaluate('document.querySelector(".call-body").scrollWidth - document.querySelector(".call-body").clientWidth')).toBe(0);
  await page.picture(`tryIt-${name}`);
  // The body begins within the first screen, beside an editor as well.
  const top = Number(await page.page.evaluate('document.querySelector(".call-text").getBoundingClientRect().top'));
  expect(top).toBeLessThan(width > 480 ? 340 : width > 400 ? 460 : 640);
  await page.page.evaluate('document.querySelector(".call-body").scrollTo(0, 100000)');
  await page.picture(`tryIt-${name}-end`);
});

test('a call without a body', async () => {
  const page = await opened(stateWith(withoutBody), { width: 1000 });
  expect(await page.page.getByRole('tab').allInnerTexts()).toEqual(['Headers']);
  expect(await page.axe()).toEqual([]);
  await page.picture('tryIt-status');
});
