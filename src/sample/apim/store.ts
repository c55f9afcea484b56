// What the sample's API Management holds, as its two sides see it: ARM writes resources, the gateway reads them and counts calls.

import type { JsonObject } from '../../base/shape';

/** A resource below the instance. */
export interface StoredResource {
  /** `/apis/demo/operations/rrs-execute`, as it was first written; compared without case. */
  readonly path: string;
  /** With quotes, as it stands in the header. */
  readonly etag: string;
  /** As ARM gives them, and secrets beside: `primaryKey`, `secondaryKey` of subscriptions, `value` of named values. */
  readonly properties: JsonObject;
}

/** A call that the gateway has answered. Ids are last segments, empty where there is none. */
export interface CountedCall {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly apiId: string;
  readonly operationId: string;
  readonly productId: string;
  readonly subscriptionId: string;
  readonly userId: string;
  readonly status: number;
  /** Of the whole call, and of the backend's part, in milliseconds. */
  readonly ms: number;
  readonly backendMs: number;
  readonly requestBytes: number;
  readonly responseBytes: number;
  readonly ip: string;
  readonly requestId: string;
  readonly method: string;
  readonly url: string;
}

/** What both sides share. */
export interface ApimStore {
  get(path: string): StoredResource | undefined;
  /** Those directly in a collection: `/apis` gives each API, and none of their operations. In the order in which they were made. */
  children(collection: string): readonly StoredResource[];
  /** Makes or changes one; it has a new ETag then. */
  put(path: string, properties: JsonObject): StoredResource;
  /** Removes one and all below it. */
  delete(path: string): void;
  /** Notes a call for the reports. */
  count(call: CountedCall): void;
  readonly calls: readonly CountedCall[];
}
