// All of the section "API Management" that is loaded on its first use: what was kept, the accounts, the clients, the tree, the commands.

import * as vscode from 'vscode';
import { systemClock } from '../../../model/clock';
import type { ErrorParts } from '../../../model/errors';
import { DisposableStore, type Disposable } from '../../../model/lifetime';
import type { Transport } from '../../../model/wire';
import type { CommandWork } from '../../../ui/commands';
import type { Platform } from '../../../ui/platform';
import { savedName } from '../../../ui/savedNames';
import { AddedInstances } from '../addedInstances';
import { payers, type InstancePlaces } from '../create/places';
import type { WorkNow } from '../create/works';
import { ArmClients } from '../armClients';
import type { ApimInstance, ArmOf } from '../instance';
import type { AzureSubscription, Identity } from '../items';
import { ListFile } from '../load/listFile';
import { Lists, type Source } from '../load/lists';
import { instanceKey, instancesOfSample, keyBelow, sourceOf, type SourceParts } from '../load/sources';
import { instanceOfSample, type SampleApim } from '../sampleApim';
import { apimCommands } from './apimCommands';
import { ApimTree } from './apimTree';
import type { ApimView } from './view';
import { pickInstance } from './pickInstance';
import { AzureAccounts, cloudSettings, configuredCloud } from './signIn';

/** What it needs from outside. */
export interface ApimFeatureParts extends Pick<Platform, 'context' | 'log' | 'reporter' | 'transport'> {
  readonly view: ApimView;
  /** The sample's instance while the sample runs. */
  readonly sample: () => SampleApim | undefined;
  /** Starts the sample. Throws SampleFailed. */
  readonly startSample: () => Promise<unknown>;
  /** Told when the instances that are known are others. */
  readonly changed: () => void;
  /** What is being made, restored and deleted, as far as it was loaded. */
  readonly works: () => readonly WorkNow[];
}

/** The section, once it is used. */
export class ApimFeature implements Disposable {
  readonly tree: ApimTree;
  private readonly clients: ArmClients;
  readonly commands: ReadonlyMap<string, CommandWork>;
  private readonly lifetime = new DisposableStore();
  private readonly lists: Lists;
  private readonly added: AddedInstances;
  private readonly accounts: AzureAccounts;
  private readonly sources: SourceParts;
  private readonly describe: (error: unknown) => ErrorParts;
  /** Ends when what an earlier window has kept is known. */
  private readonly restored: Promise<void>;
  /** Who is signed in was looked at. */
  private looked: Promise<boolean> | undefined;
  private sampleUrl: string | undefined;

  constructor(private readonly parts: ApimFeatureParts) {
    const { context, log, reporter, view } = parts;
    const describe = reporter.describe.bind(reporter);
    this.describe = describe;
    const file = this.lifetime.add(new ListFile(context.globalStorageUri.fsPath, savedName.apim, (line) => log.warn(line)));
    const lists = this.lifetime.add(new Lists({ now: () => systemClock.now(), describe, keep: (kept) => file.write(kept) }));
    this.lists = lists;
    this.added = this.lifetime.add(new AddedInstances(context.globalState));
    const accounts = this.lifetime.add(new AzureAccounts(configuredCloud));
    this.accounts = accounts;
    this.clients = new ArmClients({
      cloud: configuredCloud, accounts, sample: parts.sample, ownerOf: (subscriptionId) => this.ownerOf(subscriptionId),
      create: async (endpoint) => {
        const { createArm } = await import('../../../arm/arm');
        return createArm(endpoint, { transport: lazily(parts.transport), clock: systemClock, log: (line) => log.info(line) });
      },
    });
    const armFor = this.clients.armFor.bind(this.clients);
    const { armOf } = this;
    this.sources = { cloud: configuredCloud, accounts: () => accounts.accounts(), armFor, armOf };
    this.restored = file.read().then((kept) => lists.restore(kept));
    this.tree = this.lifetime.add(new ApimTree({
      lists, describe, clock: systemClock, ...view,
      ready: () => this.whenShown(),
      sourceOf: (owner) => sourceOf(this.sources, owner),
      keyOf: (owner) => keyBelow(configuredCloud, owner),
      sample: () => this.sampleInstance(),
      added: () => this.added.list().map(({ instance }) => instance),
      sampleSource: () => this.sampleSource(),
      works: parts.works,
    }));
    this.commands = apimCommands({
      tree: this.tree, accounts, added: this.added, armOf, armFor, cloud: configuredCloud, pickInstance: () => this.pickInstance(),
      owners: () => this.owners(), ownerOf: (subscriptionId) => this.ownerOf(subscriptionId), subscriptions: () => this.subscriptions(),
    });
    this.sampleUrl = parts.sample()?.endpoint;
    this.follow();
    this.tree.start();
  }

