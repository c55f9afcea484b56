// The list of the features, in an order in which each builds on those before it. activate() loads this on first use.

import type * as vscode from 'vscode';
import { prefix } from './ui/ids';
import { contributeApim, type ApimNode, type ApimView } from './features/apim';
import { contributeCode } from './features/code';
import { contributeDescription } from './features/description';
import { contributeHistory, type HistoryNode, type HistoryView } from './features/history';
import { contributeJobs } from './features/jobs';
import { contributeSample } from './features/sample';
import { contributeScoring } from './features/scoring';
import { contributeServices, type ServicesView } from './features/services';
import { contributeStorage } from './features/storage';
import { contributeTableFiles } from './features/tableFiles';
import { contributeTryIt } from './features/tryIt';
import { DisposableStore } from './model/lifetime';
import type { FileWork } from './ui/lateFileSystem';
import { createPlatform } from './ui/platform';
import type { TreeNode } from './ui/treeSections';

/** The views, which VS Code knows before any of this is loaded. */
export interface Views {
  readonly services: ServicesView;
  readonly history: HistoryView;
  readonly apim: ApimView;
}

/** What feeds a view. */
export type Provider<Node> = Pick<vscode.TreeDataProvider<Node>, 'getTreeItem' | 'getChildren'>;

/** What activate() passes on to. */
export interface Main {
  /** Does what a command is for; shows its errors. */
  readonly run: (id: string, args: readonly unknown[]) => Promise<unknown>;
  readonly trees: { readonly services: Provider<TreeNode>; readonly history: Provider<HistoryNode>; readonly apim: Provider<ApimNode> };
  /** What reads and saves policies. */
  readonly policyFiles: () => Promise<FileWork>;
  /** Takes over a panel that a reload has left; `state` is what its page has saved. */
  readonly restorePanel: (type: string, panel: vscode.WebviewPanel, state: unknown) => void;
}

/** Starts all features. Called once. */
export function start(context: vscode.ExtensionContext, views: Views): Main {
  const lifetime = new DisposableStore();
  context.subscriptions.push(lifetime);
  const add = <T extends vscode.Disposable>(feature: T): T => lifetime.add(feature);
  const platform = add(createPlatform(context));

  const services = add(contributeServices(platform, views.services));
  const storage = add(contributeStorage(platform, services));
  const scoring = add(contributeScoring(platform, services));
  add(contributeTableFiles(platform));
  const history = add(contributeHistory(platform, views.history, services, scoring));
  const description = add(contributeDescription(platform, services, scoring, history));
  add(contributeCode(platform, services, scoring, history, description));
  const jobs = add(contributeJobs(platform, views.services, services, storage));
  const tryIt = add(contributeTryIt(platform, services, scoring, history, description));
  const apim = add(contributeApim(platform, views.apim, services, description, jobs, tryIt, scoring, history));
  add(contributeSample(platform, services, storage, scoring, jobs, apim));

  platform.log.info(`${prefix} ${String(context.extension.packageJSON.version)} is ready`);
  return {
    run: (id, args) => platform.commands.run(id, args),
    trees: { services: services.tree, history: history.tree, apim: apim.tree },
    policyFiles: () => apim.policyFiles(),
    restorePanel: (type, panel, state) => platform.panels.restore(type, panel, state),
  };
}
