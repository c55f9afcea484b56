// The one panel that shows answers: opened beside without taking the focus, used again the next time, restored after a reload.

import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { readFromPage, type FromPage, type PanelState, type ToPage } from '../messages';
import { InvalidInput } from '../../../model/errors';
import { DisposableStore, Emitter, type Disposable } from '../../../model/lifetime';
import type { Exchange } from '../../../model/exchange';
import type { TableOpener } from '../../../model/openTable';
import type { Service } from '../../../model/service';
import type { ActionContext } from '../../../ui/errorActions';
import type { ErrorReporter } from '../../../ui/errorReporter';
import { contextFlag } from '../../../ui/contextFlag';
import { command, contextKey, panel as panelId } from '../../../ui/ids';
import type { Entry, RunItem, Runs } from '../runs';
import type { Bodies } from './bodies';
import { Frames } from '../../../ui/frames';
import { SingletonPanel } from '../../../ui/singletonPanel';
import { TableHost } from '../../../ui/tables/tableHost';
import { answerTables } from '../tablesOfAnswer';
import type { TableDialogs } from '../../../ui/tables/tablesTaken';
import { actedOn, exchangeView, panelState, runEntry, type ShownExchange } from '../view';
import { readSavedKey } from '../../../ui/savedKey';
import { Recalled } from './recalled';
import { KeptState } from '../keptState';
import type { PastExchanges } from '../pastExchanges';

/** What the panel needs from outside. */
export interface AnswerPanelParts {
  readonly extensionUri: vscode.Uri;
  readonly runs: Runs;
  readonly reporter: ErrorReporter;
  readonly bodies: Bodies;
  readonly opener: () => Promise<TableOpener>;
  readonly dialogs: TableDialogs;
  /** What is to be sent when an item is sent again: the file's text and service as they are now. */
  readonly again: (item: RunItem) => Promise<RunItem>;
  /** The service with an address, while there is one. */
  readonly findService: (address: string) => Service | undefined;
  /** The key under which the history keeps an exchange; undefined where it does not. */
  readonly keyOf?: (exchange: Exchange) => string | undefined;
  /** An exchange from the history by its key; undefined when it is gone. */
  readonly past?: (key: string) => Promise<Exchange | undefined>;
  /** Sends an exchange from the history once more. */
  readonly sendPast?: (key: string) => Promise<void>;
  readonly kept: Pick<PastExchanges, 'pinned' | 'pin' | 'compare' | 'onDidChange'>;
  readonly log: (line: string) => void;
}

/** Shows the runs' entries, or an exchange from the history, and passes the person's requests on. */
export class AnswerPanel implements Disposable {
  private readonly lifetime = new DisposableStore();
  private readonly tableHost: TableHost;
  /** Exchanges that the history does not keep have keys of their own. */
  private readonly keys = new WeakMap<Exchange, string>();
  private readonly panel: SingletonPanel<ToPage>;
  private shownPast: ShownExchange | undefined;
  /** The entries that were there when it was shown: a new one takes its place. */
  private entriesThen: ReadonlySet<Entry> = new Set();
  /** The exchange whose tables are shown. */
  private hosted: Exchange | undefined;
  /** Of a run of many files the bodies of the first are let go; this one is looked at, and comes from the history. */
  private recalled: Recalled | undefined;
  private readonly kept: KeptState;
  private readonly tellSent = contextFlag(contextKey.sent);
  private toldSight: boolean | undefined;
  private readonly sight = this.lifetime.add(new Emitter<void>());
  private posts = 0;
  /** Each change of each entry is told with the whole list of them. */
  private readonly frames = new Frames(() => this.post());
  private telling: Promise<void> = Promise.resolve();

  constructor(private readonly parts: AnswerPanelParts) {
    this.panel = new SingletonPanel({
      extensionUri: parts.extensionUri, actions: parts.reporter.actions, id: panelId.answer, page: 'answer', title: 'Answer',
      onMessage: (message) => {
        const request = readFromPage(message, parts.reporter.actions);
        if (request) void parts.reporter.run(() => this.handle(request), this.context());
      },
      gone: () => {
        this.shownPast = undefined;
        this.tellContext();
        this.hostTables(undefined);
      },
    });
    this.tableHost = this.lifetime.add(new TableHost({
      send: (message) => this.panel.send(message), describe: (error) => parts.reporter.describe(error), dialogs: parts.dialogs,
    }));
    this.kept = new KeptState({
      kept: parts.kept, log: parts.log, send: (message) => this.panel.send(message), shown: () => this.panel.current && this.shown()?.key,
    });
  }

