// The page of a new instance in a real browser: what it tells, what stands at its fields, the keyboard, hostile names, and its looks.

import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { emptyDraft, type CreateDraft } from '../../../src/features/apim/create/draft';
import type { FromCreatePage, ToCreatePage } from '../../../src/features/apim/create/messages';
import { tierTable } from '../../../src/features/apim/create/tiers';
import { startHarness, type AnswerPage, type Harness, type OpenOptions } from '../support/harness';
import type { ThemeName } from '../support/themes';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness('instance');
});
afterAll(() => harness.close());
afterEach(() => harness.closePages());

const typed: CreateDraft = {
  name: 'contoso-apim', subscription: 's1', group: '', newGroup: 'scoring', location: 'West Europe', tier: 'Developer', organisation: 'Contoso', email: 'ann@contoso.com',
};

function state(changed: Partial<ToCreatePage> = {}): ToCreatePage {
  return {
    type: 'form', turn: 0, draft: emptyDraft, problems: {}, name: { kind: 'none' }, signedIn: true, registered: true, free: false, tiers: tierTable(), wanted: 0, busy: false,
    subscriptions: { kind: 'there', items: [{ value: 'sample', label: 'Sample (costs nothing)' }, { value: 's1', label: 'Pay' }] },
    groups: { kind: 'there', items: [{ value: 'ml', label: 'ml (westeurope)' }] },
    locations: { kind: 'there', items: [{ value: 'East US', label: 'East US' }, { value: 'West Europe', label: 'West Europe' }] },
    ...changed,
  };
}

async function opened(first: ToCreatePage = state(), options: OpenOptions = {}): Promise<AnswerPage> {
  const page = await harness.open(options);
  await page.tell(first);
  return page;
}

type Told = Extract<FromCreatePage, { readonly draft: unknown }>;
const told = async (page: AnswerPage): Promise<readonly Told[]> =>
  (await page.sent()).flatMap((message) => ('field' in message || (message.type === 'submit' && !('seen' in message)) ? [message] : []));
const asked = async (page: AnswerPage): Promise<readonly string[]> => (await page.sent()).map(({ type }) => type).filter((type) => type !== 'change');

test('each change is told with all fields and saved, by the keyboard alone, and nothing is sent off while it is busy', async () => {
  const page = await opened();
  await expect.poll(() => page.page.evaluate('document.activeElement.id')).toBe('name');
  await page.page.keyboard.type('ab');
  await page.page.keyboard.press('Tab');
  for (const key of [' ', 'ArrowDown', 'ArrowDown', 'Enter']) await page.page.keyboard.press(key);
  expect((await told(page)).map((each) => ('field' in each ? [each.turn, each.field, each.draft.name, each.draft.subscription] : []))).toEqual([
    [1, 'name', 'a', ''], [2, 'name', 'ab', ''], [3, 'subscription', 'ab', 's1'],
  ]);
  expect(await page.saved()).toEqual({ draft: { ...emptyDraft, name: 'ab', subscription: 's1' }, touched: ['name', 'subscription'] });
  await page.page.locator('#tier-Developer').focus();
  await page.page.keyboard.press('ArrowUp');
  await page.page.locator('#email').press('Enter');
  expect((await told(page)).at(-1)).toMatchObject({ type: 'submit', draft: { tier: 'Consumption' } });
  const turn = (await told(page)).at(-1)?.turn ?? 0;
  await page.tell(state({ turn, draft: (await told(page)).at(-1)?.draft ?? emptyDraft, busy: true }));
  await page.page.getByRole('button', { name: 'Create…' }).click({ force: true });
  expect((await told(page)).at(-1)?.turn).toBe(turn);
  expect(await page.harm()).toEqual([]);
});

