// Rename, remove, copy and check services and workspaces.

import * as vscode from 'vscode';
import { InvalidInput } from '../../../model/errors';
import type { HealthState } from '../../../model/health';
import type { Service, Workspace } from '../../../model/service';
import type { Transport } from '../../../model/wire';
import { credentialOf, factsOf, protocolOf } from '../../../protocols/registry';
import { isArray } from '../../../base/shape';
import type { Health } from '../health';
import type { KeyStore } from '../keyStore';
import { checkName } from '../serviceEntries';
import type { ServiceStore } from '../serviceStore';
import { askChoice, askText, askToConfirm } from '../../../ui/ask';
import { view } from '../../../ui/ids';
import { notify, tellBriefly } from '../../../ui/notices';
import type { TreeNode, TreeSections } from '../../../ui/treeSections';
import { pickService, serviceFrom, workspaceFrom } from './pickService';
import { plain, type PlainText } from '../../../ui/plain';
import { inView } from '../../../ui/progress';
import { callSettings } from '../../../ui/settings';

/** What these commands need from outside. */
export interface ServiceParts {
  readonly services: ServiceStore;
  readonly keys: KeyStore;
  readonly health: Health;
  readonly transport: () => Promise<Transport>;
  /** How many batch jobs of a service, by its address, are not over. */
  readonly openJobs: (address: string) => number;
  /** Stops what is being sent to an address. */
  readonly stopCalls: (address: string) => void;
}

/** So many services are asked at once on a refresh. */
const askedAtOnce = 4;

/** A check is for finding out, not for waiting. */
const longestCheckMs = 10_000;

/** Gives a service another name. */
export async function renameService(parts: ServiceParts, argument: unknown): Promise<void> {
  const service = await ownService(parts, argument, plain`Rename Service`);
  const name = await askText({
    title: plain`Rename Service`,
    prompt: plain`New name of the service in the sidebar`,
    value: service.name,
    check: checkName,
  });
  await parts.services.rename(service, name.trim());
}

/** Removes a service and its keys, after asking; all that are selected where it was called on one of several. */
export async function removeService(parts: ServiceParts, argument: unknown, selected?: unknown): Promise<void> {
  const given = serviceFrom(parts.services, argument);
  const among = isArray(selected) ? selected.flatMap((node) => serviceFrom(parts.services, node) ?? []) : [];
  if (given && among.length > 1 && among.includes(given)) return removeServices(parts, among);
  const service = await ownService(parts, argument, plain`Remove Service`);
  await askToConfirm(
    plain`Remove "${service.name}"?`,
    plain`${service.address}\n\nIts keys are removed from the secret store too. The service itself stays as it is.${jobsText(parts, [service])}`,
    plain`Remove`,
  );
  await forget(parts, [service]);
}

const keysRemoved = 'Their keys are removed from the secret store too. The services themselves stay as they are.';

async function removeServices(parts: ServiceParts, services: readonly Service[]): Promise<void> {
  if (services.some((service) => parts.services.isSample(service))) throw new InvalidInput({ sentence: sampleStays });
  const names = services.map(({ name }) => name).join(', ');
  await askToConfirm(
    plain`Remove ${services.length} services?`,
    plain(`${names}\n\n${keysRemoved}${jobsText(parts, services)}`),
    plain`Remove`,
  );
  await forget(parts, services);
}

/** Removes what is selected in the tree: services, a workspace, or lines of other features, all of one kind. */
export async function removeSelected(
  parts: ServiceParts,
  sections: Pick<TreeSections, 'remove'>,
  nodes: readonly TreeNode[],
): Promise<void> {
  const [first] = nodes;
  const removing = nodes.length > 0 ? sections.remove(nodes) : undefined;
  if (removing) return removing;
  if (nodes.some(({ kind }) => kind !== first?.kind) || (nodes.length > 1 && first?.kind !== 'service'))
    throw new InvalidInput({ sentence: 'These lines cannot be removed together.', advice: 'Select services alone, or jobs alone.' });
  return first?.kind === 'workspace' ? removeWorkspace(parts, first) : removeService(parts, first, nodes);
}

/** Gives a workspace another name. */
export async function renameWorkspace(parts: ServiceParts, argument: unknown): Promise<void> {
  const workspace = await ownWorkspace(parts, argument, plain`Rename Workspace`);
  const name = await askText({
    title: plain`Rename Workspace`,
    prompt: plain`New name of workspace ${workspace.id} in the sidebar`,
    value: workspace.name,
    check: checkName,
  });
  await parts.services.renameWorkspace(workspace, name.trim());
}

/** Removes a workspace, its services and their keys, after asking. */
export async function removeWorkspace(parts: ServiceParts, argument: unknown): Promise<void> {
  const workspace = await ownWorkspace(parts, argument, plain`Remove Workspace`);
  const names = workspace.services.map((service) => service.name).join(', ');
  await askToConfirm(
    plain`Remove workspace "${workspace.name}"?`,
    plain(`Its services: ${names}\n\n${keysRemoved}${jobsText(parts, workspace.services)}`),
    plain`Remove`,
  );
  await forget(parts, workspace.services);
}

