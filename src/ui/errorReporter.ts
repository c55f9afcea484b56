// The one place where an error meets the person: a message with what to do next, and buttons that do it.

import type { LogOutputChannel } from 'vscode';
import { Cancelled, HumanError, messageOf, type ErrorAction, type ErrorParts } from '../model/errors';
import type { ActionContext, ErrorActions } from './errorActions';
import { notify } from './notices';
import { plain } from './plain';

/** Shows what commands throw. */
export class ErrorReporter {
  constructor(private readonly log: Pick<LogOutputChannel, 'error' | 'warn'>, readonly actions: ErrorActions) {}

  /** Runs something; an error is shown and goes no further. */
  async run(work: () => Promise<void> | void, context: ActionContext = {}): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.show(error, context);
    }
  }

  /** Shows an error, unless it is the person's own request to stop. */
  show(error: unknown, context: ActionContext = {}): void {
    if (error instanceof Cancelled) return;
    const { sentence, advice, actions = [] } = this.describe(error);
    this.offer([sentence, advice].filter((part) => part !== undefined).join(' '), actions, context);
  }

  /** What a person is told of an error; what only those who make the extension can use goes into the log. */
  describe(error: unknown): ErrorParts {
    if (!(error instanceof HumanError)) {
      this.log.error(error instanceof Error ? error.stack ?? error.message : messageOf(error));
      return { sentence: 'Azure ML Web Services met a fault of its own.', advice: 'The log tells more.', actions: ['showLog'] };
    }
    // Its words may quote a request, and the log keeps nothing of a body.
    this.log.warn(`${error.name} was shown`);
    return { sentence: error.message, detail: error.detail, advice: error.advice, actions: error.actions };
  }

  /** Does what a button says. */
  act(action: ErrorAction, context: ActionContext): Promise<void> {
    return this.actions.run(action, context);
  }

  private offer(message: string, actions: readonly ErrorAction[], context: ActionContext): void {
    const buttons = this.actions.offered(actions, context);
    // Not awaited: the message may stay for hours, and the command is over.
    notify('error', plain(message), ...buttons).then(
      (chosen) => {
        if (chosen) void this.run(() => this.act(chosen.id, context), context);
      },
      (error: unknown) => this.log.error(messageOf(error)),
    );
  }
}
