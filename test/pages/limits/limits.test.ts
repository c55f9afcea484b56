// The form that limits calls in a real browser: its fields, what comes of them, errors and conflicts, the keyboard, hostile names, its looks.

import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { draftOf } from '../../../src/features/apim/limits/draft';
import type { LimitsDraft } from '../../../src/features/apim/limits/formShape';
import { shownThere, withPresent } from '../../../src/features/apim/limits/limitsView';
import type { FromLimitsPage, ToLimitsPage } from '../../../src/features/apim/limits/messages';
import { offeredLimits } from '../../../src/features/apim/limits/offered';
import { ownLimits } from '../../../src/features/apim/limits/ownLimits';
import { noLimits } from '../../../src/features/apim/limits/session';
import type { LimitsThere } from '../../../src/features/apim/limits/there';
import { currentLimits } from '../../../src/features/apim/policy/currentLimits';
import type { PolicyScope } from '../../../src/features/apim/policy/policyScope';
import { starterPolicy } from '../../unit/features/apim/definitions';
import { startHarness, type AnswerPage, type Harness, type OpenOptions } from '../support/harness';
import type { ThemeName } from '../support/themes';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness('limits');
});
afterAll(() => harness.close());
afterEach(() => harness.closePages());

const product: PolicyScope = { kind: 'product', product: 'starter' };
const api: PolicyScope = { kind: 'api', api: 'demo' };
const noon = new Date(2026, 10, 30, 14, 0).getTime();
const rate = (calls: number, more = ''): string =>
  `<policies>\n  <inbound>\n    <base />\n    <rate-limit calls="${calls}" renewal-period="60" />${more}\n  </inbound>\n</policies>`;

/** What was read. */
const there = (own: string | undefined, more: Partial<LimitsThere> = {}): LimitsThere => ({
  title: 'Starter', tier: 'Developer', own: own === undefined ? undefined : { text: own }, inherited: [{ from: { kind: 'allApis' }, text: undefined }],
  apis: ['AzureML Demo API'], ...more,
});

/** What the editor tells: as the session makes it. */
function stateWith(scope: PolicyScope, read: LimitsThere, changed: Partial<LimitsDraft> = {}, more: Partial<ToLimitsPage> = {}, turn = 0): ToLimitsPage {
  const own = ownLimits(currentLimits(read.own?.text ?? ''));
  const draft = { ...draftOf(own, withPresent(offeredLimits(scope, read.tier), own)), ...changed };
  return {
    type: 'limits', place: { instance: '/i', scope }, title: 'Limit Calls of Product Starter', instance: 'contoso-apim', sample: false,
    ...shownThere(scope, read, { draft, filled: 1, turn, wrongLine: undefined, nowMs: noon }), ...more,
  };
}

async function opened(state: ToLimitsPage, options: OpenOptions = {}): Promise<AnswerPage> {
  const page = await harness.open(options);
  await page.tell(state);
  return page;
}

type Typed = Extract<FromLimitsPage, { readonly draft: unknown }>;
async function told(page: AnswerPage): Promise<readonly Typed[]> {
  const messages = await page.sent();
  return messages.flatMap((message) => ('draft' in message && (message.type === 'change' || message.type === 'save') && 'limited' in message.draft
    ? [{ type: message.type, turn: message.turn, draft: message.draft }] : []));
}

const saved = (page: AnswerPage): ReturnType<AnswerPage['page']['getByRole']> => page.page.getByRole('button', { name: 'Save', exact: true });
const diffOf = (page: AnswerPage): Promise<readonly string[]> =>
  page.page.locator('.limits-line:not(.same)').evaluateAll((lines) => lines.map((line) => `${line.className.split(' ').at(-1) ?? ''} ${line.lastElementChild?.textContent?.trim() ?? ''}`));

