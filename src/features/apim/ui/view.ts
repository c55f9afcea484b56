// The view of API Management, which VS Code knows before any of the rest is loaded.

import type * as vscode from 'vscode';
import type { ApimNode } from '../nodes';

/** The view in the sidebar. */
export interface ApimView {
  readonly treeView: vscode.TreeView<ApimNode>;
  /** Fired when the view has to be drawn anew. */
  readonly treeChanged: vscode.EventEmitter<ApimNode[] | undefined>;
  /** Tells VS Code of documents of policies that are others now. */
  readonly policiesChanged: Pick<vscode.EventEmitter<vscode.FileChangeEvent[]>, 'fire'>;
}