  /** What calls the endpoint of an instance, with the token of whom its subscription belongs to. */
  readonly armOf: ArmOf = async (instance) => {
    await this.restored;
    return this.clients.armOf(instance);
  };

  /** Asks a person for one of the instances that are known, or to add one. Throws Cancelled. */
  async pickInstance(): Promise<ApimInstance> {
    await this.restored;
    return pickInstance({
      instances: () => this.instances(),
      startSample: this.parts.sample() ? undefined : async () => {
        await this.parts.startSample();
        return this.sampleInstance();
      },
      isSignedIn: async () => (await this.accounts.accounts()).length > 0,
    });
  }

  /** One of the instances that are known, by its ARM id. */
  async findInstance(id: string): Promise<ApimInstance | undefined> {
    await this.restored;
    return this.instances().find((each) => each.id.toLowerCase() === id.toLowerCase());
  }

  /** Lets all below an instance be asked for anew, as after a change to it; or the lists that are meant, by their paths below it. */
  instanceChanged(instance: Pick<ApimInstance, 'endpointUrl' | 'id'>, isList: (path: string) => boolean = () => true): void {
    const key = instanceKey(instance);
    const isMeant = (each: string): boolean => (each === key || each.startsWith(`${key}/`)) && isList(each.slice(key.length));
    this.lists.markStale(this.lists.keys().filter(isMeant));
    this.tree.redraw();
  }

  /** Lets the instances of all subscriptions be asked for anew, as after one was made or deleted. */
  instancesChanged(): void {
    const sample = this.parts.sample();
    this.lists.markStale(this.lists.keys().filter((key) => key.includes('|instances') || (sample && key === sampleKey(sample.endpoint))));
    this.tree.redraw();
    this.parts.changed();
  }

  /** What other parts need to make instances. */
  places(): InstancePlaces {
    return {
      subscriptions: async (anew) => {
        await this.restored;
        return payers({ lists: this.lists, sources: this.sources, accounts: this.accounts, describe: this.describe }, anew);
      },
      armOf: this.armOf, armFor: (identity) => this.clients.armFor(identity),
      endpointUrl: () => configuredCloud().endpointUrl, ownerOf: (id) => this.ownerOf(id),
      accountName: async ({ accountId }) =>
        (await this.accounts.accounts()).find(({ id }) => accountId === undefined || id === accountId)?.label,
    };
  }

  private sampleSource(): Source | undefined {
    const sample = this.parts.sample();
    if (!sample) return undefined;
    const { endpoint, subscriptionId } = sample;
    return instancesOfSample(sampleKey(endpoint), subscriptionId, endpoint, () => this.armOf({ endpointUrl: endpoint }));
  }

  /** The sample has started or ended. */
  sampleChanged(): void {
    const now = this.parts.sample()?.endpoint;
    const before = this.sampleUrl;
    this.sampleUrl = now;
    if (before !== undefined) this.lists.forget((key) => key.startsWith(`${before}|`));
    this.tree.redraw();
  }

  dispose(): void {
    this.lifetime.dispose();
  }

  private follow(): void {
    this.lifetime.add(this.added.onDidChange(() => {
      this.tree.redraw();
      this.parts.changed();
    }));
    this.lifetime.add(this.accounts.onDidChange(() => void this.parts.reporter.run(() => this.accountsChanged())));
    this.lifetime.add(vscode.workspace.onDidChangeConfiguration((event) => {
      if (cloudSettings.some((name) => event.affectsConfiguration(name))) this.tree.redraw();
    }));
  }

