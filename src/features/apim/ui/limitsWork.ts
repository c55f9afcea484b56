// "Limit Calls…": loaded by its first use, with the panel of the form.

import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { systemClock } from '../../../model/clock';
import { DisposableStore, type Disposable } from '../../../model/lifetime';
import { command, limitsScheme } from '../../../ui/ids';
import { plain } from '../../../ui/plain';
import type { Platform } from '../../../ui/platform';
import type { ApimInstance, ArmOf } from '../instance';
import { LimitsSession, type LimitsTarget } from '../limits/session';
import { scopeOfNode, titlesOfNode } from '../policyLines';
import { askScope } from './askScope';
import { LimitsPanel } from './limitsPanel';
import { instanceMeant, readNode } from './meant';
import { PublishTexts } from './publishTexts';

/** What it needs from outside. */
export interface LimitsWorkParts extends Pick<Platform, 'context' | 'reporter'> {
  readonly arms: ArmOf;
  /** Asks for an instance. Throws Cancelled. */
  readonly pickInstance: () => Promise<ApimInstance>;
  /** One that is known by its ARM id; after a reload it waits for the sample, where that ran. */
  readonly findInstance: (id: string) => Promise<ApimInstance | undefined>;
  /** Told that a policy was written; the path is below the instance. */
  readonly policyChanged: (instance: ApimInstance, path: string) => void;
}

/** The command and its panel. */
export class LimitsWork implements Disposable {
  private readonly lifetime = new DisposableStore();
  private readonly panel: LimitsPanel;
  private texts: PublishTexts | undefined;

  constructor(private readonly parts: LimitsWorkParts) {
    const { context, reporter, arms, findInstance, policyChanged } = parts;
    const sessionParts = {
      arms, describe: (error: unknown) => reporter.describe(error), now: () => systemClock.now(), changed: policyChanged,
    };
    this.panel = this.lifetime.add(new LimitsPanel({
      extensionUri: context.extensionUri, reporter,
      session: (target) => new LimitsSession(sessionParts, target),
      texts: () => (this.texts ??= this.lifetime.add(new PublishTexts(limitsScheme))),
      find: async ({ instance: id, scope }) => {
        const instance = await findInstance(id);
        return instance && { instance, scope, titles: [] };
      },
      editPolicy: async (node) => void (await vscode.commands.executeCommand(command.apimEditPolicy, node)),
    }));
  }

  /** Opens the form for the line that a command was called on, else for what the person picks. */
  async limitCalls(argument: unknown): Promise<void> {
    await this.panel.show(await this.targetOf(argument));
  }

  /** Takes over a panel that a reload has left. */
  adopt(panel: vscode.WebviewPanel, state: unknown): void {
    this.panel.adopt(panel, state);
  }

  dispose(): void {
    this.lifetime.dispose();
  }

  private async targetOf(argument: unknown): Promise<LimitsTarget> {
    const node = readNode(argument);
    const scope = scopeOfNode(node);
    const instance = instanceMeant(node);
    if (instance && scope) return { instance, scope, titles: titlesOfNode(node) };
    const chosen = instance ?? (await this.parts.pickInstance());
    const { scope: asked, titles } = await askScope(this.parts.arms, chosen, plain(l10n.t('Limit Calls of What?')));
    return { instance: chosen, scope: asked, titles };
  }
}
