// Builds all that the history is made of, and wires it: files, view, documents, the panel that compares.

import { join } from 'node:path';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { HistoryFiles } from '../historyFiles';
import { systemClock } from '../../../model/clock';
import { messageOf } from '../../../model/errors';
import type { Exchange } from '../../../model/exchange';
import type { HistoryEntry } from '../../../model/history';
import { DisposableStore, type Disposable } from '../../../model/lifetime';
import type { TableOpener } from '../../../model/openTable';
import { sharedStorage } from '../../../ui/sharedStorage';
import { yieldToOthers } from '../../../base/yieldToOthers';
import { History } from '../historyStore';
import { isMasked } from '../historySafe';
import type { ErrorReporter } from '../../../ui/errorReporter';
import { heldBytes } from '../../scoring';
import { prefix, setting } from '../../../ui/ids';
import { notify } from '../../../ui/notices';
import { ComparePanel } from './comparePanel';
import { plain } from '../../../ui/plain';
import { savedName } from '../../../ui/savedNames';
import { editorDialogs } from '../../../ui/tables/tableDialogs';
import type { HistoryNode } from '../nodes';
import type { NewDay } from '../../../base/newDay';
import { HistoryTree } from './historyTree';
import { HistoryTexts } from './texts';

/** So much of exchanges waits to be written while more is being sent, in bytes. */
const mostWaitingBytes = 32 * 1024 * 1024;

/** The disk is waited for no longer than this before the next request is sent, in milliseconds. */
const longestWaitMs = 2000;

/** What is kept of a call beside its exchange. */
export interface Kept {
  /** URI of the file that was sent, where it was one. */
  readonly file?: string | undefined;
  readonly sample: boolean;
  /** The keys that it was made with, which are looked for in the exchange once more. */
  readonly hidden: () => Promise<readonly string[]>;
}

/** What it needs from outside. */
export interface HistoryFeatureParts {
  readonly context: vscode.ExtensionContext;
  readonly reporter: ErrorReporter;
  readonly log: vscode.LogOutputChannel;
  readonly treeView: vscode.TreeView<HistoryNode>;
  readonly treeChanged: vscode.EventEmitter<HistoryNode[] | undefined>;
  readonly opener: () => Promise<TableOpener>;
  readonly newDay: NewDay;
  /** An exchange with the tables that are in its answer's body. */
  readonly withTables: (exchange: Exchange) => Promise<Exchange>;
}

/** What is remembered of exchanges, and what can be done with them. */
export class HistoryFeature implements Disposable {
  readonly history: History;
  readonly tree: HistoryTree;
  readonly texts: HistoryTexts;
  readonly comparison: ComparePanel;
  private readonly lifetime = new DisposableStore();
  /** Ids of the exchanges of this window's life. */
  private readonly ids = new WeakMap<Exchange, string>();
  /** What is being written, and how much it holds, in bytes. */
  private readonly writes = new Map<Promise<void>, number>();
  private complained = false;

  constructor(private readonly parts: HistoryFeatureParts) {
    const { context, reporter, log, treeView, treeChanged } = parts;
    // What was sent belongs to the folder it was sent from; without a folder it belongs to the person.
    const home = context.storageUri ? sharedStorage(context.storageUri.fsPath) : context.globalStorageUri.fsPath;
    const folder = join(home, savedName.history);
    this.history = new History({
      files: new HistoryFiles(
        folder,
      ), limitBytes, now: () => Date.now(), random: Math.random, pause: yieldToOthers, log: (line) => log.warn(line),
    });
    this.tree = this.lifetime.add(new HistoryTree({
      history: this.history, folder, treeView, treeChanged, newDay: parts.newDay, pause: yieldToOthers,
    }));
    this.texts = this.lifetime.add(new HistoryTexts((id) => this.history.exchange(id)));
    this.comparison = this.lifetime.add(new ComparePanel({
      extensionUri: context.extensionUri, reporter, dialogs: editorDialogs, opener: parts.opener,
      exchange: (id) => this.past(id), diff: (before, after, part) => this.texts.diff(before, after, part),
    }));
  }

  /** Begins to follow what is kept and the setting. */
  start(): void {
    this.tree.start();
    this.texts.start();
    this.lifetime.add(vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(`${prefix}.${setting.historyMegabytes}`)) void this.parts.reporter.run(() => this.history.trim());
    }));
  }

  /** Keeps an exchange. Returns at once: nobody waits for the disk, and an answer is shown also where the disk is full. */
  keep(exchange: Exchange, { file, sample, hidden }: Kept): void {
    const id = this.idOf(exchange);
    const write = async (): Promise<void> => {
      await this.history.add(id, exchange, { file, sample, secrets: await hidden() });
    };
    const writing = write().catch((error: unknown) => {
      this.parts.log.error(`The history could not be written: ${messageOf(error)}`);
      // Once is enough: the next request meets the same disk.
      if (this.complained) return;
      this.complained = true;
      void notify(
        'warning',
        plain(l10n.t('What you send is not kept in the history, as it could not be written to the disk. The log tells more.')),
      );
    }).finally(() => this.writes.delete(writing));
    this.writes.set(writing, heldBytes(exchange));
  }

  /**
   * Waits while more is to be written than the disk keeps up with: each waits with its bodies in memory. A disk that hangs keeps nobody
   * from sending for long.
   */
  async keepsUp(signal: AbortSignal): Promise<void> {
    const waiting = [...this.writes.values()].reduce((sum, bytes) => sum + bytes, 0);
    if (waiting < mostWaitingBytes) return;
    await Promise.race([...this.writes.keys(), systemClock.sleep(longestWaitMs, signal).catch(() => undefined)]);
  }

  /** An exchange without its bodies is the same to the history as the whole one. */
  shareId(exchange: Exchange, light: Exchange): void {
    this.ids.set(light, this.idOf(exchange));
  }

  /** All entries, newest first, with what is just being kept. */
  async entries(): Promise<readonly HistoryEntry[]> {
    await Promise.all(this.writes.keys());
    return this.history.list();
  }

  /** The id of an exchange, which it has before it is on disk. */
  idOf(exchange: Exchange): string {
    const id = this.ids.get(exchange) ?? this.history.newId(exchange.startedAt);
    this.ids.set(exchange, id);
    return id;
  }

  /**
   * An exchange as it was shown, its tables read again from the body that was kept; undefined when it is gone. Throws LocalFailure when it
   * is damaged.
   */
  async past(id: string): Promise<Exchange | undefined> {
    const exchange = await this.history.exchange(id);
    return exchange && this.parts.withTables(exchange);
  }

  /** The last request that went to a service and holds no mask, as JSON; undefined when there is none. */
  async lastRequest(address: string): Promise<string | undefined> {
    for (const entry of await this.entries()) {
      if (entry.service.address !== address || !entry.kept.request || entry.own) continue;
      // One that is damaged does not hide those before it.
      const { request } = await this.history.bodies(entry).catch(() => ({ request: undefined }));
      const text = request && Buffer.from(request).toString('utf8');
      if (text !== undefined && !isMasked(text)) return text;
    }
    return undefined;
  }

  dispose(): void {
    this.lifetime.dispose();
  }
}

/** The most room that the history takes, from the person's settings, in bytes. */
function limitBytes(): number {
  const value: unknown = vscode.workspace.getConfiguration(prefix).get(setting.historyMegabytes);
  return (typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : 100) * 1024 * 1024;
}
