// Instances that are made, restored and deleted, loaded by the first use or where one is noted: journal, form, status bar, notices.

import * as l10n from '@vscode/l10n';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { AtomicFiles } from '../../../base/atomicFiles';
import { newJobKey } from '../../../base/fileKeys';
import { registerPath } from '../../../arm/apimPaths';
import type { Arm } from '../../../model/arm';
import { systemClock } from '../../../model/clock';
import { SampleFailed } from '../../../model/errors';
import { DisposableStore, type Disposable } from '../../../model/lifetime';
import { command, view } from '../../../ui/ids';
import type { Platform } from '../../../ui/platform';
import { savedName } from '../../../ui/savedNames';
import { sharedStorage } from '../../../ui/sharedStorage';
import { instancesUnderWayKey } from '../../services';
import { sampleSubscription } from '../create/draft';
import { CreateForm } from '../create/form';
import type { InstancePlaces } from '../create/places';
import { isOver, type InstanceWork, type WorkPlace } from '../create/work';
import { WorkJournal } from '../create/workJournal';
import { instanceOf } from '../create/workLines';
import { InstanceWorks, type WorkClaim, type WorkNow } from '../create/works';
import type { ApimInstance } from '../instance';
import { readInstance } from '../load/readers';
import type { SampleApim } from '../sampleApim';
import { createFrom, restoreFrom, startOfForm, type CreateCommandParts } from './createCommands';
import { tellOfEnd } from './createNotices';
import { CreatePanel } from './createPanel';
import { payingSubscriptions, pickRestore } from './createRestore';
import { CreateStatus } from './createStatus';
import { workCommand } from './createWork';
import { configuredCloud } from './signIn';

/** What it needs from outside. */
export interface ApimCreateParts extends Pick<Platform, 'context' | 'log' | 'reporter'> {
  readonly statusItems: Pick<Platform['statusItems'], 'add'>;
  /** Claims what one of the windows follows. */
  readonly claim: (key: string) => Promise<WorkClaim | undefined>;
  /** True where another window follows it. */
  readonly isClaimedElsewhere: (key: string) => Promise<boolean>;
  /** The sample's instance while the sample runs. */
  readonly sample: () => SampleApim | undefined;
  readonly startSample: () => Promise<unknown>;
  readonly places: () => Promise<InstancePlaces>;
  /** Asks for an instance. Throws Cancelled. */
  readonly pickInstance: () => Promise<ApimInstance>;
  /** Lets the lists of instances be asked for anew. */
  readonly instancesChanged: () => void;
  /** Draws the section anew, or only the lines of what is under way. */
  readonly redraw: (whole: boolean) => void;
}

/** Where the prices of the tiers are told. */
const prices = 'https://azure.microsoft.com/pricing/details/api-management/';

/** Elapsed times are drawn anew this often, in milliseconds. */
const tickMs = 5_000;

/** All of it in this window. */
export class ApimCreate implements Disposable {
  private readonly lifetime = new DisposableStore();
  private readonly works: InstanceWorks;
  private readonly panel: CreatePanel;
  private readonly status: CreateStatus;
  private readonly commands: CreateCommandParts;
  private drawn = '';
  private going: ReadonlySet<string> = new Set();

  constructor(private readonly parts: ApimCreateParts) {
    const { context, log, reporter, statusItems, claim } = parts;
    const files = new AtomicFiles(join(context.globalStorageUri.fsPath, savedName.instances));
    const journal = new WorkJournal(files, context.secrets, (line) => log.warn(line));
    const describe = reporter.describe.bind(reporter);
    this.works = this.lifetime.add(new InstanceWorks({
      journal, claim, clock: systemClock, canAsk: (work) => this.canAsk(work), waits: (work) => this.waits(work),
      log: (line) => log.info(line),
      toolsOf: (work) => ({ arm: () => this.armOfWork(work), describe }),
      onEnd: (work) => this.ended(work),
      noted: (any) => {
        if (context.globalState.get(instancesUnderWayKey, false) !== any) void context.globalState.update(instancesUnderWayKey, any);
      },
    }));
    this.status = this.lifetime.add(new CreateStatus(statusItems, () => this.works.list(), () => systemClock.now()));
    this.commands = {
      works: this.works, places: parts.places, sample: parts.sample, startSample: () => this.startedSample(), home: this.home(),
      pickInstance: parts.pickInstance, armFor: (subscription) => this.armFor(subscription), now: () => systemClock.now(),
      newKey: () => newJobKey(systemClock.now(), Math.random), armOf: async (instance) => (await parts.places()).armOf(instance),
      showSection: async () => void (await vscode.commands.executeCommand(`${view.apim}.focus`)),
    };
    this.panel = this.lifetime.add(new CreatePanel({
      extensionUri: context.extensionUri, reporter,
      newForm: (saved) => new CreateForm({
        subscriptions: (anew) => payingSubscriptions(this.commands, anew), armFor: (subscription) => this.armFor(subscription), describe,
        clock: systemClock,
      }, saved),
      create: (form) => createFrom(this.commands, form),
      restore: (form) => restoreFrom(this.commands, form),
      register: async (form) => {
        const { arm, subscriptionId } = await this.armFor(form.values.subscription);
        await arm.post(registerPath(subscriptionId), undefined, { signal: new AbortController().signal });
        await form.load();
      },
      signIn: async () => void (await vscode.commands.executeCommand(command.apimSignIn)),
      openPrices: async () => void (await vscode.env.openExternal(vscode.Uri.parse(prices))),
    }));
  }

