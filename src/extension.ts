// The door: tells VS Code what there is, and loads the house behind it on first use, so that starting costs next to nothing.

import * as vscode from 'vscode';
import { concernsUs, sampleRan } from './editor/firstUse';
import { command, panel, view } from './editor/ids';
import type { Node } from './editor/tree/nodes';
import type { House } from './roof';

/** VS Code calls this once: at the first command, when the view is shown, or with a JSON file. */
export function activate(context: vscode.ExtensionContext): void {
  const { subscriptions } = context;
  let house: Promise<House> | undefined;
  const enter = (): Promise<House> => (house ??= import('./roof').then(({ build }) => build({ context, treeView, treeChanged })));
  const enterQuietly = (): void => void enter().catch((error: unknown) => console.error('Azure ML Web Services could not be loaded', error));

  for (const id of Object.values(command)) {
    subscriptions.push(vscode.commands.registerCommand(id, async (...args: readonly unknown[]) => (await enter()).run(id, args)));
  }
  const treeChanged = new vscode.EventEmitter<void>();
  const treeView = vscode.window.createTreeView<Node>(view.services, {
    treeDataProvider: {
      onDidChangeTreeData: treeChanged.event,
      getTreeItem: async (node) => (await enter()).tree.getTreeItem(node),
      getChildren: async (node) => (await enter()).tree.getChildren(node),
    },
  });
  subscriptions.push(treeChanged, treeView, vscode.window.registerWebviewPanelSerializer(panel.answer, {
    deserializeWebviewPanel: async (restored) => (await enter()).restorePanel(restored),
  }));

  // The status bar tells of a request's service, and a sample that ran before a reload runs again; nothing else needs the house by itself.
  const look = (editor: vscode.TextEditor | undefined): void => {
    if (!editor || !concernsUs(editor.document, context.workspaceState)) return;
    watching.dispose();
    enterQuietly();
  };
  const watching = vscode.Disposable.from(
    vscode.window.onDidChangeActiveTextEditor(look),
    vscode.workspace.onDidSaveTextDocument(() => look(vscode.window.activeTextEditor)),
  );
  subscriptions.push(watching);
  setImmediate(() => {
    if (sampleRan(context)) enterQuietly();
    else look(vscode.window.activeTextEditor);
  });
}
