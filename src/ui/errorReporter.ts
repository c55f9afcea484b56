// The one place where an error meets the person: a message with what to do next, and buttons that do it.

import * as vscode from 'vscode';
import { Cancelled, HumanError, messageOf, type ErrorAction, type ErrorParts } from '../model/errors';
import type { Service } from '../model/service';
import { command, prefix } from './ids';
import { notify } from './notices';
import { plain, type PlainText } from './plain';

/** What the buttons of a message act on. */
export interface ActionContext {
  readonly service?: Service | undefined;
  /** URI of the request that was sent. */
  readonly file?: string | undefined;
  /** Key of the batch job that it is about. */
  readonly job?: string | undefined;
  /** Does the failed thing again. */
  readonly retry?: (() => Promise<void>) | undefined;
}

const labels: Readonly<Record<ErrorAction, PlainText>> = {
  setServiceKey: plain`Set API Key…`,
  setSubscriptionKey: plain`Set Subscription Key…`,
  retry: plain`Try Again`,
  openSettings: plain`Open Settings`,
  openNetworkSettings: plain`Open Network Settings`,
  showLog: plain`Show Log`,
  changeService: plain`Choose Another Service…`,
  showAnswer: plain`Show Answer`,
  startSample: plain`Start the Sample Service`,
  addStorage: plain`Add Storage Account…`,
  openJob: plain`Show Job`,
};

/** Shows what commands throw. */
export class Guard {
  constructor(private readonly log: vscode.LogOutputChannel) {}

  /** Runs something; an error is shown and goes no further. */
  async run(work: () => Promise<void> | void, context: ActionContext = {}): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.show(error, context);
    }
  }

  /** Shows an error, unless it is the person's own wish to stop. */
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
  async act(action: ErrorAction, context: ActionContext): Promise<void> {
    const address = context.service?.address;
    switch (action) {
      case 'setServiceKey':
        return void (await vscode.commands.executeCommand(command.setServiceKey, address));
      case 'setSubscriptionKey':
        return void (await vscode.commands.executeCommand(command.setSubscriptionKey, address));
      case 'retry':
        return context.retry?.();
      case 'openSettings':
        return void (await vscode.commands.executeCommand('workbench.action.openSettings', prefix));
      case 'openNetworkSettings':
        return void (await vscode.commands.executeCommand('workbench.action.openSettings', '@id:http.proxy @id:http.noProxy @id:http.proxySupport @id:http.proxyStrictSSL @id:http.systemCertificates'));
      case 'showLog':
        return void (await vscode.commands.executeCommand(command.showLog));
      case 'changeService':
        return void (await vscode.commands.executeCommand(command.chooseService, context.file === undefined ? undefined : vscode.Uri.parse(context.file)));
      case 'showAnswer':
        return void (await vscode.commands.executeCommand(command.showAnswer));
      case 'startSample':
        return void (await vscode.commands.executeCommand(command.startSample));
      case 'addStorage':
        return void (await vscode.commands.executeCommand(command.addStorage));
      case 'openJob':
        return void (await vscode.commands.executeCommand(command.openJob, context.job));
      default:
        return action satisfies never;
    }
  }

  private offer(message: string, actions: readonly ErrorAction[], context: ActionContext): void {
    const offered = actions.filter((action) => action !== 'retry' || context.retry !== undefined);
    // Not awaited: the message may stay for hours, and the command is over.
    notify('error', plain(message), ...offered.map((action) => ({ title: labels[action], action }))).then(
      (chosen) => {
        if (chosen) void this.run(() => this.act(chosen.action, context), context);
      },
      (error: unknown) => this.log.error(messageOf(error)),
    );
  }
}
