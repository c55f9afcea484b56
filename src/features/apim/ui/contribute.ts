// API Management in the sidebar. Only ids are here: what does the work is loaded when a person opens the section, or a command runs.

import * as l10n from '@vscode/l10n';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { DisposableStore, Emitter, type Disposable, type Event } from '../../../model/lifetime';
import { callOperation, credentialOf, factsOf, protocolOf, publishedAs, textKind } from '../../../protocols/registry';
import { command, panel as panelId } from '../../../ui/ids';
import type { FileWork } from '../../../ui/lateFileSystem';
import { plain } from '../../../ui/plain';
import type { CommandWork } from '../../../ui/commands';
import type { Platform } from '../../../ui/platform';
import { savedName } from '../../../ui/savedNames';
import type { DescriptionApi } from '../../description';
import type { HistoryApi } from '../../history';
import type { JobsApi } from '../../jobs';
import type { ScoringApi } from '../../scoring';
import { instancesUnderWay, sampleRan, type ServicesApi } from '../../services';
import type { TryItApi } from '../../tryIt';
import { hasWorks, watchWorks } from '../create/workFolder';
import type { ApimInstance, ArmOf } from '../instance';
import type { ApimNode } from '../nodes';
import type { SampleApim } from '../sampleApim';
import type { ApimCreate } from './apimCreate';
import type { ApimFeature } from './apimFeature';
import type { ApiWork } from './apiWork';
import type { LimitsWork } from './limitsWork';
import type { PolicyDocumentFeature } from './policyDocumentFeature';
import type { TryItWork } from './tryItWork';
import type { UsageWork } from './usageWork';
import type { ApimView } from './view';
import type { WaysWork } from './waysWork';

/** What other features need of API Management. */
export interface ApimApi {
  /** What calls the endpoint of an instance. */
  readonly arms: ArmOf;
  /** Asks a person for an instance. Throws Cancelled. */
  readonly pickInstance: () => Promise<ApimInstance>;
  /** Tells of the sample's instance, and with undefined that it is gone. Loads nothing. */
  readonly setSample: (sample: SampleApim | undefined) => void;
  /** How many instances are being created, restored or deleted in the sample that runs in this window. Loads nothing. */
  readonly countInSample: () => number;
  /** Lets open documents of a policy know that it was changed; `path` is that of the policy below the instance. Loads nothing. */
  readonly policyChanged: (instance: Pick<ApimInstance, 'id'>, path: string) => void;
  /** What reads and saves policies as documents. */
  readonly policyFiles: () => Promise<FileWork>;
  /** Lets the section ask anew for what it shows of an instance, as after a change to it, or for some lists below it. */
  readonly instanceChanged: (instance: Pick<ApimInstance, 'endpointUrl' | 'id'>, isList?: (path: string) => boolean) => void;
  /** Raised when the sample's instance has come or gone, or one was added or removed. */
  readonly onDidChange: Event<void>;
  readonly tree: Pick<vscode.TreeDataProvider<ApimNode>, 'getTreeItem' | 'getChildren'>;
}

