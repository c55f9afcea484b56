// The one panel that shows a batch job: used again for the next job, restored after a reload, told of changes at a walking pace.

import * as vscode from 'vscode';
import type { FromJobPage, JobAction, ToJobPage } from '../../messages';
import type { Job } from '../../model/job';
import { DisposableStore, type Disposable, type Event } from '../../model/lifetime';
import type { ActionContext, Guard } from '../guard';
import { panel as panelId } from '../ids';
import type { ResultReader } from '../jobs/results';
import { cellsText, tableText } from './copy';
import { readFromJobPage, readSavedKey } from './fromJobPage';
import { pageHtml, pageRoot } from './html';
import type { JobContext } from './jobLook';
import { jobView, resultHeads } from './jobView';
import { OpenResults } from './openResults';
import { moreRows } from './view';

/** What the panel needs from outside. */
export interface JobPanelParts {
  readonly extensionUri: vscode.Uri;
  readonly guard: Guard;
  readonly find: (key: string) => Promise<Job | undefined> | Job | undefined;
  /** Fired when any job has changed, or what is known of one. */
  readonly onDidChange: Event<unknown>;
  readonly context: (job: Job) => JobContext;
  readonly act: (action: JobAction, key: string) => Promise<void>;
  /** A reader of the output `name`, of which nothing is read yet. */
  readonly openResult: (job: Job, name: string) => Promise<ResultReader>;
  readonly saveResult: (job: Job, name: string) => Promise<void>;
  readonly actionContext: (job: Job) => ActionContext;
}

/** The page is told of changes this often at most, in milliseconds. */
const pauseMs = 500;

/** Shows a job and passes the person's wishes on. */
export class JobPanel implements Disposable {
  private readonly lifetime = new DisposableStore();
  private readonly results: OpenResults;
  private panel: vscode.WebviewPanel | undefined;
  private key: string | undefined;
  private job: Job | undefined;
  /** True while a page is there that listens. */
  private ready = false;
  /** The result that is to be looked at, until the page has been told. */
  private wanted: number | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private toldAt = 0;

  constructor(private readonly parts: JobPanelParts) {
    this.results = new OpenResults({
      open: (job, name) => parts.openResult(job, name),
      describe: (error) => parts.guard.describe(error),
      changed: (index) => this.sendResult(index),
    });
  }

  /** Begins to follow the jobs. */
  start(): void {
    this.lifetime.add(this.parts.onDidChange(() => this.tellSoon()));
  }

  /** The key of the job that is shown, while the panel can be seen. */
  get shownKey(): string | undefined {
    return this.panel?.visible ? this.key : undefined;
  }

  /** Shows a job, and one of its results when its number is given; with `beside`, next to the editor, which keeps the focus. */
  async show(key: string, { result, beside = false }: { readonly result?: number; readonly beside?: boolean } = {}): Promise<void> {
    this.turnTo(key);
    this.wanted = result;
    if (this.panel) {
      // It must not cover what one works on, where it was opened when there was no editor.
      const covers = beside && this.panel.viewColumn !== undefined && this.panel.viewColumn === vscode.window.activeTextEditor?.viewColumn;
      this.panel.reveal(covers ? vscode.ViewColumn.Beside : undefined, beside);
    } else {
      const options = { viewColumn: vscode.window.activeTextEditor ? vscode.ViewColumn.Beside : vscode.ViewColumn.Active, preserveFocus: beside };
      this.take(vscode.window.createWebviewPanel(panelId.job, 'Job', options, this.webviewOptions()));
    }
    await this.tell();
  }

  /** Takes over a panel that a reload has left; `state` is what its page had saved. */
  adopt(panel: vscode.WebviewPanel, state: unknown): void {
    const key = readSavedKey(state);
    if (key !== undefined) this.turnTo(key);
    this.take(panel);
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.lifetime.dispose();
    this.results.clear();
    this.panel?.dispose();
  }

  private turnTo(key: string): void {
    if (key === this.key) return;
    this.key = key;
    this.job = undefined;
    this.results.clear();
  }

  private webviewOptions(): vscode.WebviewOptions {
    return { enableScripts: true, localResourceRoots: [pageRoot(this.parts.extensionUri)] };
  }

