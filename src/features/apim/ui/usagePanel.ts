// The one panel of usage: used again for the next thing that is looked at, read anew after a reload and each minute while it is in sight.

import * as l10n from '@vscode/l10n';
import type * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../../model/lifetime';
import type { TableOpener } from '../../../model/openTable';
import type { ActionContext } from '../../../ui/errorActions';
import type { ErrorReporter } from '../../../ui/errorReporter';
import { panel as panelId } from '../../../ui/ids';
import { SingletonPanel } from '../../../ui/singletonPanel';
import { TableHost } from '../../../ui/tables/tableHost';
import type { TableDialogs } from '../../../ui/tables/tablesTaken';
import type { ApimNode } from '../nodes';
import { nodeOfScope } from '../policyLines';
import {
  readFromUsagePage, tableNumbers, type FromUsagePage, type ToUsagePage, type UsagePart, type UsageTable,
} from '../usage/messages';
import type { UsagePeriod } from '../usage/period';
import { Refresher } from '../usage/refresher';
import { readSavedUsage } from '../usage/scope';
import type { UsageSession, UsageTarget } from '../usage/session';
import { usageTable } from '../usage/tables';
import type { UsagePlace } from '../usage/usageShape';
import { noUsage, usageView } from '../usage/usageView';
import { readZone } from '../usage/zonedText';

/** What the panel needs from outside. */
export interface UsagePanelParts {
  readonly extensionUri: vscode.Uri;
  readonly reporter: ErrorReporter;
  readonly dialogs: TableDialogs;
  readonly opener: () => Promise<TableOpener>;
  readonly session: (target: UsageTarget, chosen: UsagePeriod | undefined) => UsageSession;
  /** Finds what a reload has left; undefined where its instance is not known any more. */
  readonly find: (place: UsagePlace) => Promise<UsageTarget | undefined>;
  /** Opens the form that limits the calls of a line. */
  readonly limitCalls: (node: ApimNode) => Promise<void>;
}

/** Shows usage, and does what is asked of it. */
export class UsagePanel implements Disposable {
  private readonly panel: SingletonPanel<ToUsagePage>;
  private readonly tables: TableHost;
  private readonly refresher: Refresher;
  private readonly lifetime = new DisposableStore();
  private session: UsageSession | undefined;
  /** The period that a person has chosen, which holds for what is looked at next. */
  private chosen: UsagePeriod | undefined;
  private following = new DisposableStore();
  /** What the tables that the page has were made of. */
  private readonly shown = new Map<UsageTable, { readonly of: unknown }>();
  private zone: string | undefined;
  /** What a reload has left, until it is looked for. */
  private saved: UsagePlace | undefined;

  constructor(private readonly parts: UsagePanelParts) {
    const { extensionUri, reporter, dialogs } = parts;
    this.panel = new SingletonPanel({
      extensionUri, actions: reporter.actions, id: panelId.usage, page: 'usage', title: l10n.t('Usage'),
      onMessage: (message) => {
        const request = readFromUsagePage(message, reporter.actions);
        if (request) void reporter.run(() => this.handle(request), this.context());
      },
      gone: () => this.leave(),
    });
    this.tables = new TableHost({ send: (message) => this.send(message), describe: (error) => reporter.describe(error), dialogs });
    this.refresher = this.lifetime.add(new Refresher({
      now: () => performance.now(),
      setTimer: (work, ms) => {
        const timer = setTimeout(work, ms);
        return { dispose: () => clearTimeout(timer) };
      },
      isWanted: () => this.panel.visible && this.session?.goesOn === true,
      refresh: () => void reporter.run(() => this.load()),
    }));
    this.lifetime.add(this.panel.onDidChangeSight(() => this.refresher.plan()));
  }

  /** Shows the usage of something, a part of the page first, and reads it. */
  async show(target: UsageTarget, part: UsagePart = 'charts'): Promise<void> {
    this.saved = undefined;
    const session = this.follow(target);
    this.panel.show();
    await session.look(part, true);
    await this.load();
  }

  /** Takes over a panel that a reload has left; `state` is what its page had saved. */
  adopt(panel: vscode.WebviewPanel, state: unknown): void {
    this.saved = readSavedUsage(state);
    this.panel.take(panel);
  }

