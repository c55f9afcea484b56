// Reads the state of a store back from JSON.

import { isArray, isObject } from '../../base/shape';
import type { StoreState } from './memoryStore';
import type { CountedCall, StoredResource } from './store';

/** The state of a store that this is, undefined where it is none. Calls and resources that cannot be read are left out. */
export function readState(value: unknown): StoreState | undefined {
  if (!isObject(value) || typeof value.version !== 'number' || !isArray(value.resources) || !isArray(value.calls)) return undefined;
  return { version: value.version, resources: value.resources.flatMap(readResource), calls: value.calls.flatMap(readCall) };
}

function readResource(value: unknown): readonly StoredResource[] {
  if (!isObject(value)) return [];
  const { path, etag, properties } = value;
  return typeof path === 'string' && typeof etag === 'string' && isObject(properties) ? [{ path, etag, properties }] : [];
}

function readCall(value: unknown): readonly CountedCall[] {
  if (!isObject(value)) return [];
  const number = (name: string): number => (typeof value[name] === 'number' ? value[name] : 0);
  const text = (name: string): string => (typeof value[name] === 'string' ? value[name] : '');
  return [{
    at: number('at'),
    apiId: text('apiId'),
    operationId: text('operationId'),
    productId: text('productId'),
    subscriptionId: text('subscriptionId'),
    userId: text('userId'),
    status: number('status'),
    ms: number('ms'),
    backendMs: number('backendMs'),
    requestBytes: number('requestBytes'),
    responseBytes: number('responseBytes'),
    ip: text('ip'),
    requestId: text('requestId'),
    method: text('method'),
    url: text('url'),
  }];
}
