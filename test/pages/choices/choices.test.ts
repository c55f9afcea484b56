// The page of choices in a real browser: its fields, what is wrong with them, what it saves, the keyboard, hostile names, and its looks.

import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { ChoicesDraft, FromChoicesPage, ToChoicesPage } from '../../../src/features/apim/choices/messages';
import { checkChoices } from '../../../src/features/apim/definition/choices';
import { callerAddresses } from '../../../src/features/apim/definition/addresses';
import { choicesOf, draftOf } from '../../../src/features/apim/choices/draft';
import { publishedAs } from '../../../src/protocols/studio/publishing';
import { choicesWith, classic } from '../../unit/features/apim/samples';
import { startHarness, type AnswerPage, type Harness, type OpenOptions } from '../support/harness';
import type { ThemeName } from '../support/themes';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness('choices');
});
afterAll(() => harness.close());
afterEach(() => harness.closePages());

type State = Extract<ToChoicesPage, { readonly type: 'choices' }>;

/** What the editor tells: as the panel makes it. */
function stateWith(changed: Partial<ChoicesDraft> = {}, more: Partial<State> = {}): State {
  const draft = { ...draftOf(choicesWith()), ...changed };
  const products = more.products ?? [{ id: 'starter', displayName: 'Starter' }];
  const choices = choicesOf(draft, products);
  return {
    type: 'choices', place: { purpose: 'define', address: classic.address }, service: classic.name, products, draft,
    check: { problems: checkChoices(choices), addresses: callerAddresses(publishedAs(classic, undefined), choices) },
    ...more,
  };
}

async function opened(state: State = stateWith(), options: OpenOptions = {}): Promise<AnswerPage> {
  const page = await harness.open(options);
  await page.tell(state);
  return page;
}

/** The messages of the page, without those of its start. */
async function told(page: AnswerPage): Promise<readonly Extract<FromChoicesPage, { readonly draft: unknown }>[]> {
  const messages = await page.sent();
  return messages.flatMap((message) => ((message.type === 'change' || message.type === 'submit') && 'seen' in message ? [message] : []));
  return messages.flatMap((message) => ((message.type === 'change' || message.type === 'submit') && 'draft' in message && 'seen' in message ? [message] : []));
}

const lastDraft = async (page: AnswerPage): Promise<ChoicesDraft | undefined> => (await told(page)).at(-1)?.draft;
const shown = (page: AnswerPage): Promise<readonly string[]> => page.page.locator('.form-row-part:visible').evaluateAll((parts) =>
  parts.map((part) => Reflect.get(part.children.item(part.children.item(0)?.className === 'form-label' ? 1 : 0) ?? {}, 'id')));

