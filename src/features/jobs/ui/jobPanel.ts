// The one panel that shows a batch job: used again for the next job, restored after a reload, told of changes at a walking pace.

import type * as vscode from 'vscode';
import { readFromJobPage, type FromJobPage, type JobAction, type ToJobPage } from '../messages';
import type { Job } from '../../../model/job';
import { DisposableStore, Emitter, type Disposable, type Event } from '../../../model/lifetime';
import type { ActionContext } from '../../../ui/errorActions';
import type { ErrorReporter } from '../../../ui/errorReporter';
import { panel as panelId } from '../../../ui/ids';
import type { JobContext } from '../jobLook';
import { jobView, resultHeads } from '../jobView';
import { SingletonPanel } from '../../../ui/singletonPanel';
import { OpenResults, type OpenResultsParts } from '../openResults';
import { TableHost } from '../../../ui/tables/tableHost';
import type { TableDialogs } from '../../../ui/tables/tablesTaken';
import { readSavedKey } from '../../../ui/savedKey';

/** What the panel needs from outside. */
export interface JobPanelParts {
  readonly extensionUri: vscode.Uri;
  readonly reporter: ErrorReporter;
  readonly find: (key: string) => Promise<Job | undefined> | Job | undefined;
  /** Fired when any job has changed, or what is known of one. */
  readonly onDidChange: Event<unknown>;
  readonly context: (job: Job) => JobContext;
  readonly act: (action: JobAction, key: string) => Promise<void>;
  readonly results: Pick<OpenResultsParts, 'open' | 'opener' | 'remove'>;
  readonly dialogs: TableDialogs;
  /** `whole` is where the result is on this disk already. */
  readonly saveResult: (job: Job, name: string, whole: string | undefined) => Promise<void>;
  readonly actionContext: (job: Job) => ActionContext;
}

/** The page is told of changes this often at most, in milliseconds. */
const pauseMs = 500;

/** Shows a job and passes the person's requests on. */
export class JobPanel implements Disposable {
  private readonly lifetime = new DisposableStore();
  private readonly tableHost: TableHost;
  private readonly results: OpenResults;
  private readonly panel: SingletonPanel<ToJobPage>;
  private readonly sight = this.lifetime.add(new Emitter<void>());
  private key: string | undefined;
  private job: Job | undefined;
  /** The result that is to be looked at, until the page has been told. */
  private wanted: number | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private toldAt = -pauseMs;

  constructor(private readonly parts: JobPanelParts) {
    const describe = (error: unknown) => parts.reporter.describe(error);
    this.panel = new SingletonPanel({
      extensionUri: parts.extensionUri, actions: parts.reporter.actions, id: panelId.job, page: 'job', title: 'Job',
      onMessage: (message) => {
        const request = readFromJobPage(message, parts.reporter.actions);
        if (request) void parts.reporter.run(() => this.handle(request), this.context());
      },
      gone: () => {
        this.key = undefined;
        this.results.clear();
      },
    });
    this.tableHost = new TableHost({ send: (message) => this.send(message), describe, dialogs: parts.dialogs });
    this.results = new OpenResults({ ...parts.results, tableHost: this.tableHost, describe, changed: (index) => this.sendResult(index) });
  }

  /** Begins to follow the jobs. */
  start(): void {
    this.lifetime.add(this.parts.onDidChange(() => this.tellSoon()));
    this.lifetime.add(this.panel.onDidChangeSight(() => this.sight.fire()));
  }

  /** The key of the job that is shown, while the panel can be seen. */
  get shownKey(): string | undefined {
    return this.panel.visible ? this.key : undefined;
  }

  /** Raised when `shownKey` may give something else. */
  readonly onDidChangeSight = this.sight.event;

  /** Shows a job, and one of its results when its number is given; with `beside`, next to the editor, which keeps the focus. */
  async show(key: string, { result, beside = false }: { readonly result?: number; readonly beside?: boolean } = {}): Promise<void> {
    this.turnTo(key);
    this.wanted = result;
    // Somebody who asks for the job does not mind what it covers.
    if (!beside && this.panel.current) this.panel.current.reveal();
    else this.panel.showBeside(beside);
    await this.tell();
  }

  /** Takes over a panel that a reload has left; `state` is what its page had saved. */
  adopt(panel: vscode.WebviewPanel, state: unknown): void {
    const key = readSavedKey(state);
    if (key !== undefined) this.turnTo(key);
    this.panel.take(panel);
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.lifetime.dispose();
    this.results.clear();
    this.panel.dispose();
  }

  private turnTo(key: string): void {
    if (key === this.key) return;
    this.key = key;
    this.job = undefined;
    this.results.clear();
    this.sight.fire();
  }

  private context(): ActionContext {
    return this.job ? this.parts.actionContext(this.job) : {};
  }

  private async handle(request: FromJobPage): Promise<void> {
    const { reporter } = this.parts;
    const { job, key } = this;
    if ('table' in request) return this.tableHost.handle(request);
    switch (request.type) {
      case 'ready':
        this.panel.markReady();
        await this.tell();
        return this.results.open.forEach((index) => this.sendResult(index));
      case 'job':
        return key === undefined ? undefined : this.parts.act(request.action, key);
      case 'action':
        return reporter.act(request.action, this.context());
      case 'openResult':
        return job && this.results.read(job, request.result);
      case 'saveResult': {
        const result = job?.status?.results[request.result];
        return job && result && this.parts.saveResult(job, result.name, this.results.wholeFile(request.result));
      }
      default:
        return request satisfies never;
    }
  }

  private tellSoon(): void {
    if (this.timer !== undefined || !this.panel.listens) return;
    this.timer = setTimeout(() => {
      this.timer = undefined;
      void this.parts.reporter.run(() => this.tell());
    }, Math.max(0, this.toldAt + pauseMs - performance.now()));
  }

  /** Tells the page how the job stands now. */
  private async tell(): Promise<void> {
    const { key } = this;
    const job = key === undefined ? undefined : await this.parts.find(key);
    // While it was looked for, another may have been asked for.
    if (key !== this.key) return;
    this.job = job;
    this.toldAt = performance.now();
    const { current } = this.panel;
    if (!current) return;
    current.title = job ? `Job: ${job.title}` : 'Job';
    if (!this.panel.listens) return;
    const open = this.wanted;
    this.wanted = undefined;
    this.send({
      type: 'job', key: key ?? '', job: job && jobView(job, this.parts.context(job)), results: job ? resultHeads(job) : [],
      ...(open === undefined ? {} : { open }),
    });
  }

  private sendResult(index: number): void {
    const { key } = this;
    void this.results.view(index).then((result) => {
      if (key === this.key) this.send({ type: 'result', index, result });
    });
  }

  private send(message: ToJobPage): void {
    if (this.panel.listens) this.panel.send(message);
  }
}
