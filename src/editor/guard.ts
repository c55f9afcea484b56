// The one place where an error meets the person: a message with what to do next, and buttons that do it.

import * as vscode from 'vscode';
import { Cancelled, HumanError, messageOf, type ErrorAction } from '../model/errors';
import type { Service } from '../model/service';
import { command, prefix } from './ids';

/** What the buttons of a message act on. */
export interface ActionContext {
  readonly service?: Service | undefined;
  /** Does the failed thing again. */
  readonly retry?: (() => Promise<void>) | undefined;
}

const labels: Readonly<Record<ErrorAction, string>> = {
  setServiceKey: 'Set API Key…',
  setSubscriptionKey: 'Set Subscription Key…',
  retry: 'Try Again',
  openSettings: 'Open Settings',
  openNetworkSettings: 'Open Network Settings',
  showLog: 'Show Log',
  changeService: 'Choose Another Service…',
  showAnswer: 'Show Answer',
  startSample: 'Start the Sample Service',
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
    if (!(error instanceof HumanError)) {
      this.log.error(error instanceof Error ? error.stack ?? error.message : messageOf(error));
      this.offer('Azure ML Web Services met a fault of its own. The log tells more.', ['showLog'], context);
      return;
    }
    this.log.warn(error.message);
    this.offer([error.message, error.advice].filter((part) => part !== undefined).join(' '), error.actions, context);
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
        return void (await vscode.commands.executeCommand(command.chooseService));
      case 'showAnswer':
        return void (await vscode.commands.executeCommand(command.showAnswer));
      case 'startSample':
        return void (await vscode.commands.executeCommand(command.startSample));
      default:
        return action satisfies never;
    }
  }

  private offer(message: string, actions: readonly ErrorAction[], context: ActionContext): void {
    const offered = actions.filter((action) => action !== 'retry' || context.retry !== undefined);
    // Not awaited: the message may stay for hours, and the command is over.
    vscode.window.showErrorMessage(message, ...offered.map((action) => labels[action])).then(
      (label) => {
        const chosen = offered.find((action) => labels[action] === label);
        if (chosen) void this.run(() => this.act(chosen, context), context);
      },
      (error: unknown) => this.log.error(messageOf(error)),
    );
  }
}
