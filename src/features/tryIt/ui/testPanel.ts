// The one panel of the test of a service: used again for the next service, read anew after a reload.

import * as l10n from '@vscode/l10n';
import type * as vscode from 'vscode';
import { answerText, bodyKind } from '../../../http/answerText';
import { Cancelled } from '../../../model/errors';
import type { Exchange } from '../../../model/exchange';
import { DisposableStore, type Disposable } from '../../../model/lifetime';
import type { TableOpener } from '../../../model/openTable';
import type { Service } from '../../../model/service';
import type { ActionContext } from '../../../ui/errorActions';
import type { ErrorReporter } from '../../../ui/errorReporter';
import { panel as panelId } from '../../../ui/ids';
import { SingletonPanel } from '../../../ui/singletonPanel';
import { TableHost } from '../../../ui/tables/tableHost';
import type { TableDialogs } from '../../../ui/tables/tablesTaken';
import { answerTables } from '../../scoring';
import { readFromTestPage, readSavedTest, type FromTestPage, type TestAnswer, type TestState, type ToTestPage } from '../test/messages';
import { noTest, type TestSession } from '../test/testSession';
import type { GivenRequest } from '../test/testStart';

/** What the panel needs from outside. */
export interface TestPanelParts {
  readonly extensionUri: vscode.Uri;
  readonly reporter: ErrorReporter;
  readonly session: (service: Service) => TestSession;
  /** Finds what a reload has left, by what stands for it where choices are kept; undefined where it is not known any more. */
  readonly find: (choice: string) => Promise<Service | undefined>;
  readonly opener: () => Promise<TableOpener>;
  readonly dialogs: TableDialogs;
  /** The key under which the history keeps an exchange. */
  readonly keyOf: (exchange: Exchange) => string;
  readonly openAnswer: (exchange: Exchange, key: string) => void;
  readonly openFile: (service: Service, request: NonNullable<ReturnType<TestSession['shown']>>) => Promise<void>;
}

/** So much of a body that is no table is shown, in UTF-16 units. */
const longestText = 4_000;

/** Shows a test, and does what is asked of it. */
export class TestPanel implements Disposable {
  private readonly panel: SingletonPanel<ToTestPage>;
  private readonly tables: TableHost;
  /** The exchange whose tables are shown. */
  private hosted: Exchange | undefined;
  private session: TestSession | undefined;
  private following = new DisposableStore();
  /** What was filled in while this window lives, by address. */
  private readonly left = new Map<string, TestSession>();
  private saved: string | undefined;
  /** How far what a reload has left was found again, while nothing is tested. */
  private finding: Pick<TestState, 'busy' | 'problem'> = {};
  private findAgain: (() => Promise<void>) | undefined;
  private posts = 0;

  constructor(private readonly parts: TestPanelParts) {
    const { extensionUri, reporter, dialogs } = parts;
    this.panel = new SingletonPanel({
      extensionUri, actions: reporter.actions, id: panelId.test, page: 'serviceTest', title: l10n.t('Test'),
      onMessage: (message) => {
        const request = readFromTestPage(message, reporter.actions);
        if (request) void reporter.run(() => this.handle(request), this.context());
      },
      // What is sent goes on into the history; what was filled in is found again.
      gone: () => this.host(undefined),
    });
    this.tables = new TableHost({
      send: (message) => this.panel.send(message), describe: (error) => reporter.describe(error), dialogs,
    });
  }

  /** Shows the test of a service; `given` takes the place of what is filled in. */
  async show(service: Service, given?: GivenRequest): Promise<void> {
    this.saved = undefined;
    [this.finding, this.findAgain] = [{}, undefined];
    const before = this.left.get(service.address);
    const session = this.follow(service);
    this.panel.show();
    this.post();
    if (given) await session.load({ kind: 'given', given });
    else if (before === undefined || !session.isRead) await session.load({ kind: 'any' });
    else await session.lookForWays();
  }

  /** Takes over a panel that a reload has left; `state` is what its page had saved. */
  adopt(panel: vscode.WebviewPanel, state: unknown): void {
    this.saved = readSavedTest(state);
    this.panel.take(panel);
  }

  /** True while something is being sent to this address. */
  isSendingTo(address: string): boolean {
    return [...this.left.values()].some((session) => session.isSendingTo(address));
  }

  /** Services have other names, or are others. */
  refreshNames(): void {
    if (this.session) this.post();
  }

  /** Stops what goes to this address, and forgets what was filled in for it: it is to be removed, or is another one from now on. */
  forget(address: string): void {
    const session = this.left.get(address);
    if (!session) return;
    this.left.delete(address);
    if (this.session === session) {
      this.following.dispose();
      this.session = undefined;
    }
    session.discard();
    this.post();
  }