  /** VS Code tells of renewed tokens, too: only where others are signed in than before is anything asked for anew. */
  private async accountsChanged(): Promise<void> {
    await this.restored;
    if (await this.forgetSignedOut()) return;
    const key = keyBelow(configuredCloud, undefined);
    const known = this.lists.state(key);
    // Nobody has opened the section yet.
    if (known === undefined) return;
    const before = new Set(known.items.flatMap((item) => (item.kind === 'directory' ? [item.accountId] : [])));
    // An account whose token cannot be had just now is no change.
    if ((await this.accounts.accounts()).every(({ id }) => before.has(id))) return;
    this.lists.markStale([key]);
    this.tree.redraw();
  }

  /**
   * Forgets, here and on the disk, what somebody could see who has signed out, perhaps while this was not loaded. True where there was
   * such a thing. Throws InvalidInput for bad settings.
   */
  private async forgetSignedOut(): Promise<boolean> {
    const { endpointUrl } = configuredCloud();
    const isOfCloud = (key: string): boolean => key.startsWith(`${endpointUrl}|`);
    const items = this.lists.keys().filter(isOfCloud).flatMap((key) => this.lists.state(key)?.items ?? []);
    const seen = new Set(items.flatMap((item) => ('accountId' in item ? item.accountId ?? [] : [])));
    if (seen.size === 0) return false;
    const now = await this.accounts.signedIn();
    if (!now || [...seen].every((id) => now.has(id))) return false;
    this.lists.forget(isOfCloud);
    this.tree.redraw();
    return true;
  }

  /** Looks once who is signed in, when the section is shown. What is known is shown meanwhile: VS Code may take seconds to tell. */
  private async whenShown(): Promise<void> {
    await this.restored;
    // Bad settings are told where they are used.
    this.looked ??= this.forgetSignedOut().catch(() => false);
  }

  private sampleInstance(): ApimInstance | undefined {
    const sample = this.parts.sample();
    return sample && instanceOfSample(sample);
  }

  /** All instances that are known, each once: the sample's, those that were added, those that were found. */
  private instances(): readonly ApimInstance[] {
    const sample = this.sampleInstance();
    const found = this.lists.all().flatMap(({ items }) => items.flatMap((item) => (item.kind === 'instance' ? [item.instance] : [])));
    const all = [...(sample ? [sample] : []), ...this.added.list().map(({ instance }) => instance), ...found];
    return [...new Map(all.toReversed().map((each) => [instanceKey(each), each])).values()].toReversed();
  }

  private ownerOf(subscriptionId: string): Identity | undefined {
    const wanted = subscriptionId.toLowerCase();
    const seen = this.subscriptions().find(({ id }) => id.toLowerCase() === wanted);
    return seen ?? this.added.list().find(({ instance }) => instance.subscriptionId.toLowerCase() === wanted)?.owner;
  }

  private subscriptions(): readonly AzureSubscription[] {
    return this.lists.all().flatMap(({ items }) => items.flatMap((item) => (item.kind === 'azureSubscription' ? [item] : [])));
  }

  /** Whose tokens may be tried for an instance that was only named: the first account's own, and those of all known directories. */
  private owners(): readonly Identity[] {
    const directories = this.lists.all().flatMap(({ items }) => items.flatMap((item) => (item.kind === 'directory' ? [item] : [])));
    return [{}, ...directories.map(({ accountId, tenantId }) => ({ accountId, tenantId }))];
  }
}

function sampleKey(endpoint: string): string {
  return `${endpoint}|instances`;
}

/** The transport of each moment: it is another one when the network settings are. */
function lazily(transport: () => Promise<Transport>): Transport {
  return {
    send: async (request, signal) => (await transport()).send(request, signal),
    open: async (request, signal) => (await transport()).open(request, signal),
    close: () => Promise.resolve(),
  };
}
