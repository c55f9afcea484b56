// The buttons under errors: each is an id that a feature has registered, with its words and what it does.

import type { PlainText } from './plain';
import type { ErrorAction } from '../model/errors';
import type { Disposable } from '../model/lifetime';
import type { Service } from '../model/service';

/** What the buttons of a message act on. */
export interface ActionContext {
  readonly service?: Service | undefined;
  /** URI of the request that was sent. */
  readonly file?: string | undefined;
  /** Key of the batch job that it is about. */
  readonly job?: string | undefined;
  /** What tells a call that was made on a page of its own from all others. */
  readonly call?: string | undefined;
  /** Does the failed thing again. */
  readonly retry?: (() => Promise<void>) | undefined;
}

/** One button. */
export interface ErrorButton {
  readonly label: PlainText;
  readonly run: (context: ActionContext) => Promise<unknown> | void;
  /** False where it would do nothing for this error; it is then not offered in messages. */
  readonly applies?: (context: ActionContext) => boolean;
  /** True for what leads to where a page already is: messages have the button, pages have not. */
  readonly messagesOnly?: boolean;
}

/** All buttons that there are. */
export class ErrorActions {
  private readonly buttons = new Map<ErrorAction, ErrorButton>();

  /** Adds a button. Throws where its id is taken: two features would do different things under one name. */
  register(id: ErrorAction, button: ErrorButton): Disposable {
    if (this.buttons.has(id)) throw new Error(`The error action "${id}" is registered twice.`);
    this.buttons.set(id, button);
    return { dispose: () => void (this.buttons.get(id) === button && this.buttons.delete(id)) };
  }

  /** True for the id of a button that there is; saved state and pages may tell of others. */
  has(id: unknown): id is ErrorAction {
    return typeof id === 'string' && this.buttons.has(id);
  }

  /** The buttons of a message about an error, in the order of `ids`; those that no feature has registered are left out. */
  offered(ids: readonly ErrorAction[], context: ActionContext): readonly { readonly id: ErrorAction; readonly title: PlainText }[] {
    return ids.flatMap((id) => {
      const button = this.buttons.get(id);
      return button === undefined || button.applies?.(context) === false ? [] : [{ id, title: button.label }];
    });
  }

  /** The words on the buttons that pages have, by their ids. */
  pageLabels(): Readonly<Record<ErrorAction, string>> {
    return Object.fromEntries([...this.buttons].flatMap(([id, { label, messagesOnly }]) => (messagesOnly ? [] : [[id, label]])));
  }

  /** Does what a button says; one that no feature has registered does nothing. */
  async run(id: ErrorAction, context: ActionContext): Promise<void> {
    await this.buttons.get(id)?.run(context);
  }
}
