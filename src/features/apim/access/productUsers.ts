// Who is hit where a product loses an API or is deleted: owners of its subscriptions, and services of this editor that use their keys.

import type { Secrets, Service } from '../../../model/service';
import type { ApimInstance } from '../instance';
import type { Entry } from '../items';
import type { ArmPlace } from '../publish/reading';
import { servicesWith } from './affected';
import { isOfApis, servicesBehind } from './gatewayServices';
import { keysIfAllowed, ownerTitle } from './reads';
import { subscriptionPath } from './writes';

/** A subscription, as people know it. */
export interface KeyHolder {
  readonly title: string;
  /** What its owner is called; undefined where there is none. */
  readonly owner: string | undefined;
}

/** Services that use a key of some subscriptions. */
export interface KeyUsers {
  readonly services: readonly Service[];
  /** False where there may be more of them, since not all keys could be read. */
  readonly isAll: boolean;
}

/** Of so many subscriptions are the keys read at once: a product may have hundreds. */
const atOnce = 4;

/**
 * The subscriptions with their owners, for a question that tells the first `told` of them: of the others nobody is asked who they are, and
 * their owners go by their ids. Throws ArmFailed and Cancelled.
 */
export async function holdersOf(place: ArmPlace, subscriptions: readonly Entry[], told: number): Promise<readonly KeyHolder[]> {
  const owners = new Set(subscriptions.slice(0, told).flatMap(({ owner }) => owner ?? []));
  const titles = new Map(await Promise.all([...owners].map(async (owner) => [owner, await ownerTitle(place, owner)] as const)));
  return subscriptions.map(({ title, owner }) => ({ title, owner: owner === undefined ? undefined : titles.get(owner) ?? owner }));
}

/**
 * Those of the services whose subscription key is one of these subscriptions. No more keys are read than it takes to know that, none where
 * no service has one; they are compared in memory, and nothing of them is kept. Throws ArmFailed and Cancelled.
 */
export async function keyUsersOf(
  place: ArmPlace, subscriptions: readonly Entry[], services: readonly Service[], secretsOf: (service: Service) => Promise<Secrets>,
): Promise<KeyUsers> {
  const stored = new Map(await Promise.all(services.map(async (service) => [service, await secretsOf(service)] as const)));
  let left = services.filter((service) => stored.get(service)?.subscriptionKey !== undefined);
  const found = new Set<Service>();
  let isRead = true;
  for (let at = 0; at < subscriptions.length && left.length > 0; at += atOnce) {
    const read = await Promise.all(subscriptions.slice(at, at + atOnce).map(({ name }) =>
      keysIfAllowed(place, subscriptionPath(name))));
    isRead &&= !read.includes(undefined);
    const keys = read.flatMap((each) => [each?.primary, each?.secondary]);
    for (const service of await servicesWith(keys, left, (each) => Promise.resolve(stored.get(each) ?? {}))) found.add(service);
    left = left.filter((service) => !found.has(service));
  }
  return { services: services.filter((service) => found.has(service)), isAll: isRead || left.length === 0 };
}

/** Services, parted by whether they call an API; one that is not called through a known address of the gateway may call it. */
export function callersOf(
  instance: Pick<ApimInstance, 'gatewayUrls'>, api: Entry, services: readonly Service[],
): { readonly calling: readonly Service[]; readonly perhaps: readonly Service[] } {
  const behind = new Set(servicesBehind(instance, services));
  return {
    calling: services.filter((service) => isOfApis(instance, service, [api])),
    perhaps: services.filter((service) => !behind.has(service)),
  };
}
