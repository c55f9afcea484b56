// Where pages open: beside what is written, and beside each other in one column, so that the window is not cut into strips.

import * as vscode from 'vscode';
import { prefix } from './ids';

/**
 * The column for a page that must not cover what stands in another one, which is the text that is written unless it is given: where other
 * pages are, or else beside it.
 */
export function columnBeside(written = vscode.window.activeTextEditor?.viewColumn): vscode.ViewColumn {
  return columnOfPages((column) => column !== written) ?? (written === undefined ? activeColumn() : vscode.ViewColumn.Beside);
}

/** The column for a page that takes the place of what is looked at: where other pages are, or else the active one. */
export function columnOfOwn(): vscode.ViewColumn {
  return columnOfPages(() => true) ?? activeColumn();
}

/** The active column by its number: `ViewColumn.Active` would open another one beside a column that is locked. */
export function activeColumn(): vscode.ViewColumn {
  return vscode.window.tabGroups.activeTabGroup.viewColumn;
}

function columnOfPages(fits: (column: vscode.ViewColumn) => boolean): vscode.ViewColumn | undefined {
  // VS Code puts a word of its own in front of the panel's type.
  const isPage = ({ input }: vscode.Tab): boolean => input instanceof vscode.TabInputWebview && input.viewType.includes(`${prefix}.`);
  const groups = vscode.window.tabGroups.all.filter(({ viewColumn, tabs }) => fits(viewColumn) && tabs.some(isPage));
  // Where a page is in sight already, rather than where one lies behind.
  return (groups.find(({ activeTab }) => activeTab !== undefined && isPage(activeTab)) ?? groups[0])?.viewColumn;
}
