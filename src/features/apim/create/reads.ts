// What the form of a new instance asks of Azure: names, resource groups, places, and deleted instances that hold a name.

import * as l10n from '@vscode/l10n';
import { deletedInstancesPath, nameCheckPath, parseInstanceId, registrationPath, resourceGroupsPath } from '../../../arm/apimPaths';
import { beginningOfText } from '../../../base/cutText';
import { filledText, isArray, member } from '../../../base/shape';
import type { Arm } from '../../../model/arm';

/** Longer texts are cut, in UTF-16 units. */
const mostUnits = 300;
/** The service's sentence about a name. */
const mostSaid = 800;
/** More resource groups are not offered: nobody finds one among them in a list. */
const mostGroups = 1_000;

/** A resource group. */
export interface ResourceGroup {
  readonly name: string;
  readonly location: string;
}

/** Where instances can be made, and whether they can at all. */
export interface Locations {
  readonly registered: boolean;
  readonly names: readonly string[];
}

/** What the service says of a name. */
export type NameAnswer = { readonly free: true } | { readonly free: false; readonly message: string; readonly isTaken: boolean };

/** An instance that was deleted and can be restored. Times in milliseconds since 1970. */
export interface DeletedInstance {
  /** ARM id that it had. */
  readonly id: string;
  readonly name: string;
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly location: string;
  readonly deletedAt?: number | undefined;
  /** When it is gone for good. */
  readonly purgedAt?: number | undefined;
}

/** The groups of a subscription, by name. Throws ArmFailed and Cancelled. */
export async function readGroups(arm: Arm, subscriptionId: string, signal: AbortSignal): Promise<readonly ResourceGroup[]> {
  const found: ResourceGroup[] = [];
  for await (const page of arm.pages(resourceGroupsPath(subscriptionId), { signal })) {
    for (const each of page) {
      const [name, location] = [text(each, 'name'), text(each, 'location')];
      if (name !== undefined) found.push({ name, location: location ?? '' });
    }
    if (found.length >= mostGroups) break;
  }
  return found.sort((one, other) => one.name.localeCompare(other.name));
}

/** Where API Management can be made. Throws ArmFailed and Cancelled. */
export async function readLocations(arm: Arm, subscriptionId: string, signal: AbortSignal): Promise<Locations> {
  const { body } = await arm.get(registrationPath(subscriptionId), { signal });
  const types = member(body, 'resourceTypes');
  const service = (isArray(types) ? types : []).find((each) => text(each, 'resourceType')?.toLowerCase() === 'service');
  const listed = member(service, 'locations');
  const names = (isArray(listed) ? listed : []).flatMap((each) => filledText(each) ?? []).map((each) => beginningOfText(each, mostUnits));
  return { registered: text(body, 'registrationState')?.toLowerCase() !== 'notregistered', names: [...new Set(names)].sort() };
}

/** Asks whether a name is free. Throws ArmFailed and Cancelled. */
export async function checkName(arm: Arm, subscriptionId: string, name: string, signal: AbortSignal): Promise<NameAnswer> {
  const { body } = await arm.post(nameCheckPath(subscriptionId), { name }, { signal });
  if (member(body, 'nameAvailable') === true) return { free: true };
  const said = filledText(member(body, 'message'));
  return {
    free: false, isTaken: text(body, 'reason')?.toLowerCase() === 'alreadyexists',
    message: said === undefined ? l10n.t('The service does not take this name, and does not say why.') : beginningOfText(said, mostSaid),
  };
}

/** The deleted instances of a subscription that can be restored. Throws ArmFailed and Cancelled. */
export async function readDeleted(arm: Arm, subscriptionId: string, signal: AbortSignal): Promise<readonly DeletedInstance[]> {
  const found: DeletedInstance[] = [];
  for await (const page of arm.pages(deletedInstancesPath(subscriptionId), { signal })) {
    for (const each of page) {
      const properties = member(each, 'properties');
      const read = parseInstanceId(beginningOfText(filledText(member(properties, 'serviceId')) ?? '', 2 * mostUnits));
      if (!read.ok) continue;
      found.push({
        ...read.instance, location: text(each, 'location') ?? '', deletedAt: timeIn(properties, 'deletionDate'),
        purgedAt: timeIn(properties, 'scheduledPurgeDate'),
      });
    }
  }
  return found;
}

/** The location as it is compared: `West Europe` and `westeurope` are one. */
export function locationKey(location: string): string {
  return location.toLowerCase().replaceAll(' ', '');
}

function timeIn(json: unknown, name: string): number | undefined {
  const at = Date.parse(text(json, name) ?? '');
  return Number.isNaN(at) ? undefined : at;
}

function text(json: unknown, name: string): string | undefined {
  const found = filledText(member(json, name));
  return found === undefined ? undefined : beginningOfText(found, mostUnits);
}
