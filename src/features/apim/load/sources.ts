// Where each list of the section comes from: which path of which endpoint, with whose token.

import { below, instancesPath, subscriptionsPath, tenantsPath } from '../../../arm/apimPaths';
import type { Arm, ArmJson } from '../../../model/arm';
import { ArmFailed } from '../../../model/errors';
import type { Account } from '../account';
import type { Cloud } from '../endpoints';
import type { ApimInstance, ArmOf } from '../instance';
import type { Directory, EntryKind, Identity, ListItem } from '../items';
import { listKinds, type EntryNode, type ListKind, type OwnerNode } from '../nodes';
import type { PageOptions, Source } from './lists';
import { ownEntry, readDirectory, readEntry, readInstance, readSubscription } from './readers';

/** What sources need from outside. */
export interface SourceParts {
  /** Throws InvalidInput. */
  readonly cloud: () => Cloud;
  /** Those who are signed in and have let this extension use their account. Asks nobody. */
  readonly accounts: () => Promise<readonly Account[]>;
  /** What calls the cloud's endpoint with somebody's token. */
  readonly armFor: (identity: Identity) => Promise<Arm>;
  readonly armOf: ArmOf;
}

const paths: Readonly<Record<ListKind, string>> = {
  apis: '/apis', products: '/products', subscriptions: '/subscriptions', namedValues: '/namedValues', users: '/users',
};

/** The identity of the list below a line; of directories where there is none. Keys begin with the endpoint that they are of. */
function sourceKey(owner: OwnerNode | undefined, endpointUrl: string): string {
  if (owner === undefined) return `${endpointUrl}|directories`;
  switch (owner.kind) {
    case 'directory':
      return `${endpointUrl}|directory${JSON.stringify([owner.directory.accountId, owner.directory.tenantId ?? ''])}`;
    case 'azureSubscription': {
      const { accountId, tenantId, id } = owner.subscription;
      return `${endpointUrl}|instances${JSON.stringify([accountId ?? '', tenantId ?? '', id])}`;
    }
    case 'instance':
      return instanceKey(owner.instance);
    case 'list':
      return `${instanceKey(owner.instance)}${owner.product ? `/products/${owner.product.name}` : ''}${paths[owner.list]}`;
    case 'entry':
      return `${instanceKey(owner.instance)}/${owner.entry.kind === 'user'
        ? `users/${owner.entry.name}/subscriptions` : `apis/${owner.entry.name}/operations`}`;
    default:
      return owner satisfies never;
  }
}

/** The identity of the list below a line, of the endpoint that the line was found at. */
export function keyBelow(cloud: () => Cloud, owner: OwnerNode | undefined): string {
  return sourceKey(owner, owner !== undefined && 'instance' in owner ? owner.instance.endpointUrl : cloud().endpointUrl);
}

/** What the keys of an instance's lists begin with. */
export function instanceKey({ endpointUrl, id }: Pick<ApimInstance, 'endpointUrl' | 'id'>): string {
  return `${endpointUrl}|${id.toLowerCase()}`;
}

/** Where the list below a line comes from; that of directories where there is no line. Throws InvalidInput for bad settings. */
export function sourceOf(parts: SourceParts, owner: OwnerNode | undefined): Source {
  const isSample = owner !== undefined && 'instance' in owner && owner.instance.sample;
  return { key: keyBelow(parts.cloud, owner), kept: !isSample, pages: (options) => pagesBelow(parts, owner, options) };
}

/** The instances that the sample has, its own among them. They are not kept over a reload. */
export function instancesOfSample(key: string, subscriptionId: string, endpointUrl: string, arm: () => Promise<Arm>): Source {
  return {
    key, kept: false,
    pages: (options) => listed(arm, instancesPath(subscriptionId), options, (json) => asItem(readInstance(json, endpointUrl, true))),
  };
}

