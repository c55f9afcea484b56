// Reads instances back from JSON.

import { isArray, isObject, member, type JsonObject } from '../../../base/shape';
import type { StoreState } from '../memoryStore';
import { readState } from '../savedState';
import type { Group } from './groups';
import { serviceStates, type DeletedRecord, type ServiceOperation, type ServiceRecord } from './service';
import { isSkuName } from './tiers';

/** All that is kept of instances beside what the one from the beginning holds. */
export interface ServicesState {
  readonly registered: boolean;
  readonly groups: readonly Group[];
  /** The instance that is there from the beginning, as it was changed. */
  readonly builtIn?: ServiceRecord;
  readonly services: readonly { readonly record: ServiceRecord; readonly store: StoreState }[];
  readonly deleted: readonly (DeletedRecord & { readonly store: StoreState })[];
}

/** What this is, undefined where it is nothing. Instances and groups that cannot be read are left out. */
export function readServices(value: unknown): ServicesState | undefined {
  if (!isObject(value)) return undefined;
  const builtIn = readRecord(value.builtIn);
  return {
    registered: value.registered !== false,
    groups: list(value.groups).flatMap(readGroup),
    ...(builtIn ? { builtIn } : {}),
    services: list(value.services).flatMap((each) => {
      const [record, store] = [readRecord(member(each, 'record')), readState(member(each, 'store'))];
      return record && store ? [{ record, store }] : [];
    }),
    deleted: list(value.deleted).flatMap((each) => {
      const [record, store] = [readRecord(member(each, 'record')), readState(member(each, 'store'))];
      const [deletedAt, purgeAt] = [member(each, 'deletedAt'), member(each, 'purgeAt')];
      return record && store && typeof deletedAt === 'number' && typeof purgeAt === 'number' ? [{ record, store, deletedAt, purgeAt }] : [];
    }),
  };
}

function list(value: unknown): readonly unknown[] {
  return isArray(value) ? value : [];
}

function readGroup(value: unknown): readonly Group[] {
  if (!isObject(value)) return [];
  const { name, location, tags } = value;
  return typeof name === 'string' && typeof location === 'string' ? [{ name, location, tags: isObject(tags) ? tags : {} }] : [];
}

function readRecord(value: unknown): ServiceRecord | undefined {
  if (!isObject(value)) return undefined;
  const words = texts(value, 'name', 'group', 'location', 'publisherEmail', 'publisherName', 'notificationSenderEmail', 'createdAt');
  const state = serviceStates.find((each) => each === value.state);
  const [sku, capacity] = [member(value.sku, 'name'), member(value.sku, 'capacity')];
  if (!words || !state || !isSkuName(sku) || typeof capacity !== 'number' || typeof value.version !== 'number') return undefined;
  return {
    ...words,
    sku: { name: sku, capacity },
    tags: isObject(value.tags) ? value.tags : {},
    identity: typeof value.identity === 'string' ? value.identity : undefined,
    state,
    operation: readOperation(value.operation),
    version: value.version,
    gatewayPort: typeof value.gatewayPort === 'number' ? value.gatewayPort : undefined,
  };
}

function readOperation(value: unknown): ServiceOperation | undefined {
  if (!isObject(value)) return undefined;
  const { kind, id, dueAt, fails } = value;
  if ((kind !== 'Act' && kind !== 'Term') || typeof id !== 'string' || typeof dueAt !== 'number') return undefined;
  return { kind, id, dueAt, fails: fails === true };
}

/** Members that are texts; undefined where one of them is none. */
function texts<T extends string>(value: JsonObject, ...names: readonly T[]): Readonly<Record<T, string>> | undefined;
function texts(value: JsonObject, ...names: readonly string[]): Readonly<Record<string, string>> | undefined {
  const found = names.flatMap((name) => {
    const each = value[name];
    return typeof each === 'string' ? [[name, each] as const] : [];
  });
  return found.length === names.length ? Object.fromEntries(found) : undefined;
}