  private take(panel: vscode.WebviewPanel): void {
    panel.webview.options = this.webviewOptions();
    const before = this.panel;
    this.panel = panel;
    this.ready = false;
    before?.dispose();
    const icon = (theme: string): vscode.Uri => vscode.Uri.joinPath(this.parts.extensionUri, 'media', `answer-${theme}.svg`);
    panel.iconPath = { light: icon('light'), dark: icon('dark') };
    const own = new DisposableStore();
    own.add(panel.webview.onDidReceiveMessage((message: unknown) => {
      const wish = readFromJobPage(message);
      if (wish) void this.parts.guard.run(() => this.obey(wish), this.context());
    }));
    own.add(panel.onDidChangeViewState(() => {
      // A page that is hidden is gone; the next one says that it is ready.
      if (!panel.visible) this.ready = false;
    }));
    own.add(panel.onDidDispose(() => {
      own.dispose();
      if (this.panel !== panel) return;
      this.panel = undefined;
      this.ready = false;
      this.key = undefined;
      this.results.clear();
    }));
    panel.webview.html = pageHtml(panel.webview, this.parts.extensionUri, 'job', 'Job');
  }

  private context(): ActionContext {
    return this.job ? this.parts.actionContext(this.job) : {};
  }

  private async obey(wish: FromJobPage): Promise<void> {
    const { guard } = this.parts;
    const { job, key } = this;
    switch (wish.type) {
      case 'ready':
        this.ready = true;
        await this.tell();
        return this.results.open.forEach((index) => this.sendResult(index));
      case 'job':
        return key === undefined ? undefined : this.parts.act(wish.action, key);
      case 'action':
        return guard.act(wish.action, this.context());
      case 'openResult':
        return job && this.results.read(job, wish.result);
      case 'readOn':
        return this.results.readOn(wish.result);
      case 'saveResult': {
        const result = job?.status?.results[wish.result];
        return job && result && this.parts.saveResult(job, result.name);
      }
      case 'moreRows': {
        const table = this.results.table(wish.table);
        return table && this.send({ type: 'rows', table: wish.table, from: wish.from, rows: moreRows(table, wish.from) });
      }
      case 'copy': {
        const table = this.results.table(wish.table ?? 0);
        if (!table) return;
        await vscode.env.clipboard.writeText(tableText(table));
        const rows = `${table.rows.length} ${table.rows.length === 1 ? 'row' : 'rows'}`;
        const all = this.results.isWhole(wish.table ?? 0);
        vscode.window.setStatusBarMessage(all ? `Copied ${rows}.` : `Copied the first ${rows}; save the file to have them all.`, 5000);
        return;
      }
      case 'copyCells': {
        const table = this.results.table(wish.table);
        if (table) await vscode.env.clipboard.writeText(cellsText(table, wish.lines));
        return;
      }
      default:
        return wish satisfies never;
    }
  }

  private tellSoon(): void {
    if (this.timer !== undefined || !this.ready) return;
    this.timer = setTimeout(() => {
      this.timer = undefined;
      void this.parts.guard.run(() => this.tell());
    }, Math.max(0, this.toldAt + pauseMs - Date.now()));
  }

  /** Tells the page how the job stands now. */
  private async tell(): Promise<void> {
    const { key } = this;
    const job = key === undefined ? undefined : await this.parts.find(key);
    // While it was looked for, another may have been asked for.
    if (key !== this.key) return;
    this.job = job;
    this.toldAt = Date.now();
    if (!this.panel) return;
    this.panel.title = job ? `Job: ${job.title}` : 'Job';
    if (!this.ready) return;
    const open = this.wanted;
    this.wanted = undefined;
    this.send({
      type: 'job', key: key ?? '', job: job && jobView(job, this.parts.context(job)), results: job ? resultHeads(job) : [],
      ...(open === undefined ? {} : { open }),
    });
  }

  private sendResult(index: number): void {
    this.send({ type: 'result', index, result: this.results.view(index) });
  }

  private send(message: ToJobPage): void {
    if (this.ready) void this.panel?.webview.postMessage(message);
  }
}
