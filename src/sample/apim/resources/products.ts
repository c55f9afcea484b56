// Products, and which APIs are in them.

import { ArmProblem, invalid } from '../armProblem';
import type { Instance } from '../armCall';
import { argument } from '../query';
import { choice, flag, required, text, without } from '../read';
import type { Accepted, Kind, Write } from './kind';
import { subscriptionsOf } from './subscriptions';

/** Products. */
export const productKind: Kind = {
  noun: 'Product',
  accept,
  show: ({ properties }, how, { id }) => (how === 'written' ? { ...properties, groups: [administrators(id)] } : properties),
  remove: (instance, path, query) => {
    const subscriptions = subscriptionsOf(instance, path);
    if (subscriptions.length > 0 && argument(query, 'deleteSubscriptions')?.toLowerCase() !== 'true') {
      const sentence = 'Cannot delete a product that has subscriptions. Delete them first, or with it by deleteSubscriptions=true.';
      throw new ArmProblem(400, 'ValidationError', sentence);
    }
    for (const each of subscriptions) instance.store.delete(each.path);
    instance.store.delete(path);
  },
};

function accept({ properties }: Write): Accepted {
  const [displayName = ''] = required(properties, ['displayName'], 300);
  const subscriptionRequired = flag(properties, 'subscriptionRequired', true);
  const limit = properties.subscriptionsLimit ?? null;
  if (limit !== null && (typeof limit !== 'number' || !Number.isInteger(limit) || limit < 0))
    throw invalid(['subscriptionsLimit', "'subscriptionsLimit' must be a whole number."]);
  const own = {
    displayName,
    description: text(properties, 'description') ?? null,
    terms: text(properties, 'terms', 100_000) ?? null,
    subscriptionRequired,
    approvalRequired: subscriptionRequired ? flag(properties, 'approvalRequired', false) : null,
    subscriptionsLimit: limit,
    state: choice(properties, 'state', ['notPublished', 'published'], 'notPublished'),
  };
  return { properties: { ...own, ...without(properties, ...Object.keys(own), 'groups') } };
}

/** The group that every product has. */
export function administrators(id: string): object {
  const description = 'Those who administer the Azure subscription of this sample. The system decides who belongs to it.';
  return { id: `${id}/groups/administrators`, name: 'Administrators', description, builtIn: true, type: 'system', externalId: null };
}

/** Paths of the links from products to an API. */
export function linksTo({ store }: Instance, apiId: string): readonly string[] {
  return store.children('/products').flatMap(({ path }) => store.get(`${path}/apis/${apiId}`)?.path ?? []);
}