/** Adds API Management. */
export function contributeApim(
  platform: Pick<Platform,
    'context' | 'log' | 'reporter' | 'commands' | 'errorActions' | 'panels' | 'transport' | 'statusItems' | 'opener'>,
  view: ApimView,
  services: Pick<ServicesApi, 'services' | 'keys' | 'health' | 'sample'>,
  { descriptions }: DescriptionApi,
  jobs: Pick<JobsApi, 'claim' | 'isClaimedElsewhere' | 'onDidChangeWindows' | 'follow'>,
  tryIt: TryItApi,
  scoring: Pick<ScoringApi, 'panel' | 'readRequest'>,
  { lastRequest }: Pick<HistoryApi, 'lastRequest'>,
): ApimApi & Disposable {
  const { context, log, reporter, transport, commands, panels, errorActions } = platform;
  const lifetime = new DisposableStore();
  const changed = lifetime.add(new Emitter<void>());
  let sample: SampleApim | undefined;
  let loading: Promise<ApimFeature> | undefined;
  let making: ApimCreate | undefined;
  const parts = {
    context, log, reporter, transport, view, sample: () => sample, startSample: services.sample.start, changed: () => changed.fire(),
    works: () => making?.list() ?? [],
  };
  const feature = (): Promise<ApimFeature> =>
    (loading ??= import('./apimFeature').then((loaded) => lifetime.add(new loaded.ApimFeature(parts))));

  lifetime.add(commands.registerAll(ids.map((id) => [id, async (...args) => (await feature()).commands.get(id)?.(...args)] as const)));
  const button = (action: string, label: string, id: string, ...args: readonly unknown[]): void =>
    void lifetime.add(errorActions.register(action, { label: plain(label), run: async () => vscode.commands.executeCommand(id, ...args) }));
  button('signIn', l10n.t('Sign In to Azure'), command.apimSignIn, 'again');
  button('registerProvider', l10n.t('Register API Management'), command.apimRegisterProvider);
  button('openPortal', l10n.t('Open in the Portal'), command.apimOpenPortal);

  const arms: ArmOf = async (instance) => (await feature()).armOf(instance);
  const pickInstance = async (): Promise<ApimInstance> => (await feature()).pickInstance();
  const instanceChanged: ApimApi['instanceChanged'] = (instance, isList) => {
    void loading?.then((loaded) => loaded.instanceChanged(instance, isList));
    void documents?.then((loaded) => loaded.policyChanged(instance));
  };
  const policyChanged: ApimApi['policyChanged'] = (instance, path) =>
    void documents?.then((loaded) => loaded.policyChanged(instance, path));

  let documents: Promise<PolicyDocumentFeature> | undefined;
  const policies = (): Promise<PolicyDocumentFeature> => (documents ??= import('./policyDocumentFeature').then((loaded) =>
    lifetime.add(new loaded.PolicyDocumentFeature({
      context, reporter, log, sample: services.sample, arms, pickInstance, findInstance: async (id) => (await feature()).findInstance(id),
      filesChanged: (changes) => view.policiesChanged.fire(changes),
    }))));
  lifetime.add(commands.registerAll(policyIds.map((id) =>
    [id, async (...args) => (await policies()).commands.get(id)?.(...args)] as const)));

  let working: Promise<ApiWork> | undefined;
  const work = (): Promise<ApiWork> => (working ??= import('./apiWork').then((loaded) =>
    lifetime.add(new loaded.ApiWork({
      context, reporter, services, descriptions, publishedAs, hasJobs: (service) => factsOf(service).noJobs === undefined,
      arms, pickInstance, instanceChanged, findInstance: async (id) => (await feature()).findInstance(id),
    }))));
  lifetime.add(commands.registerAll([
    [command.createApiDefinition, async (argument) => (await work()).createDefinition(argument)],
    [command.publishApi, async (argument) => (await work()).publish(argument)],
  ]));
  let accessing: Promise<ReadonlyMap<string, CommandWork>> | undefined;
  const access = (): Promise<ReadonlyMap<string, CommandWork>> => (accessing ??= import('./apimAccess').then(({ accessCommands }) =>
    accessCommands({ reporter, services, arms, pickInstance, changed: instanceChanged })));
  lifetime.add(commands.registerAll(accessIds.map((id) => [id, async (...args) => (await access()).get(id)?.(...args)] as const)));
  lifetime.add(panels.register(panelId.choices, async (restored, state) => (await work()).adoptChoices(restored, state)));
  lifetime.add(panels.register(panelId.publish, async (restored, state) => (await work()).adoptPublishing(restored, state)));

  const findRestored = async (id: string): Promise<ApimInstance | undefined> => {
    // A sample that ran before the reload is on its way, and its instance with it.
    const known = await (await feature()).findInstance(id);
    if (known !== undefined || !sampleRan(context)) return known;
    await services.sample.start();
    return (await feature()).findInstance(id);
  };
  let limiting: Promise<LimitsWork> | undefined;
  const limits = (): Promise<LimitsWork> => (limiting ??= import('./limitsWork').then((loaded) => lifetime.add(new loaded.LimitsWork({
    context, reporter, arms, pickInstance, policyChanged, findInstance: findRestored,
  }))));
  let trying: Promise<TryItWork> | undefined;
  const calls = (): Promise<TryItWork> => (trying ??= import('./tryItWork').then((loaded) => new loaded.TryItWork({
    context, reporter, transport, services, arms, pickInstance, findInstance: findRestored, callOperation, textKind, open: tryIt.open,
    audienceOf: (service) => factsOf(service).base, follow: jobs.follow, log: (line) => log.info(line),
  })));
  lifetime.add(commands.register(command.apimTryIt, async (argument) => (await calls()).tryIt(argument)));
  lifetime.add(errorActions.register('tryCall', {
    label: plain(l10n.t('Try It…')), run: async () => (await calls()).tryIt(undefined), messagesOnly: true,
  }));
  const lead = (action: string, label: string, id: string): void => void lifetime.add(errorActions.register(action, {
    label: plain(label), run: async ({ call }) => (await calls()).lead(id, call), applies: ({ call }) => call !== undefined,
  }));
  lead('limitCalls', l10n.t('Limit Calls…'), command.apimLimitCalls);
  lead('editPolicy', l10n.t('Edit Policy'), command.apimEditPolicy);
  lead('activateSubscription', l10n.t('Activate Subscription'), command.apimActivateSubscription);
  lead('addApiToProduct', l10n.t('Add API to Product…'), command.apimAddApiToProduct);
  lifetime.add(tryIt.register(async ({ ids }) => (await calls()).find(ids)));
  lifetime.add(commands.register(command.apimLimitCalls, async (argument) => (await limits()).limitCalls(argument)));
  lifetime.add(panels.register(panelId.limits, async (restored, state) => (await limits()).adopt(restored, state)));
  let counting: Promise<UsageWork> | undefined;
  const usage = (): Promise<UsageWork> => (counting ??= import('./usageWork').then((loaded) =>
    lifetime.add(new loaded.UsageWork({ context, reporter, opener: platform.opener, arms, pickInstance, findInstance: findRestored }))));
  lifetime.add(commands.register(command.apimUsage, async (argument) => (await usage()).usage(argument)));
  lifetime.add(commands.register(command.apimThrottled, async (argument) => (await usage()).throttled(argument)));
  lifetime.add(panels.register(panelId.usage, async (restored, state) => (await usage()).adopt(restored, state)));
  let comparing: Promise<WaysWork> | undefined;
  const ways = (): Promise<WaysWork> => (comparing ??= import('./waysWork').then((loaded) => lifetime.add(new loaded.WaysWork({
    context, reporter, transport, services, scoring, descriptions, lastRequest, arms, log: (line) => log.info(line),
    score: (call, tools, signal) => protocolOf(call.service).score(call, tools, signal, () => undefined), credentialOf,
    describingOf: (service) => protocolOf(service).describing,
  }))));
  lifetime.add(commands.register(command.apimCompareWays, async (argument) => (await ways()).compare(argument)));
  lifetime.add(tryIt.registerWays(async (service) => (await ways()).waysOf(service)));
  lifetime.add(panels.register(panelId.ways, async (restored, state) => (await ways()).adopt(restored, state)));
  // Instances that are made, restored and deleted: loaded where one is noted, or asked for.
  let creating: Promise<ApimCreate> | undefined;
  const create = (): Promise<ApimCreate> => (creating ??= import('./apimCreate').then(async (loaded) => {
    const made = lifetime.add(new loaded.ApimCreate({
      context, log, reporter, statusItems: platform.statusItems, claim: jobs.claim, isClaimedElsewhere: jobs.isClaimedElsewhere,
      sample: () => sample, startSample: services.sample.start,
      places: async () => (await feature()).places(),
      instancesChanged: () => void loading?.then((each) => each.instancesChanged()),
      redraw: (whole) => void loading?.then(({ tree }) => (whole ? tree.redraw() : tree.redrawWorks())), pickInstance,
    }));
    making = made;
    await made.start();
    return made;
  }));
  const folder = join(context.globalStorageUri.fsPath, savedName.instances);
  const lookForWorks = (): void => {
    if (making) making.wake();
    else if (creating === undefined && hasWorks(folder)) void reporter.run(async () => void (await create()));
  };
  // The window that followed one may have ended, and another one may begin one.
  lifetime.add(jobs.onDidChangeWindows(lookForWorks));
  lifetime.add(watchWorks(folder, lookForWorks));
  lifetime.add(commands.registerAll(creationIds.map((id) => [id, async (argument) => (await create()).run(id, argument)] as const)));
  lifetime.add(panels.register(panelId.instance, async (restored, state) => (await create()).adopt(restored, state)));
  if (instancesUnderWay(context)) void reporter.run(async () => void (await create()));

  return {
    arms,
    pickInstance,
    instanceChanged,
    policyChanged,
    policyFiles: async () => (await policies()).files,
    countInSample: () => making?.countInSample() ?? 0,
    setSample: (now) => {
      sample = now;
      void loading?.then((loaded) => loaded.sampleChanged());
      making?.wake();
      view.treeChanged.fire(undefined);
      changed.fire();
    },
    onDidChange: changed.event,
    tree: {
      getTreeItem: async (node) => (await feature()).tree.getTreeItem(node),
      getChildren: async (node) => (await feature()).tree.getChildren(node),
    },
    dispose: () => lifetime.dispose(),
  };
}