describe('the form', () => {
  test('has what is chosen in its fields, and the five addresses of callers', async () => {
    const page = await opened();
    expect(await shown(page)).toEqual([
      'display-name', 'api-id', 'path', 'short-paths', 'adds-key', 'product', 'product-name', 'callers', 'callers-name', 'cors', 'limited', 'calls', 'seconds', 'by', 'quota',
    ]);
    expect(await page.page.getByRole('textbox', { name: 'Path suffix' }).inputValue()).toBe('tree-heights');
    expect(await page.page.locator('.choices-addresses li').allInnerTexts()).toEqual([
      'RRS Execute\nPOST https://{gateway}/tree-heights/workspaces/{workspace}/services/{service}/execute?api-version={apiversion}&details={details}',
      'BES Submit\nPOST https://{gateway}/tree-heights/workspaces/{workspace}/services/{service}/jobs?api-version={apiversion}',
      'BES Start\nPOST https://{gateway}/tree-heights/workspaces/{workspace}/services/{service}/jobs/{jobid}/start?api-version={apiversion}',
      'BES Status\nGET https://{gateway}/tree-heights/workspaces/{workspace}/services/{service}/jobs/{jobid}?api-version={apiversion}',
      'BES Delete\nDELETE https://{gateway}/tree-heights/workspaces/{workspace}/services/{service}/jobs/{jobid}?api-version={apiversion}',
    ]);
    expect(await page.page.getByText('they cannot go this way').isVisible()).toBe(true);
    expect(await page.harm()).toEqual([]);
  });

  test('tells each change with all fields, and saves them', async () => {
    const page = await opened();
    await page.page.getByRole('textbox', { name: 'Path suffix' }).fill('trees/v1');
    await page.page.getByRole('checkbox', { name: 'Short paths' }).press(' ');
    expect(await told(page)).toMatchObject([{ type: 'change', turn: 1, draft: { path: 'trees/v1', shortPaths: false } }, { type: 'change', turn: 2, draft: { shortPaths: true } }]);
    const { draft } = stateWith();
    expect(await lastDraft(page)).toEqual({ ...draft, path: 'trees/v1', shortPaths: true });
    expect(await page.saved()).toEqual({ place: { purpose: 'define', address: classic.address }, draft: { ...draft, path: 'trees/v1', shortPaths: true } });
  });

  test('shows what hangs on a choice while it is made', async () => {
    const page = await opened();
    await page.page.getByRole('checkbox', { name: 'Set a quota' }).press(' ');
    await page.page.getByRole('checkbox', { name: 'Let pages of other origins call it' }).press(' ');
    expect(await shown(page)).toEqual(expect.arrayContaining(['quota-calls', 'quota-kilobytes', 'quota-span', 'origins']));
    await page.page.locator('#product').click();
    await page.page.getByRole('option', { name: 'No product' }).click();
    expect(await lastDraft(page)).toMatchObject({ product: 'none', quota: true });
    expect(await shown(page)).toEqual(['display-name', 'api-id', 'path', 'short-paths', 'adds-key', 'product', 'cors', 'origins', 'limited', 'calls', 'seconds', 'by']);
    await page.page.getByRole('checkbox', { name: 'Limit the rate of calls' }).press(' ');
    expect(await shown(page)).not.toContain('calls');
    await page.page.locator('#product').click();
    await page.page.getByRole('option', { name: 'Starter' }).click();
    expect(await lastDraft(page)).toMatchObject({ product: 'existing:starter' });
    expect(await shown(page)).toEqual(expect.arrayContaining(['callers', 'quota', 'quota-span']));
    expect(await shown(page)).not.toContain('product-name');
  });

  test('says what is wrong under its field, and goes to the first where the person wants to go on', async () => {
    const page = await opened();
    await page.page.getByRole('textbox', { name: 'Path suffix' }).fill('trees?');
    const { draft, check: { problems, addresses } } = stateWith({ path: 'trees?', seconds: '301' });
    await page.tell({ type: 'checked', turn: 1, draft, check: { problems, addresses }, wanted: false });
    expect(await page.page.locator('.form-problem:visible').allInnerTexts()).toEqual([problems.path, problems.rateSeconds]);
    expect(await page.page.locator('.choices-wrong').innerText()).toBe('2 fields need correction.');
    await page.page.getByRole('button', { name: 'Create Files…' }).click();
    expect((await told(page)).at(-1)).toMatchObject({ type: 'submit', turn: 2 });
    await page.tell({ type: 'checked', turn: 2, draft, check: { problems, addresses }, wanted: true });
    expect(await page.page.evaluate('document.activeElement.id')).toBe('path');
    await page.tell({ type: 'checked', turn: 2, draft: stateWith().draft, check: stateWith().check, wanted: false });
    expect(await page.page.locator('.form-problem:visible').count()).toBe(0);
  });

  test('puts what follows the name into its fields, and saves it; the cursor stays', async () => {
    const page = await opened();
    const name = page.page.getByRole('textbox', { name: 'Name', exact: true });
    await name.fill('Forest');
    const after = stateWith({ displayName: 'Forest', apiId: 'forest', path: 'forest', productName: 'Forest', callersName: 'Callers of Forest' });
    await page.tell({ type: 'checked', turn: 1, draft: after.draft, check: after.check, wanted: false });
    expect(await page.page.getByRole('textbox', { name: 'Id', exact: true }).inputValue()).toBe('forest');
    expect(await page.saved()).toEqual({ place: { purpose: 'define', address: classic.address }, draft: after.draft });
    await name.press('End');
    await page.page.keyboard.type('s');
    expect((await told(page)).at(-1)).toMatchObject({ turn: 2, seen: 1, draft: { ...after.draft, displayName: 'Forests' } });
  });

  test('leaves the limits of a product that others use, and says so', async () => {
    const page = await opened();
    expect(await page.page.locator('#shared-product').isVisible()).toBe(false);
    await page.page.locator('#product').click();
    await page.page.getByRole('option', { name: 'Starter' }).click();
    const after = stateWith({ product: 'existing:starter', limited: false });
    await page.tell({ type: 'checked', turn: 1, draft: after.draft, check: after.check, wanted: false });
    expect(await page.page.locator('#shared-product').innerText()).toContain('its limits stay as they are');
    expect(await page.page.getByRole('checkbox', { name: 'Limit the rate of calls' }).isChecked()).toBe(false);
    expect(await shown(page)).not.toContain('calls');
    expect(await lastDraft(page)).toMatchObject({ limited: true });
    await page.page.getByRole('checkbox', { name: 'Limit the rate of calls' }).press(' ');
    expect((await told(page)).at(-1)).toMatchObject({ seen: 1, draft: { limited: true } });
  });

  test('leaves an answer to what was typed before', async () => {
    const page = await opened();
    await page.page.getByRole('textbox', { name: 'Path suffix' }).fill('a');
    await page.page.getByRole('textbox', { name: 'Path suffix' }).fill('ab');
    await page.tell({ type: 'checked', turn: 1, draft: stateWith().draft, check: stateWith({ path: '?' }).check, wanted: false });
    expect(await page.page.locator('.form-problem:visible').count()).toBe(0);
  });

  test('is filled in and sent by the keyboard alone', async () => {
    const page = await opened();
    await expect.poll(() => page.page.evaluate('document.activeElement.id')).toBe('display-name');
    await page.page.keyboard.press('Control+A');
    await page.page.keyboard.type('Forest');
    for (let key = 0; key < 5; key += 1) await page.page.keyboard.press('Tab');
    expect(await page.page.evaluate('document.activeElement.id')).toBe('product');
    for (const key of [' ', 'ArrowDown', 'Enter']) await page.page.keyboard.press(key);
    expect(await lastDraft(page)).toMatchObject({ displayName: 'Forest', product: 'existing:starter' });
    await page.page.locator('#path').press('Enter');
    expect((await told(page)).at(-1)).toMatchObject({ type: 'submit', draft: { displayName: 'Forest' } });
    expect(await page.page.locator('#by').isVisible()).toBe(true);
  });

  test('sends nothing twice while it is carried out', async () => {
    const page = await opened();
    await page.tell({ type: 'busy', busy: true });
    await page.page.getByRole('button', { name: 'Create Files…' }).click({ force: true });
    expect(await told(page)).toEqual([]);
    await page.tell({ type: 'busy', busy: false });
    await page.page.getByRole('button', { name: 'Create Files…' }).click();
    expect(await told(page)).toHaveLength(1);
  });

  test('for publishing says where, and offers what is there', async () => {
    const page = await opened(stateWith({ product: 'existing:gone' }, {
      place: { purpose: 'publish', address: classic.address, instance: '/x' }, instanceName: 'contoso-apim', products: [{ id: 'unlimited', displayName: 'Unlimited' }],
    }));
    expect(await page.page.getByRole('heading', { name: 'Publish Tree Heights' }).isVisible()).toBe(true);
    expect(await page.page.locator('.facts').innerText()).toContain('contoso-apim');
    await page.page.getByRole('button', { name: 'Review Changes…' }).click();
    expect(await lastDraft(page)).toMatchObject({ product: 'existing:gone' });
  });

  test('is gone with its service', async () => {
    const page = await opened();
    await page.tell({ type: 'gone' });
    expect(await page.page.getByRole('heading', { level: 1 }).innerText()).toBe('There is nothing to choose any more');
    expect(await page.page.locator('[role=form]').count()).toBe(0);
  });
});

