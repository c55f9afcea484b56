// Tells VS Code which commands, views and panels there are, and loads what is behind them on first use, so that activation costs next to
// nothing.

import * as vscode from 'vscode';
import type { ApimNode } from './features/apim';
import type { HistoryNode } from './features/history';
import { concernsUs, instancesUnderWay, jobsUnderWay, lookPauseMs, sampleRan } from './features/services/firstUse';
import { command, panel, policyScheme, view } from './ui/ids';
import { LateFileSystem } from './ui/lateFileSystem';
import type { Main, Provider, Views } from './main';
import type { TreeNode } from './ui/treeSections';

interface View<Node> {
  readonly treeView: vscode.TreeView<Node>;
  readonly treeChanged: vscode.EventEmitter<Node[] | undefined>;
}

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
  // At once: whoever has activated this by a policy that a reload has left asks for it next.
  const policies = new LateFileSystem(policyScheme, async () => (await load()).policyFiles());
  subscriptions.push(policies, vscode.workspace.registerFileSystemProvider(policyScheme, policies, { isCaseSensitive: true }));
  const createView = <Node>(id: string, canSelectMany: boolean, treeOf: (trees: Main['trees']) => Provider<Node>): View<Node> => {
    const treeChanged = new vscode.EventEmitter<Node[] | undefined>();
    const treeView = vscode.window.createTreeView<Node>(id, {
      canSelectMany,
      showCollapseAll: true,
      treeDataProvider: {
        onDidChangeTreeData: treeChanged.event,
        getTreeItem: async (node) => treeOf((await load()).trees).getTreeItem(node),
        getChildren: async (node) => treeOf((await load()).trees).getChildren(node),
      },
    });
    subscriptions.push(treeChanged, treeView);
    return { treeView, treeChanged };
  };
  const showTrees = (): Views => (views ??= {
    services: createView<TreeNode>(view.services, true, ({ services }) => services),
    history: createView<HistoryNode>(view.history, true, ({ history }) => history),
    // Nothing is asked of Azure before a person opens it: VS Code asks for the lines of an open section only.
    apim: { ...createView<ApimNode>(view.apim, false, ({ apim }) => apim), policiesChanged: policies.changed },
  });

  // Menus and the status bar tell of requests that are open, a sample that ran before a reload runs again, and jobs and instances
  // that are being made are followed until they are over; nothing else needs main by itself.
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
    if (sampleRan(context) || jobsUnderWay(context) || instancesUnderWay(context)) loadQuietly();
    else look();
  });
}

/** Gives the texts of the display language to all that is loaded afterwards. Reads nothing where there is no translation. */
async function translateAll(): Promise<void> {
  const { bundle } = vscode.l10n;
  if (bundle) (await import('./base/translate')).translate(bundle);
}
