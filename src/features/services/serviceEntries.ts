// The entries of the setting of services, read: services, their workspaces, and what cannot be used.

import * as l10n from '@vscode/l10n';
import type { Endpoint, Service, Workspace } from '../../model/service';
import { parseEndpoint } from '../../protocols/studio/endpoint';
import { endpointAddress, workspaceAddress, workspaceId } from '../../protocols/studio/endpointAddress';
import { filledText, isArray, isObject, member } from '../../base/shape';
import { toService } from '../../protocols/newService';
import { workspaceNames } from './workspaceNames';

/** What the setting holds. */
export interface Entries {
  readonly good: readonly { readonly service: Service; readonly workspaceName: string | undefined }[];
  readonly problems: readonly string[];
}

/** The workspaces of these services. */
export function grouped({ good }: Entries): readonly Workspace[] {
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
  const names = workspaceNames([...groups].map(([address, { id, host, name }]) => ({ address, id, host, name })));
  return [...groups].map(
    ([address, { id, host, services }]): Workspace => ({ address, id, name: names.get(address) ?? host, services, sample: false }),
  );
}

/** Reads the setting: what can be used, and a sentence for each entry that cannot. */
export function readEntries(value: unknown): Entries {
  if (value === undefined) return { good: [], problems: [] };
  if (!isArray(value)) return { good: [], problems: [l10n.t('The setting "azuremlWebServices.services" is not a list.')] };
  const good: { service: Service; workspaceName: string | undefined }[] = [];
  const problems: string[] = [];
  const names = new Map<string, string>();
  value.forEach((entry, index) => {
    const read = readEntry(entry);
    if (!('service' in read)) {
      problems.push(l10n.t('Entry {0} of "azuremlWebServices.services": {1}', index + 1, read.problem));
      return;
    }
    const { name, address } = read.service;
    const twin = names.get(address);
    if (twin !== undefined) {
      problems.push(l10n.t('Entry {0} of "azuremlWebServices.services" repeats the address of "{1}".', index + 1, twin));
      return;
    }
    names.set(address, name);
    good.push(read);
  });
  return { good, problems };
}

/** Reads one entry of the setting: its service, or why it cannot be used. */
export function readEntry(entry: unknown): { service: Service; workspaceName: string | undefined } | { problem: string } {
  const address = filledText(member(entry, 'address'));
  if (address === undefined) return { problem: l10n.t('it has no "address".') };
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

/**
 * The entries with another address of one service. The name of its workspace goes along where the whole workspace does; else it stays with
 * those that stay, and the service has the name of the workspace that it comes to.
 */
export function withAddress(entries: readonly unknown[], { address }: Service, endpoint: Endpoint): readonly unknown[] {
  const known = entries.map((entry) => ({ entry, read: readEntry(entry) }));
  const nameIn = (workspace: string): string | undefined =>
    known.map(({ read }) => ('service' in read && inWorkspace(read.service, workspace) ? read.workspaceName : undefined)).find(isNamed);
  const moving = known.find(({ read }) => 'service' in read && read.service.address === address);
  if (!moving || !('service' in moving.read) || !isObject(moving.entry)) return entries;
  const [from, to] = [workspaceAddress(moving.read.service.endpoint), workspaceAddress(endpoint)];
  const staying = known.find(({ entry, read }) => entry !== moving.entry && 'service' in read && inWorkspace(read.service, from));
  const rest = Object.fromEntries(Object.entries(moving.entry).filter(([member]) => member !== 'workspace'));
  const name = from === to || !staying ? nameIn(to) ?? nameIn(from) : nameIn(to);
  const moved = { ...rest, address: endpointAddress(endpoint), ...(name === undefined ? {} : { workspace: name }) };
  const nameLeft = from === to ? undefined : nameIn(from);
  return entries.map((entry) => {
    if (entry === moving.entry) return moved;
    return entry === staying?.entry && isObject(entry) && nameLeft !== undefined ? { ...entry, workspace: nameLeft } : entry;
  });
}

function inWorkspace({ endpoint }: Service, workspace: string): boolean {
  return workspaceAddress(endpoint) === workspace;
}

function isNamed(name: string | undefined): name is string {
  return name !== undefined;
}

/** Why a text cannot be the name of the subscription key's header, or undefined when it can. */
export function checkHeaderName(name: string): string | undefined {
  if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name)) return l10n.t('A header name has letters, digits and hyphens only.');
  if (
    /^(authorization|host|content-.*|transfer-encoding|connection|proxy-.*|cookie|expect|accept-encoding|upgrade|keep-alive|te|trailer)$/i.test(
      name,
    )
  )
    return l10n.t('The header "{0}" has another meaning; the subscription key needs one of its own.', name);
  return undefined;
}

/** Why a text cannot be a name, or undefined when it can. */
export function checkName(name: string): string | undefined {
  if (name.trim() === '') return l10n.t('A name needs at least one character.');
  if (name.trim().length > 100) return l10n.t('A name has at most 100 characters.');
  return undefined;
}
