// What the sidebar shows, as plain data: built from the stores, drawn elsewhere.

import type { HealthState } from '../../model/health';
import type { BadFileLine } from '../../ui/badFiles';
import type { SecretKind, Secrets, Service, Workspace } from '../../model/service';
import type { BelowService, TreeNode } from '../../ui/treeSections';
import { factsOf } from '../../protocols/registry';

/** A line that is drawn for the services themselves; other features add lines of their own. */
export type Node =
  | { readonly kind: 'workspace'; readonly workspace: Workspace; readonly services: readonly Service[] }
  | {
      readonly kind: 'service';
      readonly workspace: Workspace;
      readonly service: Service;
      readonly keys: KeyState;
      readonly health: HealthState;
      readonly below: BelowService;
    }
  | { readonly kind: 'problem'; readonly text: string }
  | ({ readonly kind: 'badFile' } & BadFileLine);

const kinds: Readonly<Record<Node['kind'], true>> = { workspace: true, service: true, problem: true, badFile: true };

/** True for a line that is drawn for the services themselves. */
export function isOwn(node: TreeNode): node is Node {
  return Object.hasOwn(kinds, node.kind);
}

/** Which of a service's secrets are set. */
export interface KeyState {
  readonly serviceKey: boolean;
  readonly subscriptionKey: boolean;
  /** True when the secret store did not say. */
  readonly notKnown?: true;
}

/** The top of the tree; with a filter, only what matches it and the workspaces around. */
export function rootNodes(workspaces: readonly Workspace[], problems: readonly string[], filter: string): Node[] {
  const wanted = filter.trim().toLowerCase();
  const matches = (...texts: readonly string[]): boolean => texts.some((text) => text.toLowerCase().includes(wanted));
  const nodes = workspaces.flatMap((workspace): Node[] => {
    // A workspace that matches by itself shows all it has.
    const services = matches(workspace.name, workspace.id)
      ? workspace.services
      : workspace.services.filter((service) => matches(service.name, service.address));
    return services.length === 0 ? [] : [{ kind: 'workspace', workspace, services }];
  });
  return [...nodes, ...(wanted === '' ? problems.map((text): Node => ({ kind: 'problem', text })) : [])];
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
