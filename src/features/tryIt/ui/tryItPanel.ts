// The one panel of a call: used again for the next target, read anew after a reload.

import * as l10n from '@vscode/l10n';
import type * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../../model/lifetime';
import type { ActionContext } from '../../../ui/errorActions';
import type { ErrorReporter } from '../../../ui/errorReporter';
import { panel as panelId } from '../../../ui/ids';
import { SingletonPanel } from '../../../ui/singletonPanel';
import { readFromTryItPage, readSavedTarget, type FromTryItPage, type ToTryItPage } from '../messages';
import { noCall, type TryItSession } from '../session';
import type { SavedTarget } from '../shape';
import type { CallTarget } from '../target';

/** What the panel needs from outside. */
export interface TryItPanelParts {
  readonly extensionUri: vscode.Uri;
  readonly reporter: ErrorReporter;
  readonly session: (target: CallTarget) => TryItSession;
  /** Finds what a reload has left; undefined where it is not known any more. */
  readonly find: (saved: SavedTarget) => Promise<CallTarget | undefined>;
}

/** So many targets are remembered with what was given for them. */
const mostLeft = 30;

/** Shows a call, and does what is asked of it. */
export class TryItPanel implements Disposable {
  private readonly panel: SingletonPanel<ToTryItPage>;
  private session: TryItSession | undefined;
  private following = new DisposableStore();
  /** What was given while this window lives: whoever comes back finds it again. */
  private readonly left = new Map<string, TryItSession>();
  /** What a reload has left, until it is looked for. */
  private saved: SavedTarget | undefined;
  /** Where that is looked for, or was not found. */
  private looked: ToTryItPage['left'];

  constructor(private readonly parts: TryItPanelParts) {
    const { extensionUri, reporter } = parts;
    this.panel = new SingletonPanel({
      extensionUri, actions: reporter.actions, id: panelId.tryIt, page: 'tryIt', title: l10n.t('Try It'),
      onMessage: (message) => {
        const request = readFromTryItPage(message, reporter.actions);
        if (request) void reporter.run(() => this.handle(request), { retry: () => this.handle(request) });
      },
      // What is sent goes on, and its answer has a page of its own; what was given is found again.
      gone: () => undefined,
    });
  }

  /** Shows the page of a target, and reads it. */
  async show(target: CallTarget): Promise<void> {
    this.saved = undefined;
    const session = this.follow(target);
    const opening = session.open(target);
    this.panel.show();
    this.tell();
    await opening;
  }

  /** Takes over a panel that a reload has left; `state` is what its page had saved. */
  adopt(panel: vscode.WebviewPanel, state: unknown): void {
    this.saved = readSavedTarget(state);
    this.panel.take(panel);
  }

  dispose(): void {
    this.following.dispose();
    for (const session of this.left.values()) session.dispose();
    this.panel.dispose();
  }

  /** Where it is; undefined where there is none. */
  get column(): vscode.ViewColumn | undefined {
    return this.panel.current?.viewColumn;
  }

  private follow(target: CallTarget): TryItSession {
    const key = keyOf(target.saved);
    const session = this.left.get(key) ?? this.parts.session(target);
    // The one that was looked at last goes last.
    this.left.delete(key);
    this.left.set(key, session);
    for (const [oldest, each] of this.left) {
      if (this.left.size <= mostLeft) break;
      each.dispose();
      this.left.delete(oldest);
    }
    this.following.dispose();
    this.following = new DisposableStore();
    this.following.add(session.onDidChange(() => this.tell()));
    this.session = session;
    return session;
  }

  private context(): ActionContext {
    const { session } = this;
    return session ? { retry: () => session.retry() } : {};
  }

  private async handle(request: FromTryItPage): Promise<void> {
    const { session, parts } = this;
    if (!session) return request.type === 'ready' ? this.ready() : undefined;
    switch (request.type) {
      case 'ready':
        return this.ready();
      case 'refresh':
        return session.load();
      case 'stop':
        return session.stop();
      case 'change':
        return this.left.get(keyOf(request.of))?.change(request.draft, request.turn);
      case 'send':
      case 'sendAnyway':
        if (this.left.get(keyOf(request.of)) !== session) return;
        session.change(request.draft, request.turn);
        return session.send(request.type === 'sendAnyway');
      case 'traceOn':
      case 'traceOff':
      case 'traceAgain':
      case 'traceStop':
        return session.trace(request.type);
      case 'take':
        return session.take(request.offer);
      case 'setKey':
        await session.target.setKey?.();
        return session.load();
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
    if (saved === undefined) return this.tell();
    const target = await this.lookFor(saved);
    // Meanwhile somebody may have opened another one.
    if (target && this.session === session) await this.show(target);
  }

  /** Says on the page that it looks, and what has come of it. */
  private async lookFor(saved: SavedTarget): Promise<CallTarget | undefined> {
    this.looked = 'looking';
    this.tell();
    let target: CallTarget | undefined;
    try {
      target = await this.parts.find(saved);
      return target;
    } finally {
      this.looked = target ? undefined : 'gone';
      this.tell();
    }
  }

  private tell(): void {
    const { current } = this.panel;
    if (!current) return;
    const { session, looked } = this;
    current.title = session ? l10n.t('Try It: {0}', session.title) : l10n.t('Try It');
    this.panel.send(session?.view() ?? (looked === undefined ? noCall : { ...noCall, left: looked }));
  }
}

function keyOf({ ids }: SavedTarget): string {
  return JSON.stringify(ids);
}
