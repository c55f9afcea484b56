// What lists of ARM hold, as far as the tree shows it: names, ids and states, never a secret. It is kept over a reload as it is.

import { filledText, isArray, member } from '../../base/shape';
import type { ApimInstance } from './instance';

/** Whose token a call goes with. Without an account it is that of the first one who is signed in; without a tenant their own. */
export interface Identity {
  readonly accountId?: string | undefined;
  readonly tenantId?: string | undefined;
}

/** A directory (tenant) that an account may look into. */
export interface Directory extends Identity {
  readonly kind: 'directory';
  readonly accountId: string;
  /** What the account is called, often an address of mail. */
  readonly account: string;
  readonly name: string;
}

/** An Azure subscription. */
export interface AzureSubscription extends Identity {
  readonly kind: 'azureSubscription';
  readonly id: string;
  readonly name: string;
  /** `Enabled`, `Disabled`, ... as it came. */
  readonly state?: string | undefined;
}

const entryKinds = { api: true, operation: true, product: true, subscription: true, namedValue: true, user: true };

/** What an instance has lists of. */
export type EntryKind = keyof typeof entryKinds;

/** One thing of an instance. All texts come from outside. */
export interface Entry {
  readonly kind: EntryKind;
  /** ARM id. */
  readonly id: string;
  /** The last part of the id. */
  readonly name: string;
  /** What people call it. */
  readonly title: string;
  /** Of products, subscriptions and users, as it came. */
  readonly state?: string | undefined;
  /** Of an API: where it is below the gateway, without slashes around it. Of an operation: its template. */
  readonly path?: string | undefined;
  readonly method?: string | undefined;
  /** Of an API, where it is not the first. */
  readonly revision?: string | undefined;
  /** Of a subscription: what its keys open, as a path below the instance: empty for all of it. */
  readonly scope?: string | undefined;
  /** Of a subscription: the name of the user whose it is. */
  readonly owner?: string | undefined;
  /** Of a product: `yes` where its APIs are called without a subscription. */
  readonly open?: string | undefined;
  /** Of an API: the names of the header and of the query argument that carry the key, where it needs one. */
  readonly keyHeader?: string | undefined;
  readonly keyQuery?: string | undefined;
  /** Of a named value: `yes` where its value is a secret. */
  readonly secret?: string | undefined;
}

/** An item of any list. */
export type ListItem = Directory | AzureSubscription | { readonly kind: 'instance'; readonly instance: ApimInstance } | Entry;

/** An item that was kept, or undefined for what is none. */
export function readSavedItem(value: unknown): ListItem | undefined {
  const text = (name: string): string | undefined => filledText(member(value, name));
  const [kind, id, name, accountId, tenantId] = [text('kind'), text('id'), text('name'), text('accountId'), text('tenantId')];
  if (kind === 'instance') {
    const instance = readSavedInstance(member(value, 'instance'));
    return instance && { kind, instance };
  }
  if (name === undefined) return undefined;
  if (kind === 'directory') {
    return accountId === undefined ? undefined : { kind, accountId, account: text('account') ?? '', tenantId, name };
  }
  if (id === undefined) return undefined;
  if (kind === 'azureSubscription') return { kind, id, name, state: text('state'), accountId, tenantId };
  if (!isEntryKind(kind)) return undefined;
  // These two tell something also where they are empty.
  const [path, scope] = [member(value, 'path'), member(value, 'scope')];
  return {
    kind, id, name, title: text('title') ?? name, state: text('state'), path: typeof path === 'string' ? path : undefined,
    method: text('method'), revision: text('revision'), scope: typeof scope === 'string' ? scope : undefined, keyHeader: text('keyHeader'),
    keyQuery: text('keyQuery'), secret: text('secret'), owner: text('owner'), open: text('open'),
  };
}

/** An instance that was kept; never the sample's, whose address changes. */
export function readSavedInstance(value: unknown): ApimInstance | undefined {
  const text = (name: string): string | undefined => filledText(member(value, name));
  const [id, endpointUrl, name, resourceGroup, subscriptionId] =
    [text('id'), text('endpointUrl'), text('name'), text('resourceGroup'), text('subscriptionId')];
  if (id === undefined || endpointUrl === undefined || name === undefined) return undefined;
  if (resourceGroup === undefined || subscriptionId === undefined) return undefined;
  const urls = member(value, 'gatewayUrls');
  const [location, sku, state] = [text('location'), text('sku'), text('state')];
  return {
    id, endpointUrl, sample: false, name, resourceGroup, subscriptionId,
    ...(location === undefined ? {} : { location }), ...(sku === undefined ? {} : { sku }), ...(state === undefined ? {} : { state }),
    gatewayUrls: (isArray(urls) ? urls : []).flatMap((each) => filledText(each) ?? []),
  };
}

function isEntryKind(kind: string | undefined): kind is EntryKind {
  return kind !== undefined && Object.hasOwn(entryKinds, kind);
}
