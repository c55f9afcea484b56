// All features started together, without an editor: each id that package.json tells VS Code of has a feature behind it, and they go as they came.

import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { ExtensionContext } from 'vscode';
import { command, panel } from '../../src/ui/ids';
import { start, type Main, type Views } from '../../src/main';
import type * as platforms from '../../src/ui/platform';

const root = join(import.meta.dirname, '../..');

/** How many listeners and registrations VS Code has of ours. */
const held = vi.hoisted(() => ({ count: 0, log: [] as string[], accountsAsked: 0 }));

vi.mock('vscode', () => {
  const disposable = (): { dispose: () => void } => {
    held.count += 1;
    let there = true;
    return { dispose: () => void (there && ((there = false), (held.count -= 1))) };
  };
  const uri = (path: string): object => ({ path, fsPath: path, scheme: 'file', toString: () => `file://${path}` });
  const joinPath = (base: { readonly path: string }, ...parts: readonly string[]): object => uri([base.path, ...parts].join('/'));
  class EventEmitter {
    readonly event = disposable;
    fire(): void {}
    dispose(): void {}
  }
  return {
    EventEmitter,
    l10n: {},
    Uri: { joinPath, parse: uri, file: uri },
    Disposable: { from: (...items: readonly { dispose(): void }[]) => ({ dispose: () => items.forEach((item) => item.dispose()) }) },
    StatusBarAlignment: { Left: 1, Right: 2 },
    TabInputWebview: class {},
    ThemeColor: class {},
    workspace: {
      textDocuments: [], onDidOpenTextDocument: disposable, onDidCloseTextDocument: disposable, onDidChangeTextDocument: disposable, onDidSaveTextDocument: disposable, onDidChangeConfiguration: disposable,
      registerTextDocumentContentProvider: disposable, getConfiguration: () => ({ get: () => undefined, inspect: () => undefined }),
    },
    window: {
      visibleTextEditors: [], tabGroups: { activeTabGroup: {}, all: [], onDidChangeTabs: disposable }, onDidChangeActiveTextEditor: disposable, onDidChangeWindowState: disposable, onDidChangeVisibleTextEditors: disposable,
      createOutputChannel: () => ({ ...disposable(), info: () => undefined, warn: (line: string) => held.log.push(line), error: (line: string) => held.log.push(line) }),
      createStatusBarItem: () => ({ ...disposable(), show: () => undefined, hide: () => undefined }),
    },
    authentication: { onDidChangeSessions: disposable, getAccounts: () => Promise.resolve(((held.accountsAsked += 1), [])), getSession: () => Promise.resolve(undefined) },
    commands: { executeCommand: () => Promise.resolve() },
    languages: { createDiagnosticCollection: () => ({ ...disposable(), delete: () => undefined }) },
  };
});

const seen = vi.hoisted(() => ({ platforms: [] as platforms.Platform[] }));
vi.mock('../../src/ui/platform', async (load) => {
  const { createPlatform } = await load<typeof platforms>();
  return {
    createPlatform: (...args: Parameters<typeof createPlatform>) => {
      const made = createPlatform(...args);
      seen.platforms.push(made);
      return made;
    },
  };
});

const folder = mkdtempSync(join(tmpdir(), 'main-'));
const memory = { get: (_key: string, usual?: unknown) => usual, update: () => Promise.resolve() };
const uri = (path: string): object => ({ path, fsPath: path, scheme: 'file', toString: () => `file://${path}` });
const context = {
  subscriptions: [] as { dispose(): void }[], extension: { packageJSON: { version: '1' } }, extensionUri: uri(root), globalStorageUri: uri(folder), storageUri: undefined,
  workspaceState: memory, globalState: memory, asAbsolutePath: (path: string) => join(root, path),
  secrets: { get: () => Promise.resolve(undefined), store: () => Promise.resolve(), delete: () => Promise.resolve(), onDidChange: () => ({ dispose: () => undefined }) },
};

function isContext(value: unknown): value is ExtensionContext {
  return typeof value === 'object';
}

function isViews(value: unknown): value is Views {
  return typeof value === 'object';
}

let main: Main;
let platform: platforms.Platform;
beforeAll(() => {
  const given: unknown = context;
  const never = () => ({ dispose: () => undefined });
  const view = { treeView: { selection: [], onDidExpandElement: never, onDidCollapseElement: never }, treeChanged: { fire: () => undefined } };
  const views: unknown = { services: view, history: view, apim: view };
  expect.assert(isContext(given) && isViews(views));
  main = start(given, views);
  const [made] = seen.platforms;
  expect.assert(made !== undefined);
  platform = made;
});
afterAll(() => rmSync(folder, { recursive: true }));

it('every command has a feature', () => {
  expect([...platform.commands.ids].sort()).toEqual(Object.values(command).sort());
});

it('every panel has a feature', () => {
  expect([...platform.panels.ids].sort()).toEqual(Object.values(panel).sort());
});

describe('buttons under errors', () => {
  it('have these words on pages', () => {
    expect(platform.errorActions.pageLabels()).toEqual({
      setServiceKey: 'Set API Key…', setSubscriptionKey: 'Set Subscription Key…', retry: 'Try Again', openSettings: 'Open Settings', openNetworkSettings: 'Open Network Settings',
      showLog: 'Show Log', changeService: 'Choose Another Service…', startSample: 'Start the Sample Service', addStorage: 'Add Storage Account…',
      signIn: 'Sign In to Azure', registerProvider: 'Register API Management', openPortal: 'Open in the Portal',
      limitCalls: 'Limit Calls…', editPolicy: 'Edit Policy', activateSubscription: 'Activate Subscription', addApiToProduct: 'Add API to Product…',
    });
  });

  it('have these words in messages only', () => {
    expect(platform.errorActions.offered(['showAnswer', 'openJob'], {})).toEqual([{ id: 'showAnswer', title: 'Show Answer' }, { id: 'openJob', title: 'Show Job' }]);
  });

  it('are registered for all ids that errors name', () => {
    const texts = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts')).map((name) => readFileSync(join(root, 'src', name), 'utf8'));
    const named = texts.flatMap((text) => [...text.matchAll(/\bactions(?:: readonly ErrorAction\[\])?(?::| =) \[([^\]]*)\]/g)]).flatMap(([, list = '']) => [...list.matchAll(/'(\w+)'/g)].map(([, id]) => id));
    expect(named.length).toBeGreaterThan(80);
    expect([...new Set(named)].filter((id) => !platform.errorActions.has(id))).toEqual([]);
  });
});

it('an unknown command does nothing, and a panel of an unknown type is closed', async () => {
  let closed = false;
  const left: unknown = { dispose: () => (closed = true) };
  expect.assert(isPanel(left));
  main.restorePanel('another', left, undefined);
  expect([closed, await main.run('another', [])]).toEqual([true, undefined]);
});

function isPanel(value: unknown): value is Parameters<Main['restorePanel']>[1] {
  return typeof value === 'object';
}

it('the trees are there, and empty', async () => {
  expect(await main.trees.services.getChildren()).toEqual([]);
  expect(await main.trees.history.getChildren()).toEqual([]);
});

it('nobody is asked for an account before the section of API Management is opened', async () => {
  expect(held.accountsAsked).toBe(0);
  expect(await main.trees.apim.getChildren()).toEqual([]);
  expect(held.accountsAsked).toBe(1);
});

it('nothing of it stays in VS Code when the window goes', () => {
  expect(held.count).toBeGreaterThan(10);
  for (const item of context.subscriptions) item.dispose();
  expect(held.count).toBe(0);
  expect(held.log).toEqual([]);
});
