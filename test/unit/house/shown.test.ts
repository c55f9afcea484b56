// What VS Code draws links and icons in is reached through the wrappers only, which take plain text.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root, sources } from './imports';

const files = sources('src').sort();

/** Who may use what of VS Code. */
const wrappers: Readonly<Record<string, readonly string[]>> = {
  withProgress: ['src/ui/progress.ts'],
  showInformationMessage: ['src/ui/notices.ts'],
  showWarningMessage: ['src/ui/ask.ts', 'src/ui/notices.ts'],
  showErrorMessage: ['src/ui/notices.ts'],
  setStatusBarMessage: ['src/ui/notices.ts'],
  showQuickPick: ['src/ui/ask.ts'],
  createQuickPick: [],
  showInputBox: ['src/ui/ask.ts'],
  createInputBox: ['src/ui/inputBox.ts'],
  createStatusBarItem: ['src/ui/statusItem.ts'],
  MarkdownString: ['src/features/jobs/ui/jobsStatusBar.ts', 'src/ui/statusItem.ts', 'src/ui/markdown.ts'],
  'new vscode.MarkdownString': ['src/ui/markdown.ts'],
  showWorkspaceFolderPick: [],
  createNotebookCellStatusBarItemProvider: [],
  registerCodeLensProvider: ['src/ui/lensLines.ts'],
  registerHoverProvider: [],
};

describe('the wrappers', () => {
  it.each(Object.entries(wrappers))('are the only ones that use %s', (name, allowed) => {
    const users = files.filter((file) => readFileSync(join(root, file), 'utf8').includes(name));
    expect(users).toEqual([...allowed].sort());
  });

  it('are not passed by under another name', () => {
    // Taking `window` out of the module, or a member by a text, would hide what is called.
    const hidden = files.filter((file) => /\bimport\s*\{[^}]*\}\s*from 'vscode'|= vscode(?:\.window)?;|vscode\.window\[/.test(readFileSync(join(root, file), 'utf8')));
    expect(hidden).toEqual([]);
  });

  it('icons in texts are made by the wrappers only', () => {
    const makers = files.filter((file) => /^src\/(features|ui)\//.test(file) && /['"`]\$\((?:[a-z]|\$\{)/.test(readFileSync(join(root, file), 'utf8')));
    expect(makers).toEqual(['src/ui/ask.ts', 'src/ui/statusItem.ts']);
  });
});
