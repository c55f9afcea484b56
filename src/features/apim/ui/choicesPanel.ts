// The one panel that asks for the choices of an API: for files, or for an instance. What is typed survives a reload.

import * as l10n from '@vscode/l10n';
import type * as vscode from 'vscode';
import type { Disposable } from '../../../model/lifetime';
import type { Service } from '../../../model/service';
import type { PublishedService } from '../../../protocols/published';
import type { ErrorReporter } from '../../../ui/errorReporter';
import { panel as panelId } from '../../../ui/ids';
import { SingletonPanel } from '../../../ui/singletonPanel';
import { choicesOf, draftOf } from '../choices/draft';
import { FollowedDraft } from '../choices/followedDraft';
import {
  readFromChoicesPage, readSavedChoices, type ChoicesCheck, type ChoicesDraft, type ChoicesPlace, type ChoicesPurpose, type FromChoicesPage,
  type OfferedProduct, type ToChoicesPage,
} from '../choices/messages';
import { callerAddresses } from '../definition/addresses';
import { checkChoices } from '../definition/choices';
import type { ApiChoices } from '../definition/definition';

/** What is asked. */
export interface ChoicesQuestion {
  readonly purpose: ChoicesPurpose;
  readonly service: Service;
  readonly published: PublishedService;
  /** Those that can be chosen. */
  readonly products: readonly OfferedProduct[];
  readonly defaults: ApiChoices;
  /** Where the API goes; `id` finds it again after a reload, `gateway` is its first address. */
  readonly instance?: { readonly id: string; readonly name: string; readonly gateway?: string };
  /**
   * Does what the choices are for; they have been checked. The panel is closed when it resolves, and stays when it rejects: errors are
   * shown, and Cancelled leads back to the form.
   */
  readonly onChosen: (choices: ApiChoices) => Promise<void>;
  /** The panel was closed, or asks something else: nothing was carried out. */
  readonly onLeft?: () => void;
}

/** Asks a question in the panel; `draft` stands in its fields, else what was typed for the service before. */
export type AskChoices = (question: ChoicesQuestion, draft?: ChoicesDraft) => void;

/** Makes the question of a panel that a reload has left; undefined where what it was about is gone. */
export type ResumeChoices = (place: ChoicesPlace) => Promise<ChoicesQuestion | undefined>;

/** What the panel needs from outside. */
export interface ChoicesPanelParts {
  readonly extensionUri: vscode.Uri;
  readonly reporter: ErrorReporter;
}

/** Asks. */
export class ChoicesPanel implements Disposable {
  private readonly panel: SingletonPanel<ToChoicesPage>;
  private readonly purposes = new Map<ChoicesPurpose, ResumeChoices>();
  /** What was typed while this window lives, by the address of the service: whoever asks once more finds it again. */
  private readonly drafts = new Map<string, ChoicesDraft>();
  private question: ChoicesQuestion | undefined;
  private fields: FollowedDraft | undefined;
  /** What a reload has left, until its question is made. */
  private resuming: Promise<void> | undefined;
  /** What is carried out. */
  private busyWith: ChoicesQuestion | undefined;

  constructor(parts: ChoicesPanelParts) {
    this.panel = new SingletonPanel({
      extensionUri: parts.extensionUri, actions: parts.reporter.actions, id: panelId.choices, page: 'choices', title: l10n.t('API Choices'),
      onMessage: (message) => {
        const request = readFromChoicesPage(message);
        if (request) void parts.reporter.run(() => this.handle(request), { service: this.question?.service });
      },
      gone: () => {
        const left = this.question;
        this.question = undefined;
        this.fields = undefined;
        left?.onLeft?.();
      },
    });
  }

  /** Says how panels of a purpose go on after a reload. */
  register(purpose: ChoicesPurpose, resume: ResumeChoices): Disposable {
    this.purposes.set(purpose, resume);
    return { dispose: () => void (this.purposes.get(purpose) === resume && this.purposes.delete(purpose)) };
  }

  /** Shows the form; another question takes the place of the one before. */
  readonly ask: AskChoices = (question, draft) => {
    this.resuming = undefined;
    this.take(question, draft ?? this.draftFor(question));
    this.panel.show();
    this.tell();
  };

