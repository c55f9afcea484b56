// The API Management instance that comes with the sample service, as the sample has told of it.

import type { ApimInstance } from './instance';

/** Where the sample's instance is, and how it is called. */
export interface SampleApim {
  /** Its ARM endpoint, on this computer: scheme, host and port with no trailing slash. */
  readonly endpoint: string;
  /** What is sent to that endpoint and nowhere else. In memory only. */
  readonly token: string;
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly service: string;
  /** Where its APIs are called, no trailing slash. */
  readonly gateway?: string;
}

/** What the instance that comes with the sample is called; those that a person makes there have names of their own. */
export const builtInName = 'sample-apim';

/** The sample's instance as it is known before it is asked. */
export function instanceOfSample({ endpoint, subscriptionId, resourceGroup, service, gateway }: SampleApim): ApimInstance {
  return {
    id: `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/Microsoft.ApiManagement/service/${service}`,
    endpointUrl: endpoint, sample: true, name: service, resourceGroup, subscriptionId, gatewayUrls: gateway === undefined ? [] : [gateway],
  };
}
