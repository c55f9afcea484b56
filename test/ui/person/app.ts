// A person's VS Code with the packaged extension installed, in a browser: how it is opened, reloaded and closed.

import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { inject, vi } from 'vitest';
import { launchWithCache } from '../../host/browser.mjs';
import { pseudo, pseudoTag } from '../../host/pseudo.mjs';
import { freePort, startServer, workbenchUrl } from '../../host/server.mjs';
import { offlineEnv, quietSettings, writeUserSettings } from '../../host/settings.mjs';
import { answerPanel, type AnswerPanel } from './answer';
import { editors, type Editors } from './editors';
import { filesBelow, keptInBrowser, lookAway } from './leaks';
import { installLanguage } from './language';
import { patienceMs } from './patience';
import { pictures, type Pictures } from './pictures';
import { questions, type Questions } from './questions';
import { tree, type Tree } from './tree';

/** How VS Code is opened. */
export interface AppOptions {
  /** User settings on top of the quiet ones. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Files of the folder that is opened, by their path in it. */
  readonly files?: Readonly<Record<string, string>>;
  /** Opens the folder in restricted mode when false. */
  readonly trust?: boolean;
  /** Has VS Code and the extension speak the language of `test/host/pseudo.mjs` when true. */
  readonly pseudo?: boolean;
  /** Another folder of installed extensions than the one for all files. */
  readonly extensionsDir?: string;
  /** Runs first, at the place where VS Code is opened then: what it leaves there is found by the extension. */
  readonly before?: (place: Place) => Promise<void>;
}

/** Where VS Code is opened. The browser keeps what it is given by the port. */
export interface Place {
  readonly dataDir: string;
  readonly folder: string;
  readonly page: Page;
  readonly port: number;
}

/** What a person sees and does. */
export interface App {
  readonly page: Page;
  readonly context: BrowserContext;
  /** The folder that is open. */
  readonly folder: string;
  /** All that the server writes. */
  readonly dataDir: string;
  readonly extensionsDir: string;
  readonly tree: Tree;
  /** The history below the services. */
  readonly history: Tree;
  /** API Management below them, which is closed until its title is clicked. */
  readonly apim: Tree;
  readonly answer: AnswerPanel;
  readonly editors: Editors;
  readonly ask: Questions;
  readonly shot: Pictures;
  /** Runs a command of the palette by its whole title, such as `Azure ML: Refresh Services`. */
  runCommand(title: string): Promise<void>;
  /** Clicks the extension's icon in the activity bar, unless its views are there. */
  openSidebar(): Promise<void>;
  /** Sets the API key of a service of the tree, for which it shows the sidebar. */
  giveKey(service: string, key: string): Promise<void>;
  /** Edits settings.json in an editor: these settings on top of those of the start. */
  settings(settings: Readonly<Record<string, unknown>>): Promise<void>;
  /** Changes whether the system is dark or light; VS Code follows with its theme. */
  look(look: 'dark' | 'light'): Promise<void>;
  /** Where the history of this folder's requests is kept, once there is one. */
  historyFolder(): string;
  /** Takes pictures in the dark, the light and a theme of high contrast, and goes back to the dark one, which the README may have. */
  shots(name: string, readme?: string): Promise<void>;
  /** Reloads the window, once the browser has kept this text. */
  reload(kept: string | RegExp): Promise<void>;
  /** What is on the clipboard. */
  clipboard(): Promise<string>;
  /** Ends VS Code and the browser and removes all that they wrote. */
  close(): Promise<void>;
}

const usualSettings = {
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'window.autoDetectColorScheme': true,
  'workbench.preferredDarkColorTheme': 'Dark Modern',
  'workbench.preferredLightColorTheme': 'Light Modern',
  'files.autoSave': 'off',
  // What blinks is drawn again and again, beside what is tested.
  'editor.cursorBlinking': 'solid',
  // Settings open as a tab, as everything else.
  'workbench.editor.useModal': 'off',
  'security.workspace.trust.startupPrompt': 'never',
  // A toast of its own would cover what is tested, and so would the words that an editor offers.
  'workbench.tips.enabled': false,
  'editor.quickSuggestions': { other: 'off', comments: 'off', strings: 'off' },
  'editor.suggestOnTriggerCharacters': false,
  'editor.wordBasedSuggestions': 'off',
};

