// The workspaces and services that a person has added, kept in one user setting, and the sample while it runs.

import * as l10n from '@vscode/l10n';
import { InvalidInput, LocalFailure, messageOf } from '../../model/errors';
import { Emitter } from '../../model/lifetime';
import { defaultSubscriptionKeyHeader, type Endpoint, type Service, type Workspace } from '../../model/service';
import { endpointAddress, workspaceAddress } from '../../protocols/studio/endpointAddress';
import { isArray, isObject, type JsonObject } from '../../base/shape';
import type { SettingBox } from '../../base/ports';
import { type NewService, toService } from '../../protocols/newService';
import { checkHeaderName, grouped, readEntries, readEntry, withAddress, type Entries } from './serviceEntries';

/** All services, to be looked up. */
interface Directory {
  readonly entries: Entries;
  readonly sample: Workspace | undefined;
  readonly workspaces: readonly Workspace[];
  readonly byAddress: ReadonlyMap<string, { readonly service: Service; readonly workspace: Workspace }>;
}

/** The services, as entries of a setting that a person may also edit by hand: what cannot be read is reported and left as it is. */
export class ServiceStore {
  private readonly changed = new Emitter<void>();
  private sample: Workspace | undefined;
  private sampleRan = false;
  /** Edits one after another: each reads what the one before has written. */
  private lastEdit: Promise<void> = Promise.resolve();
  /** Entries of the setting, read once for each value that it has. */
  private lastRead: { readonly value: unknown; readonly entries: Entries } | undefined;
  private lastDirectory: Directory | undefined;
  /** The setting as it was told last: VS Code tells of our own edits as well. */
  private told: string | undefined;

  /** Raised when `workspaces` may give something else. */
  readonly onDidChange = this.changed.event;

  /** @param setting holds an array of `{name, address, workspace?, subscriptionKeyHeader?}`. */
  constructor(private readonly setting: SettingBox) {}

  /** Begins to tell of edits that are made to the setting elsewhere; stop with the returned disposable. */
  watch(): { dispose(): void } {
    return this.setting.onDidChange(() => this.tellNews());
  }

  /**
   * All workspaces in the order of their first service, the sample first. One without a name of its own goes by its host: people do not
   * know ids by heart.
   */
  workspaces(): readonly Workspace[] {
    return this.directory().workspaces;
  }

  private directory(): Directory {
    const entries = this.read();
    const { sample } = this;
    if (this.lastDirectory?.entries === entries && this.lastDirectory.sample === sample) return this.lastDirectory;
    const added = grouped(entries);
    const workspaces = sample ? [sample, ...added] : added;
    const byAddress = new Map<string, { service: Service; workspace: Workspace }>();
    for (const workspace of workspaces) {
      for (const service of workspace.services) if (!byAddress.has(service.address)) byAddress.set(service.address, { service, workspace });
    }
    this.lastDirectory = { entries, sample, workspaces, byAddress };
    return this.lastDirectory;
  }

  /** The service with this address, or undefined. */
  find(address: string): Service | undefined {
    return this.directory().byAddress.get(address)?.service;
  }

  /** The workspace of the service with this address, or undefined. */
  workspaceOf(address: string): Workspace | undefined {
    return this.directory().byAddress.get(address)?.workspace;
  }

  /** True for a service of the sample. */
  isSample({ address }: Service): boolean {
    return this.sample?.services.some((each) => each.address === address) ?? false;
  }

  /** Entries of the setting that cannot be used, a sentence each. */
  problems(): readonly string[] {
    return this.read().problems;
  }

  /** Adds a service. Throws InvalidInput when one with its address is there already. */
  async add(added: NewService): Promise<Service> {
    const headerFault = added.subscriptionKeyHeader === undefined ? undefined : checkHeaderName(added.subscriptionKeyHeader);
    if (headerFault !== undefined) throw new InvalidInput({ sentence: headerFault });
    const service = toService(added);
    await this.edit((entries) => {
      const twin = this.find(service.address);
      if (twin)
        throw new InvalidInput({
          sentence: `This service is there already, as "${twin.name}".`,
          advice: 'Its name and its keys can be changed in the tree.',
        });
      const sibling = this.read().good.find(
        (other) => other.workspaceName !== undefined && workspaceAddress(other.service.endpoint) === workspaceAddress(service.endpoint),
      );
      const entry: Record<string, unknown> = { name: service.name, address: service.address };
      if (sibling?.workspaceName !== undefined) entry['workspace'] = sibling.workspaceName;
      if (service.subscriptionKeyHeader !== defaultSubscriptionKeyHeader) entry['subscriptionKeyHeader'] = service.subscriptionKeyHeader;
      return [...entries, entry];
    });
    return service;
  }

