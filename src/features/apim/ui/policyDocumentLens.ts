// What a policy's document says above its first line: that saving it makes a policy, or that another one is there by now.

import * as l10n from '@vscode/l10n';
import type * as vscode from 'vscode';
import { command } from '../../../ui/ids';
import type { LensLine } from '../../../ui/lensLines';
import { plain } from '../../../ui/plain';
import type { PolicyDocuments } from '../policyDocument/documents';

/** The line above a document; undefined for one that is as it is at the service. */
export function policyLine(documents: Pick<PolicyDocuments, 'isNew' | 'hasMoved'>, uri: vscode.Uri): LensLine | undefined {
  const key = uri.toString();
  if (documents.hasMoved(key)) {
    return {
      text: plain(l10n.t('Changed at the service since you opened it: compare')),
      command: { id: command.apimComparePolicy, arguments: [uri] },
    };
  }
  if (!documents.isNew(key)) return undefined;
  return { text: plain(l10n.t('There is no policy here yet. Saving this document makes one.')) };
}
