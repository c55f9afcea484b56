// Opens one of the pages in a real browser as VS Code would: the same policy, the same variables, a stand-in for the editor.

import { build } from 'esbuild';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { FromComparePage, ToComparePage } from '../../../src/features/history/messages';
import type { FromFilePage, ToFilePage } from '../../../src/features/tableFiles/messages';
import type { FromJobPage, ToJobPage } from '../../../src/features/jobs/messages';
import type { FromPage, PanelState, RunEntry, ToPage } from '../../../src/features/scoring/messages';
import type { FromChoicesPage, ToChoicesPage } from '../../../src/features/apim/choices/messages';
import type { FromCreatePage, ToCreatePage } from '../../../src/features/apim/create/messages';
import type { FromServicePage, ToServicePage } from '../../../src/features/code/messages';
import type { FromPublishPage, ToPublishPage } from '../../../src/features/apim/publish/messages';
import type { FromLimitsPage, ToLimitsPage } from '../../../src/features/apim/limits/messages';
import type { FromTestPage, ToTestPage } from '../../../src/features/tryIt/test/messages';
import type { FromTryItPage, ToTryItPage } from '../../../src/features/tryIt/messages';
import type { FromUsagePage, ToUsagePage } from '../../../src/features/apim/usage/messages';
import type { FromWaysPage, ToWaysPage } from '../../../src/features/apim/ways/messages';
import { axeFinds, axeHeaders, axePath, axeScript, pageNonce } from './axe.mjs';
import { sharedPages, type BrowserPages } from './browserPages';
import { bodyClass, themeSheet, type ThemeName } from './themes';

const root = join(import.meta.dirname, '..', '..', '..');

/** The words on the buttons under errors, as the editor gives them to a page. */
const actions = {
  setServiceKey: 'Set API Key…', setSubscriptionKey: 'Set Subscription Key…', retry: 'Try Again', openSettings: 'Open Settings', openNetworkSettings: 'Open Network Settings',
  showLog: 'Show Log', changeService: 'Choose Another Service…', startSample: 'Start the Sample Service', addStorage: 'Add Storage Account…',
};

/** How a page is opened. `saved` is what an earlier life of it kept. */
export interface OpenOptions {
  readonly theme?: ThemeName;
  readonly width?: number;
  readonly height?: number;
  readonly saved?: unknown;
  readonly reducedMotion?: boolean;
  /** Pixels of the screen to one of the page: 2 is what a person has who makes everything twice as large. */
  readonly scale?: number;
  /** For a test that changes what stays with a page when another one is loaded: its clock, or functions that it calls. */
  readonly own?: boolean;
}

/** What an editor can send to one of the pages, and what it can hear from one. */
export type ToAnyPage =
  | ToPage | ToJobPage | ToFilePage | ToComparePage | ToServicePage | ToChoicesPage | ToPublishPage | ToLimitsPage | ToCreatePage
  | ToTryItPage | ToTestPage | ToUsagePage | ToWaysPage;
export type FromAnyPage =
  | FromPage | FromJobPage | FromFilePage | FromComparePage | FromServicePage | FromChoicesPage | FromPublishPage | FromLimitsPage
  | FromCreatePage | FromTryItPage | FromTestPage | FromUsagePage | FromWaysPage;

/** A page in a browser. */
export interface AnswerPage {
  readonly page: Page;
  /** Sends a message as the editor would. */
  post(message: ToAnyPage): Promise<void>;
  /** Sends messages and waits until they are drawn whole. */
  tell(...messages: readonly ToAnyPage[]): Promise<void>;
  /** Sends a state and waits until it is drawn whole. */
  show(state: PanelState, run?: readonly RunEntry[], current?: number): Promise<void>;
  /** What the page has told the editor, oldest first, without the `ready` of its start. */
  sent(): Promise<readonly FromAnyPage[]>;
  /** What the page has saved last. */
  saved(): Promise<unknown>;
  /** Signs that something ran or was asked for that should not have been. */
  harm(): Promise<readonly string[]>;
  /** What axe finds wrong, a line each. */
  axe(): Promise<readonly string[]>;
  /** Takes a picture for people to look at. */
  picture(name: string): Promise<void>;
  /** Ends it: what is opened next may be in its place. */
  close(): Promise<void>;
}

/** The pages there are. */
export type PageName =
  | 'answer' | 'job' | 'file' | 'compare' | 'service' | 'choices' | 'publish' | 'limits' | 'instance' | 'tryIt'
  | 'serviceTest' | 'usage' | 'ways'
  | 'kit/examples';

/** A server for one test file, and the browser that it shares with others. */
export interface Harness {
  open(options?: OpenOptions): Promise<AnswerPage>;
  /** Ends the pages that are open still: for files that do so after each test. */
  closePages(): Promise<void>;
  close(): Promise<void>;
}

