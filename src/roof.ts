// The roof: builds the parts and wires them, in one list read top to bottom. The door (extension.ts) loads it on first use.

import * as vscode from 'vscode';
import { forgetKey, setKey, setSubscriptionKeyHeader } from './editor/commands/keys';
import { openSampleRequest, startAndOpen, startSample } from './editor/commands/sample';
import { chooseService, readAgain, sendToRrs, sendToService, serviceGone } from './editor/commands/send';
import { checkOne, copyAddress, copyServiceId, copyWorkspaceId, refresh, removeService, removeWorkspace, renameService, renameWorkspace } from './editor/commands/services';
import { askText } from './editor/ask';
import { Guard } from './editor/guard';
import { command, contextKey, prefix } from './editor/ids';
import { sampleRan, sampleRanKey } from './editor/firstUse';
import { AnswerPanel } from './editor/panel/answerPanel';
import { Bodies } from './editor/panel/bodies';
import { BodyFaults } from './editor/requestFiles';
import { Runs } from './editor/runs';
import { SampleService } from './editor/sampleService';
import { callSettings, networkSettings, servicesSetting } from './editor/settings';
import { StatusBar } from './editor/statusBar';
import { TransportSlot } from './editor/transportSlot';
import type { Node } from './editor/tree/nodes';
import { ServiceTree } from './editor/tree/provider';
import { systemClock } from './model/clock';
import { readScoreRequest } from './protocol/request';
import { Health } from './state/health';
import { Keys } from './state/keys';
import { ServiceOfFile } from './state/remembered';
import { Services } from './state/services';

/** What the door hands in: VS Code's context and the tree view that it has registered. */
export interface DoorParts {
  readonly context: vscode.ExtensionContext;
  readonly treeView: vscode.TreeView<Node>;
  /** Fired when the tree has to be drawn anew. */
  readonly treeChanged: vscode.EventEmitter<void>;
}

/** What the door passes on. */
export interface House {
  /** Does what a command is for; shows its errors. */
  readonly run: (id: string, args: readonly unknown[]) => Promise<unknown>;
  readonly tree: Pick<vscode.TreeDataProvider<Node>, 'getTreeItem' | 'getChildren'>;
  /** Takes over the answer panel that a reload has left. */
  readonly restorePanel: (panel: vscode.WebviewPanel) => void;
}

