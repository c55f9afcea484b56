// Subscriptions of the instance: keys for callers. Keys are in the answers to writes and to `listSecrets`, and never in those to reads.

import { randomBytes } from 'node:crypto';
import { ArmProblem, invalid } from '../armProblem';
import type { ArmReply, Instance } from '../armCall';
import { choice, required, text, without } from '../read';
import type { StoredResource } from '../store';
import type { Accepted, Kind, Write } from './kind';

const states = ['suspended', 'active', 'expired', 'submitted', 'rejected', 'cancelled'] as const;

/** Subscriptions. Their scope is a whole ARM id in the store. */
export const subscriptionKind: Kind = {
  noun: 'Subscription',
  links: 'absent',
  accept,
  remove: ({ store }, path) => {
    if (path === builtIn) throw new ArmProblem(400, 'ValidationError', 'The built-in all-access subscription cannot be deleted.');
    store.delete(path);
  },
  show: ({ properties }, how) => (how === 'written' || how === 'patched' ? properties : without(properties, 'primaryKey', 'secondaryKey')),
};

/** The subscription that each instance has. */
const builtIn = '/subscriptions/master';

/** A key as the service makes them. */
export function makeSubscriptionKey(): string {
  return randomBytes(16).toString('hex');
}

function accept({ instance, former, properties }: Write): Accepted {
  const [scope = '', displayName = ''] = required(properties, ['scope', 'displayName'], 1000);
  if (displayName.length > 100) throw invalid(['displayName', "'displayName' must have at most 100 characters."]);
  const ownerId = text(properties, 'ownerId');
  const own = {
    ...(ownerId === undefined ? {} : { ownerId: owner(instance, ownerId) }),
    scope: readScope(instance, scope),
    displayName,
    state: choice(properties, 'state', states, 'active'),
    createdDate: text(former?.properties ?? {}, 'createdDate') ?? new Date(instance.now()).toISOString(),
    startDate: null,
    expirationDate: text(properties, 'expirationDate') ?? null,
    endDate: null,
    notificationDate: null,
    primaryKey: key(properties, former?.properties, 'primaryKey'),
    secondaryKey: key(properties, former?.properties, 'secondaryKey'),
    stateComment: text(properties, 'stateComment') ?? null,
  };
  return { properties: { ...own, ...without(properties, ...Object.keys(own)) } };
}

/** The whole ARM id of a scope that may be given in short. Throws a 400 where there is no such API or product. */
function readScope({ id, store }: Instance, given: string): string {
  const short = given.toLowerCase().startsWith(id.toLowerCase()) ? given.slice(id.length) : given;
  if (short === '' || short === '/') return `${id}/`;
  if (/^\/apis\/?$/i.test(short)) return `${id}/apis`;
  const [, collection = '', name = ''] = /^\/(apis|products)\/([^/]+)$/i.exec(short) ?? [];
  if (name === '')
    throw invalid(['scope', "Subscription scope should be one of '/apis', '/apis/{apiId}', '/products/{productId}'"]);
  const found = store.get(`/${collection}/${name}`);
  if (!found) throw invalid(['scope', `There is nothing at the scope '${short}'.`]);
  return `${id}${found.path}`;
}

function owner({ id, store }: Instance, given: string): string {
  const short = given.toLowerCase().startsWith(id.toLowerCase()) ? given.slice(id.length) : given;
  const found = /^\/users\/[^/]+$/i.test(short) ? store.get(short) : undefined;
  if (!found) throw invalid(['ownerId', `There is no user '${short}'.`]);
  return `${id}${found.path}`;
}

function key(properties: Write['properties'], former: Write['properties'] | undefined, name: 'primaryKey' | 'secondaryKey'): string {
  const given = text(properties, name, 256);
  if (given === '') throw invalid([name, `'${name}' must not be empty.`]);
  return given ?? text(former ?? {}, name) ?? makeSubscriptionKey();
}

/** What is asked by POST of a subscription: its keys, or new ones. Undefined for another question. */
export function subscriptionAction({ store }: Instance, path: string, action: string): ArmReply | undefined {
  const found = store.get(path);
  if (!found) return undefined;
  const { primaryKey, secondaryKey } = found.properties;
  switch (action.toLowerCase()) {
    case 'listsecrets':
      return { status: 200, body: { primaryKey, secondaryKey }, etag: found.etag };
    case 'regenerateprimarykey':
      store.put(path, { ...found.properties, primaryKey: makeSubscriptionKey() });
      return { status: 204 };
    case 'regeneratesecondarykey':
      store.put(path, { ...found.properties, secondaryKey: makeSubscriptionKey() });
      return { status: 204 };
    default:
      return undefined;
  }
}

/** The subscriptions for this product or API. */
export function subscriptionsOf(instance: Instance, path: string): readonly StoredResource[] {
  return withMember(instance, 'scope', path);
}

/** The subscriptions of this user. */
export function subscriptionsOfUser(instance: Instance, path: string): readonly StoredResource[] {
  return withMember(instance, 'ownerId', path);
}

function withMember({ id, store }: Instance, name: 'scope' | 'ownerId', path: string): readonly StoredResource[] {
  const wanted = `${id}${path}`.toLowerCase();
  return store.children('/subscriptions').filter(({ properties }) => text(properties, name)?.toLowerCase() === wanted);
}

