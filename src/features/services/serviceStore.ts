// The workspaces and services that a person has added, kept in one user setting, and the sample while it runs.

import { InvalidInput, LocalFailure, messageOf } from '../../model/errors';
import { Emitter } from '../../model/lifetime';
import { defaultSubscriptionKeyHeader, type Service, type Workspace } from '../../model/service';
import { parseEndpoint } from '../../protocols/studio/endpoint';
import { endpointAddress, workspaceAddress, workspaceId } from '../../protocols/studio/endpointAddress';
import { filledText, isArray, isObject, member, type JsonObject } from '../../base/shape';
import type { SettingBox } from '../../base/ports';
import { type NewService, toService } from '../../protocols/newService';

/** What the setting holds. */
interface Entries {
  readonly good: readonly { readonly service: Service; readonly workspaceName: string | undefined }[];
  readonly problems: readonly string[];
}

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

  /** Forgets these services; other entries, unreadable ones too, stay as they are. */
  remove(services: readonly Service[]): Promise<void> {
    const addresses = new Set(services.map((service) => service.address));
    return this.edit((entries) => entries.filter((entry) => {
      const service = readEntry(entry);
      return !('service' in service) || !addresses.has(service.service.address);
    }));
  }

  /** Shows the sample's workspace, or takes it away. */
  setSample(workspace: Workspace | undefined): void {
    this.sample = workspace;
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

/** The workspaces of these services. */
function grouped({ good }: Entries): readonly Workspace[] {
  const groups = new Map<string, { id: string; host: string; name: string | undefined; services: Service[] }>();
  for (const { service, workspaceName } of good) {
    const address = workspaceAddress(service.endpoint);
    const group = groups.get(address) ?? {
      id: workspaceId(service.endpoint), host: new URL(service.endpoint.origin).host, name: undefined, services: [],
    };
    // In a setting that was edited by hand the name may stand with any of them.
    group.name ??= workspaceName;
    group.services.push(service);
    groups.set(address, group);
  }
  return [...groups].map(
    ([address, { id, host, name, services }]): Workspace => ({ address, id, name: name ?? host, services, sample: false }),
  );
}

function readEntries(value: unknown): Entries {
  if (value === undefined) return { good: [], problems: [] };
  if (!isArray(value)) return { good: [], problems: ['The setting "azuremlWebServices.services" is not a list.'] };
  const good: { service: Service; workspaceName: string | undefined }[] = [];
  const problems: string[] = [];
  const names = new Map<string, string>();
  value.forEach((entry, index) => {
    const read = readEntry(entry);
    if (!('service' in read)) {
      problems.push(`Entry ${index + 1} of "azuremlWebServices.services": ${read.problem}`);
      return;
    }
    const { name, address } = read.service;
    const twin = names.get(address);
    if (twin !== undefined) {
      problems.push(`Entry ${index + 1} of "azuremlWebServices.services" repeats the address of "${twin}".`);
      return;
    }
    names.set(address, name);
    good.push(read);
  });
  return { good, problems };
}

function readEntry(entry: unknown): { service: Service; workspaceName: string | undefined } | { problem: string } {
  const address = filledText(member(entry, 'address'));
  if (address === undefined) return { problem: 'it has no "address".' };
  const read = parseEndpoint(address);
  if (!read.ok) return { problem: read.reason };
  const header = filledText(member(entry, 'subscriptionKeyHeader'));
  const headerFault = header === undefined ? undefined : checkHeaderName(header);
  if (headerFault !== undefined) return { problem: headerFault };
  return {
    service: toService({
      name: filledText(member(entry, 'name')) ?? endpointAddress(read.endpoint),
      endpoint: read.endpoint,
      subscriptionKeyHeader: header,
    }),
    workspaceName: filledText(member(entry, 'workspace')),
  };
}

/** Why a text cannot be the name of the subscription key's header, or undefined when it can. */
export function checkHeaderName(name: string): string | undefined {
  if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name)) return 'A header name has letters, digits and hyphens only.';
  if (
    /^(authorization|host|content-.*|transfer-encoding|connection|proxy-.*|cookie|expect|accept-encoding|upgrade|keep-alive|te|trailer)$/i.test(
      name,
    )
  )
    return `The header "${name}" has another meaning; the subscription key needs one of its own.`;
  return undefined;
}

/** Why a text cannot be a name, or undefined when it can. */
export function checkName(name: string): string | undefined {
  if (name.trim() === '') return 'A name needs at least one character.';
  if (name.trim().length > 100) return 'A name has at most 100 characters.';
  return undefined;
}
