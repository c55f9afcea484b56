// The services in the sidebar: their tree, their keys, and what can be done with them.

import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { factsOf } from '../../../protocols/registry';
import { askText } from '../../../ui/ask';
import { forgetKey, setKey, setSubscriptionKeyHeader } from './keyCommands';
import {
  checkOne,
  copyAddress,
  copyServiceId,
  copyWorkspaceId,
  ownService,
  refresh,
  removeSelected,
  removeService,
  removeWorkspace,
  renameService,
  renameWorkspace,
} from './serviceCommands';
import { contextFlag } from '../../../ui/contextFlag';
import { command, contextKey } from '../../../ui/ids';
import { plain } from '../../../ui/plain';
import { servicesSetting } from '../../../ui/settings';
import { ServiceTree } from './serviceTree';
import { DisposableStore, type Disposable } from '../../../model/lifetime';
import { Health } from '../health';
import { KeyStore } from '../keyStore';
import { ServiceOfFile } from '../remembered';
import { ServiceStore } from '../serviceStore';
import type { Platform } from '../../../ui/platform';
import type { TreeNode } from '../../../ui/treeSections';
import { SampleStart } from '../sampleStart';
import { ServiceUses } from '../serviceUses';

/** What other features need of the services. */
export interface ServicesApi {
  readonly services: ServiceStore;
  readonly keys: KeyStore;
  readonly health: Health;
  readonly serviceOfFile: ServiceOfFile;
  readonly uses: ServiceUses;
  readonly sample: SampleStart;
  readonly tree: Pick<vscode.TreeDataProvider<TreeNode>, 'getTreeItem' | 'getChildren'>;
}

/** The view in the sidebar, which VS Code knows before any of this is loaded. */
export interface ServicesView {
  readonly treeView: vscode.TreeView<TreeNode>;
  /** Fired when the tree has to be drawn anew, or these nodes of it. */
  readonly treeChanged: vscode.EventEmitter<TreeNode[] | undefined>;
}

/** Adds the services. */
export function contributeServices(
  {
    context,
    commands,
    errorActions,
    treeSections,
    transport,
  }: Pick<Platform, 'context' | 'commands' | 'errorActions' | 'treeSections' | 'transport'>,
  { treeView, treeChanged }: ServicesView,
): ServicesApi & Disposable {
  const lifetime = new DisposableStore();
  const services = new ServiceStore(lifetime.add(servicesSetting()));
  const keys = new KeyStore(context.secrets);
  const health = new Health();
  const uses = new ServiceUses();
  const serviceOfFile = new ServiceOfFile(context.workspaceState);
  const tree = lifetime.add(new ServiceTree({ services, keys, health, sections: treeSections, treeView, treeChanged }));
  const stored = { services, keys, health };
  const parts = {
    ...stored,
    transport,
    stopCalls: (address: string) => uses.stop(address),
    openJobs: (address: string) => uses.open(address),
  };
  const selected = (): TreeNode | undefined => tree.selection[0];
  const selectedIsWorkspace = (): boolean => selected()?.kind === 'workspace';

  lifetime.add(
    commands.registerAll([
      [command.renameService, (node) => renameService(parts, node)],
      [command.removeService, (node, selected) => removeService(parts, node, selected)],
      [command.renameSelected, () => (selectedIsWorkspace() ? renameWorkspace : renameService)(parts, selected())],
      [command.removeSelected, () => removeSelected(parts, treeSections, tree.selection)],
      [command.renameWorkspace, (node) => renameWorkspace(parts, node)],
      [command.removeWorkspace, (node) => removeWorkspace(parts, node)],
      [command.copyAddress, (node) => copyAddress(parts, node)],
      [command.copyServiceId, (node) => copyServiceId(parts, node)],
      [command.copyWorkspaceId, (node) => copyWorkspaceId(parts, node)],
      [command.checkService, (node) => checkOne(parts, node)],
      [command.setServiceKey, (node) => setKey(stored, 'serviceKey', node)],
      [command.forgetServiceKey, (node) => forgetKey(stored, 'serviceKey', node)],
      [command.setSubscriptionKey, (node) => setKey(stored, 'subscriptionKey', node)],
      [command.forgetSubscriptionKey, (node) => forgetKey(stored, 'subscriptionKey', node)],
      [command.setSubscriptionKeyHeader, (node) => setSubscriptionKeyHeader(stored, node)],
      [command.refresh, () => refresh(parts)],
      [
        command.filter,
        async () =>
          tree.setFilter(
            await askText({
              title: plain`Filter Services`,
              prompt: plain`Show only what holds this text in its name, id or address`,
              value: tree.filterText,
              check: () => undefined,
            }),
          ),
      ],
      [command.clearFilter, () => tree.setFilter('')],
      [
        command.openWalkthrough,
        () => vscode.commands.executeCommand('workbench.action.openWalkthrough', `${context.extension.id}#firstSteps`, false),
      ],
    ]),
  );
  lifetime.add(
    commands.registerLoaded(command.addService, {
      load: () => import('./addService'),
      run: ({ addService }, text, purpose) => addService({ ...stored, factsOf }, typeof text === 'string' ? text : undefined, purpose),
    }),
  );
  lifetime.add(
    commands.registerLoaded(command.editAddress, {
      load: () => import('./editAddress'),
      run: async ({ editAddress }, node) =>
        editAddress({ ...stored, serviceOfFile, uses }, await ownService(parts, node, plain(l10n.t('Edit Address')))),
    }),
  );
  lifetime.add(
    errorActions.register('setServiceKey', {
      label: plain`Set API Key…`,
      run: async ({ service }) => vscode.commands.executeCommand(command.setServiceKey, service?.address),
    }),
  );
  lifetime.add(
    errorActions.register('setSubscriptionKey', {
      label: plain`Set Subscription Key…`,
      run: async ({ service }) => vscode.commands.executeCommand(command.setSubscriptionKey, service?.address),
    }),
  );

  const tellOwn = contextFlag(contextKey.ownService);
  const lookForOwn = (): void =>
    tellOwn(services.workspaces().some((workspace) => workspace.services.some((service) => !services.isSample(service))));
  lifetime.add(services.onDidChange(lookForOwn));
  lookForOwn();

  lifetime.add(services.watch());
  lifetime.add(keys.watch());
  tree.start();
  return {
    ...stored,
    serviceOfFile,
    uses,
    sample: new SampleStart(),
    tree,
    dispose: () => lifetime.dispose(),
  };
}
