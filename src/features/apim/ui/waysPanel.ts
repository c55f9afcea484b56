// The one panel that compares both ways to a service: used again for the next pair, found again after a reload.

import * as l10n from '@vscode/l10n';
import type * as vscode from 'vscode';
import type { Exchange } from '../../../model/exchange';
import { DisposableStore, type Disposable } from '../../../model/lifetime';
import type { ActionContext } from '../../../ui/errorActions';
import type { ErrorReporter } from '../../../ui/errorReporter';
import { panel as panelId } from '../../../ui/ids';
import { SingletonPanel } from '../../../ui/singletonPanel';
import type { WayCall } from '../ways/measures';
import { readFromWaysPage, readSavedWays, type FromWaysPage, type SavedWays, type ToWaysPage } from '../ways/messages';
import { noWays, type WaysSession } from '../ways/session';

/** What the panel needs from outside. */
export interface WaysPanelParts {
  readonly extensionUri: vscode.Uri;
  readonly reporter: ErrorReporter;
  /** Shows an answer in its own panel. */
  readonly open: (exchange: Exchange) => void;
  readonly exportCalls: (calls: readonly WayCall[]) => Promise<void>;
  /** Finds what a reload has left; undefined where one of both services is gone. */
  readonly find: (saved: SavedWays) => Promise<WaysSession | undefined>;
}

/** Shows a comparison, and does what is asked of it. */
export class WaysPanel implements Disposable {
  private readonly panel: SingletonPanel<ToWaysPage>;
  private session: WaysSession | undefined;
  private following = new DisposableStore();
  /** What a reload has left, until it is looked for. */
  private saved: SavedWays | undefined;

  constructor(private readonly parts: WaysPanelParts) {
    const { extensionUri, reporter } = parts;
    this.panel = new SingletonPanel({
      extensionUri, actions: reporter.actions, id: panelId.ways, page: 'ways', title: l10n.t('Direct and Gateway'),
      onMessage: (message) => {
        const request = readFromWaysPage(message, reporter.actions);
        if (request) void reporter.run(() => this.handle(request), this.context());
      },
      // Nobody looks at what is measured: no more calls are made for it.
      gone: () => this.session?.stop(),
    });
  }

  /** Shows a comparison that is new. */
  async show(session: WaysSession): Promise<void> {
    this.saved = undefined;
    if (this.session) session.goOnFrom(this.session);
    this.following.dispose();
    this.following = new DisposableStore();
    this.following.add(session);
    this.following.add(session.onDidChange(() => this.tell()));
    this.session = session;
    this.panel.show();
    this.tell();
    await session.load();
  }

  /** Takes over a panel that a reload has left; `state` is what its page had saved. */
  adopt(panel: vscode.WebviewPanel, state: unknown): void {
    this.saved = readSavedWays(state);
    this.panel.take(panel);
  }

  dispose(): void {
    this.following.dispose();
    this.panel.dispose();
  }

  private context(): ActionContext {
    const { session } = this;
    return session ? { retry: () => session.retry() } : {};
  }

  private async handle(request: FromWaysPage): Promise<void> {
    const { session, parts } = this;
    if (!session) return request.type === 'ready' ? this.ready() : undefined;
    switch (request.type) {
      case 'ready':
        return this.ready();
      case 'refresh':
        return session.load();
      case 'stop':
        return session.stop();
      case 'turns':
        return session.setTurns(request.turns);
      case 'run':
        session.setTurns(request.turns);
        return session.run();
      case 'open': {
        const exchange = session.sample(request.way);
        return exchange && parts.open(exchange);
      }
      case 'export':
        return parts.exportCalls(session.calls);
      case 'action':
        return parts.reporter.act(request.action, this.context());
      default:
        return request satisfies never;
    }
  }

  private async ready(): Promise<void> {
    this.panel.markReady();
    const { saved, session } = this;
    this.saved = undefined;
    this.tell();
    if (saved === undefined) return;
    const found = await this.parts.find(saved);
    // Meanwhile somebody may have opened another one.
    if (found === undefined || this.session !== session) return found?.dispose();
    await this.show(found);
  }

  private tell(): void {
    const { current } = this.panel;
    if (!current) return;
    const view = this.session?.view() ?? noWays();
    current.title = view.saved === undefined ? l10n.t('Direct and Gateway') : l10n.t('Direct and Gateway: {0}', view.title);
    this.panel.send(view);
  }
}