function pagesBelow(parts: SourceParts, owner: OwnerNode | undefined, options: PageOptions): AsyncIterable<readonly ListItem[]> {
  if (owner === undefined) return directories(parts, options);
  switch (owner.kind) {
    case 'directory':
      return listed(() => parts.armFor(owner.directory), subscriptionsPath, options, (json) => readSubscription(json, owner.directory));
    case 'azureSubscription': {
      const { endpointUrl } = parts.cloud();
      return listed(() => parts.armFor(owner.subscription), instancesPath(owner.subscription.id), options, (json) =>
        asItem(readInstance(json, endpointUrl, false)));
    }
    case 'instance':
      return theInstance(parts, owner.instance, options);
    case 'list': {
      const { instance, list, product } = owner;
      if (product) return entries(parts, instance, listKinds[list], below(instance.id, '/products', product.name) + paths[list], options);
      return listed(() => parts.armOf(instance), below(instance.id, paths[list]), options, (json) => readEntry(listKinds[list], json));
    }
    case 'entry':
      return owner.entry.kind === 'user'
        ? entries(parts, owner.instance, 'subscription', `${below(owner.instance.id, '/users', owner.entry.name)}/subscriptions`, options)
        : theApi(parts, owner, options);
    default:
      return owner satisfies never;
  }
}

/** What a product or a user has: lists tell of it with ids below these, and it is the instance's own. */
function entries(
  parts: SourceParts, instance: ApimInstance, kind: EntryKind, path: string, options: PageOptions,
): AsyncIterable<readonly ListItem[]> {
  return listed(() => parts.armOf(instance), path, options, (json) => ownEntry(instance, kind, json));
}

async function* listed(
  arm: () => Promise<Arm>, path: string, options: PageOptions, read: (json: ArmJson) => ListItem | undefined,
): AsyncIterable<readonly ListItem[]> {
  for await (const page of (await arm()).pages(path, options)) yield page.flatMap((json) => read(json) ?? []);
}

/**
 * The instance itself, before anything below it is asked for: who lacks the role that reads it is told so once. Throws ArmFailed (`other`)
 * for an answer that is no instance.
 */
async function* theInstance(parts: SourceParts, instance: ApimInstance, options: PageOptions): AsyncIterable<readonly ListItem[]> {
  const { body } = await (await parts.armOf(instance)).get(instance.id, options);
  yield [{ kind: 'instance', instance: readInstance(body, instance.endpointUrl, instance.sample) ?? instance }];
}

/** The API itself, as lists leave out the names that carry its key, then its operations. */
async function* theApi(parts: SourceParts, { instance, entry }: EntryNode, options: PageOptions): AsyncIterable<readonly ListItem[]> {
  const arm = await parts.armOf(instance);
  const answer = await arm.get(below(instance.id, '/apis', entry.name), options).catch((error: unknown) => {
    // Its operations tell what is wrong, if anything is.
    if (error instanceof ArmFailed) return undefined;
    throw error;
  });
  const api = answer && readEntry('api', answer.body);
  if (api) yield [{ ...api, id: entry.id, name: entry.name }];
  yield* listed(() => Promise.resolve(arm), operationsPath(instance, entry.name), options, (json) => readEntry('operation', json));
}

/**
 * The directories of all accounts. Of several, one whose directories cannot be told of has a line all the same: below it the reason is
 * told. Throws ArmFailed where that is so for all.
 */
async function* directories(parts: SourceParts, options: PageOptions): AsyncIterable<readonly ListItem[]> {
  const accounts = await parts.accounts();
  const failed: Directory[] = [];
  for (const { id, label } of accounts) {
    const found: Directory[] = [];
    try {
      const arm = await parts.armFor({ accountId: id });
      for await (const page of arm.pages(tenantsPath, options)) found.push(...page.flatMap((json) => readDirectory(json, id, label) ?? []));
    } catch (error) {
      failed.push({ kind: 'directory', accountId: id, account: label, name: label });
      if (!(error instanceof ArmFailed) || failed.length === accounts.length) throw error;
    }
    yield found;
  }
  yield failed;
}

function operationsPath({ id }: ApimInstance, api: string): string {
  return `${below(id, '/apis', api)}/operations`;
}

function asItem(instance: ApimInstance | undefined): ListItem | undefined {
  return instance && { kind: 'instance', instance };
}
