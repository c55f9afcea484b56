// "Usage" and "Who Is Being Throttled?": loaded by their first use, with the panel.

import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { systemClock } from '../../../model/clock';
import { DisposableStore, type Disposable } from '../../../model/lifetime';
import { command } from '../../../ui/ids';
import { plain } from '../../../ui/plain';
import type { Platform } from '../../../ui/platform';
import { editorDialogs } from '../../../ui/tables/tableDialogs';
import type { ApimInstance, ArmOf } from '../instance';
import { titlesOfNode } from '../policyLines';
import { idsOfNode } from '../usage/scope';
import { UsageSession, type UsageTarget } from '../usage/session';
import { askUsage } from './askUsage';
import { instanceMeant, readNode } from './meant';
import { UsagePanel } from './usagePanel';

/** What it needs from outside. */
export interface UsageWorkParts extends Pick<Platform, 'context' | 'reporter' | 'opener'> {
  readonly arms: ArmOf;
  /** Asks for an instance. Throws Cancelled. */
  readonly pickInstance: () => Promise<ApimInstance>;
  /** One that is known by its ARM id; after a reload it waits for the sample, where that ran. */
  readonly findInstance: (id: string) => Promise<ApimInstance | undefined>;
}

/** The commands and their panel. */
export class UsageWork implements Disposable {
  private readonly lifetime = new DisposableStore();
  private readonly panel: UsagePanel;

  constructor(private readonly parts: UsageWorkParts) {
    const { context, reporter, opener, arms, findInstance } = parts;
    const sessionParts = { arms, describe: (error: unknown) => reporter.describe(error), now: () => systemClock.now() };
    this.panel = this.lifetime.add(new UsagePanel({
      extensionUri: context.extensionUri, reporter, opener, dialogs: editorDialogs,
      session: (target, chosen) => new UsageSession(sessionParts, target, chosen),
      find: async ({ instance: id, ids }) => {
        const instance = await findInstance(id);
        return instance && { instance, ids, titles: [] };
      },
      limitCalls: async (node) => void (await vscode.commands.executeCommand(command.apimLimitCalls, node)),
    }));
  }

  /** Opens the usage of the line that a command was called on, else of what the person picks. */
  async usage(argument: unknown): Promise<void> {
    await this.panel.show(await this.targetOf(argument, true));
  }

  /** Opens who is refused, of the line that a command was called on, else of an instance that the person picks. */
  async throttled(argument: unknown): Promise<void> {
    await this.panel.show(await this.targetOf(argument, false), 'throttled');
  }

  /** Takes over a panel that a reload has left. */
  adopt(panel: vscode.WebviewPanel, state: unknown): void {
    this.panel.adopt(panel, state);
  }

  dispose(): void {
    this.lifetime.dispose();
  }

  private async targetOf(argument: unknown, asksWhat: boolean): Promise<UsageTarget> {
    const node = readNode(argument);
    const instance = instanceMeant(node);
    const ids = idsOfNode(node);
    if (instance && ids) return { instance, ids, titles: titlesOfNode(node) };
    const chosen = instance ?? (await this.parts.pickInstance());
    return asksWhat
      ? { instance: chosen, ...(await askUsage(this.parts.arms, chosen, plain(l10n.t('Usage of What?')))) }
      : { instance: chosen, ids: {}, titles: [] };
  }
}
