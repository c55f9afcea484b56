// What a published API consists of: the choices of a person, and the resources that files and publishing make of them.

import type { ArmJson } from '../../../model/arm';

/** What a person chooses for the API of one service. */
export interface ApiChoices {
  /** Last segment of the API's ARM id. */
  readonly apiId: string;
  readonly displayName: string;
  /** Suffix behind the gateway's address, with no slash at its ends; may be empty. */
  readonly path: string;
  readonly product: ProductChoice;
  /** Key for callers that is made with it; only with a product. */
  readonly subscription?: { readonly id: string; readonly displayName: string };
  /** In the policy of the product where there is one, else in that of the API. */
  readonly rateLimit?: RateLimit;
  /** Only with a product. */
  readonly quota?: Quota;
  readonly cors?: { readonly origins: readonly string[] };
  /** Operations with short paths such as `/score`, and workspace and service fixed by a policy: for callers who should not know ids. */
  readonly shortPaths: boolean;
  /** The gateway adds the service's key, from a secret named value. */
  readonly addsKey: boolean;
}

export type ProductChoice =
  | { readonly kind: 'none' }
  | { readonly kind: 'existing' | 'new'; readonly id: string; readonly displayName: string };

/** At most `calls` in `seconds` (1 to 300), counted for each subscription or each address of callers. */
export interface RateLimit {
  readonly calls: number;
  readonly seconds: number;
  readonly by: 'subscription' | 'ip';
}

/** `calls`, `kilobytes` or both in `seconds`; 0 seconds is for ever. */
export interface Quota {
  readonly calls?: number;
  readonly kilobytes?: number;
  readonly seconds: number;
}

export type ResourceKind =
  | 'namedValue' | 'api' | 'schema' | 'operation' | 'apiPolicy' | 'operationPolicy'
  | 'product' | 'productPolicy' | 'productApi' | 'subscription';

/** One resource below an instance. */
export interface DefinitionResource {
  readonly kind: ResourceKind;
  /** Below the instance: `/apis/azureml-demo/operations/rrs-execute`. */
  readonly path: string;
  /** For people. */
  readonly name: string;
  /** What is PUT, `{"properties": {…}}`; absent for a link of product and API. A policy is rawxml. Holds no secret. */
  readonly body?: ArmJson;
  /** Set on the named value whose `properties.value` is the service's key, which is in the secret store alone. */
  readonly secret?: 'serviceKey';
  /** For a policy of something that others share: only these elements are set in what is there. */
  readonly limits?: { readonly rateLimit?: RateLimit; readonly quota?: Quota };
  /** Paths of resources that have to be there before it. */
  readonly dependsOn: readonly string[];
}

/** All of it, in an order in which each depends only on those before it. */
export interface ApiDefinition {
  readonly choices: ApiChoices;
  /** The service that is published; its address is where the gateway leads. */
  readonly service: { readonly name: string; readonly address: string };
  /** Where callers reach the gateway, no trailing slash, where that is known. */
  readonly gateway?: string;
  readonly resources: readonly DefinitionResource[];
}
