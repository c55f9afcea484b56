// Answers what is around instances: tenants, subscriptions, locations, resource groups and permissions.

import { isObject, type JsonObject } from '../../base/shape';
import { ArmProblem, badRequest } from './armProblem';
import type { ArmReply } from './armCall';
import { samplePlace } from './place';
import { groupDocument, groupNameRule, isGroupName } from './services/groups';
import { locations as allLocations, findLocation } from './services/locations';
import { readLocation } from './services/readService';
import type { Services } from './services/services';

const { subscriptionId, tenantId } = samplePlace;

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

/** The locations of the subscription. */
export function locations(): object {
  return {
    value: allLocations.map(({ name, displayName, region }) => ({
      id: `/subscriptions/${subscriptionId}/locations/${name}`,
      name,
      type: 'Region',
      displayName,
      regionalDisplayName: `(${region}) ${displayName}`,
      metadata: { regionType: 'Physical', regionCategory: 'Recommended', geographyGroup: region },
    })),
  };
}

/** Throws ARM's 404 where a path leads past the subscription or its groups. */
export function checkPlace(services: Services, given: { readonly subscription: string; readonly group?: string }): void {
  if (given.subscription.toLowerCase() !== subscriptionId)
    throw new ArmProblem(404, 'SubscriptionNotFound', `The subscription '${given.subscription}' could not be found.`, shapes);
  if (given.group !== undefined && !services.groups.find(given.group)) throw noGroup(given.group);
}

/** What the caller may do with an instance or a group. */
export function permissions(reader: boolean): ArmReply {
  const value = [{ actions: [reader ? '*/read' : '*'], notActions: [], dataActions: [], notDataActions: [] }];
  return { status: 200, body: { value } };
}

/** The groups of the subscription. */
export function groups(services: Services): ArmReply {
  return { status: 200, body: { value: services.groups.all().map(groupDocument) } };
}

/** Answers a call on a group: read, and made or changed. Throws ArmProblem. */
export function answerGroup(services: Services, method: string, name: string, body: JsonObject = {}): ArmReply {
  const found = services.groups.find(name);
  switch (method) {
    case 'GET':
      if (!found) throw noGroup(name);
      return { status: 200, body: groupDocument(found) };
    case 'HEAD':
      return { status: found ? 204 : 404 };
    case 'PUT': {
      if (!isGroupName(name))
        throw badRequest('InvalidResourceGroup', `The provided resource group name '${name}' is no name of a group: ${groupNameRule}`);
      const location = findLocation(readLocation(body, 'group'))?.name ?? '';
      if (found && found.location !== location) {
        const other = `The Resource group already exists in location '${found.location}'.`;
        throw new ArmProblem(409, 'InvalidResourceGroupLocation', `Invalid resource group location '${location}'. ${other}`, shapes);
      }
      const made = services.groups.put({ name, location, tags: isObject(body.tags) ? body.tags : {} });
      return { status: found ? 200 : 201, body: groupDocument(made) };
    }
    default:
      throw new ArmProblem(405, 'MethodNotAllowed', `The sample has no ${method} for resource groups.`, shapes);
  }
}

function noGroup(name: string): ArmProblem {
  return new ArmProblem(404, 'ResourceGroupNotFound', `Resource group '${name}' could not be found.`, shapes);
}