  /** Gives a service another name. */
  rename(service: Service, name: string): Promise<void> {
    return this.change((other) => other.address === service.address, { name });
  }

  /** Gives a workspace another name. */
  renameWorkspace(workspace: Workspace, name: string): Promise<void> {
    return this.change((service) => workspaceAddress(service.endpoint) === workspace.address, { workspace: name });
  }

  /** Changes the header that carries the gateway's subscription key. */
  setSubscriptionKeyHeader(service: Service, subscriptionKeyHeader: string): Promise<void> {
    return this.change((other) => other.address === service.address, { subscriptionKeyHeader });
  }

  /**
   * Gives a service another address, in its place of the list. Throws InvalidInput when it is not there any more, or the address is
   * another one's.
   */
  changeAddress(service: Service, endpoint: Endpoint): Promise<void> {
    return this.edit((entries) => {
      this.checkAddress(service, endpoint);
      return withAddress(entries, service, endpoint);
    });
  }

  /** Says that another service than this one has this address already; undefined where none has. */
  twinFault(service: Service, endpoint: Endpoint): string | undefined {
    const twin = this.find(endpointAddress(endpoint));
    if (!twin || twin.address === service.address) return undefined;
    return l10n.t('A service with this address is there already, as "{0}".', twin.name);
  }

  /** Throws InvalidInput where a service cannot have this address: another one has it, or the service is gone. */
  checkAddress(service: Service, endpoint: Endpoint): void {
    const fault = this.twinFault(service, endpoint);
    if (fault !== undefined) throw new InvalidInput({ sentence: fault });
    if (!this.find(service.address)) throw new InvalidInput({ sentence: l10n.t('"{0}" is no longer there.', service.name) });
  }

  /** Forgets these services; other entries, unreadable ones too, stay as they are. */
  remove(services: readonly Service[]): Promise<void> {
    const addresses = new Set(services.map((service) => service.address));
    return this.edit((entries) => entries.filter((entry) => {
      const service = readEntry(entry);
      return !('service' in service) || !addresses.has(service.service.address);
    }));
  }

  /** True where the sample ran in this window, and does not any more. */
  get sampleHasEnded(): boolean {
    return this.sampleRan && this.sample === undefined;
  }

  /** Shows the sample's workspace, or takes it away. */
  setSample(workspace: Workspace | undefined): void {
    this.sample = workspace;
    this.sampleRan ||= workspace !== undefined;
    this.tell();
  }

  private change(which: (service: Service) => boolean, members: JsonObject): Promise<void> {
    return this.edit((entries) => entries.map((entry) => {
      const read = readEntry(entry);
      return isObject(entry) && 'service' in read && which(read.service) ? { ...entry, ...members } : entry;
    }));
  }

  private async edit(change: (entries: readonly unknown[]) => readonly unknown[]): Promise<void> {
    const edit = this.lastEdit.then(async () => {
      const value = this.setting.read();
      if (value !== undefined && !isArray(value))
        throw new InvalidInput({
          sentence: 'The setting "azuremlWebServices.services" is not a list, so nothing can be added to it.',
          advice: 'Correct it in the settings.',
          actions: ['openSettings'],
        });
      const changed = change(value ?? []);
      try {
        await this.setting.write(changed);
      } catch (error) {
        throw new LocalFailure({
          sentence: 'The list of services could not be saved in the settings.',
          advice: messageOf(error),
          actions: ['openSettings'],
        });
      }
    });
    // A failed edit is its caller's business and does not stop the next one.
    this.lastEdit = edit.catch(() => undefined);
    await edit;
    this.tellNews();
  }

  /** Each state of the setting is told once, whichever is first: the edit that is over, or VS Code. */
  private tellNews(): void {
    if (this.told !== this.text()) this.tell();
  }

  private tell(): void {
    this.told = this.text();
    this.changed.fire();
  }

  private text(): string {
    return JSON.stringify(this.setting.read()) ?? '';
  }

  private read(): Entries {
    const value = this.setting.read();
    if (!this.lastRead || this.lastRead.value !== value) this.lastRead = { value, entries: readEntries(value) };
    return this.lastRead.entries;
  }
}
