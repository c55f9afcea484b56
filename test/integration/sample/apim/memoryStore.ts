// A store of API Management for tests of the gateway, filled in a few words.

import { randomUUID } from 'node:crypto';
import type { JsonObject } from '../../../../src/base/shape';
import type { ApimStore, CountedCall, StoredResource } from '../../../../src/sample/apim/store';

/** A store in memory, with the paths as they were written. */
export class MemoryStore implements ApimStore {
  readonly calls: CountedCall[] = [];
  private readonly all = new Map<string, StoredResource>();

  get(path: string): StoredResource | undefined {
    return this.all.get(path.toLowerCase());
  }

  children(collection: string): readonly StoredResource[] {
    const before = `${collection.toLowerCase()}/`;
    return [...this.all].flatMap(([path, resource]) => (path.startsWith(before) && !path.slice(before.length).includes('/') ? [resource] : []));
  }

  put(path: string, properties: JsonObject): StoredResource {
    const resource = { path: this.get(path)?.path ?? path, etag: `"${randomUUID()}"`, properties };
    this.all.set(path.toLowerCase(), resource);
    return resource;
  }

  delete(path: string): void {
    const gone = path.toLowerCase();
    for (const each of this.all.keys()) if (each === gone || each.startsWith(`${gone}/`)) this.all.delete(each);
  }

  count(call: CountedCall): void {
    this.calls.push(call);
  }

  /** The API `demo` with the guide's five operations, below the path `demo`. */
  putGuide(serviceUrl: string, properties: JsonObject = {}): void {
    this.putApi('demo', serviceUrl, { displayName: 'Demo', ...properties }, guideOperations);
  }

  putApi(id: string, serviceUrl: string, properties: JsonObject, operations: readonly (readonly [id: string, method: string, urlTemplate: string])[]): void {
    this.put(`/apis/${id}`, { displayName: id, path: id, serviceUrl, protocols: ['http'], subscriptionRequired: true, apiRevision: '1', isCurrent: true, ...properties });
    for (const [operation, method, urlTemplate] of operations) {
      this.put(`/apis/${id}/operations/${operation}`, { displayName: operation, method, urlTemplate, templateParameters: [] });
    }
  }

  /** A product that is named as its id, with the API. */
  putProduct(id: string, api: string, properties: JsonObject = {}): void {
    this.put(`/products/${id}`, { displayName: id, state: 'published', subscriptionRequired: true, ...properties });
    this.put(`/products/${id}/apis/${api}`, {});
  }

  /** A subscription with the keys `<id>-1` and `<id>-2`. */
  putSubscription(id: string, scope: string, properties: JsonObject = {}): void {
    this.put(`/subscriptions/${id}`, { scope, displayName: id, state: 'active', primaryKey: `${id}-1`, secondaryKey: `${id}-2`, ...properties });
  }

  /** A policy of the scope at `path`, which is empty for all APIs. What is given stands after `<base />`. */
  putPolicy(path: string, { inbound = '', backend = '', outbound = '', onError = '' }: { readonly inbound?: string; readonly backend?: string; readonly outbound?: string; readonly onError?: string }): void {
    const section = (name: string, text: string): string => `<${name}><base />${text}</${name}>`;
    const value = `<policies>${section('inbound', inbound)}${section('backend', backend)}${section('outbound', outbound)}${section('on-error', onError)}</policies>`;
    this.put(`${path}/policies/policy`, { value, format: 'rawxml' });
  }
}

export const guideOperations = [
  ['execute', 'POST', '/workspaces/{workspace}/services/{service}/execute?api-version={apiversion}&details={details}'],
  ['submit', 'POST', '/workspaces/{workspace}/services/{service}/jobs?api-version={apiversion}'],
  ['start', 'POST', '/workspaces/{workspace}/services/{service}/jobs/{jobid}/start?api-version={apiversion}'],
  ['status', 'GET', '/workspaces/{workspace}/services/{service}/jobs/{jobid}?api-version={apiversion}'],
  ['delete', 'DELETE', '/workspaces/{workspace}/services/{service}/jobs/{jobid}?api-version={apiversion}'],
] as const;
