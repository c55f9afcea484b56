// What the sidebar shows, as plain data: built from the stores, drawn elsewhere.

import type { HealthState } from '../../model/health';
import type { BadFileLine } from '../../ui/badFiles';
import type { Standing } from '../jobs/jobLook';
import type { JobAction } from '../jobs/messages';
import type { Job } from '../../model/job';
import type { SecretKind, Secrets, Service, Workspace } from '../../model/service';
import type { Storage } from '../../model/storage';
import { needsServiceKey } from '../../protocols/studio/endpoint';

export type Node =
  | { readonly kind: 'workspace'; readonly workspace: Workspace; readonly services: readonly Service[] }
  | { readonly kind: 'service'; readonly workspace: Workspace; readonly service: Service; readonly keys: KeyState; readonly health: HealthState; readonly jobs: JobCount }
  | { readonly kind: 'job'; readonly job: Job; readonly standing: Standing; readonly actions: readonly JobAction[]; readonly detail: string; readonly wait: string }
  | { readonly kind: 'jobGroup'; readonly name: string; readonly address: string; readonly jobs: readonly Job[]; readonly open: boolean }
  | { readonly kind: 'moreJobs'; readonly address: string }
  | { readonly kind: 'otherJobs'; readonly jobs: readonly Job[] }
  | { readonly kind: 'storages'; readonly storages: readonly Storage[] }
  | { readonly kind: 'storage'; readonly storage: Storage }
  | { readonly kind: 'problem'; readonly text: string }
  | ({ readonly kind: 'badFile' } & BadFileLine);

/** How many jobs of a service are under way, and whether it has any at all. */
export interface JobCount {
  readonly underWay: number;
  readonly any: boolean;
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
    const services = matches(workspace.name, workspace.id) ? workspace.services : workspace.services.filter((service) => matches(service.name, service.address));
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
  return needsServiceKey(service.endpoint) ? !keys.serviceKey : !keys.subscriptionKey && !keys.serviceKey;
}

/** The secret that is asked for first when a service lacks one. */
export function missingSecret(service: Service, keys: KeyState): SecretKind {
  return needsServiceKey(service.endpoint) || keys.subscriptionKey ? 'serviceKey' : 'subscriptionKey';
}

const dayMs = 24 * 60 * 60 * 1000;

/** Ended jobs by the day on which they were made, newest first; those of today stand open. `now` is milliseconds since 1970. */
export function jobGroups(address: string, jobs: readonly Job[], now: number): Node[] {
  const today = new Date(now).setHours(0, 0, 0, 0);
  // Noon of the day before is in it also where the clocks change.
  const yesterday = new Date(today - dayMs / 2).setHours(0, 0, 0, 0);
  const week = new Date(today - 6.5 * dayMs).setHours(0, 0, 0, 0);
  const spans: readonly (readonly [name: string, from: number])[] = [['Today', today], ['Yesterday', yesterday], ['Last 7 Days', week], ['Older', -Infinity]];
  let rest = jobs;
  return spans.flatMap(([name, from]): Node[] => {
    const inside = rest.filter((job) => job.createdAt >= from);
    rest = rest.filter((job) => job.createdAt < from);
    return inside.length === 0 ? [] : [{ kind: 'jobGroup', name, address, jobs: inside, open: name === 'Today' }];
  });
}
