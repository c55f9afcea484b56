// Tells VS Code which commands, views and panels there are, and loads what is behind them on first use, so that activation costs next to
// nothing.

import * as vscode from 'vscode';
import type { HistoryNode } from './features/history';
import { concernsUs, jobsUnderWay, lookPauseMs, sampleRan } from './features/services/firstUse';
import { command, panel, view } from './ui/ids';
import type { Main, Views } from './main';
import type { TreeNode } from './ui/treeSections';

/** VS Code calls this once: at the first command, when the view is shown, or with a JSON file. */
export function activate(context: vscode.ExtensionContext): void {
  const { subscriptions } = context;
  let main: Promise<Main> | undefined;
  let views: Views | undefined;
  const load = (): Promise<Main> => (main ??= translateAll().then(() => import('./main')).then(({ start }) => start(context, showTrees())));
  const loadQuietly = (): void => void load().catch((error: unknown) => console.error('Azure ML Web Services could not be loaded', error));

  for (const id of Object.values(command)) {
    subscriptions.push(vscode.commands.registerCommand(id, async (...args: readonly unknown[]) => (await load()).run(id, args)));
  }
  const showTrees = (): Views => {
    if (views) return views;
    const treeChanged = new vscode.EventEmitter<TreeNode[] | undefined>();
    const treeView = vscode.window.createTreeView<TreeNode>(view.services, {
      canSelectMany: true,
      showCollapseAll: true,
      treeDataProvider: {
        onDidChangeTreeData: treeChanged.event,
        getTreeItem: async (node) => (await load()).trees.services.getTreeItem(node),
        getChildren: async (node) => (await load()).trees.services.getChildren(node),
      },
    });
    const historyChanged = new vscode.EventEmitter<HistoryNode[] | undefined>();
    const historyView = vscode.window.createTreeView<HistoryNode>(view.history, {
      canSelectMany: true,
      showCollapseAll: true,
      treeDataProvider: {
        onDidChangeTreeData: historyChanged.event,
        getTreeItem: async (node) => (await load()).trees.history.getTreeItem(node),
        getChildren: async (node) => (await load()).trees.history.getChildren(node),
      },
    });
    subscriptions.push(treeChanged, treeView, historyChanged, historyView);
    return (views = { services: { treeView, treeChanged }, history: { treeView: historyView, treeChanged: historyChanged } });
  };

  // Menus and the status bar tell of requests that are open, a sample that ran before a reload runs again, and jobs are followed until they
  // are over; nothing else needs main by itself.
  const look = (): void => {
    if (!vscode.window.visibleTextEditors.some(({ document }) => concernsUs(document, context.workspaceState))) return;
    watching.dispose();
    loadQuietly();
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
        deserializeWebviewPanel: async (restored, state: unknown) => (await load()).restorePanel(id, restored, state),
      }));
    }
    if (sampleRan(context) || jobsUnderWay(context)) loadQuietly();
    else look();
  });
}

/** Gives the texts of the display language to all that is loaded afterwards. Reads nothing where there is no translation. */
async function translateAll(): Promise<void> {
  const { bundle } = vscode.l10n;
  if (bundle) (await import('./base/translate')).translate(bundle);
}
