// Resource groups: instances are made in them.

import { samplePlace } from '../place';
import { findLocation } from './locations';
import { groupId } from './service';
import type { JsonObject } from '../../../base/shape';

/** A resource group. Plain data, as it is saved; its location is the name that stands in paths. */
export interface Group {
  readonly name: string;
  readonly location: string;
  readonly tags: JsonObject;
}

/** The group that is there from the beginning. */
const sampleGroup: Group = {
  name: samplePlace.resourceGroup, location: findLocation(samplePlace.location)?.name ?? '', tags: {},
};

/** What a name has to be like, for the sentence of a refusal. */
export const groupNameRule = 'it has 1 to 90 letters, digits, underscores, parentheses, hyphens and periods, and does not end in a period.';

/** True for a name that a group can have. */
export function isGroupName(name: string): boolean {
  return name.length <= 90 && /^[\p{L}\p{N}_().-]+$/u.test(name) && !name.endsWith('.');
}

/** The document of a group. */
export function groupDocument({ name, location, tags }: Group): object {
  const type = 'Microsoft.Resources/resourceGroups';
  return { id: groupId(name), name, type, location, tags, properties: { provisioningState: 'Succeeded' } };
}

/** The groups of the subscription. `changed` is called after each change. */
export class Groups {
  /** By names in small letters. */
  private readonly groups: Map<string, Group>;

  constructor(former: readonly Group[], private readonly changed: () => void) {
    this.groups = new Map([sampleGroup, ...former].map((each) => [each.name.toLowerCase(), each]));
  }

  all(): readonly Group[] {
    return [...this.groups.values()];
  }

  find(name: string): Group | undefined {
    return this.groups.get(name.toLowerCase());
  }

  /** Makes or changes one; its name stays as it was first written. */
  put(group: Group): Group {
    const own = { ...group, name: this.find(group.name)?.name ?? group.name };
    this.groups.set(own.name.toLowerCase(), own);
    this.changed();
    return own;
  }
}
