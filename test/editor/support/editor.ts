// Files, settings, messages and the panel of the VS Code that runs the tests, and how all is put back after each test.

import { strict as assert } from 'node:assert';
import { isDeepStrictEqual } from 'node:util';
import * as vscode from 'vscode';
import type { ExchangeView, PanelState } from '../../../src/features/scoring/messages';
import { command } from '../../../src/ui/ids';
import { leaveAll } from './questions';
import { afterwards, undoAll, until } from './until';
import { watched, type Message, type WatchedPanel } from './watched';

const extensionId = 'azureml-web-services.azureml-web-services';

/** The extension as VS Code sees it. */
export function extension(): vscode.Extension<unknown> {
  const found = vscode.extensions.getExtension(extensionId);
  assert.ok(found, `${extensionId} is not installed`);
  return found;
}

/** Where a file of this project is. */
export function projectFile(...path: string[]): string {
  return vscode.Uri.joinPath(extension().extensionUri, ...path).fsPath;
}

/** A file of the folder that is open. */
export function fileUri(name: string): vscode.Uri {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder, 'no folder is open');
  return vscode.Uri.joinPath(folder.uri, name);
}

let files = 0;

/** Writes a file of a name that no test has used before, and removes it after the test. */
export async function writeFile(text: string, ending = 'json'): Promise<vscode.Uri> {
  files += 1;
  const file = fileUri(`request-${Date.now().toString(36)}-${files}.${ending}`);
  await vscode.workspace.fs.writeFile(file, Buffer.from(text));
  afterwards(async () => vscode.workspace.fs.delete(file));
  return file;
}

/** Opens a file in an editor, which then has the focus. */
export async function open(file: vscode.Uri): Promise<vscode.TextEditor> {
  return vscode.window.showTextDocument(await vscode.workspace.openTextDocument(file), { preview: false });
}

/** The name of a file, as tabs show it. */
export function nameOf(file: vscode.Uri): string {
  return file.path.slice(file.path.lastIndexOf('/') + 1);
}

/** Sets a user setting for the rest of the test; undefined takes it away. Resolves when extensions see it. */
export async function setSetting(id: string, value: unknown): Promise<void> {
  const read = (): unknown => vscode.workspace.getConfiguration().inspect(id)?.globalValue;
  const write = async (next: unknown): Promise<void> => {
    await vscode.workspace.getConfiguration().update(id, next, vscode.ConfigurationTarget.Global);
    await until(`the setting ${id} has its value`, () => isDeepStrictEqual(read(), next));
  };
  const before = read();
  afterwards(() => write(before));
  await write(value);
}

/** Puts these services, and no others, into the user's settings. */
export function setServices(...services: readonly { name?: string; address: string; workspace?: string; subscriptionKeyHeader?: string }[]): Promise<void> {
  return setSetting('azuremlWebServices.services', services);
}

/** The services in the user's settings as they are now. */
export function savedServices(): unknown {
  return vscode.workspace.getConfiguration('azuremlWebServices').inspect('services')?.globalValue;
}

/** Runs a command of the extension. */
export async function run(id: keyof typeof command, ...args: unknown[]): Promise<unknown> {
  return vscode.commands.executeCommand(command[id], ...args);
}

/** Sends the request in the editor to the service with this address, without being asked which. */
export function sendHere(address: string): Promise<unknown> {
  const editor = vscode.window.activeTextEditor ?? vscode.window.visibleTextEditors.find(({ document }) => /^jsonc?$/.test(document.languageId));
  assert.ok(editor, 'no request is open');
  return run('sendToService', address, editor.document.uri);
}

/** The messages of this test so far. */
export function messages(): readonly Message[] {
  return watched.messages;
}

/** Leaves what was said so far out of what `messages` gives. */
export function forgetMessages(): void {
  watched.messages.length = 0;
}

/** Fails where the extension has said anything. */
export function saidNothing(): void {
  assert.deepEqual(watched.messages, []);
}

/** The answer panel that was opened last. */
export function answerPanel(): WatchedPanel {
  const panel = watched.panels.at(-1);
  assert.ok(panel, 'no answer panel was opened');
  return panel;
}

/** What the answer panel was told last. */
export function panelState(): PanelState {
  const told = answerPanel().toPage.findLast((message) => message.type === 'state');
  assert.ok(told, 'the panel was told nothing');
  return told.state;
}

/** The exchange that the panel shows. */
export function shownAnswer(): ExchangeView {
  const state = panelState();
  assert.equal(state.kind, 'answered');
  return state.view;
}

/** The tabs with an answer, wherever they are. */
export function answerTabs(): vscode.Tab[] {
  return vscode.window.tabGroups.all
    .flatMap((group) => group.tabs)
    .filter(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.includes('azuremlWebServices.answer'));
}

/** Puts all back: questions, calls, the sample, editors, messages, settings, files. For `afterEach`. */
export async function tidy(): Promise<void> {
  await leaveAll();
  await run('cancelRequest');
  await run('stopSample');
  await closeEditors();
  await undoAll();
  await vscode.commands.executeCommand('notifications.clearAll');
  watched.messages.length = 0;
}

async function closeEditors(): Promise<void> {
  // What has been changed is given up, or closing would ask whether to save it.
  for (const { input } of vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).filter((tab) => tab.isDirty)) {
    if (!(input instanceof vscode.TabInputText)) continue;
    await vscode.window.showTextDocument(input.uri);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  }
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  await vscode.commands.executeCommand('workbench.action.joinAllGroups');
  // The group that is left may be the answer's, which VS Code keeps locked.
  await vscode.commands.executeCommand('workbench.action.unlockEditorGroup');
  await until('all editors are closed', () => vscode.window.tabGroups.all.every(({ tabs }) => tabs.length === 0));
}
