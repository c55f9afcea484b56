// The commands on policies: edit, delete, read anew.

import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { ArmFailed, InvalidInput } from '../../../model/errors';
import { askToConfirm } from '../../../ui/ask';
import { policyLanguage } from '../../../ui/ids';
import { tellBriefly } from '../../../ui/notices';
import { plain } from '../../../ui/plain';
import type { PolicyDocument, PolicyDocuments } from '../policyDocument/documents';
import { policyChanged } from '../policyDocument/errors';
import { deleteQuestion, openedText } from '../policyDocument/policyWords';
import { withoutIt } from '../policyDocument/scope';
import { documentAt } from './policyDocumentFiles';
import { policyInEditor, policyOfLine, pickPolicy, type PickPolicyParts } from './policyDocumentPick';
import { whenLong } from './whenLong';

/** What the commands need from outside. */
export interface PolicyCommandParts extends PickPolicyParts {
  readonly documents: PolicyDocuments;
  /** Lets open documents of a policy look for what is there. */
  readonly policyChanged: (document: PolicyDocument) => void;
}

/** Opens a policy as a document: that of the line which the command was called on, or one that the person picks. */
export async function editPolicy(parts: PolicyCommandParts, argument: unknown): Promise<void> {
  const wanted = policyOfLine(argument) ?? (await pickPolicy(parts));
  // The same one, also where it was opened under another name.
  const open = vscode.workspace.textDocuments.find(({ uri }) => uri.scheme === wanted.scheme && uri.query === wanted.query);
  const uri = open?.uri ?? wanted;
  const document = documentAt(uri);
  if (!open) {
    await whenLong(plain(l10n.t('Reading the policy of {0}', document.address.title)), (options) =>
      parts.documents.readAhead(document, options));
  }
  const text = await vscode.workspace.openTextDocument(uri);
  // Somebody may have this ending of files as something else.
  if (text.languageId !== policyLanguage) await vscode.languages.setTextDocumentLanguage(text, policyLanguage);
  await vscode.window.showTextDocument(uri, { preview: false });
  const told = openedText(document.address, parts.documents.isNew(document.key));
  if (told !== undefined) tellBriefly(plain(told));
}

/** Deletes a policy after a question that says what then holds. */
export async function deletePolicy(parts: PolicyCommandParts, argument: unknown): Promise<void> {
  const uri = policyOfLine(argument) ?? policyInEditor(argument) ?? (await pickPolicy(parts));
  const document = documentAt(uri);
  const { documents } = parts;
  const { title, instanceTitle, scope } = document.address;
  const there = await whenLong(plain(l10n.t('Reading the policy of {0}', title)), (options) => documents.look(document, options));
  if (there.etag === '') {
    throw new InvalidInput({ sentence: l10n.t('{0} has no policy in {1}, so there is none to delete.', title, instanceTitle) });
  }
  const open = vscode.workspace.textDocuments.find((each) => each.uri.query === uri.query && each.isDirty);
  const kept = open ? l10n.t('What you have not saved stays in its document.') : '';
  await askToConfirm(
    plain(deleteQuestion(document.address)),
    plain([withoutIt(scope), kept].filter((part) => part !== '').join(' ')),
    plain(l10n.t('Delete Policy')),
  );
  try {
    await whenLong(plain(l10n.t('Deleting the policy of {0}', title)), (options) => documents.remove(document, there.etag, options));
  } catch (error) {
    // What was asked about is not what is there now.
    throw error instanceof ArmFailed && error.reason === 'changed' ? policyChanged(title, instanceTitle, false) : error;
  }
  parts.policyChanged(document);
  tellBriefly(plain(l10n.t('The policy of {0} was deleted.', title)));
}

/** Reads the policy of a document anew; of changes that are not saved, the person is told. */
export async function refreshPolicy(
  { documents }: Pick<PolicyCommandParts, 'documents'>, argument: unknown, tell: (uri: vscode.Uri) => void,
): Promise<void> {
  const uri = requirePolicy(argument);
  const document = documentAt(uri);
  const isDirty = (): boolean => vscode.workspace.textDocuments.some((each) => each.uri.toString() === document.key && each.isDirty);
  const isOther = await whenLong(plain(l10n.t('Reading the policy of {0}', document.address.title)), (options) =>
    documents.check(document, isDirty, options));
  if (isOther && isDirty()) tell(uri);
  else tellBriefly(plain(isOther ? l10n.t('The policy was read anew.') : l10n.t('The policy is as it was.')));
}

/** The policy that a command of the editor's title means. Throws InvalidInput where there is none. */
export function requirePolicy(argument: unknown): vscode.Uri {
  const uri = policyInEditor(argument);
  if (uri === undefined) throw new InvalidInput({ sentence: l10n.t('Open a policy of API Management first.') });
  return uri;
}
