// A file system of which VS Code knows at once, while what does the work is loaded by the first file.

import * as vscode from 'vscode';

/** What does the work. */
export interface FileWork extends Pick<
  vscode.FileSystemProvider, 'stat' | 'readDirectory' | 'createDirectory' | 'readFile' | 'delete' | 'rename'
> {
  /** `asked`: false where VS Code saves by itself what a person has not told it to. */
  writeFile(uri: vscode.Uri, content: Uint8Array, asked: boolean): Promise<void>;
}

/** Hands all on to what is loaded. Nothing is watched: whoever does the work tells of changes by `changed`. */
export class LateFileSystem implements vscode.FileSystemProvider, vscode.Disposable {
  readonly changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly onDidChangeFile = this.changed.event;
  /** Addresses of documents that VS Code is about to save without being asked. A file system is not told why it is to write. */
  private readonly unasked = new Set<string>();
  private readonly listening: vscode.Disposable;

  /** Listens from the start: what a reload has left may be saved before anything is loaded. */
  constructor(scheme: string, private readonly load: () => Promise<FileWork>) {
    this.listening = vscode.Disposable.from(
      vscode.workspace.onWillSaveTextDocument(({ document: { uri }, reason }) => {
        if (uri.scheme !== scheme) return;
        if (reason === vscode.TextDocumentSaveReason.Manual) this.unasked.delete(uri.toString());
        else this.unasked.add(uri.toString());
      }),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => void this.unasked.delete(uri.toString())),
      this.changed,
    );
  }

  dispose(): void {
    this.listening.dispose();
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    return (await this.load()).stat(uri);
  }

  async readDirectory(uri: vscode.Uri): Promise<[string, vscode.FileType][]> {
    return (await this.load()).readDirectory(uri);
  }

  async createDirectory(uri: vscode.Uri): Promise<void> {
    return (await this.load()).createDirectory(uri);
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    return (await this.load()).readFile(uri);
  }

  async writeFile(uri: vscode.Uri, content: Uint8Array): Promise<void> {
    const asked = !this.unasked.delete(uri.toString());
    return (await this.load()).writeFile(uri, content, asked);
  }

  async delete(uri: vscode.Uri, options: { readonly recursive: boolean }): Promise<void> {
    return (await this.load()).delete(uri, options);
  }

  async rename(from: vscode.Uri, to: vscode.Uri, options: { readonly overwrite: boolean }): Promise<void> {
    return (await this.load()).rename(from, to, options);
  }
}