  dispose(): void {
    this.following.dispose();
    for (const session of this.left.values()) session.dispose();
    this.tables.dispose();
    this.panel.dispose();
  }

  private follow(service: Service): TestSession {
    const session = this.left.get(service.address) ?? this.parts.session(service);
    this.left.set(service.address, session);
    this.following.dispose();
    this.following = new DisposableStore();
    this.following.add(session.onDidChange(() => this.post()));
    this.session = session;
    return session;
  }

  private context(): ActionContext {
    const { session } = this;
    const { findAgain } = this;
    if (!session) return findAgain ? { retry: findAgain } : {};
    return { service: session.called, retry: () => session.retry() };
  }

  private async handle(request: FromTestPage): Promise<void> {
    const { session, parts } = this;
    if ('table' in request) return this.tables.handle(request);
    if (!session) {
      if (request.type === 'ready') return this.ready();
      return request.type === 'action' ? parts.reporter.act(request.action, this.context()) : undefined;
    }
    switch (request.type) {
      case 'ready':
        return this.ready();
      case 'refresh':
        return session.refresh();
      case 'sample':
        return session.load({ kind: 'sample' });
      case 'stop':
        return session.stop();
      case 'edit':
        return session.edit(request.edit);
      case 'text':
        return session.type(request.text, request.turn);
      case 'asJson':
        return session.turnTo('json');
      case 'asForm':
        return session.turnTo('form');
      case 'way':
        return session.go(request.way);
      case 'send':
        return session.send();
      case 'openAnswer':
        if (session.exchange) parts.openAnswer(session.exchange, parts.keyOf(session.exchange));
        return;
      case 'openFile': {
        const shown = session.shown();
        return shown && parts.openFile(session.called, shown);
      }
      case 'action':
        return parts.reporter.act(request.action, this.context());
      default:
        return request satisfies never;
    }
  }

  private async ready(): Promise<void> {
    this.panel.markReady();
    const { saved, session } = this;
    session?.restart();
    this.saved = undefined;
    this.post();
    if (saved !== undefined && !session) await this.findSaved(saved);
  }

  private async findSaved(saved: string): Promise<void> {
    const tell = (finding: TestPanel['finding']): void => {
      this.finding = finding;
      this.post();
    };
    this.findAgain = () => this.findSaved(saved);
    tell({ busy: 'reading' });
    try {
      const service = await this.parts.find(saved);
      // Meanwhile somebody may have opened another one.
      if (this.session) return;
      if (service) await this.show(service);
      else tell({ problem: { sentence: l10n.t('The service that was tested here is not among yours any more.'), actions: [] } });
    } catch (error) {
      if (this.session) throw error;
      const { actions = [], ...problem } = this.parts.reporter.describe(error);
      tell(error instanceof Cancelled ? {} : { problem: { ...problem, actions: [...actions, 'retry'] } });
    }
  }

  private host(exchange: Exchange | undefined, opener?: TableOpener): void {
    if (exchange === this.hosted) return;
    this.tables.clear();
    this.hosted = exchange;
    if (exchange && opener) answerTables(exchange, opener).forEach((table, index) => this.tables.put(index, table));
  }

  private post(): void {
    if (this.panel.current) void this.parts.reporter.run(() => this.tell());
  }

  private async tell(): Promise<void> {
    const post = (this.posts += 1);
    const { session } = this;
    const exchange = session?.exchange;
    const hasTables = (exchange?.tables.length ?? 0) > 0;
    // What has no tables needs no opener and no waiting.
    const opener = hasTables && this.hosted !== exchange ? await this.parts.opener() : undefined;
    if (post !== this.posts || !this.panel.current) return;
    this.host(exchange, opener);
    const views = hasTables ? await this.tables.views() : [];
    if (post !== this.posts || !this.panel.current) return;
    const state = session?.view() ?? { ...noTest, ...this.finding };
    this.panel.current.title = session ? l10n.t('Test: {0}', state.title) : l10n.t('Test');
    const answer = exchange && answerOf(exchange, this.parts.keyOf(exchange), views);
    this.panel.send({ ...state, ...(answer ? { answer } : {}) });
  }
}

function answerOf(exchange: Exchange, key: string, tables: TestAnswer['tables']): TestAnswer {
  const { answer, startedAt, durationMs, problem, notes } = exchange;
  const text = answer && tables.length === 0 && problem === undefined ? answerText(answer) : '';
  const isText = answer !== undefined && ['json', 'xml', 'text', 'html'].includes(bodyKind(answer, text.slice(0, 1_000)));
  return {
    key, startedAt, durationMs, tables, notes, text: isText ? text.slice(0, longestText) : '',
    ...(answer === undefined ? {} : { status: answer.status, statusText: answer.statusText }),
    ...(problem === undefined ? {} : { problem }),
  };
}
