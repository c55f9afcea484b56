// What a policy's document says above its first line: that saving it makes a policy, or that another one is there by now.

import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Disposable } from '../../../model/lifetime';
import { command, policyScheme } from '../../../ui/ids';
import { plain } from '../../../ui/plain';
import type { PolicyDocuments } from '../policyDocument/documents';

/** Says it. */
export class PolicyLens implements vscode.CodeLensProvider, Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChangeCodeLenses = this.changed.event;
  private readonly registration = vscode.Disposable.from(
    vscode.languages.registerCodeLensProvider({ scheme: policyScheme }, this), this.changed,
  );

  constructor(private readonly documents: Pick<PolicyDocuments, 'isNew' | 'hasMoved'>) {}

  /** To be called when the lines may say something else. */
  redraw(): void {
    this.changed.fire();
  }

  /** The line above the text. */
  provideCodeLenses({ uri }: vscode.TextDocument): vscode.CodeLens[] {
    const key = uri.toString();
    const at = new vscode.Range(0, 0, 0, 0);
    if (this.documents.hasMoved(key)) {
      const title = plain(l10n.t('Changed at the service since you opened it: compare'));
      return [new vscode.CodeLens(at, { title, command: command.apimComparePolicy, arguments: [uri] })];
    }
    if (!this.documents.isNew(key)) return [];
    return [new vscode.CodeLens(at, { title: plain(l10n.t('There is no policy here yet. Saving this document makes one.')), command: '' })];
  }

  dispose(): void {
    this.registration.dispose();
  }
}
