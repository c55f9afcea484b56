// The one panel with the form of a new instance. What is typed survives a reload.

import * as l10n from '@vscode/l10n';
import type * as vscode from 'vscode';
import type { Disposable } from '../../../model/lifetime';
import type { ErrorReporter } from '../../../ui/errorReporter';
import { panel as panelId } from '../../../ui/ids';
import { SingletonPanel } from '../../../ui/singletonPanel';
import type { CreateForm } from '../create/form';
import { readFromCreatePage, readSavedCreate, type FromCreatePage, type SavedCreate, type ToCreatePage } from '../create/messages';

/** What the panel needs from outside. */
export interface CreatePanelParts {
  readonly extensionUri: vscode.Uri;
  readonly reporter: ErrorReporter;
  readonly newForm: (saved?: Partial<SavedCreate>) => CreateForm;
  /** Confirms and begins what stands in the form, which has been checked. Throws Cancelled. */
  readonly create: (form: CreateForm) => Promise<void>;
  /** Confirms and begins to restore the instance that holds the name. Throws Cancelled. */
  readonly restore: (form: CreateForm) => Promise<void>;
  readonly register: (form: CreateForm) => Promise<void>;
  readonly signIn: () => Promise<void>;
  readonly openPrices: () => Promise<void>;
}

/** Asks. */
export class CreatePanel implements Disposable {
  private readonly panel: SingletonPanel<ToCreatePage>;
  private form: CreateForm | undefined;

  constructor(private readonly parts: CreatePanelParts) {
    const { extensionUri, reporter } = parts;
    this.panel = new SingletonPanel({
      extensionUri, actions: reporter.actions, id: panelId.instance, page: 'instance', title: l10n.t('Create API Management Instance'),
      onMessage: (message) => {
        const request = readFromCreatePage(message, reporter.actions);
        if (request) void reporter.run(() => this.handle(request), this.context());
      },
      gone: () => this.leave(),
    });
  }

  /** Shows the form; one that is open already is shown as it is, with the subscription that is meant. */
  show(saved?: Partial<SavedCreate>): void {
    if (this.form === undefined || saved !== undefined) this.take(saved);
    this.panel.show();
    this.tell();
  }

  /** Takes over a panel that a reload has left; `state` is what its page had saved. */
  adopt(panel: vscode.WebviewPanel, state: unknown): void {
    this.take(readSavedCreate(state));
    this.panel.take(panel);
  }

  dispose(): void {
    this.leave();
    this.panel.dispose();
  }

  private take(saved?: Partial<SavedCreate>): void {
    this.leave();
    const form = this.parts.newForm(saved);
    this.form = form;
    form.onDidChange(() => {
      if (this.form === form) this.tell();
    });
    void form.load();
  }

  private leave(): void {
    this.form?.dispose();
    this.form = undefined;
  }

  private context(): { readonly retry?: () => Promise<void> } {
    const { form } = this;
    return form ? { retry: () => form.load(true) } : {};
  }

  private async handle(request: FromCreatePage): Promise<void> {
    const { form, parts } = this;
    if (!form) return;
    switch (request.type) {
      case 'ready':
        this.panel.markReady();
        return this.tell();
      case 'change':
        return form.change(request);
      case 'submit':
        return form.submit(request) ? this.busy(form, () => parts.create(form)) : undefined;
      case 'restore':
        return this.busy(form, () => parts.restore(form));
      case 'register':
        return this.busyStaying(form, () => parts.register(form));
      case 'reload':
        return form.load(true);
      case 'price':
        return parts.openPrices();
      case 'signIn':
        await parts.signIn();
        return form.load(true);
      case 'action':
        return parts.reporter.act(request.action, this.context());
      default:
        return request satisfies never;
    }
  }

  /** What was begun is followed elsewhere: the form is done with. */
  private async busy(form: CreateForm, work: () => Promise<void>): Promise<void> {
    await this.busyStaying(form, work);
    if (this.form === form) this.panel.dispose();
  }

  private async busyStaying(form: CreateForm, work: () => Promise<void>): Promise<void> {
    form.setBusy(true);
    try {
      await work();
    } finally {
      form.setBusy(false);
    }
  }

  private tell(): void {
    const { form } = this;
    if (form) this.panel.send(form.view());
  }
}
