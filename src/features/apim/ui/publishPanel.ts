// The one panel of a publishing: used again for the next, restored after a reload from the journal.

import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { LocalFailure } from '../../../model/errors';
import { DisposableStore, type Disposable } from '../../../model/lifetime';
import type { ActionContext } from '../../../ui/errorActions';
import type { ErrorReporter } from '../../../ui/errorReporter';
import { askToConfirm } from '../../../ui/ask';
import { command, panel as panelId } from '../../../ui/ids';
import { notify, type Button } from '../../../ui/notices';
import { plain } from '../../../ui/plain';
import { SingletonPanel } from '../../../ui/singletonPanel';
import type { ApimInstance } from '../instance';
import { instanceTitle } from '../nodes';
import { bodyOfAll } from '../publish/bodyText';
import { readFromPublishPage, readSavedPublishing, type FromPublishPage, type ToPublishPage } from '../publish/messages';
import { noPublishing, stepsOfLine } from '../publish/publishView';
import { phaseOf, type Publishing } from '../publish/publishing';
import type { PublishJournal } from '../publish/journal';
import type { PublishSession } from '../publish/session';
import { isApiGone, undoDetail } from '../publish/undoQuestion';
import type { PublishTexts } from './publishTexts';

/** What the panel needs from outside. */
export interface PublishPanelParts {
  readonly extensionUri: vscode.Uri;
  readonly reporter: ErrorReporter;
  readonly journal: Pick<PublishJournal, 'read'>;
  readonly texts: PublishTexts;
  readonly session: (publishing: Publishing) => PublishSession;
  /** The address of the service through its gateway, where it is in the sidebar. */
  readonly gatewayAddress: (publishing: Publishing) => string | undefined;
  readonly openPortal: (instance: ApimInstance) => Promise<void>;
  /** Leads back to the form, with what was chosen. */
  readonly changeChoices: (publishing: Publishing) => Promise<void>;
}

/** Shows a publishing, and does what is asked of it. */
export class PublishPanel implements Disposable {
  private readonly panel: SingletonPanel<ToPublishPage>;
  private session: PublishSession | undefined;
  private following = new DisposableStore();
  /** Key of what a reload has left, until it is read. */
  private saved: string | undefined;

  constructor(private readonly parts: PublishPanelParts) {
    const { extensionUri, reporter } = parts;
    this.panel = new SingletonPanel({
      extensionUri, actions: reporter.actions, id: panelId.publish, page: 'publish', title: l10n.t('Publish'),
      onMessage: (message) => {
        const request = readFromPublishPage(message, reporter.actions);
        if (request) void reporter.run(() => this.handle(request), this.context());
      },
      // What is under way goes on: each step is written down, and the page may be opened again.
      gone: () => undefined,
    });
  }

  /** Shows a publishing; what another one was about is stopped between two steps. */
  show(publishing: Publishing): PublishSession {
    const session = this.follow(publishing);
    this.panel.show();
    this.tell();
    return session;
  }

  /** Takes over a panel that a reload has left; `state` is what its page had saved. */
  adopt(panel: vscode.WebviewPanel, state: unknown): void {
    this.saved = readSavedPublishing(state);
    this.panel.take(panel);
  }

  dispose(): void {
    this.following.dispose();
    this.panel.dispose();
  }

  private follow(publishing: Publishing): PublishSession {
    const { session: before } = this;
    // The same one is gone on with, also while steps of it are under way.
    if (before?.publishing.key === publishing.key) return before;
    this.following.dispose();
    const session = this.parts.session(publishing);
    this.following = new DisposableStore();
    this.following.add(session);
    this.following.add(session.onDidChange(() => this.tell()));
    this.session = session;
    return session;
  }

  private context(): ActionContext {
    const { session } = this;
    return session ? { retry: () => session.apply() } : {};
  }