/**
 * The port at which a browser finds again what it has loaded and compiled of VS Code, which took it as long as many a test. Files that run
 * side by side have folders and ports of their own; another port is taken where this one is not free any more.
 */
async function portOf(browserDir: string): Promise<number> {
  const portFile = `${browserDir}.port`;
  const before = existsSync(portFile) ? Number(readFileSync(portFile, 'utf8')) : undefined;
  const port = await freePort(before).catch(() => freePort());
  writeFileSync(portFile, String(port));
  return port;
}

/** Opens a folder in an empty VS Code with the packaged extension, which was installed before the first file of tests. */
export async function openApp(options: AppOptions = {}): Promise<App> {
  const stops: (() => Promise<unknown>)[] = [];
  try {
    return await open(options, stops);
  } catch (error) {
    for (const stop of stops) await stop();
    throw error;
  }
}

/** Opens it. What is to be ended is added to `stops`. */
async function open(options: AppOptions, stops: (() => Promise<unknown>)[]): Promise<App> {
  const home = mkdtempSync(join(tmpdir(), 'azureml-person-'));
  const dataDir = join(home, 'data');
  const said = options.pseudo ? pseudo : (text: string): string => text;
  const activityIcon = `.part.activitybar .action-item a[aria-label^="${said('Azure ML')}"]`;
  const folder = join(home, 'requests');
  mkdirSync(folder);
  for (const [path, text] of Object.entries(options.files ?? {})) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const settings = { ...usualSettings, ...options.settings };
  writeUserSettings(dataDir, settings);
  const installed = options.extensionsDir ?? inject('extensionsDir');
  const extensionsDir = options.pseudo ? installLanguage(home, dataDir, installed) : installed;
  const browserDir = join(inject('browserDir'), process.env['VITEST_POOL_ID'] ?? '');
  const context = await launchWithCache(browserDir, { colorScheme: 'dark', viewport: { width: 1280, height: 800 } });
  // The next file of tests has the same folder: nothing may be left of a start that failed.
  stops.push(() => context.close());
  const [page = await context.newPage()] = context.pages();
  const port = await portOf(browserDir);
  page.setDefaultTimeout(patienceMs);
  await page.addInitScript(askedContrast);
  await page.addInitScript(atRest);
  await options.before?.({ dataDir, folder, page, port });
  const server = await startServer({
    dataDir, extensionsDir, port, trust: options.trust !== false, ...(options.pseudo ? { locale: pseudoTag } : {}),
    env: { ...offlineEnv, ...noProxies },
  });
  stops.push(() => server.stop());
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: server.url });
  const ready = async (): Promise<void> => {
    await page.locator('.monaco-workbench .part.statusbar').waitFor({ timeout: 60_000 });
    await page.locator(activityIcon).waitFor({ timeout: 60_000 });
  };
  await page.goto(workbenchUrl(server, folder));
  await ready();

  const shot = pictures(page);
  const look = async (wanted: 'dark' | 'light'): Promise<void> => {
    await page.emulateMedia({ colorScheme: wanted });
    await page.locator(`.monaco-workbench:is(${wanted === 'dark' ? '.vs-dark, .hc-black' : '.vs, .hc-light'})`).waitFor();
  };
  const ask = questions(page);
  const ownEditors = editors(page, ask, said);
  let edits = 0;
  const runCommand = (title: string): Promise<void> => ask.goTo('F1', `>${title}`, title);
  /** Has the system ask for high contrast, or no more; VS Code follows with its theme. */
  const contrast = async (wanted: boolean): Promise<void> => {
    await page.evaluate(`askForContrast(${wanted})`);
    await page.locator(`.monaco-workbench${wanted ? '.hc-black' : '.vs-dark'}`).waitFor();
  };
  const services = tree(page, said('Services'));
  const openSidebar = async (): Promise<void> => {
    const title = page.locator('.part.sidebar .pane-header, .part.sidebar .composite.title').filter({ hasText: said('Services') }).first();
    if (await title.isVisible()) return;
    // Beside the number that stands over its middle while jobs want attention.
    await page.locator(activityIcon).click({ position: { x: 6, y: 6 } });
    await title.waitFor();
  };
  return {
    page, context, folder, dataDir, extensionsDir, ask, runCommand,
    tree: services,
    history: tree(page, said('History')),
    apim: tree(page, said('API Management')),
    answer: answerPanel(page),
    editors: ownEditors,
    shot,
    settings: async (changed) => {
      await runCommand('Preferences: Open User Settings (JSON)');
      await ownEditors.enter('settings.json');
      // The count makes it another text each time, so that there is something to save.
      edits += 1;
      await ownEditors.write(`// ${edits}\n${JSON.stringify({ ...quietSettings, ...settings, ...changed }, undefined, 2)}\n`);
      const unsaved = page.locator('.tab.dirty[data-resource-name="settings.json"]');
      await unsaved.waitFor();
      await page.keyboard.press('Control+s');
      await unsaved.waitFor({ state: 'hidden' });
      await ownEditors.close('settings.json');
    },
    look,
    shots: async (name, readme) => {
      await shot(`${name} dark`, readme);
      await look('light');
      await shot(`${name} light`);
      await look('dark');
      await contrast(true);
      await shot(`${name} contrast`);
      await contrast(false);
    },
    openSidebar,
    giveKey: async (service, key) => {
      await ask.makeAsk(`API Key of ${service}`, async () => {
        // Each time: a window that is still being put in order may open the Explorer over it.
        await openSidebar();
        await services.inline(service, said('Set API Key…'));
      });
      await ask.answer(key);
      await services.item(service).filter({ hasNotText: 'no key' }).waitFor();
    },
    historyFolder: () => filesBelow(dataDir).map((file) => dirname(file)).find((each) => /workspaceStorage.*history$/.test(each)) ?? '',
    reload: async (kept) => {
      const holds = (content: string): boolean => (typeof kept === 'string' ? content.includes(kept) : kept.test(content));
      await vi.waitFor(async () => {
        await lookAway(page);
        const all = await keptInBrowser(page);
        if (all.some(({ content }) => holds(content))) return;
        const editors = all.find(({ place }) => place.endsWith('memento/workbench.parts.editor'))?.content ?? 'nothing';
        throw new Error(`VS Code has not kept ${String(kept)}. Of the editors it has: ${editors.slice(0, mostKept)}`);
      }, { timeout: keptMs, interval: 500 });
      await page.reload();
      await ready();
    },
    clipboard: () => page.evaluate('navigator.clipboard.readText()'),
    close: async () => {
      for (const stop of stops) await stop();
      rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    },
  };
}