  /** True while the run can be seen: the panel is in sight and shows nothing from the history. */
  get showsRun(): boolean {
    return this.panel.visible && !this.shownPast;
  }

  /** Raised when `showsRun` gives something else. */
  readonly onDidChangeSight = this.sight.event;

  /** Begins to follow the runs. */
  start(): void {
    this.lifetime.add(this.frames);
    this.lifetime.add(this.parts.kept.onDidChange(() => void this.kept.tell()));
    this.lifetime.add(this.panel.onDidChangeSight(() => this.tellSight()));
    this.lifetime.add(this.parts.runs.onDidChange(() => {
      if (this.shownPast && this.parts.runs.entries.some((entry) => !this.entriesThen.has(entry))) this.shownPast = undefined;
      this.tellContext();
      this.frames.ask();
    }));
  }

  /**
   * Brings the panel into view, opening it beside the editor, or beside the column that is given. The focus stays unless it is asked for.
   */
  reveal(focus = false, beside?: vscode.ViewColumn): void {
    this.panel.showBeside(!focus, beside);
  }

  /** Resolves when the page has been told how things stand now. */
  get told(): Promise<void> {
    this.frames.flush();
    return this.telling;
  }

  /** Shows an exchange from the history, or one that it never had, until another is chosen or something is sent. */
  showPast(exchange: Exchange, key: string, unkept = false): void {
    this.turnToPast(exchange, key, unkept);
    this.reveal(true);
    this.post();
  }

  /** The file of the request whose answer is shown, while the panel is the active editor. */
  get activeFile(): vscode.Uri | undefined {
    const file = this.panel.current?.active && !this.shownPast ? actedOn(this.entry()).file : undefined;
    return file === undefined ? undefined : vscode.Uri.parse(file);
  }

  /** Sends the request whose answer is shown once more, with the text that its file has now; one from the history as it was. */
  async sendAgain(): Promise<void> {
    const past = this.shownPast;
    if (past && this.parts.sendPast) return this.parts.sendPast(past.key);
    const entry = this.entry();
    if (!entry)
      throw new InvalidInput({ sentence: 'There is no request to send again.', advice: 'Open a JSON request and choose Send to RRS.' });
    await this.parts.runs.resend(entry, await this.parts.again(entry.item)).over;
  }

  /** Makes a panel that a reload has left the one that shows answers; `state` is what its page had saved. */
  async adopt(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    this.panel.take(panel);
    const key = readSavedKey(state);
    const exchange = key === undefined ? undefined : await this.parts.past?.(key);
    // What was sent meanwhile is newer.
    if (key === undefined || !exchange || this.panel.current !== panel || this.shownPast || this.entry()) return;
    this.turnToPast(exchange, key);
    this.post();
  }

  dispose(): void {
    this.lifetime.dispose();
    this.panel.dispose();
  }

  private turnToPast(exchange: Exchange, key: string, unkept = false): void {
    this.shownPast = { exchange, key, past: true, unkept };
    this.entriesThen = new Set(this.parts.runs.entries);
    this.tellContext();
  }

  /** Tells the menus whether there is a request that can be sent again, and others whether the run can be seen. */
  private tellContext(): void {
    this.tellSent(this.shownPast !== undefined || this.parts.runs.entries.length > 0);
    this.tellSight();
  }

  /** Each change of each entry comes by here: others hear of it only where the run has come into sight, or gone out of it. */
  private tellSight(): void {
    const { showsRun } = this;
    if (showsRun === this.toldSight) return;
    this.toldSight = showsRun;
    this.sight.fire();
  }

  /** What the buttons of the page, and of messages about what it requests, act on. */
  private context(): ActionContext {
    const { shownPast } = this;
    if (shownPast)
      return {
        service: this.parts.findService(shownPast.exchange.service.address),
        ...(this.parts.sendPast ? { retry: () => this.sendAgain() } : {}),
      };
    return { ...actedOn(this.entry()), retry: () => this.sendAgain() };
  }

