// An API Management instance as the feature knows it, and how its resources are reached.

import type { Arm } from '../../model/arm';

/** An instance, as far as ARM has told of it. All texts come from outside. */
export interface ApimInstance {
  /** ARM id: `/subscriptions/{sub}/resourceGroups/{rg}/providers/Microsoft.ApiManagement/service/{name}`. */
  readonly id: string;
  /** The ARM endpoint that it was found at; id and endpoint together are its identity. */
  readonly endpointUrl: string;
  /** True for the one of the sample service. */
  readonly sample: boolean;
  readonly name: string;
  readonly resourceGroup: string;
  readonly subscriptionId: string;
  readonly location?: string;
  readonly sku?: string;
  /** `Succeeded`, `Activating`, ... as it came. */
  readonly state?: string;
  /** Where its APIs are called, no trailing slash: `hostnameConfigurations` of type Proxy first, then `gatewayUrl`. Never built. */
  readonly gatewayUrls: readonly string[];
}

/**
 * Gives what calls the endpoint of an instance; loads the client on first use. Where the id is given, the token is that of the account and
 * the directory which the instance's subscription belongs to. Throws ArmFailed where the endpoint is not the one that is set.
 */
export type ArmOf = (instance: Pick<ApimInstance, 'endpointUrl'> & Partial<Pick<ApimInstance, 'id'>>) => Promise<Arm>;
