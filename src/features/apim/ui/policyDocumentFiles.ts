// The policies of API Management as files of VS Code: read, saved back, and nothing else.

import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { Cancelled, HumanError, LocalFailure } from '../../../model/errors';
import type { FileWork } from '../../../ui/lateFileSystem';
import { plain } from '../../../ui/plain';
import { policyEnding, readAddress } from '../policyDocument/address';
import type { PolicyDocument, PolicyDocuments } from '../policyDocument/documents';
import { PolicyChanged, PolicyRefused } from '../policyDocument/errors';
import { whenLong } from './whenLong';

/** What it needs from outside. */
export interface PolicyFilesParts {
  readonly documents: PolicyDocuments;
  /** Gives the text of a look at what is there now. Throws ArmFailed, and Cancelled. */
  readonly readLook: (uri: vscode.Uri, document: PolicyDocument) => Promise<string>;
  /** Tells what went wrong with a document. */
  readonly readFailed: (uri: vscode.Uri, error: unknown) => void;
  readonly saveFailed: (uri: vscode.Uri, error: unknown) => void;
  /** `replaced`: over a policy that was made elsewhere at that moment. */
  readonly saved: (uri: vscode.Uri, outcome: 'saved' | 'replaced') => void;
}

/** The document of an address. Throws FileSystemError for one that is that of no policy. */
export function documentAt(uri: vscode.Uri): PolicyDocument {
  const address = readAddress(uri);
  if (address === undefined) throw vscode.FileSystemError.FileNotFound(plain(l10n.t('This is the address of no policy.')));
  return { key: uri.toString(), address };
}

/** The files. */
export class PolicyFiles implements FileWork {
  constructor(private readonly parts: PolicyFilesParts) {}

  /**
   * Asks nobody: the version is that on which the document is based. The size is always the same, since VS Code takes another size for a
   * reason to offer overwriting; whether that may be is decided by the ETag, when the document is saved.
   */
  stat(uri: vscode.Uri): vscode.FileStat {
    if (!uri.path.endsWith(policyEnding)) return { type: vscode.FileType.Directory, ctime: 0, mtime: 0, size: 0 };
    const { key, address } = documentAt(uri);
    const file = { type: vscode.FileType.File, ctime: 0, mtime: this.parts.documents.mtime(key), size: 0 };
    return address.look === undefined ? file : { ...file, permissions: vscode.FilePermission.Readonly };
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    const document = documentAt(uri);
    const { documents, readLook, readFailed } = this.parts;
    try {
      const text = document.address.look === undefined
        ? await whenLong(plain(l10n.t('Reading the policy of {0}', document.address.title)), (options) =>
          documents.read(document, options, () => openText(document.key)))
        : await readLook(uri, document);
      return Buffer.from(text, 'utf8');
    } catch (error) {
      readFailed(uri, error);
      throw asFileError(error);
    }
  }

  async writeFile(uri: vscode.Uri, content: Uint8Array, asked: boolean): Promise<void> {
    const document = documentAt(uri);
    const { documents, saved, saveFailed } = this.parts;
    // Half of a change would hold at once. The language of these documents keeps VS Code from it, unless a person gave them another one.
    if (!asked) {
      throw refused(l10n.t('A policy holds at once when it is saved, so it is not saved automatically. Save it when it is complete.'));
    }
    if (document.address.look !== undefined) throw refused(l10n.t('What is at the service cannot be edited here.'));
    try {
      const text = textOf(content);
      const { title } = document.address;
      const outcome = await whenLong(plain(l10n.t('Saving the policy of {0}', title)), (options) =>
        documents.write(document, text, options));
      saved(uri, outcome);
    } catch (error) {
      saveFailed(uri, error);
      throw asFileError(error);
    }
  }

  readDirectory(): never {
    throw refused(l10n.t('Policies are opened from the section API Management of the sidebar.'));
  }

  createDirectory(): never {
    throw refused(l10n.t('There are no folders among policies: open one from the sidebar.'));
  }

  delete(): never {
    throw refused(l10n.t('A policy is deleted by Delete Policy… in the sidebar.'));
  }

  rename(): never {
    throw refused(l10n.t('A policy cannot be renamed or moved: it belongs to what it is the policy of.'));
  }
}

/** What a document says that is open, changes that are not saved included. */
function openText(key: string): string | undefined {
  return vscode.workspace.textDocuments.find(({ uri, isClosed }) => !isClosed && uri.toString() === key)?.getText();
}

/** What files can do elsewhere and policies cannot. */
function refused(sentence: string): vscode.FileSystemError {
  return vscode.FileSystemError.NoPermissions(plain(sentence));
}

/** The text as VS Code hands it over, a mark of its encoding included. Throws LocalFailure for what is no UTF-8. */
function textOf(content: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content);
  } catch {
    throw new LocalFailure({
      sentence: l10n.t('Policies are saved as UTF-8, and this document is not.'),
      advice: l10n.t('Choose its encoding in the status bar, then Save with Encoding and UTF-8.'),
    });
  }
}

/** VS Code shows the words of errors of this kind alone. */
function asFileError(error: unknown): vscode.FileSystemError {
  if (error instanceof vscode.FileSystemError) return error;
  if (error instanceof Cancelled) {
    const sentence = l10n.t('It was cancelled. Whether the service has taken a change, the next try tells.');
    return vscode.FileSystemError.Unavailable(plain(sentence));
  }
  // A message of our own, with the buttons that lead on, has the whole of it.
  if (error instanceof PolicyChanged) return vscode.FileSystemError.Unavailable(plain(l10n.t('Somebody else has changed it.')));
  if (error instanceof PolicyRefused) return vscode.FileSystemError.Unavailable(plain(l10n.t('The service does not take this text.')));
  const sentence = error instanceof HumanError ? error.message : l10n.t('A fault of the extension: the log tells more.');
  return vscode.FileSystemError.Unavailable(plain(sentence));
}