  /** Takes over a panel that a reload has left; `state` is what its page had saved. */
  adopt(panel: vscode.WebviewPanel, state: unknown): void {
    const saved = readSavedChoices(state);
    this.question = undefined;
    this.fields = undefined;
    const resuming = saved && this.resume(saved.place, saved.draft).finally(() => {
      if (this.resuming === resuming) this.resuming = undefined;
    });
    // Whoever shows the page waits for it, and tells what went wrong.
    resuming?.catch(() => undefined);
    this.resuming = resuming;
    this.panel.take(panel);
  }

  dispose(): void {
    this.panel.dispose();
  }

  private async resume(place: ChoicesPlace, draft: ChoicesDraft): Promise<void> {
    const question = await this.purposes.get(place.purpose)?.(place);
    // Meanwhile somebody may have asked something else.
    if (question && this.question === undefined) this.take(question, draft);
  }

  /** What was typed for the same service, for whatever purpose; a product that is not there is not chosen. */
  private draftFor({ service: { address }, products }: ChoicesQuestion): ChoicesDraft | undefined {
    const draft = this.drafts.get(address);
    const isThere = draft === undefined || !draft.product.startsWith('existing:') ||
      products.some(({ id }) => draft.product === `existing:${id}`);
    return isThere ? draft : { ...draft, product: 'new' };
  }

  private take(question: ChoicesQuestion, draft: ChoicesDraft | undefined): void {
    const left = this.question;
    this.question = question;
    this.fields = new FollowedDraft(draft ?? draftOf(question.defaults));
    left?.onLeft?.();
  }

  private async handle(request: FromChoicesPage): Promise<void> {
    switch (request.type) {
      case 'ready':
        try {
          await this.resuming;
        } finally {
          this.tell();
        }
        return;
      case 'change':
      case 'submit':
        return this.changed(request);
      default:
        return request satisfies never;
    }
  }

  private async changed(request: Extract<FromChoicesPage, { readonly draft: ChoicesDraft }>): Promise<void> {
    const { question, fields } = this;
    if (!question || !fields) return this.tell();
    const { type, turn } = request;
    const draft = fields.take(request);
    this.drafts.set(question.service.address, draft);
    const check = checkOf(question, draft);
    const isWrong = Object.keys(check.problems).length > 0;
    this.panel.send({ type: 'checked', turn, draft, check, wanted: type === 'submit' && isWrong });
    if (type === 'submit' && !isWrong) await this.carryOut(question, choicesOf(draft, question.products));
  }

  private async carryOut(question: ChoicesQuestion, choices: ApiChoices): Promise<void> {
    if (this.busyWith === question) return;
    this.busyWith = question;
    this.panel.send({ type: 'busy', busy: true });
    try {
      await question.onChosen(choices);
      if (this.question === question) {
        // Nobody has left it.
        this.question = undefined;
        this.panel.dispose();
      }
    } finally {
      if (this.busyWith === question) this.busyWith = undefined;
      this.panel.send({ type: 'busy', busy: this.isBusy() });
    }
  }

  private isBusy(): boolean {
    return this.question !== undefined && this.busyWith === this.question;
  }

  /** Tells the page the whole state. */
  private tell(): void {
    const { question, fields, panel: { current } } = this;
    if (!current) return;
    if (!question || !fields) return this.panel.send({ type: 'gone' });
    fields.restart();
    const { draft } = fields;
    const { purpose, service, instance, products } = question;
    current.title = purpose === 'define' ? l10n.t('API of {0}: Choices', service.name) : l10n.t('Publish {0}: Choices', service.name);
    this.panel.send({
      type: 'choices', place: placeOf(question), service: service.name, products, draft, check: checkOf(question, draft),
      ...(instance === undefined ? {} : { instanceName: instance.name }),
    });
    this.panel.send({ type: 'busy', busy: this.isBusy() });
  }
}

function placeOf({ purpose, service, instance }: ChoicesQuestion): ChoicesPlace {
  return { purpose, address: service.address, ...(instance === undefined ? {} : { instance: instance.id }) };
}

function checkOf({ published, instance, products }: ChoicesQuestion, draft: ChoicesDraft): ChoicesCheck {
  const choices = choicesOf(draft, products);
  return { problems: checkChoices(choices), addresses: callerAddresses(published, { ...choices, gateway: instance?.gateway }) };
}
