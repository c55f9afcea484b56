// What the sidebar shows, as plain data: built from the stores, drawn elsewhere.

import type { HealthState } from '../../model/health';
import type { BadFileLine } from '../../ui/badFiles';
import type { SecretKind, Secrets, Service, Workspace } from '../../model/service';
import type { BelowService, TreeNode } from '../../ui/treeSections';
import { factsOf } from '../../protocols/registry';

/** A line that is drawn for the services themselves; other features add lines of their own. */
export type Node =
  | { readonly kind: 'workspace'; readonly workspace: Workspace; readonly services: readonly Service[] }
  /** `hasLines`: there was something below it when its workspace was drawn. */
  | { readonly kind: 'service'; readonly workspace: Workspace; readonly service: Service; readonly hasLines: boolean }
  /** The sample ran in this window, and does not any more. */
  | { readonly kind: 'sampleEnded' }
  | { readonly kind: 'problem'; readonly text: string }
  | ({ readonly kind: 'badFile' } & BadFileLine);

/** The line of a workspace. */
export type WorkspaceNode = Extract<Node, { kind: 'workspace' }>;

/** The line of a service. */
export type ServiceNode = Extract<Node, { kind: 'service' }>;

const kinds: Readonly<Record<Node['kind'], true>> = { workspace: true, service: true, sampleEnded: true, problem: true, badFile: true };

/** True for a line that is drawn for the services themselves. */
export function isOwn(node: TreeNode): node is Node {
  return Object.hasOwn(kinds, node.kind);
}

/** How a service stands at the moment, which its line shows. */
export interface ServiceState {
  readonly keys: KeyState;
  readonly health: HealthState;
  readonly below: BelowService;
}

/** Which of a service's secrets are set. */
export interface KeyState {
  readonly serviceKey: boolean;
  readonly subscriptionKey: boolean;
  /** True when the secret store did not say. */
  readonly notKnown?: true;
}

/**
 * The top of the tree; with a filter, only what matches it and the workspaces around. `sampleHasEnded`: the sample ran in this window and
 * does not any more.
 */
export function rootNodes(workspaces: readonly Workspace[], problems: readonly string[], filter: string, sampleHasEnded: boolean): Node[] {
  const wanted = filter.trim().toLowerCase();
  const matches = (...texts: readonly string[]): boolean => texts.some((text) => text.toLowerCase().includes(wanted));
  const nodes = workspaces.flatMap((workspace): Node[] => {
    // A workspace that matches by itself shows all it has.
    const services = matches(workspace.name, workspace.id)
      ? workspace.services
      : workspace.services.filter((service) => matches(service.name, service.address));
    return services.length === 0 ? [] : [{ kind: 'workspace', workspace, services }];
  });
  if (wanted !== '') return nodes;
  const ended: readonly Node[] = sampleHasEnded ? [{ kind: 'sampleEnded' }] : [];
  return [...ended, ...nodes, ...problems.map((text): Node => ({ kind: 'problem', text }))];
}

/** Addresses of the workspaces and services whose lines look otherwise than `before`; undefined where lines came or went. */
export function changedLines(
  before: readonly Node[],
  now: readonly Node[],
): { readonly workspaces: readonly string[]; readonly services: readonly string[] } | undefined {
  if (JSON.stringify(before.map(placeOf)) !== JSON.stringify(now.map(placeOf))) return undefined;
  const names = new Map(before.flatMap((node) => (node.kind === 'workspace' ? [[node.workspace.address, node.workspace.name]] : [])));
  const services = new Map(before.flatMap(servicesOf).map((service) => [service.address, JSON.stringify(service)]));
  return {
    workspaces: now.flatMap((node) =>
      node.kind === 'workspace' && names.get(node.workspace.address) !== node.workspace.name ? [node.workspace.address] : [],
    ),
    services: now
      .flatMap(servicesOf)
      .filter((service) => services.get(service.address) !== JSON.stringify(service))
      .map(({ address }) => address),
  };
}

function servicesOf(node: Node): readonly Service[] {
  return node.kind === 'workspace' ? node.services : [];
}

/** What a line is, but for the names in it. */
function placeOf(node: Node): unknown {
  return node.kind === 'workspace' ? [node.workspace.address, node.workspace.sample, node.services.map(({ address }) => address)] : node;
}

/** Which keys these secrets amount to. */
export function keyState(secrets: Secrets): KeyState {
  return { serviceKey: secrets.serviceKey !== undefined, subscriptionKey: secrets.subscriptionKey !== undefined };
}

/** True when a call cannot be expected to work for want of a key: a gateway may add the service's own key itself. */
export function lacksKey(service: Service, keys: KeyState): boolean {
  if (keys.notKnown) return false;
  return factsOf(service).needsServiceKey ? !keys.serviceKey : !keys.subscriptionKey && !keys.serviceKey;
}

/** The secret that is asked for first when a service lacks one. */
export function missingSecret(service: Service, keys: KeyState): SecretKind {
  return factsOf(service).needsServiceKey || keys.subscriptionKey ? 'serviceKey' : 'subscriptionKey';
}
