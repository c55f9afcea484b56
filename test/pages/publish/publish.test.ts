// The page of a publishing in a real browser: what it shows and tells, hostile names, and its looks.

import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { apply } from '../../../src/features/apim/publish/apply';
import { findDrift } from '../../../src/features/apim/publish/drift';
import { choose } from '../../../src/features/apim/publish/publishing';
import { noPublishing, publishView, type PublishNow } from '../../../src/features/apim/publish/publishView';
import type { PublishSteps } from '../../../src/features/apim/publish/steps';
import type { ToPublishPage } from '../../../src/features/apim/publish/messages';
import { undo } from '../../../src/features/apim/publish/undo';
import { armFailure } from '../../unit/features/apim/fakeArm';
import { instance, someDefinition, starterPolicy, usualArm } from '../../unit/features/apim/definitions';
import { Computer, still } from '../../unit/features/apim/publish/publishTools';
import { startHarness, type AnswerPage, type Harness, type OpenOptions } from '../support/harness';
import type { ThemeName } from '../support/themes';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness('publish');
});
afterAll(() => harness.close());
afterEach(() => harness.closePages());

const productPolicy = '/products/starter/policies/policy';
const view = ({ publishing }: PublishSteps, now: PublishNow = {}): ToPublishPage => publishView(publishing, now);

async function opened(state: ToPublishPage, options: OpenOptions = {}): Promise<AnswerPage> {
  const page = await harness.open({ width: 900, height: 700, ...options });
  await page.tell(state);
  return page;
}

const lines = (page: AnswerPage): Promise<readonly string[]> =>
  page.page.locator('.publish-line').evaluateAll((all) => all.map((each) => each.innerText.replaceAll(/\s+/g, ' ').trim()));

/** A publishing that has failed at BES Start, with all that a page can show beside it. */
async function failed(): Promise<ToPublishPage> {
  const computer = new Computer();
  const steps = await computer.planned();
  computer.arm.around = ({ path, when }) => {
    if (path.endsWith('/policies/policy') && when === 'before') throw armFailure('forbidden', 403, 'AuthorizationFailed');
  };
  await apply(steps, still()).catch(() => undefined);
  return view(steps, {
    problem: { sentence: 'Your account may not change the policy of the API.', advice: 'Ask for the role API Management Service Contributor.', detail: 'AuthorizationFailed', actions: ['showLog', 'retry'] },
  });
}

