// The documents of instances: those that are there, and those that were deleted.

import type { ArmReply } from '../armCall';
import { samplePlace } from '../place';
import { findLocation } from './locations';
import { serviceEtag, serviceId, type DeletedRecord, type ServiceRecord } from './service';
import type { Service } from './services';
import { operationStyle, platformOf } from './tiers';

/** What the answer to a write says of the state, where it says another one than a GET. */
export interface ShownState {
  readonly provisioningState: string;
  readonly targetProvisioningState: string;
}

/** The state that a GET tells. */
function stateOf({ state }: ServiceRecord): ShownState {
  const target = state === 'Succeeded' || state === 'Failed' ? '' : state;
  return { provisioningState: state, targetProvisioningState: target };
}

/** What the answer to a PUT says: only instances of the Consumption tier say at once that they are activating. */
export function createdState({ sku }: ServiceRecord): ShownState {
  const signed = operationStyle(sku.name) === 'signed';
  return { provisioningState: signed ? 'Activating' : 'Created', targetProvisioningState: 'Activating' };
}

/** What the answer to a DELETE says. */
export function deletedState({ sku }: ServiceRecord): ShownState {
  const signed = operationStyle(sku.name) === 'signed';
  return { provisioningState: signed ? 'Deleting' : 'Succeeded', targetProvisioningState: 'Deleting' };
}

/** An instance. `gatewayUrl` is undefined while its gateway is not there. */
export function serviceDocument(record: ServiceRecord, gatewayUrl: string | undefined, shown = stateOf(record)): object {
  const active = gatewayUrl !== undefined;
  return {
    id: serviceId(record),
    name: record.name,
    type: 'Microsoft.ApiManagement/service',
    tags: record.tags,
    location: record.location,
    etag: serviceEtag(record),
    properties: {
      publisherEmail: record.publisherEmail,
      publisherName: record.publisherName,
      notificationSenderEmail: record.notificationSenderEmail,
      ...shown,
      createdAtUtc: record.createdAt,
      gatewayUrl: gatewayUrl ?? null,
      gatewayRegionalUrl: null,
      portalUrl: null,
      developerPortalUrl: null,
      managementApiUrl: null,
      scmUrl: null,
      hostnameConfigurations: [{
        type: 'Proxy',
        hostName: active ? new URL(gatewayUrl).host : null,
        encodedCertificate: null,
        keyVaultId: null,
        certificatePassword: null,
        negotiateClientCertificate: false,
        certificate: null,
        defaultSslBinding: true,
        certificateSource: 'BuiltIn',
      }],
      publicIPAddresses: active && record.sku.name !== 'Consumption' ? ['127.0.0.1'] : null,
      privateIPAddresses: null,
      virtualNetworkConfiguration: null,
      additionalLocations: null,
      customProperties: null,
      virtualNetworkType: 'None',
      certificates: null,
      disableGateway: false,
      apiVersionConstraint: { minApiVersion: null },
      publicNetworkAccess: 'Enabled',
      platformVersion: active ? platformOf(record.sku.name) : 'undetermined',
    },
    sku: record.sku,
    identity: record.identity === undefined ? null : identity(record.identity),
    zones: null,
  };
}

function identity(type: string): object {
  const { tenantId } = samplePlace;
  return { type, principalId: '00000000-0000-0000-0000-000000000000', tenantId };
}

/** The answer with the document of an instance. */
export function shownService(status: number, { record, gatewayUrl }: Service, state?: ShownState): ArmReply {
  return { status, body: serviceDocument(record, gatewayUrl, state), etag: `"${serviceEtag(record)}"` };
}

/** An instance that was deleted. */
export function deletedDocument({ record, deletedAt, purgeAt }: DeletedRecord): object {
  const place = findLocation(record.location)?.name ?? '';
  const provider = `/subscriptions/${samplePlace.subscriptionId}/providers/Microsoft.ApiManagement`;
  return {
    id: `${provider}/locations/${place}/deletedservices/${record.name}`,
    name: record.name,
    type: 'Microsoft.ApiManagement/deletedservices',
    location: record.location,
    properties: {
      serviceId: serviceId(record),
      scheduledPurgeDate: new Date(purgeAt).toISOString(),
      deletionDate: new Date(deletedAt).toISOString(),
    },
  };
}