/** Copies a service's or a workspace's address. */
export async function copyAddress(parts: ServiceParts, argument: unknown): Promise<void> {
  const workspace = workspaceFrom(parts.services, argument);
  if (workspace) return copy(workspace.address, plain`Address copied.`);
  await copy((await anyService(parts, argument, plain`Copy Address`)).address, plain`Address copied.`);
}

/** Copies a service's id. */
export async function copyServiceId(parts: ServiceParts, argument: unknown): Promise<void> {
  await copy(factsOf(await anyService(parts, argument, plain`Copy Service ID`)).id, plain`Service ID copied.`);
}

/** Copies a workspace's id. */
export async function copyWorkspaceId(parts: ServiceParts, argument: unknown): Promise<void> {
  const workspace = workspaceFrom(parts.services, argument) ?? (await pickWorkspace(parts.services.workspaces(), plain`Copy Workspace ID`));
  await copy(workspace.id, plain`Workspace ID copied.`);
}

/** Asks whether a service can be reached and says so. */
export async function checkOne(parts: ServiceParts, argument: unknown): Promise<void> {
  const service = await anyService(parts, argument, plain`Check Connection`);
  const found = await ask(parts, service);
  if (found.kind === 'answering') void notify('information', plain`${service.name}: ${found.text}`);
  else if (found.kind === 'unreachable' || found.kind === 'failing' || found.kind === 'refusing')
    void notify('warning', plain`${service.name}: ${found.text}`);
}

/** Asks all services anew. */
export async function refresh(parts: ServiceParts): Promise<void> {
  const waiting = parts.services.workspaces().flatMap((workspace) => workspace.services);
  const worker = async (): Promise<void> => {
    for (let service = waiting.shift(); service; service = waiting.shift()) await ask(parts, service);
  };
  await inView(view.services, () => Promise.all(Array.from({ length: askedAtOnce }, worker)));
}

async function ask(parts: ServiceParts, service: Service): Promise<HealthState> {
  const before = parts.health.of(service.address);
  const done = parts.health.begin(service.address);
  let found: HealthState | undefined;
  try {
    const timeoutMs = Math.min(callSettings().timeoutMs || longestCheckMs, longestCheckMs);
    const call = { service, credential: async () => credentialOf(service, await parts.keys.of(service)), timeoutMs };
    found = await protocolOf(service).check(call, await parts.transport(), new AbortController().signal);
    // A check does not try the service's own key: one that was refused stays so until it is replaced, or a request goes through.
    if (found.kind === 'answering' && before.kind === 'refusing' && before.secret === 'serviceKey')
      found = { ...before, text: `${found.text} Its API key was refused when it was last sent.` };
    return found;
  } finally {
    done(found);
  }
}

function jobsText(parts: ServiceParts, services: readonly Service[]): string {
  const open = services.reduce((sum, { address }) => sum + parts.openJobs(address), 0);
  const underWay = open === 0 ? '' : ` ${open} of them ${open === 1 ? 'is' : 'are'} not over, and can no longer be followed.`;
  return `\n\nIts batch jobs are no longer shown, and come back when it is added again.${underWay}`;
}

async function forget(parts: ServiceParts, services: readonly Service[]): Promise<void> {
  for (const service of services) parts.stopCalls(service.address);
  // Keys first: a service that cannot be seen any more must not leave a key behind.
  for (const service of services) await parts.keys.forgetAll(service);
  await parts.services.remove(services);
  for (const service of services) parts.health.clear(service.address);
}

async function copy(text: string, copied: PlainText): Promise<void> {
  await vscode.env.clipboard.writeText(text);
  tellBriefly(copied, 3000);
}

function anyService(parts: ServiceParts, argument: unknown, title: PlainText): Promise<Service> {
  const given = serviceFrom(parts.services, argument);
  return given ? Promise.resolve(given) : pickService(parts.services, { title });
}

const sampleStays = 'The sample service is as it is: it cannot be renamed or removed, only stopped.';

/** The service that a command was called for, or that the person picks. Throws InvalidInput for the sample, which stays as it is. */
export async function ownService(
  parts: Pick<ServiceParts, 'services'>,
  argument: unknown,
  title: PlainText,
): Promise<Service> {
  const service = serviceFrom(parts.services, argument) ?? (await pickService(parts.services, { title, withoutSample: true }));
  if (parts.services.workspaces().some((workspace) => workspace.sample && workspace.services.includes(service))) {
    throw new InvalidInput({ sentence: sampleStays });
  }
  return service;
}

async function ownWorkspace(parts: ServiceParts, argument: unknown, title: PlainText): Promise<Workspace> {
  const given = workspaceFrom(parts.services, argument);
  if (given?.sample) throw new InvalidInput({ sentence: sampleStays });
  return given ?? pickWorkspace(parts.services.workspaces().filter((workspace) => !workspace.sample), title);
}

function pickWorkspace(workspaces: readonly Workspace[], title: PlainText): Promise<Workspace> {
  if (workspaces.length === 0) throw new InvalidInput({ sentence: 'There is no workspace yet.', advice: 'Add a service first.' });
  return askChoice(
    title,
    plain`Choose a workspace`,
    workspaces.map((workspace) => ({ label: plain(workspace.name), description: plain(workspace.id), value: workspace })),
  );
}
