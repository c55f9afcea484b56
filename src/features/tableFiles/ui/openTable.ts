// Opens a file as a table: the one that was clicked, the one in the active editor, or one that is asked for.

import * as vscode from 'vscode';
import { Cancelled } from '../../../model/errors';
import { formatOf } from '../../../tables/tableFormat';
import type { FilePanels } from './filePanel';

/** Shows the files that are meant, each in a panel of its own. */
export async function openTable(panels: FilePanels, clicked: unknown, selected: unknown): Promise<void> {
  for (const file of await filesFrom(clicked, selected)) panels.show(file);
}

async function filesFrom(clicked: unknown, selected: unknown): Promise<readonly vscode.Uri[]> {
  if (clicked instanceof vscode.Uri) {
    const many = Array.isArray(selected) ? selected.filter((each) => each instanceof vscode.Uri).filter(isTable) : [];
    return many.some((uri) => uri.toString() === clicked.toString()) ? many : [clicked];
  }
  const active = vscode.window.activeTextEditor?.document.uri;
  if (active && isTable(active)) return [active];
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  const picked = await vscode.window.showOpenDialog({
    title: 'Open as Table',
    openLabel: 'Open',
    canSelectMany: true,
    filters: { 'Tables (CSV, TSV, ARFF)': ['csv', 'tsv', 'arff'] },
    ...(folder ? { defaultUri: folder.uri } : {}),
  });
  if (!picked) throw new Cancelled();
  return picked;
}

function isTable(file: vscode.Uri): boolean {
  const format = formatOf(file.path);
  return format !== undefined && format !== 'ilearner';
}
