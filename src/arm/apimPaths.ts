// Paths of Azure Resource Manager as API Management needs them, and the ids that people paste. Pure; loads nothing of Azure's packages.

import * as l10n from '@vscode/l10n';
import { percentDecoded } from '../base/percent';
import { InvalidInput } from '../model/errors';

/** What a resource id of an instance says. The parts are as they are, the id is what paths are made of: its parts are encoded. */
export interface InstanceId {
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly name: string;
  readonly id: string;
}

/** What a pasted text is: an instance, or why it is none, as a sentence. */
export type ReadInstanceId = { readonly ok: true; readonly instance: InstanceId } | { readonly ok: false; readonly reason: string };

/** All subscriptions that an account sees. */
export const subscriptionsPath = '/subscriptions';

/** The directories that an account belongs to. */
export const tenantsPath = '/tenants';

const provider = 'Microsoft.ApiManagement';

/** All instances of API Management in a subscription. */
export function instancesPath(subscriptionId: string): string {
  return `/subscriptions/${segment(subscriptionId)}/providers/${provider}/service`;
}

/** The path and id of an instance. */
export function instancePath(subscriptionId: string, resourceGroup: string, name: string): string {
  const group = `/subscriptions/${segment(subscriptionId)}/resourceGroups/${segment(resourceGroup)}`;
  return `${group}/providers/${provider}/service/${segment(name)}`;
}

/** What registers API Management in a subscription, by POST. */
export function registerPath(subscriptionId: string): string {
  return `/subscriptions/${segment(subscriptionId)}/providers/${provider}/register`;
}

/** Whether API Management is registered in a subscription (`registrationState`). */
export function registrationPath(subscriptionId: string): string {
  return `/subscriptions/${segment(subscriptionId)}/providers/${provider}`;
}

/** Asks by POST whether a name for an instance is free. */
export function nameCheckPath(subscriptionId: string): string {
  return `/subscriptions/${segment(subscriptionId)}/providers/${provider}/checkNameAvailability`;
}

/** The instances of a subscription that were deleted and can still be restored. */
export function deletedInstancesPath(subscriptionId: string): string {
  return `/subscriptions/${segment(subscriptionId)}/providers/${provider}/deletedservices`;
}

/** The resource groups of a subscription. */
export function resourceGroupsPath(subscriptionId: string): string {
  return `/subscriptions/${segment(subscriptionId)}/resourcegroups`;
}

/** A resource group. */
export function resourceGroupPath(subscriptionId: string, name: string): string {
  return `/subscriptions/${segment(subscriptionId)}/resourcegroups/${segment(name)}`;
}

/**
 * A path below an instance. `path` is of our own words, such as `/apis`; each of `names` is one segment as it is, which gets encoded:
 * `below(id, '/apis', apiId, 'operations', operationId)`. Throws InvalidInput for a name that no path can hold.
 */
export function below(instanceId: string, path: string, ...names: readonly string[]): string {
  return `${instanceId}${path}${names.map((name) => `/${segment(name)}`).join('')}`;
}

/** One segment of a path, encoded. Throws InvalidInput for one that addresses cannot hold: empty, or dots that lead a level up. */
export function segment(name: string): string {
  if (name === '' || name === '.' || name === '..') {
    throw new InvalidInput({
      sentence: l10n.t('"{0}" cannot be a part of an address.', name),
      advice: l10n.t('Nothing was sent. Use a name with letters or digits.'),
    });
  }
  // Half a pair of UTF-16 has no encoding; it becomes the sign for what cannot be read.
  return encodeURIComponent(Buffer.from(name, 'utf8').toString('utf8'));
}

/**
 * Reads the resource id of an instance out of what somebody pasted: the id itself, an id of something below it, an address of ARM, or that
 * of a page of the portal, in quotes or among blanks.
 */
export function parseInstanceId(text: string): ReadInstanceId {
  const pasted = text.trim();
  if (pasted === '') return refused(l10n.t('Paste the resource id of an API Management instance.'));
  // Portals put the id behind a `#`, at times with its slashes encoded.
  const plain = /%2f/i.test(pasted) ? percentDecoded(pasted) : pasted;
  const at = plain.toLowerCase().indexOf('/subscriptions/');
  if (at < 0) return refused(l10n.t('This holds no resource id: one begins with /subscriptions/.'));
  const words = plain.slice(at + 1).split(/[?#"'<>\s]/, 1)[0] ?? '';
  const [, subscription, , group, , found, type, name] = words.split('/');
  const keys = [words.split('/')[2], words.split('/')[4]].map((key) => key?.toLowerCase());
  const subscriptionId = percentDecoded(subscription ?? '');
  if (!/^[\da-z-]{1,64}$/i.test(subscriptionId)) return refused(l10n.t('The id of the subscription cannot be read.'));
  if (keys[0] !== 'resourcegroups' || !group) return refused(l10n.t('The resource id names no resource group.'));
  if (keys[1] !== 'providers' || found?.toLowerCase() !== provider.toLowerCase() || type?.toLowerCase() !== 'service') {
    return refused(l10n.t('This is no resource id of an API Management instance: it lacks /providers/Microsoft.ApiManagement/service/.'));
  }
  const [resourceGroup, instance] = [percentDecoded(group), percentDecoded(name ?? '')];
  if (!isGroupName(resourceGroup)) return refused(l10n.t('"{0}" cannot be the name of a resource group.', resourceGroup));
  if (!/^[a-z](?:[a-z\d-]{0,48}[a-z\d])?$/i.test(instance)) {
    return refused(
      instance === ''
        ? l10n.t('The resource id ends before the name of the instance.')
        : l10n.t('"{0}" cannot be the name of an instance: letters, digits and hyphens, at most 50.', instance),
    );
  }
  return {
    ok: true,
    instance: { subscriptionId, resourceGroup, name: instance, id: instancePath(subscriptionId, resourceGroup, instance) },
  };
}

/** Letters of any script, digits, and a few signs; no dot at the end. */
function isGroupName(name: string): boolean {
  return name.length <= 90 && /^[\p{L}\p{N}_().-]+$/u.test(name) && !name.endsWith('.');
}

function refused(reason: string): ReadInstanceId {
  return { ok: false, reason };
}

const versions = { apiManagement: '2024-05-01', subscriptions: '2022-12-01', resources: '2021-04-01', permissions: '2022-04-01' };

/** The `api-version` that a path is called with. */
export function apiVersionOf(path: string): string {
  const parts = path.toLowerCase().split('/').slice(1);
  const at = parts.lastIndexOf('providers');
  if (at >= 0) {
    if (parts[at + 1] === 'microsoft.authorization') return versions.permissions;
    // `…/providers/X` itself and `…/providers/X/register` are calls on the list of providers.
    const own = parts[at + 1] === provider.toLowerCase() && parts.length > at + 2;
    return own && !/^(?:un)?register$/.test(parts[at + 2] ?? '') ? versions.apiManagement : versions.resources;
  }
  if (parts[0] === 'tenants') return versions.subscriptions;
  return parts[0] === 'subscriptions' && parts.length <= 2 ? versions.subscriptions : versions.resources;
}
