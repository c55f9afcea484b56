// What an earlier build has left in VS Code, put there through VS Code itself: a stand-in with the extension's id keeps the texts of fixtures under their names.

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { vi } from 'vitest';
import { startServer, workbenchUrl } from '../../host/server.mjs';
import { offlineEnv } from '../../host/settings.mjs';
import type { Place } from './app';
import { keptInBrowser, lookAway } from './leaks';

/** A panel that was open. */
export interface LeftPanel {
  /** The panel's type, as VS Code knows it. */
  readonly type: string;
  readonly title: string;
  /** What its page has saved. */
  readonly state: unknown;
}

/** What was left. */
export interface Left {
  /** By the names in VS Code's secret store. */
  readonly secrets: Readonly<Record<string, string>>;
  /** By key. */
  readonly globalState: Readonly<Record<string, unknown>>;
  readonly workspaceState: Readonly<Record<string, unknown>>;
  /** In the order of their tabs. */
  readonly panels: readonly LeftPanel[];
  /** Folders whose content the extension has in its own folders: of all windows, and of the workspace. */
  readonly globalStorage: string;
  readonly workspaceStorage: string;
}

/** The folder of requests in the fixtures. The folder that is opened takes its place. */
export const folderOfFixtures = '/home/person/requests';

const id = { publisher: 'azureml-web-services', name: 'azureml-web-services' };

/** So long may VS Code take to start and to save, in milliseconds. */
const keptMs = 90_000;

/** Leaves it at a place. The window is gone when this resolves. */
export async function leave({ dataDir, folder, page, port }: Place, left: Left): Promise<void> {
  const extensionsDir = mkdtempSync(join(tmpdir(), 'azureml-left-'));
  const inFolder = (text: string): string => text.replaceAll(folderOfFixtures, pathToFileURL(folder).pathname);
  writeStandIn(extensionsDir, inFolder(JSON.stringify(left)));
  const server = await startServer({ dataDir, extensionsDir, port, trust: true, env: offlineEnv });
  try {
    await page.goto(workbenchUrl(server, folder));
    await page.locator('.part.statusbar').getByText('All is left').waitFor({ timeout: keptMs });
    const names = [...Object.keys(left.globalState), ...Object.keys(left.workspaceState), 'secrets.provider'];
    // VS Code keeps them as JSON in JSON, and what their pages saved in that.
    const unescaped = (text: string): string => text.replaceAll('\\', '');
    const panels = left.panels.map(({ type, state }) => ({ type, state: unescaped(inFolder(JSON.stringify(state))) }));
    await vi.waitFor(async () => {
      await lookAway(page);
      const kept = await keptInBrowser(page);
      const all = kept.map((each) => each.place + each.content).join('\n');
      // The types of panels stand elsewhere as well, and sooner; what the page of the last one saved comes later than its type.
      const editors = unescaped(kept.find((each) => each.place.endsWith('memento/workbench.parts.editor'))?.content ?? '');
      const missing = [
        ...names.filter((name) => !all.includes(name)),
        ...panels.flatMap(({ type, state }) => (editors.includes(type) && editors.includes(state) ? [] : [type])),
      ];
      if (missing.length > 0) throw new Error(`VS Code has not kept ${missing.join(', ')}.`);
    }, { timeout: keptMs, interval: 500 });
    await page.goto('about:blank');
  } finally {
    await server.stop();
    rmSync(extensionsDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

function writeStandIn(extensionsDir: string, left: string): void {
  const relativeLocation = `${id.publisher}.${id.name}-0.0.1`;
  const folder = join(extensionsDir, relativeLocation);
  mkdirSync(folder);
  const manifest = { ...id, version: '0.0.1', engines: { vscode: '^1.103.0' }, main: './standIn.js', activationEvents: ['onStartupFinished'], extensionKind: ['workspace'] };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  writeFileSync(join(folder, 'left.json'), left);
  writeFileSync(join(folder, 'standIn.js'), standIn);
  const location = { $mid: 1, path: folder.replaceAll('\\', '/'), scheme: 'file' };
  writeFileSync(join(extensionsDir, 'extensions.json'), JSON.stringify([{ identifier: { id: `${id.publisher}.${id.name}` }, version: '0.0.1', location, relativeLocation, metadata: {} }]));
}

/** Runs in VS Code's extension host, so that it is text here. VS Code keeps a panel only where somebody says that it can be brought back. */
const standIn = `
const { cpSync, readFileSync } = require('node:fs');
const vscode = require('vscode');
exports.activate = async ({ secrets, globalState, workspaceState, globalStorageUri, storageUri, subscriptions }) => {
  const left = JSON.parse(readFileSync(require('node:path').join(__dirname, 'left.json'), 'utf8'));
  for (const [name, value] of Object.entries(left.secrets)) await secrets.store(name, value);
  for (const [key, value] of Object.entries(left.globalState)) await globalState.update(key, value);
  for (const [key, value] of Object.entries(left.workspaceState)) await workspaceState.update(key, value);
  cpSync(left.globalStorage, globalStorageUri.fsPath, { recursive: true });
  cpSync(left.workspaceStorage, storageUri.fsPath, { recursive: true });
  for (const { type, title, state } of left.panels) {
    subscriptions.push(vscode.window.registerWebviewPanelSerializer(type, { deserializeWebviewPanel: async () => undefined }));
    const panel = vscode.window.createWebviewPanel(type, title, vscode.ViewColumn.One, { enableScripts: true });
    const saved = new Promise((done) => panel.webview.onDidReceiveMessage(done));
    panel.webview.html = '<script>const page = acquireVsCodeApi(); page.setState(' + JSON.stringify(state).replaceAll('<', '\\\\u003c') + '); page.postMessage("saved");</script>';
    await saved;
  }
  const told = vscode.window.createStatusBarItem();
  told.text = 'All is left';
  told.show();
  subscriptions.push(told);
};
`;

/** Reads what is left from a folder of fixtures. */
export function leftIn(folder: string): Left {
  const read = <T>(name: string): T => JSON.parse(readFileSync(join(folder, name), 'utf8'));
  return {
    secrets: read('secrets.json'), globalState: read('globalState.json'), workspaceState: read('workspaceState.json'), panels: read('panels.json'),
    globalStorage: join(folder, 'globalStorage'), workspaceStorage: join(folder, 'workspaceStorage'),
  };
}

/** The user's settings of a folder of fixtures. */
export function settingsIn(folder: string): Readonly<Record<string, unknown>> {
  return JSON.parse(readFileSync(join(folder, 'settings.json'), 'utf8'));
}
