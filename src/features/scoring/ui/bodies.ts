// What was sent and what came back, outside the panel: in a read-only editor, in a file, on the clipboard.

import * as vscode from 'vscode';
import { safeFileName } from '../../../base/fileNames';
import { InvalidInput } from '../../../model/errors';
import type { Disposable } from '../../../model/lifetime';
import type { Exchange } from '../../../model/exchange';
import { answerText, bodyKind } from '../../../http/answerText';
import { bodyScheme } from '../../../ui/ids';
import { askToConfirm } from '../../../ui/ask';
import { tellBriefly } from '../../../ui/notices';
import { plain } from '../../../ui/plain';
import { readableText } from '../../../base/readableText';

/** VS Code's editors become slow beyond this; such a body is better looked at as a file. */
const largestInEditor = 20 * 1024 * 1024;

const endings = { json: 'json', html: 'html', xml: 'xml', text: 'txt', binary: 'bin', empty: 'txt' };

/** Opens, saves and copies bodies. */
export class Bodies implements Disposable, vscode.TextDocumentContentProvider {
  /** Texts by the paths of their documents. */
  private readonly byPath = new Map<string, () => string>();
  private registration: vscode.Disposable | undefined;
  private opened = 0;

  /** Begins to serve the documents. */
  start(): void {
    this.registration = vscode.Disposable.from(
      vscode.workspace.registerTextDocumentContentProvider(bodyScheme, this),
      vscode.workspace.onDidCloseTextDocument((document) => this.byPath.delete(document.uri.path)),
    );
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.byPath.get(uri.path)?.() ?? 'This is no longer there. Send the request again.';
  }

  /** Opens the body in an editor of its own, read-only. */
  async open(exchange: Exchange): Promise<void> {
    const { answer } = exchange;
    if (!answer) return;
    if (answer.body.byteLength > largestInEditor) {
      await askToConfirm(plain`The answer is too large for an editor.`, plain`It can be saved as a file instead.`, plain`Save As…`);
      return this.save(exchange);
    }
    await this.show('answer', fileName(exchange), () => readableText(answerText(answer)));
  }

  /** Opens the body that was sent in an editor of its own, read-only. */
  async openRequest({ source, requestBody }: Exchange): Promise<void> {
    if (requestBody.length > largestInEditor)
      throw new InvalidInput({ sentence: 'The request is too large for an editor.', advice: `It was sent from ${source}.` });
    await this.show('request', `${source.replace(/\.jsonc?$/i, '')}.request.json`, () => readableText(requestBody));
  }

  private async show(what: string, name: string, text: () => string): Promise<void> {
    this.opened += 1;
    // Calls that were made by hand have words for names, of which a slash would begin a folder.
    const path = `/${what} ${this.opened} ${safeFileName(name)}`;
    this.byPath.set(path, text);
    const document = await vscode.workspace.openTextDocument(vscode.Uri.from({ scheme: bodyScheme, path }));
    await vscode.window.showTextDocument(document, { preview: false });
  }

  /** Asks for a file and writes the bytes that came. */
  async save(exchange: Exchange): Promise<void> {
    if (!exchange.answer) return;
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
    const name = fileName(exchange);
    const file = await vscode.window.showSaveDialog({
      title: 'Save Answer',
      ...(folder ? { defaultUri: vscode.Uri.joinPath(folder, name) } : {}),
    });
    if (!file) return;
    await vscode.workspace.fs.writeFile(file, exchange.answer.body);
    tellBriefly(plain`Saved ${vscode.workspace.asRelativePath(file)}.`);
  }

  /** Puts the whole body on the clipboard. */
  async copy(exchange: Exchange): Promise<void> {
    if (exchange.answer) await vscode.env.clipboard.writeText(answerText(exchange.answer));
  }

  dispose(): void {
    this.registration?.dispose();
  }
}

function fileName(exchange: Exchange): string {
  const { answer } = exchange;
  const head = answer ? answerText({ headers: answer.headers, body: answer.body.subarray(0, 1024) }) : '';
  const kind = answer ? bodyKind(answer, head) : 'text';
  return safeFileName(`${exchange.source.replace(/\.jsonc?$/i, '')}.answer.${endings[kind]}`);
}
