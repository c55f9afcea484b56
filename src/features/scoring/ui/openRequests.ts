// Which of the open JSON documents can be sent, and as what, by a look at the beginning of each: for the menus, the keys and the status
// bar.

import * as vscode from 'vscode';
import { DisposableStore, Emitter, type Disposable } from '../../../model/lifetime';
import { textKind } from '../../../protocols/registry';
import type { TextKind } from '../../../protocols/protocol';
import type { Memory } from '../../../base/ports';
import { beginningOf, isJson, lookedAt, lookPauseMs, ServiceOfFile } from '../../services';
import { bodyScheme, contextKey } from '../../../ui/ids';

/**
 * Documents with the path of another thing: an earlier version of a file, a cell of a notebook. And answers, which are nobody's requests.
 */
const passedOver: readonly string[] = ['git', 'vscode-notebook-cell', bodyScheme];

/** Follows the open documents. */
export class OpenRequests implements Disposable {
  private readonly lifetime = new DisposableStore();
  private readonly changed = this.lifetime.add(new Emitter<void>());
  private readonly kinds = new Map<vscode.TextDocument, TextKind>();
  /** Documents that have changed since they were looked at. */
  private readonly stale = new Set<vscode.TextDocument>();
  private timer: NodeJS.Timeout | undefined;
  private told = '';

  /** Raised when another document can be sent, or one that could no longer can. */
  readonly onDidChange = this.changed.event;

  constructor(private readonly memory: Memory) {}

  /** Begins to follow the documents, and tells the menus of those that are open. */
  start(): void {
    this.lifetime.add(vscode.workspace.onDidOpenTextDocument((document) => {
      if (!isMeant(document)) return;
      this.look(document);
      this.tell();
    }));
    // A document whose language is changed is closed and opened.
    this.lifetime.add(vscode.workspace.onDidCloseTextDocument((document) => {
      this.stale.delete(document);
      if (this.kinds.delete(document)) this.tell();
    }));
    this.lifetime.add(vscode.workspace.onDidChangeTextDocument(({ document }) => {
      if (!this.kinds.has(document)) return;
      this.stale.add(document);
      this.timer ??= setTimeout(() => this.lookAgain(), lookPauseMs);
    }));
    for (const document of vscode.workspace.textDocuments) if (isMeant(document)) this.look(document);
    this.tell();
  }

  /** True for a document that can be sent as a request. */
  isRequest(document: vscode.TextDocument): boolean {
    const kind = this.kinds.get(document);
    // What a long text is that does not begin like a request, the person knows who has sent it before.
    if (kind === 'unclear') return new ServiceOfFile(this.memory).get(document.uri.toString()) !== undefined;
    return kind === 'request' || kind === 'either';
  }

  /** True for a document that can be submitted as a batch job. */
  isBatch(document: vscode.TextDocument): boolean {
    const kind = this.kinds.get(document);
    return kind === 'batch' || kind === 'either';
  }

  /** The documents that can be sent as requests, in no order. */
  get requests(): readonly vscode.TextDocument[] {
    return [...this.kinds.keys()].filter((document) => this.isRequest(document));
  }

  /** Tells the menus which documents can be sent, where that has changed: also because a service was chosen for one. */
  tell(): void {
    const requestPaths = this.requests.flatMap(pathsOf);
    const batchPaths = [...this.kinds.keys()].filter((document) => this.isBatch(document)).flatMap(pathsOf);
    const now = JSON.stringify([requestPaths, batchPaths]);
    if (now === this.told) return;
    this.told = now;
    void vscode.commands.executeCommand('setContext', contextKey.requestPaths, requestPaths);
    void vscode.commands.executeCommand('setContext', contextKey.batchPaths, batchPaths);
    this.changed.fire();
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.lifetime.dispose();
  }

  private look(document: vscode.TextDocument): void {
    const beginning = beginningOf(document);
    this.kinds.set(document, textKind(beginning, beginning.length < lookedAt));
  }

  private lookAgain(): void {
    this.timer = undefined;
    for (const document of this.stale) this.look(document);
    this.stale.clear();
    this.tell();
  }
}

function isMeant(document: vscode.TextDocument): boolean {
  return isJson(document) && !passedOver.includes(document.uri.scheme);
}

/**
 * A document's path as `resourcePath` has it: as the system writes it for files of this computer; else, or for a window elsewhere, as in a
 * URI.
 */
function pathsOf({ uri }: vscode.TextDocument): readonly string[] {
  return uri.fsPath === uri.path ? [uri.path] : [uri.fsPath, uri.path];
}