describe('the form', () => {
  test('has what a product has, what it costs and what counts beside; it changes as the person types, with the cursor in its place', async () => {
    const read = there(starterPolicy);
    const page = await opened(stateWith(product, read));
    const calls = page.page.getByRole('spinbutton', { name: 'Calls', exact: true }).first();
    expect(await calls.inputValue()).toBe('5');
    expect(await saved(page).getAttribute('aria-disabled')).toBe('true');
    expect(await page.page.getByText('Nothing is changed yet.').isVisible()).toBe(true);
    const cost = 'The status requests of one batch job use up these 100 calls in 25 minutes (by 14:25 if it starts now)';
    expect(await page.page.getByText(cost).isVisible()).toBe(true);
    expect(await page.page.locator('.limits-beside').innerText()).toMatch(/All APIs\s+none/);
    expect(await page.saved()).toEqual({ instance: '/i', scope: product });
    await calls.click();
    await page.page.keyboard.press('Control+A');
    await page.page.keyboard.type('20');
    expect((await told(page)).at(-1)).toMatchObject({ type: 'change', turn: 2, draft: { calls: '20', quotaCalls: '100' } });
    await page.tell(stateWith(product, read, { calls: '2' }, {}, 1));
    // What comes of what was typed before is not drawn.
    expect(await diffOf(page)).toEqual([]);
    await page.tell(stateWith(product, read, { calls: '20' }, {}, 2));
    expect(await diffOf(page)).toEqual([
      'out <rate-limit calls="5" renewal-period="60" />', 'in <rate-limit calls="20" renewal-period="60" />', 'gap 6 lines',
    ]);
    await page.page.keyboard.type('0');
    expect((await told(page)).at(-1)).toMatchObject({ turn: 3, draft: { calls: '200' } });
    expect(await page.harm()).toEqual([]);
  });

  test('saves by its button and by Enter, once, and leads to what is wrong', async () => {
    const read = there(starterPolicy);
    const page = await opened(stateWith(product, read));
    const seconds = page.page.getByRole('spinbutton', { name: 'In seconds' });
    await seconds.fill('301');
    await seconds.press('Enter');
    expect((await told(page)).at(-1)).toMatchObject({ type: 'save', turn: 2, draft: { seconds: '301' } });
    await page.page.locator('#quota-span').focus();
    await page.tell(stateWith(product, read, { seconds: '301' }, {}, 2));
    expect(await page.page.evaluate('document.activeElement.id')).toBe('seconds');
    expect(await page.page.locator('.form-problem:visible').allInnerTexts()).toEqual(['A rate limit counts over 1 to 300 seconds. Longer spans are for quotas.']);
    expect(await page.page.getByText('One field needs correction.').isVisible()).toBe(true);
    await seconds.fill('30');
    await page.tell(stateWith(product, read, { seconds: '30' }, {}, 3));
    expect(await page.page.locator('.form-problem:visible').count()).toBe(0);
    await saved(page).click();
    expect(await told(page)).toHaveLength(4);
    await page.tell(stateWith(product, read, { seconds: '30' }, { busy: 'saving', wait: 'the instance is busy: waits 30 seconds' }, 4));
    await saved(page).click({ force: true });
    expect(await told(page)).toHaveLength(4);
    expect(await page.page.getByText('the instance is busy: waits 30 seconds').isVisible()).toBe(true);
    await page.page.getByRole('button', { name: 'Stop' }).click();
    await page.tell(stateWith(product, there(starterPolicy.replace('"60"', '"30"')), {}, { notice: 'saved' }, 4));
    expect(await page.page.locator('.badge', { hasText: 'Saved' }).count()).toBe(1);
    expect(await page.page.locator('.unseen[role=status]').innerText()).toBe('The policy was saved.');
    expect((await page.sent()).at(-1)).toEqual({ type: 'stop' });
  });

  test('offers what the scope and the tier allow, and says why not more', async () => {
    const read = there(undefined, { tier: 'Consumption', apis: [], inherited: [{ from: { kind: 'allApis' }, text: undefined }, { from: { kind: 'product', name: 'Starter' }, text: rate(5) }] });
    const page = await opened(stateWith(api, read));
    expect(await page.page.locator('#quota').count()).toBe(0);
    expect(await page.page.locator('.limits-why').innerText()).toBe('The Consumption tier has no limit by IP address. Quotas can be set on products only.');
    expect(await page.page.locator('#calls').isVisible()).toBe(false);
    await expect.poll(() => page.page.evaluate('document.activeElement.id')).toBe('limited');
    await page.page.keyboard.press(' ');
    expect(await page.page.locator('#calls').isVisible()).toBe(true);
    expect(await page.page.locator('vscode-option').allInnerTexts()).toEqual(['Subscription']);
    await page.tell(stateWith(api, read, { limited: true, calls: '50' }, {}, 1));
    expect(await page.page.locator('.limits-beside').innerText()).toMatch(/Product Starter\s+5 calls in 60 seconds\s+Wins for callers of this product/);
    expect(await page.page.locator('.limits-group > h2').first().innerText()).toMatch(/Rate of Calls\s+Wins for other callers/);
    expect(await page.page.getByRole('heading', { name: 'New Policy' }).isVisible()).toBe(true);
    await page.tell(stateWith({ kind: 'allApis' }, there('', { tier: 'Consumption', inherited: [] })));
    expect(await page.page.locator('.limits-form').innerText()).toContain('the Consumption tier has no limit of calls');
    expect(await page.page.locator('#limited').count()).toBe(0);
  });

  test('shows what is no number as it is, and lists what it leaves alone', async () => {
    const own = rate(5, '\n    <quota calls="{{most}}" renewal-period="3600" />\n    <llm-token-limit tokens-per-minute="500" counter-key="x" />');
    const page = await opened(stateWith(product, there(own)));
    expect(await page.page.locator('#quota').count()).toBe(0);
    const shown = page.page.getByRole('region', { name: 'Quota' });
    expect(await shown.innerText()).toMatch(/a quota of \{\{most\}\} calls in 60 minutes[^]*It stands in a named value/);
    await shown.getByRole('button', { name: 'Edit Policy' }).click();
    expect((await page.sent()).at(-1)).toEqual({ type: 'editPolicy' });
    expect(await page.page.getByRole('region', { name: 'Also in This Policy' }).innerText()).toMatch(/<llm-token-limit [^]*Not compared[^]*leaves them as they are/);
  });

  test('of a policy that cannot be read is its text alone', async () => {
    const page = await opened(stateWith(product, there('<policies>\n  <inbound>\n    <set-header name="a>\n  </inbound>\n</policies>')));
    expect(await page.page.locator('.limits-text').innerText()).toContain('<set-header name="a>');
    expect(await page.page.getByText('It cannot be read safely').isVisible()).toBe(true);
    expect(await page.page.locator('[role=form]').count()).toBe(0);
    expect(await saved(page).count()).toBe(0);
    expect(await page.axe()).toEqual([]);
    await page.page.locator('.limits-result').getByRole('button', { name: 'Edit Policy' }).click();
    expect((await page.sent()).at(-1)).toEqual({ type: 'editPolicy' });
    await page.picture('limits-text');
    const hasNote = page.page.getByText('Not all of it is shown here. Edit Policy opens the whole.');
    expect(await hasNote.count()).toBe(0);
    await page.tell(stateWith(product, there(`<policies>\n  <a b="${'c '.repeat(1_000)}>\n</policies>`)));
    expect(await hasNote.isVisible()).toBe(true);
  });
});

