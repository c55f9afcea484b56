// Subscription keys: where they stand in a request, whose they are, and for what they are good.

import { createHash, timingSafeEqual } from 'node:crypto';
import { filledText, member } from '../../../base/shape';
import type { ApimStore, StoredResource } from '../store';
import { sameName, type QueryArgument } from './address';
import type { HeaderList } from './headerList';
import { named, withoutRevision, type Named } from './match';
import { Refusal } from './refusal';

/** The names under which an API takes keys. */
export interface KeyNames {
  readonly header: string;
  readonly query: string;
}

/** Who calls: product policies apply where there is a product. Both are absent where no key is needed. */
export interface Caller {
  readonly subscription?: Named;
  readonly product?: Named;
}

/** What a subscription is good for. */
type Scope = { readonly kind: 'all' } | { readonly kind: 'product' | 'api'; readonly id: string };

/** The names of an API's keys, renamed where it says so. */
export function keyNames(api: StoredResource): KeyNames {
  const names = api.properties.subscriptionKeyParameterNames;
  return {
    header: filledText(member(names, 'header')) ?? 'Ocp-Apim-Subscription-Key',
    query: filledText(member(names, 'query')) ?? 'subscription-key',
  };
}

/** The key of a request: the query is looked at where there is no header. */
export function givenKey(names: KeyNames, headers: HeaderList, query: readonly QueryArgument[]): string | undefined {
  return filledText(headers.get(names.header)) ?? filledText(query.find(({ name }) => sameName(name, names.query))?.value);
}

/**
 * Finds the caller. Without a key an open product with this API lets pass, then an API that needs none. Throws the 401 for a missing or a
 * wrong key: one that is unknown, not active, or good for something else. `host` is as the caller named it.
 */
export function findCaller(store: ApimStore, api: Named, key: string | undefined, host: string): Caller {
  if (key === undefined) {
    const open = store
      .children('/products')
      .find((product) => product.properties.subscriptionRequired === false && holds(store, named(product).id, api));
    if (open) return { product: named(open) };
    if (api.resource.properties.subscriptionRequired === false) return {};
    throw unauthorized(api, host, 'missing subscription key. Make sure to include subscription key when making requests to this API.');
  }
  const caller = callerOf(store, api, key);
  if (!caller) throw unauthorized(api, host, 'invalid subscription key. Make sure to provide a valid key for an active subscription.');
  return caller;
}

function callerOf(store: ApimStore, api: Named, key: string): Caller | undefined {
  const given = hash(key);
  const isGiven = (own: unknown): boolean => typeof own === 'string' && timingSafeEqual(hash(own), given);
  const found = store
    .children('/subscriptions')
    .find(({ properties: { primaryKey, secondaryKey } }) => isGiven(primaryKey) || isGiven(secondaryKey));
  if (!found || (filledText(found.properties.state) ?? 'active').toLowerCase() !== 'active') return undefined;
  const subscription = named(found);
  const scope = readScope(filledText(found.properties.scope) ?? '');
  switch (scope?.kind) {
    case undefined:
      return undefined;
    case 'all':
      return { subscription };
    case 'api':
      return sameName(withoutRevision(scope.id), withoutRevision(api.id)) ? { subscription } : undefined;
    case 'product': {
      const product = store.get(`/products/${scope.id}`);
      return product && holds(store, scope.id, api) ? { subscription, product: named(product) } : undefined;
    }
    default:
      return scope satisfies never;
  }
}

function holds(store: ApimStore, product: string, api: Named): boolean {
  return store.children(`/products/${product}/apis`).some((link) => sameName(withoutRevision(named(link).id), withoutRevision(api.id)));
}

/** Reads `/products/x`, `/apis`, `/apis/x`, or the same behind the id of an instance. */
function readScope(text: string): Scope | undefined {
  const parts = text.split('/').filter((part) => part !== '');
  const at = parts.findIndex((part, index) => sameName(part, 'service') && sameName(parts[index - 1] ?? '', 'microsoft.apimanagement'));
  const [collection, id, ...more] = at < 0 ? parts : parts.slice(at + 2);
  if (more.length > 0) return undefined;
  switch (collection?.toLowerCase()) {
    case undefined:
      return { kind: 'all' };
    case 'apis':
      return id === undefined ? { kind: 'all' } : { kind: 'api', id };
    case 'products':
      return id === undefined ? undefined : { kind: 'product', id };
    default:
      return undefined;
  }
}

function unauthorized(api: Named, host: string, reason: string): Refusal {
  const { header } = keyNames(api.resource);
  const path = filledText(api.resource.properties.path) ?? '';
  const realm = `http://${quotable(host)}/${quotable(path)}`;
  const challenge = `AzureApiManagementKey realm="${realm}",name="${quotable(header)}",type="header"`;
  return new Refusal(401, `Access denied due to ${reason}`, [['WWW-Authenticate', challenge]]);
}

function quotable(text: string): string {
  return text.replace(/[^\x20-\x7e]|["\\]/g, '');
}

/** Keys are compared as hashes, in constant time. */
function hash(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}
