// What the extension knows about where models are served: workspaces, their services, and how to address them.

/**
 * A service's address taken apart. `origin` is scheme, host and port with no trailing slash; `prefix` is the path in front of the
 * contract's own path (an API Management suffix), empty or beginning with a slash and never ending with one. Ids are kept as they came.
 */
export type Endpoint =
  /** `{origin}{prefix}/workspaces/{workspace}/services/{service}`; `odata` tells of the linked form with `/odata` in front. */
  | {
      readonly form: 'classic';
      readonly origin: string;
      readonly prefix: string;
      readonly odata: boolean;
      readonly workspace: string;
      readonly service: string;
    }
  /** `{origin}{prefix}/subscriptions/{subscription}/services/{service}` */
  | { readonly form: 'new'; readonly origin: string; readonly prefix: string; readonly subscription: string; readonly service: string }
  /** An address that shows nothing of the contract (a gateway that rewrites a short path): posted to exactly as it is, query included. */
  | { readonly form: 'exact'; readonly origin: string; readonly path: string; readonly query: string };

/** One scoring service. Its `address` is its identity: change it and it is another service with keys of its own. */
export interface Service {
  readonly name: string;
  /** Canonical text of `endpoint`, without operation and query (an exact address keeps both). */
  readonly address: string;
  readonly endpoint: Endpoint;
  /** Header that carries the gateway's subscription key. */
  readonly subscriptionKeyHeader: string;
}

/** A group of services that share origin, prefix and workspace (or subscription); for exact addresses, the origin. */
export interface Workspace {
  /** Identity: origin + prefix + workspace, as a URL. */
  readonly address: string;
  /** The workspace's or subscription's own id; the host for exact addresses. */
  readonly id: string;
  readonly name: string;
  readonly services: readonly Service[];
  /** True for the built-in sample service, which lives as long as its process and is not written to settings. */
  readonly sample: boolean;
}

/** The header that API Management reads the subscription key from unless an API was set up otherwise. */
export const defaultSubscriptionKeyHeader = 'Ocp-Apim-Subscription-Key';

/** The two secrets a service can have, each optional: its own API key, and a gateway's subscription key. */
export type SecretKind = 'serviceKey' | 'subscriptionKey';

/** The secrets of one service, as they go into headers. They live in memory for one call and are never written anywhere. */
export interface Secrets {
  readonly serviceKey?: string;
  readonly subscriptionKey?: string;
}