/** Builds a page and serves it. */
export async function startHarness(name: PageName = 'answer'): Promise<Harness> {
  const folder = mkdtempSync(join(tmpdir(), `${name.replace('/', '-')}-page-`));
  await build({
    entryPoints: { page: join(root, `media/${name}/page.ts`), style: join(root, `media/${name}/style.css`) },
    outdir: folder, bundle: true, platform: 'browser', target: 'chrome120', format: 'iife', logLevel: 'warning',
  });
  const kept: unknown[] = [];
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    if (url.pathname === axePath) return void response.writeHead(200, axeHeaders).end(axeScript);
    const theme = themeOf(url.searchParams.get('theme'));
    const [type, text] = url.pathname === '/' ? ['text/html', host(theme, origin(server), kept[Number(url.searchParams.get('open'))])]
      : url.pathname === '/page.js' ? ['text/javascript', readFileSync(join(folder, 'page.js'), 'utf8')]
        : url.pathname === '/style.css' ? ['text/css', readFileSync(join(folder, 'style.css'), 'utf8')]
          : url.pathname === '/theme.css' ? ['text/css', themeSheet(theme)] : [undefined, ''];
    response.writeHead(type === undefined ? 404 : 200, { 'content-type': `${type ?? 'text/plain'}; charset=utf-8` }).end(text);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const pages = await sharedPages();
  return {
    open: (options = {}) => open(pages, `${origin(server)}/?theme=${options.theme ?? 'dark'}&open=${kept.push(options.saved) - 1}`, options),
    closePages: () => pages.giveBackAll(),
    close: async () => {
      await pages.giveBackAll();
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
      rmSync(folder, { recursive: true });
    },
  };
}

async function open(pages: BrowserPages, address: string, { width = 900, height = 640, ...others }: OpenOptions): Promise<AnswerPage> {
  const page = await pages.take({ width, height, ...others });
  const asked: string[] = [];
  const faults: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  page.on('pageerror', (error) => faults.push(`error: ${error.message}`));
  page.on('dialog', (dialog) => {
    faults.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  await page.goto(address);
  const ownRequests = ['/', '/theme.css', '/style.css', '/page.js', axePath];

  const post = (message: ToAnyPage): Promise<void> => page.evaluate(`window.postMessage(${asExpression(message)}, '*')`);
  const settle = async (): Promise<void> => {
    // Once round the event loop for the message itself, then two frames for what is drawn in the next one.
    await page.evaluate('new Promise((done) => setTimeout(() => requestAnimationFrame(() => requestAnimationFrame(done))))');
  };
  return {
    page,
    post,
    show: async (state, run = [], current = 0) => {
      await post({ type: 'state', state, run, current });
      await settle();
    },
    tell: async (...messages) => {
      for (const message of messages) await post(message);
      await settle();
    },
    sent: async () => {
      const messages: FromAnyPage[] = await page.evaluate('window.editorMessages');
      return messages.slice(1);
    },
    saved: () => page.evaluate('window.editorState'),
    harm: async () => {
      const inside: string[] = await page.evaluate('[...window.violations, ...(window.__pwned === undefined ? [] : ["a script of the answer ran"])]');
      return [...inside, ...faults, ...asked.filter((path) => !ownRequests.includes(path)).map((path) => `request: ${path}`)];
    },
    axe: () => axeFinds(page),
    picture: async (name) => {
      const pictures = join(root, '.vscode-test/screenshots/page');
      mkdirSync(pictures, { recursive: true });
      await page.screenshot({ path: join(pictures, `${name}.png`) });
    },
    close: () => pages.giveBack(page),
  };
}

/**
 * A message as an expression of the page. A long text of one letter is sent as the letter and its count: to send megabytes of it takes longer
 * than to draw them.
 */
function asExpression(message: ToAnyPage): string {
  const text = JSON.stringify(message, (_, value: unknown) => {
    const isOneLetter = typeof value === 'string' && value.length >= 1000 && value === value.charAt(0).repeat(value.length);
    return isOneLetter ? `${repeated}${value.charAt(0)}${value.length}` : value;
  });
  const reviver = `(_, value) => typeof value === 'string' && value.startsWith('${repeated}')
    ? value.at(${repeated.length}).repeat(value.slice(${repeated.length + 1})) : value`;
  return `JSON.parse(${JSON.stringify(text)}${text.includes(repeated) ? `, ${reviver}` : ''})`;
}

const repeated = '⟪repeated⟫';

function origin(server: Server): string {
  const address = server.address();
  return `http://127.0.0.1:${address !== null && typeof address === 'object' ? address.port : 0}`;
}

function themeOf(text: string | null): ThemeName {
  return text === 'light' || text === 'contrast' || text === 'contrast-light' ? text : 'dark';
}

function host(theme: ThemeName, source: string, saved: unknown): string {
  return `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Answer</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src ${source}; script-src 'nonce-${pageNonce}'; font-src ${source}; img-src data:; base-uri 'none'; form-action 'none'">
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/theme.css?theme=${theme}"><link rel="stylesheet" href="/style.css">
<script nonce="${pageNonce}">
window.violations = [];
document.addEventListener('securitypolicyviolation', (event) => window.violations.push('policy: ' + event.violatedDirective + ' ' + event.blockedURI));
window.editorMessages = [];
window.editorState = ${JSON.stringify(saved ?? null).replaceAll('<', '\\u003c')};
window.acquireVsCodeApi = () => ({
  postMessage: (message) => window.editorMessages.push(message),
  getState: () => window.editorState,
  setState: (state) => { window.editorState = state; },
});
</script></head>
<body class="${bodyClass(theme)}"><main id="root" data-actions="${JSON.stringify(actions).replaceAll('"', '&quot;')}"></main><script nonce="${pageNonce}" src="/page.js"></script></body></html>`;
}
