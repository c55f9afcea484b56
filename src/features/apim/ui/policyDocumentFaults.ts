// Faults that the service has found in a policy, at their places in the document and in the panel Problems.

import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Disposable } from '../../../model/lifetime';
import { policyScheme } from '../../../ui/ids';
import { notify, type Button } from '../../../ui/notices';
import { plain } from '../../../ui/plain';
import type { PolicyRefused } from '../policyDocument/errors';
import type { PlacedFault } from '../policyDocument/faults';

/** Shows them. */
export class PolicyFaults implements Disposable {
  private readonly collection = vscode.languages.createDiagnosticCollection(policyScheme);
  private readonly closing = vscode.workspace.onDidCloseTextDocument(({ uri }) => this.clear(uri));

  /** Shows what the service has said of a document that was to be saved, and offers the way to it. */
  async show(uri: vscode.Uri, { message, advice, faults }: PolicyRefused): Promise<void> {
    this.collection.set(uri, faults.map((fault) => {
      const diagnostic = new vscode.Diagnostic(rangeOf(fault), fault.message, vscode.DiagnosticSeverity.Error);
      diagnostic.source = l10n.t('API Management');
      return diagnostic;
    }));
    const [first] = faults;
    const go: Button = { title: plain(l10n.t('Go to Error')) };
    const chosen = await notify('error', plain([message, advice].filter((part) => part !== undefined).join(' ')), ...(first ? [go] : []));
    if (first && chosen === go) await vscode.window.showTextDocument(uri, { selection: rangeOf(first) });
  }

  /** What was found is no longer known to be so. */
  clear(uri: vscode.Uri): void {
    this.collection.delete(uri);
  }

  dispose(): void {
    this.closing.dispose();
    this.collection.dispose();
  }
}

function rangeOf({ line, column, length }: PlacedFault): vscode.Range {
  return new vscode.Range(line, column, line, column + length);
}
