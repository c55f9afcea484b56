// The one panel that shows answers: opened beside without taking the focus, used again the next time, restored after a reload.

import * as vscode from 'vscode';
import type { FromPage, ToPage } from '../../messages';
import { InvalidInput } from '../../model/errors';
import { DisposableStore, type Disposable } from '../../model/lifetime';
import type { Exchange } from '../../model/exchange';
import type { ActionContext, Guard } from '../guard';
import { panel as panelId } from '../ids';
import type { Entry, RunItem, Runs } from '../runs';
import type { Bodies } from './bodies';
import { cellsText, tableText } from './copy';
import { readFromPage } from './fromPage';
import { pageHtml, pageRoot } from './html';
import { moreRows, panelState, runEntry } from './view';

/** What the panel needs from outside. */
export interface AnswerPanelParts {
  readonly extensionUri: vscode.Uri;
  readonly runs: Runs;
  readonly guard: Guard;
  readonly bodies: Bodies;
  /** What is to be sent when an item is sent again: the file's text and service as they are now. */
  readonly again: (item: RunItem) => Promise<RunItem>;
}

/** Shows the runs' entries and passes the person's wishes on. */
export class AnswerPanel implements Disposable {
  private readonly lifetime = new DisposableStore();
  private panel: vscode.WebviewPanel | undefined;

  constructor(private readonly parts: AnswerPanelParts) {}

  /** Begins to follow the runs. */
  start(): void {
    this.lifetime.add(this.parts.runs.onDidChange(() => this.post()));
  }

  /** Brings the panel into view, opening it beside the editor when there is none. The focus stays where it is unless it is asked for. */
  reveal(focus = false): void {
    if (this.panel) {
      // Opened while there was no editor, it may stand in the editor's own group and would cover what is sent.
      const covers = this.panel.viewColumn !== undefined && this.panel.viewColumn === vscode.window.activeTextEditor?.viewColumn;
      this.panel.reveal(covers ? vscode.ViewColumn.Beside : undefined, !focus);
      return;
    }
    const options = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: !focus };
    this.adopt(vscode.window.createWebviewPanel(panelId.answer, 'Answer', options, this.webviewOptions()));
  }

  /** The file of the request whose answer is shown, while the panel is the active editor. */
  get activeFile(): vscode.Uri | undefined {
    const file = this.panel?.active ? this.entry()?.item.file : undefined;
    return file === undefined ? undefined : vscode.Uri.parse(file);
  }

  /** Sends the request whose answer is shown once more, with the text that its file has now. */
  async sendAgain(): Promise<void> {
    const entry = this.entry();
    if (!entry) throw new InvalidInput({ sentence: 'There is no request to send again.', advice: 'Open a JSON request and choose Send to RRS.' });
    await this.parts.runs.resend(entry, await this.parts.again(entry.item)).over;
  }

  /** What the buttons of the page, and of messages about what it wishes, act on. */
  private context(): ActionContext {
    const item = this.entry()?.item;
    return { service: item?.service, file: item?.file, retry: () => this.sendAgain() };
  }

  dispose(): void {
    this.lifetime.dispose();
    this.panel?.dispose();
  }

  private webviewOptions(): vscode.WebviewOptions {
    return { enableScripts: true, localResourceRoots: [pageRoot(this.parts.extensionUri)] };
  }

  /** Makes a panel the one that shows answers: a new one, or one that a reload has left. */
  adopt(panel: vscode.WebviewPanel): void {
    panel.webview.options = this.webviewOptions();
    // Two windows' worth of panels cannot be: a restored one takes the place of any other.
    this.panel?.dispose();
    this.panel = panel;
    const icon = (theme: string): vscode.Uri => vscode.Uri.joinPath(this.parts.extensionUri, 'media', `answer-${theme}.svg`);
    panel.iconPath = { light: icon('light'), dark: icon('dark') };
    const own = new DisposableStore();
    own.add(panel.webview.onDidReceiveMessage((message: unknown) => {
      const wish = readFromPage(message);
      if (wish) void this.parts.guard.run(() => this.obey(wish), this.context());
    }));
    own.add(panel.onDidDispose(() => {
      own.dispose();
      if (this.panel === panel) this.panel = undefined;
    }));
    panel.webview.html = pageHtml(panel.webview, this.parts.extensionUri, 'answer', 'Answer');
  }

  private async obey(wish: FromPage): Promise<void> {
    const { runs, guard, bodies } = this.parts;
    const exchange = this.exchange();
    switch (wish.type) {
      case 'ready':
        return this.post();
      case 'cancel':
        return runs.cancel();
      case 'action':
        return guard.act(wish.action, this.context());
      case 'moreRows': {
        const table = exchange?.tables[wish.table];
        if (table) this.send({ type: 'rows', table: wish.table, from: wish.from, rows: moreRows(table, wish.from) });
        return;
      }
      case 'select':
        return runs.select(wish.entry);
      case 'openBody':
        if (exchange) await bodies.open(exchange);
        return;
      case 'saveBody':
        if (exchange) await bodies.save(exchange);
        return;
      case 'copy':
        return this.copy(wish, exchange);
      case 'copyCells': {
        const table = exchange?.tables[wish.table];
        if (table) await vscode.env.clipboard.writeText(cellsText(table, wish.lines));
        return;
      }
      default:
        return wish satisfies never;
    }
  }

  private async copy(wish: FromPage & { readonly type: 'copy' }, exchange: Exchange | undefined): Promise<void> {
    const table = exchange?.tables[wish.table ?? 0];
    if (wish.what === 'url' && exchange) await vscode.env.clipboard.writeText(exchange.url);
    if (wish.what === 'body' && exchange) await this.parts.bodies.copy(exchange);
    if (wish.what === 'table' && table) {
      await vscode.env.clipboard.writeText(tableText(table));
      const all = table.rows.length === table.totalRows;
      vscode.window.setStatusBarMessage(all ? `Copied ${table.totalRows} ${table.totalRows === 1 ? 'row' : 'rows'}.` : `Copied the first ${table.rows.length} of ${table.totalRows} rows; the rest is in the body.`, 5000);
    }
  }

  private entry(): Entry | undefined {
    return this.parts.runs.entries[this.parts.runs.current];
  }

  private exchange(): Exchange | undefined {
    const state = this.entry()?.state;
    return state?.kind === 'answered' ? state.exchange : undefined;
  }

  private post(): void {
    const { runs } = this.parts;
    const entry = this.entry();
    if (this.panel) this.panel.title = entry ? `Answer: ${entry.item.source}` : 'Answer';
    this.send({ type: 'state', state: panelState(entry), run: runs.entries.map(runEntry), current: runs.current });
  }

  private send(message: ToPage): void {
    // A page that is hidden loses messages; it asks again with `ready` when it is shown.
    void this.panel?.webview.postMessage(message);
  }
}
