// What the features share of VS Code and of this window: the registries, the log, the transport, the tables.

import * as vscode from 'vscode';
import { isProcessAlive } from '../base/atomicFiles';
import { NewDay } from '../base/newDay';
import { ErrorReporter } from './errorReporter';
import { command, prefix } from './ids';
import { plain } from './plain';
import { BodyFaults } from './requestFiles';
import { savedName } from './savedNames';
import { networkSettings } from './settings';
import { TableCache } from './tables/cache';
import { LazyTableOpener } from '../tables/lazyTableOpener';
import { LazyTransport } from '../http/lazyTransport';
import { DisposableStore, reportListenerErrors, type Disposable } from '../model/lifetime';
import type { TableOpener } from '../model/openTable';
import type { Transport } from '../model/wire';
import { Commands } from './commands';
import { ErrorActions } from './errorActions';
import { Panels } from './panels';
import { StatusItems } from './statusItems';
import { TreeSections } from './treeSections';

/** What the features build on; each names the parts that it needs. */
export interface Platform extends Disposable {
  readonly context: vscode.ExtensionContext;
  readonly log: vscode.LogOutputChannel;
  readonly reporter: ErrorReporter;
  readonly commands: Commands;
  readonly panels: Panels;
  readonly treeSections: TreeSections;
  readonly errorActions: ErrorActions;
  readonly statusItems: StatusItems;
  /** For lines that name days. */
  readonly newDay: NewDay;
  readonly transport: () => Promise<Transport>;
  readonly opener: () => Promise<TableOpener>;
  /** Tables of files that are not on a disk of this computer. */
  readonly cache: TableCache;
  /** The places that are wrong in the texts of requests. */
  readonly faults: BodyFaults;
}

const networkSettingIds = '@id:http.proxy @id:http.noProxy @id:http.proxySupport @id:http.proxyStrictSSL @id:http.systemCertificates';

/** Builds it, with the commands and buttons that belong to no feature. */
export function createPlatform(context: vscode.ExtensionContext): Platform {
  const lifetime = new DisposableStore();
  const log = lifetime.add(vscode.window.createOutputChannel('Azure ML Web Services', { log: true }));
  reportListenerErrors((error) => log.error(error instanceof Error ? error.stack ?? error.message : String(error)));
  const errorActions = new ErrorActions();
  const reporter = new ErrorReporter(log, errorActions);
  const commands = new Commands(reporter);
  const transport = lifetime.add(new LazyTransport(networkSettings));
  const opener = lifetime.add(
    new LazyTableOpener(context.asAbsolutePath('dist/tableWorker.js'), (line) => log.error(line), vscode.l10n.bundle),
  );
  const cache = lifetime.add(new TableCache(vscode.Uri.joinPath(context.globalStorageUri, savedName.tables).fsPath, isProcessAlive));
  lifetime.add(vscode.workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration('http')) transport.renew();
  }));

  const newDay = lifetime.add(new NewDay());
  // A computer that woke up has a person in front of it.
  lifetime.add(vscode.window.onDidChangeWindowState(() => newDay.look()));

  const settings = (query: string): Thenable<unknown> => vscode.commands.executeCommand('workbench.action.openSettings', query);
  commands.register(command.openSettings, () => settings(prefix));
  commands.register(command.showLog, () => log.show());
  errorActions.register('retry', {
    label: plain`Try Again`,
    run: async ({ retry }) => retry?.(),
    applies: ({ retry }) => retry !== undefined,
  });
  errorActions.register('openSettings', { label: plain`Open Settings`, run: async () => settings(prefix) });
  errorActions.register('openNetworkSettings', { label: plain`Open Network Settings`, run: async () => settings(networkSettingIds) });
  errorActions.register('showLog', { label: plain`Show Log`, run: async () => vscode.commands.executeCommand(command.showLog) });

  void cache.sweep();
  return {
    context, log, reporter, commands, errorActions, cache, newDay,
    panels: new Panels(reporter),
    treeSections: lifetime.add(new TreeSections()),
    statusItems: lifetime.add(new StatusItems()),
    transport: () => transport.get(),
    opener: () => opener.get(),
    faults: lifetime.add(new BodyFaults()),
    dispose: () => lifetime.dispose(),
  };
}
