// Compares what is there with what is wanted, by the members that are wanted alone: what else there is stays as it is.

import type { ArmJson } from '../../../model/arm';
import { isArray, isObject } from '../../../base/shape';
import type { ResourceKind } from '../definition/definition';

/** A member that is not as it should be; `path` such as `request.queryParameters[0].name`. */
export interface Difference {
  readonly path: string;
  readonly there: unknown;
  readonly wanted: unknown;
}

/** Members that are never told when a resource is read, or mean something only while it is made. */
const unread: Readonly<Partial<Record<ResourceKind, readonly string[]>>> = {
  api: ['format', 'value', 'sourceApiId'],
  namedValue: ['value'],
  subscription: ['primaryKey', 'secondaryKey'],
};

/** Members that ARM tells of, and that are nothing to be sent back or written down. */
const notKept = new Set(['provisioningState', 'primaryKey', 'secondaryKey']);

/** In which members a resource differs from what is wanted; empty where it says all of that. */
export function differences(kind: ResourceKind, there: ArmJson, wanted: ArmJson): readonly Difference[] {
  const left = unread[kind] ?? [];
  return Object.entries(wanted).flatMap(([name, value]) => {
    if (left.includes(name)) return [];
    return compared(name, normal(kind, name, there[name]), normal(kind, name, value));
  });
}

/** What is there with the wanted members in place of its own; secrets and what only ARM sets are left out. */
export function mergedWith(kind: ResourceKind, there: ArmJson, wanted: ArmJson): ArmJson {
  const kept = withoutSecrets(kind, there);
  return { ...kept, ...Object.fromEntries(Object.entries(wanted).map(([name, value]) => [name, merged(kept[name], value)])) };
}

/** The properties of a resource as they may be written down. */
export function withoutSecrets(kind: ResourceKind, properties: ArmJson): ArmJson {
  const hidden = kind === 'namedValue' ? new Set([...notKept, 'value']) : notKept;
  return Object.fromEntries(Object.entries(properties).filter(([name]) => !hidden.has(name)));
}

/** The part of a full or short id that both forms share: `/products/starter`, in small letters. */
export function scopeEnd(scope: string): string {
  const low = scope.toLowerCase();
  const at = low.indexOf('/microsoft.apimanagement/service/');
  if (at < 0) return withoutSlash(low);
  const rest = low.slice(at + '/microsoft.apimanagement/service/'.length);
  const slash = rest.indexOf('/');
  return slash < 0 ? '' : withoutSlash(rest.slice(slash));
}

/** An API's suffix as the service keeps it, for comparing. */
export function suffix(path: unknown): string | undefined {
  return typeof path === 'string' ? withoutSlash(path.startsWith('/') ? path.slice(1) : path) : undefined;
}

function withoutSlash(text: string): string {
  return text.endsWith('/') ? text.slice(0, -1) : text;
}

function normal(kind: ResourceKind, name: string, value: unknown): unknown {
  if (typeof value !== 'string') return value;
  if (kind === 'api' && name === 'path') return suffix(value);
  return kind === 'subscription' && (name === 'scope' || name === 'ownerId') ? scopeEnd(value) : value;
}

/** Null, an empty text and an empty list are what ARM has in the place of nothing. */
function isNothing(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true;
  return isArray(value) ? value.length === 0 : isObject(value) && Object.keys(value).length === 0;
}

function compared(path: string, there: unknown, wanted: unknown): readonly Difference[] {
  if (isNothing(wanted) && isNothing(there)) return [];
  if (isArray(wanted) && isArray(there) && wanted.length === there.length)
    return wanted.flatMap((each, index) => compared(`${path}[${index}]`, there[index], each));
  if (isObject(wanted) && isObject(there))
    return Object.entries(wanted).flatMap(([name, value]) => compared(`${path}.${name}`, there[name], value));
  return there === wanted ? [] : [{ path, there, wanted }];
}

function merged(there: unknown, wanted: unknown): unknown {
  if (isArray(wanted) && isArray(there)) return wanted.map((each) => merged(there.find((other) => isSameThing(other, each)), each));
  if (!isObject(wanted) || !isObject(there)) return wanted;
  return { ...there, ...Object.fromEntries(Object.entries(wanted).map(([name, value]) => [name, merged(there[name], value)])) };
}

/** Parameters go by their names, responses by their status, representations by their type. */
function isSameThing(a: unknown, b: unknown): boolean {
  if (!isObject(a) || !isObject(b)) return false;
  return ['name', 'statusCode', 'contentType'].some((name) => a[name] !== undefined && a[name] === b[name]);
}