/** Builds the house. Called once. */
export function build({ context, treeView, treeChanged }: DoorParts): House {
  const own = <T extends vscode.Disposable>(item: T): T => {
    context.subscriptions.push(item);
    return item;
  };
  const log = own(vscode.window.createOutputChannel('Azure ML Web Services', { log: true }));
  const guard = new Guard(log);

  const services = new Services(servicesSetting());
  const keys = new Keys(context.secrets);
  const health = new Health();
  const serviceOfFile = new ServiceOfFile(context.workspaceState);
  const transport = own(new TransportSlot(networkSettings));
  const sample = own(new SampleService({
    program: context.asAbsolutePath('dist/sample.js'),
    secrets: context.secrets,
    services,
    keys,
    log: (line) => log.info(line),
  }));

  // Addresses of gateways that do not take row objects, for as long as the window lives.
  const tableOnly = new Set<string>();
  const runs = new Runs(
    async (item, signal, onProgress) => {
      const { timeoutMs, maxRepeats, maxWaitMs } = callSettings();
      // The service may have got another header since the item was made; its address never changes.
      const service = services.find(item.service.address);
      if (!service) throw serviceGone(item.service);
      const call = { service, request: item.request, source: item.source, secrets: () => keys.of(service), timeoutMs, repeats: { maxRepeats, maxWaitMs } };
      const { score } = await import('./client/scoring');
      return score(call, { transport: await transport.get(), clock: systemClock, random: Math.random, tableOnly, log: (line) => log.info(line) }, signal, onProgress);
    },
    health,
    () => Date.now(),
    (error) => guard.describe(error),
  );
  const bodies = own(new Bodies());
  const tree = own(new ServiceTree({ services, keys, health, treeView, treeChanged }));
  const statusBar = own(new StatusBar(services, context.workspaceState, runs));
  const faults = own(new BodyFaults());

  const chosen = (): void => statusBar.update();
  const sampleParts = {
    sample,
    serviceOfFile,
    shippedRequest: vscode.Uri.joinPath(context.extensionUri, 'media', 'sample', 'good-day.json'),
    ownRequest: vscode.Uri.joinPath(context.globalStorageUri, 'sample-request.json'),
    chosen,
  };
  const requestParts = { readRequest: readScoreRequest, services, serviceOfFile, runs, faults, startSample: () => startSample(sampleParts), chosen };
  const panel = own(new AnswerPanel({ extensionUri: context.extensionUri, runs, guard, bodies, again: (item) => readAgain(requestParts, item) }));
  const sendParts = { ...requestParts, panel };
  const serviceParts = { services, keys, health, transport: () => transport.get(), stopCalls: (address: string) => runs.cancelFor(address) };
  const keyParts = { services, keys, health };

  const commands = new Map<string, (...args: readonly unknown[]) => Promise<unknown>>();
  const on = (id: string, run: (...args: readonly unknown[]) => Promise<void> | void): void => {
    commands.set(id, (...args) => guard.run(() => run(...args), { retry: () => Promise.resolve(run(...args)) }));
  };
  on(command.sendToRrs, (clicked, selected) => sendToRrs(sendParts, clicked, selected));
  on(command.sendToService, (node) => sendToService(sendParts, node));
  on(command.sendAgain, () => panel.sendAgain());
  on(command.cancelRequest, () => runs.cancel());
  on(command.chooseService, (clicked) => chooseService(sendParts, clicked));
  on(command.showAnswer, () => panel.reveal(true));
  on(command.renameService, (node) => renameService(serviceParts, node));
  on(command.removeService, (node) => removeService(serviceParts, node));
  on(command.renameSelected, () => (tree.selected?.kind === 'workspace' ? renameWorkspace : renameService)(serviceParts, tree.selected));
  on(command.removeSelected, () => (tree.selected?.kind === 'workspace' ? removeWorkspace : removeService)(serviceParts, tree.selected));
  on(command.renameWorkspace, (node) => renameWorkspace(serviceParts, node));
  on(command.removeWorkspace, (node) => removeWorkspace(serviceParts, node));
  on(command.copyAddress, (node) => copyAddress(serviceParts, node));
  on(command.copyServiceId, (node) => copyServiceId(serviceParts, node));
  on(command.copyWorkspaceId, (node) => copyWorkspaceId(serviceParts, node));
  on(command.checkService, (node) => checkOne(serviceParts, node));
  on(command.setServiceKey, (node) => setKey(keyParts, 'serviceKey', node));
  on(command.forgetServiceKey, (node) => forgetKey(keyParts, 'serviceKey', node));
  on(command.setSubscriptionKey, (node) => setKey(keyParts, 'subscriptionKey', node));
  on(command.forgetSubscriptionKey, (node) => forgetKey(keyParts, 'subscriptionKey', node));
  on(command.setSubscriptionKeyHeader, (node) => setSubscriptionKeyHeader(keyParts, node));
  on(command.startSample, () => startAndOpen(sampleParts));
  on(command.stopSample, () => {
    sample.stop();
    vscode.window.setStatusBarMessage('The sample service has ended.', 5000);
  });
  on(command.openSampleRequest, () => openSampleRequest(sampleParts));
  on(command.refresh, () => refresh(serviceParts));
  on(command.filter, async () => tree.setFilter(await askText({ title: 'Filter Services', prompt: 'Show only what holds this text in its name, id or address', value: tree.filterText, check: () => undefined })));
  on(command.clearFilter, () => tree.setFilter(''));
  on(command.openSettings, () => guard.act('openSettings', {}));
  on(command.showLog, () => log.show());
  // This one gives its answer back: the service picker goes on with what was added.
  commands.set(command.addService, async (text) => {
    let address: string | undefined;
    await guard.run(async () => {
      const { addService } = await import('./editor/commands/addService');
      address = await addService({ services, keys, health }, typeof text === 'string' ? text : undefined);
    });
    return address;
  });

  own(services.watch());
  own(keys.watch());
  bodies.start();
  panel.start();
  tree.start();
  statusBar.start();
  own(vscode.workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration('http')) transport.renew();
  }));
  own(sample.onDidChange(() => {
    const running = sample.workspace !== undefined;
    void vscode.commands.executeCommand('setContext', contextKey.sampleRunning, running);
    void context.workspaceState.update(sampleRanKey, running);
  }));
  if (sampleRan(context)) void guard.run(async () => void (await sample.start()));
  log.info(`${prefix} ${String(context.extension.packageJSON.version)} is ready`);
  return {
    run: async (id, args) => commands.get(id)?.(...args),
    tree,
    restorePanel: (restored) => panel.adopt(restored),
  };
}
