// Answers what is around the instance: tenants, subscriptions, the provider, names that are free, permissions, and the instance itself.

import { filledText, member } from '../../base/shape';
import { ArmProblem, badRequest, invalid } from './armProblem';
import type { ArmReply } from './armCall';
import { instanceId, samplePlace } from './place';

const { subscriptionId, tenantId, resourceGroup, service, location } = samplePlace;

/** A call whose path is not below the instance. */
export interface AroundCall {
  readonly method: string;
  readonly body: unknown;
  readonly gatewayUrl: string;
  /** When the instance was made, as ISO text. */
  readonly createdAt: string;
  /** The caller may read only. */
  readonly reader: boolean;
}

const shapes = { shape: 'arm' } as const;

/** `GET /tenants`. */
export function tenants(): object {
  const own = { displayName: 'Sample', defaultDomain: 'sample.invalid', tenantCategory: 'Home' };
  return { value: [{ id: `/tenants/${tenantId}`, tenantId, ...own }] };
}

/** The one subscription. */
export function subscription(): object {
  return {
    id: `/subscriptions/${subscriptionId}`,
    subscriptionId,
    tenantId,
    displayName: 'Sample subscription',
    state: 'Enabled',
    subscriptionPolicies: { locationPlacementId: 'Sample', quotaId: 'Sample', spendingLimit: 'Off' },
    authorizationSource: 'RoleBased',
    managedByTenants: [],
  };
}

/** Throws ARM's 404 where a path leads past the subscription, the group or the instance. */
export function checkPlace(given: { readonly subscription?: string; readonly group?: string; readonly service?: string }): void {
  const other = (asked: string | undefined, own: string): asked is string =>
    asked !== undefined && asked.toLowerCase() !== own.toLowerCase();
  if (other(given.subscription, subscriptionId))
    throw new ArmProblem(404, 'SubscriptionNotFound', `The subscription '${given.subscription}' could not be found.`, shapes);
  if (other(given.group, resourceGroup))
    throw new ArmProblem(404, 'ResourceGroupNotFound', `Resource group '${given.group}' could not be found.`, shapes);
  if (other(given.service, service)) throw new ArmProblem(404, 'ServiceNotFound', `Api service does not exist: ${given.service}`);
}

/** What is asked of the provider of a subscription, undefined where it is unknown. */
export function provider(rest: readonly string[], { method, body, gatewayUrl, createdAt }: AroundCall): ArmReply | undefined {
  const what = `${method} ${rest.join('/').toLowerCase()}`;
  const registration = {
    id: `/subscriptions/${subscriptionId}/providers/Microsoft.ApiManagement`,
    namespace: 'Microsoft.ApiManagement',
    registrationState: 'Registered',
  };
  switch (what) {
    case 'GET ':
    case 'POST register':
      return { status: 200, body: registration };
    case 'POST checknameavailability':
      return { status: 200, body: nameCheck(body) };
    case 'GET service':
      return { status: 200, body: { value: [instance(gatewayUrl, createdAt)] } };
    case 'GET deletedservices':
      return { status: 200, body: { value: [], count: 0 } };
    default:
      return undefined;
  }
}

function nameCheck(body: unknown): object {
  const name = filledText(member(body, 'name'));
  if (name === undefined) throw invalid(['name', "'name' must not be empty."]);
  if (name.length > 50 || !/^[a-zA-Z](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?$/.test(name)) {
    const rule = 'it has 1 to 50 letters, digits and hyphens, begins with a letter and does not end in a hyphen.';
    return { nameAvailable: false, reason: 'Invalid', message: `'${name}' is no name of a service: ${rule}` };
  }
  if (name.toLowerCase() === service) return { nameAvailable: false, reason: 'AlreadyExists', message: `${name} is already in use.` };
  return { nameAvailable: true, reason: 'Valid', message: '' };
}

/** What is asked of the instance itself. */
export function answerInstance({ method, gatewayUrl, createdAt }: AroundCall): ArmReply {
  if (method === 'GET' || method === 'HEAD') return { status: 200, body: instance(gatewayUrl, createdAt), etag: `"${etag}"` };
  throw badRequest('InvalidOperation', 'The sample has one instance: it is neither made, changed nor deleted.');
}

/** What the caller may do with the instance. */
export function permissions({ reader }: AroundCall): ArmReply {
  const value = [{ actions: [reader ? '*/read' : '*'], notActions: [], dataActions: [], notDataActions: [] }];
  return { status: 200, body: { value } };
}

const etag = 'AAAAAAAACQA=';

function instance(gatewayUrl: string, createdAtUtc: string): object {
  return {
    id: instanceId,
    name: service,
    type: 'Microsoft.ApiManagement/service',
    tags: { about: 'Sample API Management: runs on this computer, holds nothing real' },
    location,
    etag,
    properties: {
      publisherEmail: 'sample@sample.invalid',
      publisherName: 'Sample API Management',
      notificationSenderEmail: 'sample@sample.invalid',
      provisioningState: 'Succeeded',
      targetProvisioningState: '',
      createdAtUtc,
      gatewayUrl,
      gatewayRegionalUrl: null,
      portalUrl: null,
      developerPortalUrl: null,
      managementApiUrl: null,
      scmUrl: null,
      hostnameConfigurations: [{
        type: 'Proxy',
        hostName: new URL(gatewayUrl).host,
        encodedCertificate: null,
        keyVaultId: null,
        certificatePassword: null,
        negotiateClientCertificate: false,
        certificate: null,
        defaultSslBinding: true,
        certificateSource: 'BuiltIn',
      }],
      publicIPAddresses: ['127.0.0.1'],
      privateIPAddresses: null,
      virtualNetworkConfiguration: null,
      additionalLocations: null,
      customProperties: null,
      virtualNetworkType: 'None',
      certificates: null,
      disableGateway: false,
      apiVersionConstraint: { minApiVersion: null },
      publicNetworkAccess: 'Enabled',
      platformVersion: 'stv2',
    },
    sku: { name: 'Developer', capacity: 1 },
    identity: null,
    zones: null,
  };
}