/**
 * What VS Code asks the browser, whether the system wants high contrast, is answered by the tests. The browser could play it as well, but
 * would paint all in colours of its own then.
 */
const askedContrast = `
  const asked = Object.assign(new EventTarget(), { matches: false });
  const { matchMedia } = window;
  window.matchMedia = (query) => (query === '(forced-colors: active)' ? asked : matchMedia.call(window, query));
  window.askForContrast = (wanted) => {
    asked.matches = wanted;
    asked.dispatchEvent(new Event('change'));
  };
`;

/**
 * What turns and slides until something is done stands still, in VS Code and in its pages: without a graphics card the processor draws each
 * frame of it.
 */
const atRest = `
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(\`.codicon-modifier-spin, .codicon-loading, .codicon-tree-item-loading::before, .progress-bit, .icon-sending {
    animation-play-state: paused !important;
  }\`);
  document.adoptedStyleSheets.push(sheet);
`;

/** So long may VS Code take to save, in milliseconds; and so much of what it saved of the editors is told if it does not, in characters. */
const keptMs = 60_000;
const mostKept = 3_000;

/** The network of this machine is no part of the tests. */
const noProxies = { HTTP_PROXY: '', http_proxy: '', HTTPS_PROXY: '', https_proxy: '', NO_PROXY: '', no_proxy: '' };
