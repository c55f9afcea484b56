// Request files: which one is meant, its text as the editor has it, and where in it something is wrong.

import * as vscode from 'vscode';
import { InvalidBody, LocalFailure, messageOf, type Place } from '../model/errors';
import { requestText } from '../base/requestText';

/** The files a command means: what was chosen in the Explorer, or the one given, or the one in the active editor. */
export function filesFrom(clicked: unknown, selected: unknown): vscode.Uri[] {
  const many = Array.isArray(selected) ? selected.filter((each) => each instanceof vscode.Uri) : [];
  if (clicked instanceof vscode.Uri) {
    // Of several that were chosen only the JSON files are meant: folders and others may stand between them.
    return many.length > 1 && many.some((uri) => uri.toString() === clicked.toString())
      ? many.filter((uri) => /\.jsonc?$/i.test(uri.path))
      : [clicked];
  }
  const active = vscode.window.activeTextEditor?.document.uri;
  return active ? [active] : [];
}

/** A file that has been deleted or was never saved. */
export class FileGone extends LocalFailure {}

/** The text of a file: the editor's when it is open, saved or not. Throws FileGone, or LocalFailure when it cannot be read. */
export async function textOf(file: vscode.Uri): Promise<string> {
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === file.toString());
  if (open) return open.getText();
  let bytes: Uint8Array;
  try {
    bytes = await vscode.workspace.fs.readFile(file);
  } catch (error) {
    if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound')
      throw new FileGone({ sentence: `"${nameOf(file)}" is no longer there.` });
    throw new LocalFailure({ sentence: `"${nameOf(file)}" cannot be read: ${messageOf(error)}` });
  }
  return requestText(bytes, nameOf(file));
}

/** True when there is such a file or folder. */
export async function exists(file: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(file);
    return true;
  } catch {
    return false;
  }
}

/** A file's name for people. */
export function nameOf(file: vscode.Uri): string {
  return file.path.slice(file.path.lastIndexOf('/') + 1);
}

/** Marks where a request is wrong, and jumps there. */
export class BodyFaults {
  private readonly marks = vscode.languages.createDiagnosticCollection('Azure ML Web Services');
  private readonly listener = vscode.workspace.onDidChangeTextDocument((event) => this.marks.delete(event.document.uri));

  /** Opens the file at the fault, marks it, and gives the error with its place in words. */
  async show(file: vscode.Uri, fault: InvalidBody): Promise<InvalidBody> {
    const document = await vscode.workspace.openTextDocument(file);
    const start = document.positionAt(fault.place.offset);
    // Only the first line of a long thing is marked: a whole file under a wave tells nobody where to look.
    const end = document.positionAt(fault.place.offset + fault.place.length);
    const range = new vscode.Range(start, end.line === start.line ? end : document.lineAt(start.line).range.end);
    const mark = new vscode.Diagnostic(range, fault.message, vscode.DiagnosticSeverity.Error);
    mark.source = 'Azure ML Web Services';
    this.marks.set(file, [mark]);
    const editor = await vscode.window.showTextDocument(document, { preview: false });
    // The cursor stands where the mark begins, so that the status bar and the message name the same column.
    editor.selection = new vscode.Selection(range.end, range.start);
    editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
    return new InvalidBody({
      // The reason first: a message shows one line of it until it is pointed at.
      sentence: `${fault.message.replace(/\.$/, '')} (${nameOf(file)}, line ${start.line + 1}, column ${start.character + 1}).`,
      detail: fault.detail,
      advice: fault.advice,
      actions: fault.actions,
    }, fault.place);
  }

  /** Opens the file and marks what looks wrong in it, though it can be sent. */
  async warn(file: vscode.Uri, warnings: readonly { readonly sentence: string; readonly place: Place }[]): Promise<void> {
    const document = await vscode.workspace.openTextDocument(file);
    this.marks.set(file, warnings.map(({ sentence, place }) => {
      const mark = new vscode.Diagnostic(
        new vscode.Range(document.positionAt(place.offset), document.positionAt(place.offset + place.length)),
        sentence,
        vscode.DiagnosticSeverity.Warning,
      );
      mark.source = 'Azure ML Web Services';
      return mark;
    }));
    await vscode.window.showTextDocument(document, { preview: false });
  }

  /** Takes the marks of a file away. */
  clear(file: vscode.Uri): void {
    this.marks.delete(file);
  }

  dispose(): void {
    this.marks.dispose();
    this.listener.dispose();
  }
}