test('what Azure says stands at its field, with what can be done; an answer to what was typed before moves nothing', async () => {
  const page = await opened(state({
    draft: typed, name: { kind: 'deleted', message: 'It was deleted.' }, problems: { name: 'It was deleted.', subscription: 'Not registered.' }, registered: false,
    groups: { kind: 'problem', problem: { sentence: 'The role Reader is missing.', advice: 'Ask for it.' } }, locations: { kind: 'loading' },
  }));
  expect(await page.page.locator('.form-problem:visible').allInnerTexts()).toEqual(['It was deleted.', 'Not registered.']);
  await page.page.getByRole('button', { name: 'Restore…' }).click();
  await page.page.getByRole('button', { name: 'Register API Management' }).click();
  expect(await page.page.locator('.instance-note.bad').innerText()).toContain('The role Reader is missing. Ask for it.');
  await page.page.getByRole('button', { name: 'Try Again' }).click();
  await page.page.getByRole('button', { name: 'Show Prices' }).click();
  expect(await asked(page)).toEqual(['restore', 'register', 'reload', 'price']);
  // What was chosen stays chosen while the list is read.
  expect(await page.page.locator('#location').evaluate((element) => Reflect.get(element, 'value'))).toBe('West Europe');

  await page.page.getByRole('textbox', { name: 'Name', exact: true }).fill('other');
  await page.tell(state({ turn: 0, draft: typed, name: { kind: 'free' }, signedIn: false, wanted: 1, problems: { email: 'None.' } }));
  expect(await page.page.getByRole('textbox', { name: 'Name', exact: true }).inputValue()).toBe('other');
  expect(await page.page.getByText('The name is free.').isVisible()).toBe(true);
  expect(await page.page.evaluate('document.activeElement.id')).toBe('email');
  await page.page.getByRole('button', { name: 'Sign In to Azure…' }).click();
  expect((await asked(page)).at(-1)).toBe('signIn');
  await page.page.locator('#group').click();
  await page.page.getByRole('option', { name: 'ml' }).click();
  expect((await told(page)).at(-1)).toMatchObject({ field: 'group', draft: { name: 'other', group: 'ml' } });
  expect(await page.page.locator('#new-group').isVisible()).toBe(false);
});

test.each(['dark', 'light', 'contrast', 'contrast-light'] as const)('the circle of the chosen tier has the colour of the focus, theme %s', async (theme) => {
  const page = await opened(state(), { theme });
  const [circle, focus, scheme]: readonly string[] = await page.page.evaluate(`(() => {
    const probe = document.body.appendChild(document.createElement('i'));
    probe.style.color = 'var(--vscode-focusBorder)';
    const circle = getComputedStyle(document.getElementById('tier-Developer'));
    return [circle.accentColor, getComputedStyle(probe).color, circle.colorScheme];
  })()`);
  expect([circle, scheme]).toEqual([focus, theme === 'dark' || theme === 'contrast' ? 'dark' : 'normal']);
});

test('names are texts, whatever they hold', async () => {
  const hostile = '<img src=x onerror="window.__pwned=1">\u202E${x}{{y}}';
  const list = { kind: 'there' as const, items: [{ value: hostile, label: hostile }] };
  const page = await opened(state({
    draft: { ...typed, name: hostile, location: hostile, group: hostile }, subscriptions: list, groups: list, locations: list,
    problems: { name: hostile, tier: hostile }, name: { kind: 'problem', problem: { sentence: hostile } },
  }));
  expect(await page.page.locator('img').count()).toBe(0);
  expect(await page.harm()).toEqual([]);
});

const looks: readonly (readonly [ThemeName | 'narrow', ThemeName, number])[] = [
  ['dark', 'dark', 900], ['light', 'light', 900], ['contrast', 'contrast', 900], ['contrast-light', 'contrast-light', 900], ['narrow', 'dark', 320],
];
test.each(looks)('%s: nothing is cut off, and axe finds nothing', async (name, theme, width) => {
  const page = await opened(state({
    draft: typed, name: { kind: 'free' }, problems: { email: 'Enter an e-mail address' }, locations: { kind: 'problem', problem: { sentence: 'It cannot be read.' } },
  }), { theme, width, height: 1100 });
  expect(await page.axe()).toEqual([]);
  expect(await page.page.evaluate('document.querySelector(".instance-body").scrollWidth - document.querySelector(".instance-body").clientWidth')).toBe(0);
  await page.picture(`instance-${name}`);
});