describe('what goes wrong', () => {
  test('stands at the top with its place in the policy, and the form keeps what was typed', async () => {
    const read = there(starterPolicy);
    const problem = { sentence: 'API Management refused the policy: something is wrong at line 3, column 3 of it.', detail: 'ValidationError', actions: ['showLog'] };
    const page = await opened(stateWith(product, read));
    const state = stateWith(product, read, { calls: '20' }, { problem });
    await page.tell({ ...state, ...(state.content?.kind === 'form' ? { content: { ...state.content, filled: 2, wrongLine: 3 } } : {}) });
    expect(await page.page.getByRole('alert').filter({ hasText: 'line 3, column 3' }).isVisible()).toBe(true);
    expect(await page.page.locator('.limits-line.wrong').innerText()).toContain('<rate-limit calls="20"');
    expect(await page.page.getByRole('spinbutton', { name: 'Calls', exact: true }).first().inputValue()).toBe('20');
    await page.page.getByRole('button', { name: 'Show Log' }).click();
    expect((await page.sent()).at(-1)).toEqual({ type: 'action', action: 'showLog' });
    await page.picture('limits-refused');
  });

  test('of somebody else’s change leads to what was to be saved', async () => {
    const page = await opened(stateWith(product, there(starterPolicy), { calls: '20' }, { notice: 'changed' }));
    expect(await page.page.getByText('nothing was overwritten').isVisible()).toBe(true);
    await page.page.getByRole('button', { name: 'Compare with What Was to Be Saved' }).click();
    await page.page.getByRole('button', { name: 'Compare in Editor' }).click();
    await page.page.getByRole('button', { name: 'Refresh' }).click();
    await page.page.getByRole('button', { name: 'More actions' }).click();
    await page.page.getByRole('menuitem', { name: 'Discard Changes' }).click();
    expect((await page.sent()).map(({ type }) => type)).toEqual(['compare', 'diff', 'refresh', 'discard']);
    await page.picture('limits-changed');
    // Where the first policy went over another one, and the differences are too long for a page.
    const long = starterPolicy.replace('calls="5"', `calls="5" note="${'a '.repeat(1_000)}"`);
    await page.tell(stateWith(product, there(long), { calls: '20' }, { notice: 'replaced' }));
    expect(await page.page.getByText('has replaced one that was made elsewhere').isVisible()).toBe(true);
    expect(await page.page.getByText('Not all of it is shown here. Compare in Editor shows the whole.').isVisible()).toBe(true);
  });

  test('before anything is read is told whole, and nothing at all says how to begin', async () => {
    const reading: ToLimitsPage = { ...noLimits, place: { instance: '/i', scope: api }, title: 'Limit Calls of API X', instance: 'contoso-apim' };
    const page = await opened({ ...reading, busy: 'reading' });
    expect(await page.page.getByRole('progressbar', { name: 'Reading' }).count()).toBe(1);
    await page.tell({ ...reading, problem: { sentence: 'contoso/apis/x is not there.', advice: 'Refresh.', actions: ['retry'] } });
    await page.page.getByRole('button', { name: 'Try Again' }).click();
    await page.tell(reading);
    await page.page.locator('.placard').getByRole('button', { name: 'Refresh' }).click();
    expect(await page.sent()).toEqual([{ type: 'action', action: 'retry' }, { type: 'refresh' }]);
    await page.tell(noLimits);
    expect(await page.page.getByRole('heading', { level: 1 }).innerText()).toBe('There is nothing to limit here');
  });
});