describe('a review', () => {
  test('has a line for each item, its most important detail, and what callers inherit', async () => {
    const page = await opened(view(await new Computer().planned()));
    expect(await lines(page)).toEqual([
      'make named value azureml-demo-key secret: the service’s API key, which is asked for where none is kept here',
      'make API AzureML Demo API /azureml-demo',
      'make operations RRS Execute, BES Submit, BES Start, BES Status, BES Delete', 'make API policy AzureML Demo API: policy',
      'change product policy Starter: policy 5 calls in 60 seconds → 20 calls in 60 seconds', 'make product link Starter / AzureML Demo API',
      'make subscription Team A',
    ]);
    expect(await page.page.locator('.publish-warnings').innerText()).toBe(
      'Callers inherit from Starter: a quota of 100 calls in 7 days. A job polled 4 times a minute uses it up in 25 minutes.');
    expect(await page.page.getByRole('heading', { level: 1 }).innerText()).toBe('Publish Weather to contoso');
    expect(await page.page.locator('.publish-line').first().evaluate((line) => line.getBoundingClientRect().top)).toBeLessThan(220);
    expect(await page.saved()).toEqual({ key: expect.stringMatching(/^0mx1/) });
    expect(await page.harm()).toEqual([]);
  });

  test('tells what is pressed', async () => {
    const page = await opened(view(await new Computer().planned()));
    await page.page.getByRole('checkbox', { name: 'subscription Team A' }).click();
    await page.page.getByRole('button', { name: 'Show Differences of Starter: policy' }).click();
    await page.page.getByRole('button', { name: 'Look Again at What Is There' }).click();
    await page.page.getByRole('button', { name: 'Change Choices…' }).click();
    await page.page.getByRole('button', { name: 'Apply 11 Changes' }).click();
    await page.page.getByRole('button', { name: 'More Actions' }).click();
    await page.page.getByRole('menuitem', { name: 'Open in Portal' }).click();
    expect(await page.sent()).toEqual([
      { type: 'choose', key: '/subscriptions/team-a', chosen: false }, { type: 'look', key: productPolicy }, { type: 'planAgain' }, { type: 'choices' }, { type: 'apply' },
      { type: 'portal' },
    ]);
  });

  test('says why a line is left out, and keeps the focus when it is drawn anew', async () => {
    const { publishing } = await new Computer().planned();
    const page = await opened(publishView(publishing, {}));
    await page.page.getByRole('checkbox', { name: 'API AzureML Demo API' }).first().focus();
    const steps = publishing.steps.map((step) => (step.dependsOn.includes('/apis/azureml-demo') || step.kind === 'api' ? { ...step, chosen: false } : step));
    await page.tell(publishView({ ...publishing, steps }, {}));
    expect((await lines(page))[2]).toContain('It needs "AzureML Demo API" (API), which is left out.');
    expect(await page.page.evaluate('document.activeElement.dataset.focus')).toBe('box-/apis/azureml-demo');
    expect(await page.page.getByRole('button', { name: 'Apply 3 Changes' }).count()).toBe(1);
  });

  test('draws nothing anew under a pressed button, and moves no line when a box is ticked', async () => {
    const { publishing } = await new Computer().planned();
    const page = await opened(publishView(publishing, {}));
    const box = page.page.getByRole('checkbox', { name: 'subscription Team A' });
    const top = (): Promise<number> => page.page.locator('.publish-line').last().evaluate((line) => line.getBoundingClientRect().top);
    const before = await top();
    await box.hover();
    await page.page.mouse.down();
    await page.tell(publishView({ ...publishing, steps: choose(publishing.steps, '/apis/azureml-demo', false) }, {}));
    expect(await page.page.getByRole('button', { name: 'Apply 11 Changes' }).count()).toBe(1);
    await page.page.mouse.up();
    await page.page.getByRole('button', { name: 'Apply 3 Changes' }).waitFor();
    expect(await page.sent()).toEqual([{ type: 'choose', key: '/subscriptions/team-a', chosen: false }]);
    expect(await top()).toBe(before);
  });

  test('a double click on Apply does not stop what it has begun', async () => {
    const steps = await new Computer().planned();
    const page = await opened(view(steps));
    await page.page.getByRole('button', { name: 'Apply 11 Changes' }).click();
    await page.tell(view(steps, { busy: 'applying' }));
    await page.page.getByRole('button', { name: 'Stop' }).click();
    expect(await page.sent()).toEqual([{ type: 'apply' }]);
    await page.page.waitForTimeout(700);
    await page.page.getByRole('button', { name: 'Stop' }).click();
    expect(await page.sent()).toEqual([{ type: 'apply' }, { type: 'stop' }]);
  });

  test('offers ways out of a conflict, on which nothing that depends on it can be chosen', async () => {
    const arm = usualArm();
    arm.set('/apis/other', { displayName: 'Other API', path: 'azureml-demo' });
    arm.set('/products/starter/apis/other', {});
    const page = await opened(view(await new Computer(arm).planned()));
    expect((await lines(page))[1]).toContain('The path "azureml-demo" is that of the API "Other API", which has callers.');
    expect(await page.page.getByRole('checkbox', { name: /^operations/ }).isDisabled()).toBe(true);
    await page.page.getByRole('button', { name: 'Make a New Revision of "Other API"' }).click();
    expect(await page.sent()).toEqual([{ type: 'offer', key: '/apis/azureml-demo', kind: 'revision' }]);
  });
});

