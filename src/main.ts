// The roof: builds the parts and wires them, in one list read top to bottom. The door (extension.ts) loads it on first use.

import * as vscode from 'vscode';
import { isProcessAlive } from './base/atomicFiles';
import { forgetKey, setKey, setSubscriptionKeyHeader } from './features/services/keyCommands';
import { openTable } from './features/tableFiles/ui/openTable';
import { copySampleKey, openSampleRequest, startAndOpen, startSample, stopSample } from './features/sample/ui/sampleCommands';
import { chooseService, readAgain, sendToRrs, sendToService, serviceGone } from './features/scoring/ui/send';
import { checkOne, copyAddress, copyServiceId, copyWorkspaceId, refresh, removeService, removeWorkspace, renameService, renameWorkspace } from './features/services/ui/serviceCommands';
import { askText } from './ui/ask';
import { atHand } from './features/code/atHand';
import { copyCode } from './features/code/ui/copyCode';
import { Guard } from './ui/errorReporter';
import { historyCommands, sendPast } from './features/history/ui/commands';
import type { HistoryNode } from './features/history/nodes';
import { HistoryRoom } from './features/history/ui/historyFeature';
import { command, contextKey, panel as panelId, prefix } from './ui/ids';
import { jobCommands, openSampleInput, resultSaver } from './features/jobs/ui/jobsCommands';
import { JobsRoom } from './features/jobs/ui/jobsFeature';
import { sampleRan, sampleRanKey } from './features/services/firstUse';
import { OpenRequests } from './features/scoring/ui/openRequests';
import { AnswerPanel } from './features/scoring/ui/answerPanel';
import { Bodies } from './features/scoring/ui/bodies';
import { FilePanels } from './features/tableFiles/ui/filePanel';
import { ServicePanel, showServicePage } from './features/code/ui/servicePanel';
import { sentFrom } from './features/scoring/ui/requestChoices';
import { BodyFaults } from './ui/requestFiles';
import { notify } from './ui/notices';
import { plain, type PlainText } from './ui/plain';
import { RunNotices } from './features/scoring/runNotices';
import { Runs } from './features/scoring/runs';
import { SampleService } from './features/sample/sampleService';
import { savedName } from './ui/savedNames';
import { callSettings, networkSettings, servicesSetting } from './ui/settings';
import { StatusBar } from './features/scoring/ui/statusBar';
import { TableCache } from './ui/tables/cache';
import { editorHands } from './ui/tables/tableDialogs';
import { OpenerSlot } from './tables/lazyOpener';
import { TransportSlot } from './http/lazyTransport';
import type { Node } from './features/services/nodes';
import { ServiceTree } from './features/services/ui/serviceTree';
import { systemClock } from './model/clock';
import type { Service } from './model/service';
import { reportListenerErrors } from './model/lifetime';
import { readScoreRequest } from './protocols/studio/request';
import { Health } from './features/services/health';
import { ErrorActions, type ActionContext, type ErrorButton } from './ui/errorActions';
import { Keys } from './features/services/keyStore';
import { ServiceOfFile } from './features/services/remembered';
import { Services } from './features/services/serviceStore';

/** What the door hands in: VS Code's context and the tree view that it has registered. */
export interface DoorParts {
  readonly context: vscode.ExtensionContext;
  readonly treeView: vscode.TreeView<Node>;
  /** Fired when the tree has to be drawn anew, or these nodes of it. */
  readonly treeChanged: vscode.EventEmitter<Node[] | undefined>;
  /** The same for the history. */
  readonly historyView: vscode.TreeView<HistoryNode>;
  readonly historyChanged: vscode.EventEmitter<HistoryNode[] | undefined>;
}

