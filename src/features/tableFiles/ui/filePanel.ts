// The panels that show files as tables, one for each file: opened once, restored after a reload, told when the file changes on disk.

import * as vscode from 'vscode';
import { readFromFilePage, readSavedPlace, type FromFilePage, type ToFilePage } from '../messages';
import { InvalidInput, LocalFailure, messageOf, type ErrorParts } from '../../../model/errors';
import { DisposableStore, type Disposable } from '../../../model/lifetime';
import type { GrowingFile, TableOpener } from '../../../model/openTable';
import { shownFormat } from '../../../tables/tableFormat';
import type { ErrorReporter } from '../../../ui/errorReporter';
import { panel as panelId } from '../../../ui/ids';
import { nameOf } from '../../../ui/requestFiles';
import type { TableCache } from '../../../ui/tables/cache';
import { FetchedFile } from '../../../ui/tables/fetchedFile';
import { activeColumn } from '../../../ui/column';
import { initialisePanel, panelOptions } from '../../../ui/initialisePanel';
import { TableHost } from '../../../ui/tables/tableHost';
import type { TableDialogs } from '../../../ui/tables/tablesTaken';

/** What the panels need from outside. */
export interface FilePanelParts {
  readonly extensionUri: vscode.Uri;
  readonly reporter: ErrorReporter;
  readonly opener: () => Promise<TableOpener>;
  readonly dialogs: TableDialogs;
  /** For files that are not on a disk of this computer. */
  readonly cache: TableCache;
}

/** All panels with files. */
export class FilePanels implements Disposable {
  private readonly shown = new Map<string, FilePanel>();

  constructor(private readonly parts: FilePanelParts) {}

  /** Shows a file; the panel that shows it already comes to the front. Throws InvalidInput for a file that is no table. */
  show(file: vscode.Uri): void {
    const there = this.shown.get(file.toString());
    if (there) return there.reveal();
    shownFormat(nameOf(file));
    this.take(vscode.window.createWebviewPanel(panelId.file, nameOf(file), activeColumn(), panelOptions(this.parts.extensionUri)), file);
  }

  /** Takes over a panel that a reload has left; `state` is what its page had saved. */
  adopt(panel: vscode.WebviewPanel, state: unknown): void {
    const place = readSavedPlace(state);
    const file = place === undefined ? undefined : fileAt(place);
    if (!file || this.shown.has(file.toString())) return panel.dispose();
    this.take(panel, file);
  }

  dispose(): void {
    for (const panel of [...this.shown.values()]) panel.dispose();
  }

  private take(panel: vscode.WebviewPanel, file: vscode.Uri): void {
    const key = file.toString();
    this.shown.set(key, new FilePanel(panel, file, this.parts, () => this.shown.delete(key)));
  }
}

/** One panel with one file. */
class FilePanel implements Disposable {
  private readonly lifetime = new DisposableStore();
  private readonly tableHost: TableHost;
  private opening: Promise<void> | undefined;
  private problem: ErrorParts | undefined;
  /** Tells the file that was opened from what it becomes; absent while none is open. */
  private version: string | undefined;
  /** The copy of a file that is not on a disk of this computer. */
  private readonly fetched: FetchedFile;
  private over = false;

