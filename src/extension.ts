// The door: tells VS Code what there is, and loads the house behind it on first use, so that starting costs next to nothing.

import * as vscode from 'vscode';
import { concernsUs, jobsUnderWay, lookPauseMs, sampleRan } from './features/services/firstUse';
import type { HistoryNode } from './features/history/nodes';
import { command, panel, view } from './ui/ids';
import type { Node } from './features/services/nodes';
import type { DoorParts, House } from './main';

/** VS Code calls this once: at the first command, when the view is shown, or with a JSON file. */
export function activate(context: vscode.ExtensionContext): void {
  const { subscriptions } = context;
  let house: Promise<House> | undefined;
  let trees: Omit<DoorParts, 'context'> | undefined;
  const enter = (): Promise<House> => (house ??= import('./main').then(({ build }) => build({ context, ...showTrees() })));
  const enterQuietly = (): void => void enter().catch((error: unknown) => console.error('Azure ML Web Services could not be loaded', error));

  for (const id of Object.values(command)) {
    subscriptions.push(vscode.commands.registerCommand(id, async (...args: readonly unknown[]) => (await enter()).run(id, args)));
  }
  const showTrees = (): Omit<DoorParts, 'context'> => {
    if (trees) return trees;
    const treeChanged = new vscode.EventEmitter<Node[] | undefined>();
    const treeView = vscode.window.createTreeView<Node>(view.services, {
      treeDataProvider: {
        onDidChangeTreeData: treeChanged.event,
        getTreeItem: async (node) => (await enter()).tree.getTreeItem(node),
        getChildren: async (node) => (await enter()).tree.getChildren(node),
      },
    });
    const historyChanged = new vscode.EventEmitter<HistoryNode[] | undefined>();
    const historyView = vscode.window.createTreeView<HistoryNode>(view.history, {
      canSelectMany: true,
      showCollapseAll: true,
      treeDataProvider: {
        onDidChangeTreeData: historyChanged.event,
        getTreeItem: async (node) => (await enter()).history.getTreeItem(node),
        getChildren: async (node) => (await enter()).history.getChildren(node),
      },
    });
    subscriptions.push(treeChanged, treeView, historyChanged, historyView);
    return (trees = { treeView, treeChanged, historyView, historyChanged });
  };

  // Menus and the status bar tell of requests that are open, a sample that ran before a reload runs again, and jobs are followed until they are over;
  // nothing else needs the house by itself.
  const look = (): void => {
    if (!vscode.window.visibleTextEditors.some(({ document }) => concernsUs(document, context.workspaceState))) return;
    watching.dispose();
    enterQuietly();
  };
  let timer: NodeJS.Timeout | undefined;
  const lookSoon = (): void => {
    timer ??= setTimeout(() => {
      timer = undefined;
      look();
    }, lookPauseMs);
  };
  // A text may become a request while it is written, and JSON when its language is chosen, which opens it anew.
  const watching = vscode.Disposable.from(
    vscode.window.onDidChangeVisibleTextEditors(look),
    vscode.workspace.onDidOpenTextDocument(lookSoon),
    vscode.workspace.onDidChangeTextDocument(lookSoon),
    { dispose: () => clearTimeout(timer) },
  );
  subscriptions.push(watching);
  // Whoever waits for the activation, as a command does, waits for neither of these; VS Code keeps a place for all until they come.
  setImmediate(() => {
    showTrees();
    for (const id of Object.values(panel)) {
      subscriptions.push(vscode.window.registerWebviewPanelSerializer(id, {
        deserializeWebviewPanel: async (restored, state: unknown) => (await enter()).restorePanel(id, restored, state),
      }));
    }
    if (sampleRan(context) || jobsUnderWay(context)) enterQuietly();
    else look();
  });
}
