// Who is hit where a subscription's key stops to work: its owner, what it opens, and which services of this editor use it.

import { below } from '../../../arm/apimPaths';
import type { Secrets, Service } from '../../../model/service';
import { scopeOf } from '../entryWords';
import type { Entry } from '../items';
import type { ArmPlace } from '../publish/reading';
import { entriesAt, orElse, ownerTitle, titleAt } from './reads';

/** What the keys of a subscription open, by the names that people know. */
export type OpenedScope =
  | { readonly kind: 'product'; readonly title: string; readonly apis: readonly string[] }
  | { readonly kind: 'api'; readonly title: string }
  | { readonly kind: 'all' }
  | { readonly kind: 'unknown'; readonly text: string };

/** Who is hit, as far as the instance tells. */
export interface Affected {
  readonly scope: OpenedScope;
  /** What the owner is called; undefined where there is none. */
  readonly owner: string | undefined;
}

/** Reads who is hit. Throws ArmFailed and Cancelled; what is gone or may not be read goes by its id. */
export async function whoIsAffected(place: ArmPlace, entry: Entry): Promise<Affected> {
  const scope = await openedScope(place, entry);
  const { owner } = entry;
  return { scope, owner: owner === undefined ? undefined : await ownerTitle(place, owner) };
}

async function openedScope(place: ArmPlace, entry: Entry): Promise<OpenedScope> {
  const scope = scopeOf(entry) ?? { kind: 'unknown', text: '' };
  switch (scope.kind) {
    case 'product': {
      const path = below('', '/products', scope.name);
      const title = await titleAt(place, 'product', path, scope.name);
      const apis = await orElse(() => entriesAt(place, 'api', `${path}/apis`), []);
      return { kind: 'product', title, apis: apis.map((api) => api.title) };
    }
    case 'api':
      return { kind: 'api', title: await titleAt(place, 'api', below('', '/apis', scope.name), scope.name) };
    case 'all':
    case 'unknown':
      return scope;
    default:
      return scope satisfies never;
  }
}

/** The services whose subscription key is one of these. Compared in memory; nothing of it is kept. */
export async function servicesWith(
  keys: readonly (string | undefined)[], services: readonly Service[], secretsOf: (service: Service) => Promise<Secrets>,
): Promise<readonly Service[]> {
  const wanted = new Set(keys.filter((key) => key !== undefined));
  const uses = await Promise.all(services.map(async (service) => {
    const { subscriptionKey } = await secretsOf(service);
    return subscriptionKey !== undefined && wanted.has(subscriptionKey);
  }));
  return services.filter((_, index) => uses[index]);
}
