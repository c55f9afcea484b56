// Shows how files would change, each beside what is there, before anything is written.

import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Disposable } from '../../../model/lifetime';
import { definitionScheme } from '../../../ui/ids';

/** A file that is there, and the text that it would have. */
export interface ChangedFile {
  readonly uri: vscode.Uri;
  readonly text: string;
}

/** Texts that are in no file yet, as documents to be compared. */
export class DefinitionDiff implements vscode.TextDocumentContentProvider, Disposable {
  private readonly texts = new Map<string, string>();
  private readonly registration = vscode.workspace.registerTextDocumentContentProvider(definitionScheme, this);
  private calls = 0;

  /** The text of such a document. */
  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.texts.get(uri.toString()) ?? '';
  }

  /** Opens a comparison for each file. */
  async show(files: readonly ChangedFile[]): Promise<void> {
    this.calls += 1;
    for (const { uri, text } of files) {
      // Its own address for each text, as the editor keeps what it has read once.
      const after = vscode.Uri.from({ scheme: definitionScheme, path: uri.path, query: String(this.calls) });
      this.texts.set(after.toString(), text);
      const title = l10n.t('{0}: now, and as it would be', uri.path.split('/').at(-1) ?? '');
      await vscode.commands.executeCommand('vscode.diff', uri, after, title, { preview: false });
    }
  }

  /** Closes them. */
  async close(): Promise<void> {
    const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs)
      .filter(({ input }) => input instanceof vscode.TabInputTextDiff && input.modified.scheme === definitionScheme);
    await vscode.window.tabGroups.close(tabs);
    this.texts.clear();
  }

  dispose(): void {
    this.registration.dispose();
  }
}