test('names are texts, whatever they hold', async () => {
  const hostile = '<img src=x onerror="window.__pwned=1">\u202E${x}{{y}}';
  const page = await opened(stateWith({ displayName: hostile, path: hostile, productName: hostile, callersName: hostile, origins: hostile, cors: true }, {
    service: hostile, instanceName: hostile, products: [{ id: hostile, displayName: hostile }],
  }));
  await page.page.locator('#product').click();
  expect(await page.page.getByRole('option').count()).toBe(3);
  expect(await page.page.locator('img').count()).toBe(0);
  expect(await page.harm()).toEqual([]);
});

const looks: readonly (readonly [string, ThemeName, number, number])[] = [
  ['dark', 'dark', 1000, 900], ['light', 'light', 1000, 900], ['contrast', 'contrast', 1000, 900], ['contrast-light', 'contrast-light', 1000, 900], ['narrow', 'dark', 320, 900],
];

describe('looks', () => {
  test.each(looks)('%s: nothing is cut off, and axe finds nothing', async (name, theme, width, height) => {
    const page = await opened(stateWith({ quota: true, cors: true, origins: 'https://app.contoso.com', seconds: '301' }), { theme, width, height });
    expect(await page.axe()).toEqual([]);
    expect(await page.page.evaluate('document.querySelector(".choices-body").scrollWidth - document.querySelector(".choices-body").clientWidth')).toBe(0);
    // The arrows of a number are the browser's own.
    expect(await page.page.evaluate('getComputedStyle(document.querySelector("#calls")).colorScheme')).toBe(theme.endsWith('light') ? 'normal' : 'dark');
    await page.picture(`choices-${name}`);
    await page.page.evaluate('document.querySelector(".choices-body").scrollTo(0, 100000)');
    await page.picture(`choices-${name}-end`);
  });

  test('at twice the size all is there', async () => {
    const page = await opened(stateWith(), { width: 500, height: 400, scale: 2 });
    expect(await page.page.evaluate('document.querySelector(".choices-body").scrollWidth - document.querySelector(".choices-body").clientWidth')).toBe(0);
    await page.page.locator('#quota').scrollIntoViewIfNeeded();
    expect(await page.page.locator('#quota').isVisible()).toBe(true);
  });
});
