// How a file of the extension's own that cannot be used looks in a tree.

import * as vscode from 'vscode';
import type { BadFileLine } from './badFiles';

/** The item; the file's place is in the tooltip, as text. */
export function badFileItem({ text, path }: BadFileLine): vscode.TreeItem {
  const item = new vscode.TreeItem(text);
  item.iconPath = new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'));
  item.tooltip = path === undefined ? text : `${text}\n\n${path}`;
  item.contextValue = 'badFile';
  return item;
}
