// Feeds the history's view: reads the list only while somebody looks at it, keeps the search, tells VS Code what has changed.

import { join } from 'node:path';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { NewDay } from '../../../base/newDay';
import { Cancelled, HumanError, messageOf } from '../../../model/errors';
import type { HistoryEntry } from '../../../model/history';
import { DisposableStore, type Disposable } from '../../../model/lifetime';
import type { History } from '../historyStore';
import { HistorySearch } from '../historySearch';
import { contextKey, view } from '../../../ui/ids';
import { inView } from '../../../ui/progress';
import { badFileLines, type BadFileMessages } from '../../../ui/badFiles';
import { historyItem } from './historyItems';
import { historyGroups, type HistoryNode } from '../nodes';

/** What is said of files of the history that cannot be used. */
const badHistoryFiles: BadFileMessages = {
  unusable: (name, reason, advice) =>
    l10n.t('"{0}", where the requests of the history are kept, cannot be used. {1} {2}', name, reason, advice),
  oneMore: () => l10n.t('One more file of the requests of the history cannot be used.'),
  more: (count) => l10n.t('{0} more files of the requests of the history cannot be used.', count),
};

/** However often something changes, the view is drawn anew no more often than this, in milliseconds. */
const redrawMs = 200;

/** What the view shows, and where. */
export interface HistoryTreeParts {
  readonly history: History;
  /** Path of the folder that the history is in. */
  readonly folder: string;
  readonly treeView: vscode.TreeView<HistoryNode>;
  /** Fired when the view has to be drawn anew. */
  readonly treeChanged: vscode.EventEmitter<HistoryNode[] | undefined>;
  readonly newDay: Pick<NewDay, 'drawn' | 'onNewDay'>;
  /** Lets others run. */
  readonly pause: () => Promise<void>;
}

/** The view of what was sent and came back. */
export class HistoryTree implements Disposable {
  private readonly lifetime = new DisposableStore();
  private redraw: ReturnType<typeof setTimeout> | undefined;
  private watching = false;
  private text = '';
  private search: HistorySearch | undefined;
  private looking = new AbortController();

  constructor(private readonly parts: HistoryTreeParts) {}

  /** Begins to follow the history. */
  start(): void {
    this.lifetime.add(this.parts.history.onDidChange(() => {
      this.redraw ??= setTimeout(() => {
        this.redraw = undefined;
        this.parts.treeChanged.fire(undefined);
      }, redrawMs);
    }));
    this.lifetime.add(this.parts.newDay.onNewDay(() => this.parts.treeChanged.fire(undefined)));
  }

  getTreeItem(node: HistoryNode): vscode.TreeItem {
    return historyItem(node);
  }

  async getChildren(node?: HistoryNode): Promise<HistoryNode[]> {
    if (node) return node.kind === 'day' ? node.entries.map((entry): HistoryNode => ({ kind: 'exchange', entry })) : [];
    if (!this.watching) {
      // Other windows are of interest only when somebody looks.
      this.watching = true;
      this.lifetime.add(this.parts.history.watch());
    }
    const { history, folder } = this.parts;
    try {
      const groups = historyGroups(await this.shown(), Date.now());
      if (groups.length > 0) this.parts.newDay.drawn();
      if (this.search) return groups;
      return [...badFileLines(
        history.problems(), badHistoryFiles, (name) => join(folder, name),
      ).map((line): HistoryNode => ({ kind: 'badFile', ...line })), ...groups];
    } catch (error) {
      // A view that throws is empty, as if nothing had ever been sent.
      return [{
        kind: 'badFile', text: error instanceof HumanError ? [error.message, error.advice ?? ''].join(' ') : messageOf(error), path: folder,
      }];
    }
  }

  /** What is selected. */
  get selection(): readonly HistoryNode[] {
    return this.parts.treeView.selection;
  }

  /** What is searched for; empty when nothing is. */
  get searchText(): string {
    return this.text;
  }

  /**
   * Shows only what holds all these words, in what the view shows or in the texts that were sent and came back; an empty text shows all.
   */
  setSearch(text: string): void {
    this.text = text.trim();
    this.search = this.text === '' ? undefined : new HistorySearch(this.text, this.parts.history, this.parts.pause);
    this.parts.treeView.description = this.text === '' ? '' : l10n.t('search: {0}', this.text);
    void vscode.commands.executeCommand('setContext', contextKey.historySearched, this.text !== '');
    this.parts.treeChanged.fire(undefined);
  }

  dispose(): void {
    clearTimeout(this.redraw);
    this.looking.abort();
    this.lifetime.dispose();
  }

  private async shown(): Promise<readonly HistoryEntry[]> {
    this.looking.abort();
    const looking = new AbortController();
    this.looking = looking;
    const { search } = this;
    const entries = await this.parts.history.list();
    if (!search) return entries;
    try {
      return await inView(view.history, () => search.among(entries, looking.signal));
    } catch (error) {
      // Another look has begun meanwhile, and shows what it finds.
      if (error instanceof Cancelled) return [];
      throw error;
    }
  }
}
