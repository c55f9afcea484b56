// A policy that was changed elsewhere while it is edited here: both beside each other, then the person decides.

import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { InvalidInput } from '../../../model/errors';
import { policyScheme } from '../../../ui/ids';
import { notify, tellBriefly, type Button } from '../../../ui/notices';
import { plain, type PlainText } from '../../../ui/plain';
import { partsOfDocument, partsOfLook } from '../policyDocument/address';
import type { PolicyDocument, PolicyDocuments } from '../policyDocument/documents';
import { documentAt } from './policyDocumentFiles';
import { whenLong } from './whenLong';

/** Leads through it. */
export class PolicyConflicts {
  /** ETags of what was shown beside documents, by their keys: empty where there was no policy. */
  private readonly seen = new Map<string, string>();
  /** Keys of documents whose message is still there. */
  private readonly telling = new Set<string>();
  private looks = Date.now();

  constructor(private readonly documents: PolicyDocuments) {}

  /** Tells of a conflict, once until the person has closed the message. */
  async tell(uri: vscode.Uri, message: PlainText): Promise<void> {
    const key = uri.toString();
    if (this.telling.has(key)) return;
    this.telling.add(key);
    const compare: Button = { title: plain(l10n.t('Compare')) };
    const revert: Button = { title: plain(l10n.t('Revert to What Is There')) };
    let chosen: Button | undefined;
    try {
      chosen = await notify('warning', message, compare, revert);
    } finally {
      this.telling.delete(key);
    }
    if (chosen === compare) await this.compare(uri);
    if (chosen === revert) await this.revert(uri);
  }

  /** Opens what is at the service now, on the left, beside the document. */
  async compare(uri: vscode.Uri): Promise<void> {
    const { address: { title, instanceTitle } } = documentAt(uri);
    await this.close(uri);
    this.looks += 1;
    const look = vscode.Uri.from({ scheme: policyScheme, ...partsOfLook(uri, this.looks) });
    const name = l10n.t('Policy of {0}: in {1} now, and yours', title, instanceTitle);
    await vscode.commands.executeCommand('vscode.diff', look, uri, plain(name), { preview: false });
  }

  /** Reads what the left side shows. Throws ArmFailed, and Cancelled. */
  async readLook(uri: vscode.Uri, { address }: PolicyDocument): Promise<string> {
    const document = documentAt(documentOf(uri));
    const version = await whenLong(plain(l10n.t('Reading the policy of {0}', address.title)), (options) =>
      this.documents.look(document, options));
    this.seen.set(document.key, version.etag);
    return version.text;
  }

  /** Saves the document over the version that was shown beside it, and over no other. Throws InvalidInput where none was. */
  async saveOver(uri: vscode.Uri): Promise<void> {
    const document = documentAt(uri);
    const etag = this.seen.get(document.key);
    if (etag === undefined || !this.isCompared(uri)) {
      throw new InvalidInput({
        sentence: l10n.t('Compare your text with what is there before you save it over that.'),
        advice: l10n.t('Nothing was saved.'),
      });
    }
    const text = await vscode.workspace.openTextDocument(uri);
    // Its text would then not be what the version that it is based on says.
    if (!text.isDirty) throw new InvalidInput({ sentence: l10n.t('There are no changes of yours to be saved.') });
    // What goes wrong is told by whoever saves.
    if (!(await this.documents.saveOver(document, etag, async () => text.save()))) return;
    await this.close(uri);
    await vscode.window.showTextDocument(text, { preview: false });
  }

  /** Gives up what was changed here, and reads the policy anew. Undo brings the person's text back. */
  async revert(uri: vscode.Uri): Promise<void> {
    await this.close(uri);
    await vscode.window.showTextDocument(uri, { preview: false });
    await vscode.commands.executeCommand('workbench.action.files.revert');
    tellBriefly(plain(l10n.t('The policy was read anew. Undo brings your text back.')));
  }

  private isCompared(uri: vscode.Uri): boolean {
    return comparisons(uri).length > 0;
  }

  private async close(uri: vscode.Uri): Promise<void> {
    this.seen.delete(uri.toString());
    await vscode.window.tabGroups.close(comparisons(uri), true);
  }
}

/** The document beside which a look stands, or the document itself. */
export function documentOf(uri: vscode.Uri): vscode.Uri {
  return vscode.Uri.from({ scheme: policyScheme, ...partsOfDocument(uri) });
}

function comparisons(uri: vscode.Uri): readonly vscode.Tab[] {
  return vscode.window.tabGroups.all.flatMap((group) => group.tabs).filter(({ input }) =>
    input instanceof vscode.TabInputTextDiff && input.modified.toString() === uri.toString() && input.original.scheme === policyScheme);
}
