// What a publishing makes and changes as read-only documents, to be looked at and compared by VS Code's own means.

import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { safeFileName } from '../../../base/fileNames';
import type { Disposable } from '../../../model/lifetime';
import { limitsScheme, publishScheme } from '../../../ui/ids';
import { plain } from '../../../ui/plain';
import { bodyEnding, bodyText } from '../publish/bodyText';
import type { ItemBody } from '../publish/items';

/** Texts of documents that are held while their tabs may be open; the oldest go first. */
const mostTexts = 100;

/** Serves the documents. They live as long as the window: what is in a policy is written nowhere. */
export class PublishTexts implements Disposable, vscode.TextDocumentContentProvider {
  private readonly texts = new Map<string, string>();
  private readonly registration: vscode.Disposable;
  private count = 0;

  /** Each scheme has one: `publishScheme` of publishings, `limitsScheme` of the form of limits. */
  constructor(private readonly scheme: typeof publishScheme | typeof limitsScheme = publishScheme) {
    this.registration = vscode.workspace.registerTextDocumentContentProvider(scheme, this);
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.texts.get(uri.query) ?? (this.scheme === limitsScheme
      ? l10n.t('This was shown in an earlier window. Open it again from the form.')
      : l10n.t('This was shown in an earlier window. Open it again from the page of the publishing.'));
  }

  /** Opens what is there, or is to be there. */
  async show(name: string, body: ItemBody | undefined): Promise<void> {
    const document = await vscode.workspace.openTextDocument(this.add(name, body));
    await vscode.window.showTextDocument(document, { preview: true });
  }

  /** Shows where what is there differs from what is to be there. */
  async diff(name: string, before: ItemBody | undefined, after: ItemBody | undefined): Promise<void> {
    const title = plain(l10n.t('{0}: as it is ↔ as it will be', name));
    await vscode.commands.executeCommand('vscode.diff', this.add(name, before), this.add(name, after), title);
  }

  dispose(): void {
    this.registration.dispose();
    this.texts.clear();
  }

  private add(name: string, body: ItemBody | undefined): vscode.Uri {
    this.count += 1;
    const id = String(this.count);
    this.texts.set(id, bodyText(body));
    const oldest = this.texts.keys().next().value;
    if (this.texts.size > mostTexts && oldest !== undefined) this.texts.delete(oldest);
    // Names come from outside, and a document's path is no place for what leads elsewhere.
    return vscode.Uri.from({ scheme: this.scheme, path: `/${safeFileName(name) || 'resource'}.${bodyEnding(body)}`, query: id });
  }
}
