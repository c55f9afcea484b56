// Requests and answers of the history as read-only documents, to be looked at and compared by VS Code's own means.

import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { HumanError, InvalidInput } from '../../../model/errors';
import type { Exchange } from '../../../model/exchange';
import type { Disposable } from '../../../model/lifetime';
import { historyScheme } from '../../../ui/ids';
import { readableText } from '../../../base/readableText';
import { plain } from '../../../ui/plain';
import { textOf, type TextPart } from '../textOf';

/** Serves the documents, each of which is named after its exchange and is found again after a reload. */
export class HistoryTexts implements Disposable, vscode.TextDocumentContentProvider {
  private registration: vscode.Disposable | undefined;

  /** @param exchange gives the exchange with this id, undefined when it is gone. */
  constructor(private readonly exchange: (id: string) => Promise<Exchange | undefined>) {}

  /** Begins to serve the documents. */
  start(): void {
    this.registration = vscode.workspace.registerTextDocumentContentProvider(historyScheme, this);
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const [part, id = ''] = uri.query.split(' ');
    try {
      return readableText(textOf(await this.found(id), part === 'request' ? 'request' : 'answer'));
    } catch (error) {
      // A document that was left open by an earlier window, say: its words stand where the text would.
      if (error instanceof HumanError) return error.message;
      throw error;
    }
  }

  /** Opens the request of an exchange. Throws InvalidInput when it is not there, and LocalFailure when it is too large. */
  async openRequest(id: string): Promise<void> {
    const document = await vscode.workspace.openTextDocument(documentUri(id, await this.found(id), 'request'));
    await vscode.window.showTextDocument(document, { preview: false });
  }

  /**
   * Shows in VS Code's own editor where two texts differ. Throws InvalidInput when one is not there, and LocalFailure when one is too
   * large.
   */
  async diff(beforeId: string, afterId: string, part: TextPart): Promise<void> {
    const [before, after] = [await this.found(beforeId), await this.found(afterId)];
    const [one, other] = [documentUri(beforeId, before, part), documentUri(afterId, after, part)];
    const [from, to] = [before.source, after.source];
    const title = plain(part === 'request' ? l10n.t('Requests: {0} ↔ {1}', from, to) : l10n.t('Answers: {0} ↔ {1}', from, to));
    await vscode.commands.executeCommand('vscode.diff', one, other, title);
  }

  dispose(): void {
    this.registration?.dispose();
  }

  private async found(id: string): Promise<Exchange> {
    const exchange = await this.exchange(id);
    if (!exchange) throw exchangeGone();
    return exchange;
  }
}

/** What is said when an exchange was deleted, here or in another window. */
export function exchangeGone(): InvalidInput {
  return new InvalidInput({
    sentence: l10n.t('This exchange is no longer in the history.'),
    advice: l10n.t('It was deleted, here or in another window, or had to make room for others.'),
  });
}

/** Throws what `textOf` throws. */
function documentUri(id: string, exchange: Exchange, part: TextPart): vscode.Uri {
  const name = exchange.source.replace(/\.jsonc?$/i, '').replaceAll('/', '_');
  const text = textOf(exchange, part).trimStart();
  // What a slash would be in a name is none in a path; the ending has VS Code colour it.
  return vscode.Uri.from({
    scheme: historyScheme,
    path: `/${name}.${part}.${/^[[{"]/.test(text) ? 'json' : 'txt'}`,
    query: `${part} ${id}`,
  });
}