const accessIds = [
  command.apimCreateProduct, command.apimPublishProduct, command.apimUnpublishProduct, command.apimAddApiToProduct,
  command.apimRemoveFromProduct, command.apimDeleteProduct, command.apimCreateSubscription, command.apimSuspendSubscription,
  command.apimActivateSubscription, command.apimCancelSubscription, command.apimDeleteSubscription, command.apimRegeneratePrimaryKey,
  command.apimRegenerateSecondaryKey, command.apimCopyKey, command.apimUseForService,
];

const ids = [
  command.apimSignIn, command.apimSignOut, command.apimAddInstance, command.apimRemoveInstance, command.apimRefresh,
  command.apimRefreshLine, command.apimRetry, command.apimLoadMore, command.apimCancelLoad, command.apimFilter, command.apimClearFilter,
  command.apimCopyId, command.apimCopyGateway, command.apimOpenPortal, command.apimRegisterProvider,
];

const policyIds = [
  command.apimEditPolicy, command.apimDeletePolicy, command.apimComparePolicy, command.apimSavePolicyOver, command.apimRevertPolicy,
  command.apimRefreshPolicy,
];

const creationIds = [
  command.apimCreateInstance, command.apimDeleteInstance, command.apimRestoreInstance, command.apimShowWorks, command.apimShowWorkError,
  command.apimRetryWork, command.apimStopFollowing, command.apimDismissWork,
];