  constructor(
    private readonly panel: vscode.WebviewPanel,
    private readonly file: vscode.Uri,
    private readonly parts: FilePanelParts,
    onGone: () => void,
  ) {
    const { lifetime } = this;
    this.tableHost = new TableHost({
      send: (message) => this.send(message),
      describe: (error) => parts.reporter.describe(error),
      dialogs: parts.dialogs,
    });
    this.fetched = new FetchedFile(parts.cache, {
      name: nameOf(file),
      size: async () => (await vscode.workspace.fs.stat(file)).size,
      read: async () => vscode.workspace.fs.readFile(file),
    });
    lifetime.add(this.tableHost);
    const folder = vscode.Uri.joinPath(file, '..');
    const watcher = lifetime.add(vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder, literal(nameOf(file)))));
    // It is not read again by itself: somebody may be looking at its rows.
    const tellChange = (): void => void parts.reporter.run(() => this.tellChange());
    lifetime.add(watcher.onDidChange(tellChange));
    lifetime.add(watcher.onDidDelete(tellChange));
    lifetime.add(watcher.onDidCreate(tellChange));
    initialisePanel(panel, {
      extensionUri: parts.extensionUri,
      actions: parts.reporter.actions,
      page: 'file',
      title: 'Table',
      onMessage: (message) => {
        const request = readFromFilePage(message, parts.reporter.actions);
        if (request) void parts.reporter.run(() => this.handle(request), { retry: () => this.reopen() });
      },
      gone: () => {
        onGone();
        this.leave();
      },
    });
  }

  reveal(): void {
    this.panel.reveal();
  }

  dispose(): void {
    this.panel.dispose();
  }

  private leave(): void {
    this.over = true;
    this.lifetime.dispose();
    void this.fetched.end();
  }

  private async handle(request: FromFilePage): Promise<void> {
    if ('table' in request) return this.tableHost.handle(request);
    switch (request.type) {
      case 'ready':
        this.opening ??= this.open();
        await this.opening;
        return this.tell();
      case 'openAsText':
        await vscode.commands.executeCommand('vscode.openWith', this.file, 'default');
        return;
      case 'action':
        return this.parts.reporter.act(request.action, { retry: () => this.reopen() });
      default:
        return request satisfies never;
    }
  }

  /** News of changes may be late, and of what was there already when the file was opened. */
  private async tellChange(): Promise<void> {
    const { version } = this;
    const now = await versionOf(this.file).catch(() => undefined);
    if (version === undefined || now === version || version !== this.version || this.over) return;
    this.problem ??= changedOnDisk;
    await this.tell();
  }

  private async reopen(): Promise<void> {
    // One after the other: both would keep a copy of a file from elsewhere.
    this.opening = (this.opening ?? Promise.resolve()).then(() => this.open());
    await this.opening;
    await this.tell();
  }

  /** Opens the file as it is on disk now. What goes wrong is told on the page. */
  private async open(): Promise<void> {
    this.problem = undefined;
    this.version = undefined;
    try {
      const format = shownFormat(nameOf(this.file));
      this.version = await versionOf(this.file);
      const opener = await this.parts.opener();
      const path = await this.pathOf(format);
      if (this.over) return;
      const isDirty = vscode.workspace.textDocuments.some(
        (document) => document.isDirty && document.uri.toString() === this.file.toString(),
      );
      const notes = isDirty ? ['An editor has changes of this file that are not saved. This is the file as it is on disk.'] : [];
      this.tableHost.put(0, { name: nameOf(this.file), open: () => opener.openFile({ path, format }), notes, readOn: () => this.reopen() });
    } catch (error) {
      if (this.over) return;
      this.tableHost.remove(0);
      const parts = this.parts.reporter.describe(error);
      this.problem = { ...parts, actions: ['retry', ...(parts.actions ?? []).filter((action) => action !== 'retry')] };
    }
  }

  /** Where the file can be read on this computer; one that is elsewhere is fetched. */
  private async pathOf(format: GrowingFile['format']): Promise<string> {
    if (this.file.scheme === 'file') return this.file.fsPath;
    // It holds the copy that is about to be removed.
    this.tableHost.clear();
    return this.fetched.fetch(format);
  }

  private async tell(): Promise<void> {
    const view = await this.tableHost.view(0);
    const { file, problem } = this;
    this.send({ type: 'file', name: nameOf(file), place: placeOf(file), ...(view ? { view } : {}), ...(problem ? { problem } : {}) });
  }

  private send(message: ToFilePage): void {
    if (!this.over) void this.panel.webview.postMessage(message);
  }
}

const changedOnDisk: ErrorParts = {
  sentence: 'The file has changed on disk since it was opened.',
  advice: 'Open it again to see what it holds now.',
  actions: ['retry'],
};

/** Size and time of a file's last change. Throws LocalFailure when it cannot be read, and InvalidInput when it is a folder. */
async function versionOf(file: vscode.Uri): Promise<string> {
  let found: vscode.FileStat;
  try {
    found = await vscode.workspace.fs.stat(file);
  } catch (error) {
    const isGone = error instanceof vscode.FileSystemError && error.code === 'FileNotFound';
    throw new LocalFailure({
      sentence: isGone ? `"${nameOf(file)}" is no longer there.` : `"${nameOf(file)}" cannot be read.`,
      detail: messageOf(error),
    });
  }
  if ((found.type & vscode.FileType.Directory) !== 0) throw new InvalidInput({ sentence: `"${nameOf(file)}" is a folder.` });
  return `${found.mtime} ${found.size}`;
}

/** What a page shows and saves of where its file is. */
function placeOf(file: vscode.Uri): string {
  return file.scheme === 'file' ? file.fsPath : file.toString();
}

/** The file at such a place. A single letter in front of a colon is a disk's. */
function fileAt(place: string): vscode.Uri {
  return /^[a-z][a-z\d+.-]+:/i.test(place) ? vscode.Uri.parse(place) : vscode.Uri.file(place);
}

/** A name as a pattern that only it fits. */
function literal(name: string): string {
  return name.replace(/[[\]{}*?]/g, (special) => (special === '[' || special === ']' ? '?' : `[${special}]`));
}
