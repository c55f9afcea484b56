// Makes a panel one of ours: what it may load, its icon, its page, and who is told what the page says.

import * as vscode from 'vscode';
import { DisposableStore } from '../model/lifetime';
import type { ErrorActions } from './errorActions';
import { pageHtml, pageRoot } from './html';

/** What a panel is made with. */
export interface PanelParts {
  readonly extensionUri: vscode.Uri;
  /** The buttons under errors. */
  readonly actions: Pick<ErrorActions, 'pageLabels'>;
  /** The folder of the page. */
  readonly page: string;
  readonly title: string;
  /** Gets what the page says, unchecked. */
  readonly onMessage: (message: unknown) => void;
  /** The panel is out of sight, and its page is gone: the next one says that it is ready. */
  readonly hidden?: () => void;
  /** The panel has come into sight or gone out of it, or has got or lost the focus. */
  readonly moved?: () => void;
  readonly gone: () => void;
}

/** What a page may do: run our script, and load from our folder. */
export function pageOptions(extensionUri: vscode.Uri): vscode.WebviewOptions {
  return { enableScripts: true, localResourceRoots: [pageRoot(extensionUri)] };
}

/** The same for a panel that is made: VS Code's own search finds text in it where the page has none of its own. */
export function panelOptions(extensionUri: vscode.Uri): vscode.WebviewOptions & vscode.WebviewPanelOptions {
  return { ...pageOptions(extensionUri), enableFindWidget: true };
}

/** Initialises a panel, new or left by a reload. */
export function initialisePanel(
  panel: vscode.WebviewPanel,
  { extensionUri, actions, page, title, onMessage, hidden, moved, gone }: PanelParts,
): void {
  const icon = (theme: string): vscode.Uri => vscode.Uri.joinPath(extensionUri, 'media', `answer-${theme}.svg`);
  const own = new DisposableStore();
  panel.webview.options = pageOptions(extensionUri);
  panel.iconPath = { light: icon('light'), dark: icon('dark') };
  own.add(panel.webview.onDidReceiveMessage(onMessage));
  own.add(
    panel.onDidChangeViewState(() => {
      if (!panel.visible) hidden?.();
      moved?.();
    }),
  );
  own.add(
    panel.onDidDispose(() => {
      own.dispose();
      gone();
    }),
  );
  panel.webview.html = pageHtml(panel.webview, extensionUri, { name: page, title, actions: actions.pageLabels() });
}
