// The one panel of the form that limits calls: used again for the next scope, read anew after a reload.

import * as l10n from '@vscode/l10n';
import type * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../../model/lifetime';
import type { ActionContext } from '../../../ui/errorActions';
import type { ErrorReporter } from '../../../ui/errorReporter';
import { panel as panelId } from '../../../ui/ids';
import { notify, type Button } from '../../../ui/notices';
import { plain } from '../../../ui/plain';
import { SingletonPanel } from '../../../ui/singletonPanel';
import type { ApimNode } from '../nodes';
import { readFromLimitsPage, type FromLimitsPage, type ToLimitsPage } from '../limits/messages';
import { readSavedLimits, type LimitsPlace } from '../limits/place';
import { noLimits, type LimitsSession, type LimitsTarget, type PolicyPair } from '../limits/session';
import { policyPath } from '../policy/scopePaths';
import { nodeOfScope } from '../policyLines';
import type { PublishTexts } from './publishTexts';

/** What the panel needs from outside. */
export interface LimitsPanelParts {
  readonly extensionUri: vscode.Uri;
  readonly reporter: ErrorReporter;
  readonly session: (target: LimitsTarget) => LimitsSession;
  readonly texts: () => Pick<PublishTexts, 'diff'>;
  /** Finds what a reload has left; undefined where its instance is not known any more. */
  readonly find: (place: LimitsPlace) => Promise<LimitsTarget | undefined>;
  /** Opens the policy of a line as a document. */
  readonly editPolicy: (node: ApimNode) => Promise<void>;
}

/** Shows a form, and does what is asked of it. */
export class LimitsPanel implements Disposable {
  private readonly panel: SingletonPanel<ToLimitsPage>;
  private session: LimitsSession | undefined;
  private following = new DisposableStore();
  /** What was typed while this window lives, by instance and path: whoever comes back finds it again. */
  private readonly left = new Map<string, LimitsSession>();
  /** What a reload has left, until it is looked for. */
  private saved: LimitsPlace | undefined;

  constructor(private readonly parts: LimitsPanelParts) {
    const { extensionUri, reporter } = parts;
    this.panel = new SingletonPanel({
      extensionUri, actions: reporter.actions, id: panelId.limits, page: 'limits', title: l10n.t('Limit Calls'),
      onMessage: (message) => {
        const request = readFromLimitsPage(message, reporter.actions);
        if (request) void reporter.run(() => this.handle(request), this.context());
      },
      // What is written is written; what is typed is found again.
      gone: () => undefined,
    });
  }

  /** Shows the form of a scope, and reads it. */
  async show(target: LimitsTarget): Promise<void> {
    this.saved = undefined;
    const session = this.follow(target);
    this.panel.show();
    this.tell();
    await session.load();
  }

  /** Takes over a panel that a reload has left; `state` is what its page had saved. */
  adopt(panel: vscode.WebviewPanel, state: unknown): void {
    this.saved = readSavedLimits(state);
    this.panel.take(panel);
  }

  dispose(): void {
    this.following.dispose();
    for (const session of this.left.values()) session.dispose();
    this.panel.dispose();
  }

  private follow(target: LimitsTarget): LimitsSession {
    const key = `${target.instance.endpointUrl}${target.instance.id}${policyPath(target.scope)}`.toLowerCase();
    const session = this.left.get(key) ?? this.parts.session(target);
    this.left.set(key, session);
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

  private async handle(request: FromLimitsPage): Promise<void> {
    const { session, parts } = this;
    if (!session) return request.type === 'ready' ? this.ready() : undefined;
    switch (request.type) {
      case 'ready':
        return this.ready();
      case 'refresh':
        return session.load();
      case 'discard':
        return session.discard();
      case 'stop':
        return session.stop();
      case 'change':
        return session.change(request.draft, request.turn);
      case 'save':
        session.change(request.draft, request.turn);
        await session.save();
        return this.tellUnseen(session);
      case 'diff':
        return this.compare(session.result());
      case 'compare':
        return this.compare(session.conflict());
      case 'editPolicy': {
        const { target: { instance, scope } } = session;
        return parts.editPolicy(nodeOfScope(instance, scope, session.title));
      }
      case 'action':
        return parts.reporter.act(request.action, this.context());
      default:
        return request satisfies never;
    }
  }

  private async compare(pair: PolicyPair | undefined): Promise<void> {
    if (pair) await this.parts.texts().diff(pair.name, { kind: 'policy', text: pair.before }, { kind: 'policy', text: pair.after });
  }

  /** What a page tells that nobody sees is told in a message. */
  private tellUnseen(session: LimitsSession): void {
    if (this.panel.visible) return;
    const { problem, notice, title } = session.view();
    const open: Button = { title: plain(l10n.t('Show')) };
    const changed = plain(l10n.t('{0}: somebody else has changed the policy, so nothing was saved.', title));
    const replaced = plain(l10n.t('{0}: saved, and a policy that was made elsewhere at that moment was replaced.', title));
    const shown = problem ? notify('error', plain(problem.sentence), open)
      : notice === 'changed' ? notify('warning', changed, open)
        : notice === 'replaced' ? notify('warning', replaced, open)
          : notice === 'saved' ? notify('information', plain(l10n.t('{0}: saved.', title)), open) : undefined;
    // Not awaited: the message may stay for hours.
    shown?.then((chosen) => void (chosen === open && this.reveal(session)), () => undefined);
  }

  private reveal({ target }: LimitsSession): void {
    this.follow(target);
    this.panel.show();
    this.tell();
  }

  private async ready(): Promise<void> {
    this.panel.markReady();
    const { saved, session } = this;
    session?.restart();
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
    const view = this.session?.view() ?? noLimits;
    current.title = view.place === undefined ? l10n.t('Limit Calls') : view.title;
    this.panel.send(view);
  }
}