/** What the door passes on. */
export interface House {
  /** Does what a command is for; shows its errors. */
  readonly run: (id: string, args: readonly unknown[]) => Promise<unknown>;
  readonly tree: Pick<vscode.TreeDataProvider<Node>, 'getTreeItem' | 'getChildren'>;
  readonly history: Pick<vscode.TreeDataProvider<HistoryNode>, 'getTreeItem' | 'getChildren'>;
  /** Takes over a panel that a reload has left; `id` is its type, `state` what its page has saved. */
  readonly restorePanel: (id: string, panel: vscode.WebviewPanel, state: unknown) => void;
}

const networkSettingIds = '@id:http.proxy @id:http.noProxy @id:http.proxySupport @id:http.proxyStrictSSL @id:http.systemCertificates';

/** Builds the house. Called once. */
export function build({ context, treeView, treeChanged, historyView, historyChanged }: DoorParts): House {
  const own = <T extends vscode.Disposable>(item: T): T => {
    context.subscriptions.push(item);
    return item;
  };
  const log = own(vscode.window.createOutputChannel('Azure ML Web Services', { log: true }));
  const actions = new ErrorActions();
  const guard = new Guard(log, actions);
  const button = (id: string, label: PlainText, run: (context: ActionContext) => unknown, more: Partial<ErrorButton> = {}): void => {
    own(actions.register(id, { label, run: async (context) => run(context), ...more }));
  };
  const does = (id: string, of: (context: ActionContext) => unknown = () => undefined) => (context: ActionContext): unknown => vscode.commands.executeCommand(id, of(context));
  button('setServiceKey', plain`Set API Key…`, does(command.setServiceKey, ({ service }) => service?.address));
  button('setSubscriptionKey', plain`Set Subscription Key…`, does(command.setSubscriptionKey, ({ service }) => service?.address));
  button('retry', plain`Try Again`, ({ retry }) => retry?.(), { applies: ({ retry }) => retry !== undefined });
  button('openSettings', plain`Open Settings`, does('workbench.action.openSettings', () => prefix));
  button('openNetworkSettings', plain`Open Network Settings`, does('workbench.action.openSettings', () => networkSettingIds));
  button('showLog', plain`Show Log`, does(command.showLog));
  button('changeService', plain`Choose Another Service…`, does(command.chooseService, ({ file }) => (file === undefined ? undefined : vscode.Uri.parse(file))));
  button('showAnswer', plain`Show Answer`, does(command.showAnswer), { messagesOnly: true });
  button('startSample', plain`Start the Sample Service`, does(command.startSample));
  button('addStorage', plain`Add Storage Account…`, does(command.addStorage));
  button('openJob', plain`Show Job`, does(command.openJob, ({ job }) => job), { messagesOnly: true });
  reportListenerErrors((error) => log.error(error instanceof Error ? error.stack ?? error.message : String(error)));

  const services = new Services(own(servicesSetting()));
  const keys = new Keys(context.secrets);
  const health = new Health();
  const serviceOfFile = new ServiceOfFile(context.workspaceState);
  const transport = own(new TransportSlot(networkSettings));
  const faults = own(new BodyFaults());
  const cache = own(new TableCache(vscode.Uri.joinPath(context.globalStorageUri, savedName.tables).fsPath, isProcessAlive));
  const openers = own(new OpenerSlot(context.asAbsolutePath('dist/tableWorker.js'), (line) => log.error(line)));
  const opener = () => openers.get();
  const history = own(new HistoryRoom({ context, guard, log, treeView: historyView, treeChanged: historyChanged, opener }));
  const jobs: JobsRoom = own(new JobsRoom({
    context, guard, log, services, keys, faults, treeView, transport: () => transport.get(), startSample: () => startSample(sampleParts), opener, cache,
  }, resultSaver(() => jobs)));
  const sample = own(new SampleService({
    program: context.asAbsolutePath('dist/sample.js'),
    folder: vscode.Uri.joinPath(context.globalStorageUri, savedName.sample).fsPath,
    secrets: context.secrets,
    services,
    keys,
    storages: jobs.storages,
    memory: context.workspaceState,
    follow: async (from, to) => {
      await jobsStarted;
      await jobs.rehome(from, to);
    },
    log: (line) => log.info(line),
    warn: (message) => void notify('warning', message),
  }));

  // Addresses of gateways that do not take row objects, for as long as the window lives.
  const tableOnly = new Set<string>();
  const runs = new Runs(
    async (item, signal, onProgress) => {
      const { timeoutMs, maxRepeats, maxWaitMs } = callSettings();
      // The service may have got another header since the item was made; its address never changes.
      const service = services.find(item.service.address);
      if (!service) throw serviceGone(item.service);
      await history.keepsUp(signal);
      const call = {
        service, request: await item.read(), source: item.source, secrets: () => keys.of(service), timeoutMs,
        repeats: { maxRepeats, maxWaitMs },
      };
      const { score } = await import('./protocols/studio/scoring');
      const exchange = await score(call, { transport: await transport.get(), clock: systemClock, random: Math.random, tableOnly, log: (line) => log.info(line) }, signal, onProgress);
      history.keep(exchange, item, services.isSample(service), () => keys.of(service));
      return exchange;
    },
    health,
    () => Date.now(),
    (error) => guard.describe(error),
    { onLetGo: (exchange, light) => history.shareId(exchange, light) },
  );
  const bodies = own(new Bodies());
  const tree = own(new ServiceTree({ services, keys, health, storages: jobs.storages, jobs: jobs.tree, treeView, treeChanged }));
  const requests = own(new OpenRequests(context.workspaceState));

  const chosen = (): void => {
    requests.tell();
    statusBar.update();
  };
  const sampleParts = {
    sample,
    serviceOfFile,
    shippedRequest: vscode.Uri.joinPath(context.extensionUri, 'media', 'sample', 'good-day.json'),
    ownRequest: vscode.Uri.joinPath(context.globalStorageUri, savedName.ownRequest),
    keysOf: (service: Service) => keys.of(service),
    chosen,
    openJobs: (address: string) => jobs.jobs.open().filter((job) => job.service.address === address).length,
  };
  const sampleInput = {
    serviceOfFile,
    shipped: vscode.Uri.joinPath(context.extensionUri, 'media', 'sample', 'days.csv'),
    own: vscode.Uri.joinPath(context.globalStorageUri, savedName.ownInput),
    startSample: () => startSample(sampleParts),
  };
  const requestParts = { readRequest: readScoreRequest, services, serviceOfFile, runs, faults, startSample: () => startSample(sampleParts), chosen, requests, sentLately: async () => sentFrom(runs, await history.entries()) };
  const panel: AnswerPanel = own(new AnswerPanel({
    extensionUri: context.extensionUri, runs, guard, bodies, opener, hands: editorHands, again: (item) => readAgain(requestParts, item), findService: (address) => services.find(address),
    keyOf: (exchange) => history.idOf(exchange), past: (key) => history.past(key), sendPast: (key) => sendPast(historyParts, history, key),
  }));
  const statusBar = own(new StatusBar(services, context.workspaceState, runs, requests, panel));
  const runNotices = own(new RunNotices({ runs, page: panel, guard }));
  const historyParts = { services, runs, panel, guard, startSample: () => startSample(sampleParts), readRequest: readScoreRequest };
  const files = own(new FilePanels({ extensionUri: context.extensionUri, guard, opener, hands: editorHands, cache }));
  const sendParts = { ...requestParts, panel };
  const serviceParts = { services, keys, health, transport: () => transport.get(), stopCalls: (address: string) => runs.cancelFor(address), openJobs: (address: string) => jobs.jobs.open().filter((job) => job.service.address === address).length };
  const keyParts = { services, keys, health };

  const known = (address: string) => atHand(runs, (each) => history.lastRequest(each), address);
  const servicePanel = own(new ServicePanel({ extensionUri: context.extensionUri, guard, services, atHand: known }));
  const codeParts = { services, serviceOfFile, guard, memory: context.globalState, lastRequest: async (address: string) => (await known(address)).request };

  const commands = new Map<string, (...args: readonly unknown[]) => Promise<unknown>>();
  const on = (id: string, run: (...args: readonly unknown[]) => Promise<unknown> | void): void => {
    commands.set(id, async (...args) => {
      // What a command gives back goes to whoever has called it, such as a picker that goes on with what was added.
      let result: unknown;
      const work = async (): Promise<void> => {
        result = await run(...args);
      };
      await guard.run(work, { retry: work });
      // Whoever waits for a command finds its answer on the page.
      await panel.told;
      return result;
    });
  };
  on(command.sendToRrs, (clicked, selected) => sendToRrs(sendParts, clicked, selected));
  on(command.sendToService, (node, file) => sendToService(sendParts, node, file));
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
  on(command.stopSample, () => stopSample(sampleParts));
  on(command.copySampleKey, () => copySampleKey(sampleParts));
  on(command.openSampleRequest, () => openSampleRequest(sampleParts));
  on(command.openSampleInput, () => openSampleInput(sampleInput));
  for (const [id, run] of jobCommands({ services, serviceOfFile, faults, startSample: () => startSample(sampleParts), memory: context.globalState, showMoreJobs: (address) => tree.showMoreJobs(address) }, jobs)) on(id, run);
  on(command.copyCode, (argument) => copyCode(codeParts, argument));
  on(command.showServicePage, (argument) => showServicePage(servicePanel, services, argument));
  on(command.refresh, () => refresh(serviceParts));
  on(command.filter, async () => tree.setFilter(await askText({ title: plain`Filter Services`, prompt: plain`Show only what holds this text in its name, id or address`, value: tree.filterText, check: () => undefined })));
  on(command.clearFilter, () => tree.setFilter(''));
  on(command.openTable, (clicked, selected) => openTable(files, clicked, selected));
  for (const [id, run] of historyCommands(historyParts, history)) on(id, run);
  on(command.openSettings, () => guard.act('openSettings', {}));
  on(command.showLog, () => log.show());
  on(command.addService, async (text) => {
    const { addService } = await import('./features/services/ui/addService');
    return addService({ services, keys, health }, typeof text === 'string' ? text : undefined);
  });

  own(services.watch());
  own(keys.watch());
  bodies.start();
  panel.start();
  servicePanel.start();
  history.start();
  tree.start();
  requests.start();
  statusBar.start();
  runNotices.start();
  const jobsStarted = jobs.start();
  void cache.sweep();
  own(vscode.workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration('http')) transport.renew();
  }));
  let sampleAddresses: readonly string[] = [];
  own(sample.onDidChange(() => {
    const running = sample.workspace !== undefined;
    if (!running && !sample.keeps) void guard.run(() => jobs.upkeep.endLost(sampleAddresses));
    sampleAddresses = sample.workspace?.services.map(({ address }) => address) ?? [];
    void vscode.commands.executeCommand('setContext', contextKey.sampleRunning, running);
    void context.workspaceState.update(sampleRanKey, running);
  }));
  if (sampleRan(context)) void guard.run(async () => void (await sample.start()));
  log.info(`${prefix} ${String(context.extension.packageJSON.version)} is ready`);
  return {
    run: async (id, args) => commands.get(id)?.(...args),
    tree,
    history: history.tree,
    restorePanel: (id, restored, state) => {
      if (id === panelId.job) return jobs.panel.adopt(restored, state);
      if (id === panelId.service) return servicePanel.adopt(restored, state);
      if (id === panelId.compare) return history.comparison.adopt(restored, state);
      if (id === panelId.file) return files.adopt(restored, state);
      void guard.run(() => panel.adopt(restored, state));
    },
  };
}
