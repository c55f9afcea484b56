// Lines above the first line of documents of a kind, by the lenses of VS Code.

import * as vscode from 'vscode';
import type { Disposable } from '../model/lifetime';
import type { PlainText } from './plain';

/** One line; without a command it only says something. */
export interface LensLine {
  readonly text: PlainText;
  readonly command?: { readonly id: string; readonly arguments: readonly unknown[] };
}

/** Shows them above the documents of a scheme. */
export class LensLines implements Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly registration: vscode.Disposable;

  constructor(scheme: string, lineOf: (uri: vscode.Uri) => LensLine | undefined) {
    this.registration = vscode.languages.registerCodeLensProvider({ scheme }, {
      onDidChangeCodeLenses: this.changed.event,
      provideCodeLenses: ({ uri }) => {
        const line = lineOf(uri);
        if (!line) return [];
        const { text: title, command } = line;
        const call = command ? { title, command: command.id, arguments: [...command.arguments] } : { title, command: '' };
        return [new vscode.CodeLens(new vscode.Range(0, 0, 0, 0), call)];
      },
    });
  }

  /** To be called when lines may say something else. */
  redraw(): void {
    this.changed.fire();
  }

  dispose(): void {
    this.registration.dispose();
    this.changed.dispose();
  }
}