  dispose(): void {
    this.leave();
    this.lifetime.dispose();
    this.tables.dispose();
    this.panel.dispose();
  }

  private leave(): void {
    this.following.dispose();
    this.following = new DisposableStore();
    this.session = undefined;
    this.forgetTables();
    this.refresher.plan();
  }

  private follow(target: UsageTarget): UsageSession {
    this.leave();
    const session = this.following.add(this.parts.session(target, this.chosen));
    this.following.add(session.onDidChange(() => this.tell()));
    this.session = session;
    return session;
  }

  private context(): ActionContext {
    return this.session ? { retry: () => this.load() } : {};
  }

  private async load(reading?: Promise<boolean>): Promise<void> {
    const { session } = this;
    if (!session) return;
    await (reading ?? session.load());
    // Also what was stopped: it would be read again at once else.
    if (session === this.session) this.refresher.read();
  }

  private async handle(request: FromUsagePage): Promise<void> {
    if ('table' in request) return this.tables.handle(request);
    const { session, parts } = this;
    if (request.type === 'ready') return this.ready(request.zone);
    if (!session) return;
    switch (request.type) {
      case 'refresh':
        session.forget();
        return this.load();
      case 'stop':
        session.stop();
        return this.refresher.read();
      case 'period':
        this.chosen = request.period;
        return this.load(session.setPeriod(request.period));
      case 'interval':
        return this.load(session.setInterval(request.intervalMs));
      case 'narrow':
        return this.load(session.narrow(request.kind, request.key));
      case 'narrowTime':
        return this.load(session.narrowTime(request.fromMs, request.toMs));
      case 'widen':
        return this.load(session.widen(request.key));
      case 'part':
        return session.look(request.part);
      case 'moreRequests':
        return session.moreRequests();
      case 'limit': {
        const limit = session.now.throttled?.rows.flatMap(({ limits }) => limits).find(({ key }) => key === request.key);
        if (!limit) return;
        const { instance } = session.target;
        // What is changed there is read anew the next time.
        session.forget();
        return parts.limitCalls(nodeOfScope(instance, limit.scope, limit.title));
      }
      case 'action':
        return parts.reporter.act(request.action, this.context());
      default:
        return request satisfies never;
    }
  }

  private async ready(zone: string): Promise<void> {
    this.panel.markReady();
    this.zone = readZone(zone);
    this.forgetTables();
    const { saved, session } = this;
    this.saved = undefined;
    this.tell();
    if (saved === undefined) return;
    const target = await this.parts.find(saved);
    // Meanwhile somebody may have opened another one.
    if (target === undefined || this.session !== session) return;
    await this.show(target);
  }

  private tell(): void {
    const { current } = this.panel;
    if (!current) return;
    const view = this.session ? usageView(this.session.now) : noUsage;
    current.title = view.place === undefined ? l10n.t('Usage') : view.title;
    this.send(view);
    void this.parts.reporter.run(() => this.tellTable());
    this.refresher.plan();
  }

  /** The table that is looked at, where it is another one than the page has. What it was sorted and filtered by stays. */
  private async tellTable(): Promise<void> {
    const { session } = this;
    const which = session?.now.part;
    if (!session || which === undefined || which === 'charts' || which === 'throttled' || !this.panel.listens) return;
    const { read, requests } = session.now;
    const of = which === 'requests' ? requests : read;
    if (of === undefined || this.shown.get(which)?.of === of) return;
    const held = usageTable(which, session.now, this.zone);
    if (!held) return;
    this.shown.set(which, { of });
    const index = tableNumbers[which];
    const opener = await this.parts.opener();
    const before = await this.tables.view(index);
    if (this.shown.get(which)?.of !== of) return;
    this.tables.put(index, { name: held.name, open: () => opener.openHeld(held) });
    if (before && (before.query.sort || before.query.filters.length > 0 || before.query.search !== undefined)) {
      await this.tables.handle({ type: 'arrange', table: index, query: before.query });
    }
    const view = await this.tables.view(index);
    if (view && this.shown.get(which)?.of === of) this.send({ type: 'table', table: index, view });
  }

  private forgetTables(): void {
    this.shown.clear();
    this.tables.clear();
  }

  private send(message: ToUsagePage): void {
    if (this.panel.listens) this.panel.send(message);
  }
}