describe('while and after it is applied', () => {
  test('each line shows its own state, and the one action is to stop', async () => {
    const computer = new Computer();
    const steps = await computer.planned();
    const stopping = new AbortController();
    let half: ToPublishPage | undefined;
    steps.onDidChange(() => {
      if (steps.publishing.steps[3]?.state === 'writing') half ??= view(steps, { busy: 'applying' });
    });
    await apply(steps, stopping.signal);
    const page = await opened(half ?? noPublishing);
    expect((await lines(page)).slice(0, 3)).toEqual([
      expect.stringMatching(/done$/), expect.stringMatching(/done$/), 'make operations RRS Execute, BES Submit, BES Start, BES Status, BES Delete 1 of 5',
    ]);
    expect(await page.page.getByRole('progressbar').getAttribute('aria-valuetext')).toBe('3 of 11');
    await page.page.getByRole('button', { name: 'Stop' }).click();
    expect(await page.page.getByRole('button', { name: 'Undo' }).count()).toBe(0);
    expect(await page.sent()).toEqual([{ type: 'stop' }]);
    await page.tell(view(steps));
    expect(await page.page.locator('[role=status].unseen').innerText()).toBe('It is published.');
  });

  test('a failure stops at its line with sentence and button, and can be carried on or undone', async () => {
    const page = await opened(await failed());
    const line = page.page.locator('.publish-line.failed');
    expect(await line.locator('.problem').innerText()).toContain('Your account may not change the policy of the API.');
    await line.getByRole('button', { name: 'Show Log' }).click();
    await page.page.getByRole('button', { name: 'Carry On' }).click();
    await page.page.getByRole('button', { name: 'Undo' }).click();
    expect(await page.sent()).toEqual([{ type: 'action', action: 'showLog' }, { type: 'apply' }, { type: 'undo' }]);
  });

  test('what is there now can be used at once, and checked for drift', async () => {
    const computer = new Computer();
    const steps = await computer.planned();
    await apply(steps, still());
    computer.arm.take('/apis/azureml-demo/operations/bes-delete');
    computer.arm.set('/apis/azureml-demo', { ...computer.arm.there('/apis/azureml-demo'), serviceUrl: 'https://other.example' });
    computer.arm.set(productPolicy, { format: 'rawxml', value: starterPolicy });
    const drift = await findDrift(computer.arm, instance, someDefinition(), still());
    const outcome = { sentences: ['"AzureML Demo API at contoso" is in the sidebar, with its subscription key.'], send: true, jobs: true };
    const page = await opened(view(steps, { drift, outcome }));
    const text = await page.page.locator('.publish-drift').innerText();
    for (const words of ['differs', 'missing', 'BES Delete', 'serviceUrl is "https://other.example" and was "https://region.example"']) expect(text).toContain(words);
    await page.page.getByRole('button', { name: 'Show Differences of Starter: policy' }).first().click();
    await page.page.getByRole('button', { name: 'Send Request…' }).click();
    await page.page.getByRole('button', { name: 'Run Batch Job…' }).click();
    await page.page.getByRole('button', { name: 'Check for Drift' }).click();
    expect(await page.sent()).toEqual([{ type: 'driftDiff', key: productPolicy }, { type: 'send' }, { type: 'runJob' }, { type: 'drift' }]);
    await page.tell(view(steps, { drift: [] }));
    expect(await page.page.locator('.publish-drift').innerText()).toBe('Nothing differs from what was published');
    expect(await page.page.locator('.publish-body > :first-child').getAttribute('class')).toBe('publish-drift');
  });

  test('a look that failed leaves it published, and a line that a killed window has left says that it is not known', async () => {
    const computer = new Computer();
    const steps = await computer.planned();
    await apply(steps, still());
    const page = await opened(view(steps, { problem: { sentence: 'The sample does not run.' } }));
    expect(await page.page.locator('.badge').innerText()).toBe('Published');
    const { publishing } = steps;
    const killed = publishing.steps.map((step) => (step.kind === 'subscription' ? { ...step, state: 'writing' as const } : step));
    await page.tell(publishView({ ...publishing, steps: killed }, {}));
    expect((await lines(page)).at(-1)).toContain('not known yet: Carry On looks it up');
    expect(await page.page.locator('.icon-sending').count()).toBe(0);
  });

  test('what undoing has left says why', async () => {
    const computer = new Computer();
    const steps = await computer.planned();
    await apply(steps, still());
    computer.arm.set(productPolicy, { format: 'rawxml', value: '<policies />' });
    await undo(steps, still());
    const page = await opened(view(steps));
    expect(await page.page.locator('.publish-line.kept').innerText()).toContain('Somebody has changed it since, so it was left.');
    expect(await page.page.getByRole('button', { name: 'Plan It Anew' }).count()).toBe(1);
  });

  test('one that is gone says how to begin', async () => {
    const page = await opened(noPublishing);
    expect(await page.page.getByRole('heading').innerText()).toBe('There is no publishing to show');
  });
});

test('hostile names and texts are text', async () => {
  const evil = '<img src=x onerror="window.__pwned=1"><script>window.__pwned=1</script>\u202e';
  const arm = usualArm();
  arm.set('/apis/other', { displayName: evil, path: 'azureml-demo' });
  const steps = await new Computer(arm).planned(someDefinition('existing', { displayName: evil }));
  const state = view(steps, { problem: { sentence: evil, detail: evil } });
  const page = await opened({ ...state, service: evil, instance: evil, warnings: [evil], drift: [{ key: 'x', state: evil, kind: evil, name: evil, members: [evil], diff: true }] });
  expect(await page.page.locator('img, #root script').count()).toBe(0);
  expect(await page.page.evaluate('document.body.innerText')).not.toContain('\u202e');
  expect(await page.harm()).toEqual([]);
});

const looks: readonly { readonly theme: ThemeName; readonly width: number }[] = [
  { theme: 'dark', width: 900 }, { theme: 'light', width: 660 }, { theme: 'contrast', width: 660 }, { theme: 'contrast-light', width: 320 }, { theme: 'dark', width: 320 },
];

test.each(looks)('breaks no rule and hangs over no edge in $theme at $width', async ({ theme, width }) => {
  const computer = new Computer();
  const steps = await computer.planned();
  const review = view(steps);
  const arm = usualArm();
  arm.set('/apis/other', { displayName: 'Other API', path: 'azureml-demo' });
  arm.set('/products/starter/apis/other', {});
  const conflict = view(await new Computer(arm).planned());
  await apply(steps, still());
  const done = view(steps, { outcome: { sentences: ['"AzureML Demo API at contoso" is in the sidebar, with its subscription key.'], send: true, jobs: true }, drift: [] });
  for (const [name, state] of Object.entries({ review, conflict, failed: await failed(), done })) {
    const page = await opened(state, { theme, width });
    expect(await page.axe(), name).toEqual([]);
    expect(await page.page.evaluate('document.getElementById("root").scrollWidth - document.getElementById("root").clientWidth')).toBeLessThanOrEqual(0);
    expect(await page.page.locator('.publish-body').evaluate((body) => body.scrollWidth - body.clientWidth), name).toBeLessThanOrEqual(0);
    await page.picture(`publish-${name}-${theme}-${width}`);
    await page.page.close();
  }
});