  /** Reads what is noted and follows it. */
  async start(): Promise<void> {
    this.lifetime.add(this.works.onDidChange(() => this.draw()));
    const ticking = setInterval(() => {
      if (this.works.list().some(({ work }) => !isOver(work))) this.draw();
    }, tickMs);
    this.lifetime.add({ dispose: () => clearInterval(ticking) });
    await this.works.start();
    this.draw();
  }

  /** What is being made, restored and deleted, and what of it went wrong. */
  list(): readonly WorkNow[] {
    return this.works.list();
  }

  /** How many of them go on in the sample that runs in this window. */
  countInSample(): number {
    return this.works.list().filter(({ work }) => work.place.sample && !isOver(work) && this.canAsk(work)).length;
  }

  /** The sample or the windows are others. */
  wake(): void {
    this.works.wake();
  }

  /** Does what a command is for. Throws Cancelled and errors for people. */
  async run(id: string, argument: unknown): Promise<void> {
    switch (id) {
      case command.apimCreateInstance:
        return this.panel.show(startOfForm(argument, this.parts.sample()));
      case command.apimRestoreInstance:
        return pickRestore(this.commands, argument);
      default:
        return workCommand(this.commands, id, argument);
    }
  }

  /** Takes over a panel that a reload has left. */
  adopt(panel: vscode.WebviewPanel, state: unknown): void {
    this.panel.adopt(panel, state);
  }

  dispose(): void {
    this.lifetime.dispose();
  }

  private ended(work: InstanceWork): void {
    tellOfEnd(work, {
      show: this.commands.showSection,
      publish: async () => {
        const instance = instanceOf({ work }, this.endpointOf(work));
        const { body } = await (await this.armOfWork(work)).get(instance.id, { signal: new AbortController().signal });
        const now = readInstance(body, instance.endpointUrl, instance.sample) ?? instance;
        await vscode.commands.executeCommand(command.publishApi, { kind: 'instance', instance: now, from: 'azure', parent: undefined });
      },
      run: (act) => this.parts.reporter.run(act),
    });
  }

  /** Where it is now: the sample's endpoint is another one with each start. */
  private endpointOf({ place }: InstanceWork): string {
    return place.sample ? this.parts.sample()?.endpoint ?? place.endpointUrl : place.endpointUrl;
  }

  private canAsk({ place }: InstanceWork): boolean {
    const sample = this.parts.sample();
    if (place.sample) return sample !== undefined && (sample.endpoint === place.endpointUrl || this.isAtHome(place));
    try {
      return configuredCloud().endpointUrl === place.endpointUrl;
    } catch {
      // Settings that make no sense are told of where they are used.
      return false;
    }
  }

  /** Of a sample of this workspace that runs in none of its windows. Those of other workspaces are started there. */
  private async waits({ key, place }: InstanceWork): Promise<boolean> {
    const isOwn = place.sample && this.isAtHome(place);
    return isOwn && this.parts.sample() === undefined && !(await this.parts.isClaimedElsewhere(key));
  }

  /** A window without a workspace has an empty one, of which nothing is written down. */
  private isAtHome({ home = '' }: WorkPlace): boolean {
    return home === this.home();
  }

  private async armOfWork(work: InstanceWork): Promise<Arm> {
    const places = await this.parts.places();
    if (work.place.sample || places.endpointUrl() !== work.place.endpointUrl) return places.armOf({ endpointUrl: this.endpointOf(work) });
    return places.armFor(work.owner);
  }

  /** What calls for a subscription of the form. Throws ArmFailed where it is not known. */
  private async armFor(subscription: string): Promise<{ readonly arm: Arm; readonly subscriptionId: string }> {
    const places = await this.parts.places();
    if (subscription === sampleSubscription) {
      const { endpoint, subscriptionId } = await this.startedSample();
      return { arm: await places.armOf({ endpointUrl: endpoint }), subscriptionId };
    }
    return { arm: await places.armFor(places.ownerOf(subscription) ?? {}), subscriptionId: subscription };
  }

  /** The sample, which is started where it does not run. Throws SampleFailed. */
  private async startedSample(): Promise<SampleApim> {
    if (!this.parts.sample()) await this.parts.startSample();
    const sample = this.parts.sample();
    if (!sample) throw new SampleFailed({ sentence: l10n.t('The sample service runs without API Management.'), actions: ['showLog'] });
    return sample;
  }

  /** Tells this workspace from others: each has a sample of its own. */
  private home(): string {
    const { storageUri } = this.parts.context;
    return storageUri === undefined ? '' : createHash('sha256').update(sharedStorage(storageUri.fsPath)).digest('hex');
  }

  private draw(): void {
    this.status.draw();
    const going = new Set(this.works.list().flatMap(({ work }) => (isOver(work) ? [] : [work.key])));
    // Over, in whatever window: instances are there, gone or changed.
    if ([...this.going].some((key) => !going.has(key))) this.parts.instancesChanged();
    this.going = going;
    const now = JSON.stringify(this.works.list().map(({ work: { key, step, startedAt }, waits }) => [key, step, startedAt, waits]));
    this.parts.redraw(now !== this.drawn);
    this.drawn = now;
  }
}
