// With the keyboard alone, and for those who hear or need contrast: the tree's labels, and axe in the answer panel in four themes.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Frame } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { openApp, type App } from './person/app';
import { soon } from './person/patience';
import { tidyUp } from './person/tidy';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let app: App;
beforeAll(async () => {
  app = await openApp({ settings: { 'breadcrumbs.enabled': false } });
});
tidyUp(() => app);

const key = (name: string): Promise<void> => app.page.keyboard.press(name);

/** So long may a key take to show, in milliseconds. */
const walkMs = 300;

/** The frame of the answer page. */
async function answerFrame(): Promise<Frame> {
  const handle = await app.answer.frame.locator('#root').elementHandle();
  const frame = await handle?.ownerFrame();
  if (!frame) throw new Error('There is no answer page.');
  return frame;
}

/** What has the focus in the window, or in the answer page when that has it: its label or text. */
async function focused(): Promise<string> {
  const named = '(({ ariaLabel, innerText }) => (ariaLabel ?? innerText ?? "").trim())(document.activeElement ?? {})';
  const inPage: boolean = await app.page.evaluate('document.activeElement?.tagName === "IFRAME"');
  return inPage ? (await answerFrame()).evaluate(named) : app.page.evaluate(named);
}

/** Presses a key until what has the focus is called this. */
async function keyUntil(name: string, label: string): Promise<void> {
  const seen: string[] = [];
  for (let times = 0; times < 40; times++) {
    const now = await focused();
    if (now.startsWith(label)) return;
    seen.push(now);
    await key(name);
  }
  throw new Error(`${name} does not lead to "${label}", only to: ${seen.join(' | ')}`);
}

describe('with the keyboard alone', () => {
  test('the view is reached and the sample started', async () => {
    await app.runCommand('Azure ML: Focus on Services View');
    await app.tree.welcome.waitFor();
    await keyUntil('Tab', 'Start the Sample Service');
    await key('Enter');
    await app.editors.tab('sample-request.json').waitFor();
    await app.tree.item('SimpleFeatureHashingExperiment').waitFor();
  });

  test('the tree says what its lines are', async () => {
    await soon(() => app.tree.labels()).toEqual([
      expect.stringMatching(/^Workspace Sample, 1 service/),
      expect.stringMatching(/^Service SimpleFeatureHashingExperiment/),
      expect.stringMatching(/^Storage Accounts, 1/),
    ]);
  });

  test('the request is sent, the answer read part by part, and sent again', async () => {
    await key('Control+1');
    await app.page.locator('.editor-group-container.active .monaco-editor.focused').waitFor();
    await app.editors.send();
    await app.answer.shows('200 OK');
    const first = await app.answer.when();
    await key('Control+2');
    await soon(() => app.page.evaluate('document.activeElement?.tagName')).toBe('IFRAME');
    // The first tab is that of the output, which is called as its list is.
    await keyUntil('Tab', 'output1');
    await key('ArrowRight');
    await soon(focused).toBe('Body');
    await app.answer.frame.locator('.body-text').waitFor();
    await key('ArrowRight');
    await soon(() => focused()).toBe('Headers');
    await app.answer.frame.locator('.header-lines').first().waitFor();
    await key('ArrowRight');
    await soon(() => focused()).toBe('Request');
    await app.answer.frame.getByText('Request headers').waitFor();
    await key('Home');
    await app.answer.table.drawn();
    await keyUntil('Tab', 'The row of output1');
    await keyUntil('Shift+Tab', 'As Table');
    await key('Enter');
    await keyUntil('Tab', 'output1');
    for (let times = 0; times < 3; times++) await key('ArrowRight');
    await key('Enter');
    await app.answer.frame.locator('.inspector-where').filter({ hasText: 'Row 1, Col2 - Hashing feature 3' }).waitFor();
    await key('Control+Alt+Enter');
    await soon(() => app.answer.when()).not.toBe(first);
  });

  test('the tree is walked, and its menu opened', async () => {
    await app.runCommand('Azure ML: Focus on Services View');
    const list = app.page.locator('.part.sidebar .monaco-list:focus');
    await list.waitFor();
    const line = list.locator('.monaco-list-row.focused');
    // A key that comes while the tree is drawn anew is lost; a person begins once more.
    const walk = async (...names: readonly string[]): Promise<string> => {
      for (const name of names) await key(name);
      await app.page.waitForTimeout(walkMs);
      return line.innerText({ timeout: walkMs }).catch(() => '');
    };
    await soon(() => walk('Home')).toContain('Sample');
    await soon(() => walk('Home', 'ArrowDown')).toContain('SimpleFeatureHashingExperiment');
    await soon(async () => {
      const entries = await app.ask.menuEntries();
      if (entries.length === 0) await key('Shift+F10');
      return entries;
    }).toEqual(expect.arrayContaining(['Copy Address', 'Check Connection']));
    await key('Escape');
  });
});

describe('axe finds nothing in the answer panel', () => {
  /** What axe finds in what the panel shows now. */
  async function violations(): Promise<string[]> {
    const frame = await answerFrame();
    await frame.evaluate(axeSource);
    return frame.evaluate(`axe.run(document, { resultTypes: ['violations'] }).then((result) =>
      result.violations.flatMap((each) => each.nodes.map((node) => each.id + ': ' + node.target.join(' ') + ': ' + node.failureSummary)))`);
  }

  async function everyTab(): Promise<string[]> {
    const found: string[] = [];
    for (const name of ['Request', 'Headers', 'Body', 'Result']) {
      if (name !== 'Result' && (await app.answer.frame.getByRole('tab', { name, exact: true }).count()) === 0) continue;
      await app.answer.tab(name);
      found.push(...(await violations()).map((each) => `${name}: ${each}`));
    }
    return found;
  }

  describe.each([
    { name: 'dark and light', settings: {} },
    { name: 'high contrast', settings: { 'workbench.preferredDarkColorTheme': 'Default High Contrast', 'workbench.preferredLightColorTheme': 'Default High Contrast Light' } },
  ])('$name', ({ name, settings }) => {
    test.each(['an answer', 'an error'] as const)('%s', async (what) => {
      await app.settings(settings);
      await app.editors.open('sample-request.json');
      if (what === 'an error') await app.editors.replace('Col2', 'Col3');
      await app.editors.send();
      await app.answer.shows(what === 'an error' ? '400' : '200 OK');
      for (const look of ['dark', 'light'] as const) {
        await app.look(look);
        expect(await everyTab()).toEqual([]);
        await app.shot(`${what}, ${name}, ${look}`);
      }
      await app.look('dark');
      if (what === 'an error') {
        await app.editors.open('sample-request.json');
        await app.editors.replace('Col3', 'Col2');
      }
    });
  });
});