const hostile = '<img src=x onerror="window.__pwned=1">\u202E${x}{{y}}';
const full = there(
  rate(20, `\n    <!-- ${hostile} -->\n    <rate-limit-by-key calls="9" renewal-period="60" counter-key="@(context.User.Id)" />\n    <quota calls="100" renewal-period="604800" />`),
  { inherited: [{ from: { kind: 'allApis' }, text: rate(5) }], apis: [hostile] },
);

test('names and policies are texts, whatever they hold', async () => {
  const page = await opened(stateWith(product, { ...full, inherited: [{ from: { kind: 'product', name: hostile }, text: rate(5) }] }, { calls: '21' }, {
    title: hostile, instance: hostile, problem: { sentence: hostile, detail: hostile, advice: hostile },
  }));
  expect(await page.page.locator('img').count()).toBe(0);
  expect(await page.harm()).toEqual([]);
});

const looks: readonly (readonly [string, ThemeName, number, number])[] = [
  ['dark', 'dark', 1000, 800], ['light', 'light', 660, 900], ['contrast', 'contrast', 1000, 800], ['contrast-light', 'contrast-light', 1000, 800], ['narrow', 'dark', 320, 900],
];

test.each(looks)('%s: nothing is cut off, and axe finds nothing', async (name, theme, width, height) => {
  const page = await opened(stateWith(product, full, { calls: '21', seconds: '60', quotaSpan: '3600' }), { theme, width, height });
  expect(await page.axe()).toEqual([]);
  const over = 'document.querySelector(".limits-body").scrollWidth - document.querySelector(".limits-body").clientWidth';
  expect(await page.page.evaluate(over)).toBe(0);
  await page.picture(`limits-${name}`);
  await page.page.evaluate('document.querySelector(".limits-body").scrollTo(0, 100000)');
  await page.picture(`limits-${name}-end`);
});

test('at twice the size all is there', async () => {
  const page = await opened(stateWith(product, full), { width: 500, height: 400, scale: 2 });
  expect(await page.page.evaluate('document.querySelector(".limits-body").scrollWidth - document.querySelector(".limits-body").clientWidth')).toBe(0);
  await page.page.locator('#quota-span').scrollIntoViewIfNeeded();
  expect(await page.page.locator('#quota-span').isVisible()).toBe(true);
});