  private async handle(request: FromPage): Promise<void> {
    const { runs, reporter, bodies } = this.parts;
    const exchange = this.shown()?.exchange;
    if ('table' in request) return this.tableHost.handle(request);
    switch (request.type) {
      case 'ready':
        this.post();
        return this.kept.tell();
      // What the page shows: it may not have been told yet of what was chosen last.
      case 'compare':
        return this.parts.kept.compare(request.key);
      case 'pin':
        return this.parts.kept.pin(request.key, request.on);
      case 'cancel':
        return runs.cancel();
      case 'action':
        return reporter.act(request.action, this.context());
      case 'select':
        this.shownPast = undefined;
        this.tellContext();
        return runs.select(request.entry);
      case 'openBody':
        return exchange && bodies.open(exchange);
      case 'saveBody':
        return exchange && bodies.save(exchange);
      case 'openRequest':
        return exchange && bodies.openRequest(exchange);
      case 'copyCode':
        if (exchange) await vscode.commands.executeCommand(command.copyCode, { ...exchange, address: exchange.service.address });
        return;
      case 'copy':
        if (exchange && request.what === 'url') await vscode.env.clipboard.writeText(exchange.url);
        if (exchange && request.what === 'body') await bodies.copy(exchange);
        return;
      default:
        return request satisfies never;
    }
  }

  private entry(): Entry | undefined {
    return this.parts.runs.entries[this.parts.runs.current];
  }

  /** The exchange that is looked at. */
  private shown(): ShownExchange | undefined {
    if (this.shownPast) return this.shownPast;
    const state = this.entry()?.state;
    if (state?.kind !== 'answered') return undefined;
    const exchange = state.exchange === this.recalled?.light ? this.recalled.whole : state.exchange;
    return { exchange, key: this.keyOf(state.exchange), past: false };
  }

  /** Fetches what is looked at from the history, when it was let go: once, however often is told meanwhile what else has changed. */
  private async recall(): Promise<void> {
    const state = this.shownPast ? undefined : this.entry()?.state;
    const light = state?.kind === 'answered' && state.letGo ? state.exchange : undefined;
    if (this.recalled?.light !== light) this.recalled = light && new Recalled(
      light, this.parts.past?.(this.keyOf(light)) ?? Promise.resolve(undefined),
    );
    await this.recalled?.fetched;
  }

  private keyOf(exchange: Exchange): string {
    const key = this.parts.keyOf?.(exchange) ?? this.keys.get(exchange) ?? randomUUID();
    this.keys.set(exchange, key);
    return key;
  }

  private hostTables(exchange: Exchange | undefined, opener?: TableOpener): void {
    if (exchange === this.hosted) return;
    this.tableHost.clear();
    this.hosted = opener && exchange;
    if (exchange && opener) answerTables(exchange, opener).forEach((table, index) => this.tableHost.put(index, table));
  }

  /** Tells the page how things stand. Tables are opened only for a panel that is there to show them. */
  private post(): void {
    if (this.panel.current) this.telling = this.parts.reporter.run(() => this.tell());
  }

  private async tell(): Promise<void> {
    const post = (this.posts += 1);
    await this.recall();
    if (post !== this.posts || !this.panel.current) return;
    const shown = this.shown();
    const { runs } = this.parts;
    // Answers without tables, and whatever is under way, need no opener and no waiting.
    const hasTables = (shown?.exchange.tables.length ?? 0) > 0;
    const opener = hasTables ? await this.parts.opener() : undefined;
    if (post !== this.posts || !this.panel.current) return;
    this.hostTables(shown?.exchange, opener);
    const tables = hasTables ? await this.tableHost.views() : [];
    // What has happened meanwhile is told by a later call.
    if (post !== this.posts || !this.panel.current) return;
    const entry = this.entry();
    const source = shown?.past ? shown.exchange.source : entry?.item.source;
    this.panel.current.title = source === undefined ? 'Answer' : `Answer: ${source}`;
    const state: PanelState = shown ? { kind: 'answered', view: exchangeView(shown, tables) } : panelState(entry, '', tables);
    this.panel.send({ type: 'state', state, run: runs.entries.map(runEntry), current: shown?.past ? -1 : runs.current });
    await this.kept.tellOther();
  }
}