  private async handle(request: FromPublishPage): Promise<void> {
    const { session, parts } = this;
    if (!session) return request.type === 'ready' ? this.ready() : undefined;
    switch (request.type) {
      case 'ready':
        return this.ready();
      case 'apply':
        await session.apply();
        return this.tellUnseen(session);
      case 'stop':
        return session.stop();
      case 'undo':
        return this.undo(session);
      case 'drift':
        return session.checkDrift();
      case 'planAgain':
        return session.planAgain();
      case 'choices':
        return parts.changeChoices(session.publishing);
      case 'choose':
        return session.choose(request.key, request.chosen);
      case 'offer':
        return session.decide(request.key, request.kind);
      case 'portal':
        return parts.openPortal(session.publishing.instance);
      case 'send':
        return void (await vscode.commands.executeCommand(command.sendToService, parts.gatewayAddress(session.publishing)));
      case 'runJob':
        return void (await vscode.commands.executeCommand(command.runJob, parts.gatewayAddress(session.publishing)));
      case 'look':
        return this.look(session, request.key);
      case 'driftDiff': {
        const drift = session.drift.find(({ key }) => key === request.key);
        return drift && parts.texts.diff(drift.name, drift.there, drift.wanted);
      }
      case 'action':
        return parts.reporter.act(request.action, this.context());
      default:
        return request satisfies never;
    }
  }

  /** Asks before anything is taken back; of the service through the gateway that led to it, the person is asked what becomes of it. */
  private async undo(session: PublishSession): Promise<void> {
    const { publishing } = session;
    // Whoever goes on with it has agreed before.
    if (phaseOf(publishing) !== 'undoing') {
      const { definition: { choices: { displayName } }, instance } = publishing;
      const question = plain(l10n.t('Undo publishing "{0}" to {1}?', displayName, instanceTitle(instance)));
      await askToConfirm(question, plain(undoDetail(publishing)), plain(l10n.t('Undo')));
    }
    await session.undo();
    const address = this.parts.gatewayAddress(session.publishing);
    if (address !== undefined && phaseOf(session.publishing) === 'undone' && isApiGone(session.publishing))
      await vscode.commands.executeCommand(command.removeService, address);
  }

  /** A step that changes something is compared, others are shown: several operations as one document. */
  private async look(session: PublishSession, key: string): Promise<void> {
    const { texts } = this.parts;
    const steps = stepsOfLine(session.publishing.steps, key);
    const [first] = steps;
    if (first?.action === 'change') return texts.diff(first.name, first.before, first.after);
    if (first) await texts.show(first.name, bodyOfAll(steps.map(({ name, before, after }) => ({ name, body: after ?? before }))));
  }

  /** What a page tells that nobody sees is told in a message. */
  private tellUnseen(session: PublishSession): void {
    if (this.panel.visible) return;
    const { phase, problem, service, instance } = session.view();
    const open: Button = { title: plain(l10n.t('Show')) };
    const shown = problem
      ? notify('error', plain(problem.sentence), open)
      : notify('information', plain(phase === 'done' ? l10n.t('{0} is published to {1}.', service, instance)
        : l10n.t('Publishing {0} to {1} is not finished.', service, instance)), open);
    // Not awaited: the message may stay for hours.
    shown.then((chosen) => void (chosen === open && this.show(session.publishing)), () => undefined);
  }

  private async ready(): Promise<void> {
    this.panel.markReady();
    const { saved } = this;
    this.saved = undefined;
    if (saved !== undefined) {
      const entry = await this.parts.journal.read(saved);
      if (entry.kind === 'publishing') this.follow(entry.publishing);
      else if (entry.kind === 'unreadable') {
        this.tell();
        throw new LocalFailure({ sentence: entry.reason, advice: entry.advice, actions: ['showLog'] });
      }
    }
    this.tell();
  }

  private tell(): void {
    const { current } = this.panel;
    if (!current) return;
    const view = this.session?.view() ?? noPublishing;
    current.title = view.key === '' ? l10n.t('Publish') : l10n.t('Publish {0}: Review', view.service);
    this.panel.send(view);
  }
}
