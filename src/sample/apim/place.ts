// Where the sample's API Management says that it is: made-up ids, the same ones on each start, so that what refers to it stays true.

/** Ids and names of the one instance and what is around it. */
export const samplePlace = {
  subscriptionId: '5a3b1e00-a91c-4d5e-8f00-5a3b1e00a91c',
  tenantId: '5a3b1e00-a91c-4d5e-8f00-000000007e4a',
  resourceGroup: 'sample',
  service: 'sample-apim',
  location: 'Sample',
} as const;

/** ARM id of the instance. */
export const instanceId =
  `/subscriptions/${samplePlace.subscriptionId}/resourceGroups/${samplePlace.resourceGroup}`
  + `/providers/Microsoft.ApiManagement/service/${samplePlace.service}`;
