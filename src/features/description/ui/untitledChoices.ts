// What was chosen for an untitled document ends with it: VS Code gives its name to the next one.

import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../../model/lifetime';
import type { ServiceOfFile } from '../../services';

const scheme = 'untitled';

/** Forgets the services of untitled documents that are closed, and of those that an earlier window has left behind. */
export function forgetClosedUntitled(serviceOfFile: ServiceOfFile, run: (work: () => Promise<void>) => void): Disposable {
  const lifetime = new DisposableStore();
  const forget = (files: readonly string[]): void => {
    if (files.length > 0) run(() => serviceOfFile.forget(files));
  };
  // The document of a tab that has not been looked at since the window was opened is not open yet.
  const forgetGone = (): void => {
    const untitled = serviceOfFile.files().filter((file) => file.startsWith(`${scheme}:`));
    if (untitled.length > 0) forget(untitled.filter((file) => !isOpen(file)));
  };
  lifetime.add(vscode.workspace.onDidCloseTextDocument((document) => {
    // A document whose language is changed is closed and opened, and is among the open ones all the time. One of the same name is not it.
    if (document.uri.scheme !== scheme || vscode.workspace.textDocuments.includes(document)) return;
    forget([document.uri.toString()]);
  }));
  lifetime.add(vscode.window.tabGroups.onDidChangeTabs(({ closed }) => {
    if (closed.some(({ input }) => input instanceof vscode.TabInputText && input.uri.scheme === scheme)) forgetGone();
  }));
  forgetGone();
  return lifetime;
}

function isOpen(file: string): boolean {
  return vscode.workspace.textDocuments.some(({ uri }) => uri.toString() === file) ||
    vscode.window.tabGroups.all.some(({ tabs }) =>
      tabs.some(({ input }) => input instanceof vscode.TabInputText && input.uri.toString() === file));
}
